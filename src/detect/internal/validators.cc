#include "detect/internal/validators.h"

#include <array>
#include <cstdint>
#include <utility>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"

namespace privity::detect {

int IbanLength(std::string_view country) {
  static constexpr auto kLengths = std::to_array<std::pair<std::string_view, std::uint8_t>>(
      {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
       {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
       {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27},
       {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22},
       {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32},
       {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19},
       {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
       {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31},
       {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23},
       {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30}});
  static constexpr auto kByLetters = [] {
    std::array<std::array<std::uint8_t, 26>, 26> lengths{};
    for (const auto& [of, length] : kLengths)
      lengths[static_cast<std::size_t>(of[0] - 'A')][static_cast<std::size_t>(of[1] - 'A')] = length;
    return lengths;
  }();
  if (country.size() != 2 || !IsAsciiUpper(country[0]) || !IsAsciiUpper(country[1])) return 0;
  return kByLetters[static_cast<std::size_t>(country[0] - 'A')][static_cast<std::size_t>(country[1] - 'A')];
}

namespace {

bool Iban(std::string_view s) {
  if (s.size() < 15 || IbanLength(s.substr(0, 2)) != static_cast<int>(s.size())) return false;
  const int remainder = Remainder97(s.substr(4));
  return remainder >= 0 && Remainder97(s.substr(0, 4), remainder) == 1;
}

// ISO/IEC 7812 issuer ranges with their lengths: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay,
// Maestro, Mir.
bool CardNumber(std::string_view s) {
  if (!Luhn(s)) return false;
  const int two = static_cast<int>(NumberOf(s.substr(0, 2)));
  const int four = static_cast<int>(NumberOf(s.substr(0, 4)));
  const std::size_t n = s.size();
  if (s[0] == '4') return n == 16 || n == 13 || n == 19;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return n == 16;
  if (two == 34 || two == 37) return n == 15;
  if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) return n == 14 || n == 16;
  if (four == 6011 || two == 64 || two == 65) return n == 16 || n == 19;
  if (four >= 3528 && four <= 3589) return n == 16;
  if (two == 62) return n >= 16;
  if (four >= 2200 && four <= 2204) return n == 16;
  return (two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67) && n >= 13;
}

// ISO 3779; the check in the ninth place is 49 CFR 565.15 (North America, China), elsewhere not required.
bool Vin(std::string_view s) {
  static constexpr std::array<int, 26> kLetters = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                                   5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9};
  static constexpr std::array<int, 17> kWeights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  if (s.size() != 17) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    if (s[i] == 'I' || s[i] == 'O' || s[i] == 'Q') return false;
    const int value = s[i] <= '9' ? s[i] - '0' : kLetters[s[i] - 'A'];
    sum += value * kWeights[i];
  }
  return s[8] == (sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11));
}

// ABA routing number: the first two digits name a Federal Reserve district.
bool AbaRouting(std::string_view s) {
  const int district = static_cast<int>(NumberOf(s.substr(0, 2)));
  const bool known =
      district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district == 80;
  return known && s.find_first_not_of('0') != s.npos && WeightedSum(s, {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0;
}

// ISO 9362: letters 5 and 6 are a country.
bool Bic(std::string_view s) {
  static constexpr std::string_view kMore =
      " US CA AU JP CN IN KR SG HK NZ ZA MX AR CL CO PE TW TH MY ID PH VN NG KE MA ";
  if (s.size() != 8 && s.size() != 11) return false;
  const std::string_view country = s.substr(4, 2);
  return IbanLength(country) > 0 || IsAmong(kMore, country);
}

// 3GPP TS 23.003: fourteen digits, the first two name the body that allotted it, and Luhn; or instead of its digit two
// for the version of the software.
bool HasImeiBody(std::string_view s) {
  static constexpr std::string_view kBodies = " 01 10 30 33 35 44 45 49 50 51 52 53 54 86 91 98 99 ";
  return IsAmong(kBodies, s.substr(0, 2));
}

bool Imei(std::string_view s) {
  return s.size() == 15 && Luhn(s) && HasImeiBody(s);
}

// A set of numbers of three digits, written as runs: the first and the last of each.
class Codes {
 public:
  template <std::size_t size>
  constexpr explicit Codes(const std::array<std::pair<int, int>, size>& runs) {
    for (const auto& [first, last] : runs) {
      for (int code = first; code <= last; ++code) has_[static_cast<std::size_t>(code)] = true;
    }
  }
  constexpr bool Has(long long code) const { return has_[static_cast<std::size_t>(code)]; }

 private:
  std::array<bool, 1000> has_{};
};

// ITU-T E.212: an IMSI begins with a mobile country code; those that are given out (ITU Operational Bulletin, annex to
// E.212).
bool Imsi(std::string_view s) {
  static constexpr Codes kCountries(std::to_array<std::pair<int, int>>(
      {{202, 202}, {204, 204}, {206, 206}, {208, 208}, {212, 214}, {216, 216}, {218, 222}, {226, 226}, {228, 228},
       {230, 232}, {234, 235}, {238, 238}, {240, 240}, {242, 242}, {244, 244}, {246, 248}, {250, 250}, {255, 255},
       {257, 257}, {259, 260}, {262, 262}, {266, 266}, {268, 268}, {270, 270}, {272, 272}, {274, 274}, {276, 276},
       {278, 278}, {280, 280}, {282, 284}, {286, 286}, {288, 290}, {292, 295}, {297, 297}, {302, 302}, {308, 308},
       {310, 316}, {330, 330}, {334, 334}, {338, 338}, {340, 340}, {342, 342}, {344, 344}, {346, 346}, {348, 348},
       {350, 350}, {352, 352}, {354, 354}, {356, 356}, {358, 358}, {360, 360}, {362, 366}, {368, 368}, {370, 370},
       {372, 372}, {374, 374}, {376, 376}, {400, 402}, {404, 406}, {410, 410}, {412, 422}, {424, 432}, {434, 434},
       {436, 438}, {440, 441}, {450, 450}, {452, 452}, {454, 457}, {460, 461}, {466, 467}, {470, 470}, {472, 472},
       {502, 502}, {505, 505}, {510, 510}, {514, 515}, {520, 520}, {525, 525}, {528, 528}, {530, 530}, {536, 537},
       {539, 555}, {602, 643}, {645, 655}, {657, 659}, {702, 702}, {704, 704}, {706, 706}, {708, 708}, {710, 710},
       {712, 712}, {714, 714}, {716, 716}, {722, 722}, {724, 724}, {730, 730}, {732, 732}, {734, 734}, {736, 736},
       {738, 738}, {740, 740}, {742, 742}, {744, 744}, {746, 746}, {748, 748}, {750, 750}}));
  return AllDigits(s) && s.size() == 15 && kCountries.Has(NumberOf(s.substr(0, 3)));
}

// ITU-T E.118: industry 89, nineteen or twenty digits with Luhn.
bool Iccid(std::string_view s) {
  return s.starts_with("89") && (Luhn(s) || (s.size() == 20 && Luhn(s.substr(0, 19))));
}

// ISO 11649 creditor reference.
bool CreditorReference(std::string_view s) {
  return s.size() > 4 && Mod97(std::string(s.substr(4)) + std::string(s.substr(0, 4)));
}

// ISO 17442.
bool Lei(std::string_view s) {
  return s.size() == 20 && Mod97(s);
}

}  // namespace

std::span<const Validator> GeneralValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"luhn", Luhn, 0.1, "[0-9]{2,36}"},
      {"verhoeff", Verhoeff, 0.1, "[0-9]{2,36}"},
      {"mod_11_10", Mod11_10, 0.1, "[0-9]{2,36}"},
      {"mod_97", Mod97, 0.0103, "[0-9A-Z]{4,36}"},
      {"iban", Iban, 0.0103, "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"},
      {"card", CardNumber, 0.03, "[2-6][0-9]{12,18}"},
      {"vin", Vin, 0.09, "[A-HJ-NPR-Z0-9]{9}[A-HJ-NPR-Z0-9]{3}[0-9]{5}"},
      {"aba_routing", AbaRouting, 0.04, "[0-9]{9}"},
      {"bic", Bic, 0.2, "[A-Z]{4}[A-Z]{2}[A-Z0-9]{2} [A-Z]{4}[A-Z]{2}[A-Z0-9]{5}"},
      {"imei", Imei, 0.015, "[0-9]{15}"},
      {"imeisv", HasImeiBody, 0.17, "[0-9]{16}"},
      {"imsi", Imsi, 0.34, "[2-7][0-9]{14}"},
      {"iccid", Iccid, 0.1, "89[0-9]{17,18}"},
      {"creditor_reference", CreditorReference, 0.0103, "RF[0-9]{2}[A-Z0-9]{3,21}"},
      {"lei", Lei, 0.0103, "[0-9A-Z]{18}[0-9]{2}"},
  });
  return kAll;
}

namespace {

std::array<std::span<const Validator>, 10> Families() {
  return {GeneralValidators(),         NorthernEuropeanValidators(),
          WesternEuropeanValidators(), SouthernEuropeanValidators(),
          EasternEuropeanValidators(), AsianValidators(),
          AfricanValidators(),         AmericanValidators(),
          OceanianValidators(),        WalletValidators()};
}

}  // namespace

const Validator* FindValidator(std::string_view name) {
  for (const std::span<const Validator> family : Families()) {
    for (const Validator& validator : family) {
      if (validator.name == name) return &validator;
    }
  }
  return nullptr;
}

std::vector<std::string> ValidatorNames() {
  std::vector<std::string> names;
  for (const std::span<const Validator> family : Families()) {
    for (const Validator& validator : family) names.emplace_back(validator.name);
  }
  return names;
}

}  // namespace privity::detect
