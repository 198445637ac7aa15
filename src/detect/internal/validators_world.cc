// Numbers that states outside Europe give. Each rule names the authority that publishes it; lengths and letters are
// already checked by the pattern of the detector file.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// A set of numbers of two digits, such as those of provinces.
template <int... codes>
bool IsOneOf(std::string_view two_digits) {
  const long long code = NumberOf(two_digits);
  return ((code == codes) || ...);
}

long From11(long sum) {
  return (11 - sum % 11) % 11;
}

// Argentina: CUIT/CUIL (AFIP) and CBU (BCRA A 2559).
bool ArCuit(std::string_view s) {
  static constexpr std::string_view kKinds = " 20 23 24 25 26 27 30 33 34 50 51 55 ";
  const long check = 11 - WeightedSum(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return IsAmong(kKinds, s.substr(0, 2)) && (check == 11 ? 0 : check == 10 ? 9 : check) == DigitAt(s, 10);
}

bool ArCbu(std::string_view s) {
  return (WeightedSum(s, {7, 1, 3, 9, 7, 1, 3}) + DigitAt(s, 7)) % 10 == 0 &&
         (WeightedSum(s.substr(8), {3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3}) + DigitAt(s, 21)) % 10 == 0;
}

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

bool AzVoen(std::string_view s) {
  return (s[9] == '1' || s[9] == '2') && WeightedSum(s, {4, 1, 8, 6, 2, 7, 5, 3}) % 11 == DigitAt(s, 8);
}

// Brazil: CPF and CNPJ with two check digits each (Receita Federal). In CNPJs given since July 2026 the first twelve
// signs may be letters, which count as their ASCII code less 48 (Instrução Normativa RFB 2.229/2024): what DigitAt
// gives.
long BrCheck(long sum) {
  const long check = From11(sum);
  return check == 10 ? 0 : check;
}

bool BrCpf(std::string_view s) {
  return s.find_first_not_of(s[0]) != s.npos &&
         BrCheck(WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 9) &&
         BrCheck(WeightedSum(s, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 10);
}

bool BrCnpj(std::string_view s) {
  return s.find_first_not_of(s[0]) != s.npos &&
         BrCheck(WeightedSum(s, {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 12) &&
         BrCheck(WeightedSum(s, {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 13);
}

// Brazil, CNH: two check digits, the second two less where the first would be 10 (Resolução Contran 192/2006 names
// them; the weights as they are published on devmedia.com.br).
bool BrCnh(std::string_view s) {
  constexpr long kLess = 2;
  const long first = WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11;
  const long second = (WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9}) + (first == 10 ? 11 - kLess : 0)) % 11;
  return s.find_first_not_of(s[0]) != s.npos && first % 10 == DigitAt(s, 9) && second % 10 == DigitAt(s, 10);
}

// Canada: SIN and BN by Luhn (CRA); British Columbia's health number.
bool CaSin(std::string_view s) {
  return s[0] != '0' && s[0] != '8' && Luhn(s);
}

bool CaBusiness(std::string_view s) {
  return Luhn(s.substr(0, 9));
}

bool CaHealthBc(std::string_view s) {
  return s[0] == '9' && From11(WeightedSum(s.substr(1), {2, 4, 8, 5, 10, 9, 7, 3})) == DigitAt(s, 9);
}

// Chile, RUT: mod 11 with K for 10, weights from the right (Registro Civil).
bool ClRut(std::string_view s) {
  static constexpr std::array<int, 6> kWeights = {9, 8, 7, 6, 5, 4};
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += kWeights[i % 6] * DigitAt(s, s.size() - 2 - i);
  return s.back() == "0123456789K"[sum % 11];
}

// China: resident identity number (GB 11643), unified social credit code (GB 32100), both with the province of GB/T
// 2260.
bool IsChineseProvince(std::string_view two_digits) {
  return IsOneOf<11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
                 61, 62, 63, 64, 65, 71, 81, 82, 83, 91>(two_digits);
}

bool CnResident(std::string_view s) {
  return IsChineseProvince(s.substr(0, 2)) && IsYearMonthDay(s.substr(6, 8)) && (s[6] == '1' || s[6] == '2') &&
         Mod11_2(s);
}

bool CnCredit(std::string_view s) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  static constexpr std::string_view kRegistrars = "123456789ANY", kKinds = "123459";
  constexpr std::string_view kCentral = "10";  // registered by the state itself
  if (kRegistrars.find(s[0]) == s.npos || kKinds.find(s[1]) == s.npos) return false;
  if (s.substr(2, 2) != kCentral && !IsChineseProvince(s.substr(2, 2))) return false;
  static constexpr std::array<int, 17> kWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  long sum = 0;
  for (int i = 0; i < 17; ++i) {
    const auto value = kAlphabet.find(s[i]);
    if (value == kAlphabet.npos) return false;
    sum += static_cast<long>(value) * kWeights[i];
  }
  return kAlphabet[(31 - sum % 31) % 31] == s[17];
}

// Colombia, NIT (DIAN).
bool CoNit(std::string_view s) {
  static constexpr std::array<int, 15> kWeights = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += kWeights[i] * DigitAt(s, s.size() - 2 - i);
  return s.back() == "01987654321"[sum % 11];
}

bool CuIdentity(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 6));
}

// Dominican Republic: RNC; the cédula is Luhn.
bool DoRnc(std::string_view s) {
  return (10 - WeightedSum(s, {7, 9, 8, 6, 5, 4, 3, 2}) % 11) % 9 + 1 == DigitAt(s, 8);
}

// Ecuador: cédula with province and a Luhn check, the third digit at most 5 and since 2017 also 6 (Registro Civil); RUC
// of persons is the cédula and 001. Those of public bodies have a 6 there too.
bool EcCedula(std::string_view s) {
  const long long province = NumberOf(s.substr(0, 2));
  return ((province >= 1 && province <= 24) || province == 30) && s[2] <= '6' && Luhn(s.substr(0, 10));
}

bool EcRuc(std::string_view s) {
  if (!s.ends_with("001") && !s.ends_with("0001")) return false;
  if (s[2] < '6') return EcCedula(s);
  if (s[2] == '9') return WeightedSum(s, {4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
  return s[2] == '6' && (EcCedula(s) || WeightedSum(s, {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0);
}

// Egypt, national number: century, birth date, governorate.
bool EgNational(std::string_view s) {
  return (s[0] == '2' || s[0] == '3') && IsYearMonthDay(s.substr(1, 6)) &&
         IsOneOf<1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 33, 34, 35,
                 88>(s.substr(7, 2));
}

// Ghana, TIN: a check digit mod 11, X for 10 (GRA).
bool GhTin(std::string_view s) {
  return s[10] == "0123456789X"[WeightedSum(s.substr(1, 9), {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11];
}

bool GtNit(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += static_cast<long>(i + 2) * DigitAt(s, s.size() - 2 - i);
  return s.back() == "0123456789K"[From11(sum)];
}

// Hong Kong, identity card: letters from A = 10, a space counts 36 (Immigration Department).
bool HkIdentity(std::string_view s) {
  const std::string padded = s.size() == 8 ? " " + std::string(s) : std::string(s);
  long sum = 9L * (padded[0] == ' ' ? 36 : Base36(padded[0]));
  for (int i = 1; i < 8; ++i) sum += static_cast<long>(9 - i) * Base36(padded[i]);
  return padded[8] == "0123456789A"[From11(sum)];
}

// Indonesia, NIK: province and regency, which are counted from 01 and towns from 71 (Kemendagri's codes), birth date
// with 40 added to the day for women.
bool IdNik(std::string_view s) {
  const bool province = IsOneOf<11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63,
                                64, 65, 71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96, 97>(s.substr(0, 2));
  const long long regency = NumberOf(s.substr(2, 2));
  const bool known = (regency >= 1 && regency <= 40) || (regency >= 71 && regency <= 79);
  int day = static_cast<int>(NumberOf(s.substr(6, 2)));
  if (day > 40) day -= 40;
  return province && known &&
         IsDay(static_cast<int>(NumberOf(s.substr(10, 2))), static_cast<int>(NumberOf(s.substr(8, 2))), day);
}

// Indonesia, NPWP: Luhn over the first nine of fifteen digits; of sixteen the first is a 0 before them (PMK
// 112/PMK.03/2022).
bool IdNpwp(std::string_view s) {
  return Luhn(s.substr(s.size() - 15, 9));
}

// Israel: Luhn; the noughts at the beginning of nine digits may be left out, and add nothing.
bool IlIdentity(std::string_view s) {
  return s.find_first_not_of('0') != s.npos && Luhn(s);
}

// India: Aadhaar by Verhoeff (UIDAI), PAN by its letters, GSTIN by Luhn mod 36, EPIC by Luhn.
bool InAadhaar(std::string_view s) {
  return s[0] >= '2' && Verhoeff(s) && std::string(s.rbegin(), s.rend()) != s;
}

bool InPan(std::string_view s) {
  return s.substr(5, 4) != "0000";
}

bool InGstin(std::string_view s) {
  const long long state = NumberOf(s.substr(0, 2));
  return state >= 1 && state <= 38 && LuhnBase36(s);
}

bool InEpic(std::string_view s) {
  return Luhn(s.substr(3));
}

// Japan: individual number (Order 85/2014 art. 5) and corporate number.
bool JpIndividual(std::string_view s) {
  const long rest = WeightedSum(s, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest <= 1 ? 0 : 11 - rest) == DigitAt(s, 11);
}

bool JpCorporate(std::string_view s) {
  return 9 - WeightedSum(s.substr(1), {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}) % 9 == DigitAt(s, 0);
}

// Korea: resident registration number (with birth date) and business number. The six last digits of those born from 5
// October 2020 on are arbitrary (주민등록법 시행규칙, 2020); 3 and 4 before them are this century's.
bool KrResident(std::string_view s) {
  constexpr long long kFirstArbitrary = 20'10'05, kLastArbitrary = 39'12'31;  // not decades from now
  if (!IsYearMonthDay(s.substr(0, 6))) return false;
  const long long born = NumberOf(s.substr(0, 6));
  if ((s[6] == '3' || s[6] == '4') && born >= kFirstArbitrary && born <= kLastArbitrary) return true;
  return (11 - WeightedSum(s, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11) % 10 == DigitAt(s, 12);
}

bool KrBusiness(std::string_view s) {
  const long sum = WeightedSum(s, {1, 3, 7, 1, 3, 7, 1, 3, 5}) + DigitAt(s, 8) * 5 / 10;
  return (10 - sum % 10) % 10 == DigitAt(s, 9);
}

bool MaIce(std::string_view s) {
  return Remainder97(s) == 0;
}

// Mexico: CURP (RENAPO) and RFC (SAT) with their alphabets of 37 and 38 signs; Ñ does not occur in text without
// accents.
bool MxCurp(std::string_view s) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMN\1OPQRSTUVWXYZ";
  long sum = 0;
  for (int i = 0; i < 17; ++i) sum += static_cast<long>(kAlphabet.find(s[i])) * (18 - i);
  return IsYearMonthDay(s.substr(4, 6)) && (10 - sum % 10) % 10 == DigitAt(s, 17);
}

bool MxClabe(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += DigitAt(s, i) * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1) % 10;
  return (10 - sum % 10) % 10 == DigitAt(s, 17);
}

bool MxRfc(std::string_view s) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ \1";
  if (!IsYearMonthDay(s.substr(s.size() - 9, 6))) return false;
  const std::string padded = s.size() == 12 ? " " + std::string(s) : std::string(s);
  long sum = 0;
  for (int i = 0; i < 12; ++i) sum += static_cast<long>(kAlphabet.find(padded[i])) * (13 - i);
  const long check = From11(sum);
  return padded[12] == (check == 10 ? 'A' : static_cast<char>('0' + check));
}

// Malaysia, MyKad: birth date and place.
bool MyIdentity(std::string_view s) {
  static constexpr std::string_view kNone = " 00 17 18 19 20 69 70 73 80 81 94 95 96 97 ";
  return IsYearMonthDay(s.substr(0, 6)) && !IsAmong(kNone, s.substr(6, 2));
}

bool MzNuit(std::string_view s) {
  return s.back() == "01234567891"[WeightedSum(s, {8, 9, 4, 5, 6, 7, 8, 9}) % 11];
}

// Mauritius: a day of birth and a check sign mod 17, letters counting from 10 (as the ministry describes it).
bool MuNic(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i < 13; ++i) sum += Base36(s[i]) * static_cast<long>(14 - i);
  return IsDayMonthYear(s.substr(1, 6)) && Base36(s[13]) == (17 - sum % 17) % 17;
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

// Oman, VATIN: ISO 7064 mod 11,2 over what follows "OM" and the two digits of the kind.
bool OmVat(std::string_view s) {
  return Mod11_2(s.substr(4));
}

bool PeRuc(std::string_view s) {
  static constexpr std::string_view kKinds = " 10 15 17 20 ";
  return IsAmong(kKinds, s.substr(0, 2)) &&
         (11 - WeightedSum(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 10 == DigitAt(s, 10);
}

bool PeDni(std::string_view s) {
  const long sum = WeightedSum(s, {3, 2, 7, 6, 5, 4, 3, 2});
  return IsAsciiDigit(s[8]) ? s[8] == "65432110987"[sum % 11] : s[8] == "KJIHGFEDCBA"[sum % 11];
}

bool PkCnic(std::string_view s) {
  return s[0] >= '1' && s[0] <= '7' && s[12] != '0';
}

bool PyRuc(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += static_cast<long>(i + 2) * DigitAt(s, s.size() - 2 - i);
  return From11(sum) % 10 == DigitAt(s, s.size() - 1);
}

// Singapore, NRIC and FIN: letter tables by prefix (ICA).
bool SgNric(std::string_view s) {
  long sum = WeightedSum(s.substr(1), {2, 7, 6, 5, 4, 3, 2});
  if (s[0] == 'T' || s[0] == 'G') sum += 4;
  if (s[0] == 'M') sum += 3;
  const std::string_view table = s[0] == 'S' || s[0] == 'T' ? "JZIHGFEDCBA"
                                 : s[0] == 'M'              ? "XWUTRQPNJLK"
                                                            : "XWUTRQPNMLK";
  return s[8] == table[sum % 11];
}

// Singapore, unique entity number: of businesses, of companies by year, of others (ACRA, uen.gov.sg).
bool SgUen(std::string_view s) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
  static constexpr std::array<int, 9> kWeights = {4, 3, 5, 3, 10, 2, 2, 5, 7};
  if (s.size() == 9) return s[8] == "XMKECAWLJDB"[WeightedSum(s, {10, 4, 9, 3, 8, 2, 7, 1}) % 11];
  if (AllDigits(s.substr(0, 9))) return s[9] == "ZKCMDNERGWH"[WeightedSum(s, {10, 8, 6, 4, 9, 7, 5, 3, 1}) % 11];
  long sum = -5;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const auto value = kAlphabet.find(s[i]);
    if (value == kAlphabet.npos) return false;
    sum += static_cast<long>(value) * kWeights[i];
  }
  return s[9] == kAlphabet[static_cast<std::size_t>((sum + 11) % 11)];
}

// Senegal, NINEA: seven or nine digits whose even places count twice, and perhaps the tax regime's three signs (ANSD).
bool SnNinea(std::string_view s) {
  const std::size_t digits = s.size() == 10 || s.size() == 12 ? s.size() - 3 : s.size();
  const std::string padded = std::string(9 - digits, '0') + std::string(s.substr(0, digits));
  return WeightedSum(padded, {1, 2, 1, 2, 1, 2, 1, 2, 1}) % 10 == 0;
}

bool SvNit(std::string_view s) {
  const bool old = NumberOf(s.substr(10, 3)) <= 100;
  if (old) return WeightedSum(s, {14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11 % 10 == DigitAt(s, 13);
  return From11(WeightedSum(s, {2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2})) % 10 == DigitAt(s, 13);
}

bool ThIdentity(std::string_view s) {
  return s[0] != '9' && (11 - WeightedSum(s, {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 10 == DigitAt(s, 12);
}

// Taiwan: national identification number and unified business number.
bool TwIdentity(std::string_view s) {
  static constexpr std::string_view kOrder = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
  const int place = static_cast<int>(kOrder.find(s[0])) + 10;
  return (place / 10 + place % 10 * 9 + WeightedSum(s.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1})) % 10 == 0;
}

bool TwBusiness(std::string_view s) {
  static constexpr std::array<int, 8> kWeights = {1, 2, 1, 2, 1, 2, 4, 1};
  int sum = 0;
  for (int i = 0; i < 8; ++i) {
    const int times = DigitAt(s, i) * kWeights[i];
    sum += times / 10 + times % 10;
  }
  return sum % 5 == 0 || (s[6] == '7' && (sum + 1) % 5 == 0);
}

// United States: areas, groups and serials that the SSA never gives; ITIN groups (IRS).
bool UsSsn(std::string_view s) {
  const long long area = NumberOf(s.substr(0, 3));
  return area != 0 && area != 666 && area < 900 && s.substr(3, 2) != "00" && s.substr(5) != "0000" &&
         s != "123456789" && s != "078051120" && s.find_first_not_of(s[0]) != s.npos;
}

bool UsItin(std::string_view s) {
  const long long group = NumberOf(s.substr(3, 2));
  return s[0] == '9' && ((group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) ||
                         (group >= 94 && group <= 99));
}

bool UsEin(std::string_view s) {
  static constexpr std::string_view kUnused = " 00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97 ";
  return !IsAmong(kUnused, s.substr(0, 2));
}

// United States, National Provider Identifier: Luhn with 80840 before it (CMS).
bool UsNpi(std::string_view s) {
  return (s[0] == '1' || s[0] == '2') && Luhn("80840" + std::string(s));
}

// United States, DEA registration: odd places and twice the even ones.
bool UsDea(std::string_view s) {
  return (WeightedSum(s.substr(2), {1, 2, 1, 2, 1, 2})) % 10 == DigitAt(s, 8);
}

bool UyRut(std::string_view s) {
  return From11(WeightedSum(s, {4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 11);
}

bool UyIdentity(std::string_view s) {
  const std::string d = std::string(8 - s.size(), '0') + std::string(s);
  return (10 - WeightedSum(d, {2, 9, 8, 7, 6, 3, 4}) % 10) % 10 == DigitAt(d, 7);
}

bool VeRif(std::string_view s) {
  const long kind = s[0] == 'V' ? 4 : s[0] == 'E' ? 8 : s[0] == 'J' || s[0] == 'C' ? 12 : s[0] == 'P' ? 16 : 20;
  const long sum = kind + WeightedSum(s.substr(1), {3, 2, 7, 6, 5, 4, 3, 2});
  return s[9] == "00987654321"[sum % 11];
}

bool VnTax(std::string_view s) {
  const long check = 10 - WeightedSum(s, {31, 29, 23, 19, 17, 13, 7, 5, 3}) % 11;
  return check >= 0 && check < 10 && check == DigitAt(s, 9);
}

// South Africa, identity number: birth date, citizenship, Luhn.
bool ZaIdentity(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 6)) && s[10] <= '2' && Luhn(s);
}

bool ZaTax(std::string_view s) {
  return std::string_view("01239").find(s[0]) != std::string_view::npos && Luhn(s);
}

// United Arab Emirates, Emirates ID: 784, year of birth, Luhn. Saudi Arabia: 1 or 2 and Luhn.
bool AeIdentity(std::string_view s) {
  return s.starts_with("784") && (s[3] == '1' || s[3] == '2') && Luhn(s);
}

bool SaIdentity(std::string_view s) {
  return (s[0] == '1' || s[0] == '2') && Luhn(s);
}

// Kuwait, civil number: century, birth date, mod 11.
bool KwCivil(std::string_view s) {
  return (s[0] == '2' || s[0] == '3') && IsYearMonthDay(s.substr(1, 6)) &&
         11 - WeightedSum(s, {2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}) % 11 == DigitAt(s, 11);
}

// Iran, national code.
bool IrNational(std::string_view s) {
  const long rest = WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return s.find_first_not_of(s[0]) != s.npos && (rest < 2 ? rest : 11 - rest) == DigitAt(s, 9);
}

// Kazakhstan, IIN: two rounds of weights. It began with the birth date, the century and the sex until 2013 (Government
// decree 853 of 26 August 2013).
bool KzIin(std::string_view s) {
  long check = WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
  if (check == 10) check = WeightedSum(s, {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
  return check < 10 && check == DigitAt(s, 11);
}

bool KzIinDated(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 6)) && s[6] >= '1' && s[6] <= '6' && KzIin(s);
}

// Sri Lanka: day of the year, 500 more for women.
bool LkIdentity(std::string_view s) {
  const long long day = NumberOf(s.substr(s.size() == 12 ? 4 : 2, 3)) % 500;
  return day >= 1 && day <= 366;
}

// HISO 10046: letters count from A = 1, without I and O. The older form ends with a check digit modulo 11, the newer
// with a check letter modulo 23; a remainder of 0 is never issued in the older.
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

// Documento Único de Identidad: eight digits weighted 9 to 2 and the complement modulo 10.
bool SvDui(std::string_view s) {
  return s.size() == 9 && (WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 10) == 0;
}

// Código Único de Identificación: eight digits weighted 2 to 9 modulo 11, then department (1 to 22) and municipality.
bool GtCui(std::string_view s) {
  if (s.size() != 13) return false;
  const auto department = NumberOf(s.substr(9, 2)), municipality = NumberOf(s.substr(11, 2));
  return WeightedSum(s.substr(0, 8), {2, 3, 4, 5, 6, 7, 8, 9}) % 11 == s[8] - '0' && department >= 1 &&
         department <= 22 && municipality >= 1;
}

// Brazil, Cartão Nacional de Saúde: digits weighted 15 to 1, divisible by 11 (DATASUS, rotina de validação do CNS).
bool BrSus(std::string_view s) {
  return WeightedSum(s, {15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Ontario, health number: Luhn; a version of two letters may follow (Ministry of Health, health card validation).
bool CaHealthOn(std::string_view s) {
  return Luhn(s.substr(0, 10));
}

// Mexico, clave de elector: letters of the names, birth date, federal entity 01 to 32 and those born abroad from 87 on
// (INE).
bool MxElector(std::string_view s) {
  const long long entity = NumberOf(s.substr(12, 2));
  return IsYearMonthDay(s.substr(6, 6)) && ((entity >= 1 && entity <= 33) || (entity >= 87 && entity <= 88));
}

// India, licences begin with the letters of a state (Motor Vehicles Act 1988, section 41(6)).
bool InState(std::string_view s) {
  static constexpr std::string_view kStates =
      " AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA "
      "UK "
      "UP WB ";
  return IsAmong(kStates, s.substr(0, 2));
}

// Nicaragua, cédula: municipality, birth date, number of that day and a letter (Ley 152, Consejo Supremo Electoral).
bool NiCedula(std::string_view s) {
  return IsDayMonthYear(s.substr(3, 6));
}

// Armenia, public services number: sex and day of birth in the first two digits, then month and year (law on the public
// services number, 2011); what is added to the day is not in the law, and the rule of the last digit is not public.
bool AmServices(std::string_view s) {
  const long long month = NumberOf(s.substr(2, 2));
  return month >= 1 && month <= 12;
}

// Brazil, voter's number: eight digits, the state from 01 to 28 and two check digits (Resolução TSE 21.538/2003, art.
// 12), the first of which is 1 for 0 in São Paulo and Minas Gerais; PIS/PASEP.
bool BrVoter(std::string_view s) {
  const long long state = NumberOf(s.substr(8, 2));
  const auto check_of = [state](long sum) { return sum % 11 == 10 ? 0 : sum % 11 == 0 && state <= 2 ? 1 : sum % 11; };
  return state >= 1 && state <= 28 && check_of(WeightedSum(s, {2, 3, 4, 5, 6, 7, 8, 9})) == DigitAt(s, 10) &&
         check_of(WeightedSum(s.substr(8), {7, 8, 9})) == DigitAt(s, 11);
}

bool BrPis(std::string_view s) {
  return s.find_first_not_of(s[0]) != s.npos &&
         BrCheck(WeightedSum(s, {3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == DigitAt(s, 10);
}

// Mongolia, register number: two letters (four bytes of Cyrillic), birth date with 20 added to the month since 2000,
// and two digits (order 331 of 2010 of the General Authority for State Registration).
bool MnRegister(std::string_view s) {
  constexpr int kSince2000 = 20;
  const std::string_view digits = s.substr(s.size() - 8);
  int month = static_cast<int>(NumberOf(digits.substr(2, 2)));
  if (month > kSince2000) month -= kSince2000;
  return IsDay(static_cast<int>(NumberOf(digits.substr(0, 2))), month, static_cast<int>(NumberOf(digits.substr(4, 2))));
}

// Panama, cédula: province, volume and entry. 8-12-1990 is a day.
bool PaCedula(std::string_view s) {
  const std::size_t volume = s.find('-') + 1, entry = s.rfind('-') + 1;
  if (!AllDigits(s.substr(0, volume - 1)) || s.size() - entry != 4) return true;
  const bool century = s.substr(entry, 2) == "19" || s.substr(entry, 2) == "20";
  return !century || entry - volume > 3 || NumberOf(s.substr(volume, entry - 1 - volume)) > 31;
}

// Qatar, QID: century and year of birth, then the nationality as ISO 3166-1 numbers it, withdrawn numbers too.
bool QaIdentity(std::string_view s) {
  static constexpr std::string_view kCountries =
      " 004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 "
      "090 "
      "092 096 100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 "
      "196 200 203 204 208 212 214 218 222 226 230 231 232 233 234 238 239 242 246 248 250 254 258 260 262 266 268 270 "
      "275 276 278 280 288 292 296 300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 "
      "380 384 388 392 398 400 404 408 410 414 417 418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 "
      "478 480 484 492 496 498 499 500 504 508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 574 578 "
      "580 581 583 584 585 586 591 598 600 604 608 612 616 620 624 626 630 634 638 642 643 646 652 654 659 660 662 663 "
      "666 670 674 678 682 686 688 690 694 702 703 704 705 706 710 716 720 724 728 729 732 736 740 744 748 752 756 760 "
      "762 764 768 772 776 780 784 788 792 795 796 798 800 804 807 810 818 826 831 832 833 834 840 850 854 858 860 862 "
      "876 882 886 887 891 894 ";
  return IsAmong(kCountries, s.substr(3, 3));
}

// Tanzania, NIDA number: it begins with the birth date.
bool TzNida(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 8));
}

// Uzbekistan, PINFL: sex and century, then the birth date.
bool UzPinfl(std::string_view s) {
  return IsDayMonthYear(s.substr(1, 6));
}

// Zimbabwe: before the two digits of the district the letter that the number modulo 23 gives (Civil Registry
// Department; the table as it is published on trueidzim.com).
bool ZwIdentity(std::string_view s) {
  static constexpr std::string_view kLetters = "ZABCDEFGHJKLMNPQRSTVWXY";
  const std::size_t letter = s.size() - 3;
  return kLetters[static_cast<std::size_t>(NumberOf(s.substr(0, letter)) % 23)] == s[letter];
}

}  // namespace

std::span<const Validator> WorldValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"ar_cuit", ArCuit, 0.011, "[0-9]{11}"},
      {"ar_cuit_company", ArCuit, 0.095, "3[034][0-9]{9}"},
      {"ar_cbu", ArCbu, 0.01, "[0-9]{22}"},
      {"au_abn", AuAbn, 0.0112, "[1-9][0-9]{10}"},
      {"au_acn", AuAcn, 0.1, "[0-9]{9}"},
      {"au_tfn", AuTfn, 0.09, "[0-9]{8,9}"},
      {"au_medicare", AuMedicare, 0.1, "[2-6][0-9]{9,10}"},
      {"az_voen", AzVoen, 0.018, "[0-9]{10}"},
      {"br_sus", BrSus, 0.091, "[0-9]{15}"},
      {"br_cnh", BrCnh, 0.01, "[0-9]{11}"},
      {"br_cpf", BrCpf, 0.0103, "[0-9]{11}"},
      {"br_cnpj", BrCnpj, 0.0103, "[0-9A-Z]{12}[0-9]{2}"},
      {"ca_sin", CaSin, 0.08, "[1-79][0-9]{8}"},
      {"ca_business", CaBusiness, 0.1, "[0-9]{9} [0-9]{9}[A-Z]{2}[0-9]{4}"},
      {"ca_health_on", CaHealthOn, 0.1, "[0-9]{10} [0-9]{10}[A-Z]{2}"},
      {"ca_health_bc", CaHealthBc, 0.093, "9[0-9]{9}"},
      {"cl_rut", ClRut, 0.09, "[0-9]{7,8}[0-9K]"},
      {"cn_resident", CnResident, 0.0006, "[1-8][0-9]{16}[0-9X]"},
      {"cn_credit", CnCredit, 0.03, "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"},
      {"co_nit", CoNit, 0.09, "[0-9]{8,10} [0-9]{11,16}"},
      {"cu_identity", CuIdentity, 0.037, "[0-9]{11}"},
      {"do_rnc", DoRnc, 0.1, "[1-9][0-9]{8}"},
      {"ec_cedula", EcCedula, 0.0175, "[0-9]{10}"},
      {"ec_ruc", EcRuc, 0.0001, "[0-9]{13}"},
      {"eg_national", EgNational, 0.012, "[23][0-9]{13}"},
      {"gh_tin", GhTin, 0.09, "[PCGQV]00[0-9]{7}[0-9X]"},
      {"gt_nit", GtNit, 0.09, "[0-9]{4,9}[0-9K]"},
      {"hk_identity", HkIdentity, 0.09, "[A-Z][A-Z]?[0-9]{6}[0-9A]"},
      {"id_nik", IdNik, 0.026, "[1-9][0-9]{15}"},
      {"id_npwp", IdNpwp, 0.1, "[0-9]{15} 0[0-9]{15}"},
      {"il_identity", IlIdentity, 0.1, "[0-9]{8,9}"},
      {"in_aadhaar", InAadhaar, 0.08, "[2-9][0-9]{11}"},
      {"in_pan", InPan, 0.9999, "[A-Z]{5}[0-9]{4}[A-Z]"},
      {"in_state", InState, 0.062, "[A-Z]{2}[0-9]{13}"},
      {"in_gstin", InGstin, 0.028, "[0-3][0-9][A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]"},
      {"in_epic", InEpic, 0.1, "[A-Z]{3}[0-9]{7}"},
      {"jp_individual", JpIndividual, 0.1, "[0-9]{12}"},
      {"jp_corporate", JpCorporate, 0.1, "[1-9][0-9]{12}"},
      {"kr_resident", KrResident, 0.005, "[0-9]{13}"},
      {"kr_business", KrBusiness, 0.1, "[1-9][0-9]{9}"},
      {"ma_ice", MaIce, 0.0103, "[0-9]{15}"},
      {"mx_curp", MxCurp, 0.0037, "[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]"},
      {"mx_clabe", MxClabe, 0.1, "[0-9]{18}"},
      {"mx_rfc", MxRfc, 0.0034, "[A-Z&]{3,4}[0-9]{6}[0-9A-Z]{2}[0-9A]"},
      {"my_identity", MyIdentity, 0.031, "[0-9]{12}"},
      {"mz_nuit", MzNuit, 0.1, "[1-9][0-9]{8}"},
      {"mx_elector", MxElector, 0.012, "[A-Z]{6}[0-9]{8}[HM][0-9]{3}"},
      {"ni_cedula", NiCedula, 0.037, "[0-9]{13}[A-Z]"},
      {"mu_nic", MuNic, 0.02, "[A-Z][0-3][0-9][01][0-9]{9}[0-9A-G]"},
      {"nz_account", NzAccount, 0.002, "[0-3][0-9]{14,15}"},
      {"nz_ird", NzIrd, 0.053, "[0-9]{8,9}"},
      {"om_vat", OmVat, 0.09, "OM1[0-9]{8}[0-9X]"},
      {"pe_ruc", PeRuc, 0.02, "[12][0-9]{10}"},
      {"pe_dni", PeDni, 0.09, "[0-9]{8}[0-9A-K]"},
      {"pk_cnic", PkCnic, 0.63, "[1-7][0-9]{12}"},
      {"py_ruc", PyRuc, 0.1, "[0-9]{6,9}"},
      {"sg_nric", SgNric, 0.0385, "[STFGM][0-9]{7}[A-Z]"},
      {"sg_uen", SgUen, 0.05, "[0-9]{8,9}[A-Z] [RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]"},
      {"sn_ninea", SnNinea, 0.1, "[0-9]{7} [0-9]{9} [0-9]{7}[0-2][A-Z][0-9] [0-9]{9}[0-2][A-Z][0-9]"},
      {"sv_nit", SvNit, 0.1, "[0-9]{14}"},
      {"th_identity", ThIdentity, 0.09, "[1-8][0-9]{12} 0[0-9]{12}"},
      {"tw_identity", TwIdentity, 0.1, "[A-Z][1289][0-9]{8}"},
      {"tw_business", TwBusiness, 0.2, "[0-9]{8}"},
      {"us_ssn", UsSsn, 0.89, "[0-9]{9}"},
      {"us_itin", UsItin, 0.44, "9[0-9]{8}"},
      {"us_ein", UsEin, 0.83, "[0-9]{9}"},
      {"us_npi", UsNpi, 0.1, "[12][0-9]{9}"},
      {"us_dea", UsDea, 0.1, "[ABCDEFGHJKLMPRSTUX][A-Z9][0-9]{7}"},
      {"uy_rut", UyRut, 0.09, "[0-2][0-9]{11}"},
      {"uy_identity", UyIdentity, 0.1, "[0-9]{7,8}"},
      {"ve_rif", VeRif, 0.09, "[VEJPG][0-9]{9}"},
      {"vn_tax", VnTax, 0.09, "[0-9]{10} [0-9]{13}"},
      {"za_identity", ZaIdentity, 0.001, "[0-9]{13}"},
      {"za_tax", ZaTax, 0.1, "[01239][0-9]{9}"},
      {"ae_identity", AeIdentity, 0.02, "784[0-9]{12}"},
      {"sa_identity", SaIdentity, 0.1, "[12][0-9]{9}"},
      {"kw_civil", KwCivil, 0.0024, "[23][0-9]{11}"},
      {"ir_national", IrNational, 0.09, "[0-9]{10}"},
      {"kz_iin", KzIin, 0.091, "[0-9]{12}"},
      {"kz_iin_dated", KzIinDated, 0.002, "[0-9]{12}"},
      {"nz_nhi", NzNhi, 0.09, "[A-HJ-NP-Z]{3}[0-9]{4} [A-HJ-NP-Z]{3}[0-9]{2}[A-HJ-NP-Z]{2}"},
      {"sv_dui", SvDui, 0.1, "[0-9]{9}"},
      {"gt_cui", GtCui, 0.02, "[0-9]{13}"},
      {"lk_identity", LkIdentity, 0.73, "[0-9]{9}[VX] [12][0-9]{11}"},
      {"am_services", AmServices, 0.12, "[1-9][0-9]{9}"},
      {"br_voter", BrVoter, 0.0027, "[0-9]{12}"},
      {"br_pis", BrPis, 0.1, "[0-9]{11}"},
      {"mn_register", MnRegister, 0.07, "[АБВГДЕЁЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ]{4}[0-9]{8} [A-Z]{2}[0-9]{8}"},
      {"pa_cedula", PaCedula, 0.98, "[0-9A-Z]{1,4}-[0-9A-Z]{1,4}-[0-9]{2,6}"},
      {"qa_identity", QaIdentity, 0.26, "[23][0-9]{10}"},
      {"tz_nida", TzNida, 0.037, "[12][09][0-9]{18}"},
      {"uz_pinfl", UzPinfl, 0.037, "[1-6][0-9]{13}"},
      {"zw_identity", ZwIdentity, 0.0435, "[0-9]{8,9}[A-HJ-NP-TV-Z][0-9]{2}"},
  });
  return kAll;
}

}  // namespace privity::detect
