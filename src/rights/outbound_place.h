// Where messages about requests may be posted to: by https, or by http to this machine alone, and only where the
// operator allows its networks.
#pragma once

#include <string>

#include "net/outbound.h"

namespace privity {

// net.url_invalid, net.scheme_refused.
Result<Url> PlaceToPost(const std::string& url, const OutboundPolicy& operators);
// What the client holds it to.
OutboundPolicy PolicyToPost(const OutboundPolicy& operators, const Url& place);

}  // namespace privity
