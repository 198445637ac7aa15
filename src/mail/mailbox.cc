#include "mail/mailbox.h"

#include <algorithm>

#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kAddressBytesMax = 254;  // RFC 5321 section 4.5.3.1.3, without the brackets
constexpr std::size_t kLocalBytesMax = 64;     // section 4.5.3.1.1
constexpr std::size_t kNameBytesMax = 200;

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Parts of `allowed` characters between single dots.
template <class Allowed>
bool IsDotted(std::string_view text, Allowed allowed) {
  if (text.empty() || text.starts_with('.') || text.ends_with('.') || text.find("..") != text.npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return c == '.' || allowed(c); });
}

// RFC 5322 section 3.2.3: atext.
bool IsAtomCharacter(char c) {
  return IsAlphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool IsHost(std::string_view text) {
  if (!IsDotted(text, [](char c) { return IsAlphanumeric(c) || c == '-'; })) return false;
  for (std::size_t at = 0; at <= text.size();) {
    const auto dot = std::min(text.find('.', at), text.size());
    const std::string_view label = text.substr(at, dot - at);
    if (label.size() > 63 || label.starts_with('-') || label.ends_with('-')) return false;
    at = dot + 1;
  }
  return true;
}

}  // namespace

Result<Mailbox> Mailbox::Create(std::string_view address, std::string_view name) {
  const auto at = address.rfind('@');
  if (at == address.npos || address.size() > kAddressBytesMax || at > kLocalBytesMax)
    return Error("mail.address_invalid");
  if (!IsDotted(address.substr(0, at), IsAtomCharacter) || !IsHost(address.substr(at + 1)))
    return Error("mail.address_invalid");
  const bool plain = std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (!plain || !IsUtf8(name) || name.size() > kNameBytesMax) return Error("mail.header_invalid", {{"header", "name"}});
  return Mailbox(std::string(address), std::string(name));
}

std::string Mailbox::Masked() const {
  return address_.substr(0, 1) + "•••@" + domain();
}

}  // namespace privity
