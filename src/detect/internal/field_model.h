// What a field is called, weighed by what other fields that are called so hold: a second opinion beside the rules.
//
// Two logistic regressions over hashed signs of a name: its words and those beside it, pieces of their letters, what
// the collection is about, and what the rules found. The first tells whether such a field is somebody's, the second
// which detector is for it. Beside them stand some small nets that tell both (field_net.h); what counts is the mean of
// the regressions and of the mean of the nets. All have learned from labelled fields (tools/fields); the file is
// described in docs/formats/field-model.md.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/internal/field_net.h"

namespace privity::detect {

// A view into bytes that outlive it. Immutable.
class FieldModel {
 public:
  static constexpr std::string_view kMagic = "PVFIELD3";
  static constexpr std::string_view kFile = "fields.model";

  // detect.field_model when the bytes are not such a file.
  static Result<FieldModel> Parse(std::string_view bytes);
  // The one in the program.
  static const FieldModel& BuiltIn();

  // What the signs of a collection say of each of its fields; read once for all of them.
  struct Surroundings {
    float odds = 0;
    std::vector<FieldNet::Layer> first;  // of each net
  };
  Surroundings ReadCollection(std::span<const std::uint32_t> signs) const;
  // What the signs of a field say, in its collection.
  struct Likeness {
    float odds = 0;                       // the logarithm of the odds that such a field is somebody's
    std::vector<FieldNet::Layer> second;  // of each net
  };
  Likeness ReadField(std::span<const std::uint32_t> signs, const Surroundings& collection) const;
  // The logarithms of the odds of each of `detectors` for a field that is somebody's, but for what all have in common.
  std::vector<float> OddsOfDetectors(std::span<const std::uint32_t> signs, const Likeness& field) const;
  const std::vector<std::string_view>& detectors() const { return detectors_; }

  // What the signs of a collection count for in a regression: as much, however many fields it has.
  static float ShareOf(std::size_t signs) { return signs == 0 ? 0 : 1 / std::sqrt(static_cast<float>(signs)); }

 private:
  float Odds(std::span<const std::uint32_t> signs) const;

  const std::int8_t* weights_ = nullptr;
  const std::int8_t* kinds_ = nullptr;  // a row for each sign, a lane for each detector
  std::uint32_t mask_ = 0, kind_mask_ = 0;
  float scale_ = 0, kind_scale_ = 0;
  std::vector<std::string_view> detectors_;
  std::vector<FieldNet> nets_;  // their outputs: whether it is somebody's, and each of the detectors
};

// The head of the file, little-endian. After it: weights, rows of weights, nets, names of detectors.
struct FieldModelHead {
  std::array<char, 8> magic;
  std::uint32_t signs = 0;  // these two are powers of two
  std::uint32_t rows = 0;
  std::uint32_t detectors = 0;
  float scale = 0, kind_scale = 0;  // what one unit of a weight and of a row is worth
  std::uint32_t nets = 0;
  std::uint32_t net_rows = 0;  // of each; a power of two
  std::uint32_t names_bytes = 0;
};
static_assert(sizeof(FieldModelHead) == 40);

// What a collection is. The kind of a word says in which lists of the rules it stands; the state, whether the rows are
// people, records, goods or what keeps a system running.
struct CollectionSight {
  std::string_view head;
  std::uint32_t head_kind = 0;
  std::span<const std::string> words;   // of the system and of the collection
  std::span<const std::string> fields;  // words of its fields
  std::uint32_t state = 0;
};

// A field's own name.
struct FieldSight {
  std::span<const std::string> tokens;   // its words as they stand, folded
  std::span<const std::string> words;    // as the rules read them: written out, in English
  std::span<const std::uint32_t> kinds;  // of these
  std::span<const std::string> around;   // words of documents around it
  const CollectionSight* collection;
  std::string_view cue = {};                    // the detector that the rules name; empty where they find nothing,
  std::uint32_t strength = 0;                   // how sure they are, in tenths,
  std::span<const std::uint32_t> reasons = {};  // and why, a number for each evidence
  std::uint32_t reference = 0;                  // to whose rows it refers (SystemView::Reference::sign),
  std::uint32_t about = 0;                      // and what its system is about (SystemView::About); 0: nobody knows
};

// Signs, hashed, with the part that they belong to; appended.
void ReadCollectionSigns(const CollectionSight& collection, std::vector<std::uint32_t>& signs);
void ReadFieldSigns(const FieldSight& field, std::vector<std::uint32_t>& signs);

}  // namespace privity::detect
