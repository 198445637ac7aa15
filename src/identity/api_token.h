// The text of an API token: "pvt_", 43 characters with 256 random bits, and 6 characters of checksum. To the byte:
// docs/formats/api-token.md.
//
// The prefix lets secret scanners find a token that leaked into a repository; the checksum tells a mistyped token from
// an unknown one without a look into the database. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/secret.h"
#include "crypto/hash.h"

namespace privity {

inline constexpr std::string_view kApiTokenPrefix = "pvt_";

SecretString NewApiToken();
// Whether form and checksum are those of a token.
bool IsApiToken(std::string_view text);
// What is kept of a token.
Sha256Digest HashApiToken(std::string_view token);
// "pvt_3xK9": the beginning that lists show, so that people can tell their tokens apart.
std::string ApiTokenHint(const SecretString& token);

}  // namespace privity
