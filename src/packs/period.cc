#include "packs/period.h"

#include <algorithm>
#include <vector>

namespace privity {
namespace {

// The pauses in order, overlapping and adjoining ones joined, nothing before the start.
std::vector<Pause> Joined(std::span<const Pause> pauses, Date start) {
  std::vector<Pause> sorted(pauses.begin(), pauses.end());
  std::sort(sorted.begin(), sorted.end(), [](const Pause& a, const Pause& b) { return a.first < b.first; });
  std::vector<Pause> joined;
  for (Pause pause : sorted) {
    pause.first = std::max(pause.first, start);
    if (pause.last < pause.first) continue;
    if (!joined.empty() && pause.first <= joined.back().last.PlusDays(1)) {
      joined.back().last = std::max(joined.back().last, pause.last);
    } else {
      joined.push_back(pause);
    }
  }
  return joined;
}

// The last day if the clock never stood still. 1182/71 Art. 3(2): a period in days ends with its last day, one in
// weeks, months or years with the day of the same name or number as the event's.
Date LastDay(Date start, const PeriodRule& rule, const WorkingDays& working_days) {
  const std::int64_t included = rule.start_day == StartDay::kIncluded ? 1 : 0;
  switch (rule.unit) {
    case PeriodUnit::kCalendarDays:
      return start.PlusDays(rule.value - included);
    case PeriodUnit::kBusinessDays:
      return working_days.Plus(start.PlusDays(-included), rule.value);
    case PeriodUnit::kWeeks:
      return start.PlusDays(7 * rule.value - included);
    case PeriodUnit::kMonths:
      return start.PlusMonths(rule.value).PlusDays(-included);
    case PeriodUnit::kYears:
      return start.PlusYears(rule.value).PlusDays(-included);
    case PeriodUnit::kHours:
      break;
  }
  Invariant(false, "hours have no last day");
  return start;
}

Date AddPause(Date last_day, const Pause& pause, const PeriodRule& rule, const WorkingDays& working_days) {
  if (rule.unit != PeriodUnit::kBusinessDays) return last_day.PlusDays(pause.first.DaysUntil(pause.last) + 1);
  return working_days.Plus(last_day, working_days.CountBetween(pause.first.PlusDays(-1), pause.last));
}

}  // namespace

DueMoment Due(Instant start, const PeriodRule& rule, const WorkingDays& working_days, const TimeZone& zone,
              std::span<const Pause> pauses) {
  if (rule.unit == PeriodUnit::kHours) return {.at = start + std::chrono::hours(rule.value), .day = {}, .unrolled = {}};
  const Date start_day = zone.DateAt(start);
  Date last_day = LastDay(start_day, rule, working_days);
  for (const Pause& pause : Joined(pauses, start_day)) {
    if (pause.first > last_day) break;  // a pause cannot rescue what was already late
    last_day = AddPause(last_day, pause, rule, working_days);
  }
  const Date due_day = rule.roll == Roll::kNextWorkingDay ? working_days.OnOrAfter(last_day) : last_day;
  return {.at = zone.EndOfDay(due_day), .day = due_day, .unrolled = last_day};
}

}  // namespace privity
