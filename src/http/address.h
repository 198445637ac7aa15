// Where to listen, and which peers are whom: addresses and ranges in text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity {

// An IPv4 or IPv6 address; IPv4-mapped IPv6 (::ffff:192.0.2.7) is the IPv4 address it holds.
class PeerAddress {
 public:
  // Without brackets or zone. http.address_invalid.
  static Result<PeerAddress> Parse(std::string_view text);
  static PeerAddress FromV4(const std::array<std::uint8_t, 4>& bytes);
  static PeerAddress FromV6(const std::array<std::uint8_t, 16>& bytes);

  bool is_v4() const;
  bool is_loopback() const;  // 127.0.0.0/8, ::1
  std::string ToString() const;
  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }  // IPv4 as ::ffff:a.b.c.d
  bool operator==(const PeerAddress&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

// "192.0.2.0/24", "2001:db8::/32" or one address (RFC 4632, RFC 4291 section 2.3).
class PeerRange {
 public:
  static Result<PeerRange> Parse(std::string_view text);  // http.address_invalid
  bool Contains(const PeerAddress& address) const;

 private:
  PeerAddress base_;
  int bits_ = 128;  // of the 16 bytes
};

// "127.0.0.1:8470", "[::1]:0" or "unix:/run/privity.sock".
struct ListenAddress {
  bool is_unix = false;
  std::string path;  // of the Unix socket
  PeerAddress address;
  std::uint16_t port = 0;

  static Result<ListenAddress> Parse(std::string_view text);  // http.address_invalid
  std::string ToString() const;
};

// The client behind a chain of proxies: walks `forwarded_for` (X-Forwarded-For: client, proxy1, proxy2) from its right
// end as long as the address is trusted, and answers with the first that is not. What stands left of it is the client's
// own claim and is ignored. Unreadable words end the walk.
PeerAddress ClientBehindProxies(const PeerAddress& peer, std::string_view forwarded_for,
                                const std::vector<PeerRange>& trusted);

}  // namespace privity
