// Replays the journal of erasures (fulfil/erasure_journal.h): after a backup of a connected store or of Privity itself
// was restored, whoever was erased and is back is found and dealt with.
//
// - Found by an address or number that means the same everywhere, and every record that would be changed is one that
//   the erasure had changed, by its key: the very same records are back, and they are erased at once.
// - A key of sealed fields that was destroyed is back, though its record names nobody: told by the hashes of its record
//   key and of the key itself, it is destroyed again at once (fulfil/returned_records.h).
// - Otherwise (other records, so the person may be a customer again; a number of one system alone, which may be
//   somebody else's by now; a record that a duty keeps; a record that names nobody and has the record key of one that
//   was erased): a plan is proposed, and a person approves or dismisses it. A task asks for that.
// A dry run finds and tells, and changes nothing.
//
//   Start ─► job execution.replay: stores and register ─► who is back ─► cases ─► acts ─► looks again
//   Approve / Dismiss (a proposed case)
//
// A store that does not answer leaves the replay waiting; it is tried again later. A case of an erasure that waits for
// a person is not proposed twice.
//
// Threads: every method may be called from many; one job at a time. Errors besides those named: those of the store, the
// ledger, the journal.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "execution/plan_view.h"
#include "execution/store_map.h"
#include "fulfil/erasures.h"
#include "identity/caller.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"

namespace privity {

struct ReplayTag {};
using ReplayId = Id<ReplayTag>;
struct ReplayCaseTag {};
using ReplayCaseId = Id<ReplayCaseTag>;

// kFailed: something else than a store went wrong, again and again; its job says what.
enum class ReplayState { kRunning, kWaitingForStore, kDone, kFailed };
PRIVITY_DESCRIBE_ENUM(ReplayState, kRunning, kWaitingForStore, kDone, kFailed)

enum class ReplayVerdict {
  kSameRecords,   // the very same records are back
  kMayBeAgain,    // other records: perhaps a customer again, perhaps somebody else
  kKept,          // only records that stay whatever is planned
  kDestroyedKey,  // a key that was destroyed is back, and nobody else uses it
  kKeyStays,      // likewise, but somebody else uses it or it cannot be changed there
  kNamesNobody,   // records with the record keys of erased ones, and nothing in them tells whose they are
};
PRIVITY_DESCRIBE_ENUM(ReplayVerdict, kSameRecords, kMayBeAgain, kKept, kDestroyedKey, kKeyStays, kNamesNobody)

enum class ReplayCaseState {
  kFound,      // by a dry run
  kActing,     // is being erased
  kProposed,   // waits for a person
  kDone,       // erased, and looked at again
  kDismissed,  // a person decided that it stays
};
PRIVITY_DESCRIBE_ENUM(ReplayCaseState, kFound, kActing, kProposed, kDone, kDismissed)

struct ReplayCase {
  ReplayCaseId id{};
  PlanId erasure{};  // of the journal, whose person is back
  ReplayVerdict verdict = ReplayVerdict::kSameRecords;
  ReplayCaseState state = ReplayCaseState::kFound;
  std::int64_t records = 0;       // of theirs that were found
  std::int64_t same_records = 0;  // of them, those that the erasure had changed
  std::string plan{};             // digest of what is planned; "" of a dry run
  std::int64_t leftovers = 0;     // found when it was looked at again
};
PRIVITY_DESCRIBE(ReplayCase, (id, erasure, verdict, state, records, same_records, plan, leftovers))
std::vector<FieldNote> FieldNotes(const ReplayCase*);

struct Replay {
  ReplayId id{};
  ReplayState state = ReplayState::kRunning;
  bool dry_run = false;
  std::optional<SystemId> system{};  // only its store was looked at; all of them when absent
  Instant started_at{};
  std::optional<Instant> ended_at{};
  std::int64_t erasures = 0;  // in the journal
  std::vector<NotRead> not_read{};
  std::vector<ReplayCase> cases{};
};
PRIVITY_DESCRIBE(Replay, (id, state, dry_run, system, started_at, ended_at, erasures, not_read, cases))
std::vector<FieldNote> FieldNotes(const Replay*);

struct ReplayOrder {
  bool dry_run = false;
  std::optional<SystemId> system{};
};
PRIVITY_DESCRIBE(ReplayOrder, (dry_run, system))
std::vector<FieldNote> FieldNotes(const ReplayOrder*);

// An erasure as the journal remembers it: nothing in it names anybody.
struct RememberedErasure {
  PlanId erasure{};
  Instant at{};
  std::int64_t identifiers = 0;
  std::int64_t records = 0;
};
PRIVITY_DESCRIBE(RememberedErasure, (erasure, at, identifiers, records))

class ErasureReplays {
 public:
  static constexpr std::string_view kJob = "execution.replay";

  // Opens a task for whoever has to decide about what a replay proposes; `places` name the collections.
  using AskPerson = std::function<Status(WriteTx& tx, const ReplayId& replay, const std::string& places)>;

  // All outlive it.
  ErasureReplays(Store& store, Ledger& ledger, PersonKeys& keys, const JobQueue& jobs, const ErasureJournal& journal,
                 const StoreMap& stores, const Clock& clock, AskPerson ask_person);

  Result<std::vector<RememberedErasure>> Remembered() const;
  // execution.replay_running: one at a time; one that waits for a store is no hindrance.
  Result<Replay> Start(WriteTx& tx, const Caller& caller, const ReplayOrder& order);
  // The newest first, without their cases.
  Result<std::vector<Replay>> List(ReadTx& tx) const;
  // execution.replay_unknown.
  Result<Replay> Get(ReadTx& tx, const ReplayId& id) const;

  // execution.replay_case_unknown.
  Result<ExecutionPlan> Plan(const ReplayCaseId& id);
  // execution.replay_case_settled; fulfil.plan_changed.
  Result<ReplayCase> Approve(WriteTx& tx, const Caller& caller, const ReplayCaseId& id, const std::string& plan);
  Result<ReplayCase> Dismiss(WriteTx& tx, const Caller& caller, const ReplayCaseId& id);

  // To be registered under kJob.
  JobHandler Handler();
  // Looks and acts before it returns: before a restored installation serves. Stores that do not answer are left to a
  // job.
  Status RunNow();

 private:
  struct Found;
  struct Stored;
  Result<Replay> Begin(WriteTx& tx, const Actor& actor, const ReplayOrder& order);
  Status End(WriteTx& tx, const ReplayId& id, ReplayState state) const;
  Status Enqueue(WriteTx& tx, const ReplayId& id) const;
  Result<Stored> Load(ReadTx& tx, const ReplayCaseId& id) const;
  Result<std::vector<ReplayCase>> CasesOf(ReadTx& tx, const ReplayId& id) const;
  Status Run(const ReplayId& id, const std::stop_token& stop);
  Status Search(const Replay& replay, const std::stop_token& stop);
  Result<std::optional<Found>> LookAt(const JournalEntry& entry, const std::vector<SubjectIdentifier>& identifiers,
                                      const MappedStores& mapped, OpenStores& stores) const;
  // What is back and names nobody, beside what was found by identifiers.
  Result<std::vector<Found>> LookAtRecords(const JournalEntry& entry, std::span<const RecordKey> records,
                                           std::span<const JournalEntry> entries, const MappedStores& mapped,
                                           OpenStores& stores, std::vector<NotRead>& not_read) const;
  // Whether what stands where keys came back are still these keys, or nothing; none while a store does not answer.
  Result<std::optional<bool>> AreStillTheirs(const PlanId& erasure, const PlanId& plan, const StoreOpener& opener);
  Status Save(WriteTx& tx, const Replay& replay, Found& found);
  Result<bool> AskAboutProposed(WriteTx& tx, const ReplayId& id, const std::set<std::string>& places);
  Status Act(const ReplayId& id, const std::stop_token& stop);
  Status ForgetSettled();
  Status ActOn(const ReplayCase& about, const PlanId& plan, const StoreOpener& opener);
  Status SetCase(WriteTx& tx, const ReplayCaseId& id, ReplayCaseState state, std::int64_t leftovers) const;
  Status Record(WriteTx& tx, std::string_view action, const Actor& actor, const ReplayId& replay,
                const Details& details) const;

  Store& store_;
  Ledger& ledger_;
  const JobQueue& jobs_;
  const ErasureJournal& journal_;
  const StoreMap& stores_;
  PersonKeys& keys_;
  const Clock& clock_;
  const AskPerson ask_person_;
  Erasures erasures_;
};

}  // namespace privity
