// Memory for what is noted of a text's places: of a text as long as a message nothing is allocated.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <type_traits>

namespace privity::detect {

// Given back all at once, at its end: its lists do not outlive it.
class PlaceMemory {
 public:
  // Grows at its end only; adding costs a few instructions, for nearly every word of some texts is noted somewhere.
  template <typename Place>
  class List {
   public:
    explicit List(std::pmr::memory_resource& memory) : memory_(memory) { Grow(); }
    List(const List&) = delete;
    List& operator=(const List&) = delete;

    void Add(const Place& place) {
      if (size_ == capacity_) Grow();
      places_[size_++] = place;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Place* data() const { return places_; }
    const Place* begin() const { return places_; }
    const Place* end() const { return places_ + size_; }
    const Place& operator[](std::size_t i) const { return places_[i]; }

   private:
    static_assert(std::is_trivially_copyable_v<Place> && std::is_trivially_destructible_v<Place>);
    static constexpr std::size_t kExpected = 64;

    __attribute__((noinline)) void Grow() {
      const std::size_t capacity = std::max(kExpected, 2 * capacity_);
      auto* const places = static_cast<Place*>(memory_.allocate(capacity * sizeof(Place), alignof(Place)));
      std::uninitialized_copy_n(places_, size_, places);
      places_ = places;
      capacity_ = capacity;
    }

    std::pmr::memory_resource& memory_;
    Place* places_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
  };

  PlaceMemory() = default;
  PlaceMemory(const PlaceMemory&) = delete;
  PlaceMemory& operator=(const PlaceMemory&) = delete;

  template <typename Place>
  List<Place> Make() {
    return List<Place>(resource_);
  }

 private:
  alignas(std::max_align_t) std::array<std::byte, 16 << 10> bytes_;
  std::pmr::monotonic_buffer_resource resource_{bytes_.data(), bytes_.size()};
};

}  // namespace privity::detect
