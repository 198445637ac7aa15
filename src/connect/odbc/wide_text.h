// UTF-8 and UTF-16, as drivers of ODBC speak it. What is broken becomes U+FFFD on the way.
#pragma once

#include <string>
#include <string_view>

namespace privity::connect_internal {

std::u16string Utf16Of(std::string_view utf8);
std::string Utf8Of(std::u16string_view utf16);

}  // namespace privity::connect_internal
