// Signed JSON Web Tokens (RFC 7519, RFC 7515 compact form) and the keys to check them with (RFC 7517).
//
// What RFC 8725 advises: the algorithm must be on our list (RS256, ES256, EdDSA) and fit the key, so that neither
// "none" nor a public key taken for an HMAC secret works; critical extensions are refused. Keys of other kinds in a set
// are left out. Pure; a value type.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"
#include "crypto/signature.h"

namespace privity {

inline constexpr std::size_t kJwtBytesMax = 16 * 1024;
inline constexpr std::size_t kJwksKeysMax = 64;

class JwkSet {
 public:
  JwkSet() = default;
  // identity.jwks_invalid.
  static Result<JwkSet> Parse(std::string_view json);

  std::size_t size() const { return keys_.size(); }
  // The claims of a token that one of these keys has signed. identity.id_token_invalid{problem}; a key that is not in
  // the set is problem "unknown key": it may be newer than the set.
  Result<Json> Verify(std::string_view token) const;

 private:
  struct Rs256 {
    Bytes modulus, exponent;
  };
  struct Es256 {
    Bytes x, y;
  };
  struct Jwk {
    std::string id;  // may be empty
    std::variant<Rs256, Es256, VerifyKey> key;
  };
  static bool Fits(const Jwk& key, std::string_view algorithm);
  static bool Signed(const Jwk& key, BytesView message, BytesView signature);
  static Result<Jwk> Read(const Json& json);
  std::vector<Jwk> keys_;
};

}  // namespace privity
