// The one client that opens connections to the outside. Every other room asks here.
//
// What it keeps to, whatever the caller asks for:
// - https, and http only where the policy says so; no other scheme exists.
// - The name is resolved once, every address is checked against the policy, and the socket is opened to one of those
// addresses
//   and no other (the check is repeated on the address that is really used). A redirect starts from the beginning.
// - TLS 1.2 or newer with the certificate and the host name verified; a company's own authority comes as a file.
// - Proxies, credentials and cookies from the environment, ~/.netrc and the like are not read.
// - Time, size, headers and redirects are limited. The body is not decompressed, so that a small answer stays small.
// - An error names the host at most: neither path nor query nor header, where tokens live.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "net/address.h"
#include "net/resolver.h"
#include "net/url.h"

namespace privity {

struct OutboundPolicy {
  AddressPolicy addresses{};
  bool allow_http = false;
  // PEM file of the authorities to trust instead of the system's; empty: the system's.
  std::string ca_file{};
};

struct OutboundHeader {
  std::string name;
  std::string value;
};

struct OutboundLimits {
  std::chrono::milliseconds connect_timeout{10'000};  // name, TCP and TLS of one hop
  std::chrono::milliseconds total_timeout{30'000};    // everything, all redirects included
  std::chrono::seconds stall_timeout{20};             // without a single byte received or sent
  std::int64_t response_bytes_max = 8 * 1024 * 1024;
  int redirects_max = 0;
};

// A body that does not fit in memory, read piece by piece.
struct OutboundUpload {
  std::int64_t size_bytes = 0;  // exactly
  // Fills the front of the span and answers how many bytes; 0 before the end, or an error, ends the transfer.
  std::function<Result<std::size_t>(std::span<char>)> read;
};

struct OutboundRequest {
  Url url;
  std::string method = "GET";
  std::vector<OutboundHeader> headers{};
  // Sent as `Authorization`. Goes to the first origin only; so do `headers`, except for Accept and Accept-Language.
  SecretString authorization{};
  std::string body{};
  // Instead of `body`. It can be read once, so a redirect that would repeat it is refused.
  std::optional<OutboundUpload> upload{};
  OutboundLimits limits{};
  // When set, the body of the final answer arrives here in pieces and is not collected. An error ends the transfer and
  // is returned.
  std::function<Status(std::string_view)> on_body{};
  std::stop_token stop{};
};

struct OutboundResponse {
  int status = 0;
  std::vector<OutboundHeader> headers{};  // names in lower case
  std::string body{};
  Url url{};  // where the answer came from, after redirects

  // The value of the first header of that name (lower case), or nothing.
  std::optional<std::string_view> Header(std::string_view name) const;
};

// Safe to call from many threads; each call blocks its own. An answer of any status is a response, not an error.
// Errors: net.scheme_refused, net.host_not_allowed, net.address_refused, net.name_unknown, net.resolver_busy,
// net.timeout, net.connect_failed, net.tls_failed, net.too_large, net.redirects_exceeded, net.redirect_refused,
// net.header_invalid, net.protocol_error, net.cancelled.
class OutboundHttp {
 public:
  virtual ~OutboundHttp() = default;
  virtual Result<OutboundResponse> Send(const OutboundRequest& request, const OutboundPolicy& policy) const = 0;
};

// A forward proxy that the operator has configured. It is reached by CONNECT, so TLS is still checked end to end. Names
// behind it are resolved by the proxy: its own rules then guard them, and only literal addresses can be checked here. A
// connection whose policy allows networks of the company (allowed_networks) goes around it.
struct OutboundProxy {
  Url url;
  SecretString credentials{};  // "user:password", or empty
};

class GuardedHttp final : public OutboundHttp {
 public:
  // The resolver outlives the client.
  explicit GuardedHttp(const Resolver& resolver, std::optional<OutboundProxy> proxy = std::nullopt);
  Result<OutboundResponse> Send(const OutboundRequest& request, const OutboundPolicy& policy) const override;

 private:
  const Resolver& resolver_;
  std::optional<OutboundProxy> proxy_;
};

// Sends to a server that listens on a Unix socket of this machine (the local CLI's way to `privity serve`). The URL's
// host only fills the Host header. Redirects are not followed.
Result<OutboundResponse> SendToUnixSocket(const std::string& socket_path, const OutboundRequest& request);

}  // namespace privity
