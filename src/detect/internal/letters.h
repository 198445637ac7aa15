// Words in one spelling: lower case, without accents, so that "Código" and "codigo" are the same cue.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace privity::detect {

// The code point at `at` and its length in bytes. A byte that begins no valid sequence is answered as itself (0x80 to
// 0xFF, length 1), so that reading always goes on.
struct CodePoint {
  char32_t value = 0;
  std::uint8_t bytes = 1;
};
CodePoint ReadCodePoint(std::string_view text, std::size_t at);

// Letters of any script; not digits.
bool IsLetter(char32_t code_point);
bool IsUpperLetter(char32_t code_point);
// Han, Kana and Hangul: written without spaces, so that where a word ends is told by nothing.
bool IsEastAsian(char32_t code_point);

constexpr bool IsAsciiDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool IsAsciiUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool IsAsciiLower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool IsAsciiLetter(char c) {
  return IsAsciiUpper(c) || IsAsciiLower(c);
}
constexpr bool IsAsciiAlnum(char c) {
  return IsAsciiDigit(c) || IsAsciiLetter(c);
}

// A few characters that the program itself names: asking for one is a look at a bit.
struct CharSet {
  template <std::size_t size>
  consteval CharSet(const char (&chars)[size]) {  // implicit: IsOneOf(c, ".-")
    for (std::size_t i = 0; i + 1 < size; ++i) Add(static_cast<unsigned char>(chars[i]));
  }
  constexpr bool Has(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint64_t bits = byte < 64 ? first_ : byte < 128 ? second_ : byte < 192 ? third_ : fourth_;
    return (bits >> byte % 64 & 1) != 0;
  }
  consteval void Add(unsigned char byte) {
    std::uint64_t& bits = byte < 64 ? first_ : byte < 128 ? second_ : byte < 192 ? third_ : fourth_;
    bits |= std::uint64_t{1} << byte % 64;
  }

  std::uint64_t first_ = 0, second_ = 0, third_ = 0, fourth_ = 0;
};

// NUL behind the end.
inline char At(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

inline bool IsOneOf(char c, CharSet set) {
  return set.Has(c);
}

// The same by a table, for what is asked of most words of a text.
template <CharSet set>
inline constexpr auto kTableOf = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = set.Has(static_cast<char>(c));
  return table;
}();
template <CharSet set>
bool IsOneOf(char c) {
  return kTableOf<set>.data()[static_cast<unsigned char>(c)];
}

// What the functions above and below say of a code point that has two bytes (U+0080 to U+07FF), as most letters have
// that are not of ASCII.
struct LetterOfTwoBytes {
  std::array<char, 2> folded = {};
  std::uint8_t folded_bytes = 0;
  bool is_letter = false;
  bool is_upper = false;
};
// Null where the bytes at `at` are no such code point.
const LetterOfTwoBytes* FindLetterOfTwoBytes(std::string_view text, std::size_t at);

// Appends one code point in lower case, accents of Latin letters taken off ("ß" is "ss").
void AppendFolded(char32_t code_point, std::string& out);
std::string Fold(std::string_view text);

}  // namespace privity::detect
