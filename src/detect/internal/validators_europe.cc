// Numbers that European states give. Each rule names the authority that publishes it; lengths and letters are already
// checked by the pattern of the detector file.
#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// Austria, Sozialversicherungsnummer: check digit in the fourth place, then the birth date (svs.at). Months 13 to 15
// are given when a day's numbers are used up.
bool AtSvnr(std::string_view s) {
  const long check = WeightedSum(s, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6}) % 11;
  const int month = static_cast<int>(NumberOf(s.substr(6, 2)));
  const int day = static_cast<int>(NumberOf(s.substr(4, 2)));
  return s[0] != '0' && check == DigitAt(s, 3) && month >= 1 && month <= 15 && day >= 1 && day <= 31;
}

// Austria, UID: ATU and eight digits, the last (10 - (sum + 4) mod 10) mod 10 (BMF).
bool AtUid(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 8);
  int sum = 4;
  for (int i = 0; i < 7; ++i) {
    const int times = DigitAt(d, i) * (i % 2 == 0 ? 1 : 2);
    sum += times / 10 + times % 10;
  }
  return (10 - sum % 10) % 10 == DigitAt(d, 7);
}

// Belgium, rijksregisternummer: 97 minus the first nine digits mod 97, with a 2 before them for births from 2000 on
// (RD of 3 April 1984). bis numbers add 20 or 40 to the month.
bool BeNational(std::string_view s) {
  const long long check = NumberOf(s.substr(9));
  const long long first = NumberOf(s.substr(0, 9));
  const int month = static_cast<int>(NumberOf(s.substr(2, 2))) % 20;
  const int day = static_cast<int>(NumberOf(s.substr(4, 2)));
  return (97 - first % 97 == check || 97 - (first + 2'000'000'000) % 97 == check) && month <= 12 && day <= 31;
}

bool BeVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 10);
  return d[0] <= '1' && 97 - NumberOf(d.substr(0, 8)) % 97 == NumberOf(d.substr(8));
}

bool BeIdCard(std::string_view s) {
  const long long rest = NumberOf(s.substr(0, 10)) % 97;
  return (rest == 0 ? 97 : rest) == NumberOf(s.substr(10));
}

// Great Britain, postcode: the letters before the first digit are one of Royal Mail's 124 postcode areas.
bool GbPostcode(std::string_view s) {
  static constexpr std::array<std::string_view, 124> kAreas = {
      "AB", "AL", "B",  "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO",
      "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E",  "EC", "EH", "EN", "EX",
      "FK", "FY", "G",  "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV",
      "JE", "KA", "KT", "KW", "KY", "L",  "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M",  "ME", "MK", "ML", "N",
      "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S",
      "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN",
      "TQ", "TR", "TS", "TW", "UB", "W",  "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE"};
  const std::string_view area = s.substr(0, s.find_first_of("0123456789"));
  return std::ranges::binary_search(kAreas, area);
}

// Ireland, Eircode: the first three characters are one of the 139 routing keys (Eircode, product guide).
bool IePostcode(std::string_view s) {
  static constexpr std::array<std::string_view, 139> kKeys = {
      "A41", "A42", "A45", "A63", "A67", "A75", "A81", "A82", "A83", "A84", "A85", "A86", "A91", "A92", "A94", "A96",
      "A98", "C15", "D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13", "D14",
      "D15", "D16", "D17", "D18", "D20", "D22", "D24", "D6W", "E21", "E25", "E32", "E34", "E41", "E45", "E53", "E91",
      "F12", "F23", "F26", "F28", "F31", "F35", "F42", "F45", "F52", "F56", "F91", "F92", "F93", "F94", "H12", "H14",
      "H16", "H18", "H23", "H53", "H54", "H62", "H65", "H71", "H91", "K32", "K34", "K36", "K45", "K56", "K67", "K78",
      "N37", "N39", "N41", "N91", "P12", "P14", "P17", "P24", "P25", "P31", "P32", "P36", "P43", "P47", "P51", "P56",
      "P61", "P67", "P72", "P75", "P81", "P85", "R14", "R21", "R32", "R35", "R42", "R45", "R51", "R56", "R93", "R95",
      "T12", "T23", "T34", "T45", "T56", "V14", "V15", "V23", "V31", "V35", "V42", "V92", "V93", "V94", "V95", "W12",
      "W23", "W34", "W91", "X35", "X42", "X91", "Y14", "Y21", "Y25", "Y34", "Y35"};
  return std::ranges::binary_search(kKeys, s.substr(0, 3));
}

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

// Switzerland, AHV number: 756 and an EAN-13 check digit (ZAS).
bool Ean13(std::string_view s) {
  return WeightedSum(s, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

// Switzerland, UID (BFS).
bool ChUid(std::string_view s) {
  const std::string_view d = s.substr(3, 9);
  const long check = (11 - WeightedSum(d, {5, 4, 3, 2, 7, 6, 5, 4}) % 11) % 11;
  return check != 10 && check == DigitAt(d, 8);
}

// Cyprus, tax identification code: odd places are translated.
bool CyVat(std::string_view s) {
  static constexpr std::array<int, 10> kOdd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  const std::string_view d = s.substr(s.size() - 9);
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += i % 2 == 0 ? kOdd[DigitAt(d, i)] : DigitAt(d, i);
  return !d.starts_with("12") && d[8] == 'A' + sum % 26;
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
  const long check = (11 - WeightedSum(d, {8, 7, 6, 5, 4, 3, 2}) % 11) % 11;
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

// Germany, Steuer-Identifikationsnummer: one digit twice or three times among the first ten (BZSt), ISO 7064 mod 11,10.
bool DeTaxId(std::string_view s) {
  std::array<int, 10> count{};
  for (const char c : s.substr(0, 10)) ++count[c - '0'];
  int repeated = 0;
  for (const int n : count) {
    if (n > 3) return false;
    repeated += n > 1 ? 1 : 0;
  }
  return s[0] != '0' && repeated == 1 && Mod11_10(s);
}

bool DeVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 9);
  return d[0] != '0' && Mod11_10(d);
}

// Germany, identity card and passport serials: weights 7, 3, 1, letters from A = 10 (BSI TR-03105).
bool DeIdCard(std::string_view s) {
  static constexpr std::array<int, 3> kWeights = {7, 3, 1};
  if (s.size() < 10) return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += Base36(s[i]) * kWeights[i % 3];
  return IsAsciiDigit(s[9]) && sum % 10 == DigitAt(s, 9);
}

// Germany, Führerscheinnummer: authority, number, a check digit of weights 9 to 1 and the sign of the copy (FeV Anlage
// 8).
bool DeLicence(std::string_view s) {
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += Base36(s[i]) * (9 - i);
  return s[9] == "0123456789X"[sum % 11];
}

int DigitSum(int number) {
  return number / 10 + number % 10;
}

// Germany, Versicherungsnummer of the pension insurance (VKVV section 2).
bool DePension(std::string_view s) {
  static constexpr std::array<int, 12> kWeights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
  const int letter = s[8] - 'A' + 1;
  const std::string d =
      std::string(s.substr(0, 8)) + (letter < 10 ? "0" : "") + std::to_string(letter) + std::string(s.substr(9, 2));
  int sum = 0;
  for (int i = 0; i < 12; ++i) sum += DigitSum((d[i] - '0') * kWeights[i]);
  const int day = static_cast<int>(NumberOf(s.substr(2, 2)));
  const int month = static_cast<int>(NumberOf(s.substr(4, 2)));
  return sum % 10 == DigitAt(s, 11) && month >= 1 && month <= 12 && day >= 1 && day % 50 <= 31;
}

// Germany, Krankenversichertennummer (section 290 SGB V).
bool DeHealth(std::string_view s) {
  const int letter = s[0] - 'A' + 1;
  const std::string d = std::string(letter < 10 ? "0" : "") + std::to_string(letter) + std::string(s.substr(1, 8));
  int sum = 0;
  for (int i = 0; i < 10; ++i) sum += DigitSum((d[i] - '0') * (i % 2 == 0 ? 1 : 2));
  return sum % 10 == DigitAt(s, 9);
}

// Denmark, CPR: a birth date; the mod 11 check is no longer promised since 2007. The Faroese p-tal is one and three
// digits (TAKS).
bool DkCpr(std::string_view s) {
  return IsDayMonthYear(s.substr(0, 6));
}

bool DkCvr(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 8);
  return d[0] != '0' && WeightedSum(d, {2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Estonia and Lithuania: sex and century, birth date, two rounds of weights (EVS 585; Lithuanian law I-2237).
bool BalticPersonal(std::string_view s) {
  if (s[0] < '1' || s[0] > '8' || !IsYearMonthDay(s.substr(1, 6))) return false;  // as most of eleven digits
  long check = WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (check == 10) check = WeightedSum(s, {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
  return check == DigitAt(s, 10);
}

bool EeVat(std::string_view s) {
  return WeightedSum(s.substr(s.size() - 9), {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0;
}

bool EeRegister(std::string_view s) {
  long check = WeightedSum(s, {1, 2, 3, 4, 5, 6, 7}) % 11;
  if (check == 10) check = WeightedSum(s, {3, 4, 5, 6, 7, 8, 9}) % 11 % 10;
  return check == DigitAt(s, 7);
}

// Spain, DNI and NIE: the letter is the number mod 23 (Real Decreto 1553/2005).
bool EsDni(std::string_view s) {
  static constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
  std::string d(s);
  if (d[0] >= 'X' && d[0] <= 'Z') d[0] = static_cast<char>('0' + (d[0] - 'X'));
  if (!IsAsciiDigit(d[0])) d = d.substr(1);  // K, L, M
  return AllDigits(std::string_view(d).substr(0, d.size() - 1)) &&
         d.back() == kLetters[NumberOf(std::string_view(d).substr(0, d.size() - 1)) % 23];
}

// Spain, NIF of organizations: Luhn-like check as a digit or a letter (Orden EHA/451/2008).
bool EsCif(std::string_view s) {
  int sum = 0;
  for (int i = 1; i <= 7; ++i) {
    const int digit = DigitAt(s, i);
    sum += i % 2 == 1 ? DigitSum(digit * 2) : digit;
  }
  const int check = (10 - sum % 10) % 10;
  return IsAsciiDigit(s[8]) ? s[8] - '0' == check : s[8] == "JABCDEFGHI"[check];
}

// Spain, código cuenta cliente: two check digits.
bool EsAccount(std::string_view s) {
  const auto check = [](std::string_view ten) {
    const long value = 11 - WeightedSum(ten, {1, 2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11;
    return value == 11 ? 0 : value == 10 ? 1 : value;
  };
  return check("00" + std::string(s.substr(0, 8))) == DigitAt(s, 8) && check(s.substr(10)) == DigitAt(s, 9);
}

// Poland, NRB: the IBAN without its letters (ISO 13616).
bool PlAccount(std::string_view s) {
  return Remainder97("PL" + std::string(s.substr(0, 2)), Remainder97(s.substr(2))) == 1;
}

// France, RIB: bank, branch, account and key are divisible by 97, letters of the account counting 1 to 9 as A to I, J
// to R and 2 to 9 as S to Z.
bool FrAccount(std::string_view s) {
  std::string digits(s);
  for (char& c : digits) {
    if (c >= 'A' && c <= 'I') c = static_cast<char>('1' + (c - 'A'));
    if (c >= 'J' && c <= 'R') c = static_cast<char>('1' + (c - 'J'));
    if (c >= 'S' && c <= 'Z') c = static_cast<char>('2' + (c - 'S'));
  }
  return Remainder97(digits) == 0 && !digits.ends_with("00");
}

// Spain, número de afiliación a la Seguridad Social: province, number, and the rest by 97.
bool EsSocialSecurity(std::string_view s) {
  const long long province = NumberOf(s.substr(0, 2));
  long long number = NumberOf(s.substr(2, 8));
  number = number < 10'000'000 ? province * 10'000'000 + number : province * 100'000'000 + number;
  return province >= 1 && province <= 66 && number % 97 == NumberOf(s.substr(10));
}

// Finland, henkilötunnus: birth date, century sign, number mod 31 (DVV).
bool FiHetu(std::string_view s) {
  static constexpr std::string_view kCheck = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  std::string d(s);
  if (d.size() == 11) d.erase(6, 1);  // the sign, where it is a letter
  if (d.size() != 10 || !AllDigits(std::string_view(d).substr(0, 9)) || !IsDayMonthYear(d.substr(0, 6))) return false;
  return NumberOf(d.substr(6, 3)) >= 2 && d[9] == kCheck[NumberOf(std::string_view(d).substr(0, 9)) % 31];
}

bool FiBusiness(std::string_view s) {
  return WeightedSum(s.substr(s.size() - 8), {7, 9, 10, 5, 8, 4, 2, 1}) % 11 == 0;
}

// France, numéro de sécurité sociale: 97 minus the first thirteen mod 97; Corsica's 2A is 19, 2B is 18 (INSEE).
bool FrNir(std::string_view s) {
  std::string d(s);
  if (d.substr(5, 2) == "2A") d.replace(5, 2, "19");
  if (d.substr(5, 2) == "2B") d.replace(5, 2, "18");
  if (!AllDigits(d)) return false;
  const int month = static_cast<int>(NumberOf(d.substr(3, 2)));
  const bool month_known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return month_known && 97 - NumberOf(std::string_view(d).substr(0, 13)) % 97 == NumberOf(d.substr(13));
}

// France, numéro fiscal: the first ten digits mod 511.
bool FrFiscal(std::string_view s) {
  return s[0] <= '3' && NumberOf(s.substr(0, 10)) % 511 == NumberOf(s.substr(10));
}

// France, SIRET: Luhn, as its SIREN; of La Poste's establishments the sum of the digits is divisible by 5 (INSEE).
bool FrSiret(std::string_view s) {
  if (s.starts_with("356000000") && WeightedSum(s, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}) % 5 == 0) return true;
  return Luhn(s) && Luhn(s.substr(0, 9));
}

bool FrVat(std::string_view s) {
  const std::string_view siren = s.substr(s.size() - 9);
  const std::string_view key = s.substr(s.size() - 11, 2);
  if (!AllDigits(key)) return Luhn(siren);
  return (12 + 3 * (NumberOf(siren) % 97)) % 97 == NumberOf(key) && (Luhn(siren) || siren.starts_with("000"));
}

// United Kingdom, NHS number: mod 11; a result of 10 is never issued (NHS Data Dictionary).
bool GbNhs(std::string_view s) {
  const long check = (11 - WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return check != 10 && check == DigitAt(s, 9) && s.find_first_not_of(s[0]) != s.npos;
}

// United Kingdom, National Insurance number: prefixes that are not used (HMRC NIM39110).
bool GbNino(std::string_view s) {
  static constexpr std::string_view kUnused = " BG GB KN NK NT TN ZZ ";
  return !IsAmong(kUnused, s.substr(0, 2));
}

// United Kingdom, Unique Taxpayer Reference: the first digit is the check.
bool GbUtr(std::string_view s) {
  return s[0] == "21987654321"[WeightedSum(s.substr(1), {6, 7, 8, 9, 10, 5, 4, 3, 2}) % 11];
}

bool GbVat(std::string_view s) {
  const std::string_view d = s.substr(s[0] == 'G' ? 2 : 0, 9);
  const long rest = (WeightedSum(d, {8, 7, 6, 5, 4, 3, 2, 10, 1})) % 97;
  return rest == 0 || rest == 42;
}

// United Kingdom, Unique Pupil Number: a check letter, then the number of a local authority, which are 201 and more, or
// of what stands for one, 001 to 005; a temporary number ends in a letter (DfE, Unique pupil numbers).
bool GbUpn(std::string_view s) {
  static constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";
  constexpr long long kFirstAuthority = 201, kPseudoAuthorities = 5;
  const long long authority = NumberOf(s.substr(1, 3));
  if (authority < 1 || (authority > kPseudoAuthorities && authority < kFirstAuthority)) return false;
  const long last = IsAsciiDigit(s[12]) ? DigitAt(s, 12) : static_cast<long>(kLetters.find(s[12]));
  const long sum = WeightedSum(s.substr(1, 11), {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) + 13 * last;
  return kLetters[static_cast<std::size_t>(sum % 23)] == s[0];
}

// United Kingdom, driver number: month + 5 for women in the second digit of the month's pair (DVLA).
bool GbDriver(std::string_view s) {
  const int month = static_cast<int>(NumberOf(s.substr(6, 2))) % 50;
  const int day = static_cast<int>(NumberOf(s.substr(8, 2)));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// Greece: AMKA is a birth date with Luhn; AFM doubles its way through mod 11.
bool GrAmka(std::string_view s) {
  return IsDayMonthYear(s.substr(0, 6)) && Luhn(s);
}

bool GrVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 9);
  long check = 0;
  for (int i = 0; i < 8; ++i) check = check * 2 + DigitAt(d, i);
  return d != "000000000" && check * 2 % 11 % 10 == DigitAt(d, 8);
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

// Ireland, PPS number: a check letter mod 23, the second letter counting nine times (Revenue), but for those of old
// numbers of spouses and of trusts.
bool IePps(std::string_view s) {
  long sum = WeightedSum(s, {8, 7, 6, 5, 4, 3, 2});
  if (s.size() == 9 && s[8] < 'T') sum += 9 * (s[8] - 'A' + 1);
  return s[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23];
}

bool IeVat(std::string_view s) {
  return IePps(s.substr(2));
}

// Iceland, kennitala.
bool IsKennitala(std::string_view s) {
  const int day = static_cast<int>(NumberOf(s.substr(0, 2)));
  const int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  const bool dated = month >= 1 && month <= 12 && day >= 1 && day <= 71 && (day <= 31 || day > 40);
  return dated && (s[9] == '9' || s[9] == '0' || s[9] == '8') && WeightedSum(s, {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Italy, codice fiscale: DM 23 December 1976. Digits may be replaced by letters where two people would share a code.
bool ItFiscal(std::string_view s) {
  static constexpr std::array<int, 36> kOdd = {1,  0,  5, 7, 9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
                                               19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (int i = 0; i < 15; ++i) {
    const int value = Base36(s[i]);
    sum += i % 2 == 0 ? kOdd[value] : value < 10 ? value : value - 10;
  }
  return std::string_view("ABCDEHLMPRST").find(s[8]) != std::string_view::npos && s[15] == 'A' + sum % 26;
}

// Italy, partita IVA: Luhn. Croatia, OIB: ISO 7064 mod 11,10. Either may carry its country's prefix.
bool ItVat(std::string_view s) {
  return Luhn(s.substr(s.size() - 11)) && !s.ends_with("00000000000");
}

bool HrOib(std::string_view s) {
  return Mod11_10(s.substr(s.size() - 11));
}

bool LuVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 8);
  return NumberOf(d.substr(0, 6)) % 89 == NumberOf(d.substr(6));
}

// Luxembourg, matricule: birth date, of which month and day may be unknown, three digits, a check digit by Luhn and one
// by Verhoeff over the same eleven digits (règlement grand-ducal du 28 novembre 2013, art. 1).
bool LuMatricule(std::string_view s) {
  std::string date(s.substr(0, 8));
  for (const std::size_t at : {std::size_t{4}, std::size_t{6}}) {
    if (date.substr(at, 2) == "00") date[at + 1] = '1';
  }
  return IsYearMonthDay(date) && Luhn(s.substr(0, 12)) && Verhoeff(std::string(s.substr(0, 11)) + s[12]);
}

// Latvia, personas kods and company numbers. Since July 2017 a personas kods is a 3, a digit from 2 on and nine random
// ones (PMLP); before, a birth date with a check digit.
bool LvPersonal(std::string_view s) {
  return IsDayMonthYear(s.substr(0, 6)) &&
         (1 + WeightedSum(s, {10, 5, 8, 4, 2, 1, 6, 3, 7, 9})) % 11 % 10 == DigitAt(s, 10);
}

bool LvCompany(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 11);
  if (d[0] == '3' && d[1] >= '2') return true;
  if (d[0] <= '3') return LvPersonal(d);
  return (3 - WeightedSum(d, {9, 1, 4, 8, 3, 10, 2, 5, 7, 6}) % 11 + 11) % 11 == DigitAt(d, 10);
}

bool LtVat(std::string_view s) {
  const std::string_view d = s.substr(s[0] == 'L' ? 2 : 0);
  const std::size_t n = d.size();
  if (n != 9 && n != 12) return false;
  long check = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) check += static_cast<long>(1 + i % 9) * DigitAt(d, i);
  if (check % 11 == 10) {
    check = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) check += static_cast<long>(1 + (i + 2) % 9) * DigitAt(d, i);
  }
  return d[n - 2] == '1' && check % 11 % 10 == DigitAt(d, n - 1);
}

// Moldova: 1 for companies and 2 for people, the last three digits of the year, an office, a serial and a check digit
// of weights 7, 3, 1 (Agenția Servicii Publice; Hotărârea Guvernului nr. 272/2002).
bool MdIdno(std::string_view s) {
  return (s[1] == '0' || s[1] == '9') && WeightedSum(s, {7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10 == DigitAt(s, 12);
}

bool MePib(std::string_view s) {
  return (11 - WeightedSum(s, {8, 7, 6, 5, 4, 3, 2}) % 11) % 11 % 10 == DigitAt(s, 7);
}

bool MkEdb(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 13);
  return (11 - WeightedSum(d, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11 % 10 == DigitAt(d, 12);
}

bool MtVat(std::string_view s) {
  return WeightedSum(s.substr(s.size() - 8), {3, 4, 6, 7, 8, 9, 10, 1}) % 37 == 0;
}

// The Netherlands, burgerservicenummer: the eleven test with -1 for the last digit (RvIG).
bool NlBsn(std::string_view s) {
  return s.find_first_not_of('0') != s.npos && (WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2}) - DigitAt(s, 8)) % 11 == 0;
}

// Of pupils who have none: the same test leaves 5 (DUO).
bool NlEducation(std::string_view s) {
  return s.starts_with("10") && (WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2}) + 11 - DigitAt(s, 8)) % 11 == 5;
}

bool NlVat(std::string_view s) {
  const std::string full = s[0] == 'N' ? std::string(s) : "NL" + std::string(s);
  return NlBsn(full.substr(2, 9)) || Mod97(full);
}

// Norway: fødselsnummer has two check digits (Skatteetaten); D numbers add 4 to the first digit.
bool NoPersonal(std::string_view s) {
  int day = static_cast<int>(NumberOf(s.substr(0, 2)));
  if (day > 40) day -= 40;
  int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  if (month > 40) month -= 40;
  return IsDay(static_cast<int>(NumberOf(s.substr(4, 2))), month, day) &&
         WeightedSum(s, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0 &&
         WeightedSum(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool NoAccount(std::string_view s) {
  return WeightedSum(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool NoOrganization(std::string_view written) {
  const std::string_view s = written.substr(written[0] == 'N' ? 2 : 0, 9);
  return (s[0] == '8' || s[0] == '9') && WeightedSum(s, {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
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

// Portugal: NIF, and the cartão de cidadão's Luhn over letters and digits. A NIF of those who live abroad begins with
// 45, those of estates, funds and the like with 7 (Autoridade Tributária).
bool PtNif(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 9);
  const bool known = d[0] == '4' ? d[1] == '5' : d[0] == '7' ? d[1] != '3' && d[1] != '6' : d[0] != '0';
  return known && (11 - WeightedSum(d, {9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 11 % 10 == DigitAt(d, 8);
}

bool PtCitizenCard(std::string_view s) {
  int sum = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    int value = Base36(s[s.size() - 1 - i]);
    if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
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

// The former Yugoslavia, JMBG (EMŠO): birth date with three digits of the year, region, mod 11.
bool Jmbg(std::string_view s) {
  const int year = static_cast<int>(NumberOf(s.substr(4, 3)));
  const bool dated = IsDay(year + (year > 800 ? 1000 : 2000), static_cast<int>(NumberOf(s.substr(2, 2))),
                           static_cast<int>(NumberOf(s.substr(0, 2))));
  const long check = 11 - WeightedSum(s, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return dated && (check > 9 ? 0 : check) == DigitAt(s, 12);
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

// Sweden, personnummer and organisationsnummer: Luhn over ten digits; coordination numbers add 60 to the day.
// Twelve digits begin with the century, the 19th to the 21st (Skatteverket; 18 § folkbokföringslagen).
bool SePersonal(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 10);
  const long long century = s.size() == 12 ? NumberOf(s.substr(0, 2)) : 20;
  if (century < 18 || century > 20) return false;
  int day = static_cast<int>(NumberOf(d.substr(4, 2)));
  if (day > 60) day -= 60;
  return IsDay(static_cast<int>(NumberOf(d.substr(0, 2))), static_cast<int>(NumberOf(d.substr(2, 2))), day) && Luhn(d);
}

bool SeOrganization(std::string_view s) {
  return s[2] >= '2' && Luhn(s);
}

// SE, the number of an organization or a person, 01 (Skatteverket).
bool SeVat(std::string_view s) {
  return Luhn(s.substr(2, 10));
}

bool SiTax(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 8);
  const long check = 11 - WeightedSum(d, {8, 7, 6, 5, 4, 3, 2}) % 11;
  return d[0] != '0' && check != 11 && check % 10 == DigitAt(d, 7);
}

bool SkVat(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 10);
  return d[0] != '0' && NumberOf(d) % 11 == 0;
}

// Turkey: T.C. kimlik no and vergi kimlik no.
bool TrIdentity(std::string_view s) {
  const long odd = WeightedSum(s, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  const long even = WeightedSum(s, {0, 1, 0, 1, 0, 1, 0, 1});
  const long tenth = ((odd * 7 - even) % 10 + 10) % 10;
  return s[0] != '0' && tenth == DigitAt(s, 9) && (odd + even + tenth) % 10 == DigitAt(s, 10);
}

bool TrTax(std::string_view s) {
  long sum = 0;
  for (int i = 0; i < 9; ++i) {
    const int shifted = (DigitAt(s, i) + 9 - i) % 10;
    if (shifted != 0) {
      const int power = (shifted << (9 - i)) % 9;
      sum += power == 0 ? 9 : power;
    }
  }
  return (10 - sum % 10) % 10 == DigitAt(s, 9);
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

// Segurança Social: ten digits weighted by the first ten primes, from the last on, and the complement to 9 modulo 10.
bool PtNiss(std::string_view s) {
  return s.size() == 11 && 9 - WeightedSum(s.substr(0, 10), {29, 23, 19, 17, 13, 11, 7, 5, 3, 2}) % 10 == s[10] - '0';
}

// Slovenia, matična številka: the seventh digit checks the six before it; three more are a part of the company (AJPES,
// Poslovni register Slovenije).
bool SiCompany(std::string_view s) {
  return (11 - WeightedSum(s, {7, 6, 5, 4, 3, 2}) % 11) % 11 % 10 == DigitAt(s, 6);
}

// Albania, personal number: a letter for the decade of birth and its year, month, to which women have 50 added, and
// day, three digits and a letter whose rule is not public.
bool AlPersonal(std::string_view s) {
  constexpr int kWomen = 50;
  int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  if (month > kWomen) month -= kWomen;
  const long long day = NumberOf(s.substr(4, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// Belarus, identification number: sex and century, birth date, a region's letter.
bool ByPersonal(std::string_view s) {
  return IsDayMonthYear(s.substr(1, 6));
}

// Hungary, personal number: sex and century, birth date, three digits and a check digit, whose weights turned round for
// those born since 1997 (1996. évi XX. törvény).
bool HuPersonal(std::string_view s) {
  if (!IsYearMonthDay(s.substr(1, 6))) return false;
  const long check = DigitAt(s, 10);
  return WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) % 11 == check ||
         WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == check;
}

// Germany, Arztnummer: six digits, their check digit, two for what the doctor does (Richtlinie der KBV zur Vergabe der
// Arztnummern).
bool DeDoctor(std::string_view s) {
  return (10 - WeightedSum(s, {4, 9, 4, 9, 4, 9}) % 10) % 10 == DigitAt(s, 6);
}

// Ukraine, UNZR: birth date, four digits and a check digit as in the machine readable zone of passports (ICAO Doc 9303
// part 3: weights 7, 3, 1).
bool UaUnzr(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 8)) && WeightedSum(s, {7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10 == DigitAt(s, 12);
}

}  // namespace

std::span<const Validator> EuropeanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"at_svnr", AtSvnr, 0.012, "[1-9][0-9]{9}"},
      {"at_uid", AtUid, 0.1, "ATU[0-9]{8} U[0-9]{8}"},
      {"be_national", BeNational, 0.008, "[0-9]{11}"},
      {"gb_postcode", GbPostcode, 0.24, "[A-Z]{1,2}[0-9][0-9A-Z]{3,4}"},
      {"ie_postcode", IePostcode, 0.08, "[A-Z][0-9][0-9W][0-9A-Z]{4}"},
      {"be_vat", BeVat, 0.0103, "BE[01][0-9]{9} [01][0-9]{9}"},
      {"be_id_card", BeIdCard, 0.0103, "[0-9]{12}"},
      {"bg_egn", BgEgn, 0.01, "[0-9]{10}"},
      {"bg_foreigner", BgForeigner, 0.1, "[0-9]{10}"},
      {"bg_vat", BgVat, 0.1, "BG[0-9]{9,10} [0-9]{9}"},
      {"ean_13", Ean13, 0.1, "[0-9]{13}"},
      {"ch_uid", ChUid, 0.09, "CHE[0-9]{9} CHE[0-9]{9}MWST CHE[0-9]{9}TVA CHE[0-9]{9}IVA"},
      {"cy_vat", CyVat, 0.04, "CY[0-9]{8}[A-Z] [0-9]{8}[A-Z]"},
      {"cz_account", CzAccount, 0.27, "[0-9]{6,20}"},
      {"cz_birth_number", CzBirthNumber, 0.045, "[0-9]{9,10}"},
      {"cz_company", CzCompany, 0.1, "CZ[0-9]{8,10} [0-9]{8}"},
      {"de_tax_id", DeTaxId, 0.01, "[1-9][0-9]{10}"},
      {"de_vat", DeVat, 0.09, "DE[1-9][0-9]{8}"},
      {"de_id_card", DeIdCard, 0.1,
       "[LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9] [LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]D"},
      {"de_licence", DeLicence, 0.091, "[A-P][0-9]{2}[0-9A-Z]{6}[0-9X][0-9A-Z]"},
      {"de_pension", DePension, 0.008, "[0-9]{8}[A-Z][0-9]{3}"},
      {"de_health", DeHealth, 0.1, "[A-Z][0-9]{9}"},
      {"dk_cpr", DkCpr, 0.095, "[0-3][0-9]{8,9}"},
      {"dk_cvr", DkCvr, 0.08, "DK[1-9][0-9]{7} [1-9][0-9]{7}"},
      {"baltic_personal", BalticPersonal, 0.003, "[1-8][0-9]{10} [3-6][0-9]{10}"},
      {"ee_vat", EeVat, 0.1, "EE[0-9]{9} [0-9]{9}"},
      {"ee_register", EeRegister, 0.1, "[1789][0-9]{7}"},
      {"es_dni", EsDni, 0.0435, "[0-9]{8}[A-Z] [XYZKLM][0-9]{7}[A-Z]"},
      {"es_cif", EsCif, 0.1, "[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J] ES[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]"},
      {"es_account", EsAccount, 0.01, "[0-9]{20}"},
      {"fr_account", FrAccount, 0.0103, "[0-9]{10}[0-9A-Z]{11}[0-9]{2}"},
      {"pl_account", PlAccount, 0.0103, "[0-9]{26}"},
      {"es_social_security", EsSocialSecurity, 0.0068, "[0-9]{12} [0-9]{11}"},
      {"fi_hetu", FiHetu, 0.0012, "[0-9]{6}[A-FU-Y]?[0-9]{3}[0-9A-FHJ-NPR-Y]"},
      {"fi_business", FiBusiness, 0.09, "FI[0-9]{8} [0-9]{8}"},
      {"fr_nir", FrNir, 0.007, "[1278][0-9]{4}[0-9][0-9AB][0-9]{8}"},
      {"fr_fiscal", FrFiscal, 0.001, "[0-3][0-9]{12}"},
      {"fr_siret", FrSiret, 0.01, "[0-9]{14}"},
      {"fr_vat", FrVat, 0.093, "FR[0-9A-HJ-NP-Z]{2}[0-9]{9}"},
      {"gb_nhs", GbNhs, 0.09, "[0-9]{10}"},
      {"gb_nino", GbNino, 0.95, "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]"},
      {"gb_utr", GbUtr, 0.1, "[0-9]{10} [0-9]{10}K"},
      {"gb_vat", GbVat, 0.02, "GB[0-9]{9} GB[0-9]{12} [0-9]{9}"},
      {"gb_upn", GbUpn, 0.04, "[A-HJ-NP-RT-Z][0-9]{12} [A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z]"},
      {"gb_driver", GbDriver, 0.07, "[A-Z][A-Z9]{4}[0-9]{6}[A-Z9]{2}[0-9A-Z]{3}"},
      {"gr_amka", GrAmka, 0.01, "[0-3][0-9]{10}"},
      {"gr_vat", GrVat, 0.1, "EL[0-9]{9} GR[0-9]{9} [0-9]{9} [0-9A-Z]{2}[A-Z][0-9]{9}"},
      {"hu_tax", HuTax, 0.1, "HU[0-9]{8} [0-9]{8} [0-9]{11}"},
      {"hu_taj", HuTaj, 0.1, "[0-9]{9}"},
      {"hu_personal_tax", HuPersonalTax, 0.093, "8[0-9]{9}"},
      {"ie_pps", IePps, 0.0435, "[0-9]{7}[A-W][A-IWTX]?"},
      {"ie_vat", IeVat, 0.0435, "IE[0-9]{7}[A-W][A-IW]?"},
      {"is_kennitala", IsKennitala, 0.0032, "[0-7][0-9]{9}"},
      {"it_fiscal", ItFiscal, 0.039,
       "[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"},
      {"it_vat", ItVat, 0.1, "IT[0-9]{11} [0-9]{11}"},
      {"hr_oib", HrOib, 0.1, "[0-9]{11} HR[0-9]{11}"},
      {"al_personal", AlPersonal, 0.074, "[A-M][0-9]{8}[A-W]"},
      {"by_personal", ByPersonal, 0.037, "[1-6][0-9]{6}[ABCEHKM][0-9]{3}[BP][ABI][0-9]"},
      {"hu_personal", HuPersonal, 0.0065, "[1-8][0-9]{10}"},
      {"de_doctor", DeDoctor, 0.1, "[0-9]{9}"},
      {"ua_unzr", UaUnzr, 0.0037, "[12][09][0-9]{11}"},
      {"lu_matricule", LuMatricule, 0.00037, "[12][0-9]{12}"},
      {"lu_vat", LuVat, 0.0112, "LU[0-9]{8}"},
      {"lv_personal", LvPersonal, 0.0091, "[0-3][0-9]{10}"},
      {"lv_company", LvCompany, 0.14, "LV[0-9]{11}"},
      {"lt_vat", LtVat, 0.01, "LT[0-9]{9} LT[0-9]{12}"},
      {"md_idno", MdIdno, 0.02, "[12][0-9]{12}"},
      {"me_pib", MePib, 0.1, "[0-9]{8}"},
      {"mk_edb", MkEdb, 0.1, "MK4[0-9]{12} 4[0-9]{12}"},
      {"mt_vat", MtVat, 0.027, "MT[0-9]{8}"},
      {"nl_bsn", NlBsn, 0.09, "[0-9]{9}"},
      {"nl_education", NlEducation, 0.09, "10[0-9]{7}"},
      {"nl_vat", NlVat, 0.1, "NL[0-9]{9}B[0-9]{2} [0-9]{9}B[0-9]{2}"},
      {"no_personal", NoPersonal, 0.0017, "[0-7][0-9]{10}"},
      {"no_account", NoAccount, 0.09, "[0-9]{11}"},
      {"no_organization", NoOrganization, 0.092, "[89][0-9]{8} NO[89][0-9]{8}MVA [89][0-9]{8}MVA"},
      {"pl_pesel", PlPesel, 0.018, "[0-9]{11}"},
      {"pl_nip", PlNip, 0.08, "[1-9][0-9]{9} PL[1-9][0-9]{9}"},
      {"pl_regon", PlRegon, 0.1, "[0-9]{9} [0-9]{14}"},
      {"pl_id_card", PlIdCard, 0.1, "[A-Z]{3}[0-9]{6}"},
      {"pt_nif", PtNif, 0.09, "[1-9][0-9]{8} PT[1-9][0-9]{8}"},
      {"pt_niss", PtNiss, 0.1, "[12][0-9]{10}"},
      {"pt_citizen_card", PtCitizenCard, 0.1, "[0-9]{9}[A-Z0-9]{2}[0-9]"},
      {"ro_cnp", RoCnp, 0.0017, "[1-9][0-9]{12}"},
      {"ro_cui", RoCui, 0.1, "RO[1-9][0-9]{1,9} [1-9][0-9]{3,9}"},
      {"jmbg", Jmbg, 0.009, "[0-3][0-9]{12}"},
      {"ru_inn", RuInn, 0.1, "[0-9]{10} [0-9]{12}"},
      {"ru_snils", RuSnils, 0.01, "[0-9]{11}"},
      {"ru_ogrn", RuOgrn, 0.1, "[1235][0-9]{12} 3[0-9]{14}"},
      {"si_company", SiCompany, 0.1, "[1-9][0-9]{6} [1-9][0-9]{9}"},
      {"se_personal", SePersonal, 0.007, "[0-9]{10} [12][0-9]{11}"},
      {"se_organization", SeOrganization, 0.08, "[1-9][0-9]{9}"},
      {"se_vat", SeVat, 0.1, "SE[0-9]{10}01"},
      {"si_tax", SiTax, 0.09, "SI[1-9][0-9]{7} [1-9][0-9]{7}"},
      {"sk_vat", SkVat, 0.08, "SK[1-9][0-9]{9} [1-9][0-9]{9}"},
      {"tr_identity", TrIdentity, 0.01, "[1-9][0-9]{10}"},
      {"tr_tax", TrTax, 0.1, "[0-9]{10}"},
      {"ua_tax", UaTax, 0.1, "[0-9]{10}"},
      {"ua_edrpou", UaEdrpou, 0.1, "[0-9]{8}"},
      {"by_unp", ByUnp, 0.08, "[0-9A-Z][0-9A-Z][0-9]{7}"},
  });
  return kAll;
}

}  // namespace privity::detect
