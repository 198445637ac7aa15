// Blind index: finds sealed values by equality without opening them.
//
// The index of a value is a keyed hash (HMAC-SHA256 cut to 128 bits) under a key of its own for each field, so that
// equal values of two fields do not look alike. It tells which rows of one field are equal, and nothing else to whoever
// lacks the key. The caller normalizes first (an address book folds case and white space): what is not equal as bytes
// is not found. A keyed hash of personal data is still personal data (GDPR Recital 26): erase it with the record.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "crypto/key.h"

namespace privity {

// Values; safe to use from many threads.
class BlindIndex {
 public:
  static constexpr std::size_t kBytes = 16;

  // `field` is the full name of the field, "people.email". Changing it changes every index.
  BlindIndex(const Key& index_key, std::string_view field);

  Bytes Of(std::string_view normalized_value) const;

 private:
  Key field_key_;
};

}  // namespace privity
