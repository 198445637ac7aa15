#include "connect/folder/text_source.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace privity::connect_internal {
namespace {

// 0x80 to 0x9F of windows-1252; the five bytes without a meaning stay control characters, as in WHATWG's index.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// UTF-8, of which the end may be missing.
bool IsUtf8Start(std::string_view text, bool is_whole) {
  for (std::size_t missing = 0; missing <= (is_whole ? 0u : std::min<std::size_t>(3, text.size())); ++missing) {
    if (IsUtf8(text.substr(0, text.size() - missing))) return true;
  }
  return false;
}

std::size_t ZerosAt(std::string_view text, std::size_t parity) {
  std::size_t zeros = 0;
  for (std::size_t at = parity; at < text.size(); at += 2) zeros += text[at] == '\0' ? 1 : 0;
  return zeros;
}

// Takes the first character off UTF-8.
char32_t TakeCharacter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t character = size == 1 ? lead : lead & (0xFFu >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) {
    character = character << 6 | (static_cast<unsigned char>(text[at]) & 0x3Fu);
  }
  text.remove_prefix(size);
  return character;
}

std::optional<char> ByteOfWindows1252(char32_t character) {
  if (character < 0x80 || (character >= 0xA0 && character <= 0xFF)) return static_cast<char>(character);
  const auto found = std::ranges::find(kWindows1252, character);
  if (found == kWindows1252.end()) return std::nullopt;
  return static_cast<char>(0x80 + (found - kWindows1252.begin()));
}

void AppendUnit(TextEncoding encoding, char16_t unit, std::string& bytes) {
  const char high = static_cast<char>(unit >> 8);
  const char low = static_cast<char>(unit & 0xFF);
  const bool is_big = encoding == TextEncoding::kUtf16BigEndian;
  bytes += is_big ? high : low;
  bytes += is_big ? low : high;
}

void AppendUtf16(TextEncoding encoding, char32_t character, std::string& bytes) {
  if (character < 0x10000) return AppendUnit(encoding, static_cast<char16_t>(character), bytes);
  const char32_t rest = character - 0x10000;
  AppendUnit(encoding, static_cast<char16_t>(0xD800 + (rest >> 10)), bytes);
  AppendUnit(encoding, static_cast<char16_t>(0xDC00 + (rest & 0x3FF)), bytes);
}

bool IsHighSurrogate(char16_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool IsLowSurrogate(char16_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

TextEncoding GuessEncoding(std::string_view start, bool is_whole, std::size_t& mark_bytes) {
  mark_bytes = 2;
  if (start.starts_with("\xFF\xFE")) return TextEncoding::kUtf16LittleEndian;
  if (start.starts_with("\xFE\xFF")) return TextEncoding::kUtf16BigEndian;
  mark_bytes = start.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  if (start.find('\0') != std::string_view::npos) {
    const std::size_t half = start.size() / 2;
    if (ZerosAt(start, 1) > half * 3 / 4 && ZerosAt(start, 0) == 0) return TextEncoding::kUtf16LittleEndian;
    if (ZerosAt(start, 0) > half * 3 / 4 && ZerosAt(start, 1) == 0) return TextEncoding::kUtf16BigEndian;
    return TextEncoding::kNone;
  }
  return IsUtf8Start(start, is_whole) ? TextEncoding::kUtf8 : TextEncoding::kWindows1252;
}

std::string_view EncodingName(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf8:
      return "UTF-8";
    case TextEncoding::kUtf16LittleEndian:
      return "UTF-16LE";
    case TextEncoding::kUtf16BigEndian:
      return "UTF-16BE";
    case TextEncoding::kWindows1252:
      return "windows-1252";
    case TextEncoding::kNone:
      return "";
  }
  return "";
}

std::size_t UnitBytes(TextEncoding encoding) {
  return encoding == TextEncoding::kUtf16LittleEndian || encoding == TextEncoding::kUtf16BigEndian ? 2 : 1;
}

std::optional<std::string> Encoded(TextEncoding encoding, std::string_view text) {
  // Broken sequences are handed through as they are.
  if (encoding == TextEncoding::kUtf8) return std::string(text);
  if (encoding == TextEncoding::kNone || !IsUtf8(text)) return std::nullopt;
  std::string bytes;
  while (!text.empty()) {
    const char32_t character = TakeCharacter(text);
    if (encoding != TextEncoding::kWindows1252) {
      AppendUtf16(encoding, character, bytes);
    } else if (const auto byte = ByteOfWindows1252(character)) {
      bytes += *byte;
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

void TextDecoder::Decode(TextEncoding encoding, std::string_view bytes, std::string& text) {
  switch (encoding) {
    case TextEncoding::kUtf8:
    case TextEncoding::kNone:
      text += bytes;
      return;
    case TextEncoding::kWindows1252:
      for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        AppendUtf8(byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte, text);
      }
      return;
    case TextEncoding::kUtf16LittleEndian:
    case TextEncoding::kUtf16BigEndian:
      DecodeUtf16(encoding, bytes, text);
      return;
  }
}

void TextDecoder::DecodeUtf16(TextEncoding encoding, std::string_view bytes, std::string& text) {
  const std::size_t high = encoding == TextEncoding::kUtf16BigEndian ? 0 : 1;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto unit = static_cast<char16_t>(static_cast<unsigned char>(bytes[at + high]) << 8 |
                                            static_cast<unsigned char>(bytes[at + 1 - high]));
    if (IsLowSurrogate(unit) && high_surrogate_ != 0) {
      AppendUtf8(0x10000 + ((char32_t{high_surrogate_} - 0xD800) << 10) + (char32_t{unit} - 0xDC00), text);
    } else if (IsLowSurrogate(unit)) {
      AppendUtf8(0xFFFD, text);
    } else if (!IsHighSurrogate(unit)) {
      AppendUtf8(unit, text);
    }
    high_surrogate_ = IsHighSurrogate(unit) ? unit : char16_t{0};
  }
}

}  // namespace privity::connect_internal
