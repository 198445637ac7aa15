// What the data map says should not be so.
#include "advisor/advisor.h"
#include "app/application.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct AdvicePath {
  AdviceId id;
};
PRIVITY_DESCRIBE(AdvicePath, (id))

struct AdviceQuery {
  std::optional<SystemId> system;
  std::optional<AdviceKind> kind;
  std::optional<AdviceState> state;
  bool special = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(AdviceQuery, (system, kind, state, special, cursor, limit))
std::vector<FieldNote> FieldNotes(const AdviceQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "special", .description = "Only what GDPR Art. 9(1) and 10 single out.", .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kWrite = Access::Permission("map.write");

void AddReading(RouteTable& routes, Application* application) {
  const auto advisor = [application]() -> const Advisor& { return application->advisor(); };
  routes.Add({.method = "GET",
              .path = "/v1/advice",
              .id = "advice.list",
              .access = kRead,
              .summary = "Personal data that nobody needs, and access that is wider than it should be",
              .description = "Looked for after every scan. `over` is what no longer holds."},
             [advisor](ReadTx& tx, const Call<Nothing, AdviceQuery>& call) -> Result<Page<Advice>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               AdviceFilter filter{.system = call.query.system,
                                   .kind = call.query.kind,
                                   .state = call.query.state,
                                   .special = call.query.special,
                                   .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, AdviceId::Parse(*position));
               }
               PRIVITY_TRY(AdvicePage page, advisor().List(tx, filter));
               return Page<Advice>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/advice/{id}",
              .id = "advice.show",
              .access = kRead,
              .summary = "One piece of advice"},
             [advisor](ReadTx& tx, const Call<AdvicePath>& call) -> Result<Advice> {
               return advisor().Get(tx, call.path.id);
             });
}

void AddDeciding(RouteTable& routes, Application* application) {
  const auto advisor = [application]() -> const Advisor& { return application->advisor(); };
  routes.Add({.method = "POST",
              .path = "/v1/advice/look",
              .id = "advice.look",
              .access = kWrite,
              .summary = "Look at the register as it stands now"},
             [advisor](WriteTx& tx, const Call<>&) -> Result<Nothing> {
               PRIVITY_TRY_VOID(advisor().Look(tx));
               return Nothing{};
             });
  routes.Add({.method = "POST",
              .path = "/v1/advice/{id}/dismiss",
              .id = "advice.dismiss",
              .access = kWrite,
              .summary = "Say why it may stay as it is"},
             [advisor](WriteTx& tx, const Call<AdvicePath, Nothing, AdviceDismissal>& call) -> Result<Advice> {
               return advisor().Dismiss(tx, call.caller(), call.path.id, call.body);
             });
  routes.Add({.method = "POST",
              .path = "/v1/advice/{id}/reopen",
              .id = "advice.reopen",
              .access = kWrite,
              .summary = "Take a dismissal back"},
             [advisor](WriteTx& tx, const Call<AdvicePath>& call) -> Result<Advice> {
               return advisor().Reopen(tx, call.caller(), call.path.id);
             });
  routes.Add({.method = "POST",
              .path = "/v1/advice/{id}/task",
              .id = "advice.task",
              .access = kWrite,
              .summary = "Make a task of it",
              .description = "The task says what to do and is linked to the advice."},
             [advisor](WriteTx& tx, const Call<AdvicePath, Nothing, AdviceTask>& call) -> Result<Advice> {
               return advisor().MakeTask(tx, call.caller(), call.path.id, call.body);
             });
}

}  // namespace

void AddAdviceRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddDeciding(routes, application);
}

}  // namespace privity
