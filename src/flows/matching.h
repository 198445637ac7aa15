// When two fields hold the same values, and when that is worth telling a person.
//
// Pure functions over values.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "datamap/model.h"
#include "flows/sketch.h"

namespace privity {

// What is the same about the values of both ends.
enum class FlowForm { kSame, kLetterCase, kHashed };
PRIVITY_DESCRIBE_ENUM(FlowForm, kSame, kLetterCase, kHashed)

// A field as its sketches know it. Keys of `forms`: "same", "folded", and for each salt "salt:<id>" and
// "salt:<id>:folded".
struct SketchedField {
  ReferencePlace place{};   // with one field
  std::int64_t filled = 0;  // records that have a value
  bool is_dense = false;    // whole numbers with few gaps, as counters make them: equal numbers say nothing
  bool is_personal = false;
  std::map<std::string, ValueSketch> forms{};
};

struct FlowMatch {
  FlowForm form = FlowForm::kSame;
  std::string salt{};  // its id
  double share = 0;    // of the values at `from` that stand at `to`
};

// Whether fields of this declared type are compared at all: not times, fractions or truth values, which are equal by
// chance.
bool IsComparable(std::string_view declared_type);
// "customer_id" beside "customers"."id": the names speak for a reference.
bool NamesAgree(const ReferencePlace& from, const ReferencePlace& to);

// Records at `from` point at those at `to`: nearly all values at `to` are different from each other, and at least 60 %
// of those at `from` are among them. Counters match only where the names agree, too.
std::optional<FlowMatch> MatchOf(const SketchedField& from, const SketchedField& to);
// Of two fields that hold the same values: whether it is `from` that points at `to`. The one that is called like the
// other's collection points ("customer" in orders), else the one with more records.
bool PointsRather(const SketchedField& from, const SketchedField& to);

}  // namespace privity
