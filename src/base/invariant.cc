#include "base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace privity {

void FailInvariant(const char* reason, const char* file, int line) {
  std::fprintf(stderr, "privity: internal error: %s (%s:%d)\n", reason, file, line);
  std::abort();
}

}  // namespace privity
