// Key: 256 secret bits. Wiped when destroyed, compared in constant time; neither prints nor serializes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

class Key {
 public:
  static constexpr std::size_t kBytes = 32;

  static Key Random();
  // Exactly 32 bytes; they are copied, the caller wipes its own. crypto.key_size.
  static Result<Key> FromBytes(BytesView bytes);

  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();

  // The bytes in clear: for what wraps, stores or uses the key, and for nothing else.
  std::span<const std::byte, kBytes> Reveal() const { return bytes_; }
  bool operator==(const Key& other) const;

 private:
  Key() = default;
  std::array<std::byte, kBytes> bytes_{};
};

// An independent key for one named purpose: HKDF-SHA256 (RFC 5869) with an empty salt and info = `purpose`. The
// purposes in use are listed in docs/formats/key-home.md; two purposes never share a name.
Key DeriveKey(const Key& from, std::string_view purpose);

}  // namespace privity
