// The forms in which the same value stands in different stores.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/type_table.h"
#include "crypto/key.h"

namespace privity {

// How the company makes a hash of a value; all in hexadecimal digits.
enum class SaltedHash {
  kSaltThenValue,  // SHA-256 of the salt and the value behind it
  kValueThenSalt,
  kHmac,  // HMAC-SHA256 of the value under the salt
};
PRIVITY_DESCRIBE_ENUM(SaltedHash, kSaltThenValue, kValueThenSalt, kHmac)

struct KnownSalt {
  std::string id;
  SaltedHash hash = SaltedHash::kSaltThenValue;
  SecretString salt;
};

// Letters of ASCII in lower case, without white space at either end.
std::string Folded(std::string_view value);
// As the company writes it, in lower-case hexadecimal digits.
std::string HashedWith(const KnownSalt& salt, std::string_view value);

// What a value is hashed to for a sketch: HMAC-SHA256 under the installation's key, cut to 64 bits.
class ValueHash {
 public:
  explicit ValueHash(const Key& key) : key_(key) {}
  std::uint64_t Of(std::string_view value) const;

 private:
  const Key key_;
};

}  // namespace privity
