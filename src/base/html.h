// Text inside HTML.
#pragma once

#include <string>
#include <string_view>

namespace privity {

// `text` (UTF-8) as element content or between the quotes of an attribute: it can open no tag, no entity and no
// attribute. Control characters that HTML does not allow (all below U+0020 but tab, line feed and carriage return, and
// U+007F) become U+FFFD.
std::string EscapeHtml(std::string_view text);

}  // namespace privity
