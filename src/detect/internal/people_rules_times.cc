// Times of the day and years in lines that name people: "Joanne at 02:40", "Ruth since 2009".
#include "detect/internal/people_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kTime = 0.5;  // less than the day that it goes with: "Monday 10am"
constexpr int kYearFirst = 1900, kYearLast = 2040;

// "am" of "8am", "8 am", "8 p.m."; its last token, or `hour` where none follows.
std::size_t HalfOfDay(const Scan& scan, std::size_t hour) {
  static const WordSet kHalves({"am", "pm"});
  constexpr std::uint32_t kM = WordHash("m");
  const std::size_t next = hour + 1;
  if (next >= scan.tokens.size() || scan.Between(hour) != " ") return hour;
  const Token& token = scan.tokens[next];
  if (kHalves.contains(token.hash)) return next;
  const std::string_view letter = scan.Of(token);
  const bool dotted = (letter == "a" || letter == "p") && next + 1 < scan.tokens.size() && scan.IsBetween(next, '.') &&
                      scan.tokens[next + 1].hash == kM;
  return dotted ? next + 1 : hour;
}

bool HasHalfOfDay(std::string_view word, std::size_t digits) {
  const std::string_view letters = word.substr(digits);
  return letters == "am" || letters == "pm" || letters == "AM" || letters == "PM";
}

}  // namespace

// "at 02:40", "before 8:30", "9:40 pm", "7.30pm", "8am"; not the stamp of a line, which has seconds.
std::size_t PeopleRules::FindTime(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& hour = scan.tokens[at];
  if (hour.digits == 0 || hour.digits > 2) return at;
  constexpr int kHours = 24, kMinutes = 60;
  const std::string_view word = scan.Of(hour);
  if (!IsAsciiDigit(word[0]) || (at > 0 && !scan.Between(at - 1).ends_with(' '))) return at;
  if (HasHalfOfDay(word, hour.digits)) {
    Report(scan, at, at, date_, kTime, finds);
    return at + 1;
  }
  if (!hour.all_digits() || Number(scan, hour) >= kHours) return at;
  std::size_t last = at;
  bool half = false;
  const bool minutes_follow = at + 1 < scan.tokens.size() && (scan.IsBetween(at, ':') || scan.IsBetween(at, '.'));
  if (minutes_follow) {
    const Token& minutes = scan.tokens[at + 1];
    const std::string_view text = scan.Of(minutes);
    if (minutes.digits != 2 || !IsAsciiDigit(text[0]) || !IsAsciiDigit(text[1])) return at;
    if ((text[0] - '0') * 10 + (text[1] - '0') >= kMinutes) return at;
    half = HasHalfOfDay(text, 2);
    if (!half && !minutes.all_digits()) return at;
    last = at + 1;
  }
  if (!half) {
    const std::size_t with_half = HalfOfDay(scan, last);
    half = with_half > last;
    last = with_half;
  }
  const bool unit =
      last + 1 < scan.tokens.size() && scan.IsBetween(last, ' ') && words_.oclock.contains(scan.tokens[last + 1].hash);
  if (unit) ++last;
  const bool with_colon = minutes_follow && scan.IsBetween(at, ':');
  const bool behind_word =
      at > 0 && scan.IsBetween(at - 1, ' ') && words_.before_time.contains(scan.tokens[at - 1].hash);
  const std::string_view behind = Behind(scan, last, 2);
  const bool goes_on = behind.size() == 2 && IsOneOf(behind[0], ":./-") && IsAsciiDigit(behind[1]);
  if (goes_on || (!half && !unit && !(with_colon && behind_word))) return at;
  Report(scan, at, last, date_, kTime, finds);
  return last + 1;
}

// "since 2009", "from 2017 to 2021."; what happened in a year is a matter of history.
std::size_t PeopleRules::FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (at == 0 || token.size() != 4 || !token.all_digits() || !scan.IsBetween(at - 1, ' ')) return at;
  const int year = Number(scan, token);
  if (year < kYearFirst || year > kYearLast || !words_.before_year.contains(scan.tokens[at - 1].hash)) return at;
  const bool word_behind = at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ');
  const std::string_view behind = Behind(scan, at, 1);
  if (word_behind ? !words_.behind_year.contains(scan.tokens[at + 1].hash)
                  : !behind.empty() && !IsOneOf(behind[0], ",.;)\n!?"))
    return at;
  Report(scan, at, at, date_, kBeside, finds);
  return at + 1;
}

}  // namespace privity::detect
