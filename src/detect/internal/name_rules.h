// Names of people, places and organizations, and street addresses in free text, by a gazetteer of frequent names, by
// what stands around them (forms of address, labels) and by shape. No model: rare names without such company are
// missed.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "detect/internal/text_rules.h"

namespace privity::detect {

class NameRules {
 public:
  NameRules(const GazetteerFile& gazetteer, const std::vector<std::shared_ptr<const DetectorFile>>& files);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  // Whether a whole value is a given name, a surname, both, a place, or a street; null for none of them.
  const DetectorFile* KindOfValue(const Scan& scan) const;

 private:
  using Words = std::unordered_set<std::uint32_t>;

  bool IsCapital(const Scan& scan, std::size_t at) const;
  bool Joined(const Scan& scan, std::size_t left) const;
  bool IsInitial(const Scan& scan, std::size_t at) const;
  std::size_t RunEnd(const Scan& scan, std::size_t first) const;
  double ScorePerson(const Scan& scan, std::size_t first, std::size_t end) const;
  double Introduced(const Scan& scan, std::size_t first) const;
  std::size_t FindRun(const Scan& scan, std::size_t first, std::vector<Find>& finds) const;
  void FindLowerName(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  bool EndsAsStreet(std::string_view word) const;
  void Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
              std::vector<Find>& finds) const;

  Words first_names_, last_names_, everyday_, honorifics_, labels_, street_after_, street_before_, organizations_,
      places_;
  std::vector<std::string> street_endings_;
  const DetectorFile* person_ = nullptr;
  const DetectorFile* given_ = nullptr;
  const DetectorFile* surname_ = nullptr;
  const DetectorFile* place_ = nullptr;
  const DetectorFile* city_ = nullptr;
  const DetectorFile* organization_ = nullptr;
  const DetectorFile* street_ = nullptr;
};

}  // namespace privity::detect
