// Numbers that states of the Americas give. Each rule names the authority that publishes it; lengths and letters are
// already checked by the pattern of the detector file.
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

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

// Brazil, Cartão Nacional de Saúde: digits weighted 15 to 1, divisible by 11 (DATASUS, rotina de validação do CNS).
bool BrSus(std::string_view s) {
  return WeightedSum(s, {15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
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

// Ontario, health number: Luhn; a version of two letters may follow (Ministry of Health, health card validation).
bool CaHealthOn(std::string_view s) {
  return Luhn(s.substr(0, 10));
}

// Chile, RUT: mod 11 with K for 10, weights from the right (Registro Civil).
bool ClRut(std::string_view s) {
  static constexpr std::array<int, 6> kWeights = {9, 8, 7, 6, 5, 4};
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += kWeights[i % 6] * DigitAt(s, s.size() - 2 - i);
  return s.back() == "0123456789K"[sum % 11];
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

bool GtNit(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += static_cast<long>(i + 2) * DigitAt(s, s.size() - 2 - i);
  return s.back() == "0123456789K"[From11(sum)];
}

// Guatemala, Código Único de Identificación: eight digits weighted 2 to 9 modulo 11, then department (1 to 22) and
// municipality.
bool GtCui(std::string_view s) {
  if (s.size() != 13) return false;
  const auto department = NumberOf(s.substr(9, 2)), municipality = NumberOf(s.substr(11, 2));
  return WeightedSum(s.substr(0, 8), {2, 3, 4, 5, 6, 7, 8, 9}) % 11 == s[8] - '0' && department >= 1 &&
         department <= 22 && municipality >= 1;
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

// Mexico, clave de elector: letters of the names, birth date, federal entity 01 to 32 and those born abroad from 87 on
// (INE).
bool MxElector(std::string_view s) {
  const long long entity = NumberOf(s.substr(12, 2));
  return IsYearMonthDay(s.substr(6, 6)) && ((entity >= 1 && entity <= 33) || (entity >= 87 && entity <= 88));
}

// Nicaragua, cédula: municipality, birth date, number of that day and a letter (Ley 152, Consejo Supremo Electoral).
bool NiCedula(std::string_view s) {
  return IsDayMonthYear(s.substr(3, 6));
}

// Panama, cédula: province, volume and entry. 8-12-1990 is a day.
bool PaCedula(std::string_view s) {
  const std::size_t volume = s.find('-') + 1, entry = s.rfind('-') + 1;
  if (!AllDigits(s.substr(0, volume - 1)) || s.size() - entry != 4) return true;
  const bool century = s.substr(entry, 2) == "19" || s.substr(entry, 2) == "20";
  return !century || entry - volume > 3 || NumberOf(s.substr(volume, entry - 1 - volume)) > 31;
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

bool PyRuc(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i) sum += static_cast<long>(i + 2) * DigitAt(s, s.size() - 2 - i);
  return From11(sum) % 10 == DigitAt(s, s.size() - 1);
}

bool SvNit(std::string_view s) {
  const bool old = NumberOf(s.substr(10, 3)) <= 100;
  if (old) return WeightedSum(s, {14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11 % 10 == DigitAt(s, 13);
  return From11(WeightedSum(s, {2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2})) % 10 == DigitAt(s, 13);
}

// El Salvador, Documento Único de Identidad: eight digits weighted 9 to 2 and the complement modulo 10.
bool SvDui(std::string_view s) {
  return s.size() == 9 && (WeightedSum(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 10) == 0;
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

}  // namespace

std::span<const Validator> AmericanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"ar_cbu", ArCbu, 0.01, "[0-9]{22}"},
      {"ar_cuit", ArCuit, 0.011, "[0-9]{11}"},
      {"ar_cuit_company", ArCuit, 0.095, "3[034][0-9]{9}"},
      {"br_cnh", BrCnh, 0.01, "[0-9]{11}"},
      {"br_cnpj", BrCnpj, 0.0103, "[0-9A-Z]{12}[0-9]{2}"},
      {"br_cpf", BrCpf, 0.0103, "[0-9]{11}"},
      {"br_pis", BrPis, 0.1, "[0-9]{11}"},
      {"br_sus", BrSus, 0.091, "[0-9]{15}"},
      {"br_voter", BrVoter, 0.0027, "[0-9]{12}"},
      {"ca_business", CaBusiness, 0.1, "[0-9]{9} [0-9]{9}[A-Z]{2}[0-9]{4}"},
      {"ca_health_bc", CaHealthBc, 0.093, "9[0-9]{9}"},
      {"ca_health_on", CaHealthOn, 0.1, "[0-9]{10} [0-9]{10}[A-Z]{2}"},
      {"ca_sin", CaSin, 0.08, "[1-79][0-9]{8}"},
      {"cl_rut", ClRut, 0.09, "[0-9]{7,8}[0-9K]"},
      {"co_nit", CoNit, 0.09, "[0-9]{8,10} [0-9]{11,16}"},
      {"cu_identity", CuIdentity, 0.037, "[0-9]{11}"},
      {"do_rnc", DoRnc, 0.1, "[1-9][0-9]{8}"},
      {"ec_cedula", EcCedula, 0.0175, "[0-9]{10}"},
      {"ec_ruc", EcRuc, 0.0001, "[0-9]{13}"},
      {"gt_cui", GtCui, 0.02, "[0-9]{13}"},
      {"gt_nit", GtNit, 0.09, "[0-9]{4,9}[0-9K]"},
      {"mx_clabe", MxClabe, 0.1, "[0-9]{18}"},
      {"mx_curp", MxCurp, 0.0037, "[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]"},
      {"mx_elector", MxElector, 0.012, "[A-Z]{6}[0-9]{8}[HM][0-9]{3}"},
      {"mx_rfc", MxRfc, 0.0034, "[A-Z&]{3,4}[0-9]{6}[0-9A-Z]{2}[0-9A]"},
      {"ni_cedula", NiCedula, 0.037, "[0-9]{13}[A-Z]"},
      {"pa_cedula", PaCedula, 0.98, "[0-9A-Z]{1,4}-[0-9A-Z]{1,4}-[0-9]{2,6}"},
      {"pe_dni", PeDni, 0.09, "[0-9]{8}[0-9A-K]"},
      {"pe_ruc", PeRuc, 0.02, "[12][0-9]{10}"},
      {"py_ruc", PyRuc, 0.1, "[0-9]{6,9}"},
      {"sv_dui", SvDui, 0.1, "[0-9]{9}"},
      {"sv_nit", SvNit, 0.1, "[0-9]{14}"},
      {"us_dea", UsDea, 0.1, "[ABCDEFGHJKLMPRSTUX][A-Z9][0-9]{7}"},
      {"us_ein", UsEin, 0.83, "[0-9]{9}"},
      {"us_itin", UsItin, 0.44, "9[0-9]{8}"},
      {"us_npi", UsNpi, 0.1, "[12][0-9]{9}"},
      {"us_ssn", UsSsn, 0.89, "[0-9]{9}"},
      {"uy_identity", UyIdentity, 0.1, "[0-9]{7,8}"},
      {"uy_rut", UyRut, 0.09, "[0-2][0-9]{11}"},
      {"ve_rif", VeRif, 0.09, "[VEJPG][0-9]{9}"},
  });
  return kAll;
}

}  // namespace privity::detect
