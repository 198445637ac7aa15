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
  float probability = 0;  // the least of its words
};

class NameTagger {
 public:
  // Borrows the model.
  explicit NameTagger(const NameModel& model) : model_(&model) {}

  const NameModel& model() const { return *model_; }

  // In the order of the text. Linear in its length.
  void FindAll(const Scan& scan, std::vector<TaggedName>& names) const;

 private:
  struct Work;

  bool MayBeNamed(const Scan& scan, std::size_t at) const;
  void TagPassage(const Scan& scan, std::size_t first, std::size_t end, Work& work,
                  std::vector<TaggedName>& names) const;
  void Score(Work& work) const;
  void Decode(Work& work) const;
  void ReadProbabilities(Work& work) const;

  const NameModel* model_;
};

}  // namespace privity::detect
