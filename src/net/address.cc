#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace privity {
namespace {

struct Range {
  std::string_view network;
  AddressClass address_class;
};

// The first match decides. IANA IPv4 Special-Purpose Address Registry; the three extra metadata addresses are those
// that cloud providers document outside link-local space (Azure's wire server, Alibaba's metadata service, AWS over
// IPv6).
constexpr Range kRanges[] = {
    {"169.254.169.254/32", AddressClass::kMetadata},
    {"168.63.129.16/32", AddressClass::kMetadata},
    {"100.100.100.200/32", AddressClass::kMetadata},
    {"0.0.0.0/8", AddressClass::kUnspecified},
    {"10.0.0.0/8", AddressClass::kPrivate},
    {"100.64.0.0/10", AddressClass::kSharedCarrier},
    {"127.0.0.0/8", AddressClass::kLoopback},
    {"169.254.0.0/16", AddressClass::kLinkLocal},
    {"172.16.0.0/12", AddressClass::kPrivate},
    {"192.0.0.0/24", AddressClass::kReserved},
    {"192.0.2.0/24", AddressClass::kReserved},
    {"192.88.99.0/24", AddressClass::kReserved},
    {"192.168.0.0/16", AddressClass::kPrivate},
    {"198.18.0.0/15", AddressClass::kReserved},
    {"198.51.100.0/24", AddressClass::kReserved},
    {"203.0.113.0/24", AddressClass::kReserved},
    {"224.0.0.0/4", AddressClass::kMulticast},
    {"240.0.0.0/4", AddressClass::kReserved},
    {"0.0.0.0/0", AddressClass::kPublic},
    // IANA IPv6 Special-Purpose Address Registry. 2001::/23 is kept for protocols (Teredo, ORCHID ...).
    {"fd00:ec2::254/128", AddressClass::kMetadata},
    {"::/128", AddressClass::kUnspecified},
    {"::1/128", AddressClass::kLoopback},
    {"::/96", AddressClass::kTranslated},
    {"::ffff:0:0/96", AddressClass::kTranslated},
    {"64:ff9b::/96", AddressClass::kTranslated},
    {"64:ff9b:1::/48", AddressClass::kTranslated},
    {"2001::/32", AddressClass::kTranslated},
    {"2001::/23", AddressClass::kReserved},
    {"2001:db8::/32", AddressClass::kReserved},
    {"2002::/16", AddressClass::kTranslated},
    {"3fff::/20", AddressClass::kReserved},
    {"2000::/3", AddressClass::kPublic},
    {"fc00::/7", AddressClass::kPrivate},
    {"fec0::/10", AddressClass::kPrivate},
    {"fe80::/10", AddressClass::kLinkLocal},
    {"ff00::/8", AddressClass::kMulticast},
    {"::/0", AddressClass::kReserved},
};

struct ParsedRange {
  Network network;
  AddressClass address_class;
};

const std::vector<ParsedRange>& Ranges() {
  static const auto ranges = [] {
    std::vector<ParsedRange> parsed;
    for (const Range& range : kRanges) parsed.push_back({Network::Parse(range.network).value(), range.address_class});
    return parsed;
  }();
  return ranges;
}

bool SamePrefix(std::string_view a, std::string_view b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (a.substr(0, whole) != b.substr(0, whole)) return false;
  const int rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return ((static_cast<std::uint8_t>(a[whole]) ^ static_cast<std::uint8_t>(b[whole])) & mask) == 0;
}

bool OnlyZerosAfter(std::string_view bytes, int bits) {
  for (int bit = bits; bit < static_cast<int>(bytes.size()) * 8; ++bit) {
    if (static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(bit / 8)]) & (0x80 >> (bit % 8))) return false;
  }
  return true;
}

bool HostMatches(std::string_view host, std::string_view allowed) {
  if (!allowed.starts_with('.')) return host == allowed;
  return host.size() > allowed.size() && host.ends_with(allowed);
}

}  // namespace

Result<IpAddress> IpAddress::Parse(std::string_view text) {
  const std::string copy(text);  // inet_pton wants a terminator
  std::array<std::uint8_t, 4> v4;
  std::array<std::uint8_t, 16> v6;
  const bool whole = copy.find('\0') == std::string::npos;
  if (whole && inet_pton(AF_INET, copy.c_str(), v4.data()) == 1) return V4(v4);
  if (whole && inet_pton(AF_INET6, copy.c_str(), v6.data()) == 1) return V6(v6);
  return Error("net.address_invalid", {{"text", copy.substr(0, 64)}});
}

IpAddress IpAddress::V4(const std::array<std::uint8_t, 4>& bytes) {
  IpAddress address;
  std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
  return address;
}

IpAddress IpAddress::V6(const std::array<std::uint8_t, 16>& bytes) {
  IpAddress address;
  address.is_v4_ = false;
  address.bytes_ = bytes;
  return address;
}

std::string_view IpAddress::bytes() const {
  return {reinterpret_cast<const char*>(bytes_.data()), is_v4_ ? std::size_t{4} : std::size_t{16}};
}

AddressClass IpAddress::Class() const {
  const auto& ranges = Ranges();
  const auto match =
      std::find_if(ranges.begin(), ranges.end(), [&](const auto& r) { return r.network.Contains(*this); });
  Invariant(match != ranges.end(), "the last range of each family holds every address");
  return match->address_class;
}

std::string IpAddress::ToString() const {
  char text[INET6_ADDRSTRLEN];
  Invariant(inet_ntop(is_v4_ ? AF_INET : AF_INET6, bytes_.data(), text, sizeof text) != nullptr, "address has a text");
  return text;
}

Result<Network> Network::Parse(std::string_view text) {
  const Error invalid("net.network_invalid", {{"text", std::string(text.substr(0, 64))}});
  const auto slash = text.find('/');
  const auto address = IpAddress::Parse(text.substr(0, slash));
  if (!address.ok()) return invalid;
  const int bits_max = address->is_v4() ? 32 : 128;
  Network network;
  network.base_ = *address;
  network.prefix_bits_ = bits_max;
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.prefix_bits_);
  const bool number = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  if (!number || network.prefix_bits_ < 0 || network.prefix_bits_ > bits_max) return invalid;
  if (!OnlyZerosAfter(address->bytes(), network.prefix_bits_)) return invalid;
  return network;
}

bool Network::Contains(const IpAddress& address) const {
  return address.is_v4() == base_.is_v4() && SamePrefix(address.bytes(), base_.bytes(), prefix_bits_);
}

bool Network::is_single() const {
  return prefix_bits_ == (base_.is_v4() ? 32 : 128);
}

std::string Network::ToString() const {
  return base_.ToString() + "/" + std::to_string(prefix_bits_);
}

Status AddressPolicy::CheckHost(std::string_view host) const {
  const bool named = std::any_of(allowed_hosts.begin(), allowed_hosts.end(),
                                 [&](const std::string& allowed) { return HostMatches(host, allowed); });
  if (allowed_hosts.empty() || named) return Ok();
  return Error("net.host_not_allowed", {{"host", std::string(host)}});
}

Status AddressPolicy::CheckAddress(std::string_view host, const IpAddress& address) const {
  const AddressClass address_class = address.Class();
  if (address_class == AddressClass::kPublic) return Ok();
  for (const Network& network : allowed_networks) {
    if (!network.Contains(address)) continue;
    if (address_class != AddressClass::kMetadata || network.is_single()) return Ok();
  }
  return Error(
      "net.address_refused",
      {{"host", std::string(host)}, {"address", address.ToString()}, {"class", std::string(ClassName(address_class))}});
}

std::string_view ClassName(AddressClass address_class) {
  switch (address_class) {
    case AddressClass::kPublic:
      return "public";
    case AddressClass::kUnspecified:
      return "unspecified";
    case AddressClass::kLoopback:
      return "loopback";
    case AddressClass::kPrivate:
      return "private";
    case AddressClass::kSharedCarrier:
      return "carrier-shared";
    case AddressClass::kLinkLocal:
      return "link-local";
    case AddressClass::kMetadata:
      return "cloud metadata";
    case AddressClass::kTranslated:
      return "translated";
    case AddressClass::kMulticast:
      return "multicast";
    case AddressClass::kReserved:
      return "reserved";
  }
  return "reserved";
}

}  // namespace privity
