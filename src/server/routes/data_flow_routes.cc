// Flows of personal data that people state.
#include "app/application.h"
#include "datamap/data_flows.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct FlowPath {
  DataFlowId id;
};
PRIVITY_DESCRIBE(FlowPath, (id))

struct FlowQuery {
  std::optional<SystemId> system;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(FlowQuery, (system, cursor, limit))
std::vector<FieldNote> FieldNotes(const FlowQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "system", .description = "At either end."});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kWrite = Access::Permission("map.write");

Reply<DataFlow> WithVersion(DataFlow flow) {
  const std::int64_t version = flow.version;
  return Versioned(std::move(flow), version);
}

}  // namespace

void AddDataFlowRoutes(RouteTable& routes, Application* application) {
  const auto flows = [application] { return DataFlows(application->datamap().world()); };
  routes.Add({.method = "GET",
              .path = "/v1/flows",
              .id = "flows.list",
              .access = kRead,
              .summary = "Flows of personal data between systems that people stated, the oldest first"},
             [flows](ReadTx& tx, const Call<Nothing, FlowQuery>& call) -> Result<Page<DataFlow>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               DataFlowFilter filter{.system = call.query.system, .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, DataFlowId::Parse(*position));
               }
               PRIVITY_TRY(DataFlowPage page, flows().List(tx, filter));
               return Page<DataFlow>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET", .path = "/v1/flows/{id}", .id = "flows.show", .access = kRead, .summary = "One flow"},
             [flows](ReadTx& tx, const Call<FlowPath>& call) -> Result<Reply<DataFlow>> {
               PRIVITY_TRY(DataFlow flow, flows().Get(tx, call.path.id));
               return WithVersion(std::move(flow));
             });
  routes.Add({.method = "POST",
              .path = "/v1/flows",
              .id = "flows.create",
              .access = kWrite,
              .summary = "State that personal data goes from one system to another",
              .status = 201},
             [flows](WriteTx& tx, const Call<Nothing, Nothing, DataFlowRequest>& call) -> Result<Reply<DataFlow>> {
               PRIVITY_TRY(DataFlow flow, flows().Create(tx, call.caller(), call.body));
               std::string location = "/v1/flows/" + flow.id.ToString();
               return CreatedAt(std::move(flow), std::move(location), 1);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/flows/{id}",
              .id = "flows.update",
              .access = kWrite,
              .summary = "Change what is stated of a flow",
              .needs_version = true},
             [flows](WriteTx& tx, const Call<FlowPath, Nothing, DataFlowRequest>& call) -> Result<Reply<DataFlow>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(DataFlow flow, flows().Update(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(flow));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/flows/{id}",
              .id = "flows.delete",
              .access = kWrite,
              .summary = "Remove a flow that a person stated",
              .needs_version = true},
             [flows](WriteTx& tx, const Call<FlowPath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(flows().Delete(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
}

}  // namespace privity
