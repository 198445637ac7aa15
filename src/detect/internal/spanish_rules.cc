#include "detect/internal/spanish_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kOfField = 0.85;
constexpr double kOfHouse = 0.8;

bool IsInside(const Token& token) {
  static const WordSet kInside(
      {"de", "del", "la", "las", "los", "el", "lo", "y", "e", "i", "sobre", "para", "d", "do", "da", "dos", "das"});
  return kInside.contains(token.hash);
}

// "n.º 4", "Nº 3", "núm. 12": before the number of an institution.
bool IsSignOfNumber(const Token& token) {
  static const WordSet kSigns({"n", "n?", "num", "numero", "no", "nro"});
  return kSigns.contains(token.hash);
}

bool IsAnd(const Token& token) {
  static const WordSet kAnd({"y", "e"});
  return kAnd.contains(token.hash);
}

bool IsShoutedWord(const Token& token) {
  return token.word() && token.upper_first && !token.has_lower;
}

bool IsName(const Find& find) {
  return find.detector != nullptr &&
         (find.detector->entity == Entity::kPerson || find.detector->entity == Entity::kLocation ||
          find.detector->entity == Entity::kOrganization);
}

}  // namespace

SpanishRules::SpanishRules(const NameModel& model, const JobRules& jobs, const GazetteerFile& gazetteer,
                           const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : model_(&model), jobs_(&jobs) {
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  const auto lead = [&](Lead to, const std::vector<std::string>& words) {
    for (const std::string& word : words) leads_[WordHash(Fold(word))] |= static_cast<std::uint32_t>(to);
  };
  const SpanishWords& words = gazetteer.spanish;
  lead(kPersonHead, words.heads_of_people);
  lead(kOrganizationHead, words.heads_of_organizations);
  lead(kWhenceHead, words.heads_of_houses);
  lead(kPlaceHead, words.heads_of_places);
  lead(kSexHead, {"sexo"});
  lead(kCodeHead, {"cp"});
  lead(kOtherHead, words.heads);
  lead(kHouse, words.houses);
  lead(kShortHouse, words.short_houses);
  lead(kBody, words.bodies);
  lead(kFrom, words.from);
  lead(kOfStreet, words.streets);
  lead(kRelative, words.relatives);
  lead(kSex, {"mujer", "varon", "hombre", "nino", "nina", "chico", "chica"});
  lead(kFormerly, {"antiguo", "antigua", "ex", "trabajo", "trabaja", "trabajaba", "trabajado"});
  lead(kDayWord, {"primero",    "uno",         "dos",        "tres",         "cuatro",      "cinco",      "seis",
                  "siete",      "ocho",        "nueve",      "diez",         "once",        "doce",       "trece",
                  "catorce",    "quince",      "dieciseis",  "diecisiete",   "dieciocho",   "diecinueve", "veinte",
                  "veintiuno",  "veintidos",   "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete",
                  "veintiocho", "veintinueve", "treinta",    "cuarenta",     "cincuenta",   "sesenta",    "setenta",
                  "ochenta",    "noventa"});
  lead(kProfessional, words.professionals);
  lead(kNobodys, words.nobodys);
  lead(kNationNumber, words.numbers_of_nation);
  lead(kTaxNumber, words.numbers_of_tax);
  lead(kHealthNumber, words.numbers_of_health);
  lead(kCaseNumber, words.numbers_of_cases);
  fill(of_many_houses_, words.of_many_houses);
  fill(given_words_, gazetteer.first_names);
  fill(given_words_, gazetteer.further_first_names);
  fill(wards_, gazetteer.wards);
  fill(eponyms_, gazetteer.eponyms);
  fill(flats_, gazetteer.flats);
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "full-name") person_ = file.get();
    if (id == "place") place_ = file.get();
    if (id == "organization-name") organization_ = file.get();
    if (id == "street-address") street_ = file.get();
    if (id == "postcode") postal_code_ = file.get();
    if (id == "gender-word-es") gender_ = file.get();
    if (id == "age") age_ = file.get();
    if (id == "date") date_ = file.get();
    if (id == "family-word-es") family_ = file.get();
    if (id == "national-id") national_ = file.get();
    if (id == "marital-status") marital_ = file.get();
    if (id == "tax-id") tax_ = file.get();
    if (id == "medical-record") health_ = file.get();
    if (id == "unique-id") other_ = file.get();
  }
}

bool SpanishRules::IsGiven(const Token& token) const {
  const std::uint16_t lists = ListsOf(token);
  return ((lists & kGivenName) != 0 && (lists & kEveryday) == 0) || given_words_.contains(token.hash);
}

// A long text is read in parts, each with its own finds: every word asks which finds stand where it does.
void SpanishRules::Mend(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::size_t kTokensOfPart = 1024;
  const std::size_t n = scan.tokens.size();
  if (n <= kTokensOfPart) return MendPart(scan, {0, n}, finds);
  std::ranges::stable_sort(finds, {}, &Find::begin);
  std::vector<Find> all, part;
  auto next = finds.begin();
  for (std::size_t first = 0, end = 0; first < n; first = end) {
    end = std::min(first + kTokensOfPart, n);
    while (end < n && end < first + 2 * kTokensOfPart && !scan.tokens[end].line_before) ++end;
    part.clear();
    while (next != finds.end() && (end == n || next->begin < scan.tokens[end].begin)) part.push_back(*next++);
    MendPart(scan, {first, end}, part);
    all.insert(all.end(), part.begin(), part.end());
  }
  finds = std::move(all);
}

void SpanishRules::MendPart(const Scan& scan, const Part& part, std::vector<Find>& finds) const {
  const bool colons = !IsFormWithoutColons(scan, part);
  CutAtHeads(scan, colons, finds);
  for (std::size_t i = part.first; i < part.end; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0) {
      FindAgeCutShort(scan, i, finds);
      FindDay(scan, i, finds);
      FindDayOfMonth(scan, i, finds);
      FindResident(scan, i, finds);
      FindMaskedNumber(scan, i, finds);
      continue;
    }
    FindPersonOfTrade(scan, i, finds);
    FindTitled(scan, i, finds);
    FindTown(scan, i, finds);
    if (scan.text.substr(token.end, 2) == ", ") FindSurnamesFirst(scan, i, finds);
    if (token.upper_first && (ListsOf(token) & kCountry) != 0) FindPlaceInCountry(scan, i, finds);
    if (token.size() == 1) FindSexLetter(scan, i, finds);
    if (token.size() == 1) FindJourney(scan, i, finds);
    constexpr std::uint32_t kUnion = WordHash("union");
    if (token.hash == kUnion) FindUnion(scan, i, finds);
    if (token.line_before && token.upper_first) FindTradeOfLine(scan, i, finds);
    const std::uint32_t leads = LeadsOf(token);
    if (leads == 0) continue;
    if ((leads & kHead) != 0) FindField(scan, i, colons, finds);
    if ((leads & kPersonHead) != 0) FindPersonOfRole(scan, i, finds);
    if ((leads & kPersonHead) != 0) FindInitials(scan, i, finds);
    if ((leads & kProfessional) != 0) FindProfessional(scan, i, finds);
    if ((leads & kNumberHead) != 0) FindNumberOfHead(scan, i, leads, finds);
    if ((leads & (kHouse | kShortHouse | kBody)) != 0) FindHouse(scan, i, finds);
    if ((leads & kFrom) != 0) FindWhence(scan, i, finds);
    if ((leads & kOfStreet) != 0) FindAddress(scan, i, finds);
    if ((leads & (kRelative | kSex)) != 0) FindBeginOfSentence(scan, i, leads, finds);
    if ((leads & (kRelative | kSex)) != 0) FindNamedRelative(scan, i, finds);
    if ((leads & kRelative) != 0) FindParents(scan, i, finds);
    if ((leads & kRelative) != 0) FindRelative(scan, i, finds);
    if ((leads & kDayWord) != 0) FindSpelledDate(scan, i, finds);
    if ((leads & kDayWord) != 0) FindSpelledAge(scan, i, finds);
    if ((leads & kFormerly) != 0) FindFormerTrade(scan, i, finds);
  }
  for (Find& find : finds) {
    if (find.detector == nullptr) continue;
    if (find.detector == place_) MendPlace(scan, find);
    if (find.detector == person_) MendPerson(scan, find);
    if (find.detector == organization_) MendOrganization(scan, find);
    if (find.detector->entity == Entity::kAddress) MendAddress(scan, find);
    if (find.detector->entity == Entity::kAddress) MendEndOfAddress(scan, find);
    if (find.detector == gender_) MendSex(scan, find);
    if (find.detector == jobs_->detector()) MendTrade(scan, find);
    MendNumber(scan, find);
  }
  JoinSurnamesFirst(scan, finds);
  PartCouples(scan, finds);
  PartRelatives(scan, finds);
  PartAddresses(scan, finds);
  PartPlaces(scan, finds);
  JoinDays(scan, finds);
  FindCodeBehind(scan, finds);
  FindPlacesBeforeDates(scan, finds);
  DropWhatNobodyIs(scan, part, finds);
  FindAgesBehindPeople(scan, finds);
  for (std::size_t i = part.first; i < part.end; ++i) FindTradeBehind(scan, i, finds);
  FindTownBehind(scan, finds);
  std::erase_if(finds, [](const Find& find) { return find.detector == nullptr; });
}

// Reports a name, instead of those that it holds or crosses; one that goes on behind it is better known.
void SpanishRules::Put(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                       std::vector<Find>& finds) const {
  if (file == nullptr) return;
  Find put{scan.tokens[first].begin, scan.tokens[last].end, file, score};
  for (Find& find : finds) {
    if (!IsName(find) || find.end <= put.begin || find.begin >= put.end) continue;
    const bool same = find.detector->entity == file->entity && find.begin >= put.begin;
    if (same && find.end > put.end &&
        scan.text.substr(put.end, find.end - put.end).find('\n') == std::string_view::npos)
      put.end = find.end;
    find.detector = nullptr;
  }
  finds.push_back(put);
}

// "Localidad: Getafe", "CP 36940": a word that heads a field, before a colon; or without, before a value, where the
// whole form has none.
bool SpanishRules::IsHeadOfField(const Scan& scan, std::size_t at, bool colons) const {
  const Token& token = scan.tokens[at];
  constexpr std::uint32_t kSocial = WordHash("social");
  const bool second = token.hash == kSocial && at > 0 && scan.tokens[at - 1].upper_first && scan.IsBetween(at - 1, ' ');
  if ((LeadsOf(token) & kHead) == 0 || (!token.upper_first && !second)) return false;
  const std::string_view behind = scan.text.substr(token.end, 2);
  if (behind.starts_with(':') || behind == ".:") return true;
  if (colons || at + 1 >= scan.tokens.size() || !scan.IsBetween(at, ' ')) return false;
  const Token& next = scan.tokens[at + 1];
  return next.upper_first || next.digits > 0;
}

// "Nombre Xoel Apellidos Lamas Edad 11 años Sexo V": a form whose heads have no signs behind them.
bool SpanishRules::IsFormWithoutColons(const Scan& scan, const Part& part) const {
  constexpr std::size_t kHeadsMin = 4;
  std::size_t heads = 0;
  for (std::size_t i = part.first; i < part.end; ++i) {
    const std::uint32_t leads = LeadsOf(scan.tokens[i]);
    if ((leads & kHead) == 0 || (leads & kHouse) != 0) continue;
    heads += IsHeadOfField(scan, i, false) && !scan.text.substr(scan.tokens[i].end).starts_with(':');
  }
  return heads >= kHeadsMin;
}

// The token behind a value: at the end of its line or sentence, a sign between cells, or the next head.
std::size_t SpanishRules::FieldEnd(const Scan& scan, std::size_t first, bool colons) const {
  constexpr std::size_t kTokensMax = 16, kShortBytes = 4;
  std::size_t end = first + 1;
  for (; end < scan.tokens.size() && end < first + kTokensMax && !scan.tokens[end].line_before; ++end) {
    const std::string_view between = scan.Between(end - 1);
    if (between.find_first_of(";|\t:()") != between.npos || between.find("  ") != between.npos) break;
    if (between.starts_with(". ") && scan.tokens[end - 1].size() > kShortBytes) break;
    if (IsHeadOfField(scan, end, colons)) break;
  }
  return end;
}

// The token behind the capital words of a name, particles inside included.
std::size_t SpanishRules::NameEnd(const Scan& scan, std::size_t first, std::size_t end) const {
  std::size_t last = first;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    const std::string_view between = i == first ? " " : scan.Between(i - 1);
    const bool joined = between == " " || between == "-" || between == "'" || between == "\u2019" ||
                        (between == ". " && scan.tokens[i - 1].size() <= 3);
    if (!joined || token.digits > 0) break;
    if (token.upper_first)
      last = i + 1;
    else if (!IsInside(token) || IsAnd(token))
      break;
  }
  return last;
}

void SpanishRules::FindField(const Scan& scan, std::size_t head, bool colons, std::vector<Find>& finds) const {
  if (head + 1 >= scan.tokens.size() || scan.tokens[head + 1].line_before) return;
  const std::uint32_t leads = LeadsOf(scan.tokens[head]);
  static const WordSet kCitizens({"ciudadano", "ciudadana"});  // "a la ciudadana Yusmary Rondón"
  const bool citizen = kCitizens.contains(scan.tokens[head].hash) && scan.IsBetween(head, ' ');
  const bool sex = (leads & kSexHead) != 0 && scan.IsBetween(head, ' ');
  if (!citizen && !sex && !IsHeadOfField(scan, head, colons)) return;
  static const WordSet kOfFirms({"obra", "razon", "denominacion"});
  constexpr std::uint32_t kSocial = WordHash("social");  // "Trabajadora social: Amparo Titos"
  const bool of_firm = scan.tokens[head].hash != kSocial || (head > 0 && kOfFirms.contains(scan.tokens[head - 1].hash));
  std::size_t first = head + 1;
  static const WordSet kTitles({"dr", "dra", "sr", "sra", "srta", "don", "dona", "d", "dna", "d?", "?", "lic", "ing"});
  while (first + 1 < scan.tokens.size() && (leads & kPersonHead) != 0 && kTitles.contains(scan.tokens[first].hash) &&
         !scan.tokens[first + 1].line_before)
    ++first;
  const std::size_t end = FieldEnd(scan, first, colons);
  if ((leads & kPersonHead) != 0 || !of_firm) return FindPersonOfField(scan, first, end, finds);
  if ((leads & (kOrganizationHead | kWhenceHead)) != 0)
    return FindOrganizationOfField(scan, first, end, (leads & kWhenceHead) != 0, finds);
  if (sex) {
    const Token& value = scan.tokens[first];
    const bool letter = value.size() == 1 && IsOneOf(scan.text[value.begin], "VHMF");
    if (letter || (LeadsOf(value) & kSex) != 0)
      finds.push_back(
          {.begin = value.begin, .end = value.end, .detector = gender_, .score = kOfField, .labelled = true});
    return;
  }
  if (colons || scan.text.substr(scan.tokens[head].end).starts_with(':')) return;
  if ((leads & kPlaceHead) != 0) {
    const std::size_t last = NameEnd(scan, first, end);
    if (last > first) Put(scan, first, last - 1, place_, kOfField, finds);
  }
  if ((leads & kCodeHead) != 0 && scan.tokens[first].all_digits() && postal_code_ != nullptr)
    finds.push_back({.begin = scan.tokens[first].begin,
                     .end = scan.tokens[first].end,
                     .detector = postal_code_,
                     .score = kOfField,
                     .labelled = true});
}

// "Trabajador: Héctor Oyarzún Barría", "Demandante: ENCARNACIÓN ROS MIÑARRO": two capital words or more, none of them a
// job, a ward or an institution.
void SpanishRules::FindPersonOfField(const Scan& scan, std::size_t first, std::size_t end,
                                     std::vector<Find>& finds) const {
  constexpr std::uint16_t kOther = kCommonWord | kEveryday | kCalendarWord | kCountry | kOrganizationWord;
  constexpr std::size_t kWordsMax = 6;
  const std::size_t last = NameEnd(scan, first, end);
  if (last < first + 2 || last > first + kWordsMax || !scan.tokens[first].upper_first) return;
  std::size_t names = 0;
  for (std::size_t i = first; i < last; ++i) {
    const Token& token = scan.tokens[i];
    if ((LeadsOf(token) & ~(kFrom | kFormerly | kDayWord)) != 0 || wards_.contains(token.hash)) return;
    const std::uint16_t lists = ListsOf(token);
    const bool named = (lists & (kGivenName | kSurname)) != 0;
    if (jobs_->IsJob(token.hash) && !named) return;
    if (!IsInside(token)) names += named || (lists & kOther) == 0;
  }
  if (names < 2) return;
  const std::uint32_t begin = scan.tokens[first].begin, behind = scan.tokens[last - 1].end;
  for (const Find& find : finds) {
    if (!IsName(find) || find.end <= begin || find.begin >= behind) continue;
    if (find.detector->entity == Entity::kOrganization) return;
    if (find.begin <= begin && find.end >= behind && find.detector->entity == Entity::kPerson) return;
  }
  Put(scan, first, last - 1, person_, kOfField, finds);
}

// "Obra social: OSPEPA", "Mutua: Balear de Accidentes"; behind some heads only what is called an institution.
void SpanishRules::FindOrganizationOfField(const Scan& scan, std::size_t first, std::size_t end, bool of_house,
                                           std::vector<Find>& finds) const {
  const Token& token = scan.tokens[first];
  if (!token.upper_first || wards_.contains(token.hash)) return;
  if (of_house && (LeadsOf(token) & (kHouse | kShortHouse | kBody)) == 0) return;
  std::size_t last = NameEnd(scan, first, end);
  while (last > first && last + 1 < end && IsAnd(scan.tokens[last]) && scan.tokens[last + 1].upper_first)
    last = NameEnd(scan, last + 1, end);  // "Reformas y Cubiertas"
  if (const std::size_t house = HouseEnd(scan, first); house > last) last = house;
  if ((LeadsOf(token) & (kBody | kHouse)) == kBody) last = first + 1;  // "Fonasa B"
  if (last == first) return;
  const std::uint32_t begin = token.begin;
  for (const Find& find : finds) {
    if (IsName(find) && find.begin == begin && find.end >= scan.tokens[last - 1].end &&
        find.detector->entity == Entity::kOrganization)
      return;
  }
  Put(scan, first, last - 1, organization_, kOfField, finds);
}

// The token behind an institution that begins here, with all that it is called, or `at`: "Juzgado de Primera Instancia
// n.º 4 de Badajoz", "UMF 171 Zapopan", "AYUNTAMIENTO DE VILLAR DEL OLMO"; "el Juzgado de Guardia" is any.
std::size_t SpanishRules::HouseEnd(const Scan& scan, std::size_t at) const {
  static const WordSet kCutShort(
      {"dr", "dra", "ntra", "sra", "nta", "sta", "sto", "s", "d", "gral", "ntro", "sr", "fco", "h", "u", "c", "ag"});
  static const WordSet kEnds({"con", "por", "tras", "que", "se", "en", "a", "al", "ha", "dni", "nif", "cif", "tel"});
  constexpr std::size_t kTokensMax = 14;
  const Token& head = scan.tokens[at];
  const bool is_short = (LeadsOf(head) & kShortHouse) != 0;
  const bool shouted = IsShoutedWord(head) && !is_short && head.size() > 1;
  std::size_t last = at;
  bool named = false;
  for (std::size_t i = at + 1; i < scan.tokens.size() && i < at + kTokensMax; ++i) {
    const std::string_view between = scan.Between(i - 1);
    const Token& token = scan.tokens[i];
    if (IsHeadOfField(scan, i, true)) break;
    const bool cut = (between == ". " || between == ".") &&
                     (kCutShort.contains(scan.tokens[i - 1].hash) || IsSignOfNumber(scan.tokens[i - 1]));
    if (!cut && between != " " && between != "-" && between != "'" && between != "\u2019") break;
    if (token.digits > 0) {
      const bool numbered = IsSignOfNumber(scan.tokens[i - 1]) || (is_short && i == at + 1) ||
                            scan.Of(scan.tokens[i - 1]) == "\u00BA" || (i > at + 1 && between == "-" && last == i - 1);
      if (!numbered || token.size() > 5) break;
      last = i;
      named = true;
      continue;
    }
    if (IsSignOfNumber(token) || scan.Of(token) == "\u00BA") continue;
    if (shouted && (!IsShoutedWord(token) || kEnds.contains(token.hash))) break;
    if (IsInside(token) || (shouted && token.size() == 1)) continue;
    if (!token.upper_first || (!shouted && !token.has_lower && token.size() > 1 && !is_short)) break;
    if (wards_.contains(token.hash) && !of_many_houses_.contains(token.hash) && i > at + 1) break;
    last = i;
    named = named || !of_many_houses_.contains(token.hash);
  }
  return named ? last + 1 : at;
}

// An institution where it stands, whatever the tagger took its words for.
void SpanishRules::FindHouse(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  const std::uint32_t leads = LeadsOf(token);
  const bool within = at > 0 && scan.IsBetween(at - 1, ' ') && scan.tokens[at - 1].upper_first &&
                      (LeadsOf(scan.tokens[at - 1]) & (kHouse | kShortHouse)) != 0;
  if (!token.upper_first || within) return;
  if ((leads & kShortHouse) != 0 && (leads & (kHouse | kBody)) == 0 && token.has_lower) return;
  static const WordSet kSaints({"virgen", "san", "santa", "santo", "clinico", "universitario", "general", "gral",
                                "comarcal", "infanta", "nuestra", "ntra", "reina", "u", "c"});
  if (token.size() == 1 && (at + 1 >= scan.tokens.size() || !kSaints.contains(scan.tokens[at + 1].hash)))
    return;  // "H. Virgen de la Concha", and not "H. Quintero"
  std::size_t end = (leads & (kHouse | kShortHouse)) != 0 ? HouseEnd(scan, at) : at;
  if (end == at && (leads & kBody) != 0) {
    const bool of_number = at + 1 < scan.tokens.size() && scan.tokens[at + 1].digits > 0 && scan.Between(at) != ": ";
    if (!of_number) end = at + 1;
  }
  if (end == at) return;
  const std::uint32_t begin = token.begin, behind = scan.tokens[end - 1].end;
  for (Find& find : finds) {
    if (find.detector == nullptr || find.end <= begin || find.begin >= behind) continue;
    if (find.detector->entity == Entity::kAddress && find.begin >= begin) find.detector = nullptr;
    const bool said_before = at > 0 && IsInside(scan.tokens[at - 1]);  // "Resolución de la Consejería"
    static const WordSet kTo({"al"});
    if (IsName(find) && find.detector->entity == Entity::kOrganization && find.begin < begin &&
        (((LeadsOf(scan.tokens[scan.TokenAt(find.begin)]) & kHouse) != 0 &&
          !jobs_->IsJob(scan.tokens[scan.TokenAt(find.begin)].hash)) ||
         (!said_before && !kTo.contains(scan.tokens[at - 1].hash))))
      return;  // "Fundación del Hospital", "Aseguradora Mutua Almenara"
  }
  Put(scan, at, end - 1, organization_, kOfHouse, finds);
}

}  // namespace privity::detect
