// The weights and the word lists of the tagger of names, as `privity_train_names` writes them
// (docs/formats/name-model.md).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace privity::detect {

// What a word is said to be. `kOther*` are works and products: named, but nobody's; they are learned and not reported.
enum class NameTag : std::uint8_t {
  kOutside,
  kPersonBegin,
  kPersonInside,
  kPlaceBegin,
  kPlaceInside,
  kOrganizationBegin,
  kOrganizationInside,
  kAddressBegin,
  kAddressInside,
  kOtherBegin,
  kOtherInside
};
constexpr std::size_t kNameTags = 11;
constexpr std::size_t kNameLanes = 16;  // numbers of one word: a lane for each tag, the rest is zero

// Lists that a word may stand in; bits of a mask.
enum NameList : std::uint16_t {
  kGivenName = 1 << 0,
  kSurname = 1 << 1,
  kTown = 1 << 2,
  kPartOfPlace = 1 << 3,  // "New" and "York"
  kCountry = 1 << 4,
  kStreetWord = 1 << 5,
  kOrganizationWord = 1 << 6,
  kFormOfAddress = 1 << 7,
  kLabelWord = 1 << 8,
  kEveryday = 1 << 9,
  kCalendarWord = 1 << 10,
  kJobWord = 1 << 11,
  kParticle = 1 << 12,
  kCommonWord = 1 << 13  // English, known to everybody: more than kEveryday, which says that a word is hardly a name
};

using NameTransitions = std::array<std::array<float, kNameLanes>, kNameLanes>;  // [from][to]

// A view into bytes that outlive it. Immutable.
class NameModel {
 public:
  static constexpr std::string_view kMagic = "PVNAMES2";
  static constexpr std::string_view kFile = "names.model";

  // detect.name_model when the bytes are not such a file.
  static Result<NameModel> Parse(std::string_view bytes);
  // The one in the program.
  static const NameModel& BuiltIn();

  // The lists that hold a word, by its Token::hash.
  std::uint16_t ListsOf(std::uint32_t word) const {
    for (std::uint32_t slot = word & words_mask_;; slot = (slot + 1) & words_mask_) {
      if (words_[slot] == word) return lists_[slot];
      if (words_[slot] == 0) return 0;
    }
  }
  // Fetches what ListsOf will look at.
  void Prefetch(std::uint32_t word) const {
    __builtin_prefetch(words_ + (word & words_mask_));
    __builtin_prefetch(lists_ + (word & words_mask_));
  }
  // Where the weights of a feature begin, one for each tag; what is asked for all features of a word at once. As many
  // bytes as there are lanes may be read: those behind the tags belong to another feature.
  std::uint32_t PlaceOf(std::uint32_t feature) const { return (feature & features_mask_) * std::uint32_t{kNameTags}; }
  const std::int8_t* WeightsAt(std::uint32_t place) const { return weights_ + place; }
  const std::int8_t* WeightsOf(std::uint32_t feature) const { return WeightsAt(PlaceOf(feature)); }
  const NameTransitions& transitions() const { return *transitions_; }
  // What one unit of a weight is worth.
  float scale() const { return scale_; }

 private:
  const std::uint32_t* words_ = nullptr;
  const std::uint16_t* lists_ = nullptr;
  const std::int8_t* weights_ = nullptr;
  const NameTransitions* transitions_ = nullptr;
  std::uint32_t words_mask_ = 0;
  std::uint32_t features_mask_ = 0;
  float scale_ = 0;
};

// The head of the file, little-endian; after it the words, their lists, the transitions and the weights.
struct NameModelHead {
  std::array<char, 8> magic;
  std::uint32_t word_slots = 0;  // a power of two
  std::uint32_t features = 0;    // a power of two
  float scale = 0;
  std::array<std::uint32_t, 11> reserved = {};  // zero
};
static_assert(sizeof(NameModelHead) == 64);

}  // namespace privity::detect
