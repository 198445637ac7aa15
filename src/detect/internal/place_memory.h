// Memory for what is noted of a text's places: of a text as long as a message nothing is allocated.
#pragma once

#include <array>
#include <cstddef>
#include <memory_resource>
#include <vector>

namespace privity::detect {

// Given back all at once, at its end: its lists do not outlive it.
class PlaceMemory {
 public:
  template <typename Place>
  using List = std::pmr::vector<Place>;

  PlaceMemory() = default;
  PlaceMemory(const PlaceMemory&) = delete;
  PlaceMemory& operator=(const PlaceMemory&) = delete;

  template <typename Place>
  List<Place> Make() {
    constexpr std::size_t kExpected = 64;
    List<Place> list(&resource_);
    list.reserve(kExpected);
    return list;
  }

 private:
  alignas(std::max_align_t) std::array<std::byte, 16 << 10> bytes_;
  std::pmr::monotonic_buffer_resource resource_{bytes_.data(), bytes_.size()};
};

}  // namespace privity::detect
