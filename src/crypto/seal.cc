#include "crypto/seal.h"

#include <algorithm>
#include <array>

#include "base/random.h"
#include "crypto/internal/endian.h"
#include "crypto/internal/sodium.h"

namespace privity {
namespace {

constexpr std::byte kXChaCha20Poly1305{0x01};
constexpr std::size_t kHeaderBytes = 1 + 4;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kSealedOverheadBytes == kHeaderBytes + kNonceBytes + kTagBytes);

// The header is authenticated with the caller's data, so that neither algorithm nor key version can be changed.
Bytes Authenticated(BytesView header, const AssociatedData& associated_data) {
  Bytes all(header.begin(), header.end());
  all.insert(all.end(), associated_data.bytes().begin(), associated_data.bytes().end());
  return all;
}

}  // namespace

AssociatedData& AssociatedData::Add(BytesView field) {
  std::array<std::byte, 4> length;
  internal::PutNumber(length, static_cast<std::uint32_t>(field.size()));
  bytes_.insert(bytes_.end(), length.begin(), length.end());
  bytes_.insert(bytes_.end(), field.begin(), field.end());
  return *this;
}

AssociatedData& AssociatedData::AddNumber(std::uint64_t number) {
  std::array<std::byte, 8> field;
  internal::PutNumber(field, number);
  return Add(BytesView(field));
}

AssociatedData RecordContext::ToAssociatedData() const {
  return AssociatedData("privity.record.v1").Add(installation).Add(subject).Add(collection).Add(record).Add(field);
}

Result<Bytes> Seal(const Key& key, std::uint32_t key_version, BytesView plaintext,
                   const AssociatedData& associated_data) {
  internal::StartSodium();
  if (plaintext.size() > kPlaintextBytesMax) {
    return Error("crypto.too_large", {{"bytes_max", std::to_string(kPlaintextBytesMax)}});
  }
  Bytes sealed(plaintext.size() + kSealedOverheadBytes);
  sealed[0] = kXChaCha20Poly1305;
  internal::PutNumber(std::span(sealed).subspan(1, 4), key_version);
  const auto nonce = std::span(sealed).subspan(kHeaderBytes, kNonceBytes);
  FillRandom(nonce);
  const Bytes authenticated = Authenticated(BytesView(sealed).first(kHeaderBytes), associated_data);
  crypto_aead_xchacha20poly1305_ietf_encrypt(internal::Out(std::span(sealed).subspan(kHeaderBytes + kNonceBytes)),
                                             nullptr, internal::In(plaintext), plaintext.size(),
                                             internal::In(authenticated), authenticated.size(), nullptr,
                                             internal::In(nonce), internal::In(key.Reveal()));
  return sealed;
}

Result<SecretBytes> Open(const Key& key, BytesView sealed, const AssociatedData& associated_data) {
  internal::StartSodium();
  PRIVITY_TRY_VOID(SealedKeyVersion(sealed));
  const Bytes authenticated = Authenticated(sealed.first(kHeaderBytes), associated_data);
  const BytesView ciphertext = sealed.subspan(kHeaderBytes + kNonceBytes);
  Bytes plaintext(ciphertext.size() - kTagBytes);
  const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                          internal::Out(plaintext), nullptr, nullptr, internal::In(ciphertext), ciphertext.size(),
                          internal::In(authenticated), authenticated.size(),
                          internal::In(sealed.subspan(kHeaderBytes, kNonceBytes)), internal::In(key.Reveal())) == 0;
  if (!opened) return Error("crypto.open_failed");
  return SecretBytes(std::move(plaintext));
}

Result<std::uint32_t> SealedKeyVersion(BytesView sealed) {
  if (sealed.size() < kSealedOverheadBytes || sealed.size() > kPlaintextBytesMax + kSealedOverheadBytes) {
    return Error("crypto.sealed_malformed", {{"bytes", std::to_string(sealed.size())}});
  }
  if (sealed[0] != kXChaCha20Poly1305) {
    return Error("crypto.sealed_algorithm_unknown", {{"algorithm", std::to_string(std::to_integer<int>(sealed[0]))}});
  }
  return internal::GetNumber<std::uint32_t>(sealed.subspan(1, 4));
}

}  // namespace privity
