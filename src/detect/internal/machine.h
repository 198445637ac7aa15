// Loops that are compiled twice: for every machine, and for those with vectors of 256 bits. What such a loop calls is
// compiled into each of the two. Both find the same: there is no fused multiplication among what the wide one may use.
#pragma once

#include <cstdint>

#define PRIVITY_INLINED __attribute__((always_inline)) inline

namespace privity::detect {

// Set by tests alone, before other threads look: what is compiled for every machine is used on a wide one, too.
inline bool use_narrow_loops = false;

}  // namespace privity::detect

#ifdef __x86_64__
#define PRIVITY_WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace privity::detect {

inline bool IsWideMachine() {
  static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  return wide && !use_narrow_loops;
}

// Whether such a machine also moves bits at once (BitsAt): the first Zens do it, but slowly.
inline bool MovesBits() {
  static const bool slow = __builtin_cpu_is("znver1") || __builtin_cpu_is("znver2");
  return IsWideMachine() && !slow;
}

// The bits at the places that are ones, side by side from the lowest on: where MovesBits(). The compiler's own name for
// it may stand in no function that is compiled for every machine first.
PRIVITY_INLINED std::uint64_t BitsAt(std::uint64_t places, std::uint64_t bits) {
  std::uint64_t moved;
  __asm__("pext %2, %1, %0" : "=r"(moved) : "r"(bits), "r"(places));
  return moved;
}

}  // namespace privity::detect
#endif
