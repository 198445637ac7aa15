#include "detect/internal/column_rules.h"

#include <algorithm>
#include <cmath>

#include "detect/internal/column_forms.h"
#include "detect/internal/column_sample.h"

namespace privity::detect {
namespace {

constexpr double kYesOrNo = -0.80;
constexpr double kYears = -0.60;
constexpr double kNothingLikeIt = -0.45;  // the name promises a form that no value has
constexpr double kBirthShare = 0.95, kDatedShare = 0.75;
constexpr double kBirthShareOfMany = 0.80, kDatedShareOfMany = 0.65;  // where they lie further apart
constexpr int kBirthYearMin = 1905, kBirthYearMax = 2016, kBirthYearsApart = 18, kLivesApart = 40;
constexpr double kCalledShare = 0.8;
constexpr double kForForm = 0.75;  // more than names that are in lists
constexpr double kFormShare = 0.88, kPostalShare = 0.8, kEasternShare = 0.7, kPasswordShare = 0.5;
constexpr double kFirstWordsShare = 0.60, kSexesShare = 0.75, kToldSexesShare = 0.6;
constexpr double kApartShare = 0.25;  // of postal codes that are written apart, where others are not
constexpr double kSomePostalShare = 0.12, kMixedPostalShare = 0.65, kFivesShare = 0.3;
constexpr std::size_t kPostalMin = 2;
constexpr std::size_t kWithoutWorkMin = 2;
constexpr std::size_t kZeroFirstMin = 2, kGendersMin = 2;
constexpr double kPersonal = 0.5;

// By the model of fields, which knows names only.
bool IsDoubtedByModel(const ColumnJudgement& judged) {
  return std::ranges::any_of(judged.evidence, [](const Evidence& part) {
    return part.kind == EvidenceKind::kSimilarNames && part.weight < 0;
  });
}

// Kinds whose values have a form that the program can see: when the name says one and no value has it, the name is
// wrong.
bool HasForm(std::string_view detector) {
  return detector == "email" || detector == "ip-address" || detector == "phone" || detector == "bank-account" ||
         detector == "card";
}

}  // namespace

ColumnRules::ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes,
                         const NameRules& names, const ValueRules& vocabularies, const CompanyVocabulary& companies,
                         const std::vector<std::shared_ptr<const DetectorFile>>& files, int this_year)
    : fields_(fields),
      text_(text),
      shapes_(shapes),
      names_(names),
      vocabularies_(vocabularies),
      companies_(companies),
      files_(files),
      this_year_(this_year),
      phone_(File("phone")),
      birth_date_(File("birth-date")),
      postal_code_(File("postal-code")),
      street_(File("street-address")),
      city_(File("city")),
      gender_(File("gender")),
      imei_(File("imei")),
      password_(File("password")),
      note_(File("private-content")),
      facility_(File("facility-word")),
      no_employer_(File("no-employer")),
      employer_(File("organization")),
      vehicle_(File("vehicle")),
      account_(File("bank-account")),
      national_id_(File("national-id")),
      location_(File("precise-location")),
      age_(File("age")) {}

const DetectorFile* ColumnRules::File(std::string_view id) const {
  const auto id_of = [](const auto& file) -> std::string_view { return file->pack.id; };
  const auto found = std::ranges::lower_bound(files_, id, {}, id_of);
  return found == files_.end() || (*found)->pack.id != id ? nullptr : found->get();
}

// Dates that lie decades apart, none of them of these years: those of people. Those of works are as far apart, and
// are named so.
bool ColumnRules::AreBirthDates(const Sample& sample) const {
  std::vector<int> years;
  for (const int year : sample.date_years) {
    if (year >= kBirthYearMin && year <= kBirthYearMax) years.push_back(year);
  }
  if (sample.distinct < kWeakCheckDistinctMin || years.empty() || sample.written_column.RefutesDates()) return false;
  const auto [first, last] = std::minmax_element(years.begin(), years.end());
  const bool far_apart = *last - *first >= kLivesApart;
  const double dated = static_cast<double>(sample.date_years.size());
  return *last - *first >= kBirthYearsApart &&
         dated >= (far_apart ? kDatedShareOfMany : kDatedShare) * static_cast<double>(sample.OfDigits()) &&
         static_cast<double>(years.size()) >= (far_apart ? kBirthShareOfMany : kBirthShare) * dated;
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context) const {
  Doubt doubt;
  return Judge(context, doubt);
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context, Doubt& doubt) const {
  const CollectionView collection = fields_.View(context.field, context.field.neighbours);
  ColumnJudgement judged = fields_.Judge(context.field, collection);
  const Sample sample = Read(context.values);
  judged.distinct_values = static_cast<std::int64_t>(sample.looked_at);
  if (sample.distinct > 0) JudgeByValues(sample, context, collection, judged);
  const bool of_works = collection.works && collection.people < 0;
  const bool is_content = judged.category.starts_with("user.content");
  if ((judged.detector.empty() || is_content) && sample.IsProse() && !of_works) JudgeProse(context.values, judged);
  const bool by_texts = judged.detector.empty() && !sample.IsProse() && !of_works && !IsEveryday(sample);
  if (by_texts && sample.distinct >= kWeakCheckDistinctMin)
    JudgeAsTexts(context.values, sample, MayNameNations(context.field.field, collection), judged);
  if (by_texts && judged.detector.empty() && sample.AreNotes()) JudgeNotes(context.values, judged);
  if (fields_.SaysNoName(context.field.field) && !of_works) JudgeBySpelling(sample, collection, judged);
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

// The same of numbers and codes, by all of their ways of writing.
std::pair<const DetectorFile*, std::string_view> ColumnRules::WrittenAs(const Sample& sample) const {
  switch (sample.written_column.Tell()) {
    case WrittenColumn::Kind::kPhones:
      return {phone_, "written as telephones are"};
    case WrittenColumn::Kind::kPlates:
      return {vehicle_, "written as plates are"};
    case WrittenColumn::Kind::kBankAccounts:
      return {account_, "written as IBANs are"};
    case WrittenColumn::Kind::kChassisNumbers:
      return {vehicle_, "written as chassis numbers are"};
    case WrittenColumn::Kind::kResidentNumbers:
      return {national_id_, "written as resident numbers are"};
    case WrittenColumn::Kind::kNone:
      break;
  }
  return {};
}

// Most of the distinct answers, or of all of them, are words or letters for sexes.
bool ColumnRules::AreSexes(const Sample& sample) const {
  const std::size_t of_sexes = sample.genders + sample.Beside(gender_) + sample.no_answers;
  const bool nearly_all = sample.distinct >= kWeakCheckDistinctMin && sample.Most(of_sexes, kSexesShare);
  const bool letters_only = sample.letters.size() == sample.distinct;
  if (sample.genders >= kGendersMin && !letters_only && (of_sexes >= sample.distinct || nearly_all)) return true;
  const auto told = static_cast<double>(sample.told);
  std::set<std::string> letters;
  std::size_t told_letters = 0;
  for (const auto& [letter, count] : sample.letters) {
    constexpr double kFrequent = 0.1;
    if (!letters_only && static_cast<double>(count) < kFrequent * told) continue;
    letters.insert(letter);
    told_letters += count;
  }
  constexpr std::size_t kToldMin = 8;
  const bool in_short = AreSexesInShort(letters);
  if (letters_only) return in_short;
  const std::size_t told_sexes = in_short ? std::max(sample.told_sexes, told_letters) : sample.told_sexes;
  return sample.told >= kToldMin && (in_short || (sample.genders >= kGendersMin && letters.size() < kGendersMin)) &&
         static_cast<double>(told_sexes) >= kToldSexesShare * told;
}

// Of the values with digits: nearly all written as only postal codes are, or some of them, and the others in as many
// digits.
bool ColumnRules::ArePostalCodes(const Sample& sample) {
  const auto most = [&](std::size_t count, double share) {
    return static_cast<double>(count) >= share * static_cast<double>(sample.OfDigits());
  };
  if (most(sample.postal, kPostalShare)) return true;
  if (most(sample.postal, kApartShare) && most(sample.postal + sample.postal_plain, kPostalShare)) return true;
  // "00431" is padded: few codes begin so.
  const bool zeros = sample.zero_first >= kZeroFirstMin && sample.zeros_first * 3 < sample.zero_first * 2;
  if (zeros && sample.five_digits == sample.distinct) return true;
  const std::size_t telling = sample.postal + sample.postal_abroad;
  return telling >= kPostalMin && most(telling, kSomePostalShare) && most(sample.five_digits, kFivesShare) &&
         most(telling + sample.five_digits, kMixedPostalShare);
}

// What a column as a whole is by the way its values are written, where no value by itself tells.
std::pair<const DetectorFile*, std::string_view> ColumnRules::WhollyOfAForm(const Sample& sample) const {
  if (AreSexes(sample)) return {gender_, "words or letters for sexes"};
  if (sample.distinct < kWeakCheckDistinctMin) return {};
  if (sample.Most(sample.passwords, kPasswordShare)) return {password_, "letters, digits and signs as in passwords"};
  if (sample.Most(sample.imeis, kFormShare)) return {imei_, "printed as IMEIs are"};
  if (sample.Most(sample.eastern_addresses, kEasternShare)) return {street_, "written from the province to the house"};
  if (sample.Most(sample.eastern_towns, kFormShare)) return {city_, "called as towns are"};
  if (sample.Most(sample.grouped_eights, kFormShare)) return {phone_, "written as telephones are"};
  if (sample.without_work >= kWithoutWorkMin && sample.Most(sample.firms + sample.facilities, kFirmShare))
    return {employer_, "employers, and who has none"};
  if (AreBirthDates(sample)) return {birth_date_, "years of birth in dates"};
  if (ArePostalCodes(sample)) return {postal_code_, "written as postal codes are"};
  if (sample.Most(sample.streets, kFormShare) && sample.Most(sample.first_words.size(), kFirstWordsShare))
    return {street_, "words and the number of a house"};
  if (sample.Most(sample.towns, kTownShare) && !sample.Most(sample.firms, kFirmShare))
    return {city_, "called as towns are"};
  return WrittenAs(sample);
}

// Colors, which are first names too: most values are of a vocabulary that is nobody's.
bool ColumnRules::IsEveryday(const Sample& sample) {
  return std::any_of(sample.matches.begin(), sample.matches.end(), [&](const auto& entry) {
    return !IsPersonal(entry.first->category) && entry.second.chance == kVocabularyChance &&
           sample.Most(entry.second.count, kVocabularyShareMin);
  });
}

bool ColumnRules::MayNameNations(std::string_view field, const CollectionView& collection) const {
  return collection.people > 0 || fields_.SaysNoName(field);
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
  if ((sample.AreBooks() || sample.Most(sample.days_or_months, kEverydayShare) || IsEveryday(sample)) &&
      named == nullptr)
    return;
  const Asked asked{
      .field = context.field.field,
      .collection = collection,
      .named = named,
      .doubted = named == nullptr && IsDoubtedByModel(judged) ? fields_.CategoryByCues(context.field, collection) : "",
      .lists_itself = fields_.ListsItself(context.field.field, collection),
      .of_nations = MayNameNations(context.field.field, collection),
      .of_makers = collection.works && collection.people < 0 && !fields_.NamesPeople(context.field.field, collection)};
  Weighed best = WeighAll(sample, asked);
  if (best.file == nullptr || best.score < kPersonal) best = WeighBranches(sample, asked);
  if (named != nullptr && HasForm(named->pack.id) && sample.distinct >= kDistinctMin) {
    const bool any = std::any_of(sample.matches.begin(), sample.matches.end(),
                                 [&](const auto& entry) { return entry.first->category == named->category; });
    if (!any) return refuse("no value has its form", kNothingLikeIt);
  }
  if (named == nullptr) {
    const auto [file, detail] = WhollyOfAForm(sample);
    // A town in Han could be read as somebody's name.
    const bool town = file == city_ && sample.Most(sample.eastern_towns, kFormShare);
    if (file != nullptr && (best.file == nullptr || best.score < kForForm || town)) {
      judged.evidence.push_back({EvidenceKind::kValuesMatch, std::string(detail), kForForm});
      judged.category = file->category;
      judged.detector = file->pack.id;
      judged.confidence = kForForm;
      return;
    }
  }
  if (best.file == nullptr || best.score < kPersonal) return;
  // A name that speaks clearly is overruled only by values that speak more clearly.
  if (named != nullptr && best.file->category != named->category && judged.confidence + 0.05 >= best.score) return;
  const auto& match = sample.matches.at(best.file);
  judged.evidence.push_back({match.checked ? EvidenceKind::kValuesChecksum : EvidenceKind::kValuesMatch,
                             best.file->pack.id + " " + Percent(best.share) + " of " + std::to_string(sample.distinct) +
                                 " values, chance " + Percent(match.chance),
                             best.score});
  judged.category = best.file->category;
  judged.detector = best.file->pack.id;
  judged.confidence =
      std::max(best.score, named != nullptr && named->category == best.file->category ? judged.confidence : 0.0);
}

}  // namespace privity::detect
