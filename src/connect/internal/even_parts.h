// Divides a span of whole numbers evenly.
#pragma once

#include <cstdint>
#include <vector>

namespace privity::connect_internal {

struct Part {
  std::int64_t first;
  std::int64_t last;  // inclusive
};

// At most `parts` pieces of first..last, none empty, in order. The span may be all of int64.
inline std::vector<Part> EvenParts(std::int64_t first, std::int64_t last, int parts) {
  std::vector<Part> pieces;
  if (first > last) return pieces;
  const std::uint64_t span = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
  const std::uint64_t step = span / static_cast<std::uint64_t>(parts) + 1;
  for (std::uint64_t offset = 0; offset <= span; offset += step) {
    const std::uint64_t end = span - offset < step ? span : offset + step - 1;
    pieces.push_back({static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + offset),
                      static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + end)});
    if (end == span) break;
  }
  return pieces;
}

}  // namespace privity::connect_internal
