// Text from outside on a terminal: nothing in it may move the cursor, recolor, hide, or turn the direction of what
// stands beside it.
#pragma once

#include <string>
#include <string_view>

namespace privity {

// Whether a terminal would act on the character instead of showing it: controls, format characters (bidirectional marks
// among them, Unicode Technical Report 36, section 2.5), separators of lines and paragraphs, lone surrogates.
bool IsHostile(char32_t character);

// One line in which U+FFFD stands for every hostile character and every byte that is no UTF-8.
std::string Harmless(std::string_view utf8);

}  // namespace privity
