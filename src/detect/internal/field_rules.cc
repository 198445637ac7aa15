#include "detect/internal/field_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "detect/internal/column_type.h"
#include "detect/internal/field_words.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Scores from which a column counts as personal, and the most that may be claimed without seeing a value.
constexpr double kPersonal = 0.5;
constexpr double kNameOnlyMax = 0.95;

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
constexpr double kMakerOfWorks = -0.40;  // the `author_id` of a book
constexpr double kNobodyHere = -0.37;    // a latitude where no field names or refers to a person

double Sum(const std::vector<Evidence>& evidence) {
  double sum = 0;
  for (const Evidence& part : evidence) sum += part.weight;
  return std::clamp(sum, 0.0, kNameOnlyMax);
}

bool SaysWhere(const DetectorFile& file) {
  const std::string& id = file.pack.id;
  return id == "city" || id == "state" || id == "country" || id == "postal-code";
}

bool Accepts(const DetectorFile& file, ColumnType type) {
  const auto& types = file.fields->types;
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// Words around a cue that are part of it: an income's amount, the day of what is itself a matter of time.
bool GoesWith(const DetectorFile& file, const std::string& word) {
  const auto& words = file.fields->goes_with;
  if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  return (SaysWhen(word) && Accepts(file, ColumnType::kDate)) ||
         (SaysYesOrNo(word) && Accepts(file, ColumnType::kBoolean));
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

}  // namespace

struct FieldRules::Reading {
  std::vector<std::string> words = {};  // of the collection, of the documents around, of the field itself
  std::size_t inside = 0;               // where those of the collection end
  std::size_t own = 0;                  // where the field's own begin
  double people = 0;
  std::optional<ColumnType> type = {};
  const CollectionView* collection = nullptr;
  SystemView::Reference reference = {};
};

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
                            collection.head.starts_with(word) && !cues_.contains(word);
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
    reading.reference = collection.system->ReferenceOf({context.space, context.collection}, context.field);
  // `owner`, as a number, is the key of an owner; `notify_owners` is a question.
  const bool one = !own.empty() && Singular(own.back()) == own.back() && !questions_.contains(own.front());
  if (reading.type == ColumnType::kNumber && one) reading.reference.by_key = true;
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
      const std::span<const Cue> found = CuesOf(reading.words, begin, end);
      if (found.empty() || IsMoment(reading, begin, end)) continue;
      for (const Cue& cue : found) {
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

std::string FieldRules::CategoryByCues(const FieldContext& context, const CollectionView& collection) const {
  const ColumnJudgement judged = JudgeByCues(Read(context, collection));
  return judged.confidence < kPersonal ? std::string() : judged.category;
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
constexpr double kOddsWithRules = 0.1, kOddsAgainstRules = 0.5, kOddsOfAnother = 0.5;
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
  // It has learned from fields among others, and from names: what a foreign key says of one it does not know better.
  if (!reading.collection->whole || SaysNoName(context.field)) return;
  if (reading.reference.declared && reading.reference.to_people()) return;
  const std::vector<std::uint32_t> signs = SignsOf(context, reading, best);
  const FieldModel::Likeness likeness = model_->ReadField(signs, reading.collection->likeness);
  const double odds = likeness.odds;
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
    const DetectorFile* likeliest = Likeliest(signs, likeness, best.detector);
    if (likeliest != nullptr && IsKeyOfSomebody(reading, reading.words.size(), *likeliest)) likeliest = unique_id_;
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
const DetectorFile* FieldRules::Likeliest(std::span<const std::uint32_t> signs, const FieldModel::Likeness& likeness,
                                          std::string_view found) const {
  const std::vector<float> odds = model_->OddsOfDetectors(signs, likeness);
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
  const bool key = IsKeyOfSomebody(reading, end, *cue.detector);
  WeighType(reading, key ? Cue{.detector = unique_id_, .beside_people = true} : cue, evidence);
  const double score = Sum(evidence);
  // Of two as likely, the one that is at home here: the `pnr` of a passenger is a booking's, that of a patient a
  // person's.
  const bool more = score > best.confidence || (cue.at_home && score == best.confidence);
  if (!best.evidence.empty() && !more) return;
  const DetectorFile& said = key ? *unique_id_ : Meant(reading, *cue.detector);
  best.category = said.category;
  best.detector = said.pack.id;
  best.confidence = score;
  best.evidence = std::move(evidence);
}

// Who it is, as a number: the `owner` of a ticket is the key of a row of users.
bool FieldRules::IsKeyOfSomebody(const Reading& reading, std::size_t end, const DetectorFile& who) const {
  const bool names = who.pack.id == kFullName || who.pack.id == kUsername;
  return unique_id_ != nullptr && reading.type == ColumnType::kNumber && names && end == reading.words.size() &&
         end > reading.own && Holds(people_, reading.words[end - 1]);
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
  // Every entry of a directory has a `cn`; of a few fields, people's only.
  const bool anybody =
      reading.people >= 0 && (reading.people > 0 || collection.whole || cue.detector->pack.id != kFullName);
  if (cue.at_home && (anybody || (head_is_home && !collection.nobody))) weight = kPeopleForWeak;
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
  // `company`, as a number, is the key of a company; `party`, where there are parties, that of one of them.
  const std::string& id = cue.detector->pack.id;
  const bool of_rows = reading.reference.rows != nullptr && (id == "politics" || id == "bank-account");
  const bool key_of_thing = reading.type == ColumnType::kNumber &&
                            (of_rows || (id == "organization" && Holds(things_, reading.words.back())));
  if (!reading.type || (Accepts(*cue.detector, *reading.type) && !key_of_thing)) return;
  evidence.push_back({EvidenceKind::kDeclaredType, std::string(EnumText(*reading.type)), kTypeContradicts});
}

}  // namespace privity::detect
