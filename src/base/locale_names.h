// What other languages call countries, languages, days and months: from ICU (Unicode CLDR).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace privity {

// Of every country; `language` is a BCP 47 tag, as "pt". Empty for a language that ICU does not know.
std::vector<std::string> CountryNames(std::string_view language);

// Of every language that has a code of two letters (ISO 639-1), and of some that many people speak and that have none.
std::vector<std::string> LanguageNames(std::string_view language);

// Of the days of a week and the months of a year, in full.
std::vector<std::string> DayAndMonthNames(std::string_view language);

}  // namespace privity
