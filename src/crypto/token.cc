#include "crypto/token.h"

#include "base/bytes.h"
#include "base/invariant.h"
#include "base/random.h"

namespace privity {

SecretString RandomToken(std::size_t random_bytes) {
  Invariant(random_bytes >= 16, "a token has at least 128 random bits");
  Bytes bytes(random_bytes);
  FillRandom(bytes);
  SecretString token(Base64UrlEncode(bytes));
  WipeMemory(bytes.data(), bytes.size());
  return token;
}

}  // namespace privity
