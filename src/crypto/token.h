// Random tokens for links, sessions and API clients. They come from the operating system's generator; at 128 bits or
// more they cannot be guessed. Store only their SHA-256: a token needs no slow hash, because it is no word that a
// person chose.
#pragma once

#include <cstddef>

#include "base/secret.h"

namespace privity {

// base64url without padding; `random_bytes` at least 16 (an Invariant).
SecretString RandomToken(std::size_t random_bytes = 32);

}  // namespace privity
