#include "datamap/retention.h"

#include <algorithm>

namespace privity {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kMonthsMax = 12'000;  // nothing is older than a thousand years, and years have ends in <chrono>

sys_days Before(sys_days today, const Retention& retention) {
  if (retention.unit == RetentionUnit::kDays) return today - std::chrono::days(retention.period);
  const std::int64_t months = retention.unit == RetentionUnit::kYears ? 12 * retention.period : retention.period;
  const year_month_day day = year_month_day(today) - std::chrono::months(std::min(months, kMonthsMax));
  return day.ok() ? sys_days(day) : sys_days(day.year() / day.month() / std::chrono::last);
}

}  // namespace

sys_days OldestKept(const Retention& retention, sys_days today) {
  const sys_days day = Before(today, retention);
  if (!retention.from_year_end) return day;
  return sys_days(year_month_day(day).year() / std::chrono::January / 1);
}

std::vector<FieldNote> FieldNotes(const Retention*) {
  return {{.name = "period", .description = "How many of them.", .example = "6", .minimum = 1, .maximum = 40'000},
          {.name = "unit", .description = "Days, months or years."},
          {.name = "start", .description = "What the period begins with.", .defaulted = true},
          {.name = "from_year_end",
           .description = "It begins with the end of that calendar year, as commercial law often has it.",
           .defaulted = true},
          {.name = "ground",
           .description = "Which law, which contract, which need.",
           .example = "HGB § 257(4)",
           .max_length = 2000,
           .defaulted = true}};
}

}  // namespace privity
