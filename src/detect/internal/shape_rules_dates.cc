// Dates: in digits, written with the names of months and of days, and years of a life.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

constexpr double kDayOfWeek = 0.55;
constexpr double kDayOfMonth = 0.65;
constexpr double kMonthOfYear = 0.97;  // above that of whoever is called "June"
constexpr double kYearOfLife = 0.55;

bool IsDayOfWeek(const Token& token) {
  const ShapeCue* cue = token.digits > 0 ? nullptr : ShapeCues().Find(token.hash);
  return cue != nullptr && cue->day_of_week;
}

bool IsYear(const Scan& scan, const Token& token) {
  const int year = token.size() == 4 ? Small(scan.Of(token)) : -1;
  return year >= 1880 && year <= 2099;
}

// "5", "05", "5th", "1er"
int DayOf(const Scan& scan, const Token& token) {
  std::string_view text = scan.Of(token);
  const std::size_t digits = token.digits;
  if (digits == 0 || digits > 2 || text.size() > digits + 2) return 0;
  const int day = Small(text.substr(0, digits));
  return day >= 1 && day <= 31 && IsAsciiDigit(text[digits - 1]) ? day : 0;
}

// "VII" of "20-VII-2015", or 0.
int RomanMonth(const Scan& scan, const Token& token) {
  static constexpr std::array<std::string_view, 12> kMonths = {"I",   "II",   "III", "IV", "V",  "VI",
                                                               "VII", "VIII", "IX",  "X",  "XI", "XII"};
  if (token.digits > 0 || token.size() > 4 || token.has_lower) return 0;
  const auto month = std::ranges::find(kMonths, scan.Of(token));
  return month == kMonths.end() ? 0 : static_cast<int>(month - kMonths.begin()) + 1;
}

// Days and months as Spanish numbers them: "1.º de marzo", "1º de marzo".
bool IsSignOfOrdinal(const Scan& scan, const Token& token) {
  return scan.Of(token) == "\u00BA";
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

void ShapeRules::ReportDate(const Scan& scan, std::size_t first, std::size_t last, double score,
                            std::vector<Find>& finds) const {
  static const WordSet kBirth({"born",          "birth",     "dob",          "birthday", "birthdate", "nacimiento",
                               "nacido",        "nacida",    "nato",         "nata",     "nascita",   "geboren",
                               "geburtsdatum",  "geb",       "naissance",    "nee",      "ne",        "nascimento",
                               "geboortedatum", "urodzenia", "fodelsedatum", "fodt"});
  const std::size_t sign = scan.tokens[first].begin;  // "*14.07.1988": who was born on it, in German
  const bool starred =
      sign > 0 && scan.text[sign - 1] == '*' && (sign == 1 || IsOneOf(scan.text[sign - 2], " ,;(\n\t"));
  const bool birth = birth_date_ != nullptr && (starred || WordNear(scan, first, kBirth));
  // "Thursday, June 9", "lunes 3 de abril": the day of the week belongs to it.
  const bool the = first > 1 && scan.tokens[first - 1].hash == kWordThe && IsDayOfWeek(scan.tokens[first - 2]);
  if (the) first -= 2;  // "Sunday the 2nd of March"
  if (first > 0 && IsDayOfWeek(scan.tokens[first - 1]) && scan.tokens[first].begin - scan.tokens[first - 1].end <= 2)
    --first;
  Report(scan.tokens[first].begin, scan.tokens[last].end, birth ? birth_date_ : date_, score, finds);
}

namespace {

// Where the time of day begins: 01T22.
std::size_t FirstT(std::string_view day) {
  for (std::size_t i = 0; i < day.size(); ++i) {
    if ((day.data()[i] | 0x20) == 't') return i;
  }
  return day.npos;
}

}  // namespace

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
  if (one_sign && left[0] == '.' && last.size() == 2 && at > 0 && SaysVersion(scan.tokens[at - 1])) return 0;
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

// "Mar 11 08:23:02 gw1 kernel: …", as RFC 3164 begins a line.
bool ShapeRules::IsLineStamp(const Scan& scan, std::size_t month) const {
  const std::size_t hour = month + 2;
  return (month == 0 || scan.tokens[month].line_before) && hour + 3 < scan.tokens.size() &&
         scan.tokens[month].size() == 3 && scan.tokens[hour].digits == 2 && scan.Between(month + 1) == " " &&
         scan.Between(hour) == ":" && scan.Between(hour + 1) == ":" && !scan.tokens[hour + 3].line_before;
}

namespace {

// "June '88", "9 May '97": of the token behind the month.
bool IsShortYear(const Scan& scan, std::size_t month) {
  const std::size_t year = month + 1;
  if (year >= scan.tokens.size() || scan.tokens[year].size() != 2 || !scan.tokens[year].all_digits()) return false;
  const std::string_view between = scan.Between(month);
  return between == " '" || between == " \u2019" || between == " \u2018";
}

// "24 May 05", "30 Dec 14 to": two digits behind a day and its month, which nothing follows that they would count.
bool IsBareShortYear(const Scan& scan, std::size_t month) {
  static const WordSet kBehind({"at", "to", "in", "from", "for", "and", "with", "on", "by", "until", "when", "as"});
  const std::size_t year = month + 1;
  if (year >= scan.tokens.size() || scan.tokens[year].size() != 2 || !scan.tokens[year].all_digits()) return false;
  if (!scan.IsBetween(month, ' ') || scan.tokens[month].size() < 3) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[year].end, 2);
  if (behind.empty() || IsOneOf(behind[0], ")\n")) return true;
  if (IsOneOf(behind[0], ".,;")) return behind.size() == 1 || IsOneOf(behind[1], " \n");
  return year + 1 < scan.tokens.size() && scan.IsBetween(year, ' ') && kBehind.contains(scan.tokens[year + 1].hash);
}

// "14/6", with nothing behind it that makes a number, a page or a longer date of it.
bool IsDayAndMonth(const Scan& scan, std::size_t at) {
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '/')) return false;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  if (!day.all_digits() || !month.all_digits() || day.size() > 2 || month.size() > 2) return false;
  const int x = Small(scan.Of(day)), y = Small(scan.Of(month));
  if ((x == 24 && y == 7) || (!IsDay(4, y, x) && !IsDay(4, x, y))) return false;
  const char behind = At(scan.text, month.end), next = At(scan.text, month.end + 1u);
  return behind == '\0' || IsOneOf(behind, " ,;)!?\n") || (behind == '.' && !IsAsciiDigit(next));
}

// Whether the token is a day as English counts them: "3rd".
bool IsOrdinal(const Scan& scan, const Token& token) {
  if (DayOf(scan, token) == 0 || token.size() != token.digits + 2u) return false;
  const std::string_view end = scan.Of(token).substr(token.digits);
  return end == "st" || end == "nd" || end == "rd" || end == "th";
}

// "12\u201315 Oct", "4th to 7th July", "5th & 12th June": the first day of those that share a month, or `at`.
std::size_t FirstDayBefore(const Scan& scan, std::size_t at) {
  static const WordSet kTo({"to", "and", "until", "till", "or"});
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  const bool sign = between == "-" || between == "\u2013" || between == " - " || between == " \u2013 " ||
                    between == " & " || between == "/";
  const bool word = at > 1 && between == " " && scan.IsBetween(at - 2, ' ') && kTo.contains(scan.tokens[at - 1].hash);
  const std::size_t first = word ? at - 2 : at - 1;
  if ((!sign && !word) || DayOf(scan, scan.tokens[first]) == 0) return at;
  if (word && !IsOrdinal(scan, scan.tokens[first])) return at;  // "from 2 to 5 May"
  return first > 0 && IsOneOf(At(scan.text, scan.tokens[first].begin - 1), ".,/-:") ? at : first;
}

// "1985. március 12.", "1985 m. kovo 12 d.", "1985. gada 12. martā": the year that leads, or `at`.
std::size_t YearBefore(const Scan& scan, std::size_t at) {
  static const WordSet kOfYears({"m", "gada"});
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  if (between == ". " && IsYear(scan, scan.tokens[at - 1])) return at - 1;
  const bool word = at > 1 && kOfYears.contains(scan.tokens[at - 1].hash) && (between == ". " || between == " ");
  return word && IsYear(scan, scan.tokens[at - 2]) && scan.Between(at - 2).size() <= 2 ? at - 2 : at;
}

}  // namespace

// "desde septiembre", "a partire da febbraio", "sinds januari": beside people.
bool ShapeRules::IsMonthOfSomebody(const Scan& scan, std::size_t at) {
  static const WordSet kSince({"desde", "hasta", "depuis", "seit", "sinds", "da", "em", "en", "od", "sedan", "siden"});
  static const WordSet kEnglish({"since", "until", "till", "from"});
  constexpr std::uint32_t kBytesMin = 5, kEnglishBytesMin = 4, kEnd = WordHash("end");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return false;
  const Token& month = scan.tokens[at];
  return (month.size() >= kBytesMin && kSince.contains(scan.tokens[at - 1].hash)) ||
         (month.size() >= kEnglishBytesMin && month.upper_first &&
          (kEnglish.contains(scan.tokens[at - 1].hash) ||
           (at > 1 && scan.tokens[at - 1].hash == kWordOf && scan.tokens[at - 2].hash == kEnd)));  // "the end of June"
}

// "16/04", "14/03", "18.10.": a day and its month behind a word that makes one day of them. The token after it, or 0.
std::size_t ShapeRules::FindDayAndMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kSlash({"el", "le", "il", "em", "dia", "al", "desde", "hasta", "du", "au", "dal", "del", "den",
                               "d", "op", "telefonico"});
  static const WordSet kDot({"am", "vom", "bis", "ab", "seit", "zum", "den", "d", "anreise", "abreise", "kl", "dne"});
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.tokens[at].all_digits() || !scan.tokens[at + 1].all_digits())
    return 0;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  constexpr std::uint32_t kDigits = 2;
  if (day.size() > kDigits || month.size() > kDigits || !scan.IsBetween(at - 1, ' ')) return 0;
  const bool slash = scan.IsBetween(at, '/') && month.size() == kDigits && kSlash.contains(scan.tokens[at - 1].hash);
  const bool dot =
      scan.IsBetween(at, '.') && At(scan.text, month.end) == '.' && kDot.contains(scan.tokens[at - 1].hash);
  constexpr int kLeapYear = 2024;
  if ((!slash && !dot) || !IsDay(kLeapYear, Small(scan.Of(month)), Small(scan.Of(day)))) return 0;
  const std::size_t end = month.end + (dot ? 1u : 0u);
  if (IsOneOf(At(scan.text, end), "/.-%") && IsAsciiDigit(At(scan.text, end + 1))) return 0;
  if (IsAsciiDigit(At(scan.text, end))) return 0;
  Report(day.begin, end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = true;
  return at + 2;
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
    const bool short_year = IsShortYear(scan, month) || IsBareShortYear(scan, month);
    const std::size_t last = year_at(month, year) ? year : short_year ? month + 1 : month;
    ReportDate(scan, YearBefore(scan, FirstDayBefore(scan, at)), last, 0.85, finds);
    return last + 1;
  }
  const Token& token = scan.tokens[at];
  if (MonthOf(token) == 0) return 0;
  // "marzo de 2011": in most languages months have no capital, so the year must follow its "de".
  const bool of_year = !token.upper_first && skip(at + 1) == at + 2 && year_at(at, at + 2);
  static const WordSet kEnglish({"january", "february", "april", "june", "july", "august", "september", "october",
                                 "november", "december"});  // "march 4th" may be an order
  const std::size_t day = at + 1;
  const auto is_day = [&] {
    return near_to(at, day) && DayOf(scan, scan.tokens[day]) > 0 &&
           scan.Between(at).find_first_not_of(" .") == std::string_view::npos;
  };
  // "may 4th, 2021", "oktober 2011": so may others, when their year follows; "out 2020" and "set 2020" are two words.
  constexpr std::uint32_t kBytesMin = 5;
  static const WordSet kShort({"may", "mayo", "jan", "feb", "sept", "oct", "nov", "dec"});
  const bool hyphened = day < scan.tokens.size() && (scan.IsBetween(at, '-') || scan.IsBetween(at, '/'));  // "abr-2011"
  const std::size_t first = YearBefore(scan, at);
  const bool told_by_year =
      (first < at && is_day()) || IsMonthOfSomebody(scan, at) || (hyphened && year_at(at, day)) ||
      (kShort.contains(token.hash) && is_day() && IsOrdinal(scan, scan.tokens[day])) ||  // "nov 8th"
      ((token.size() >= kBytesMin || kShort.contains(token.hash)) &&
       (year_at(at, day) || (is_day() && year_at(day, day + 1))));
  if (!token.upper_first && !of_year && !told_by_year && !kEnglish.contains(token.hash)) return 0;
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

// "on 14/6", "EDD 11/19", "until the 23rd": behind a word that says when. The token after it, or 0.
std::size_t ShapeRules::FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWhen({"on", "since", "until", "till", "edd", "due", "dated", "born", "dob", "vaccinated",
                              "paid", "died", "seen", "admitted", "discharged", "del", "al", "control", "cita"});
  static const WordSet kDay({"on", "since", "until", "till", "by", "before", "after"});
  static const WordSet kBehind({"and", "at", "but", "for", "to", "because", "so",   "if", "when", "he", "she",
                                "i",   "we", "it",  "n",   "as", "in",      "with", "or", "then", "my"});
  constexpr std::uint32_t kThe = WordHash("the");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return 0;
  if (IsDayAndMonth(scan, at)) {
    if (!kWhen.contains(scan.tokens[at - 1].hash)) return 0;
    ReportDate(scan, at, at + 1, kDayOfMonth, finds);
    return at + 2;
  }
  if (!IsOrdinal(scan, scan.tokens[at])) return 0;
  const bool the = scan.tokens[at - 1].hash == kThe;
  if (the && (at < 2 || !scan.IsBetween(at - 2, ' '))) return 0;
  if (!kDay.contains(scan.tokens[the ? at - 2 : at - 1].hash)) return 0;
  const char behind = At(scan.text, scan.tokens[at].end);  // "on the 5th floor"
  const bool ends = behind == '\0' || IsOneOf(behind, ".,;!?)\n") ||
                    (behind == ' ' && at + 1 < scan.tokens.size() && kBehind.contains(scan.tokens[at + 1].hash));
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

namespace {

// "sat 24th", "Sunday the 17th", "Mon 13/11": the last token, or `at`.
std::size_t DayBehindDayOfWeek(const Scan& scan, std::size_t at) {
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
  static const WordSet kRomance({"lunes",  "martes",  "miercoles", "jueves",  "viernes",  "sabado",  "domingo",
                                 "lundi",  "mardi",   "mercredi",  "jeudi",   "vendredi", "samedi",  "dimanche",
                                 "lunedi", "martedi", "mercoledi", "giovedi", "venerdi",  "domenica"});
  const char behind = At(scan.text, scan.tokens[day].end);
  const bool time_behind = scan.text.substr(scan.tokens[day].end).starts_with(" a las ");  // "jueves 12 a las 17:30"
  if (kRomance.contains(scan.tokens[at].hash) && scan.tokens[day].all_digits() && DayOf(scan, scan.tokens[day]) > 0 &&
      (behind == '\0' || time_behind || IsOneOf(behind, ".,;)\n")) &&
      !IsAsciiDigit(At(scan.text, scan.tokens[day].end + 1u)))
    return day;  // "viernes 21"
  return IsOrdinal(scan, scan.tokens[day]) && !month_follows ? day : at;
}

// Whether a line speaks of somebody by no name: "I paid on Friday". "Macbeth opens on Friday" does not.
bool HasPronounNear(const Scan& scan, std::size_t at) {
  static const WordSet kPronouns({"every", "i",    "im",    "ive", "my",  "me",  "we",   "our",   "us",  "you",
                                  "your",  "he",   "his",   "him", "she", "her", "they", "their", "who", "please",
                                  "ich",   "mein", "wir",   "mi",  "mis", "me",  "su",   "le",    "je",  "mon",
                                  "ma",    "nous", "votre", "io",  "mio", "mia", "ci",   "eu",    "meu", "minha"});
  constexpr std::size_t kNear = 24;
  for (std::size_t i = at; i > 0 && at - i < kNear && !scan.tokens[i].line_before; --i) {
    if (kPronouns.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = at + 1; i < scan.tokens.size() && i <= at + kNear && !scan.tokens[i].line_before; ++i) {
    if (kPronouns.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

}  // namespace

// "on Friday", "el lunes", "bis Montag", "Tues 3:30pm": a day of the week that a word before it makes one day, or a
// time of day behind it. The token after it, or 0.
std::size_t ShapeRules::FindDayOfWeek(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"on",    "by",    "until",   "till",   "since",    "next", "last",   "this", "before",
                                "after", "every", "am",      "bis",    "ab",       "seit", "jeden",  "vor",  "nach",
                                "el",    "este",  "proximo", "pasado", "le",       "ce",   "chaque", "il",   "ogni",
                                "op",    "vanaf", "elke",    "vorige", "volgende", "na",   "til",    "pa"});
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
  if (const std::size_t day = DayBehindDayOfWeek(scan, at); last == at && day > at) {
    Report(token.begin, scan.tokens[day].end, date_, kDayOfMonth, finds);
    return day + 1;
  }
  // "sera absente vendredi", "fica pronta quarta-feira": beside people; English has a word before it.
  static const WordSet kWithoutWord({"lundi",     "mardi",    "mercredi", "jeudi",    "vendredi", "samedi",
                                     "dimanche",  "sabato",   "domenica", "venerdi",  "giovedi",  "mercoledi",
                                     "martedi",   "lunedi",   "fredag",   "lordag",   "sondag",   "mandag",
                                     "tirsdag",   "onsdag",   "torsdag",  "zaterdag", "zondag",   "vrijdag",
                                     "donderdag", "woensdag", "dinsdag",  "maandag"});
  const bool alone = last == at && !token.has_upper && kWithoutWord.contains(token.hash);
  const bool made_one_day = at > 0 && scan.Between(at - 1) == " " && kBefore.contains(scan.tokens[at - 1].hash);
  if (last == at && !alone && (!made_one_day || token.size() < 4)) return 0;
  static const WordSet kOf({"of", "des", "de", "del", "di"});
  if (at + 1 < scan.tokens.size() && kOf.contains(scan.tokens[at + 1].hash)) return 0;  // "the last Sunday of March"
  // "on Monday, 9 June" is that date; "the Sunday Times" a newspaper.
  const bool named =
      last == at && at + 1 < scan.tokens.size() && scan.Between(at) == " " && scan.tokens[at + 1].upper_first;
  if (named) return 0;
  Report(token.begin, scan.tokens[last].end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = last == at && !HasPronounNear(scan, at);
  return last + 1;
}

}  // namespace privity::detect
