// Where finds in Spanish texts begin and end, and which of them are nobody's.
#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"
#include "detect/internal/spanish_rules.h"

namespace privity::detect {
namespace {

struct Tokens {
  std::size_t first = 0, end = 0;
};

Tokens TokensOf(const Scan& scan, const Find& find) {
  return {scan.TokenAt(find.begin), scan.TokenAt(find.end)};
}

bool IsShouted(const Token& token) {
  return token.word() && token.upper_first && !token.has_lower && token.size() > 1;
}

// "III", "IV", "IIb"
bool IsGrade(std::string_view word) {
  if (!word.empty() && IsOneOf(word.back(), "abc")) word.remove_suffix(1);
  return !word.empty() && std::ranges::all_of(word, [](char c) { return IsOneOf(c, "IVX"); });
}

bool IsName(const Find& find) {
  const Entity entity = find.detector->entity;
  return entity == Entity::kPerson || entity == Entity::kLocation || entity == Entity::kOrganization;
}

bool IsNamed(const Find& find) {
  return IsName(find) || find.detector->entity == Entity::kAddress;
}

}  // namespace

// "TOMAS Apellidos", "Rúa da Pena, 5 - 3.º B Localidad Cangas": no name goes on over the head of a field.
void SpanishRules::CutAtHeads(const Scan& scan, bool colons, std::vector<Find>& finds) const {
  for (Find& find : finds) {
    if (!IsNamed(find)) continue;
    Tokens tokens = TokensOf(scan, find);
    if (tokens.first < tokens.end && tokens.first + 1 < tokens.end && IsHeadOfField(scan, tokens.first, colons) &&
        find.detector->entity != Entity::kOrganization && (LeadsOf(scan.tokens[tokens.first]) & kHouse) == 0 && !colons)
      find.begin = scan.tokens[++tokens.first].begin;  // "Provincia Pontevedra"
    for (std::size_t i = tokens.first + 1; i < tokens.end; ++i) {
      if (!IsHeadOfField(scan, i, colons) || (LeadsOf(scan.tokens[i]) & (kHouse | kOfStreet)) != 0) continue;
      find.end = scan.tokens[i - 1].end;
      break;
    }
  }
}

// "Dª Leire Otxoa", "Wilmer Quiñones Mosquera, C", "Quiteria Blázquez Enbrel 50 mg", "D. ANDRES LOPERA CANO CON DNI".
void SpanishRules::MendPerson(const Scan& scan, Find& find) const {
  static const WordSet kTitles(
      {"d?", "?", "dna", "dona", "d", "na", "no", "dr", "dra", "sr", "sra", "lic", "ing", "saludos"});
  static const WordSet kEnds(
      {"con", "dni", "nif", "nie", "de", "del", "y", "en", "que", "edad", "por", "a", "tel", "al"});
  constexpr std::size_t kWordsMax = 5;
  Tokens tokens = TokensOf(scan, find);
  if (tokens.first >= tokens.end) return;
  static const WordSet kArticles({"el", "la"});
  const bool article = kArticles.contains(scan.tokens[tokens.first].hash) && tokens.first + 1 < tokens.end &&
                       IsGiven(scan.tokens[tokens.first + 1]);  // "El Juanjo"
  if (article) find.begin = scan.tokens[++tokens.first].begin;
  while (tokens.first + 1 < tokens.end && kTitles.contains(scan.tokens[tokens.first].hash))
    find.begin = scan.tokens[++tokens.first].begin;
  const Token& last = scan.tokens[tokens.end - 1];
  if (tokens.end > tokens.first + 1) {
    const std::string_view before = scan.Between(tokens.end - 2);
    const bool letter = last.size() == 1 && before == ", " && scan.text.substr(last.end).starts_with('.') &&
                        IsAsciiUpper(scan.text[std::min<std::size_t>(last.end + 1, scan.text.size() - 1)]);
    const bool dose = eponyms_.contains(last.hash) && tokens.end < scan.tokens.size() &&
                      scan.tokens[tokens.end].digits > 0 && scan.IsBetween(tokens.end - 1, ' ');
    if (letter || dose) find.end = scan.tokens[--tokens.end - 1].end;
  }
  if (!IsShouted(scan.tokens[tokens.first]) || find.end != scan.tokens[tokens.end - 1].end) return;
  while (tokens.end < scan.tokens.size() && tokens.end - tokens.first < kWordsMax) {
    const Token& next = scan.tokens[tokens.end];
    const auto is_surname = [&](const Token& token) { return (ListsOf(token) & kSurname) != 0; };
    const bool closes = tokens.end + 1 == scan.tokens.size() || !scan.IsBetween(tokens.end, ' ') ||
                        kEnds.contains(scan.tokens[tokens.end + 1].hash) || is_surname(scan.tokens[tokens.end + 1]);
    const bool surname = is_surname(next) || (closes && (ListsOf(next) & (kCommonWord | kEveryday)) == 0);
    if (!scan.IsBetween(tokens.end - 1, ' ') || !IsShouted(next) || next.size() < 3 || kEnds.contains(next.hash) ||
        !surname || (LeadsOf(next) & ~(kFormerly | kDayWord)) != 0 || wards_.contains(next.hash))
      break;
    find.end = next.end;
    ++tokens.end;
  }
}

// "ABELLAN ROCAMORA, FRANCISCO JOSE", "Quispe Mamani, Rufina.": surnames where a field begins, given names where it
// ends.
void SpanishRules::JoinSurnamesFirst(const Scan& scan, std::vector<Find>& finds) const {
  for (Find& surnames : finds) {
    if (surnames.detector != person_ || person_ == nullptr) continue;
    const Tokens tokens = TokensOf(scan, surnames);
    if (tokens.first >= tokens.end || tokens.end >= scan.tokens.size()) continue;
    const Token& first = scan.tokens[tokens.first];
    const std::string_view before = tokens.first > 0 ? scan.Between(tokens.first - 1) : "\n";
    const bool begins = before.find('\n') != before.npos || before.ends_with(". ") || before.ends_with(": ") ||
                        before == ":" || before == "; " || before.ends_with("  ");
    const Token& given = scan.tokens[tokens.end];
    if (!begins || scan.text.substr(surnames.end, given.begin - surnames.end) != ", " || !IsGiven(given)) continue;
    if (IsGiven(first) && (ListsOf(first) & kSurname) == 0) continue;
    for (Find& name : finds) {
      if (name.detector != person_ || name.begin != given.begin) continue;
      const std::string_view behind = scan.text.substr(name.end, 1);
      if (!behind.empty() && !IsOneOf(behind[0], ".\n;|") && scan.text.substr(name.end, 2) != "  ") continue;
      surnames.end = name.end;
      name.detector = nullptr;
    }
  }
}

// "Venancio Ortúzar Palma": a given name and two words more are somebody's, whatever towns are called so.
void SpanishRules::MendPlace(const Scan& scan, Find& find) const {
  const Tokens tokens = TokensOf(scan, find);
  if (person_ == nullptr || tokens.end < tokens.first + 2 || tokens.end > scan.tokens.size()) return;
  const std::uint16_t last = ListsOf(scan.tokens[tokens.end - 1]);
  const bool of_three = tokens.end > tokens.first + 2 && (last & kSurname) != 0;
  const bool town = (ListsOf(scan.tokens[tokens.first]) & (kPartOfPlace | kTown)) != 0;
  if (!IsGiven(scan.tokens[tokens.first]) || (town && !of_three)) return;
  for (std::size_t i = tokens.first; i < tokens.end; ++i) {
    if (LeadsOf(scan.tokens[i]) != 0 || !scan.tokens[i].upper_first) return;
  }
  if ((last & kSurname) != 0 || tokens.end > tokens.first + 2) find.detector = person_;
}

// "Resolución de la Consejería de Sanidad", "Traslado al Hospital Clínico", "Rector del Colegio San Ignacio": what is
// said of an institution before its first word.
void SpanishRules::MendOrganization(const Scan& scan, Find& find) const {
  static const WordSet kOf({"la", "el", "del", "al", "los", "las", "de"});
  const Tokens tokens = TokensOf(scan, find);
  if (tokens.first >= tokens.end || (LeadsOf(scan.tokens[tokens.first]) & (kHouse | kShortHouse)) != 0) return;
  for (std::size_t i = tokens.first + 2; i < tokens.end; ++i) {
    if ((LeadsOf(scan.tokens[i]) & kHouse) == 0 || !scan.tokens[i].upper_first) continue;
    if (!kOf.contains(scan.tokens[i - 1].hash) || HouseEnd(scan, i) == i) continue;
    find.begin = scan.tokens[i].begin;
    return;
  }
}

// "Ctra. Orihuela-Almoradí, km 4,3", "C/ La Rúa 17", "Avda. Príncipe Juan Carlos 44": an address begins with its kind.
void SpanishRules::MendAddress(const Scan& scan, Find& find) const {
  constexpr std::uint32_t kC = WordHash("c"), kShortBytes = 4;  // "Ctra.", "Avda."
  static const WordSet kArticles({"la", "el", "los", "las", "de", "del"});
  const std::size_t first = scan.TokenAt(find.begin);
  std::size_t at = first;
  while (at > 0 && first - at < 2 && kArticles.contains(scan.tokens[at - 1].hash) && scan.IsBetween(at - 1, ' ')) --at;
  if (at == 0 || scan.tokens[at].line_before) return;
  const std::string_view before = scan.Between(at - 1);
  const bool street = (LeadsOf(scan.tokens[at - 1]) & kOfStreet) != 0 && scan.tokens[at - 1].upper_first &&
                      (before == " " || (before == ". " && scan.tokens[at - 1].size() <= kShortBytes));
  const bool calle = scan.tokens[at - 1].hash == kC && (before == "/" || before == "/ ");
  if (street || calle) find.begin = scan.tokens[at - 1].begin;
}

// "piso 3 \"B\"", "dpto. 6": the flat behind the number of a house.
void SpanishRules::MendEndOfAddress(const Scan& scan, Find& find) const {
  constexpr std::size_t kPartsMax = 4;
  constexpr std::uint32_t kFlatBytes = 3;
  for (std::size_t part = 0; part < kPartsMax; ++part) {
    const std::size_t next = scan.TokenAt(find.end);
    if (next == 0 || next >= scan.tokens.size()) return;
    const Token &last = scan.tokens[next - 1], &token = scan.tokens[next];
    const std::string_view between = scan.text.substr(find.end, token.begin - find.end);
    const bool quoted = between == " \"" && scan.text.substr(token.end).starts_with('"') && token.size() <= kFlatBytes;
    const bool of_flat = flats_.contains(last.hash) && (between == ". " || between == " ") &&
                         token.size() <= kFlatBytes && (token.digits > 0 || token.size() == 1);
    const bool flat = between == ", " && flats_.contains(token.hash) && next + 1 < scan.tokens.size() &&
                      scan.tokens[next + 1].size() <= kFlatBytes && scan.tokens[next + 1].digits > 0 &&
                      (scan.IsBetween(next, ' ') || scan.Between(next) == ". ");
    if (!quoted && !of_flat && !flat) return;
    find.end = quoted ? token.end + 1 : flat ? scan.tokens[next + 1].end : token.end;
  }
}

// "Las hermanas Piedad": the relatives, and whoever is called so.
void SpanishRules::PartRelatives(const Scan& scan, std::vector<Find>& finds) const {
  static const WordSet kArticles({"el", "la", "los", "las", "mi", "su"});
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector == nullptr || (finds[i].detector != person_ && finds[i].detector != place_)) continue;
    const Tokens tokens = TokensOf(scan, finds[i]);
    if (tokens.end < tokens.first + 3 || !kArticles.contains(scan.tokens[tokens.first].hash)) continue;
    const Token& relative = scan.tokens[tokens.first + 1];
    if ((LeadsOf(relative) & kRelative) == 0 || relative.has_upper || family_ == nullptr || person_ == nullptr)
      continue;
    finds[i].detector = person_;
    finds[i].begin = scan.tokens[tokens.first + 2].begin;
    finds.push_back({relative.begin, relative.end, family_, finds[i].score});
  }
}

// "su mujer", "mi chico": a relative.
void SpanishRules::MendSex(const Scan& scan, Find& find) const {
  static const WordSet kWhose({"su", "mi", "tu"}), kSpouses({"mujer", "chico", "chica"});
  const std::size_t at = scan.TokenAt(find.begin);
  if (at == 0 || family_ == nullptr || !scan.IsBetween(at - 1, ' ')) return;
  if (kWhose.contains(scan.tokens[at - 1].hash) && kSpouses.contains(scan.tokens[at].hash)) find.detector = family_;
}

// "Serrano 1140, Puerto Montt": the town behind the number is named for itself.
void SpanishRules::PartAddresses(const Scan& scan, std::vector<Find>& finds) const {
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kAddress) continue;
    const Tokens tokens = TokensOf(scan, finds[i]);
    std::size_t town = tokens.first + 1;
    for (std::size_t at = town; at < tokens.end; ++at) {
      if (scan.Between(at - 1) == ", ") town = at;
    }
    if (town >= tokens.end || scan.Between(town - 1) != ", " || NameEnd(scan, town, tokens.end) != tokens.end) continue;
    const Token& first = scan.tokens[town];
    if (scan.tokens[town - 1].digits == 0 || !first.upper_first || !first.has_lower || !first.word()) continue;
    if (flats_.contains(first.hash) || (LeadsOf(first) & kOfStreet) != 0 || first.size() < 4) continue;
    Find place = finds[i];
    place.detector = place_;
    place.begin = first.begin;
    finds[i].end = scan.tokens[town - 1].end;
    if (place_ != nullptr) finds.push_back(place);
  }
}

// "Polígono Torrehierro, parcela 44, 45600 Talavera": the code and the town behind an address.
void SpanishRules::FindCodeBehind(const Scan& scan, std::vector<Find>& finds) const {
  const auto is_free = [&](std::uint32_t begin, std::uint32_t end) {
    return std::ranges::none_of(
        finds, [&](const Find& find) { return find.detector != nullptr && find.begin < end && find.end > begin; });
  };
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kAddress) continue;
    const std::uint32_t behind = finds[i].end;
    const double score = finds[i].score;
    const std::size_t code = scan.TokenAt(behind);
    if (code + 1 >= scan.tokens.size() || !scan.tokens[code].all_digits() || scan.tokens[code].size() != 5) continue;
    const std::string_view between = scan.text.substr(behind, scan.tokens[code].begin - behind);
    if (between != ", " && between != ". " && between != " " && between != "\n") continue;
    if (!scan.IsBetween(code, ' ') || !scan.tokens[code + 1].upper_first) continue;
    const std::size_t end = NameEnd(scan, code + 1, std::min(scan.tokens.size(), code + 6));
    if (postal_code_ != nullptr && is_free(scan.tokens[code].begin, scan.tokens[code].end))
      finds.push_back({scan.tokens[code].begin, scan.tokens[code].end, postal_code_, score});
    if (place_ != nullptr && is_free(scan.tokens[code + 1].begin, scan.tokens[end - 1].end))
      finds.push_back({scan.tokens[code + 1].begin, scan.tokens[end - 1].end, place_, score});
  }
}

// "AL-2288-901-K", "17188920-P": the last letter of a number behind its hyphen.
void SpanishRules::MendNumber(const Scan& scan, Find& find) const {
  switch (find.detector->entity) {
    case Entity::kOtherId:
    case Entity::kHealthId:
    case Entity::kDrivingLicence:
    case Entity::kNationalId:
      break;
    default:
      return;
  }
  constexpr std::uint32_t kBytesMax = 3;
  const std::size_t next = scan.TokenAt(find.end);
  if (next >= scan.tokens.size() || scan.tokens[next].begin != find.end + 1 || scan.text[find.end] != '-') return;
  const Token& token = scan.tokens[next];
  if (token.size() > kBytesMax || token.has_lower || !token.ascii) return;
  const std::string_view behind = scan.text.substr(token.end, 1);
  if (behind.empty() || IsOneOf(behind[0], " ,.;)\n")) find.end = token.end;
}

// "Getafe / Madrid", "Gáldar/ Las Palmas": two places.
void SpanishRules::PartPlaces(const Scan& scan, std::vector<Find>& finds) const {
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector == nullptr || finds[i].detector->entity != Entity::kLocation) continue;
    const Tokens tokens = TokensOf(scan, finds[i]);
    for (std::size_t at = tokens.first; at + 1 < tokens.end; ++at) {
      if (scan.Between(at).find('/') == std::string_view::npos) continue;
      Find second = finds[i];
      second.begin = scan.tokens[at + 1].begin;
      finds[i].end = scan.tokens[at].end;
      finds.push_back(second);
      break;
    }
  }
}

// "Wagner IV", "Dña", "RAMc", "RODILLA IZQUIERDA. Rotura", "S. constitucional": grades, titles, short forms and
// headings.
bool SpanishRules::IsNobodysPerson(const Scan& scan, const Find& find) const {
  static const WordSet kTitles({"dna", "don", "dona", "d", "dr", "dra", "sr", "sra", "juez", "jueza", "consejera",
                                "consejero", "director", "directora", "alcalde", "alcaldesa", "ilmo", "excmo"});
  const Tokens tokens = TokensOf(scan, find);
  if (tokens.first >= tokens.end) return false;
  const Token &first = scan.tokens[tokens.first], &last = scan.tokens[tokens.end - 1];
  const bool one = tokens.end == tokens.first + 1;
  const bool given = std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(tokens.first),
                                 scan.tokens.begin() + static_cast<std::ptrdiff_t>(tokens.end),
                                 [&](const Token& token) { return IsGiven(token); });
  static const WordSet kArticles({"el", "la", "los", "las", "en", "con", "al"});
  if (!one && IsShouted(first) && kArticles.contains(first.hash)) return true;  // "EL PADRON FIGURA"
  if (!one && last.size() > 1 && IsGrade(scan.Of(last))) return true;
  static const WordSet kVerbs({"vive", "toma", "niega", "refiere", "acude", "presenta", "ingresa", "camina", "mejora"});
  if (one && (kTitles.contains(first.hash) || kVerbs.contains(first.hash))) return true;
  if (one && first.size() == 1 && find.end == first.end) return true;
  const std::string_view word = scan.Of(first);
  if (one && word.size() > 2 && IsAsciiUpper(word[0]) && IsAsciiUpper(word[1]) && IsAsciiLower(word.back()))
    return true;
  if (scan.text.substr(find.end).starts_with('-') && find.end + 1u < scan.text.size() &&
      IsAsciiLower(scan.text[find.end + 1]))
    return true;  // "Pleur-evac"
  if (given) return false;
  static const WordSet kForms({"dr", "dra", "sr", "sra", "don", "dona", "doctor", "doctora", "d", "srta"});
  const bool addressed = tokens.first > 0 && kForms.contains(scan.tokens[tokens.first - 1].hash);
  if (one && !addressed && eponyms_.contains(first.hash) && (ListsOf(first) & kSurname) == 0) return true;
  if (!one && IsShouted(first) && wards_.contains(last.hash)) return true;  // "ADENDA AL INFORME"
  if (one && tokens.end < scan.tokens.size() && scan.IsBetween(tokens.end - 1, ' ') &&
      IsGrade(scan.Of(scan.tokens[tokens.end])) && scan.tokens[tokens.end].size() > 1)
    return true;
  std::size_t surnames = 0, common = 0;
  for (std::size_t i = tokens.first; i < tokens.end; ++i) {
    surnames += (ListsOf(scan.tokens[i]) & kSurname) != 0;
    common += wards_.contains(scan.tokens[i].hash) || of_many_houses_.contains(scan.tokens[i].hash);
  }
  const bool sentence_inside =
      !one && scan.text.substr(find.begin, find.end - find.begin).find(". ") != std::string_view::npos &&
      scan.tokens[tokens.first].size() > 3 && IsShouted(first) && last.has_lower;
  return sentence_inside || (common > 0 && surnames == 0);
}

// "Ley General de Sanidad", "Plan de Calidad": what authorities issue, and no institution.
bool SpanishRules::IsLaw(const Scan& scan, const Find& find) {
  static const WordSet kLaws({"ley", "decreto", "codigo", "reglamento", "protocolo", "estatuto", "plan", "convenio",
                              "tecnico", "tecnica", "manual", "escala", "ordenanza"});
  const std::size_t first = scan.TokenAt(find.begin);
  return first < scan.tokens.size() && kLaws.contains(scan.tokens[first].hash);
}

// "T2N1M0", "Diuresis 900 cc. TA 134/70", "n.º P-20918", "Apgar 9-10-10", "ENE 2/10".
bool SpanishRules::IsNobodysNumber(const Scan& scan, const Find& find) const {
  static const WordSet kMeasures(
      {"cc", "ta", "lpm", "rpm", "ppm", "mmhg", "sato2", "spo2", "fc", "mg", "ml", "diuresis", "ufc", "ui", "mcg"});
  const Tokens tokens = TokensOf(scan, find);
  if (tokens.first >= tokens.end) return false;
  const Token& first = scan.tokens[tokens.first];
  switch (find.detector->entity) {
    case Entity::kPostalCode:
      return tokens.end == tokens.first + 1 && first.digits == 3 && first.size() == 6 && first.upper_first;
    case Entity::kAddress: {
      if (scan.text.substr(first.end).starts_with(".\u00BA ") && first.size() == 1) return true;
      bool digits = false;
      for (std::size_t i = tokens.first; i < tokens.end; ++i) {
        digits = digits || scan.tokens[i].digits > 0;
        if (kMeasures.contains(scan.tokens[i].hash)) return true;
        const bool numbered = i > tokens.first && scan.Of(scan.tokens[i]) == "n" &&
                              scan.text.substr(scan.tokens[i].end).starts_with(".\u00BA ");
        if (numbered && i + 2 < scan.tokens.size() && scan.tokens[i + 2].digits == 0) return true;
      }
      return !digits && IsShouted(first);  // "SOLICITUD DE PLAZA ESCOLAR"
    }
    case Entity::kDate: {
      static const WordSet kOfDay({"am", "pm", "h", "hs", "hrs"});  // "a las 7 am"
      if (kOfDay.contains(scan.tokens[tokens.end - 1].hash)) return true;
      constexpr std::uint32_t kApgar = WordHash("apgar");
      if (tokens.first > 0 && scan.tokens[tokens.first - 1].hash == kApgar) return true;
      return IsShouted(first) && first.size() == 3 && scan.text.substr(find.end).starts_with('/');
    }
    default:
      return false;
  }
}

// Of a text in which nothing speaks of anybody, people and towns must be in some list: "(Osler, Roth)" are not.
void SpanishRules::DropWhatNobodyIs(const Scan& scan, const Part& part, std::vector<Find>& finds) const {
  for (Find& find : finds) {
    if (find.detector == nullptr) continue;
    if (IsName(find) && BeginsSentenceOnly(scan, find)) {
      find.detector = nullptr;
      continue;
    }
    const bool nobodys = find.detector == person_         ? IsNobodysPerson(scan, find)
                         : find.detector == organization_ ? IsLaw(scan, find)
                                                          : IsNobodysNumber(scan, find);
    if (nobodys) find.detector = nullptr;
  }
  static const WordSet kSpeaks({"don",      "dona",     "dr",      "dra",     "sr",          "sra",
                                "mi",       "me",       "yo",      "hola",    "fdo",         "firmado",
                                "estimado", "estimada", "querido", "querida", "atentamente", "gracias",
                                "nombre",   "saludo",   "saludos", "doctor",  "doctora",     "senor",
                                "senora",   "atte",     "lic",     "firma",   "abrazo",      "besos"});
  static const WordSet kWhere({"en", "de", "a", "desde", "hasta", "hacia", "para"});
  const bool of_somebody =
      std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(part.first),
                  scan.tokens.begin() + static_cast<std::ptrdiff_t>(part.end),
                  [](const Token& token) { return kSpeaks.contains(token.hash); }) ||
      std::ranges::any_of(finds, [&](const Find& find) {
        if (find.detector == nullptr || find.needs_people) return false;
        if (find.detector->entity == Entity::kPerson) {
          const Tokens tokens = TokensOf(scan, find);
          return tokens.end > tokens.first + 1 && tokens.first < tokens.end && IsGiven(scan.tokens[tokens.first]);
        }
        return find.detector->entity != Entity::kLocation && find.detector->entity != Entity::kOrganization &&
               find.detector->entity != Entity::kDate && find.detector->entity != Entity::kAddress;
      });
  if (of_somebody) return;
  for (Find& find : finds) {
    if (find.detector == nullptr) continue;
    const Tokens tokens = TokensOf(scan, find);
    if (tokens.first >= tokens.end) continue;
    const Token& first = scan.tokens[tokens.first];
    bool listed = false;
    for (std::size_t i = tokens.first; i < tokens.end; ++i)
      listed =
          listed || scan.tokens[i].size() == 1 || IsGiven(scan.tokens[i]) || (ListsOf(scan.tokens[i]) & kSurname) != 0;
    const bool eponym = eponyms_.contains(first.hash);
    const bool unlisted_person = find.detector == person_ && (!listed || eponym);
    const bool led = tokens.first > 0 && kWhere.contains(scan.tokens[tokens.first - 1].hash);
    const bool unlisted_place =
        find.detector == place_ && !led && (eponym || (ListsOf(first) & (kTown | kCountry | kPartOfPlace)) == 0);
    if (unlisted_person || unlisted_place) find.detector = nullptr;
  }
}

}  // namespace privity::detect
