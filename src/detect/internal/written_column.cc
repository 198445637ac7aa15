#include "detect/internal/written_column.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

constexpr double kNearly = 0.85;  // some cells are dirty
constexpr double kMostly = 0.65;  // enough where the form is of many signs
constexpr std::size_t kValuesMin = 5;

template <typename Counts>
std::size_t Largest(const Counts& counts) {
  std::size_t largest = 0;
  for (const auto& [what, count] : counts) largest = std::max(largest, count);
  return largest;
}

// "x5045", " ext. 12", "#7": begins where the number ends; npos where there is none.
std::size_t ExtensionOf(std::string_view value) {
  static constexpr std::array<std::string_view, 8> kWords = {"x",         "ext.", "ext",  "extn",
                                                             "extension", "#",    "доб.", "доб"};
  std::size_t digits = value.size();
  while (digits > 0 && IsAsciiDigit(value[digits - 1])) --digits;
  constexpr std::size_t kDigitsMax = 6;
  if (digits == 0 || digits == value.size() || value.size() - digits > kDigitsMax) return value.npos;
  std::string_view before = value.substr(0, digits);
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.empty() || !IsOneOf<"xXtTnN.#\xB1\x91">(before.back())) return value.npos;  // how the words end
  for (const std::string_view word : kWords) {
    if (before.size() <= word.size() || Fold(before.substr(before.size() - word.size())) != word) continue;
    const char last = before[before.size() - word.size() - 1];
    if (IsAsciiDigit(last) || IsOneOf<" ,;">(last)) return before.size() - word.size();
  }
  return value.npos;
}

// GS1 General Specifications, 7.9: the check digit of EAN, UPC and GTIN.
bool IsOfGoods(std::string_view digits) {
  if (digits.size() != 8 && (digits.size() < 12 || digits.size() > 14)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * ((digits.size() - i) % 2 == 0 ? 3 : 1);
  return sum % 10 == 0;
}

// "DE89 3704 0044 0532 0130 00" with whatever length and check digits: a country that has IBANs, two digits, and as
// many signs as its accounts have, or a few less or more.
bool IsLikeIban(std::string_view compact) {
  constexpr int kApartMax = 2;
  const int length = IbanLength(compact.substr(0, 2));
  if (length == 0 || std::abs(length - static_cast<int>(compact.size())) > kApartMax) return false;
  const std::string_view rest = compact.substr(2);
  constexpr std::ptrdiff_t kDigitsMin = 8;
  return IsAsciiDigit(rest[0]) && IsAsciiDigit(rest[1]) && std::ranges::all_of(rest, IsAsciiAlnum) &&
         std::ranges::count_if(rest, IsAsciiDigit) >= kDigitsMin;
}

// ISO 3779: seventeen signs without I, O and Q, the last four of them digits.
bool IsLikeChassisNumber(std::string_view compact) {
  constexpr std::size_t kBytes = 17, kSerial = 4;
  return compact.size() == kBytes && std::ranges::all_of(compact, IsAsciiAlnum) &&
         compact.find_first_of("IOQ") == compact.npos && std::ranges::any_of(compact.substr(0, 3), IsAsciiLetter) &&
         std::ranges::all_of(compact.substr(kBytes - kSerial), IsAsciiDigit);
}

// "250024-1147113": as Korean resident numbers are written, though no calendar has that month.
bool IsLikeResidentNumber(std::string_view value) {
  constexpr std::string_view kForm = "999999-9999999";
  if (value.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '-' ? value[i] != '-' : !IsAsciiDigit(value[i])) return false;
  }
  return value[7] >= '1' && value[7] <= '4' && value.substr(4, 2) <= "31";
}

// "5.30.74", "2.0.13": three numbers that are no day, month and year in any order.
bool IsNoDate(std::string_view value) {
  std::array<int, 3> numbers = {};
  std::size_t at = 0, digits = 0;
  const bool dots = value.find('.') != value.npos;  // never behind the month, but for a year before it
  for (const char c : value) {
    if (IsAsciiDigit(c)) {
      constexpr std::size_t kDigitsMax = 4;
      if (++digits > kDigitsMax) return false;
      numbers[at] = numbers[at] * 10 + (c - '0');
    } else {
      if (!IsOneOf<"./-">(c) || digits == 0 || ++at == numbers.size()) return false;
      digits = 0;
    }
  }
  if (at + 1 != numbers.size() || digits == 0) return false;
  constexpr int kMonths = 12, kDays = 31;
  const auto [first, second, third] = numbers;
  const bool month = (!dots && first >= 1 && first <= kMonths) || (second >= 1 && second <= kMonths);
  const bool day = second >= 1 && second <= kDays && ((first >= 1 && first <= kDays) || (third >= 1 && third <= kDays));
  return !month || !day;
}

// "485 777 3456" or in one: ten digits of which the first is one that the National Health Service gives.
bool IsLikePatientNumber(std::string_view value) {
  constexpr std::string_view kPlain = "9999999999", kGrouped = "999 999 9999";
  if (value.size() != kPlain.size() && value.size() != kGrouped.size()) return false;
  std::string form;
  for (const char c : value) form += IsAsciiDigit(c) ? '9' : c == '-' ? ' ' : c;
  return (form == kPlain || form == kGrouped) && IsOneOf<"467">(value[0]);
}

std::string Compact(std::string_view value) {
  std::string compact;
  compact.reserve(value.size());
  for (const char c : value) {
    if (!IsOneOf<" -">(c)) compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
  }
  return compact;
}

// How telephones begin that are written in digits alone, by national numbering plans; `bits` is how much one such
// number says against any number of as many digits.
struct Plan {
  std::size_t digits;
  std::string_view begin;  // a digit, `.` for any, or its range: "6-9"
  double bits;
  std::size_t first_digits_min;  // of all values: fewer are those of a series
};

// A number begins as the plan says: "1[3-9]" is written "1", "3-9".
bool Begins(std::string_view number, std::string_view begin) {
  std::size_t at = 0;
  while (!begin.empty()) {
    const auto end = std::min(begin.find(' '), begin.size());
    const std::string_view set = begin.substr(0, end);
    begin.remove_prefix(std::min(end + 1, begin.size()));
    if (at >= number.size()) return false;
    const char digit = number[at++];
    if (set == ".") continue;
    const bool in_range =
        set.size() == 3 && set[1] == '-' ? digit >= set[0] && digit <= set[2] : set.find(digit) != set.npos;
    if (!in_range) return false;
  }
  return true;
}

constexpr auto kPlans = std::to_array<Plan>({
    {11, "1 3-9", 3.8, 1},          // China, mobile
    {11, "1-9 1-9 9", 3.6, 2},      // Brazil, mobile with its area
    {11, "78 9", 5.6, 1},           // Russia and Kazakhstan, mobile
    {10, "9 678", 5, 1},            // Nepal, mobile
    {10, "9", 3.3, 1},              // the Philippines and Iran without the zero, and Russia without the eight
    {10, "6-9", 1.3, 3},            // India, mobile
    {10, "2-9 0-8 . 2-9", 0.8, 4},  // North America
    {9, "679", 1.7, 2},             // Spain
    {9, "9 1236", 4.6, 1},          // Portugal, mobile
    {9, "4-8", 1, 4},               // Poland
    {12, "4 4 7", 10, 1},           // with the code of a country: the United Kingdom,
    {11, "4 9 1 5-7", 11, 1},       // Germany,
    {12, "4 9 1 5-7", 11, 1},
    {13, "4 9 1 5-7", 11, 1},
    {11, "3 3 67", 9, 1},          // France,
    {12, "3 9 3", 10, 1},          // Italy,
    {11, "3 4 67", 9, 1},          // Spain,
    {11, "4 8 4-8", 7.6, 1},       // Poland,
    {12, "9 1 6-9", 8, 1},         // India,
    {13, "5 5 1-9 1-9 9", 10, 1},  // Brazil,
    {13, "8 6 1 3-9", 10, 1},      // China,
    {12, "9 0 5", 10, 1},          // Turkey,
    {12, "3 8 0 3-9", 10, 1},      // Ukraine,
    {11, "6 1 4", 10, 1},          // Australia,
    {12, "9 2 3", 10, 1},          // Pakistan,
    {13, "8 8 0 1", 13, 1},        // Bangladesh,
    {12, "6 2 8", 10, 1},          // Indonesia,
    {13, "6 2 8", 10, 1},
    {12, "6 3 9", 10, 1},       // the Philippines,
    {11, "2 7 6-8", 8, 1},      // South Africa,
    {13, "2 3 4 7-9", 11, 1},   // Nigeria,
    {12, "2 5 4 7", 13, 1},     // Kenya,
    {12, "2 0 1 0125", 11, 1},  // Egypt,
    {12, "9 6 6 5", 13, 1},     // Saudi Arabia,
    {12, "9 7 1 5", 13, 1},     // the Emirates,
    {12, "9 7 2 5", 13, 1},     // Israel
    {12, "5 2 2-9", 6.9, 1},    // and Mexico
});

// As many first digits as differ where numbers are of the whole plan: those that it names, and one more where it leaves
// the last of them little choice.
std::size_t DigitsThatVary(std::string_view begin) {
  const auto named = static_cast<std::size_t>(std::ranges::count(begin, ' ')) + 1;
  const auto last = begin.rfind(' ') + 1;  // 0 where there is none
  const bool choice = begin.substr(last).size() > 3 || begin.substr(last).find('-') != begin.npos;
  return named + !choice;
}

bool IsUpperOfCyrillic(std::string_view two) {
  return two.size() == 2 && two[0] == '\xD0' && static_cast<unsigned char>(two[1]) >= 0x90 &&
         static_cast<unsigned char>(two[1]) <= 0xAF;
}

}  // namespace

void WrittenColumn::Read(std::string_view value) {
  ++all_;
  if (std::ranges::none_of(value, IsAsciiDigit)) return;
  ++values_;
  constexpr std::size_t kBytesMax = 48;
  if (value.empty() || value.size() > kBytesMax) return;
  if (std::ranges::all_of(value, IsAsciiDigit)) {
    goods_ += IsOfGoods(value);
    plain_.emplace_back(value);
  }
  ReadPhone(value);
  ReadPlate(value);
  const std::string compact = Compact(value);
  accounts_ += IsLikeIban(compact);
  chassis_numbers_ += IsLikeChassisNumber(compact);
  resident_numbers_ += IsLikeResidentNumber(value);
  no_dates_ += IsNoDate(value);
  patients_ += IsLikePatientNumber(value);
}

void WrittenColumn::ReadPhone(std::string_view value) {
  const std::size_t extension = ExtensionOf(value);
  std::string_view number = value.substr(0, extension);
  while (!number.empty() && IsOneOf<" ,;">(number.back())) number.remove_suffix(1);
  std::string way, groups;
  std::size_t digits = 0;
  bool plus = false, brackets = false;
  for (const char c : number) {
    const bool digit = IsAsciiDigit(c);
    if (!digit && !IsOneOf<" -./()+">(c)) return;
    if (digit && (way.empty() || way.back() != '9')) groups += '0';
    if (digit) ++groups.back();
    digits += digit;
    plus |= c == '+';
    brackets |= c == '(';
    way += digit ? '9' : c;
  }
  constexpr std::size_t kDigitsMin = 7, kDigitsMax = 15, kLongMin = 9, kLongMax = 14;
  if (digits < kDigitsMin || digits > kDigitsMax) return;
  const bool extended = extension != value.npos;
  ++phones_.values;
  phones_.with_extensions += extended;
  phones_.with_signs += plus || brackets || extended;
  phones_.long_enough += digits >= kLongMin && digits <= kLongMax;
  phones_.padded += number.starts_with("000") || (number.starts_with("00") && groups.size() == 1);
  phones_.low_first += !plus && !brackets && (number[0] == '0' || number[0] == '1');
  const bool in_threes = groups.size() > 1 && std::ranges::all_of(groups.substr(1), [](char c) { return c == '3'; }) &&
                         way.find_first_not_of("9 ") == way.npos;
  phones_.thousands += in_threes && groups[0] <= '3';
  phones_.short_thousands += in_threes && groups[0] < '3';
  ++phones_.ways[way];
  phones_.lengths.insert(digits);
}

// Letters and digits in one to four groups, in capitals.
void WrittenColumn::ReadPlate(std::string_view value) {
  constexpr std::size_t kMin = 4, kMax = 9, kGroupsMax = 4, kFewRuns = 3;
  std::string order, series;
  std::size_t groups = 1, runs = 0;
  bool sign = true;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool cyrillic = IsUpperOfCyrillic(value.substr(i, 2));
    if (IsOneOf<" -">(c)) {
      if (sign || ++groups > kGroupsMax) return;
      sign = true;
      continue;
    }
    if (!IsAsciiDigit(c) && !IsAsciiUpper(c) && !cyrillic) return;
    const char kind = IsAsciiDigit(c) ? '9' : 'A';
    runs += order.empty() || order.back() != kind;
    order += kind;
    if (kind == 'A') series += value.substr(i, cyrillic ? 2 : 1);
    i += cyrillic;
    sign = false;
  }
  if (sign || order.size() < kMin || order.size() > kMax) return;
  if (runs < 2) {
    plates_.of_digits += order[0] == '9';
    return;
  }
  plates_.shortest = plates_.values == 0 ? order.size() : std::min(plates_.shortest, order.size());
  plates_.longest = std::max(plates_.longest, order.size());
  ++plates_.values;
  plates_.of_few_runs += runs <= kFewRuns;
  plates_.of_some_runs += runs <= kFewRuns + 1;
  plates_.bytes += order.size();
  plates_.letters += static_cast<std::size_t>(std::ranges::count(order, 'A'));
  plates_.in_groups += groups > 1;
  ++plates_.orders[order];
  ++plates_.series[series];
}

WrittenColumn::Kind WrittenColumn::Tell() const {
  if (values_ < kValuesMin || values_ * 2 < all_) return Kind::kNone;
  if (Most(accounts_, kMostly)) return Kind::kBankAccounts;
  if (Most(chassis_numbers_, kMostly)) return Kind::kChassisNumbers;
  if (Most(resident_numbers_, kNearly)) return Kind::kResidentNumbers;
  if (!RefutesPhones() && (ArePhones() || ArePlainPhones())) return Kind::kPhones;
  return ArePlates() ? Kind::kPlates : Kind::kNone;
}

// Numbers in several ways of writing, some of them with signs that only telephones have; or always of as many digits,
// in one group, in threes and in pairs as everybody likes it.
bool WrittenColumn::ArePhones() const {
  constexpr double kLong = 0.7, kExtended = 0.1, kSigned = 0.2;
  constexpr std::size_t kWaysMin = 3;
  if (!Most(phones_.values, kNearly)) return false;
  const bool in_spaces = std::ranges::all_of(
      phones_.ways, [](const auto& way) { return way.first.find_first_not_of("9 ") == std::string::npos; });
  if (in_spaces && phones_.ways.size() >= kWaysMin && phones_.lengths.size() == 1) return true;
  if (!Most(phones_.long_enough, kLong)) return false;
  return Most(phones_.with_extensions, kExtended) ||
         (phones_.ways.size() >= kWaysMin && Most(phones_.with_signs, kSigned));
}

// All of them begin as one numbering plan wants it, and not with the same digits.
bool WrittenColumn::ArePlainPhones() const {
  constexpr double kOfOnePlan = 0.92;
  constexpr std::size_t kMin = 8;
  if (values_ < kMin || !Most(plain_.size(), kOfOnePlan) || AreCounted()) return false;
  return std::ranges::any_of(kPlans, [&](const Plan& plan) {
    constexpr double kBitsMin = 20, kApart = 0.6;
    constexpr std::size_t kSeriesDigits = 3;
    const std::size_t begin = DigitsThatVary(plan.begin);
    std::size_t of_plan = 0;
    std::set<std::string_view> first, begins, series;
    for (const std::string_view number : plain_) {
      if (number.size() != plan.digits || !Begins(number, plan.begin)) continue;
      ++of_plan;
      first.insert(number.substr(0, 1));
      begins.insert(number.substr(0, begin));
      series.insert(number.substr(0, begin + kSeriesDigits));
    }
    return Most(of_plan, kOfOnePlan) && static_cast<double>(of_plan) * plan.bits >= kBitsMin &&
           first.size() >= plan.first_digits_min && begins.size() > 1 && Most(series.size(), kApart);
  });
}

bool WrittenColumn::RefutesPhones() const {
  constexpr double kPadded = 0.3, kGoods = 0.9, kOneWay = 0.85, kLow = 0.05, kNearlyAllLow = 0.8, kThousands = 0.9;
  if (values_ < kValuesMin) return false;
  if (Most(phones_.padded, kPadded) || Most(goods_, kGoods) || AreCounted()) return true;
  if (Most(phones_.thousands, kThousands) && phones_.short_thousands > 0) return true;
  // Where nothing announces them, telephones that are all written in one way begin with few of the digits.
  const std::size_t most = Largest(phones_.ways);
  const bool low = Most(phones_.low_first, kLow) && !Most(phones_.low_first, kNearlyAllLow);
  return low && Most(most, kOneWay) && !Most(plain_.size(), kOneWay);
}

// Orders of letters and digits that no maker of codes would mix, each with other letters.
bool WrittenColumn::ArePlates() const {
  constexpr double kFewRuns = 0.8, kOwnSeries = 0.5, kOwnSeriesOfFew = 0.65, kOfOneSeries = 0.35;
  // Cut off and mistyped, codes of one order are of several too.
  const double of_one_order_max = plates_.values == all_ ? 0.9 : 0.65;
  constexpr double kLettered = 0.6, kWritten = 0.75;  // some have digits only, some are cut off
  constexpr std::size_t kMin = 6, kBytesMin = 5, kBytesMax = 8, kApartMax = 4, kOrdersMin = 2, kOrdersFew = 4;
  const Plates& plates = plates_;
  const bool few = plates.orders.size() <= kOrdersFew;
  const std::size_t of_few_runs = few ? plates.of_some_runs : plates.of_few_runs;
  if (values_ < kMin || !Most(plates.values, kLettered) || !Most(plates.values + plates.of_digits, kWritten))
    return false;
  const auto most_of_them = [&](std::size_t count, double share) {
    return static_cast<double>(count) >= share * static_cast<double>(plates.values);
  };
  if (!most_of_them(of_few_runs, kFewRuns)) return false;
  if (plates.bytes < kBytesMin * plates.values || plates.bytes > kBytesMax * plates.values) return false;
  // "LH400", "IB6251": flights are counted in as many digits as there are.
  if (few && plates.in_groups == 0 && plates.shortest != plates.longest) return false;
  return plates.longest - plates.shortest <= kApartMax && plates.orders.size() >= kOrdersMin &&
         !most_of_them(Largest(plates.orders), of_one_order_max) &&
         most_of_them(plates.series.size(), few ? kOwnSeriesOfFew : kOwnSeries) &&
         !most_of_them(Largest(plates.series), kOfOneSeries);
}

bool WrittenColumn::RefutesPlates() const {
  constexpr double kFew = 0.15, kFewOfThree = 0.5;
  constexpr std::size_t kLettersMany = 3, kSeriesMin = 2;
  if (values_ < kValuesMin || !Most(plates_.values, kNearly)) return false;
  const bool many = plates_.letters >= kLettersMany * plates_.values && plates_.orders.size() == 1;
  return plates_.series.size() < kSeriesMin || !Most(plates_.series.size(), many ? kFewOfThree : kFew);
}

bool WrittenColumn::RefutesDates() const {
  constexpr double kSome = 0.15;
  return values_ >= kValuesMin && Most(no_dates_, kSome);
}

bool WrittenColumn::ArePatients() const {
  return values_ >= kValuesMin && patients_ == values_;
}

bool WrittenColumn::AreCounted() const {
  constexpr std::size_t kDigitsMin = 7, kDigitsMax = 18;
  constexpr long long kApartMax = 100;  // on the average
  if (values_ < kValuesMin || !Most(plain_.size(), kNearly)) return false;
  long long least = 0, most = 0;
  for (const std::string& number : plain_) {
    if (number.size() < kDigitsMin || number.size() > kDigitsMax) return false;
    const long long value = std::stoll(number);
    least = least == 0 ? value : std::min(least, value);
    most = std::max(most, value);
  }
  return most - least <= kApartMax * static_cast<long long>(plain_.size());
}

}  // namespace privity::detect
