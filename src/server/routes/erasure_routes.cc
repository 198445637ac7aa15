// The journal of erasures, and its replay after a restore.
#include "app/application.h"
#include "execution/execution.h"
#include "server/paging.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct ReplayPath {
  ReplayId id;
};
PRIVITY_DESCRIBE(ReplayPath, (id))

struct ReplayCasePath {
  ReplayCaseId id;
};
PRIVITY_DESCRIBE(ReplayCasePath, (id))

struct ReplayApproval {
  std::string plan;
};
PRIVITY_DESCRIBE(ReplayApproval, (plan))
std::vector<FieldNote> FieldNotes(const ReplayApproval*) {
  return {{.name = "plan", .description = "Digest of the plan that was looked at.", .min_length = 1, .max_length = 64}};
}

constexpr Access kRead = Access::Permission("rights.read");
constexpr Access kApprove = Access::Permission("rights.approve");

void AddReading(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/erasures",
              .id = "erasures.list",
              .access = kRead,
              .summary = "What the journal remembers of every erasure: when, and how much; it names nobody"},
             [application](ReadTx&, const Call<>&) -> Result<List<RememberedErasure>> {
               PRIVITY_TRY(auto all, application->execution().replays().Remembered());
               return List<RememberedErasure>{std::move(all)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/erasures/replays",
              .id = "erasures.replays",
              .access = kRead,
              .summary = "Replays of the journal, the newest first"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<Replay>> {
               PRIVITY_TRY(auto all, application->execution().replays().List(tx));
               return List<Replay>{std::move(all)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/erasures/replays/{id}",
              .id = "erasures.replayed",
              .access = kRead,
              .summary = "One replay: who is back, what was done, what waits for a decision"},
             [application](ReadTx& tx, const Call<ReplayPath>& call) -> Result<Replay> {
               return application->execution().replays().Get(tx, call.path.id);
             });
  routes.Add({.method = "GET",
              .path = "/v1/erasures/cases/{id}/plan",
              .id = "erasures.plan",
              .access = kRead,
              .summary = "What would be erased of somebody who is back; samples are masked"},
             [application](const Call<ReplayCasePath>& call) -> Result<ExecutionPlan> {
               return application->execution().replays().Plan(call.path.id);
             });
}

void AddWork(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/erasures/replays",
              .id = "erasures.replay",
              .access = kApprove,
              .summary = "Look for whoever was erased, after a store was restored",
              .description = "The very same records are erased at once; anything else is proposed to a person.",
              .status = 202},
             [application](WriteTx& tx, const Call<Nothing, Nothing, ReplayOrder>& call) -> Result<Replay> {
               return application->execution().replays().Start(tx, call.caller(), call.body);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/erasures/cases/{id}/approval",
       .id = "erasures.approve",
       .access = kApprove,
       .summary = "Have somebody who is back erased, by exactly the plan that was looked at"},
      [application](WriteTx& tx, const Call<ReplayCasePath, Nothing, ReplayApproval>& call) -> Result<ReplayCase> {
        return application->execution().replays().Approve(tx, call.caller(), call.path.id, call.body.plan);
      });
  routes.Add({.method = "POST",
              .path = "/v1/erasures/cases/{id}/dismissal",
              .id = "erasures.dismiss",
              .access = kApprove,
              .summary = "Let somebody who is back stay: they are a customer again, or another person"},
             [application](WriteTx& tx, const Call<ReplayCasePath>& call) -> Result<ReplayCase> {
               return application->execution().replays().Dismiss(tx, call.caller(), call.path.id);
             });
}

}  // namespace

void AddErasureRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddWork(routes, application);
}

}  // namespace privity
