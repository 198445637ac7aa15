// Percent-encoding and query strings (RFC 3986 section 2.1, WHATWG URL section 5.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace privity {

// http.percent_invalid: "%" without two hex digits, or the text is not UTF-8 or holds a control character afterwards.
Result<std::string> PercentDecode(std::string_view text);
// Everything but the unreserved characters of RFC 3986 section 2.3.
std::string PercentEncode(std::string_view text);

using QueryParameters = std::vector<std::pair<std::string, std::string>>;
inline constexpr std::size_t kQueryParametersMax = 64;

// "a=1&b=x+y": pairs in their order; "+" is a space. http.percent_invalid, http.query_too_long (over
// kQueryParametersMax).
Result<QueryParameters> ParseQuery(std::string_view query);
std::string FormatQuery(const QueryParameters& parameters);

}  // namespace privity
