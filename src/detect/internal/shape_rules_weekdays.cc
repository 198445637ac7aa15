// Days by the names that they have in a week: "on Friday", "Sunday the 17th", "Tues 3:30pm".
#include "detect/internal/shape_rules.h"

#include <algorithm>

#include "detect/internal/check_digits.h"
#include "detect/internal/date_parts.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

// "sat 24th", "Sunday the 17th", "Mon 13/11": the last token, or `at`.
std::size_t DayBehindDayOfWeek(const DateVocabulary& words, const Scan& scan, std::size_t at) {
  std::size_t day = at + 1;
  constexpr std::uint32_t kThe = WordHash("the");
  if (day >= scan.tokens.size() || (scan.Between(at) != " " && scan.Between(at) != ", ")) return at;
  if (scan.tokens[day].hash == kThe && day + 1 < scan.tokens.size() && scan.IsBetween(day, ' ')) ++day;
  if (scan.tokens[day].line_before) return at;
  if (IsDayAndMonth(scan, day)) return day + 1;
  static const WordSet kOf({"of", "de", "di"});
  std::size_t next = day + 1;
  if (next < scan.tokens.size() && kOf.contains(scan.tokens[next].hash)) ++next;
  const bool month_follows = next < scan.tokens.size() && MonthOf(scan.tokens[next]) > 0;
  const char behind = At(scan.text, scan.tokens[day].end);
  const bool time_behind = scan.text.substr(scan.tokens[day].end).starts_with(" a las ");  // "jueves 12 a las 17:30"
  if (words.weekdays_with_day.contains(scan.tokens[at].hash) && scan.tokens[day].all_digits() &&
      DayOf(scan, scan.tokens[day]) > 0 && (behind == '\0' || time_behind || IsOneOf(behind, ".,;)\n")) &&
      !IsAsciiDigit(At(scan.text, scan.tokens[day].end + 1u)))
    return day;  // "viernes 21"
  return IsOrdinal(scan, scan.tokens[day]) && !month_follows ? day : at;
}

// Whether a line speaks of somebody by no name: "I paid on Friday". "Macbeth opens on Friday" does not.
bool HasPronounNear(const DateVocabulary& words, const Scan& scan, std::size_t at) {
  constexpr std::size_t kNear = 24;
  for (std::size_t i = at; i > 0 && at - i < kNear && !scan.tokens[i].line_before; --i) {
    if (words.pronouns.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = at + 1; i < scan.tokens.size() && i <= at + kNear && !scan.tokens[i].line_before; ++i) {
    if (words.pronouns.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

}  // namespace

// "on Friday", "el lunes", "bis Montag", "Tues 3:30pm": a day of the week that a word before it makes one day, or a
// time of day behind it. The token after it, or 0.
std::size_t ShapeRules::FindDayOfWeek(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  std::size_t last = at;
  if (at + 1 < scan.tokens.size() && scan.Between(at) == " ") {
    std::size_t time = at + 1;
    const std::string_view text = scan.Of(scan.tokens[time]);
    const std::size_t digits = scan.tokens[time].digits;
    const bool glued = text.size() == digits + 2 && (text.ends_with("am") || text.ends_with("pm"));
    if (digits >= 1 && digits <= 2 && (glued || text.size() == digits)) {
      const bool minutes = !glued && time + 1 < scan.tokens.size() && scan.Between(time) == ":" &&
                           scan.tokens[time + 1].digits == 2 && scan.tokens[time + 1].size() <= 4;
      if (minutes) ++time;
      static const WordSet kHalves({"am", "pm"});
      const bool half = !glued && time + 1 < scan.tokens.size() && scan.IsBetween(time, ' ') &&
                        kHalves.contains(scan.tokens[time + 1].hash);  // "Tuesday 4 pm"
      if (half) ++time;
      if (glued || minutes || half) last = time;
    }
  }
  if (const std::size_t day = DayBehindDayOfWeek(words_.dates, scan, at); last == at && day > at) {
    Report(token.begin, scan.tokens[day].end, date_, kDayOfMonth, finds);
    return day + 1;
  }
  // "sera absente vendredi", "fica pronta quarta-feira": beside people; English has a word before it.
  const bool alone = last == at && !token.has_upper && words_.dates.weekdays_alone.contains(token.hash);
  const bool made_one_day =
      at > 0 && scan.Between(at - 1) == " " && words_.dates.before_weekday.contains(scan.tokens[at - 1].hash);
  if (last == at && !alone && (!made_one_day || token.size() < 4)) return 0;
  static const WordSet kOf({"of", "des", "de", "del", "di"});
  if (at + 1 < scan.tokens.size() && kOf.contains(scan.tokens[at + 1].hash)) return 0;  // "the last Sunday of March"
  // "on Monday, 9 June" is that date; "the Sunday Times" a newspaper.
  const bool named =
      last == at && at + 1 < scan.tokens.size() && scan.Between(at) == " " && scan.tokens[at + 1].upper_first;
  if (named) return 0;
  Report(token.begin, scan.tokens[last].end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = last == at && !HasPronounNear(words_.dates, scan, at);
  return last + 1;
}

}  // namespace privity::detect
