#include "redact/redactor.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/utf8.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::size_t kPseudonymBytes = 5;  // ten hexadecimal digits: a chance of one in a million among 1,500 people

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsHigh(char c) {
  return (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Length in bytes of the character at `at`, whose bytes beyond the first are continuations.
std::size_t CharacterBytes(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (IsHigh(text[at]) && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

// As the detector counts: a byte that begins no valid sequence is one code point.
std::size_t BytesOfCodePoint(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  return length > 1 && at + length <= text.size() && IsUtf8(text.substr(at, length)) ? length : 1;
}

std::string Masked(std::string_view value) {
  std::string masked;
  for (std::size_t at = 0; at < value.size(); at += CharacterBytes(value, at)) {
    const char c = value[at];
    masked += IsDigit(c) || IsUpper(c) || IsLower(c) || IsHigh(c) ? '*' : c;
  }
  return masked;
}

// The same person writes in other cases and with other spaces.
std::string Normalized(std::string_view value) {
  std::string normal;
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!normal.empty() && normal.back() != ' ') normal += ' ';
    } else {
      normal += IsUpper(c) ? static_cast<char>(c + 0x20) : c;
    }
  }
  return normal;
}

// Bytes that only the key's holder can make, one after another.
class KeyedBytes {
 public:
  KeyedBytes(const Key& key, Entity entity, std::string_view value)
      : key_(key), message_(std::string(EnumText(entity)) + '\0' + Normalized(value) + '\0') {
    Refill();
  }

  BytesView First(std::size_t count) const { return BytesView(block_).first(count); }
  // Below `limit`, without a lean to small numbers that would show.
  unsigned Below(unsigned limit) {
    if (next_ + 2 > block_.size()) Refill();
    const unsigned drawn = std::to_integer<unsigned>(block_[next_]) << 8 | std::to_integer<unsigned>(block_[next_ + 1]);
    next_ += 2;
    return drawn % limit;
  }

 private:
  void Refill() {
    const std::string numbered = message_ + std::to_string(blocks_++);
    block_ = HmacSha256(key_.Reveal(), AsBytes(numbered));
    next_ = 0;
  }

  const Key& key_;
  std::string message_;
  Sha256Digest block_{};
  std::size_t next_ = 0;
  unsigned blocks_ = 0;
};

}  // namespace

Result<Redactor> Redactor::Create(std::shared_ptr<const Detector> detector, RedactionOptions options,
                                  std::optional<Key> key) {
  const bool keyed = options.manner == RedactionManner::kPseudonym || options.manner == RedactionManner::kFormat;
  if (keyed && !key) return Error("redact.key_missing", {{"manner", std::string(EnumText(options.manner))}});
  return Redactor(std::move(detector), std::move(options), std::move(key));
}

bool Redactor::Replaces(Entity entity) const {
  return options_.only.empty() || std::find(options_.only.begin(), options_.only.end(), entity) != options_.only.end();
}

std::string Redactor::InTheSameForm(std::string_view value, Entity entity) const {
  KeyedBytes bytes(*key_, entity, value);
  std::string formed;
  for (std::size_t at = 0; at < value.size(); at += CharacterBytes(value, at)) {
    const char c = value[at];
    if (IsDigit(c)) {
      formed += static_cast<char>('0' + bytes.Below(10));
    } else if (IsUpper(c)) {
      formed += static_cast<char>('A' + bytes.Below(26));
    } else if (IsLower(c) || IsHigh(c)) {
      formed += static_cast<char>('a' + bytes.Below(26));
    } else {
      formed += c;
    }
  }
  return formed;
}

std::string Redactor::Value(std::string_view value, Entity entity) const {
  if (!Replaces(entity)) return std::string(value);
  switch (options_.manner) {
    case RedactionManner::kLabel:
      return "[" + std::string(EnumText(entity)) + "]";
    case RedactionManner::kMask:
      return Masked(value);
    case RedactionManner::kPseudonym:
      return std::string(EnumText(entity)) + "-" + HexEncode(KeyedBytes(*key_, entity, value).First(kPseudonymBytes));
    case RedactionManner::kFormat:
      return InTheSameForm(value, entity);
  }
  return {};
}

RedactedText Redactor::Text(std::string_view text) const {
  RedactedText redacted;
  std::size_t copied = 0;  // bytes
  std::size_t at = 0;
  std::int64_t point = 0;
  // The detector counts each byte of a broken sequence as one code point.
  const auto byte_of = [&](std::int64_t wanted) {
    for (; point < wanted && at < text.size(); ++point) at += BytesOfCodePoint(text, at);
    return at;
  };
  for (const TextSpan& span : detector_->Text(text)) {
    if (!Replaces(span.entity)) continue;
    const std::size_t begin = byte_of(span.start);
    const std::size_t end = byte_of(span.end);
    redacted.text += text.substr(copied, begin - copied);
    redacted.text += Value(text.substr(begin, end - begin), span.entity);
    copied = end;
    redacted.replaced.push_back(
        {.start = span.start, .end = span.end, .entity = span.entity, .category = span.category});
  }
  redacted.text += text.substr(copied);
  return redacted;
}

}  // namespace privity
