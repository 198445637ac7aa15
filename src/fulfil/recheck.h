// Looks again. In two stages: at once by asking for every record of the plan, later by reading everything. What a store
// answered to a change counts for nothing here; only what stands in it does.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "fulfil/plan.h"

namespace privity {

enum class RecheckStage {
  kPlanned,  // every record of the plan was asked for by its key
  kSweep,    // every record of every collection was read, and looked for the person's identifiers
  kWalk,     // of changes: the person was looked for anew by their identifiers, and their records for wrong values
};
PRIVITY_DESCRIBE_ENUM(RecheckStage, kPlanned, kSweep, kWalk)

// What was looked at in one collection.
struct Rechecked {
  CollectionPlace collection{};
  std::int64_t records = 0;
  std::int64_t leftovers = 0;  // should be gone, emptied or redacted, and are not
  std::int64_t kept = 0;       // are there because the plan keeps them
};
PRIVITY_DESCRIBE(Rechecked, (collection, records, leftovers, kept))

struct RecheckReport {
  RecheckStage stage = RecheckStage::kPlanned;
  std::vector<Rechecked> collections{};
  std::vector<NotRead> not_read{};
  std::int64_t Leftovers() const;
};
PRIVITY_DESCRIBE(RecheckReport, (stage, collections, not_read))

// Errors: connect.cancelled. A store that does not answer stands in `not_read`.
Result<RecheckReport> RecheckPlan(const ErasurePlan& plan, OpenStores& stores);

// Reads every collection of the map, in bounded memory, at the speed at which the stores stream. Of a plan of
// PlanAct::kChange, walks from the person's identifiers again instead: what is wrong of them may be right of others.
Result<RecheckReport> SweepStores(const SubjectMap& map, const ErasurePlan& plan, OpenStores& stores);

}  // namespace privity
