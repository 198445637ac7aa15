#include "detect/internal/field_rules.h"

#include <algorithm>
#include <unordered_set>

#include "detect/internal/field_reading.h"
#include "detect/internal/field_words.h"

namespace privity::detect {
namespace {

constexpr double kKeyOfPeople = 0.60;  // `smith_id`, where the rows of `smiths` are people
constexpr std::size_t kHeadBytesMin = 3;

}  // namespace

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

}  // namespace privity::detect
