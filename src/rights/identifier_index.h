// Keyed hashes of what people are known by: the same for every spelling of one value, and of no use to whoever has the
// database without the key home. Requests and restrictions (restrictions.h) find people by them.
#pragma once

#include <string>

#include "crypto/blind_index.h"
#include "crypto/key_home.h"
#include "rights/fulfilment.h"

namespace privity {

class IdentifierIndex {
 public:
  explicit IdentifierIndex(KeyHome& home);
  // Hexadecimal. Case and white space do not tell people apart.
  std::string Of(const Identifier& identifier) const;

 private:
  BlindIndex index_;
};

}  // namespace privity
