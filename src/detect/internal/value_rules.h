// Values that are told by vocabulary: "Catholic" in a column of beliefs, "E11.9" in one of diagnoses. The words stand
// in the detectors' files, under `values`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "detect/detector_file.h"
#include "detect/internal/pattern.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {

class ValueRules {
 public:
  // detect.pattern{detector, problem}, detect.too_slow{detector, pattern, maximum}.
  static Result<ValueRules> Build(const std::vector<std::shared_ptr<const DetectorFile>>& files);

  // Adds the detectors whose vocabulary the value is of, each once. `scan` is of the value.
  void KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const;
  // "none known", "other": in any column of answers, and no answer.
  bool IsNoAnswer(std::string_view value) const;

 private:
  using Kinds = std::vector<const DetectorFile*>;
  std::unordered_map<std::string, Kinds> whole_, words_, endings_;
  std::vector<std::pair<Pattern, const DetectorFile*>> patterns_;
  std::size_t ending_bytes_min_ = 0, ending_bytes_max_ = 0;
};

}  // namespace privity::detect
