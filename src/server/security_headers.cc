#include "server/security_headers.h"

#include <array>

#include "base/bytes.h"
#include "base/random.h"

namespace privity {
namespace {

void AddCommon(Headers& headers, bool over_tls) {
  headers.Add("X-Content-Type-Options", "nosniff");
  headers.Add("Referrer-Policy", "no-referrer");
  headers.Add("X-Frame-Options", "DENY");  // for browsers that do not know frame-ancestors
  headers.Add("Cross-Origin-Opener-Policy", "same-origin");
  headers.Add("Cross-Origin-Resource-Policy", "same-origin");
  headers.Add("Cross-Origin-Embedder-Policy", "require-corp");
  headers.Add("Permissions-Policy",
              "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
              "magnetometer=(), "
              "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-create=(self), "
              "publickey-credentials-get=(self)");
  if (over_tls) headers.Add("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

constexpr std::string_view kDataPolicy =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

Headers DataHeaders(bool over_tls) {
  Headers headers;
  AddCommon(headers, over_tls);
  headers.Add("Content-Security-Policy", kDataPolicy);
  return headers;
}

}  // namespace

void AddApiHeaders(Headers& headers, bool over_tls) {
  AddAssetHeaders(headers, over_tls);
  if (!headers.Find("Cache-Control")) headers.Add("Cache-Control", "no-store");
}

void AddAssetHeaders(Headers& headers, bool over_tls) {
  static const Headers plain = DataHeaders(false), tls = DataHeaders(true);
  headers.Append(over_tls ? tls : plain);
}

void AddPageHeaders(Headers& headers, bool over_tls, std::string_view style_nonce) {
  AddCommon(headers, over_tls);
  std::string policy =
      "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src "
      "'self'; "
      "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for "
      "'script'; "
      "style-src 'self' 'nonce-";
  policy.append(style_nonce).append("'");
  headers.Add("Content-Security-Policy", policy);
  headers.Add("Cache-Control", "no-store");
}

std::string NewNonce() {
  std::array<std::byte, 16> random{};
  FillRandom(random);
  return Base64UrlEncode(random);
}

Result<void> CheckSameOrigin(const Request& request) {
  if (request.unix_peer_uid) return Ok();  // no browser speaks to the local socket
  const std::string_view site = request.headers.Get("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return Error("server.cross_site");
  const auto origin = request.headers.Find("Origin");
  if (!origin) return Ok();
  const std::string ours = (request.over_tls ? "https://" : "http://") + request.host;
  return EqualIgnoringCase(*origin, ours) ? Ok() : Result<void>(Error("server.cross_site"));
}

}  // namespace privity
