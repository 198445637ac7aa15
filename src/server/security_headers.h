// The fields that tell a browser what our answers must never do (OWASP Secure Headers; CSP Level 3, HSTS RFC 6797).
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace privity {

// JSON and everything else that is data: nothing in it may run, load or be framed, and no cache keeps it.
void AddApiHeaders(Headers& headers, bool over_tls);

// Our own page: scripts, styles, pictures and connections from here only, no inline script; inline styles carry
// `style_nonce`.
void AddPageHeaders(Headers& headers, bool over_tls, std::string_view style_nonce);

// Files of the page (scripts, styles, fonts): as data, but cacheable by whoever adds Cache-Control.
void AddAssetHeaders(Headers& headers, bool over_tls);

// 128 random bits in base64url.
std::string NewNonce();

// Cross-site request forgery: whether a request that changes something was sent by our own page, by what the browser
// says of itself. `Sec-Fetch-Site` and `Origin` cannot be set by a page's script; programs that send neither have no
// cookie to abuse. server.cross_site (403).
Result<void> CheckSameOrigin(const Request& request);

}  // namespace privity
