// Calls over HTTP for kinds of stores that speak it.
#pragma once

#include <string>

#include "connect/connector.h"
#include "net/outbound.h"

namespace privity::connect_internal {

// The limits and the stop of a connection, for one call.
OutboundRequest MakeCall(Url url, const ConnectOptions& options);

// Waits and asks again while the server says that it has too much to do (429, 503), as long as it asks for, and in all
// no longer than silence_timeout; then its last answer is returned. Nothing else is repeated: a connection that broke
// is the caller's to report. Errors in this room's words (internal/store_stream.h).
Result<OutboundResponse> SendPatiently(const OutboundHttp& http, const OutboundRequest& request,
                                       const OutboundPolicy& policy, const ConnectOptions& options,
                                       const std::string& store, const std::string& place);

}  // namespace privity::connect_internal
