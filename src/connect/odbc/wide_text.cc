#include "connect/odbc/wide_text.h"

#include <array>

#include "base/utf8.h"

namespace privity::connect_internal {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The code point at the front of `text`, which is not empty, and how many bytes it takes.
char32_t Front(std::string_view text, std::size_t& size) {
  const auto lead = static_cast<unsigned char>(text[0]);
  size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (size > text.size() || !IsUtf8(text.substr(0, size))) {
    size = 1;
    return kReplacement;
  }
  if (size == 1) return lead;
  char32_t code = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return code;
}

void Append(char32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  constexpr std::array<unsigned, 3> kLeads = {0xC0, 0xE0, 0xF0};
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  out += static_cast<char>(kLeads.at(static_cast<std::size_t>(more - 1)) | (code >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

}  // namespace

std::u16string Utf16Of(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    std::size_t size = 0;
    const char32_t code = Front(utf8, size);
    utf8.remove_prefix(size);
    if (code < 0x10000) {
      out += static_cast<char16_t>(code);
    } else {
      out += static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::string Utf8Of(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size());
  for (std::size_t at = 0; at < utf16.size(); ++at) {
    char32_t code = utf16[at];
    const bool is_first = code >= 0xD800 && code < 0xDC00;
    const bool has_second = at + 1 < utf16.size() && utf16[at + 1] >= 0xDC00 && utf16[at + 1] < 0xE000;
    if (is_first && has_second) {
      code = 0x10000 + ((code - 0xD800) << 10) + (utf16[++at] - 0xDC00u);
    } else if (code >= 0xD800 && code < 0xE000) {
      code = kReplacement;
    }
    Append(code, out);
  }
  return out;
}

}  // namespace privity::connect_internal
