// Numbers that states of northern Europe, Great Britain and Ireland among them, give. Each rule names the authority
// that publishes it; lengths and letters are already checked by the pattern of the detector file.
#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

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

// United Kingdom, NHS number: mod 11; a result of 10 is never issued (NHS Data Dictionary).
bool GbNhs(std::string_view s) {
  const long check = From11(WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2}));
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

}  // namespace

std::span<const Validator> NorthernEuropeanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"baltic_personal", BalticPersonal, 0.003, "[1-8][0-9]{10} [3-6][0-9]{10}"},
      {"dk_cpr", DkCpr, 0.095, "[0-3][0-9]{8,9}"},
      {"dk_cvr", DkCvr, 0.08, "DK[1-9][0-9]{7} [1-9][0-9]{7}"},
      {"ee_register", EeRegister, 0.1, "[1789][0-9]{7}"},
      {"ee_vat", EeVat, 0.1, "EE[0-9]{9} [0-9]{9}"},
      {"fi_business", FiBusiness, 0.09, "FI[0-9]{8} [0-9]{8}"},
      {"fi_hetu", FiHetu, 0.0012, "[0-9]{6}[A-FU-Y]?[0-9]{3}[0-9A-FHJ-NPR-Y]"},
      {"gb_driver", GbDriver, 0.07, "[A-Z][A-Z9]{4}[0-9]{6}[A-Z9]{2}[0-9A-Z]{3}"},
      {"gb_nhs", GbNhs, 0.09, "[0-9]{10}"},
      {"gb_nino", GbNino, 0.95, "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]"},
      {"gb_postcode", GbPostcode, 0.24, "[A-Z]{1,2}[0-9][0-9A-Z]{3,4}"},
      {"gb_upn", GbUpn, 0.04, "[A-HJ-NP-RT-Z][0-9]{12} [A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z]"},
      {"gb_utr", GbUtr, 0.1, "[0-9]{10} [0-9]{10}K"},
      {"gb_vat", GbVat, 0.02, "GB[0-9]{9} GB[0-9]{12} [0-9]{9}"},
      {"ie_postcode", IePostcode, 0.08, "[A-Z][0-9][0-9W][0-9A-Z]{4}"},
      {"ie_pps", IePps, 0.0435, "[0-9]{7}[A-W][A-IWTX]?"},
      {"ie_vat", IeVat, 0.0435, "IE[0-9]{7}[A-W][A-IW]?"},
      {"is_kennitala", IsKennitala, 0.0032, "[0-7][0-9]{9}"},
      {"lt_vat", LtVat, 0.01, "LT[0-9]{9} LT[0-9]{12}"},
      {"lv_company", LvCompany, 0.14, "LV[0-9]{11}"},
      {"lv_personal", LvPersonal, 0.0091, "[0-3][0-9]{10}"},
      {"no_account", NoAccount, 0.09, "[0-9]{11}"},
      {"no_organization", NoOrganization, 0.092, "[89][0-9]{8} NO[89][0-9]{8}MVA [89][0-9]{8}MVA"},
      {"no_personal", NoPersonal, 0.0017, "[0-7][0-9]{10}"},
      {"se_organization", SeOrganization, 0.08, "[1-9][0-9]{9}"},
      {"se_personal", SePersonal, 0.007, "[0-9]{10} [12][0-9]{11}"},
      {"se_vat", SeVat, 0.1, "SE[0-9]{10}01"},
  });
  return kAll;
}

}  // namespace privity::detect
