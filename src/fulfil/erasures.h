// Erasures from plan to proof: the plan sealed under the keys of the person it is about, approved as it stands, carried
// out as one journaled task for each collection, looked at again.
//
//   planned ──Approve──► approved ──Execute──► running ──► executed ──Recheck──► checked
//      └──Cancel──► cancelled ◄──Cancel──┘        │ ▲
//                                                 ▼ │ Execute again
//                                          waiting_for_store
//
// Each task is an intent in the ledger, the changes, and an outcome; its progress is saved after each batch. Whatever
// ends the process between two of these steps, Execute goes on from there: changes are made once, for each names what
// it expects to find, and the report counts what is so, not what was tried. A store that does not answer keeps its
// tasks waiting; an erasure is executed only when every task has its outcome. It cannot be cancelled once a task has
// begun.
//
// A plan of PlanAct::kChange (a correction, flags) goes the same way, and never into the journal of erasures.
//
// Threads: all methods from many at once, but one Execute for each erasure at a time (one job). Blocking; never call
// inside a transaction, except those that take one. Errors of all: fulfil.erasure_unknown, those of the store, of the
// ledger and of the person's keys (keys.subject_shredded once they are destroyed: the plan is then gone).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "fulfil/erase.h"
#include "fulfil/erasure_journal.h"
#include "fulfil/plan.h"
#include "fulfil/recheck.h"
#include "keys/person_keys.h"
#include "ledger/ledger.h"
#include "store/migration.h"

namespace privity {

std::vector<Migration> FulfilMigrations();
std::span<const ActionInfo> FulfilActions();

enum class ErasureStage { kPlanned, kApproved, kRunning, kWaitingForStore, kExecuted, kChecked, kCancelled };
PRIVITY_DESCRIBE_ENUM(ErasureStage, kPlanned, kApproved, kRunning, kWaitingForStore, kExecuted, kChecked, kCancelled)

struct ErasureTask {
  std::int64_t position = 0;  // of the collection in the plan
  bool is_done = false;
  ErasureProgress progress{};
  std::string waiting_for{};         // the code of the error by which its store does not answer
  std::optional<EntryId> outcome{};  // the ledger entry that says what became of it
};

// One look at the result, with the ledger entry that records it.
struct ErasureCheck {
  Instant at{};
  RecheckReport report{};
  EntryId entry{};
};

struct ErasureStatus {
  PlanId id{};
  SubjectId subject{};
  std::string request{};  // the rights request, or the ground on which the company acts
  ErasureStage stage = ErasureStage::kPlanned;
  std::string digest{};  // of the plan: SHA-256 of its canonical JSON, hexadecimal
  Instant planned_at{};
  std::optional<EntryId> approval{};
  std::vector<ErasureTask> tasks{};
  std::vector<ErasureCheck> checks{};
};

class Erasures {
 public:
  // Called before each step that lasts; an error ends the work there, as a crash would.
  using StepHook = std::function<Status(std::string_view step)>;

  // All outlive the Erasures. The journal knows of an erasure before the first change of it is made.
  Erasures(Store& store, Ledger& ledger, PersonKeys& keys, const ErasureJournal& journal, const Clock& clock,
           StepHook before_step = {})
      : store_(store),
        ledger_(ledger),
        keys_(keys),
        journal_(journal),
        clock_(clock),
        before_step_(std::move(before_step)) {}

  // In the caller's transaction. `request` is a Word: without one nothing is planned. ledger.word_invalid;
  // crypto.too_large for a plan of over 16 MiB.
  Result<PlanId> Save(WriteTx& tx, const ErasurePlan& plan, const SubjectId& subject, const std::string& request,
                      const Actor& actor);
  Result<ErasureStatus> Get(const PlanId& id);
  Result<ErasurePlan> Plan(const PlanId& id);

  // fulfil.stage_wrong{stage}: only a plan that nobody approved yet. Those of EditPlan.
  Status Edit(const PlanId& id, const PlanEdit& edit, const Actor& actor);
  // fulfil.plan_changed: `digest` is not that of the plan as it is. fulfil.stage_wrong.
  Status Approve(const PlanId& id, const std::string& digest, const Actor& actor);
  // fulfil.point_of_no_return: a task has begun. fulfil.stage_wrong.
  Status Cancel(const PlanId& id, const Actor& actor);

  // Does what is left to do. Answers kExecuted, or kWaitingForStore when a store does not answer: call it again later.
  // `throttle` is called after each batch; an error from it ends the work, to be gone on with. fulfil.stage_wrong.
  Result<ErasureStage> Execute(const PlanId& id, const StoreOpener& opener, const Actor& actor,
                               const std::function<Status()>& throttle = {});

  // Looks again and records what was found. Without a map: the records of the plan. With one: everything.
  // fulfil.stage_wrong before it is executed.
  Result<RecheckReport> Recheck(const PlanId& id, const StoreOpener& opener, const SubjectMap* map, const Actor& actor);

  // After the rotation of a person's key (PersonKeys::Rotate): seals plans and reports under the newest version.
  Status Reseal(WriteTx& tx, const SubjectId& subject);

 private:
  struct Work;
  Status BeforeStep(std::string_view step) const { return before_step_ ? before_step_(step) : Ok(); }
  Result<Work> Load(const PlanId& id);
  Result<bool> RunTask(Work& work, ErasureTask& task, OpenStores& stores, const Actor& actor,
                       const std::function<Status()>& throttle);
  Status Begin(Work& work, ErasureTask& task, const Actor& actor);
  Status Finish(const Work& work, ErasureTask& task, const Actor& actor);
  Entry EntryOf(std::string_view action, const Actor& actor, const ErasureStatus& erasure) const;
  Status MoveTo(const PlanId& id, ErasureStage stage);

  Store& store_;
  Ledger& ledger_;
  PersonKeys& keys_;
  const ErasureJournal& journal_;
  const Clock& clock_;
  const StepHook before_step_;
};

std::string DigestOf(const ErasurePlan& plan);

// The keys of sealed fields that the plan destroys, as far as they still stand. A store that does not answer is lost
// in `stores`. connect.cancelled.
Result<std::vector<StandingKey>> KeysThatGo(const ErasurePlan& plan, OpenStores& stores);

// The ledger's actions that a certificate rests on.
std::string_view OutcomeActionOf(PlanAct act);
std::string_view LookActionOf(RecheckStage stage);

}  // namespace privity
