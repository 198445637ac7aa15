#include "detect/internal/name_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/internal/identifier_words.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"
#include "detect/internal/shape_rules.h"

namespace privity::detect {
namespace {

// How sure the tagger has to be, by kind: single words of products are taken for places most often.
constexpr double kPersonMin = 0.5;
constexpr double kOneWordMin = 0.6;    // of a person's name
constexpr double kFirstWordMin = 0.9;  // which begins a line and goes on: "Bosch Professional", "Rose plated"
constexpr double kPlaceMin = 0.6;
constexpr double kOrganizationMin = 0.4;
constexpr double kAcronymMin = 0.9;  // GDP, IMEI, CHANGELOG: most capitals are no company
constexpr double kAddressMin = 0.5;
constexpr double kTaggedValue = 0.8;

// The logarithm of the odds of a name against a thing, of whole persons and of those by one word, as people speak
// around them (Register). Among goods one word is believed less than two; in posts nearly everybody goes by one name.
struct OddsMin {
  float whole, one_word;
};
constexpr std::array<OddsMin, 3> kDoubtedBelow = {{{-0.7f, 0}, {-9, -1}, {-9, -9}}};  // dropped, though tagged
constexpr std::array<OddsMin, 3> kBelievedFrom = {
    {{0.5f, 1.2f}, {-2, -1.5f}, {-2.5f, -2}}};  // kept, though less likely
constexpr float kOfPeopleOddsMin = -5;          // one word where people are spoken of, or for whom something is
constexpr float kPlaceOddsMin = -1;
constexpr float kUnlistedPlaceOddsMin = 0.3f;
constexpr float kOrganizationOddsMin = 0;

constexpr double kAddressed = 0.6;
constexpr double kTitle = 0.7;
constexpr double kSureMax = 0.95;
constexpr std::size_t kValueWordsMax = 12;
constexpr std::size_t kEndedSurnameBytesMin = 6;

// Letters that stand for an illness or an examination, and for nobody's house.
bool IsMedical(const Token& token) {
  static const WordSet kShort({"epoc", "copd", "hta", "iam", "acv", "vih", "hiv",  "sida", "aids",
                               "tac",  "rmn",  "ecg", "eeg", "tep", "tvp", "itu",  "erc",  "dm2",
                               "lcr",  "pcr",  "bav", "fa",  "icc", "avc", "bpco", "irm",  "mrt"});
  return kShort.contains(token.hash);
}

bool IsAcronym(const Scan& scan, const TaggedName& name) {
  const Token& token = scan.tokens[name.first];
  return name.first == name.last && token.has_upper && !token.has_lower;
}

// Of science and medicine: "Newton's second law", "Doppler effect".
bool IsOfScience(const Token& token) {
  static const WordSet kMatters({"law",       "laws",       "theorem",  "principle",  "paradox",   "equation",
                                 "equations", "algorithm",  "constant", "conjecture", "lemma",     "disease",
                                 "syndrome",  "method",     "razor",    "effect",     "transform", "distribution",
                                 "numbers",   "sequence",   "series",   "function",   "filter",    "blur",
                                 "noise",     "curve",      "process",  "space",      "matrix",    "cipher",
                                 "index",     "scale",      "palsy",    "lymphoma",   "staining",  "cycle",
                                 "diagram",   "projection", "test",     "machine",    "telescope"});
  return kMatters.contains(token.hash);
}

// What is called after somebody or after a place, behind the name: of science, kitchens, goods, landscapes and
// treaties.
bool IsThingsWord(const Token& token) {
  static const WordSet kThings(
      {"salad",     "sauce",     "tea",        "cake",       "pie",      "steak",    "burger",      "cocktail",
       "whisky",    "whiskey",   "wine",       "beer",       "cheese",   "sandwich", "soup",        "guitar",
       "guitars",   "amplifier", "piano",      "motorcycle", "gasket",   "brake",    "engine",      "tractor",
       "river",     "lake",      "valley",     "creek",      "falls",    "canyon",   "desert",      "mountains",
       "agreement", "protocol",  "convention", "treaty",     "accord",   "accords",  "declaration", "summit",
       "prize",     "award",     "medal",      "cup",        "trophy",   "rifle",    "pistol",      "houses",
       "era",       "style",     "furniture",  "chair",      "lamp",     "candle",   "paint",       "gold",
       "green",     "blue",      "red",        "pink",       "plated",   "jeans",    "perfume",     "chart",
       "model",     "counter",   "tube",       "valve",      "flask",    "shares",   "stock",       "bonds",
       "burner",    "dish",      "rule",       "racket",     "biscuits", "rice",     "chocolate",   "pasta",
       "pizza",     "soap",      "shampoo",    "shoes",      "boots",    "bag",      "watch",       "clock",
       "pen",       "knife",     "drill",      "saw",        "jacket",   "coat",     "oysters",     "veneer",
       "panels",    "glass",     "glasses",    "pipeline",   "consumer", "gas",      "oil"});
  return IsOfScience(token) || kThings.contains(token.hash);
}

// "Het BSN is 111222333": what a number is called.
bool NamesNumber(const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.last + 1; i < scan.tokens.size() && i <= name.last + 2; ++i) {
    if (scan.tokens[i].digits >= 4) return true;
  }
  return false;
}

// The heads of tables are words in a row, as names in a list are.
bool IsHeadOfColumn(const Scan& scan, const TaggedName& name) {
  static const WordSet kHeads({"email",     "mail",     "ssn",     "phone", "mobile", "fax",  "name",   "surname",
                               "firstname", "lastname", "address", "dob",   "zip",    "city", "salary", "password",
                               "username",  "user",     "id",      "iban",  "url",    "age",  "gender", "country"});
  const Token& token = scan.tokens[name.first];
  return name.first == name.last && !token.has_upper && kHeads.contains(token.hash);
}

// No name goes on over the border of two cells.
bool CrossesCells(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin;
  return scan.text.substr(begin, scan.tokens[name.last].end - begin).find_first_of("\t|;") != std::string_view::npos;
}

// "MONGO_URI": a name of code.
bool IsPartOfConstant(const Scan& scan, const TaggedName& name) {
  const Token& first = scan.tokens[name.first];
  const Token& last = scan.tokens[name.last];
  if (first.has_lower || last.has_lower) return false;
  return (first.begin > 0 && scan.text[first.begin - 1] == '_') ||
         (last.end < scan.text.size() && scan.text[last.end] == '_');
}

// "109.78.203.44", "F0-18-98-1D-71-30": machines have such addresses.
bool HoldsNetworkAddress(const Scan& scan, const TaggedName& name) {
  constexpr std::size_t kNumbers = 4, kPairs = 6;
  std::size_t numbers = 1, pairs = 1;
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token &left = scan.tokens[i - 1], &token = scan.tokens[i];
    const std::string_view between = scan.Between(i - 1);
    numbers = between == "." && left.all_digits() && token.all_digits() ? numbers + 1 : 1;
    pairs = (between == "-" || between == ":") && left.size() == 2 && token.size() == 2 ? pairs + 1 : 1;
    if (numbers == kNumbers || pairs == kPairs) return true;
  }
  return false;
}

// "550e8400" and "078-05-1120" are no numbers of a house; "2-11-3" is.
bool HoldsKey(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kKeyDigits = 8;
  std::uint32_t joined_digits = 0;  // of groups with hyphens between them, or of three and more digits with spaces
  int groups = 0;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 && !token.all_digits() && token.size() > 6) return true;
    const bool joined = i > name.first && groups > 0 && token.all_digits() &&
                        (scan.Between(i - 1) == "-" ||
                         (scan.Between(i - 1) == " " && token.size() >= 3 && scan.tokens[i - 1].size() >= 3));
    groups = joined ? groups + 1 : token.all_digits() ? 1 : 0;
    joined_digits = (joined ? joined_digits : 0) + token.digits;
    if (groups >= 3 && joined_digits >= kKeyDigits) return true;
  }
  return false;
}

// "BA117 LHR-JFK, seat 14C": of a journey.
bool HoldsSeat(const Scan& scan, const TaggedName& name) {
  static const WordSet kOfJourneys(
      {"seat", "gate", "flight", "platform", "coach", "siege", "asiento", "sitz", "posto", "assento", "stoel"});
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (kOfJourneys.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Thalès, exercice 4 page 112": of a book.
bool HoldsPage(const Scan& scan, const TaggedName& name) {
  static const WordSet kOfBooks({"page", "pages", "pagina", "paginas", "seite", "exercice", "exercise", "ejercicio",
                                 "esercizio", "exercicio", "aufgabe", "chapitre", "capitulo", "kapitel", "capitolo",
                                 "chapter", "verse"});
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    if (kOfBooks.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Agência 1423, conta corrente 19699-9": of a bank.
bool HoldsAccount(const Scan& scan, const TaggedName& name) {
  static const WordSet kOfBanks({"conta", "corrente", "cuenta", "konto", "kontonummer", "account", "compte", "iban",
                                 "rekening", "conto", "agencia"});
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (kOfBanks.contains(scan.tokens[i].hash) && scan.tokens[i + 1].digits > 0) return true;
  }
  return false;
}

// "Manchester United 2-1 Aston Villa": "2-4-6 Sakura-dori" has three numbers.
bool IsScore(const Scan& scan, const TaggedName& name) {
  if (name.last < name.first + 2) return false;
  const Token &home = scan.tokens[name.first], &away = scan.tokens[name.first + 1];
  return home.all_digits() && away.all_digits() && home.size() == 1 && away.size() == 1 &&
         scan.Between(name.first) == "-" && scan.Between(name.first + 1) == " " &&
         scan.tokens[name.first + 2].upper_first;
}

// "8080:80": of a command.
bool HoldsPort(const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (scan.Between(i) == ":" && scan.tokens[i].digits > 0) return true;
  }
  return false;
}

// "Cama: 312-B. Planta 3", "Col. nº 46/4612": of a hospital and of a doctor.
bool IsOfWard(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kCollege = WordHash("col"), kFloor = WordHash("planta");
  const Token& first = scan.tokens[name.first];
  if (first.hash == kCollege && name.last > name.first) return scan.Of(scan.tokens[name.first + 1]).starts_with("n");
  if (first.digits == 0) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (scan.tokens[i].hash == kFloor) return true;
  }
  return false;
}

// "Nº Col: 28 28 35489", "núm. colegiado 46 46 20987": of a doctor.
bool IsOfCollege(const Scan& scan, const TaggedName& name) {
  static const WordSet kColleges({"col", "colegiado", "colegiada", "colegiacion", "ncol", "nocol"});
  for (std::size_t i = name.first; i <= name.last && scan.tokens[i].digits == 0; ++i) {
    if (kColleges.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "2x Caesar salad", "12 x Allen bolts": numbers of things.
bool HoldsCount(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kTimes = WordHash("x");
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits == 0) continue;
    if (token.size() == token.digits + 1u && scan.Of(token).ends_with('x')) return true;
    if (i < name.last && scan.tokens[i + 1].hash == kTimes && scan.Between(i) == " ") return true;
  }
  return false;
}

// "BP 150/90", "TA 118/62, FC 74", "Policy 7714-AUT-09": what is noted of somebody, and no post box or house.
bool IsNoted(const Scan& scan, const TaggedName& name) {
  static const WordSet kNoted({"bp",  "ta",  "pa",  "fc",  "fr",  "hr",   "spo2",   "sat", "tgo",  "tgp",
                               "got", "gpt", "psa", "cit", "ldh", "pcr",  "imc",    "bmi", "fevi", "cvc",
                               "cvv", "id",  "ref", "pin", "otp", "case", "policy", "px",  "hba1c"});
  if (name.last == name.first || !kNoted.contains(scan.tokens[name.first].hash)) return false;
  const Token& value = scan.tokens[name.first + 1];
  return scan.IsBetween(name.first, ' ') && (value.digits > 0 || !value.has_upper || !value.has_lower);
}

// "128 GB, IP68", "bore 20 mm", "max 11 °C": no number of a house.
bool HoldsMeasure(const Scan& scan, const TaggedName& name) {
  static const WordSet kUnits({"gb",      "mb",     "tb",      "kb",    "mm",     "cm",    "km",    "kg",     "mg",
                               "ml",      "kw",     "kwh",     "mah",   "mhz",    "ghz",   "hz",    "mbps",   "gbps",
                               "px",      "pcs",    "rpm",     "psi",   "hpa",    "mcg",   "lpm",   "eur",    "newton",
                               "newtons", "pascal", "pascals", "joule", "joules", "watt",  "watts", "volt",   "volts",
                               "ohm",     "ohms",   "kelvin",  "hertz", "tesla",  "lumen", "lux",   "decibel"});
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (!scan.tokens[i].all_digits()) continue;
    const std::string_view behind = scan.text.substr(scan.tokens[i].end, 3);
    if (behind.starts_with("€") || scan.text.substr(scan.tokens[i].end, 4) == " €") return true;
    if (behind.starts_with("°") || behind == " °" || behind == "\u00A0°") return true;
    if (i + 1 < scan.tokens.size() && kUnits.contains(scan.tokens[i + 1].hash) && scan.Between(i) == " ") return true;
  }
  return false;
}

// Greetings, roles and short forms that begin with a capital letter as names do.
bool IsNobody(const Token& token) {
  static const WordSet kWords({"thx",       "thanx",     "hiya",      "cheers", "pls",        "plz",         "btw",
                               "fyi",       "asap",      "iban",      "nino",   "aadhaar",    "bic",         "claimant",
                               "defendant", "plaintiff", "applicant", "editor", "madam",      "sir",         "hospital",
                               "ward",      "regt",      "dept",      "deaf",   "respondent", "complainant", "nicu",
                               "icu",       "dob",       "gp",        "okta",   "bins",       "signed",      "sirs",
                               "imei",      "ssh",       "vpn",       "wlan",   "busco",      "atendido",    "atendida",
                               "informado", "avisado",   "cribado",   "nadie",  "fecha",      "los",         "las"});
  return kWords.contains(token.hash);
}

// "Mr Gandy, 49, HGV driver", "African American male, 41": a person with an age, and no number of a house.
bool HoldsSomebody(const Scan& scan, const TaggedName& name) {
  static const WordSet kWords({"mr", "mrs", "ms", "male", "female", "acct", "baby"});
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (kWords.contains(token.hash)) return true;
    if (token.digits > 0 && token.digits <= 2 && token.size() == token.digits + 2u && scan.Of(token).ends_with("yo"))
      return true;
  }
  return false;
}

// "on May 4th", "before 12 noon"
bool BeginsDay(const Scan& scan, std::size_t at, std::size_t last) {
  static const WordSet kWhen({"on", "by", "before", "after", "until", "since", "am", "ab", "seit", "el", "desde", "le",
                              "il", "em", "op", "vanaf"});
  static const WordSet kDays(
      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",  "sunday",  "january",  "february", "march",
       "april",  "may",     "june",      "july",     "august", "september", "october", "november", "december", "jan",
       "feb",    "mar",     "apr",       "jun",      "jul",    "aug",       "sep",     "oct",      "nov",      "dec"});
  if (at >= last || scan.tokens[at].upper_first || !kWhen.contains(scan.tokens[at].hash)) return false;
  return scan.tokens[at + 1].digits > 0 || kDays.contains(scan.tokens[at + 1].hash);
}

// ", klantnr 88213": a small word and a number longer than those of houses, behind a comma.
bool BeginsOtherNumber(const Scan& scan, std::size_t at, std::size_t last) {
  constexpr std::uint32_t kDigitsMin = 4;
  if (at >= last || !scan.tokens[at].word() || scan.tokens[at].has_upper || scan.Between(at - 1) != ", ") return false;
  return scan.tokens[at + 1].digits >= kDigitsMin && (at + 1 == last || scan.Between(at + 1).starts_with(","));
}

std::string AsciiLowered(std::string text) {
  for (char& c : text) c = IsAsciiUpper(c) ? static_cast<char>(c | 0x20) : c;
  return text;
}

// "gmbh", "pty ltd", "s.r.l": legal forms that are no word and no sign of anything else without their capitals, as
// "as", "se" and "kg" are.
bool IsFormInSmallLetters(std::string_view form) {
  static const WordSet kForms({"ltd",  "llc", "llp", "plc",  "gmbh", "ggmbh", "inc", "pty", "pte",  "pvt",  "sdn",
                               "ltda", "lda", "srl", "sarl", "eurl", "kft",   "zrt", "ohg", "bvba", "sprl", "uab"});
  const std::size_t first = form.find_first_of(" .,/");
  const bool dotted = first == 1 && form[1] == '.' && form.size() > 2 && form[2] != ' ';
  return dotted || form.starts_with("sp. z") || form.starts_with("sp.z") ||
         kForms.contains(WordHash(form.substr(0, first)));
}

// "Lindenallee 12a, 50968 Köln, Tel. 0221": an address ends where the telephone is named, or where a day or the number
// of something else follows.
std::size_t WithoutContact(const Scan& scan, const TaggedName& name) {
  static const WordSet kContacts({"tel", "telefon", "telefono", "telefone", "telephone", "tlf", "tfno", "phone",
                                  "mobile", "mobil", "handy", "cell", "fax", "email", "mail", "mob", "movil"});
  static const WordSet kSentences({"el", "la", "los", "las", "se", "fdo", "firmado", "d", "dna", "don", "dona"});
  static const WordSet kNumbers({"pps", "vat", "cpr", "dni", "nif", "nie", "nhs", "ssn", "cvr", "dob", "ppsn", "nino"});
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (!token.has_lower && scan.Between(i - 1) == ", " && kNumbers.contains(token.hash)) return i - 1;
    if (scan.Between(i - 1) == ". " && scan.tokens[i - 1].digits > 0 && scan.tokens[i].upper_first &&
        kSentences.contains(scan.tokens[i].hash))
      return i - 1;  // "Vía Alemania, 5. El Letrado"
    if (kContacts.contains(scan.tokens[i].hash) || BeginsDay(scan, i, name.last)) return i - 1;
    if (BeginsOtherNumber(scan, i, name.last)) return i - 1;
  }
  return name.last;
}

}  // namespace

NameRules::NameRules(const GazetteerFile& gazetteer, const NameModel& model, const NameDoubt& doubt,
                     const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : tagger_(model),
      borders_(model),
      patients_(files),
      thai_(files),
      people_(files),
      jobs_(files, gazetteer),
      doubt_(&doubt) {
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  const auto lead = [&](int to, const std::vector<std::string>& words) {
    for (const std::string& word : words) leads_[WordHash(Fold(word))] |= static_cast<std::uint8_t>(to);
  };
  const std::vector<std::string> further_honorifics = {"maestro", "khun", "mmes", "mlle", "mag",
                                                       "dipl",    "avv",  "geom", "arq"};
  fill(honorifics_, gazetteer.honorifics);
  fill(honorifics_, further_honorifics);
  lead(kHonorific | kBeginsSmall, gazetteer.honorifics);
  lead(kHonorific, further_honorifics);
  fill(street_after_, gazetteer.street_after);
  fill(street_after_, {"dori", "chome"});  // "2-4-6 Sakura-dori"
  fill(street_before_, gazetteer.street_before);
  fill(flats_, gazetteer.flats);
  const std::vector<std::string> russian_streets = {"улица",      "улице",      "улицу",      "улицы",    "проспект",
                                                    "проспекте",  "проспекта",  "переулок",   "переулке", "переулка",
                                                    "бульвар",    "бульваре",   "бульвара",   "площади",  "площадь",
                                                    "набережная", "набережной", "набережную", "шоссе"};
  fill(street_before_, russian_streets);
  fill(russian_streets_, russian_streets);
  lead(kBeforeStreet | kBeginsSmall, gazetteer.street_before);
  lead(kBeforeStreet | kBeginsSmall, russian_streets);
  lead(kSaid, jobs_.WordsBefore());
  lead(kSaid, PeopleRules::WordsOfYears());
  lead(kSaid, PeopleRules::WordsOfStatus());
  lead(kSaid, {"work", "works", "worked", "working", "employed", "studying", "studies", "volunteers", "volunteering",
               "apprenticed", "interned", "enrolled", "job", "nights", "shifts"});
  fill(titles_, {"mr",        "mrs",     "ms",    "miss",    "mx",      "dr",  "prof", "professor", "sir",      "madam",
                 "captain",   "coach",   "judge", "senator", "colonel", "sgt", "lt",   "capt",      "reverend", "rev",
                 "detective", "officer", "cllr",  "maj",     "col",     "cpl", "smt",  "maestro"});
  fill(greetings_,
       {"dear",       "estimado",  "estimada",  "querido",    "querida",     "prezado",   "prezada",     "caro",
        "cara",       "cher",      "chère",     "gentile",    "egregio",     "egregia",   "liebe",       "lieber",
        "geehrte",    "geehrter",  "beste",     "geachte",    "kære",        "kjære",     "bästa",       "käre",
        "kära",       "hyvä",      "arvoisa",   "szanowny",   "szanowna",    "drogi",     "droga",       "vážený",
        "vážená",     "milý",      "milá",      "kedves",     "tisztelt",    "stimate",   "stimată",     "dragă",
        "poštovani",  "poštovana", "dragi",     "spoštovani", "spoštovana",  "sayın",     "sevgili",     "benvolgut",
        "benvolguda", "apreciado", "apreciada", "lugupeetud", "gerbiamas",   "gerbiama",  "cienījamais", "cienījamā",
        "уважаемый",  "уважаемая", "дорогой",   "дорогая",    "шановний",    "шановна",   "αγαπητέ",     "αγαπητή",
        "patient",    "patientin", "patiente",  "paciente",   "paziente",    "patiënt",   "pacient",     "pacientka",
        "pacjent",    "pacjentka", "pacientă",  "pacijent",   "pacijentica", "potilas",   "пациент",     "пациентка",
        "kunde",      "kundin",    "kund",      "cliente",    "client",      "klant",     "klient",      "klientka",
        "zákazník",   "zákaznice", "asiakas",   "клиент",     "клиентка",    "müşteri",   "ügyfél",      "customer",
        "tenant",     "servus",    "hola",      "ciao",       "salut",       "bonjour",   "bonsoir",     "moin",
        "hallo",      "familie",   "famille",   "famiglia",   "nachbar",     "nachbarin", "spett",       "presenta",
        "conosco"});
  fill(organizations_, gazetteer.organization_words);
  fill(company_endings_, gazetteer.company_endings);
  fill(things_, gazetteer.numbers_of_things);
  for (const auto& file : files) {
    if (!file->text || file->text->shape != TextShape::kNumber) continue;
    for (const std::string& phrase : file->text->context) fill(number_words_, PhraseWords(phrase));
  }
  lead(kCompanyBeginning, gazetteer.company_beginnings);
  for (const std::string& name : gazetteer.called_after) {
    Scan words;
    ScanText(name, words);
    if (!words.tokens.empty()) called_after_.Insert(HashOfWords(words, 0, words.tokens.size() - 1));
  }
  fill(matters_, gazetteer.matters);
  fill(eponyms_, gazetteer.eponyms);
  fill(wards_, gazetteer.wards);
  for (const std::string& form : gazetteer.company_forms) {
    const std::string first = form.substr(0, form.find_first_of(" ./"));
    const std::uint32_t hash = WordHash(Fold(first));
    company_forms_[hash].push_back(form);
    if (const std::string small = AsciiLowered(form); IsFormInSmallLetters(small)) {
      if (small != form) company_forms_[hash].push_back(small);
      leads_[hash] |= first.size() > 1 ? kSmallForm | kBeginsSmall : kSmallForm;
    }
    leads_[hash] |= kInsideOrganization;
  }
  lead(kInsideOrganization, {kParticles.begin(), kParticles.end()});
  lead(kInsideOrganization, {kInsideCompanies.begin(), kInsideCompanies.end()});
  lead(kInsideOrganization, {"of", "for", "s", "della", "do"});
  lead(kSpanishHouse, {"hospital",  "centro",     "juzgado",  "juzgados",   "colegio",     "residencia", "ayuntamiento",
                       "policia",   "consejeria", "mutua",    "mutualidad", "complejo",    "notaria",    "instituto",
                       "escuela",   "ceip",       "ies",      "clinica",    "universidad", "fundacion",  "tribunal",
                       "audiencia", "caja",       "hotel",    "parroquia",  "asociacion",  "isapre",     "comandancia",
                       "agencia",   "ilustre",    "academia", "facultad",   "hospitales",  "eps"});
  fill(institutions_,
       {"hospital",   "clinica",    "residencia",  "centro",        "colegio",     "instituto", "universidad",
        "fundacion",  "clinique",   "klinikum",    "krankenhaus",   "policlinico", "ospedale",  "ziekenhuis",
        "university", "college",    "praxis",      "kanzlei",       "backerei",    "apotheke",  "autohaus",
        "sparkasse",  "verlag",     "boulangerie", "pharmacie",     "lycee",       "farmacia",  "panaderia",
        "libreria",   "officina",   "officine",    "panificio",     "padaria",     "apotheek",  "bakkerij",
        "stichting",  "vereniging", "uitgeverij",  "fysiotherapie", "waterschap",  "gemeente",  "ayuntamiento",
        "mairie",     "prefeitura", "przychodnia", "szpital"});
  fill(institution_ends_,
       {"hospital", "infirmary", "pharmacy",  "clinic",   "college",     "university", "dental",       "brewery",
        "bakery",   "rovers",    "wanderers", "athletic", "academy",     "institute",  "foundation",   "museum",
        "library",  "choir",     "orchestra", "school",   "krankenhaus", "apotheke",   "universitesi", "hastanesi"});
  fill(given_words_, gazetteer.first_names);
  fill(given_words_, gazetteer.further_first_names);
  fill(surname_words_, gazetteer.last_names);
  fill(surname_words_, gazetteer.further_last_names);
  street_endings_ = gazetteer.street_endings;
  for (const std::string& ending : gazetteer.surname_endings) surname_endings_.push_back(Fold(ending));
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "full-name") person_ = file.get();
    if (id == "first-name") given_ = file.get();
    if (id == "last-name") surname_ = file.get();
    if (id == "place") place_ = file.get();
    if (id == "city") city_ = file.get();
    if (id == "organization-name") organization_ = file.get();
    if (id == "street-address") street_ = file.get();
    if (id == "honorific") title_ = file.get();
    if (id == "postcode") postal_code_ = file.get();
    if (id == "username") username_ = file.get();
    if (id == "nationality-word") {
      for (const std::string& word : file->text->words) demonyms_.Insert(WordHash(Fold(word)));
    }
  }
}

void NameRules::Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                       std::vector<Find>& finds) const {
  if (file == nullptr) return;
  static const WordSet kOf({"de", "del"});
  while (file == organization_ && first + 2 <= last && wards_.contains(scan.tokens[first].hash) &&
         kOf.contains(scan.tokens[first + 1].hash) &&
         (institutions_.contains(scan.tokens[first + 2].hash) || wards_.contains(scan.tokens[first + 2].hash)))
    first += 2;  // "Servicio de Cardiología del Hospital Clínico"
  finds.push_back({scan.tokens[first].begin, scan.tokens[last].end, file, std::min(score, kSureMax)});
  // "4º izda.", "1.º dcha."
  static const WordSet kCutShort({"izda", "izq", "dcha", "dcho", "izqda", "der"});
  if (file == street_ && !scan.tokens[last].has_upper && kCutShort.contains(scan.tokens[last].hash) &&
      scan.text.substr(scan.tokens[last].end).starts_with('.'))
    ++finds.back().end;
}

// "Servicio de Cardiología": a part of any hospital.
bool NameRules::IsWard(const Scan& scan, std::size_t first) const {
  return wards_.contains(scan.tokens[first].hash);
}

// "Managing Partner" below a name: words of every day, the last of them a job.
bool NameRules::IsTitleOfJob(const Scan& scan, const TaggedName& name) const {
  if (name.first == name.last || !jobs_.IsJob(scan.tokens[name.last].hash)) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if ((tagger_.model().ListsOf(scan.tokens[i].hash) & (kCommonWord | kEveryday)) == 0) return false;
  }
  return true;
}

// "Residencia Santa Clara", "Greenfield Pharmacy": what it is called says what it is.
bool NameRules::IsInstitution(const Scan& scan, const TaggedName& name) const {
  return name.first < name.last && (institutions_.contains(scan.tokens[name.first].hash) ||
                                    institution_ends_.contains(scan.tokens[name.last].hash));
}

// "16124 Genova (GE)": the bracket closes behind the last word.
bool OpensBracket(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin, end = scan.tokens[name.last].end;
  const std::string_view whole = scan.text.substr(begin, end - begin);
  return scan.text.substr(end).starts_with(')') && whole.find('(') != whole.npos && whole.find(')') == whole.npos;
}

// "piso 3 "C"": the quote closes behind the last word.
bool OpensQuote(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin, end = scan.tokens[name.last].end;
  const std::string_view whole = scan.text.substr(begin, end - begin);
  return scan.text.substr(end).starts_with('"') && std::ranges::count(whole, '"') == 1;
}

// "Bob.hey(", "Ada::run": a name that a program calls something by.
bool IsCalled(const Scan& scan, const TaggedName& name) {
  constexpr std::size_t kCallBytesMax = 64;
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, kCallBytesMax);
  if (behind.starts_with("::") || behind.starts_with("->")) return true;
  if (behind.size() < 2 || behind[0] != '.' || !IsAsciiLower(behind[1])) return false;
  const auto end = std::find_if(behind.begin() + 1, behind.end(), [](char c) { return !IsAsciiLetter(c) && c != '_'; });
  return end != behind.end() && *end == '(';
}

// "Doppler effect", "Rose gold", "the Dijkstra algorithm", "nach Norden": one word that names a thing or a direction.
bool IsNamedAfter(const Scan& scan, const TaggedName& name) {
  if (name.first != name.last || (name.kind != NameKind::kPerson && name.kind != NameKind::kPlace)) return false;
  static const WordSet kDirections({"norden", "sueden", "osten", "suden", "norte", "oeste", "oriente", "occidente",
                                    "nord", "ouest", "noorden", "zuiden", "oosten", "westen"});
  if (kDirections.contains(scan.tokens[name.first].hash)) return true;
  const bool follows = name.last + 1 < scan.tokens.size() && scan.Between(name.last) == " ";
  if (follows && !scan.tokens[name.last + 1].has_upper && IsThingsWord(scan.tokens[name.last + 1])) return true;
  if (name.kind != NameKind::kPerson || name.first == 0 || scan.Between(name.first - 1) != " ") return false;
  constexpr std::uint32_t kThe = WordHash("the");
  static const WordSet kTheirs({"family", "families", "household", "brothers", "sisters", "twins", "siblings", "couple",
                                "boys", "girls", "kids", "children", "estate", "case", "account", "file"});
  return scan.tokens[name.first - 1].hash == kThe && follows && !scan.tokens[name.last + 1].has_upper &&
         !kTheirs.contains(scan.tokens[name.last + 1].hash);
}

// A title before it may be a part of what it is called: "Don Quixote".
bool SpeaksOfPeople(const Scan& scan, const TaggedName& name, bool titled = false) {
  static const WordSet kPeople(
      {"he",        "she",      "his",       "her",      "him",      "mr",       "mrs",      "ms",       "miss",
       "dear",      "said",     "says",      "told",     "asked",    "wrote",    "born",     "died",     "married",
       "lives",     "works",    "joined",    "met",      "founder",  "designer", "actor",    "actress",  "singer",
       "president", "chairman", "director",  "herr",     "frau",     "er",       "sie",      "sagte",    "geboren",
       "don",       "dona",     "senor",     "senora",   "dijo",     "nacio",    "nacido",   "dit",      "madame",
       "monsieur",  "signor",   "signora",   "disse",    "nato",     "nata",     "nascido",  "nascida",  "meneer",
       "mevrouw",   "zei",      "patient",   "paciente", "paziente", "patiente", "customer", "employee", "client",
       "contact",   "name",     "colleague", "teacher"});
  constexpr std::size_t kWordsAround = 12;
  const std::size_t from = name.first - std::min(name.first, kWordsAround);
  const std::size_t to = std::min(name.last + kWordsAround, scan.tokens.size() - 1);
  for (std::size_t i = from; i <= to; ++i) {
    if (titled && i + 1 == name.first) continue;
    if (kPeople.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Ralph Lauren polo shirt", "Jack Daniel's", "Captain Morgan with ginger ale": makes, unless people are spoken of
// around them.
bool NameRules::IsCalledAfter(const Scan& scan, const TaggedName& name) const {
  const auto is_one = [&](std::size_t first, std::size_t last) {
    return called_after_.contains(HashOfWords(scan, first, last));
  };
  const bool begins_so = name.last >= name.first + 2 && is_one(name.first, name.first + 1);
  const bool titled = IsAddressed(scan, name.first) && is_one(name.first - 1, name.first);
  return (is_one(name.first, name.last) || begins_so || titled) && !SpeaksOfPeople(scan, name, titled);
}

// "max-width", "will-change": "anne-marie" has two names.
bool NameRules::IsHyphenatedWord(const Scan& scan, const TaggedName& name) const {
  const Token &first = scan.tokens[name.first], &last = scan.tokens[name.last];
  return name.last == name.first + 1 && scan.Between(name.first) == "-" && !first.has_upper && !last.has_upper &&
         !IsGiven(last) && !IsListed(last, kSurname);
}

// "Johnson & Johnson", "Marks & Spencer": two surnames that trade together.
bool NameRules::IsFirm(const Scan& scan, const TaggedName& name) const {
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (scan.Between(i) == " & ") return !IsGiven(scan.tokens[name.first]);
  }
  return false;
}

// "Sigríður Jónsdóttir": a place of two words whose second ends as only surnames do.
bool NameRules::EndsAsPerson(const Scan& scan, const TaggedName& name) const {
  const Token& last = scan.tokens[name.last];
  if (name.last != name.first + 1 || scan.Between(name.first) != " ") return false;
  const auto lists = [&](const Token& token) { return tagger_.model().ListsOf(token.hash); };
  const bool given = given_words_.contains(scan.tokens[name.first].hash) && IsListed(last, kSurname) &&
                     ((lists(scan.tokens[name.first]) | lists(last)) & (kPartOfPlace | kTown | kCommonWord)) == 0;
  if (given) return true;  // "Hyacinth Bartley"
  if (((lists(scan.tokens[name.first]) | lists(last)) & (kPartOfPlace | kTown | kEveryday)) != 0) return false;
  return !IsListed(last, kSurname) && IsSurname(scan, last);
}

// "Mr Poole", "Cpl Rai": people, though towns are called so.
bool NameRules::IsTitled(const Scan& scan, const TaggedName& name) const {
  const auto is_title = [&](std::size_t at) {  // "I miss Paris"
    return scan.tokens[at].upper_first && titles_.contains(scan.tokens[at].hash);
  };
  if (name.first < name.last && is_title(name.first)) return true;
  return IsAddressed(scan, name.first) && is_title(name.first - 1);
}

// "Coach Petersen", "Herr Brandt"
bool NameRules::IsAddressed(const Scan& scan, std::size_t first) const {
  const std::string_view between = first > 0 ? scan.Between(first - 1) : "";
  return (between == " " || between == ". ") && honorifics_.contains(scan.tokens[first - 1].hash);
}

// "boots for Ivan", "tell Marcus": a given name, and no other word, behind a word that leads to somebody.
bool NameRules::IsReceiver(const Scan& scan, std::size_t at) const {
  static const WordSet kTo(
      {"for", "by", "from", "with", "ask", "tell", "thanks", "para", "fur", "pour", "per", "voor"});
  constexpr std::uint16_t kOthers = kSurname | kCommonWord | kEveryday | kTown | kCountry;
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[at].hash);
  return at > 0 && (lists & kGivenName) != 0 && (lists & kOthers) == 0 && kTo.contains(scan.tokens[at - 1].hash);
}

bool NameRules::IsListedPlace(const Scan& scan, const TaggedName& name) const {
  std::uint16_t lists = 0;
  for (std::size_t i = name.first; i <= name.last; ++i) lists |= tagger_.model().ListsOf(scan.tokens[i].hash);
  return (lists & (kTown | kCountry | kPartOfPlace)) != 0;
}

// "Dyson fan", "the Markov chain": what the words around speak of as a thing. Whoever was named whole in the text is
// nobody's thing.
bool NameRules::IsThing(Surroundings& surroundings, const TaggedName& name, const WordSet& of_whole_names) const {
  const Scan& scan = surroundings.scan();
  if (name.kind == NameKind::kAddress || name.kind == NameKind::kOther || name.believed) return false;
  const bool one = name.first == name.last, person = name.kind == NameKind::kPerson;
  if (person && (IsAddressed(scan, name.first) || (one && of_whole_names.contains(scan.tokens[name.first].hash))))
    return false;
  const auto [odds, around] = doubt_->Judge(surroundings, tagger_.model(), name);
  const OddsMin by_register = kDoubtedBelow[static_cast<std::size_t>(around)];
  float least = one ? by_register.one_word : by_register.whole;
  if (one && (SpeaksOfPeople(scan, name) || IsReceiver(scan, name.first))) least = std::min(least, kOfPeopleOddsMin);
  if (name.kind == NameKind::kOrganization) least = kOrganizationOddsMin;
  if (name.kind == NameKind::kPlace) least = IsListedPlace(scan, name) ? kPlaceOddsMin : kUnlistedPlaceOddsMin;
  return odds < least;
}

// One word is a weaker sign than two, and weakest as the capital word with which any line begins.
double LeastOfPerson(const Scan& scan, const TaggedName& name) {
  if (name.first != name.last) return kPersonMin;
  const bool begins = name.first == 0 || scan.tokens[name.first].line_before;
  const bool goes_on = name.last + 1 < scan.tokens.size() && scan.Between(name.last) == " ";
  return begins && goes_on ? kFirstWordMin : kOneWordMin;
}

// Whether a name that the tagger is unsure of is written as names are: no heading, ward, organization or count of
// goods, and no letter alone.
bool NameRules::IsWrittenAsName(const Scan& scan, const TaggedName& name) const {
  if (IsWard(scan, name.first) || scan.text.substr(scan.tokens[name.last].end).starts_with(':')) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 || organizations_.contains(token.hash) || (i < name.last && !Joined(scan, i))) return false;
  }
  return name.first != name.last || scan.tokens[name.first].size() > 1;
}

// Persons that the tagger held for less likely, or too weakly for their place in the line, where the words around say
// so.
void NameRules::BelieveSome(Surroundings& surroundings, bool spanish, const std::vector<TaggedName>& less_likely,
                            std::vector<TaggedName>& tagged) const {
  const Scan& scan = surroundings.scan();
  const auto believe = [&](TaggedName& name) {
    if (!IsWrittenAsName(scan, name)) return;
    if (spanish && IsSpelledAsPerson(scan, name)) {
      name.believed = true;
      name.probability = std::max(static_cast<float>(kPersonMin), name.probability);
      return;
    }
    const auto [odds, around] = doubt_->Judge(surroundings, tagger_.model(), name);
    const OddsMin least = kBelievedFrom[static_cast<std::size_t>(around)];
    name.believed = odds >= (name.first == name.last ? least.one_word : least.whole);
    if (name.believed) name.probability = std::max(static_cast<float>(kPersonMin), 1 / (1 + std::exp(-odds)));
  };
  for (TaggedName& name : tagged) {
    if (name.kind == NameKind::kPerson && name.probability < LeastOfPerson(scan, name)) believe(name);
  }
  const std::size_t certain = tagged.size();
  for (TaggedName name : less_likely) {
    if (IsCapital(scan, name.first) && IsCapital(scan, name.last)) believe(name);
    if (name.believed) tagged.push_back(name);
  }
  std::inplace_merge(tagged.begin(), tagged.begin() + static_cast<std::ptrdiff_t>(certain), tagged.end(),
                     [](const TaggedName& one, const TaggedName& other) { return one.first < other.first; });
}

void NameRules::DropThings(Surroundings& surroundings, std::vector<TaggedName>& tagged) const {
  const Scan& scan = surroundings.scan();
  WordSet of_whole_names;
  for (const TaggedName& name : tagged) {
    if (name.kind != NameKind::kPerson || name.first == name.last) continue;
    of_whole_names.Insert(scan.tokens[name.first].hash);
    of_whole_names.Insert(scan.tokens[name.last].hash);
  }
  std::erase_if(tagged, [&](const TaggedName& name) { return IsThing(surroundings, name, of_whole_names); });
}

// "Davčna številka 12345678", "karta 4016 …", "El RFC": what a number is called, in whatever language, and no name.
bool NameRules::IsWordForNumber(const Scan& scan, const TaggedName& name) const {
  constexpr std::size_t kShort = 3, kBehind = 3, kDigitsMin = 3;
  bool says = false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (IsListed(token, kGivenName | kSurname | kTown | kCountry)) return false;
    const bool number = number_words_.contains(token.hash) || things_.contains(token.hash);
    if (!number && token.size() > kShort) return false;
    says = says || number;
  }
  for (std::size_t i = name.last + 1; says && i < std::min(name.last + 1 + kBehind, scan.tokens.size()); ++i) {
    if (scan.tokens[i].digits >= kDigitsMin) return true;
  }
  return false;
}

// "Dallas Cowboys 27, Washington Commanders 20": of two who played, without a word of streets and flats.
bool NameRules::IsScoreOfTwo(const Scan& scan, const TaggedName& name) const {
  constexpr std::uint32_t kDigitsMax = 3;
  const Token& last = scan.tokens[name.last];
  if (!last.all_digits() || last.size() > kDigitsMax || name.last < name.first + 3) return false;
  std::size_t numbers = 0;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0) {
      ++numbers;
      if (i == name.first || !token.all_digits() || (i < name.last && scan.Between(i) != ", ")) return false;
    } else if (!token.upper_first || street_after_.contains(token.hash) || street_before_.contains(token.hash) ||
               flats_.contains(token.hash) || EndsAsStreet(scan.Of(token))) {
      return false;
    }
  }
  return numbers == 2;
}

const DetectorFile* NameRules::Settled(const Scan& scan, const TaggedName& name) const {
  if (name.kind != NameKind::kAddress && IsWordForNumber(scan, name)) return nullptr;
  if (CrossesCells(scan, name) || IsPartOfConstant(scan, name)) return nullptr;
  const Token& first = scan.tokens[name.first];
  if (IsNamedAfter(scan, name)) return nullptr;
  static const WordSet kOfTheYear(
      {"christmas", "easter", "halloween", "thanksgiving", "ramadan", "spring", "summer", "autumn", "winter"});
  constexpr std::uint32_t kWi = WordHash("wi");
  // Of goods, papers, programs and cars: what stands behind is a number of theirs.
  static const WordSet kBeforeNumbers({"isbn",     "issn",      "ean",     "upc",         "gtin",
                                       "sku",      "asin",      "doi",     "iso",         "din",
                                       "rfc",      "port",      "macos",   "windows",     "ios",
                                       "version",  "matricula", "patente", "kennzeichen", "immatriculation",
                                       "kenteken", "chapter",   "section"});
  if (name.first == name.last && (demonyms_.contains(first.hash) || kOfTheYear.contains(first.hash))) return nullptr;
  if (!first.ascii && IsEastAsian(ReadCodePoint(scan.text, first.begin).value))
    return nullptr;  // rules of their own read these
  switch (name.kind) {
    case NameKind::kPerson:
      if (name.first > 0 && scan.Between(name.first - 1) == ". " &&
          street_before_.contains(scan.tokens[name.first - 1].hash))
        return nullptr;  // "ул. Гагарина"
      if (!name.believed && name.probability < LeastOfPerson(scan, name)) return nullptr;
      if (first.hash == kWi && scan.Of(scan.tokens[name.last]).size() == 2) return nullptr;  // Wi-Fi
      if (name.first == name.last && IsNobody(first)) return nullptr;
      if (IsWard(scan, name.first)) return nullptr;
      if (kBeforeNumbers.contains(first.hash) || IsHeadOfColumn(scan, name) ||
          (IsAcronym(scan, name) && NamesNumber(scan, name)))
        return nullptr;
      if (IsCalled(scan, name) || IsCalledAfter(scan, name) || IsHyphenatedWord(scan, name)) return nullptr;
      return IsInstitution(scan, name) || IsFirm(scan, name) ? organization_ : person_;
    case NameKind::kPlace:
      if (name.probability < kPlaceMin || IsWard(scan, name.first)) return nullptr;
      if (!first.has_lower && name.first == name.last && name.last + 1 < scan.tokens.size() &&
          scan.Between(name.last) == "-" && scan.tokens[name.last + 1].digits > 0)
        return nullptr;  // "UK-2291-7730"
      if (EndsAsPerson(scan, name) || IsTitled(scan, name)) return person_;
      return IsInstitution(scan, name) ? organization_ : place_;
    case NameKind::kOrganization:
      if (IsWard(scan, name.first) || (name.first == name.last && IsNobody(first)) || IsTitleOfJob(scan, name))
        return nullptr;
      if (IsAcronym(scan, name) && (IsMedical(scan.tokens[name.first]) || NamesNumber(scan, name))) return nullptr;
      if (name.first < name.last && !first.has_lower && scan.tokens[name.first + 1].digits > 0 &&
          scan.Between(name.first) == "-")
        return nullptr;  // "SN-88A"
      if (std::all_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.first),
                      scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.last + 1),
                      [&](const Token& token) { return company_endings_.contains(token.hash); }))
        return nullptr;  // "Limited Company"
      return name.probability >= (IsAcronym(scan, name) ? kAcronymMin : kOrganizationMin) ? organization_ : nullptr;
    case NameKind::kAddress:
      if (kBeforeNumbers.contains(first.hash) || HoldsSeat(scan, name) || HoldsAccount(scan, name) ||
          IsOfWard(scan, name) || HoldsPort(scan, name) || IsScore(scan, name) || IsScoreOfTwo(scan, name) ||
          HoldsPage(scan, name) || IsOfCollege(scan, name) || HoldsCount(scan, name) || IsNoted(scan, name) ||
          HoldsSomebody(scan, name) || CountsThings(scan, name) || HoldsNetworkAddress(scan, name) ||
          BeginsWrittenDate(scan, name.first) || (name.first == name.last && first.all_digits()))
        return nullptr;
      return name.probability >= kAddressMin && !HoldsKey(scan, name) && !HoldsMeasure(scan, name) ? street_ : nullptr;
    case NameKind::kOther:
      return nullptr;
  }
  return nullptr;
}

// "Niamh Culhane arrived. Culhane said …": whoever was named whole is named by the surname later.
void NameRules::RecallSurnames(const Scan& scan, std::vector<TaggedName>& tagged) const {
  constexpr float kSure = 0.7f, kRecalled = 0.65f;
  std::vector<std::uint32_t> surnames;
  for (const TaggedName& name : tagged) {
    const Token& last = scan.tokens[name.last];
    if (name.kind != NameKind::kPerson || name.first == name.last || name.probability < kSure || last.size() < 4)
      continue;
    if ((tagger_.model().ListsOf(last.hash) & (kEveryday | kCommonWord | kTown | kCountry)) != 0) continue;
    surnames.push_back(last.hash);
  }
  if (surnames.empty()) return;
  std::sort(surnames.begin(), surnames.end());
  std::uint64_t may_be_one = 0;  // a bit for each: of most words it tells that they are none
  for (const std::uint32_t surname : surnames) may_be_one |= std::uint64_t{1} << surname % 64;
  std::vector<TaggedName> all;
  all.reserve(tagged.size());
  auto next = tagged.begin();
  for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
    while (next != tagged.end() && next->last < i) all.push_back(*next++);
    const Token& token = scan.tokens.data()[i];
    if (!token.upper_first || (may_be_one >> token.hash % 64 & 1) == 0 ||
        !std::binary_search(surnames.begin(), surnames.end(), token.hash))
      continue;
    if (next == tagged.end() || next->first > i) {
      all.push_back({.first = i, .last = i, .kind = NameKind::kPerson, .probability = kRecalled});
    } else if (next->first == i && next->last == i && next->kind != NameKind::kPerson) {
      *next = {.first = i, .last = i, .kind = NameKind::kPerson, .probability = kRecalled};
    }
  }
  all.insert(all.end(), next, tagged.end());
  tagged = std::move(all);
}

// "GARCÍA LORCA, FEDERICO": surnames, a comma and a given name are one person.
bool NameRules::IsSurnameFirst(const Scan& scan, const TaggedName& surname, const TaggedName& given) const {
  const bool persons = surname.kind == NameKind::kPerson && given.kind == NameKind::kPerson;
  if (!persons || given.first != surname.last + 1 || scan.Between(surname.last) != ", ") return false;
  const auto lists = [&](std::size_t at) { return tagger_.model().ListsOf(scan.tokens[at].hash); };
  const bool shouted = !scan.tokens[surname.first].has_lower && !scan.tokens[given.first].has_lower;
  // "Paciente: Ruiz Díaz, Norma Beatriz"
  bool labelled =
      surname.first > 0 && scan.Between(surname.first - 1) == ": " && (lists(surname.first) & kGivenName) == 0;
  for (std::size_t at = given.first; at <= given.last; ++at)
    labelled = labelled && (lists(at) & (kGivenName | kSurname)) == kGivenName;
  if (labelled) return true;
  if (!shouted || (lists(given.first) & kGivenName) == 0) return false;
  bool listed = false;
  for (std::size_t at = surname.first; at <= surname.last; ++at) {
    const bool is_surname = (lists(at) & kSurname) != 0;
    if (!is_surname && (lists(at) & kGivenName) != 0) return false;
    listed = listed || is_surname;
  }
  return listed;
}

// "Wilhelmina "Billie" Krause", which the tagger parts at a quote.
bool NameRules::IsNicknamed(const Scan& scan, const TaggedName& before, const TaggedName& name) {
  const auto opens = [&](std::size_t at) { return scan.Between(at) == " \"" || scan.Between(at) == " \u201C"; };
  const auto closes = [&](std::size_t at) { return scan.Between(at) == "\" " || scan.Between(at) == "\u201D "; };
  const bool persons = before.kind == NameKind::kPerson && name.kind == NameKind::kPerson;
  if (!persons || name.first != before.last + 1) return false;
  if (closes(before.last)) return before.last > before.first && opens(before.last - 1);
  return opens(before.last) && name.first + 1 < scan.tokens.size() && closes(name.first) &&
         scan.tokens[name.first + 1].upper_first;
}

void NameRules::JoinSurnameFirst(const Scan& scan, std::vector<TaggedName>& tagged) const {
  std::size_t kept = 0;
  for (const TaggedName& name : tagged) {
    if (kept > 0 && (IsSurnameFirst(scan, tagged[kept - 1], name) || IsNicknamed(scan, tagged[kept - 1], name)))
      tagged[kept - 1].last = name.last;
    else
      tagged[kept++] = name;
  }
  tagged.resize(kept);
  std::size_t next = 0;  // person; a name of another kind before it was a guess
  for (std::size_t i = 0; i < tagged.size(); ++i) {
    if (tagged[i].kind != NameKind::kPerson) continue;
    for (next = std::max(next, i + 1); next < tagged.size() && tagged[next].kind != NameKind::kPerson; ++next)
      ++scan.steps;
    const std::size_t from = i > 0 ? tagged[i - 1].last + 1 : 0;
    const std::size_t to = next < tagged.size() ? tagged[next].first : scan.tokens.size();
    CompleteSurnameFirst(scan, from, to, tagged[i]);
  }
  kept = 0;
  for (const TaggedName& name : tagged) {
    if (kept == 0 || name.first > tagged[kept - 1].last) tagged[kept++] = name;
  }
  tagged.resize(kept);
}

// "ARDEN, JOHN Q", of which the tagger knew one half. `from` and `to`: the tokens that are free around it.
void NameRules::CompleteSurnameFirst(const Scan& scan, std::size_t from, std::size_t to, TaggedName& name) const {
  const auto lists = [&](std::size_t at) { return tagger_.model().ListsOf(scan.tokens[at].hash); };
  const auto is_in_capitals = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    return token.word() && token.size() > 1 && token.has_upper && !token.has_lower;
  };
  // A word in no list is a surname where a field begins.
  const auto may_be_surname = [&](std::size_t at) {
    const bool begins = at == 0 || scan.tokens[at].line_before || !scan.Between(at - 1).starts_with(' ');
    return (lists(at) & kSurname) != 0 || (begins && scan.tokens[at].size() > 2 && lists(at) == 0);
  };
  const bool behind = name.first > from && scan.Between(name.first - 1) == ", " && is_in_capitals(name.first - 1) &&
                      is_in_capitals(name.first) && (lists(name.first) & kGivenName) != 0 &&
                      may_be_surname(name.first - 1);
  const bool before = name.first == name.last && name.last + 1 < to && scan.Between(name.last) == ", " &&
                      is_in_capitals(name.first) && (lists(name.first) & kSurname) != 0 &&
                      is_in_capitals(name.last + 1) &&
                      (lists(name.last + 1) & (kGivenName | kEveryday | kCommonWord)) == kGivenName;
  if (!behind && !before) return;
  name.first -= behind ? 1 : 0;
  name.last += before ? 1 : 0;
  if (name.last + 1 >= to || scan.Between(name.last) != " ") return;
  const Token& initial = scan.tokens[name.last + 1];
  name.last += initial.size() == 1 && initial.has_upper ? 1 : 0;
}

// "lunch with Hill, Moore and Ochoa": whom the tagger took for a firm; who trade together are told by what stands
// before them (FindPartners).
void NameRules::PartPeople(const Scan& scan, std::vector<TaggedName>& tagged) const {
  constexpr std::uint32_t kAnd = WordHash("and");
  constexpr std::size_t kTokens = 4;
  const auto partners = [&](const TaggedName& name) -> std::array<std::size_t, 3> {
    return {name.first, name.first + 1, name.last};
  };
  const auto is_three = [&](const TaggedName& name) {
    if (name.kind != NameKind::kOrganization || name.last + 1 != name.first + kTokens) return false;
    if (scan.Between(name.first) != ", " || scan.tokens[name.first + 2].hash != kAnd) return false;
    return std::ranges::all_of(partners(name), [&](std::size_t partner) {
      return (tagger_.model().ListsOf(scan.tokens[partner].hash) & kSurname) != 0;
    });
  };
  if (std::ranges::none_of(tagged, is_three)) return;
  std::vector<TaggedName> all;
  for (const TaggedName& name : tagged) {
    if (!is_three(name)) {
      all.push_back(name);
      continue;
    }
    for (const std::size_t partner : partners(name)) {
      all.push_back(name);
      all.back().kind = NameKind::kPerson;
      all.back().believed = true;
      all.back().first = all.back().last = partner;
    }
  }
  tagged = std::move(all);
}

// "Siobhan D.", "Kayden T (9)": behind the letter that stands for a surname, and its dot.
std::uint32_t NameRules::BehindLastInitial(const Scan& scan, const TaggedName& name, std::uint32_t end) const {
  constexpr std::uint32_t kI = WordHash("i");
  const auto is_initial = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    return token.size() == 1 && token.has_upper && token.word() && scan.IsBetween(at - 1, ' ');
  };
  const auto is_dotted = [&](std::size_t at) { return scan.text.substr(scan.tokens[at].end).starts_with('.'); };
  const Token& last = scan.tokens[name.last];
  if (name.last == name.first + 1 && end == last.end && is_initial(name.last) && last.hash != kI)
    return last.end + (is_dotted(name.last) ? 1 : 0);
  if (name.first != name.last || end != last.end || name.last + 1 >= scan.tokens.size()) return end;
  if (!IsGiven(last) || !is_initial(name.last + 1) || scan.tokens[name.last + 1].hash == kI) return end;
  const std::uint32_t behind = scan.tokens[name.last + 1].end;
  if (is_dotted(name.last + 1)) return behind + 1;
  const std::string_view rest = scan.text.substr(behind, 2);
  return rest.empty() || IsOneOf(rest[0], ",;)\n'") || rest == " (" ? behind : end;
}

// What the tagger has named is settled; rules speak where it was silent.
void NameRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  std::vector<TaggedName> tagged;
  std::vector<TaggedName> less_likely;
  tagger_.FindAll(scan, tagged, &less_likely);
  Surroundings surroundings(scan);
  const bool spanish = !(tagged.empty() && less_likely.empty()) && IsSpanish(scan);
  BelieveSome(surroundings, spanish, less_likely, tagged);
  borders_.Mend(scan, tagged);
  if (spanish) MendSpanish(scan, tagged);
  JoinSurnameFirst(scan, tagged);
  RecallSurnames(scan, tagged);
  DropThings(surroundings, tagged);
  PartPeople(scan, tagged);
  std::vector<Find> by_rules;
  FindByRules(scan, by_rules);
  auto rule = by_rules.begin();
  for (std::size_t i = 0; i < tagged.size(); ++i) {
    TaggedName& name = tagged[i];
    name.first = WithoutArticle(scan, name);
    const DetectorFile* file = Settled(scan, name);
    if (file == nullptr || IsEponym(scan, name) || (spanish && IsEponymOfReports(scan, name))) continue;
    if (file == person_ && IsEponymBefore(scan, name.last)) continue;
    if (file == person_ && spanish && IsHeadOfSentence(scan, name)) continue;
    if (file == person_ && spanish && IsOfPaper(scan, name)) continue;
    if (file == person_ && spanish) name.first = WithInitial(scan, name.first);
    if (file == street_ && spanish && IsNumberedInReport(scan, name)) continue;
    if (file == person_) name.first = WithoutTitle(scan, name);
    if (file == person_ && spanish && name.first > 0 && IsMaria(scan, name.first - 1)) --name.first;
    if (file == person_ && name.first > 0 && !scan.tokens[name.first].has_upper && IsKin(scan.tokens[name.first - 1]) &&
        !scan.tokens[name.first - 1].has_upper && scan.IsBetween(name.first - 1, ' '))
      --name.first;
    for (std::size_t at = name.first; file == person_ && at < name.last; ++at) {
      if (scan.Between(at) == " (@") name.last = at;  // "Aurelio Fontanarossa (@aurelio_f)"
    }
    if (file == street_) {
      name.last = WithFlat(scan, WithPartOfKilometre(scan, WithoutContact(scan, name)));
      name.first = WithKindOfStreet(scan, name.first);
      const bool town_follows = i + 1 < tagged.size() && Settled(scan, tagged[i + 1]) == place_;
      if (town_follows && !spanish && IsItsTown(scan, name.last, tagged[i + 1].first)) name.last = tagged[++i].last;
      name.last = borders_.BehindCode(scan, name) - 1;
    }
    const std::uint32_t begin = scan.tokens[name.first].begin;
    const std::uint32_t end = scan.tokens[name.last].end;
    bool in_wider = false;  // "Ashgrove Capital Partners LLP" and "5 Lincoln Street" are more than the names in them
    for (; rule != by_rules.end() && rule->begin < end; ++rule) {
      const bool holds = rule->begin <= begin && rule->end >= end;
      in_wider = rule->end > begin && file != street_ &&
                 (rule->detector == organization_
                      ? file == organization_ || holds
                      : rule->detector == street_ && holds &&
                            (file == person_ || (rule->score >= kStreet && !IsShouted(scan, name.first))));
      if (rule->end <= begin || in_wider) finds.push_back(*rule);
      if (!in_wider) continue;
      finds.back().begin = std::min(rule->begin, begin);
      finds.back().end = std::max(rule->end, end);
      break;
    }
    if (in_wider) continue;
    if (file == place_ && spanish) ReportCodeBefore(scan, name.first, finds);
    if (file == street_ && ReportCodeAndTown(scan, name, finds)) continue;
    if (file == street_ && spanish && ReportInParts(scan, name, finds)) continue;
    if (file == street_ && ReportByLines(scan, name, finds)) continue;
    Report(scan, name.first, name.last, file, name.probability, finds);
    if (file == street_ && (OpensBracket(scan, name) || OpensQuote(scan, name))) ++finds.back().end;
    if (file == person_ && spanish && EndsAsInitials(scan, name)) ++finds.back().end;
    if (file == person_ && !finds.empty()) finds.back().end = BehindLastInitial(scan, name, finds.back().end);
    if (file != person_) continue;
    if (!spanish) ReportTitle(scan, name.first, finds);
    // In Spanish reports the post of a doctor is the hospital's.
    static const WordSet kDoctors({"dr", "dra", "doctor", "doctora"});
    const bool doctor = spanish && name.first > 0 && kDoctors.contains(scan.tokens[name.first - 1].hash);
    if (!doctor) jobs_.FindBeside(scan, name.first, name.last, finds);
  }
  finds.insert(finds.end(), rule, by_rules.end());
  people_.FindAll(scan, finds);
}

// Of the first words of a text, many are those that every Spanish sentence has.
bool NameRules::IsSpanish(const Scan& scan) const {
  static const WordSet kSpanish({"acude",       "ahora",        "al",          "alta",        "anos",
                                 "ante",        "antecedentes", "apellidos",   "asunto",      "avenida",
                                 "ayer",        "bajo",         "buenas",      "buenos",      "calle",
                                 "carrer",      "centro",       "cita",        "clinica",     "clinico",
                                 "con",         "consulta",     "contrato",    "correo",      "correspondencia",
                                 "cuando",      "cuenta",       "de",          "del",         "desde",
                                 "diagnostico", "dias",         "direccion",   "dolor",       "domicilio",
                                 "dona",        "donde",        "dra",         "edad",        "el",
                                 "empresa",     "en",           "entre",       "es",          "esta",
                                 "estimada",    "estimado",     "evolucion",   "exploracion", "fdo",
                                 "fecha",       "fue",          "gracias",     "han",         "hasta",
                                 "hay",         "hija",         "hijo",        "hijos",       "hola",
                                 "hombre",      "hospital",     "hoy",         "informe",     "ingreso",
                                 "interesada",  "interesado",   "jefe",        "juicio",      "juzgado",
                                 "la",          "las",          "lo",          "los",         "madre",
                                 "manana",      "mas",          "medico",      "meses",       "mi",
                                 "motivo",      "mujer",        "muy",         "nacida",      "nacido",
                                 "natural",     "nombre",       "nos",         "numero",      "ocupacion",
                                 "oficina",     "paciente",     "padre",       "pero",        "plaza",
                                 "por",         "presenta",     "profesion",   "proximo",     "que",
                                 "refiere",     "remitido",     "responsable", "salud",       "saludos",
                                 "se",          "segun",        "servicio",    "sexo",        "sin",
                                 "sobre",       "solicitud",    "soy",         "su",          "sus",
                                 "tambien",     "telefono",     "tengo",       "tiene",       "titular",
                                 "tras",        "tratamiento",  "un",          "una",         "unas",
                                 "unos",        "varon",        "vecino",      "vive",        "y",
                                 "ya"});
  static const WordSet kOther({"do", "da", "dos", "das", "em", "com", "nao", "le", "les", "des", "et", "il", "di",
                               "che", "the", "and", "der", "und"});
  const std::size_t n = std::min<std::size_t>(scan.tokens.size(), 100);
  std::size_t spanish = 0, other = 0;
  for (std::size_t i = 0; i < n; ++i) {
    spanish += kSpanish.contains(scan.tokens[i].hash);
    other += kOther.contains(scan.tokens[i].hash);
  }
  return spanish * 9 >= n && spanish > 2 * other && spanish >= 2;
}

// "escala de Glasgow", "síndrome de Down", "Signo de Psoas": named after somebody, and nobody's data. "Fractura de Ana"
// is somebody's.
bool NameRules::IsEponym(const Scan& scan, const TaggedName& name) const {
  static const WordSet kOf({"de", "of", "di", "del"});
  const std::size_t first = name.first;
  const bool begins_so = first < name.last && matters_.contains(scan.tokens[first].hash);
  if (begins_so && (kOf.contains(scan.tokens[first + 1].hash) || name.kind == NameKind::kPerson)) return true;
  if (first >= 1 && matters_.contains(scan.tokens[first - 1].hash) && scan.Between(first - 1) == " ") return true;
  const bool of_matter =
      first >= 2 && kOf.contains(scan.tokens[first - 1].hash) && matters_.contains(scan.tokens[first - 2].hash);
  return of_matter && (!IsGiven(scan.tokens[first]) || eponyms_.contains(scan.tokens[first].hash));
}

// "Lasègue negativo", "Killip I", "Kernig y Brudzinski", "Ramsay < 3" in Spanish reports, where nobody else is called
// so: "Dr. Murphy" and "Elena Murphy" are people.
bool NameRules::IsEponymOfReports(const Scan& scan, const TaggedName& name) const {
  static const WordSet kBetween({"y", "e", "o", "i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "lactato",
                                 "modificado", "modificada", "positivo", "negativo"});
  if (name.kind != NameKind::kPerson && name.kind != NameKind::kPlace) return false;
  if (IsAddressed(scan, name.first)) return false;
  bool listed = false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const bool eponym = eponyms_.contains(scan.tokens[i].hash) || called_after_.contains(scan.tokens[i].hash);
    const bool joined = (i < name.last && scan.Between(i) == "-") || (i > name.first && scan.Between(i - 1) == "-");
    if (!eponym && !joined && (i == name.first || !kBetween.contains(scan.tokens[i].hash))) return false;
    listed = listed || eponym;
  }
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[name.first].hash);
  if ((lists & kTown) == 0 || name.kind == NameKind::kPerson) return listed;
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, 2);  // "Glasgow 13", not "en Glasgow."
  const bool measured =
      behind.size() == 2 && behind[0] == ' ' && (IsAsciiDigit(behind[1]) || IsOneOf(behind[1], "+-<>("));
  const bool graded = name.first >= 2 && scan.tokens[name.first - 2].digits > 0;  // "grado 2 de Nottingham"
  return listed && (measured || graded);
}

// "Newton's second law", "Crohn's disease".
bool NameRules::IsEponymBefore(const Scan& scan, std::size_t last) const {
  constexpr std::size_t kWordsBetween = 1;
  if (last + 2 >= scan.tokens.size() || scan.tokens[last + 1].hash != WordHash("s")) return false;
  for (std::size_t i = last + 2; i <= last + 2 + kWordsBetween && i < scan.tokens.size(); ++i) {
    if (scan.Between(i - 1) != " ") return false;
    if (IsOfScience(scan.tokens[i])) return true;
  }
  return false;
}

// "8 bis rue des Tanneurs", "P.O. Box 12": what stands before the name of the street is its own.
std::size_t NameRules::WithKindOfStreet(const Scan& scan, std::size_t first) const {
  constexpr std::size_t kWordsMax = 4;
  constexpr std::uint32_t kBox = WordHash("box"), kO = WordHash("o"), kP = WordHash("p");
  static const WordSet kAgain({"bis", "ter"});
  if (first >= 2 && scan.tokens[first].hash == kBox && scan.tokens[first - 1].hash == kO &&
      scan.tokens[first - 2].hash == kP)
    return first - 2;
  constexpr std::uint32_t kCalle = WordHash("c");
  if (first > 0 && scan.tokens[first - 1].hash == kCalle &&
      (scan.Between(first - 1) == "/ " || scan.Between(first - 1) == "/"))
    return first - 1;  // "C/ Tomás Morales"
  while (first > 0 && scan.tokens[first].digits > 0 && scan.tokens[first - 1].all_digits() &&
         scan.tokens[first - 1].size() <= 4 && scan.Between(first - 1) == "-")
    --first;  // "2-4-6 Sakura-dori"
  if (first > 1 && scan.tokens[first].digits > 0 && scan.tokens[first - 1].all_digits() &&
      scan.tokens[first - 1].size() <= 3 && scan.Between(first - 1) == "/" && scan.Between(first - 2).ends_with(' '))
    --first;  // "6/120 Nicholson St"
  static const WordSet kFlats({"flat", "apt", "apartment", "unit", "suite"});
  if (first >= 2 && scan.tokens[first].digits > 0 && scan.Between(first - 1) == ", " &&
      scan.tokens[first - 1].size() <= 4 && kFlats.contains(scan.tokens[first - 2].hash) &&
      scan.Between(first - 2) == " ")
    return first - 2;  // "flat 3B, 221 Baker Street"
  std::size_t begin = first;
  bool named = false;
  for (std::size_t i = first; i > 0 && first - i < kWordsMax && scan.Between(i - 1) == " "; --i) {
    const Token& before = scan.tokens[i - 1];
    const bool number = before.all_digits() && before.size() <= 4;
    if (street_before_.contains(before.hash))
      named = true;
    else if (!(named ? number || kAgain.contains(before.hash) : IsParticle(before) || before.hash == WordHash("des")))
      break;
    if (named) begin = i - 1;
  }
  return begin;
}

// "4 Dock Road, Felixstowe", "Husova 27, 602 00 Brno": the town of an address, with nothing but its code between them.
bool NameRules::IsItsTown(const Scan& scan, std::size_t street_last, std::size_t town) const {
  if (town - street_last > 3) return false;
  for (std::size_t i = street_last; i < town; ++i) {
    const std::string_view between = scan.Between(i);
    if (between != " " && between != ", " && between != ". ") return false;
    const Token& next = scan.tokens[i + 1];
    if (i + 1 < town && (next.digits == 0 || next.size() > 6)) return false;
  }
  return scan.Between(street_last) != " ";
}

// "31008 Pamplona": the code before a town, where Spanish texts name each for itself.
void NameRules::ReportCodeBefore(const Scan& scan, std::size_t town, std::vector<Find>& finds) const {
  if (town == 0 || scan.Between(town - 1) != " ") return;
  const Token& code = scan.tokens[town - 1];
  if (code.all_digits() && code.size() == 5) Report(scan, town - 1, town - 1, postal_code_, kStreet, finds);
}

// "Calle Mayor 5, Toledo": a town behind a street that only its form has told.
std::size_t NameRules::FindTownBehind(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at >= scan.tokens.size() || !IsCapital(scan, at) || !IsListed(scan.tokens[at], kTown)) return at;
  const std::string_view between = scan.Between(at - 1);
  if (between != ", " && between != ". ") return at;
  Report(scan, at, at, place_, kAddressed, finds);
  return at + 1;
}

// "the World Bank" is World Bank.
std::size_t NameRules::WithoutArticle(const Scan& scan, const TaggedName& name) const {
  if (name.kind != NameKind::kOrganization && name.kind != NameKind::kPlace) return name.first;
  static const WordSet kArticles({"the", "la", "el", "le", "il", "der", "die", "das", "de", "het"});
  static const WordSet kGerman({"der", "die", "das"});  // "Die Stadtwerke" begin a sentence; "El País" is called so
  const Token& first = scan.tokens[name.first];
  const bool german = name.kind == NameKind::kOrganization && kGerman.contains(first.hash) && first.has_lower;
  const bool article = german || (!first.upper_first && kArticles.contains(first.hash));
  return name.first < name.last && article ? name.first + 1 : name.first;
}

// "ul. Słowackiego 12/4", "Avda. de Galicia 31, 4º izda", "Diagonal 74, dpto. 6": the flat behind the house.
std::size_t NameRules::WithFlat(const Scan& scan, std::size_t last) const {
  const auto& tokens = scan.tokens;
  if (tokens[last].digits == 0 || last + 1 >= tokens.size()) return last;
  constexpr std::uint32_t kFlatBytesMax = 4;
  if (scan.Between(last) == "/")
    return tokens[last + 1].digits > 0 && tokens[last + 1].size() <= kFlatBytesMax ? last + 1 : last;
  constexpr std::size_t kPartsMax = 5;
  std::size_t end = last;
  for (std::size_t i = last + 1; i < tokens.size() && i <= last + kPartsMax && !tokens[i].line_before; ++i) {
    const bool parted = end > last || scan.Of(tokens[i]) == "\u00BA" || scan.Of(tokens[i]) == "\u00AA";
    if (scan.Between(i - 1).find_first_not_of(parted ? " ,." : " ,") != std::string_view::npos) break;
    const std::string_view word = scan.Of(tokens[i]);  // "3.º B", "2ª"
    const bool ordinal = word.ends_with("\u00BA") || word.ends_with("\u00AA");
    const bool numbered = ordinal && (tokens[i].digits > 0 || (i > last + 1 && scan.IsBetween(i - 1, '.')));
    if (flats_.contains(tokens[i].hash) || numbered) {
      end = i;
      continue;
    }
    // "piso 3", "dpto. B", "4º izda.": a number or a letter beside such a word.
    const bool letter =
        tokens[i].size() == 1 && (tokens[i].has_upper || tokens[i].digits > 0 || scan.IsBetween(i - 1, ' '));
    const bool part = (tokens[i].digits > 0 && tokens[i].size() <= kFlatBytesMax) || letter;
    if (!part) break;
    if (end == i - 1 && end > last) end = i;
  }
  return end;
}

namespace {

// "M. Rabah" of a French text, by the words around: elsewhere the letter begins a name.
bool IsMonsieur(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kM = WordHash("m"), kMm = WordHash("mm");
  static const WordSet kFrench({"le",  "la",  "les",  "des", "du",  "et",  "est",  "par", "pour",
                                "au",  "aux", "chez", "une", "que", "qui", "dans", "sur", "sera",
                                "mme", "ou",  "avec", "ne",  "nee", "je",  "nous"});
  constexpr std::size_t kWordsAround = 10, kFrenchMin = 2;
  const Token& token = scan.tokens[at];
  if ((token.hash != kM && token.hash != kMm) || !token.upper_first || scan.Between(at) != ". ") return false;
  std::size_t french = 0;
  for (std::size_t i = at - std::min(at, kWordsAround); i < std::min(at + kWordsAround, scan.tokens.size()); ++i)
    french += kFrench.contains(scan.tokens[i].hash);
  return french >= kFrenchMin;
}

constexpr std::uint32_t kIch = WordHash("ich");

}  // namespace

// "D. Óscar Villalobos" is Óscar Villalobos, "Dr. rer. nat. Ilse Brandt" Ilse Brandt.
std::size_t NameRules::WithoutTitle(const Scan& scan, const TaggedName& name) const {
  static const WordSet kShort({"d", "da", "dna"});
  static const WordSet kDegrees({"med", "dent", "vet", "jur", "phil", "rer", "nat", "pol", "oec", "theol", "habil"});
  const auto is_degree = [&](std::size_t at) {
    return !scan.tokens[at].has_upper && kDegrees.contains(scan.tokens[at].hash) && scan.Between(at) == ". ";
  };
  const auto is_title = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    const std::string_view between = scan.Between(at);
    const bool is_short = kShort.contains(token.hash) && between == ". ";
    const bool is_form = honorifics_.contains(token.hash) && (token.size() <= 6 || titles_.contains(token.hash));
    return (between == ". " || between == " ") && (is_form || is_short);
  };
  // "Claimant Hodan Jama", "Garda Mulvihill"
  static const WordSet kRoles({"brother",   "ranger",    "canon",     "garda",     "claimant", "examiner",
                               "applicant", "worker",    "rider",     "mstr",      "hafiz",    "member",
                               "donor",     "caller",    "guest",     "tenant",    "nominee",  "young",
                               "constable", "defendant", "plaintiff", "respondent"});
  std::size_t first = name.first;
  while (first < name.last && kRoles.contains(scan.tokens[first].hash) && scan.IsBetween(first, ' ')) ++first;
  if (first < name.last && IsMonsieur(scan, first)) ++first;
  if (first + 2 <= name.last && scan.tokens[first].hash == kIch && !scan.tokens[first + 1].has_upper &&
      IsCapital(scan, first + 2))
    first += 2;  // "Ich bin Ronny"
  // "Kære Mathilde Østergaard", "Pacientka Ludmila Horáková"; "Cara" and "Mila" may be somebody.
  while (first < name.last && greetings_.contains(scan.tokens[first].hash) && !IsGiven(scan.tokens[first]) &&
         IsCapital(scan, first + 1) && scan.Between(first) == " ")
    ++first;
  for (std::size_t i = first + 1; i < name.last; ++i) {  // "Then Mr. Thomas Wright" is none but Mr. Wright
    const Token& token = scan.tokens[i];
    if (titles_.contains(token.hash) && token.upper_first && token.size() <= 4 && is_title(i)) first = i;
  }
  while (first < name.last && jobs_.IsJob(scan.tokens[first].hash) && scan.tokens[first].has_lower &&
         !IsGiven(scan.tokens[first]) && !IsListed(scan.tokens[first], kSurname) && IsCapital(scan, first + 1) &&
         scan.Between(first) == " ")
    ++first;  // "Intendantin Friederike Sandoval"
  while (first < name.last &&
         (is_degree(first) ||
          (is_title(first) && (IsCapital(scan, first + 1) || is_degree(first + 1) || !scan.tokens[first].has_upper)))) {
    ++first;
  }
  return first;
}

// "Mr." before a name.
void NameRules::ReportTitle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  if (first == 0 || title_ == nullptr) return;
  const Token& token = scan.tokens[first - 1];
  const std::string_view between = scan.Between(first - 1);
  // "mr", "ms", "prof.", but not "coach", "frau"
  const bool written_small = !token.upper_first && token.size() > (between == ". " ? 4 : 3);
  if (written_small || !titles_.contains(token.hash) || (between != " " && between != ". " && between != ".")) return;
  finds.push_back({token.begin, token.end + (between[0] == '.' ? 1 : 0), title_, kTitle});
}

// "Calle Villarroel, 170. 08036 Barcelona": Spanish letters and reports name street, code and town each for itself.
bool NameRules::ReportInParts(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token& code = scan.tokens[i];
    if (!code.all_digits() || code.size() != 5) continue;
    Report(scan, name.first, i - 1, street_, name.probability, finds);
    Report(scan, i, i, postal_code_, name.probability, finds);
    for (std::size_t place = i + 1; place <= name.last && (place == i + 1 || !scan.tokens[place].line_before);) {
      std::size_t last = place;
      while (last < name.last && scan.Between(last) == " ") ++last;
      Report(scan, place, last, place_, name.probability, finds);
      place = last + 1;
    }
    return true;
  }
  // "C/ Mayor, 22, 1º D, Zaragoza", "C/ Olivo s/n, Zafra (Badajoz)": behind the number, towns are words alone.
  static const WordSet kOfHouse({"izq",    "izda",     "izquierda", "dcha",   "derecha",      "piso",     "bajo",
                                 "bajos",  "puerta",   "escalera",  "esc",    "portal",       "bloque",   "atico",
                                 "planta", "edificio", "local",     "barrio", "urbanizacion", "poligono", "colonia"});
  constexpr std::uint32_t kNone = WordHash("n");  // "s/n"
  const auto begins_part = [&](std::size_t i) { return scan.Between(i - 1) == ", " || scan.Between(i - 1) == " ("; };
  std::size_t town = name.last + 1;
  for (std::size_t i = name.last; i > name.first; --i) {
    const Token& token = scan.tokens[i];
    if (IsParticle(token) && scan.IsBetween(i, ' ')) continue;  // "Santiago de Compostela"
    if (token.digits > 0 || token.size() < 3 || kOfHouse.contains(token.hash)) break;
    const Token& before = scan.tokens[i - 1];
    const std::string_view word = scan.Of(before);  // "1.º"
    const bool behind_number = before.digits > 0 || before.size() == 1 || word == "\u00BA" || word == "\u00AA" ||
                               before.hash == kNone || kOfHouse.contains(before.hash) || town <= name.last;
    if (begins_part(i) && token.upper_first && (behind_number || IsListed(token, kTown | kPartOfPlace))) town = i;
  }
  if (town > name.last) return false;
  Report(scan, name.first, town - 1, street_, name.probability, finds);
  for (std::size_t place = town; place <= name.last;) {
    std::size_t last = place;
    while (last < name.last && !begins_part(last + 1)) ++last;
    Report(scan, place, last, place_, name.probability, finds);
    place = last + 1;
  }
  return true;
}

// "ZIP 60653 Chicago", "CEP 01312-305 São Paulo": no street, but the code that is named, and the town.
bool NameRules::ReportCodeAndTown(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  static const WordSet kCodes({"zip", "cep", "plz", "cp", "cap", "postcode", "psc", "postnummer", "postnr", "pincode"});
  if (!kCodes.contains(scan.tokens[name.first].hash) || name.last == name.first) return false;
  std::size_t last = name.first + 1;
  if (!scan.tokens[last].all_digits()) return false;
  while (last < name.last && scan.tokens[last + 1].all_digits() && scan.tokens[last + 1].size() <= 4) ++last;
  Report(scan, name.first + 1, last, postal_code_, name.probability, finds);
  if (last < name.last) Report(scan, last + 1, name.last, place_, name.probability, finds);
  return true;
}

// A form with the town alone on a line of its own: street, town, state and code each for itself.
bool NameRules::ReportByLines(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  std::size_t town = name.first + 1;
  while (town < name.last && !(scan.tokens[town].line_before && scan.tokens[town + 1].line_before)) ++town;
  constexpr std::uint16_t kPlaces = kTown | kPartOfPlace;
  if (town >= name.last || (tagger_.model().ListsOf(scan.tokens[town].hash) & kPlaces) == 0) return false;
  Report(scan, name.first, town - 1, street_, name.probability, finds);
  for (std::size_t i = town; i <= name.last; ++i) {
    Report(scan, i, i, scan.tokens[i].digits > 0 ? postal_code_ : place_, name.probability, finds);
  }
  return true;
}

namespace {

// As a number does that a street in small letters has: "51 quarry close", "lindenlaan 7".
bool StandsBesideSmallWord(const Scan& scan, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  return (at + 1 < scan.tokens.size() && IsSmallWord(token[1])) || (at > 0 && IsSmallWord(token[-1]));
}

// Whether what stands behind a word may lead to more of what it begins: "Acme Corp", "O'Brien & Sons", "Hill, Moore".
bool MayGoOn(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kBytesMax = 3;
  if (at + 1 >= scan.tokens.size() || scan.tokens[at + 1].begin - scan.tokens[at].end > kBytesMax) return false;
  return IsOneOf(scan.text[scan.tokens[at].end], " -',.\xC2\xE2");
}

}  // namespace

void NameRules::FindByRules(const Scan& scan, std::vector<Find>& finds) const {
  const std::size_t n = scan.tokens.size();
  for (std::size_t i = 0; i < n;) {
    const Token& token = scan.tokens.data()[i];
    if (!token.ascii && ThaiRules::MayBegin(scan, token)) {
      i = std::max(thai_.Find(scan, i, finds), i + 1);
      continue;
    }
    if (token.digits > 0) {
      i = std::max(FindAtNumber(scan, i, finds), i + 1);
      continue;
    }
    const std::uint8_t leads = LeadsOf(token);
    if (!token.upper_first && !BeginsSmall(scan, token, leads)) {
      i = (leads & kSaid) != 0 ? std::max(FindSaid(scan, i, finds), i + 1) : i + 1;
      continue;
    }
    i = std::max(FindAtWord(scan, i, leads, finds), i + 1);
  }
}

// A word that a rule may begin with though it has no capital letter; of forms that are written letter by letter
// ("s.r.l."), the first.
bool NameRules::BeginsSmall(const Scan& scan, const Token& token, std::uint8_t leads) {
  if ((leads & (kBeginsSmall | kSmallForm)) == 0) return false;
  return (leads & kBeginsSmall) != 0 ||
         (token.size() == 1 && token.end < scan.text.size() && scan.text[token.end] == '.');
}

// Of a house, or somebody's years: longer numbers begin nothing.
std::size_t NameRules::FindAtNumber(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kBytesMax = 6;
  if (scan.tokens.data()[at].size() > kBytesMax) return at;
  if (const std::size_t patient = patients_.Find(scan, at, finds); patient > at) return patient;
  std::size_t end = FindStreet(scan, at, finds);
  if (end == at && StandsBesideSmallWord(scan, at)) end = FindStreetInSmallLetters(scan, at, finds);
  if (end > at) return FindTownBehind(scan, end, finds);
  return PeopleRules::MaySayAge(scan, at) ? people_.FindSaidAge(scan, at, finds) : at;
}

std::size_t NameRules::FindAtWord(const Scan& scan, std::size_t at, std::uint8_t leads,
                                  std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (token.size() == 1) {
    if (const std::size_t patient = patients_.Find(scan, at, finds); patient > at) return patient;
    const std::string_view text = scan.text.substr(token.begin);
    if (text.starts_with("C.S. ") || text.starts_with("C. S. ")) {  // "C.S. Barrio del Pilar"
      if (const std::size_t end = FindSpanishInstitution(scan, at + 1, finds); end > at + 1) {
        finds.back().begin = token.begin;
        return end;
      }
    }
  }
  if (MayBeStreet(scan, at, leads)) {
    if (const std::size_t end = FindStreet(scan, at, finds); end > at) return FindTownBehind(scan, end, finds);
  }
  std::size_t end = FindSpeaker(scan, at, finds);
  if ((leads & kSaid) != 0) end = FindSaid(scan, at, finds);
  if (end == at && (leads & kHonorific) != 0) end = FindAddressed(scan, at, finds);
  if (end == at && token.upper_first && at > 0 && !scan.IsBetween(at - 1, ' ')) end = FindIntroduced(scan, at, finds);
  if (end == at && (leads & kCompanyBeginning) != 0) end = FindCompanyBehindForm(scan, at, finds);
  if (end == at && (leads & kSmallForm) != 0) end = FindCompanyInSmallLetters(scan, at, finds);
  const bool organization = end == at && token.upper_first && MayGoOn(scan, at) && MayBeOrganization(scan, at, leads);
  return organization ? FindAtCapital(scan, at, finds) : end;
}

// What FindStreet looks for at a word: what streets are called, or a number behind a capital word or behind two.
bool NameRules::MayBeStreet(const Scan& scan, std::size_t at, std::uint8_t leads) {
  const Token* const token = scan.tokens.data() + at;
  const std::size_t behind = scan.tokens.size() - at - 1;
  return (leads & kBeforeStreet) != 0 || token->size() == 1 ||
         (token->upper_first && ((behind >= 1 && token[1].digits > 0) || (behind >= 2 && token[2].digits > 0)));
}

// Whether any organization may go on with the next word: all that FindAtCapital finds have another capital word there,
// or one of few small ones.
bool NameRules::MayBeOrganization(const Scan& scan, std::size_t at, std::uint8_t leads) const {
  return IsCapital(scan, at + 1) || (LeadsOf(scan.tokens[at + 1]) & kInsideOrganization) != 0 ||
         (leads & kSpanishHouse) != 0;
}

// Companies and institutions, of more than one word.
std::size_t NameRules::FindAtCapital(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const bool begins_name = scan.IsBetween(at, ' ');
  std::size_t end = FindCompany(scan, at, finds);
  if (end == at && begins_name) end = FindInstitutionOf(scan, at, finds);
  if (end == at) end = FindByTrade(scan, at, finds);
  if (end == at) end = FindPartners(scan, at, finds);
  if (end == at && begins_name) end = FindInstitution(scan, at, finds);
  return end == at && begins_name ? FindInstitutionAndPlace(scan, at, finds) : end;
}

// What a sentence says of somebody: the job, where it is done, how they live, the age.
std::size_t NameRules::FindSaid(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  std::size_t end = jobs_.Find(scan, at, finds);
  end = end > at ? FindEmployer(scan, end, finds) : FindWhereWorking(scan, at, finds);
  if (end == at) end = people_.FindSaidStatus(scan, at, finds);
  return end == at ? people_.FindSaidAge(scan, at, finds) : end;
}

// Whether two neighbouring words may belong to one name: "Ana Ruiz", "Jean-Luc", "O'Brien", "J. Ruiz".
bool NameRules::Joined(const Scan& scan, std::size_t left) const {
  if (left + 1 >= scan.tokens.size()) return false;
  const std::string_view between = scan.Between(left);
  return between == " " || between == "-" || between == "'" || between == "\u2019" || between == "\u00A0" ||
         (between == ". " && scan.tokens[left].size() <= 2);
}

// The token after a run of capital words, particles inside included.
std::size_t NameRules::RunEnd(const Scan& scan, std::size_t first) const {
  std::size_t end = first + 1;
  while (end < scan.tokens.size() && end - first < kNameWordsMax && Joined(scan, end - 1)) {
    if (IsCapital(scan, end)) {
      const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[end].hash);
      const bool everyday = (lists & kCommonWord) != 0 && (lists & (kGivenName | kSurname)) == 0;
      if (everyday && IsShouted(scan, end)) break;  // "MR WHITTAKER CALLED"
      ++end;
      continue;
    }
    std::size_t next = end;
    while (next < scan.tokens.size() && next - end < 2 && Joined(scan, next - 1) && IsParticle(scan.tokens[next]))
      ++next;
    if (next == end || !IsCapital(scan, next) || !Joined(scan, next - 1)) break;
    end = next + 1;
  }
  return end;
}

// "my stepson, Rafferty, would", "the concierge (Anatoly)": one capital word beside the word for a relative or a job;
// and "– Anoushka" at the end of a message. Another token stands before it, with more than a space between them.
std::size_t NameRules::FindIntroduced(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kNoNames({"she", "he", "i", "it", "they", "we", "who", "and", "but", "please", "thanks", "the"});
  constexpr std::uint16_t kOthers = kCalendarWord | kCountry;
  const Token& name = scan.tokens[at];
  if (name.line_before) return at;
  const std::string_view before = scan.Between(at - 1);
  const char behind = name.end < scan.text.size() ? scan.text[name.end] : '\0';
  const bool in_a_pair = (before == ", " && IsOneOf(behind, ",.")) || (before == " (" && behind == ')');
  const bool behind_sentence = before.size() > 3 && IsOneOf(before[0], ".?!") && before[1] == ' ';
  const std::string_view dash = before.substr(behind_sentence ? 1 : 0);
  const bool ends = at + 1 == scan.tokens.size() || scan.tokens[at + 1].line_before || behind == ',';
  const bool signs = ends && (dash == " \u2013 " || dash == " - " || dash == " \u2014 ");
  if ((!in_a_pair && !signs) || !IsCapital(scan, at) || name.size() < 2 || !name.has_lower) return at;
  const std::uint16_t lists = tagger_.model().ListsOf(name.hash);
  if (kNoNames.contains(name.hash) || (lists & kOthers) != 0 || demonyms_.contains(name.hash)) return at;
  const bool beside = in_a_pair && !scan.tokens[at - 1].upper_first &&
                      (PeopleRules::IsSomebody(scan.tokens[at - 1]) || jobs_.IsJob(scan.tokens[at - 1].hash));
  if (!beside && !(signs && (IsGiven(name) || (behind_sentence && lists == 0)))) return at;
  if (beside && (lists & kTown) != 0 && (lists & kGivenName) == 0) return at;
  Report(scan, at, at, person_, kAddressed, finds);
  return at + 1;
}

// "Ma. Guadalupe", "Mª José": how Spanish cuts María short.
bool NameRules::IsMaria(const Scan& scan, std::size_t at) {
  static const WordSet kShort({"ma", "m?"});  // folded
  const Token& token = scan.tokens[at];
  return token.upper_first && kShort.contains(token.hash) && (scan.Between(at) == ". " || scan.Between(at) == " ");
}

// "grandma joan": what a relative is called before the name.
bool NameRules::IsKin(const Token& token) {
  static const WordSet kKin({"aunt", "auntie", "aunty", "uncle", "grandpa", "grandma", "granny", "opa", "oma", "tante",
                             "onkel", "tonton", "tia", "tio", "zia", "zio", "nonno", "nonna"});
  return kKin.contains(token.hash);
}

// "Dr. Okonkwo": a form of address makes a person of the capital words after it.
std::size_t NameRules::FindAddressed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 1 >= scan.tokens.size()) return at;
  if (at > 0 && scan.tokens[at - 1].digits > 0 && !scan.tokens[at].has_upper) return at;  // "41 mm. Informado"
  const std::string_view between = scan.Between(at);
  if (between != " " && between != ". " && between != ".") return at;
  static const WordSet kOfNobodyElse({"mr", "mrs", "ms"});
  static const WordSet kCutShort({"dr", "prof", "rev", "capt", "sgt", "sra", "srta", "dott"});
  if (!IsCapital(scan, at + 1)) {  // "ms. alvarez", "rev. thackeray"
    const Token& next = scan.tokens[at + 1];
    if (IsKin(scan.tokens[at])) {  // "grandpa joe", but not "oma war"
      const std::uint16_t lists = tagger_.model().ListsOf(next.hash);
      const bool named = next.word() && next.size() > 2 && (lists & (kGivenName | kSurname)) != 0 &&
                         (lists & (kCommonWord | kParticle | kCalendarWord)) == 0;
      if (!named || between != " " || called_after_.contains(HashOfWords(scan, at, at + 1))) return at;
      Report(scan, at, at + 1, person_, kAddressed, finds);
      return at + 2;
    }
    const bool unknown = next.word() && next.size() >= 5 && tagger_.model().ListsOf(next.hash) == 0;
    const bool title =
        kOfNobodyElse.contains(scan.tokens[at].hash) || (between == ". " && kCutShort.contains(scan.tokens[at].hash));
    if (!title || (!unknown && !IsListed(next, kGivenName | kSurname))) return at;
    if (called_after_.contains(HashOfWords(scan, at, at + 1))) return at;  // "dr. oetker"
    if (kOfNobodyElse.contains(scan.tokens[at].hash)) ReportTitle(scan, at + 1, finds);
    Report(scan, at + 1, at + 1, person_, kAddressed, finds);
    return at + 2;
  }
  constexpr std::uint32_t kD = WordHash("d");
  if (honorifics_.contains(scan.tokens[at + 1].hash)) return at;  // "Prof. Dr. Okonkwo": the next one's name
  if (scan.tokens[at + 1].hash == kD && scan.text.substr(scan.tokens[at + 1].end).starts_with('.'))
    return at;  // "Sr. D. Luis", "Sra. D.ª Pilar"
  const std::size_t end = RunEnd(scan, at + 1);
  const bool organization = std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(at + 1),
                                        scan.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                        [&](const Token& token) { return organizations_.contains(token.hash); });
  const bool called_so = called_after_.contains(HashOfWords(scan, at, at + 1));  // "Captain Morgan rum"
  if (organization || called_so) return end;
  if (kOfNobodyElse.contains(scan.tokens[at].hash)) ReportTitle(scan, at + 1, finds);
  Report(scan, at + 1, end - 1, person_, kAddressed, finds);
  return end;
}

bool NameRules::IsUnusual(const Token& token) const {
  return (tagger_.model().ListsOf(token.hash) & (kCommonWord | kEveryday | kGivenName | kSurname)) == 0;
}

// A word that is a name of this kind, and no word of every day.
bool NameRules::IsListed(const Token& token, std::uint16_t list) const {
  const std::uint16_t lists = tagger_.model().ListsOf(token.hash);
  return (lists & list) != 0 && (lists & kEveryday) == 0;
}

bool NameRules::IsGiven(const Token& token) const {
  return IsListed(token, kGivenName) || given_words_.contains(token.hash);
}

// Listed, or with an ending that only surnames have: "Hakobyan", "Kvaratskhelia", "Nowakowska".
bool NameRules::IsSurname(const Scan& scan, const Token& token) const {
  if (IsListed(token, kSurname) || (surname_words_.contains(token.hash) && token.upper_first)) return true;
  if (!token.upper_first || token.size() < kEndedSurnameBytesMin) return false;
  const std::string folded = Fold(scan.Of(token).substr(0, 64));
  return std::any_of(surname_endings_.begin(), surname_endings_.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + 3 && folded.ends_with(ending);
  });
}

// "gideon.towne36", "maria_k": one word of a name, and signs or digits where a name has a space.
bool NameRules::IsHandle(const Scan& scan) const {
  const std::string_view text = scan.text;
  if (text.size() > 40) return false;
  if (text.starts_with('@'))  // "@foodie_nyc"
    return text.size() > 3 && std::all_of(text.begin() + 1, text.end(), [](char c) {
             return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '_' || c == '.';
           });
  if (text.find_first_of(" ,;:/@\\") != text.npos) return false;
  bool named = false;
  for (const Token& token : scan.tokens) {
    std::string_view word = scan.Of(token);
    const auto letters = std::min(word.find_first_of("0123456789_"), word.size());
    if (letters < 3) continue;
    const Token bare{.begin = token.begin,
                     .end = token.begin + static_cast<std::uint32_t>(letters),
                     .hash = WordHash(Fold(word.substr(0, letters))),
                     .upper_first = token.upper_first};
    named |= IsGiven(bare) || IsSurname(scan, bare);
  }
  const bool signs = text.find_first_of("._0123456789") != text.npos;
  return named && signs && !text.ends_with('.');
}

// "J. de Boer", "A.C. Smit": initials with their dots, and one surname in whole.
bool NameRules::IsInitialsName(const Scan& scan) const {
  std::size_t at = 0;
  while (at < scan.tokens.size() && scan.tokens[at].size() == 1 && scan.tokens[at].has_upper &&
         scan.text.substr(scan.tokens[at].end).starts_with('.'))
    ++at;
  if (at == 0 || at > 4) return false;
  while (at + 1 < scan.tokens.size() && IsParticle(scan.tokens[at])) ++at;
  return at < scan.tokens.size() && scan.tokens.size() - at <= 2 && scan.tokens[at].upper_first &&
         scan.tokens[at].size() >= 3 && scan.tokens.back().upper_first;
}

// "김민수", "木下優斗", "田村 健一", "原　ゆき子", "松浦 さやか 様": a surname that is in a list and one to four
// letters of a given name; "ﾔﾏﾓﾄ ｺｳｼﾞ", as forms have the reading of a name.
bool NameRules::IsEastAsianName(std::string_view text) const {
  static constexpr std::array<std::string_view, 9> kAddresses = {"様",   "さん", "さま", "殿", "先生",
                                                                 "女士", "小姐", "님",   "씨"};
  constexpr std::size_t kSurnameMax = 3, kGivenMax = 4;
  for (const std::string_view address : kAddresses) {
    if (text.ends_with(address)) text.remove_suffix(address.size());
  }
  const auto is_space = [](char32_t c) { return c == ' ' || c == 0x3000; };
  std::vector<std::size_t> ends;  // of the letters
  std::size_t surname_end = 0, spaces = 0, narrow = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = ReadCodePoint(text, at);
    const bool han = c.value == 0x3005 || (c.value >= 0x4E00 && c.value <= 0x9FFF);
    const bool hangul = c.value >= 0xAC00 && c.value <= 0xD7A3, kana = c.value >= 0x3041 && c.value <= 0x30FC;
    const bool half_width = c.value >= 0xFF66 && c.value <= 0xFF9F;
    at += c.bytes;
    if (is_space(c.value)) {
      if (at == text.size()) break;  // before a form of address
      if (ends.empty() || ++spaces > 1) return false;
      surname_end = ends.size();
      continue;
    }
    if (!han && !hangul && !half_width && (!kana || ends.empty())) return false;
    narrow += half_width;
    ends.push_back(at);
  }
  constexpr std::size_t kNarrowMax = 16;
  if (narrow > 0) return narrow == ends.size() && spaces == 1 && narrow <= kNarrowMax;
  for (std::size_t n = 1; n <= kSurnameMax && n < ends.size(); ++n) {
    if ((spaces == 1 && n != surname_end) || ends.size() - n > kGivenMax) continue;
    const Token surname{.begin = 0,
                        .end = static_cast<std::uint32_t>(ends[n - 1]),
                        .hash = WordHash(text.substr(0, ends[n - 1])),
                        .ascii = false};
    if (IsListed(surname, kSurname) || surname_words_.contains(surname.hash)) return true;
  }
  return false;
}

NameRules::ValueWords NameRules::CountWords(const Scan& scan) const {
  ValueWords count;
  for (const Token& token : scan.tokens) {
    const bool given = IsGiven(token), surname = IsSurname(scan, token);
    if (organizations_.contains(token.hash)) count.organization = true;
    count.digits |= token.digits > 0;
    count.given += given;
    count.surnames += surname;
    count.names += given || surname;
    count.places += IsListed(token, kTown | kPartOfPlace);
    count.jobs += jobs_.IsJob(token.hash);
    count.capitals += token.upper_first || !token.has_lower;
  }
  return count;
}

void NameRules::KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const {
  const std::size_t n = scan.tokens.size();
  if (n == 0 || n > kValueWordsMax) return;
  if (IsHandle(scan)) return kinds.push_back(username_);
  if (IsEastAsianName(scan.text)) return kinds.push_back(person_);
  std::vector<Find> streets;
  if (FindStreet(scan, 0, streets) > 0) return kinds.push_back(street_);
  const ValueWords words = CountWords(scan);
  if (words.organization || words.digits) return KindsByTagger(scan, words, kinds);
  if (IsInitialsName(scan)) return kinds.push_back(person_);
  if (words.jobs > 0 && n <= JobRules::kWordsMax) kinds.push_back(jobs_.detector());
  // "Ana María", "de la Cruz": particles aside.
  const bool short_enough = n <= 3;
  // "Golf", "Focus", "Grace": in a list of cars as in one of people; the other values decide.
  const bool common = n == 1 && (tagger_.model().ListsOf(scan.tokens[0].hash) & kCommonWord) != 0;
  if (words.given == n && short_enough && !common) kinds.push_back(given_);
  if (words.surnames > 0 && words.names == n && short_enough && words.surnames * 2 >= n) kinds.push_back(surname_);
  if (words.places * 2 > n || words.places == n) kinds.push_back(city_);
  const std::size_t spaces = static_cast<std::size_t>(std::count(scan.text.begin(), scan.text.end(), ' '));
  // "Ana Ruiz de la Vega": half of its words are enough, the rest may stand in no list.
  const bool written_as_two =
      spaces >= 1 && n >= 2 && n <= kNameWordsMax && words.jobs == 0 && !demonyms_.contains(scan.tokens[0].hash);
  if (written_as_two && (words.given >= 1 || words.surnames >= 1) && words.names * 2 >= n && words.capitals * 2 >= n)
    return kinds.push_back(person_);
  if (n > 1) KindsByTagger(scan, words, kinds);
}

void NameRules::KindsByTagger(const Scan& scan, const ValueWords& words,
                              std::vector<const DetectorFile*>& kinds) const {
  std::vector<TaggedName> tagged;
  tagger_.FindAll(scan, tagged);
  if (tagged.size() != 1 || tagged[0].first != 0 || tagged[0].last + 1 != scan.tokens.size()) return;
  if (tagged[0].probability < kTaggedValue) return;
  const NameKind kind = tagged[0].kind;
  if (kind == NameKind::kPerson && words.names > 0 && !words.organization && !words.digits) kinds.push_back(person_);
  if (kind == NameKind::kAddress) kinds.push_back(street_);
}

}  // namespace privity::detect
