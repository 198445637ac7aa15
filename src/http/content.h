// Negotiation: which media type and coding an answer has (RFC 9110 section 12), and what a request's body claims to be
// (8.3).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace privity {

// The offer that `accept` likes best, the earlier of equals; the first offer when there is no Accept field; nothing
// when none is accepted (406). A field that cannot be read counts as absent.
std::optional<std::string_view> NegotiateType(std::string_view accept, std::span<const std::string_view> offers);

// Whether the coding ("br", "gzip") is accepted: named with a weight above 0, or by "*". Without the field: no.
bool AcceptsCoding(std::string_view accept_encoding, std::string_view coding);

// "application/json; charset=utf-8" → "application/json", in lower case; "" when it is not a media type.
std::string MediaType(std::string_view content_type);

inline constexpr std::size_t kFileNameBytesMax = 255;

// The name that a Content-Disposition field gives a file (RFC 6266 section 4.3): `filename*` (RFC 8187, UTF-8 only)
// before `filename`, without any folder in front. Nothing when there is none, or when it is empty, "." or "..", longer
// than kFileNameBytesMax, no UTF-8, or holds a control character.
std::optional<std::string> AttachmentName(std::string_view content_disposition);
// `attachment; filename*=UTF-8''...`: whatever the name, the field holds ASCII only.
std::string AttachmentField(std::string_view file_name);

}  // namespace privity
