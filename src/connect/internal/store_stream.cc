#include "connect/internal/store_stream.h"

#include "connect/internal/tls_mode.h"

namespace privity::connect_internal {
namespace {

StreamTls StreamTlsOf(TlsMode mode, bool is_encrypted) {
  switch (mode) {
    case TlsMode::kDisable:
      return StreamTls::kNone;
    case TlsMode::kPrefer:  // nothing is negotiated in these protocols: the scheme of the address decides
      return is_encrypted ? StreamTls::kUnverified : StreamTls::kNone;
    case TlsMode::kRequire:
      return StreamTls::kUnverified;
    case TlsMode::kVerifyCa:
      return StreamTls::kAuthority;
    case TlsMode::kVerifyFull:
      break;
  }
  return StreamTls::kVerified;
}

}  // namespace

Error StoreError(const Error& error, const std::string& store, const std::string& place) {
  const auto as = [&](std::string_view code) { return Error(std::string(code), {{"store", store}, {"place", place}}); };
  if (error.Is("net.connect_failed")) return as("connect.unreachable");
  if (error.Is("net.timeout")) {
    return as(error.Parameter("phase") == "transfer" ? "connect.timeout" : "connect.unreachable");
  }
  if (error.Is("net.tls_failed")) return as("connect.tls");
  if (error.Is("net.cancelled")) return as("connect.cancelled");
  if (error.Is("net.protocol_error")) return as("connect.dropped");
  return error;
}

Result<StoreStream> OpenStoreStream(const ConnectionUrl& url, std::uint16_t default_port, bool is_encrypted,
                                    const ConnectOptions& options, const Resolver& resolver) {
  PRIVITY_TRY(const CheckedTarget target, CheckTarget(resolver, url.host(), url.port() == 0 ? default_port : url.port(),
                                                      options.addresses, options.connect_timeout));
  PRIVITY_TRY(const TlsMode mode, TlsModeOf(url, IsThisMachine(target)));
  const StreamTls tls = StreamTlsOf(mode, is_encrypted);
  auto stream = GuardedStream::Open(target, {.tls = tls,
                                             .ca_file = options.ca_file,
                                             .connect_timeout = options.connect_timeout,
                                             .silence_timeout = options.silence_timeout,
                                             .stop = options.stop});
  if (!stream.ok()) return StoreError(stream.error(), url.Label(), "login");
  return StoreStream{.stream = *std::move(stream), .is_encrypted = tls != StreamTls::kNone};
}

}  // namespace privity::connect_internal
