// Loops that are compiled twice: for every machine, and for those with vectors of 256 bits. What such a loop calls is
// compiled into each of the two. Both find the same: there is no fused multiplication among what the wide one may use.
#pragma once

#define PRIVITY_INLINED __attribute__((always_inline)) inline

#ifdef __x86_64__
#define PRIVITY_WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace privity::detect {

inline bool IsWideMachine() {
  static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  return wide;
}

}  // namespace privity::detect
#endif
