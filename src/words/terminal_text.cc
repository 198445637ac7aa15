#include "words/terminal_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace privity {

bool IsHostile(char32_t character) {
  const auto category = u_charType(static_cast<UChar32>(character));
  return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
         category == U_PARAGRAPH_SEPARATOR || category == U_SURROGATE;
}

std::string Harmless(std::string_view utf8) {
  std::string out;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(utf8.size());) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(utf8.data(), i, static_cast<std::int32_t>(utf8.size()), c);
    if (c < 0 || IsHostile(static_cast<char32_t>(c))) {
      out += "\xEF\xBF\xBD";
    } else {
      out += utf8.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
  }
  return out;
}

}  // namespace privity
