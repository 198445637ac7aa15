// Weights as bytes.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace privity::detect {

// Weights of a byte each, and what one unit of them is worth.
struct Units {
  std::string bytes;
  float scale;
};

inline Units InUnits(std::span<const float> weights) {
  constexpr float kUnits = 127;
  float most = 1e-6f;
  for (const float w : weights) most = std::max(most, std::abs(w));
  Units units{.bytes = {}, .scale = most / kUnits};
  for (const float w : weights) units.bytes += static_cast<char>(std::lround(w / units.scale));
  return units;
}

}  // namespace privity::detect
