// Reading the values of a column.
#include "detect/internal/column_sample.h"

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Distinct values that are judged, taken from all over the sample: a few tell what nearly all or nearly none of them
// are, and only where they do not are more of them looked at.
constexpr std::size_t kFirstLook = 64;
constexpr std::size_t kSecondLook = 256;
constexpr double kPhoneChance = 0.02;
constexpr std::size_t kGenderBytesMax = 24;

}  // namespace

// A wrong guess that repeats must not confirm itself: each distinct value counts once.
ColumnRules::Sample ColumnRules::Read(const std::vector<std::string>& values) const {
  Sample sample;
  if (values.empty()) return sample;
  std::unordered_set<std::string_view> distinct;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && sample.distinct < kSecondLook; ++i) {
    const std::string_view value = std::string_view(values[at(i)]).substr(0, kValueBytesMax);
    if (value.empty() || !distinct.insert(value).second) continue;
    ReadValue(value, sample);
    sample.characters += CountCharacters(values[at(i)]);
    if (++sample.distinct == kFirstLook && sample.IsDecided()) break;
  }
  const double count = std::max<double>(1, static_cast<double>(sample.distinct));
  sample.yes_or_no /= count;
  sample.years /= count;
  sample.books /= count;
  sample.shaped /= count;
  return sample;
}

void ColumnRules::ReadForm(std::string_view value, Sample& sample) {
  sample.postal += IsPostalForm(value);
  sample.five_digits += IsFiveDigits(value);
  sample.zero_first += value.front() == '0';
  sample.firms += IsFirmLike(sample.scan);
  sample.towns += IsTownLike(sample.scan);
  sample.streets += IsStreetLike(sample.scan);
  sample.grouped_eights += IsGroupedEight(value);
  sample.thousands += IsInThousands(value);
  sample.imeis += IsPrintedImei(value);
  sample.passwords += IsPasswordLike(value);
  sample.eastern_addresses += IsEastAsianAddress(value);
  sample.eastern_towns += IsEastAsianTown(value);
  if (value.size() <= kGenderBytesMax) {
    sample.genders += IsGenderWord(value);
    sample.neither_gender += IsNeitherGender(value);
  }
  if (value.size() <= 2 && CountCharacters(value) == 1) sample.letters.insert(Fold(value));
  if (!sample.scan.tokens.empty()) sample.first_words.insert(sample.scan.tokens.front().hash);
}

void ColumnRules::ReadValue(std::string_view value, Sample& sample) const {
  sample.yes_or_no += IsYesOrNo(value);
  sample.years += IsYear(value);
  sample.books += IsIsbn(value);
  std::vector<ValueMatch>& matches = sample.value_matches;
  matches.clear();
  text_.MatchValue(value, matches);
  ScanText(value, sample.scan);
  sample.shaped += IsNameShaped(sample.scan);
  ReadForm(value, sample);
  sample.finds.clear();
  shapes_.FindAll(sample.scan, sample.finds);
  bool dated = false;
  for (const Find& find : sample.finds) {
    const std::size_t size = find.end - find.begin;
    // "DOB 06-30-47", "29 февраля 1992 г.р.": more may stand around a date.
    dated |= find.detector->entity == Entity::kDate &&
             CountCharacters(value.substr(find.begin, size)) * 3 >= CountCharacters(value) * 2;
    // The whole value, but for what may stand around it.
    if (size + 3 < value.size()) continue;
    matches.push_back({find.detector, 0.001, false});
  }
  const int japanese = dated ? 0 : YearOfJapaneseDate(value);
  dated |= japanese > 0;
  if (dated) sample.date_years.push_back(japanese > 0 ? japanese : YearOf(sample.scan));
  if (phone_ != nullptr && !dated && IsPhoneLike(value)) matches.push_back({phone_, kPhoneChance, false});
  std::vector<const DetectorFile*>& kinds = sample.kinds;
  kinds.clear();
  names_.KindsOfValue(sample.scan, kinds);
  for (const DetectorFile* kind : kinds) matches.push_back({kind, kNameChance, false});
  kinds.clear();
  const ValueRules::Everyday everyday = vocabularies_.Read(sample.scan, kinds);
  sample.no_answers += everyday.no_answer;
  sample.days_or_months += everyday.day_or_month;
  for (const DetectorFile* kind : kinds) matches.push_back({kind, kVocabularyChance, false});
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const bool again =
        std::any_of(matches.begin(), match, [&](const auto& other) { return other.detector == match->detector; });
    if (again) continue;
    auto& known = sample.matches[match->detector];
    known.chance = std::min(known.chance, match->chance);
    known.checked |= match->checked;
    known.needs_word &= match->needs_word;
    ++known.count;
  }
}

}  // namespace privity::detect
