// References that equal values suggest, and the salts by which the company hashes values.
#include "app/application.h"
#include "flows/flows.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct SuggestionPath {
  SuggestionId id;
};
PRIVITY_DESCRIBE(SuggestionPath, (id))
struct SaltPath {
  SaltId id;
};
PRIVITY_DESCRIBE(SaltPath, (id))

struct ReadingStart {
  SystemId system;
};
PRIVITY_DESCRIBE(ReadingStart, (system))

struct SuggestionQuery {
  std::optional<SystemId> system;
  std::optional<SuggestionState> state;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(SuggestionQuery, (system, state, cursor, limit))
std::vector<FieldNote> FieldNotes(const SuggestionQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "system", .description = "At either end."});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kWrite = Access::Permission("map.write");
constexpr Access kSalts = Access::Permission("connections.write");

void AddSuggestions(RouteTable& routes, Application* application) {
  const auto flows = [application]() -> const Flows& { return application->flows(); };
  routes.Add({.method = "POST",
              .path = "/v1/flows/readings",
              .id = "flows.read",
              .access = Access::Permission("scans.start"),
              .summary = "Compare the values of a system with those of all others",
              .description = "A background job that streams the system's collections, keeps keyed sketches and no "
                             "value, and suggests references. While one runs for the system, that one is answered.",
              .status = 202},
             [flows](WriteTx& tx, const Call<Nothing, Nothing, ReadingStart>& call) -> Result<FlowReading> {
               return flows().Start(tx, call.caller(), call.body.system);
             });
  routes.Add({.method = "GET",
              .path = "/v1/flows/suggestions",
              .id = "flows.suggestions",
              .access = kRead,
              .summary = "References that equal values suggest, the oldest first"},
             [flows](ReadTx& tx, const Call<Nothing, SuggestionQuery>& call) -> Result<Page<Suggestion>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               SuggestionFilter filter{
                   .system = call.query.system, .state = call.query.state, .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, SuggestionId::Parse(*position));
               }
               PRIVITY_TRY(SuggestionPage page, flows().List(tx, filter));
               return Page<Suggestion>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/flows/suggestions/{id}/confirm",
              .id = "flows.confirm",
              .access = kWrite,
              .summary = "Say that a suggested reference is one",
              .description = "It becomes a stated reference of the data map."},
             [flows](WriteTx& tx, const Call<SuggestionPath, Nothing, SuggestionDecision>& call) -> Result<Suggestion> {
               return flows().Confirm(tx, call.caller(), call.path.id, call.body);
             });
  routes.Add({.method = "POST",
              .path = "/v1/flows/suggestions/{id}/reject",
              .id = "flows.reject",
              .access = kWrite,
              .summary = "Say that a suggested reference is none",
              .description = "It is not suggested again, unless the values come to match in another form."},
             [flows](WriteTx& tx, const Call<SuggestionPath, Nothing, SuggestionDecision>& call) -> Result<Suggestion> {
               return flows().Reject(tx, call.caller(), call.path.id, call.body);
             });
}

void AddSalts(RouteTable& routes, Application* application) {
  const auto salts = [application]() -> const Salts& { return application->flows().salts(); };
  routes.Add({.method = "GET",
              .path = "/v1/flows/salts",
              .id = "flows.salts.list",
              .access = Access::Permission("connections.read"),
              .summary = "By which salts the company hashes values, without the salts themselves"},
             [salts](ReadTx& tx, const Call<>&) -> Result<List<Salt>> {
               PRIVITY_TRY(std::vector<Salt> items, salts().List(tx));
               return List<Salt>{std::move(items)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/flows/salts",
              .id = "flows.salts.create",
              .access = kSalts,
              .summary = "Give a salt by which the company hashes values",
              .description = "It is sealed and never shown again. Columns of hashes are then recognized by the next "
                             "reading.",
              .status = 201},
             [salts](WriteTx& tx, const Call<Nothing, Nothing, NewSalt>& call) -> Result<Salt> {
               return salts().Create(tx, call.caller(), call.body);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/flows/salts/{id}",
              .id = "flows.salts.delete",
              .access = kSalts,
              .summary = "Remove a salt"},
             [salts](WriteTx& tx, const Call<SaltPath>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(salts().Delete(tx, call.caller(), call.path.id));
               return Nothing{};
             });
}

}  // namespace

void AddFlowRoutes(RouteTable& routes, Application* application) {
  AddSuggestions(routes, application);
  AddSalts(routes, application);
}

}  // namespace privity
