#include "detect/internal/field_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Scores from which a column counts as personal, and the most that may be claimed without seeing a value.
constexpr double kPersonal = 0.5;
constexpr double kNameOnlyMax = 0.95;

constexpr double kStrongCue = 0.80;
constexpr double kWeakCue = 0.35;
constexpr double kVerbByEnding = -0.10;      // `paired_by`: the verb is in no list
constexpr double kLongerPhrase = 0.05;       // for each word after the first
constexpr double kKeyOfPeople = 0.60;        // `smith_id`, where the rows of `smiths` are people
constexpr double kReferenceToPeople = 0.20;  // `staff id` in a collection of which nothing is known
constexpr double kOtherThingsId = -0.40;     // `address id` among people is the address's
constexpr double kPeopleForStrong = 0.05;
constexpr double kPeopleForWeak = 0.35;
constexpr double kThingsForStrong = -0.12;
constexpr double kThingsForWeak = -0.30;
constexpr double kUpkeep = -0.20;
constexpr double kListOfThem = -0.50;  // the collection `country` lists countries; its column is nobody's
constexpr double kVeto = -0.60;
constexpr double kQuestion = -0.60;
constexpr double kThingBefore = -0.35;
constexpr double kThingsHaveItToo = -0.25;  // a store has a latitude, a server an address
constexpr double kUnknownAfter = -0.18;
constexpr double kUnknownAfterAtHome = -0.25;
constexpr double kUnknownBefore = -0.08;
constexpr double kUnknownBeforeWeak = -0.22;  // `invoice prefix` among people is the invoice's
constexpr std::size_t kSystemPrefixMax = 3;   // letters of `hs_`, `sf_`: products write themselves before a name
constexpr double kAcrossCollection = -0.25;   // `users.url` is two words that happen to stand together
constexpr double kAcrossThings = -0.37;       // and likelier so where nobody is
constexpr double kAcrossNumber = -0.50;
constexpr double kWhereDevicesAre = 0.20;  // `region` beside an address of the network
constexpr double kTypeContradicts = -0.60;
constexpr std::size_t kHeadBytesMin = 3;
constexpr std::size_t kNeighboursOfPeople = 2;
constexpr std::size_t kMachineWordsMin = 2;
constexpr double kMakerOfWorks = -0.40;     // the `author_id` of a book
constexpr double kNobodyHere = -0.37;       // a latitude where no field names or refers to a person
constexpr std::size_t kWholeFieldsMin = 4;  // fewer fields do not tell whether a person is among them

// Words at the end of a collection's name that say nothing of what it holds.
constexpr std::array<std::string_view, 21> kHollowHeads = {
    "table", "tbl",  "entity", "data",    "record", "records", "master",  "dim",    "fact", "list", "view",
    "main",  "base", "flat",   "archive", "backup", "copy",    "history", "detail", "info", "grid"};

// Detectors whose cues are identifiers of rows: outside the people's own collection most are mere references.
constexpr std::string_view kUniqueId = "unique-id";
constexpr std::string_view kFullName = "full-name";

// What opens a door is as likely in a system that runs others as anywhere.
constexpr std::string_view kSecrets = "user.authorization";

std::string Joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += ' ';
    text += words[i];
  }
  return text;
}

template <typename Says>
std::size_t CountDistinct(const std::vector<std::string>& words, Says says) {
  std::unordered_set<std::string_view> found;
  for (const std::string& word : words) {
    if (says(word)) found.insert(word);
  }
  return found.size();
}

double Sum(const std::vector<Evidence>& evidence) {
  double sum = 0;
  for (const Evidence& part : evidence) sum += part.weight;
  return std::clamp(sum, 0.0, kNameOnlyMax);
}

std::string_view WithoutPrefix(std::string_view field, std::string_view prefix) {
  return field.starts_with(prefix) ? field.substr(prefix.size()) : field;
}

// "cities" of "city", "products" of "product"; a word that is no plural stays.
std::string Singular(const std::string& word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && (word.ends_with("ches") || word.ends_with("sses") || word.ends_with("xes")))
    return word.substr(0, word.size() - 2);
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") ? word.substr(0, word.size() - 1) : word;
}

bool Holds(const std::unordered_set<std::string>& words, const std::string& word) {
  return words.contains(word) || words.contains(Singular(word));
}

// Words after a cue that say when: they change nothing for what is itself a matter of time.
bool SaysWhen(std::string_view word) {
  return word == "at" || word == "on" || word == "date" || word == "time" || word == "timestamp" || word == "status";
}

bool SaysWhere(const DetectorFile& file) {
  const std::string& id = file.pack.id;
  return id == "city" || id == "state" || id == "country" || id == "postal-code";
}

bool Accepts(const DetectorFile& file, ColumnType type) {
  const auto& types = file.fields->types;
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// Yes or no as a kind of column: `smoker_flag` is the smoker.
bool SaysYesOrNo(std::string_view word) {
  return word == "flag" || word == "indicator" || word == "bool" || word == "boolean";
}

// Words around a cue that are part of it: an income's amount, the day of what is itself a matter of time.
bool GoesWith(const DetectorFile& file, const std::string& word) {
  const auto& words = file.fields->goes_with;
  if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  return (SaysWhen(word) && Accepts(file, ColumnType::kDate)) ||
         (SaysYesOrNo(word) && Accepts(file, ColumnType::kBoolean));
}

// Words for people that things have as well: an `account_id` or a `parent_id` may be anything's.
bool IsOfThingsToo(const std::string& word) {
  static const std::unordered_set<std::string> kWords = {"account",  "profile",  "client",  "parent", "child",
                                                         "agent",    "tenant",   "contact", "owner",  "lead",
                                                         "identity", "operator", "admin",   "actor",  "personal"};
  return kWords.contains(word);
}

// Those of them that are somebody where the others are people: the `agent_id` of a chat.
bool IsSomebody(std::string_view word) {
  return word == "child" || word == "agent" || word == "contact" || word == "operator" || word == "actor";
}

// Those of them that are a thing's behind a thing: `cluster_agents`.
bool IsOftenAThings(std::string_view word) {
  return word == "agent" || word == "profile" || word == "account" || word == "tenant" || word == "identity";
}

// Whose rows are animals or plants.
bool SaysAnimal(std::string_view word) {
  static constexpr std::array<std::string_view, 23> kWords = {
      "crop",  "crops",  "cultivo", "cultivos",  "coltura", "pflanze", "pflanzen", "species",
      "breed", "animal", "animals", "livestock", "cattle",  "herd",    "flock",    "raza",
      "rasse", "razza",  "raca",    "ras",       "especie", "tierart", "mascota"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What only programs that sign in have: `redirect_uri`, `grant_types`.
bool SaysProgram(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kWords = {"scope", "scopes", "redirect", "audience",
                                                             "oauth", "oidc",   "openid",   "sso"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysUser(std::string_view word) {
  return word == "user" || word == "usuario" || word == "utente" || word == "utilisateur" || word == "benutzer";
}

// A collection of where something was from time to time.
bool SaysMoved(std::string_view word) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "position",   "positions", "track",    "tracks", "gps",     "trip", "trips", "ping",    "waypoint",
      "breadcrumb", "vehicle",   "vehicles", "rental", "rentals", "ride", "rides", "scooter", "courier"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// A key by itself, of whatever the words before it name.
bool IsKeyWord(std::string_view word) {
  return word == "id" || word == "uuid" || word == "guid";
}

// The same where a table calls its keys otherwise: `owner_ref`, `customer_sk`.
bool SaysReference(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kWords = {"ref", "reference", "uuid", "guid", "uid",
                                                             "oid", "fk",        "pk",   "sk"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Whose works are sold and lent under their names: the author of a book is none of the users, the author of a page is.
bool SaysMaker(std::string_view word) {
  return word == "author" || word == "editor" || word == "translator" || word == "narrator" || word == "illustrator";
}

// Works that are written where they are kept.
bool SaysWritten(std::string_view word) {
  return word == "article" || word == "media" || word == "title";
}

// What machines that run programs have.
bool SaysMachine(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "hostname", "host",   "os",     "arch",  "architecture", "cpu",       "cores",  "ram",
      "memory",   "kernel", "uptime", "slots", "executor",     "heartbeat", "daemon", "executors"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What one person has one of.
bool IsOfOne(std::string_view word) {
  return word == "id" || word == "name" || word == "number" || word == "phone" || word == "mobile" || word == "email";
}

// Names of the place where a value stands, whatever it is.
bool SaysNothing(std::string_view word) {
  return word == "value" || word == "values" || word == "raw" || word == "text" || word == "string" ||
         word == "formatted" || word == "data";
}

// What everything has, so that `device.name` is one thing's name and not a `device name`.
bool SaysLittle(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kWords = {
      "id", "name", "type", "label", "data", "state", "model", "status", "text", "description", "version"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// "fecha nacimiento", "nome mae", "id paciente": the word that is last in English stands first. "" for all others.
std::string_view HeadStandingFirst(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kHeads = {
      {{"date", "date"},       {"data", "date"},       {"number", "number"}, {"code", "code"}, {"name", "name"},
       {"nombre", "name"},     {"nom", "name"},        {"nome", "name"},     {"naam", "name"}, {"place", "place"},
       {"address", "address"}, {"country", "country"}, {"year", "year"},     {"type", "type"}, {"status", "status"},
       {"level", "level"},     {"account", "account"}, {"phone", "phone"},   {"id", "id"},     {"city", "city"},
       {"email", "email"},     {"card", "card"}}};
  for (const auto& [written, head] : kHeads) {
    if (written == word) return head;
  }
  return {};
}

// "grantor", "finder", "lessee": who does or gets something, where the word is in no list.
bool SaysDoer(std::string_view word) {
  static constexpr std::size_t kBytesMin = 6;
  static constexpr std::array<std::string_view, 6> kEndings = {"er", "or", "ee", "eur", "ist", "ian"};
  return word.size() >= kBytesMin &&
         std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) { return word.ends_with(ending); });
}

// Tokens that find something again and let nobody in: `cart_token`, `next_page_token`.
bool SaysHandle(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kWords = {"cart", "checkout", "basket",       "page",
                                                             "sync", "cursor",   "continuation", "pagination"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// "assigned driver", "duty officer": somebody in particular, even where only things are listed.
bool SaysAppointed(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {"assigned",   "responsible", "designated", "duty",
                                                              "attending",  "acting",      "appointed",  "authorized",
                                                              "authorised", "nominated",   "deputy",     "incumbent"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Participles that say how something is arranged, or what a body did, and no deed of a person: `sorted_by`,
// `accredited_by`.
bool SaysArranged(std::string_view word) {
  static constexpr std::array<std::string_view, 41> kWords = {
      "sorted",    "ordered",  "grouped",  "partitioned", "clustered", "divided",    "multiplied",
      "powered",   "caused",   "replaced", "superseded",  "followed",  "preceded",   "succeeded",
      "generated", "hosted",   "provided", "required",    "used",      "referenced", "increased",
      "decreased", "filtered", "indexed",  "encrypted",   "limited",   "affected",   "backed",
      "bounded",   "covered",  "locked",   "associated",  "bucketed",  "certified",  "accredited",
      "insured",   "funded",   "financed", "regulated",   "governed",  "sponsored"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Participles that do not end in -ed, of what only people do: `frozen_by`, not `built_by`.
bool SaysDone(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kWords = {"set",    "given",  "taken",     "written",
                                                             "chosen", "frozen", "withdrawn", "overridden"};
  return std::ranges::find(kWords, word) != kWords.end();
}

// Whether the first word is a participle, and the second the "by" of its language: `paired_by`, `pesado_por`.
bool SaysDoneBy(std::string_view word, std::string_view by) {
  constexpr std::size_t kBytesMin = 5;
  if (by == "by" && SaysDone(word)) return true;
  if (word.size() < kBytesMin) return false;
  const auto ends = [&](std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
  };
  if (by == "by") return word.ends_with("ed") && !SaysArranged(word);
  if (by == "por") return ends({"ado", "ada", "ido", "ida"});
  if (by == "da") return ends({"ato", "ata", "ito", "ita", "uto", "uta"});
  if (by == "von") {
    static constexpr std::array<std::string_view, 5> kBeginnings = {"ge", "ver", "be", "ent", "zer"};
    const bool begins =
        std::ranges::any_of(kBeginnings, [&](std::string_view beginning) { return word.starts_with(beginning); });
    return (begins || word.find("ge", 2) < 5) && ends({"t", "en"});
  }
  if (by == "door") return word.starts_with("ge") && ends({"d", "t", "en"});
  return by == "przez" && ends({"ne", "ny", "te", "ty"});
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), IsAsciiDigit);
}

double ShareOf(double odds) {
  return 1 / (1 + std::exp(-odds));
}

// An evidence as a number, for the model.
std::uint32_t ReasonOf(const Evidence& part) {
  constexpr double kSteps = 20;
  return static_cast<std::uint32_t>(part.kind) * 256 +
         static_cast<std::uint32_t>(128 + std::lround(part.weight * kSteps));
}

SystemView::About AboutOf(const CollectionView& view) {
  return view.system == nullptr ? SystemView::About::kUnknown : view.system->about();
}

// What the model is told of the rows, in one number.
std::uint32_t StateOf(const CollectionView& view) {
  const auto people = static_cast<std::uint32_t>(view.people * 2 + 2);  // 0 to 4
  std::uint32_t state = people;
  for (const bool is : {view.upkeep, view.works, view.record, view.nobody, view.visitors, view.whole, view.programs})
    state = state * 2 + (is ? 1 : 0);
  return state;
}

}  // namespace

std::optional<ColumnType> ReadColumnType(std::string_view declared) {
  struct Spelling {
    std::string_view part;
    ColumnType type;
  };
  // The first that occurs decides: "interval" before "int", "datetime" before "time".
  static constexpr std::array<Spelling, 40> kSpellings = {{{"bool", ColumnType::kBoolean},
                                                           {"tinyint(1)", ColumnType::kBoolean},
                                                           {"bit(1)", ColumnType::kBoolean},
                                                           {"interval", ColumnType::kText},
                                                           {"point", ColumnType::kJson},
                                                           {"geo", ColumnType::kJson},
                                                           {"json", ColumnType::kJson},
                                                           {"xml", ColumnType::kJson},
                                                           {"blob", ColumnType::kJson},
                                                           {"bytea", ColumnType::kJson},
                                                           {"binary", ColumnType::kJson},
                                                           {"image", ColumnType::kJson},
                                                           {"map", ColumnType::kJson},
                                                           {"struct", ColumnType::kJson},
                                                           {"object", ColumnType::kJson},
                                                           {"array", ColumnType::kJson},
                                                           {"hstore", ColumnType::kJson},
                                                           {"[]", ColumnType::kJson},
                                                           {"char", ColumnType::kText},
                                                           {"text", ColumnType::kText},
                                                           {"clob", ColumnType::kText},
                                                           {"string", ColumnType::kText},
                                                           {"enum", ColumnType::kText},
                                                           {"uuid", ColumnType::kText},
                                                           {"uniqueidentifier", ColumnType::kText},
                                                           {"inet", ColumnType::kText},
                                                           {"cidr", ColumnType::kText},
                                                           {"macaddr", ColumnType::kText},
                                                           {"email", ColumnType::kText},
                                                           {"date", ColumnType::kDate},
                                                           {"time", ColumnType::kDate},
                                                           {"int", ColumnType::kNumber},
                                                           {"serial", ColumnType::kNumber},
                                                           {"num", ColumnType::kNumber},
                                                           {"dec", ColumnType::kNumber},
                                                           {"float", ColumnType::kNumber},
                                                           {"double", ColumnType::kNumber},
                                                           {"real", ColumnType::kNumber},
                                                           {"money", ColumnType::kNumber},
                                                           {"long", ColumnType::kNumber}}};
  const std::string folded = Fold(declared.substr(0, 64));
  if (folded == "bit") return ColumnType::kBoolean;
  for (const Spelling& spelling : kSpellings) {
    if (folded.find(spelling.part) != std::string::npos) return spelling.type;
  }
  return std::nullopt;
}

struct FieldRules::Reading {
  std::vector<std::string> words = {};  // of the collection, of the documents around, of the field itself
  std::size_t inside = 0;               // where those of the collection end
  std::size_t own = 0;                  // where the field's own begin
  double people = 0;
  std::optional<ColumnType> type = {};
  const CollectionView* collection = nullptr;
  SystemView::Reference reference = {};
};

FieldRules::FieldRules(const NamingFile& naming,
                       const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
                       const std::vector<std::shared_ptr<const DetectorFile>>& detectors, const FieldModel& model)
    : model_(&model) {
  constexpr std::size_t kCuesExpected = 40'000;  // grown step by step they would take a third of the start
  cues_.reserve(kCuesExpected);
  const auto fill = [this](Words& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      set.insert(word);
      identifier_words_.AddKnown(word);
    }
  };
  fill(people_, naming.people);
  fill(things_, naming.things);
  fill(upkeep_, naming.upkeep);
  fill(neutral_, naming.neutral);
  fill(vetoes_, naming.vetoes);
  fill(questions_, naming.questions);
  for (const std::string& phrase : naming.row_moments) {
    identifier_words_.AddKnown(phrase);
    row_moments_.insert(phrase);
  }
  fill(works_, naming.works);
  fill(records_, naming.records);
  fill(containers_, naming.containers);
  for (const std::string& word : naming.english) identifier_words_.AddEnglish(word);
  for (const std::string& role : naming.roles) identifier_words_.KeepWhole(role);
  for (const std::string& word : naming.parts) identifier_words_.AddKnown(word);
  for (const auto& [word, phrase] : naming.translations) identifier_words_.AddAbbreviation(word, phrase);
  for (const auto& [word, phrase] : naming.abbreviations) identifier_words_.AddAbbreviation(word, phrase);
  for (const auto& words : languages) identifier_words_.AddLanguage(words->language.value_or(""), words->meanings);
  for (const auto& detector : detectors) {
    if (!detector->fields) continue;
    if (detector->pack.id == "imprecise-location") whereabouts_ = detector.get();
    if (detector->pack.id == kUniqueId) unique_id_ = detector.get();
    for (const auto* names :
         {&detector->fields->names, &detector->fields->names_beside_people, &detector->fields->names_at_home}) {
      for (const std::string& name : *names) identifier_words_.AddCue(Fold(name));
    }
    AddCues(*detector, detector->fields->names, false);
    AddCues(*detector, detector->fields->names_beside_people, true);
    AddCues(*detector, detector->fields->names_at_home, true, true);
    if (detector->pack.id == kUniqueId) {
      AddActs(
          naming.acts, *detector,
          {"by", "by id", "by user", "by user id", "operator", "por", "par", "da", "von", "door", "przez", "av", "af"});
      AddActs(naming.roles, *detector, {"id", "number", "badge", "badge number", "code", "personnel number"}, true);
      AddNumbersOf(naming.people, *detector);
    }
    if (detector->pack.id == "first-name") AddPartsOfNames(naming.people, *detector, "first");
    if (detector->pack.id == "last-name") AddPartsOfNames(naming.people, *detector, "last");
    if (detector->pack.id == kFullName) {
      AddActs(naming.acts, *detector, {"by name", "by full name"});
      AddActs(naming.roles, *detector, {"", "name", "full name", "initials"}, true);
    }
    if (detector->pack.id == "email") AddActs(naming.acts, *detector, {"by email"});
  }
  identifier_words_.Finish();
  for (const std::string_view id : model.detectors()) {
    const auto found = std::ranges::find_if(detectors, [&](const auto& file) { return file->pack.id == id; });
    likeliest_.push_back(found == detectors.end() || !(*found)->fields ? nullptr : found->get());
  }
}

void FieldRules::AddCues(const DetectorFile& detector, const std::vector<std::string>& phrases, bool beside_people,
                         bool at_home, bool of_a_role) {
  for (const std::string& written : phrases) {
    const WrittenPhrase phrase = Written(written);
    phrase_words_max_ = std::max(phrase_words_max_, phrase.words);
    cues_[phrase.text].push_back({&detector, beside_people, at_home, of_a_role});
  }
}

// "first name" written as one word is a cue of its own; digits stand alone and short forms are written out, as in
// identifiers: `num colegiado` is met as `number colegiado`.
FieldRules::WrittenPhrase FieldRules::Written(const std::string& phrase) {
  std::vector<std::string> words;
  words.reserve(4);
  for (const std::string& word : PhraseWords(Fold(phrase))) {
    identifier_words_.AddKnownWord(word);
    const auto digit = std::find_if(word.begin(), word.end(), IsAsciiDigit) - word.begin();
    if (digit > 0 && digit < static_cast<std::ptrdiff_t>(word.size()) && IsNumber(word.substr(digit))) {
      words.push_back(word.substr(0, digit));
      words.push_back(word.substr(digit));
    } else {
      identifier_words_.AddWritten(word, words);
    }
  }
  return {Joined(words, 0, words.size()), words.size()};
}

// `approved_by` refers to whoever did it, `inspector_badge` to who has the role. Thousands of pairs: each part is
// written out once.
void FieldRules::AddActs(const std::vector<std::string>& acts, const DetectorFile& detector,
                         const std::vector<std::string>& ends, bool of_a_role) {
  std::vector<WrittenPhrase> written_ends;
  for (const std::string& end : ends) written_ends.push_back(Written(end));
  for (const std::string& act : acts) {
    const WrittenPhrase written = Written(act);
    for (const WrittenPhrase& end : written_ends) {
      phrase_words_max_ = std::max(phrase_words_max_, written.words + end.words);
      std::string phrase = written.text;
      if (end.words > 0) phrase.append(" ").append(end.text);
      cues_[std::move(phrase)].push_back({&detector, false, false, of_a_role});
    }
  }
}

// A `renter number` or `renter code` tells renters apart; an `account number` is the account's, a `contact number` is
// called.
void FieldRules::AddNumbersOf(const std::vector<std::string>& people, const DetectorFile& detector) {
  std::vector<std::string> phrases;
  for (const std::string& person : people) {
    std::vector<std::string> written;
    identifier_words_.AddWritten(person, written);
    // `num_members` counts them.
    if (std::any_of(written.begin(), written.end(), IsOfThingsToo) || Singular(person) != person) continue;
    phrases.push_back(person + " number");
    phrases.push_back(person + " code");
  }
  AddCues(detector, phrases, false);
}

// `owner_first`, `pupil_last`: a part of somebody's name.
void FieldRules::AddPartsOfNames(const std::vector<std::string>& people, const DetectorFile& detector,
                                 std::string_view part) {
  for (const std::string& person : people) {
    if (Singular(person) != person) continue;
    const WrittenPhrase phrase = Written(person + " " + std::string(part));
    cues_[phrase.text].push_back({.detector = &detector, .beside_people = false, .ends = true});
  }
}

// As the words stand; else with the first of them last.
const std::vector<FieldRules::Cue>* FieldRules::CuesOf(const std::vector<std::string>& words, std::size_t begin,
                                                       std::size_t end) const {
  const auto found = cues_.find(Joined(words, begin, end));
  if (found != cues_.end()) return &found->second;
  // What was done by somebody, where the verb is in no list.
  if (end - begin >= 2 && end - begin <= 4 && SaysDoneBy(words[begin], words[begin + 1])) {
    const auto done = cues_.find("created " + Joined(words, begin + 1, end));
    if (done != cues_.end()) return &done->second;
  }
  // "home phones", "cc emails"; but no "tokens": things have several of what a person has one of.
  const std::string one = Singular(words[end - 1]);
  if (one != words[end - 1]) {
    const std::string before = end - begin > 1 ? Joined(words, begin, end - 1) + " " : "";
    const auto single = cues_.find(before + one);
    if (single != cues_.end() && std::all_of(single->second.begin(), single->second.end(), [](const Cue& cue) {
          return cue.detector->entity == Entity::kEmail || cue.detector->entity == Entity::kPhone;
        }))
      return &single->second;
  }
  if (end - begin > 1 && SaysReference(words[end - 1])) {
    const auto keyed = cues_.find(Joined(words, begin, end - 1) + " id");
    if (keyed != cues_.end() &&
        std::ranges::all_of(keyed->second, [](const Cue& cue) { return cue.detector->pack.id == kUniqueId; }))
      return &keyed->second;
  }
  if (end - begin < 2 || end - begin > 3 || words[begin + 1] == "user") return nullptr;
  const std::string_view head = HeadStandingFirst(words[begin]);
  if (head.empty() || std::find(words.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                words.begin() + static_cast<std::ptrdiff_t>(end),
                                "id") != words.begin() + static_cast<std::ptrdiff_t>(end))
    return nullptr;
  const auto turned = cues_.find(Joined(words, begin + 1, end) + " " + std::string(head));
  return turned == cues_.end() ? nullptr : &turned->second;
}

bool FieldRules::IsHome(const DetectorFile& detector, const std::string& word) {
  const auto& homes = detector.fields->at_home_in;
  return std::find(homes.begin(), homes.end(), word) != homes.end() ||
         std::find(homes.begin(), homes.end(), Singular(word)) != homes.end();
}

bool FieldRules::IsAtHome(const DetectorFile& detector, const CollectionView& collection) {
  return std::any_of(collection.domain.begin(), collection.domain.end(),
                     [&](const std::string& word) { return IsHome(detector, word); });
}

bool FieldRules::IsSecret(const Cue& cue) {
  return !cue.beside_people && cue.detector->category.starts_with(kSecrets);
}

bool FieldRules::SpeaksOfPeople(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return Holds(people_, word); });
}

bool FieldRules::ShowPeople(const std::vector<std::string>& fields) const {
  CollectionView view;
  ReadNeighbours(fields, view);
  return view.people > 0;
}

CollectionView FieldRules::View(const FieldContext& any, const std::vector<std::string>& fields) const {
  CollectionView view;
  view.system = any.system_view.get();
  std::vector<std::string_view> names(fields.begin(), fields.end());
  names.push_back(any.system);
  names.push_back(any.collection);
  if (fields.empty()) names.push_back(any.field);
  view.language = identifier_words_.LanguageOf(names);
  view.words = identifier_words_.Split(any.collection, view.language);
  view.domain = identifier_words_.Split(any.system, view.language);
  view.domain.insert(view.domain.end(), view.words.begin(), view.words.end());
  auto head = view.words.rbegin();
  while (head != view.words.rend() &&
         (IsNumber(*head) || std::find(kHollowHeads.begin(), kHollowHeads.end(), *head) != kHollowHeads.end())) {
    ++head;
  }
  if (head != view.words.rend()) view.head = *head;
  view.upkeep = Holds(upkeep_, view.head);
  view.works = Holds(works_, view.head);
  view.record = Holds(records_, view.head);
  // The agents of a cluster and the profiles of a site are no people.
  const bool of_a_thing = IsOftenAThings(Singular(view.head)) && head + 1 < view.words.rend() &&
                          (Holds(things_, *(head + 1)) || Holds(upkeep_, *(head + 1)));
  const bool person = Holds(people_, view.head) && !of_a_thing;
  const bool thing = Holds(things_, view.head) || view.upkeep || of_a_thing;
  if (person && !thing) {
    view.people = 1;
  } else if (thing && !person) {
    view.people = SpeaksOfPeople(view.words) ? 0 : -1;  // `user_settings`: nobody's, and not nobody's
  } else if (SpeaksOfPeople(view.words)) {
    view.people = 0.5;
  }
  ReadKinds(fields, view);
  ReadNeighbours(fields, view);
  const std::vector<EndCue> called = CuesAtEnd(any.collection, view.language);
  const bool of_addresses =
      std::any_of(called.begin(), called.end(), [](const EndCue& cue) { return cue.detector == "street-address"; });
  view.whole = fields.size() >= kWholeFieldsMin;
  // Accounts of a bank or of a sales team: nobody's unless a field of theirs names somebody.
  const bool named = std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    return IsOfTheRow(field, view.language) && NamesSomebody(field, view.language);
  });
  if (Singular(view.head) == "account" && view.whole && !named) view.people = std::min(view.people, 0.0);
  view.nobody = view.people <= 0 && !view.visitors && view.whole && !of_addresses &&
                !RefersToPeople(any.collection, fields, view) &&
                std::none_of(fields.begin(), fields.end(), [&](const auto& field) {
                  return NamesSomebody(WithoutPrefix(field, view.prefix), view.language);
                });
  ReadSigns(fields, view);
  return view;
}

SystemView FieldRules::ViewSystem(const std::string& system, std::span<const CollectionNames> collections) const {
  std::vector<SystemView::Collection> known;
  SystemView::Counts counts;
  for (const CollectionNames& names : collections) {
    const CollectionView view = View({.system = system, .collection = names.collection}, names.fields);
    std::vector<std::string> words = IdentifierWords::Tokens(names.collection);
    while (words.size() > 1 && std::ranges::find(kHollowHeads, words.back()) != kHollowHeads.end()) words.pop_back();
    const double people = PeopleOf(names, view, counts);
    known.push_back({{names.collection, people}, std::move(words), names.fields, names.references});
  }
  return SystemView(std::move(known), counts);
}

// Whether the rows are people, by the name of the collection or by what is found in several of its fields.
double FieldRules::PeopleOf(const CollectionNames& names, const CollectionView& view,
                            SystemView::Counts& counts) const {
  static constexpr std::array<std::string_view, 8> kWho = {
      "user.name",          "user.account.username", "user.contact.email",   "user.contact.phone_number",
      "user.authorization", "user.demographic",      "user.contact.address", "user.government_id"};
  constexpr std::size_t kKindsToBelieve = 2, kKindsMin = 3;
  constexpr double kShareMin = 0.3;
  std::array<bool, kWho.size()> found{};
  std::size_t personal = 0;
  for (const std::string& field : names.fields) {
    const std::string category = Judge({.collection = names.collection, .field = field}, view).category;
    personal += category != kNoCategory;
    counts.secrets += category.starts_with(kSecrets);
    if (!IsOfTheRow(field, view.language)) continue;
    for (std::size_t i = 0; i < kWho.size(); ++i) found[i] |= category.starts_with(kWho[i]);
  }
  counts.fields += names.fields.size();
  counts.personal += personal;
  const auto kinds = static_cast<std::size_t>(std::ranges::count(found, true));
  // `drivers` of a plan with rates and formulas are none.
  const bool called_so = view.people >= 1 && view.source == EvidenceKind::kCollection;
  const std::size_t enough = !called_so ? kKindsToBelieve : view.whole ? 1 : 0;
  const bool people = view.people >= 1
                          ? kinds >= enough
                          : kinds >= kKindsMin && !view.record && !view.animals && !view.works &&
                                static_cast<double>(personal) >= kShareMin * static_cast<double>(names.fields.size());
  return people ? 1 : std::min(view.people, 0.5);
}

bool FieldRules::RefersToPeople(const std::string& collection, const std::vector<std::string>& fields,
                                const CollectionView& view) {
  return view.system != nullptr && std::ranges::any_of(fields, [&](const std::string& field) {
           return view.system->ReferenceOf(collection, field).to_people();
         });
}

// Whether a field by itself shows that there are persons: by who they are, or by what only visitors bring.
bool FieldRules::NamesSomebody(std::string_view field, const LanguageWords* language) const {
  static const std::unordered_set<std::string_view> kOfSomebody = {
      "email",          "first-name", "last-name",        "full-name",      "birth-date", "gender",
      "national-id",    "username",   "cookie",           "medical-record", "card",       "pseudonym",
      "marital-status", "passport",   "browsing-history", "unique-id"};
  // `rider_id`, `courier_name`.
  const std::vector<std::string> words = identifier_words_.Split(field, language);
  if (words.size() > 1 && IsOfOne(words.back())) {
    const std::string& before = words[words.size() - 2];
    if (Holds(people_, before) && !IsOfThingsToo(before)) return true;
  }
  if (words.size() == 1 && Holds(people_, words[0]) && !IsOfThingsToo(words[0])) return true;
  // `email`, `cpf_recipient`.
  const auto says = [&](const std::vector<EndCue>& cues) {
    return std::ranges::any_of(
        cues, [](const EndCue& cue) { return cue.strength >= kStrongCue && kOfSomebody.contains(cue.detector); });
  };
  if (says(CuesAtEnd(words))) return true;
  const auto behind = std::ranges::find_if_not(words.rbegin(), words.rend(),
                                               [&](const std::string& word) { return Holds(people_, word); });
  return behind != words.rbegin() && says(CuesAtEnd({words.begin(), behind.base()}));
}

// Animals have a sex and illnesses as people have, and what signs in may be a program.
void FieldRules::ReadKinds(const std::vector<std::string>& fields, CollectionView& view) const {
  std::vector<std::string> words = view.domain;
  for (const std::string& field : fields) {
    if (field.find('.') != std::string::npos) continue;
    const std::vector<std::string> own = identifier_words_.Split(field, view.language);
    words.insert(words.end(), own.begin(), own.end());
  }
  view.animals = std::any_of(words.begin(), words.end(), SaysAnimal);
  view.machines = CountDistinct(words, SaysMachine) >= kMachineWordsMin;
  view.programs = std::any_of(words.begin(), words.end(), SaysProgram);
  if (view.animals) view.people = std::min(view.people, 0.0);
  view.prefix = PrefixOf(fields);
  const auto is_field = [&](std::string_view name) { return std::ranges::find(fields, name) != fields.end(); };
  view.name_in_halves = is_field("first") && is_field("last");
}

// What the other fields say: who has a birth date is a person; what has a user and an address of the network happened
// to one.
void FieldRules::ReadNeighbours(const std::vector<std::string>& fields, CollectionView& view) const {
  static const std::unordered_set<std::string_view> kOfPeopleOnly = {"first-name",  "last-name", "birth-date", "gender",
                                                                     "national-id", "ethnicity", "religion"};
  static const std::unordered_set<std::string_view> kOfPeople = {"email", "phone", "password"};
  std::unordered_set<std::string_view> only, only_maybe, also;
  bool network = false, agent = false, streets = false, secrets = false, referred = false;
  for (const std::string& field : fields) {
    if (!IsOfTheRow(field, view.language)) continue;
    for (const EndCue& cue : CuesAtEnd(field, view.language)) {
      const std::string_view id = cue.detector;
      const bool strong = cue.strength >= kStrongCue;
      if (kOfPeopleOnly.contains(id) && strong) only.insert(id);
      if (id == "first-name" || id == "last-name") only_maybe.insert(id);
      if (kOfPeople.contains(id)) also.insert(id);
      network |= id == "ip-address";
      agent |= id == "device" && strong;
      streets |= id == "street-address";
      view.names_places |= id == "city" || id == "country" || id == "postal-code";
      secrets |= id == "credentials" && strong;
      referred |= id == "email" || ((id == kUniqueId || id == "username") && strong);
    }
    // Of a log, a bare `user` is who did it.
    const std::vector<std::string> own = identifier_words_.Split(WithoutPrefix(field, view.prefix), view.language);
    referred |= own.size() == 1 && SaysUser(own[0]);
  }
  if (view.name_in_halves) also.insert("first-name");
  // A `nombre` alone may be a warehouse's; beside a surname or a birth date it is a forename.
  if (!only.empty() || only_maybe.size() == 2) only.insert(only_maybe.begin(), only_maybe.end());
  // Who has an address of the network and a browser came by: the log of a server names its visitors.
  view.visitors = network && agent;
  referred |= view.visitors;
  view.where_devices_are = (network || agent) && !streets && view.people < 1;
  // Programs that sign in are clients too.
  if (view.head == "client" && secrets && only.empty()) view.people = -1;
  if (view.record) {
    // Orders and charges name people and are none; of what a bare `events` holds nobody knows.
    referred |= fields.size() <= 1;
    if (referred) view.upkeep = false;
    if (referred || view.people > 0 || !only.empty()) view.people = 0;
    return;
  }
  const bool enough = only.size() + also.size() >= kNeighboursOfPeople && (view.people >= 0 || !only.empty());
  // Agents and workers with a host and its processors are programs.
  if (view.machines && only.empty() && also.empty() && !referred) view.people = -1;
  if (!enough || view.people >= 1) return;
  view.people = view.people < 0 ? 0.5 : 1;
  view.source = EvidenceKind::kNeighbours;
}

// "aud_" of `aud_user`, `aud_action`, `aud_date`: short letters before nearly all fields that say nothing by
// themselves.
std::string FieldRules::PrefixOf(const std::vector<std::string>& fields) const {
  constexpr std::size_t kFieldsMin = 5, kBytesMax = 5;
  constexpr double kShare = 0.8;
  if (fields.size() < kFieldsMin) return {};
  std::map<std::string_view, std::size_t> counts;
  for (const std::string& field : fields) {
    const auto end = field.find('_');
    if (end != field.npos && end > 0 && end + 1 < std::min(kBytesMax + 1, field.size()))
      ++counts[std::string_view(field).substr(0, end + 1)];
  }
  for (const auto& [prefix, count] : counts) {
    if (static_cast<double>(count) < kShare * static_cast<double>(fields.size())) continue;
    const std::vector<std::string> words = identifier_words_.Split(prefix);
    const bool says = std::ranges::any_of(words, [&](const std::string& word) {
      return Holds(people_, word) || Holds(things_, word) || Holds(records_, word) || cues_.contains(word);
    });
    if (!says) return std::string(prefix);
  }
  return {};
}

// `customer.email` is of a document inside; `properties.email` is the row's own.
bool FieldRules::IsOfTheRow(std::string_view field, const LanguageWords* language) const {
  const auto dot = field.rfind('.');
  if (dot == std::string_view::npos) return true;
  const std::vector<std::string> around = identifier_words_.Split(field.substr(0, dot), language);
  return std::all_of(around.begin(), around.end(), [&](const std::string& word) { return Holds(containers_, word); });
}

// `c7`, `col_3`, `field12`, `Unnamed: 4`: a place in a table, and no name.
bool FieldRules::SaysNoName(std::string_view field) const {
  static const std::unordered_set<std::string_view> kPlaces = {
      "c",    "col",  "column",  "columns", "f",    "field",   "v",     "var",   "value", "x",    "attr", "attribute",
      "data", "item", "unnamed", "spalte",  "feld", "colonne", "champ", "campo", "kolom", "pole", "k",    "a"};
  const std::vector<std::string> words = identifier_words_.Split(field);
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return IsNumber(word) || word.size() == 1 || kPlaces.contains(word);
  });
}

bool FieldRules::ListsItself(std::string_view field, const CollectionView& collection) const {
  const std::vector<std::string> words = identifier_words_.Split(field, collection.language);
  return words.size() == 1 && Singular(words[0]) == Singular(collection.head) && Holds(things_, collection.head);
}

bool FieldRules::NamesPeople(std::string_view field, const CollectionView& collection) const {
  return SpeaksOfPeople(identifier_words_.Split(field, collection.language));
}

// Only the longest phrase that ends the name: `email`, not `email_count`, and no `address` in `ip_address`.
std::vector<FieldRules::EndCue> FieldRules::CuesAtEnd(std::string_view field, const LanguageWords* language) const {
  return CuesAtEnd(identifier_words_.Split(field, language));
}

std::vector<FieldRules::EndCue> FieldRules::CuesAtEnd(const std::vector<std::string>& words) const {
  std::vector<EndCue> cues;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    const std::vector<Cue>* found = CuesOf(words, begin, words.size());
    if (found == nullptr) continue;
    for (const Cue& cue : *found) {
      cues.push_back({cue.detector->pack.id, cue.beside_people ? kWeakCue : kStrongCue});
    }
    break;
  }
  return cues;
}

double FieldRules::CueFor(std::string_view field, const CollectionView& collection, std::string_view detector) const {
  for (const EndCue& cue : CuesAtEnd(field, collection.language)) {
    if (cue.detector == detector) return cue.strength;
  }
  return 0;
}

FieldRules::Reading FieldRules::Read(const FieldContext& context, const CollectionView& collection) const {
  Reading reading{.words = collection.words, .people = collection.people, .collection = &collection};
  reading.inside = reading.own = reading.words.size();
  std::string_view field = context.field;
  if (collection.people >= 0 && !collection.nobody) field = WithoutPrefix(field, collection.prefix);
  for (auto dot = field.find('.'); dot != std::string_view::npos && dot + 1 < field.size(); dot = field.find('.')) {
    const std::vector<std::string> around = identifier_words_.Split(field.substr(0, dot), collection.language);
    field.remove_prefix(dot + 1);
    ReadDocument(around, reading);
  }
  std::vector<std::string> own = identifier_words_.Split(field, collection.language);
  const bool half = collection.name_in_halves && collection.people > 0 && own.size() == 1;
  if (half && (own[0] == "first" || own[0] == "last")) own.emplace_back("name");
  // `brw_nm` of the borrowers.
  for (std::string& word : own) {
    const bool short_form = word.size() >= kHeadBytesMin && word.size() < collection.head.size() &&
                            collection.head.starts_with(word) && cues_.find(word) == cues_.end();
    const bool means_more =
        Holds(things_, word) || Holds(neutral_, word) || Holds(vetoes_, word) || questions_.contains(word);
    if (short_form && !means_more && Holds(people_, collection.head)) word = Singular(collection.head);
  }
  // `phone_number.value`: the document says what it is, the field nothing.
  const bool hollow = reading.own < reading.words.size() && std::all_of(own.begin(), own.end(), SaysNothing);
  if (!hollow) reading.own = reading.words.size();
  reading.words.insert(reading.words.end(), own.begin(), own.end());
  reading.type = ReadColumnType(context.declared_type);
  if (collection.system != nullptr)
    reading.reference = collection.system->ReferenceOf(context.collection, context.field);
  return reading;
}

// The words of a document around the field, and whose it is.
void FieldRules::ReadDocument(const std::vector<std::string>& around, Reading& reading) const {
  if (around.empty()) return;
  reading.own = reading.words.size();
  reading.words.insert(reading.words.end(), around.begin(), around.end());
  const bool address = around.back() == "address" || around.back() == "addresses";
  const bool of_a_customer = std::any_of(around.begin(), around.end(), [&](const std::string& word) {
    return word == "billing" || word == "shipping" || word == "delivery" ||
           (address && (word == "to" || word == "ship" || word == "bill" || word == "home" || word == "mailing"));
  });
  // `ownerReferences.name` is the reference's.
  const bool whose = SpeaksOfPeople(around);
  const bool thing =
      Holds(things_, around.back()) && !Holds(containers_, around.back()) && !Holds(people_, around.back());
  if ((whose && !thing) || of_a_customer) {
    reading.people = 1;
  } else if (thing) {
    reading.people = whose ? 0 : -1;
  }
}

ColumnJudgement FieldRules::JudgeByCues(const Reading& reading) const {
  const CollectionView& collection = *reading.collection;
  ColumnJudgement best;
  for (std::size_t end = reading.own + 1; end <= reading.words.size(); ++end) {
    const std::size_t first = end > phrase_words_max_ ? end - phrase_words_max_ : 0;
    for (std::size_t begin = first; begin < end; ++begin) {
      const std::vector<Cue>* found = CuesOf(reading.words, begin, end);
      if (found == nullptr || IsMoment(reading, begin, end)) continue;
      for (const Cue& cue : *found) {
        if (cue.at_home && !IsAtHome(*cue.detector, collection)) continue;
        if (cue.ends && end != reading.words.size()) continue;
        if (IsMereOwner(reading, begin, end, cue) || IsOfNobody(reading, begin, cue)) continue;
        JudgeCue(reading, begin, end, cue, best);
      }
    }
  }
  JudgeReference(reading, best);
  return best;
}

// The key of a row of people is theirs, whatever it is called.
void FieldRules::JudgeReference(const Reading& reading, ColumnJudgement& best) const {
  if (unique_id_ == nullptr || !reading.reference.to_people()) return;
  std::vector<Evidence> evidence = {
      {EvidenceKind::kCollection, "key of " + reading.reference.rows->collection, kKeyOfPeople}};
  WeighType(reading, {.detector = unique_id_, .beside_people = false}, evidence);
  if (Sum(evidence) <= best.confidence) return;
  best.category = unique_id_->category;
  best.detector = unique_id_->pack.id;
  best.confidence = Sum(evidence);
  best.evidence = std::move(evidence);
}

ColumnJudgement FieldRules::Judge(const FieldContext& context, const CollectionView& collection) const {
  const Reading reading = Read(context, collection);
  ColumnJudgement best = JudgeByCues(reading);
  WeighLikeness(context, reading, best);
  if (best.confidence < kPersonal) {
    best.category = kNoCategory;
    best.detector.clear();
    best.confidence = 1 - best.confidence;
  }
  return best;
}

// Which of the lists of words a word stands in, for the model.
std::uint32_t FieldRules::KindOf(const std::string& word) const {
  std::uint32_t kind = 0;
  for (const Words* list : {&people_, &things_, &upkeep_, &neutral_, &vetoes_, &records_, &works_, &containers_})
    kind = kind * 2 + (Holds(*list, word) ? 1 : 0);
  return kind;
}

CollectionSight FieldRules::SightOf(const CollectionView& view) const {
  return {
      .head = view.head, .head_kind = KindOf(view.head), .words = view.domain, .fields = {}, .state = StateOf(view)};
}

void FieldRules::ReadSigns(const std::vector<std::string>& fields, CollectionView& view) const {
  std::vector<std::string> words;
  for (const std::string& field : fields) {
    const std::vector<std::string> own = identifier_words_.Split(field, view.language);
    words.insert(words.end(), own.begin(), own.end());
  }
  CollectionSight sight = SightOf(view);
  sight.fields = words;
  ReadCollectionSigns(sight, view.signs);
  view.odds = FieldModel::ShareOf(view.signs.size()) * model_->Odds(view.signs);
}

std::vector<std::uint32_t> FieldRules::SignsOf(const FieldContext& context, const CollectionView& collection) const {
  const Reading reading = Read(context, collection);
  return SignsOf(context, reading, JudgeByCues(reading));
}

std::vector<std::uint32_t> FieldRules::SignsOf(const FieldContext& context, const Reading& reading,
                                               const ColumnJudgement& found) const {
  std::string_view written = WithoutPrefix(context.field, reading.collection->prefix);
  if (const auto dot = written.rfind('.'); dot != written.npos) written.remove_prefix(dot + 1);
  const std::span<const std::string> words = reading.words;
  const std::vector<std::string> tokens = IdentifierWords::Tokens(written);
  std::vector<std::uint32_t> signs, kinds;
  for (const std::string& word : words.subspan(reading.own)) kinds.push_back(KindOf(word));
  const CollectionSight collection = SightOf(*reading.collection);
  // It has learned from fields whose types nobody told.
  std::vector<std::uint32_t> reasons;
  double strength = 0;
  for (const Evidence& part : found.evidence) {
    if (part.kind == EvidenceKind::kDeclaredType) continue;
    reasons.push_back(ReasonOf(part));
    strength += part.weight;
  }
  ReadFieldSigns({.tokens = tokens,
                  .words = words.subspan(reading.own),
                  .kinds = kinds,
                  .around = words.subspan(reading.inside, reading.own - reading.inside),
                  .collection = &collection,
                  .cue = found.detector,
                  .strength = static_cast<std::uint32_t>(std::lround(std::clamp(strength, 0.0, kNameOnlyMax) * 10)),
                  .reasons = reasons,
                  .reference = reading.reference.sign(),
                  .about = static_cast<std::uint32_t>(AboutOf(*reading.collection))},
                 signs);
  return signs;
}

// Odds from which a field is somebody's, as logarithms, where the rules say so too and where they do not; and those
// against the rules' detector from which another is taken. Set by the means of the committed halves at which nobody
// looks (docs/accuracy.md).
constexpr double kOddsWithRules = 0.1, kOddsAgainstRules = 0.5, kOddsOfAnother = 3;
// What is added where people sign in: there a field that is missed costs more than one that is looked at in vain. And
// in systems that run others, of which the model believes too little when nobody has labelled them.
constexpr double kOddsWhereTheySignIn = 1.4, kOddsAmongThings = 0.2;

double OddsFor(SystemView::About about) {
  switch (about) {
    case SystemView::About::kSigningIn:
      return kOddsWhereTheySignIn;
    case SystemView::About::kThings:
      return kOddsAmongThings;
    case SystemView::About::kPeople:
    case SystemView::About::kUnknown:
      break;
  }
  return 0;
}

// What fields that are called so hold elsewhere decides: what the rules found is among the signs of it.
void FieldRules::WeighLikeness(const FieldContext& context, const Reading& reading, ColumnJudgement& best) const {
  // It has learned from fields among others.
  if (!reading.collection->whole || SaysNoName(context.field)) return;
  const std::vector<std::uint32_t> signs = SignsOf(context, reading, best);
  const double odds = reading.collection->odds + model_->Odds(signs);
  const double odds_min = best.confidence < kPersonal ? kOddsAgainstRules : kOddsWithRules;
  double confidence = ShareOf(odds - odds_min + OddsFor(AboutOf(*reading.collection)));
  for (const Evidence& part : best.evidence) {
    if (part.kind == EvidenceKind::kDeclaredType) confidence += part.weight;
  }
  confidence = std::clamp(confidence, 0.0, kNameOnlyMax);
  if (confidence < kPersonal && best.evidence.empty()) {
    best.confidence = confidence;
    return;
  }
  if (confidence >= kPersonal) {
    const DetectorFile* likeliest = Likeliest(signs, best.detector);
    if (likeliest == nullptr || (reading.type && !Accepts(*likeliest, *reading.type))) return;
    best.category = likeliest->category;
    best.detector = likeliest->pack.id;
  }
  char share[16];
  std::snprintf(share, sizeof share, "%.2f", ShareOf(odds));
  best.evidence.push_back({EvidenceKind::kSimilarNames, share, confidence - best.confidence});
  best.confidence = confidence;
}

// The detector that the model takes for the likeliest; the rules' own unless another is far likelier.
const DetectorFile* FieldRules::Likeliest(std::span<const std::uint32_t> signs, std::string_view found) const {
  const std::vector<float> odds = model_->OddsOfDetectors(signs);
  const auto place_of = [](auto first, auto at) { return static_cast<std::size_t>(at - first); };
  std::size_t likeliest = place_of(odds.begin(), std::ranges::max_element(odds));
  const std::size_t own = place_of(model_->detectors().begin(), std::ranges::find(model_->detectors(), found));
  if (own < odds.size() && odds[likeliest] - odds[own] < kOddsOfAnother) likeliest = own;
  return likeliest_[likeliest];
}

// `last_login` is when, and no login: a phrase that says so around the cue.
bool FieldRules::IsMoment(const Reading& reading, std::size_t begin, std::size_t end) const {
  for (std::size_t first = begin > reading.own + 2 ? begin - 2 : reading.own; first <= begin; ++first) {
    for (std::size_t last = end; last <= std::min(end + 2, reading.words.size()); ++last) {
      if (last > first + 1 && row_moments_.contains(Joined(reading.words, first, last))) return true;
    }
  }
  return false;
}

// `user_registered` is not the user: a word for people that is a weak cue by itself is one where the name ends.
bool FieldRules::IsMereOwner(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue) const {
  return cue.beside_people && end - begin == 1 && Holds(people_, reading.words[begin]) &&
         std::any_of(reading.words.begin() + static_cast<std::ptrdiff_t>(end), reading.words.end(),
                     [](const std::string& word) { return !IsNumber(word); });
}

// The sex and the weight of an animal, unless the name says whose: `owner_gender`; and the client that is a program.
bool FieldRules::IsOfNobody(const Reading& reading, std::size_t begin, const Cue& cue) const {
  const CollectionView& rows = *reading.collection;
  // `visit_id` of the visits is the row's own key.
  const bool own_key = begin + 2 == reading.words.size() && begin == reading.own &&
                       IsKeyWord(reading.words[begin + 1]) && rows.record &&
                       reading.words[begin] == Singular(rows.head) && reading.words[begin] != "session";
  if (own_key) return true;
  // `cdr_no` of the rated CDRs likewise.
  const bool own_number = cue.beside_people && begin + 1 == reading.words.size() && begin == reading.own + 1 &&
                          (reading.words[begin] == "number" || reading.words[begin] == "code") &&
                          std::ranges::find(rows.words, reading.words[reading.own]) != rows.words.end() &&
                          !Holds(people_, reading.words[reading.own]);
  if (own_number) return true;
  // Without a town or a country beside it, a `state` is that of the row.
  if (cue.beside_people && cue.detector->pack.id == "state" && rows.whole && !rows.names_places) return true;
  // The token of a cart finds it again.
  if (IsSecret(cue) && begin == reading.own && begin + 1 == reading.words.size() && SaysHandle(Singular(rows.head)))
    return true;
  if (reading.collection->programs && reading.words[begin] == "client" && begin >= reading.own) return !IsSecret(cue);
  static const std::unordered_set<std::string_view> kOfAnimalsToo = {
      "gender", "birth-date", "age", "health", "family", "medical-record", "biometric", "ethnicity"};
  return reading.collection->animals && kOfAnimalsToo.contains(cue.detector->pack.id) &&
         std::none_of(reading.words.begin() + static_cast<std::ptrdiff_t>(reading.inside),
                      reading.words.begin() + static_cast<std::ptrdiff_t>(std::max(begin, reading.inside)),
                      [&](const std::string& word) { return Holds(people_, word) && word != "patient"; });
}

void FieldRules::JudgeCue(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                          ColumnJudgement& best) const {
  std::vector<Evidence> evidence;
  WeighName(reading, begin, end, cue, evidence);
  WeighCollection(reading, begin, end, cue, evidence);
  WeighWordsAround(reading, begin, end, cue, evidence);
  WeighType(reading, cue, evidence);
  const double score = Sum(evidence);
  // Of two as likely, the one that is at home here: the `pnr` of a passenger is a booking's, that of a patient a
  // person's.
  const bool more = score > best.confidence || (cue.at_home && score == best.confidence);
  if (!best.evidence.empty() && !more) return;
  const DetectorFile& said = Meant(reading, *cue.detector);
  best.category = said.category;
  best.detector = said.pack.id;
  best.confidence = score;
  best.evidence = std::move(evidence);
}

// Beside an address of the network and without a street, a city is where a device was, not where somebody lives.
const DetectorFile& FieldRules::Meant(const Reading& reading, const DetectorFile& cue) const {
  const auto own = reading.words.begin() + static_cast<std::ptrdiff_t>(reading.inside);
  const bool of_a_home = std::find(own, reading.words.end(), "address") != reading.words.end();
  return reading.collection->where_devices_are && whereabouts_ != nullptr && SaysWhere(cue) && !of_a_home
             ? *whereabouts_
             : cue;
}

void FieldRules::WeighName(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                           std::vector<Evidence>& evidence) const {
  const double longer = kLongerPhrase * static_cast<double>(end - begin - 1);
  evidence.push_back({EvidenceKind::kNameCue, Joined(reading.words, begin, end),
                      (cue.beside_people ? kWeakCue : kStrongCue) + longer});
  if (end - begin > 1 && SaysDoneBy(reading.words[begin], reading.words[begin + 1]) &&
      !cues_.contains(Joined(reading.words, begin, end)))
    evidence.push_back({EvidenceKind::kNameCue, "a verb by its ending", kVerbByEnding});
  if (begin < reading.inside && end - begin == 2) {
    const bool hollow = reading.people <= 0 && SaysLittle(reading.words[begin + 1]);
    const bool things = (reading.people < 0 || reading.collection->nobody || hollow) && !IsSecret(cue);
    // `leads.number_of_employees` tells no lead.
    const bool counted = reading.words[begin + 1] == "number";
    const double weight = counted ? kAcrossNumber : things ? kAcrossThings : kAcrossCollection;
    evidence.push_back({EvidenceKind::kCollection, "across " + reading.words[begin], weight});
  }
}

// `guarantor_name`, `nombre_trabajador`: the person stands beside the weak cue.
bool FieldRules::SaysWhose(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue) const {
  if (!cue.beside_people) return false;
  if (begin > reading.own && SaysAppointed(reading.words[begin - 1])) return true;
  const auto person = [&](std::size_t at) {
    const std::string& word = reading.words[at];
    return Holds(people_, word) && !IsOfThingsToo(word);
  };
  // A store's `manager staff id` refers to the staff, and says no more about whose it is than `staff id`.
  if (cue.detector->pack.id == kUniqueId && (person(begin) || reading.people < 0)) return false;
  return (begin > reading.own && (person(begin - 1) || IsDoer(reading, begin - 1))) ||
         (end < reading.words.size() && person(end));
}

// An unknown word of which the form says that it is somebody, where people are named: `grantor_name` of a deed.
bool FieldRules::IsDoer(const Reading& reading, std::size_t at) const {
  const std::string& word = reading.words[at];
  const CollectionView& collection = *reading.collection;
  return collection.people >= 0 && !collection.upkeep && collection.whole && !collection.nobody && SaysDoer(word) &&
         !Holds(things_, word) && !Holds(vetoes_, word) && !Holds(neutral_, word) && !Holds(records_, word) &&
         !Holds(upkeep_, word) && !identifier_words_.Knows(word);
}

void FieldRules::WeighCollection(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                                 std::vector<Evidence>& evidence) const {
  const CollectionView& collection = *reading.collection;
  double weight = 0;
  const bool whose = SaysWhose(reading, begin, end, cue);
  if (whose && reading.people <= 0) {
    weight = kPeopleForWeak;
  } else if (reading.people > 0) {
    weight = reading.people * (cue.beside_people ? kPeopleForWeak : kPeopleForStrong);
  } else if (reading.people < 0) {
    weight = cue.beside_people ? kThingsForWeak : kThingsForStrong;
  }
  const bool at_home = IsAtHome(*cue.detector, collection);
  if (cue.detector->fields->things_have_it_too) {
    // Where a vehicle is says where its driver is.
    const bool somebody_there = cue.detector->pack.id == "precise-location" && collection.whole && !collection.nobody &&
                                std::any_of(collection.words.begin(), collection.words.end(), SaysMoved);
    const bool theirs = std::any_of(reading.words.begin() + static_cast<std::ptrdiff_t>(std::max(begin, reading.own)),
                                    reading.words.begin() + static_cast<std::ptrdiff_t>(end),
                                    [&](const std::string& word) { return Holds(people_, word); });
    if (reading.people < 0 && !somebody_there && !theirs) weight += kThingsHaveItToo;
    if (reading.people == 0 && collection.nobody && !at_home && !theirs) weight += kNobodyHere;
  }
  // `observation.code` is a finding's, though observations are no people.
  const bool head_is_home = IsHome(*cue.detector, collection.head);
  if (cue.at_home && (reading.people >= 0 || (head_is_home && !collection.nobody))) weight = kPeopleForWeak;
  // `user id`, neither a bare `id` nor an `entity id`; of a record also a bare `customer`, and wherever a person is
  // named a bare `guest`.
  const bool of_somebody = collection.whole && !collection.nobody && !collection.upkeep &&
                           !IsOfThingsToo(reading.words[begin]) && end == reading.words.size();
  const bool names_whose =
      Holds(people_, reading.words[begin]) && (end - begin > 1 || collection.record || of_somebody);
  const bool refers = cue.detector->pack.id == kUniqueId || (cue.detector->pack.id == kFullName && of_somebody);
  if (cue.beside_people && reading.people == 0 && names_whose && refers) weight = kReferenceToPeople;
  const bool somebody_of_record = cue.beside_people && reading.people == 0 && begin > reading.own &&
                                  IsKeyWord(reading.words[begin]) && IsSomebody(reading.words[begin - 1]) &&
                                  collection.record && collection.whole && !collection.nobody;
  if (somebody_of_record && cue.detector->pack.id == kUniqueId) weight = kReferenceToPeople;
  // Of a record a bare `user` is who did it.
  const bool who = end - begin == 1 && end == reading.words.size() && SaysUser(reading.words[begin]);
  if (cue.beside_people && reading.people == 0 && who && collection.record) weight = kReferenceToPeople;
  const bool where = SaysWhere(*cue.detector) && (collection.names_places || cue.detector->pack.id != "state");
  if (cue.beside_people && collection.where_devices_are && where) weight = kWhereDevicesAre;
  if (collection.upkeep && reading.people <= 0 && !IsSecret(cue) && !cue.of_a_role) weight += kUpkeep;
  const bool sold = collection.works && reading.people < 0 && !SaysWritten(Singular(collection.head));
  if (sold && cue.detector->pack.id == kUniqueId && SaysMaker(reading.words[begin])) weight += kMakerOfWorks;
  if (weight != 0) evidence.push_back({collection.source, collection.head, weight});
  const bool lists_them = end - begin == 1 && begin >= reading.own &&
                          Singular(reading.words[begin]) == Singular(collection.head) &&
                          Holds(things_, collection.head);
  if (lists_them) evidence.push_back({EvidenceKind::kCollection, "lists " + collection.head, kListOfThem});
}

void FieldRules::WeighWordsAround(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                                  std::vector<Evidence>& evidence) const {
  const auto against = [&](const std::string& word, double weight) {
    evidence.push_back({EvidenceKind::kOtherWords, word, weight});
  };
  for (std::size_t i = end; i < reading.words.size(); ++i) {
    const std::string& word = reading.words[i];
    if (IsNumber(word) || Holds(neutral_, word) || GoesWith(*cue.detector, word)) continue;
    if (Holds(vetoes_, word)) {
      against(word, kVeto);
    } else if (!Holds(people_, word)) {
      against(word, cue.at_home ? kUnknownAfterAtHome : kUnknownAfter);
    }
  }
  const bool takes_questions = Accepts(*cue.detector, ColumnType::kBoolean);
  const bool bare_id = cue.detector->pack.id == kUniqueId && end - begin == 1 && IsKeyWord(reading.words[begin]);
  const bool among_people =
      reading.people > 0 || (reading.collection->record && reading.collection->whole && !reading.collection->nobody);
  for (std::size_t i = std::min(reading.own, begin); i < begin; ++i) {
    const std::string& word = reading.words[i];
    if (i == reading.own && questions_.contains(word)) {
      if (!takes_questions) against(word, kQuestion);
    } else if (bare_id && (Holds(things_, word) || Holds(records_, word) ||
                           (IsOfThingsToo(word) && Singular(word) != Singular(reading.collection->head) &&
                            !(among_people && IsSomebody(word))))) {
      against(word, kOtherThingsId);
    } else if (IsNumber(word) || Holds(neutral_, word) || Holds(people_, word) || GoesWith(*cue.detector, word) ||
               (i + 1 == begin && cue.beside_people && (IsDoer(reading, i) || SaysAppointed(word)))) {
      continue;
    } else if (IsSecret(cue) && SaysHandle(word)) {
      against(word, kVeto);
    } else if (Holds(containers_, word)) {
      if (bare_id) against(word, kOtherThingsId);
    } else if (Holds(things_, word) || (Holds(vetoes_, word) && !word.ends_with("ed"))) {
      against(word, kThingBefore);
    } else if (bare_id) {
      against(word, kOtherThingsId);
    } else {
      against(word, cue.beside_people && word.size() > kSystemPrefixMax ? kUnknownBeforeWeak : kUnknownBefore);
    }
  }
}

void FieldRules::WeighType(const Reading& reading, const Cue& cue, std::vector<Evidence>& evidence) const {
  if (!reading.type || Accepts(*cue.detector, *reading.type)) return;
  evidence.push_back({EvidenceKind::kDeclaredType, std::string(EnumText(*reading.type)), kTypeContradicts});
}

}  // namespace privity::detect
