// One-time passwords of authenticator apps: HOTP (RFC 4226), of which TOTP (RFC 6238) is HOTP over time steps.
//
// Only the code is computed here. That a step is accepted once, and how many steps of clock drift are forgiven, is the
// business of the room `identity`.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"

namespace privity {

// `digits` 6 to 8. HMAC-SHA1, the one algorithm that every authenticator app knows.
std::string HotpCode(BytesView secret, std::uint64_t counter, int digits);

// The step an instant belongs to: 30 seconds each, counted from 1970 (RFC 6238 section 4). TOTP = HotpCode(secret,
// step, 6).
std::uint64_t TotpStep(Instant instant);

}  // namespace privity
