// A sketch of the distinct values of a field, by which the overlap of two fields is estimated without keeping a value.
//
// The kHashesMax smallest of the values' hashes (a bottom-k sketch: Cohen and Kaplan, "Summarizing data using bottom-k
// sketches", PODC 2007; the estimate of the number is that of Beyer et al., "On synopses for distinct-value
// estimation", SIGMOD 2007). As equal values have equal hashes, the smallest of two fields are comparable samples of
// both, however large the fields are. The caller hashes, with a key that others lack.
//
// For one thread while it is filled; a value afterwards.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

class ValueSketch {
 public:
  static constexpr std::size_t kHashesMax = 4096;

  void Add(std::uint64_t hash);
  // What was added to the other one; both finished, and finished again.
  void Merge(const ValueSketch& other);
  // Once, after the last Add.
  void Finish();

  // Ascending, each once.
  const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  // It holds every value's hash.
  bool is_whole() const { return hashes_.size() < kHashesMax; }
  // The number of distinct values: exact when whole, else an estimate (standard error about 1.6 %).
  std::int64_t Distinct() const;

  // Eight bytes a hash, little endian, ascending. flows.sketch_damaged.
  Bytes ToBytes() const;
  static Result<ValueSketch> FromBytes(BytesView bytes);

 private:
  void Shrink();

  std::vector<std::uint64_t> hashes_;
  std::uint64_t largest_ = ~std::uint64_t{0};  // what is larger cannot be among the smallest
};

struct SketchOverlap {
  double of_first = 0;        // which share of the first field's values stands in the second, 0 to 1
  std::int64_t compared = 0;  // how many hashes of the first say so
};
SketchOverlap OverlapOf(const ValueSketch& first, const ValueSketch& second);

}  // namespace privity
