// When a period that a law gives is over: the computation of due dates.
//
// Regulation (EEC, Euratom) 1182/71 is the model, with the switches that other laws need: whether the day of the event
// counts, whether a last day on a weekend or holiday moves on, in which calendar, and how time is suspended. Months are
// clipped to the month's end, pauses are added, and only then is the day rolled; an extension is the same computation
// from the start with the longer value, never from the rolled day. Hours are elapsed time and know neither weekends nor
// clock changes. The law itself (which value for which duty) is in packs.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/calendar.h"
#include "base/type_table.h"

namespace privity {

enum class PeriodUnit { kHours, kCalendarDays, kBusinessDays, kWeeks, kMonths, kYears };
PRIVITY_DESCRIBE_ENUM(PeriodUnit, kHours, kCalendarDays, kBusinessDays, kWeeks, kMonths, kYears)

// Whether the day of the event is the first day of the period ("beginning with") or the day before it.
enum class StartDay { kExcluded, kIncluded };
PRIVITY_DESCRIBE_ENUM(StartDay, kExcluded, kIncluded)

enum class Roll { kNone, kNextWorkingDay };
PRIVITY_DESCRIBE_ENUM(Roll, kNone, kNextWorkingDay)

// As it stands in a pack: `{value: 1, unit: months, roll: next_working_day}`.
struct PeriodRule {
  std::int64_t value = 0;
  PeriodUnit unit = PeriodUnit::kCalendarDays;
  StartDay start_day = StartDay::kExcluded;
  Roll roll = Roll::kNone;
  bool operator==(const PeriodRule&) const = default;
};
PRIVITY_DESCRIBE(PeriodRule, (value, unit, start_day, roll))
inline std::vector<FieldNote> FieldNotes(const PeriodRule*) {
  return {{.name = "value", .minimum = 1, .maximum = 10'000},
          {.name = "start_day", .description = "Whether the day of the event counts.", .defaulted = true},
          {.name = "roll", .description = "What happens when the last day is not a working day.", .defaulted = true}};
}

// Days on which the clock stood still, both ends included.
struct Pause {
  Date first;
  Date last;
};

struct DueMoment {
  Instant at{};                  // met before this instant: the end of the due day in the zone, or start + hours
  std::optional<Date> day;       // the due day; none for hours
  std::optional<Date> unrolled;  // the last day before it was rolled: the cautious reading
};

// `start` is the instant of the event; its day is the one in `zone`. Pauses may be given in any order and overlap; the
// part of a pause before the start, or one that begins after the period was already over, changes nothing. In business
// days, the working days of a pause do not count. Pauses do not apply to hours.
DueMoment Due(Instant start, const PeriodRule& rule, const WorkingDays& working_days, const TimeZone& zone,
              std::span<const Pause> pauses = {});

}  // namespace privity
