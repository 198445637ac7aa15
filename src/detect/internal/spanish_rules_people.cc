// People whom Spanish texts name by what they are in a case, a hospital or a family, and whom people see for their
// work.
#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/spanish_rules.h"

namespace privity::detect {
namespace {

constexpr double kOfRole = 0.75;
constexpr double kProfessionalScore = 0.6;
constexpr std::uint32_t kY = WordHash("y"), kE = WordHash("e"), kDe = WordHash("de");

bool IsAnd(const Token& token) {
  return token.hash == kY || token.hash == kE;
}

bool IsOtherName(const Find& find) {
  return find.detector != nullptr &&
         (find.detector->entity == Entity::kOrganization || find.detector->entity == Entity::kAddress);
}

}  // namespace

// "asegurado Faustino Roldán Cuenca", "conductora Irina Kovalenko": a given name and more behind what somebody is in a
// case, without a sign between.
void SpanishRules::FindPersonOfRole(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kTitles({"don", "dona", "d", "dna", "sr", "sra", "senor", "senora"});
  constexpr std::size_t kWordsMax = 6;
  std::size_t first = at + 1;
  const bool shouted = scan.tokens[at].upper_first && !scan.tokens[at].has_lower;
  while (first < scan.tokens.size() && first < at + 3 && kTitles.contains(scan.tokens[first].hash)) ++first;
  if (first + 1 >= scan.tokens.size() || scan.Between(at) != " ") return;
  const Token& given = scan.tokens[first];
  if (!given.upper_first || given.has_lower == shouted || !IsGiven(given)) return;
  std::size_t end = NameEnd(scan, first, std::min(scan.tokens.size(), first + kWordsMax));
  const auto is_name = [&](const Token& token) { return IsGiven(token) || (ListsOf(token) & kSurname) != 0; };
  while (shouted && end > first + 2 && !is_name(scan.tokens[end - 1])) --end;  // "PACIENTE ROSA GIL PRESENTA"
  if (end < first + 2) return;
  const std::uint32_t behind = scan.tokens[end - 1].end;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.end <= given.begin || find.begin >= behind) continue;
    if (IsOtherName(find) || (find.detector == person_ && find.begin <= given.begin)) return;
  }
  Put(scan, first, end - 1, person_, kOfRole, finds);
}

// "Fisioterapeuta: Laia.", "Anestesista: E. Murga": who does the work that a label names.
void SpanishRules::FindPersonOfTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& trade = scan.tokens[at];
  if (!trade.upper_first || at + 1 >= scan.tokens.size() || !jobs_->IsJob(trade.hash)) return;
  if (scan.Between(at) != ": " || !scan.tokens[at + 1].upper_first) return;
  const std::size_t end = FieldEnd(scan, at + 1, true);
  if (end > at + 2) return FindPersonOfField(scan, at + 1, end, finds);
  const Token& given = scan.tokens[at + 1];
  const bool known = std::ranges::any_of(finds, [&](const Find& find) {
    return find.detector != nullptr && find.begin <= given.begin && find.end > given.begin;
  });
  if (!known && given.has_lower && IsGiven(given)) Put(scan, at + 1, at + 1, person_, kOfRole, finds);
}

// "FERREYRA, MARÍA DE LOS ÁNGELES c/", "BADIOLA PEON, IKER ***2798**", "Zurbano Iraola, Koldo;": surnames, a comma and
// given names, in a field or a list of their own.
void SpanishRules::FindSurnamesFirst(const Scan& scan, std::size_t comma, std::vector<Find>& finds) const {
  static const WordSet kParticles({"de", "del", "la", "las", "los"});
  constexpr std::size_t kSurnamesMax = 4, kGivenMax = 6;
  const std::size_t given = comma + 1;
  if (given >= scan.tokens.size() || scan.tokens[given].line_before || !scan.tokens[given].upper_first) return;
  const bool maria = scan.text.substr(scan.tokens[given].begin).starts_with("M\u00AA");
  if (!IsGiven(scan.tokens[given]) && !maria) return;
  const auto is_part = [&](std::size_t i) {
    const Token& token = scan.tokens[i];
    return (token.upper_first && token.word() && token.size() > 1 && (LeadsOf(token) & ~kNobodys) == 0 &&
            !wards_.contains(token.hash)) ||
           kParticles.contains(token.hash);
  };
  std::size_t first = comma + 1;
  while (first > 0 && comma - first + 1 < kSurnamesMax && is_part(first - 1) &&
         (first > comma || scan.IsBetween(first - 1, ' ') || scan.IsBetween(first - 1, '-')))
    --first;
  if (first > comma || !scan.tokens[first].upper_first || (IsGiven(scan.tokens[first]) && first == comma)) return;
  const bool shouted = !scan.tokens[comma].has_lower && scan.tokens[comma].size() > 2;
  if (!shouted && (ListsOf(scan.tokens[first]) & kSurname) == 0) return;
  const std::string_view before = first == 0 ? "\n" : scan.Between(first - 1);
  const bool begins = before.find('\n') != before.npos || before.ends_with(": ") || before.ends_with(". ") ||
                      before.ends_with("; ") || before.ends_with('"') || before.ends_with("  ") ||
                      before.ends_with("/ ") || before.ends_with(":");
  if (!begins) return;
  std::size_t end = given + 1;
  while (end < scan.tokens.size() && end < given + kGivenMax && !scan.tokens[end].line_before && is_part(end) &&
         scan.tokens[end].has_lower != shouted && (scan.IsBetween(end - 1, ' ') || (maria && end == given + 1)))
    ++end;
  while (end > given + 1 && kParticles.contains(scan.tokens[end - 1].hash)) --end;
  const std::string_view behind = scan.text.substr(scan.tokens[end - 1].end, 4);
  const bool closed = behind.empty() || IsOneOf(behind[0], ".;|\n\")") || behind.starts_with("  ") ||
                      behind.starts_with(" c/") || behind.starts_with(" s/") || behind.starts_with(" **") ||
                      behind.starts_with(" (") || behind.starts_with(" RUN") || behind.starts_with(" DNI") ||
                      (shouted && behind.starts_with(','));
  if (!closed) return;
  const std::uint32_t begin = scan.tokens[first].begin;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.end <= begin || find.begin >= scan.tokens[end - 1].end) continue;
    if (IsOtherName(find) || (find.detector == person_ && find.begin <= begin && find.end >= scan.tokens[end - 1].end))
      return;
  }
  Put(scan, first, end - 1, person_, kOfRole, finds);
}

// "R2 Toledo", "R4 Iker": a doctor in a year of training; whatever towns are called so.
void SpanishRules::FindResident(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& year = scan.tokens[at];
  if (year.size() != 2 || scan.text[year.begin] != 'R' || !IsOneOf(scan.text[year.begin + 1], "12345")) return;
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, ' ')) return;
  const Token& name = scan.tokens[at + 1];
  const bool listed = IsGiven(name) || (ListsOf(name) & (kSurname | kTown)) != 0;
  if (!name.upper_first || !name.has_lower || wards_.contains(name.hash) || !listed) return;
  const std::size_t end = NameEnd(scan, at + 1, std::min(scan.tokens.size(), at + 5));
  Put(scan, at + 1, end - 1, person_, kOfRole, finds);
}

// "el menor de iniciales L.A.T.C.", "Paciente: JLM": somebody by the first letters alone.
void SpanishRules::FindInitials(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kLettersMin = 2, kLettersMax = 5;
  constexpr std::uint32_t kInitials = WordHash("iniciales");
  if (person_ == nullptr || at + 1 >= scan.tokens.size()) return;
  const std::string_view between = scan.Between(at);
  if (between != ": " && !(scan.tokens[at].hash == kInitials && between == " ") && between != ", ") return;
  std::size_t end = at + 1;
  const auto is_letter = [&](std::size_t i) {
    return i < scan.tokens.size() && scan.tokens[i].size() == 1 && scan.tokens[i].has_upper && scan.tokens[i].word();
  };
  while (is_letter(end) && end < at + 1 + kLettersMax &&
         (end == at + 1 || scan.IsBetween(end - 1, '.') || scan.Between(end - 1) == ". "))
    ++end;
  const Token& first = scan.tokens[at + 1];
  const bool glued = first.word() && first.has_upper && !first.has_lower && first.size() <= 3 && first.size() > 1 &&
                     between != ", " && (ListsOf(first) & (kGivenName | kSurname)) == 0 && LeadsOf(first) == 0;
  const bool apart = end - at - 1 >= kLettersMin && scan.text.substr(scan.tokens[end - 1].end).starts_with('.');
  if (!glued && !apart) return;
  std::erase_if(finds, [&](const Find& find) {
    return find.detector == person_ && find.begin >= first.begin && find.begin <= scan.tokens[end - 1].end;
  });
  finds.push_back({first.begin, apart ? scan.tokens[end - 1].end + 1 : first.end, person_, kOfRole});
}

// "operado por el Dr. Cabañas.", "la doctora Astráin": whoever is called so behind a title.
void SpanishRules::FindTitled(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kTitles({"dr", "dra", "doctor", "doctora", "don", "dona", "sor", "ingeniero", "ingeniera"});
  constexpr std::uint32_t kShortBytes = 3;
  if (!kTitles.contains(scan.tokens[at].hash) || at + 1 >= scan.tokens.size()) return;
  const std::string_view between = scan.Between(at);
  if (between != " " && !(between == ". " && scan.tokens[at].size() <= kShortBytes)) return;
  const Token& name = scan.tokens[at + 1];
  if (!name.upper_first || !name.has_lower || name.size() < 3 || (LeadsOf(name) & ~kNobodys) != 0 ||
      wards_.contains(name.hash) || jobs_->IsJob(name.hash))
    return;
  const std::size_t end = NameEnd(scan, at + 1, std::min(scan.tokens.size(), at + 6));
  const std::uint32_t behind = scan.tokens[end - 1].end;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.end <= name.begin || find.begin >= behind) continue;
    if (IsOtherName(find) || find.detector == person_) return;
  }
  Put(scan, at + 1, end - 1, person_, kOfRole, finds);
}

// "su psicóloga", "el médico de guardia", "por el Procurador Sr. Vilariño": whom somebody saw, beside people.
void SpanishRules::FindProfessional(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"el", "la", "al", "del", "su", "mi", "tu", "una", "un"});
  static const WordSet kTitles({"sr", "sra", "d", "don", "dona", "dna", "dr", "dra"});
  static const WordSet kOfSomething({"trabajador", "trabajadora", "jefe", "jefa", "encargado", "encargada"});
  constexpr std::uint32_t kSocial = WordHash("social");
  if (at == 0 || !scan.IsBetween(at - 1, ' ') || !kBefore.contains(scan.tokens[at - 1].hash)) return;
  if (jobs_->detector() == nullptr || at + 1 >= scan.tokens.size()) return;
  const Token& token = scan.tokens[at];
  std::size_t end = jobs_->BehindOfWhat(scan, at + 1);
  if (end == at + 1 && scan.IsBetween(at, ' ') && (LeadsOf(scan.tokens[end]) & kProfessional) != 0) ++end;
  const bool titled =
      token.upper_first && end == at + 1 && scan.IsBetween(at, ' ') && kTitles.contains(scan.tokens[end].hash);
  if (token.upper_first && !titled) return;
  const bool social = scan.tokens[end - 1].hash == kSocial;
  if (kOfSomething.contains(token.hash) && end == at + 1) return;
  if (token.hash == WordHash("trabajadora") && !social) return;
  if (scan.text.substr(scan.tokens[end - 1].end).starts_with(':')) return;
  const bool named = end == at + 1 && end < scan.tokens.size() && scan.Between(at) == ", " &&
                     kTitles.contains(scan.tokens[end].hash);  // "su pediatra, Dra. Trives"
  if (named) return;
  const std::uint32_t behind = scan.tokens[end - 1].end;
  for (const Find& find : finds) {
    if (find.detector != nullptr && find.begin < behind && find.end > token.begin) return;
  }
  finds.push_back({.begin = token.begin,
                   .end = behind,
                   .detector = jobs_->detector(),
                   .score = kProfessionalScore,
                   .needs_people = true});
}

// "C.C. 93.408.117, soldador en", "Emilia T., peluquera, 50": a trade right behind somebody, their number or age.
void SpanishRules::FindTradeBehind(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kGoesOn({"en", "de", "y", "desde", "con", "jubilado", "jubilada", "por", "que"});
  const Token& token = scan.tokens[at];
  static const WordSet kGrown({"mayor", "menor"});  // "mayor de edad"
  if (at == 0 || token.has_upper || jobs_->detector() == nullptr || !jobs_->IsJob(token.hash)) return;
  if (kGrown.contains(token.hash)) return;
  const std::string_view before = scan.Between(at - 1);
  if (before != ", " && before != "., " && before != "), ") return;
  const std::size_t end = jobs_->BehindOfWhat(scan, at + 1);
  const std::string_view behind = scan.text.substr(scan.tokens[end - 1].end, 1);
  const bool goes_on = end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') &&
                       (kGoesOn.contains(scan.tokens[end].hash) || jobs_->IsJob(scan.tokens[end].hash));
  if (!goes_on && !behind.empty() && !IsOneOf(behind[0], ",.;)\n")) return;
  const std::uint32_t behind_somebody = scan.tokens[at - 1].end;
  bool told = false;
  for (const Find& find : finds) {
    if (find.detector == nullptr) continue;
    if (find.begin < scan.tokens[end - 1].end && find.end > token.begin) return;
    if (find.end < behind_somebody || find.end > behind_somebody + 1) continue;
    static const WordSet kDoctors({"dr", "dra", "doctor", "doctora"});  // their posts are the hospital's
    const std::size_t somebody = scan.TokenAt(find.begin);
    if (somebody > 0 && kDoctors.contains(scan.tokens[somebody - 1].hash)) continue;
    switch (find.detector->entity) {
      case Entity::kPerson:
      case Entity::kAge:
      case Entity::kGender:
      case Entity::kNationalId:
      case Entity::kDemographic:
      case Entity::kPassport:
        told = true;
        break;
      default:
        break;
    }
  }
  if (told) finds.push_back({token.begin, scan.tokens[end - 1].end, jobs_->detector(), kOfRole});
}

// "Avisada la madre", "con su hija", "INFORMADA LA HIJA": a relative behind an article or a pronoun, beside people.
void SpanishRules::FindRelative(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"el",  "la",   "los", "las", "su", "sus",  "mi",   "mis", "tu",   "tus", "un",  "una",
                                "dos", "tres", "con", "del", "al", "otro", "otra", "y",   "como", "de",  "por", "sin"});
  static const WordSet kOtherThings(
      {"prima", "primo", "pareja", "padre", "mama", "papa"});  // "la prima del seguro", "el padre Ángel"
  constexpr std::uint32_t kSu = WordHash("su"), kMi = WordHash("mi");
  const Token& token = scan.tokens[at];
  if (at == 0 || family_ == nullptr || !scan.IsBetween(at - 1, ' ')) return;
  const Token& before = scan.tokens[at - 1];
  if (!kBefore.contains(before.hash) || (token.has_upper && (token.has_lower || before.has_lower))) return;
  if (kOtherThings.contains(token.hash) && before.hash != kSu && before.hash != kMi) return;
  const bool known = std::ranges::any_of(finds, [&](const Find& find) {
    return find.detector != nullptr && find.begin < token.end && find.end > token.begin;
  });
  if (known) return;
  finds.push_back(
      {.begin = token.begin, .end = token.end, .detector = family_, .score = kOfRole, .needs_people = true});
}

// "hablé con la psicopedagoga": a trade begins behind its article.
void SpanishRules::MendTrade(const Scan& scan, Find& find) const {
  static const WordSet kArticles({"el", "la", "al", "un", "una", "su", "mi"});
  const std::size_t first = scan.TokenAt(find.begin), end = scan.TokenAt(find.end);
  for (std::size_t i = end; i > first + 1; --i) {
    if (!kArticles.contains(scan.tokens[i - 2].hash) || (i > first + 2 && scan.tokens[i - 3].hash == kDe)) continue;
    find.begin = scan.tokens[i - 1].begin;
    return;
  }
}

// "Orestes Valdés y Caridad Sotolongo": two people, each with a given name and a surname.
void SpanishRules::PartCouples(const Scan& scan, std::vector<Find>& finds) const {
  const std::size_t known = finds.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (finds[i].detector != person_ || person_ == nullptr) continue;
    const std::size_t first = scan.TokenAt(finds[i].begin), end = scan.TokenAt(finds[i].end);
    for (std::size_t at = first + 1; at + 1 < end; ++at) {
      if (!IsAnd(scan.tokens[at]) || scan.tokens[at].has_upper) continue;
      const std::size_t name = scan.tokens[at + 1].hash == kDe ? at + 2 : at + 1;  // "hijos de Raúl y de Cristina"
      if (name >= end || (ListsOf(scan.tokens[name]) & kGivenName) == 0) continue;
      if (at < first + 2 && !IsGiven(scan.tokens[first])) continue;
      Find second = finds[i];
      second.begin = scan.tokens[name].begin;
      if (const std::size_t behind = NameEnd(scan, name, std::min(scan.tokens.size(), name + 5)); behind > end)
        second.end = scan.tokens[behind - 1].end;
      finds[i].end = scan.tokens[at - 1].end;
      finds.push_back(second);
      break;
    }
  }
}

// "Afebril. Mucositis", "Partes blandas aumentadas", "Fallo: fundada": a word in no list of names that begins a
// sentence and ends it, heads it, or goes on in small letters.
bool SpanishRules::BeginsSentenceOnly(const Scan& scan, const Find& find) const {
  const std::size_t first = scan.TokenAt(find.begin);
  if (first >= scan.tokens.size() || find.end != scan.tokens[first].end) return false;
  const Token& token = scan.tokens[first];
  constexpr std::uint32_t kShortBytes = 3;  // "Dr. Cabañas."
  const bool begins = first == 0 || token.line_before ||
                      (scan.Between(first - 1).ends_with(". ") && scan.tokens[first - 1].size() > kShortBytes);
  if (!begins || (LeadsOf(token) & kBody) != 0) return false;
  if ((LeadsOf(token) & kNobodys) == 0 && (IsGiven(token) || (ListsOf(token) & (kSurname | kTown | kCountry)) != 0))
    return false;
  const std::string_view behind = scan.text.substr(token.end, 2);
  const bool goes_on = first + 1 < scan.tokens.size() && scan.IsBetween(first, ' ') &&
                       !scan.tokens[first + 1].has_upper && scan.tokens[first + 1].word();
  return goes_on || behind == ". " || behind == ": ";
}

}  // namespace privity::detect
