// The contract of `privity detect text` and `privity detect fields`: lines in, lines out, in one pass over a stream.
//
// Memory is bounded by the longest accepted line (text) or the largest accepted system (fields). A line that cannot be
// read is named in a warning and left out; what can be mended (broken UTF-8, NUL) is mended, named, and read on.
// Formats: docs/formats/detect-streams.md.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <ostream>

#include "base/error.h"
#include "base/result.h"
#include "detect/detector.h"

namespace privity {

inline constexpr std::size_t kTextLineBytesMax = 64 << 20;
inline constexpr std::size_t kFieldLineBytesMax = 64 << 10;
inline constexpr std::size_t kCollectionFieldsMax = 10'000;  // a larger collection is judged in parts,
inline constexpr std::size_t kSystemBytesMax = 64 << 20;     // and so is a larger system

// detect.line_too_long{line, maximum}, detect.line_not_json{line, problem}, detect.line_no_text{line},
// detect.line_repaired{line}, detect.line_columns{line, expected}.
using WarningSink = std::function<void(const Error&)>;

struct StreamCounts {
  std::int64_t lines = 0;     // with something in them, the header not counted
  std::int64_t left_out = 0;  // could not be read
  std::int64_t found = 0;     // spans, or fields that are personal
};

// {"id": …, "text": "…", "lang": "en"} to {"id": …, "spans": [...]}; `id` is repeated as it came. detect.output when
// the output cannot be written.
Result<StreamCounts> DetectTextLines(const Detector& detector, std::istream& in, std::ostream& out,
                                     const WarningSink& warn);

// Tab-separated with the header id, system, collection, field, declared_type (in any order; others are ignored; only id
// and field must be there) to id, category, confidence, reason, in the order of the input. Fields of a collection that
// stand together see each other, and so do the collections of a system. detect.header{missing}, detect.output.
Result<StreamCounts> DetectFieldLines(const Detector& detector, std::istream& in, std::ostream& out,
                                      const WarningSink& warn);

}  // namespace privity
