#include "app/application.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct JobPath {
  JobId id;
};
PRIVITY_DESCRIBE(JobPath, (id))

struct JobQuery {
  std::optional<JobState> state;
  std::optional<std::string> kind;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(JobQuery, (state, kind, cursor, limit))
std::vector<FieldNote> FieldNotes(const JobQuery*) {
  return PagingNotes();
}

struct SchedulePath {
  std::string name;
};
PRIVITY_DESCRIBE(SchedulePath, (name))

struct ScheduleUpdate {
  std::optional<bool> is_enabled;
  std::optional<ScheduleRule> rule;
};
PRIVITY_DESCRIBE(ScheduleUpdate, (is_enabled, rule))
std::vector<FieldNote> FieldNotes(const ScheduleUpdate*) {
  return {{.name = "is_enabled", .description = "Whether it runs by itself."},
          {.name = "rule", .description = "When it runs."}};
}

struct StartedJob {
  JobId id;
};
PRIVITY_DESCRIBE(StartedJob, (id))

Status Record(WriteTx& tx, Application& application, const Caller& caller, std::string action, std::string object_kind,
              std::string object_id) {
  PRIVITY_TRY_VOID(application.ledger().Append(tx, {.action = std::move(action),
                                                    .actor = caller.actor,
                                                    .object_kind = std::move(object_kind),
                                                    .object_id = std::move(object_id),
                                                    .request_id = caller.request_id}));
  return Ok();
}

std::optional<std::string> OwnerOf(const Caller& caller) {
  return caller.user ? std::optional(caller.user->ToString()) : std::nullopt;
}

// The four things that a person may tell a job.
struct JobOrder {
  std::string_view path, id, summary;
  const char* action;
  Status (JobQueue::*order)(WriteTx&, JobId) const;
};
constexpr JobOrder kOrders[] = {
    {"/v1/jobs/{id}/cancel", "jobs.cancel", "Cancel a job", "app.job.cancelled", &JobQueue::Cancel},
    {"/v1/jobs/{id}/pause", "jobs.pause", "Pause a job", "app.job.paused", &JobQueue::Pause},
    {"/v1/jobs/{id}/resume", "jobs.resume", "Resume a paused job", "app.job.resumed", &JobQueue::Resume},
    {"/v1/jobs/{id}/retry", "jobs.retry", "Run a failed job again", "app.job.retried", &JobQueue::TryAgain},
};

void AddSchedules(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/schedules",
              .id = "schedules.list",
              .access = Access::Permission("jobs.read"),
              .summary = "What runs by itself, and when"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<ScheduleInfo>> {
               PRIVITY_TRY(std::vector<ScheduleInfo> schedules, application->schedules().List(tx));
               return List<ScheduleInfo>{std::move(schedules)};
             });
  routes.Add(
      {.method = "PATCH",
       .path = "/v1/schedules/{name}",
       .id = "schedules.update",
       .access = Access::Permission("jobs.write"),
       .summary = "Change when a schedule runs"},
      [application](WriteTx& tx, const Call<SchedulePath, Nothing, ScheduleUpdate>& call) -> Result<ScheduleInfo> {
        const Schedules& schedules = application->schedules();
        if (call.body.rule) PRIVITY_TRY_VOID(schedules.SetRule(tx, call.path.name, *call.body.rule));
        if (call.body.is_enabled) PRIVITY_TRY_VOID(schedules.SetEnabled(tx, call.path.name, *call.body.is_enabled));
        PRIVITY_TRY_VOID(Record(tx, *application, call.caller(), "app.schedule.changed", "schedule", call.path.name));
        return schedules.Get(tx, call.path.name);
      });
  routes.Add(
      {.method = "POST",
       .path = "/v1/schedules/{name}/run",
       .id = "schedules.run",
       .access = Access::Permission("jobs.write"),
       .summary = "Run a schedule now",
       .status = 202},
      [application](WriteTx& tx, const Call<SchedulePath>& call) -> Result<StartedJob> {
        PRIVITY_TRY(const JobId id, application->schedules().RunNow(tx, call.path.name, OwnerOf(call.caller())));
        PRIVITY_TRY_VOID(Record(tx, *application, call.caller(), "app.schedule.run", "schedule", call.path.name));
        return StartedJob{id};
      });
}

}  // namespace

void AddJobRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/jobs",
              .id = "jobs.list",
              .access = Access::Permission("jobs.read"),
              .summary = "Background jobs, newest first"},
             [application](ReadTx& tx, const Call<Nothing, JobQuery>& call) -> Result<Page<JobInfo>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               PRIVITY_TRY(JobPage page,
                           application->jobs().List(tx, {call.query.state, call.query.kind}, position.value_or(""),
                                                    static_cast<int>(call.query.limit)));
               return Page<JobInfo>{std::move(page.items), std::move(page.next_cursor)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/jobs/{id}",
              .id = "jobs.get",
              .access = Access::Permission("jobs.read"),
              .summary = "One job"},
             [application](ReadTx& tx, const Call<JobPath>& call) -> Result<JobInfo> {
               return application->jobs().Get(tx, call.path.id);
             });
  routes.Add({.method = "GET",
              .path = "/v1/jobs/{id}/attempts",
              .id = "jobs.attempts",
              .access = Access::Permission("jobs.read"),
              .summary = "Every attempt at a job, and what went wrong"},
             [application](ReadTx& tx, const Call<JobPath>& call) -> Result<List<JobAttempt>> {
               PRIVITY_TRY(std::vector<JobAttempt> attempts, application->jobs().Attempts(tx, call.path.id));
               return List<JobAttempt>{std::move(attempts)};
             });
  for (const JobOrder& order : kOrders) {
    routes.Add(
        {.method = "POST",
         .path = order.path,
         .id = order.id,
         .access = Access::Permission("jobs.write"),
         .summary = order.summary},
        [application, &order](WriteTx& tx, const Call<JobPath>& call) -> Result<JobInfo> {
          const JobQueue& jobs = application->jobs();
          PRIVITY_TRY_VOID((jobs.*order.order)(tx, call.path.id));
          PRIVITY_TRY_VOID(Record(tx, *application, call.caller(), order.action, "job", call.path.id.ToString()));
          return jobs.Get(tx, call.path.id);
        });
  }
  AddSchedules(routes, application);
}

}  // namespace privity
