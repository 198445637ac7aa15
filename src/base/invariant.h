// Invariant(condition, reason): what only our own bug could break. Ends the process with the reason and the place; the
// supervisor restarts it and the journal of the store makes the restart safe.
#pragma once

namespace privity {

[[noreturn]] void FailInvariant(const char* reason, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// The builtins name the caller; std::source_location would too, but clang 14, which builds the fuzz targets, lacks it.
inline void Invariant(bool condition, const char* reason, const char* file = __builtin_FILE(),
                      int line = __builtin_LINE()) {
  if (!condition) [[unlikely]]
    FailInvariant(reason, file, line);
}

}  // namespace privity
