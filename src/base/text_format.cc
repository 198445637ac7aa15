#include "base/text_format.h"

#include <algorithm>

#include "base/invariant.h"

namespace privity {
namespace {

bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return IsLower(c) || IsUpper(c);
}
bool IsWord(char c) {
  return IsLetter(c) || IsDigit(c);
}
bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

template <class Accept>
bool All(std::string_view text, Accept accept) {
  return !text.empty() && std::ranges::all_of(text, accept);
}

// Words of lower-case letters and digits with one of `joints` between them.
bool IsJoined(std::string_view text, std::string_view joints) {
  bool after_joint = false;
  for (const char c : text) {
    const bool joint = joints.find(c) != std::string_view::npos;
    if (joint ? after_joint : !IsLower(c) && !IsDigit(c)) return false;
    after_joint = joint;
  }
  return !text.empty() && IsLower(text.front()) && !after_joint;
}

bool IsSlug(std::string_view text) {
  return IsJoined(text, "-");
}
bool IsName(std::string_view text) {
  return IsJoined(text, "-_.");
}

// RFC 1123 section 2.1: labels of 1 to 63 letters, digits and hyphens, none at the edge.
bool IsDnsName(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (label.size() > 63 || !All(label, [](char c) { return IsWord(c) || c == '-'; }) || label.front() == '-' ||
        label.back() == '-') {
      return false;
    }
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsIpv6(std::string_view text) {
  return text.size() <= 45 && text.find(':') != std::string_view::npos && All(text, [](char c) {
           return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
         });
}

bool IsHost(std::string_view text) {
  return IsDnsName(text) || IsIpv6(text);
}

bool IsEmail(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  constexpr std::string_view kRefused = "\"(),:;<>@[\\] ";
  if (std::ranges::any_of(local, [&](char c) { return IsControl(c) || kRefused.find(c) != std::string_view::npos; }))
    return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
  return IsDnsName(domain) && (domain.find('.') != std::string_view::npos || domain == "localhost");
}

bool IsPort(std::string_view text) {
  if (!All(text, IsDigit) || text.size() > 5) return false;
  int port = 0;
  for (const char c : text) port = port * 10 + (c - '0');
  return port <= 65535;
}

// "host", "host:port", "[v6]" or "[v6]:port".
bool IsAuthority(std::string_view text, bool port_required) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !IsIpv6(text.substr(1, end - 1))) return false;
    rest = text.substr(end + 1);
  } else {
    const std::size_t colon = text.find(':');
    if (!IsDnsName(text.substr(0, colon))) return false;
    rest = colon == std::string_view::npos ? "" : text.substr(colon);
  }
  return rest.empty() ? !port_required : rest.front() == ':' && IsPort(rest.substr(1));
}

bool IsUri(std::string_view text) {
  if (text.starts_with("https://")) {
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return false;
  }
  if (std::ranges::any_of(text, [](char c) { return IsControl(c) || c == ' '; })) return false;
  return IsAuthority(text.substr(0, text.find_first_of("/?#")), false);
}

bool IsListen(std::string_view text) {
  if (text.starts_with("unix:")) return text.size() > 6 && text[5] == '/';
  return IsAuthority(text, true);
}

// BCP 47: a language of two or three letters, then subtags of two to eight letters or digits.
bool IsLanguage(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  const std::string_view first = text.substr(0, hyphen);
  if (first.size() < 2 || first.size() > 3 || !All(first, IsLower)) return false;
  while (text.find('-') != std::string_view::npos) {
    text.remove_prefix(text.find('-') + 1);
    const std::string_view subtag = text.substr(0, text.find('-'));
    if (subtag.size() < 2 || subtag.size() > 8 || !All(subtag, IsWord)) return false;
  }
  return true;
}

bool IsCountry(std::string_view text) {
  return text.size() == 2 && All(text, IsUpper);
}

bool IsTimeZone(std::string_view text) {
  return text.size() <= 64 &&
         All(text, [](char c) { return IsWord(c) || c == '/' || c == '_' || c == '-' || c == '+'; }) &&
         IsLetter(text.front());
}

// A second slash would begin a host, and browsers read a backslash as a slash (WHATWG URL).
bool IsLocalPath(std::string_view text) {
  return text.starts_with('/') && !text.starts_with("//") &&
         All(text, [](char c) { return c > ' ' && c < 0x7F && c != '\\'; });
}

bool IsLine(std::string_view text) {
  return std::ranges::none_of(text, IsControl);
}

constexpr TextFormat kFormats[] = {
    {"slug", IsSlug, "", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
    {"name", IsName, "", "^[a-z][a-z0-9]*([._-][a-z0-9]+)*$"},
    {"email", IsEmail, "email", ""},
    {"uri", IsUri, "uri", "^https?://"},
    {"host", IsHost, "", ""},
    {"listen", IsListen, "", ""},
    {"language", IsLanguage, "", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    {"country", IsCountry, "", "^[A-Z]{2}$"},
    {"time_zone", IsTimeZone, "", "^[A-Za-z][A-Za-z0-9/_+-]*$"},
    {"local_path", IsLocalPath, "", "^/(?!/)[!-\\[\\]-~]*$"},
    {"line", IsLine, "", "^[^\\u0000-\\u001f\\u007f]*$"},
};

}  // namespace

const TextFormat* FindTextFormat(std::string_view name) {
  const auto* at = std::ranges::find(kFormats, name, &TextFormat::name);
  return at == std::end(kFormats) ? nullptr : at;
}

bool MatchesTextFormat(std::string_view name, std::string_view text) {
  const TextFormat* format = FindTextFormat(name);
  Invariant(format != nullptr, "a FieldNote names a text format that base/text_format.h does not list");
  return format->matches(text);
}

}  // namespace privity
