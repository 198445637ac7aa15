#include "identity/authenticator.h"

#include "base/secret.h"
#include "crypto/hash.h"

namespace privity {

std::string_view SessionCookieName(bool over_tls) {
  return over_tls ? "__Host-privity" : "privity";
}

std::string CsrfTokenOf(std::string_view session_cookie) {
  return Base64UrlEncode(HmacSha256(AsBytes(session_cookie), AsBytes("privity.csrf.v1")));
}

Status CheckCsrfToken(std::string_view session_cookie, std::string_view sent) {
  const std::string wanted = CsrfTokenOf(session_cookie);
  if (!EqualInConstantTime(AsBytes(wanted), AsBytes(sent))) return Error("identity.csrf_refused");
  return Ok();
}

}  // namespace privity
