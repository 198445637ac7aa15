// What Spanish reports, letters and forms write otherwise: two surnames, surnames before given names, and names in
// small matters that are nobody's.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

constexpr float kSure = 0.75f;
constexpr double kTold = 0.6;

// Whether a field begins with a token: at the head of a line, behind a label or a bar.
bool BeginsField(const Scan& scan, std::size_t at) {
  if (at == 0 || scan.tokens[at].line_before) return true;
  const std::string_view before = scan.Between(at - 1);
  return before.ends_with(": ") || before.ends_with("| ") || before.ends_with("\t") || before.ends_with(" \u2014 ") ||
         before.ends_with("; ");
}

// Whether nothing goes on behind a token: "Koldo." and "Koldo | 47 a".
bool EndsField(const Scan& scan, std::size_t at) {
  const std::string_view behind = scan.text.substr(scan.tokens[at].end, 1);
  return behind.empty() || behind[0] != ' ' || at + 1 == scan.tokens.size() || scan.Between(at) != " ";
}

// "Remedios Cañete, de 71 años", "Darling (34 años)"
bool HasYearsBehind(const Scan& scan, std::size_t last) {
  constexpr std::uint32_t kYears = WordHash("anos"), kOf = WordHash("de");
  std::size_t at = last + 1;
  if (at < scan.tokens.size() && scan.tokens[at].hash == kOf) ++at;
  return at + 1 < scan.tokens.size() && scan.tokens[at].all_digits() && scan.tokens[at + 1].hash == kYears &&
         (scan.Between(last) == ", " || scan.Between(last) == " (");
}

}  // namespace

// "Unai Etxegarai", "Candelas Rioja": what the tagger took for a place or a firm though it begins as only people do.
bool NameRules::IsCalledAsPerson(const Scan& scan, const TaggedName& name) const {
  static const WordSet kWhere({"en", "desde", "hacia", "hasta", "ciudad", "municipio", "barrio", "provincia"});
  constexpr std::uint16_t kOthers = kTown | kCountry | kPartOfPlace | kCalendarWord;
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[name.first].hash);
  const std::size_t end = RunEnd(scan, name.first);
  // "Unai" and "Puri" are towns, too: then the next word must be of none.
  const bool given_first = given_words_.contains(scan.tokens[name.first].hash) && end > name.first + 1 &&
                           (tagger_.model().ListsOf(scan.tokens[end - 1].hash) & kPartOfPlace) == 0;
  const bool of_years = name.first < name.last && HasYearsBehind(scan, name.last);
  if (!of_years && (!IsGiven(scan.tokens[name.first]) || ((lists & kOthers) != 0 && !given_first))) return false;
  if (name.first > 0 && kWhere.contains(scan.tokens[name.first - 1].hash)) return false;
  if (end < name.first + 2 || end <= name.last) return false;
  for (std::size_t i = name.first; i < end; ++i) {
    if (organizations_.contains(scan.tokens[i].hash) || scan.tokens[i].digits > 0) return false;
  }
  return true;
}

// "Teófilo Arranz" where the tagger was not sure enough: a given name and no word of every day behind it.
bool NameRules::IsSpelledAsPerson(const Scan& scan, const TaggedName& name) const {
  constexpr std::uint16_t kOthers = kCountry | kCalendarWord | kEveryday;
  if (name.first == name.last || !IsGiven(scan.tokens[name.first])) return false;
  if (name.first > 0 && (street_before_.contains(scan.tokens[name.first - 1].hash) ||
                         institutions_.contains(scan.tokens[name.first - 1].hash)))
    return false;
  const Token& last = scan.tokens[name.last];
  const std::uint16_t lists = tagger_.model().ListsOf(last.hash);
  return last.upper_first && last.has_lower && ((lists & kSurname) != 0 || (lists & kOthers) == 0);
}

// "Hugo Larrea San Millán", "Lluís Farrerons i Puig", "Echedey Plasencia Hdez.": the second surname, with what stands
// before it. The token behind the name.
std::size_t NameRules::BehindSecondSurname(const Scan& scan, const TaggedName& name) const {
  static const WordSet kBetween({"de", "del", "la", "los", "las", "i", "y", "san", "santa"});
  constexpr std::size_t kWordsMax = 6;
  std::size_t end = name.last + 1;
  while (end < scan.tokens.size() && end - name.first < kWordsMax && scan.IsBetween(end - 1, ' ')) {
    std::size_t at = end;
    while (at + 1 < scan.tokens.size() && at - end < 3 && kBetween.contains(scan.tokens[at].hash) &&
           scan.IsBetween(at, ' '))
      ++at;
    const Token& surname = scan.tokens[at];
    const std::uint16_t lists = tagger_.model().ListsOf(surname.hash);
    const std::string_view word = scan.Of(surname);
    const bool cased = surname.upper_first && surname.word() && word.size() > 2 &&
                       surname.has_lower == scan.tokens[name.first].has_lower &&
                       (!surname.has_lower || std::none_of(word.begin() + 1, word.end(), IsAsciiUpper));
    if (!cased || (lists & (kCountry | kCalendarWord | kLabelWord)) != 0 || jobs_.IsJob(surname.hash)) break;
    if (scan.text.substr(surname.end).starts_with(':')) break;  // a label: "Ana Ruiz Madre: Luisa"
    const bool joined = at > end;
    const bool of_place = joined && scan.tokens[end].hash == WordHash("de");  // "Ana Ruiz de Cuenca" may be from there
    if (of_place && !IsSurname(scan, surname)) break;
    if (!joined && !IsSurname(scan, surname) && !EndsField(scan, at)) break;
    end = at + 1;
  }
  return end;
}

// "Zurbano Iraola, Koldo | 47 a", "GIL OCHOA, R.": surnames at the head of a field, a comma and given names. The token
// with which they begin, or `given`.
std::size_t NameRules::SurnamesBefore(const Scan& scan, std::size_t given) const {
  constexpr std::size_t kWordsMax = 5;
  if (given == 0 || scan.Between(given - 1) != ", ") return given;
  std::size_t first = given;
  while (first > 0 && given - first < kWordsMax) {
    const Token& word = scan.tokens[first - 1];
    if (!word.word() || (!word.upper_first && !IsParticle(word))) return given;
    if (organizations_.contains(word.hash) || jobs_.IsJob(word.hash) || greetings_.contains(word.hash)) return given;
    --first;
    if (BeginsField(scan, first)) return scan.tokens[first].upper_first ? first : given;
    const std::string_view between = scan.Between(first - 1);
    if (between != " " && between != "-") return given;
  }
  return given;
}

// Names of people as Spanish texts write them whole; names in the order of the text, before and after.
void NameRules::MendSpanish(const Scan& scan, std::vector<TaggedName>& tagged) const {
  std::vector<TaggedName> tagged_apart;
  std::size_t kept = 0;
  for (TaggedName name : tagged) {
    if (kept > 0 && name.first <= tagged[kept - 1].last) continue;
    const bool misjudged =
        (name.kind == NameKind::kPlace || name.kind == NameKind::kOrganization) && IsCalledAsPerson(scan, name);
    if (misjudged) {
      name.kind = NameKind::kPerson;
      name.last = RunEnd(scan, name.first) - 1;
      name.probability = std::max(name.probability, kSure);
      name.believed = true;
    }
    if (IsTownOfPapers(scan, name)) {
      name.kind = NameKind::kPlace;
      name.probability = std::max(name.probability, kSure);
    }
    if (name.kind == NameKind::kPlace) {
      for (std::size_t at = name.first; at < name.last; ++at) {
        if (scan.Between(at) != " (") continue;  // "Rionegro (Antioquia)"
        tagged_apart.push_back(
            {.first = at + 1, .last = name.last, .kind = name.kind, .probability = name.probability});
        name.last = at;
      }
    }
    if (name.kind == NameKind::kPerson) {
      const bool given_alone = name.first == name.last && name.last + 1 < scan.tokens.size() &&
                               IsGiven(scan.tokens[name.first]) && scan.IsBetween(name.last, ' ') &&
                               scan.tokens[name.last + 1].upper_first && scan.tokens[name.last + 1].has_lower;
      if (given_alone) {
        TaggedName whole = name;  // "Echedey Plasencia"
        whole.last = RunEnd(scan, name.first) - 1;
        if (IsSpelledAsPerson(scan, whole)) name.last = whole.last;
      }
      if (name.first < name.last) name.last = BehindSecondSurname(scan, name) - 1;
      const std::size_t surnames = IsGiven(scan.tokens[name.first]) ? SurnamesBefore(scan, name.first) : name.first;
      if (surnames < name.first) {
        while (kept > 0 && tagged[kept - 1].last >= surnames) --kept;
        name.first = surnames;
        name.probability = std::max(name.probability, kSure);
        name.believed = true;
      } else if (name.last + 1 < scan.tokens.size() && BeginsField(scan, name.first) &&
                 scan.Between(name.last) == ", ") {
        const Token& given = scan.tokens[name.last + 1];
        const bool initial = given.size() == 1 && given.has_upper && scan.text.substr(given.end).starts_with('.');
        const bool surnames_first = !IsGiven(scan.tokens[name.first]) && IsGiven(given);
        if (given.upper_first && (initial || (surnames_first && EndsField(scan, name.last + 1)))) ++name.last;
      }
    }
    tagged[kept++] = name;
  }
  tagged.resize(kept);
  FindUntagged(scan, tagged, tagged_apart);
  if (tagged_apart.empty()) return;
  tagged.insert(tagged.end(), tagged_apart.begin(), tagged_apart.end());
  std::ranges::sort(tagged, {}, &TaggedName::first);
}

// "nacido en Nájera", "Rosario, 3/10/2023" at the head of a line: a town that people are called like.
bool NameRules::IsTownOfPapers(const Scan& scan, const TaggedName& name) const {
  constexpr std::uint32_t kIn = WordHash("en");
  if (name.kind != NameKind::kPerson || name.first != name.last) return false;
  const Token& token = scan.tokens[name.first];
  if (!token.has_lower || !token.upper_first) return false;
  if (name.first > 0 && scan.tokens[name.first - 1].hash == kIn && scan.IsBetween(name.first - 1, ' ')) return true;
  const bool begins = name.first == 0 || token.line_before || scan.Between(name.first - 1).ends_with(". ");
  if (!begins || name.last + 1 >= scan.tokens.size()) return false;
  const Token& next = scan.tokens[name.last + 1];
  return scan.Between(name.last) == ", " && next.digits > 0 && next.digits <= 2 &&
         (tagger_.model().ListsOf(token.hash) & kTown) != 0;
}

// "Bananera Río Jubones S.A., Machala.": a town that nobody is called like, behind a capital word or a number.
bool NameRules::IsTownBetweenSigns(const Scan& scan, std::size_t at) const {
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[at].hash);
  const Token& before = scan.tokens[at - 1];
  const bool town = (lists & (kTown | kCountry)) != 0 &&
                    (lists & (kGivenName | kSurname | kCommonWord | kEveryday | kCalendarWord | kLabelWord)) == 0;
  if (!town || (!before.upper_first && before.digits == 0)) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[at].end, 2);
  return behind.empty() || IsOneOf(behind[0], ".,;)\n") || behind == " (";
}

// "T. G. L., varón": three letters with their dots where nothing stands before them.
bool NameRules::IsRowOfInitials(const Scan& scan, std::size_t at) {
  if (at + 2 >= scan.tokens.size() || (at > 0 && scan.IsBetween(at - 1, ' '))) return false;
  for (std::size_t i = at; i < at + 3; ++i) {
    const Token& token = scan.tokens[i];
    if (token.size() != 1 || !token.has_upper || token.digits > 0) return false;
    if (i < at + 2 && scan.Between(i) != ". ") return false;
  }
  return scan.text.substr(scan.tokens[at + 2].end).starts_with(".,") ||
         scan.text.substr(scan.tokens[at + 2].end) == ".";
}

// "pasad a Rosalía Manresa", "Patóloga: Begoña Salaverri", "Alertante: Maruxa,", "soy Puri": given names that the
// tagger passed over.
void NameRules::FindUntagged(const Scan& scan, const std::vector<TaggedName>& tagged,
                             std::vector<TaggedName>& found) const {
  static const WordSet kOneself({"soy", "llamo", "llama", "llamarse", "llamaba"});
  constexpr std::uint16_t kOthers = kEveryday | kCommonWord | kCountry | kCalendarWord | kLabelWord;
  auto next = tagged.begin();
  for (std::size_t i = 1; i < scan.tokens.size(); ++i) {
    while (next != tagged.end() && next->last < i) ++next;
    const Token& token = scan.tokens[i];
    if (token.size() == 1 && IsRowOfInitials(scan, i) && (next == tagged.end() || next->first > i + 2)) {
      found.push_back({.first = i, .last = i + 2, .kind = NameKind::kPerson, .believed = true, .probability = kSure});
      i += 2;
      continue;
    }
    if (!token.upper_first || !token.has_lower || !token.word() || token.size() < 3) continue;
    if (next != tagged.end() && next->first <= i) continue;
    const std::string_view before = scan.Between(i - 1);
    if (before == ", " && IsTownBetweenSigns(scan, i)) {
      found.push_back({.first = i, .last = i, .kind = NameKind::kPlace, .believed = true, .probability = kSure});
      continue;
    }
    if (i + 1 == scan.tokens.size()) break;
    const bool introduced = before == ": " || (before == " " && kOneself.contains(scan.tokens[i - 1].hash));
    const bool goes_on = scan.tokens[i + 1].upper_first && scan.tokens[i + 1].has_lower && scan.IsBetween(i, ' ') &&
                         (next == tagged.end() || next->first > i + 1);
    if ((!introduced && !goes_on) || (before == " " && scan.tokens[i - 1].upper_first)) continue;
    const std::uint16_t lists = tagger_.model().ListsOf(token.hash);
    if (!IsGiven(token) || (lists & kOthers) != 0) continue;
    TaggedName name{.first = i, .last = i, .kind = NameKind::kPerson, .believed = true, .probability = kSure};
    if (goes_on) name.last = std::min(RunEnd(scan, i), next == tagged.end() ? scan.tokens.size() : next->first) - 1;
    const bool alone =
        introduced && name.first == name.last && scan.text.substr(token.end, 1) != ":" && scan.Between(i) != " ";
    if (name.first == name.last ? !alone : !IsSpelledAsPerson(scan, name)) continue;
    bool institution = false;
    for (std::size_t at = name.first; at <= name.last; ++at)
      institution = institution || organizations_.contains(scan.tokens[at].hash) || scan.tokens[at].digits > 0;
    if (institution) continue;
    found.push_back(name);
    i = name.last;
  }
}

// "Refiere dolor", "Ocurrió el viernes", "Subo Lantus": the word with which a sentence begins and goes on, in no list
// of names; and goods behind a verb.
bool NameRules::IsHeadOfSentence(const Scan& scan, const TaggedName& name) const {
  const Token& first = scan.tokens[name.first];
  // "EVA 4/10", "ANA 1/640"
  if (name.first == name.last && !first.has_lower && first.size() <= 5 && name.last + 1 < scan.tokens.size() &&
      scan.tokens[name.last + 1].digits > 0 && scan.IsBetween(name.last, ' '))
    return true;
  static const WordSet kPronouns({"ella", "ello", "usted", "ustedes", "nadie", "alguien"});
  if (name.first == name.last && kPronouns.contains(first.hash)) return true;
  if (first.size() > 1 && (!first.has_lower || IsGiven(first) || IsListed(first, kSurname))) return false;
  const std::uint32_t second = scan.tokens[name.last].hash;  // "Subo Lantus"
  if (name.first + 1 == name.last && (eponyms_.contains(second) || called_after_.contains(second))) return true;
  static const WordSet kAnd({"y", "e"});
  // "control B. Consultas externas": the letter ends the sentence before.
  if (name.first + 1 == name.last && first.size() == 1 && scan.Between(name.first) == ". " &&
      !IsSurname(scan, scan.tokens[name.last]) && name.last + 1 < scan.tokens.size() &&
      scan.IsBetween(name.last, ' ') && !scan.tokens[name.last + 1].has_upper && scan.tokens[name.last + 1].word())
    return !kAnd.contains(scan.tokens[name.last + 1].hash);
  if (name.first != name.last || name.last + 1 >= scan.tokens.size()) return false;
  const std::string_view before = name.first == 0 ? std::string_view() : scan.Between(name.first - 1);
  const bool begins = name.first == 0 || first.line_before || before.ends_with(". ") || before.ends_with("\xC2\xA1") ||
                      before.ends_with("\xC2\xBF");
  const Token& next = scan.tokens[name.last + 1];
  return begins && scan.IsBetween(name.last, ' ') && next.word() && !next.has_upper;
}

// "Concierto de la banda", "Tokio grado II", "Liga de Campeones: el Villarreal": no name goes on so behind a capital
// word.
bool NameRules::HoldsSmallWord(const Scan& scan, const TaggedName& name) {
  static const WordSet kInNames({"y", "i", "e", "do", "dos", "da", "das", "los", "las", "san", "santa", "d"});
  if (!scan.tokens[name.first].upper_first) return false;
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (scan.Between(i - 1).starts_with(':')) return true;
    if (!token.has_upper && token.word() && !IsParticle(token) && !kInNames.contains(token.hash)) return true;
  }
  return false;
}

// "F. Nac.: 03-11-1946", "Queja: el conductor", "vive sola": a label or a word of the sentence.
bool NameRules::IsOfPaper(const Scan& scan, const TaggedName& name) const {
  const Token& first = scan.tokens[name.first];
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, 2);
  if (behind == ".:") return true;
  if (HoldsSmallWord(scan, name)) return true;
  static const WordSet kArticles({"el", "la", "los", "las", "de", "del"});  // "requisitos de la Ordenanza"
  if (!first.has_upper && kArticles.contains(first.hash) && name.first > 0 && scan.IsBetween(name.first - 1, ' '))
    return true;
  if (name.first != name.last || IsGiven(first)) return false;
  const bool begins = name.first == 0 || first.line_before;
  if (behind.starts_with(':') && begins && !IsSurname(scan, first)) return true;
  return !first.has_upper && !name.believed && scan.tokens[0].upper_first;
}

// "M. Ángeles Royo": the token of the initial before a name, or `first`.
std::size_t NameRules::WithInitial(const Scan& scan, std::size_t first) {
  if (first == 0 || scan.Between(first - 1) != ". ") return first;
  const Token& initial = scan.tokens[first - 1];
  constexpr std::uint32_t kD = WordHash("d");
  if (initial.size() != 1 || !initial.has_upper || initial.hash == kD) return first;
  static const WordSet kArticles({"el", "al", "del", "la", "los"});  // "el C. Rubén", a citizen
  const bool begins = first == 1 || initial.line_before ||
                      (scan.Between(first - 2).ends_with(' ') && !kArticles.contains(scan.tokens[first - 2].hash));
  return begins && (first < 2 || !scan.tokens[first - 2].upper_first || scan.Between(first - 2) != " ") ? first - 1
                                                                                                        : first;
}

// "P. L. R.", "Plasencia Hdez.": the last dot is the name's.
bool NameRules::EndsAsInitials(const Scan& scan, const TaggedName& name) {
  static const WordSet kCutShort({"hdez", "fdez", "glez", "gcia", "mtnez", "rguez", "dguez", "mdez", "glz", "gtrrez"});
  if (name.first == name.last || !scan.text.substr(scan.tokens[name.last].end).starts_with('.')) return false;
  if (kCutShort.contains(scan.tokens[name.last].hash)) return true;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (scan.tokens[i].size() > 2 || !scan.tokens[i].has_upper || scan.tokens[i].digits > 0) return false;
  }
  return true;
}

// "[10:02] Puri: ya llego", "Toñi: ¿quién recoge hoy?": who speaks in a chat. The token behind the name, or `at`.
std::size_t NameRules::FindSpeaker(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& name = scan.tokens[at];
  if (scan.text.substr(name.end, 2) != ": " || name.size() < 3 || !name.has_lower || !name.upper_first) return at;
  if (at > 0 && !name.line_before && !scan.Between(at - 1).ends_with("] ")) return at;
  constexpr std::uint16_t kNames = kEveryday | kCommonWord | kCountry | kCalendarWord | kLabelWord;
  const std::uint16_t kOthers = given_words_.contains(name.hash) ? kNames : kNames | kTown;
  if (!IsGiven(name) || (tagger_.model().ListsOf(name.hash) & kOthers) != 0) return at;
  Report(scan, at, at, person_, kTold, finds);
  return at + 1;
}

// "IRPF 2021", "Apgar 6/8", "JOSÉ, hab. 318", "Registro n.º RVA-02291": what reports and letters number, and no street.
bool NameRules::IsNumberedInReport(const Scan& scan, const TaggedName& name) const {
  static const WordSet kNumbered(
      {"hab",     "cama",      "irpf",    "iva",        "tip",     "cmp",       "cnp",      "sobre",
       "paginas", "pag",       "art",     "articulo",   "ley",     "caja",      "modelo",   "ejercicio",
       "autos",   "exp",       "expte",   "expediente", "factura", "sentencia", "registro", "reclamacion",
       "juzgado", "instancia", "biopsia", "mg",         "mcg",     "ml",        "comunero", "fattura"});
  static const WordSet kStreets(
      {"av",    "blvd",   "jr",      "diagonal", "camino",       "cami",       "cuesta",         "km",
       "ronda", "barrio", "partida", "lugar",    "urb",          "finca",      "poligono",       "diseminado",
       "mza",   "mzna",   "calzada", "callejon", "prolongacion", "periferico", "fraccionamiento"});
  static const WordSet kLabels({"domicilio", "direccion", "residencia", "vive", "domiciliado", "domiciliada", "en"});
  constexpr std::uint32_t kNumber = WordHash("n"), kC = WordHash("c");
  if (name.first > 0 && kLabels.contains(scan.tokens[name.first - 1].hash)) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, 2);
  const bool time = behind.size() == 2 && behind[0] == ':' && IsAsciiDigit(behind[1]);    // "AL LABORATORIO 10:25"
  if (scan.text.substr(scan.tokens[name.first].begin).starts_with("C.S. ")) return true;  // of health
  bool numbered = time || (scan.tokens[name.first].all_digits() && name.first < name.last &&
                           scan.Between(name.first) == ". ");  // "207. Avisado"
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (street_before_.contains(token.hash) || kStreets.contains(token.hash) ||
        (token.hash == kC && i < name.last && scan.Between(i).starts_with('/')))
      return false;
    const bool sign =
        token.hash == kNumber && i < name.first + 2 &&
        (scan.text.substr(token.end).starts_with(".\u00BA") || scan.text.substr(token.end).starts_with("\u00BA") ||
         scan.text.substr(token.end).starts_with("\u00B0"));
    numbered = numbered || sign || kNumbered.contains(token.hash) || eponyms_.contains(token.hash);
  }
  return numbered;
}

namespace {

// The last token of "12 de Octubre", a day that houses are called after: its month has a capital letter. Or `at`.
std::size_t LastOfDay(const Scan& scan, std::size_t at) {
  if (at + 2 >= scan.tokens.size() || !scan.tokens[at].all_digits() || scan.tokens[at].size() > 2) return at;
  const bool day = scan.tokens[at + 1].hash == kWordOfRomance && scan.tokens[at + 2].upper_first &&
                   MonthOf(scan.tokens[at + 2]) > 0 && scan.IsBetween(at, ' ') && scan.IsBetween(at + 1, ' ');
  const bool year =
      at + 4 < scan.tokens.size() && scan.tokens[at + 3].hash == kWordOfRomance && scan.tokens[at + 4].digits > 0;
  return day && !year ? at + 2 : at;
}

}  // namespace

// "Juzgado de Primera Instancia n.º 4 de Badajoz", "Hospital Virgen del Rosell", "Colegio Nuestra Sra. de Begoña": an
// institution with all that it is called; "el Juzgado de Guardia" is any. The token behind it, or `at`.
std::size_t NameRules::FindSpanishInstitution(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kInside({"de", "del", "la", "las", "los", "el", "lo", "y", "e", "i", "sobre", "para"});
  static const WordSet kCutShort(
      {"dr", "dra", "ntra", "sra", "nta", "sta", "sto", "s", "d", "gral", "ntro", "sr", "fco"});
  static const WordSet kOfMany(
      {"salud",          "primera",     "instancia",      "instruccion", "social",      "violencia",
       "mujer",          "familia",     "menores",        "guardia",     "penal",       "atencion",
       "primaria",       "dia",         "mayores",        "educacion",   "infantil",    "secundaria",
       "formacion",      "profesional", "especialidades", "medico",      "clinico",     "medica",
       "penitenciario",  "paz",         "civil",          "mercantil",   "contencioso", "administrativo",
       "asistencial",    "cultural",    "deportivo",      "comercial",   "concertado",  "publico",
       "privado",        "general",     "comarcal",       "provincial",  "regional",    "nacional",
       "local",          "especial",    "primero",        "segundo",     "alta",        "urgencias",
       "referencia",     "trabajo",     "estado",         "justicia",    "supremo",     "superior",
       "constitucional", "tecnica"});
  constexpr std::uint32_t kNumber = WordHash("n");
  constexpr std::size_t kTokensMax = 14;
  std::size_t last = at;
  constexpr double kMoreThanDay = 0.92;
  double score = kTold;
  bool named = false;
  for (std::size_t i = at + 1; i < scan.tokens.size() && i < at + kTokensMax; ++i) {
    const std::string_view between = scan.Between(i - 1);
    const Token& token = scan.tokens[i];
    if (between == ". " ? !kCutShort.contains(scan.tokens[i - 1].hash) : between != " " && between != "-") break;
    const std::string_view sign = scan.text.substr(token.end, 3);
    if (token.hash == kNumber &&
        (sign.starts_with(".\u00BA") || sign.starts_with("\u00BA") || sign.starts_with("\u00B0"))) {
      std::size_t number = i + 1;
      while (number < scan.tokens.size() && number < i + 3 && scan.tokens[number].digits == 0) ++number;
      if (number >= scan.tokens.size() || !scan.tokens[number].all_digits()) break;
      while (number + 1 < scan.tokens.size() && scan.IsBetween(number, '-') && scan.tokens[number + 1].digits > 0)
        ++number;
      last = i = number;
      named = true;
      continue;
    }
    if (const std::size_t day = LastOfDay(scan, i); day > i) {  // "Hospital 12 de Octubre"
      last = i = day;
      named = true;
      score = kMoreThanDay;
      continue;
    }
    if (token.upper_first && token.word() && token.has_lower) {
      last = i;
      named = named || !kOfMany.contains(token.hash);
      continue;
    }
    if (!kInside.contains(token.hash)) break;
  }
  if (!named || !IsSpanish(scan)) return at;
  Report(scan, at, last, organization_, score, finds);
  return last + 1;
}

}  // namespace privity::detect
