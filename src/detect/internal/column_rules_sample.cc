// Reading the values of a column.
#include "detect/internal/column_sample.h"

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/column_cells.h"
#include "detect/internal/column_dates.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Distinct values that are judged, taken from all over the sample: a few tell what nearly all or nearly none of them
// are, and only where they do not are more of them looked at.
constexpr std::size_t kFirstLook = 64;
constexpr std::size_t kSecondLook = 256;
constexpr std::size_t kCellsSpelled = 64;  // that the model of values reads
constexpr double kPhoneChance = 0.02;

// "perso: k.diallo@mail.example", "Lenas A54 cf:29:e1:2b:a8:d9": what is written so is found among other words too.
bool StandsOutOf(std::string_view value, const Find& find) {
  constexpr std::size_t kPartOfValue = 3;
  const Entity entity = find.detector->entity;
  const bool stands_out = entity == Entity::kEmail || entity == Entity::kDeviceId || entity == Entity::kLocation;
  return stands_out && (find.end - find.begin) * kPartOfValue >= value.size();
}

bool Has(const std::vector<const DetectorFile*>& kinds, const DetectorFile* kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

bool HasLetters(const Scan& scan) {
  return std::ranges::any_of(scan.tokens, [](const Token& token) { return token.digits < token.size(); });
}

// "domicile 47.2184 -1.5536", "véh. M. Roux : 43.6047, 1.4442"
std::string_view PastWords(std::string_view value) {
  const auto digit = value.find_first_of("0123456789");
  if (digit == value.npos) return {};
  return value.substr(digit - (digit > 0 && value[digit - 1] == '-'));
}

}  // namespace

// A wrong guess that repeats must not confirm itself: each distinct value counts once.
ColumnRules::Sample ColumnRules::Read(const std::vector<std::string>& values) const {
  Sample sample;
  if (values.empty()) return sample;
  struct Answer {
    bool says_something = false, of_sex = false;
  };
  std::unordered_map<std::string_view, Answer> distinct;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && sample.looked_at < kSecondLook; ++i) {
    const std::string_view value = BareCell(std::string_view(values[at(i)]).substr(0, kValueBytesMax));
    if (value.empty()) continue;
    const auto [known, first] = distinct.try_emplace(value);
    Answer& answer = known->second;
    if (first) {
      ++sample.looked_at;
      answer.says_something = ReadCell(value, sample);
      answer.of_sex = Has(sample.said.kinds, gender_) || Has(sample.said.beside, gender_);
    }
    if (!answer.says_something) continue;
    ++sample.told;
    sample.told_sexes += answer.of_sex;
    if (value.size() <= 2 && CountCharacters(value) == 1) ++sample.letters[Fold(value)];
    if (!first) continue;
    if (HasLetters(sample.scan)) {
      if (sample.cells.size() < kCellsSpelled)
        sample.cells.push_back(value);
      else
        ++sample.cells_more;
    }
    sample.characters += CountCharacters(values[at(i)]);
    if (++sample.distinct == kFirstLook && sample.IsDecided()) break;
  }
  const double count = std::max<double>(1, static_cast<double>(sample.distinct));
  sample.yes_or_no /= count;
  sample.years /= count;
  sample.shaped /= count;
  return sample;
}

// "unknown", "-", "***-**-4471": cells that say nothing count neither for nor against a kind, and are left out.
bool ColumnRules::ReadCell(std::string_view value, Sample& sample) const {
  const bool plain = IsPlain(value);
  if (plain ? WriteTypedDigits(value, sample.written) : WriteAsciiDigits(value, sample.written)) value = sample.written;
  ScanText(value, sample.scan);
  const bool no_answer = vocabularies_.SaysNothing(sample.scan);
  if (no_answer && !IsYesOrNo(value)) return false;
  if (!plain && IsMasked(value) && !vocabularies_.IsWritten(value)) return false;
  sample.no_answers += no_answer;
  sample.words += sample.scan.tokens.size();
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(value, IsAsciiDigit));
  sample.with_digits += digits > 0;
  sample.with_numbers += digits >= kNumberDigitsMin;
  ReadValue(value, sample);
  if (HasLetters(sample.scan)) CountNamed(sample);
  return true;
}

// "CA passport HK448120", "DNI caducado": words beside some of the numbers of a column say what the others are.
void ColumnRules::CountNamed(Sample& sample) const {
  sample.kinds.clear();
  text_.NumbersNamed(sample.scan, sample.kinds);
  std::set<std::string> countries;
  for (const DetectorFile* kind : sample.kinds) {
    ++sample.named[kind];
    if (IsOfOrganizations(*kind)) countries.insert(kind->country.value_or(std::string()));
  }
  for (const std::string& country : countries) ++sample.organizations_named[country];
}

// As it stands, or the numbers among its words.
void ColumnRules::MatchNumbers(std::string_view value, Sample& sample) const {
  const auto says_something = [&] {
    return std::ranges::any_of(sample.value_matches, [](const ValueMatch& match) { return !match.needs_word; });
  };
  text_.MatchValue(value, sample.value_matches);
  if (says_something()) return;
  NumbersIn(sample.scan, sample.numbers);
  // What a number among words would be with a word for it, any would be.
  const std::size_t whole = sample.value_matches.size();
  for (const std::string_view number : sample.numbers) {
    text_.MatchValue(number, sample.value_matches);
    if (says_something()) return;
    sample.value_matches.resize(whole);
  }
}

// Adds telephones, and counts what would be one where others are: digits in no groups, and numbers among words, as
// those of parts and orders stand too.
void ColumnRules::MatchPhone(std::string_view value, Sample& sample) const {
  if (phone_ == nullptr) return;
  sample.international_phones += IsInternationalPhone(value);
  if (IsPhoneLike(value)) {
    sample.value_matches.push_back({phone_, kPhoneChance, false});
    return;
  }
  if (sample.numbers.empty())
    sample.plain_phones += IsPlainPhone(value);
  else
    sample.plain_phones += IsPlainPhone(sample.numbers.front()) || IsPhoneLike(sample.numbers.front());
}

void ColumnRules::ReadForm(std::string_view value, Sample& sample) const {
  const std::string_view code = CodeOf(sample.scan);
  sample.postal += IsPostalForm(code);
  sample.postal_abroad += IsPostalAbroad(code);
  sample.postal_plain += IsPlainPostal(code);
  sample.five_digits += IsFiveDigits(code);
  sample.zero_first += code.front() == '0';
  sample.zeros_first += code.starts_with("00");
  sample.written_column.Read(code);
  sample.firms += IsFirmLike(companies_, sample.scan);
  sample.towns += IsTownLike(sample.scan);
  sample.streets += IsStreetLike(sample.scan);
  sample.grouped_eights += IsGroupedEight(value);
  sample.thousands += IsInThousands(value);
  sample.amounts += IsAmount(sample.scan);
  sample.imeis += IsPrintedImei(value);
  sample.passwords += IsPasswordLike(value);
  sample.eastern_addresses += IsEastAsianAddress(value);
  sample.eastern_towns += IsEastAsianTown(value);
  if (!sample.scan.tokens.empty()) sample.first_words.insert(sample.scan.tokens.front().hash);
}

void ColumnRules::ReadValue(std::string_view value, Sample& sample) const {
  sample.yes_or_no += IsYesOrNo(value);
  sample.years += IsYear(value);
  sample.books += IsIsbn(value);
  std::vector<ValueMatch>& matches = sample.value_matches;
  matches.clear();
  sample.numbers.clear();
  MatchNumbers(value, sample);
  sample.shaped += IsNameShaped(sample.scan);
  ReadForm(value, sample);
  sample.finds.clear();
  shapes_.FindAll(sample.scan, sample.finds);
  if (location_ != nullptr && AreDegrees(PastWords(value))) matches.push_back({location_, 0.001, false});
  bool dated = false;
  for (const Find& find : sample.finds) {
    const std::string_view found = value.substr(find.begin, find.end - find.begin);
    // "DOB 06-30-47", "29 февраля 1992 г.р.": more may stand around a date.
    dated |= find.detector->entity == Entity::kDate && CountCharacters(found) * 3 >= CountCharacters(value) * 2;
    // The whole value, but for what may stand around it.
    if (found.size() + 3 < value.size() && !StandsOutOf(value, find)) continue;
    if (IsNetwork(value.substr(find.begin))) continue;
    matches.push_back({find.detector, 0.001, false});
  }
  const int written = dated ? 0 : YearOfWrittenDate(value, sample.scan);
  dated |= written > 0;
  if (dated) sample.date_years.push_back(written > 0 ? written : YearOf(sample.scan, this_year_));
  if (!dated) MatchPhone(value, sample);
  std::vector<const DetectorFile*>& kinds = sample.kinds;
  kinds.clear();
  names_.KindsOfValue(sample.scan, kinds);
  for (const DetectorFile* kind : kinds) matches.push_back({kind, kNameChance, false});
  vocabularies_.ReadValue(sample.scan, sample.said);
  sample.days_or_months += sample.said.day_or_month;
  sample.genders += Has(sample.said.kinds, gender_);
  sample.facilities += Has(sample.said.kinds, facility_);
  sample.without_work += Has(sample.said.kinds, no_employer_);
  for (const DetectorFile* kind : sample.said.kinds) matches.push_back({kind, kVocabularyChance, false});
  for (const DetectorFile* kind : sample.said.beside) sample.beside[kind] += !Has(sample.said.kinds, kind);
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(value, IsAsciiDigit));
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const bool again =
        std::any_of(matches.begin(), match, [&](const auto& other) { return other.detector == match->detector; });
    if (again) continue;
    auto& known = sample.matches[match->detector];
    known.chance = std::min(known.chance, match->chance);
    known.checked |= match->checked;
    known.needs_word &= match->needs_word;
    known.digits_min = std::min(known.digits_min, digits);
    ++known.count;
    if (!match->needs_word && match->chance <= kBranchChance)
      sample.of_values.emplace_back(sample.distinct, match->detector);
  }
}

}  // namespace privity::detect
