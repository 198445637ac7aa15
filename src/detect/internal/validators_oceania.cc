// Numbers that states of Oceania give. Each rule names the authority that publishes it; lengths and letters are already
// checked by the pattern of the detector file.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// Australia: ABN mod 89 after taking 1 from the first digit, ACN, TFN (ATO), Medicare (Services Australia).
bool AuAbn(std::string_view s) {
  return (WeightedSum(s, {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10) % 89 == 0;
}

bool AuAcn(std::string_view s) {
  return (10 - WeightedSum(s, {8, 7, 6, 5, 4, 3, 2, 1}) % 10) % 10 == DigitAt(s, 8);
}

bool AuTfn(std::string_view s) {
  return WeightedSum(s, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}

bool AuMedicare(std::string_view s) {
  return s[0] >= '2' && s[0] <= '6' && WeightedSum(s, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == DigitAt(s, 8);
}

// New Zealand, bank accounts: a bank, one of its branches, seven digits of the account and two or three of its kind
// (Inland Revenue, RWT and NRWT specification).
bool NzAccount(std::string_view s) {
  struct Branches {
    int bank, first, last;
  };
  static constexpr auto kBranches = std::to_array<Branches>(
      {{1, 1, 999},      {1, 1100, 1199},  {1, 1800, 1899},  {2, 1, 999},      {2, 1200, 1299},  {3, 1, 999},
       {3, 1300, 1399},  {3, 1500, 1599},  {3, 1700, 1799},  {3, 1900, 1999},  {4, 2020, 2024},  {6, 1, 999},
       {6, 1400, 1499},  {8, 6500, 6599},  {9, 0, 0},        {10, 5165, 5169}, {11, 5000, 6499}, {11, 6600, 8999},
       {12, 3000, 3299}, {12, 3400, 3499}, {12, 3600, 3699}, {13, 4900, 4999}, {14, 4700, 4799}, {15, 3900, 3999},
       {16, 4400, 4499}, {17, 3300, 3399}, {18, 3500, 3599}, {19, 4600, 4649}, {20, 4100, 4199}, {21, 4800, 4899},
       {22, 4000, 4049}, {23, 3700, 3799}, {24, 4300, 4349}, {25, 2500, 2599}, {26, 2600, 2699}, {27, 3800, 3849},
       {28, 2100, 2149}, {29, 2150, 2299}, {30, 2900, 2949}, {31, 2800, 2849}, {33, 6700, 6799}, {35, 2400, 2499},
       {38, 9000, 9499}});
  const long long bank = NumberOf(s.substr(0, 2)), branch = NumberOf(s.substr(2, 4));
  if (!std::ranges::any_of(kBranches, [&](const Branches& known) {
        return known.bank == bank && branch >= known.first && branch <= known.last;
      }))
    return false;
  const std::string_view account = s.substr(6, 7);
  const std::string kind = s.size() == 15 ? "0" + std::string(s.substr(13)) : std::string(s.substr(13));
  // Each product gives the sum of its digits, twice.
  const auto crossed = [&](std::initializer_list<int> weights) {
    const std::string digits = std::string(account) + kind;
    long sum = 0;
    std::size_t at = 0;
    for (const int weight : weights) {
      long product = weight * DigitAt(digits, at++);
      while (product > 9) product = product / 10 + product % 10;
      sum += product;
    }
    return sum;
  };
  switch (bank) {
    case 8:
      return WeightedSum(account, {7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
    case 9:
      return crossed({0, 0, 0, 5, 4, 3, 2, 0, 0, 1}) % 11 == 0;
    case 25:
    case 33:
      return WeightedSum(account, {1, 7, 3, 1, 7, 3, 1}) % 10 == 0;
    case 26:
    case 28:
    case 29:
      return crossed({1, 3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0;
    case 31:
      return true;
    default:
      break;
  }
  const long base = WeightedSum(account, {0, 10, 5, 8, 4, 2, 1});
  const bool with_branch = NumberOf(account) < 990'000;
  return (base + (with_branch ? WeightedSum(s.substr(0, 6), {0, 0, 6, 3, 7, 9}) : 0)) % 11 == 0;
}

// New Zealand, IRD number: a second round of weights when the first gives 10.
bool NzIrd(std::string_view s) {
  const std::string d = std::string(9 - s.size(), '0') + std::string(s);
  long check = From11(WeightedSum(d, {3, 2, 7, 6, 5, 4, 3, 2}));
  if (check == 10) check = From11(WeightedSum(d, {7, 4, 3, 2, 5, 2, 7, 6}));
  return NumberOf(d) > 10'000'000 && NumberOf(d) < 200'000'000 && check == DigitAt(d, 8);
}

// New Zealand, NHI number (HISO 10046): letters count from A = 1, without I and O. The older form ends with a check
// digit modulo 11, the newer with a check letter modulo 23; a remainder of 0 is never issued in the older.
bool NzNhi(std::string_view s) {
  static constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  if (s.size() != 7) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    const auto letter = kLetters.find(s[i]);
    const int value = IsAsciiDigit(s[i]) ? s[i] - '0' : letter == kLetters.npos ? -1 : static_cast<int>(letter) + 1;
    if (value < 0) return false;
    sum += value * (7 - static_cast<int>(i));
  }
  if (!IsAsciiDigit(s[6])) return s[6] == kLetters[static_cast<std::size_t>(22 - sum % 23)];
  return sum % 11 != 0 && s[6] - '0' == (11 - sum % 11) % 10;
}

}  // namespace

std::span<const Validator> OceanianValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"au_abn", AuAbn, 0.0112, "[1-9][0-9]{10}"},
      {"au_acn", AuAcn, 0.1, "[0-9]{9}"},
      {"au_medicare", AuMedicare, 0.1, "[2-6][0-9]{9,10}"},
      {"au_tfn", AuTfn, 0.09, "[0-9]{8,9}"},
      {"nz_account", NzAccount, 0.002, "[0-3][0-9]{14,15}"},
      {"nz_ird", NzIrd, 0.053, "[0-9]{8,9}"},
      {"nz_nhi", NzNhi, 0.09, "[A-HJ-NP-Z]{3}[0-9]{4} [A-HJ-NP-Z]{3}[0-9]{2}[A-HJ-NP-Z]{2}"},
  });
  return kAll;
}

}  // namespace privity::detect
