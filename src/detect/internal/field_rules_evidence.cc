// What the words of a field, those around it, its collection and its declared type say for a cue, each with its weight.
#include "detect/internal/field_rules.h"

#include <algorithm>

#include "detect/internal/field_reading.h"
#include "detect/internal/field_words.h"

namespace privity::detect {
namespace {

constexpr double kVerbByEnding = -0.10;      // `paired_by`: the verb is in no list
constexpr double kLongerPhrase = 0.05;       // for each word after the first
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
constexpr double kMakerOfWorks = -0.40;  // the `author_id` of a book
constexpr double kNobodyHere = -0.37;    // a latitude where no field names or refers to a person

// Words around a cue that are part of it: an income's amount, the day of what is itself a matter of time.
bool GoesWith(const DetectorFile& file, const std::string& word) {
  const auto& words = file.fields->goes_with;
  if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  return (SaysWhen(word) && Accepts(file, ColumnType::kDate)) ||
         (SaysYesOrNo(word) && Accepts(file, ColumnType::kBoolean));
}

}  // namespace

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
