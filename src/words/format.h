// Dates and times as a language writes them (CLDR, through ICU). For people only: machines get FormatInstant and
// Date::ToString.
#pragma once

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/clock.h"

namespace privity {

enum class DateStyle {
  kShort,   // 3/10/26
  kMedium,  // Mar 10, 2026
  kLong,    // March 10, 2026
  kFull,    // Tuesday, March 10, 2026
};

std::string FormatDateFor(std::string_view language, Date date, DateStyle style);
// Date, time to the minute and the zone's short name: "March 10, 2026 at 10:30 AM GMT+1".
std::string FormatDateTimeFor(std::string_view language, Instant instant, const TimeZone& zone, DateStyle style);

}  // namespace privity
