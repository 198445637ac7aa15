// Runs jobs: takes what is due, keeps its lease while it works, and records how it ended.
//
// A lease is a time limit and a fencing number. A worker that loses its lease (a long pause of the machine, a lost
// database) is told through the stop token, and nothing that it still saves for the job is accepted. Any number of
// workers, in this and in other processes, may serve one PostgreSQL database.
//
// A handler that returns an error or throws is tried again after 2 s, 4 s, 8 s… up to an hour, with jitter, until the
// job's attempts are used up. No handler can stop the worker or another job.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/log.h"
#include "jobs/job_queue.h"
#include "jobs/schedule.h"

namespace privity {

struct ClaimedJob;

// What a handler sees of its job. Belongs to the handler's thread.
class JobContext {
 public:
  JobContext(Store& store, const JobQueue& queue, const Clock& clock, const ClaimedJob& job, std::stop_token stop)
      : store_(store), queue_(queue), clock_(clock), job_(job), stop_(std::move(stop)) {}
  JobContext(const JobContext&) = delete;
  JobContext& operator=(const JobContext&) = delete;

  JobId id() const;
  // The same in every attempt: hand it to the outside, so that a repetition has no second effect there.
  std::string idempotency_key() const { return id().ToString(); }
  std::int64_t attempt() const;  // 1 for the first
  const Json& payload() const;
  template <class T>
  Result<T> Payload() const {
    return FromJsonValue<T>(payload());
  }
  // What an earlier attempt saved last, or null.
  const Json& checkpoint() const;

  // Asks to end soon: cancelled, paused, lease lost, or the process ends. Returning any error then is no failure.
  const std::stop_token& stop_token() const { return stop_; }
  bool stop_requested() const { return stop_.stop_requested(); }

  // Shows progress and keeps a checkpoint to go on from. jobs.lease_lost.
  Status SaveProgress(std::int64_t done, std::optional<std::int64_t> total, const Json& checkpoint = {}) const;
  // Shows what the job is at, a machine word with words of its own in the catalog; its counts begin anew.
  // jobs.lease_lost.
  Status BeginStep(std::string_view step, std::optional<std::int64_t> total = {}) const;
  // Inside a change that must not be made by a worker which lost its lease. jobs.lease_lost.
  Status ConfirmLease(ReadTx& tx) const;
  // Ends the job as succeeded in the same transaction as its results: they are saved exactly once. jobs.lease_lost.
  Status CompleteIn(WriteTx& tx) const;

  // return context.GiveUp(error): another attempt would not help.
  Error GiveUp(Error error);
  // return context.RetryAt(instant, error): not before then, and without using up an attempt.
  Error RetryAt(Instant instant, Error error);

 private:
  friend class Worker;
  Status Show(std::string_view sets, SqlValues values) const;
  Store& store_;
  const JobQueue& queue_;
  const Clock& clock_;
  const ClaimedJob& job_;
  std::stop_token stop_;
  bool give_up_ = false;
  std::optional<Instant> retry_at_;
};

using JobHandler = std::function<Status(JobContext&)>;
using JobHandlers = std::map<std::string, JobHandler>;  // kind -> handler; called from several threads at once

struct WorkerOptions {
  std::string name = {};  // shown to people: "<host>/<pid>" when empty
  int threads = 4;        // jobs at the same time
  Duration lease = std::chrono::seconds(60);
  std::chrono::milliseconds poll{1'000};  // how often it looks for what other processes enqueued
  Duration keep_finished = std::chrono::days(30);
};

class Worker {
 public:
  // All outlive the worker.
  Worker(Store& store, const JobQueue& queue, const Schedules& schedules, const Clock& clock, Logger log,
         JobHandlers handlers, WorkerOptions options = {});
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Works until asked to stop; then asks the running handlers to stop, waits for them, and gives back what they left
  // undone.
  void Run(const std::stop_token& stop);

  // For tests: runs everything that is due now in this thread, one after another; returns how many jobs ran.
  Result<int> RunDue();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace privity
