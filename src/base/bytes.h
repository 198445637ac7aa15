// Bytes and their spellings: hex, base64 (RFC 4648 section 4) and base64url without padding (section 5).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

// Views of the same memory; the argument must outlive the view.
BytesView AsBytes(std::string_view text);
std::string_view AsText(BytesView bytes);
Bytes ToBytes(std::string_view text);

std::string HexEncode(BytesView bytes);             // lower case
Result<Bytes> HexDecode(std::string_view text);     // either case; base.hex_invalid
std::string Base64Encode(BytesView bytes);          // with padding
Result<Bytes> Base64Decode(std::string_view text);  // padding required, no white space; base.base64_invalid
std::string Base64UrlEncode(BytesView bytes);       // without padding
Result<Bytes> Base64UrlDecode(std::string_view text);

}  // namespace privity
