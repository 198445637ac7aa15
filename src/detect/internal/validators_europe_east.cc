// Numbers that states of eastern Europe give. Each rule names the authority that publishes it; lengths and letters are
// already checked by the pattern of the detector file.
#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// Bulgaria, EGN: month + 20 before 1900, + 40 from 2000 (GRAO).
bool BgEgn(std::string_view s) {
  int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  month -= month > 40 ? 40 : month > 20 ? 20 : 0;
  return IsDay(static_cast<int>(NumberOf(s.substr(0, 2))), month, static_cast<int>(NumberOf(s.substr(4, 2)))) &&
         WeightedSum(s, {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == DigitAt(s, 9);
}

bool BgForeigner(std::string_view s) {
  return WeightedSum(s, {21, 19, 17, 13, 11, 9, 7, 3, 1}) % 10 == DigitAt(s, 9);
}

bool BgVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - (s.size() >= 2 && s[0] == 'B' ? s.size() - 2 : s.size()));
  if (d.size() == 10) return BgEgn(d) || BgForeigner(d);
  long check = WeightedSum(d, {1, 2, 3, 4, 5, 6, 7, 8}) % 11;
  if (check == 10) check = WeightedSum(d, {3, 4, 5, 6, 7, 8, 9, 10}) % 11 % 10;
  return check == DigitAt(d, 8);
}

bool ByUnp(std::string_view s) {
  static constexpr std::string_view kLetters = "ABCEHKMOPT";
  static constexpr std::array<int, 8> kWeights = {29, 23, 19, 17, 13, 7, 5, 3};
  long sum = 0;
  for (int i = 0; i < 8; ++i) {
    const int value = i == 1 && !IsAsciiDigit(s[1]) ? static_cast<int>(kLetters.find(s[1])) : Base36(s[i]);
    sum += static_cast<long>(kWeights[i]) * value;
  }
  return sum % 11 < 10 && sum % 11 == DigitAt(s, 8);
}

// Belarus, identification number: sex and century, birth date, a region's letter.
bool ByPersonal(std::string_view s) {
  return IsDayMonthYear(s.substr(1, 6));
}

// Czechia and Slovakia, rodné číslo: month + 50 for women (+ 20, + 70 when used up); ten digits are divisible by 11
// (Act 133/2000 Sb.).
bool CzBirthNumber(std::string_view s) {
  int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  month %= 50;
  if (month > 20) month -= 20;
  if (!IsDay(static_cast<int>(NumberOf(s.substr(0, 2))), month, static_cast<int>(NumberOf(s.substr(4, 2)))))
    return false;
  if (s.size() == 9) return NumberOf(s.substr(0, 2)) < 54;
  return NumberOf(s) % 11 == 0 || (NumberOf(s.substr(0, 9)) % 11 == 10 && s[9] == '0');
}

// Czechia, IČO and DIČ of companies.
bool CzCompany(std::string_view s) {
  const std::string_view d = s.substr(s[0] == 'C' ? 2 : 0);
  if (d.size() != 8) return CzBirthNumber(d);
  const long check = From11(WeightedSum(d, {8, 7, 6, 5, 4, 3, 2}));
  return (check == 0 ? 1 : check % 10) == DigitAt(d, 7);
}

// Czechia, account numbers: a prefix of up to six digits and a number of up to ten, the sum of each weighted by powers
// of two modulo 11 divisible by 11, and the code of a bank from 0100 on (ČNB, vyhláška č. 169/2011 Sb.). Where the
// prefix ended is not known any more.
bool CzAccount(std::string_view s) {
  constexpr std::size_t kCodeDigits = 4, kNumberMax = 10, kPrefixMax = 6;
  const auto is_part = [](std::string_view part) {
    long sum = 0, weight = 1;
    for (auto digit = part.rbegin(); digit != part.rend(); ++digit, weight = weight * 2 % 11)
      sum += (*digit - '0') * weight;
    return sum % 11 == 0;
  };
  const std::string_view account = s.substr(0, s.size() - kCodeDigits);
  if (NumberOf(s.substr(account.size())) < 100) return false;
  for (std::size_t prefix = 0; prefix <= std::min(kPrefixMax, account.size() - 2); ++prefix) {
    if (account.size() - prefix > kNumberMax) continue;
    if (is_part(account.substr(0, prefix)) && is_part(account.substr(prefix))) return true;
  }
  return false;
}

// Hungary: tax number of companies, and TAJ of the health insurance.
bool HuTax(std::string_view s) {
  const std::string_view d = s.substr(s[0] == 'H' ? 2 : 0, 8);
  return WeightedSum(d, {9, 7, 3, 1, 9, 7, 3, 1}) % 10 == 0;
}

bool HuTaj(std::string_view s) {
  return WeightedSum(s, {3, 7, 3, 7, 3, 7, 3, 7}) % 10 == DigitAt(s, 8);
}

// Hungary, adóazonosító jel: an 8, the days from 1 January 1867 to the birth, a number of that day and a check digit
// (1996. évi XX. törvény).
bool HuPersonalTax(std::string_view s) {
  constexpr long long kDaysMin = 13'000, kDaysMax = 65'000;  // born from 1902 on, and not decades from now
  const long long days = NumberOf(s.substr(1, 5));
  return s[0] == '8' && days >= kDaysMin && days <= kDaysMax &&
         WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 == DigitAt(s, 9);
}

// Hungary, personal number: sex and century, birth date, three digits and a check digit, whose weights turned round for
// those born since 1997 (1996. évi XX. törvény).
bool HuPersonal(std::string_view s) {
  if (!IsYearMonthDay(s.substr(1, 6))) return false;
  const long check = DigitAt(s, 10);
  return WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) % 11 == check ||
         WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == check;
}

// Moldova: 1 for companies and 2 for people, the last three digits of the year, an office, a serial and a check digit
// of weights 7, 3, 1 (Agenția Servicii Publice; Hotărârea Guvernului nr. 272/2002).
bool MdIdno(std::string_view s) {
  return (s[1] == '0' || s[1] == '9') && WeightedSum(s, {7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10 == DigitAt(s, 12);
}

// Poland, NRB: the IBAN without its letters (ISO 13616).
bool PlAccount(std::string_view s) {
  return Remainder97("PL" + std::string(s.substr(0, 2)), Remainder97(s.substr(2))) == 1;
}

// Poland: PESEL with century in the month (Act on population records), NIP, REGON, identity card.
bool PlPesel(std::string_view s) {
  const int month = static_cast<int>(NumberOf(s.substr(2, 2))) % 20;
  return IsDay(static_cast<int>(NumberOf(s.substr(0, 2))), month, static_cast<int>(NumberOf(s.substr(4, 2)))) &&
         WeightedSum(s, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool PlNip(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 10);
  return WeightedSum(d, {6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11 == DigitAt(d, 9) && d[0] != '0';
}

bool PlRegon(std::string_view s) {
  const bool nine = WeightedSum(s, {8, 9, 2, 3, 4, 5, 6, 7}) % 11 % 10 == DigitAt(s, 8);
  if (s.size() == 9) return nine;
  return nine && WeightedSum(s, {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8}) % 11 % 10 == DigitAt(s, 13);
}

bool PlIdCard(std::string_view s) {
  static constexpr std::array<int, 9> kWeights = {7, 3, 1, 0, 7, 3, 1, 7, 3};
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += Base36(s[i]) * kWeights[i];
  return sum % 10 == DigitAt(s, 3);
}

// Romania: CNP with sex and century, birth date, county (Act 105/1996); CUI of companies.
bool RoCnp(std::string_view s) {
  const long check = WeightedSum(s, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  const long long county = NumberOf(s.substr(7, 2));
  const bool known = (county >= 1 && county <= 52) || county == 70 || (county >= 80 && county <= 83);
  return s[0] != '0' && known && IsYearMonthDay(s.substr(1, 6)) && (check == 10 ? 1 : check) == DigitAt(s, 12);
}

bool RoCui(std::string_view s) {
  const std::string_view d = s.substr(s[0] == 'R' ? 2 : 0);
  if (d.size() < 2 || d.size() > 10) return false;
  const std::string padded = std::string(10 - d.size(), '0') + std::string(d);
  return d[0] != '0' && WeightedSum(padded, {7, 5, 3, 2, 1, 7, 5, 3, 2}) * 10 % 11 % 10 == DigitAt(padded, 9);
}

// Russia: INN, SNILS, OGRN (orders of the Federal Tax Service and the Pension Fund).
bool RuInn(std::string_view s) {
  if (s.size() == 10) return WeightedSum(s, {2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == DigitAt(s, 9);
  return WeightedSum(s, {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == DigitAt(s, 10) &&
         WeightedSum(s, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == DigitAt(s, 11);
}

bool RuSnils(std::string_view s) {
  const long check = WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100;
  return check == NumberOf(s.substr(9));
}

bool RuOgrn(std::string_view s) {
  const long long divisor = s.size() == 13 ? 11 : 13;
  return NumberOf(s.substr(0, s.size() - 1)) % divisor % 10 == DigitAt(s, s.size() - 1);
}

bool SkVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 10);
  return d[0] != '0' && NumberOf(d) % 11 == 0;
}

// Ukraine, РНОКПП.
bool UaTax(std::string_view s) {
  return (WeightedSum(s, {-1, 5, 7, 9, 4, 6, 10, 5, 7}) % 11 + 11) % 11 % 10 == DigitAt(s, 9);
}

bool UaEdrpou(std::string_view s) {
  const bool middle = NumberOf(s) >= 30'000'000 && NumberOf(s) <= 60'000'000;
  long check = middle ? WeightedSum(s, {7, 1, 2, 3, 4, 5, 6}) % 11 : WeightedSum(s, {1, 2, 3, 4, 5, 6, 7}) % 11;
  if (check == 10)
    check = (middle ? WeightedSum(s, {9, 3, 4, 5, 6, 7, 8}) : WeightedSum(s, {3, 4, 5, 6, 7, 8, 9})) % 11 % 10;
  return check == DigitAt(s, 7);
}

// Ukraine, UNZR: birth date, four digits and a check digit as in the machine readable zone of passports (ICAO Doc 9303
// part 3: weights 7, 3, 1).
bool UaUnzr(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 8)) && WeightedSum(s, {7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10 == DigitAt(s, 12);
}

}  // namespace

std::span<const Validator> EasternEuropeanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"bg_egn", BgEgn, 0.01, "[0-9]{10}"},
      {"bg_foreigner", BgForeigner, 0.1, "[0-9]{10}"},
      {"bg_vat", BgVat, 0.1, "BG[0-9]{9,10} [0-9]{9}"},
      {"by_personal", ByPersonal, 0.037, "[1-6][0-9]{6}[ABCEHKM][0-9]{3}[BP][ABI][0-9]"},
      {"by_unp", ByUnp, 0.08, "[0-9A-Z][0-9A-Z][0-9]{7}"},
      {"cz_account", CzAccount, 0.27, "[0-9]{6,20}"},
      {"cz_birth_number", CzBirthNumber, 0.045, "[0-9]{9,10}"},
      {"cz_company", CzCompany, 0.1, "CZ[0-9]{8,10} [0-9]{8}"},
      {"hu_personal", HuPersonal, 0.0065, "[1-8][0-9]{10}"},
      {"hu_personal_tax", HuPersonalTax, 0.093, "8[0-9]{9}"},
      {"hu_taj", HuTaj, 0.1, "[0-9]{9}"},
      {"hu_tax", HuTax, 0.1, "HU[0-9]{8} [0-9]{8} [0-9]{11}"},
      {"md_idno", MdIdno, 0.02, "[12][0-9]{12}"},
      {"pl_account", PlAccount, 0.0103, "[0-9]{26}"},
      {"pl_id_card", PlIdCard, 0.1, "[A-Z]{3}[0-9]{6}"},
      {"pl_nip", PlNip, 0.08, "[1-9][0-9]{9} PL[1-9][0-9]{9}"},
      {"pl_pesel", PlPesel, 0.018, "[0-9]{11}"},
      {"pl_regon", PlRegon, 0.1, "[0-9]{9} [0-9]{14}"},
      {"ro_cnp", RoCnp, 0.0017, "[1-9][0-9]{12}"},
      {"ro_cui", RoCui, 0.1, "RO[1-9][0-9]{1,9} [1-9][0-9]{3,9}"},
      {"ru_inn", RuInn, 0.1, "[0-9]{10} [0-9]{12}"},
      {"ru_ogrn", RuOgrn, 0.1, "[1235][0-9]{12} 3[0-9]{14}"},
      {"ru_snils", RuSnils, 0.01, "[0-9]{11}"},
      {"sk_vat", SkVat, 0.08, "SK[1-9][0-9]{9} [1-9][0-9]{9}"},
      {"ua_edrpou", UaEdrpou, 0.1, "[0-9]{8}"},
      {"ua_tax", UaTax, 0.1, "[0-9]{10}"},
      {"ua_unzr", UaUnzr, 0.0037, "[12][09][0-9]{11}"},
  });
  return kAll;
}

}  // namespace privity::detect
