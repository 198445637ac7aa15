// A company's own detectors: read beside those in the program, and held to the examples that they name.
//
// Nothing in a file can make a text slow: a pattern has no alternation and no nesting, is tried where its first
// characters stand, and looks at 512 bytes (detect/internal/pattern.h). What the patterns of a file may cost in the
// slowest text is counted when it is read; a file above the budget is refused (detect.too_slow).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "detect/detector.h"

namespace privity {

enum class ExampleKind { kExample, kCounterExample, kFieldExample, kFieldCounterExample };
PRIVITY_DESCRIBE_ENUM(ExampleKind, kExample, kCounterExample, kFieldExample, kFieldCounterExample)

// An example that came out otherwise than its file says.
struct TrialMiss {
  std::string detector;
  ExampleKind kind = ExampleKind::kExample;
  std::string example;
  std::string found;  // what was found instead: detectors, or the category of the field; "" for nothing
};
PRIVITY_DESCRIBE(TrialMiss, (detector, kind, example, found))

// The detectors in the program together with those of `files`. Errors as PackCatalog::Load and Detector::Create: with
// file, line and what to mend.
Result<std::shared_ptr<const Detector>> DetectorWith(std::vector<PackFile> files);

std::vector<TrialMiss> TryExamples(const Detector& detector, const DetectorFile& file);

}  // namespace privity
