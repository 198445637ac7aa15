// Numbers that states of southern Europe, from Portugal to the Balkans, give. Each rule names the authority that
// publishes it; lengths and letters are already checked by the pattern of the detector file.
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// Albania, personal number: a letter for the decade of birth and its year, month, to which women have 50 added, and
// day, three digits and a letter whose rule is not public.
bool AlPersonal(std::string_view s) {
  constexpr int kWomen = 50;
  int month = static_cast<int>(NumberOf(s.substr(2, 2)));
  if (month > kWomen) month -= kWomen;
  const long long day = NumberOf(s.substr(4, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
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

// Spain, número de afiliación a la Seguridad Social: province, number, and the rest by 97.
bool EsSocialSecurity(std::string_view s) {
  const long long province = NumberOf(s.substr(0, 2));
  long long number = NumberOf(s.substr(2, 8));
  number = number < 10'000'000 ? province * 10'000'000 + number : province * 100'000'000 + number;
  return province >= 1 && province <= 66 && number % 97 == NumberOf(s.substr(10));
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

// Croatia, OIB: ISO 7064 mod 11,10; it may carry the country's prefix.
bool HrOib(std::string_view s) {
  return Mod11_10(s.substr(s.size() - 11));
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

// Italy, partita IVA: Luhn; it may carry the country's prefix.
bool ItVat(std::string_view s) {
  return Luhn(s.substr(s.size() - 11)) && !s.ends_with("00000000000");
}

// The former Yugoslavia, JMBG (EMŠO): birth date with three digits of the year, region, mod 11.
bool Jmbg(std::string_view s) {
  const int year = static_cast<int>(NumberOf(s.substr(4, 3)));
  const bool dated = IsDay(year + (year > 800 ? 1000 : 2000), static_cast<int>(NumberOf(s.substr(2, 2))),
                           static_cast<int>(NumberOf(s.substr(0, 2))));
  const long check = 11 - WeightedSum(s, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return dated && (check > 9 ? 0 : check) == DigitAt(s, 12);
}

bool MePib(std::string_view s) {
  return From11(WeightedSum(s, {8, 7, 6, 5, 4, 3, 2})) % 10 == DigitAt(s, 7);
}

bool MkEdb(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 13);
  return From11(WeightedSum(d, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2})) % 10 == DigitAt(d, 12);
}

bool MtVat(std::string_view s) {
  return WeightedSum(s.substr(s.size() - 8), {3, 4, 6, 7, 8, 9, 10, 1}) % 37 == 0;
}

// Portugal: NIF, and the cartão de cidadão's Luhn over letters and digits. A NIF of those who live abroad begins with
// 45, those of estates, funds and the like with 7 (Autoridade Tributária).
bool PtNif(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 9);
  const bool known = d[0] == '4' ? d[1] == '5' : d[0] == '7' ? d[1] != '3' && d[1] != '6' : d[0] != '0';
  return known && From11(WeightedSum(d, {9, 8, 7, 6, 5, 4, 3, 2})) % 10 == DigitAt(d, 8);
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

// Portugal, NISS of the Segurança Social: ten digits weighted by the first ten primes, from the last on, and the
// complement to 9 modulo 10.
bool PtNiss(std::string_view s) {
  return s.size() == 11 && 9 - WeightedSum(s.substr(0, 10), {29, 23, 19, 17, 13, 11, 7, 5, 3, 2}) % 10 == s[10] - '0';
}

bool SiTax(std::string_view s) {
  const std::string_view d = s.substr(s.size() - 8);
  const long check = 11 - WeightedSum(d, {8, 7, 6, 5, 4, 3, 2}) % 11;
  return d[0] != '0' && check != 11 && check % 10 == DigitAt(d, 7);
}

// Slovenia, matična številka: the seventh digit checks the six before it; three more are a part of the company (AJPES,
// Poslovni register Slovenije).
bool SiCompany(std::string_view s) {
  return From11(WeightedSum(s, {7, 6, 5, 4, 3, 2})) % 10 == DigitAt(s, 6);
}

}  // namespace

std::span<const Validator> SouthernEuropeanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"al_personal", AlPersonal, 0.074, "[A-M][0-9]{8}[A-W]"},
      {"es_account", EsAccount, 0.01, "[0-9]{20}"},
      {"es_cif", EsCif, 0.1, "[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J] ES[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]"},
      {"es_dni", EsDni, 0.0435, "[0-9]{8}[A-Z] [XYZKLM][0-9]{7}[A-Z]"},
      {"es_social_security", EsSocialSecurity, 0.0068, "[0-9]{12} [0-9]{11}"},
      {"gr_amka", GrAmka, 0.01, "[0-3][0-9]{10}"},
      {"gr_vat", GrVat, 0.1, "EL[0-9]{9} GR[0-9]{9} [0-9]{9} [0-9A-Z]{2}[A-Z][0-9]{9}"},
      {"hr_oib", HrOib, 0.1, "[0-9]{11} HR[0-9]{11}"},
      {"it_fiscal", ItFiscal, 0.039,
       "[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"},
      {"it_vat", ItVat, 0.1, "IT[0-9]{11} [0-9]{11}"},
      {"jmbg", Jmbg, 0.009, "[0-3][0-9]{12}"},
      {"me_pib", MePib, 0.1, "[0-9]{8}"},
      {"mk_edb", MkEdb, 0.1, "MK4[0-9]{12} 4[0-9]{12}"},
      {"mt_vat", MtVat, 0.027, "MT[0-9]{8}"},
      {"pt_citizen_card", PtCitizenCard, 0.1, "[0-9]{9}[A-Z0-9]{2}[0-9]"},
      {"pt_nif", PtNif, 0.09, "[1-9][0-9]{8} PT[1-9][0-9]{8}"},
      {"pt_niss", PtNiss, 0.1, "[12][0-9]{10}"},
      {"si_company", SiCompany, 0.1, "[1-9][0-9]{6} [1-9][0-9]{9}"},
      {"si_tax", SiTax, 0.09, "SI[1-9][0-9]{7} [1-9][0-9]{7}"},
  });
  return kAll;
}

}  // namespace privity::detect
