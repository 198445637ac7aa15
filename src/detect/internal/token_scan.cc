#include "detect/internal/token_scan.h"

#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kBytesOfToken = 5;  // about, the space after it included
constexpr std::size_t kTokensAtFirst = 4096;

enum ByteClass : std::uint8_t { kOther, kDigit, kLower, kUpper, kHigh };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = kLower;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = kUpper;
  for (int c = 0x80; c <= 0xFF; ++c) classes[c] = kHigh;
  return classes;
}();

class Scanner {
 public:
  Scanner(std::string_view text, Scan& scan) : text_(text), scan_(scan) {}

  void Run() {
    bool line_before = false;
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      const std::uint8_t byte_class = kClasses[byte];
      if (byte_class == kOther) {
        if (byte == '@') scan_.ats.push_back(static_cast<std::uint32_t>(at_));
        if (byte == ':') scan_.colons.push_back(static_cast<std::uint32_t>(at_));
        line_before = line_before || byte == '\n';
        ++at_;
      } else if (byte_class == kHigh && !IsLetter(ReadCodePoint(text_, at_).value)) {
        at_ += ReadCodePoint(text_, at_).bytes;
      } else {
        TakeToken(line_before);
        line_before = false;
      }
    }
  }

 private:
  void TakeToken(bool line_before) {
    // Made where it will stand: a copy would wait for the writes of its parts.
    Token& token = scan_.tokens.emplace_back();
    token.begin = static_cast<std::uint32_t>(at_);
    token.line_before = line_before;
    std::uint32_t hash = kWordHashStart;
    std::uint32_t digits = 0;
    std::uint32_t classes = 0;  // a bit for each that was seen
    token.upper_first = kClasses[static_cast<unsigned char>(text_[at_])] == kUpper;
    for (; at_ < text_.size(); ++at_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      const std::uint8_t byte_class = kClasses[byte];
      if (byte_class == kOther) break;
      if (byte_class == kHigh) {
        if (!TakeHigh(token, hash)) break;
        continue;
      }
      classes |= 1u << byte_class;
      digits += byte_class == kDigit;
      hash = WordHashGoesOn(hash, static_cast<char>(byte_class == kUpper ? byte + 0x20 : byte));
    }
    token.has_upper |= (classes >> kUpper & 1) != 0;
    token.has_lower |= (classes >> kLower & 1) != 0;
    token.digits = static_cast<std::uint16_t>(std::min(digits, 0xFFFFu));
    token.end = static_cast<std::uint32_t>(at_);
    token.hash = hash;
  }

  // Stays at the last byte of the letter.
  bool TakeHigh(Token& token, std::uint32_t& hash) {
    const CodePoint c = ReadCodePoint(text_, at_);
    if (!IsLetter(c.value)) return false;
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
  Scanner(text, scan).Run();
}

}  // namespace privity::detect
