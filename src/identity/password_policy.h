// Which passwords are accepted: NIST SP 800-63B-4 section 3.1.1.
//
//   at least 15 characters alone, 8 beside a second factor; up to 256 characters, any Unicode character and white space
//   counted as Unicode code points after NFKC, so that the same word typed on another keyboard is the same password
//   not on the block list: common passwords, words about this account and this company, repetitions and sequences
//   no rules of composition, no expiry
//
// The whole password is compared with the block list, not its parts, as the standard asks: a common word inside a long
// phrase does no harm.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace privity {

inline constexpr std::size_t kPasswordCharactersMinAlone = 15;
inline constexpr std::size_t kPasswordCharactersMinWithSecondFactor = 8;
inline constexpr std::size_t kPasswordCharactersMax = 256;

struct PasswordContext {
  bool has_second_factor = false;
  std::string name;  // of the person
  std::string email;
  std::string organization;
};

// The form in which a password is hashed and compared. identity.password_too_long: so that nobody makes us normalize
// megabytes.
Result<SecretString> NormalizePassword(const SecretString& typed);

// A new password in its normal form. Errors: identity.password_too_short{minimum}, identity.password_too_long{maximum},
// identity.password_common (on the block list), identity.password_predictable (made of the name, the address or the
// company, or a repetition or sequence).
Result<SecretString> AcceptNewPassword(const SecretString& typed, const PasswordContext& context);

// Whether a normalized password is long enough to stand alone.
bool MayStandAlone(const SecretString& normalized);

}  // namespace privity
