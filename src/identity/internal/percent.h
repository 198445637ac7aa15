// Percent-encoding of everything but the unreserved characters of RFC 3986 section 2.3.
#pragma once

#include <string>
#include <string_view>

namespace privity {

std::string PercentEncodeUnreserved(std::string_view text);

}  // namespace privity
