// What will be done about a person, collection by collection, before anything is done: shown to a person, changed by
// them where they know better, sealed under the keys of the person it is about, and then executed as it stands.
//
// A record is deleted unless something keeps it: a duty on its collection or on one of its fields, a record of somebody
// else that refers to it, or a record that stays and refers to it. What is kept in place loses its personal fields: no
// value where the store allows none, a mask where it does not, a random text in an identifier. Fields of the key and of
// references stay as they are, else the store would no longer fit together; they are named as kept. Where a store can
// only delete whole records (a mailbox), a record that must stay stays as it is, and its fields are named as kept.
// Of lines of text what names them goes. A plan of PlanAct::kChange replaces single values instead, deleting nothing.
//
// A field that is sealed under a key of this person alone (Strategy::kCryptoShred) stays as it is, and the record that
// holds the key goes. Only where that is sure to open nothing any more, and to close nothing else: the walk found the
// key as theirs, it may be destroyed, no record of somebody else refers to it, and nothing that is sealed under it must
// be kept. Otherwise the plan says why not (not_shredded), and the fields are erased as any others; a key that others
// need, or that opens what must be kept, stays.
//
// Collections stand in the order of execution: those that refer before those that are referred to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "fulfil/walk.h"
#include "ledger/entry.h"

namespace privity {

struct PlanIdTag {};
using PlanId = Id<PlanIdTag>;

struct PlannedField {
  std::string name{};
  std::string declared_type{};
  Strategy strategy = Strategy::kKeep;  // in records that stay
  // Why the strategy is kKeep: a duty of the map, or "key", "reference", "not_personal", "whole_record",
  // "key_of_others".
  std::string ground{};
  bool nullable = true;
  std::optional<CollectionPlace> sealed_by{};  // of kCryptoShred: where the key stands that is destroyed
};
PRIVITY_DESCRIBE(PlannedField, (name, declared_type, strategy, ground, nullable, sealed_by))
std::vector<FieldNote> FieldNotes(const PlannedField*);

// A value that takes the place of exactly the one that was read.
struct PlannedChange {
  std::string field{};
  std::optional<std::string>
      before{};  // as the store spells it: with the plan sealed, the evidence of what stood there
  std::optional<std::string> after{};
  bool operator==(const PlannedChange&) const = default;
};
PRIVITY_DESCRIBE(PlannedChange, (field, before, after))

struct PlannedRecord {
  std::vector<NamedValue> key{};
  std::vector<NamedValue> link{};  // must still hold when the record is changed
  bool stays = false;
  std::vector<PlannedChange> changes{};  // of PlanAct::kChange
};
PRIVITY_DESCRIBE(PlannedRecord, (key, link, stays, changes))
std::vector<FieldNote> FieldNotes(const PlannedRecord*);

enum class PlanAct {
  kErase,   // records go, or lose their personal fields
  kChange,  // single values are replaced: a correction, a flag (fulfil/change.h)
};
PRIVITY_DESCRIBE_ENUM(PlanAct, kErase, kChange)

// What a plan of kChange brings about: values corrected wherever they live, fields that the store's programs heed.
struct ValueCorrection {
  std::string category{};  // of the taxonomy, with all below it
  std::string before{};    // the wrong value; "": every value of the category is wrong
  std::string after{};
};
PRIVITY_DESCRIBE(ValueCorrection, (category, before, after))

struct FlagField {
  CollectionPlace collection{};
  std::string field{};
  std::string value{};
};
PRIVITY_DESCRIBE(FlagField, (collection, field, value))

struct WantedChanges {
  std::vector<ValueCorrection> corrections{};
  std::vector<FlagField> flags{};
  std::optional<bool> quarantine{};    // records go where restricted ones stand, where a collection has such a place
  std::vector<PlannedChange> asked{};  // what systems that can only be asked are told (connect/person_order.h)
};
PRIVITY_DESCRIBE(WantedChanges, (corrections, flags, quarantine, asked))
std::vector<FieldNote> FieldNotes(const WantedChanges*);

// A change that a person made to the plan. Of a collection as a whole: kKeep, or a strategy for every personal field of
// records that then all stay.
struct PlanEdit {
  CollectionPlace collection{};
  std::string field{};  // "": the collection as a whole
  Strategy strategy = Strategy::kKeep;
  std::string ground{};  // needed for kKeep
  std::string reason{};  // why it was decided
};
PRIVITY_DESCRIBE(PlanEdit, (collection, field, strategy, ground, reason))
std::vector<FieldNote> FieldNotes(const PlanEdit*);

struct PlanEditTag {};
using PlanEditId = Id<PlanEditTag>;

// An edit as it stands in the plan.
struct MadeEdit {
  PlanEditId id{};
  PlanEdit edit{};
  Actor by{};
  Instant at{};
};
PRIVITY_DESCRIBE(MadeEdit, (id, edit, by, at))

struct PlannedCollection {
  CollectionPlace id{};
  CollectionShape shape = CollectionShape::kTable;
  std::string keep_ground{};  // every record stays
  // Why nothing can be done here: "no_key", "cannot_write"; of records that are to be moved "referred_to" (a record
  // that stays refers to them), "no_quarantine" (the place for them is not there), "cannot_move". "" when it can.
  std::string not_covered{};
  std::vector<std::string> key{};
  std::vector<PlannedField> fields{};
  std::vector<PlannedRecord> records{};
  std::vector<std::vector<NamedValue>> samples{};
  std::optional<bool> is_sealed{};         // every record stays as it is; its key goes
  std::optional<std::string> key_field{};  // that holds a key of sealed fields, which goes
  // Why the key of sealed fields is not destroyed: "key_not_found", "key_of_others", "key_needed", "key_kept",
  // "key_not_writable". None: it is, or nothing is sealed.
  std::optional<std::string> not_shredded{};
  std::optional<CollectionPlace> moves_to{};  // of kChange: where the records go
};
PRIVITY_DESCRIBE(PlannedCollection, (id, shape, keep_ground, not_covered, key, fields, records, samples, is_sealed,
                                     key_field, not_shredded, moves_to))

struct ErasurePlan {
  std::vector<SubjectIdentifier> identifiers{};
  std::vector<PlannedCollection> collections{};
  std::vector<Boundary> boundaries{};
  std::vector<MissingReference> missing{};
  std::vector<NotRead> not_read{};
  std::vector<CollectionPlace> ambiguous{};
  std::vector<MadeEdit> edits{};
  // Random; random texts and hashes of this erasure are made with it, and it is destroyed with the plan.
  Bytes secret{};
  PlanAct act = PlanAct::kErase;
  WantedChanges wanted{};  // of kChange
  // Full ones: they and their words go from texts that are redacted, and stay in what the person is given.
  std::vector<std::string> names{};
  // Addresses and telephone numbers of theirs that were not proven: likewise.
  std::vector<SubjectIdentifier> contacts{};
};
PRIVITY_DESCRIBE(ErasurePlan, (identifiers, collections, boundaries, missing, not_read, ambiguous, edits, secret, act,
                               wanted, names, contacts))
std::vector<FieldNote> FieldNotes(const ErasurePlan*);

// `writable`: by dataset, whether records may be changed there at all. A dataset that is missing there may not.
ErasurePlan MakeErasurePlan(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable);

// Whether it can be the ground of a person for keeping something: not empty, and none of the plan's own ("key", …).
bool IsStatedGround(std::string_view ground);

// Records the edit and lets everything follow from it. Of a plan of kChange, places can only be left as they are
// (kKeep). Errors: fulfil.edit_unknown (no such collection or field), fulfil.ground_missing (IsStatedGround),
// fulfil.edit_refused (a key, a reference, what is sealed or its key, or a deletion of what others refer to).
Status EditPlan(ErasurePlan& plan, const MadeEdit& made);

// Where a text that is about the person says who they are, as MentionsIn and NamesIn do: what a redaction takes out.
std::vector<CharacterSpan> NamingSpans(std::string_view text, const ErasurePlan& plan);

// The fields of a record that stays which an erasure would empty or replace by something that says nothing of anybody.
// None of a collection in which nothing can be changed in place: of texts, mailboxes, what must be kept.
std::vector<PlannedField> ErasableFields(const MappedCollection& mapped);

// What is planned for one record of the collection.
bool IsDeleted(const PlannedCollection& collection, const PlannedRecord& record);
// The collection as a connector wants it.
Collection ShapeOf(const PlannedCollection& collection);

}  // namespace privity
