#include "tasks/tasks.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "store/testing/test_store.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class TasksTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    auto all = LedgerMigrations();
    for (auto& migration : TasksMigrations()) all.push_back(std::move(migration));
    return all;
  }
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    actions_.Register(TasksActions());
    ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
    tasks_ = std::make_unique<Tasks>(*ledger_, clock(), [this](ReadTx&, const UserId& id) -> Status {
      return people_.contains(id) ? Ok() : Status(Error("identity.user_unknown"));
    });
    manager_ = Person({"tasks.use", "tasks.manage"});
    ada_ = Person({"tasks.use"});
    ben_ = Person({"tasks.use"});
  }
  void TearDown() override {
    tasks_.reset();
    ledger_.reset();
    StoreTest::TearDown();
  }
  Caller Person(PermissionSet permissions) {
    Caller caller;
    caller.user = *people_.insert(UserId::NewRandom()).first;
    caller.actor = {.kind = ActorKind::kUser, .id = caller.user->ToString()};
    caller.permissions = std::move(permissions);
    caller.request_id = "req-1";
    return caller;
  }
  // Due so many days from now; nobody's when `days` is 0.
  TaskContent Content(std::string title, const Caller& assignee, int days = 0) {
    TaskContent content{.title = std::move(title), .description = "", .assignee = assignee.user, .due = {}};
    if (days != 0) content.due = clock().Now() + std::chrono::days(days);
    return content;
  }
  Result<Task> Create(const Caller& caller, NewTask task) {
    clock().Advance(std::chrono::milliseconds(2));
    return store().Write([&](WriteTx& tx) { return tasks_->Create(tx, caller, task); });
  }
  TaskId Created(const Caller& caller, TaskContent content) {
    const auto task = Create(caller, {.content = std::move(content)});
    EXPECT_TRUE(task.ok()) << task.error().DebugString();
    return task->id;
  }
  Result<Task> Get(const Caller& caller, const TaskId& id) {
    return store().Read([&](ReadTx& tx) { return tasks_->Get(tx, caller, id); });
  }
  Result<Task> Move(const Caller& caller, const TaskId& id, TaskState to) {
    return store().Write([&](WriteTx& tx) { return tasks_->Move(tx, caller, id, to); });
  }
  Result<Task> Edit(const Caller& caller, const TaskId& id, TaskContent content,
                    std::optional<std::int64_t> version = {}) {
    return store().Write([&](WriteTx& tx) { return tasks_->Edit(tx, caller, id, content, version); });
  }
  Result<PlaybookRun> Start(const Caller& caller, const Playbook& playbook, const NewPlaybookRun& run) {
    return store().Write(
        [&](WriteTx& tx) { return tasks_->Start(tx, caller, playbook, run, WorkingDays(), TimeZone()); });
  }
  Result<TaskEvidence> AddFile(const Caller& caller, const TaskId& id, TaskFile file) {
    clock().Advance(std::chrono::milliseconds(2));
    return store().Write([&](WriteTx& tx) { return tasks_->AddFile(tx, caller, id, file); });
  }
  Result<TaskEvidence> AddEvidence(const Caller& caller, const TaskId& id, NewTaskEvidence evidence) {
    clock().Advance(std::chrono::milliseconds(2));
    return store().Write([&](WriteTx& tx) { return tasks_->AddEvidence(tx, caller, id, evidence); });
  }
  Result<TaskEvent> Comment(const Caller& caller, const TaskId& id, std::string text) {
    return store().Write([&](WriteTx& tx) { return tasks_->Comment(tx, caller, id, {.text = text}); });
  }
  std::vector<TaskEvent> History(const Caller& caller, const TaskId& id) {
    return store().Read([&](ReadTx& tx) { return tasks_->History(tx, caller, id); }).value();
  }
  std::vector<std::string> Titles(const Caller& caller, TaskFilter filter = {}) {
    const TaskPage page = store().Read([&](ReadTx& tx) { return tasks_->List(tx, caller, filter); }).value();
    std::vector<std::string> titles;
    for (const Task& task : page.items) titles.push_back(task.content.title);
    return titles;
  }
  std::vector<std::string> Recorded() {
    const auto rows =
        store().Read([](ReadTx& tx) { return tx.Query("SELECT body FROM ledger_staged ORDER BY at, seq"); }).value();
    std::vector<std::string> bodies;
    for (const Row& row : rows) bodies.push_back(row.Get<std::string>(0));
    return bodies;
  }
  void Leaves(const Caller& person) { people_.erase(*person.user); }
  Tasks& tasks() { return *tasks_; }
  Caller manager_, ada_, ben_;

 private:
  std::set<UserId> people_;  // who exists
  ActionRegistry actions_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Tasks> tasks_;
};
PRIVITY_ON_EVERY_STORE(TasksTest);

TEST_P(TasksTest, KeepsWhatItWasGiven) {
  const TaskContent content{.title = "Renew the contract",
                            .description = "With the mail provider.",
                            .assignee = ada_.user,
                            .due = clock().Now() + std::chrono::days(3),
                            .evidence_needed = true};
  const Task created =
      Create(manager_, {.kind = "vendor_review", .link = TaskLink{"vendor", "vendor-7"}, .content = content}).value();
  const Task read = Get(ada_, created.id).value();
  EXPECT_EQ(ToJson(read), ToJson(created));
  EXPECT_EQ(read.content.title, "Renew the contract");
  EXPECT_EQ(read.content.due, content.due);
  EXPECT_EQ(read.link->id, "vendor-7");
  EXPECT_EQ(read.state, TaskState::kOpen);
  EXPECT_EQ(read.created_by, manager_.user);
  EXPECT_FALSE(read.overdue);
  EXPECT_EQ(read.version, 1);
}

TEST_P(TasksTest, ExistOnlyForThoseWhoHaveToDoWithThem) {
  const TaskId id = Created(manager_, Content("secret", ada_));
  EXPECT_TRUE(Get(ada_, id).ok());
  EXPECT_TRUE(Get(manager_, id).ok());
  for (const Caller& stranger : {ben_, Caller{}}) {
    EXPECT_EQ(Get(stranger, id).error().code(), "tasks.task_unknown");
    EXPECT_EQ(Move(stranger, id, TaskState::kDone).error().code(), "tasks.task_unknown");
    EXPECT_EQ(Edit(stranger, id, Content("mine", ben_)).error().code(), "tasks.task_unknown");
    EXPECT_EQ(Comment(stranger, id, "hello").error().code(), "tasks.task_unknown");
    EXPECT_EQ(AddEvidence(stranger, id, {.text = "x"}).error().code(), "tasks.task_unknown");
    EXPECT_FALSE(store().Read([&](ReadTx& tx) { return tasks().History(tx, stranger, id); }).ok());
    EXPECT_FALSE(store().Read([&](ReadTx& tx) { return tasks().Evidence(tx, stranger, id); }).ok());
    EXPECT_THAT(Titles(stranger), IsEmpty());
  }
}

TEST_P(TasksTest, OnlyAManagerGivesWorkToOthers) {
  EXPECT_EQ(Create(ada_, {.content = Content("for ben", ben_)}).error().code(), "tasks.not_yours");
  EXPECT_EQ(Create(ada_, {.content = Content("for nobody", Caller{})}).error().code(), "tasks.not_yours");
  const TaskId own = Created(ada_, Content("for me", ada_));
  EXPECT_EQ(Edit(ada_, own, Content("for me", ben_)).error().code(), "tasks.not_yours");
  const TaskId given = Created(manager_, Content("for ada", ada_));
  EXPECT_EQ(Edit(ada_, given, Content("easier", ada_)).error().code(), "tasks.not_yours");
  EXPECT_TRUE(Edit(manager_, given, Content("for ben now", ben_)).ok());
  EXPECT_EQ(Get(ada_, given).error().code(), "tasks.task_unknown");
  EXPECT_TRUE(Get(ben_, given).ok());
}

// Every pair of states, by each party: what the table does not list is refused and changes nothing.
TEST_P(TasksTest, StatesFollowTheTableAndNothingElse) {
  const TaskState states[] = {TaskState::kOpen, TaskState::kInProgress, TaskState::kDone, TaskState::kCancelled};
  for (const TaskState from : states) {
    for (const TaskState to : states) {
      const auto listed = std::ranges::find_if(TaskTransitions(),
                                               [&](const TaskTransition& t) { return t.from == from && t.to == to; });
      const bool step = listed != TaskTransitions().end();
      for (const Caller* const caller : {&manager_, &ada_, &ben_}) {
        SCOPED_TRACE(std::string(EnumText(from)) + " to " + std::string(EnumText(to)));
        // Created by ben (as one who may manage), assigned to ada.
        Caller ben_managing = ben_;
        ben_managing.permissions = manager_.permissions;
        const TaskId id = Created(ben_managing, Content("work", ada_));
        if (from != TaskState::kOpen) {
          ASSERT_TRUE(Move(manager_, id, from).ok());
        }
        const auto moved = Move(*caller, id, to);
        const bool allowed = step && (caller == &manager_ || (caller == &ada_ ? listed->assignee : listed->creator));
        EXPECT_EQ(moved.ok(), allowed);
        if (!allowed) {
          EXPECT_EQ(moved.error().code(), step ? "tasks.not_yours" : "tasks.no_such_step");
        }
        const Task task = Get(manager_, id).value();
        EXPECT_EQ(task.state, allowed ? to : from);
        EXPECT_EQ(task.finished_at.has_value(), task.state == TaskState::kDone || task.state == TaskState::kCancelled);
      }
    }
  }
}

TEST_P(TasksTest, WhatNeedsEvidenceIsNotDoneWithoutIt) {
  TaskContent content = Content("prove it", ada_);
  content.evidence_needed = true;
  const TaskId id = Created(manager_, content);
  EXPECT_EQ(Move(ada_, id, TaskState::kDone).error().code(), "tasks.evidence_missing");
  ASSERT_TRUE(AddEvidence(ada_, id, {.text = "Signed on paper."}).ok());
  const std::string file = Uuid::NewV4().ToString();
  ASSERT_TRUE(AddFile(ada_, id, {.id = file, .name = "signed.pdf", .size_bytes = 7}).ok());
  EXPECT_TRUE(Move(ada_, id, TaskState::kDone).ok());
  EXPECT_EQ(AddEvidence(ada_, id, {.text = "late"}).error().code(), "tasks.finished");
  const auto evidence = store().Read([&](ReadTx& tx) { return tasks().Evidence(tx, manager_, id); }).value();
  ASSERT_EQ(evidence.size(), 2U);
  EXPECT_EQ(evidence[0].text, "Signed on paper.");
  EXPECT_EQ(evidence[1].file->id, file);
  EXPECT_EQ(evidence[1].file->name, "signed.pdf");
  EXPECT_EQ(evidence[1].file->size_bytes, 7);
  EXPECT_EQ(evidence[1].added_by, ada_.actor);
}

TEST_P(TasksTest, OpeningAFileIsRecordedAndOnlyForThoseWhoSeeTheTask) {
  const TaskId id = Created(manager_, Content("prove it", ada_));
  const auto text = AddEvidence(ada_, id, {.text = "Signed on paper."}).value();
  const auto added = AddFile(ada_, id, {.id = Uuid::NewV4().ToString(), .name = "signed.pdf", .size_bytes = 7}).value();
  const auto open = [&](const Caller& caller, const TaskId& task, const TaskEvidenceId& evidence) {
    return store().Write([&](WriteTx& tx) { return tasks().OpenFile(tx, caller, task, evidence); });
  };
  EXPECT_EQ(open(ben_, id, added.id).error().code(), "tasks.task_unknown");
  EXPECT_EQ(open(ada_, id, text.id).error().code(), "tasks.evidence_unknown");
  EXPECT_EQ(open(ada_, Created(ada_, Content("another", ada_)), added.id).error().code(), "tasks.evidence_unknown");
  EXPECT_EQ(open(ada_, id, added.id)->name, "signed.pdf");
  const auto recorded = Recorded();
  EXPECT_THAT(recorded.back(), HasSubstr("tasks.evidence.opened"));
  EXPECT_THAT(recorded.back(), Not(HasSubstr("signed.pdf")));
}

TEST_P(TasksTest, SaysBeforeAFileArrivesThatItIsNotTaken) {
  const TaskId id = Created(manager_, Content("prove it", ada_));
  const auto check = [&](const Caller& caller) {
    return store().Read([&](ReadTx& tx) { return tasks().CheckTakesEvidence(tx, caller, id); });
  };
  EXPECT_TRUE(check(ada_).ok());
  EXPECT_EQ(check(ben_).error().code(), "tasks.task_unknown");
  ASSERT_TRUE(Move(ada_, id, TaskState::kDone).ok());
  EXPECT_EQ(check(ada_).error().code(), "tasks.finished");
}

TEST_P(TasksTest, AFinishedTaskIsNotEditedAndAStaleEditIsRefused) {
  const TaskId id = Created(manager_, Content("first", ada_));
  const Task edited = Edit(manager_, id, Content("second", ada_), 1).value();
  EXPECT_EQ(edited.version, 2);
  EXPECT_EQ(Edit(manager_, id, Content("third", ada_), 1).error().code(), "tasks.changed_meanwhile");
  EXPECT_EQ(Get(ada_, id)->content.title, "second");
  ASSERT_TRUE(Move(ada_, id, TaskState::kDone).ok());
  EXPECT_EQ(Edit(manager_, id, Content("third", ada_)).error().code(), "tasks.finished");
}

TEST_P(TasksTest, ListsWhatIsDueFirstAndFilters) {
  Created(manager_, Content("no date", ada_));
  Created(manager_, Content("in three days", ada_, 3));
  const TaskId late = Created(manager_, Content("in one day", ben_, 1));
  const TaskId done = Created(manager_, Content("in two days", ada_, 2));
  ASSERT_TRUE(
      Create(manager_, {.kind = "review", .link = TaskLink{"vendor", "v1"}, .content = Content("review", ada_, 9)})
          .ok());
  ASSERT_TRUE(Move(ada_, done, TaskState::kDone).ok());
  EXPECT_THAT(Titles(manager_), ElementsAre("in one day", "in two days", "in three days", "review", "no date"));
  EXPECT_THAT(Titles(ada_), ElementsAre("in two days", "in three days", "review", "no date"));
  EXPECT_THAT(Titles(manager_, {.assignee = ben_.user}), ElementsAre("in one day"));
  EXPECT_THAT(Titles(ada_, {.states = {TaskState::kOpen, TaskState::kInProgress}}),
              ElementsAre("in three days", "review", "no date"));
  EXPECT_THAT(Titles(manager_, {.kind = "review"}), ElementsAre("review"));
  EXPECT_THAT(Titles(manager_, {.link = TaskLink{"vendor", "v1"}}), ElementsAre("review"));
  EXPECT_THAT(Titles(manager_, {.link = TaskLink{"other", "v1"}}), IsEmpty());
  clock().Advance(std::chrono::days(5));
  EXPECT_THAT(Titles(manager_, {.overdue_only = true}), ElementsAre("in one day", "in three days"));
  EXPECT_TRUE(Get(ben_, late)->overdue);
  EXPECT_FALSE(Get(ada_, done)->overdue);
  const TaskCounts waiting = store().Read([&](ReadTx& tx) { return tasks().Waiting(tx, ada_); }).value();
  EXPECT_EQ(waiting.unfinished, 3);
  EXPECT_EQ(waiting.overdue, 1);
}

TEST_P(TasksTest, PagesMeetWithoutGapOrRepetition) {
  std::vector<std::string> expected;
  for (int i = 0; i < 23; ++i) {
    const std::string title = "task " + std::to_string(100 + i);
    Created(manager_, Content(title, ada_, i < 10 ? 5 : 0));  // many with the same due time, many without
    expected.push_back(title);
  }
  std::vector<std::string> seen;
  TaskFilter filter{.limit = 4};
  for (int pages = 0; pages < 10; ++pages) {
    const TaskPage page = store().Read([&](ReadTx& tx) { return tasks().List(tx, ada_, filter); }).value();
    for (const Task& task : page.items) seen.push_back(task.content.title);
    if (!page.next_cursor) break;
    filter.cursor = *page.next_cursor;
  }
  EXPECT_EQ(seen, expected);
  for (const char* const cursor : {"x", "AAAA", "MSB4", "$$$"}) {
    EXPECT_EQ(store().Read([&](ReadTx& tx) { return tasks().List(tx, ada_, {.cursor = cursor}); }).error().code(),
              "tasks.cursor_invalid")
        << cursor;
  }
}

TEST_P(TasksTest, EveryChangeIsInTheHistoryWithAndInTheLedgerWithoutItsWords) {
  const TaskId id = Created(manager_, Content("Call Grace Hopper", ada_));
  ASSERT_TRUE(Edit(manager_, id, Content("Call Grace Hopper at noon", ben_, 1)).ok());
  ASSERT_TRUE(Move(ben_, id, TaskState::kInProgress).ok());
  ASSERT_TRUE(Comment(ben_, id, "Grace was not at home.").ok());
  ASSERT_TRUE(AddEvidence(ben_, id, {.text = "Grace called back."}).ok());
  const auto history = History(ben_, id);
  ASSERT_EQ(history.size(), 5U);
  EXPECT_EQ(history[0].kind, TaskEventKind::kCreated);
  EXPECT_EQ(history[1].kind, TaskEventKind::kEdited);
  EXPECT_EQ(history[2].state, TaskState::kInProgress);
  EXPECT_EQ(history[3].text, "Grace was not at home.");
  EXPECT_EQ(history[3].actor, ben_.actor);
  EXPECT_EQ(history[4].kind, TaskEventKind::kEvidenceAdded);
  const auto later = store().Read([&](ReadTx& tx) { return tasks().History(tx, ben_, id, history[2].id.ToString()); });
  EXPECT_EQ(later->size(), 2U);

  const auto recorded = Recorded();
  EXPECT_THAT(recorded, ElementsAre(HasSubstr("tasks.task.created"), HasSubstr("tasks.task.edited"),
                                    HasSubstr(R"("details":{"from":"open","to":"in_progress"})"),
                                    HasSubstr("tasks.task.commented"), HasSubstr("tasks.evidence.added")));
  for (const std::string& body : recorded) {
    EXPECT_THAT(body, Not(HasSubstr("Grace")));
    EXPECT_THAT(body, HasSubstr(R"("object":{"id":")" + id.ToString() + R"(","kind":"task"})"));
  }
}

TEST_P(TasksTest, AChangeThatCannotBeRecordedDoesNotHappen) {
  const TaskId id = Created(manager_, Content("work", ada_));
  ASSERT_TRUE(
      store().Write([](WriteTx& tx) { return tx.ExecuteScript("ALTER TABLE ledger_staged RENAME TO gone"); }).ok());
  EXPECT_FALSE(Move(ada_, id, TaskState::kDone).ok());
  EXPECT_FALSE(Edit(manager_, id, Content("other", ada_)).ok());
  EXPECT_FALSE(Create(manager_, {.content = Content("another", ada_)}).ok());
  EXPECT_EQ(Get(ada_, id)->state, TaskState::kOpen);
  EXPECT_EQ(Get(ada_, id)->version, 1);
  EXPECT_EQ(History(ada_, id).size(), 1U);
  EXPECT_THAT(Titles(manager_), ElementsAre("work"));
}

Playbook Moving() {
  Playbook playbook;
  playbook.pack.id = "moving";
  playbook.description = "When the office moves.";
  playbook.steps = {{.id = "list", .title = "List what there is", .due = PeriodRule{.value = 2}},
                    {.id = "boxes", .title = "Order boxes", .evidence_needed = true},
                    {.id = "pack",
                     .title = "Pack",
                     .due = PeriodRule{.value = 36, .unit = PeriodUnit::kHours},
                     .after = {"list", "boxes"}}};
  return playbook;
}

TEST_P(TasksTest, AStartedPlaybookIsATaskForEveryStepWithItsDueTimeAndEvidence) {
  const PlaybookRun run = Start(manager_, Moving(), {.name = "Berlin", .assignee = ada_.user}).value();
  ASSERT_EQ(run.tasks.size(), 3U);
  EXPECT_THAT(Titles(ada_, {.link = TaskLink{"playbook_run", run.id.ToString()}}),
              UnorderedElementsAre("Berlin: List what there is", "Berlin: Order boxes", "Berlin: Pack"));
  for (const Task& task : run.tasks) EXPECT_EQ(ToJson(Get(ada_, task.id).value()), ToJson(task));
  EXPECT_EQ(
      run.tasks[0].content.due,
      FromMicros(ToMicros(Instant(TimeZone().DateAt(clock().Now()).PlusDays(3).days()))) - std::chrono::minutes(1));
  EXPECT_FALSE(run.tasks[1].content.due);
  EXPECT_TRUE(run.tasks[1].content.evidence_needed);
  EXPECT_EQ(run.tasks[2].content.due, clock().Now() + std::chrono::hours(36));
  EXPECT_EQ(run.tasks[2].waits_for, 2);
}

TEST_P(TasksTest, AStepIsNeitherBegunNorDoneBeforeWhatComesFirstIsFinished) {
  const PlaybookRun run = Start(manager_, Moving(), {.name = "Berlin", .assignee = ada_.user}).value();
  const TaskId list = run.tasks[0].id, boxes = run.tasks[1].id, pack = run.tasks[2].id;
  EXPECT_EQ(Move(ada_, pack, TaskState::kInProgress).error().DebugString(), "tasks.waits_for{count=2}");
  EXPECT_EQ(Move(manager_, pack, TaskState::kDone).error().code(), "tasks.waits_for");
  ASSERT_TRUE(Move(ada_, list, TaskState::kDone).ok());
  EXPECT_EQ(Get(ada_, pack)->waits_for, 1);
  EXPECT_EQ(Move(ada_, pack, TaskState::kInProgress).error().DebugString(), "tasks.waits_for{count=1}");
  ASSERT_TRUE(Move(manager_, boxes, TaskState::kCancelled).ok());  // what is called off keeps nobody
  ASSERT_TRUE(Move(ada_, pack, TaskState::kInProgress).ok());
  // What came first is opened again: what was begun is not done before it is finished once more, and may go back.
  ASSERT_TRUE(Move(manager_, list, TaskState::kOpen).ok());
  EXPECT_EQ(Move(ada_, pack, TaskState::kDone).error().code(), "tasks.waits_for");
  EXPECT_TRUE(Move(ada_, pack, TaskState::kOpen).ok());
  EXPECT_TRUE(Move(manager_, pack, TaskState::kCancelled).ok());
}

TEST_P(TasksTest, WhatATaskWaitsForAndWhatWaitsForItIsTold) {
  const PlaybookRun run = Start(manager_, Moving(), {.name = "Berlin", .assignee = {}}).value();
  const TaskId pack = run.tasks[2].id;
  ASSERT_TRUE(Edit(manager_, pack, Content("Berlin: Pack", ada_)).ok());
  const auto first = store().Read([&](ReadTx& tx) { return tasks().Predecessors(tx, ada_, pack); }).value();
  ASSERT_EQ(first.size(), 2U);  // ada may not see those tasks, and is told their titles all the same
  EXPECT_EQ(Get(ada_, first[0].id).error().code(), "tasks.task_unknown");
  EXPECT_THAT((std::vector{first[0].title, first[1].title}),
              UnorderedElementsAre("Berlin: List what there is", "Berlin: Order boxes"));
  EXPECT_EQ(store().Read([&](ReadTx& tx) { return tasks().Predecessors(tx, ben_, pack); }).error().code(),
            "tasks.task_unknown");
  const auto next = store().Read([&](ReadTx& tx) { return tasks().Successors(tx, manager_, run.tasks[0].id); }).value();
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].id, pack);
}

TEST_P(TasksTest, NobodyWhoDoesNotExistGetsWork) {
  const Caller nobody = Person({"tasks.use"});
  const TaskId before = Created(manager_, Content("for one who leaves", nobody));
  Leaves(nobody);
  const auto refused_at = [](const auto& result) {
    return result.ok() ? "taken" : result.error().code() + " " + std::string(result.error().Parameter("path"));
  };
  EXPECT_EQ(refused_at(Create(manager_, {.content = Content("for nobody", nobody)})),
            "identity.user_unknown /content/assignee");
  const TaskId own = Created(manager_, Content("for me", manager_));
  EXPECT_EQ(refused_at(Edit(manager_, own, Content("for nobody", nobody))), "identity.user_unknown /assignee");
  EXPECT_EQ(refused_at(Start(manager_, Moving(), {.name = "Berlin", .assignee = nobody.user})),
            "identity.user_unknown /assignee");
  EXPECT_THAT(Titles(manager_), UnorderedElementsAre("for one who leaves", "for me"));
  // What somebody had who is gone can be changed without finding somebody else at once.
  EXPECT_TRUE(Edit(manager_, before, Content("still to be done", nobody)).ok());
}

TEST_P(TasksTest, OnlyAManagerStartsAPlaybookAndTheLedgerSaysWhichWithoutForWhat) {
  EXPECT_EQ(Start(ada_, Moving(), {.name = "Berlin", .assignee = ada_.user}).error().code(), "tasks.not_yours");
  EXPECT_THAT(Recorded(), IsEmpty());
  ASSERT_TRUE(Start(manager_, Moving(), {.name = "Berlin", .assignee = {}}).ok());
  const auto recorded = Recorded();
  ASSERT_EQ(recorded.size(), 4U);
  EXPECT_THAT(recorded[0], HasSubstr(R"("action":"tasks.playbook.started")"));
  EXPECT_THAT(recorded[0], HasSubstr(R"("details":{"playbook":"moving","version":"0"})"));
  for (const std::string& body : recorded) EXPECT_THAT(body, Not(HasSubstr("Berlin")));
}

TEST_P(TasksTest, LinksAndKindsAreMachineWords) {
  for (NewTask task : {NewTask{.kind = "Two Words", .link = {}, .content = {}},
                       NewTask{.kind = "task", .link = TaskLink{"user", "ada@example.org"}, .content = {}},
                       NewTask{.kind = "task", .link = TaskLink{"", "x"}, .content = {}}}) {
    task.content = Content("t", ada_);
    EXPECT_EQ(Create(manager_, task).error().code(), "tasks.link_invalid");
  }
}

}  // namespace
}  // namespace privity
