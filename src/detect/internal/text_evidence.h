// What the parts of TextRules share: how much each kind of evidence counts, how near it stands, and how numbers are
// laid out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "detect/internal/letters.h"
#include "detect/internal/token_scan.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

// Evidence in a number, added up to at most kMax; reported from kReport on. Set by hand; stdnum's vectors were looked
// at meanwhile and measure it too (docs/accuracy.md).
inline constexpr double kBase = 0.10;
inline constexpr double kForBit = 0.06;
inline constexpr double kBitsMax = 9;
inline constexpr double kForLongNumber = 0.03;  // for each digit beyond ten
inline constexpr double kLayoutTight = 0.40;    // two or more hyphens, dots or slashes where the rule wants them
inline constexpr double kLayoutLoose = 0.15;
inline constexpr double kCut = -0.30;  // of a number in groups, the first ones: "185 472" of "185 472 91"
inline constexpr double kContext = 0.45;
inline constexpr double kNotBeside = -0.05;       // right before it stands the word of another kind
inline constexpr double kKindContext = 0.2;       // the text says that it is a number of this kind, of no country
inline constexpr double kNearKindContext = 0.1;   // of a kind that is the same in many countries
inline constexpr double kForeignContext = -0.35;  // the text says that it is something else
inline constexpr double kForeignToPlace = -0.05;  // a sure postal code stands beside people's numbers of all kinds
inline constexpr double kForeignToSure = -0.1;    // likewise, of a long number whose check chance passes once in ninety
inline constexpr double kSureChance = 0.011;
inline constexpr std::size_t kSureBytes = 15;
inline constexpr double kMax = 0.99;
inline constexpr double kReport = 0.5;
inline constexpr double kCheckDigit = 0.2;  // validators that accept more are no check digits
// Above that of an address of the web: one that is a secret is no mere address.
inline constexpr double kTokenScore = 0.96;
inline constexpr double kTokenAfterContext = 0.75;
inline constexpr double kWordScore = 0.6;

inline constexpr std::size_t kContextBefore = 8;
inline constexpr std::size_t kContextAfter = 3;
inline constexpr int kLinesBefore = 1;           // that end between a word and the number after it
inline constexpr std::size_t kThingsBefore = 2;  // "batch no. 20260417-03"
inline constexpr std::size_t kLettersInGroupMax = 5;
inline constexpr std::size_t kGroupBytesMax = 36;

// Long numbers are rare by chance.
inline double ForLength(std::size_t digits) {
  return digits > 10 ? kForLongNumber * static_cast<double>(std::min<std::size_t>(digits - 10, 4)) : 0;
}

// They say what kind of number it is and nothing of its format: files name them for their own country's, and every
// country has such numbers. So they speak for all of the kind, and a number that is none of theirs may be another's.
inline bool IsKindWord(std::uint32_t word) {
  static const WordSet kWords(
      {"national", "identity", "identification", "identifier",     "id",        "personal",  "citizen", "resident",
       "civil",    "tax",      "taxpayer",       "fiscal",         "number",    "document",  "card",    "insurance",
       "health",   "medical",  "driver",         "drivers",        "driving",   "licence",   "license", "identidad",
       "identite", "identita", "identidade",     "identificacion", "personnel", "personale", "nummer",  "numero"});
  return kWords.contains(word);
}

// Whether a token may be one of the groups of a number.
inline bool IsGroup(const Token& token) {
  const std::uint32_t size = token.size();
  if (!token.ascii) return false;
  if (token.digits > 0) return size <= kGroupBytesMax;
  return size <= kLettersInGroupMax && (!token.has_lower || size == 1);
}

// One of 36 bits for a digit or a letter.
inline std::uint64_t FirstBit(char c) {
  return std::uint64_t{1} << (IsAsciiDigit(c) ? c - '0' : (c & ~0x20) - 'A' + 10);
}

// One of 64 bits for the hash of a layout.
inline std::uint64_t LayoutBit(std::uint32_t layout) {
  return std::uint64_t{1} << layout % 64;
}

// How a number is grouped, as a hash of its runs of digits and of letters and of the signs between them.
class LayoutHash {
 public:
  constexpr LayoutHash() = default;
  // Of what `LayoutOf` gives, or a file.
  constexpr explicit LayoutHash(std::string_view layout) {
    for (std::size_t at = 0; at < layout.size();) {
      const std::size_t end = std::min(layout.find_first_not_of(layout[at], at), layout.size());
      Add(layout[at], end - at);
      at = end;
    }
  }
  // Digits are '9', letters 'A'; of signs one at a time.
  constexpr void Add(char kind, std::size_t count) {
    value_ = (value_ ^ static_cast<std::uint32_t>(count << 8 | static_cast<unsigned char>(kind))) * 0x9E3779B1u;
    value_ ^= value_ >> 15;
  }
  void AddWord(std::string_view word, std::size_t digits) {
    while (digits > 0 && digits < word.size()) {
      const bool digit = IsAsciiDigit(word.front());
      std::size_t run = 1;
      while (run < word.size() && IsAsciiDigit(word.data()[run]) == digit) ++run;
      Add(digit ? '9' : 'A', run);
      word.remove_prefix(run);
      digits -= digit ? run : 0;
    }
    if (!word.empty()) Add(digits > 0 ? '9' : 'A', word.size());
  }
  constexpr std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 0;
};

// "AB-12 3" is "AA-99 9".
inline std::string LayoutOf(std::string_view value) {
  std::string layout(value);
  for (char& c : layout) {
    if (IsAsciiDigit(c)) c = '9';
    if (IsAsciiLetter(c)) c = 'A';
  }
  return layout;
}

}  // namespace privity::detect
