#include "crypto/signature.h"

#include <algorithm>

#include "crypto/internal/sodium.h"

namespace privity {

static_assert(std::tuple_size_v<Ed25519Signature> == crypto_sign_BYTES);
static_assert(VerifyKey::kBytes == crypto_sign_PUBLICKEYBYTES);
static_assert(Key::kBytes == crypto_sign_SEEDBYTES);

Result<VerifyKey> VerifyKey::FromBytes(BytesView bytes) {
  if (bytes.size() != kBytes) {
    return Error("crypto.key_size", {{"bytes", std::to_string(bytes.size())}, {"expected", std::to_string(kBytes)}});
  }
  VerifyKey key;
  std::ranges::copy(bytes, key.bytes_.begin());
  return key;
}

bool VerifyKey::Verify(BytesView message, BytesView signature) const {
  internal::StartSodium();
  if (signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(internal::In(signature), internal::In(message), message.size(),
                                     internal::In(bytes_)) == 0;
}

SigningKey SigningKey::FromSeed(const Key& seed) {
  internal::StartSodium();
  SigningKey key;
  Bytes expanded(crypto_sign_SECRETKEYBYTES);
  Invariant(crypto_sign_seed_keypair(internal::Out(key.verify_key_.bytes_), internal::Out(expanded),
                                     internal::In(seed.Reveal())) == 0,
            "an Ed25519 key comes from any seed");
  key.expanded_ = SecretBytes(std::move(expanded));
  return key;
}

Ed25519Signature SigningKey::Sign(BytesView message) const {
  Ed25519Signature signature;
  Invariant(crypto_sign_detached(internal::Out(signature), nullptr, internal::In(message), message.size(),
                                 internal::In(expanded_.Reveal())) == 0,
            "Ed25519 signs any message");
  return signature;
}

}  // namespace privity
