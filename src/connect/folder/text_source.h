// Text as UTF-8, piece by piece, wherever it lies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace privity::connect_internal {

enum class TextEncoding { kUtf8, kUtf16LittleEndian, kUtf16BigEndian, kWindows1252, kNone };

// By the first bytes of a text; `mark_bytes` is the size of the byte order mark. kNone: not text.
TextEncoding GuessEncoding(std::string_view start, bool is_whole, std::size_t& mark_bytes);

// "windows-1252", as WHATWG Encoding calls it.
std::string_view EncodingName(TextEncoding encoding);
// In bytes; whatever is cut between two of them can be decoded piece by piece.
std::size_t UnitBytes(TextEncoding encoding);
// A text of UTF-8 in that encoding; nothing where it has no way to say it.
std::optional<std::string> Encoded(TextEncoding encoding, std::string_view text);

class TextDecoder {
 public:
  // Appends the text of the next bytes.
  void Decode(TextEncoding encoding, std::string_view bytes, std::string& text);
  // What comes next is not what follows.
  void Restart() { high_surrogate_ = 0; }

 private:
  void DecodeUtf16(TextEncoding encoding, std::string_view bytes, std::string& text);
  char16_t high_surrogate_ = 0;
};

class TextSource {
 public:
  virtual ~TextSource() = default;
  virtual std::uint64_t size_bytes() const = 0;
  // Goes on at about `offset` bytes from the start; the next text may begin in the middle of a line.
  virtual void Seek(std::uint64_t offset) = 0;
  // Appends the next piece to `text`; false at the end.
  virtual Result<bool> Append(std::string& text) = 0;
};

}  // namespace privity::connect_internal
