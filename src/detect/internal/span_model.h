// The weights of the judge of spans, as `privity_train_spans` writes them (docs/formats/span-model.md).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "detect/detector_file.h"

namespace privity::detect {

// Tags: 0 is outside; of each entity one for the first word and one for those behind it.
constexpr std::size_t kSpanEntities = 29;
constexpr std::size_t kSpanTags = 1 + 2 * kSpanEntities;
constexpr std::size_t kSpanLanes = 64;
constexpr std::size_t BeginTagOf(Entity entity) {
  return 1 + 2 * static_cast<std::size_t>(entity);
}
constexpr bool IsBeginTag(std::size_t tag) {
  return tag % 2 == 1;
}
constexpr Entity EntityOfTag(std::size_t tag) {
  return static_cast<Entity>((tag - 1) / 2);
}

using SpanTransitions = std::array<std::array<float, kSpanLanes>, kSpanLanes>;  // [from][to]

// A view into bytes that outlive it. Immutable.
class SpanModel {
 public:
  static constexpr std::string_view kMagic = "PVSPANS1";
  static constexpr std::string_view kFile = "spans.model";

  // detect.span_model when the bytes are not such a file.
  static Result<SpanModel> Parse(std::string_view bytes);
  // The one in the program.
  static const SpanModel& BuiltIn();

  // A weight for each tag, in units of scale().
  const std::int8_t* WeightsOf(std::uint32_t feature) const { return weights_ + (feature & mask_) * kSpanLanes; }
  const SpanTransitions& transitions() const { return *transitions_; }
  float scale() const { return scale_; }

 private:
  const std::int8_t* weights_ = nullptr;
  const SpanTransitions* transitions_ = nullptr;
  std::uint32_t mask_ = 0;
  float scale_ = 0;
};

// The head of the file, little-endian; after it the transitions and the weights.
struct SpanModelHead {
  std::array<char, 8> magic;
  std::uint32_t features = 0;  // a power of two
  float scale = 0;
  std::array<std::uint32_t, 12> reserved = {};  // zero; rows of weights begin at multiples of 16
};
static_assert(sizeof(SpanModelHead) == 64);

}  // namespace privity::detect
