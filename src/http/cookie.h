// Cookies (RFC 6265).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace privity {

// The value of the first cookie of that name in the request's Cookie fields. Values are compared with what we have set,
// so anything odd in them is the sender's own affair.
std::optional<std::string> FindCookie(const Headers& headers, std::string_view name);

struct Cookie {
  std::string name;
  std::string value;  // of RFC 6265 cookie-octets: base64url and the like
  bool secure = true;
  std::optional<std::chrono::seconds> max_age;  // none: until the browser ends; zero: delete
};

// Always Path=/, HttpOnly and SameSite=Lax: another site can neither read nor send it, except by a plain link to us.
void SetCookie(Headers& headers, const Cookie& cookie);

}  // namespace privity
