// The public keys of passkeys: COSE_Key (RFC 9053) with ES256, EdDSA (Ed25519) or RS256.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/signature.h"
#include "identity/internal/cbor.h"

namespace privity {

// Numbers of the IANA registry "COSE Algorithms".
enum class CoseAlgorithm : std::int64_t { kEs256 = -7, kEdDsa = -8, kRs256 = -257 };

class CoseKey {
 public:
  // identity.passkey_key_unsupported: another type of key, another curve, or numbers of the wrong size.
  static Result<CoseKey> Parse(BytesView cose);
  static Result<CoseKey> FromCbor(const Cbor& cose);

  CoseAlgorithm algorithm() const;
  // The signature forms of WebAuthn Level 2 section 6.5.6: ASN.1 DER for ES256.
  [[nodiscard]] bool Verify(BytesView message, BytesView signature) const;

 private:
  struct P256 {
    Bytes x, y;
  };
  struct Rsa {
    Bytes modulus, exponent;
  };
  using Numbers = std::variant<P256, VerifyKey, Rsa>;
  explicit CoseKey(Numbers numbers) : numbers_(std::move(numbers)) {}
  Numbers numbers_;
};

}  // namespace privity
