#include "crypto/blind_index.h"

#include <string>

#include "crypto/hash.h"

namespace privity {

BlindIndex::BlindIndex(const Key& index_key, std::string_view field)
    : field_key_(DeriveKey(index_key, "privity.blind-index.v1:" + std::string(field))) {}

Bytes BlindIndex::Of(std::string_view normalized_value) const {
  const Sha256Digest mac = HmacSha256(field_key_.Reveal(), AsBytes(normalized_value));
  return Bytes(mac.begin(), mac.begin() + kBytes);
}

}  // namespace privity
