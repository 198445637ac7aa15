// Jobs on both back ends: taken once at a time, tried again, stopped, scheduled; nothing is lost and nothing runs for
// nobody.
#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "base/testing/captured_log.h"
#include "jobs/take_over.h"
#include "jobs/worker.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class JobsTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> migrations = JobsMigrations();
    migrations.push_back(
        {.room = "test", .version = 1, .name = "effects", .sql = "CREATE TABLE effect(name text NOT NULL)"});
    return migrations;
  }

  Worker MakeWorker(JobHandlers handlers, WorkerOptions options = {}) {
    if (options.name.empty()) options.name = "test-worker";
    return Worker(store(), queue_, schedules_, clock(), Logger(log_, clock()), std::move(handlers), std::move(options));
  }
  JobId Enqueue(const NewJob& job) {
    const auto id = store().Write([&](WriteTx& tx) { return queue_.Enqueue(tx, job); });
    EXPECT_TRUE(id.ok()) << id.error().DebugString();
    return id.ok() ? *id : JobId();
  }
  JobInfo Get(JobId id) {
    return store().Read([&](ReadTx& tx) { return queue_.Get(tx, id); }).value();
  }
  std::vector<JobAttempt> Attempts(JobId id) {
    return store().Read([&](ReadTx& tx) { return queue_.Attempts(tx, id); }).value();
  }
  template <class Change>
  Status Do(Change change) {
    return store().Write([&](WriteTx& tx) -> Status { return change(tx); });
  }
  std::int64_t Effects() {
    return store()
        .Read([](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM effect"); })
        .value()
        ->Get<std::int64_t>(0);
  }
  // Lets a background worker reach a state; the limit only bounds a failing test.
  template <class Reached>
  bool Eventually(Reached reached) {
    for (int i = 0; i < 2'000; ++i) {
      if (reached()) return true;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
  }

  CapturedLog log_;
  JobQueue queue_{clock()};
  Schedules schedules_{queue_, clock()};
};

Status Succeed(JobContext&) {
  return Ok();
}
Status Fail(JobContext&) {
  return Error("test.no", {{"row", "41"}});
}

TEST_P(JobsTest, RunsAJobWithItsPayloadAndRemembersTheAttempt) {
  std::string seen, key;
  const JobId id = Enqueue({.kind = "mail.send", .payload = Json::Object({{"to", "someone"}})});
  Worker worker = MakeWorker({{"mail.send", [&](JobContext& context) -> Status {
                                 seen = context.payload()["to"].StringOr("");
                                 key = context.idempotency_key();
                                 return Ok();
                               }}});
  EXPECT_EQ(Get(id).state, JobState::kQueued);
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(seen, "someone");
  EXPECT_EQ(key, id.ToString());
  const JobInfo done = Get(id);
  EXPECT_EQ(done.state, JobState::kSucceeded);
  EXPECT_EQ(done.finished_at, clock().Now());
  const auto attempts = Attempts(id);
  ASSERT_EQ(attempts.size(), 1u);
  EXPECT_EQ(attempts[0].outcome, AttemptOutcome::kSucceeded);
  EXPECT_EQ(attempts[0].worker, "test-worker");
  EXPECT_EQ(worker.RunDue().value(), 0);
}

TEST_P(JobsTest, EachStepIsHeardOfInItsTransaction) {
  std::vector<std::string> heard;
  queue_.Listen([&](WriteTx&, const JobInfo& job) -> Status {
    heard.push_back(std::string(EnumText(job.state)) + " " + job.progress_step.value_or("-") + " " +
                    std::to_string(job.progress_done));
    return Ok();
  });
  const JobId id = Enqueue({.kind = "a.b", .owner = "somebody"});
  Worker worker = MakeWorker({{"a.b", [&](JobContext& context) -> Status {
                                 PRIVITY_TRY_VOID(context.SaveProgress(1, 2));
                                 PRIVITY_TRY_VOID(context.BeginStep("verify", 7));
                                 return context.SaveProgress(3, 7);
                               }}});
  ASSERT_EQ(worker.RunDue().value(), 1);
  EXPECT_THAT(heard, testing::ElementsAre("queued - 0", "running - 0", "running - 1", "running verify 0",
                                          "running verify 3", "succeeded verify 3"));
  EXPECT_EQ(Get(id).owner, "somebody");
  EXPECT_EQ(Get(id).progress_total, 7);
}

TEST_P(JobsTest, AStepThatCannotBeToldIsNotTaken) {
  const JobId id = Enqueue({.kind = "a.b"});
  queue_.Listen([](WriteTx&, const JobInfo&) -> Status { return Error("test.no"); });
  EXPECT_FALSE(Do([&](WriteTx& tx) { return queue_.Cancel(tx, id); }).ok());
  EXPECT_EQ(Get(id).state, JobState::kQueued);
}

TEST_P(JobsTest, IsEnqueuedWithItsChangeOrNotAtAll) {
  EXPECT_FALSE(Do([&](WriteTx& tx) -> Status {
                 PRIVITY_TRY_VOID(queue_.Enqueue(tx, {.kind = "a.b"}));
                 return Error("test.no");
               }).ok());
  EXPECT_EQ(MakeWorker({{"a.b", Succeed}}).RunDue().value(), 0);
}

TEST_P(JobsTest, WaitsForItsTime) {
  Enqueue({.kind = "a.b", .run_at = clock().Now() + hours(1)});
  Worker worker = MakeWorker({{"a.b", Succeed}});
  EXPECT_EQ(worker.RunDue().value(), 0);
  clock().Advance(hours(1));
  EXPECT_EQ(worker.RunDue().value(), 1);
}

TEST_P(JobsTest, LeavesKindsItDoesNotKnowToOthers) {
  const JobId id = Enqueue({.kind = "other.kind"});
  EXPECT_EQ(MakeWorker({{"a.b", Succeed}}).RunDue().value(), 0);
  EXPECT_EQ(Get(id).state, JobState::kQueued);
}

TEST_P(JobsTest, TriesAgainLaterAndLaterUntilAttemptsAreUsedUp) {
  const JobId id = Enqueue({.kind = "a.b", .max_attempts = 4});
  Worker worker = MakeWorker({{"a.b", Fail}});
  for (int attempt = 1; attempt <= 3; ++attempt) {
    ASSERT_EQ(worker.RunDue().value(), 1);
    const JobInfo waiting = Get(id);
    EXPECT_EQ(waiting.state, JobState::kWaiting);
    const Duration wait = *waiting.due_at - clock().Now();
    EXPECT_GE(wait, seconds(1 << (attempt - 1)));  // half of 2 s, 4 s, 8 s
    EXPECT_LE(wait, seconds(1 << attempt));
    EXPECT_EQ(worker.RunDue().value(), 0);
    clock().Advance(wait);
  }
  ASSERT_EQ(worker.RunDue().value(), 1);
  const JobInfo failed = Get(id);
  EXPECT_EQ(failed.state, JobState::kFailed);
  EXPECT_EQ(failed.attempts, 4);
  EXPECT_EQ(failed.error, (JobError{.code = "test.no", .parameters = {{"row", "41"}}}));
  EXPECT_EQ(Attempts(id).size(), 4u);
  // A person mends the cause and tries again.
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.TryAgain(tx, id); }).ok());
  EXPECT_EQ(MakeWorker({{"a.b", Succeed}}).RunDue().value(), 1);
  EXPECT_EQ(Get(id).state, JobState::kSucceeded);
}

TEST_P(JobsTest, TheLogSaysWhyAJobFailed) {
  const Error why("test.no_row_of_all_these", {{"row", "41"}});
  Enqueue({.kind = "a.b"});
  ASSERT_EQ(MakeWorker({{"a.b", [&](JobContext&) -> Status { return why; }}}).RunDue().value(), 1);
  EXPECT_THAT(log_.text(), testing::HasSubstr(why.DebugString()));
}

TEST_P(JobsTest, GivesUpAtOnceWhenToldThatNothingWillHelp) {
  const JobId id = Enqueue({.kind = "a.b"});
  MakeWorker({{"a.b", [](JobContext& context) -> Status { return context.GiveUp(Error("test.never")); }}})
      .RunDue()
      .value();
  EXPECT_EQ(Get(id).state, JobState::kFailed);
  EXPECT_EQ(Get(id).attempts, 1);
}

TEST_P(JobsTest, AWokenJobRunsNowAndOneThatRanWhenItWasWokenRunsAgain) {
  const JobId id = Enqueue({.kind = "a.b", .unique_key = "one", .max_attempts = 1});
  bool wakes = true;
  Worker worker = MakeWorker({{"a.b", [&](JobContext& context) -> Status {
                                 if (wakes) {
                                   PRIVITY_TRY_VOID(Do([&](WriteTx& tx) { return queue_.Wake(tx, "a.b", "one"); }));
                                 }
                                 wakes = false;
                                 return context.RetryAt(clock().Now() + hours(1), Error("test.not_yet"));
                               }}});
  EXPECT_EQ(worker.RunDue().value(), 2);  // woken while it ran: once more, and then it sleeps
  EXPECT_EQ(Get(id).due_at, clock().Now() + hours(1));
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Wake(tx, "a.b", "another"); }).ok());
  EXPECT_EQ(worker.RunDue().value(), 0);
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Wake(tx, "a.b", "one"); }).ok());
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(Get(id).state, JobState::kWaiting);
}

TEST_P(JobsTest, WakingLeavesAPausedJobPausedAndAnEndedOneEnded) {
  const JobId id = Enqueue({.kind = "a.b", .unique_key = "one"});
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Pause(tx, id); }).ok());
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Wake(tx, "a.b", "one"); }).ok());
  EXPECT_EQ(Get(id).state, JobState::kPaused);
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Cancel(tx, id); }).ok());
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Wake(tx, "a.b", "one"); }).ok());
  EXPECT_EQ(Get(id).state, JobState::kCancelled);
}

TEST_P(JobsTest, WaitsAsLongAsTheHandlerAsksWithoutUsingUpAttempts) {
  const JobId id = Enqueue({.kind = "a.b", .max_attempts = 1});
  const Instant later = clock().Now() + hours(5);
  Worker worker = MakeWorker(
      {{"a.b", [&](JobContext& context) -> Status { return context.RetryAt(later, Error("test.store_down")); }}});
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(Get(id).state, JobState::kWaiting);
  EXPECT_EQ(Get(id).due_at, later);
  EXPECT_EQ(Get(id).attempts, 0);
}

TEST_P(JobsTest, AnExceptionHurtsNobodyElse) {
  const JobId bad = Enqueue({.kind = "a.bad"});
  const JobId good = Enqueue({.kind = "a.good"});
  Worker worker =
      MakeWorker({{"a.bad", [](JobContext&) -> Status { throw std::runtime_error("bug"); }}, {"a.good", Succeed}});
  EXPECT_EQ(worker.RunDue().value(), 2);
  EXPECT_EQ(Get(bad).state, JobState::kWaiting);
  EXPECT_EQ(Get(bad).error->code, "jobs.handler_threw");
  EXPECT_EQ(Get(good).state, JobState::kSucceeded);
}

TEST_P(JobsTest, AUniqueKeyAllowsOneUnfinishedJob) {
  const JobId first = Enqueue({.kind = "a.b", .unique_key = "k"});
  EXPECT_EQ(Enqueue({.kind = "a.b", .unique_key = "k"}), first);
  EXPECT_NE(Enqueue({.kind = "a.b", .unique_key = "other"}), first);
  EXPECT_NE(Enqueue({.kind = "a.c", .unique_key = "k"}), first);
  MakeWorker({{"a.b", Succeed}}).RunDue().value();
  EXPECT_NE(Enqueue({.kind = "a.b", .unique_key = "k"}), first);
}

TEST_P(JobsTest, TheEndCanBeSavedTogetherWithTheResult) {
  const JobId id = Enqueue({.kind = "a.b"});
  Worker worker = MakeWorker({{"a.b", [&](JobContext& context) -> Status {
                                 const Status saved = store().Write([&](WriteTx& tx) -> Status {
                                   PRIVITY_TRY_VOID(tx.Execute("INSERT INTO effect VALUES('done')"));
                                   return context.CompleteIn(tx);
                                 });
                                 EXPECT_TRUE(saved.ok());
                                 // Whatever goes wrong from here on, the job stays done.
                                 return Error("test.afterwards");
                               }}});
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(Get(id).state, JobState::kSucceeded);
  EXPECT_EQ(Effects(), 1);
}

TEST_P(JobsTest, AWorkerThatLostItsLeaseChangesNothing) {
  const JobId id = Enqueue({.kind = "a.b"});
  Worker second = MakeWorker({{"a.b", Succeed}}, {.name = "second"});
  Status late = Ok(), confirmed = Ok(), progress = Ok();
  Worker first = MakeWorker({{"a.b",
                              [&](JobContext& context) -> Status {
                                // The machine sleeps; meanwhile another worker does the job.
                                clock().Advance(minutes(2));
                                EXPECT_EQ(second.RunDue().value(), 1);
                                confirmed = store().Read([&](ReadTx& tx) { return context.ConfirmLease(tx); });
                                progress = context.SaveProgress(1, 2);
                                late = store().Write([&](WriteTx& tx) -> Status {
                                  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO effect VALUES('twice')"));
                                  return context.CompleteIn(tx);
                                });
                                return Ok();
                              }}},
                            {.name = "first"});
  EXPECT_EQ(first.RunDue().value(), 1);
  EXPECT_EQ(confirmed.error().code(), "jobs.lease_lost");
  EXPECT_EQ(progress.error().code(), "jobs.lease_lost");
  EXPECT_EQ(late.error().code(), "jobs.lease_lost");
  EXPECT_EQ(Effects(), 0);
  EXPECT_EQ(Get(id).state, JobState::kSucceeded);
  const auto attempts = Attempts(id);
  ASSERT_EQ(attempts.size(), 2u);
  EXPECT_EQ(attempts[0].outcome, AttemptOutcome::kLost);
  EXPECT_EQ(attempts[1].worker, "second");
}

TEST_P(JobsTest, AJobThatEndsItsProcessEachTimeIsGivenUp) {
  const JobId id = Enqueue({.kind = "a.b", .max_attempts = 2});
  // Two processes took the job and vanished: what the table then looks like, and a lease that is over.
  ASSERT_TRUE(Do([&](WriteTx& tx) -> Status {
                PRIVITY_TRY_VOID(tx.Execute(
                    "UPDATE jobs_job SET state = 'running', attempts = 2, fence = 2, due_at = $1", {clock().Now()}));
                return Ok();
              }).ok());
  EXPECT_EQ(MakeWorker({{"a.b", Succeed}}).RunDue().value(), 0);
  EXPECT_EQ(Get(id).state, JobState::kFailed);
  EXPECT_EQ(Get(id).error->code, "jobs.worker_lost");
}

TEST_P(JobsTest, WhatADeadProcessLeftIsDueAtOnceForTheOneThatTakesOver) {
  const JobId id = Enqueue({.kind = "a.b"});
  ASSERT_TRUE(Do([&](WriteTx& tx) -> Status {
                PRIVITY_TRY_VOID(
                    tx.Execute("UPDATE jobs_job SET state = 'running', worker = 'gone', fence = 1, "
                               "attempts = 1, due_at = $2 WHERE id = $1",
                               {id, clock().Now() + std::chrono::seconds(60)}));
                return Ok();
              }).ok());
  Worker worker = MakeWorker({{"a.b", Succeed}});
  EXPECT_EQ(worker.RunDue().value(), 0);
  ASSERT_TRUE(Do([&](WriteTx& tx) { return TakeOverJobs(tx, clock()); }).ok());
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(Get(id).state, JobState::kSucceeded);
}

TEST_P(JobsTest, GoesOnFromItsCheckpoint) {
  const JobId id = Enqueue({.kind = "a.b"});
  std::vector<std::int64_t> started_from;
  Worker worker = MakeWorker({{"a.b", [&](JobContext& context) -> Status {
                                 started_from.push_back(context.checkpoint()["row"].IntegerOr(0));
                                 PRIVITY_TRY_VOID(context.SaveProgress(50, 100, Json::Object({{"row", 50}})));
                                 return started_from.size() == 1 ? Status(Error("test.no")) : Ok();
                               }}});
  worker.RunDue().value();
  EXPECT_EQ(Get(id).progress_done, 50);
  EXPECT_EQ(Get(id).progress_total, 100);
  clock().Advance(seconds(2));
  worker.RunDue().value();
  EXPECT_THAT(started_from, testing::ElementsAre(0, 50));
}

TEST_P(JobsTest, CancelsWhatHasNotStarted) {
  const JobId id = Enqueue({.kind = "a.b"});
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Cancel(tx, id); }).ok());
  EXPECT_EQ(MakeWorker({{"a.b", Succeed}}).RunDue().value(), 0);
  EXPECT_EQ(Get(id).state, JobState::kCancelled);
  EXPECT_EQ(Do([&](WriteTx& tx) { return queue_.Resume(tx, id); }).error().code(), "jobs.not_possible");
}

TEST_P(JobsTest, PausesAndResumes) {
  const JobId id = Enqueue({.kind = "a.b"});
  Worker worker = MakeWorker({{"a.b", Succeed}});
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Pause(tx, id); }).ok());
  EXPECT_EQ(worker.RunDue().value(), 0);
  EXPECT_EQ(Get(id).state, JobState::kPaused);
  ASSERT_TRUE(Do([&](WriteTx& tx) { return queue_.Resume(tx, id); }).ok());
  EXPECT_EQ(worker.RunDue().value(), 1);
}

// Stops a running job from outside and tells how it ended.
struct StopCase {
  Status (JobQueue::*stop)(WriteTx&, JobId) const;
  JobState state;
  std::int64_t attempts;
};

TEST_P(JobsTest, StopsARunningJobWhenAsked) {
  for (const StopCase& c :
       {StopCase{&JobQueue::Cancel, JobState::kCancelled, 1}, StopCase{&JobQueue::Pause, JobState::kPaused, 0}}) {
    std::atomic<bool> started = false;
    Worker worker = MakeWorker({{"a.long",
                                 [&](JobContext& context) -> Status {
                                   started = true;
                                   while (!context.stop_requested()) std::this_thread::sleep_for(milliseconds(1));
                                   return Error("test.stopped");
                                 }}},
                               {.poll = milliseconds(10)});
    const JobId id = Enqueue({.kind = "a.long"});
    std::jthread running([&](const std::stop_token& stop) { worker.Run(stop); });
    ASSERT_TRUE(Eventually([&] { return started.load(); }));
    ASSERT_TRUE(Do([&](WriteTx& tx) { return (queue_.*c.stop)(tx, id); }).ok());
    ASSERT_TRUE(Eventually([&] { return Get(id).state == c.state; }));
    EXPECT_EQ(Get(id).attempts, c.attempts);
  }
}

TEST_P(JobsTest, AShutdownGivesBackWhatIsUndone) {
  std::atomic<bool> started = false;
  const JobId id = Enqueue({.kind = "a.long"});
  {
    Worker worker = MakeWorker({{"a.long", [&](JobContext& context) -> Status {
                                   started = true;
                                   while (!context.stop_requested()) std::this_thread::sleep_for(milliseconds(1));
                                   return Error("test.stopped");
                                 }}});
    std::jthread running([&](const std::stop_token& stop) { worker.Run(stop); });
    ASSERT_TRUE(Eventually([&] { return started.load(); }));
  }
  EXPECT_EQ(Get(id).state, JobState::kQueued);
  EXPECT_EQ(Get(id).attempts, 0);
  EXPECT_EQ(Attempts(id)[0].outcome, AttemptOutcome::kReleased);
}

TEST_P(JobsTest, KeepsTheLeaseOfALongJob) {
  std::atomic<bool> started = false, finish = false;
  Worker worker = MakeWorker({{"a.long",
                               [&](JobContext&) -> Status {
                                 started = true;
                                 while (!finish) std::this_thread::sleep_for(milliseconds(1));
                                 return Ok();
                               }}},
                             {.poll = milliseconds(5)});
  const JobId id = Enqueue({.kind = "a.long"});
  std::jthread running([&](const std::stop_token& stop) { worker.Run(stop); });
  ASSERT_TRUE(Eventually([&] { return started.load(); }));
  for (int i = 0; i < 4; ++i) {  // two minutes in steps that stay within the lease of one
    clock().Advance(seconds(35));
    ASSERT_TRUE(Eventually([&] { return *Get(id).due_at > clock().Now() + seconds(30); }));
  }
  EXPECT_EQ(MakeWorker({{"a.long", Succeed}}, {.name = "second"}).RunDue().value(), 0);
  finish = true;
  EXPECT_TRUE(Eventually([&] { return Get(id).state == JobState::kSucceeded; }));
}

TEST_P(JobsTest, TwoWorkersShareTheWorkAndRepeatNothing) {
  constexpr int kJobs = 60;
  std::array<std::atomic<int>, kJobs> runs{};
  const JobHandlers handlers = {{"a.b", [&](JobContext& context) -> Status {
                                   ++runs[static_cast<std::size_t>(context.payload()["n"].IntegerOr(0))];
                                   return Ok();
                                 }}};
  ASSERT_TRUE(Do([&](WriteTx& tx) -> Status {
                for (int n = 0; n < kJobs; ++n) {
                  PRIVITY_TRY_VOID(queue_.Enqueue(tx, {.kind = "a.b", .payload = Json::Object({{"n", n}})}));
                }
                return Ok();
              }).ok());
  // On PostgreSQL the second worker has a store of its own, as another process has.
  std::unique_ptr<Store> other;
  if (GetParam() == Dialect::kPostgres) other = OpenStore(place().options()).value();
  Worker first = MakeWorker(handlers, {.name = "first", .poll = milliseconds(10)});
  Worker second(other ? *other : store(), queue_, schedules_, clock(), Logger(log_, clock()), handlers,
                {.name = "second", .poll = milliseconds(10)});
  {
    std::jthread one([&](const std::stop_token& stop) { first.Run(stop); });
    std::jthread two([&](const std::stop_token& stop) { second.Run(stop); });
    EXPECT_TRUE(Eventually([&] {
      const JobCounts counts = store().Read([&](ReadTx& tx) { return queue_.Count(tx); }).value();
      return counts.queued + counts.running + counts.waiting == 0;
    }));
  }
  for (const auto& count : runs) EXPECT_EQ(count, 1);
}

TEST_P(JobsTest, ListsInPagesNewestFirst) {
  std::vector<JobId> ids;
  for (int i = 0; i < 5; ++i) {
    clock().Advance(seconds(1));
    ids.push_back(Enqueue({.kind = i % 2 == 0 ? "a.even" : "a.odd"}));
  }
  std::vector<JobId> seen;
  std::string cursor;
  while (true) {
    const auto page =
        store().Read([&](ReadTx& tx) { return queue_.List(tx, {.state = JobState::kQueued, .kind = {}}, cursor, 2); });
    ASSERT_TRUE(page.ok()) << page.error().DebugString();
    for (const JobInfo& job : page->items) seen.push_back(job.id);
    if (!page->next_cursor) break;
    cursor = *page->next_cursor;
  }
  std::reverse(ids.begin(), ids.end());
  EXPECT_EQ(seen, ids);
  const auto odd = store().Read([&](ReadTx& tx) { return queue_.List(tx, {.state = {}, .kind = "a.odd"}, "", 10); });
  EXPECT_EQ(odd->items.size(), 2u);
  const auto wrong = store().Read([&](ReadTx& tx) { return queue_.List(tx, {}, "nonsense", 10); });
  EXPECT_EQ(wrong.error().code(), "jobs.cursor_invalid");
}

TEST_P(JobsTest, CountsWhatIsUnfinishedAndForgetsWhatEndedLongAgo) {
  Enqueue({.kind = "a.b"});
  const JobId failed = Enqueue({.kind = "a.fails", .max_attempts = 1});
  Worker worker = MakeWorker({{"a.b", Succeed}, {"a.fails", Fail}}, {.poll = milliseconds(5)});
  worker.RunDue().value();
  const Instant since = clock().Now();
  Enqueue({.kind = "a.unhandled"});
  clock().Advance(hours(1));
  const JobCounts counts = store().Read([&](ReadTx& tx) { return queue_.Count(tx); }).value();
  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(counts.oldest_due_at, since);
  clock().Advance(std::chrono::days(40));
  const auto dropped = store().Write([&](WriteTx& tx) { return queue_.DropFinished(tx, clock().Now(), 100); });
  EXPECT_EQ(dropped.value(), 1);
  EXPECT_EQ(Get(failed).state, JobState::kFailed);  // somebody must still look at it
}

TEST_P(JobsTest, AScheduleRunsInTheOrganizationsZone) {
  clock().Set(ParseInstant("2026-07-01T00:00:00Z").value());
  ASSERT_TRUE(Do([&](WriteTx& tx) -> Status {
                PRIVITY_TRY_VOID(
                    schedules_.Ensure(tx, {.name = "nightly", .kind = "a.b", .payload = {}, .rule = DailyAt(3, 0)}));
                return schedules_.SetTimeZone(tx, TimeZone::Parse("America/New_York").value());
              }).ok());
  Worker worker = MakeWorker({{"a.b", Succeed}});
  clock().Set(ParseInstant("2026-07-01T06:59:59Z").value());
  EXPECT_EQ(worker.RunDue().value(), 0);
  clock().Set(ParseInstant("2026-07-01T07:00:00Z").value());  // 03:00 in New York
  EXPECT_EQ(worker.RunDue().value(), 1);
  EXPECT_EQ(worker.RunDue().value(), 0);
  const ScheduleInfo info = store().Read([&](ReadTx& tx) { return schedules_.Get(tx, "nightly"); }).value();
  EXPECT_EQ(FormatInstant(info.next_at), "2026-07-02T07:00:00Z");
  EXPECT_EQ(FormatInstant(*info.last_at), "2026-07-01T07:00:00Z");
}

TEST_P(JobsTest, MissedRunsAreMadeUpForByOne) {
  ASSERT_TRUE(Do([&](WriteTx& tx) {
                return schedules_.Ensure(tx, {.name = "s", .kind = "a.b", .payload = {}, .rule = EveryMinutes(5)});
              }).ok());
  clock().Advance(std::chrono::days(3));  // nothing was running
  Worker worker = MakeWorker({{"a.b", Succeed}});
  EXPECT_EQ(worker.RunDue().value(), 1);
  clock().Advance(minutes(5));
  EXPECT_EQ(worker.RunDue().value(), 1);
}

TEST_P(JobsTest, AScheduleDoesNotStartASecondRunBesideAnUnfinishedOne) {
  ASSERT_TRUE(Do([&](WriteTx& tx) {
                return schedules_.Ensure(tx, {.name = "s", .kind = "a.b", .payload = {}, .rule = EveryMinutes(5)});
              }).ok());
  for (int i = 0; i < 3; ++i) {
    clock().Advance(minutes(5));
    schedules_.EnqueueDue(store()).value();
  }
  const JobCounts counts = store().Read([&](ReadTx& tx) { return queue_.Count(tx); }).value();
  EXPECT_EQ(counts.queued, 1);
}

TEST_P(JobsTest, AClockSetForwardAndBackDoesNotSilenceASchedule) {
  ASSERT_TRUE(Do([&](WriteTx& tx) {
                return schedules_.Ensure(tx, {.name = "s", .kind = "a.b", .payload = {}, .rule = DailyAt(3, 0)});
              }).ok());
  const Instant now = clock().Now();
  Worker worker = MakeWorker({{"a.b", Succeed}});
  clock().Set(now + std::chrono::days(1500));  // a wrong clock, for a moment
  EXPECT_EQ(worker.RunDue().value(), 1);
  clock().Set(now);
  EXPECT_EQ(worker.RunDue().value(), 0);
  const ScheduleInfo info = store().Read([&](ReadTx& tx) { return schedules_.Get(tx, "s"); }).value();
  EXPECT_EQ(info.next_at, NextRun(DailyAt(3, 0), TimeZone(), now));
}

TEST_P(JobsTest, EnsureKeepsWhatPeopleChanged) {
  const Schedule schedule{.name = "s", .kind = "a.b", .payload = {}, .rule = DailyAt(3, 0)};
  ASSERT_TRUE(Do([&](WriteTx& tx) -> Status {
                PRIVITY_TRY_VOID(schedules_.Ensure(tx, schedule));
                PRIVITY_TRY_VOID(schedules_.SetRule(tx, "s", DailyAt(5, 15)));
                PRIVITY_TRY_VOID(schedules_.SetEnabled(tx, "s", false));
                return schedules_.Ensure(tx, schedule);  // the program starts again
              }).ok());
  const ScheduleInfo info = store().Read([&](ReadTx& tx) { return schedules_.Get(tx, "s"); }).value();
  EXPECT_EQ(info.rule, DailyAt(5, 15));
  EXPECT_FALSE(info.is_enabled);
  clock().Advance(std::chrono::days(2));
  EXPECT_EQ(schedules_.EnqueueDue(store()).value(), 0);
  EXPECT_EQ(Do([&](WriteTx& tx) { return schedules_.SetRule(tx, "s", DailyAt(24, 0)); }).error().DebugString(),
            "jobs.rule_invalid{member=hour}");
  EXPECT_EQ(Do([&](WriteTx& tx) { return schedules_.Remove(tx, "absent"); }).error().code(), "jobs.schedule_unknown");
}

PRIVITY_ON_EVERY_STORE(JobsTest);

}  // namespace
}  // namespace privity
