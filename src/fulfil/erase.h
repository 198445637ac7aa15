// Carries out what a plan says about one collection. Every change names the key and the values by which the record
// belongs to the person, and the store makes it only while they hold: a record that changed hands meanwhile is left
// alone and counted. Every change is idempotent, so that work that was cut off is simply done again.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fulfil/plan.h"

namespace privity {

// How far a collection has come. Kept after each batch; the next attempt goes on from `next`.
struct ErasureProgress {
  std::int64_t next = 0;                         // position in PlannedCollection::records
  std::int64_t deleted = 0;                      // records
  std::int64_t changed = 0;                      // records that stay and lost their personal fields
  std::int64_t kept = 0;                         // records with nothing to take away, or held as they are
  std::int64_t shredded = 0;                     // records that stay as they are, sealed under a key that goes
  std::int64_t not_theirs = 0;                   // records that no longer hold what tied them to the person
  std::map<std::string, std::int64_t> failed{};  // by the code of the error
};
PRIVITY_DESCRIBE(ErasureProgress, (next, deleted, changed, kept, shredded, not_theirs, failed))
std::vector<FieldNote> FieldNotes(const ErasureProgress*);

// Called after each batch; an error ends the work and is returned. For saving, throttling, stopping.
using AfterBatch = std::function<Status(const ErasureProgress&)>;

inline constexpr std::int64_t kErasureBatch = 200;

// Goes on from `progress`, which is always what has happened. Errors: those by which the store as a whole does not
// answer (IsLost), connect.cancelled, and those of `after_batch`. What a store refuses for one record is counted in
// `failed`. `plan` is where the collection stands.
Status EraseCollection(Connector& store, const ErasurePlan& plan, const PlannedCollection& collection,
                       ErasureProgress& progress, const AfterBatch& after_batch);

// How random texts and hashes begin.
inline constexpr std::string_view kPseudonymPrefix = "erased-";
inline constexpr std::string_view kHashPrefix = "hashed-";

// The value that takes the place of one of that type.
std::string MaskFor(std::string_view declared_type);
// Whether a value is one that an erasure leaves behind in that field.
bool IsPlaceholder(const PlannedField& field, std::string_view value);

}  // namespace privity
