// Numbers that states of western Europe give. Each rule names the authority that publishes it; lengths and letters are
// already checked by the pattern of the detector file.
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
    sum += DigitSum(DigitAt(d, i) * (i % 2 == 0 ? 1 : 2));
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

// Switzerland, AHV number: 756 and an EAN-13 check digit (ZAS).
bool Ean13(std::string_view s) {
  return WeightedSum(s, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

// Switzerland, UID (BFS).
bool ChUid(std::string_view s) {
  const std::string_view d = s.substr(3, 9);
  const long check = From11(WeightedSum(d, {5, 4, 3, 2, 7, 6, 5, 4}));
  return check != 10 && check == DigitAt(d, 8);
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

// Germany, Arztnummer: six digits, their check digit, two for what the doctor does (Richtlinie der KBV zur Vergabe der
// Arztnummern).
bool DeDoctor(std::string_view s) {
  return (10 - WeightedSum(s, {4, 9, 4, 9, 4, 9}) % 10) % 10 == DigitAt(s, 6);
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

}  // namespace

std::span<const Validator> WesternEuropeanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"at_svnr", AtSvnr, 0.012, "[1-9][0-9]{9}"},
      {"at_uid", AtUid, 0.1, "ATU[0-9]{8} U[0-9]{8}"},
      {"be_id_card", BeIdCard, 0.0103, "[0-9]{12}"},
      {"be_national", BeNational, 0.008, "[0-9]{11}"},
      {"be_vat", BeVat, 0.0103, "BE[01][0-9]{9} [01][0-9]{9}"},
      {"ch_uid", ChUid, 0.09, "CHE[0-9]{9} CHE[0-9]{9}MWST CHE[0-9]{9}TVA CHE[0-9]{9}IVA"},
      {"de_doctor", DeDoctor, 0.1, "[0-9]{9}"},
      {"de_health", DeHealth, 0.1, "[A-Z][0-9]{9}"},
      {"de_id_card", DeIdCard, 0.1,
       "[LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9] [LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]D"},
      {"de_licence", DeLicence, 0.091, "[A-P][0-9]{2}[0-9A-Z]{6}[0-9X][0-9A-Z]"},
      {"de_pension", DePension, 0.008, "[0-9]{8}[A-Z][0-9]{3}"},
      {"de_tax_id", DeTaxId, 0.01, "[1-9][0-9]{10}"},
      {"de_vat", DeVat, 0.09, "DE[1-9][0-9]{8}"},
      {"ean_13", Ean13, 0.1, "[0-9]{13}"},
      {"fr_account", FrAccount, 0.0103, "[0-9]{10}[0-9A-Z]{11}[0-9]{2}"},
      {"fr_fiscal", FrFiscal, 0.001, "[0-3][0-9]{12}"},
      {"fr_nir", FrNir, 0.007, "[1278][0-9]{4}[0-9][0-9AB][0-9]{8}"},
      {"fr_siret", FrSiret, 0.01, "[0-9]{14}"},
      {"fr_vat", FrVat, 0.093, "FR[0-9A-HJ-NP-Z]{2}[0-9]{9}"},
      {"lu_matricule", LuMatricule, 0.00037, "[12][0-9]{12}"},
      {"lu_vat", LuVat, 0.0112, "LU[0-9]{8}"},
      {"nl_bsn", NlBsn, 0.09, "[0-9]{9}"},
      {"nl_education", NlEducation, 0.09, "10[0-9]{7}"},
      {"nl_vat", NlVat, 0.1, "NL[0-9]{9}B[0-9]{2} [0-9]{9}B[0-9]{2}"},
  });
  return kAll;
}

}  // namespace privity::detect
