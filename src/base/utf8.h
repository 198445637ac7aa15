// UTF-8 (RFC 3629): the only encoding of text inside Privity.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace privity {

// Refuses overlong forms, surrogates and anything above U+10FFFF.
bool IsUtf8(std::string_view bytes);
// Code points of valid UTF-8.
std::size_t CountCharacters(std::string_view text);
// `code_point` is a Unicode scalar value.
void AppendUtf8(char32_t code_point, std::string& out);
// Orders two valid UTF-8 texts by their UTF-16 code units, as RFC 8785 section 3.2.3 wants it.
bool LessByUtf16(std::string_view a, std::string_view b);

}  // namespace privity
