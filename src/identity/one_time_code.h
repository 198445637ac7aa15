// Second factors that are typed: codes of an authenticator app (TOTP, RFC 6238) and recovery codes.
//
// Pure functions; who may try how often is up to sign_in_limits.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/secret.h"
#include "identity/caller.h"

namespace privity {

// 160 random bits, as RFC 4226 section 4 (R6) recommends.
SecretBytes NewTotpSecret();
// Base32 without padding (RFC 4648 section 6): the form that people type into an app.
std::string Base32Encode(BytesView bytes);
// otpauth://totp/<issuer>:<account>?secret=… (Google Authenticator's Key URI Format), for the QR code.
SecretString TotpUri(const SecretBytes& secret, std::string_view issuer, std::string_view account);

// The step that `code` belongs to: now, one before or one after, for clocks that go wrong by half a minute; and later
// than `last_step`, so that a code works once (RFC 6238 section 5.2). White space in the code is ignored.
std::optional<std::int64_t> MatchTotp(const SecretBytes& secret, std::string_view code, Instant now,
                                      std::int64_t last_step);

inline constexpr int kRecoveryCodes = 10;
// "K3QF-9ZTD-W1XH-7MB2": 80 random bits in Crockford's Base32, which leaves out I, L, O and U.
SecretString NewRecoveryCode();
// SHA-256 over user and code: 80 random bits need no slow hash. What looks alike is the same: case, O and 0, I, L and
// 1, spaces and hyphens.
Bytes HashRecoveryCode(const UserId& user, std::string_view typed);

}  // namespace privity
