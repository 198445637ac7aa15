#include "app/application.h"
#include "law/deadline.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct PlaybookPath {
  std::string id;
};
PRIVITY_DESCRIBE(PlaybookPath, (id))

struct PlaybookSummary {
  std::string id;
  PackVersion version;
  std::string title;
  std::string description;
  std::int64_t steps = 0;
};
PRIVITY_DESCRIBE(PlaybookSummary, (id, version, title, description, steps))

// Which version is in force, and until when its steps are due, are questions of the organization's calendar.
struct Today {
  TimeZone zone;
  Date day;
};

// The days on which the company works: those of the place that its casework is counted for.
Result<WorkingDays> WorkingDaysOn(Application& application, ReadTx& tx, Date day) {
  PRIVITY_TRY(const RightsSettings settings, application.rights().Settings(tx));
  PRIVITY_TRY(LegalCalendar calendar, CalendarAt(application.packs(), settings.place.value_or(""), day));
  return std::move(calendar.working_days);
}

Result<Today> TodayOf(Application& application, ReadTx& tx) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  return Today{organization.time_zone, organization.time_zone.DateAt(application.clock().Now())};
}

Result<std::shared_ptr<const Playbook>> Find(Application& application, const std::string& id, Date day) {
  return application.packs().Get<Playbook>("playbook", id, day);
}

Result<List<PlaybookSummary>> Summaries(Application& application, Date day) {
  List<PlaybookSummary> all;
  for (const std::string& id : application.packs().Ids("playbook")) {
    const auto playbook = Find(application, id, day);
    if (!playbook.ok()) continue;  // not in force yet
    const auto& [pack, description, steps] = **playbook;
    all.items.push_back({id, pack.version, pack.title, description, static_cast<std::int64_t>(steps.size())});
  }
  return all;
}

}  // namespace

void AddPlaybookRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/playbooks",
              .id = "playbooks.list",
              .access = Access::Permission("tasks.use"),
              .summary = "The playbooks that are in force today"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<PlaybookSummary>> {
               PRIVITY_TRY(const Today today, TodayOf(*application, tx));
               return Summaries(*application, today.day);
             });
  routes.Add({.method = "GET",
              .path = "/v1/playbooks/{id}",
              .id = "playbooks.get",
              .access = Access::Permission("tasks.use"),
              .summary = "One playbook with its steps",
              .command = "playbooks show"},
             [application](ReadTx& tx, const Call<PlaybookPath>& call) -> Result<Playbook> {
               PRIVITY_TRY(const Today today, TodayOf(*application, tx));
               PRIVITY_TRY(const auto playbook, Find(*application, call.path.id, today.day));
               return *playbook;
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/playbooks/{id}/start",
       .id = "playbooks.start",
       .access = Access::Permission("tasks.manage"),
       .summary = "Start a playbook: its steps become tasks",
       .description = "Business days are those of the place in the settings of rights requests; while none is set, or "
                      "nobody wrote its holidays down, only weekends are left out. A step that waits for others is "
                      "neither begun nor done before they are finished.",
       .status = 201},
      [application](WriteTx& tx, const Call<PlaybookPath, Nothing, NewPlaybookRun>& call) -> Result<PlaybookRun> {
        PRIVITY_TRY(const Today today, TodayOf(*application, tx));
        PRIVITY_TRY(const auto playbook, Find(*application, call.path.id, today.day));
        PRIVITY_TRY(const WorkingDays working_days, WorkingDaysOn(*application, tx, today.day));
        return application->tasks().Start(tx, call.caller(), *playbook, call.body, working_days, today.zone);
      });
}

}  // namespace privity
