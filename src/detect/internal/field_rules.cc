#include "detect/internal/field_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Scores from which a column counts as personal, and the most that may be claimed without seeing a value.
constexpr double kPersonal = 0.5;
constexpr double kNameOnlyMax = 0.95;

constexpr double kStrongCue = 0.80;
constexpr double kWeakCue = 0.35;
constexpr double kLongerPhrase = 0.05;       // for each word after the first
constexpr double kReferenceToPeople = 0.20;  // `staff id` in a collection of which nothing is known
constexpr double kOtherThingsId = -0.40;     // `address id` among people is the address's
constexpr double kPeopleForStrong = 0.05;
constexpr double kPeopleForWeak = 0.35;
constexpr double kThingsForStrong = -0.12;
constexpr double kThingsForWeak = -0.30;
constexpr double kUpkeep = -0.10;
constexpr double kListOfThem = -0.50;  // the collection `country` lists countries; its column is nobody's
constexpr double kVeto = -0.60;
constexpr double kQuestion = -0.60;
constexpr double kThingBefore = -0.35;
constexpr double kThingsHaveItToo = -0.25;  // a store has a latitude, a server an address
constexpr double kUnknownAfter = -0.18;
constexpr double kUnknownBefore = -0.08;
constexpr double kTypeContradicts = -0.60;
constexpr std::size_t kNeighboursOfPeople = 2;

// Words at the end of a collection's name that say nothing of what it holds.
constexpr std::array<std::string_view, 21> kHollowHeads = {
    "table", "tbl",  "entity", "data",    "record", "records", "master",  "dim",    "fact", "list", "view",
    "main",  "base", "flat",   "archive", "backup", "copy",    "history", "detail", "info", "grid"};

// Collections of works and goods.
constexpr std::array<std::string_view, 30> kWorks = {
    "product", "item",  "article", "album", "track",   "song",    "playlist", "film",      "movie",       "book",
    "title",   "media", "episode", "show",  "season",  "artwork", "painting", "recording", "composition", "score",
    "comic",   "game",  "wine",    "toy",   "produkt", "artikel", "produit",  "producto",  "prodotto",    "produto"};

// Detectors whose cues are identifiers of rows: outside the people's own collection most are mere references.
constexpr std::string_view kUniqueId = "unique-id";

std::string Joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += ' ';
    text += words[i];
  }
  return text;
}

double Sum(const std::vector<Evidence>& evidence) {
  double sum = 0;
  for (const Evidence& part : evidence) sum += part.weight;
  return std::clamp(sum, 0.0, kNameOnlyMax);
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

bool Accepts(const DetectorFile& file, ColumnType type) {
  const auto& types = file.fields->types;
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), IsAsciiDigit);
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
  std::size_t own = 0;                  // where the field's own begin
  double people = 0;
  std::optional<ColumnType> type = {};
  const CollectionView* collection = nullptr;
};

FieldRules::FieldRules(const NamingFile& naming, const std::vector<std::shared_ptr<const DetectorFile>>& detectors) {
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
  fill(row_moments_, naming.row_moments);
  for (const auto& detector : detectors) {
    if (!detector->fields) continue;
    AddCues(*detector, detector->fields->names, false);
    AddCues(*detector, detector->fields->names_beside_people, true);
  }
  for (const auto& [word, phrase] : naming.abbreviations) identifier_words_.AddAbbreviation(word, phrase);
}

void FieldRules::AddCues(const DetectorFile& detector, const std::vector<std::string>& phrases, bool beside_people) {
  for (const std::string& written : phrases) {
    const std::string phrase = Fold(written);
    identifier_words_.AddKnown(phrase);
    // "first name" written as one word is a cue of its own; digits stand alone, as in identifiers.
    std::vector<std::string> words;
    for (const std::string& word : PhraseWords(phrase)) {
      const auto digit = std::find_if(word.begin(), word.end(), IsAsciiDigit) - word.begin();
      if (digit > 0 && digit < static_cast<std::ptrdiff_t>(word.size()) && IsNumber(word.substr(digit))) {
        words.push_back(word.substr(0, digit));
        words.push_back(word.substr(digit));
      } else {
        words.push_back(word);
      }
    }
    phrase_words_max_ = std::max(phrase_words_max_, words.size());
    cues_[Joined(words, 0, words.size())].push_back({&detector, beside_people});
  }
}

bool FieldRules::SpeaksOfPeople(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return Holds(people_, word); });
}

CollectionView FieldRules::View(const FieldContext& any, const std::vector<std::string>& fields) const {
  CollectionView view;
  view.words = identifier_words_.Split(any.collection);
  auto head = view.words.rbegin();
  while (head != view.words.rend() &&
         (IsNumber(*head) || std::find(kHollowHeads.begin(), kHollowHeads.end(), *head) != kHollowHeads.end())) {
    ++head;
  }
  if (head != view.words.rend()) view.head = *head;
  view.upkeep = Holds(upkeep_, view.head);
  view.works = std::find(kWorks.begin(), kWorks.end(), Singular(view.head)) != kWorks.end() ||
               std::find(kWorks.begin(), kWorks.end(), view.head) != kWorks.end();
  const bool person = Holds(people_, view.head);
  const bool thing = Holds(things_, view.head) || view.upkeep;
  if (person && !thing) {
    view.people = 1;
  } else if (thing && !person) {
    view.people = -1;
  } else if (SpeaksOfPeople(view.words)) {
    view.people = 0.5;
  }
  static constexpr std::array<std::string_view, 8> kPersonal = {"first-name", "last-name", "birth-date", "email",
                                                                "phone",      "gender",    "password",   "national-id"};
  std::unordered_set<std::string_view> seen;
  for (const std::string& field : fields) {
    for (const std::string_view detector : kPersonal) {
      if (CueFor(field, detector) > 0) seen.insert(detector);
    }
  }
  if (seen.size() >= kNeighboursOfPeople && view.people < 1) {
    view.people = view.people < 0 ? 0.5 : 1;
    view.source = EvidenceKind::kNeighbours;
  }
  return view;
}

bool FieldRules::ListsItself(std::string_view field, const CollectionView& collection) const {
  const std::vector<std::string> words = identifier_words_.Split(field);
  return words.size() == 1 && Singular(words[0]) == Singular(collection.head) && Holds(things_, collection.head);
}

bool FieldRules::NamesPeople(std::string_view field) const {
  return SpeaksOfPeople(identifier_words_.Split(field));
}

double FieldRules::CueFor(std::string_view field, std::string_view detector) const {
  const std::vector<std::string> words = identifier_words_.Split(field);
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    // Only a cue that ends the name: `email`, not `email_count`.
    const auto found = cues_.find(Joined(words, begin, words.size()));
    if (found == cues_.end()) continue;
    for (const Cue& cue : found->second) {
      if (cue.detector->pack.id == detector) return cue.beside_people ? kWeakCue : kStrongCue;
    }
  }
  return 0;
}

FieldRules::Reading FieldRules::Read(const FieldContext& context, const CollectionView& collection) const {
  Reading reading{.words = collection.words, .people = collection.people, .collection = &collection};
  std::string_view field = context.field;
  for (auto dot = field.find('.'); dot != std::string_view::npos && dot + 1 < field.size(); dot = field.find('.')) {
    const std::vector<std::string> around = identifier_words_.Split(field.substr(0, dot));
    field.remove_prefix(dot + 1);
    if (around.empty()) continue;
    const bool of_a_customer = std::any_of(around.begin(), around.end(), [](const std::string& word) {
      return word == "billing" || word == "shipping" || word == "delivery";
    });
    if (SpeaksOfPeople(around) || of_a_customer) {
      reading.people = 1;
    } else if (Holds(things_, around.back())) {
      reading.people = -1;
    }
    reading.words.insert(reading.words.end(), around.begin(), around.end());
  }
  reading.own = reading.words.size();
  const std::vector<std::string> own = identifier_words_.Split(field);
  reading.words.insert(reading.words.end(), own.begin(), own.end());
  reading.type = ReadColumnType(context.declared_type);
  return reading;
}

ColumnJudgement FieldRules::Judge(const FieldContext& context, const CollectionView& collection) const {
  const Reading reading = Read(context, collection);
  ColumnJudgement best;
  for (std::size_t end = reading.own + 1; end <= reading.words.size(); ++end) {
    const std::size_t first = end > phrase_words_max_ ? end - phrase_words_max_ : 0;
    for (std::size_t begin = first; begin < end; ++begin) {
      const auto found = cues_.find(Joined(reading.words, begin, end));
      if (found == cues_.end()) continue;
      for (const Cue& cue : found->second) JudgeCue(reading, begin, end, cue, best);
    }
  }
  if (best.confidence < kPersonal) {
    best.category = kNoCategory;
    best.detector.clear();
    best.confidence = 1 - best.confidence;
  }
  return best;
}

void FieldRules::JudgeCue(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                          ColumnJudgement& best) const {
  std::vector<Evidence> evidence;
  WeighName(reading, begin, end, cue, evidence);
  WeighCollection(reading, begin, end, cue, evidence);
  WeighWordsAround(reading, begin, end, cue, evidence);
  WeighType(reading, cue, evidence);
  const double score = Sum(evidence);
  if (!best.evidence.empty() && score <= best.confidence) return;
  best.category = cue.detector->category;
  best.detector = cue.detector->pack.id;
  best.confidence = score;
  best.evidence = std::move(evidence);
}

void FieldRules::WeighName(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                           std::vector<Evidence>& evidence) const {
  const double longer = kLongerPhrase * static_cast<double>(end - begin - 1);
  evidence.push_back({EvidenceKind::kNameCue, Joined(reading.words, begin, end),
                      (cue.beside_people ? kWeakCue : kStrongCue) + longer});
}

void FieldRules::WeighCollection(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                                 std::vector<Evidence>& evidence) const {
  const CollectionView& collection = *reading.collection;
  double weight = 0;
  if (reading.people > 0) {
    weight = reading.people * (cue.beside_people ? kPeopleForWeak : kPeopleForStrong);
  } else if (reading.people < 0) {
    weight = cue.beside_people ? kThingsForWeak : kThingsForStrong;
  }
  if (reading.people < 0 && cue.detector->fields->things_have_it_too) weight += kThingsHaveItToo;
  const bool names_whose = end - begin > 1;  // `user id`, not a bare `id`
  if (cue.beside_people && reading.people == 0 && names_whose && cue.detector->pack.id == kUniqueId) {
    weight = kReferenceToPeople;
  }
  if (collection.upkeep && reading.people <= 0) weight += kUpkeep;
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
    if (IsNumber(word) || Holds(neutral_, word)) continue;
    if (SaysWhen(word) && Accepts(*cue.detector, ColumnType::kDate)) continue;
    if (Holds(vetoes_, word)) {
      against(word, kVeto);
    } else if (!Holds(people_, word)) {
      against(word, kUnknownAfter);
    }
  }
  const bool takes_questions = Accepts(*cue.detector, ColumnType::kBoolean);
  for (std::size_t i = std::min(reading.own, begin); i < begin; ++i) {
    const std::string& word = reading.words[i];
    if (i == reading.own && questions_.contains(word)) {
      if (!takes_questions) against(word, kQuestion);
    } else if ((Holds(things_, word) || Holds(vetoes_, word)) && !Holds(people_, word) && !Holds(neutral_, word)) {
      against(word, kThingBefore);
    } else if (!IsNumber(word) && !Holds(neutral_, word) && !Holds(people_, word)) {
      against(word, cue.detector->pack.id == kUniqueId && end - begin == 1 ? kOtherThingsId : kUnknownBefore);
    }
  }
}

void FieldRules::WeighType(const Reading& reading, const Cue& cue, std::vector<Evidence>& evidence) const {
  if (!reading.type || Accepts(*cue.detector, *reading.type)) return;
  evidence.push_back({EvidenceKind::kDeclaredType, std::string(EnumText(*reading.type)), kTypeContradicts});
}

}  // namespace privity::detect
