#include "execution/rules.h"

#include <algorithm>
#include <array>

#include "fulfil/plan.h"
#include "store/where.h"

namespace privity {
namespace {

constexpr int kPage = 200;
constexpr int kPageMax = 200;
constexpr std::string_view kNoPeople = "none";

constexpr std::array kPermissions = std::to_array<PermissionInfo>({
    {"rights.rules",
     "Decide how requests treat collections and fields: people, duties to keep, strategies, flags, sources.",
     {BuiltInRole::kPrivacyOfficer}},
});

bool IsStrategy(std::string_view text) {
  const auto strategy = ParseEnum<Strategy>(text);
  return strategy.ok() && *strategy != Strategy::kKeep && *strategy != Strategy::kDelete &&
         *strategy != Strategy::kReplace;
}
bool IsShredding(const HandlingRuleContent& content) {
  return content.kind == HandlingRuleKind::kStrategy && content.value == EnumText(Strategy::kCryptoShred);
}

bool HasFlag(const std::optional<Right>& right) {
  return right == Right::kRestriction || right == Right::kObjection || right == Right::kConsentWithdrawal;
}

// What the value must be; "" when it is.
std::string_view WantedInstead(const HandlingRuleContent& content) {
  const bool is_field = !content.field.empty();
  const bool has_target = !content.target_collection.empty();
  if (has_target && content.kind != HandlingRuleKind::kQuarantine && !IsShredding(content)) {
    return "no target: only crypto_shred and quarantine have one";
  }
  switch (content.kind) {
    case HandlingRuleKind::kPeople: {
      const bool is_kind = content.value == "customer" || content.value == "employee" || content.value == kNoPeople;
      return is_kind && !is_field ? "" : "customer, employee or none, of a collection";
    }
    case HandlingRuleKind::kKeep:
      return IsStatedGround(content.value) ? "" : "the ground in words";
    case HandlingRuleKind::kStrategy:
      if (IsShredding(content)) {
        return has_target && !content.target_field.empty()
                   ? ""
                   : "the collection of the keys and the field that holds them, as the target";
      }
      return IsStrategy(content.value) && is_field
                 ? ""
                 : "null, mask, pseudonymize, hash or redact, of a field, or crypto_shred";
    case HandlingRuleKind::kFlag:
      return HasFlag(content.right) && is_field
                 ? ""
                 : "a field, and restriction, objection or consent_withdrawal as the right";
    case HandlingRuleKind::kSource:
      return ParseEnum<DataSource>(content.value).ok() ? "" : "provided, observed or derived";
    case HandlingRuleKind::kQuarantine: {
      const bool is_here = !content.target_system && content.target_field.empty();
      const bool is_other = has_target && content.target_collection != content.collection;
      return is_here && is_other && !is_field ? "" : "another collection of the same system as the target";
    }
  }
  return "";
}

bool IsAbout(const HandlingRuleContent& content, const CollectionPlace& id) {
  return content.dataset == id.space && content.collection == id.name;
}

// "Tax records, ten years (AO § 147(3))".
std::string GroundOf(const HandlingRuleContent& content) {
  return content.article.empty() ? content.value : content.value + " (" + content.article + ")";
}

void ApplyToField(const HandlingRuleContent& content, MappedField& field) {
  switch (content.kind) {
    case HandlingRuleKind::kKeep:
      field.keep_ground = GroundOf(content);
      return;
    case HandlingRuleKind::kStrategy:
      field.strategy = ParseEnum<Strategy>(content.value).value();
      return;
    case HandlingRuleKind::kSource:
      field.source = ParseEnum<DataSource>(content.value).value();
      return;
    case HandlingRuleKind::kPeople:
    case HandlingRuleKind::kFlag:
    case HandlingRuleKind::kQuarantine:
      return;
  }
}

void ApplyToCollection(const HandlingRuleContent& content, MappedCollection& collection) {
  switch (content.kind) {
    case HandlingRuleKind::kPeople:
      collection.subject = content.value == kNoPeople ? "" : content.value;
      return;
    case HandlingRuleKind::kKeep:
      collection.keep_ground = GroundOf(content);
      return;
    case HandlingRuleKind::kSource:
      for (MappedField& field : collection.fields) {
        if (!field.source) ApplyToField(content, field);
      }
      return;
    case HandlingRuleKind::kStrategy:
      // All of it is sealed, whatever it is; only what a person is found by cannot be.
      collection.is_sealed = IsShredding(content);
      for (MappedField& field : collection.fields) {
        if (field.identifier.empty() && !field.strategy) ApplyToField(content, field);
      }
      return;
    case HandlingRuleKind::kFlag:
    case HandlingRuleKind::kQuarantine:
      return;
  }
}

Result<std::vector<HandlingRule>> Load(ReadTx& tx, const std::string& rest, const SqlValues& values) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id, content, author, since, ended_at FROM execution_rule " + rest, values));
  std::vector<HandlingRule> rules;
  for (const Row& row : rows) {
    HandlingRule rule{
        .id = row.Get<HandlingRuleId>(0), .since = row.Get<Instant>(3), .ended_at = row.Get<std::optional<Instant>>(4)};
    PRIVITY_TRY(rule.content, FromJson<HandlingRuleContent>(row.Get<std::string>(1)));
    PRIVITY_TRY(rule.by, FromJson<Actor>(row.Get<std::string>(2)));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

std::span<const PermissionInfo> ExecutionPermissions() {
  return kPermissions;
}

std::vector<FieldNote> FieldNotes(const HandlingRuleContent*) {
  return {
      {.name = "system", .description = "The system that holds it."},
      {.name = "dataset",
       .description = "The schema or database in it; empty where it has none.",
       .max_length = 200,
       .defaulted = true},
      {.name = "collection", .description = "The table or file.", .min_length = 1, .max_length = 500},
      {.name = "field",
       .description = "The field; empty for the collection as a whole.",
       .max_length = 500,
       .defaulted = true},
      {.name = "kind", .description = "people, keep, strategy, flag, source or quarantine."},
      {.name = "value",
       .description = "people: customer, employee, none. keep: the ground. strategy: null, mask, pseudonymize, hash, "
                      "redact. flag: what is set. source: provided, observed, derived.",
       .example = "Tax records, ten years",
       .max_length = 500,
       .defaulted = true},
      {.name = "right", .description = "Of a flag: restriction, objection or consent_withdrawal."},
      {.name = "reason", .description = "Why it was decided.", .min_length = 3, .max_length = 1000},
      {.name = "article",
       .description = "Of a ground: the article that says so. It stands behind the ground in plans and certificates.",
       .example = "AO § 147(3)",
       .max_length = 200,
       .defaulted = true},
      {.name = "purpose",
       .description = "Of a flag: it is set only by an objection to, or a withdrawal for, this purpose; empty for any.",
       .example = "sale",
       .max_length = 200,
       .defaulted = true},
      {.name = "target_system",
       .description = "Of crypto_shred: the system that holds the keys; this one when absent."},
      {.name = "target_dataset",
       .description = "Of a target: the schema or database in its system; empty where it has none.",
       .max_length = 200,
       .defaulted = true},
      {.name = "target_collection",
       .description =
           "Of crypto_shred: the table that holds one key for each person, which is destroyed. Of quarantine: "
           "the table of the same fields to which restricted records go.",
       .max_length = 500,
       .defaulted = true},
      {.name = "target_field",
       .description = "Of crypto_shred: the field that holds the key.",
       .max_length = 500,
       .defaulted = true}};
}

// Those that the register knows; it names each collection by them. execution.rule_place_unknown when it knows none.
Result<std::vector<std::string>> HandlingRules::FieldsOf(ReadTx& tx, const SystemId& system, const std::string& dataset,
                                                         const std::string& collection) const {
  std::vector<std::string> names;
  FieldFilter filter{.system = system, .limit = kPage};
  while (true) {
    PRIVITY_TRY(const FieldPage page, datamap_.facts().Fields(tx, filter));
    for (const DataField& field : page.items) {
      if (field.dataset == dataset && field.collection_name == collection) names.push_back(field.name);
    }
    if (!page.next) break;
    filter.after = *page.next;
  }
  if (names.empty()) return Error("execution.rule_place_unknown");
  return names;
}

Status HandlingRules::CheckPlaces(ReadTx& tx, const HandlingRuleContent& content) const {
  PRIVITY_TRY(const std::vector<std::string> here, FieldsOf(tx, content.system, content.dataset, content.collection));
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  };
  if (!content.field.empty() && !has(here, content.field)) return Error("execution.rule_place_unknown");
  if (content.target_collection.empty()) return Ok();
  PRIVITY_TRY(const std::vector<std::string> there, FieldsOf(tx, content.target_system.value_or(content.system),
                                                             content.target_dataset, content.target_collection));
  if (!content.target_field.empty() && !has(there, content.target_field)) return Error("execution.rule_place_unknown");
  if (content.kind != HandlingRuleKind::kQuarantine) return Ok();
  for (const std::string& field : here) {
    if (!has(there, field)) return Error("execution.rule_shape", {{"field", field}});
  }
  return Ok();
}

Status HandlingRules::Record(WriteTx& tx, std::string_view action, const Caller& caller,
                             const HandlingRule& rule) const {
  Entry entry{.action = std::string(action),
              .actor = caller.actor,
              .object_kind = "handling_rule",
              .object_id = rule.id.ToString(),
              .request_id = caller.request_id};
  PRIVITY_TRY(const Word kind, Word::Parse(EnumText(rule.content.kind)));
  entry.details.Add("kind", kind).Add("system", rule.content.system);
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return Ok();
}

Status HandlingRules::Finish(WriteTx& tx, const HandlingRuleId& id) const {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE execution_rule SET ended_at = $1 WHERE id = $2", {clock_.Now(), id}));
  return Ok();
}

Result<HandlingRule> HandlingRules::Set(WriteTx& tx, const Caller& caller, const HandlingRuleContent& content) const {
  if (const std::string_view wanted = WantedInstead(content); !wanted.empty()) {
    return Error("execution.rule_invalid",
                 {{"kind", std::string(EnumText(content.kind))}, {"accepted", std::string(wanted)}});
  }
  PRIVITY_TRY_VOID(CheckPlaces(tx, content));
  PRIVITY_TRY(const auto rules, Of(tx, content.system));
  for (const HandlingRule& rule : rules) {
    const HandlingRuleContent& other = rule.content;
    const bool is_same = other.dataset == content.dataset && other.collection == content.collection &&
                         other.field == content.field && other.kind == content.kind && other.right == content.right &&
                         other.purpose == content.purpose;
    if (is_same) PRIVITY_TRY_VOID(Finish(tx, rule.id));
  }
  const HandlingRule made{
      .id = HandlingRuleId::New(clock_), .content = content, .by = caller.actor, .since = clock_.Now()};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO execution_rule (id, system, kind, content, author, since) VALUES ($1, $2, $3, $4, $5, $6)",
      {made.id, content.system, EnumText(content.kind), ToJson(content), ToJson(made.by), made.since}));
  PRIVITY_TRY_VOID(Record(tx, "execution.rule.set", caller, made));
  return made;
}

Result<HandlingRule> HandlingRules::Get(ReadTx& tx, const HandlingRuleId& id) const {
  PRIVITY_TRY(auto found, Load(tx, "WHERE id = $1", {id}));
  if (found.empty()) return Error("execution.rule_unknown");
  return std::move(found.front());
}

Result<HandlingRulePage> HandlingRules::List(ReadTx& tx, const HandlingRuleFilter& filter) const {
  const auto limit = static_cast<std::size_t>(std::clamp(filter.limit, 1, kPageMax));
  Where where;
  if (filter.system) where.And("system = " + where.Parameter(*filter.system));
  if (filter.kind) where.And("kind = " + where.Parameter(EnumText(*filter.kind)));
  if (!filter.ended) where.And("ended_at IS NULL");
  if (filter.after) where.And("id > " + where.Parameter(*filter.after));
  const std::string one_more = where.Parameter(static_cast<std::int64_t>(limit + 1));
  HandlingRulePage page;
  PRIVITY_TRY(page.items, Load(tx, where.Clause() + " ORDER BY id LIMIT " + one_more, where.values()));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.next = page.items.back().id.ToString();
  }
  return page;
}

Status HandlingRules::End(WriteTx& tx, const Caller& caller, const HandlingRuleId& id) const {
  PRIVITY_TRY(const HandlingRule found, Get(tx, id));
  if (found.ended_at) return Error("execution.rule_unknown");
  PRIVITY_TRY_VOID(Finish(tx, id));
  return Record(tx, "execution.rule.ended", caller, found);
}

Result<std::vector<HandlingRule>> HandlingRules::Of(ReadTx& tx, const SystemId& system) const {
  return Load(tx, "WHERE system = $1 AND ended_at IS NULL ORDER BY id", {system});
}

void ApplyRules(std::span<const HandlingRule> rules, MappedCollection& collection) {
  // Those of fields first: what is said of one field stands against what is said of all.
  for (const HandlingRule& rule : rules) {
    const auto field = std::ranges::find(collection.fields, rule.content.field, &MappedField::name);
    if (IsAbout(rule.content, collection.id) && field != collection.fields.end()) ApplyToField(rule.content, *field);
  }
  for (const HandlingRule& rule : rules) {
    if (IsAbout(rule.content, collection.id) && rule.content.field.empty()) ApplyToCollection(rule.content, collection);
  }
}

}  // namespace privity
