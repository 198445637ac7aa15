// Suggests references that nobody declared, from the values that fields share.
//
// A reading is a durable job: it streams the collections of one system (kRecordsMax records of each; of large ones in
// parts from all over, each read once whatever happens meanwhile), keeps a sketch of each field, compares it with the
// sketches of all systems, and writes what is worth a person's look. Values are forgotten as they pass. A confirmed
// suggestion becomes a stated reference (datamap/references.h); a rejected one is not made again unless its values
// match in another form.
//
// Callable from many threads; Run blocks. Errors: flows.suggestion_unknown (404), flows.suggestion_decided (409),
// datamap.system_unknown (404), datamap.not_connected (409), datamap.cursor_invalid, and those of References::Create.
#pragma once

#include <span>

#include "datamap/datamap.h"
#include "flows/matching.h"
#include "flows/salts.h"
#include "identity/permission.h"
#include "store/migration.h"

namespace privity {

struct SuggestionTag {};
using SuggestionId = Id<SuggestionTag>;

enum class SuggestionState { kOpen, kConfirmed, kRejected };
PRIVITY_DESCRIBE_ENUM(SuggestionState, kOpen, kConfirmed, kRejected)

struct Suggestion {
  SuggestionId id{};
  ReferencePlace from{};
  ReferencePlace to{};
  std::string from_name{};  // of the system
  std::string to_name{};
  FlowForm form = FlowForm::kSame;
  double share = 0;                  // of the values at `from` that stand at `to`, 0 to 1
  std::int64_t distinct_values = 0;  // at `from`, estimated
  SuggestionState state = SuggestionState::kOpen;
  std::string reason{};  // of the decision
  std::optional<Actor> decided_by{};
  std::optional<Instant> decided_at{};
  std::optional<ReferenceId> reference{};  // that a confirmation made
  Instant first_seen_at{};
  Instant last_seen_at{};
};
PRIVITY_DESCRIBE(Suggestion, (id, from, to, from_name, to_name, form, share, distinct_values, state, reason, decided_by,
                              decided_at, reference, first_seen_at, last_seen_at))
std::vector<FieldNote> FieldNotes(const Suggestion*);

struct SuggestionFilter {
  std::optional<SystemId> system{};  // at either end
  std::optional<SuggestionState> state{};
  std::optional<SuggestionId> after{};
  int limit = 50;
};
struct SuggestionPage {
  std::vector<Suggestion> items;
  std::optional<std::string> next;
};

struct SuggestionDecision {
  std::string reason{};
};
PRIVITY_DESCRIBE(SuggestionDecision, (reason))
std::vector<FieldNote> FieldNotes(const SuggestionDecision*);

// A background job of that id.
struct FlowReading {
  JobId job{};
  SystemId system{};
};
PRIVITY_DESCRIBE(FlowReading, (job, system))

class Flows {
 public:
  static constexpr std::string_view kReadJob = "flows.read";
  static constexpr std::int64_t kRecordsMax = 1'000'000;  // of each collection
  static constexpr std::size_t kFieldsMax = 4'000;        // compared at once
  static constexpr int kPartsMax = 8;                     // of one collection, read on several connections
  static constexpr int kAttemptsMax = 4;

  // `datamap` outlives it.
  explicit Flows(const Datamap& datamap)
      : world_(datamap.world()), datamap_(datamap), salts_(world_.ledger, world_.keys, world_.clock) {}

  const Salts& salts() const { return salts_; }

  // The reading of that system which is not ended, or a new one.
  Result<FlowReading> Start(WriteTx& tx, const Caller& caller, const SystemId& system) const;
  // Oldest first.
  Result<SuggestionPage> List(ReadTx& tx, const SuggestionFilter& filter) const;
  Result<Suggestion> Get(ReadTx& tx, const SuggestionId& id) const;
  Result<Suggestion> Confirm(WriteTx& tx, const Caller& caller, const SuggestionId& id,
                             const SuggestionDecision& decision) const;
  Result<Suggestion> Reject(WriteTx& tx, const Caller& caller, const SuggestionId& id,
                            const SuggestionDecision& decision) const;

  // For Ledger::Listen: what is kept of a system goes with it.
  Status OnEntry(WriteTx& tx, const Entry& entry) const;
  // The handler of kReadJob.
  Status Run(JobContext& context) const;

 private:
  Status AddNames(ReadTx& tx, Suggestion& suggestion) const;
  Result<Suggestion> Decide(WriteTx& tx, const Caller& caller, const SuggestionId& id, SuggestionState state,
                            const SuggestionDecision& decision, const std::optional<ReferenceId>& reference) const;

  const DatamapWorld& world_;
  const Datamap& datamap_;
  const Salts salts_;
};

std::vector<Migration> FlowsMigrations();
std::span<const ActionInfo> FlowsActions();

}  // namespace privity
