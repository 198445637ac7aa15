// Services with an API over HTTP, as packs describe them (http/service_description.h):
//
//   api://acme.example.org/zendesk          a service with an own host for every customer
//   api:///stripe                           one whose description names the host
//   api://agent@acme.example.org/zendesk?account=42
//
// The token or key is the password. To other machines https is always wanted unless the address ends in
// ?sslmode=disable. A redirect is not followed, and no next page on another server: the token stays where it belongs.
//
// A collection is a list of the API, a record one object of it; its values stand under the names that the description
// gives them, and what it does not name under its path. A service compares nothing by itself: a record is read,
// compared and then changed, so that a change made within the same moment may be overwritten.
#pragma once

#include <memory>

#include "connect/connector.h"
#include "net/outbound.h"

namespace privity {

const ConnectorKind& HttpKind();

// With a client of its own, for tests.
std::unique_ptr<Connector> MakeHttpConnector(const ConnectionUrl& url, const ConnectOptions& options,
                                             const Resolver& resolver, std::unique_ptr<OutboundHttp> http);

}  // namespace privity
