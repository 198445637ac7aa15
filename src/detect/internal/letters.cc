#include "detect/internal/letters.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.h"

namespace privity::detect {
namespace {

// Latin-1 Supplement and Latin Extended-A, U+00C0 to U+017F, without their accents; "-" is no letter.
constexpr std::array<const char*, 192> kLatin = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  // U+00C0
    "d", "n", "o",  "o",  "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  // U+00E0
    "d", "n", "o",  "o",  "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",  // U+0100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",  // U+0120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",  // U+0140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",  // U+0160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s"};

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

char32_t LowerOf(char32_t c) {
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 0x20;  // Greek, Cyrillic
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  return c;
}

}  // namespace

CodePoint ReadCodePoint(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::uint8_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (length == 1 || at + length > text.size()) return {lead, 1};
  char32_t value = lead & (0xFF >> (length + 1));
  for (std::uint8_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[at + i])) return {lead, 1};
    value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  const bool scalar = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return scalar ? CodePoint{value, length} : CodePoint{lead, 1};
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  if (c < 0xC0) return c == 0xAA || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  // Signs of Greek, Armenian, Hebrew, Arabic and Devanagari that end words and sentences; the dot between Katakana.
  static constexpr std::array<char32_t, 15> kSigns = {0x37E, 0x387, 0x55C, 0x55E, 0x589, 0x5BE, 0x5C3, 0x60C,
                                                      0x61B, 0x61F, 0x66A, 0x6D4, 0x964, 0x965, 0x30FB};
  if (c >= kSigns.front() && c <= kSigns.back() && std::ranges::binary_search(kSigns, c)) return false;
  // Punctuation, symbols, arrows, box drawing, ideographic punctuation, private use, emoji.
  return !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x3020) && !(c >= 0xE000 && c <= 0xF8FF) &&
         !(c >= 0xFE00 && c <= 0xFE0F) && !(c >= 0xFF00 && c <= 0xFF20) && c < 0x1F000 && c != 0xFFFD && c != 0xFEFF;
}

bool IsEastAsian(char32_t c) {
  return (c >= 0x3041 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF);
}

bool IsUpperLetter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
  if (c < 0x180) {
    const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return odd_is_upper ? (c & 1) == 1 : (c & 1) == 0;
  }
  return LowerOf(c) != c;
}

void AppendFolded(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : static_cast<char>(c);
  } else if (c >= 0xC0 && c < 0xC0 + kLatin.size()) {
    out += kLatin[c - 0xC0];
  } else if (c < 0xC0 || c == 0xFFFD) {
    out += '?';
  } else {
    AppendUtf8(LowerOf(c), out);
  }
}

const LetterOfTwoBytes* FindLetterOfTwoBytes(std::string_view text, std::size_t at) {
  constexpr std::size_t kFirst = 0x80, kLast = 0x7FF;
  static const auto kLetters = [] {
    std::array<LetterOfTwoBytes, kLast + 1 - kFirst> letters;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const auto c = static_cast<char32_t>(kFirst + i);
      std::string folded;
      AppendFolded(c, folded);
      std::ranges::copy(folded, letters[i].folded.begin());
      letters[i].folded_bytes = static_cast<std::uint8_t>(folded.size());
      letters[i].is_letter = IsLetter(c);
      letters[i].is_upper = IsUpperLetter(c);
    }
    return letters;
  }();
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xC2 || lead >= 0xE0 || at + 1 >= text.size() || !IsContinuation(text[at + 1])) return nullptr;
  const std::size_t value = (lead & 0x1Fu) << 6 | (static_cast<unsigned char>(text[at + 1]) & 0x3Fu);
  return kLetters.data() + (value - kFirst);
}

namespace {

// A byte in each of eight.
constexpr std::uint64_t OfEach(std::uint64_t byte) {
  return byte * 0x0101010101010101;
}

// The same of ASCII, eight at a time; false where something else stands in it.
bool FoldAscii(std::string& text) {
  std::size_t at = 0;
  for (std::uint64_t eight; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & OfEach(0x80)) != 0) return false;
    // The highest bit of each byte tells whether it is 'A' or more, and no more than 'Z'.
    const std::uint64_t upper = (eight + OfEach(0x80 - 'A')) & ~(eight + OfEach(0x7F - 'Z')) & OfEach(0x80);
    eight |= upper >> 2;
    std::memcpy(text.data() + at, &eight, sizeof eight);
  }
  unsigned char rest = 0;
  for (; at < text.size(); ++at) {
    rest |= static_cast<unsigned char>(text[at]);
    text[at] = static_cast<char>(text[at] | (IsAsciiUpper(text[at]) ? 0x20 : 0));
  }
  return rest < 0x80;
}

}  // namespace

std::string Fold(std::string_view text) {
  std::string folded(text);
  if (FoldAscii(folded)) return folded;  // as nearly all are
  folded.clear();
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = ReadCodePoint(text, at);
    AppendFolded(c.value, folded);
    at += c.bytes;
  }
  return folded;
}

}  // namespace privity::detect
