// What the tagger of names sees of a word: its spelling, its case, the lists it stands in, and its neighbours.
//
// The same code serves training and use; a change here makes the committed weights worthless until they are trained
// anew (tools/names/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "detect/internal/name_model.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {

struct WordTraits {
  std::uint32_t word = 0;    // hash of the folded word; of its shape where it has digits
  std::uint32_t prefix = 0;  // of three letters
  std::uint32_t suffix2 = 0;
  std::uint32_t suffix3 = 0;
  std::uint32_t suffix4 = 0;
  std::uint32_t label = 0;  // "Patient" in "Patient: Ana Ruiz", for the words after it on its line
  std::uint16_t lists = 0;
  std::uint8_t shape = 0;     // case, length, digits
  std::uint8_t gap = 0;       // what stands before it
  std::uint8_t distance = 0;  // words since the label, 7: none
  std::uint8_t casing = 0;    // of the passage: mixed, no capital, capitals only
  bool spelled = false;       // prefix, suffixes, shape and gap are read
};

// A finalizer of MurmurHash3 (public domain), over a running value.
constexpr std::uint32_t MixedHash(std::uint32_t a, std::uint32_t b) {
  std::uint32_t h = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u + (a << 6) + (a >> 2));
  h ^= h >> 15;
  h *= 0x85EBCA6Bu;
  return h ^ (h >> 13);
}

constexpr std::size_t kNameFeatures = 36;
using NameFeatures = std::array<std::uint32_t, kNameFeatures>;

// The lists of every token of the scan; none for those with digits.
void ReadLists(const Scan& scan, const NameModel& model, std::vector<std::uint16_t>& lists);
// Traits of the tokens [first, end) of one passage, all but their spelling, shape and gap.
void ReadTraits(const Scan& scan, std::size_t first, std::size_t end, const std::vector<std::uint16_t>& lists,
                std::vector<WordTraits>& traits);
// Prefixes, suffixes, shapes and gaps of the tokens [from, to) of the passage that begins at `first`. The features of a
// word need its own and those of two neighbours on each side.
void ReadSpellings(const Scan& scan, std::size_t first, std::size_t from, std::size_t to,
                   std::vector<WordTraits>& traits);
// The features of the word at `at`, hashed.
void ReadFeatures(const std::vector<WordTraits>& traits, std::size_t at, NameFeatures& features);

// The same in steps. The mixing is compiled into its caller, so that its loops become the vectors of the machine that
// the caller is for.
struct FeatureParts {
  static constexpr std::size_t kPairs = 32;
  std::array<std::uint32_t, kPairs> first, second;  // pairs that are mixed,
  NameFeatures left, right;                         // and then with others
};
void ReadPairs(const std::vector<WordTraits>& traits, std::size_t at, FeatureParts& parts);
// Of pairs that are mixed, which `first` then holds.
void ReadSides(const std::vector<WordTraits>& traits, std::size_t at, FeatureParts& parts);
__attribute__((always_inline)) inline void MixFeatures(const std::vector<WordTraits>& traits, std::size_t at,
                                                       NameFeatures& features) {
  FeatureParts parts;
  ReadPairs(traits, at, parts);
  for (std::size_t i = 0; i < FeatureParts::kPairs; ++i) parts.first[i] = MixedHash(parts.first[i], parts.second[i]);
  ReadSides(traits, at, parts);
  const auto mix = [&](std::uint32_t f) { features[f] = MixedHash(f * 0x1F123BB5u + parts.left[f], parts.right[f]); };
  constexpr std::uint32_t kWhole = kNameFeatures / 8 * 8;  // whole vectors of eight, then the rest
  for (std::uint32_t f = 0; f < kWhole; ++f) mix(f);
  for (std::uint32_t f = kWhole; f < kNameFeatures; ++f) mix(f);
}

}  // namespace privity::detect
