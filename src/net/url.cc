#include "net/url.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "net/address.h"

namespace privity {
namespace {

constexpr std::size_t kUrlBytesMax = 8192;

Error Invalid(std::string problem) {
  return Error("net.url_invalid", {{"problem", std::move(problem)}});
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// A host whose last label is a number or starts with 0x would be read as an IPv4 address by inet_aton (WHATWG URL,
// "ends in a number"). Only the plain form is one here.
bool EndsInNumber(std::string_view host) {
  const auto dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.starts_with("0x")) return true;
  return !last.empty() && std::all_of(last.begin(), last.end(), IsDigit);
}

Status CheckName(std::string_view host) {
  if (host.size() > 253) return Invalid("host too long");
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.') {
      if (label == 0) return Invalid("empty label in host");
      label = 0;
      continue;
    }
    if (!IsLetter(c) && !IsDigit(c) && c != '-' && c != '_') return Invalid("character not allowed in host");
    if (++label > 63) return Invalid("host label too long");
  }
  if (label == 0) return Invalid("host ends in a dot");
  return Ok();
}

Result<std::string> ParseHost(std::string_view text) {
  if (text.empty()) return Invalid("no host");
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return Invalid("bracket not closed");
    const auto address = IpAddress::Parse(text.substr(1, text.size() - 2));
    if (!address.ok() || address->is_v4()) return Invalid("not an IPv6 address");
    return address->ToString();
  }
  std::string host = Lower(text);
  if (EndsInNumber(host)) {
    const auto address = IpAddress::Parse(host);
    if (!address.ok()) return Invalid("host is a number, not a dotted IPv4 address");
    return host;
  }
  PRIVITY_TRY_VOID(CheckName(host));
  return host;
}

Result<std::uint16_t> ParsePort(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || port == 0) {
    return Invalid("port is not 1 to 65535");
  }
  return port;
}

Status CheckCharacters(std::string_view text) {
  if (text.size() > kUrlBytesMax) return Invalid("longer than 8192 bytes");
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f) return Invalid("white space, control character or not ASCII");
    if (c == '\\') return Invalid("backslash");
    if (c == '#') return Invalid("fragment");
  }
  return Ok();
}

// Where the port's colon stands in "host:port" or "[v6]:port"; npos without one.
std::size_t PortColon(std::string_view authority) {
  const auto bracket = authority.rfind(']');
  return authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
}

// RFC 3986 section 5.2.4 for a path that begins with "/".
std::string RemoveDotSegments(std::string_view path) {
  std::vector<std::string_view> kept;
  std::size_t at = 1;
  bool ends_open = false;
  while (at <= path.size()) {
    const auto slash = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, slash - at);
    const bool is_last = slash == path.size();
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
      ends_open = is_last;
    } else if (segment == ".") {
      ends_open = is_last;
    } else {
      kept.push_back(segment);
    }
    at = slash + 1;
  }
  std::string out;
  for (const auto segment : kept) out.append("/").append(segment);
  return ends_open || out.empty() ? out + "/" : out;
}

}  // namespace

Result<Url> Url::Parse(std::string_view text) {
  PRIVITY_TRY_VOID(CheckCharacters(text));
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return Invalid("not an absolute URL");
  const std::string scheme = Lower(text.substr(0, colon));
  if (scheme != "http" && scheme != "https") return Invalid("scheme is not https or http");
  std::string_view rest = text.substr(colon + 3);
  const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (authority.find('@') != std::string_view::npos) return Invalid("user information before the host");

  Url url;
  url.is_https_ = scheme == "https";
  url.port_ = url.is_https_ ? 443 : 80;
  const auto port_colon = PortColon(authority);
  if (port_colon != std::string_view::npos) {
    PRIVITY_TRY(url.port_, ParsePort(authority.substr(port_colon + 1)));
  }
  PRIVITY_TRY(url.host_, ParseHost(authority.substr(0, port_colon)));
  const auto question = std::min(rest.find('?'), rest.size());
  if (question > 0) url.path_ = rest.substr(0, question);
  if (question < rest.size()) url.query_ = rest.substr(question + 1);
  return url;
}

Result<Url> Url::Resolve(std::string_view reference) const {
  reference = reference.substr(0, reference.find('#'));
  const auto first = reference.find_first_of(":/?");
  const bool has_scheme = first != std::string_view::npos && first > 0 && reference[first] == ':';
  if (has_scheme) return Parse(reference);
  const std::string scheme = is_https_ ? "https:" : "http:";
  if (reference.starts_with("//")) return Parse(scheme + std::string(reference));
  if (reference.empty()) return *this;
  if (reference.starts_with('?')) return Parse(Origin() + path_ + std::string(reference));
  const auto question = std::min(reference.find('?'), reference.size());
  std::string path(reference.substr(0, question));
  if (!path.starts_with('/')) path = path_.substr(0, path_.rfind('/') + 1) + path;
  return Parse(Origin() + RemoveDotSegments(path) + std::string(reference.substr(question)));
}

std::string Url::Origin() const {
  std::string out = is_https_ ? "https://" : "http://";
  out += host_.find(':') == std::string::npos ? host_ : "[" + host_ + "]";
  if (port_ != (is_https_ ? 443 : 80)) out += ":" + std::to_string(port_);
  return out;
}

std::string Url::ToString() const {
  return Origin() + path_ + (query_.empty() ? "" : "?" + query_);
}

}  // namespace privity
