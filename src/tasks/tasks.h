// Tasks: who does what until when, and how it ended. Casework (rights requests, reviews, findings) stands on it.
//
// People see the tasks that they are assigned or that they created; a manager (tasks.manage) sees and changes all. To
// everybody else a task does not exist (tasks.task_unknown). States change only along TaskTransitions(). Every change
// is in the task's history and, without its words, in the ledger; both commit with it or not at all.
//
// Threads: every method may be called from many threads. Ledger and clock outlive the object. Besides what is named:
// the errors of the store and the ledger.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "identity/caller.h"
#include "identity/permission.h"
#include "ledger/ledger.h"
#include "store/store.h"
#include "tasks/playbook.h"
#include "tasks/task.h"

namespace privity {

std::vector<Migration> TasksMigrations();
std::span<const ActionInfo> TasksActions();
std::span<const PermissionInfo> TasksPermissions();

// Ok for somebody who can be given work; an error, identity.user_unknown, for an id that is nobody's.
using FindPerson = std::function<Status(ReadTx&, const UserId&)>;

inline constexpr int kTaskPageMax = 200;
inline constexpr int kTaskEvidenceMax = 100;  // a task
inline constexpr int kTaskHistoryPageMax = 500;

struct TaskFilter {
  std::optional<UserId> assignee = {};
  std::vector<TaskState> states = {};  // empty: all
  std::string kind = {};
  std::optional<TaskLink> link = {};
  bool overdue_only = false;
  std::optional<Instant> due_from = {};   // inclusive
  std::optional<Instant> due_until = {};  // exclusive
  std::string cursor = {};                // TaskPage::next_cursor of the page before
  int limit = 50;                         // 1 to kTaskPageMax, else the nearest of them
};

struct TaskPage {
  std::vector<Task> items;  // the one due first in front, those without a due time last
  std::optional<std::string> next_cursor;
};

// For a badge: what waits for the caller.
struct TaskCounts {
  std::int64_t unfinished = 0;
  std::int64_t overdue = 0;
};
PRIVITY_DESCRIBE(TaskCounts, (unfinished, overdue))

class Tasks {
 public:
  // `find_person` says who is somebody; app hands it in.
  Tasks(Ledger& ledger, const Clock& clock, FindPerson find_person)
      : ledger_(ledger), clock_(clock), find_person_(std::move(find_person)) {}

  // Here and below, an assignee who is nobody: identity.user_unknown{path}, the JSON pointer of the member.
  // Whoever may not manage creates tasks for themselves only: tasks.not_yours. tasks.link_invalid: kind or id is no
  // machine word (ledger/entry.h).
  Result<Task> Create(WriteTx& tx, const Caller& caller, const NewTask& task) const;
  Result<Task> Get(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  // tasks.cursor_invalid.
  Result<TaskPage> List(ReadTx& tx, const Caller& caller, const TaskFilter& filter) const;
  Result<TaskCounts> Waiting(ReadTx& tx, const Caller& caller) const;

  // By its creator or a manager (tasks.not_yours), while it is neither done nor cancelled (tasks.finished).
  // `expected_version`: refuse when somebody changed it meanwhile (tasks.changed_meanwhile).
  Result<Task> Edit(WriteTx& tx, const Caller& caller, const TaskId& id, const TaskContent& content,
                    std::optional<std::int64_t> expected_version = {}) const;
  // tasks.no_such_step, tasks.not_yours; tasks.evidence_missing: it cannot be done before evidence was added;
  // tasks.waits_for{count}: it is neither begun nor done while a task that comes first is unfinished.
  Result<Task> Move(WriteTx& tx, const Caller& caller, const TaskId& id, TaskState to,
                    std::optional<std::int64_t> expected_version = {}) const;

  // Makes a task of every step, in one transaction, for managers alone (tasks.not_yours): it gives work to others.
  // Whoever has one of the tasks is shown the titles of those it waits for.
  Result<PlaybookRun> Start(WriteTx& tx, const Caller& caller, const Playbook& playbook, const NewPlaybookRun& run,
                            const WorkingDays& working_days, const TimeZone& zone) const;
  // What a task waits for, finished or not, and the tasks that wait for it; in the order in which they were made.
  Result<std::vector<TaskPredecessor>> Predecessors(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  Result<std::vector<Task>> Successors(ReadTx& tx, const Caller& caller, const TaskId& id) const;

  Result<TaskEvent> Comment(WriteTx& tx, const Caller& caller, const TaskId& id, const NewTaskComment& comment) const;
  // Whether evidence may be added now: tasks.evidence_full, tasks.finished. To be asked before a file arrives.
  Status CheckTakesEvidence(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  Result<TaskEvidence> AddEvidence(WriteTx& tx, const Caller& caller, const TaskId& id,
                                   const NewTaskEvidence& evidence) const;
  // The file is kept in the same transaction.
  Result<TaskEvidence> AddFile(WriteTx& tx, const Caller& caller, const TaskId& id, const TaskFile& file) const;
  // The file to be read, and the ledger's entry that says so. tasks.evidence_unknown: there is none of this id with a
  // file.
  Result<TaskFile> OpenFile(WriteTx& tx, const Caller& caller, const TaskId& id, const TaskEvidenceId& evidence) const;
  Result<std::vector<TaskEvidence>> Evidence(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  // Oldest first; from behind `after` (an event's id, "" for the beginning), at most kTaskHistoryPageMax.
  Result<std::vector<TaskEvent>> History(ReadTx& tx, const Caller& caller, const TaskId& id,
                                         std::string_view after = {}) const;

 private:
  struct Change;
  Result<Task> Find(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  Result<Task> FindToChange(ReadTx& tx, const Caller& caller, const TaskId& id,
                            std::optional<std::int64_t> expected_version) const;
  Result<TaskEvent> Record(WriteTx& tx, const Caller& caller, const Task& task, const Change& change) const;
  Result<Task> FindForEvidence(ReadTx& tx, const Caller& caller, const TaskId& id) const;
  Result<TaskEvidence> Add(WriteTx& tx, const Caller& caller, const Task& task, TaskEvidence evidence) const;
  Status Touch(WriteTx& tx, const Task& task) const;

  // Without a look at the assignee.
  Result<Task> Make(WriteTx& tx, const Caller& caller, const NewTask& task) const;
  // `path`: of the member that names the person, for the error.
  Status CheckAssignee(ReadTx& tx, const std::optional<UserId>& assignee, std::string path) const;

  Ledger& ledger_;
  const Clock& clock_;
  const FindPerson find_person_;
};

}  // namespace privity
