#include "detect/internal/column_rules.h"

#include <algorithm>
#include <cmath>

#include "detect/internal/column_forms.h"
#include "detect/internal/column_sample.h"

namespace privity::detect {
namespace {

constexpr std::size_t kDistinctMin = 3;  // fewer say nothing by their form
constexpr double kShareMin = 0.6;        // of the distinct values
constexpr double kYesOrNo = -0.80;
constexpr double kYears = -0.60;
constexpr double kNothingLikeIt = -0.45;  // the name promises a form that no value has
constexpr std::size_t kTrialsMax = 12;
constexpr double kVocabularyShareMin = 0.5;  // it lacks some
constexpr double kNameShareMin = 0.35;       // lists know only some of them
constexpr double kShapedShareMin = 0.20;     // of values that are all written like names
constexpr std::size_t kShapedCountMin = 4;
constexpr double kOnlyCities = 0.85;  // towns are called like people, and the lists of towns are longer
constexpr double kBirthShare = 0.95, kDatedShare = 0.75;
constexpr int kBirthYearMin = 1905, kBirthYearMax = 2016, kBirthYearsApart = 18;
constexpr double kCalledShare = 0.8;
constexpr double kForForm = 0.75;  // more than names that are in lists
constexpr double kFormShare = 0.88, kEasternShare = 0.7, kPasswordShare = 0.5;
constexpr double kFirstWordsShare = 0.60;
constexpr std::size_t kZeroFirstMin = 2, kGendersMin = 2;
constexpr double kWeakCheck = 0.01;         // more is passed by words by chance: few values are no proof
constexpr double kOnlyFormShareMin = 0.75;  // of values that only the form speaks for
constexpr double kWeakCheckShareMin = 0.8;  // of values that nothing but such a check speaks for
constexpr double kMakersOfWorks = -0.30;    // names in a list of tracks or books are those of composers and authors
constexpr double kWhereThingsAre = -0.30;   // places in a list of products are those of their makers
constexpr double kForBit = 0.11;
constexpr double kPersonal = 0.5;

// Where two speak as clearly, the same one is taken every time: "Anna Martin" is a name, though both words are
// surnames.
bool GoesFirst(const DetectorFile& file, const DetectorFile& other) {
  constexpr std::string_view kWhole = "full-name";
  if ((file.pack.id == kWhole) != (other.pack.id == kWhole)) return file.pack.id == kWhole;
  return file.pack.id < other.pack.id;
}

// Kinds whose values have a form that the program can see: when the name says one and no value has it, the name is
// wrong.
bool HasForm(std::string_view detector) {
  return detector == "email" || detector == "ip-address" || detector == "phone" || detector == "bank-account" ||
         detector == "card";
}

}  // namespace

ColumnRules::ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes,
                         const NameRules& names, const ValueRules& vocabularies,
                         const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : fields_(fields),
      text_(text),
      shapes_(shapes),
      names_(names),
      vocabularies_(vocabularies),
      files_(files),
      phone_(File("phone")),
      birth_date_(File("birth-date")),
      postal_code_(File("postal-code")),
      street_(File("street-address")),
      city_(File("city")),
      gender_(File("gender")),
      imei_(File("imei")),
      password_(File("password")),
      note_(File("private-content")) {}

const DetectorFile* ColumnRules::File(std::string_view id) const {
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->pack.id == id; });
  return found == files_.end() ? nullptr : found->get();
}

// Dates that lie decades apart, none of them of these years: those of people. Those of works are as far apart, and
// are named so.
bool ColumnRules::AreBirthDates(const Sample& sample) const {
  const auto& years = sample.date_years;
  if (sample.distinct < kWeakCheckDistinctMin ||
      static_cast<double>(years.size()) < kDatedShare * static_cast<double>(sample.distinct))
    return false;
  const auto in_lives = std::count_if(years.begin(), years.end(),
                                      [](int year) { return year >= kBirthYearMin && year <= kBirthYearMax; });
  const auto [first, last] = std::minmax_element(years.begin(), years.end());
  return static_cast<double>(in_lives) >= kBirthShare * static_cast<double>(years.size()) &&
         *last - *first >= kBirthYearsApart;
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context) const {
  Doubt doubt;
  return Judge(context, doubt);
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context, Doubt& doubt) const {
  const CollectionView collection = fields_.View(context.field, context.field.neighbours);
  ColumnJudgement judged = fields_.Judge(context.field, collection);
  const Sample sample = Read(context.values);
  judged.distinct_values = static_cast<std::int64_t>(sample.distinct);
  if (sample.distinct > 0) JudgeByValues(sample, context, collection, judged);
  const bool of_works = collection.works && collection.people < 0;
  const bool is_content = judged.category.starts_with("user.content");
  if ((judged.detector.empty() || is_content) && sample.IsProse() && !of_works) JudgeProse(context.values, judged);
  const bool by_texts = judged.detector.empty() && !sample.IsProse() && !of_works && !IsEveryday(sample);
  // Languages, cuisines and styles are called as nations are.
  const bool of_nations = collection.people > 0 || fields_.SaysNoName(context.field.field);
  if (by_texts && sample.distinct >= kWeakCheckDistinctMin) JudgeAsTexts(context.values, of_nations, judged);
  doubt.called = sample.shaped >= kCalledShare && !sample.Most(sample.firms, kFirmShare) &&
                 !sample.Most(sample.days_or_months, kCalledShare) && !IsEveryday(sample);
  doubt.open = fields_.SaysNoName(context.field.field) && sample.distinct >= kWeakCheckDistinctMin;
  for (const auto& [file, match] : sample.matches) {
    const double share =
        static_cast<double>(match.count) / static_cast<double>(std::max<std::size_t>(1, sample.distinct));
    if (file == city_) doubt.as_town = share;
  }
  return judged;
}

// What a column as a whole is by the way its values are written, where no value by itself tells.
std::pair<const DetectorFile*, std::string_view> ColumnRules::WhollyOfAForm(const Sample& sample) const {
  if (sample.genders >= kGendersMin && sample.letters.size() < sample.distinct &&
      sample.genders + sample.neither_gender + sample.no_answers >= sample.distinct)
    return {gender_, "words for sexes"};
  if (sample.letters.size() == sample.distinct && AreSexesInShort(sample.letters))
    return {gender_, "letters for sexes"};
  if (sample.distinct < kWeakCheckDistinctMin) return {};
  if (sample.Most(sample.passwords, kPasswordShare)) return {password_, "letters, digits and signs as in passwords"};
  if (sample.Most(sample.imeis, kFormShare)) return {imei_, "printed as IMEIs are"};
  if (sample.Most(sample.eastern_addresses, kEasternShare)) return {street_, "written from the province to the house"};
  if (sample.Most(sample.eastern_towns, kFormShare)) return {city_, "called as towns are"};
  if (sample.Most(sample.grouped_eights, kFormShare)) return {phone_, "written as telephones are"};
  if (AreBirthDates(sample)) return {birth_date_, "years of birth in dates"};
  const bool zeros = sample.Most(sample.five_digits, 1) && sample.zero_first >= kZeroFirstMin;
  if (sample.Most(sample.postal, kFormShare) || zeros) return {postal_code_, "written as postal codes are"};
  if (sample.Most(sample.streets, kFormShare) && sample.Most(sample.first_words.size(), kFirstWordsShare))
    return {street_, "words and the number of a house"};
  if (sample.Most(sample.towns, kTownShare) && !sample.Most(sample.firms, kFirmShare))
    return {city_, "called as towns are"};
  return {};
}

// Colors, which are first names too: most values are of a vocabulary that is nobody's.
bool ColumnRules::IsEveryday(const Sample& sample) {
  return std::any_of(sample.matches.begin(), sample.matches.end(), [&](const auto& entry) {
    return !IsPersonal(entry.first->category) && entry.second.chance == kVocabularyChance &&
           sample.Most(entry.second.count, kVocabularyShareMin);
  });
}

void ColumnRules::JudgeByValues(const Sample& sample, const ColumnContext& context, const CollectionView& collection,
                                ColumnJudgement& judged) const {
  const DetectorFile* named = File(judged.detector);
  const auto refuse = [&](std::string detail, double weight) {
    const double score = std::max(0.0, judged.confidence + weight);
    judged.evidence.push_back({EvidenceKind::kValuesContradict, std::move(detail), weight});
    if (score >= kPersonal) {
      judged.confidence = score;
      return;
    }
    judged.category = kNoCategory;
    judged.detector.clear();
    judged.confidence = 1 - score;
  };
  if (named != nullptr) {
    const auto& types = named->fields->types;
    const bool takes_flags =
        types.empty() || std::find(types.begin(), types.end(), ColumnType::kBoolean) != types.end();
    if (sample.yes_or_no == 1 && !takes_flags && named->pack.id != "gender") return refuse("yes or no", kYesOrNo);
    if (sample.years == 1 && named->pack.id != "birth-date" && sample.distinct >= kDistinctMin)
      return refuse("years", kYears);
  }
  if ((sample.books >= kShaped || sample.Most(sample.days_or_months, kShaped) || IsEveryday(sample)) &&
      named == nullptr)
    return;
  const bool lists_itself = fields_.ListsItself(context.field.field, collection);
  const bool of_makers =
      collection.works && collection.people < 0 && !fields_.NamesPeople(context.field.field, collection);
  const DetectorFile* best = nullptr;
  double best_score = 0, best_weight = 0;
  double best_share = 0;
  for (const auto& [file, match] : sample.matches) {
    if (!IsPersonal(file->category)) continue;
    const bool by_vocabulary = match.chance == kVocabularyChance;
    const std::size_t answers =
        sample.distinct - (by_vocabulary ? std::min(sample.no_answers, sample.distinct - match.count) : 0);
    const double share = static_cast<double>(match.count) / static_cast<double>(answers);
    const bool by_gazetteer = match.chance == kNameChance;
    const bool shaped = by_gazetteer && sample.shaped >= kShaped && match.count >= kShapedCountMin;
    const double share_min = shaped          ? kShapedShareMin
                             : by_gazetteer  ? kNameShareMin
                             : by_vocabulary ? kVocabularyShareMin
                                             : kShareMin;
    if (share < share_min || sample.distinct < kDistinctMin) continue;
    if ((by_gazetteer || by_vocabulary) && lists_itself) continue;
    if (by_gazetteer && file->entity == Entity::kPerson && sample.Most(sample.firms, kFirmShare)) continue;
    const double cue = std::max(fields_.CueFor(context.field.field, collection, file->pack.id),
                                named != nullptr && named->category == file->category ? 0.8 : 0.0);
    if (match.needs_word && cue == 0) continue;
    const bool weak = match.checked && match.chance > kWeakCheck && cue == 0;
    const bool only_form = !match.checked && cue == 0 && file->text && file->text->shape == TextShape::kNumber;
    if (only_form && share < kOnlyFormShareMin) continue;
    if (file == phone_ && cue == 0 && sample.Most(sample.thousands, kShaped)) continue;
    if (weak && (sample.distinct < kWeakCheckDistinctMin || share < kWeakCheckShareMin)) continue;
    // How improbable it is that so many random values pass: bits of one pass, times the share, grown with the count.
    const double bits = -std::log2(std::max(match.chance, 1e-9));
    const double count = static_cast<double>(std::min<std::size_t>(sample.distinct, kTrialsMax));
    // A check digit is tried anew with each value; the form of a whole column is one choice.
    const double weight = match.checked ? bits * count * 0.5 : bits * std::min(1.0, std::log2(1.0 + count) / 3);
    double score = std::min(0.95, kForBit * weight) * (by_gazetteer    ? std::min(1.0, (shaped ? 0.55 : 0.45) + share)
                                                       : by_vocabulary ? (1 + share) / 2
                                                                       : share);
    if (file->pack.id == "city" && cue == 0) score *= kOnlyCities;
    const bool of_goods = collection.people < 0 && cue == 0 && file->category.starts_with("user.contact.address");
    if (of_goods && (by_gazetteer || by_vocabulary)) score += kWhereThingsAre;
    score = std::min(kValuesMax01, score + 0.25 * cue + (by_gazetteer && of_makers ? kMakersOfWorks : 0));
    // Of those that are as sure, the one that fewer random values would pass.
    const bool first = best != nullptr && score == best_score &&
                       (weight > best_weight || (weight == best_weight && GoesFirst(*file, *best)));
    if (score > best_score || first) {
      best = file;
      best_score = score;
      best_weight = weight;
      best_share = share;
    }
  }
  if (named != nullptr && HasForm(named->pack.id) && sample.distinct >= kDistinctMin) {
    const bool any = std::any_of(sample.matches.begin(), sample.matches.end(),
                                 [&](const auto& entry) { return entry.first->category == named->category; });
    if (!any) return refuse("no value has its form", kNothingLikeIt);
  }
  if (named == nullptr) {
    const auto [file, detail] = WhollyOfAForm(sample);
    // A town in Han could be read as somebody's name.
    const bool town = file == city_ && sample.Most(sample.eastern_towns, kFormShare);
    if (file != nullptr && (best == nullptr || best_score < kForForm || town)) {
      judged.evidence.push_back({EvidenceKind::kValuesMatch, std::string(detail), kForForm});
      judged.category = file->category;
      judged.detector = file->pack.id;
      judged.confidence = kForForm;
      return;
    }
  }
  if (best == nullptr || best_score < kPersonal) return;
  // A name that speaks clearly is overruled only by values that speak more clearly.
  if (named != nullptr && best->category != named->category && judged.confidence + 0.05 >= best_score) return;
  const auto& match = sample.matches.at(best);
  judged.evidence.push_back({match.checked ? EvidenceKind::kValuesChecksum : EvidenceKind::kValuesMatch,
                             best->pack.id + " " + Percent(best_share) + " of " + std::to_string(sample.distinct) +
                                 " values, chance " + Percent(match.chance),
                             best_score});
  judged.category = best->category;
  judged.detector = best->pack.id;
  judged.confidence =
      std::max(best_score, named != nullptr && named->category == best->category ? judged.confidence : 0.0);
}

}  // namespace privity::detect
