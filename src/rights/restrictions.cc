#include "rights/restrictions.h"

#include <algorithm>
#include <array>

#include "crypto/hash.h"
#include "rights/identifier_index.h"
#include "store/where.h"

namespace privity {
namespace {

Actor Machine() {
  return {.kind = ActorKind::kSystem, .id = "rights"};
}

// The restriction that a request made first, second…: a request that is opened again can make another.
RestrictionId IdOf(const RightsRequestId& request, std::int64_t count) {
  constexpr std::byte kVersion8{0x80};  // RFC 9562, 5.8
  constexpr std::byte kVariant{0x80};
  const Sha256Digest digest = Sha256(AsBytes("restriction." + request.ToString() + "." + std::to_string(count)));
  std::array<std::byte, 16> bytes{};
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  bytes[6] = (bytes[6] & std::byte{0x0f}) | kVersion8;
  bytes[8] = (bytes[8] & std::byte{0x3f}) | kVariant;
  return RestrictionId(Uuid::FromBytes(bytes));
}

bool IsLasting(Right right) {
  return right == Right::kRestriction || right == Right::kObjection || right == Right::kConsentWithdrawal;
}

// A restriction is of all processing (Art. 18(1)); the others are of a purpose. Whoever asks without one means any.
bool StandsAgainst(const Restriction& restriction, const std::optional<std::string>& purpose) {
  if (restriction.right == Right::kRestriction || !restriction.purpose || !purpose) return true;
  return IsForPurpose(*purpose, *restriction.purpose);
}

}  // namespace

bool IsForPurpose(std::string_view purpose, std::string_view of) {
  return purpose == of || (purpose.starts_with(of) && purpose[of.size()] == '.');
}

std::vector<FieldNote> FieldNotes(const Restriction*) {
  return {{.name = "right", .description = "restriction, objection or consent_withdrawal."},
          {.name = "purpose", .description = "The purpose that it is about, with all below it; every one when absent."},
          {.name = "since", .description = "From when on it is to be heeded."},
          {.name = "lifted_at", .description = "Until when; absent while it stands."}};
}

std::vector<FieldNote> FieldNotes(const RestrictionQuestion*) {
  return {{.name = "identifiers",
           .description = "By what the person is known; one of them is enough.",
           .example = R"({"kind": "email", "value": "ada@example.org"})",
           .min_length = 1,
           .max_length = 50},
          {.name = "purpose",
           .description = "What the data is to be used for; any use at all when absent.",
           .example = "marketing.email",
           .max_length = 100}};
}

std::vector<FieldNote> FieldNotes(const RestrictionAnswer*) {
  return {{.name = "allowed", .description = "Whether nothing stands against it."},
          {.name = "restrictions", .description = "What stands against it."}};
}

Result<std::vector<Restriction>> Restrictions::Load(ReadTx& tx, const std::string& rest,
                                                    const SqlValues& values) const {
  PRIVITY_TRY(
      const auto rows,
      tx.Query(
          "SELECT r.id, r.claim, r.purpose, r.request, r.since, r.lifted_at, r.version FROM rights_restriction r " +
              rest,
          values));
  std::vector<Restriction> found;
  for (const Row& row : rows) {
    Restriction each{.id = row.Get<RestrictionId>(0),
                     .purpose = row.Get<std::optional<std::string>>(2),
                     .request = row.Get<RightsRequestId>(3),
                     .since = row.Get<Instant>(4),
                     .lifted_at = row.Get<std::optional<Instant>>(5),
                     .version = row.Get<std::int64_t>(6)};
    PRIVITY_TRY(each.right, ParseEnum<Right>(row.Get<std::string>(1)));
    found.push_back(std::move(each));
  }
  return found;
}

Status Restrictions::Record(WriteTx& tx, std::string_view action, const Actor& actor, const Restriction& about,
                            const std::string& request_id) const {
  Entry entry{.action = std::string(action),
              .actor = actor,
              .object_kind = "restriction",
              .object_id = about.id.ToString(),
              .request_id = request_id};
  PRIVITY_TRY(const Word right, Word::Parse(EnumText(about.right)));
  entry.details.Add("right", right).Add("request", about.request);
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, entry));
  return Ok();
}

Status Restrictions::Set(WriteTx& tx, const Mandate& mandate) {
  if (!IsLasting(mandate.right)) return Ok();
  PRIVITY_TRY(const auto known, Load(tx, "WHERE r.request = $1 AND r.lifted_at IS NULL", {mandate.request}));
  if (!known.empty()) return Ok();
  PRIVITY_TRY(const RestrictionId id, NextIdOf(tx, mandate.request));
  RememberedRestriction made{.id = id,
                             .right = mandate.right,
                             .purpose = mandate.purpose,
                             .request = mandate.request,
                             .since = world_.clock.Now()};
  const IdentifierIndex index(world_.key_home);
  for (const Identifier& identifier : mandate.identifiers) made.identifiers.push_back(index.Of(identifier));
  // First beside the keys: what a crash leaves forbids too much rather than too little.
  PRIVITY_TRY_VOID(journal_.Remember(made));
  PRIVITY_TRY_VOID(Insert(tx, made));
  return Record(tx, "rights.restriction.set", Machine(), {.id = made.id, .right = made.right, .request = made.request},
                "");
}

// The same each time it is tried, until the fact is in the store: a transaction that does not commit leaves one entry
// in the journal, which the next attempt overwrites.
Result<RestrictionId> Restrictions::NextIdOf(ReadTx& tx, const RightsRequestId& request) const {
  for (std::int64_t count = 0;; ++count) {
    const RestrictionId id = IdOf(request, count);
    PRIVITY_TRY(const auto known, Load(tx, "WHERE r.id = $1", {id}));
    if (known.empty()) return id;
  }
}

Status Restrictions::Insert(WriteTx& tx, const RememberedRestriction& made) const {
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_restriction (id, claim, purpose, request, since, version) VALUES ($1, $2, $3, $4, $5, 1)",
      {made.id, EnumText(made.right), made.purpose, made.request, made.since}));
  for (const std::string& identifier : made.identifiers) {
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO rights_restriction_of (restriction, identifier) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                   {made.id, identifier}));
  }
  return Ok();
}

Result<std::int64_t> Restrictions::Restore() {
  PRIVITY_TRY(const auto entries, journal_.Entries());
  std::int64_t restored = 0;
  for (const RememberedRestriction& entry : entries) {
    PRIVITY_TRY(const bool was_missing, world_.store.Write([&](WriteTx& tx) -> Result<bool> {
      PRIVITY_TRY(const auto known, Load(tx, "WHERE r.id = $1", {entry.id}));
      if (!known.empty()) return false;
      PRIVITY_TRY_VOID(Insert(tx, entry));
      PRIVITY_TRY_VOID(Record(tx, "rights.restriction.restored", Machine(),
                              {.id = entry.id, .right = entry.right, .request = entry.request}, ""));
      return true;
    }));
    restored += was_missing ? 1 : 0;
  }
  return restored;
}

Status Restrictions::Sweep() {
  PRIVITY_TRY(const auto entries, journal_.Entries());
  for (const RememberedRestriction& entry : entries) {
    PRIVITY_TRY(const auto known,
                world_.store.Read([&](ReadTx& tx) { return Load(tx, "WHERE r.id = $1", {entry.id}); }));
    if (!known.empty() && known.front().lifted_at) PRIVITY_TRY_VOID(journal_.Forget(entry.id));
  }
  return Ok();
}

Result<Restriction> Restrictions::Get(ReadTx& tx, const RestrictionId& id) const {
  PRIVITY_TRY(auto found, Load(tx, "WHERE r.id = $1", {id}));
  if (found.empty()) return Error("rights.restriction_unknown");
  return std::move(found.front());
}

Result<RestrictionPage> Restrictions::List(ReadTx& tx, const RestrictionFilter& filter) const {
  const auto limit = static_cast<std::size_t>(std::clamp(filter.limit, 1, kRequestPageMax));
  Where where;
  if (filter.right) where.And("r.claim = " + where.Parameter(EnumText(*filter.right)));
  if (filter.request) where.And("r.request = " + where.Parameter(*filter.request));
  if (!filter.lifted) where.And("r.lifted_at IS NULL");
  if (filter.after) where.And("r.id > " + where.Parameter(*filter.after));
  const std::string one_more = where.Parameter(static_cast<std::int64_t>(limit + 1));
  RestrictionPage page;
  PRIVITY_TRY(page.items, Load(tx, where.Clause() + " ORDER BY r.id LIMIT " + one_more, where.values()));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.next = page.items.back().id.ToString();
  }
  return page;
}

Result<RestrictionAnswer> Restrictions::Check(ReadTx& tx, const RestrictionQuestion& question) const {
  const IdentifierIndex index(world_.key_home);
  Where where;
  std::string hashes;
  for (const Identifier& identifier : question.identifiers) {
    for (const std::string& hash : index.All(identifier)) {
      hashes += (hashes.empty() ? "" : ", ") + where.Parameter(hash);
    }
  }
  if (hashes.empty()) return RestrictionAnswer();
  where.And("r.lifted_at IS NULL AND r.id IN (SELECT restriction FROM rights_restriction_of WHERE identifier IN (" +
            hashes + "))");
  PRIVITY_TRY(std::vector<Restriction> found, Load(tx, where.Clause() + " ORDER BY r.since, r.id", where.values()));
  std::erase_if(found, [&](const Restriction& each) { return !StandsAgainst(each, question.purpose); });
  return RestrictionAnswer{.allowed = found.empty(), .restrictions = std::move(found)};
}

Result<Restriction> Restrictions::Lift(WriteTx& tx, const Caller& caller, const RestrictionId& id,
                                       const std::string& text) {
  PRIVITY_TRY(Restriction found, Get(tx, id));
  if (found.lifted_at) return Error("rights.restriction_lifted");
  const auto told = requests_.Message(tx, caller, found.request, text);
  if (!told.ok() && !told.error().Is("rights.minimized")) return told.error();
  found.lifted_at = world_.clock.Now();
  found.version += 1;
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_restriction SET lifted_at = $1, version = $2 WHERE id = $3",
                              {found.lifted_at, found.version, found.id}));
  PRIVITY_TRY_VOID(Record(tx, "rights.restriction.lifted", caller.actor, found, caller.request_id));
  return found;
}

}  // namespace privity
