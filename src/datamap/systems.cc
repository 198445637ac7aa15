#include "datamap/systems.h"

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT s.id, s.name, s.description, s.owner, s.product, s.last_scan, s.fresh_since, s.created_at, s.changed_at, s.version,
  (SELECT c.id FROM datamap_connection c WHERE c.system = s.id),
  (SELECT count(*) FROM datamap_collection c WHERE c.system = s.id AND c.gone_at IS NULL),
  (SELECT count(*) FROM datamap_field f WHERE f.system = s.id AND f.gone_at IS NULL),
  (SELECT count(*) FROM datamap_field f WHERE f.system = s.id AND f.gone_at IS NULL AND f.is_personal),
  (SELECT count(*) FROM datamap_field f WHERE f.system = s.id AND f.gone_at IS NULL AND f.is_special),
  (SELECT count(*) FROM datamap_change c WHERE c.system = s.id AND c.state = 'open'),
  s.steward, s.legal_entity, s.custom_fields, s.reads_problem
FROM datamap_system s)sql";

Result<DataSystem> ReadSystem(const Row& row) {
  PRIVITY_TRY(auto custom, FromJson<std::vector<CustomField>>(row.Get<std::string>(18)));
  std::optional<StoredProblem> reads_problem;
  if (const auto problem = row.Get<std::optional<std::string>>(19)) {
    PRIVITY_TRY(reads_problem, FromJson<StoredProblem>(*problem));
  }
  return DataSystem{.id = row.Get<SystemId>(0),
                    .name = row.Get<std::string>(1),
                    .description = row.Get<std::string>(2),
                    .owner = row.Get<std::optional<UserId>>(3),
                    .steward = row.Get<std::optional<UserId>>(16),
                    .legal_entity = row.Get<std::string>(17),
                    .custom_fields = std::move(custom),
                    .product = row.Get<std::string>(4),
                    .connection = row.Get<std::optional<ConnectionId>>(10),
                    .last_scan = row.Get<std::optional<ScanId>>(5),
                    .fresh_since = row.Get<std::optional<Instant>>(6),
                    .collections = row.Get<std::int64_t>(11),
                    .fields = row.Get<std::int64_t>(12),
                    .personal_fields = row.Get<std::int64_t>(13),
                    .special_fields = row.Get<std::int64_t>(14),
                    .open_changes = row.Get<std::int64_t>(15),
                    .reads_problem = std::move(reads_problem),
                    .created_at = row.Get<Instant>(7),
                    .changed_at = row.Get<Instant>(8),
                    .version = row.Get<std::int64_t>(9)};
}

Status RequireFree(ReadTx& tx, const std::string& name, const std::optional<SystemId>& self) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT id FROM datamap_system WHERE name = $1", {name}));
  if (row && row->Get<SystemId>(0) != self) return Error("datamap.name_taken", {{"name", name}});
  return Ok();
}

}  // namespace

SystemRequest RequestOf(const DataSystem& system) {
  return {.name = system.name,
          .description = system.description,
          .owner = system.owner,
          .steward = system.steward,
          .legal_entity = system.legal_entity,
          .custom_fields = system.custom_fields};
}

std::vector<FieldNote> FieldNotes(const SystemRequest*) {
  return {{.name = "name",
           .description = "What people call it; each name once.",
           .example = "Web shop",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "description", .description = "What it is for.", .max_length = 4000, .defaulted = true},
          {.name = "owner", .description = "Who answers for it."},
          {.name = "steward", .description = "Who decides about what scans find in it."},
          {.name = "legal_entity",
           .description = "Which legal entity of the group runs it.",
           .example = "Example Trading GmbH",
           .format = "line",
           .max_length = 200,
           .defaulted = true},
          {.name = "custom_fields",
           .description = "What your company wants to know of its systems besides; each name once.",
           .example = R"([{"name": "Contract", "value": "2026/17"}])",
           .max_length = 30,
           .defaulted = true}};
}

Result<SystemPage> Systems::List(ReadTx& tx, const SystemFilter& filter) const {
  Where where;
  if (!filter.q.empty()) where.And("lower(s.name) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  if (!filter.after.empty()) where.And("s.name > " + where.Parameter(filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY s.name LIMIT " + limit, where.values()));
  SystemPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().name;
      break;
    }
    PRIVITY_TRY(DataSystem system, ReadSystem(row));
    page.items.push_back(std::move(system));
  }
  return page;
}

Result<DataSystem> Systems::Get(ReadTx& tx, const SystemId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE s.id = $1", {id}));
  if (!row) return Error("datamap.system_unknown");
  return ReadSystem(*row);
}

Result<SystemId> Systems::Insert(WriteTx& tx, const Caller& caller, const SystemRequest& request) const {
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  const auto id = SystemId::New(world_.clock);
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_system (id, name, description, owner, product, created_at, changed_at, version, "
                 "steward, legal_entity, custom_fields) VALUES ($1, $2, $3, $4, '', $5, $5, 1, $6, $7, $8)",
                 {id, request.name, request.description, request.owner, world_.clock.Now(), request.steward,
                  request.legal_entity, ToJson(request.custom_fields)}));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.system.created", "system", id)));
  return id;
}

Result<DataSystem> Systems::Create(WriteTx& tx, const Caller& caller, const SystemRequest& request) const {
  PRIVITY_TRY_VOID(RequireFree(tx, request.name, std::nullopt));
  PRIVITY_TRY(const SystemId id, Insert(tx, caller, request));
  return Get(tx, id);
}

Result<DataSystem> Systems::Update(WriteTx& tx, const Caller& caller, const SystemId& id, const SystemRequest& request,
                                   std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataSystem before, Get(tx, id));
  if (expected_version && *expected_version != before.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(RequireFree(tx, request.name, id));
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE datamap_system SET name = $2, description = $3, owner = $4, changed_at = $5, version = version + 1, "
      "steward = $6, legal_entity = $7, custom_fields = $8 WHERE id = $1",
      {id, request.name, request.description, request.owner, world_.clock.Now(), request.steward, request.legal_entity,
       ToJson(request.custom_fields)}));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.system.changed", "system", id)));
  return Get(tx, id);
}

Status Systems::Delete(WriteTx& tx, const Caller& caller, const SystemId& id,
                       std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataSystem system, Get(tx, id));
  if (expected_version && *expected_version != system.version) return Error("datamap.changed_meanwhile");
  if (system.connection) return Error("datamap.system_connected");
  for (const char* statement :
       {"DELETE FROM datamap_change WHERE system = $1",
        "DELETE FROM datamap_gap WHERE scan IN (SELECT id FROM datamap_scan WHERE system = $1)",
        "DELETE FROM datamap_reference WHERE from_system = $1 OR to_system = $1",
        "DELETE FROM datamap_flow WHERE from_system = $1 OR to_system = $1",
        "DELETE FROM datamap_access WHERE system = $1", "DELETE FROM datamap_use WHERE system = $1",
        "DELETE FROM datamap_stewardship_version WHERE place IN (SELECT place FROM datamap_stewardship WHERE system = "
        "$1)",
        "DELETE FROM datamap_stewardship WHERE system = $1", "DELETE FROM datamap_field WHERE system = $1",
        "DELETE FROM datamap_collection WHERE system = $1", "DELETE FROM datamap_scan WHERE system = $1",
        "DELETE FROM datamap_system WHERE id = $1"}) {
    PRIVITY_TRY_VOID(tx.Execute(statement, {id}));
  }
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.system.deleted", "system", id));
}

Result<SystemId> Systems::ForConnection(WriteTx& tx, const Caller& caller, const std::string& name) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT s.id, (SELECT count(*) FROM datamap_connection c WHERE c.system = s.id) FROM "
                          "datamap_system s WHERE s.name = $1",
                          {name}));
  if (!row) return Insert(tx, caller, {.name = name});
  if (row->Get<std::int64_t>(1) > 0) return Error("datamap.name_taken", {{"name", name}});
  return row->Get<SystemId>(0);
}

Status Systems::Rename(WriteTx& tx, const Caller& caller, const SystemId& id, const std::string& name) const {
  PRIVITY_TRY(const DataSystem system, Get(tx, id));
  if (system.name == name) return Ok();
  PRIVITY_TRY_VOID(RequireFree(tx, name, id));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_system SET name = $2, changed_at = $3, version = version + 1 WHERE id = $1",
                 {id, name, world_.clock.Now()}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.system.changed", "system", id));
}

}  // namespace privity
