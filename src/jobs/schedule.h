// Recurring jobs, in the time zone of the organization.
//
//   schedules.Ensure(tx, {.name = "ledger.checkpoint", .kind = "ledger.checkpoint", .rule = DailyAt(3, 30)});
//
// Local times follow the zone's law: a time that is skipped when clocks go forward runs that day as much later as was
// skipped (02:30 becomes 03:30), a time that happens twice runs once, the first time. Runs missed while nothing was
// working are made up for by one run, not by many. While a run is unfinished no second one is started.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "jobs/job_queue.h"

namespace privity {

enum class Recurrence { kEveryMinutes, kDaily, kWeekly, kMonthly };
PRIVITY_DESCRIBE_ENUM(Recurrence, kEveryMinutes, kDaily, kWeekly, kMonthly)

// Only the members that the recurrence names count.
struct ScheduleRule {
  Recurrence recurrence = Recurrence::kDaily;
  std::int64_t minutes = 60;      // kEveryMinutes: 1 to 1440, counted from local midnight
  std::int64_t hour = 0;          // kDaily, kWeekly, kMonthly: 0 to 23, local
  std::int64_t minute = 0;        // 0 to 59
  std::int64_t weekday = 1;       // kWeekly: 1 Monday to 7 Sunday (ISO 8601)
  std::int64_t day_of_month = 1;  // kMonthly: 1 to 31; in shorter months their last day
  bool operator==(const ScheduleRule&) const = default;
};
PRIVITY_DESCRIBE(ScheduleRule, (recurrence, minutes, hour, minute, weekday, day_of_month))
inline std::vector<FieldNote> FieldNotes(const ScheduleRule*) {
  return {
      {.name = "minutes", .minimum = 1, .maximum = 1440, .defaulted = true},
      {.name = "hour", .minimum = 0, .maximum = 23, .defaulted = true},
      {.name = "minute", .minimum = 0, .maximum = 59, .defaulted = true},
      {.name = "weekday", .description = "1 is Monday, 7 is Sunday.", .minimum = 1, .maximum = 7, .defaulted = true},
      {.name = "day_of_month",
       .description = "In shorter months their last day.",
       .minimum = 1,
       .maximum = 31,
       .defaulted = true}};
}

ScheduleRule EveryMinutes(std::int64_t minutes);
ScheduleRule DailyAt(std::int64_t hour, std::int64_t minute);
ScheduleRule WeeklyAt(std::int64_t weekday, std::int64_t hour, std::int64_t minute);
ScheduleRule MonthlyAt(std::int64_t day_of_month, std::int64_t hour, std::int64_t minute);

// The first run strictly after `after`.
Instant NextRun(const ScheduleRule& rule, const TimeZone& zone, Instant after);

struct Schedule {
  std::string name;  // unique; also the key that keeps a second run from starting
  std::string kind;
  Json payload = {};
  ScheduleRule rule;
  bool is_enabled = true;
};

struct ScheduleInfo {
  std::string name;
  std::string kind;
  ScheduleRule rule;
  bool is_enabled = true;
  Instant next_at{};
  std::optional<Instant> last_at;
  std::optional<JobId> last_job_id;
};
PRIVITY_DESCRIBE(ScheduleInfo, (name, kind, rule, is_enabled, next_at, last_at, last_job_id))

// Safe to call from many threads; several processes may serve the same schedules.
class Schedules {
 public:
  // Queue and clock outlive it.
  Schedules(const JobQueue& queue, const Clock& clock) : queue_(queue), clock_(clock) {}

  // Makes the schedule when there is none of that name. One that exists takes over kind and payload, and keeps its rule
  // and whether it is enabled, which people may have changed. jobs.rule_invalid{member}.
  Status Ensure(WriteTx& tx, const Schedule& schedule) const;
  // jobs.schedule_unknown{name}, as for the others by name.
  Status SetEnabled(WriteTx& tx, const std::string& name, bool is_enabled) const;
  // Moves the next run accordingly. jobs.rule_invalid{member}.
  Status SetRule(WriteTx& tx, const std::string& name, const ScheduleRule& rule) const;
  Status Remove(WriteTx& tx, const std::string& name) const;
  // `owner`: NewJob::owner. A run that is under way already keeps the owner that it has.
  Result<JobId> RunNow(WriteTx& tx, const std::string& name, const std::optional<std::string>& owner = {}) const;
  Result<ScheduleInfo> Get(ReadTx& tx, const std::string& name) const;
  Result<std::vector<ScheduleInfo>> List(ReadTx& tx) const;

  // The organization's zone, UTC until set. Setting it moves every next run.
  Status SetTimeZone(WriteTx& tx, const TimeZone& zone) const;
  Result<TimeZone> GetTimeZone(ReadTx& tx) const;

  // Enqueues a job for each schedule that is due; returns how many. Workers call it.
  Result<std::int64_t> EnqueueDue(Store& store) const;

 private:
  Status EnqueueIfDue(WriteTx& tx, const std::string& name, const TimeZone& zone, std::int64_t* enqueued) const;

  const JobQueue& queue_;
  const Clock& clock_;
};

}  // namespace privity
