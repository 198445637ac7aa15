// A connection for protocols that are not HTTP (Redis, IMAP): bytes out, bytes in, guarded like every other connection
// of this room (net/outbound.h).
//
//   PRIVITY_TRY(const CheckedTarget target, CheckTarget(resolver, host, port, policy, timeout));
//   PRIVITY_TRY(const auto stream, GuardedStream::Open(target, options));
//   PRIVITY_TRY_VOID(stream->Send("PING\r\n"));
//   PRIVITY_TRY(const std::size_t size, stream->Receive(buffer));
//
// Used by one thread. Calls block, at most for silence_timeout, and end soon after a stop was requested.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/resolver.h"

namespace privity {

enum class StreamTls {
  kNone,
  kUnverified,  // encrypted, whoever the server is
  kAuthority,   // its certificate comes from a trusted authority
  kVerified,    // and names the host
};

struct StreamOptions {
  StreamTls tls = StreamTls::kVerified;
  std::string ca_file{};                              // as in OutboundPolicy
  std::chrono::milliseconds connect_timeout{10'000};  // TCP and TLS
  std::chrono::milliseconds silence_timeout{60'000};  // without a byte that moves
  std::stop_token stop{};
};

class CurlHandle;

class GuardedStream {
 public:
  // net.connect_failed, net.timeout{phase=connect}, net.tls_failed, net.cancelled.
  static Result<std::unique_ptr<GuardedStream>> Open(const CheckedTarget& target, const StreamOptions& options);
  ~GuardedStream();
  GuardedStream(const GuardedStream&) = delete;
  GuardedStream& operator=(const GuardedStream&) = delete;

  // All of it, or an error: net.timeout{phase=transfer}, net.cancelled, net.protocol_error (the peer went away).
  Status Send(std::string_view bytes);
  // At least one byte, or 0 when the peer has ended the connection. The same errors.
  Result<std::size_t> Receive(std::span<char> out);
  // Of a stream without TLS: its socket once more, blocking for at most silence_timeout, for a client library that
  // speaks a protocol by itself. The caller closes it; the stream may go.
  int DuplicateSocket() const;

 private:
  GuardedStream(const CheckedTarget& target, const StreamOptions& options);
  Status Wait(short events, std::chrono::steady_clock::time_point until);
  Error Broken(int curl_code) const;

  const std::string host_;
  const StreamOptions options_;
  std::unique_ptr<CurlHandle> curl_;
};

}  // namespace privity
