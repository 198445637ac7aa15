// Small readings of dates: days, years and months by the tokens that they stand in.
#pragma once

#include "detect/internal/token_scan.h"

namespace privity::detect {

// What a day is worth that only its place in a week tells, and one in a month of no year.
inline constexpr double kDayOfWeek = 0.55, kDayOfMonth = 0.65;

bool IsYear(const Scan& scan, const Token& token);
// "5", "05", "5th", "1er"
int DayOf(const Scan& scan, const Token& token);
// Whether the token is a day as English counts them: "3rd".
bool IsOrdinal(const Scan& scan, const Token& token);
// "14/6", with nothing behind it that makes a number, a page or a longer date of it.
bool IsDayAndMonth(const Scan& scan, std::size_t at);

}  // namespace privity::detect
