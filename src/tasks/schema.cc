#include "tasks/tasks.h"

namespace privity {
namespace {

// `due` is the greatest bigint when there is none, so that lists order and page by (due, id) alone. `seq` orders the
// events of one task.
constexpr const char* kTables = R"sql(
CREATE TABLE task (
  id text PRIMARY KEY,
  kind text NOT NULL,
  link_kind text NOT NULL,
  link_id text NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  assignee text,
  due bigint NOT NULL,
  evidence_needed boolean NOT NULL,
  state text NOT NULL,
  created_by text,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  finished_at bigint,
  version bigint NOT NULL
);
CREATE INDEX task_by_due ON task (due, id);
CREATE INDEX task_by_assignee ON task (assignee, due, id);
CREATE INDEX task_by_creator ON task (created_by, due, id);
CREATE INDEX task_by_link ON task (link_id, due, id);
CREATE TABLE task_event (
  id text PRIMARY KEY,
  task text NOT NULL REFERENCES task (id),
  seq bigint NOT NULL,
  kind text NOT NULL,
  at bigint NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  state text,
  text text
);
CREATE UNIQUE INDEX task_event_in_order ON task_event (task, seq);
CREATE TABLE task_evidence (
  id text PRIMARY KEY,
  task text NOT NULL REFERENCES task (id),
  file text,
  file_name text,
  file_bytes bigint,
  text text,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  added_at bigint NOT NULL
);
CREATE INDEX task_evidence_of_task ON task_evidence (task, added_at, id);
)sql";

// Which task comes before which.
constexpr const char* kWaits = R"sql(
CREATE TABLE task_wait (
  task text NOT NULL REFERENCES task (id),
  waits_for text NOT NULL REFERENCES task (id),
  PRIMARY KEY (task, waits_for)
);
CREATE INDEX task_wait_by_first ON task_wait (waits_for);
)sql";

constexpr ActionInfo kActions[] = {
    {"tasks.task.created", "A task was created."},
    {"tasks.task.edited", "A task's text, assignee, due time or need of evidence was changed."},
    {"tasks.task.moved", "A task went from one state to another."},
    {"tasks.task.commented", "Somebody commented on a task."},
    {"tasks.evidence.added", "Evidence was added to a task."},
    {"tasks.evidence.opened", "Somebody opened a file that is evidence of a task."},
    {"tasks.playbook.started", "Somebody started a playbook; its steps became tasks."},
};

constexpr PermissionInfo kPermissions[] = {
    {"tasks.use", "Work on the tasks that you are assigned, and create tasks for yourself.", kEverybody},
    {"tasks.manage", "See, assign and change everybody's tasks.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
};

// done and cancelled are ends that can be taken back.
constexpr TaskTransition kTransitions[] = {
    {.from = TaskState::kOpen, .to = TaskState::kInProgress, .assignee = true, .creator = true},
    {.from = TaskState::kOpen, .to = TaskState::kDone, .assignee = true, .creator = true},
    {.from = TaskState::kOpen, .to = TaskState::kCancelled, .assignee = false, .creator = true},
    {.from = TaskState::kInProgress, .to = TaskState::kOpen, .assignee = true, .creator = true},
    {.from = TaskState::kInProgress, .to = TaskState::kDone, .assignee = true, .creator = true},
    {.from = TaskState::kInProgress, .to = TaskState::kCancelled, .assignee = false, .creator = true},
    {.from = TaskState::kDone, .to = TaskState::kOpen, .assignee = false, .creator = true},
    {.from = TaskState::kCancelled, .to = TaskState::kOpen, .assignee = false, .creator = true},
};

}  // namespace

std::vector<Migration> TasksMigrations() {
  return {{.room = "tasks", .version = 1, .name = "tasks, events, evidence", .sql = kTables},
          {.room = "tasks", .version = 2, .name = "which task waits for which", .sql = kWaits}};
}
std::span<const ActionInfo> TasksActions() {
  return kActions;
}
std::span<const PermissionInfo> TasksPermissions() {
  return kPermissions;
}
std::span<const TaskTransition> TaskTransitions() {
  return kTransitions;
}

}  // namespace privity
