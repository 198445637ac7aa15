#include "app/application.h"
#include "http/content.h"
#include "server/file_response.h"
#include "server/paging.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct TaskPath {
  TaskId id;
};
PRIVITY_DESCRIBE(TaskPath, (id))

struct EvidencePath {
  TaskId id;
  TaskEvidenceId evidence;
};
PRIVITY_DESCRIBE(EvidencePath, (id, evidence))

struct TaskQuery {
  std::optional<UserId> assignee;
  std::optional<TaskState> state;
  bool overdue = false;
  std::optional<PlaybookRunId> playbook_run;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(TaskQuery, (assignee, state, overdue, playbook_run, cursor, limit))
std::vector<FieldNote> FieldNotes(const TaskQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "assignee", .description = "Whose tasks."});
  notes.push_back({.name = "state", .description = "Only tasks in this state."});
  notes.push_back({.name = "overdue", .description = "Only unfinished tasks past their due time.", .defaulted = true});
  notes.push_back({.name = "playbook_run", .description = "Only tasks of this playbook that was started."});
  return notes;
}

struct TaskMove {
  TaskState state = TaskState::kInProgress;
};
PRIVITY_DESCRIBE(TaskMove, (state))
std::vector<FieldNote> FieldNotes(const TaskMove*) {
  return {{.name = "state", .description = "Where the task goes from here."}};
}

struct TaskEvents {
  std::vector<TaskEvent> items;
};
PRIVITY_DESCRIBE(TaskEvents, (items))

struct TaskEvidenceList {
  std::vector<TaskEvidence> items;
};
PRIVITY_DESCRIBE(TaskEvidenceList, (items))

// What a caller sees and changes beyond his own tasks, the room decides by "tasks.manage".
constexpr Access kUse = Access::Permission("tasks.use");

Reply<Task> WithVersion(Task task) {
  const std::int64_t version = task.version;
  return Versioned(std::move(task), version);
}

void AddLists(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/tasks",
              .id = "tasks.list",
              .access = kUse,
              .summary = "Tasks, the one due first in front"},
             [application](ReadTx& tx, const Call<Nothing, TaskQuery>& call) -> Result<Page<Task>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               TaskFilter filter{.assignee = call.query.assignee,
                                 .overdue_only = call.query.overdue,
                                 .cursor = position.value_or(""),
                                 .limit = static_cast<int>(call.query.limit)};
               if (call.query.state) filter.states = {*call.query.state};
               if (const auto& run = call.query.playbook_run) filter.link = TaskLink{"playbook_run", run->ToString()};
               PRIVITY_TRY(TaskPage page, application->tasks().List(tx, call.caller(), filter));
               return Page<Task>{std::move(page.items), std::move(page.next_cursor)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/tasks/waiting",
              .id = "tasks.waiting",
              .access = kUse,
              .summary = "How many tasks wait for oneself"},
             [application](ReadTx& tx, const Call<>& call) -> Result<TaskCounts> {
               return application->tasks().Waiting(tx, call.caller());
             });
  routes.Add({.method = "GET",
              .path = "/v1/tasks/{id}/history",
              .id = "tasks.history",
              .access = kUse,
              .summary = "What happened to a task"},
             [application](ReadTx& tx, const Call<TaskPath>& call) -> Result<TaskEvents> {
               PRIVITY_TRY(auto items, application->tasks().History(tx, call.caller(), call.path.id));
               return TaskEvents{std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/tasks/{id}/predecessors",
              .id = "tasks.predecessors",
              .access = kUse,
              .summary = "What a task waits for"},
             [application](ReadTx& tx, const Call<TaskPath>& call) -> Result<List<TaskPredecessor>> {
               PRIVITY_TRY(auto items, application->tasks().Predecessors(tx, call.caller(), call.path.id));
               return List<TaskPredecessor>{std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/tasks/{id}/evidence",
              .id = "tasks.evidence",
              .access = kUse,
              .summary = "The evidence of a task"},
             [application](ReadTx& tx, const Call<TaskPath>& call) -> Result<TaskEvidenceList> {
               PRIVITY_TRY(auto items, application->tasks().Evidence(tx, call.caller(), call.path.id));
               return TaskEvidenceList{std::move(items)};
             });
}

void AddChanges(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/tasks",
              .id = "tasks.create",
              .access = kUse,
              .summary = "Create a task",
              .status = 201},
             [application](WriteTx& tx, const Call<Nothing, Nothing, NewTask>& call) -> Result<Reply<Task>> {
               PRIVITY_TRY(Task task, application->tasks().Create(tx, call.caller(), call.body));
               std::string location = "/v1/tasks/" + task.id.ToString();
               const std::int64_t version = task.version;
               return CreatedAt(std::move(task), std::move(location), version);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/tasks/{id}",
              .id = "tasks.edit",
              .access = kUse,
              .summary = "Replace a task's content"},
             [application](WriteTx& tx, const Call<TaskPath, Nothing, TaskContent>& call) -> Result<Reply<Task>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(Task task, application->tasks().Edit(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(task));
             });
  routes.Add({.method = "POST",
              .path = "/v1/tasks/{id}/move",
              .id = "tasks.move",
              .access = kUse,
              .summary = "Take a task to another state"},
             [application](WriteTx& tx, const Call<TaskPath, Nothing, TaskMove>& call) -> Result<Reply<Task>> {
               PRIVITY_TRY(Task task, application->tasks().Move(tx, call.caller(), call.path.id, call.body.state));
               return WithVersion(std::move(task));
             });
  routes.Add({.method = "POST",
              .path = "/v1/tasks/{id}/comments",
              .id = "tasks.comment",
              .access = kUse,
              .summary = "Comment on a task",
              .status = 201},
             [application](WriteTx& tx, const Call<TaskPath, Nothing, NewTaskComment>& call) -> Result<TaskEvent> {
               return application->tasks().Comment(tx, call.caller(), call.path.id, call.body);
             });
  routes.Add({.method = "POST",
              .path = "/v1/tasks/{id}/evidence",
              .id = "tasks.add_evidence",
              .access = kUse,
              .summary = "Add evidence to a task",
              .status = 201},
             [application](WriteTx& tx, const Call<TaskPath, Nothing, NewTaskEvidence>& call) -> Result<TaskEvidence> {
               return application->tasks().AddEvidence(tx, call.caller(), call.path.id, call.body);
             });
}

// A file that becomes evidence when all of it has arrived.
class EvidenceUpload final : public Upload<TaskEvidence> {
 public:
  EvidenceUpload(Application& application, Caller caller, const TaskId& task, std::string name, FileWriter writer)
      : application_(application),
        caller_(std::move(caller)),
        task_(task),
        name_(std::move(name)),
        writer_(std::move(writer)) {}

  Status Write(BytesView piece) override { return writer_.Write(piece); }
  Result<TaskEvidence> Finish() override {
    PRIVITY_TRY(const FinishedFile file, writer_.Finish());
    return application_.store().Write([&](WriteTx& tx) -> Result<TaskEvidence> {
      PRIVITY_TRY_VOID(application_.files().Keep(tx, file));
      return application_.tasks().AddFile(tx, caller_, task_,
                                          {.id = file.id.ToString(), .name = name_, .size_bytes = file.size_bytes});
    });
  }

 private:
  Application& application_;
  const Caller caller_;
  const TaskId task_;
  const std::string name_;
  FileWriter writer_;
};

void AddFiles(RouteTable& routes, Application* application) {
  routes.Add(
      {.method = "POST",
       .path = "/v1/tasks/{id}/evidence/files",
       .id = "tasks.add_file",
       .access = kUse,
       .summary = "Add a file to the evidence of a task",
       .status = 201,
       .body_bytes_max = application != nullptr ? static_cast<std::uint64_t>(application->files().bytes_max()) : 0,
       .command = "tasks attach"},
      [application](const Call<TaskPath>& call) -> Result<std::unique_ptr<Upload<TaskEvidence>>> {
        PRIVITY_TRY(std::string name, call.FileName());
        PRIVITY_TRY_VOID(application->store().Read(
            [&](ReadTx& tx) { return application->tasks().CheckTakesEvidence(tx, call.caller(), call.path.id); }));
        PRIVITY_TRY(FileWriter writer, application->files().Create({}));
        return std::make_unique<EvidenceUpload>(*application, call.caller(), call.path.id, std::move(name),
                                                std::move(writer));
      });
  routes.Add({.method = "GET",
              .path = "/v1/tasks/{id}/evidence/{evidence}/file",
              .id = "tasks.file",
              .access = kUse,
              .summary = "A file among the evidence of a task",
              .description = "The ledger records that it was opened.",
              .media_type = "application/octet-stream",
              .command = "tasks download"},
             [application](WriteTx& tx, const Call<EvidencePath>& call) -> Result<Response> {
               PRIVITY_TRY(const TaskFile file,
                           application->tasks().OpenFile(tx, call.caller(), call.path.id, call.path.evidence));
               PRIVITY_TRY(const FileId id, FileId::Parse(file.id));
               PRIVITY_TRY(FileReader reader, application->files().Read(tx, id));
               return FileResponse(std::move(reader), file.name);
             });
}

}  // namespace

void AddTaskRoutes(RouteTable& routes, Application* application) {
  AddLists(routes, application);
  routes.Add({.method = "GET", .path = "/v1/tasks/{id}", .id = "tasks.get", .access = kUse, .summary = "One task"},
             [application](ReadTx& tx, const Call<TaskPath>& call) -> Result<Reply<Task>> {
               PRIVITY_TRY(Task task, application->tasks().Get(tx, call.caller(), call.path.id));
               return WithVersion(std::move(task));
             });
  AddChanges(routes, application);
  AddFiles(routes, application);
}

}  // namespace privity
