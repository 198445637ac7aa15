// Names of HTTP status codes, for status lines and for the titles of problems (RFC 9457).
//
// Source: RFC 9110 section 15; 428, 429 and 431 RFC 6585; 507 RFC 4918 section 11.5.
#pragma once

#include <string_view>

namespace privity {

// The name of a code that Privity or a peer uses; for another one the name of its class's first code (RFC 9110
// section 15: an unknown code is understood as x00), and "" outside 100 to 599.
std::string_view HttpStatusName(int status);

}  // namespace privity
