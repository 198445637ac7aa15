// An absolute http or https URL, taken strictly: what two programs could read differently is refused rather than
// mended.
//
// A subset of RFC 3986. Refused: user information (a password has no place in a URL), white space, control characters,
// backslashes, bytes outside ASCII (write internationalized names as xn--…), fragments, and hosts that look like a
// number but are not a plain dotted IPv4 address (0x7f.1, 0177.0.0.1, 2130706433), which resolvers read in their own
// ways.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace privity {

class Url {
 public:
  // net.url_invalid{problem}: the error names the problem, never the text, which may hold a credential.
  static Result<Url> Parse(std::string_view text);
  // The target of a `Location` header against this URL: absolute, "//host/…", "/path" or relative (RFC 3986
  // section 5.2).
  Result<Url> Resolve(std::string_view reference) const;

  bool is_https() const { return is_https_; }
  // Lower case; an IPv6 address stands without brackets.
  const std::string& host() const { return host_; }
  std::uint16_t port() const { return port_; }
  // Begins with "/".
  const std::string& path() const { return path_; }
  // Without "?"; may be empty.
  const std::string& query() const { return query_; }

  // "https://example.org:8443": what decides whether credentials may travel along.
  std::string Origin() const;
  std::string ToString() const;
  bool operator==(const Url&) const = default;

 private:
  bool is_https_ = true;
  std::string host_;
  std::uint16_t port_ = 443;
  std::string path_ = "/";
  std::string query_;
};

}  // namespace privity
