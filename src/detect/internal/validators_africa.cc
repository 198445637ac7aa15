// Numbers that states of Africa give. Each rule names the authority that publishes it; lengths and letters are already
// checked by the pattern of the detector file.
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// Egypt, national number: century, birth date, governorate.
bool EgNational(std::string_view s) {
  static constexpr std::string_view kGovernorates =
      " 01 02 03 04 11 12 13 14 15 16 17 18 19 21 22 23 24 25 26 27 28 29 31 32 33 34 35 88 ";
  return (s[0] == '2' || s[0] == '3') && IsYearMonthDay(s.substr(1, 6)) && IsAmong(kGovernorates, s.substr(7, 2));
}

// Ghana, TIN: a check digit mod 11, X for 10 (GRA).
bool GhTin(std::string_view s) {
  return s[10] == "0123456789X"[WeightedSum(s.substr(1, 9), {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11];
}

bool MaIce(std::string_view s) {
  return Remainder97(s) == 0;
}

// Mauritius: a day of birth and a check sign mod 17, letters counting from 10 (as the ministry describes it).
bool MuNic(std::string_view s) {
  long sum = 0;
  for (std::size_t i = 0; i < 13; ++i) sum += Base36(s[i]) * static_cast<long>(14 - i);
  return IsDayMonthYear(s.substr(1, 6)) && Base36(s[13]) == (17 - sum % 17) % 17;
}

bool MzNuit(std::string_view s) {
  return s.back() == "01234567891"[WeightedSum(s, {8, 9, 4, 5, 6, 7, 8, 9}) % 11];
}

// Senegal, NINEA: seven or nine digits whose even places count twice, and perhaps the tax regime's three signs (ANSD).
bool SnNinea(std::string_view s) {
  const std::size_t digits = s.size() == 10 || s.size() == 12 ? s.size() - 3 : s.size();
  const std::string padded = std::string(9 - digits, '0') + std::string(s.substr(0, digits));
  return WeightedSum(padded, {1, 2, 1, 2, 1, 2, 1, 2, 1}) % 10 == 0;
}

// Tanzania, NIDA number: it begins with the birth date.
bool TzNida(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 8));
}

// South Africa, identity number: birth date, citizenship, Luhn.
bool ZaIdentity(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 6)) && s[10] <= '2' && Luhn(s);
}

bool ZaTax(std::string_view s) {
  return std::string_view("01239").find(s[0]) != std::string_view::npos && Luhn(s);
}

// Zimbabwe: before the two digits of the district the letter that the number modulo 23 gives (Civil Registry
// Department; the table as it is published on trueidzim.com).
bool ZwIdentity(std::string_view s) {
  static constexpr std::string_view kLetters = "ZABCDEFGHJKLMNPQRSTVWXY";
  const std::size_t letter = s.size() - 3;
  return kLetters[static_cast<std::size_t>(NumberOf(s.substr(0, letter)) % 23)] == s[letter];
}

}  // namespace

std::span<const Validator> AfricanValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"eg_national", EgNational, 0.012, "[23][0-9]{13}"},
      {"gh_tin", GhTin, 0.09, "[PCGQV]00[0-9]{7}[0-9X]"},
      {"ma_ice", MaIce, 0.0103, "[0-9]{15}"},
      {"mu_nic", MuNic, 0.02, "[A-Z][0-3][0-9][01][0-9]{9}[0-9A-G]"},
      {"mz_nuit", MzNuit, 0.1, "[1-9][0-9]{8}"},
      {"sn_ninea", SnNinea, 0.1, "[0-9]{7} [0-9]{9} [0-9]{7}[0-2][A-Z][0-9] [0-9]{9}[0-2][A-Z][0-9]"},
      {"tz_nida", TzNida, 0.037, "[12][09][0-9]{18}"},
      {"za_identity", ZaIdentity, 0.001, "[0-9]{13}"},
      {"za_tax", ZaTax, 0.1, "[01239][0-9]{9}"},
      {"zw_identity", ZwIdentity, 0.0435, "[0-9]{8,9}[A-HJ-NP-TV-Z][0-9]{2}"},
  });
  return kAll;
}

}  // namespace privity::detect
