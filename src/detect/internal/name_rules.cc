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
bool IsFormInSmallLetters(std::string_view form) {
  static const WordSet kForms({"ltd",  "llc", "llp", "plc",  "gmbh", "ggmbh", "inc", "pty", "pte",  "pvt",  "sdn",
                               "ltda", "lda", "srl", "sarl", "eurl", "kft",   "zrt", "ohg", "bvba", "sprl", "uab"});
  const std::size_t first = form.find_first_of(" .,/");
  const bool dotted = first == 1 && form[1] == '.' && form.size() > 2 && form[2] != ' ';
  return dotted || form.starts_with("sp. z") || form.starts_with("sp.z") ||
         kForms.contains(WordHash(form.substr(0, first)));
}

// Words that Spanish texts have, also notes and forms that are no sentences.
constexpr std::string_view kSpanishWords =
    "abril acude afiliado ahora al alergia alta analisis analitica anestesia anos ante antecedentes apellidos asunto "
    "auricula avenida ayer bajo blando buenas buenos calle carrer cefalea centro cirugia cita clinica clinico "
    "colesterol comuna comunicacion con consciente consulta contrato correo correspondencia creatinina cuando cuenta "
    "dcha de del derecha derecho desde diagnostico dias diciembre dilatado direccion disnea dni dolor domicilio "
    "domingo dona donde dra edad edemas el empresa en enero enfermera entre es escala esta estimada estimado "
    "evolucion examen exploracion extraccion factura faltan fdo febrero fecha fiebre firmado fisica fractura fue "
    "glucosa gracias hallazgos han hasta hay hija hijo hijos hipotesis hola hombre hombro hospital hoy incidencias "
    "informe ingreso interconsulta interesada interesado izda izdo izquierda izquierdo jefe jueves juicio julio junio "
    "juzgado la las leucocitos leve licencia limpieza lo localidad los lunes madre manana martes mas medica medico "
    "meses mi miercoles moderada moderado motivo mujer municipio muy nacida nacido nacimiento natural nhc nif noche "
    "nombre nos noviembre numero obra octubre ocupacion oficina ojo orientado paciente padre pauta pero pieza "
    "plaquetas plaza policlinica por positivo presenta presupuesto prevision procedencia profesion provincia proximo "
    "prueba pte que radiografia refiere remitido reposo responsable revision ritmicos rodilla rut sabado salud "
    "saludos sangre se segun septiembre servicio sexo sin sobre solicitud soplo soy su suero sus tambien telefono "
    "tengo tiene titular tonos tos trabajador traido tramo tras trat tratamiento triaje trigliceridos tto un una unas "
    "unos urgencias varon vecino ventriculo viernes vive y ya";

// Of words with spaces between them.
WordSet SetOf(std::string_view words) {
  WordSet set;
  while (!words.empty()) {
    const auto space = std::min(words.find(' '), words.size());
    set.Insert(WordHash(words.substr(0, space)));
    words.remove_prefix(std::min(space + 1, words.size()));
  }
  return set;
}

}  // namespace

NameRules::NameRules(const GazetteerFile& gazetteer, const Vocabulary& vocabulary, const NameModel& model,
                     const NameDoubt& doubt, const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : words_(vocabulary),
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
  fill(further_streets_, gazetteer.further_streets);
  fill(town_beginnings_, gazetteer.town_beginnings);
  const std::vector<std::string> russian_streets = {"улица",      "улице",      "улицу",      "улицы",    "проспект",
                                                    "проспекте",  "проспекта",  "переулок",   "переулке", "переулка",
                                                    "бульвар",    "бульваре",   "бульвара",   "площади",  "площадь",
                                                    "набережная", "набережной", "набережную", "шоссе"};
  fill(street_before_, russian_streets);
  fill(russian_streets_, russian_streets);
  lead(kBeforeStreet | kBeginsSmall, gazetteer.street_before);
  lead(kBeforeStreet | kBeginsSmall, russian_streets);
  lead(kSaid, jobs_.WordsBefore());
  lead(kSaid, people_.SaidWords());
  lead(kSaid, words_.companies.work.spelled);
  lead(kSaid, words_.accounts.named.spelled);
  lead(kSaid, words_.accounts.enters.spelled);
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
  static const WordSet kCutShort({"izda", "izq", "dcha", "dcho", "izqda", "der"});
  if (file == street_ && !scan.tokens[last].has_upper && kCutShort.contains(scan.tokens[last].hash) &&
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
    static const WordSet kDoctors({"dr", "dra", "doctor", "doctora"});
    const bool doctor = spanish && name.first > 0 && kDoctors.contains(scan.tokens[name.first - 1].hash);
    if (!doctor) jobs_.FindBeside(scan, name.first, name.last, finds);
    FindFirmOfHead(scan, name.first, finds);
  }
  finds.insert(finds.end(), rule, by_rules.end());
  people_.FindAll(scan, finds);
  rows_.DropThings(scan, finds);
  if (spanish) spanish_.Mend(scan, finds);
}

// Of the first words of a text, many are those that every Spanish sentence has.
bool NameRules::IsSpanish(const Scan& scan) const {
  static const WordSet kSpanish = SetOf(kSpanishWords);
  static const WordSet kOther({"do", "da", "dos", "das", "em", "com", "nao", "le", "les", "des", "et", "il", "di",
                               "che", "the", "and", "der", "und"});
  constexpr std::size_t kTokensMax = 100;
  std::size_t n = 0, spanish = 0, other = 0;
  for (std::size_t i = 0; i < std::min(scan.tokens.size(), kTokensMax); ++i) {
    if (scan.tokens[i].digits > 0) continue;
    ++n;
    spanish += kSpanish.contains(scan.tokens[i].hash);
    other += kOther.contains(scan.tokens[i].hash);
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
