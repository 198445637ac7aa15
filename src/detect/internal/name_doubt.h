// Doubts names that the tagger took for those of people, places and organizations: "Dyson fan", "Madison Square
// Garden", "the Markov chain", "Maven plugin" bear names and are nobody's.
//
// The tagger (name_tagger.h) sees two words on each side; this weighs every word near a name, by a logistic regression
// over hashed words, lists and signs. It has learned from what the tagger itself finds in sentences about things and
// in those about people (tools/names/things.py); its file is described in docs/formats/name-model.md.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/internal/name_tagger.h"

namespace privity::detect {

// A view into bytes that outlive it. Immutable.
class NameDoubt {
 public:
  static constexpr std::string_view kMagic = "PVTHING1";

  // detect.name_model when the bytes are not such a file.
  static Result<NameDoubt> Parse(std::string_view bytes);
  // The one in the program.
  static const NameDoubt& BuiltIn();

  // The logarithm of the odds that it is a name indeed, and not that of a thing. Not for addresses.
  float Odds(const Scan& scan, const NameModel& lists, const TaggedName& name) const;

 private:
  const std::int8_t* weights_ = nullptr;
  std::uint32_t mask_ = 0;
  float scale_ = 0;
};

// The head of the file, little-endian; after it a weight of eight bits for each feature.
struct NameDoubtHead {
  std::array<char, 8> magic;
  std::uint32_t features = 0;  // a power of two
  float scale = 0;             // what one unit of a weight is worth
};
static_assert(sizeof(NameDoubtHead) == 16);

// What is seen of a name and around it, hashed.
void ReadDoubtFeatures(const Scan& scan, const NameModel& lists, const TaggedName& name,
                       std::vector<std::uint32_t>& features);

}  // namespace privity::detect
