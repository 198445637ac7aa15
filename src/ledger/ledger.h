// The record of what was done, which nobody can change unseen.
//
// An entry is written in the transaction of the change that it records: both are durable, or neither is. Within a
// second the Sequencer (ledger/sequencer.h) gives it its index in the Merkle tree and signs a checkpoint over it.
// Whatever keeps an entry from being written is an error of Append, and so undoes the change: guarded calls answer 503
// while the ledger cannot be written. Formats: docs/formats/ledger-entry.md and ledger-tree.md.
//
//   store.Write([&](WriteTx& tx) -> Status {
//     PRIVITY_TRY_VOID(tx.Execute("UPDATE ..."));
//     PRIVITY_TRY_VOID(ledger.Append(tx, {.action = "identity.user.disabled", .actor = caller.actor, .object_kind =
//     "user",
//                                         .object_id = user.ToString(), .request_id = caller.request_id}));
//     return Ok();
//   });
//
// Thread safety: every method may be called from many threads. Store, registry and clock outlive the Ledger.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/result.h"
#include "keys/person_keys.h"
#include "ledger/entry.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> LedgerMigrations();
// What this room itself records.
std::span<const ActionInfo> LedgerActions();

struct OpenIntent {
  EntryId id;
  Instant at;
};

// Tells a sequencer of the same process that entries wait for it.
class StagedSignal {
 public:
  void Notify();
  // Returns once Notify was called since the last return, after `timeout`, or when a stop is asked for.
  void Wait(const std::stop_token& stop, std::chrono::milliseconds timeout);

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool notified_ = false;
};

// Hears of an entry in the transaction that writes it, after the change that it records: what other parts keep of the
// change (a notice, a search index) commits with it or not at all. An error undoes the whole transaction.
using EntryListener = std::function<Status(WriteTx&, const Entry&)>;

class Ledger {
 public:
  // Without `person_keys`, entries about data subjects are refused (ledger.entry_invalid): for rooms that have none.
  Ledger(Store& store, const ActionRegistry& actions, const Clock& clock, PersonKeys* person_keys = nullptr);

  // Once, while the application is built and before the first entry.
  void Listen(EntryListener listener) { listener_ = std::move(listener); }

  // Writes the entry as part of `tx`. Errors: the listener's, ledger.action_unknown, ledger.entry_invalid{member},
  // ledger.entry_too_large; ledger.halted (503) after the sequencer found the ledger damaged; ledger.stalled
  // (503) while another entry has been waiting for three seconds to be written; those of the store (503).
  Result<EntryId> Append(WriteTx& tx, const Entry& entry);
  // The same in a transaction of its own: durable when it returns. For a disclosure, before its first byte leaves.
  Result<EntryId> Record(const Entry& entry);

  // An effect outside (mail, a connected system) is three steps, each durable before the next: the intent, the act, its
  // outcome. An intent without an outcome tells after a crash what may have happened; see OpenIntents and ActOnRecord.
  Result<EntryId> AppendIntent(WriteTx& tx, const Entry& entry);
  // ledger.intent_unknown: no such intent is open, so that no intent gets two outcomes.
  Result<EntryId> AppendOutcome(WriteTx& tx, const EntryId& intent, const Entry& entry);
  Result<std::vector<OpenIntent>> OpenIntents(ReadTx& tx, Instant older_than, int limit);

  // Empties the table from this person to entries, as part of an erasure. The entries stay as they are.
  Status ForgetSubject(WriteTx& tx, const SubjectId& subject);

  // From the sequencer: from now on every Append is refused with ledger.halted, which carries the code of `cause`.
  void Halt(const Error& cause);
  void Resume();
  std::optional<Error> halted() const;

  StagedSignal& staged() { return staged_; }
  Store& store() { return store_; }
  const Clock& clock() const { return clock_; }

 private:
  Result<std::vector<std::string>> TagSubjects(WriteTx& tx, const EntryId& id, const std::vector<SubjectId>& subjects);
  Result<EntryId> Write(WriteTx& tx, const Entry& entry, const std::optional<EntryId>& intent);
  Status Stage(WriteTx& tx, const SqlValues& row);

  Store& store_;
  const ActionRegistry& actions_;
  const Clock& clock_;
  PersonKeys* const person_keys_;
  EntryListener listener_;
  StagedSignal staged_;
  std::atomic<std::int64_t> staged_count_ = 0;  // by this process; orders entries of the same instant
  Guarded<std::optional<Error>> halted_;
  using Moment = std::chrono::steady_clock::time_point;
  Guarded<std::multiset<Moment>> being_staged_;  // since when
};

// Runs `act` between its intent and its outcome and returns what it returned. The outcome carries result = "done" or
// the code of the error. When the outcome cannot be written, its error is returned and the intent stays open. Must not
// run inside a transaction.
template <class Act>
auto ActOnRecord(Ledger& ledger, const Entry& intent, Entry outcome, Act act) -> std::invoke_result_t<Act&> {
  const auto opened = ledger.store().Write([&](WriteTx& tx) { return ledger.AppendIntent(tx, intent); });
  if (!opened.ok()) return opened.error();
  auto result = act();
  if (result.ok()) {
    outcome.details.Add("result", "done");
  } else {
    const Result<Word> code = Word::Parse(result.error().code());
    Invariant(code.ok(), "an error code is a word");
    outcome.details.Add("result", *code);
  }
  const auto closed = ledger.store().Write([&](WriteTx& tx) { return ledger.AppendOutcome(tx, *opened, outcome); });
  if (!closed.ok()) return closed.error();
  return result;
}

}  // namespace privity
