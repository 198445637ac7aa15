// What stands behind each of tens of thousands of phrases, in little memory: a phrase is known by 64 bits of its hash,
// and is not kept itself.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace privity::detect {

template <typename Value>
class PhraseTable {
 public:
  // All of them before Finish.
  void Add(std::string_view phrase, const Value& value) { added_.emplace_back(HashOf(phrase), value); }
  // Once; nothing is found before.
  void Finish() {
    std::ranges::stable_sort(added_, {}, &std::pair<std::uint64_t, Value>::first);
    hashes_.reserve(added_.size());
    values_.reserve(added_.size());
    for (const auto& [hash, value] : added_) {
      hashes_.push_back(hash);
      values_.push_back(value);
    }
    added_ = {};
    ReadBegins();
  }
  // In the order in which they were added; empty where the phrase was not.
  std::span<const Value> Find(std::string_view phrase) const {
    if (hashes_.empty()) return {};
    const std::uint64_t hash = HashOf(phrase);
    std::size_t first = begins_[hash >> shift_];
    while (first < hashes_.size() && hashes_[first] < hash) ++first;
    std::size_t end = first;
    while (end < hashes_.size() && hashes_[end] == hash) ++end;
    return std::span(values_).subspan(first, end - first);
  }
  bool contains(std::string_view phrase) const { return !Find(phrase).empty(); }

 private:
  static std::uint64_t HashOf(std::string_view phrase) { return std::hash<std::string_view>()(phrase); }
  // Where the hashes with the same highest bits begin: there are about as many such places as hashes.
  void ReadBegins() {
    const std::size_t places = std::bit_ceil(std::max<std::size_t>(hashes_.size(), 2));
    shift_ = 64 - std::countr_zero(places);
    begins_.resize(places);
    std::size_t at = 0;
    for (std::size_t place = 0; place < places; ++place) {
      while (at < hashes_.size() && hashes_[at] >> shift_ < place) ++at;
      begins_[place] = static_cast<std::uint32_t>(at);
    }
  }

  std::vector<std::pair<std::uint64_t, Value>> added_;
  std::vector<std::uint64_t> hashes_;  // ascending; one for each value
  std::vector<Value> values_;
  std::vector<std::uint32_t> begins_;
  int shift_ = 0;
};

}  // namespace privity::detect
