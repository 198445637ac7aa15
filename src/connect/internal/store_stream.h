// A guarded stream to a store, and what went wrong with it in this room's words.
#pragma once

#include <memory>
#include <string>

#include "connect/connector.h"
#include "net/stream.h"

namespace privity::connect_internal {

// connect.unreachable, connect.tls, connect.timeout, connect.cancelled, connect.dropped; what the address guard said
// stays as it is.
Error StoreError(const Error& error, const std::string& store, const std::string& place);

// `is_encrypted`: from the first byte, as far as `sslmode` of the address does not say otherwise; else not at all,
// which only `sslmode=disable` allows to other machines. Errors: those of CheckTarget, connect.url_invalid,
// connect.tls, connect.unreachable.
struct StoreStream {
  std::unique_ptr<GuardedStream> stream;
  bool is_encrypted = false;
};
Result<StoreStream> OpenStoreStream(const ConnectionUrl& url, std::uint16_t default_port, bool is_encrypted,
                                    const ConnectOptions& options, const Resolver& resolver);

}  // namespace privity::connect_internal
