// What Spanish reports say of somebody in few signs: where they are from, how old and of which sex they are, what they
// did, and whose relatives they are.
#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"
#include "detect/internal/spanish_rules.h"

namespace privity::detect {
namespace {

constexpr double kSaid = 0.7;
constexpr std::uint32_t kDe = WordHash("de"), kY = WordHash("y");

bool Overlaps(const std::vector<Find>& finds, std::uint32_t begin, std::uint32_t end) {
  return std::ranges::any_of(
      finds, [&](const Find& find) { return find.detector != nullptr && find.begin < end && find.end > begin; });
}

bool EndsPhrase(const Scan& scan, std::uint32_t end) {
  const std::string_view behind = scan.text.substr(end, 2);
  return behind.empty() || IsOneOf(behind[0], ",.;)\n|") || behind == "  " || behind == " |";
}

// At the head of a line or behind a sign: nothing of the same phrase stands before.
bool BeginsPhrase(const Scan& scan, std::size_t at) {
  if (at == 0 || scan.tokens[at].line_before) return true;
  const std::string_view before = scan.Between(at - 1);
  return before != " " && before.size() > 1 && IsOneOf(before.back(), " (");
}

// "03/2019", "05-2017", with nothing around it that makes a longer number of it.
bool IsMonthAndYear(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kMonthDigits = 2, kYearDigits = 4;
  if (at == 0 || at + 1 >= scan.tokens.size() || (!scan.IsBetween(at, '/') && !scan.IsBetween(at, '-'))) return false;
  const Token &month = scan.tokens[at], &year = scan.tokens[at + 1];
  if (month.size() != kMonthDigits || !year.all_digits() || year.size() != kYearDigits) return false;
  const int count = Small(scan.Of(month)), of = Small(scan.Of(year));
  const std::string_view before = scan.Between(at - 1);
  return count >= 1 && count <= 12 && of >= 1940 && of <= 2039 && IsOneOf(before.empty() ? '-' : before.back(), " (") &&
         (EndsPhrase(scan, year.end) || scan.text.substr(year.end, 1) == " ");
}

}  // namespace

// "natural y vecino de Potes", "procedente de El Alto", "nacida en Jaca", "reside en Utebo".
void SpanishRules::FindWhence(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOf({"de", "en", "del"}),
      kArticles({"la", "el", "los", "las", "municipio", "localidad", "pueblo", "ciudad", "aldea", "provincia"});
  static const WordSet kPlaceless({"origen", "urgencias", "domicilio"});
  constexpr std::size_t kTokensMax = 5;
  std::size_t i = at + 1;
  if (scan.text.substr(scan.tokens[at].end, 2) == ": " && i < scan.tokens.size() && scan.tokens[i].upper_first &&
      (ListsOf(scan.tokens[i]) & kTown) != 0 && EndsPhrase(scan, scan.tokens[i].end)) {
    if (!Overlaps(finds, scan.tokens[i].begin, scan.tokens[i].end)) Put(scan, i, i, place_, kSaid, finds);
    return;  // "Nacida: Sigüenza, 21 de julio"
  }
  while (i + 1 < scan.tokens.size() && i < at + kTokensMax && scan.IsBetween(i - 1, ' ') &&
         (scan.tokens[i].hash == kY || (LeadsOf(scan.tokens[i]) & kFrom) != 0))
    ++i;
  if (i + 1 >= scan.tokens.size() || !kOf.contains(scan.tokens[i].hash) || !scan.IsBetween(i - 1, ' ')) return;
  std::size_t first = i + 1;
  while (first + 1 < scan.tokens.size() && !scan.tokens[first].upper_first &&
         (kArticles.contains(scan.tokens[first].hash) || scan.tokens[first].hash == kDe))
    ++first;
  if (!scan.IsBetween(first - 1, ' ') || !scan.tokens[first].upper_first || !scan.tokens[first].word()) return;
  const Token& token = scan.tokens[first];
  if ((LeadsOf(token) & (kHouse | kShortHouse | kOfStreet)) != 0 || wards_.contains(token.hash) ||
      kPlaceless.contains(token.hash) || token.size() < 3)
    return;
  const std::uint16_t lists = ListsOf(token);
  const bool listed = (lists & (kTown | kPartOfPlace | kCountry)) != 0;
  static const WordSet kResidents({"residente", "residentes"});  // "residente de Medicina Interna"
  const bool doctor = kResidents.contains(scan.tokens[at].hash) && scan.tokens[at + 1].hash == kDe;
  if (!token.has_lower || doctor || (!listed && (lists & kGivenName) != 0)) return;
  const std::size_t end = NameEnd(scan, first, std::min(scan.tokens.size(), first + 5));
  const std::string_view behind = scan.text.substr(scan.tokens[end - 1].end, 3);
  const bool street = behind.starts_with(", ") && behind.size() == 3 && IsAsciiDigit(behind[2]);
  if (street || (end < scan.tokens.size() && scan.tokens[end].digits > 0 && scan.IsBetween(end - 1, ' '))) return;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.end <= token.begin || find.begin >= scan.tokens[end - 1].end) continue;
    const Entity entity = find.detector->entity;
    if (entity == Entity::kOrganization || entity == Entity::kAddress || entity == Entity::kDate) return;
    if (entity == Entity::kLocation && find.begin == token.begin) return;
  }
  Put(scan, first, end - 1, place_, kSaid, finds);
}

// "Mujer de 81a", "Padre presente.", "Varón. Niega alergias": capitals that only begin a sentence, beside people.
void SpanishRules::FindBeginOfSentence(const Scan& scan, std::size_t at, std::uint32_t leads,
                                       std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  const DetectorFile* file = (leads & kSex) != 0 ? gender_ : family_;
  if (file == nullptr || !token.upper_first || Overlaps(finds, token.begin, token.end)) return;
  static const WordSet kOtherThings({"prima", "primo"});  // "Prima domiciliada"
  if (!BeginsPhrase(scan, at) || kOtherThings.contains(token.hash)) return;
  const bool ends = EndsPhrase(scan, token.end) || scan.text.substr(token.end).starts_with(": ");
  const bool small = at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ') && !scan.tokens[at + 1].has_upper;
  if (!ends && !small) return;
  finds.push_back({.begin = token.begin, .end = token.end, .detector = file, .score = kSaid, .needs_people = true});
}

// "mujer de 81a", "(90a)", "YESENIA M.  F  33A", "mujer de 47, procedente", "de 12 y 8 años", "Biel Ribas, 5 días".
void SpanishRules::FindAgeCutShort(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (age_ == nullptr || token.digits == 0 || token.digits > 3 || at == 0 || scan.text[token.begin] == '0') return;
  const std::string_view word = scan.Of(token), before = scan.Between(at - 1);
  const auto report = [&](std::uint32_t end, double score) {
    if (!Overlaps(finds, token.begin, end)) finds.push_back({token.begin, end, age_, score});
  };
  const bool unit_apart = token.all_digits() && token.size() == 2 && at + 1 < scan.tokens.size() &&
                          scan.IsBetween(at, ' ') && scan.tokens[at + 1].size() == 1 &&
                          IsOneOf(scan.text[scan.tokens[at + 1].begin], "aA");
  if (unit_apart && (before == ", " || before == ": ") && EndsPhrase(scan, scan.tokens[at + 1].end))
    return report(scan.tokens[at + 1].end, kSaid);  // "FARIAS, 77 A, EXP."
  const bool glued = token.size() == token.digits + 1u && IsOneOf(word.back(), "aA") && token.digits == 2;
  if (glued) {
    const bool led = scan.tokens[at - 1].hash == kDe || before.ends_with('(') || before == ", " || before == ": " ||
                     before == "  " || before.ends_with("  ") || before.ends_with("| ");
    if (led && EndsPhrase(scan, token.end)) report(token.end, kSaid);
    return;
  }
  if (!token.all_digits() || token.size() > 2 || scan.tokens[at].line_before) return;
  const auto is_somebody = [&](std::size_t i) {
    return std::ranges::any_of(finds, [&](const Find& find) {
      return find.detector != nullptr && find.end == scan.tokens[i].end &&
             (find.detector->entity == Entity::kPerson || find.detector->entity == Entity::kGender ||
              find.detector->entity == Entity::kFamily);
    });
  };
  static const WordSet kUnits({"dias", "meses", "semanas", "anos"});
  if (before == ", " && is_somebody(at - 1) && at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ') &&
      kUnits.contains(scan.tokens[at + 1].hash) && EndsPhrase(scan, scan.tokens[at + 1].end))
    return report(scan.tokens[at + 1].end, kSaid);
  if (at < 2 || scan.tokens[at - 1].hash != kDe || before != " ") return;
  const bool with_unit = at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ') &&
                         kUnits.contains(scan.tokens[at + 1].hash) && scan.IsBetween(at - 2, ' ');
  constexpr std::uint32_t kWeeks = WordHash("semanas");  // "Varón de 35 semanas de gestación"
  if (with_unit && scan.tokens[at + 1].hash != kWeeks && is_somebody(at - 2))
    return report(scan.tokens[at + 1].end, kSaid);  // "masculino de 5 meses"
  const std::string_view lead = scan.Between(at - 2);
  const std::string_view behind = scan.text.substr(token.end, 2);
  const bool ends = behind.empty() || behind == ", " || behind == ")" || behind == ". " || behind == ".";
  if (ends && (lead == " " || lead == ", ") && is_somebody(at - 2)) return report(token.end, kSaid);
  constexpr std::uint32_t kYears = WordHash("anos");  // "de 12 y 8 años"
  const bool of_two = at + 3 < scan.tokens.size() && scan.IsBetween(at, ' ') && scan.tokens[at + 1].hash == kY &&
                      scan.tokens[at + 2].all_digits() && scan.tokens[at + 3].hash == kYears;
  const bool reported = of_two && std::ranges::any_of(finds, [&](const Find& find) {
                          return find.detector == age_ && find.begin == scan.tokens[at + 2].begin;
                        });
  if (reported) report(token.end, kSaid);
}

// "| 83 años | V |", "V, 34 años", "H de 56 años", "YESENIA M.  F  33A": a letter beside an age.
void SpanishRules::FindSexLetter(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (gender_ == nullptr || !IsOneOf(scan.text[token.begin], "VHMF") || Overlaps(finds, token.begin, token.end)) return;
  const auto is_age = [&](std::size_t i) {
    return i < scan.tokens.size() && scan.tokens[i].digits > 0 && scan.tokens[i].digits <= 3;
  };
  const auto is_cell = [](std::string_view between) {
    return between == " | " || between == "  " || between == "\t" || between == " / " || between == "; ";
  };
  const std::string_view before = at > 0 ? scan.Between(at - 1) : "\n";
  const std::string_view behind = at + 1 < scan.tokens.size() ? scan.Between(at) : "\n";
  static const WordSet kUnits({"anos", "a"});
  const bool cell_before = is_cell(before) || before.find('\n') != before.npos,
             cell_behind = is_cell(behind) || behind.find('\n') != behind.npos;
  const bool age_before =
      at > 0 && (is_age(at - 1) || (at > 1 && kUnits.contains(scan.tokens[at - 1].hash) && is_age(at - 2)));
  bool told = cell_before && cell_behind && (age_before || is_age(at + 1));
  const std::size_t years = at + 1 < scan.tokens.size() && scan.tokens[at + 1].hash == kDe ? at + 2 : at + 1;
  const bool of_years = is_age(years) && years + 1 < scan.tokens.size() &&
                        kUnits.contains(scan.tokens[years + 1].hash) &&
                        (scan.tokens[years + 1].size() > 1 || EndsPhrase(scan, scan.tokens[years + 1].end));
  told = told || (BeginsPhrase(scan, at) && of_years && (behind == ", " || behind == " "));
  if (told) finds.push_back({token.begin, token.end, gender_, kSaid});
}

// "antiguo tornero", "ex-marinero", "trabajó de minero", "trabaja de temporera".
void SpanishRules::FindFormerTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWorks({"trabajo", "trabaja", "trabajaba", "trabajado"});
  std::size_t job = at + 1;
  if (job >= scan.tokens.size()) return;
  if (kWorks.contains(scan.tokens[at].hash)) {
    if (job + 1 >= scan.tokens.size() || scan.tokens[job].hash != kDe || !scan.IsBetween(at, ' ')) return;
    ++job;
  }
  const std::string_view before = scan.Between(job - 1);
  if ((before != " " && before != "-") || scan.tokens[job].has_upper) return;
  if (!jobs_->IsJob(scan.tokens[job].hash) || jobs_->detector() == nullptr) return;
  if (Overlaps(finds, scan.tokens[job].begin, scan.tokens[job].end)) return;
  const std::size_t end = jobs_->BehindOfWhat(scan, job + 1);
  finds.push_back({scan.tokens[job].begin, scan.tokens[end - 1].end, jobs_->detector(), kSaid});
}

// "Ganadero" alone on its line.
void SpanishRules::FindTradeOfLine(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  const bool alone = at + 1 == scan.tokens.size() || scan.tokens[at + 1].line_before;
  const std::string_view behind = scan.text.substr(token.end, 1);
  if (!alone || (!behind.empty() && behind != "\n" && behind != ".") || !jobs_->IsJob(token.hash)) return;
  if (jobs_->detector() == nullptr || Overlaps(finds, token.begin, token.end)) return;
  finds.push_back(
      {.begin = token.begin, .end = token.end, .detector = jobs_->detector(), .score = kSaid, .needs_people = true});
}

// "unión libre", "unión de hecho": how two live together.
void SpanishRules::FindUnion(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kFree = WordHash("libre"), kFact = WordHash("hecho");
  if (marital_ == nullptr || at + 1 >= scan.tokens.size() || !scan.IsBetween(at, ' ')) return;
  std::size_t last = at + 1;
  if (scan.tokens[last].hash == kDe && last + 1 < scan.tokens.size() && scan.tokens[last + 1].hash == kFact)
    ++last;
  else if (scan.tokens[last].hash != kFree)
    return;
  if (Overlaps(finds, scan.tokens[at].begin, scan.tokens[last].end)) return;
  finds.push_back({.begin = scan.tokens[at].begin,
                   .end = scan.tokens[last].end,
                   .detector = marital_,
                   .score = kSaid,
                   .needs_people = true});
}

// "Revisión: 23-VIII", "el 9-VIII": a day and its month in Roman numerals; "desde 2018": a year beside somebody.
void SpanishRules::FindDay(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kSince({"desde", "hasta", "en", "ano", "anos"}), kBefore({"el", "del", "al", "dia"});
  const Token& token = scan.tokens[at];
  if (date_ == nullptr || at == 0 || !token.all_digits()) return;
  const std::string_view before = scan.Between(at - 1);
  if (token.size() == 4 && IsOneOf(scan.text[token.begin], "12") && before == " " &&
      kSince.contains(scan.tokens[at - 1].hash) && EndsPhrase(scan, token.end)) {
    if (!Overlaps(finds, token.begin, token.end))
      finds.push_back(
          {.begin = token.begin, .end = token.end, .detector = date_, .score = kSaid, .needs_people = true});
    return;
  }
  if (IsMonthAndYear(scan, at) && !Overlaps(finds, token.begin, scan.tokens[at + 1].end)) {
    finds.push_back({.begin = token.begin,
                     .end = scan.tokens[at + 1].end,
                     .detector = date_,
                     .score = kSaid,
                     .needs_people = true});
    return;
  }
  if (token.size() > 2 || at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '-')) return;
  const Token& month = scan.tokens[at + 1];
  const std::string_view roman = scan.Of(month);
  const bool led = before == ": " || (before == " " && kBefore.contains(scan.tokens[at - 1].hash));
  if (!led || month.size() > 4 || !std::ranges::all_of(roman, [](char c) { return IsOneOf(c, "IVX"); })) return;
  if (EndsPhrase(scan, month.end) && !Overlaps(finds, token.begin, month.end))
    finds.push_back({token.begin, month.end, date_, kSaid});
}

// "treinta y uno de junio de dos mil veintidós": a date in words, as notaries and courts write it.
void SpanishRules::FindSpelledDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOf({"de", "del"});
  static const WordSet kYears({"dos",    "mil",    "novecientos", "noventa", "ochenta",  "setenta",  "sesenta",
                               "y",      "uno",    "tres",        "cuatro",  "cinco",    "seis",     "siete",
                               "ocho",   "nueve",  "diez",        "once",    "doce",     "trece",    "catorce",
                               "quince", "veinte", "veintiuno",   "treinta", "cuarenta", "cincuenta"});
  constexpr std::uint32_t kMil = WordHash("mil"), kThirty = WordHash("treinta"), kOne = WordHash("uno");
  const auto is = [&](std::size_t i, std::uint32_t word) {
    return i < scan.tokens.size() && scan.IsBetween(i - 1, ' ') && scan.tokens[i].hash == word;
  };
  std::size_t i = at + 1;
  if (scan.tokens[at].hash == kThirty && is(i, kY) && is(i + 1, kOne)) i += 2;
  if (date_ == nullptr || !is(i, kDe) || i + 1 >= scan.tokens.size() || MonthOf(scan.tokens[i + 1]) == 0) return;
  std::size_t last = i + 1;
  bool thousand = false;
  if (last + 2 < scan.tokens.size() && kOf.contains(scan.tokens[last + 1].hash)) {
    std::size_t end = last + 2;
    const auto in_year = [&](std::size_t k) {
      return k < scan.tokens.size() && scan.IsBetween(k - 1, ' ') &&
             (kYears.contains(scan.tokens[k].hash) || (LeadsOf(scan.tokens[k]) & kDayWord) != 0);
    };
    for (; in_year(end); ++end) thousand = thousand || scan.tokens[end].hash == kMil;
    if (thousand) last = end - 1;
  }
  static const WordSet kBefore({"el", "al", "del", "dia"});  // "calle Dos de Mayo"
  if (!thousand && (at == 0 || scan.tokens[at].upper_first || !kBefore.contains(scan.tokens[at - 1].hash))) return;
  const std::uint32_t begin = scan.tokens[at].begin, behind = scan.tokens[last].end;
  for (Find& find : finds) {
    if (find.detector == date_ && find.begin < behind && find.end > begin) find.detector = nullptr;
  }
  finds.push_back({begin, behind, date_, kSaid});
}

// "los días 12, 13 y 14 de diciembre", "del 3 al 9 de agosto": the days before one that says the month are one with it.
void SpanishRules::JoinDays(const Scan& scan, std::vector<Find>& finds) const {
  static const WordSet kTo({"al", "y", "a"});
  const auto is_day = [&](std::size_t i) { return scan.tokens[i].all_digits() && scan.tokens[i].size() <= 2; };
  for (std::size_t i = 0; i < finds.size(); ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kDate) continue;
    const std::size_t last = scan.TokenAt(finds[i].begin);
    if (last < 2 || last + 1 >= scan.tokens.size() || !is_day(last) || scan.tokens[last + 1].hash != kDe) continue;
    if (!scan.IsBetween(last - 1, ' ') || !scan.IsBetween(last - 2, ' ') || !kTo.contains(scan.tokens[last - 1].hash))
      continue;
    if (!is_day(last - 2)) continue;
    std::size_t first = last - 2;
    while (first > 0 && scan.Between(first - 1) == ", " && is_day(first - 1)) --first;
    const std::uint32_t begin = scan.tokens[first].begin;
    for (Find& find : finds) {
      if (find.begin >= begin && find.end <= scan.tokens[last - 1].begin) find.detector = nullptr;
    }
    finds[i].begin = begin;
  }
}

// "***4410**": an identity number as Spanish authorities publish it, four of its digits.
void SpanishRules::FindMaskedNumber(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (national_ == nullptr || !token.all_digits() || token.size() != 4 || token.begin < 3) return;
  if (scan.text.substr(token.begin - 3, 3) != "***" || !scan.text.substr(token.end).starts_with("**")) return;
  std::erase_if(finds, [&](const Find& find) { return find.begin < token.end && find.end > token.begin; });
  finds.push_back({token.begin - 3, token.end + 2, national_, kSaid});
}

// "Residencia El Robledal, Cebreros.", "CEIP Virgen de las Viñas, Tomelloso", "Centro de Salud Monte Hacho (Ceuta)":
// the town behind an institution.
void SpanishRules::FindTownBehind(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::uint16_t kOthers = kCalendarWord | kLabelWord | kGivenName;
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kOrganization) continue;
    const std::size_t first = scan.TokenAt(finds[i].end);
    if (first == 0 || first >= scan.tokens.size() || !scan.tokens[first].upper_first) continue;
    const std::string_view between = scan.text.substr(finds[i].end, scan.tokens[first].begin - finds[i].end);
    if (between != ", " && between != " (") continue;
    const std::size_t end = NameEnd(scan, first, std::min(scan.tokens.size(), first + 4));
    const Token& token = scan.tokens[first];
    const std::uint32_t behind = scan.tokens[end - 1].end;
    const bool closed = between == " (" ? scan.text.substr(behind).starts_with(')') : EndsPhrase(scan, behind);
    const bool town = (ListsOf(token) & (kTown | kPartOfPlace | kCountry)) != 0;
    if (!closed || !token.has_lower || LeadsOf(token) != 0 || wards_.contains(token.hash)) continue;
    if (jobs_->IsJob(token.hash) || (!town && (ListsOf(token) & kOthers) != 0)) continue;
    if (!town && between == " (") continue;
    if (Overlaps(finds, token.begin, behind)) continue;
    finds.push_back({token.begin, behind, place_, kSaid});
  }
}

// "Polígono Torrehierro, parcela 44", "Camí de la Mar, 41": a kind of street, what it is called and a number.
void SpanishRules::FindAddress(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"parcela", "bloque", "nave", "numero", "n", "n?", "km", "lote", "manzana", "num"});
  constexpr std::size_t kNameMax = 7, kPartsMax = 8;
  constexpr std::uint32_t kHouseDigits = 4;
  constexpr std::uint32_t kS = WordHash("s"), kN = WordHash("n");
  if (!scan.tokens[at].upper_first || at + 2 >= scan.tokens.size()) return;
  const std::string_view between = scan.Between(at);
  if (between != " " && between != ". ") return;
  std::size_t end = NameEnd(scan, at + 1, std::min(scan.tokens.size(), at + 1 + kNameMax));
  const bool visual = scan.tokens[at].size() == 2 && scan.tokens[at + 1].size() == 2;  // "AV OD 0,3"
  if (end == at + 1 || visual) return;
  const auto is_part = [&](std::size_t i) {
    const Token& token = scan.tokens[i];
    const bool number = token.digits > 0 && token.size() <= kHouseDigits + 2u && token.digits <= kHouseDigits;
    return number || flats_.contains(token.hash) || kBefore.contains(token.hash) || token.hash == kS ||
           (token.size() == 1 && token.has_upper) || scan.Of(token) == "\u00BA";
  };
  bool numbered = false;
  const std::size_t named = end;
  for (std::size_t i = end; i < scan.tokens.size() && i < named + kPartsMax && !scan.tokens[i].line_before; ++i) {
    if (scan.Between(i - 1).find_first_not_of(" ,.-/") != std::string_view::npos || scan.Between(i - 1) == ". ") break;
    if (!is_part(i)) break;
    const bool none = scan.tokens[i].hash == kN && scan.tokens[i - 1].hash == kS;  // "s/n"
    numbered = numbered || scan.tokens[i].digits > 0 || none;
    if (numbered) end = i + 1;
  }
  if (!numbered) return;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.end <= scan.tokens[at].begin || find.begin >= scan.tokens[end - 1].end)
      continue;
    if (find.detector->entity == Entity::kAddress) return;
  }
  Put(scan, at, end - 1, street_, kSaid, finds);
}

// "de Estella a Pamplona": two towns, whoever is called like the first.
void SpanishRules::FindJourney(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kTo = WordHash("a");
  if (at < 2 || at + 1 >= scan.tokens.size() || scan.tokens[at].hash != kTo || scan.tokens[at].has_upper) return;
  if (scan.tokens[at - 2].hash != kDe) return;
  for (std::size_t i = at - 2; i <= at; ++i) {
    if (!scan.IsBetween(i, ' ')) return;
  }
  for (const std::size_t town : {at - 1, at + 1}) {
    if (!scan.tokens[town].upper_first || !scan.tokens[town].has_lower) return;
  }
  if ((ListsOf(scan.tokens[at + 1]) & kTown) == 0) return;
  for (const std::size_t town : {at - 1, at + 1}) {
    const bool known = std::ranges::any_of(finds, [&](const Find& find) {
      return find.detector != nullptr && find.detector->entity == Entity::kLocation &&
             find.begin == scan.tokens[town].begin;
    });
    if (!known) Put(scan, town, town, place_, kSaid, finds);
  }
}

// "hijo de Pascual y Benita": people, whatever towns are called so.
void SpanishRules::FindParents(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 2 >= scan.tokens.size() || scan.tokens[at + 1].hash != kDe || !scan.IsBetween(at, ' ')) return;
  std::size_t name = at + 2;
  for (std::size_t count = 0; count < 2; ++count) {
    const Token& token = scan.tokens[name];
    const bool of_two = name + 2 < scan.tokens.size() && scan.tokens[name + 1].hash == kY;
    static const WordSet kChildren({"hijo", "hija"});
    const bool child = kChildren.contains(scan.tokens[at].hash) && (of_two || count > 0);
    if (!token.upper_first || !token.has_lower || (!IsGiven(token) && !child)) return;
    const std::size_t end = NameEnd(scan, name, std::min(scan.tokens.size(), name + 4));
    const std::uint32_t behind = scan.tokens[end - 1].end;
    bool person = false;
    for (Find& find : finds) {
      if (find.detector == nullptr || find.begin >= behind || find.end <= token.begin) continue;
      person = person || find.detector == person_;
      if (find.detector->entity == Entity::kLocation) find.detector = nullptr;
    }
    if (!person) Put(scan, name, end - 1, person_, kSaid, finds);
    if (end + 1 >= scan.tokens.size() || scan.tokens[end].hash != kY || !scan.IsBetween(end, ' ')) return;
    name = end + 1;
  }
}

// "la prima Loli te recoge", "mi hermana Toñi": a given name behind a relative.
void SpanishRules::FindNamedRelative(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 1 >= scan.tokens.size() || scan.tokens[at].has_upper || !scan.IsBetween(at, ' ')) return;
  const Token& name = scan.tokens[at + 1];
  if (!name.upper_first || !name.has_lower || !IsGiven(name)) return;
  const bool known = std::ranges::any_of(finds, [&](const Find& find) {
    return find.detector != nullptr && find.begin < name.end && find.end > name.begin &&
           find.detector->entity != Entity::kLocation;
  });
  if (known) return;
  const std::size_t end = NameEnd(scan, at + 1, std::min(scan.tokens.size(), at + 5));
  Put(scan, at + 1, end - 1, person_, kSaid, finds);
}

}  // namespace privity::detect
