#include "detect/internal/token_scan.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "detect/internal/char_bits.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kBytesOfToken = 5;  // about, the space after it included
constexpr std::size_t kTokensAtFirst = 4096;

bool IsHigh(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// The bits before place `end`, at most 64.
std::uint64_t BitsBelow(unsigned end) {
  return end == CharBits::kBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << end) - 1;
}

std::uint64_t BitsWithin(unsigned begin, unsigned end) {
  return BitsBelow(end) & ~BitsBelow(begin);
}

class Scanner {
 public:
  Scanner(std::string_view text, Scan& scan) : text_(text), scan_(scan) {}

  void Run() {
    while (at_ < text_.size()) {
      ReadBits();
      const std::size_t begin = at_;
      NoteSigns(begin, TakeTokens());
    }
  }

 private:
  // Of the bytes from at_ on; what is beyond the text is NUL.
  void ReadBits() {
    const std::string_view rest = text_.substr(at_, CharBits::kBytes);
    if (rest.size() == CharBits::kBytes) return ReadCharBits(rest.data(), bits_);
    char padded[CharBits::kBytes] = {};
    std::copy(rest.begin(), rest.end(), padded);
    ReadCharBits(padded, bits_);
  }

  // The tokens of ASCII within the bits, up to one that may go on beyond them, or that has other letters: that one is
  // read letter by letter, or with the bits from its begin on. How many bits are settled.
  unsigned TakeTokens() {
    const std::uint64_t words = bits_.digits | bits_.letters | bits_.high;
    const std::size_t begin = at_;
    const bool last = text_.size() - begin <= CharBits::kBytes;
    for (unsigned at = 0;;) {
      const std::uint64_t rest = words & ~BitsBelow(at);
      const unsigned first = static_cast<unsigned>(std::countr_zero(rest));
      line_before_ = line_before_ || (bits_.lines & BitsWithin(at, first)) != 0;
      if (rest == 0) {
        at_ = std::min(begin + CharBits::kBytes, text_.size());
        return CharBits::kBytes;
      }
      const unsigned end = first + static_cast<unsigned>(std::countr_one(words >> first));
      const std::uint64_t token = BitsWithin(first, end);
      const bool goes_on = end == CharBits::kBytes && !last, high = (bits_.high & token) != 0;
      if (goes_on || high) {
        at_ = begin + first;
        if (high || first == 0) TakeSlowly();
        return first;
      }
      AddToken(begin, first, end, token);
      at = end;
    }
  }

  void AddToken(std::size_t begin, unsigned first, unsigned end, std::uint64_t within) {
    // Made where it will stand: a copy would wait for the writes of its parts.
    Token& token = scan_.tokens.emplace_back();
    token.begin = static_cast<std::uint32_t>(begin + first);
    token.end = static_cast<std::uint32_t>(begin + end);
    token.line_before = std::exchange(line_before_, false);
    // Most have none or nothing else, and not every machine counts bits at once.
    const std::uint64_t digits = bits_.digits & within;
    token.digits = static_cast<std::uint16_t>(digits == 0        ? 0
                                              : digits == within ? end - first
                                                                 : static_cast<unsigned>(std::popcount(digits)));
    token.upper_first = (bits_.capitals >> first & 1) != 0;
    token.has_upper = (bits_.capitals & within) != 0;
    token.has_lower = (bits_.letters & ~bits_.capitals & within) != 0;
    token.hash = HashOf(bits_.folded + first, end - first);
  }

  // Short words all alike, for the end of a loop is guessed wrong at every other word. Reads beyond the end of `word`.
  static std::uint32_t HashOf(const char* word, unsigned size) {
    std::uint32_t hash = kWordHashStart;
    if (size > CharBits::kBeyond) {
      for (unsigned i = 0; i < size; ++i) hash = WordHashGoesOn(hash, word[i]);
      return hash;
    }
#pragma GCC unroll 8
    for (unsigned i = 0; i < CharBits::kBeyond; ++i) {
      const std::uint32_t next = WordHashGoesOn(hash, word[i]);
      hash = i < size ? next : hash;
    }
    return hash;
  }

  void NoteSigns(std::size_t begin, unsigned read) {
    for (std::uint64_t ats = bits_.ats & BitsBelow(read); ats != 0; ats &= ats - 1)
      scan_.ats.push_back(static_cast<std::uint32_t>(begin + static_cast<unsigned>(std::countr_zero(ats))));
    for (std::uint64_t colons = bits_.colons & BitsBelow(read); colons != 0; colons &= colons - 1)
      scan_.colons.push_back(static_cast<std::uint32_t>(begin + static_cast<unsigned>(std::countr_zero(colons))));
  }

  void TakeSlowly() {
    const CodePoint c = ReadCodePoint(text_, at_);
    if (!IsHigh(text_[at_]) || IsLetter(c.value)) return TakeToken();
    at_ += c.bytes;
  }

  void TakeToken() {
    Token& token = scan_.tokens.emplace_back();
    token.begin = static_cast<std::uint32_t>(at_);
    token.line_before = std::exchange(line_before_, false);
    token.upper_first = IsAsciiUpper(text_[at_]);
    token.hash = kWordHashStart;
    std::uint32_t digits = 0;
    const bool east_asian = IsEastAsian(ReadCodePoint(text_, at_).value);
    if (east_asian) scan_.east_asian.push_back(static_cast<std::uint32_t>(scan_.tokens.size() - 1));
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (IsHigh(c)) {
        if (!TakeHigh(token, token.hash, east_asian)) break;
        continue;
      }
      if (!IsAsciiAlnum(c) || east_asian) break;
      const bool upper = IsAsciiUpper(c);
      token.has_upper |= upper;
      token.has_lower |= IsAsciiLower(c);
      digits += IsAsciiDigit(c);
      token.hash = WordHashGoesOn(token.hash, upper ? static_cast<char>(c | 0x20) : c);
    }
    token.digits = static_cast<std::uint16_t>(std::min(digits, 0xFFFFu));
    token.end = static_cast<std::uint32_t>(at_);
  }

  // Stays at the last byte of the letter.
  bool TakeHigh(Token& token, std::uint32_t& hash, bool east_asian) {
    const CodePoint c = ReadCodePoint(text_, at_);
    if (!IsLetter(c.value) || IsEastAsian(c.value) != east_asian) return false;
    const bool upper = IsUpperLetter(c.value);
    token.ascii = false;
    token.has_upper |= upper;
    token.has_lower |= !upper;
    token.upper_first |= upper && at_ == token.begin;
    folded_.clear();
    AppendFolded(c.value, folded_);
    for (const char f : folded_) hash = WordHashGoesOn(hash, f);
    at_ += c.bytes - 1u;
    return true;
  }

  std::string_view text_;
  Scan& scan_;
  std::size_t at_ = 0;
  bool line_before_ = false;  // a line has ended since the last token
  CharBits bits_ = {};
  std::string folded_ = {};
};

}  // namespace

std::size_t Scan::TokenAt(std::uint32_t byte) const {
  const auto found = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.begin < byte; });
  return static_cast<std::size_t>(found - tokens.begin());
}

void ScanText(std::string_view text, Scan& scan) {
  scan.text = text;
  scan.tokens.clear();
  scan.tokens.reserve(std::min(text.size() / kBytesOfToken, kTokensAtFirst));
  scan.ats.clear();
  scan.colons.clear();
  scan.east_asian.clear();
  scan.steps = 0;
  Scanner(text, scan).Run();
}

}  // namespace privity::detect
