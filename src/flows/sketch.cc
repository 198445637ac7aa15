#include "flows/sketch.h"

#include <algorithm>
#include <cmath>

namespace privity {
namespace {

constexpr std::size_t kHashBytes = 8;

// Up to here a sketch knows whether a value is there.
std::uint64_t HorizonOf(const ValueSketch& sketch) {
  return sketch.is_whole() ? ~std::uint64_t{0} : sketch.hashes().back();
}

}  // namespace

void ValueSketch::Add(std::uint64_t hash) {
  if (hash > largest_) return;
  hashes_.push_back(hash);
  if (hashes_.size() >= 2 * kHashesMax) Shrink();
}

void ValueSketch::Shrink() {
  std::ranges::sort(hashes_);
  const auto repeated = std::ranges::unique(hashes_);
  hashes_.erase(repeated.begin(), repeated.end());
  if (hashes_.size() < kHashesMax) return;
  hashes_.resize(kHashesMax);
  largest_ = hashes_.back();
}

void ValueSketch::Merge(const ValueSketch& other) {
  for (const std::uint64_t hash : other.hashes_) Add(hash);
  Finish();
}

void ValueSketch::Finish() {
  Shrink();
  hashes_.shrink_to_fit();
}

std::int64_t ValueSketch::Distinct() const {
  if (is_whole()) return static_cast<std::int64_t>(hashes_.size());
  const double share = std::ldexp(static_cast<double>(hashes_.back()), -64);
  return std::llround(static_cast<double>(kHashesMax - 1) / share);
}

Bytes ValueSketch::ToBytes() const {
  Bytes bytes;
  bytes.reserve(hashes_.size() * kHashBytes);
  for (const std::uint64_t hash : hashes_) {
    for (std::size_t i = 0; i < kHashBytes; ++i) bytes.push_back(static_cast<std::byte>(hash >> (8 * i)));
  }
  return bytes;
}

Result<ValueSketch> ValueSketch::FromBytes(BytesView bytes) {
  const Error damaged("flows.sketch_damaged");
  if (bytes.size() % kHashBytes != 0 || bytes.size() > kHashesMax * kHashBytes) return damaged;
  ValueSketch sketch;
  for (std::size_t at = 0; at < bytes.size(); at += kHashBytes) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < kHashBytes; ++i) hash |= std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i);
    if (!sketch.hashes_.empty() && hash <= sketch.hashes_.back()) return damaged;
    sketch.hashes_.push_back(hash);
  }
  return sketch;
}

SketchOverlap OverlapOf(const ValueSketch& first, const ValueSketch& second) {
  const std::uint64_t horizon = std::min(HorizonOf(first), HorizonOf(second));
  SketchOverlap overlap;
  std::int64_t common = 0;
  auto at = second.hashes().begin();
  for (const std::uint64_t hash : first.hashes()) {
    if (hash > horizon) break;
    ++overlap.compared;
    while (at != second.hashes().end() && *at < hash) ++at;
    if (at != second.hashes().end() && *at == hash) ++common;
  }
  if (overlap.compared > 0) overlap.of_first = static_cast<double>(common) / static_cast<double>(overlap.compared);
  return overlap;
}

}  // namespace privity
