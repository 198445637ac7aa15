// The arithmetic that check digits are made of. Arguments are digits and capital letters only; what is not of the
// accepted form is never valid. Sources: ISO/IEC 7064:2003, ISO/IEC 7812-1 annex B (Luhn), J. Verhoeff (1969), ISO
// 13616.
#pragma once

#include <initializer_list>
#include <string_view>

namespace privity::detect {

inline int DigitAt(std::string_view text, std::size_t at) {
  return text[at] - '0';
}
bool AllDigits(std::string_view text);
// 0 to 9 and A to Z as 0 to 35; -1 for others.
int Base36(char c);
// A number of at most 18 digits.
long long NumberOf(std::string_view digits);

// The digits from the left, each times its weight.
long WeightedSum(std::string_view digits, std::initializer_list<int> weights);

// What a sum lacks to a multiple of 11: 0 to 10.
inline long From11(long sum) {
  return (11 - sum % 11) % 11;
}
// Of a number of at most two digits.
inline int DigitSum(int number) {
  return number / 10 + number % 10;
}

bool Luhn(std::string_view digits);
bool LuhnBase36(std::string_view text);
bool Verhoeff(std::string_view digits);
// ISO 7064 systems over the whole string, check characters included.
bool Mod11_10(std::string_view digits);
bool Mod11_2(std::string_view text);                     // the last may be X
bool Mod97(std::string_view text);                       // letters as two digits; remainder 1
int Remainder97(std::string_view text, int before = 0);  // of a text behind one that left `before`; -1: none

// Whether a list of codes, each between two spaces, " 10 15 17 ", has this one.
bool IsAmong(std::string_view codes, std::string_view code);

// Whether the digits are a day; two-digit years pass with any century.
bool IsDay(int year, int month, int day);
bool IsYearMonthDay(std::string_view six_or_eight);
bool IsDayMonthYear(std::string_view six_or_eight);

}  // namespace privity::detect
