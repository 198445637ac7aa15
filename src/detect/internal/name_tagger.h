// Tags persons, places, organizations and street addresses in a text by a trained linear-chain conditional random field
// (Lafferty, McCallum and Pereira, 2001). Only passages with a word that could be a name are looked at.
#pragma once

#include <cstddef>
#include <vector>

#include "detect/internal/name_features.h"

namespace privity::detect {

enum class NameKind : std::uint8_t { kPerson, kPlace, kOrganization, kAddress, kOther };

struct TaggedName {
  std::size_t first = 0;  // tokens
  std::size_t last = 0;   // inclusive
  NameKind kind = NameKind::kPerson;
  bool believed = false;  // by what is said around it, sooner than by its probability
  float probability = 0;  // the least of its words
};

// A number for each tag. It stands where its halves are read as vectors.
struct alignas(kNameLanes / 2 * sizeof(float)) NameRow : std::array<float, kNameLanes> {};

// Which words of a passage are tagged: those that may be named and their neighbours, or, to measure what that costs,
// all.
enum class TaggedWords : std::uint8_t { kLikely, kAll };

class NameTagger {
 public:
  // Borrows the model.
  explicit NameTagger(const NameModel& model, TaggedWords words = TaggedWords::kLikely);

  const NameModel& model() const { return *model_; }

  // In the order of the text. Linear in its length. Where `less_likely` is given, it takes the persons that come close
  // to being named where nothing is.
  void FindAll(const Scan& scan, std::vector<TaggedName>& names, std::vector<TaggedName>* less_likely = nullptr) const;

 private:
  struct Run;
  struct Work;
  // What FindAll fills.
  struct Found {
    std::vector<TaggedName>* names;
    std::vector<TaggedName>* less_likely;
  };

  void ReadLikely(const Scan& scan, Work& work) const;
  void TagPassage(const Scan& scan, std::size_t first, std::size_t end, Work& work, Found& found) const;
  // Tags, and where any is not outside, probabilities of the words of work.run. Makes work.next ready meanwhile, which
  // begins at a word of the passage; it is work.run then.
  void TagRun(Work& work, std::size_t next_at, Found& found) const;
  void TagRunPlainly(Work& work, std::size_t next_at) const;
  void TagRunWide(Work& work, std::size_t next_at) const;
  void TagRunWith(Work& work, std::size_t next_at) const;
  static void AddLessLikely(const Work& work, std::vector<TaggedName>& names);
  static bool MayNameMore(const Work& work);
  void ReadPlaces(PassageTraits& traits, std::size_t at, Run& run) const;
  void Score(Work& work) const;
  void Decode(Work& work, std::vector<std::uint8_t>& tags) const;
  void ReadProbabilities(Work& work) const;

  const NameModel* model_;
  TaggedWords words_;
  // The model's steps between tags, as they are and as factors; lanes beyond the tags are never taken.
  std::array<NameRow, kNameTags> step_;       // [from][to]
  std::array<NameRow, kNameTags> step_to_;    // [to][from]
  std::array<NameRow, kNameTags> factor_;     // [from][to]
  std::array<NameRow, kNameTags> factor_to_;  // [to][from]
};

}  // namespace privity::detect
