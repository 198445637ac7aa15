// Durable work for later: a job is a row in the transaction of the change that wants it, so either both happen or
// neither.
//
//   store.Write([&](WriteTx& tx) -> Status {
//     PRIVITY_TRY_VOID(SaveInvitation(tx, invitation));
//     PRIVITY_TRY_VOID(queue.Enqueue(tx, {.kind = "mail.send", .payload = message}));   // the outbox
//     return Ok();
//   });
//
// A worker (jobs/worker.h) runs each job at least once: after a crash it may run again. The job's id is the idempotency
// key to hand to the outside; what the handler changes in the store it can commit together with the job's end, exactly
// once.
//
// Every method works inside the caller's transaction and may be called from many threads. Errors: jobs.unknown{id},
// jobs.not_possible{id, state} (that step does not lead away from the job's state), and those of the transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "jobs/job.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> JobsMigrations();

struct NewJob {
  std::string kind;  // "<room>.<verb>", as registered with a worker
  Json payload = {};
  std::optional<Instant> run_at = {};  // not before; now when empty
  // While a job of this kind with this key is unfinished, no second one is made.
  std::optional<std::string> unique_key = {};
  std::int64_t max_attempts = 10;
  std::optional<std::string> owner = {};  // JobInfo::owner
};

struct JobFilter {
  std::optional<JobState> state;
  std::optional<std::string> kind;
};

struct JobPage {
  std::vector<JobInfo> items;              // newest first
  std::optional<std::string> next_cursor;  // hand back for the next page; none after the last
};
PRIVITY_DESCRIBE(JobPage, (items, next_cursor))

// For metrics and the health page. Finished jobs are not counted: that would cost with everything ever done.
struct JobCounts {
  std::int64_t queued = 0;
  std::int64_t running = 0;
  std::int64_t waiting = 0;
  std::int64_t paused = 0;
  std::int64_t failed = 0;
  std::optional<Instant> oldest_due_at;  // since when the job that waits longest could run
};
PRIVITY_DESCRIBE(JobCounts, (queued, running, waiting, paused, failed, oldest_due_at))

// Hears, in the transaction of the change, how a job stands after each step: made, taken, moved on, ended. An error
// undoes the step.
using JobListener = std::function<Status(WriteTx&, const JobInfo&)>;

// Wakes the workers of this process when a job was committed.
class JobSignal;

class JobQueue {
 public:
  // The clock outlives the queue.
  explicit JobQueue(const Clock& clock);

  // Once, while the application is built.
  void Listen(JobListener listener) { listener_ = std::move(listener); }

  // Returns the id of the job, or of the unfinished one that has the unique key already. jobs.payload_too_large (256
  // KiB).
  Result<JobId> Enqueue(WriteTx& tx, const NewJob& job) const;

  // A running job is asked to stop (JobContext::stop_token) and is cancelled when its handler returns with an error.
  Status Cancel(WriteTx& tx, JobId id) const;
  // As Cancel, but it can be resumed; a running one goes on from its latest checkpoint.
  Status Pause(WriteTx& tx, JobId id) const;
  Status Resume(WriteTx& tx, JobId id) const;
  // Runs a failed or waiting job now; a failed one gets one more attempt. jobs.not_possible when a newer unfinished job
  // has its unique key.
  Status TryAgain(WriteTx& tx, JobId id) const;
  // What the unfinished job of this kind and key waits for has happened. One that waits runs now; one that runs and
  // ends by waiting runs again at once, for it may have looked before. Nothing when there is no such job.
  Status Wake(WriteTx& tx, std::string_view kind, std::string_view unique_key) const;

  Result<JobInfo> Get(ReadTx& tx, JobId id) const;
  Result<std::vector<JobAttempt>> Attempts(ReadTx& tx, JobId id) const;
  // `cursor` as answered before, or "". `limit` 1 to 200. jobs.cursor_invalid.
  Result<JobPage> List(ReadTx& tx, const JobFilter& filter, const std::string& cursor, int limit) const;
  Result<JobCounts> Count(ReadTx& tx) const;

  // Removes jobs that succeeded or were cancelled before `before`, at most `limit`; returns how many. Failed ones stay.
  Result<std::int64_t> DropFinished(WriteTx& tx, Instant before, int limit) const;

  const std::shared_ptr<JobSignal>& signal() const { return signal_; }
  // Tells the listener how the job stands now. Workers call it after each step of theirs.
  Status Tell(WriteTx& tx, JobId id) const;

 private:
  const Clock& clock_;
  JobListener listener_;
  std::shared_ptr<JobSignal> signal_;  // owned together with transactions that have yet to commit, and workers
};

}  // namespace privity
