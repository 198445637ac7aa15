#include "detect/internal/column_dates.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "detect/internal/check_digits.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/letters.h"

namespace privity::detect {

namespace {

// Of a year as its own calendar counts them.
int InCommonEra(int year) {
  struct Calendar {
    int first, last;  // years in which people were born that live
    int apart;
  };
  static constexpr std::array<Calendar, 3> kOthers = {{{1280, 1405, 621}, {2040, 2085, -57}, {2440, 2570, -543}}};
  for (const Calendar& other : kOthers) {
    if (year >= other.first && year <= other.last) return year + other.apart;
  }
  constexpr int kFirst = 1900, kLast = 2039;
  return year >= kFirst && year <= kLast ? year : 0;
}

}  // namespace

int YearOf(const Scan& scan, int this_year) {
  for (const Token& token : scan.tokens) {
    const std::string_view digits = scan.Of(token).substr(0, token.digits);
    if (token.digits >= 4 && token.size() <= token.digits + 2u && IsYear(digits.substr(0, 4)))
      return InCommonEra(std::stoi(std::string(digits.substr(0, 4))));
  }
  // "06-30-47"
  constexpr int kCentury = 100;
  const Token* const last = scan.tokens.empty() ? nullptr : &scan.tokens.back();
  if (last == nullptr || !last->all_digits() || last->size() != 2) return 0;
  const int year = this_year / kCentury * kCentury + std::stoi(std::string(scan.Of(*last)));
  return year <= this_year ? year : year - kCentury;
}

int YearOfJapaneseDate(std::string_view value) {
  struct Era {
    std::string_view name, letter;
    int before;  // the year before its first
  };
  static constexpr std::array<Era, 5> kEras = {
      {{"明治", "M", 1867}, {"大正", "T", 1911}, {"昭和", "S", 1925}, {"平成", "H", 1988}, {"令和", "R", 2018}}};
  constexpr std::string_view kYear = "年", kMonth = "月";
  const auto number = [](std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < 4 && IsAsciiDigit(text[digits])) ++digits;
    return std::pair(digits == 0 ? 0 : std::stoi(std::string(text.substr(0, digits))), digits);
  };
  const bool written = value.find(kYear) != value.npos && value.find(kMonth) != value.npos;
  if (written && number(value).second == 4) return number(value).first;
  for (const Era& era : kEras) {
    if (written && value.starts_with(era.name))
      return era.before + std::max(1, number(value.substr(era.name.size())).first);
    const std::string_view called = value.starts_with(era.name) ? era.name : era.letter;
    if (!value.starts_with(called) || value.size() > called.size() + 8) continue;
    const auto [year, digits] = number(value.substr(called.size()));
    // "S61.10.11", "昭和60.1.1", where "R2.0.1" is a version.
    std::string_view rest = value.substr(called.size() + digits);
    if (year == 0 || digits > 2 || !rest.starts_with('.')) continue;
    const auto [month, of_month] = number(rest.substr(1));
    rest.remove_prefix(1 + of_month);
    if (!rest.starts_with('.')) continue;
    const auto [day, of_day] = number(rest.substr(1));
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31 && rest.size() == 1 + of_day) return era.before + year;
  }
  return 0;
}

namespace {

// Of a token of digits.
int NumberOf(const Scan& scan, const Token& token) {
  int number = 0;
  for (const char digit : scan.Of(token)) number = number * 10 + (digit - '0');
  return number;
}

bool IsDayOrMonth(const Token& token) {
  return token.ascii && token.all_digits() && token.size() <= 2;
}

bool IsWholeYear(const Token& token) {
  return token.ascii && token.all_digits() && token.size() == 4;
}

// "1358/04/12", "00.00.1938": three numbers with the same sign between them.
int YearOfThreeNumbers(const Scan& scan) {
  const auto& tokens = scan.tokens;
  const std::string_view between = scan.Between(0);
  if (between != scan.Between(1) || between.empty() || !IsOneOf(between.front(), "./-") || !IsDayOrMonth(tokens[1]))
    return 0;
  if (IsWholeYear(tokens[0]) && IsDayOrMonth(tokens[2])) return InCommonEra(NumberOf(scan, tokens[0]));
  return IsDayOrMonth(tokens[0]) && IsWholeYear(tokens[2]) ? InCommonEra(NumberOf(scan, tokens[2])) : 0;
}

// " 00:00:00.000", " 12:00:00 AM": what databases print behind a day; it begins with the fourth token.
bool IsMidnight(const Scan& scan) {
  const auto is_zero = [&](const Token& token) {
    return token.all_digits() && scan.Of(token).find_first_not_of('0') == std::string_view::npos;
  };
  const auto& tokens = scan.tokens;
  const bool noon = scan.Of(tokens[3]) == "12" && tokens.size() > 4 && Fold(scan.Of(tokens.back())) == "am";
  return std::all_of(tokens.begin() + (noon ? 4 : 3), tokens.end() - (noon ? 1 : 0), is_zero);
}

// "3. Jan. 1968", "२०३० साल भदौ ४", "2052-11-30 BS": a year, a day and a word or two.
int YearBesideWords(const Scan& scan) {
  int year = 0, days = 0, words = 0;
  for (const Token& token : scan.tokens) {
    if (IsWholeYear(token)) {
      if (year != 0) return 0;
      year = InCommonEra(NumberOf(scan, token));
      if (year == 0) return 0;
    } else if (IsDayOrMonth(token)) {
      ++days;
    } else if (token.digits == 0) {
      ++words;
    } else {
      return 0;
    }
  }
  return days >= 1 && days <= 2 && words >= 1 && words <= 2 ? year : 0;
}

}  // namespace

int YearOfWrittenDate(std::string_view value, const Scan& scan) {
  const std::size_t tokens = scan.tokens.size();
  if (tokens == 1 && value.size() == 8 && AllDigits(value) && IsYearMonthDay(value))
    return InCommonEra(std::stoi(std::string(value.substr(0, 4))));
  if (const int year = YearOfJapaneseDate(value); year > 0 || tokens < 3) return year;
  if (tokens > 3 && IsMidnight(scan)) return YearOfThreeNumbers(scan);
  if (tokens == 3) {
    if (const int year = YearOfThreeNumbers(scan); year > 0) return year;
  }
  constexpr std::size_t kTokensMax = 5;
  return tokens <= kTokensMax ? YearBesideWords(scan) : 0;
}

}  // namespace privity::detect
