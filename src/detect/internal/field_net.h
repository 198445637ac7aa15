// A small net over the signs of a name (field_model.h): unlike a regression it weighs what a field is called by what
// stands around it.
//
// Each sign has a row of a few numbers. The rows of the signs of one part are added up and divided by the root of their
// number; the parts side by side are what the first of two hidden layers sees. Behind those stand the outputs:
// logarithms of odds.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "detect/internal/machine.h"

namespace privity::detect {

// Which part a sign belongs to: its highest bits say so.
enum class NetPart : std::uint32_t {
  kNone,  // not for nets, which find out by themselves what stands together
  // Of the field.
  kWords,
  kPairs,
  kLetters,
  kKinds,
  kAround,
  kRules,
  // Of its collection.
  kRows,
  kDomain,
  kNeighbours
};

// A view into bytes that outlive it. Immutable.
class FieldNet {
 public:
  static constexpr std::size_t kParts = 9, kDims = 16, kInputs = kParts * kDims, kHidden = 64;
  static constexpr int kPartShift = 28;
  // Weights of a layer: a row for each input, and one for what is always there.
  static constexpr std::size_t kFirst = (kInputs + 1) * kHidden, kSecond = (kHidden + 1) * kHidden;
  using Layer = std::array<float, kHidden>;
  using Inputs = std::array<float, kInputs>;

  // What one unit of a byte is worth: of the signs' rows, of both layers, of the outputs.
  struct Head {
    float rows = 0, first = 0, second = 0, outputs = 0;
  };
  static std::size_t BytesOf(std::size_t rows, std::size_t outputs);
  // `bytes` are as many as that; `rows` is a power of two.
  FieldNet(std::string_view bytes, std::size_t rows, std::size_t outputs);

  // The first layer before it bends: what is always there, and then what the signs of some parts add.
  Layer Start() const;
  void Add(std::span<const std::uint32_t> signs, Layer& first) const;
  // The second layer, and an output by it.
  Layer Second(const Layer& first) const;
  float Output(std::size_t output, const Layer& second) const;

 private:
  void AddWith(std::span<const std::uint32_t> signs, Layer& first) const;
  void AddWide(std::span<const std::uint32_t> signs, Layer& first) const;  // likewise, on machines with wide vectors
  void SecondWith(const Layer& first, Layer& second) const;
  void SecondWide(const Layer& first, Layer& second) const;

  const std::int8_t* rows_;
  std::uint32_t mask_;
  float scale_;
  std::vector<float> first_, second_, outputs_;
};

// What follows is what training shares with it.

inline std::size_t PlaceOfPart(std::uint32_t sign) {
  return (sign >> FieldNet::kPartShift) - 1;  // one of kParts, unless the sign is for no net
}

// To `sums` the rows of `weights` for the inputs, each as often as the input says. Pointers, for these loops are where
// the time goes, and of arrays each access would be checked.
template <std::size_t kSize>
PRIVITY_INLINED void AddLayer(const std::array<float, kSize>& inputs, const float* __restrict weights,
                              FieldNet::Layer& sums) {
  float* __restrict sum = sums.data();
  for (std::size_t k = 0; k < kSize; ++k, weights += FieldNet::kHidden) {
    const float input = inputs[k];
    if (input == 0) continue;
    for (std::size_t i = 0; i < FieldNet::kHidden; ++i) sum[i] += input * weights[i];
  }
}

inline float Product(const float* __restrict a, const FieldNet::Layer& layer) {
  constexpr std::size_t kLanes = 8;  // side by side, so that the processor adds several at once
  const float* __restrict b = layer.data();
  float sums[kLanes] = {};
  for (std::size_t i = 0; i < FieldNet::kHidden; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

}  // namespace privity::detect
