#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace privity {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Error Invalid(std::string_view text) {
  return Error("http.address_invalid", {{"address", std::string(text)}});
}

template <class Number>
bool ParseNumber(std::string_view text, Number& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size();
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Proxies write "192.0.2.7", "192.0.2.7:4711", "2001:db8::1" or "[2001:db8::1]:4711".
std::string_view WithoutPort(std::string_view text) {
  if (!text.empty() && text.front() == '[') return text.substr(1, text.find(']') - 1);
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos ? text.substr(0, colon)
                                                                                                : text;
}

}  // namespace

Result<PeerAddress> PeerAddress::Parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return Invalid(text);
  const std::string terminated(text);
  std::array<std::uint8_t, 4> v4{};
  if (inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return FromV4(v4);
  std::array<std::uint8_t, 16> v6{};
  if (inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return FromV6(v6);
  return Invalid(text);
}

PeerAddress PeerAddress::FromV4(const std::array<std::uint8_t, 4>& bytes) {
  PeerAddress address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes_.begin());
  std::copy(bytes.begin(), bytes.end(), address.bytes_.begin() + 12);
  return address;
}

PeerAddress PeerAddress::FromV6(const std::array<std::uint8_t, 16>& bytes) {
  PeerAddress address;
  address.bytes_ = bytes;
  return address;
}

bool PeerAddress::is_v4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes_.begin());
}

bool PeerAddress::is_loopback() const {
  if (is_v4()) return bytes_[12] == 127;
  return std::all_of(bytes_.begin(), bytes_.end() - 1, [](std::uint8_t byte) { return byte == 0; }) && bytes_[15] == 1;
}

std::string PeerAddress::ToString() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (!is_v4()) return inet_ntop(AF_INET6, bytes_.data(), text, sizeof(text));
  // By hand: every request is logged with its address, and inet_ntop goes through printf.
  char* at = text;
  for (std::size_t i = 12; i < 16; ++i) {
    if (i != 12) *at++ = '.';
    at = std::to_chars(at, std::end(text), bytes_[i]).ptr;
  }
  return std::string(text, at);
}

Result<PeerRange> PeerRange::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  PeerRange range;
  PRIVITY_TRY(range.base_, PeerAddress::Parse(text.substr(0, slash)));
  if (slash == std::string_view::npos) return range;
  const int width = range.base_.is_v4() ? 32 : 128;
  int bits = 0;
  if (!ParseNumber(text.substr(slash + 1), bits) || bits < 0 || bits > width) return Invalid(text);
  range.bits_ = 128 - width + bits;
  return range;
}

bool PeerRange::Contains(const PeerAddress& address) const {
  const int whole = bits_ / 8, rest = bits_ % 8;
  const auto& a = address.bytes();
  const auto& b = base_.bytes();
  if (std::memcmp(a.data(), b.data(), static_cast<std::size_t>(whole)) != 0) return false;
  return rest == 0 || (a[static_cast<std::size_t>(whole)] ^ b[static_cast<std::size_t>(whole)]) >> (8 - rest) == 0;
}

Result<ListenAddress> ListenAddress::Parse(std::string_view text) {
  ListenAddress listen;
  if (text.starts_with("unix:")) {
    listen.is_unix = true;
    listen.path = text.substr(5);
    constexpr std::size_t kPathBytesMax = 107;  // sun_path with its closing zero
    if (listen.path.empty() || listen.path.size() > kPathBytesMax) return Invalid(text);
    return listen;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !ParseNumber(text.substr(colon + 1), listen.port)) return Invalid(text);
  std::string_view host = text.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return Invalid(text);
  }
  auto address = PeerAddress::Parse(host == "localhost" ? "127.0.0.1" : host);
  if (!address) return Invalid(text);
  listen.address = *address;
  return listen;
}

std::string ListenAddress::ToString() const {
  if (is_unix) return "unix:" + path;
  const std::string host = address.ToString();
  return (address.is_v4() ? host : "[" + host + "]") + ":" + std::to_string(port);
}

PeerAddress ClientBehindProxies(const PeerAddress& peer, std::string_view forwarded_for,
                                const std::vector<PeerRange>& trusted) {
  const auto is_trusted = [&](const PeerAddress& address) {
    return std::any_of(trusted.begin(), trusted.end(), [&](const PeerRange& range) { return range.Contains(address); });
  };
  PeerAddress client = peer;
  while (is_trusted(client) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const std::string_view last = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
    const auto address = PeerAddress::Parse(WithoutPort(Trim(last)));
    if (!address) break;
    client = *address;
    forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace privity
