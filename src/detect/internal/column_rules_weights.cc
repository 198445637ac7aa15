// Which kind of personal data the values of a column speak for, and how clearly.
#include <algorithm>
#include <array>
#include <cmath>

#include "detect/internal/column_sample.h"

namespace privity::detect {
namespace {

constexpr double kShareMin = 0.6;       // of the distinct values
constexpr double kToldShareMin = 0.25;  // by its vocabulary: so many make others believed that stand beside them
constexpr std::size_t kTrialsMax = 12;
constexpr double kNameShareMin = 0.35;    // lists know only some of them
constexpr double kShapedShareMin = 0.20;  // of values that are all written like names
constexpr std::size_t kShapedCountMin = 4;
constexpr double kOnlyCities = 0.85;         // towns are called like people, and the lists of towns are longer
constexpr double kWeakCheck = 0.01;          // more is passed by words by chance: few values are no proof
constexpr double kOnlyFormShareMin = 0.75;   // of values that only the form speaks for
constexpr double kWeakCheckShareMin = 0.75;  // of values that nothing but such a check speaks for
constexpr double kSomeCheck = 0.05, kSomeCheckShareMin = 0.6;  // fewer where less is passed by chance
constexpr double kMakersOfWorks = -0.30;   // names in a list of tracks or books are those of composers and authors
constexpr double kWhereThingsAre = -0.30;  // places in a list of products are those of their makers
constexpr double kSureShareMin = 0.8, kSureScoreMin = 0.5;  // of values with a check digit
constexpr std::size_t kSureDistinctMin = 8;
constexpr double kForBit = 0.11;
constexpr double kBranchShareMin = 0.65, kForBranch = 0.4;
constexpr double kFacilityShare = 0.35;     // schools and bridges are called after people
constexpr double kGroupedPhonesMin = 0.35;  // where as many are grouped, plain digits are telephones too
constexpr std::size_t kInternationalMin = 2, kAmountsNamedMin = 3;
constexpr double kInternationalChance = 0.002;  // that a number of a thing begins like a country's telephones

// Where two speak as clearly, the same one is taken every time: "Anna Martin" is a name, though both words are
// surnames.
bool GoesFirst(const DetectorFile& file, const DetectorFile& other) {
  constexpr std::string_view kWhole = "full-name";
  if ((file.pack.id == kWhole) != (other.pack.id == kWhole)) return file.pack.id == kWhole;
  return file.pack.id < other.pack.id;
}

// Nations, cuisines and styles are called as languages are.
bool IsOfNations(const DetectorFile& file) {
  return file.pack.id == "nationality" || file.pack.id == "language";
}

double PartOf(std::size_t count, std::size_t all) {
  return static_cast<double>(count) / static_cast<double>(all);
}

}  // namespace

struct ColumnRules::Part {
  const DetectorFile* file = nullptr;
  Sample::Match match;
  double share = 0;  // of the values that could be of it
  bool by_vocabulary = false;
  bool by_gazetteer = false;
  bool shaped = false;      // by gazetteer, where all values are written like names
  bool of_nations = false;  // what is called as nations are may be one
  double cue = 0;           // what the column's name says
};

bool ColumnRules::IsCategoryOf(const Asked& asked, std::string_view category) {
  return (asked.named != nullptr && asked.named->category == category) || asked.doubted == category;
}

ColumnRules::Part ColumnRules::PartOfKind(const Sample& sample, const DetectorFile& file, const Asked& asked) const {
  Part part{.file = &file, .match = sample.matches.at(&file)};
  part.by_vocabulary = part.match.chance == kVocabularyChance;
  part.by_gazetteer = part.match.chance == kNameChance;
  part.shaped = part.by_gazetteer && sample.shaped >= kShaped && part.match.count >= kShapedCountMin;
  if (&file == phone_) {
    if (sample.Most(part.match.count, kGroupedPhonesMin) && sample.international_phones > 0)
      part.match.count += sample.plain_phones;
    if (sample.international_phones >= kInternationalMin) part.match.chance = kInternationalChance;
  }
  if (part.by_vocabulary && sample.Most(part.match.count, kToldShareMin)) part.match.count += sample.Beside(&file);
  std::size_t aside = part.by_vocabulary ? sample.no_answers : 0;
  // "52,000", "hourly 17.25": amounts say nothing by themselves; words beside some of them say what all are.
  if (part.by_vocabulary && file.pack.id == "financial" && part.match.count >= kAmountsNamedMin)
    aside += sample.amounts;
  std::size_t of = sample.distinct;
  if (!part.by_gazetteer && part.match.digits_min > 0)
    of = part.match.digits_min >= kNumberDigitsMin ? sample.OfNumbers() : sample.OfDigits();
  of = std::max(of - std::min(aside, of), part.match.count);
  part.share = PartOf(part.match.count, of);
  part.cue = std::max(fields_.CueFor(asked.field, asked.collection, file.pack.id),
                      IsCategoryOf(asked, file.category) ? 0.8 : 0.0);
  part.of_nations = asked.of_nations;
  return part;
}

namespace {

std::size_t NamedIn(const std::unordered_map<const DetectorFile*, std::size_t>& named, const DetectorFile& file) {
  const auto found = named.find(&file);
  return found == named.end() ? 0 : found->second;
}

}  // namespace

// "REGON 848039126", "KRS 0000709322" among numbers of taxes, which firms have as people do.
bool ColumnRules::NamesOrganizations(const Sample& sample, const DetectorFile& file) {
  constexpr std::size_t kNamedMin = 2;
  const auto found = sample.organizations_named.find(file.country.value_or(std::string()));
  return found != sample.organizations_named.end() && found->second >= kNamedMin &&
         found->second > NamedIn(sample.named, file);
}

// Numbers that say nothing without a word for them, and most of the column's have their form.
bool ColumnRules::IsNamed(const Sample& sample, const Part& part) {
  static constexpr std::array<std::string_view, 2> kBranches = {"user.government_id", "user.health_and_medical"};
  constexpr std::size_t kValuesMin = 4;
  const bool of_branch =
      std::ranges::any_of(kBranches, [&](std::string_view branch) { return part.file->category.starts_with(branch); });
  return of_branch && part.match.count >= kValuesMin && NamedIn(sample.named, *part.file) > 0;
}

// Numbers of firms, of banks' codes and of wares have check digits like those of people: the same values pass both.
bool ColumnRules::AreOfOrganizations(const Sample& sample, const Part& part) {
  if (part.cue > 0 || !part.file->text || part.file->text->shape != TextShape::kNumber) return false;
  if (IsOfOrganizations(*part.file) || NamesOrganizations(sample, *part.file)) return true;
  return std::any_of(sample.matches.begin(), sample.matches.end(), [&](const auto& entry) {
    return IsOfOrganizations(*entry.first) && entry.second.count >= part.match.count &&
           entry.second.chance <= part.match.chance && !entry.second.needs_word;
  });
}

// The same of numbers that stand among words.
bool ColumnRules::IsNobodys(const Sample& sample, const DetectorFile& file) {
  const auto found = sample.matches.find(&file);
  return IsOfOrganizations(file) ||
         (found != sample.matches.end() && AreOfOrganizations(sample, {.file = &file, .match = found->second}));
}

// By how all of the values are written.
bool ColumnRules::IsRefuted(const Sample& sample, const DetectorFile& file) {
  if (file.entity == Entity::kPhone) return sample.written_column.RefutesPhones();
  if (file.entity == Entity::kVehicle) return sample.written_column.RefutesPlates();
  return file.category.starts_with("user.government_id") && sample.written_column.AreCounted();
}

// Whether as many values are of the kind as have to be.
bool ColumnRules::IsEnough(const Sample& sample, const Part& part) const {
  const double share_min = part.shaped          ? kShapedShareMin
                           : part.by_gazetteer  ? kNameShareMin
                           : part.by_vocabulary ? kVocabularyShareMin
                                                : kShareMin;
  if (part.share < share_min || sample.distinct < kDistinctMin) return false;
  const bool of_things = sample.Most(sample.firms, kFirmShare) || sample.Most(sample.facilities, kFacilityShare);
  if (part.by_gazetteer && part.file->entity == Entity::kPerson && of_things) return false;
  if (part.cue > 0) return true;
  if (part.by_vocabulary && !part.of_nations && IsOfNations(*part.file)) return false;
  if ((part.match.needs_word && !IsNamed(sample, part)) || AreOfOrganizations(sample, part)) return false;
  if (part.file == phone_ && sample.Most(sample.thousands, kShaped)) return false;
  if (IsRefuted(sample, *part.file)) return false;
  const bool by_form = !part.match.checked && part.file->text && part.file->text->shape == TextShape::kNumber;
  if (by_form && !IsNamed(sample, part) && part.share < kOnlyFormShareMin) return false;
  const bool weak = part.match.checked && part.match.chance > kWeakCheck;
  const double weak_share_min = part.match.chance <= kSomeCheck ? kSomeCheckShareMin : kWeakCheckShareMin;
  return !weak || (sample.distinct >= kWeakCheckDistinctMin && part.share >= weak_share_min);
}

ColumnRules::Weighed ColumnRules::Weigh(const Sample& sample, const Part& part, const Asked& asked) {
  // How improbable it is that so many random values pass: bits of one pass, times the share, grown with the count.
  const double bits = -std::log2(std::max(part.match.chance, 1e-9));
  const double count = static_cast<double>(std::min<std::size_t>(sample.distinct, kTrialsMax));
  // A check digit is tried anew with each value; the form of a whole column is one choice.
  const double weight = part.match.checked ? bits * count * 0.5 : bits * std::min(1.0, std::log2(1.0 + count) / 3);
  double score =
      std::min(0.95, kForBit * weight) * (part.by_gazetteer    ? std::min(1.0, (part.shaped ? 0.55 : 0.45) + part.share)
                                          : part.by_vocabulary ? (1 + part.share) / 2
                                                               : part.share);
  if (part.file->pack.id == "city" && part.cue == 0) score *= kOnlyCities;
  const bool of_goods =
      asked.collection.people < 0 && part.cue == 0 && part.file->category.starts_with("user.contact.address");
  if (of_goods && (part.by_gazetteer || part.by_vocabulary)) score += kWhereThingsAre;
  score = std::min(kValuesMax01, score + 0.25 * part.cue + (part.by_gazetteer && asked.of_makers ? kMakersOfWorks : 0));
  return {part.file, score, weight, part.share};
}

ColumnRules::Weighed ColumnRules::WeighAll(const Sample& sample, const Asked& asked) const {
  Weighed best, checked;
  for (const auto& [file, match] : sample.matches) {
    if (!IsPersonal(file->category)) continue;
    const Part part = PartOfKind(sample, *file, asked);
    if (!IsEnough(sample, part) || ((part.by_gazetteer || part.by_vocabulary) && asked.lists_itself)) continue;
    const Weighed weighed = Weigh(sample, part, asked);
    // Of those that are as sure, the one that fewer random values would pass.
    const bool first =
        best.file != nullptr && weighed.score == best.score &&
        (weighed.weight > best.weight || (weighed.weight == best.weight && GoesFirst(*weighed.file, *best.file)));
    if (weighed.score > best.score || first) best = weighed;
    const bool sure = part.match.checked && part.share >= kSureShareMin && sample.distinct >= kSureDistinctMin;
    if (sure && weighed.score >= kSureScoreMin && weighed.weight > checked.weight) checked = weighed;
  }
  // Groups are those of a telephone's and of other numbers; a check digit is of one kind.
  return best.file == phone_ && checked.file != nullptr ? checked : best;
}

// Half of a column numbers of citizens and half of foreigners, names in one order and in the other: kinds of one branch
// that are all of them less than a column needs, and together enough. The most frequent one names the column.
ColumnRules::Weighed ColumnRules::WeighBranches(const Sample& sample, const Asked& asked) const {
  static constexpr std::array<std::string_view, 3> kBranches = {"user.government_id", "user.financial", "user.name"};
  Weighed best;
  if (asked.named != nullptr || asked.lists_itself || sample.distinct < kWeakCheckDistinctMin) return best;
  const bool of_things = sample.Most(sample.firms, kFirmShare) || sample.Most(sample.facilities, kFacilityShare);
  for (const std::string_view branch : kBranches) {
    if (asked.of_makers && branch == kBranches.back()) continue;
    const DetectorFile* most = nullptr;
    std::size_t values = 0, last = sample.distinct;
    for (const auto& [value, file] : sample.of_values) {
      const Sample::Match& match = sample.matches.at(file);
      if (!file->category.starts_with(branch) || match.needs_word || match.chance > kBranchChance ||
          (match.chance == kNameChance && of_things) || AreOfOrganizations(sample, {.file = file, .match = match}) ||
          IsRefuted(sample, *file))
        continue;
      if (most == nullptr || match.count > sample.matches.at(most).count) most = file;
      values += value != last;
      last = value;
    }
    const bool of_numbers = most != nullptr && sample.matches.at(most).digits_min >= kNumberDigitsMin;
    const double share = PartOf(values, of_numbers ? std::max(values, sample.OfNumbers()) : sample.distinct);
    if (most != nullptr && share >= kBranchShareMin && share > best.share)
      best = {most, kForBranch + share / 4, 0, share};
  }
  return best;
}

}  // namespace privity::detect
