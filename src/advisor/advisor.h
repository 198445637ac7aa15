// What should not be so in the data map, found again after every scan, and what people say of it.
//
// Callable from many threads. Errors: advisor.advice_unknown (404), advisor.advice_over, advisor.advice_decided (409),
// advisor.advice_not_decided (409), datamap.cursor_invalid, and those of Tasks::Create.
#pragma once

#include <span>

#include "advisor/findings.h"
#include "identity/permission.h"
#include "store/migration.h"
#include "tasks/tasks.h"
#include "words/catalog.h"

namespace privity {

struct AdviceTag {};
using AdviceId = Id<AdviceTag>;

enum class AdviceState {
  kOpen,
  kDismissed,  // somebody said why it may stay
  kTask,       // somebody is to see to it
  kOver,       // it no longer holds
};
PRIVITY_DESCRIBE_ENUM(AdviceState, kOpen, kDismissed, kTask, kOver)

struct Advice {
  AdviceId id{};
  AdviceFinding finding{};
  std::string system_name{};
  AdviceState state = AdviceState::kOpen;
  std::string reason{};  // of a dismissal
  std::optional<Actor> decided_by{};
  std::optional<Instant> decided_at{};
  std::optional<TaskId> task{};
  Instant first_seen_at{};
  Instant last_seen_at{};
};
PRIVITY_DESCRIBE(Advice,
                 (id, finding, system_name, state, reason, decided_by, decided_at, task, first_seen_at, last_seen_at))
std::vector<FieldNote> FieldNotes(const Advice*);

struct AdviceFilter {
  std::optional<SystemId> system{};
  std::optional<AdviceKind> kind{};
  std::optional<AdviceState> state{};
  bool special = false;
  std::optional<AdviceId> after{};
  int limit = 50;
};
struct AdvicePage {
  std::vector<Advice> items;
  std::optional<std::string> next;
};

struct AdviceDismissal {
  std::string reason{};
};
PRIVITY_DESCRIBE(AdviceDismissal, (reason))
std::vector<FieldNote> FieldNotes(const AdviceDismissal*);

struct AdviceTask {
  std::optional<UserId> assignee{};
  std::optional<Instant> due{};
};
PRIVITY_DESCRIBE(AdviceTask, (assignee, due))

class Advisor {
 public:
  static constexpr std::string_view kLookJob = "advisor.look";

  // All of them outlive it.
  Advisor(const Datamap& datamap, const Flows& flows, const Tasks& tasks, const Catalog& catalog)
      : world_(datamap.world()), datamap_(datamap), flows_(flows), tasks_(tasks), catalog_(catalog) {}

  // Oldest first.
  Result<AdvicePage> List(ReadTx& tx, const AdviceFilter& filter) const;
  Result<Advice> Get(ReadTx& tx, const AdviceId& id) const;
  Result<Advice> Dismiss(WriteTx& tx, const Caller& caller, const AdviceId& id, const AdviceDismissal& why) const;
  // A dismissed one is open again.
  Result<Advice> Reopen(WriteTx& tx, const Caller& caller, const AdviceId& id) const;
  // A task in words, linked to it.
  Result<Advice> MakeTask(WriteTx& tx, const Caller& caller, const AdviceId& id, const AdviceTask& task) const;
  // Looks at the register as it stands now.
  Status Look(WriteTx& tx) const;

  // For Ledger::Listen: looks after a scan, and when an activity, a verdict or a retention changes; forgets a removed
  // system.
  Status OnEntry(WriteTx& tx, const Entry& entry) const;
  // The handler of kLookJob.
  Status Run(JobContext& context) const;

 private:
  Status Save(WriteTx& tx, const AdviceFinding& finding, Instant now) const;
  Status SetState(WriteTx& tx, const Caller& caller, const Advice& advice, AdviceState state, const std::string& reason,
                  const std::optional<TaskId>& task, std::string action) const;
  TaskContent ContentOf(const Advice& advice, const AdviceTask& task) const;

  const DatamapWorld& world_;
  const Datamap& datamap_;
  const Flows& flows_;
  const Tasks& tasks_;
  const Catalog& catalog_;
};

std::vector<Migration> AdvisorMigrations();
std::span<const ActionInfo> AdvisorActions();

}  // namespace privity
