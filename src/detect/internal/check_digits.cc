#include "detect/internal/check_digits.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "detect/internal/letters.h"

namespace privity::detect {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsAsciiDigit);
}

int Base36(char c) {
  return IsAsciiDigit(c) ? c - '0' : IsAsciiUpper(c) ? c - 'A' + 10 : -1;
}

long long NumberOf(std::string_view digits) {
  long long number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

long WeightedSum(std::string_view digits, std::initializer_list<int> weights) {
  long sum = 0;
  std::size_t at = 0;
  for (const int weight : weights) {
    if (at == digits.size()) break;
    sum += static_cast<long>(weight) * DigitAt(digits, at++);
  }
  return sum;
}

bool Luhn(std::string_view digits) {
  static constexpr std::array<int, 10> kDoubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
  if (!AllDigits(digits)) return false;
  int sum = 0;
  const char* at = digits.data() + digits.size();
  for (std::size_t pairs = digits.size() / 2; pairs > 0; --pairs) {
    at -= 2;
    sum += kDoubled.data()[at[0] - '0'] + (at[1] - '0');
  }
  if (digits.size() % 2 != 0) sum += digits.front() - '0';
  return sum % 10 == 0;
}

bool LuhnBase36(std::string_view text) {
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = Base36(text[text.size() - 1 - i]);
    if (value < 0) return false;
    const int times = i % 2 == 0 ? value : value * 2;
    sum += times / 36 + times % 36;
  }
  return sum % 36 == 0;
}

bool Verhoeff(std::string_view digits) {
  static constexpr std::array<std::array<int, 10>, 10> kProduct = {{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                                    {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                                                    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
                                                                    {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                                                    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
                                                                    {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                                                    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
                                                                    {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                                                    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
                                                                    {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}}};
  static constexpr std::array<std::array<int, 10>, 8> kPermutation = {{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                                       {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                                                                       {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
                                                                       {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                                                                       {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
                                                                       {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                                                                       {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
                                                                       {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}}};
  if (!AllDigits(digits)) return false;
  int check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    check = kProduct[check][kPermutation[i % 8][DigitAt(digits, digits.size() - 1 - i)]];
  }
  return check == 0;
}

bool Mod11_10(std::string_view digits) {
  if (!AllDigits(digits)) return false;
  int check = 5;
  for (const char c : digits) check = ((check == 0 ? 10 : check) * 2 % 11 + (c - '0')) % 10;
  return check == 1;
}

bool Mod11_2(std::string_view text) {
  int check = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool last_x = i + 1 == text.size() && text[i] == 'X';
    if (!last_x && !IsAsciiDigit(text[i])) return false;
    check = (2 * check + (last_x ? 10 : text[i] - '0')) % 11;
  }
  return check == 1;
}

namespace {

// Eight digits as a number, or none: each half of the bytes holds two neighbours, then four, then all.
std::optional<std::uint64_t> EightDigits(const char* text) {
  std::uint64_t bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  bytes -= 0x3030303030303030;
  if (((bytes | (bytes + 0x7676767676767676)) & 0x8080808080808080) != 0) return std::nullopt;
  bytes = bytes * 10 + (bytes >> 8);
  bytes = (bytes & 0x00FF00FF00FF00FF) * 100 + (bytes >> 16 & 0x00FF00FF00FF00FF);
  return (bytes & 0xFFFF) * 10000 + (bytes >> 32 & 0xFFFF);
}

}  // namespace

int Remainder97(std::string_view text, int before) {
  constexpr std::uint64_t kEnough = std::uint64_t{1} << 56;  // dividing at each character takes longer than the rest
  std::uint64_t remainder = static_cast<std::uint64_t>(before);
  while (text.size() >= 8) {
    const std::optional<std::uint64_t> digits = EightDigits(text.data());
    if (!digits) break;
    remainder = (remainder % 97 * 100'000'000 + *digits) % 97;
    text.remove_prefix(8);
  }
  for (const char c : text) {
    const int value = Base36(c);
    if (value < 0) return -1;
    remainder = remainder * (value < 10 ? 10 : 100) + static_cast<std::uint64_t>(value);
    if (remainder >= kEnough) remainder %= 97;
  }
  return static_cast<int>(remainder % 97);
}

bool Mod97(std::string_view text) {
  return Remainder97(text) == 1;
}

bool IsAmong(std::string_view codes, std::string_view code) {
  for (std::size_t at = codes.find(code, 1); at < codes.size(); at = codes.find(code, at + 1)) {
    const std::size_t end = at + code.size();
    if (codes[at - 1] == ' ' && end < codes.size() && codes[end] == ' ') return true;
  }
  return false;
}

bool IsDay(int year, int month, int day) {
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[month - 1]) return false;
  const bool leap = year < 100 ? year % 4 == 0 : (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month != 2 || day < 29 || leap;
}

namespace {

// Of the digits of a day, where its year, month and day begin. Most numbers have no month there: it is asked first.
bool IsDayAt(std::string_view text, std::size_t year, std::size_t month, std::size_t day) {
  if (text.size() != 6 && text.size() != 8) return false;
  const auto two_at = [&](std::size_t at) { return DigitAt(text, at) * 10 + DigitAt(text, at + 1); };
  const int of_month = two_at(month);
  if (of_month < 1 || of_month > 12 || !AllDigits(text)) return false;
  return IsDay(static_cast<int>(NumberOf(text.substr(year, text.size() - 4))), of_month, two_at(day));
}

}  // namespace

bool IsYearMonthDay(std::string_view text) {
  return text.size() >= 6 && IsDayAt(text, 0, text.size() - 4, text.size() - 2);
}

bool IsDayMonthYear(std::string_view text) {
  return IsDayAt(text, 4, 2, 0);
}

}  // namespace privity::detect
