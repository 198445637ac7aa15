// Trains one of the nets of detect/internal/field_net.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace privity::detect {

struct NetSample {
  std::span<const std::uint32_t> own, shared;  // signs of the field and of its collection
  std::optional<std::size_t> detector;         // its place among them; none for what is nobody's
};

// The bytes of a net with `rows` rows, a power of two, and an output more than there are detectors. The same input
// gives the same bytes on the same machine type.
std::string TrainNet(std::span<const NetSample> samples, std::size_t rows, std::size_t detectors, std::uint32_t seed,
                     int epochs = 3);

}  // namespace privity::detect
