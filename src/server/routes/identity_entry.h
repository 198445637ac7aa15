// What the routes of signing in share: the browser that asks, and the cookies it is given.
#pragma once

#include <string>

#include "http/cookie.h"
#include "http/message.h"
#include "identity/authenticator.h"
#include "identity/sign_in.h"

namespace privity::identity_api {

inline std::string DeviceCookieName(const Request& request) {
  return request.over_tls ? "__Host-privity-device" : "privity-device";
}

// The browser of a request, for the length of a call: Visitor borrows from it and from the request.
class VisitorOf {
 public:
  explicit VisitorOf(const Request& request)
      : session_(FindCookie(request.headers, SessionCookieName(request.over_tls)).value_or("")),
        device_(FindCookie(request.headers, DeviceCookieName(request)).value_or("")),
        visitor_{.address = request.client_address,
                 .client = request.headers.Get("User-Agent"),
                 .session_cookie = session_,
                 .device_cookie = device_,
                 .request_id = request.request_id} {}
  VisitorOf(const VisitorOf&) = delete;
  VisitorOf& operator=(const VisitorOf&) = delete;
  const Visitor& operator*() const { return visitor_; }

 private:
  std::string session_;
  std::string device_;
  Visitor visitor_;
};

inline void SetSessionCookie(Headers& headers, const Request& request, const std::string& value,
                             std::optional<std::chrono::seconds> max_age = std::nullopt) {
  SetCookie(headers, {.name = std::string(SessionCookieName(request.over_tls)),
                      .value = value,
                      .secure = request.over_tls,
                      .max_age = max_age});
}

// The session's cookie, which ends with the browser, and the device cookie of whoever is signed in.
inline void SetEntryCookies(Headers& headers, const Request& request, const SignedIn& entered) {
  SetSessionCookie(headers, request, entered.session.cookie.Reveal());
  if (!entered.device_cookie) return;
  SetCookie(headers, {.name = DeviceCookieName(request),
                      .value = entered.device_cookie->Reveal(),
                      .secure = request.over_tls,
                      .max_age = kDeviceCookieLifetime});
}

}  // namespace privity::identity_api
