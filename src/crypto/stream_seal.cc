#include "crypto/stream_seal.h"

#include <algorithm>

#include "base/random.h"
#include "crypto/internal/endian.h"
#include "crypto/internal/sodium.h"

namespace privity {
namespace {

using Nonce = std::array<std::byte, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;
static_assert(std::tuple_size_v<Nonce> == std::tuple_size_v<StreamPrefix> + 4 + 1);
static_assert(kStreamTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

Nonce NonceOf(const StreamPrefix& prefix, std::uint64_t number, ChunkPlace place) {
  Nonce nonce;
  std::ranges::copy(prefix, nonce.begin());
  internal::PutNumber(std::span(nonce).subspan(prefix.size(), 4), static_cast<std::uint32_t>(number));
  nonce.back() = place == ChunkPlace::kLast ? std::byte{1} : std::byte{0};
  return nonce;
}

}  // namespace

StreamSealer::StreamSealer(const Key& key, const AssociatedData& associated_data)
    : key_(key), associated_data_(associated_data) {
  internal::StartSodium();
  FillRandom(prefix_);
}

Result<Bytes> StreamSealer::Seal(BytesView plaintext, ChunkPlace place) {
  Invariant(!ended_, "no chunk follows the last one");
  if (next_ == kStreamChunksMax) return Error("crypto.too_large", {{"chunks_max", std::to_string(kStreamChunksMax)}});
  const Nonce nonce = NonceOf(prefix_, next_++, place);
  ended_ = place == ChunkPlace::kLast;
  Bytes sealed(plaintext.size() + kStreamTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(internal::Out(sealed), nullptr, internal::In(plaintext), plaintext.size(),
                                             internal::In(associated_data_.bytes()), associated_data_.bytes().size(),
                                             nullptr, internal::In(nonce), internal::In(key_.Reveal()));
  return sealed;
}

StreamOpener::StreamOpener(const Key& key, const AssociatedData& associated_data, const StreamPrefix& prefix)
    : key_(key), associated_data_(associated_data), prefix_(prefix) {
  internal::StartSodium();
}

Result<SecretBytes> StreamOpener::Open(std::uint64_t number, ChunkPlace place, BytesView sealed) const {
  if (sealed.size() < kStreamTagBytes || number >= kStreamChunksMax) return Error("crypto.open_failed");
  const Nonce nonce = NonceOf(prefix_, number, place);
  Bytes plaintext(sealed.size() - kStreamTagBytes);
  const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                          internal::Out(plaintext), nullptr, nullptr, internal::In(sealed), sealed.size(),
                          internal::In(associated_data_.bytes()), associated_data_.bytes().size(), internal::In(nonce),
                          internal::In(key_.Reveal())) == 0;
  if (!opened) return Error("crypto.open_failed");
  return SecretBytes(std::move(plaintext));
}

}  // namespace privity
