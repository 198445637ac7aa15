#include "base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace privity {

void FailInvariant(const char* reason, const std::source_location& where) {
  std::fprintf(stderr, "privity: internal error: %s (%s:%u)\n", reason, where.file_name(),
               static_cast<unsigned>(where.line()));
  std::abort();
}

}  // namespace privity
