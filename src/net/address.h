// Internet addresses and who may be reached: the rule that keeps a request from being turned against the company's own
// network (server-side request forgery).
//
// An address is public only when no registry says otherwise: the IANA IPv4 and IPv6 Special-Purpose Address Registries
// (RFC 6890 and its updates) decide, and of IPv6 only 2000::/3 is given out at all (RFC 4291 section 2.4). Addresses
// that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are refused as such, so that the inner one cannot be
// smuggled past the check.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity {

enum class AddressClass {
  kPublic,
  kUnspecified,    // 0.0.0.0/8, ::
  kLoopback,       // 127.0.0.0/8, ::1
  kPrivate,        // RFC 1918, RFC 4193 unique local, fec0::/10
  kSharedCarrier,  // 100.64.0.0/10, RFC 6598
  kLinkLocal,      // 169.254.0.0/16, fe80::/10
  kMetadata,       // where clouds hand out credentials: 169.254.169.254 and its kin
  kTranslated,     // an IPv4 address inside an IPv6 one
  kMulticast,
  kReserved,  // documentation, benchmarking, not yet given out
};

class IpAddress {
 public:
  // Dotted decimal with four parts and no leading zeros, or RFC 4291 text without zone and brackets. What `inet_aton`
  // also takes (0177.0.0.1, 0x7f.1, 2130706433) is refused. net.address_invalid.
  static Result<IpAddress> Parse(std::string_view text);
  static IpAddress V4(const std::array<std::uint8_t, 4>& bytes);
  static IpAddress V6(const std::array<std::uint8_t, 16>& bytes);

  bool is_v4() const { return is_v4_; }
  // 4 or 16 bytes in network order.
  std::string_view bytes() const;
  AddressClass Class() const;
  std::string ToString() const;
  auto operator<=>(const IpAddress&) const = default;

 private:
  bool is_v4_ = true;
  std::array<std::uint8_t, 16> bytes_{};
};

// A network in CIDR notation, "10.1.0.0/16" or "fd00::/8"; a bare address is a network of one.
class Network {
 public:
  // Bits after the prefix must be zero. net.network_invalid.
  static Result<Network> Parse(std::string_view text);
  bool Contains(const IpAddress& address) const;
  bool is_single() const;
  std::string ToString() const;
  bool operator==(const Network&) const = default;

 private:
  IpAddress base_;
  int prefix_bits_ = 0;
};

// Which addresses one connection may use. The default is the strict one: public addresses only.
struct AddressPolicy {
  // Reached even when they are not public. A metadata address must be listed by itself: a wide network does not include
  // it.
  std::vector<Network> allowed_networks{};
  // When not empty, only these hosts may be named, in lower case ("api.example.org", or ".example.org" for everything
  // below it).
  std::vector<std::string> allowed_hosts{};

  // net.host_not_allowed{host}.
  Status CheckHost(std::string_view host) const;
  // net.address_refused{host, address, class}.
  Status CheckAddress(std::string_view host, const IpAddress& address) const;
};

// "loopback", "private" ...: the spelling in errors.
std::string_view ClassName(AddressClass address_class);

}  // namespace privity
