// Names of people, places and organizations, and street addresses in free text: by the trained tagger, and where it is
// silent by forms of address before capital words and by the shape of streets.
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/name_tagger.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class NameRules {
 public:
  // Borrows the model.
  NameRules(const GazetteerFile& gazetteer, const NameModel& model,
            const std::vector<std::shared_ptr<const DetectorFile>>& files);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  // What a whole value may be: a given name, a surname, both, a place, a street. "Paris" is more than one of them;
  // the other values of its column tell.
  void KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const;

 private:
  const DetectorFile* Settled(const Scan& scan, const TaggedName& name) const;
  void FindByRules(const Scan& scan, std::vector<Find>& finds) const;
  std::size_t FindAddressed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  bool IsCapital(const Scan& scan, std::size_t at) const;
  bool Joined(const Scan& scan, std::size_t left) const;
  std::size_t RunEnd(const Scan& scan, std::size_t first) const;
  bool EndsAsStreet(std::string_view word) const;
  bool IsListed(const Token& token, std::uint16_t list) const;
  void Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
              std::vector<Find>& finds) const;

  WordSet honorifics_, street_after_, street_before_, organizations_;
  std::vector<std::string> street_endings_;
  NameTagger tagger_;
  const DetectorFile* person_ = nullptr;
  const DetectorFile* given_ = nullptr;
  const DetectorFile* surname_ = nullptr;
  const DetectorFile* place_ = nullptr;
  const DetectorFile* city_ = nullptr;
  const DetectorFile* organization_ = nullptr;
  const DetectorFile* street_ = nullptr;
};

}  // namespace privity::detect
