// A piece of work for one person: what to do, by when, about which thing, and the evidence that it was done.
//
// Value types, as the API shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/type_table.h"
#include "identity/caller.h"

namespace privity {

struct TaskTag {};
using TaskId = Id<TaskTag>;
struct TaskEvidenceTag {};
using TaskEvidenceId = Id<TaskEvidenceTag>;
struct TaskEventTag {};
using TaskEventId = Id<TaskEventTag>;
struct PlaybookRunTag {};
using PlaybookRunId = Id<PlaybookRunTag>;

enum class TaskState { kOpen, kInProgress, kDone, kCancelled };
PRIVITY_DESCRIBE_ENUM(TaskState, kOpen, kInProgress, kDone, kCancelled)

// The steps there are; no other is possible. A manager (permission tasks.manage) may take each of them.
struct TaskTransition {
  TaskState from;
  TaskState to;
  bool assignee;  // whether the assignee may
  bool creator;   // whether whoever created it may
};
std::span<const TaskTransition> TaskTransitions();

// The thing that a task is about.
struct TaskLink {
  std::string kind;  // a machine word: "user", "case"
  std::string id;
};
PRIVITY_DESCRIBE(TaskLink, (kind, id))
std::vector<FieldNote> FieldNotes(const TaskLink*);

// What its creator and managers decide; replaced as a whole by Tasks::Edit.
struct TaskContent {
  std::string title;
  std::string description;
  std::optional<UserId> assignee;
  std::optional<Instant> due;
  bool evidence_needed = false;
};
PRIVITY_DESCRIBE(TaskContent, (title, description, assignee, due, evidence_needed))
std::vector<FieldNote> FieldNotes(const TaskContent*);

struct NewTask {
  std::string kind = "task";
  std::optional<TaskLink> link = {};
  TaskContent content = {};
};
PRIVITY_DESCRIBE(NewTask, (kind, link, content))
std::vector<FieldNote> FieldNotes(const NewTask*);

struct Task {
  TaskId id;
  std::string kind;
  std::optional<TaskLink> link;
  TaskContent content;
  TaskState state = TaskState::kOpen;
  bool overdue = false;              // neither done nor cancelled, and past its due time
  std::optional<UserId> created_by;  // none: Privity itself, or an operator
  Instant created_at{};
  Instant changed_at{};
  std::optional<Instant> finished_at;  // since when it is done or cancelled
  std::int64_t evidence_count = 0;
  std::int64_t waits_for = 0;  // unfinished tasks that come first: until there is none, it is neither begun nor done
  std::int64_t version = 1;    // grows with every change
};
PRIVITY_DESCRIBE(Task, (id, kind, link, content, state, overdue, created_by, created_at, changed_at, finished_at,
                        evidence_count, waits_for, version))

// A task that comes before another one.
struct TaskPredecessor {
  TaskId id;
  std::string title;
  TaskState state = TaskState::kOpen;
};
PRIVITY_DESCRIBE(TaskPredecessor, (id, title, state))

// A playbook that is to be started.
struct NewPlaybookRun {
  std::string name;
  std::optional<UserId> assignee;
};
PRIVITY_DESCRIBE(NewPlaybookRun, (name, assignee))
std::vector<FieldNote> FieldNotes(const NewPlaybookRun*);

// The tasks of a playbook that was started; each is linked to it by {"playbook_run", id}.
struct PlaybookRun {
  PlaybookRunId id;
  std::vector<Task> tasks;  // in the order of the steps
};
PRIVITY_DESCRIBE(PlaybookRun, (id, tasks))

// Evidence in words. Evidence as a file arrives as that file.
struct NewTaskEvidence {
  std::string text;
};
PRIVITY_DESCRIBE(NewTaskEvidence, (text))
std::vector<FieldNote> FieldNotes(const NewTaskEvidence*);

// A stored file (room `files`) and what it was called where it came from.
struct TaskFile {
  std::string id;
  std::string name;
  std::int64_t size_bytes = 0;
};
PRIVITY_DESCRIBE(TaskFile, (id, name, size_bytes))

struct TaskEvidence {
  TaskEvidenceId id = {};
  std::optional<TaskFile> file = {};  // one of both
  std::optional<std::string> text = {};
  Actor added_by = {};
  Instant added_at{};
};
PRIVITY_DESCRIBE(TaskEvidence, (id, file, text, added_by, added_at))

struct NewTaskComment {
  std::string text;
};
PRIVITY_DESCRIBE(NewTaskComment, (text))
std::vector<FieldNote> FieldNotes(const NewTaskComment*);

enum class TaskEventKind { kCreated, kEdited, kMoved, kCommented, kEvidenceAdded };
PRIVITY_DESCRIBE_ENUM(TaskEventKind, kCreated, kEdited, kMoved, kCommented, kEvidenceAdded)

// One line of a task's history.
struct TaskEvent {
  TaskEventId id;
  TaskEventKind kind = TaskEventKind::kCreated;
  Instant at{};
  Actor actor;
  std::optional<TaskState> state;   // after a move
  std::optional<std::string> text;  // of a comment
};
PRIVITY_DESCRIBE(TaskEvent, (id, kind, at, actor, state, text))

}  // namespace privity
