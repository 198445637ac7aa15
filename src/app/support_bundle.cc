#include "app/support_bundle.h"

#include <sys/utsname.h>

#include <thread>

#include "report/zip.h"

namespace privity {
namespace {

constexpr int kJobsTold = 200;

// Exactly what the configuration command shows, and less: an address may be a person's.
Json SettingsOf(const std::vector<ConfigSetting>& settings) {
  Json::Items items;
  for (const ConfigSetting& setting : settings) {
    const bool may_be_personal = setting.value.find('@') != std::string::npos;
    items.push_back(Json::Object({{"name", setting.name},
                                  {"value", may_be_personal ? "(set)" : setting.value},
                                  {"source", EnumText(setting.source)}}));
  }
  return Json::ArrayOf(std::move(items));
}

Json AboutOf(Application& application) {
  utsname system{};
  uname(&system);
  return Json::Object({{"version", kProgramVersion},
                       {"made_at", FormatInstant(application.clock().Now())},
                       {"installation", application.key_home().installation().ToString()},
                       {"database", application.store().dialect() == Dialect::kSqlite ? "sqlite" : "postgresql"},
                       {"system", std::string(system.sysname) + " " + system.release + " " + system.machine},
                       {"processors", static_cast<std::int64_t>(std::thread::hardware_concurrency())}});
}

Json JobOf(const JobInfo& job) {
  Json told = Json::Object({{"kind", job.kind},
                            {"state", EnumText(job.state)},
                            {"created_at", FormatInstant(job.created_at)},
                            {"attempts", job.attempts}});
  if (job.error) told.Set("error", job.error->code);
  return told;
}

Result<Json> JobsOf(Application& application) {
  return application.store().Read([&](ReadTx& tx) -> Result<Json> {
    PRIVITY_TRY(const JobCounts counts, application.jobs().Count(tx));
    PRIVITY_TRY(const JobPage newest, application.jobs().List(tx, {}, "", kJobsTold));
    Json::Items items;
    for (const JobInfo& job : newest.items) items.push_back(JobOf(job));
    return Json::Object({{"counts", ToJsonValue(counts)}, {"newest", Json::ArrayOf(std::move(items))}});
  });
}

Result<Json> SchedulesOf(Application& application) {
  PRIVITY_TRY(const std::vector<ScheduleInfo> schedules,
              application.store().Read([&](ReadTx& tx) { return application.schedules().List(tx); }));
  return ToJsonValue(schedules);
}

Json LedgerOf(Application& application) {
  const SequencerState state = application.sequencer().state();
  Json told = Json::Object({{"size", static_cast<std::int64_t>(state.size)},
                            {"checkpoint_size", static_cast<std::int64_t>(state.checkpoint_size)}});
  if (state.problem) told.Set("problem", state.problem->code());
  if (const auto halted = application.ledger().halted()) told.Set("halted", halted->code());
  return told;
}

Result<Json> KeysOf(Application& application) {
  PRIVITY_TRY(const KeyHomeState keys,
              application.store().Read([&](ReadTx& tx) { return application.key_care().Show(tx); }));
  return ToJsonValue(keys);
}

SupportFile FileOf(std::string name, const Result<Json>& content) {
  const Json json = content.ok() ? *content : Json::Object({{"error", content.error().code()}});
  return {std::move(name), ToJson(json) + "\n"};
}

}  // namespace

Result<std::string> MakeSupportBundle(Application& application, const Caller& caller,
                                      const std::vector<SupportFile>& more) {
  std::vector<SupportFile> files = {FileOf("about.json", AboutOf(application)),
                                    FileOf("configuration.json", SettingsOf(application.options().settings)),
                                    FileOf("health.json", ToJsonValue(application.CheckReadiness())),
                                    FileOf("jobs.json", JobsOf(application)),
                                    FileOf("schedules.json", SchedulesOf(application)),
                                    FileOf("ledger.json", LedgerOf(application)),
                                    FileOf("keys.json", KeysOf(application))};
  files.insert(files.end(), more.begin(), more.end());
  std::string bundle;
  ZipWriter zip(
      [&](BytesView piece) -> Status {
        bundle += AsText(piece);
        return Ok();
      },
      application.clock().Now());
  for (const SupportFile& file : files) PRIVITY_TRY_VOID(zip.Add(file.name, AsBytes(file.content)));
  PRIVITY_TRY_VOID(zip.Finish());
  PRIVITY_TRY_VOID(application.ledger().Record(
      {.action = "app.support_bundle.made", .actor = caller.actor, .request_id = caller.request_id}));
  return bundle;
}

}  // namespace privity
