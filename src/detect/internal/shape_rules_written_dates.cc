// Dates that have the name of a month: "12 March 2026", "le 1er mai", "June '88".
#include "detect/internal/shape_rules.h"

#include <algorithm>

#include "detect/internal/check_digits.h"
#include "detect/internal/date_parts.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

constexpr double kMonthOfYear = 0.97;  // above that of whoever is called "June"

// Days and months as Spanish numbers them: "1.º de marzo", "1º de marzo".
bool IsSignOfOrdinal(const Scan& scan, const Token& token) {
  return scan.Of(token) == "\u00BA";
}

// "June '88", "9 May '97": of the token behind the month.
bool IsShortYear(const Scan& scan, std::size_t month) {
  const std::size_t year = month + 1;
  if (year >= scan.tokens.size() || scan.tokens[year].size() != 2 || !scan.tokens[year].all_digits()) return false;
  const std::string_view between = scan.Between(month);
  return between == " '" || between == " \u2019" || between == " \u2018";
}

// "24 May 05", "30 Dec 14 to": two digits behind a day and its month, which nothing follows that they would count.
bool IsBareShortYear(const DateVocabulary& words, const Scan& scan, std::size_t month) {
  const std::size_t year = month + 1;
  if (year >= scan.tokens.size() || scan.tokens[year].size() != 2 || !scan.tokens[year].all_digits()) return false;
  if (!scan.IsBetween(month, ' ') || scan.tokens[month].size() < 3) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[year].end, 2);
  if (behind.empty() || IsOneOf(behind[0], ")\n")) return true;
  if (IsOneOf(behind[0], ".,;")) return behind.size() == 1 || IsOneOf(behind[1], " \n");
  return year + 1 < scan.tokens.size() && scan.IsBetween(year, ' ') &&
         words.behind_short_year.contains(scan.tokens[year + 1].hash);
}

// "12\u201315 Oct", "4th to 7th July", "5th & 12th June": the first day of those that share a month, or `at`.
std::size_t FirstDayBefore(const DateVocabulary& words, const Scan& scan, std::size_t at) {
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  const bool sign = between == "-" || between == "\u2013" || between == " - " || between == " \u2013 " ||
                    between == " & " || between == "/";
  const bool word =
      at > 1 && between == " " && scan.IsBetween(at - 2, ' ') && words.between_days.contains(scan.tokens[at - 1].hash);
  const std::size_t first = word ? at - 2 : at - 1;
  if ((!sign && !word) || DayOf(scan, scan.tokens[first]) == 0) return at;
  if (word && !IsOrdinal(scan, scan.tokens[first])) return at;  // "from 2 to 5 May"
  return first > 0 && IsOneOf(At(scan.text, scan.tokens[first].begin - 1), ".,/-:") ? at : first;
}

// "1985. március 12.", "1985 m. kovo 12 d.", "1985. gada 12. martā": the year that leads, or `at`.
std::size_t YearBefore(const DateVocabulary& words, const Scan& scan, std::size_t at) {
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  if (between == ". " && IsYear(scan, scan.tokens[at - 1])) return at - 1;
  const bool word = at > 1 && words.of_years.contains(scan.tokens[at - 1].hash) && (between == ". " || between == " ");
  return word && IsYear(scan, scan.tokens[at - 2]) && scan.Between(at - 2).size() <= 2 ? at - 2 : at;
}

}  // namespace

// "Mar 11 08:23:02 gw1 kernel: …", as RFC 3164 begins a line.
bool ShapeRules::IsLineStamp(const Scan& scan, std::size_t month) const {
  const std::size_t hour = month + 2;
  return (month == 0 || scan.tokens[month].line_before) && hour + 3 < scan.tokens.size() &&
         scan.tokens[month].size() == 3 && scan.tokens[hour].digits == 2 && scan.Between(month + 1) == " " &&
         scan.Between(hour) == ":" && scan.Between(hour + 1) == ":" && !scan.tokens[hour + 3].line_before;
}

// "desde septiembre", "a partire da febbraio", "sinds januari": beside people.
bool ShapeRules::IsMonthOfSomebody(const Scan& scan, std::size_t at) const {
  constexpr std::uint32_t kBytesMin = 5, kEnglishBytesMin = 4, kEnd = WordHash("end");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return false;
  const Token& month = scan.tokens[at];
  return (month.size() >= kBytesMin && words_.dates.before_month.contains(scan.tokens[at - 1].hash)) ||
         (month.size() >= kEnglishBytesMin && month.upper_first &&
          (words_.dates.before_capital_month.contains(scan.tokens[at - 1].hash) ||
           (at > 1 && scan.tokens[at - 1].hash == kWordOf && scan.tokens[at - 2].hash == kEnd)));  // "the end of June"
}

bool BeginsWrittenDate(const Scan& scan, std::size_t at) {
  return at + 2 < scan.tokens.size() && DayOf(scan, scan.tokens[at]) > 0 && MonthOf(scan.tokens[at + 1]) > 0 &&
         IsYear(scan, scan.tokens[at + 2]);
}

// "12 March 2026", "12. März", "March 12, 2026", "12 de marzo de 2026", "March 2026", "1985. március 12.".
std::size_t ShapeRules::FindWrittenDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOf({"de", "of", "del", "den", "di"});
  const auto skip = [&](std::size_t i) {
    return i < scan.tokens.size() && kOf.contains(scan.tokens[i].hash) ? i + 1 : i;
  };
  const auto near_to = [&](std::size_t from, std::size_t to) {
    return to < scan.tokens.size() && scan.tokens[to].begin - scan.tokens[from].end <= 8 &&
           !scan.tokens[to].line_before;
  };
  const auto year_at = [&](std::size_t from, std::size_t i) {
    return near_to(from, i) && IsYear(scan, scan.tokens[i]);
  };
  if (DayOf(scan, scan.tokens[at]) > 0) {
    constexpr std::uint32_t kDay = WordHash("day");  // "this 6th day of November 2024"
    const bool of_deeds = IsOrdinal(scan, scan.tokens[at]) && scan.tokens[at + 1].hash == kDay;
    const bool numbered = IsSignOfOrdinal(scan, scan.tokens[at + 1]);  // "1.\u00BA de marzo"
    const std::size_t month = skip(of_deeds || numbered ? at + 2 : at + 1);
    if (!near_to(at, month) || MonthOf(scan.tokens[month]) == 0) return 0;
    const std::size_t year = skip(month + 1);
    const bool short_year = IsShortYear(scan, month) || IsBareShortYear(words_.dates, scan, month);
    const std::size_t last = year_at(month, year) ? year : short_year ? month + 1 : month;
    ReportDate(scan, YearBefore(words_.dates, scan, FirstDayBefore(words_.dates, scan, at)), last, 0.85, finds);
    return last + 1;
  }
  const Token& token = scan.tokens[at];
  if (MonthOf(token) == 0) return 0;
  // "marzo de 2011": in most languages months have no capital, so the year must follow its "de".
  const bool of_year = !token.upper_first && skip(at + 1) == at + 2 && year_at(at, at + 2);
  const std::size_t day = at + 1;
  const auto is_day = [&] {
    return near_to(at, day) && DayOf(scan, scan.tokens[day]) > 0 &&
           scan.Between(at).find_first_not_of(" .") == std::string_view::npos;
  };
  // "may 4th, 2021", "oktober 2011": so may others, when their year follows; "out 2020" and "set 2020" are two words.
  constexpr std::uint32_t kBytesMin = 5;
  const bool hyphened = day < scan.tokens.size() && (scan.IsBetween(at, '-') || scan.IsBetween(at, '/'));  // "abr-2011"
  const std::size_t first = YearBefore(words_.dates, scan, at);
  const bool told_by_year =
      (first < at && is_day()) || IsMonthOfSomebody(scan, at) || (hyphened && year_at(at, day)) ||
      (words_.dates.short_months.contains(token.hash) && is_day() && IsOrdinal(scan, scan.tokens[day])) ||  // "nov 8th"
      ((token.size() >= kBytesMin || words_.dates.short_months.contains(token.hash)) &&
       (year_at(at, day) || (is_day() && year_at(day, day + 1))));
  if (!token.upper_first && !of_year && !told_by_year && !words_.dates.small_months.contains(token.hash)) return 0;
  if (is_day()) {
    const std::size_t last = year_at(day, day + 1) ? day + 1 : day;
    if (!IsLineStamp(scan, at)) ReportDate(scan, first, last, 0.85, finds);
    return last + 1;
  }
  const std::size_t year = skip(day);
  if (!year_at(at, year) && !IsShortYear(scan, at) && IsMonthOfSomebody(scan, at)) {
    Report(token.begin, token.end, date_, kDayOfWeek, finds);
    if (date_ != nullptr) finds.back().needs_people = true;
    return at + 1;
  }
  if (year_at(at, year)) {
    ReportDate(scan, at, year, kMonthOfYear, finds);
    return year + 1;
  }
  if (!IsShortYear(scan, at)) return 0;
  ReportDate(scan, at, day, kMonthOfYear, finds);
  return day + 1;
}

}  // namespace privity::detect
