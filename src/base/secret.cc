#include "base/secret.h"

#include <string.h>

namespace privity {

void WipeMemory(void* data, std::size_t size_bytes) {
  if (size_bytes != 0) explicit_bzero(data, size_bytes);
}

bool EqualInConstantTime(BytesView a, BytesView b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= std::to_integer<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace privity
