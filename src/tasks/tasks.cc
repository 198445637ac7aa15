#include "tasks/tasks.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/bytes.h"
#include "store/where.h"

namespace privity {
namespace {

constexpr std::string_view kManage = "tasks.manage";
constexpr std::int64_t kNoDue = std::numeric_limits<std::int64_t>::max();

constexpr std::string_view kSelect =
    "SELECT id, kind, link_kind, link_id, title, description, assignee, due, evidence_needed, state, created_by, "
    "created_at, changed_at, finished_at, version, "
    "(SELECT count(*) FROM task_evidence WHERE task_evidence.task = task.id), "
    "(SELECT count(*) FROM task_wait JOIN task AS first ON first.id = task_wait.waits_for WHERE task_wait.task = "
    "task.id AND first.state IN ('open', 'in_progress')) FROM task ";

bool IsFinished(TaskState state) {
  return state == TaskState::kDone || state == TaskState::kCancelled;
}

std::int64_t DueColumn(const std::optional<Instant>& due) {
  return due ? ToMicros(*due) : kNoDue;
}

Result<Task> ToTask(const Row& row, Instant now) {
  PRIVITY_TRY(const TaskState state, ParseEnum<TaskState>(row.Get<std::string>(9)));
  Task task;
  task.id = row.Get<TaskId>(0);
  task.kind = row.Get<std::string>(1);
  if (std::string kind = row.Get<std::string>(2); !kind.empty()) {
    task.link = TaskLink{.kind = std::move(kind), .id = row.Get<std::string>(3)};
  }
  const auto due = row.Get<std::int64_t>(7);
  task.content = {.title = row.Get<std::string>(4),
                  .description = row.Get<std::string>(5),
                  .assignee = row.Get<std::optional<UserId>>(6),
                  .due = due == kNoDue ? std::nullopt : std::optional(FromMicros(due)),
                  .evidence_needed = row.Get<bool>(8)};
  task.state = state;
  task.overdue = !IsFinished(state) && due < ToMicros(now);
  task.created_by = row.Get<std::optional<UserId>>(10);
  task.created_at = row.Get<Instant>(11);
  task.changed_at = row.Get<Instant>(12);
  task.finished_at = row.Get<std::optional<Instant>>(13);
  task.version = row.Get<std::int64_t>(14);
  task.evidence_count = row.Get<std::int64_t>(15);
  task.waits_for = row.Get<std::int64_t>(16);
  return task;
}

Result<Actor> ToActor(std::string_view kind, std::string id) {
  PRIVITY_TRY(const ActorKind parsed, ParseEnum<ActorKind>(kind));
  return Actor{.kind = parsed, .id = std::move(id)};
}

// From the columns file, file_name, file_bytes, which begin at `column`.
std::optional<TaskFile> FileFrom(const Row& row, std::size_t column) {
  auto id = row.Get<std::optional<std::string>>(column);
  if (!id) return std::nullopt;
  return TaskFile{
      .id = *std::move(id), .name = row.Get<std::string>(column + 1), .size_bytes = row.Get<std::int64_t>(column + 2)};
}

bool IsManager(const Caller& caller) {
  return caller.May(kManage);
}
bool IsCreator(const Caller& caller, const Task& task) {
  return caller.user && task.created_by == caller.user;
}
bool IsAssignee(const Caller& caller, const Task& task) {
  return caller.user && task.content.assignee == caller.user;
}

Error NotYours() {
  return Error("tasks.not_yours");
}

// Where the next page begins: behind this (due, id).
struct Position {
  std::int64_t due = 0;
  std::string id;
};

std::string FormatCursor(const Task& last) {
  return Base64UrlEncode(AsBytes(std::to_string(DueColumn(last.content.due)) + " " + last.id.ToString()));
}

Result<Position> ParseCursor(std::string_view cursor) {
  const Error invalid("tasks.cursor_invalid");
  const Result<Bytes> bytes = Base64UrlDecode(cursor);
  if (!bytes.ok()) return invalid;
  const std::string text(AsText(*bytes));
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return invalid;
  const Result<TaskId> id = TaskId::Parse(text.substr(space + 1));
  const Result<Json> due = ParseJson(text.substr(0, space));
  if (!id.ok() || !due.ok() || due->integer() == nullptr) return invalid;
  return Position{.due = *due->integer(), .id = id->ToString()};
}

void AndStates(const std::vector<TaskState>& states, Where& where) {
  if (states.empty()) return;
  std::string list;
  for (const TaskState state : states) list += (list.empty() ? "" : ", ") + where.Parameter(EnumText(state));
  where.And("state IN (" + list + ")");
}

// What the caller may see at all.
void AndVisible(const Caller& caller, Where& where) {
  if (IsManager(caller)) return;
  const std::string me = where.Parameter(caller.user ? caller.user->ToString() : "");
  where.And("(assignee = " + me + " OR created_by = " + me + ")");
}

constexpr std::string_view kUnfinished = "state IN ('open', 'in_progress')";

}  // namespace

// What is recorded of a change: in the history with its words, in the ledger without them.
struct Tasks::Change {
  TaskEventKind kind;
  std::string_view action;
  std::optional<TaskState> state = {};
  std::optional<std::string> text = {};
  Details details = {};
};

Result<Task> Tasks::Create(WriteTx& tx, const Caller& caller, const NewTask& task) const {
  const bool for_oneself = caller.user && task.content.assignee == caller.user;
  if (!IsManager(caller) && !for_oneself) return NotYours();
  const bool words = Word::Parse(task.kind).ok() &&
                     (!task.link || (Word::Parse(task.link->kind).ok() && Word::Parse(task.link->id).ok()));
  if (!words) return Error("tasks.link_invalid");
  PRIVITY_TRY_VOID(CheckAssignee(tx, task.content.assignee, "/content/assignee"));
  return Make(tx, caller, task);
}

Status Tasks::CheckAssignee(ReadTx& tx, const std::optional<UserId>& assignee, std::string path) const {
  if (!assignee) return Ok();
  const Status found = find_person_(tx, *assignee);
  if (!found.ok() && found.error().Is("identity.user_unknown")) {
    return Error("identity.user_unknown", {{"path", std::move(path)}});
  }
  return found;
}

Result<Task> Tasks::Make(WriteTx& tx, const Caller& caller, const NewTask& task) const {
  const Instant now = clock_.Now();
  Task created;
  created.id = TaskId::New(clock_);
  created.kind = task.kind;
  created.link = task.link;
  created.content = task.content;
  created.overdue = task.content.due && *task.content.due < now;
  created.created_by = caller.user;
  created.created_at = created.changed_at = now;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO task (id, kind, link_kind, link_id, title, description, assignee, due, evidence_needed, state, "
      "created_by, created_at, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)",
      {created.id, task.kind, task.link ? task.link->kind : "", task.link ? task.link->id : "", task.content.title,
       task.content.description, task.content.assignee, DueColumn(task.content.due), task.content.evidence_needed,
       EnumText(TaskState::kOpen), caller.user, now}));
  Change change{.kind = TaskEventKind::kCreated, .action = "tasks.task.created"};
  if (task.content.assignee) change.details.Add("assignee", *task.content.assignee);
  PRIVITY_TRY_VOID(Record(tx, caller, created, change));
  return created;
}

Result<Task> Tasks::Find(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY(const std::optional<Row> row, tx.QueryOne(std::string(kSelect) + "WHERE id = $1", {id}));
  if (!row) return Error("tasks.task_unknown");
  PRIVITY_TRY(Task task, ToTask(*row, clock_.Now()));
  if (!IsManager(caller) && !IsCreator(caller, task) && !IsAssignee(caller, task)) return Error("tasks.task_unknown");
  return task;
}

Result<Task> Tasks::FindToChange(ReadTx& tx, const Caller& caller, const TaskId& id,
                                 std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(Task task, Find(tx, caller, id));
  if (expected_version && *expected_version != task.version) return Error("tasks.changed_meanwhile");
  return task;
}

Result<Task> Tasks::Get(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  return Find(tx, caller, id);
}

Result<TaskPage> Tasks::List(ReadTx& tx, const Caller& caller, const TaskFilter& filter) const {
  const int limit = std::clamp(filter.limit, 1, kTaskPageMax);
  const Instant now = clock_.Now();
  Where where;
  AndVisible(caller, where);
  AndStates(filter.states, where);
  if (filter.assignee) where.And("assignee = " + where.Parameter(*filter.assignee));
  if (!filter.kind.empty()) where.And("kind = " + where.Parameter(filter.kind));
  if (filter.link) {
    where.And("link_kind = " + where.Parameter(filter.link->kind));
    where.And("link_id = " + where.Parameter(filter.link->id));
  }
  if (filter.due_from) where.And("due >= " + where.Parameter(*filter.due_from));
  if (filter.due_until) where.And("due < " + where.Parameter(*filter.due_until));
  if (filter.overdue_only) {
    where.And(std::string(kUnfinished));
    where.And("due < " + where.Parameter(now));
  }
  if (!filter.cursor.empty()) {
    PRIVITY_TRY(const Position after, ParseCursor(filter.cursor));
    const std::string due = where.Parameter(after.due);
    where.And("(due > " + due + " OR (due = " + due + " AND id > " + where.Parameter(after.id) + "))");
  }
  const std::string one_more = where.Parameter(limit + 1);  // tells whether there is another page
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY due, id LIMIT " + one_more, where.values()));
  TaskPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_cursor = FormatCursor(page.items.back());
      break;
    }
    PRIVITY_TRY(Task task, ToTask(row, now));
    page.items.push_back(std::move(task));
  }
  return page;
}

Result<TaskCounts> Tasks::Waiting(ReadTx& tx, const Caller& caller) const {
  if (!caller.user) return TaskCounts{};
  PRIVITY_TRY(const std::optional<Row> row,
              tx.QueryOne("SELECT count(*), coalesce(sum(CASE WHEN due < $2 THEN 1 ELSE 0 END), 0) FROM task "
                          "WHERE assignee = $1 AND " +
                              std::string(kUnfinished),
                          {*caller.user, clock_.Now()}));
  return TaskCounts{.unfinished = row->Get<std::int64_t>(0), .overdue = row->Get<std::int64_t>(1)};
}

Result<Task> Tasks::Edit(WriteTx& tx, const Caller& caller, const TaskId& id, const TaskContent& content,
                         std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Task task, FindToChange(tx, caller, id, expected_version));
  if (!IsManager(caller) && !IsCreator(caller, task)) return NotYours();
  // Only a manager gives work to others.
  if (!IsManager(caller) && content.assignee != task.content.assignee && content.assignee != caller.user) {
    return NotYours();
  }
  if (IsFinished(task.state)) return Error("tasks.finished");
  // Somebody who was removed meanwhile stays what the task says until it is given to somebody else.
  if (content.assignee != task.content.assignee) {
    PRIVITY_TRY_VOID(CheckAssignee(tx, content.assignee, "/assignee"));
  }
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE task SET title = $2, description = $3, assignee = $4, due = $5, evidence_needed = $6 WHERE id = $1",
      {id, content.title, content.description, content.assignee, DueColumn(content.due), content.evidence_needed}));
  PRIVITY_TRY_VOID(Touch(tx, task));
  Change change{.kind = TaskEventKind::kEdited, .action = "tasks.task.edited"};
  if (content.assignee != task.content.assignee) {
    if (content.assignee) change.details.Add("assignee", *content.assignee);
    if (task.content.assignee) change.details.Add("assignee_before", *task.content.assignee);
  }
  if (content.due && content.due != task.content.due) change.details.Add("due", *content.due);
  PRIVITY_TRY_VOID(Record(tx, caller, task, change));
  return Find(tx, caller, id);
}

Result<Task> Tasks::Move(WriteTx& tx, const Caller& caller, const TaskId& id, TaskState to,
                         std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Task task, FindToChange(tx, caller, id, expected_version));
  const auto step = std::ranges::find_if(TaskTransitions(),
                                         [&](const TaskTransition& t) { return t.from == task.state && t.to == to; });
  if (step == TaskTransitions().end()) {
    return Error("tasks.no_such_step",
                 {{"from", std::string(EnumText(task.state))}, {"to", std::string(EnumText(to))}});
  }
  const bool allowed =
      IsManager(caller) || (step->assignee && IsAssignee(caller, task)) || (step->creator && IsCreator(caller, task));
  if (!allowed) return NotYours();
  if (task.waits_for > 0 && (to == TaskState::kInProgress || to == TaskState::kDone)) {
    return Error("tasks.waits_for", {{"count", std::to_string(task.waits_for)}});
  }
  if (to == TaskState::kDone && task.content.evidence_needed && task.evidence_count == 0) {
    return Error("tasks.evidence_missing");
  }
  const std::optional<Instant> finished = IsFinished(to) ? std::optional(clock_.Now()) : std::nullopt;
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE task SET state = $2, finished_at = $3 WHERE id = $1", {id, EnumText(to), finished}));
  PRIVITY_TRY_VOID(Touch(tx, task));
  PRIVITY_TRY(const Word from_word, Word::Parse(EnumText(task.state)));
  PRIVITY_TRY(const Word to_word, Word::Parse(EnumText(to)));
  PRIVITY_TRY_VOID(Record(tx, caller, task,
                          {.kind = TaskEventKind::kMoved,
                           .action = "tasks.task.moved",
                           .state = to,
                           .details = Details().Add("from", from_word).Add("to", to_word)}));
  return Find(tx, caller, id);
}

Result<PlaybookRun> Tasks::Start(WriteTx& tx, const Caller& caller, const Playbook& playbook, const NewPlaybookRun& run,
                                 const WorkingDays& working_days, const TimeZone& zone) const {
  if (!IsManager(caller)) return NotYours();
  PRIVITY_TRY_VOID(CheckAssignee(tx, run.assignee, "/assignee"));
  PlaybookRun started{.id = PlaybookRunId::New(clock_), .tasks = {}};
  PRIVITY_TRY(const Word name, Word::Parse(playbook.pack.id));
  PRIVITY_TRY(const Word version, Word::Parse(playbook.pack.version.ToString()));
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = "tasks.playbook.started",
                                       .actor = caller.actor,
                                       .object_kind = "playbook_run",
                                       .object_id = started.id.ToString(),
                                       .details = Details().Add("playbook", name).Add("version", version),
                                       .request_id = caller.request_id}));
  const Instant now = clock_.Now();
  std::map<std::string_view, TaskId> made;
  for (const PlaybookStep& step : playbook.steps) {
    PRIVITY_TRY(Task task, Make(tx, caller,
                                {.kind = "playbook_step",
                                 .link = TaskLink{.kind = "playbook_run", .id = started.id.ToString()},
                                 .content = {.title = run.name + ": " + step.title,
                                             .description = step.description,
                                             .assignee = run.assignee,
                                             .due = DueOf(step, now, working_days, zone),
                                             .evidence_needed = step.evidence_needed}}));
    for (const std::string& first : step.after) {
      PRIVITY_TRY_VOID(
          tx.Execute("INSERT INTO task_wait (task, waits_for) VALUES ($1, $2)", {task.id, made.at(first)}));
    }
    task.waits_for = static_cast<std::int64_t>(step.after.size());
    made.emplace(step.id, task.id);
    started.tasks.push_back(std::move(task));
  }
  return started;
}

Result<std::vector<TaskPredecessor>> Tasks::Predecessors(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY_VOID(Find(tx, caller, id));
  PRIVITY_TRY(
      const std::vector<Row> rows,
      tx.Query("SELECT id, title, state FROM task WHERE id IN (SELECT waits_for FROM task_wait WHERE task = $1) "
               "ORDER BY created_at, id",
               {id}));
  std::vector<TaskPredecessor> predecessors;
  for (const Row& row : rows) {
    PRIVITY_TRY(const TaskState state, ParseEnum<TaskState>(row.Get<std::string>(2)));
    predecessors.push_back({.id = row.Get<TaskId>(0), .title = row.Get<std::string>(1), .state = state});
  }
  return predecessors;
}

Result<std::vector<Task>> Tasks::Successors(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY_VOID(Find(tx, caller, id));
  Where where;
  AndVisible(caller, where);
  where.And("id IN (SELECT task FROM task_wait WHERE waits_for = " + where.Parameter(id) + ")");
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY created_at, id", where.values()));
  std::vector<Task> successors;
  for (const Row& row : rows) {
    PRIVITY_TRY(successors.emplace_back(), ToTask(row, clock_.Now()));
  }
  return successors;
}

Result<TaskEvent> Tasks::Comment(WriteTx& tx, const Caller& caller, const TaskId& id,
                                 const NewTaskComment& comment) const {
  PRIVITY_TRY(const Task task, Find(tx, caller, id));
  PRIVITY_TRY_VOID(Touch(tx, task));
  return Record(tx, caller, task,
                {.kind = TaskEventKind::kCommented, .action = "tasks.task.commented", .text = comment.text});
}

Result<Task> Tasks::FindForEvidence(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY(Task task, Find(tx, caller, id));
  if (IsFinished(task.state)) return Error("tasks.finished");
  if (task.evidence_count >= kTaskEvidenceMax) {
    return Error("tasks.evidence_full", {{"maximum", std::to_string(kTaskEvidenceMax)}});
  }
  return task;
}

Status Tasks::CheckTakesEvidence(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY_VOID(FindForEvidence(tx, caller, id));
  return Ok();
}

Result<TaskEvidence> Tasks::AddEvidence(WriteTx& tx, const Caller& caller, const TaskId& id,
                                        const NewTaskEvidence& evidence) const {
  PRIVITY_TRY(const Task task, FindForEvidence(tx, caller, id));
  return Add(tx, caller, task, {.text = evidence.text});
}

Result<TaskEvidence> Tasks::AddFile(WriteTx& tx, const Caller& caller, const TaskId& id, const TaskFile& file) const {
  PRIVITY_TRY(const Task task, FindForEvidence(tx, caller, id));
  return Add(tx, caller, task, {.file = file});
}

Result<TaskEvidence> Tasks::Add(WriteTx& tx, const Caller& caller, const Task& task, TaskEvidence added) const {
  added.id = TaskEvidenceId::New(clock_);
  added.added_by = caller.actor;
  added.added_at = clock_.Now();
  const auto& file = added.file;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO task_evidence (id, task, file, file_name, file_bytes, text, actor_kind, actor_id, added_at) VALUES "
      "($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {added.id, task.id, file ? std::optional(file->id) : std::nullopt,
       file ? std::optional(file->name) : std::nullopt, file ? std::optional(file->size_bytes) : std::nullopt,
       added.text, EnumText(caller.actor.kind), caller.actor.id, added.added_at}));
  PRIVITY_TRY_VOID(Touch(tx, task));
  PRIVITY_TRY_VOID(Record(tx, caller, task,
                          {.kind = TaskEventKind::kEvidenceAdded,
                           .action = "tasks.evidence.added",
                           .details = Details().Add("evidence", added.id).Add("is_file", file.has_value())}));
  return added;
}

Result<std::vector<TaskEvidence>> Tasks::Evidence(ReadTx& tx, const Caller& caller, const TaskId& id) const {
  PRIVITY_TRY_VOID(Find(tx, caller, id));
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT id, file, file_name, file_bytes, text, actor_kind, actor_id, added_at FROM "
                       "task_evidence WHERE task = $1 ORDER BY added_at, id",
                       {id}));
  std::vector<TaskEvidence> all;
  for (const Row& row : rows) {
    PRIVITY_TRY(Actor actor, ToActor(row.Get<std::string>(5), row.Get<std::string>(6)));
    all.push_back({.id = row.Get<TaskEvidenceId>(0),
                   .file = FileFrom(row, 1),
                   .text = row.Get<std::optional<std::string>>(4),
                   .added_by = std::move(actor),
                   .added_at = row.Get<Instant>(7)});
  }
  return all;
}

Result<TaskFile> Tasks::OpenFile(WriteTx& tx, const Caller& caller, const TaskId& id,
                                 const TaskEvidenceId& evidence) const {
  PRIVITY_TRY(const Task task, Find(tx, caller, id));
  PRIVITY_TRY(
      const std::optional<Row> row,
      tx.QueryOne("SELECT file, file_name, file_bytes FROM task_evidence WHERE id = $1 AND task = $2", {evidence, id}));
  const std::optional<TaskFile> file = row ? FileFrom(*row, 0) : std::nullopt;
  if (!file) return Error("tasks.evidence_unknown");
  Entry entry{.action = "tasks.evidence.opened",
              .actor = caller.actor,
              .object_kind = "task",
              .object_id = task.id.ToString(),
              .request_id = caller.request_id};
  entry.details.Add("evidence", evidence);
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return *file;
}

Result<std::vector<TaskEvent>> Tasks::History(ReadTx& tx, const Caller& caller, const TaskId& id,
                                              std::string_view after) const {
  PRIVITY_TRY_VOID(Find(tx, caller, id));
  PRIVITY_TRY(
      const std::vector<Row> rows,
      tx.Query("SELECT id, kind, at, actor_kind, actor_id, state, text FROM task_event WHERE task = $1 AND "
               "seq > coalesce((SELECT seq FROM task_event WHERE id = $2 AND task = $1), 0) ORDER BY seq LIMIT $3",
               {id, after, kTaskHistoryPageMax}));
  std::vector<TaskEvent> events;
  for (const Row& row : rows) {
    TaskEvent event;
    event.id = row.Get<TaskEventId>(0);
    event.at = row.Get<Instant>(2);
    event.text = row.Get<std::optional<std::string>>(6);
    PRIVITY_TRY(event.kind, ParseEnum<TaskEventKind>(row.Get<std::string>(1)));
    PRIVITY_TRY(event.actor, ToActor(row.Get<std::string>(3), row.Get<std::string>(4)));
    if (const auto state = row.Get<std::optional<std::string>>(5)) {
      PRIVITY_TRY(event.state, ParseEnum<TaskState>(*state));
    }
    events.push_back(std::move(event));
  }
  return events;
}

// The next version. The row was read in this transaction, which is serializable: nobody came between.
Status Tasks::Touch(WriteTx& tx, const Task& task) const {
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE task SET changed_at = $2, version = version + 1 WHERE id = $1", {task.id, clock_.Now()}));
  return Ok();
}

Result<TaskEvent> Tasks::Record(WriteTx& tx, const Caller& caller, const Task& task, const Change& change) const {
  const TaskEvent event{.id = TaskEventId::New(clock_),
                        .kind = change.kind,
                        .at = clock_.Now(),
                        .actor = caller.actor,
                        .state = change.state,
                        .text = change.text};
  const std::optional<std::string> state =
      change.state ? std::optional<std::string>(EnumText(*change.state)) : std::nullopt;
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO task_event (id, task, seq, kind, at, actor_kind, actor_id, state, text) VALUES ($1, $2, "
                 "(SELECT coalesce(max(seq), 0) + 1 FROM task_event WHERE task = $2), $3, $4, $5, $6, $7, $8)",
                 {event.id, task.id, EnumText(change.kind), event.at, EnumText(caller.actor.kind), caller.actor.id,
                  state, change.text}));
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = std::string(change.action),
                                       .actor = caller.actor,
                                       .object_kind = "task",
                                       .object_id = task.id.ToString(),
                                       .details = change.details,
                                       .request_id = caller.request_id}));
  return event;
}

}  // namespace privity
