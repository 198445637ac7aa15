// Sealed streams: data of any length in chunks, each of which can be opened alone and only at its place.
//
// The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, "Online Authenticated-Encryption and its
// Nonce-Reuse Misuse-Resistance") over XChaCha20-Poly1305: the nonce of a chunk is 19 random bytes of the stream, the
// chunk's number and a mark on the last one. Chunks that are swapped, repeated, left out or cut off at the end fail to
// open. libsodium's secretstream was refused because it cannot start in the middle, which range reads want.
//
// A key may serve one stream only, or several with different associated data. A StreamSealer belongs to one thread; a
// StreamOpener may be used from many.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"
#include "crypto/seal.h"

namespace privity {

using StreamPrefix = std::array<std::byte, 19>;

inline constexpr std::size_t kStreamTagBytes = 16;
inline constexpr std::uint64_t kStreamChunksMax = std::uint64_t{1} << 32;

enum class ChunkPlace { kInside, kLast };

class StreamSealer {
 public:
  StreamSealer(const Key& key, const AssociatedData& associated_data);

  // To be stored with the stream; not secret.
  const StreamPrefix& prefix() const { return prefix_; }

  // The next chunk: `plaintext` and kStreamTagBytes more. Exactly one chunk is the last; nothing follows it (an
  // Invariant). Errors: crypto.too_large after kStreamChunksMax chunks.
  Result<Bytes> Seal(BytesView plaintext, ChunkPlace place);

 private:
  const Key key_;
  const AssociatedData associated_data_;
  StreamPrefix prefix_;
  std::uint64_t next_ = 0;
  bool ended_ = false;
};

class StreamOpener {
 public:
  StreamOpener(const Key& key, const AssociatedData& associated_data, const StreamPrefix& prefix);

  // Errors: crypto.open_failed when the chunk is not the one of this number and place, or was changed.
  Result<SecretBytes> Open(std::uint64_t number, ChunkPlace place, BytesView sealed) const;

 private:
  const Key key_;
  const AssociatedData associated_data_;
  const StreamPrefix prefix_;
};

}  // namespace privity
