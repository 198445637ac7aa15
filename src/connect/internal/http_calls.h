// Calls over HTTP for kinds of stores that speak it.
#pragma once

#include <string>

#include "base/clock.h"
#include "connect/connector.h"
#include "net/outbound.h"

namespace privity::connect_internal {

// https or http, by the parameter `sslmode` of the address and by where `host` is (connect/internal/tls_mode.h). Checks
// that the policy lets it be reached at all.
Result<bool> IsEncryptedHttp(const ConnectionUrl& url, const std::string& host, const ConnectOptions& options,
                             const Resolver& resolver);
// "https://host:8443"; the port is left out when it is 0 or the usual one.
std::string HttpOrigin(bool is_encrypted, const std::string& host, std::uint16_t port);

// The limits and the stop of a connection, for one call.
OutboundRequest MakeCall(Url url, const ConnectOptions& options);

// Waits and asks again while the server says that it has too much to do (429, 503), as long as it asks for, and in all
// no longer than silence_timeout; then its last answer is returned. What only reads (GET) is asked for a second and a
// third time when the server failed (500, 502, 504). Nothing else is repeated: a connection that broke is the caller's
// to report. Errors in this room's words (internal/store_stream.h).
Result<OutboundResponse> SendPatiently(const OutboundHttp& http, const OutboundRequest& request,
                                       const OutboundPolicy& policy, const ConnectOptions& options,
                                       const std::string& store, const std::string& place);

}  // namespace privity::connect_internal
