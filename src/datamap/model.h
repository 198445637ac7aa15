// The register of facts: which systems there are, which collections and fields they hold, which personal data stands in
// them, and when each of these facts was last seen.
//
//   system (a store, a program, a service)  →  collection (a table, a file; in a dataset: a schema)  →  field
//
// Value types, as the API shows them. Categories are Fideslang keys (detect/taxonomy.h), or `none`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/type_table.h"
#include "connect/connector.h"
#include "identity/caller.h"

namespace privity {

struct SystemTag {};
using SystemId = Id<SystemTag>;
struct ConnectionTag {};
using ConnectionId = Id<ConnectionTag>;
struct CollectionTag {};
using CollectionId = Id<CollectionTag>;
struct FieldTag {};
using FieldId = Id<FieldTag>;
struct ReferenceTag {};
using ReferenceId = Id<ReferenceTag>;
// Also the id of the job that makes the scan.
struct ScanTag {};
using ScanId = Id<ScanTag>;
struct ChangeTag {};
using ChangeId = Id<ChangeTag>;

// How far a fact may be believed. kStale: the newest scan of its system did not get to see it (it failed, a right is
// missing, a part was not read), so it may have changed since. kGone: a scan saw that it is no longer there.
enum class Freshness { kFresh, kStale, kGone };
PRIVITY_DESCRIBE_ENUM(Freshness, kFresh, kStale, kGone)

// What a steward said about what the detector found. kProposed: nothing yet.
enum class Verdict {
  kProposed,
  kConfirmed,
  kRejected,  // no personal data
  kChanged,   // personal data of another category
};
PRIVITY_DESCRIBE_ENUM(Verdict, kProposed, kConfirmed, kRejected, kChanged)

// What a company wants to know of its systems besides what everybody does: "Contract", "2026/17".
struct CustomField {
  std::string name{};
  std::string value{};
  bool operator==(const CustomField&) const = default;
};
PRIVITY_DESCRIBE(CustomField, (name, value))
std::vector<FieldNote> FieldNotes(const CustomField*);

// An error, as stored: words are made of it where it is shown.
struct StoredProblem {
  std::string code{};
  std::map<std::string, std::string> parameters{};
  bool operator==(const StoredProblem&) const = default;
};
PRIVITY_DESCRIBE(StoredProblem, (code, parameters))
StoredProblem ToStoredProblem(const Error& error);

struct DataSystem {
  SystemId id{};
  std::string name{};  // unique
  std::string description{};
  std::optional<UserId> owner{};
  std::optional<UserId> steward{};  // decides about what scans find in it
  std::string legal_entity{};       // of the group, that runs it
  std::vector<CustomField> custom_fields{};
  std::string product{};  // "PostgreSQL 15.4", as the store said last; "" when nobody asked
  std::optional<ConnectionId> connection{};
  std::optional<ScanId> last_scan{};     // that ended
  std::optional<Instant> fresh_since{};  // when that scan began: what was seen before is stale
  std::int64_t collections = 0;          // without those that are gone, as all counts here
  std::int64_t fields = 0;
  std::int64_t personal_fields = 0;
  std::int64_t special_fields = 0;
  std::int64_t open_changes = 0;
  std::optional<StoredProblem> reads_problem{};  // why the store does not tell whether its collections are read
  Instant created_at{};
  Instant changed_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(DataSystem, (id, name, description, owner, steward, legal_entity, custom_fields, product, connection,
                              last_scan, fresh_since, collections, fields, personal_fields, special_fields,
                              open_changes, reads_problem, created_at, changed_at, version))
std::vector<FieldNote> FieldNotes(const DataSystem*);

struct DataCollection {
  CollectionId id{};
  SystemId system{};
  std::string system_name{};
  std::string dataset{};  // schema or database; "" where the store has none
  std::string name{};
  CollectionShape shape = CollectionShape::kTable;
  std::vector<std::string> key{};  // the fields that tell one record from all others
  std::optional<std::int64_t> estimated_records{};
  Freshness freshness = Freshness::kStale;
  std::string unread{};  // the code of the error that kept the newest scan from reading values; "" when it read them
  std::int64_t fields = 0;
  std::int64_t personal_fields = 0;
  std::int64_t special_fields = 0;
  Instant first_seen_at{};
  Instant last_seen_at{};            // that it is there
  std::optional<Instant> read_at{};  // when values of it were last read
  std::optional<Instant> gone_at{};
  std::optional<Instant> no_reads_since{};  // as the store counts: nobody but Privity has read it since
  ScanId first_scan{};
  ScanId last_scan{};
};
PRIVITY_DESCRIBE(DataCollection, (id, system, system_name, dataset, name, shape, key, estimated_records, freshness,
                                  unread, fields, personal_fields, special_fields, first_seen_at, last_seen_at, read_at,
                                  gone_at, no_reads_since, first_scan, last_scan))
std::vector<FieldNote> FieldNotes(const DataCollection*);

struct DataField {
  FieldId id{};
  SystemId system{};
  std::string system_name{};
  CollectionId collection{};
  std::string dataset{};
  std::string collection_name{};
  std::string name{};           // in documents the path: "address.street"
  std::string declared_type{};  // as the store spells it
  bool is_key = false;
  std::string category{};   // the one that counts: the verdict's, or the detector's where there is no verdict
  bool is_special = false;  // GDPR Art. 9(1) and 10
  std::string detected_category{};
  double confidence = 0;             // of the detector, 0 to 1
  std::string reason{};              // the detector's evidence, without any value
  std::int64_t distinct_values = 0;  // how many were judged; 0: by the name alone
  std::int64_t sampled_records = 0;  // of its collection, by the newest scan that read it
  std::int64_t filled_records = 0;   // of those: with a value here
  Verdict verdict = Verdict::kProposed;
  std::string verdict_reason{};
  std::optional<Actor> verdict_by{};
  std::optional<Instant> verdict_at{};
  Freshness freshness = Freshness::kStale;
  Instant first_seen_at{};
  Instant last_seen_at{};              // that it is there
  std::optional<Instant> judged_at{};  // when its values were last read; none: never
  std::optional<Instant> gone_at{};
  ScanId first_scan{};
  ScanId last_scan{};
};
PRIVITY_DESCRIBE(DataField, (id, system, system_name, collection, dataset, collection_name, name, declared_type, is_key,
                             category, is_special, detected_category, confidence, reason, distinct_values,
                             sampled_records, filled_records, verdict, verdict_reason, verdict_by, verdict_at,
                             freshness, first_seen_at, last_seen_at, judged_at, gone_at, first_scan, last_scan))
std::vector<FieldNote> FieldNotes(const DataField*);

enum class ReferenceOrigin {
  kForeignKey,  // the store says so
  kStated,      // a person said so
};
PRIVITY_DESCRIBE_ENUM(ReferenceOrigin, kForeignKey, kStated)

// One end of a reference, or a place that a person names. `dataset` and `collection` as the store spells them.
struct ReferencePlace {
  SystemId system{};
  std::string dataset{};
  std::string collection{};
  std::vector<std::string> fields{};
  bool operator==(const ReferencePlace&) const = default;
};
PRIVITY_DESCRIBE(ReferencePlace, (system, dataset, collection, fields))
std::vector<FieldNote> FieldNotes(const ReferencePlace*);

// Records at `from` point at records at `to`: the fields of both stand in the same order. May lead to another system.
struct DataReference {
  ReferenceId id{};
  ReferencePlace from{};
  ReferencePlace to{};
  ReferenceOrigin origin = ReferenceOrigin::kForeignKey;
  bool is_ignored = false;                  // a person said that it is not to be followed
  std::string reason{};                     // why it was stated or ignored
  Freshness freshness = Freshness::kStale;  // a stated one is as fresh as its system
  Instant first_seen_at{};
  Instant last_seen_at{};
  std::optional<Instant> gone_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(DataReference,
                 (id, from, to, origin, is_ignored, reason, freshness, first_seen_at, last_seen_at, gone_at, version))

enum class ScanState {
  kWaiting,  // for a worker
  kRunning,
  kComplete,    // everything was read
  kIncomplete,  // ended, and the gaps say what was not read
  kFailed,      // nothing of the store could be read
  kCancelled,
};
PRIVITY_DESCRIBE_ENUM(ScanState, kWaiting, kRunning, kComplete, kIncomplete, kFailed, kCancelled)

struct MapScan {
  ScanId id{};
  SystemId system{};
  std::string system_name{};
  ScanState state = ScanState::kWaiting;
  Actor started_by{};
  Instant started_at{};
  std::optional<Instant> finished_at{};
  std::int64_t collections_total = 0;
  std::int64_t collections_done = 0;
  std::int64_t fields = 0;
  std::int64_t personal_fields = 0;
  std::int64_t added = 0;  // changes of this scan
  std::int64_t changed = 0;
  std::int64_t gone = 0;
  std::int64_t gaps = 0;  // what could not be read
  std::optional<StoredProblem> problem{};
};
PRIVITY_DESCRIBE(MapScan, (id, system, system_name, state, started_by, started_at, finished_at, collections_total,
                           collections_done, fields, personal_fields, added, changed, gone, gaps, problem))
std::vector<FieldNote> FieldNotes(const MapScan*);

enum class ChangeKind { kAdded, kChanged, kGone };
PRIVITY_DESCRIBE_ENUM(ChangeKind, kAdded, kChanged, kGone)

enum class ChangeState {
  kOpen,  // waits for a decision
  kConfirmed,
  kRejected,
  kRecategorized,
  kNoted,       // nothing to decide: no personal data before or now
  kSuperseded,  // a later scan saw something else before anybody decided
};
PRIVITY_DESCRIBE_ENUM(ChangeState, kOpen, kConfirmed, kRejected, kRecategorized, kNoted, kSuperseded)

// What one scan found different from what the register said.
struct MapChange {
  ChangeId id{};
  ScanId scan{};
  SystemId system{};
  std::string system_name{};
  CollectionId collection{};
  std::string dataset{};
  std::string collection_name{};
  std::optional<FieldId> field{};  // none: the collection as a whole
  std::string field_name{};
  ChangeKind kind = ChangeKind::kAdded;
  ChangeState state = ChangeState::kOpen;
  std::string type_before{};
  std::string type_now{};
  std::string category_before{};  // that counted, "" for an addition
  std::string category_now{};     // that the detector sees, "" for what is gone
  bool is_special = false;        // of category_now, or of category_before for what is gone
  double confidence = 0;
  std::string reason{};
  Instant at{};
  std::optional<Actor> decided_by{};
  std::optional<Instant> decided_at{};
  std::string decided_category{};
  std::string decision_reason{};
};
PRIVITY_DESCRIBE(MapChange, (id, scan, system, system_name, collection, dataset, collection_name, field, field_name,
                             kind, state, type_before, type_now, category_before, category_now, is_special, confidence,
                             reason, at, decided_by, decided_at, decided_category, decision_reason))
std::vector<FieldNote> FieldNotes(const MapChange*);

// Names of collections and fields that are longer (bytes) are not taken into the register and named as gaps.
inline constexpr std::size_t kMapNameBytesMax = 800;
inline constexpr std::size_t kDeclaredTypeBytesMax = 400;

}  // namespace privity
