#include "jobs/schedule.h"

#include <algorithm>

#include "store/columns.h"

namespace privity {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

Error UnknownSchedule(const std::string& name) {
  return Error("jobs.schedule_unknown", {{"name", name}});
}

Error InvalidRule(std::string_view member) {
  return Error("jobs.rule_invalid", {{"member", std::string(member)}});
}

Status CheckRule(const ScheduleRule& rule) {
  const auto within = [](std::int64_t value, std::int64_t low, std::int64_t high) {
    return low <= value && value <= high;
  };
  if (!within(rule.minutes, 1, 1440)) return InvalidRule("minutes");
  if (!within(rule.hour, 0, 23)) return InvalidRule("hour");
  if (!within(rule.minute, 0, 59)) return InvalidRule("minute");
  if (!within(rule.weekday, 1, 7)) return InvalidRule("weekday");
  if (!within(rule.day_of_month, 1, 31)) return InvalidRule("day_of_month");
  return Ok();
}

Instant NextMultiple(std::int64_t every, const TimeZone& zone, Instant after) {
  const Date today = zone.DateAt(after);
  const Instant midnight = zone.StartOfDay(today);
  const Duration step = minutes(every);
  const Instant next = midnight + ((after - midnight) / step + 1) * step;
  return std::min(next, zone.EndOfDay(today));
}

Date DayOfMonth(Date any_day, std::int64_t day) {
  const Date first = any_day.PlusDays(1 - static_cast<std::int64_t>(any_day.day()));
  return std::min(first.PlusDays(day - 1), first.PlusMonths(1).PlusDays(-1));
}

// The dates on which the rule may run, from the one of `today` on: step 0, 1, 2…
Date Candidate(const ScheduleRule& rule, Date today, int step) {
  switch (rule.recurrence) {
    case Recurrence::kEveryMinutes:
    case Recurrence::kDaily:
      return today.PlusDays(step);
    case Recurrence::kWeekly: {
      const std::int64_t behind = (static_cast<std::int64_t>(today.weekday().iso_encoding()) - rule.weekday + 7) % 7;
      return today.PlusDays(7 * step - behind);
    }
    case Recurrence::kMonthly:
      return DayOfMonth(DayOfMonth(today, 1).PlusMonths(step), rule.day_of_month);
  }
  Invariant(false, "a recurrence has one of its names");
  return today;
}

struct StoredSchedule {
  std::string kind;
  std::string payload;
  ScheduleRule rule;
  bool is_enabled = false;
  Instant next_at{};
};
PRIVITY_DESCRIBE(StoredSchedule, (kind, payload, rule, is_enabled, next_at))

Result<StoredSchedule> Load(ReadTx& tx, const std::string& name) {
  PRIVITY_TRY(std::optional<StoredSchedule> stored,
              SelectStruct<StoredSchedule>(tx, "FROM jobs_schedule WHERE name = $1", {name}));
  if (!stored) return UnknownSchedule(name);
  return *std::move(stored);
}

Result<JobId> EnqueueRun(WriteTx& tx, const JobQueue& queue, const std::string& name, const StoredSchedule& stored,
                         const std::optional<std::string>& owner) {
  PRIVITY_TRY(Json payload, ParseJson(stored.payload));
  return queue.Enqueue(tx, {.kind = stored.kind,
                            .payload = std::move(payload),
                            .run_at = {},
                            .unique_key = "schedule:" + name,
                            .owner = owner});
}

}  // namespace

ScheduleRule EveryMinutes(std::int64_t every) {
  return {.recurrence = Recurrence::kEveryMinutes, .minutes = every};
}
ScheduleRule DailyAt(std::int64_t hour, std::int64_t minute) {
  return {.recurrence = Recurrence::kDaily, .hour = hour, .minute = minute};
}
ScheduleRule WeeklyAt(std::int64_t weekday, std::int64_t hour, std::int64_t minute) {
  return {.recurrence = Recurrence::kWeekly, .hour = hour, .minute = minute, .weekday = weekday};
}
ScheduleRule MonthlyAt(std::int64_t day_of_month, std::int64_t hour, std::int64_t minute) {
  return {.recurrence = Recurrence::kMonthly, .hour = hour, .minute = minute, .day_of_month = day_of_month};
}

Instant NextRun(const ScheduleRule& rule, const TimeZone& zone, Instant after) {
  if (rule.recurrence == Recurrence::kEveryMinutes) return NextMultiple(rule.minutes, zone, after);
  const Date today = zone.DateAt(after);
  const Duration time_of_day = hours(rule.hour) + minutes(rule.minute);
  for (int step = 0;; ++step) {
    const Instant run = zone.ToInstant({Candidate(rule, today, step), time_of_day});
    if (run > after) return run;
  }
}

Status Schedules::Ensure(WriteTx& tx, const Schedule& schedule) const {
  PRIVITY_TRY_VOID(CheckRule(schedule.rule));
  PRIVITY_TRY(const TimeZone zone, GetTimeZone(tx));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO jobs_schedule(name, kind, payload, rule, is_enabled, next_at) VALUES($1, $2, $3, $4, $5, $6) "
      "ON CONFLICT(name) DO UPDATE SET kind = excluded.kind, payload = excluded.payload",
      {schedule.name, schedule.kind, ToJson(schedule.payload), ToJson(schedule.rule), schedule.is_enabled,
       NextRun(schedule.rule, zone, clock_.Now())}));
  return Ok();
}

Status Schedules::SetEnabled(WriteTx& tx, const std::string& name, bool is_enabled) const {
  PRIVITY_TRY(const StoredSchedule stored, Load(tx, name));
  PRIVITY_TRY(const TimeZone zone, GetTimeZone(tx));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_schedule SET is_enabled = $2, next_at = $3 WHERE name = $1",
                              {name, is_enabled, NextRun(stored.rule, zone, clock_.Now())}));
  return Ok();
}

Status Schedules::SetRule(WriteTx& tx, const std::string& name, const ScheduleRule& rule) const {
  PRIVITY_TRY_VOID(CheckRule(rule));
  PRIVITY_TRY(const TimeZone zone, GetTimeZone(tx));
  PRIVITY_TRY(const std::int64_t changed, tx.Execute("UPDATE jobs_schedule SET rule = $2, next_at = $3 WHERE name = $1",
                                                     {name, ToJson(rule), NextRun(rule, zone, clock_.Now())}));
  if (changed == 0) return UnknownSchedule(name);
  return Ok();
}

Status Schedules::Remove(WriteTx& tx, const std::string& name) const {
  PRIVITY_TRY(const std::int64_t changed, tx.Execute("DELETE FROM jobs_schedule WHERE name = $1", {name}));
  if (changed == 0) return UnknownSchedule(name);
  return Ok();
}

Result<JobId> Schedules::RunNow(WriteTx& tx, const std::string& name, const std::optional<std::string>& owner) const {
  PRIVITY_TRY(const StoredSchedule stored, Load(tx, name));
  PRIVITY_TRY(const JobId job, EnqueueRun(tx, queue_, name, stored, owner));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE jobs_schedule SET last_at = $2, last_job_id = $3 WHERE name = $1", {name, clock_.Now(), job}));
  return job;
}

Result<ScheduleInfo> Schedules::Get(ReadTx& tx, const std::string& name) const {
  PRIVITY_TRY(std::optional<ScheduleInfo> found,
              SelectStruct<ScheduleInfo>(tx, "FROM jobs_schedule WHERE name = $1", {name}));
  if (!found) return UnknownSchedule(name);
  return *std::move(found);
}

Result<std::vector<ScheduleInfo>> Schedules::List(ReadTx& tx) const {
  return SelectStructs<ScheduleInfo>(tx, "FROM jobs_schedule ORDER BY name");
}

Status Schedules::SetTimeZone(WriteTx& tx, const TimeZone& zone) const {
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO jobs_time_zone(id, name) VALUES(1, $1) "
                 "ON CONFLICT(id) DO UPDATE SET name = excluded.name",
                 {zone.ToString()}));
  PRIVITY_TRY(const std::vector<ScheduleInfo> schedules, List(tx));
  for (const ScheduleInfo& schedule : schedules) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_schedule SET next_at = $2 WHERE name = $1",
                                {schedule.name, NextRun(schedule.rule, zone, clock_.Now())}));
  }
  return Ok();
}

Result<TimeZone> Schedules::GetTimeZone(ReadTx& tx) const {
  PRIVITY_TRY(const std::optional<Row> row, tx.QueryOne("SELECT name FROM jobs_time_zone WHERE id = 1"));
  if (!row) return TimeZone();
  return TimeZone::Parse(row->Get<std::string>(0));
}

Result<std::int64_t> Schedules::EnqueueDue(Store& store) const {
  struct Found {
    TimeZone zone;
    std::vector<std::string> due;
  };
  PRIVITY_TRY(const Found found, store.Read([&](ReadTx& tx) -> Result<Found> {
    Found out;
    PRIVITY_TRY(out.zone, GetTimeZone(tx));
    PRIVITY_TRY(const std::vector<ScheduleInfo> schedules, List(tx));
    for (const ScheduleInfo& each : schedules) {
      // A next run later than the rule allows was computed before the machine's clock was set back.
      const bool is_due = each.next_at <= clock_.Now() || each.next_at > NextRun(each.rule, out.zone, clock_.Now());
      if (each.is_enabled && is_due) out.due.push_back(each.name);
    }
    return out;
  }));
  std::int64_t enqueued = 0;
  for (const std::string& name : found.due) {
    std::int64_t now_enqueued = 0;
    PRIVITY_TRY_VOID(store.Write([&](WriteTx& tx) { return EnqueueIfDue(tx, name, found.zone, &now_enqueued); }));
    enqueued += now_enqueued;
  }
  return enqueued;
}

Status Schedules::EnqueueIfDue(WriteTx& tx, const std::string& name, const TimeZone& zone,
                               std::int64_t* enqueued) const {
  *enqueued = 0;
  const Result<StoredSchedule> stored = Load(tx, name);
  if (!stored.ok()) return stored.error().Is("jobs.schedule_unknown") ? Ok() : Status(stored.error());
  const Instant now = clock_.Now();
  const Instant next = NextRun(stored->rule, zone, now);
  if (!stored->is_enabled || (stored->next_at > now && stored->next_at <= next)) return Ok();  // another process did it
  PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_schedule SET next_at = $2 WHERE name = $1", {name, next}));
  if (stored->next_at > now) return Ok();
  PRIVITY_TRY(const JobId job, EnqueueRun(tx, queue_, name, *stored, std::nullopt));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE jobs_schedule SET last_at = $2, last_job_id = $3 WHERE name = $1", {name, now, job}));
  *enqueued = 1;
  return Ok();
}

}  // namespace privity
