#include "base/locale_names.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

namespace privity {
namespace {

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

icu::Locale LocaleOf(std::string_view language) {
  return icu::Locale::createFromName(std::string(language).c_str());
}

}  // namespace

std::vector<std::string> CountryNames(std::string_view language) {
  std::vector<std::string> names;
  const icu::Locale locale = LocaleOf(language);
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(locale, name);
    // Without a name of its own ICU gives the code back.
    if (name != icu::UnicodeString(*code)) names.push_back(Utf8(name));
  }
  return names;
}

std::vector<std::string> LanguageNames(std::string_view language) {
  static constexpr std::array<std::string_view, 6> kSpoken = {"ckb", "fil", "gsw", "hmn", "kmr", "yue"};
  constexpr std::size_t kLetters = 2;
  std::vector<std::string> names;
  const icu::Locale locale = LocaleOf(language);
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    const std::string_view letters = *code;
    if (letters.size() != kLetters && std::ranges::find(kSpoken, letters) == kSpoken.end()) continue;
    icu::UnicodeString name;
    icu::Locale(*code).getDisplayLanguage(locale, name);
    if (name != icu::UnicodeString(*code)) names.push_back(Utf8(name));
  }
  return names;
}

std::vector<std::string> DayAndMonthNames(std::string_view language) {
  std::vector<std::string> names;
  UErrorCode failed = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(LocaleOf(language), failed);
  if (U_FAILURE(failed)) return names;
  int32_t count = 0;
  const icu::UnicodeString* days =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  for (int32_t i = 1; i < count; ++i) names.push_back(Utf8(days[i]));  // the first is empty
  const icu::UnicodeString* months =
      symbols.getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  for (int32_t i = 0; i < count; ++i) names.push_back(Utf8(months[i]));
  return names;
}

}  // namespace privity
