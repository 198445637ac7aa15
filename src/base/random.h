// Randomness from the operating system (getrandom). Never fails: a system without it cannot run Privity.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace privity {

void FillRandom(std::span<std::byte> out);
// Uniform in [0, bound); bound > 0. Without modulo bias.
std::uint64_t RandomBelow(std::uint64_t bound);

}  // namespace privity
