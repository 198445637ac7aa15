#include "datamap/stewardship.h"

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

// Fields of a collection, and the collection itself, with what was said of each where anything was.
constexpr std::string_view kColumns = R"sql(
  s.id, s.name, c.id, c.dataset, c.name, f.id, f.name, t.content, t.actor_kind, t.actor_id, t.changed_at, t.version,
  t.overdue)sql";
constexpr std::string_view kOfCollection = R"sql(
FROM datamap_collection c JOIN datamap_system s ON s.id = c.system
LEFT JOIN datamap_field f ON 1 = 0
LEFT JOIN datamap_stewardship t ON t.place = c.id
WHERE c.id = $1)sql";
constexpr std::string_view kOfField = R"sql(
FROM datamap_field f JOIN datamap_collection c ON c.id = f.collection JOIN datamap_system s ON s.id = c.system
LEFT JOIN datamap_stewardship t ON t.place = f.id
WHERE f.id = $1)sql";
constexpr std::string_view kSaid = R"sql(
FROM datamap_stewardship t JOIN datamap_collection c ON c.id = t.collection JOIN datamap_system s ON s.id = c.system
LEFT JOIN datamap_field f ON f.id = t.field)sql";

std::string KeyOf(const StewardPlace& place) {
  return std::visit([](const auto& id) { return id.ToString(); }, place);
}

Result<Stewardship> ReadStewardship(const Row& row) {
  Stewardship read{.system = row.Get<SystemId>(0),
                   .system_name = row.Get<std::string>(1),
                   .collection = row.Get<CollectionId>(2),
                   .dataset = row.Get<std::string>(3),
                   .collection_name = row.Get<std::string>(4),
                   .field = row.Get<std::optional<FieldId>>(5),
                   .field_name = row.Get<std::optional<std::string>>(6).value_or("")};
  const auto content = row.Get<std::optional<std::string>>(7);
  if (!content) return read;
  PRIVITY_TRY(read.content, FromJson<StewardshipRequest>(*content));
  PRIVITY_TRY(read.changed_by, ActorFromColumns(row.Get<std::string>(8), row.Get<std::string>(9)));
  read.changed_at = row.Get<Instant>(10);
  read.version = row.Get<std::int64_t>(11);
  if (const auto overdue = row.Get<std::optional<std::string>>(12)) {
    PRIVITY_TRY(read.overdue, FromJson<OverdueRecords>(*overdue));
  }
  return read;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const StewardshipRequest*) {
  return {{.name = "steward", .description = "Who decides about what scans find here."},
          {.name = "custom_fields",
           .description = "What your company wants to know of it besides; each name once.",
           .example = R"([{"name": "Contract", "value": "2026/17"}])",
           .max_length = 30,
           .defaulted = true},
          {.name = "retention", .description = "How long its records may be kept."},
          {.name = "date_field",
           .description = "The field of the same table or file whose date begins the period. With it, scans count what "
                          "is older, where the store can count.",
           .example = "created_at",
           .max_length = kMapNameBytesMax,
           .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const OverdueRecords*) {
  return {{.name = "records", .description = "That began before the day; of a field, those with a value in it."},
          {.name = "problem", .description = "Why the store could not count them."},
          {.name = "before", .description = "The day, as its beginning in UTC."}};
}
std::vector<FieldNote> FieldNotes(const Stewardship*) {
  return {{.name = "field", .description = "None: the table or file as a whole."},
          {.name = "overdue", .description = "As the newest scan counted, since the content last changed."},
          {.name = "version", .description = "0: nobody has said anything."}};
}

Result<StewardshipPage> Stewardships::List(ReadTx& tx, const StewardshipFilter& filter) const {
  Where where;
  where.And("c.gone_at IS NULL AND f.gone_at IS NULL");
  if (filter.system) where.And("t.system = " + where.Parameter(*filter.system));
  if (filter.collection) where.And("t.collection = " + where.Parameter(*filter.collection));
  if (filter.retention) where.And("t.has_retention");
  if (filter.overdue) where.And("t.overdue_records > 0");
  if (!filter.after.empty()) where.And("t.place > " + where.Parameter(filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows, tx.Query("SELECT " + std::string(kColumns) + std::string(kSaid) + where.Clause() +
                                            " ORDER BY t.place LIMIT " + limit,
                                        where.values()));
  StewardshipPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      const Stewardship& last = page.items.back();
      page.next = last.field ? last.field->ToString() : last.collection.ToString();
      break;
    }
    PRIVITY_TRY(Stewardship read, ReadStewardship(row));
    page.items.push_back(std::move(read));
  }
  return page;
}

Result<Stewardship> Stewardships::Get(ReadTx& tx, const StewardPlace& place) const {
  const bool is_field = std::holds_alternative<FieldId>(place);
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT " + std::string(kColumns) + std::string(is_field ? kOfField : kOfCollection),
                          {KeyOf(place)}));
  if (!row) return Error(is_field ? "datamap.field_unknown" : "datamap.collection_unknown");
  return ReadStewardship(*row);
}

Result<std::vector<StewardshipVersion>> Stewardships::History(ReadTx& tx, const StewardPlace& place) const {
  PRIVITY_TRY_VOID(Get(tx, place));
  PRIVITY_TRY(const auto rows, tx.Query("SELECT version, content, actor_kind, actor_id, at FROM "
                                        "datamap_stewardship_version WHERE place = $1 ORDER BY version DESC LIMIT 500",
                                        {KeyOf(place)}));
  std::vector<StewardshipVersion> versions;
  for (const Row& row : rows) {
    PRIVITY_TRY(StewardshipRequest content, FromJson<StewardshipRequest>(row.Get<std::string>(1)));
    PRIVITY_TRY(Actor by, ActorFromColumns(row.Get<std::string>(2), row.Get<std::string>(3)));
    versions.push_back({row.Get<std::int64_t>(0), std::move(content), std::move(by), row.Get<Instant>(4)});
  }
  return versions;
}

Status Stewardships::RequireSound(ReadTx& tx, const Stewardship& of, const StewardshipRequest& request) const {
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  if (request.date_field.empty()) return Ok();
  PRIVITY_TRY(const auto known, tx.QueryOne("SELECT 1 FROM datamap_field WHERE collection = $1 AND name = $2",
                                            {of.collection, request.date_field}));
  if (!known) return Error("datamap.date_field_unknown", {{"path", "/date_field"}});
  return Ok();
}

Result<Stewardship> Stewardships::Set(WriteTx& tx, const Caller& caller, const StewardPlace& place,
                                      const StewardshipRequest& request,
                                      std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Stewardship before, Get(tx, place));
  if (expected_version && *expected_version != before.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(RequireSound(tx, before, request));
  const std::string content = ToJson(request);
  const std::int64_t version = before.version + 1;
  const Instant now = world_.clock.Now();
  const std::string key = KeyOf(place);
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_stewardship (place, system, collection, field, content, has_retention, actor_kind, "
      "actor_id, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (place) DO UPDATE "
      "SET content = excluded.content, has_retention = excluded.has_retention, actor_kind = excluded.actor_kind, "
      "actor_id = excluded.actor_id, changed_at = excluded.changed_at, version = excluded.version, overdue = NULL, "
      "overdue_records = NULL",
      {key, before.system, before.collection, before.field, content, request.retention.has_value(),
       EnumText(caller.actor.kind), caller.actor.id, now, version}));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_stewardship_version (place, version, content, actor_kind, actor_id, at) VALUES "
                 "($1, $2, $3, $4, $5, $6)",
                 {key, version, content, EnumText(caller.actor.kind), caller.actor.id, now}));
  constexpr const char* kAction = "datamap.stewardship.changed";
  PRIVITY_TRY_VOID(AppendEntry(world_, tx,
                               before.field ? EntryBy(caller, kAction, "field", *before.field)
                                            : EntryBy(caller, kAction, "collection", before.collection)));
  return Get(tx, place);
}

Status Stewardships::SaveCount(WriteTx& tx, const Stewardship& of, const OverdueRecords& count) const {
  const std::string key = of.field ? of.field->ToString() : of.collection.ToString();
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_stewardship SET overdue = $3, overdue_records = $4 WHERE place = $1 AND "
                 "version = $2",
                 {key, of.version, ToJson(count), count.records}));
  return Ok();
}

}  // namespace privity
