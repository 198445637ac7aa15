// The one place where libsodium is started, and the casts its C interface asks for.
#pragma once

#include <sodium.h>

#include "base/bytes.h"
#include "base/invariant.h"

namespace privity::internal {

// Chooses the fastest implementation for this processor. Cheap after the first call; call it before any libsodium
// function.
inline void StartSodium() {
  static const bool started = sodium_init() >= 0;
  Invariant(started, "libsodium starts");
}

inline const unsigned char* In(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* Out(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace privity::internal
