#include "http/cookie.h"

#include <algorithm>

namespace privity {

std::optional<std::string> FindCookie(const Headers& headers, std::string_view name) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    auto [field, text] = headers.at(i);
    if (!EqualIgnoringCase(field, "Cookie")) continue;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(';'), text.size());
      std::string_view pair = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name)
        return std::string(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

void SetCookie(Headers& headers, const Cookie& cookie) {
  std::string field = cookie.name + "=" + cookie.value + "; Path=/; HttpOnly; SameSite=Lax";
  if (cookie.secure) field += "; Secure";
  if (cookie.max_age) field += "; Max-Age=" + std::to_string(cookie.max_age->count());
  headers.Add("Set-Cookie", field);
}

}  // namespace privity
