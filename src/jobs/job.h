// What a job looks like from outside: its state, its attempts, what went wrong. Described, so that the API and the
// console show it as it is. A job's payload is not part of this: it may hold personal data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/type_table.h"

namespace privity {

struct JobTag {};
using JobId = Id<JobTag>;

// queued -> running -> succeeded
//              |-> waiting (failed, tried again later) -> running
//              |-> failed (no attempt left: somebody must look)
// queued, waiting, running -> cancelled, or -> paused -> queued. failed -> queued when told to try again.
enum class JobState { kQueued, kRunning, kWaiting, kPaused, kSucceeded, kFailed, kCancelled };
PRIVITY_DESCRIBE_ENUM(JobState, kQueued, kRunning, kWaiting, kPaused, kSucceeded, kFailed, kCancelled)

// Code and parameters, as in base/error.h: the words come from the catalog when it is shown.
struct JobError {
  std::string code;
  std::map<std::string, std::string> parameters;
  bool operator==(const JobError&) const = default;
};
PRIVITY_DESCRIBE(JobError, (code, parameters))
JobError ToJobError(const Error& error);

struct JobInfo {
  JobId id;
  std::string kind;
  JobState state = JobState::kQueued;
  std::optional<std::string> unique_key;
  Instant created_at{};
  std::optional<Instant> due_at;  // when a worker may take it; of a running job, when its lease ends
  std::optional<Instant> started_at;
  std::optional<Instant> finished_at;
  std::int64_t attempts = 0;
  std::int64_t max_attempts = 0;
  std::optional<std::string> worker;
  std::int64_t progress_done = 0;
  std::optional<std::int64_t> progress_total;
  std::optional<std::string> progress_step;  // what it is at, a machine word: "verify"
  std::optional<std::string> owner;          // who asked for it: an id of the room that knows people
  std::optional<JobError> error;             // of the latest attempt that failed
};
PRIVITY_DESCRIBE(JobInfo, (id, kind, state, unique_key, created_at, due_at, started_at, finished_at, attempts,
                           max_attempts, worker, progress_done, progress_total, progress_step, owner, error))

// kReleased: stopped half-way by a pause or a shutdown; does not count as an attempt. kLost: the worker vanished.
enum class AttemptOutcome { kSucceeded, kFailed, kReleased, kCancelled, kLost };
PRIVITY_DESCRIBE_ENUM(AttemptOutcome, kSucceeded, kFailed, kReleased, kCancelled, kLost)

struct JobAttempt {
  std::int64_t number = 0;  // 1, 2, 3…
  std::string worker;
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::optional<AttemptOutcome> outcome;  // none while it runs
  std::optional<JobError> error;
};
PRIVITY_DESCRIBE(JobAttempt, (number, worker, started_at, finished_at, outcome, error))

}  // namespace privity
