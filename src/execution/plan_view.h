// A plan as somebody sees it before they approve it: counts and masked samples, and no value of the person's own.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "fulfil/plan.h"
#include "rights/fulfilment.h"

namespace privity {

// In how many of the records a value of the field is replaced.
struct PlannedReplacement {
  std::string field{};
  std::int64_t records = 0;
};
PRIVITY_DESCRIBE(PlannedReplacement, (field, records))

// What is planned for the person's records of one collection.
struct PlannedPart {
  CollectionPlace collection{};
  std::int64_t records = 0;
  std::int64_t deleted = 0;   // of them, when the plan is an erasure's; the others lose their personal fields
  std::string keep_ground{};  // the duty by which all of them stay; "" for none
  std::string not_covered{};  // why nothing can be changed here: "no_key", "cannot_write"; "" when it can
  std::vector<PlannedField> fields{};
  std::vector<std::vector<NamedValue>> samples{};  // personal values are masked
  std::vector<PlannedReplacement> replacements{};  // of a correction, or of flags
  bool is_sealed = false;                          // all stay as they are, and the key goes
  std::optional<std::string> not_shredded{};       // why the key of sealed fields stays
  std::optional<CollectionPlace> moves_to{};       // of a restriction
};
PRIVITY_DESCRIBE(PlannedPart, (collection, records, deleted, keep_ground, not_covered, fields, samples, replacements,
                               is_sealed, not_shredded, moves_to))
std::vector<FieldNote> FieldNotes(const PlannedPart*);

struct ExecutionPlan {
  std::string digest{};
  PlanAct act = PlanAct::kErase;
  Instant planned_at{};
  std::vector<PlannedPart> parts{};
  std::vector<Boundary> boundaries{};
  std::vector<MissingReference> missing{};
  std::vector<NotRead> not_read{};
  std::vector<CollectionPlace> ambiguous{};  // one identifier named several people's records there
  std::vector<MadeEdit> edits{};             // that people made, with their reasons
};
PRIVITY_DESCRIBE(ExecutionPlan, (digest, act, planned_at, parts, boundaries, missing, not_read, ambiguous, edits))
std::vector<FieldNote> FieldNotes(const ExecutionPlan*);

ExecutionPlan ViewOf(const ErasurePlan& plan, std::string digest, Instant planned_at);
PlanSummary SummaryOf(const ErasurePlan& plan, std::string digest, std::int64_t stores);

}  // namespace privity
