#include "crypto/key.h"

#include <algorithm>

#include "base/random.h"
#include "base/secret.h"
#include "crypto/hash.h"

namespace privity {

Key Key::Random() {
  Key key;
  FillRandom(key.bytes_);
  return key;
}

Result<Key> Key::FromBytes(BytesView bytes) {
  if (bytes.size() != kBytes) {
    return Error("crypto.key_size", {{"bytes", std::to_string(bytes.size())}, {"expected", std::to_string(kBytes)}});
  }
  Key key;
  std::ranges::copy(bytes, key.bytes_.begin());
  return key;
}

Key::~Key() {
  WipeMemory(bytes_.data(), bytes_.size());
}

bool Key::operator==(const Key& other) const {
  return EqualInConstantTime(bytes_, other.bytes_);
}

Key DeriveKey(const Key& from, std::string_view purpose) {
  const SecretBytes derived(HkdfSha256(from.Reveal(), {}, AsBytes(purpose), Key::kBytes));
  return *Key::FromBytes(derived.Reveal());
}

}  // namespace privity
