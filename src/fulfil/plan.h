// What will be done about a person, collection by collection, before anything is done: shown to a person, changed by
// them where they know better, sealed under the keys of the person it is about, and then executed as it stands.
//
// A record is deleted unless something keeps it: a duty on its collection or on one of its fields, a record of somebody
// else that refers to it, or a record that stays and refers to it. What is kept in place loses its personal fields: no
// value where the store allows none, a mask where it does not, a random text in an identifier. Fields of the key and of
// references stay as they are, else the store would no longer fit together; they are named as kept.
//
// Collections stand in the order of execution: those that refer before those that are referred to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "fulfil/walk.h"

namespace privity {

struct PlanIdTag {};
using PlanId = Id<PlanIdTag>;

struct PlannedField {
  std::string name{};
  std::string declared_type{};
  Strategy strategy = Strategy::kKeep;  // in records that stay
  // Why the strategy is kKeep: a duty of the map, or "key", "reference", "not_personal".
  std::string ground{};
};
PRIVITY_DESCRIBE(PlannedField, (name, declared_type, strategy, ground))

struct PlannedRecord {
  std::vector<NamedValue> key{};
  std::vector<NamedValue> link{};  // must still hold when the record is changed
  bool stays = false;
};
PRIVITY_DESCRIBE(PlannedRecord, (key, link, stays))

// A change that a person made to the plan.
struct PlanEdit {
  CollectionPlace collection{};
  std::string field{};  // "": the collection as a whole
  Strategy strategy = Strategy::kKeep;
  std::string ground{};  // needed for kKeep
};
PRIVITY_DESCRIBE(PlanEdit, (collection, field, strategy, ground))

struct PlannedCollection {
  CollectionPlace id{};
  CollectionShape shape = CollectionShape::kTable;
  std::string keep_ground{};  // every record stays
  std::string not_covered{};  // why nothing can be done here: "no_key", "cannot_write"; "" when it can
  std::vector<std::string> key{};
  std::vector<PlannedField> fields{};
  std::vector<PlannedRecord> records{};
  std::vector<std::vector<NamedValue>> samples{};
};
PRIVITY_DESCRIBE(PlannedCollection, (id, shape, keep_ground, not_covered, key, fields, records, samples))

struct ErasurePlan {
  std::vector<SubjectIdentifier> identifiers{};
  std::vector<PlannedCollection> collections{};
  std::vector<Boundary> boundaries{};
  std::vector<MissingReference> missing{};
  std::vector<NotRead> not_read{};
  std::vector<CollectionPlace> ambiguous{};
  std::vector<PlanEdit> edits{};
  // Random; random texts and hashes of this erasure are made with it, and it is destroyed with the plan.
  Bytes secret{};
};
PRIVITY_DESCRIBE(ErasurePlan, (identifiers, collections, boundaries, missing, not_read, ambiguous, edits, secret))

// `writable`: by dataset, whether the kind of store can change single records. A dataset that is missing there cannot.
ErasurePlan MakeErasurePlan(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable);

// Records the edit and lets everything follow from it. Errors: fulfil.edit_unknown (no such collection or field),
// fulfil.ground_missing, fulfil.edit_refused (a key, a reference, or a deletion of what others refer to).
Status EditPlan(ErasurePlan& plan, const PlanEdit& edit);

// What is planned for one record of the collection.
bool IsDeleted(const PlannedCollection& collection, const PlannedRecord& record);
// The collection as a connector wants it.
Collection ShapeOf(const PlannedCollection& collection);

}  // namespace privity
