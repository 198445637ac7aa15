#include "datamap/data_flows.h"

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT w.id, w.from_system, w.to_system, w.categories, w.description, s.name, t.name, w.actor_kind, w.actor_id,
  w.created_at, w.changed_at, w.version
FROM datamap_flow w JOIN datamap_system s ON s.id = w.from_system JOIN datamap_system t ON t.id = w.to_system)sql";

Result<DataFlow> ReadFlow(const Row& row) {
  PRIVITY_TRY(auto categories, ListFromColumn(row.Get<std::string>(3)));
  PRIVITY_TRY(Actor actor, ActorFromColumns(row.Get<std::string>(7), row.Get<std::string>(8)));
  return DataFlow{.id = row.Get<DataFlowId>(0),
                  .content = {.from = row.Get<SystemId>(1),
                              .to = row.Get<SystemId>(2),
                              .categories = std::move(categories),
                              .description = row.Get<std::string>(4)},
                  .from_name = row.Get<std::string>(5),
                  .to_name = row.Get<std::string>(6),
                  .changed_by = std::move(actor),
                  .created_at = row.Get<Instant>(9),
                  .changed_at = row.Get<Instant>(10),
                  .version = row.Get<std::int64_t>(11)};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const DataFlowRequest*) {
  return {{.name = "from", .description = "The system that the data comes from."},
          {.name = "to", .description = "The system that it goes to, connected or entered by hand."},
          {.name = "categories",
           .description = "Fideslang keys.",
           .example = "user.contact.email",
           .min_length = 1,
           .max_length = 100},
          {.name = "description", .description = "How, how often, what for.", .max_length = 4000, .defaulted = true}};
}

Result<DataFlowPage> DataFlows::List(ReadTx& tx, const DataFlowFilter& filter) const {
  Where where;
  if (filter.system) {
    const std::string system = where.Parameter(*filter.system);
    where.And("(w.from_system = " + system + " OR w.to_system = " + system + ")");
  }
  if (filter.after) where.And("w.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY w.id LIMIT " + limit, where.values()));
  DataFlowPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(DataFlow flow, ReadFlow(row));
    page.items.push_back(std::move(flow));
  }
  return page;
}

Result<DataFlow> DataFlows::Get(ReadTx& tx, const DataFlowId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE w.id = $1", {id}));
  if (!row) return Error("datamap.flow_unknown");
  return ReadFlow(*row);
}

Status DataFlows::RequireSound(ReadTx& tx, const DataFlowRequest& request,
                               const std::optional<DataFlowId>& self) const {
  for (const SystemId& system : {request.from, request.to}) {
    PRIVITY_TRY(const auto known, tx.QueryOne("SELECT 1 FROM datamap_system WHERE id = $1", {system}));
    if (!known) return Error("datamap.flow_end_unknown");
  }
  for (const std::string& category : request.categories) {
    if (!IsPersonal(category) || !world_.taxonomy().IsCategory(category)) return Error("datamap.category_unknown");
  }
  PRIVITY_TRY(const auto same, tx.QueryOne("SELECT id FROM datamap_flow WHERE from_system = $1 AND to_system = $2",
                                           {request.from, request.to}));
  if (same && same->Get<DataFlowId>(0) != self) return Error("datamap.flow_known");
  return Ok();
}

Result<DataFlow> DataFlows::Create(WriteTx& tx, const Caller& caller, const DataFlowRequest& request) const {
  PRIVITY_TRY_VOID(RequireSound(tx, request, std::nullopt));
  const auto id = DataFlowId::New(world_.clock);
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_flow (id, from_system, to_system, categories, description, actor_kind, actor_id, "
                 "created_at, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
                 {id, request.from, request.to, ToJson(request.categories), request.description,
                  EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now()}));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.flow.stated", "flow", id)));
  return Get(tx, id);
}

Result<DataFlow> DataFlows::Update(WriteTx& tx, const Caller& caller, const DataFlowId& id,
                                   const DataFlowRequest& request, std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataFlow before, Get(tx, id));
  if (expected_version && *expected_version != before.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(RequireSound(tx, request, id));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_flow SET from_system = $2, to_system = $3, categories = $4, description = $5, "
                 "actor_kind = $6, actor_id = $7, changed_at = $8, version = version + 1 WHERE id = $1",
                 {id, request.from, request.to, ToJson(request.categories), request.description,
                  EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now()}));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.flow.changed", "flow", id)));
  return Get(tx, id);
}

Status DataFlows::Delete(WriteTx& tx, const Caller& caller, const DataFlowId& id,
                         std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataFlow flow, Get(tx, id));
  if (expected_version && *expected_version != flow.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM datamap_flow WHERE id = $1", {id}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.flow.removed", "flow", id));
}

}  // namespace privity
