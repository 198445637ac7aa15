// What other languages call countries, days and months: from ICU (Unicode CLDR).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace privity {

// Of every country; `language` is a BCP 47 tag, as "pt". Empty for a language that ICU does not know.
std::vector<std::string> CountryNames(std::string_view language);

// Of the days of a week and the months of a year, in full.
std::vector<std::string> DayAndMonthNames(std::string_view language);

}  // namespace privity
