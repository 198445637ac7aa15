// The worker's side of the job table: taking, keeping and ending jobs. Every step names the fencing number under which
// the job was taken, so that a worker which lost its lease changes nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jobs/job.h"
#include "store/store.h"

namespace privity {

struct ClaimedJob {
  JobId id;
  std::string kind;
  Json payload;
  Json checkpoint;
  std::int64_t attempts = 0;  // this one included
  std::int64_t max_attempts = 0;
  std::int64_t fence = 0;
  std::string worker;
};

namespace jobs_internal {

struct Claim {
  std::string worker;
  std::vector<std::string> kinds;
  int limit = 1;
  Instant now{};
  Duration lease{};
  // Called for each job that was taken or ended.
  std::function<Status(WriteTx&, JobId)> tell;
};

// Takes jobs that are due, and those whose lease ran out. What was lost once too often, or was asked to stop meanwhile,
// is ended here and not returned.
Result<std::vector<ClaimedJob>> ClaimJobs(WriteTx& tx, const Claim& claim);

// Prolongs the lease. jobs.lease_lost.
Status RenewLease(WriteTx& tx, const ClaimedJob& job, Instant until);

enum class Wish { kNone, kCancel, kPause };
// What was asked of a running job. jobs.lease_lost.
Result<Wish> ReadWish(ReadTx& tx, const ClaimedJob& job);

struct Ending {
  JobState state = JobState::kSucceeded;
  AttemptOutcome outcome = AttemptOutcome::kSucceeded;
  std::optional<Instant> due_at;
  std::optional<Error> error;
  bool counts = true;  // as an attempt
};
// jobs.lease_lost.
Status EndJob(WriteTx& tx, const ClaimedJob& job, const Ending& ending, Instant now);

// Leases that end implausibly late, after the machine's clock was set back, end now.
Status EndStrayLeases(WriteTx& tx, Instant now, Duration longest);

}  // namespace jobs_internal
}  // namespace privity
