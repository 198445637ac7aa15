// Companies, clubs and institutions, by what they end or begin with.
#include "detect/internal/name_rules.h"

#include <algorithm>
#include <array>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/name_borders.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kCompany = 0.6;
constexpr double kEmployer = 0.5;

}  // namespace

// The last token of the longest legal form that begins with this one, or scan.tokens.size().
std::size_t NameRules::FormEnd(const Scan& scan, std::size_t at) const {
  const auto forms = company_forms_.find(scan.tokens[at].hash);
  std::size_t last = scan.tokens.size(), longest = 0;
  if (forms == company_forms_.end()) return last;
  const std::uint32_t begin = scan.tokens[at].begin;
  for (const std::string& form : forms->second) {
    if (form.size() <= longest || !scan.text.substr(begin).starts_with(form)) continue;
    std::size_t end = at;
    while (end < scan.tokens.size() && scan.tokens[end].end < begin + form.size()) ++end;
    if (end == scan.tokens.size() || scan.tokens[end].end != begin + form.size()) continue;  // "SAS" in "SASSARI"
    longest = form.size();
    last = end;
  }
  return last;
}

// A last dot belongs to a form that has others, "S.A.", and to a short one within a sentence: "Hartwell Foods Inc. in".
void NameRules::ReportCompany(const Scan& scan, std::size_t first, std::size_t last, bool dotted,
                              std::vector<Find>& finds) const {
  Report(scan, first, last, organization_, kCompany, finds);
  const std::uint32_t end = scan.tokens[last].end;
  if (organization_ == nullptr || !scan.text.substr(end).starts_with('.')) return;
  const std::string_view behind = scan.text.substr(end + 1, 2);
  constexpr std::uint32_t kLimitada = WordHash("ltda");
  const bool within = scan.tokens[last].hash == kLimitada ||
                      (behind.size() == 2 && (behind[0] == ',' || (behind[0] == ' ' && !IsAsciiUpper(behind[1]))));
  if (dotted || within) ++finds.back().end;
}

namespace {

bool GoesBeforeCompanies(const Token& token) {
  static const WordSet kWords({"at",  "from", "to",   "for",    "by",   "with",   "in",  "on",
                               "is",  "was",  "has",  "joined", "bei",  "von",    "mit", "para",
                               "con", "por",  "chez", "avec",   "pour", "presso", "bij", "voor"});
  return kWords.contains(token.hash);
}

// In "PHYSIO AT HARBOUR HEALTH PTY LTD" the words say where the company begins, for the capitals do not.
bool GoesBeforeCompany(const Scan& scan, std::size_t at) {
  return GoesBeforeCompanies(scan.tokens[at]) && IsShouted(scan, at);
}

}  // namespace

// The token after a company that begins here by a name and ends by what companies are called, or `at`: "Acme
// Corporation", "Kuhn & Söhne GmbH", "Aceites del Sur S.A.", not "The Parent Company", "Type AB", "DO AS".
std::size_t NameRules::FindCompany(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBetween{std::span(kInsideCompanies)};
  constexpr std::size_t kWordsMax = 8, kBareFormBytesMax = 2;
  if (!IsCapital(scan, at) || IsNoName(scan.tokens[at]) || scan.tokens[at].size() < 2) return at;
  bool named = false, small = false;
  for (std::size_t i = at; i < scan.tokens.size() && i - at < kWordsMax; ++i) {
    const Token& token = scan.tokens[i];
    const std::string_view before = i == at ? " " : scan.Between(i - 1);
    if (before.size() > 3 || before.find('\n') != before.npos) return at;
    const bool behind_comma = before == ", ";
    if (!behind_comma && before != " & " && i > at && !Joined(scan, i - 1)) return at;
    const std::size_t last = named ? FormEnd(scan, i) : scan.tokens.size();
    if (last < scan.tokens.size()) {
      const bool dotted = last > i && scan.text.substr(token.end, 1) == ".";
      const bool bare = last == i && token.size() <= kBareFormBytesMax;
      if (bare && scan.text.substr(token.end).starts_with('-')) return at;  // "Expediente AS-2023-004417"
      if (!bare || small) {
        ReportCompany(scan, at, last, dotted, finds);
        return last + 1;
      }
    }
    if (behind_comma) return at;
    const bool connects = i > at && (kBetween.contains(token.hash) || IsParticle(token));
    if ((!IsCapital(scan, i) && !connects) || GoesBeforeCompany(scan, i)) return at;
    if (named && company_endings_.contains(token.hash)) {
      if (wards_.contains(scan.tokens[at].hash)) return at;  // "Oftalmología del Hospital" is a part of one
      ReportCompany(scan, at, i, false, finds);
      return i + 1;
    }
    small = small || (!connects && token.has_lower);
    const bool of_many = organizations_.contains(token.hash) || company_endings_.contains(token.hash);
    named = named || !(of_many || connects || IsNoName(token));
  }
  return at;
}

// "invoice from larkspur foods ltd": in small letters only the form tells of a company, so it is read backwards, to a
// word that stands before one. Of one word in between, no dictionary may know it: "register an llc", "our uk ltd".
std::size_t NameRules::FindCompanyInSmallLetters(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"company", "firm",    "employer", "client", "supplier", "invoice", "contract",
                                "called",  "joined",  "founded",  "bought", "sold",     "paid",    "owns",
                                "runs",    "through", "between",  "and",    "or",       "as",      "via",
                                "than",    "der",     "die",      "das",    "eine",     "einer",   "mit",
                                "und",     "la",      "una",      "entre",  "desde",    "empresa", "une",
                                "societe", "per",     "tra",      "een",    "firma",    "na",      "bill"});
  constexpr std::size_t kWordsMax = 4;
  if (at == 0 || scan.tokens[at].has_upper) return at;
  const std::size_t last = FormEnd(scan, at);
  if (last == scan.tokens.size()) return at;
  std::size_t first = at;
  bool unknown = false;
  while (first > 0 && at - first < kWordsMax) {
    const Token& word = scan.tokens[first - 1];
    const std::string_view between = scan.Between(first - 1);
    if (between != " " && between != " & " && (between != ", " || first < at)) break;
    if (!IsSmallWord(word) || IsNoName(word) || kBefore.contains(word.hash)) break;
    if (between == " " && GoesBeforeCompanies(word)) break;
    if (!finds.empty() && word.begin < finds.back().end) break;
    unknown = unknown || (tagger_.model().ListsOf(word.hash) & kCommonWord) == 0;
    --first;
  }
  if (first == at || (!unknown && at - first < 2)) return at;
  ReportCompany(scan, first, last, last > at && scan.text.substr(scan.tokens[at].end, 1) == ".", finds);
  return last + 1;
}

// "Northgate Credit Union", "St Brendan's Rowing Club": what a company or a club does stands last. Headings have such
// words, too ("Travel Insurance"), so a word that is in no dictionary must be before.
std::size_t NameRules::FindByTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kTrades(
      {"hospice",    "realty",       "mutual",        "construction", "plumbing",     "roofing",     "landscaping",
       "logistics",  "associates",   "consulting",    "solicitors",   "attorneys",    "accountants", "clinic",
       "union",      "association",  "brewing",       "orthodontics", "insurance",    "motors",      "electrical",
       "interiors",  "clinics",      "group",         "partners",     "club",         "society",     "cooperative",
       "veterinary", "surgery",      "practice",      "council",      "trust",        "theatre",     "institute",
       "academy",    "centre",       "center",        "hotel",        "bakers",       "church",      "chapel",
       "parish",     "kindergarten", "nursery",       "primary",      "infants",      "grammar",     "school",
       "schools",    "college",      "preschool",     "textiles",     "cement",       "pathology",   "landcare",
       "seafoods",   "creameries",   "aggregates",    "haulage",      "removals",     "couriers",    "opticians",
       "dental",     "dentistry",    "physiotherapy", "pharmacy",     "chemists",     "hospital",    "infirmary",
       "dispensary", "teamsters",    "ironmongers",   "butchers",     "florists",     "estates",     "lettings",
       "properties", "tyres",        "cabs",          "taxis",        "constabulary", "guild",       "federation",
       "mosque",     "masjid",       "synagogue",     "gurdwara",     "cathedral",    "abbey",       "priory",
       "convent",    "powergrid",    "rfc",           "afc",          "fc",           "gaa",         "rovers",
       "wanderers",  "museum",       "library",       "choir",        "orchestra",    "bakery",      "brewery",
       "kennels",    "stables",      "lashes",        "nails",        "bank",         "foods",       "freight",
       "energy",     "marine",       "instruments",   "suites",       "mines",        "theater",     "playhouse",
       "valeting",   "catering",     "joinery",       "scaffolding",  "fabrications", "packaging",   "plastics",
       "ceramics",   "furnishings",  "shipping",      "forwarding",   "vineyards",    "winery",      "distillery",
       "fisheries",  "growers",      "dairies",       "nurseries",    "upholstery",   "optics",      "diagnostics",
       "genetics",   "analytics",    "fusiliers",     "rifles",       "sinfonia",     "quartet",     "ensemble",
       "players",    "orphanage",    "seminary",      "academies",    "publishing",   "broadcasting"});
  // Of two words, which alone are said of anything.
  static const WordSet kTradesOfTwo = [] {
    WordSet pairs;
    for (const std::string_view pair :
         {"guest house",  "nursing home",  "care home",         "high school",  "police station",  "police post",
          "fire station", "music service", "ambulance service", "fire service", "health centre",   "medical centre",
          "sixth form",   "youth centre",  "food bank",         "silver band",  "brass band",      "youth club",
          "care centre",  "seal rescue",   "dog rescue",        "cat rescue",   "mountain rescue", "garden centre",
          "job centre",   "post office"}) {
      const auto space = pair.find(' ');
      pairs.Insert(WordsHashGoesOn(WordHash(pair.substr(0, space)), WordHash(pair.substr(space + 1))));
    }
    return pairs;
  }();
  constexpr std::uint32_t kPrimary = WordHash("primary");
  if (!IsCapital(scan, at) || IsNoName(scan.tokens[at])) return at;
  bool unusual = false;
  std::size_t end = at;
  for (std::size_t i = at; i < scan.tokens.size() && i < at + kNameWordsMax; ++i) {
    const Token& token = scan.tokens[i];
    if (i > at && scan.Between(i - 1) != " & " && !Joined(scan, i - 1)) break;
    const bool of_somebody = i > at && scan.Between(i - 1) != " " && scan.Of(token) == "s";
    if (of_somebody || (i > at && IsParticle(token))) continue;
    if (!IsCapital(scan, i) || GoesBeforeCompany(scan, i)) break;
    const bool primary_key = token.hash == kPrimary && !token.has_lower;
    if (unusual && ((kTrades.contains(token.hash) && !primary_key) ||
                    (i > at + 1 && scan.IsBetween(i - 1, ' ') && kTradesOfTwo.contains(HashOfWords(scan, i - 1, i)))))
      end = i + 1;
    unusual = unusual || !IsListed(token, kCommonWord | kEveryday | kCalendarWord);
  }
  if (end > at) Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

namespace {

// What institutions are called by their last word; those of the second set stand in many headings, too.
const WordSet& Bodies() {
  static const WordSet kBodies(
      {"academy",      "party",         "museum",      "gallery",      "orchestra",   "philharmonic", "symphony",
       "society",      "commission",    "court",       "ministry",     "agency",      "organization", "organisation",
       "foundation",   "institute",     "institution", "association",  "federation",  "league",       "corporation",
       "army",         "navy",          "regiment",    "railway",      "railways",    "college",      "university",
       "guild",        "opera",         "ballet",      "laboratories", "observatory", "herald",       "gazette",
       "guardian",     "tribune",       "chronicle",   "telegraph",    "congress",    "parliament",   "senate",
       "conservatory", "conservatoire", "polytechnic", "brigade",      "broadcaster", "airways",      "diocese"});
  return kBodies;
}
const WordSet& CommonBodies() {
  static const WordSet kBodies({"department", "committee", "council", "school",   "club",     "fund",
                                "bureau",     "authority", "company", "trust",    "exchange", "union",
                                "library",    "bank",      "times",   "post",     "press",    "hospital",
                                "police",     "pictures",  "records", "studios",  "airlines", "motors",
                                "labs",       "courier",   "radio",   "magazine", "journal"});
  return kBodies;
}

}  // namespace

// The token behind "of Modern Art", "for the Blind", "of Arts and Sciences", which go on with what an institution is
// called, or `at`.
std::size_t NameRules::BehindOf(const Scan& scan, std::size_t at) const {
  static const WordSet kOf({"of", "for"});
  constexpr std::uint32_t kThe = WordHash("the"), kAnd = WordHash("and");
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !kOf.contains(scan.tokens[at].hash)) return at;
  std::size_t end = at + 1;
  if (scan.tokens[end].hash == kThe && !scan.tokens[end].has_upper) ++end;
  const std::size_t named = end;
  while (IsCapital(scan, end) && scan.IsBetween(end - 1, ' ') && end - at < kNameWordsMax) ++end;
  if (end == named) return at;
  const bool goes_on = end + 1 < scan.tokens.size() && scan.tokens[end].hash == kAnd && scan.IsBetween(end - 1, ' ') &&
                       scan.IsBetween(end, ' ') && IsCapital(scan, end + 1) &&
                       IsListed(scan.tokens[end + 1], kCommonWord) && !IsListed(scan.tokens[end + 1], kGivenName);
  return goes_on ? end + 2 : end;
}

// "the Labour Party", "the National Gallery of Scotland", "University of Vienna": institutions, in sentences that say
// "the" before them or of what they are. What they are called in short may follow: "(WHO)".
std::size_t NameRules::FindInstitutionOf(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOfStates(
      {"national", "royal", "imperial", "federal", "supreme", "international", "european", "world"});
  static const WordSet kFirst({"university", "ministry", "academy", "institute", "museum", "diocese", "archdiocese",
                               "conservatory", "dept", "department", "embassy", "consulate", "registrar", "sisters"});
  static const WordSet kFirstBehindThe({"bank", "college", "court", "department", "council", "society", "federation",
                                        "association", "confederation", "league"});
  static const WordSet kBefore({"the", "at", "attended", "joined", "entered"});
  constexpr std::uint16_t kOfEveryDay = kCommonWord | kEveryday | kCalendarWord;
  if (!IsCapital(scan, at)) return at;
  const bool joined = at > 0 && scan.IsBetween(at - 1, ' ');
  const bool behind_the = joined && kBefore.contains(scan.tokens[at - 1].hash);
  if (joined && !behind_the && IsCapital(scan, at - 1)) return at;  // within a name
  const std::uint32_t first = scan.tokens[at].hash;
  const bool says_of_what = kFirst.contains(first) || (behind_the && kFirstBehindThe.contains(first));
  std::size_t end = says_of_what ? BehindOf(scan, at + 1) : at;
  if (end == at + 1) end = at;
  std::size_t last = at;  // the last of the capital words
  for (std::size_t i = at + 1; end == at && i < scan.tokens.size() && i < at + kNameWordsMax; ++i) {
    if (scan.Between(i - 1) == "'" && scan.Of(scan.tokens[i]) == "s") continue;
    if (!IsCapital(scan, i) || !scan.IsBetween(i - 1, ' ')) break;
    last = i;
  }
  const bool body = Bodies().contains(scan.tokens[last].hash);
  if (last > at && (body || CommonBodies().contains(scan.tokens[last].hash))) {
    const auto tells = [&](const Token& token) {
      return kOfStates.contains(token.hash) || (tagger_.model().ListsOf(token.hash) & kOfEveryDay) == 0;
    };
    const std::span<const Token> before(&scan.tokens[at], last - at);
    const std::size_t behind = BehindOf(scan, last + 1);
    const bool told = behind_the && (body || behind > last + 1);
    if (told || std::ranges::any_of(before, tells)) end = behind;
  }
  if (end == at || IsNoName(scan.tokens[at]) || IsShouted(scan, at)) return at;
  Report(scan, at, end - 1, organization_, kCompany, finds);
  if (end >= scan.tokens.size() || scan.Between(end - 1) != " (") return end;
  const Token& shortly = scan.tokens[end];
  const bool acronym = shortly.size() > 1 && !shortly.has_lower && scan.text.substr(shortly.end).starts_with(')') &&
                       scan.text[shortly.begin] == scan.text[scan.tokens[at].begin];
  if (acronym) Report(scan, end, end, organization_, kCompany, finds);
  return end;
}

// The token behind the capital words of a company, with what may stand between them: "Copper Kettle", "Dog and
// Partridge", "J. T. Cragg & Sons".
std::size_t NameRules::CompanyEnd(const Scan& scan, std::size_t first) const {
  static const WordSet kBetween({"and", "of", "the"});
  std::size_t end = first + 1;
  while (end < scan.tokens.size() && end - first < kNameWordsMax) {
    const bool of_somebody = scan.Between(end - 1) != " " && scan.Of(scan.tokens[end]) == "s";
    if (scan.Between(end - 1) != " & " && !Joined(scan, end - 1)) break;
    if (IsCapital(scan, end) || of_somebody) {
      ++end;
      continue;
    }
    const bool goes_on = kBetween.contains(scan.tokens[end].hash) && Joined(scan, end) && IsCapital(scan, end + 1) &&
                         !IsGiven(scan.tokens[end + 1]);
    if (!goes_on) break;
    end += 2;
  }
  return end;
}

// "junior actuary with Umkhonto Life", "sous chef at the Copper Kettle": behind what somebody is stands where; `at` is
// the token behind the job. The token behind the company, or `at`.
std::size_t NameRules::FindEmployer(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kAt({"at", "for", "with", "by", "en"});
  static const WordSet kWorksInSpanish(
      {"trabaja", "trabajaba", "trabajo", "trabajando", "labora", "empleado", "empleada"});
  constexpr std::uint32_t kEn = WordHash("en");
  static const WordSet kDays(
      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "christmas", "easter"});
  constexpr std::uint32_t kThe = WordHash("the");
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !scan.IsBetween(at, ' ')) return at;
  if (!kAt.contains(scan.tokens[at].hash)) return at;
  const bool spanish = scan.tokens[at].hash == kEn;
  if (spanish && !kWorksInSpanish.contains(scan.tokens[at - 1].hash)) return at;
  std::size_t first = at + 1;
  if (scan.tokens[first].hash == kThe && scan.IsBetween(first, ' ')) ++first;
  if (!IsCapital(scan, first) || IsNoName(scan.tokens[first]) || IsShouted(scan, first)) return at;
  const std::size_t partner = LastPartner(scan, first);
  const std::size_t end = partner > first ? partner + 1 : CompanyEnd(scan, first);
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[first].hash);
  const bool alone = end == first + 1;
  if (spanish && (alone || (lists & (kTown | kCountry | kPartOfPlace)) != 0)) return at;
  if (honorifics_.contains(scan.tokens[first].hash) || kDays.contains(scan.tokens[first].hash)) return at;
  if (alone ? (lists & (kTown | kCountry | kPartOfPlace | kGivenName | kCalendarWord)) != 0
            : (lists & kGivenName) != 0 && scan.tokens[first + 1].size() > 1 &&
                  !organizations_.contains(scan.tokens[end - 1].hash))
    return at;
  Report(scan, first, end - 1, organization_, kEmployer, finds);
  return end;
}

// "Bluefern Energy CEO Dana Whitfield": capital words before whom somebody heads a firm as; `name` is the first token
// of the person.
void NameRules::FindFirmOfHead(const Scan& scan, std::size_t name, std::vector<Find>& finds) const {
  static const WordSet kHeads({"ceo", "cfo", "cto", "coo", "cio", "cmo"});
  constexpr std::size_t kWordsMax = 4;
  if (name < 2 || !scan.IsBetween(name - 1, ' ') || !kHeads.contains(scan.tokens[name - 1].hash)) return;
  std::size_t first = name - 1;
  while (first > 0 && name - first <= kWordsMax && IsCapital(scan, first - 1) && !IsNoName(scan.tokens[first - 1]) &&
         (scan.IsBetween(first - 1, ' ') ||
          (first < name - 1 && (scan.IsBetween(first - 1, '-') || scan.Between(first - 1) == " & "))))
    --first;
  if (first == name - 1 || IsShouted(scan, first)) return;
  const std::uint32_t begin = scan.tokens[first].begin;
  const auto overlaps = [&](const Find& find) { return find.detector == organization_ && find.end > begin; };
  if (std::ranges::any_of(finds, overlaps)) return;
  Report(scan, first, name - 2, organization_, kCompany, finds);
}

// "my username is tfennimore", "log in as tfennimore": small letters that are no word, behind what leads to the name of
// an account. The token behind it, or `at`.
std::size_t NameRules::FindAccountName(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kNamed({"username", "login"});
  static const WordSet kEnter({"log", "logged", "login", "sign", "signed"});
  static const WordSet kIs({"is", "was"});
  static const WordSet kOfSystems(
      {"root",     "admin",     "administrator", "postgres",    "guest",        "ubuntu",    "oracle",
       "system",   "anonymous", "nobody",        "superuser",   "undefined",    "required",  "invalid",
       "optional", "mandatory", "incorrect",     "unavailable", "alphanumeric", "lowercase", "deprecated",
       "nullable", "unset",     "hardcoded",     "testuser",    "localhost",    "readonly"});
  constexpr std::uint32_t kIn = WordHash("in"), kAs = WordHash("as"), kBytesMin = 5;
  const std::size_t n = scan.tokens.size();
  const auto next_is = [&](std::size_t i) { return i + 1 < n && scan.IsBetween(i, ' '); };
  std::size_t value = 0;
  if (kNamed.contains(scan.tokens[at].hash) && next_is(at) && kIs.contains(scan.tokens[at + 1].hash)) value = at + 2;
  std::size_t as = kEnter.contains(scan.tokens[at].hash) && next_is(at) ? at + 1 : n;
  if (as < n && scan.tokens[as].hash == kIn && next_is(as)) ++as;
  if (as < n && scan.tokens[as].hash == kAs) value = as + 1;
  if (value == 0 || value >= n || !scan.IsBetween(value - 1, ' ')) return at;
  const Token& name = scan.tokens[value];
  if (!name.ascii || name.has_upper || !name.has_lower || name.size() < kBytesMin) return at;
  if (kOfSystems.contains(name.hash) || (tagger_.model().ListsOf(name.hash) & (kCommonWord | kEveryday)) != 0)
    return at;
  const std::string_view behind = scan.text.substr(name.end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], " ,;)!?\n") ||
                    (behind[0] == '.' && (behind.size() == 1 || IsOneOf(behind[1], " \n")));
  if (!ends) return at;
  Report(scan, value, value, username_, kCompany, finds);
  return value + 1;
}

// "spent a year at Tarnwell": behind "at" a capital word that no list knows is where somebody is. It counts beside
// people.
std::size_t NameRules::FindHouseBehindAt(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kAt = WordHash("at"), kBytesMin = 4;
  const Token& token = scan.tokens[at];
  if (at == 0 || organization_ == nullptr || scan.tokens[at - 1].hash != kAt || !scan.IsBetween(at - 1, ' ')) return at;
  if (token.size() < kBytesMin || !token.has_lower || tagger_.model().ListsOf(token.hash) != 0) return at;
  if (given_words_.contains(token.hash) || demonyms_.contains(token.hash)) return at;
  const std::string_view behind = scan.text.substr(token.end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",;)!?\n") || (behind[0] == '.' && !behind.ends_with('/')) ||
                    (behind[0] == ' ' && at + 1 < scan.tokens.size() && !scan.tokens[at + 1].has_upper);
  if (!ends) return at;
  Report(scan, at, at, organization_, kEmployer, finds);
  finds.back().needs_people = true;
  return at + 1;
}

// "works Saturdays at", "employed by": the token behind the company that somebody works for, or `at`.
std::size_t NameRules::FindWhereWorking(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWork({"work",     "works",     "worked",     "working",      "employed",
                              "studying", "studies",   "volunteers", "volunteering", "apprenticed",
                              "interned", "enrolled",  "job",        "nights",       "shifts",
                              "trabaja",  "trabajaba", "trabajo",    "trabajando",   "labora"});
  constexpr std::size_t kWordsBetween = 2;
  if (!kWork.contains(scan.tokens[at].hash)) return at;
  for (std::size_t i = at + 1; i < scan.tokens.size() && i <= at + 1 + kWordsBetween; ++i) {
    if (!scan.IsBetween(i - 1, ' ')) return at;
    const std::size_t end = FindEmployer(scan, i, finds);
    if (end > i) return end;
  }
  return at;
}

// The last of "Hill, Moore and Ochoa", "Hill, Moore & Ochoa": three surnames, some of which may be in no list. Towns
// are none. Or `first`.
std::size_t NameRules::LastPartner(const Scan& scan, std::size_t first) const {
  constexpr std::size_t kPartners = 3;
  constexpr std::uint32_t kAnd = WordHash("and");
  if (first + kPartners >= scan.tokens.size() || scan.Between(first) != ", ") return first;
  const bool ampersand = scan.Between(first + 1) == " & ";
  const std::size_t last = ampersand ? first + 2 : first + 3;
  const bool joined = ampersand || (scan.IsBetween(first + 1, ' ') && scan.tokens[first + 2].hash == kAnd &&
                                    scan.IsBetween(first + 2, ' '));
  if (!joined) return first;
  constexpr std::uint16_t kNobody = kCalendarWord | kCountry;
  std::size_t surnames = 0, common = 0, towns = 0;
  for (const std::size_t name : {first, first + 1, last}) {
    const Token& token = scan.tokens[name];
    const std::uint16_t lists = tagger_.model().ListsOf(token.hash);
    const bool surname = (lists & kSurname) != 0 || surname_words_.contains(token.hash);
    if (!IsCapital(scan, name) || (!surname && (lists & kNobody) != 0)) return first;
    surnames += surname ? 1 : 0;
    common += !surname && (lists & (kCommonWord | kEveryday)) != 0 ? 1 : 0;
    towns += (lists & kTown) != 0 ? 1 : 0;
  }
  return surnames > common && common <= 1 && towns < kPartners ? last : first;
}

// "Wright-King": two surnames, likewise.
std::size_t NameRules::LastOfTwoPartners(const Scan& scan, std::size_t first) const {
  if (first + 1 >= scan.tokens.size() || !scan.IsBetween(first, '-')) return first;
  bool town = true;
  for (const std::size_t name : {first, first + 1}) {
    const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[name].hash);
    const bool surname = (lists & kSurname) != 0 || surname_words_.contains(scan.tokens[name].hash);
    if (!IsCapital(scan, name) || !surname) return first;
    town = town && (lists & kTown) != 0;
  }
  if (town) return first;
  return first + 2 < scan.tokens.size() && IsCapital(scan, first + 2) && scan.Between(first + 1).size() == 1
             ? first
             : first + 1;
}

// "works at Hill, Moore and Ochoa", "Hill, Moore and Ochoa is", "bought by Hill, Moore and Ochoa": partners who trade
// together, by what a sentence says of them, or as a line of a letter's head. Three who are late are three.
std::size_t NameRules::FindPartners(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"at", "for", "joined", "join", "with", "chez", "bei", "bij", "presso", "em", "en",
                                "from", "by", "to", "representacion"});
  static const WordSet kOfFirms({"at", "joining", "joined", "quit", "bought", "sued", "employer", "bank", "company"});
  static const WordSet kWork({"work",     "works",       "worked",    "working",        "job",         "account",
                              "employed", "hired",       "joined",    "join",           "appointment", "invoice",
                              "lawyers",  "lawyer",      "bank",      "firm",           "company",     "parcel",
                              "order",    "refund",      "purchased", "owned",          "run",         "founded",
                              "acquired", "represented", "lease",     "representacion", "contract",    "supplied"});
  static const WordSet kOne({"is", "was", "has", "announced", "signed", "ceo", "cfo", "spokesman", "spokeswoman",
                             "spokesperson", "chairman", "chairwoman", "employs", "does", "says", "merged"});
  constexpr std::size_t kNear = 4;
  std::size_t last = LastPartner(scan, at);
  const bool two = last == at;
  if (two) last = LastOfTwoPartners(scan, at);
  if (last == at) return at;
  const bool begins = at == 0 || scan.tokens[at].line_before;
  const bool ends = last + 1 == scan.tokens.size() || scan.tokens[last + 1].line_before;
  bool work = begins && ends && last + 1 < scan.tokens.size() && scan.tokens[last + 1].digits > 0;  // and its street
  work = work || (!ends && !two && scan.IsBetween(last, ' ') && kOne.contains(scan.tokens[last + 1].hash));
  if (!begins) {
    const bool joined = scan.IsBetween(at - 1, ' ') || scan.Between(at - 1) == ": ";
    work = work || (joined && kOfFirms.contains(scan.tokens[at - 1].hash));
    const bool before = joined && kBefore.contains(scan.tokens[at - 1].hash);
    for (std::size_t i = at; before && !two && i > 0 && at - i < kNear; --i)
      work = work || kWork.contains(scan.tokens[i - 1].hash);
  }
  if (!work) return at;
  Report(scan, at, last, organization_, kCompany, finds);
  return last + 1;
}

// "ООО «Северный ветер»", "UAB Baltijos langai": some languages say the form first.
std::size_t NameRules::FindCompanyBehindForm(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kQuotedBytesMax = 80;
  const Token& form = scan.tokens[at];
  if (form.has_lower || at + 1 >= scan.tokens.size()) return at;
  const std::string_view between = scan.Between(at);
  if (between == " ") {
    if (!IsCapital(scan, at + 1)) return at;
    const std::size_t end = RunEnd(scan, at + 1);
    ReportCompany(scan, at, end - 1, false, finds);
    return end;
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kQuotes = {
      {{" «", "»"}, {" „", "“"}, {" “", "”"}, {" \"", "\""}}};
  for (const auto& [open, close] : kQuotes) {
    if (between != open) continue;
    const std::uint32_t begin = scan.tokens[at + 1].begin;
    const std::size_t end = scan.text.substr(begin, kQuotedBytesMax).find(close);
    if (end == std::string_view::npos) continue;
    Report(scan, at, at, organization_, kCompany, finds);
    if (organization_ != nullptr) finds.back().end = begin + static_cast<std::uint32_t>(end + close.size());
    return scan.TokenAt(begin + static_cast<std::uint32_t>(end));
  }
  return at;
}

// "Residencia Santa Clara", "Universidad de Salamanca": what Romance languages call a house before they name it.
std::size_t NameRules::FindInstitution(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kHouses({"residencia",  "clinica",     "colegio",   "instituto", "universidad", "fundacion",
                                "policlinico", "ospedale",    "clinique",  "praxis",    "kanzlei",     "backerei",
                                "autohaus",    "boulangerie", "pharmacie", "farmacia",  "panaderia",   "officina",
                                "officine",    "panificio",   "padaria",   "bakkerij",  "stichting",   "fysiotherapie",
                                "mutua",       "caja",        "ceip",      "ies",       "almacenes",   "gimnasio",
                                "gimnasios",   "isapre",      "eps",       "ars",       "escuela",     "guardia"});
  static const WordSet kInstitutions(
      {"universidad", "universidade", "universite",   "universita",  "universitat", "universiteit", "ministerio",
       "ministere",   "ministero",    "ministerium",  "ministerie",  "academia",    "academie",     "accademia",
       "akademie",    "museo",        "musee",        "museu",       "orquesta",    "orchestre",    "orquestra",
       "banco",       "banque",       "ayuntamiento", "prefeitura",  "fondation",   "fondazione",   "fundacao",
       "stiftung",    "istituto",     "institut",     "politecnico", "lycee",       "diputacion",   "policia"});
  constexpr std::uint32_t kOur = WordHash("our"), kLady = WordHash("lady");
  if (!IsCapital(scan, at)) return at;
  const std::uint32_t house = scan.tokens[at].hash;
  if ((LeadsOf(scan.tokens[at]) & kSpanishHouse) != 0 && scan.tokens[at].has_lower) {
    if (const std::size_t end = FindSpanishInstitution(scan, at, finds); end > at) return end;
  }
  if (house == kOur && IsCapital(scan, at + 1) && scan.tokens[at + 1].hash == kLady && !IsShouted(scan, at)) {
    const std::size_t end = CompanyEnd(scan, at);  // "Our Lady of Good Counsel"
    Report(scan, at, end - 1, organization_, kCompany, finds);
    return end;
  }
  const bool named = kHouses.contains(house) && IsCapital(scan, at + 1) && scan.Between(at) == " ";
  if (!named && (!kInstitutions.contains(house) || IsShouted(scan, at) || RunEnd(scan, at) == at + 1)) return at;
  const std::size_t end = RunEnd(scan, at);
  Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

// "Ospedale di Cattinara", "Comandancia de Cádiz", "hôpital de Quimper": an institution and its place.
std::size_t NameRules::FindInstitutionAndPlace(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kHouses({"ospedale", "tribunale", "comandancia", "audiencia", "juzgado", "procura", "questura",
                                "universita", "universidad", "universite", "tribunal", "hospital", "prefettura",
                                "camara", "diputacion", "jefatura", "rechtbank", "universiteit", "gerechtshof"});
  static const WordSet kOf({"di", "de", "della", "do", "da", "van"});
  if (at + 2 >= scan.tokens.size() || !scan.IsBetween(at, ' ') || scan.tokens[at + 1].upper_first) return at;
  if (!kHouses.contains(scan.tokens[at].hash) || !IsCapital(scan, at)) return at;
  if (!scan.IsBetween(at + 1, ' ') || !kOf.contains(scan.tokens[at + 1].hash) || !IsCapital(scan, at + 2)) return at;
  const std::size_t end = RunEnd(scan, at + 2);
  Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

}  // namespace privity::detect
