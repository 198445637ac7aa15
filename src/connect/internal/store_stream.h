// A guarded stream to a store, and what went wrong with it in this room's words.
#pragma once

#include <array>
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

// The next reply of a store: what `replies` (fed with bytes, it takes whole replies off them) makes of what arrives.
// connect.damaged, connect.dropped, those of StoreError; the stream is lost after each of them.
template <class Replies>
auto ReceiveReply(Replies& replies, GuardedStream& stream, const std::string& store, const std::string& place)
    -> Result<decltype(replies.Take())> {
  std::array<char, 64 << 10> chunk;
  while (true) {
    if (auto reply = replies.Take()) return reply;
    if (replies.is_broken()) return Error("connect.damaged", {{"store", store}, {"place", place}});
    const auto size = stream.Receive(chunk);
    if (!size.ok()) return StoreError(size.error(), store, place);
    if (*size == 0) return Error("connect.dropped", {{"store", store}, {"place", place}});
    replies.Feed({chunk.data(), *size});
  }
}

}  // namespace privity::connect_internal
