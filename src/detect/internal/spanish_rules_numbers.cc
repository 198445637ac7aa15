// Numbers behind their heads in Spanish texts, days without a year, ages in words or without a unit, and the place that
// stands before a date.
#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"
#include "detect/internal/spanish_rules.h"

namespace privity::detect {
namespace {

constexpr double kTold = 0.65;
constexpr std::uint32_t kY = WordHash("y");

bool Overlaps(const std::vector<Find>& finds, std::uint32_t begin, std::uint32_t end) {
  return std::ranges::any_of(
      finds, [&](const Find& find) { return find.detector != nullptr && find.begin < end && find.end > begin; });
}

// Signs between a head and its number: "DUI 02214478-2", "Expte. n.º 118/2020", "RFC: ZERJ680114QK3".
bool LeadsToNumber(std::string_view between) {
  constexpr std::size_t kBytesMax = 10;
  if (between.size() > kBytesMax || between.find('\n') != between.npos) return false;
  return between.find_first_of(" :") != between.npos && between.find_first_of(",;()/|") == between.npos;
}

bool IsSignOfNumber(const Token& token) {
  static const WordSet kSigns({"n", "n?", "num", "numero", "no", "nro", "?"});
  return kSigns.contains(token.hash);
}

}  // namespace

// A number behind the word that says what it is, whatever its check digit: a clerk's slip is still somebody's number.
void SpanishRules::FindNumberOfHead(const Scan& scan, std::size_t at, std::uint32_t leads,
                                    std::vector<Find>& finds) const {
  constexpr std::size_t kDigitsMin = 5, kGroupsMax = 8;
  const DetectorFile* file = (leads & kNationNumber) != 0   ? national_
                             : (leads & kTaxNumber) != 0    ? tax_
                             : (leads & kHealthNumber) != 0 ? health_
                                                            : other_;
  std::size_t first = at + 1;
  while (first < scan.tokens.size() && first < at + 3 && IsSignOfNumber(scan.tokens[first])) ++first;
  if (file == nullptr || first >= scan.tokens.size()) return;
  const bool of_any = !scan.tokens[at].upper_first || IsSignOfNumber(scan.tokens[at]);
  if (of_any && file != other_) return;
  for (std::size_t i = at; i < first; ++i) {
    if (!LeadsToNumber(scan.Between(i)) && !IsSignOfNumber(scan.tokens[i + 1])) return;
  }
  std::size_t digits = 0, letters = 0, end = first;
  for (; end < scan.tokens.size() && end < first + kGroupsMax; ++end) {
    const Token& token = scan.tokens[end];
    if (end > first && !scan.IsBetween(end - 1, '-') && !scan.IsBetween(end - 1, '.') && !scan.IsBetween(end - 1, '/'))
      break;
    if (token.has_lower || (token.digits == 0 && token.size() > 3)) break;
    digits += token.digits;
    letters += token.size() - token.digits;
  }
  if (of_any && (letters == 0 || end == first + 1)) return;  // "n.º REX-2024-118", not "Ley núm. 30/1992"
  if (digits < kDigitsMin || Overlaps(finds, scan.tokens[first].begin, scan.tokens[end - 1].end)) return;
  finds.push_back({.begin = scan.tokens[first].begin,
                   .end = scan.tokens[end - 1].end,
                   .detector = file,
                   .score = kTold,
                   .needs_people = true});
}

// "desde el 5/9", "FUR 28/05", "Cribado: 26/10.": a day and its month without a year.
void SpanishRules::FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"el", "al", "del", "desde", "hasta", "dia", "fur", "fum", "fecha", "hoy"});
  constexpr int kDays = 31, kMonths = 12;
  if (date_ == nullptr || at == 0 || at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '/')) return;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  if (!day.all_digits() || !month.all_digits() || day.size() > 2 || month.size() > 2) return;
  const int days = Small(scan.Of(day)), months = Small(scan.Of(month));
  if (days < 1 || days > kDays || months < 1 || months > kMonths) return;
  const std::string_view before = scan.Between(at - 1), behind = scan.text.substr(month.end, 2);
  const bool led = (before == " " || before == ": ") && kBefore.contains(scan.tokens[at - 1].hash);
  const bool whole = before == ": " && day.size() == 2 && month.size() == 2;
  const bool ends = behind.empty() || behind[0] == ' ' || behind[0] == '\n' || behind[0] == ')' || behind == ", " ||
                    behind == ". " || behind == "." || behind == ",";
  if ((!led && !whole) || !ends || Overlaps(finds, day.begin, month.end)) return;
  finds.push_back({.begin = day.begin, .end = month.end, .detector = date_, .score = kTold, .needs_people = true});
}

// "de unos cuarenta años", ", cincuenta y un años,": an age in words; "hace veinte años" is none.
void SpanishRules::FindSpelledAge(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kTens({"treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"});
  static const WordSet kBefore({"de", "unos", "tengo", "tiene", "cumple"}), kOnes({"un", "una"});
  static const WordSet kUnits({"anos"});
  static const WordSet kSpans(
      {"hace", "durante", "desde", "plazo", "cada", "prision", "pena", "experiencia", "contrato"});
  if (age_ == nullptr || at == 0) return;
  std::size_t end = at + 1;
  if (kTens.contains(scan.tokens[at].hash) && end + 1 < scan.tokens.size() && scan.tokens[end].hash == kY) {
    const Token& one = scan.tokens[end + 1];
    if ((LeadsOf(one) & kDayWord) == 0 && !kOnes.contains(one.hash)) return;
    end += 2;
  }
  if (end >= scan.tokens.size() || !kUnits.contains(scan.tokens[end].hash)) return;
  for (std::size_t i = at; i < end; ++i) {
    if (!scan.IsBetween(i, ' ')) return;
  }
  const std::string_view before = scan.Between(at - 1);
  const bool led = before == ", " || (before == " " && kBefore.contains(scan.tokens[at - 1].hash));
  for (std::size_t i = at; i > 0 && at - i < 3; --i) {
    if (kSpans.contains(scan.tokens[i - 1].hash)) return;
  }
  if (!led || Overlaps(finds, scan.tokens[at].begin, scan.tokens[end].end)) return;
  finds.push_back({.begin = scan.tokens[at].begin,
                   .end = scan.tokens[end].end,
                   .detector = age_,
                   .score = kTold,
                   .needs_people = true});
}

// "Paciente: JLM, 45.", "Yadira Castillo, 28, sin lesiones", "Pascual Gil (54)": years without a unit behind somebody.
void SpanishRules::FindAgesBehindPeople(const Scan& scan, std::vector<Find>& finds) const {
  const std::size_t known = finds.size();
  for (std::size_t i = 0; age_ != nullptr && i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector != person_) continue;
    const std::size_t at = scan.TokenAt(finds[i].end);
    if (at == 0 || at >= scan.tokens.size()) continue;
    const Token& years = scan.tokens[at];
    if (!years.all_digits() || years.size() != 2 || scan.text[years.begin] == '0') continue;
    const std::string_view between = scan.text.substr(finds[i].end, years.begin - finds[i].end);
    const std::string_view behind = scan.text.substr(years.end, 2);
    const bool ends =
        between == " (" ? behind.starts_with(')')
                        : (between == ", " || between == "., ") && (behind.empty() || behind == ", " || behind == "." ||
                                                                    behind == ". " || behind[0] == '\n');
    const bool named = scan.TokenAt(finds[i].begin) + 1 < at || !scan.tokens[scan.TokenAt(finds[i].begin)].has_lower;
    if (ends && named && !Overlaps(finds, years.begin, years.end))
      finds.push_back({years.begin, years.end, age_, kTold});
  }
}

// "viajar a Orlando con su madrina", "realizado en Elda el 10": a listed town behind the word for where, beside people.
void SpanishRules::FindTown(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWhere({"en", "a", "desde", "hacia", "hasta"});
  constexpr std::uint32_t kIn = WordHash("en");
  const Token& town = scan.tokens[at];
  if (at == 0 || place_ == nullptr || !town.upper_first || !town.has_lower || !scan.IsBetween(at - 1, ' ')) return;
  const Token& where = scan.tokens[at - 1];
  if (where.has_upper || !kWhere.contains(where.hash) || (ListsOf(town) & kTown) == 0) return;
  if ((IsGiven(town) && where.hash != kIn) || LeadsOf(town) != 0 || wards_.contains(town.hash)) return;
  const std::size_t end = NameEnd(scan, at, std::min(scan.tokens.size(), at + 4));
  if (Overlaps(finds, town.begin, scan.tokens[end - 1].end)) return;
  if (end < scan.tokens.size() && scan.tokens[end].digits > 0 && scan.IsBetween(end - 1, ' ')) return;
  finds.push_back(
      {.begin = town.begin, .end = scan.tokens[end - 1].end, .detector = place_, .score = kTold, .needs_people = true});
}

// "Juticalpa, Honduras.": a town that begins a sentence, and its country.
void SpanishRules::FindPlaceInCountry(const Scan& scan, std::size_t country, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsMax = 4;
  if (country == 0 || place_ == nullptr || scan.Between(country - 1) != ", ") return;
  const std::string_view behind = scan.text.substr(scan.tokens[country].end, 1);
  if (!behind.empty() && !IsOneOf(behind[0], ".,;)\n")) return;
  std::size_t first = country - 1;
  while (first > 0 && country - first < kWordsMax && !scan.tokens[first].line_before &&
         scan.IsBetween(first - 1, ' ') && scan.tokens[first - 1].upper_first)
    --first;
  const Token& token = scan.tokens[first];
  const bool begins = first == 0 || token.line_before || scan.Between(first - 1).ends_with(". ");
  if (!begins || !token.upper_first || !token.has_lower || LeadsOf(token) != 0 || IsGiven(token)) return;
  if (Overlaps(finds, token.begin, scan.tokens[country].end)) return;
  Put(scan, first, country - 1, place_, kTold, finds);
  Put(scan, country, country, place_, kTold, finds);
}

// "Santa Rosalía, 28 de agosto de 2021", "Godoy Cruz, marzo 2022": where something was signed, before the day.
void SpanishRules::FindPlacesBeforeDates(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsMax = 4;
  const std::size_t known = finds.size();
  for (std::size_t i = 0; place_ != nullptr && i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kDate) continue;
    const std::size_t date = scan.TokenAt(finds[i].begin);
    if (date == 0 || scan.tokens[date].begin != finds[i].begin || scan.Between(date - 1) != ", ") continue;
    std::size_t first = date;
    while (first > 0 && date - first < kWordsMax && scan.tokens[first - 1].upper_first) {
      --first;
      if (first == 0 || scan.tokens[first].line_before || scan.Between(first - 1) != " ") break;
    }
    if (first == date || NameEnd(scan, first, date) != date) continue;
    const Token& token = scan.tokens[first];
    const bool begins = first == 0 || token.line_before || scan.Between(first - 1).ends_with(". ");
    if (!begins || !token.upper_first || !token.has_lower || LeadsOf(token) != 0 || wards_.contains(token.hash))
      continue;
    const bool town = (ListsOf(token) & (kTown | kPartOfPlace)) != 0;
    if ((!town && IsGiven(token)) || MonthOf(token) > 0 || jobs_->IsJob(token.hash)) continue;
    bool known_place = false;
    for (const Find& find : finds)
      known_place = known_place || (find.detector != nullptr && find.detector != person_ &&
                                    find.begin < scan.tokens[date - 1].end && find.end > token.begin);
    if (!known_place) Put(scan, first, date - 1, place_, kTold, finds);
  }
}

}  // namespace privity::detect
