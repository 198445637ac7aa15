// Invariant(condition, reason): what only our own bug could break. Ends the process with the reason and the place; the
// supervisor restarts it and the journal of the store makes the restart safe.
#pragma once

#include <source_location>

namespace privity {

[[noreturn]] void FailInvariant(const char* reason, const std::source_location& where);

inline void Invariant(bool condition, const char* reason,
                      const std::source_location& where = std::source_location::current()) {
  if (!condition) [[unlikely]]
    FailInvariant(reason, where);
}

}  // namespace privity
