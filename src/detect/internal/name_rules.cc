#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/identifier_words.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kSureMax = 0.95;
constexpr std::size_t kEndedSurnameBytesMin = 6;

std::string AsciiLowered(std::string text) {
  for (char& c : text) c = IsAsciiUpper(c) ? static_cast<char>(c | 0x20) : c;
  return text;
}

// "gmbh", "pty ltd", "s.r.l": legal forms that are no word and no sign of anything else without their capitals, as
// "as", "se" and "kg" are.
bool IsFormInSmallLetters(const CompanyVocabulary& words, std::string_view form) {
  const std::size_t first = form.find_first_of(" .,/");
  const bool dotted = first == 1 && form[1] == '.' && form.size() > 2 && form[2] != ' ';
  return dotted || form.starts_with("sp. z") || form.starts_with("sp.z") ||
         words.small_forms.contains(WordHash(form.substr(0, first)));
}

}  // namespace

NameRules::NameRules(const GazetteerFile& gazetteer, const Vocabulary& vocabulary, const NameModel& model,
                     const NameDoubt& doubt, const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : words_(vocabulary),
      greetings_(vocabulary.names.greetings),
      tagger_(model),
      borders_(model, vocabulary.borders),
      patients_(files, vocabulary.patients),
      thai_(files),
      people_(files, vocabulary.people),
      jobs_(files, gazetteer, vocabulary.jobs),
      spanish_(model, jobs_, gazetteer, files),
      rows_(model, words_.jobs),
      doubt_(&doubt) {
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    set.Reserve(words.size());
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  const auto lead = [&](int to, const std::vector<std::string>& words) {
    for (const std::string& word : words) leads_[WordHash(Fold(word))] |= static_cast<std::uint8_t>(to);
  };
  fill(honorifics_, gazetteer.honorifics);
  fill(honorifics_, words_.names.honorifics_with_capital);
  lead(kHonorific | kBeginsSmall, gazetteer.honorifics);
  lead(kHonorific, words_.names.honorifics_with_capital);
  fill(street_after_, gazetteer.street_after);
  fill(street_after_, words_.addresses.further_street_ends);
  fill(street_before_, gazetteer.street_before);
  fill(flats_, gazetteer.flats);
  fill(further_streets_, gazetteer.further_streets);
  fill(town_beginnings_, gazetteer.town_beginnings);
  fill(street_before_, words_.addresses.russian_streets.spelled);
  lead(kBeforeStreet | kBeginsSmall, gazetteer.street_before);
  lead(kBeforeStreet | kBeginsSmall, words_.addresses.russian_streets.spelled);
  lead(kSaid, jobs_.WordsBefore());
  lead(kSaid, people_.SaidWords());
  lead(kSaid, words_.companies.work.spelled);
  lead(kSaid, words_.accounts.named.spelled);
  lead(kSaid, words_.accounts.enters.spelled);
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
    if (const std::string small = AsciiLowered(form); IsFormInSmallLetters(words_.companies, small)) {
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
  town_endings_ = gazetteer.town_endings;
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
  if (file == street_ && !scan.tokens[last].has_upper &&
      words_.addresses.flats_cut_short.contains(scan.tokens[last].hash) &&
      scan.text.substr(scan.tokens[last].end).starts_with('.'))
    ++finds.back().end;
}

// What the tagger has named is settled; rules speak where it was silent.
void NameRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  std::vector<TaggedName> tagged;
  std::vector<TaggedName> less_likely;
  tagger_.FindAll(scan, tagged, &less_likely);
  Surroundings surroundings(scan);
  const bool spanish = IsSpanish(scan);
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
    if (file == person_) name.first = WithInitial(scan, name.first);
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
      in_wider = rule->end > begin && !rule->needs_people && (file != street_ || rule->score > kStreet) &&
                 (rule->detector == organization_ ? file == organization_ || holds
                                                  : rule->detector == street_ && holds &&
                                                        (file == person_ || rule->score > kStreet ||
                                                         (rule->score >= kStreet && !IsShouted(scan, name.first))));
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
    const bool doctor = spanish && name.first > 0 && words_.names.doctors.contains(scan.tokens[name.first - 1].hash);
    if (!doctor) jobs_.FindBeside(scan, name.first, name.last, finds);
    FindFirmOfHead(scan, name.first, finds);
  }
  finds.insert(finds.end(), rule, by_rules.end());
  people_.FindAll(scan, finds);
  rows_.DropThings(scan, finds);
  if (spanish) spanish_.Mend(scan, finds);
}

bool NameRules::IsSpanish(const Scan& scan) const {
  constexpr std::size_t kTokensMax = 100;
  std::size_t n = 0, spanish = 0, other = 0;
  for (std::size_t i = 0; i < std::min(scan.tokens.size(), kTokensMax); ++i) {
    if (scan.tokens[i].digits > 0) continue;
    ++n;
    spanish += words_.names.spanish.contains(scan.tokens[i].hash);
    other += words_.names.not_spanish.contains(scan.tokens[i].hash);
  }
  return spanish * 9 >= n && spanish > 2 * other && spanish >= 2;
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
  if (end == at) end = FindFurtherStreet(scan, at, finds);
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
  constexpr std::uint32_t kPostBytesMax = 5;
  if (token.size() <= kPostBytesMax) {
    if (const std::size_t post = FindMilitaryPost(scan, at, finds); post > at) return post;
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
  if (organization) end = FindAtCapital(scan, at, finds);
  if (end == at && token.upper_first) end = FindTownByForm(scan, at, finds);
  return end == at && token.upper_first ? FindHouseBehindAt(scan, at, finds) : end;
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
  if (end == at) end = FindAccountName(scan, at, finds);
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

}  // namespace privity::detect
