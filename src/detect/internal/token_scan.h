// One pass over a text: its words and numbers, and where the signs stand that other finders begin at.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace privity::detect {

// A run of letters and digits; where East Asian letters meet others, one ends and the next begins. Positions are bytes.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t hash = 0;    // of the folded word
  std::uint16_t digits = 0;  // how many of its characters are digits (capped)
  bool ascii = true;
  bool upper_first = false;
  bool has_lower = false;
  bool has_upper = false;
  bool line_before = false;  // a line ends between the token before and this one

  std::uint32_t size() const { return end - begin; }
  bool all_digits() const { return digits == size(); }
  bool word() const { return digits == 0; }
};

// What 64 tokens may be, a bit for each: finders look at those only.
struct TokenBits {
  static constexpr std::size_t kTokens = 64;
  static constexpr std::uint32_t kLongBytes = 10, kShortBytes = 4;

  std::uint64_t digits = 0;   // of ASCII, a digit among them
  std::uint64_t letters = 0;  // of ASCII, no digit, and no small letter or a single one
  std::uint64_t marked = 0;   // a digit at its begin; or glued from words: "dbPassword", without digits
  std::uint64_t keys = 0;  // kLongBytes or more, not of ASCII, or behind it a sign that keys go on with (char_bits.h)
  std::uint64_t addresses = 0;  // kShortBytes or fewer of base 16, one sign of an address (IsDivider) and more behind
};

struct Scan {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<TokenBits> bits;            // of each 64 tokens
  std::vector<std::uint32_t> ats;         // byte positions of @
  std::vector<std::uint32_t> schemes;     // of : with / behind it
  std::vector<std::uint32_t> east_asian;  // tokens of Han, Kana and Hangul
  // Bytes, words and patterns that finders have looked at beyond one look at each token, where a hostile text could
  // make them look again and again: tests hold them to the length of the text.
  mutable std::uint64_t steps = 0;

  std::string_view Of(const Token& token) const { return {text.data() + token.begin, token.size()}; }
  // What stands between two neighbouring tokens.
  std::string_view Between(std::size_t left) const {
    const Token* const token = tokens.data() + left;
    return {text.data() + token[0].end, token[1].begin - token[0].end};
  }
  // Whether that is one sign.
  bool IsBetween(std::size_t left, char sign) const {
    const Token* const token = tokens.data() + left;
    return token[1].begin - token[0].end == 1 && text.data()[token[0].end] == sign;
  }
  // The token that begins at or after a byte position; tokens.size() when there is none.
  std::size_t TokenAt(std::uint32_t byte) const;
};

// `scan` is filled anew; its memory is used again.
void ScanText(std::string_view text, Scan& scan);

// The hash that Token::hash holds, of a word that is folded already: FNV-1a. The model of names is made with it.
constexpr std::uint32_t kWordHashStart = 2166136261u;
constexpr std::uint32_t kWordHashPrime = 16777619u;
constexpr std::uint32_t WordHashGoesOn(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * kWordHashPrime;
}
constexpr std::uint32_t WordHash(std::string_view folded) {
  std::uint32_t hash = kWordHashStart;
  for (const char c : folded) hash = WordHashGoesOn(hash, c);
  return hash;
}

// Of a word as a text has it.
std::uint32_t FoldedWordHash(std::string_view word);

// Of several words, one after the other: begins with the first one's hash.
constexpr std::uint32_t WordsHashGoesOn(std::uint32_t hash, std::uint32_t word) {
  return WordHashGoesOn(hash, ' ') ^ word * kWordHashPrime;
}

// Of one word or several with spaces between them, all folded.
constexpr std::uint32_t HashOfPhrase(std::string_view phrase) {
  const auto space = phrase.rfind(' ');
  return space == phrase.npos
             ? WordHash(phrase)
             : WordsHashGoesOn(HashOfPhrase(phrase.substr(0, space)), WordHash(phrase.substr(space + 1)));
}

// Of the words [first, last] of a scan.
inline std::uint32_t HashOfWords(const Scan& scan, std::size_t first, std::size_t last) {
  std::uint32_t hash = scan.tokens[first].hash;
  for (std::size_t i = first + 1; i <= last; ++i) hash = WordsHashGoesOn(hash, scan.tokens[i].hash);
  return hash;
}

}  // namespace privity::detect
