#include "datamap/recipients.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "datamap/internal/recipient_rows.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT id, content, actor_kind, actor_id, created_at, changed_at, removed_at, version FROM datamap_recipient)sql";
constexpr int kActivityPage = 200;

bool Names(const ActivityRequest& activity, const std::string& name) {
  return std::ranges::find(activity.recipients, name) != activity.recipients.end() ||
         std::ranges::find(activity.transfers, name, &ActivityTransfer::recipient) != activity.transfers.end();
}

// Those that are done.
Result<std::vector<Activity>> AllActivities(ReadTx& tx, const Activities& activities) {
  std::vector<Activity> all;
  for (ActivityFilter filter{.limit = kActivityPage};;) {
    PRIVITY_TRY(ActivityPage page, activities.List(tx, filter));
    std::ranges::move(page.items, std::back_inserter(all));
    if (!page.next) return all;
    PRIVITY_TRY(filter.after, ActivityId::Parse(*page.next));
  }
}

Result<Recipient> ReadRecipient(const Row& row, const std::vector<Activity>& activities) {
  PRIVITY_TRY(RecipientRequest content, FromJson<RecipientRequest>(row.Get<std::string>(1)));
  PRIVITY_TRY(Actor actor, ActorFromColumns(row.Get<std::string>(2), row.Get<std::string>(3)));
  Recipient recipient{.id = row.Get<RecipientId>(0),
                      .content = std::move(content),
                      .changed_by = std::move(actor),
                      .created_at = row.Get<Instant>(4),
                      .changed_at = row.Get<Instant>(5),
                      .removed_at = row.Get<std::optional<Instant>>(6),
                      .version = row.Get<std::int64_t>(7)};
  for (const Activity& activity : activities) {
    const bool is_meant = !recipient.removed_at && Names(activity.content, recipient.content.name);
    if (is_meant) recipient.activities.push_back(activity.content.name);
  }
  return recipient;
}

Status RequireCurrent(const Recipient& recipient, std::optional<std::int64_t> expected_version) {
  if (recipient.removed_at) return Error("datamap.recipient_removed");
  if (expected_version && *expected_version != recipient.version) return Error("datamap.changed_meanwhile");
  return Ok();
}

Status RequireFree(ReadTx& tx, const std::string& name, const std::optional<RecipientId>& self) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT id FROM datamap_recipient WHERE name = $1 AND removed_at IS NULL", {name}));
  if (row && row->Get<RecipientId>(0) != self) return Error("datamap.recipient_name_taken", {{"name", name}});
  return Ok();
}

Status SaveVersion(const DatamapWorld& world, WriteTx& tx, const Caller& caller, const RecipientId& id,
                   std::int64_t version, const std::string& content) {
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_recipient_version (recipient, version, content, actor_kind, actor_id, at) VALUES "
                 "($1, $2, $3, $4, $5, $6)",
                 {id, version, content, EnumText(caller.actor.kind), caller.actor.id, world.clock.Now()}));
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const RecipientTransfer*) {
  return {{.name = "destination",
           .description = "The third country or international organization.",
           .min_length = 1,
           .max_length = 200},
          {.name = "safeguards",
           .description = "Of GDPR Chapter V: an adequacy decision, standard clauses, those of Art. 49(1).",
           .max_length = 4000,
           .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const RecipientRequest*) {
  return {
      {.name = "name",
       .description = "Each name once; activities name them by it.",
       .example = "Example Parcels GmbH",
       .format = "line",
       .min_length = 1,
       .max_length = 200},
      {.name = "kind", .description = "Somebody, or a category of recipients (GDPR Art. 30(1)(d)).", .defaulted = true},
      {.name = "role", .description = "What they are for this processing: GDPR Art. 4(7), 4(8), 26."},
      {.name = "country",
       .description = "Where they are.",
       .example = "Germany",
       .format = "line",
       .max_length = 100,
       .defaulted = true},
      {.name = "contact",
       .description = "How they are told of a correction or an erasure (GDPR Art. 19).",
       .example = "privacy@example.org",
       .max_length = 500,
       .defaulted = true},
      {.name = "description", .description = "What they do with it.", .max_length = 4000, .defaulted = true},
      {.name = "transfers",
       .description = "To third countries and international organizations.",
       .max_length = 100,
       .defaulted = true},
      {.name = "steward", .description = "Who keeps this record true."},
      {.name = "custom_fields",
       .description = "What your company wants to know of recipients besides; each name once.",
       .example = R"([{"name": "Contract", "value": "2026/17"}])",
       .max_length = 30,
       .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const Recipient*) {
  return {{.name = "activities", .description = "Names of those that name them and are done."},
          {.name = "removed_at", .description = "When somebody took them off the list."}};
}

Result<RecipientId> InsertRecipient(const DatamapWorld& world, WriteTx& tx, const Caller& caller,
                                    const RecipientRequest& request) {
  const auto id = RecipientId::New(world.clock);
  const std::string content = ToJson(request);
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_recipient (id, name, content, actor_kind, actor_id, created_at, "
                 "changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $6, 1)",
                 {id, request.name, content, EnumText(caller.actor.kind), caller.actor.id, world.clock.Now()}));
  PRIVITY_TRY_VOID(SaveVersion(world, tx, caller, id, 1, content));
  PRIVITY_TRY_VOID(AppendEntry(world, tx, EntryBy(caller, "datamap.recipient.created", "recipient", id)));
  return id;
}

Status RecordRecipientsOf(const DatamapWorld& world, WriteTx& tx, const Caller& caller,
                          const ActivityRequest& activity) {
  std::set<std::string> names(activity.recipients.begin(), activity.recipients.end());
  for (const ActivityTransfer& transfer : activity.transfers) names.insert(transfer.recipient);
  for (const std::string& name : names) {
    if (name.empty()) continue;
    const Status is_free = RequireFree(tx, name, std::nullopt);
    if (!is_free.ok() && is_free.error().Is("datamap.recipient_name_taken")) continue;
    PRIVITY_TRY_VOID(is_free);
    PRIVITY_TRY_VOID(InsertRecipient(world, tx, caller, {.name = name, .kind = RecipientKind::kCategory}));
  }
  return Ok();
}

Result<RecipientPage> Recipients::List(ReadTx& tx, const RecipientFilter& filter) const {
  Where where;
  where.And("removed_at IS NULL");
  if (!filter.q.empty()) where.And("lower(name) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  if (filter.role) {
    where.And("content LIKE " + where.Parameter("%\"role\":\"" + std::string(EnumText(*filter.role)) + "\"%"));
  }
  if (!filter.after.empty()) where.And("name > " + where.Parameter(filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY name LIMIT " + limit, where.values()));
  PRIVITY_TRY(const auto activities, AllActivities(tx, activities_));
  RecipientPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().content.name;
      break;
    }
    PRIVITY_TRY(Recipient recipient, ReadRecipient(row, activities));
    page.items.push_back(std::move(recipient));
  }
  return page;
}

Result<Recipient> Recipients::Get(ReadTx& tx, const RecipientId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE id = $1", {id}));
  if (!row) return Error("datamap.recipient_unknown");
  PRIVITY_TRY(const auto activities, AllActivities(tx, activities_));
  return ReadRecipient(*row, activities);
}

Result<std::vector<RecipientVersion>> Recipients::History(ReadTx& tx, const RecipientId& id) const {
  PRIVITY_TRY_VOID(Get(tx, id));
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT version, content, actor_kind, actor_id, at FROM datamap_recipient_version WHERE "
                       "recipient = $1 ORDER BY version DESC LIMIT 500",
                       {id}));
  std::vector<RecipientVersion> versions;
  for (const Row& row : rows) {
    PRIVITY_TRY(RecipientRequest content, FromJson<RecipientRequest>(row.Get<std::string>(1)));
    PRIVITY_TRY(Actor by, ActorFromColumns(row.Get<std::string>(2), row.Get<std::string>(3)));
    versions.push_back({row.Get<std::int64_t>(0), std::move(content), std::move(by), row.Get<Instant>(4)});
  }
  return versions;
}

Result<Recipient> Recipients::Create(WriteTx& tx, const Caller& caller, const RecipientRequest& request) const {
  PRIVITY_TRY_VOID(RequireFree(tx, request.name, std::nullopt));
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  PRIVITY_TRY(const RecipientId id, InsertRecipient(world_, tx, caller, request));
  return Get(tx, id);
}

Result<Recipient> Recipients::Update(WriteTx& tx, const Caller& caller, const RecipientId& id,
                                     const RecipientRequest& request,
                                     std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Recipient before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireCurrent(before, expected_version));
  PRIVITY_TRY_VOID(RequireFree(tx, request.name, id));
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  const std::string content = ToJson(request);
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_recipient SET name = $2, content = $3, actor_kind = $4, actor_id = $5, "
                 "changed_at = $6, version = version + 1 WHERE id = $1",
                 {id, request.name, content, EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now()}));
  PRIVITY_TRY_VOID(SaveVersion(world_, tx, caller, id, before.version + 1, content));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.recipient.changed", "recipient", id)));
  if (request.name != before.content.name) {
    PRIVITY_TRY_VOID(activities_.RenameRecipient(tx, caller, before.content.name, request.name));
  }
  return Get(tx, id);
}

Status Recipients::Remove(WriteTx& tx, const Caller& caller, const RecipientId& id,
                          std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Recipient before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireCurrent(before, expected_version));
  if (!before.activities.empty()) return Error("datamap.recipient_named", {{"activity", before.activities.front()}});
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_recipient SET removed_at = $2, actor_kind = $3, actor_id = $4, version = "
                 "version + 1 WHERE id = $1",
                 {id, world_.clock.Now(), EnumText(caller.actor.kind), caller.actor.id}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.recipient.removed", "recipient", id));
}

}  // namespace privity
