#include "connect/connection_url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "net/address.h"

namespace privity {
namespace {

constexpr std::size_t kUrlBytesMax = 8192;

Error Invalid(std::string problem) {
  return Error("connect.url_invalid", {{"problem", std::move(problem)}});
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string LowerText(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), Lower);
  return out;
}

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (Lower(c) >= 'a' && Lower(c) <= 'f') return Lower(c) - 'a' + 10;
  return std::nullopt;
}

Result<std::string> Decode(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    const auto high = at + 2 < text.size() ? HexDigit(text[at + 1]) : std::nullopt;
    const auto low = at + 2 < text.size() ? HexDigit(text[at + 2]) : std::nullopt;
    if (!high || !low) return Invalid("a percent sign without two hexadecimal digits");
    out += static_cast<char>(*high * 16 + *low);
    at += 2;
  }
  if (!IsUtf8(out)) return Invalid("not UTF-8");
  if (std::ranges::any_of(out, IsControl)) return Invalid("a control character");
  return out;
}

Result<std::string> ParseHost(std::string_view text) {
  if (!text.starts_with('[')) {
    const auto allowed = [](char c) {
      return (Lower(c) >= 'a' && Lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    };
    if (!std::ranges::all_of(text, allowed)) return Invalid("a character that no host has");
    return LowerText(text);
  }
  const auto address = text.ends_with(']') ? IpAddress::Parse(text.substr(1, text.size() - 2))
                                           : Result<IpAddress>(Invalid("a bracket that is not closed"));
  if (!address.ok() || address->is_v4()) return Invalid("brackets without an IPv6 address");
  return address->ToString();
}

Result<std::uint16_t> ParsePort(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failure != std::errc() || end != digits.data() + digits.size() || port == 0) {
    return Invalid("a port that is not 1 to 65535");
  }
  return port;
}

// RFC 3986, section 3.1.
bool IsScheme(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto goes_on = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, goes_on);
}

// Takes what stands before `mark` off the front of `rest`; everything when the mark is absent.
std::string_view TakeUntil(std::string_view& rest, std::string_view marks) {
  const std::size_t end = std::min(rest.find_first_of(marks), rest.size());
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end);
  return taken;
}

}  // namespace

Result<ConnectionUrl> ConnectionUrl::Parse(std::string_view text) {
  if (text.size() > kUrlBytesMax) return Invalid("longer than 8192 bytes");
  if (std::ranges::any_of(text, IsControl)) return Invalid("a control character");
  if (text.find('#') != std::string_view::npos) return Invalid("a fragment; write # as %23");
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || !IsScheme(text.substr(0, colon))) {
    return Invalid("no scheme such as postgresql://");
  }

  ConnectionUrl url;
  url.scheme_ = LowerText(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 3);
  std::string_view authority = TakeUntil(rest, "/?");
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    std::string_view user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    PRIVITY_TRY(url.user_, Decode(TakeUntil(user_info, ":")));
    if (!user_info.empty()) {
      PRIVITY_TRY(std::string password, Decode(user_info.substr(1)));
      url.password_ = SecretString(std::move(password));
    }
  }
  const std::size_t bracket = authority.rfind(']');
  const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (port != std::string_view::npos) {
    PRIVITY_TRY(url.port_, ParsePort(authority.substr(port + 1)));
    authority = authority.substr(0, port);
  }
  PRIVITY_TRY(url.host_, ParseHost(authority));
  PRIVITY_TRY(url.path_, Decode(TakeUntil(rest, "?")));
  while (!rest.empty()) {
    rest.remove_prefix(1);
    std::string_view pair = TakeUntil(rest, "&");
    PRIVITY_TRY(const std::string name, Decode(TakeUntil(pair, "=")));
    PRIVITY_TRY(std::string value, Decode(pair.substr(pair.empty() ? 0 : 1)));
    if (name.empty()) return Invalid("a parameter without a name");
    if (!url.parameters_.emplace(name, std::move(value)).second) return Invalid("a parameter that is there twice");
  }
  return url;
}

std::string ConnectionUrl::Parameter(std::string_view name) const {
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? std::string() : found->second;
}

ConnectionUrl ConnectionUrl::WithPassword(SecretString password) const {
  ConnectionUrl copy = *this;
  copy.password_ = std::move(password);
  return copy;
}

std::string ConnectionUrl::Label() const {
  std::string label = scheme_ + "://";
  label += host_.find(':') == std::string::npos ? host_ : "[" + host_ + "]";
  if (port_ != 0) label += ":" + std::to_string(port_);
  return label + path_;
}

}  // namespace privity
