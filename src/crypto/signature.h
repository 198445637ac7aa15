// Ed25519 signatures (RFC 8032): the ledger's checkpoints, packs and certificates are signed with them.
//
// Verification is strict: keys and signatures of small order and non-canonical encodings are refused (libsodium's
// rule), so that two verifiers never disagree about one of ours. Values; safe to use from many threads.
#pragma once

#include <array>
#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"

namespace privity {

using Ed25519Signature = std::array<std::byte, 64>;

class VerifyKey {
 public:
  static constexpr std::size_t kBytes = 32;
  // crypto.key_size when it is not 32 bytes long.
  static Result<VerifyKey> FromBytes(BytesView bytes);

  // False for any other message, key or signature, and for a signature that is not 64 bytes long.
  [[nodiscard]] bool Verify(BytesView message, BytesView signature) const;

  const std::array<std::byte, kBytes>& bytes() const { return bytes_; }
  bool operator==(const VerifyKey&) const = default;

 private:
  friend class SigningKey;
  VerifyKey() = default;
  std::array<std::byte, kBytes> bytes_{};
};

class SigningKey {
 public:
  // The private key of RFC 8032 section 5.1.5 is these 32 bytes.
  static SigningKey FromSeed(const Key& seed);

  Ed25519Signature Sign(BytesView message) const;
  const VerifyKey& verify_key() const { return verify_key_; }

 private:
  SigningKey() = default;
  SecretBytes expanded_;  // seed and public key, as libsodium wants them
  VerifyKey verify_key_;
};

}  // namespace privity
