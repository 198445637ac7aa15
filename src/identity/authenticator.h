// From what a request presents to the Caller that it comes from. The server asks once for each request.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/caller.h"

namespace privity {

// What a request carries that may tell who sends it. Borrowed for the length of one call.
struct Presented {
  std::string_view session_cookie;     // value of the cookie SessionCookieName() names, or ""
  std::string_view authorization;      // the header, or ""
  std::optional<uid_t> unix_peer_uid;  // on the local socket, told by the kernel
  std::string_view client_address;
  std::string_view request_id;
};

// Safe to call from many threads.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // The caller, or nothing when the request presents no credentials, or only a session that is over or half signed in.
  // An `Authorization` header counts alone: a cookie beside it is not looked at. On the local socket a request without
  // one comes from the operator of this machine.
  // Errors (401): identity.token_invalid (malformed, unknown, revoked or expired: which of them is not told);
  // (403): identity.operator_refused when another user of this machine calls on the socket; those of the store.
  virtual Result<std::optional<Caller>> Authenticate(const Presented& presented) = 0;
};

// "__Host-privity" where the browser speaks TLS, "privity" on plain loopback (RFC 6265bis section 4.1.3.2: the prefix
// wants Secure).
std::string_view SessionCookieName(bool over_tls);

// The value that a change sent with a session cookie must carry in X-Privity-CSRF: derived from the session token, so
// that a page of another origin, which cannot read our answers, cannot know it.
std::string CsrfTokenOf(std::string_view session_cookie);
// identity.csrf_refused (403).
Status CheckCsrfToken(std::string_view session_cookie, std::string_view sent);

}  // namespace privity
