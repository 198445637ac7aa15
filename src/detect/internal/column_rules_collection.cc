// What the columns of a collection tell of one another.
#include "detect/internal/column_sample.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "detect/internal/column_cells.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kNear = 2;     // columns between parts of an address
constexpr double kForOthers = 0.65;  // what the other columns say

bool Holds(const std::vector<ColumnJudgement>& judged, std::string_view category) {
  return std::ranges::any_of(judged, [&](const ColumnJudgement& one) { return one.category.starts_with(category); });
}

// How many columns away the nearest one of such a category is; none is as far as anything can be.
std::size_t Distance(const std::vector<ColumnJudgement>& judged, std::size_t at, std::string_view category) {
  std::size_t nearest = judged.size() + kNear;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (i != at && judged[i].category.starts_with(category)) nearest = std::min(nearest, i < at ? at - i : i - at);
  }
  return nearest;
}

// What the values of a column that may hold postal codes are like.
struct Codes {
  bool may_be = false;       // digits as postal codes have, in one group or two; years are none
  bool long_enough = false;  // five digits or more, and always as many
  bool zero_first = false;   // some begin with a zero, which nobody writes before a quantity
};

// Whole numbers without a gap: they count rows.
bool AreInARow(std::vector<int> numbers) {
  constexpr std::size_t kRowMin = 8;
  std::ranges::sort(numbers);
  const auto apart = [](int left, int right) { return right != left + 1; };
  return numbers.size() >= kRowMin && std::ranges::adjacent_find(numbers, apart) == numbers.end();
}

Codes ReadCodes(const std::vector<std::string>& values) {
  constexpr std::size_t kLong = 5;
  constexpr double kDirty = 0.8;
  std::size_t codes = 0, all = 0, years = 0, shortest = 0, longest = 0;
  std::vector<int> numbers;  // in one group
  Codes read;
  for (const std::string& cell : values) {
    const std::string_view value = BareCell(cell);
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(value, IsAsciiDigit));
    if (digits == 0) continue;
    ++all;
    const bool plain = digits == value.size() && digits >= 4 && digits <= 6;
    const bool grouped =
        value.size() == digits + 1 && value.size() > 4 && (value[3] == ' ' || (value.size() > 5 && value[5] == '-'));
    years += IsYear(value);
    if (plain) numbers.push_back(std::stoi(std::string(value)));
    if (!plain && !IsPostalForm(value) && !(grouped && (digits == 5 || digits == 6 || digits == 10))) continue;
    shortest = codes == 0 ? digits : std::min(shortest, digits);
    longest = std::max(longest, digits);
    ++codes;
    read.zero_first |= value[0] == '0' && value[1] != '0';
  }
  read.may_be = all > 0 && static_cast<double>(codes) >= kShaped * static_cast<double>(all) && years < all &&
                static_cast<double>(all) >= kDirty * static_cast<double>(values.size()) &&
                !AreInARow(std::move(numbers));
  read.long_enough = shortest >= kLong && shortest == longest;
  return read;
}

// Years that grown people are old, and some of them far apart: numbers of other things are small or round.
bool AreAges(const std::vector<std::string>& values) {
  constexpr int kGrown = 16, kOldest = 99, kApart = 20, kRound = 5;
  constexpr std::size_t kValuesMin = 10;
  std::size_t all = 0, ages = 0, round = 0;
  int least = kOldest, most = 0;
  for (const std::string& cell : values) {
    const std::string_view value = BareCell(cell);
    if (std::ranges::none_of(value, IsAsciiDigit)) continue;
    ++all;
    if (value.size() != 2 || !std::ranges::all_of(value, IsAsciiDigit)) continue;
    const int years = (value[0] - '0') * 10 + (value[1] - '0');
    if (years < kGrown) continue;
    ++ages;
    round += years % kRound == 0;
    least = std::min(least, years);
    most = std::max(most, years);
  }
  return all >= kValuesMin && static_cast<double>(ages) >= kShaped * static_cast<double>(all) && round * 2 < ages &&
         most - least >= kApart && most < kOldest;
}

// "48.208490", "-0.127760": with as many places as degrees have, and within the `most` of a latitude or longitude.
bool AreDegrees(const std::vector<std::string>& values, double most) {
  constexpr std::size_t kValuesMin = 5, kPlacesMin = 4, kBytesMax = 24;
  constexpr double kWhole = 2;  // shares and scores are smaller
  std::size_t degrees = 0, whole = 0, all = 0;
  for (const std::string& cell : values) {
    const std::string_view value = BareCell(cell);
    if (std::ranges::none_of(value, IsAsciiDigit)) continue;
    ++all;
    const auto point = value.find('.');
    const std::size_t sign = value.starts_with('-');
    if (point == value.npos || point == sign || point > sign + 3 || value.size() < point + 1 + kPlacesMin ||
        value.size() > kBytesMax)
      continue;
    if (!std::ranges::all_of(value.substr(sign), [](char c) { return IsAsciiDigit(c) || c == '.'; }) ||
        value.find('.', point + 1) != value.npos)
      continue;
    const double degree = std::stod(std::string(value.substr(sign)));
    degrees += degree <= most;
    whole += degree >= kWhole;
  }
  return all >= kValuesMin && static_cast<double>(degrees) >= kShaped * static_cast<double>(all) && whole * 2 > all;
}

}  // namespace

void ColumnRules::SetByOthers(const DetectorFile& file, std::string detail, ColumnJudgement& judged) const {
  judged.category = file.category;
  judged.detector = file.pack.id;
  judged.confidence = kForOthers;
  judged.evidence.push_back({EvidenceKind::kNeighbours, std::move(detail), kForOthers});
}

std::vector<ColumnJudgement> ColumnRules::JudgeAll(std::span<const ColumnContext> collection) const {
  std::vector<ColumnJudgement> judged;
  std::vector<Doubt> doubts(collection.size());
  for (std::size_t i = 0; i < collection.size(); ++i) judged.push_back(Judge(collection[i], doubts[i]));
  if (city_ != nullptr && postal_code_ != nullptr) {
    if (Holds(judged, "user.contact.address")) JudgeTowns(doubts, judged);
    if (!Holds(judged, "user.contact.address.postal_code")) JudgePostalCodes(collection, doubts, judged);
  }
  JudgeAges(collection, doubts, judged);
  JudgeCoordinates(collection, doubts, judged);
  return judged;
}

// Numbers of years beside the sex of people, where no day of birth stands.
void ColumnRules::JudgeAges(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                            std::vector<ColumnJudgement>& judged) const {
  constexpr std::string_view kSex = "user.demographic.gender";
  if (age_ == nullptr || Holds(judged, "user.demographic.age") || Holds(judged, "user.demographic.date_of_birth"))
    return;
  std::vector<std::size_t> ages;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const bool open = judged[i].detector.empty() && doubts[i].open && Distance(judged, i, kSex) <= kNear;
    if (open && AreAges(collection[i].values)) ages.push_back(i);
  }
  if (ages.size() == 1) SetByOthers(*age_, "years beside sexes", judged[ages[0]]);
}

// Digits beside a town, a street or a country are its postal codes, and those beside people theirs where no other
// column could be: the nearest, and before others those that begin with zeros.
void ColumnRules::JudgePostalCodes(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                                   std::vector<ColumnJudgement>& judged) const {
  static constexpr std::array<std::string_view, 3> kPeople = {"user.name", "user.contact.email",
                                                              "user.contact.phone_number"};
  constexpr std::size_t kByZeros = 2 * kNear;
  const std::size_t none = collection.size() + kByZeros;
  std::size_t best = none, best_rank = none;
  std::vector<std::size_t> of_people, with_zeros;
  bool long_enough = false;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!judged[i].detector.empty() || !doubts[i].open) continue;
    const Codes codes = ReadCodes(collection[i].values);
    if (!codes.may_be) continue;
    const std::size_t distance = Distance(judged, i, "user.contact.address");
    const std::size_t rank = distance + (codes.zero_first ? 0 : kByZeros);
    if (distance <= kNear && rank < best_rank) best = i, best_rank = rank;
    const bool beside_people =
        std::ranges::any_of(kPeople, [&](std::string_view category) { return Distance(judged, i, category) <= kNear; });
    if (!beside_people || i == 0) continue;
    of_people.push_back(i);
    long_enough = codes.long_enough;
    if (codes.zero_first) with_zeros.push_back(i);
  }
  if (best != none) return SetByOthers(*postal_code_, "digits beside addresses", judged[best]);
  if (with_zeros.size() == 1) return SetByOthers(*postal_code_, "digits beside people", judged[with_zeros[0]]);
  if (of_people.size() == 1 && long_enough) SetByOthers(*postal_code_, "digits beside people", judged[of_people[0]]);
}

// Two columns of degrees side by side, in a table of people: a third one makes measurements of them.
void ColumnRules::JudgeCoordinates(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                                   std::vector<ColumnJudgement>& judged) const {
  constexpr double kLatitude = 90, kLongitude = 180;
  static constexpr std::array<std::string_view, 8> kPeople = {
      "user.name",    "user.contact.email", "user.contact.phone_number", "user.contact.address.street",
      "user.account", "user.device",        "user.government_id",        "user.contact.address.postal_code"};
  const bool people = std::ranges::any_of(kPeople, [&](std::string_view category) { return Holds(judged, category); });
  if (location_ == nullptr || !people) return;
  std::vector<bool> degrees;
  for (std::size_t i = 0; i < judged.size(); ++i)
    degrees.push_back(judged[i].detector.empty() && doubts[i].open && AreDegrees(collection[i].values, kLongitude));
  if (std::ranges::count(degrees, true) != 2) return;
  const auto first = static_cast<std::size_t>(std::ranges::find(degrees, true) - degrees.begin());
  if (!degrees[first + 1]) return;
  if (!AreDegrees(collection[first].values, kLatitude) && !AreDegrees(collection[first + 1].values, kLatitude)) return;
  SetByOthers(*location_, "degrees beside each other", judged[first]);
  SetByOthers(*location_, "degrees beside each other", judged[first + 1]);
}

// What is written like names between or beside the parts of an address, and is nobody's name, is a place; where there
// is no town yet, that of the names which most towns bear.
void ColumnRules::JudgeTowns(const std::vector<Doubt>& doubts, std::vector<ColumnJudgement>& judged) const {
  const auto is_name = [&](std::size_t i) { return judged[i].category.starts_with("user.name"); };
  const auto is_address = [&](std::size_t i) { return judged[i].category.starts_with("user.contact.address"); };
  const auto count = [&](auto is) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < judged.size(); ++i) found += is(i);
    return found;
  };
  if (count([&](std::size_t i) { return judged[i].category == "user.contact.address.street"; }) == 0) return;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!doubts[i].open || !doubts[i].called) continue;
    const bool before = i > 0 && is_address(i - 1), after = i + 1 < judged.size() && is_address(i + 1);
    const bool a_name_too_many =
        is_name(i) && count(is_name) > 1 && (doubts[i].as_town >= kTownShare || (before && after));
    if ((judged[i].detector.empty() || a_name_too_many) && (before || after))
      SetByOthers(*city_, "places beside streets", judged[i]);
  }
}

}  // namespace privity::detect
