// Dates in digits, whole or of a day and its month, and years of a life.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/check_digits.h"
#include "detect/internal/date_parts.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

constexpr double kYearOfLife = 0.55;

// "VII" of "20-VII-2015", or 0.
int RomanMonth(const Scan& scan, const Token& token) {
  static constexpr std::array<std::string_view, 12> kMonths = {"I",   "II",   "III", "IV", "V",  "VI",
                                                               "VII", "VIII", "IX",  "X",  "XI", "XII"};
  if (token.digits > 0 || token.size() > 4 || token.has_lower) return 0;
  const auto month = std::ranges::find(kMonths, scan.Of(token));
  return month == kMonths.end() ? 0 : static_cast<int>(month - kMonths.begin()) + 1;
}

// Where the time of day begins: 01T22.
std::size_t FirstT(std::string_view day) {
  for (std::size_t i = 0; i < day.size(); ++i) {
    if ((day.data()[i] | 0x20) == 't') return i;
  }
  return day.npos;
}

}  // namespace

// A date that begins with a number of four digits or fewer, however it is written. The token after it, or 0.
std::size_t ShapeRules::FindDateAtNumber(const Scan& scan, const Places& places, std::size_t place,
                                         std::vector<Find>& finds) const {
  const std::size_t at = places.words[place].token, tokens_end = scan.tokens.size();
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  const char after = At(scan.text, token->end);
  const bool divided =
      IsOneOf<"-/.">(after) && token->all_digits() && at + 2 < tokens_end && text[token[1].end] == after;
  std::size_t date = divided ? FindDate(scan, at, finds) : 0;
  if (date == 0 && token->begin > 0 && text[token->begin - 1] == ' ') {
    if (token->size() == 4) date = FindYear(scan, at, finds);
    if (date == 0 && token->digits <= 2) {
      const bool may_be_day = after == '/' || token->size() == token->digits + 2u;  // "14/6", "23rd"
      date = may_be_day ? FindDayOfMonth(scan, at, finds) : 0;
      if (date == 0 && IsOneOf<"/.">(after)) date = FindDayAndMonth(scan, at, finds);
    }
  }
  if (token->digits <= 2 && at + 1 < tokens_end && token[1].word() && IsMonthBehind(places, place))
    date = std::max(date, FindWrittenDate(scan, at, finds));
  return date;
}

// Whether a month stands as near behind a number as it does in a date: "12 March", "6th day of November".
bool ShapeRules::IsMonthBehind(const Places& places, std::size_t place) {
  constexpr std::size_t kTokens = 3;
  const std::size_t last = places.words[place].token + kTokens;
  for (std::size_t i = place + 1; i < places.words.size() && places.words[i].token <= last; ++i) {
    if (places.words[i].cue != nullptr && places.words[i].cue->month > 0) return true;
  }
  return false;
}

bool ShapeRules::IsDayOfWeek(const Token& token) const {
  const ShapeCue* cue = token.digits > 0 ? nullptr : cues_.Find(token.hash);
  return cue != nullptr && cue->day_of_week;
}

void ShapeRules::ReportDate(const Scan& scan, std::size_t first, std::size_t last, double score,
                            std::vector<Find>& finds) const {
  const std::size_t sign = scan.tokens[first].begin;  // "*14.07.1988": who was born on it, in German
  const bool starred =
      sign > 0 && scan.text[sign - 1] == '*' && (sign == 1 || IsOneOf(scan.text[sign - 2], " ,;(\n\t"));
  const bool birth = birth_date_ != nullptr && (starred || WordNear(scan, first, words_.dates.births));
  // "Thursday, June 9", "lunes 3 de abril": the day of the week belongs to it.
  const bool the = first > 1 && scan.tokens[first - 1].hash == kWordThe && IsDayOfWeek(scan.tokens[first - 2]);
  if (the) first -= 2;  // "Sunday the 2nd of March"
  if (first > 0 && IsDayOfWeek(scan.tokens[first - 1]) && scan.tokens[first].begin - scan.tokens[first - 1].end <= 2)
    --first;
  Report(scan.tokens[first].begin, scan.tokens[last].end, birth ? birth_date_ : date_, score, finds);
}

// 2026-03-10, 10/03/2026, 10.03.26, with an ISO time behind it. The token after it, or 0.
std::size_t ShapeRules::FindDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 2 >= scan.tokens.size()) return 0;
  const Token& a = scan.tokens[at];
  const Token& b = scan.tokens[at + 1];
  const Token& c = scan.tokens[at + 2];
  if (b.size() > 9 || c.digits == 0 || a.size() > 4 || a.size() == 3) return 0;
  if (scan.text[a.end] != scan.text[b.end]) return 0;  // as most are told apart
  if (a.begin > 0 && IsOneOf(scan.text[a.begin - 1], ".-/_+") && at > 0 && scan.tokens[at - 1].end + 1 == a.begin)
    return 0;
  const std::string_view left = scan.Between(at);
  const bool one_sign = left.size() == 1 && IsOneOf(left[0], "-/.");
  if (one_sign ? !scan.IsBetween(at + 1, left[0]) : left != ". " || scan.Between(at + 1) != left) return 0;
  const std::string_view third = scan.Of(c).substr(0, c.digits > 4 ? c.size() : std::min<std::size_t>(c.size(), 4));
  const int roman = left == "-" || left == "/" ? RomanMonth(scan, b) : 0;
  const int month_name = roman > 0 ? roman : MonthOf(b);
  const int x = Small(scan.Of(a)), y = month_name > 0 ? month_name : Small(scan.Of(b));
  const auto t = FirstT(scan.Of(c));
  const std::string_view last = t == std::string_view::npos ? third : scan.Of(c).substr(0, t);
  const int z = Small(last);
  if (x < 0 || y < 0 || z < 0) return 0;
  const bool iso = a.size() == 4 && x >= 1800 && x <= 2100 && IsDay(x, y, z) && last.size() <= 2;
  const bool plain = a.size() <= 2 && (last.size() == 4 ? z >= 1800 && z <= 2100 : last.size() == 2) &&
                     (IsDay(z, y, x) || IsDay(z, x, y));
  if (!iso && !plain) return 0;
  // "Version 4.5.12"
  if (one_sign && left[0] == '.' && last.size() == 2 && at > 0 &&
      words_.cues.versions.contains(scan.tokens[at - 1].hash))
    return 0;
  std::size_t end = at + 2;
  const char after = At(scan.text, c.end);
  if (t == std::string_view::npos && IsOneOf(after, "-/") && IsAsciiDigit(At(scan.text, c.end + 1u))) return 0;
  if (after == '.' && IsAsciiDigit(At(scan.text, c.end + 1u))) return 0;
  const bool is_log_stamp = IsLogStamp(scan, at);
  if (t != std::string_view::npos) end = EndOfIsoTime(scan, end);
  if (!is_log_stamp) ReportDate(scan, at, end, iso || last.size() == 4 ? 0.9 : 0.6, finds);
  return end + 1;
}

// Of "01T22:14:09.125+02:00" the last token.
std::size_t ShapeRules::EndOfIsoTime(const Scan& scan, std::size_t day_and_hour) {
  constexpr std::size_t kTokensMax = 5;  // minute, second, its fraction, two of the zone
  std::size_t last = day_and_hour;
  while (last + 1 < scan.tokens.size() && last - day_and_hour < kTokensMax) {
    const std::string_view sign = scan.Between(last);
    if (sign.size() != 1 || !IsOneOf(sign.front(), ":.+-") || scan.tokens[last + 1].digits < 2) break;
    ++last;
  }
  return last;
}

// "ERROR 2024-03-01 12:44:09 worker-7 …", "2024-03-01T12:44:09Z INFO …", "level=warn ts=2024-03-01T12:44:09Z": when a
// line was written, at its begin or behind its key and with a time to the second, is nobody's.
bool ShapeRules::IsLogStamp(const Scan& scan, std::size_t at) const {
  static const WordSet kKeys({"ts", "t", "time", "timestamp", "datetime"});
  constexpr std::size_t kWordsBeforeMax = 1;  // how grave it is
  const std::string_view before = at > 0 ? scan.Between(at - 1) : std::string_view();
  const bool behind_key = (before == "=" || before == "=\"") && kKeys.contains(scan.tokens[at - 1].hash);
  std::size_t first = at;
  while (first > 0 && at - first <= kWordsBeforeMax && !scan.tokens[first].line_before) --first;
  if (!behind_key && first > 0 && !scan.tokens[first].line_before) return false;
  const bool word_before =
      first < at && (scan.tokens[first].has_lower || scan.text.substr(scan.tokens[first].end, 1) == ":");
  if (!behind_key && word_before) return false;
  const std::size_t day = at + 2;
  const bool glued = scan.tokens[day].size() > 4;  // 01T12
  const std::size_t hour = glued ? day : day + 1;
  // A time alone is a value; in a log, something has happened.
  if (hour + 4 >= scan.tokens.size() || scan.Between(hour) != ":" || scan.Between(hour + 1) != ":") return false;
  return glued || (scan.Between(day) == " " && scan.tokens[hour].size() == 2);
}

// "16/04", "14/03", "18.10.": a day and its month behind a word that makes one day of them. The token after it, or 0.
std::size_t ShapeRules::FindDayAndMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.tokens[at].all_digits() || !scan.tokens[at + 1].all_digits())
    return 0;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  constexpr std::uint32_t kDigits = 2;
  if (day.size() > kDigits || month.size() > kDigits || !scan.IsBetween(at - 1, ' ')) return 0;
  const bool slash = scan.IsBetween(at, '/') && month.size() == kDigits &&
                     words_.dates.before_day_with_slash.contains(scan.tokens[at - 1].hash);
  const bool dot = scan.IsBetween(at, '.') && At(scan.text, month.end) == '.' &&
                   words_.dates.before_day_with_dot.contains(scan.tokens[at - 1].hash);
  constexpr int kLeapYear = 2024;
  if ((!slash && !dot) || !IsDay(kLeapYear, Small(scan.Of(month)), Small(scan.Of(day)))) return 0;
  const std::size_t end = month.end + (dot ? 1u : 0u);
  if (IsOneOf(At(scan.text, end), "/.-%") && IsAsciiDigit(At(scan.text, end + 1))) return 0;
  if (IsAsciiDigit(At(scan.text, end))) return 0;
  Report(day.begin, end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = true;
  return at + 2;
}

// "on 14/6", "EDD 11/19", "until the 23rd": behind a word that says when. The token after it, or 0.
std::size_t ShapeRules::FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kThe = WordHash("the");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return 0;
  if (IsDayAndMonth(scan, at)) {
    if (!words_.dates.before_day_and_month.contains(scan.tokens[at - 1].hash)) return 0;
    ReportDate(scan, at, at + 1, kDayOfMonth, finds);
    return at + 2;
  }
  if (!IsOrdinal(scan, scan.tokens[at])) return 0;
  const bool the = scan.tokens[at - 1].hash == kThe;
  if (the && (at < 2 || !scan.IsBetween(at - 2, ' '))) return 0;
  if (!words_.dates.before_day.contains(scan.tokens[the ? at - 2 : at - 1].hash)) return 0;
  const char behind = At(scan.text, scan.tokens[at].end);  // "on the 5th floor"
  const bool ends =
      behind == '\0' || IsOneOf(behind, ".,;!?)\n") ||
      (behind == ' ' && at + 1 < scan.tokens.size() && words_.dates.behind_day.contains(scan.tokens[at + 1].hash));
  if (!ends) return 0;
  ReportDate(scan, the ? at - 1 : at, at, kDayOfMonth, finds);
  return at + 1;
}

// "She moved to Porto in 2014", "nacido en 1951", "seit 2015": a year alone, near words of somebody's life. The token
// after it, or 0.
std::size_t ShapeRules::FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBefore = 10, kWordsAfter = 5;
  const Token& year = scan.tokens[at];
  if (at == 0 || scan.text[year.begin - 1] != ' ' || !year.all_digits()) return 0;
  if (!IsYear(scan, year) || Small(scan.Of(year)) > 2040) return 0;
  if (!scan.IsBetween(at - 1, ' ') || !before_year_.contains(scan.tokens[at - 1].hash)) return 0;
  if (IsOneOf(At(scan.text, year.end), "-/:%") && At(scan.text, year.end) != '\0') return 0;
  const std::size_t end = std::min(at + 1 + kWordsAfter, scan.tokens.size());
  for (std::size_t i = at - std::min(at, kWordsBefore); i < end; ++i) {
    if (!of_a_life_.contains(scan.tokens[i].hash)) continue;
    ReportDate(scan, at, at, kYearOfLife, finds);
    return at + 1;
  }
  return 0;
}

}  // namespace privity::detect
