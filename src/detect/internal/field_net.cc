#include "detect/internal/field_net.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace privity::detect {
namespace {

// Takes `count` bytes from the front.
std::vector<float> Taken(std::string_view& bytes, std::size_t count, float scale) {
  std::vector<float> weights;
  weights.reserve(count);
  for (const char byte : bytes.substr(0, count)) weights.push_back(scale * static_cast<std::int8_t>(byte));
  bytes.remove_prefix(count);
  return weights;
}

}  // namespace

std::size_t FieldNet::BytesOf(std::size_t rows, std::size_t outputs) {
  return sizeof(Head) + rows * kDims + kFirst + kSecond + outputs * (kHidden + 1);
}

FieldNet::FieldNet(std::string_view bytes, std::size_t rows, std::size_t outputs)
    : mask_(static_cast<std::uint32_t>(rows - 1)) {
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  rows_ = reinterpret_cast<const std::int8_t*>(bytes.data());
  scale_ = head.rows;
  bytes.remove_prefix(rows * kDims);
  first_ = Taken(bytes, kFirst, head.first);
  second_ = Taken(bytes, kSecond, head.second);
  outputs_ = Taken(bytes, outputs * (kHidden + 1), head.outputs);
}

FieldNet::Layer FieldNet::Start() const {
  Layer first;
  std::copy_n(first_.end() - kHidden, kHidden, first.begin());
  return first;
}

PRIVITY_INLINED void FieldNet::AddWith(std::span<const std::uint32_t> signs, Layer& first) const {
  std::array<std::array<std::int32_t, kDims>, kParts> sums{};
  std::array<std::size_t, kParts> counts{};
  for (const std::uint32_t sign : signs) {
    const std::size_t part = PlaceOfPart(sign);
    if (part >= kParts) continue;
    ++counts[part];
    const std::int8_t* __restrict row = rows_ + std::size_t{sign & mask_} * kDims;
    std::int32_t* __restrict sum = sums[part].data();
    for (std::size_t i = 0; i < kDims; ++i) sum[i] += row[i];
  }
  Inputs inputs{};
  for (std::size_t part = 0; part < kParts; ++part) {
    if (counts[part] == 0) continue;
    const float share = scale_ / std::sqrt(static_cast<float>(counts[part]));
    for (std::size_t i = 0; i < kDims; ++i) inputs[part * kDims + i] = share * static_cast<float>(sums[part][i]);
  }
  AddLayer(inputs, first_.data(), first);
}

PRIVITY_INLINED void FieldNet::SecondWith(const Layer& first, Layer& second) const {
  Layer bent = first;
  for (float& unit : bent) unit = std::max(unit, 0.0f);
  std::copy_n(second_.end() - kHidden, kHidden, second.begin());
  AddLayer(bent, second_.data(), second);
  for (float& unit : second) unit = std::max(unit, 0.0f);
}

#ifdef __x86_64__
PRIVITY_WIDE void FieldNet::AddWide(std::span<const std::uint32_t> signs, Layer& first) const {
  AddWith(signs, first);
}

PRIVITY_WIDE void FieldNet::SecondWide(const Layer& first, Layer& second) const {
  SecondWith(first, second);
}
#endif

void FieldNet::Add(std::span<const std::uint32_t> signs, Layer& first) const {
#ifdef __x86_64__
  if (IsWideMachine()) return AddWide(signs, first);
#endif
  AddWith(signs, first);
}

FieldNet::Layer FieldNet::Second(const Layer& first) const {
  Layer second;
#ifdef __x86_64__
  if (IsWideMachine()) {
    SecondWide(first, second);
    return second;
  }
#endif
  SecondWith(first, second);
  return second;
}

float FieldNet::Output(std::size_t output, const Layer& second) const {
  const float* weights = outputs_.data() + output * (kHidden + 1);
  return Product(weights, second) + weights[kHidden];
}

}  // namespace privity::detect
