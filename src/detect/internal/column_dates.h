// The years of dates, however people write them.
#pragma once

#include <string_view>

#include "detect/internal/token_scan.h"

namespace privity::detect {

// The year of a whole date; of two digits, the last that ends so up to `this_year`, as in a life until now. 0 when
// there is none.
int YearOf(const Scan& scan, int this_year);
// "昭和45年3月2日", "1985年11月20日", "H2.5.14", "S55.12.25": the year in the common era; 0 for others.
int YearOfJapaneseDate(std::string_view value);
// A value that is a date and nothing else, with the month as a word ("3. Jan. 1968", "1988. július 4."), in digits
// without signs
// ("19830925"), with midnight behind it, with what no calendar has ("00.00.1938"), by the calendars of Iran
// ("1358/04/12"), Nepal ("2045/03/12") and Thailand, or of Japan; the year in the common era, 0 for others. `scan` is
// of the value.
int YearOfWrittenDate(std::string_view value, const Scan& scan);

}  // namespace privity::detect
