#include "jobs/internal/lease.h"

namespace privity::jobs_internal {

namespace {

Error LeaseLost(const ClaimedJob& job) {
  return Error("jobs.lease_lost", {{"id", job.id.ToString()}});
}

std::string ClaimStatement(Dialect dialect, std::size_t kinds) {
  std::string places;
  for (std::size_t i = 0; i < kinds; ++i) places += (i == 0 ? "$" : ", $") + std::to_string(i + 5);
  // PostgreSQL: workers step over each other's rows instead of waiting. SQLite has one writer at a time.
  const std::string locking = dialect == Dialect::kPostgres ? " FOR UPDATE SKIP LOCKED" : "";
  return "WITH due AS MATERIALIZED (SELECT id AS due_id FROM jobs_job WHERE due_at <= $1 AND kind IN (" + places +
         ") ORDER BY due_at LIMIT $4" + locking +
         ") UPDATE jobs_job SET state = 'running', worker = $2, due_at = $3, started_at = $1, fence = fence + 1, "
         "attempts = attempts + 1 FROM due WHERE id = due_id "
         "RETURNING id, kind, payload, checkpoint, attempts, max_attempts, fence, wish";
}

Result<Json> StoredJson(const std::optional<std::string>& text) {
  if (!text) return Json();
  Result<Json> json = ParseJson(*text);
  if (!json.ok()) return Error("store.corrupt", {{"column", "json"}});
  return json;
}

Wish ParseWish(const std::optional<std::string>& text) {
  if (!text) return Wish::kNone;
  return *text == "cancel" ? Wish::kCancel : Wish::kPause;
}

struct Taken {
  ClaimedJob job;
  Wish wish = Wish::kNone;
};

Result<std::vector<Taken>> TakeDue(WriteTx& tx, const Claim& claim) {
  SqlValues params = {claim.now, claim.worker, claim.now + claim.lease, claim.limit};
  for (const std::string& kind : claim.kinds) params.emplace_back(kind);
  PRIVITY_TRY(const std::vector<Row> rows, tx.Query(ClaimStatement(tx.dialect(), claim.kinds.size()), params));
  std::vector<Taken> taken;
  for (const Row& row : rows) {
    PRIVITY_TRY(Json payload, StoredJson(row.Get<std::string>(2)));
    PRIVITY_TRY(Json checkpoint, StoredJson(row.Get<std::optional<std::string>>(3)));
    taken.push_back({.job = {.id = row.Get<JobId>(0),
                             .kind = row.Get<std::string>(1),
                             .payload = std::move(payload),
                             .checkpoint = std::move(checkpoint),
                             .attempts = row.Get<std::int64_t>(4),
                             .max_attempts = row.Get<std::int64_t>(5),
                             .fence = row.Get<std::int64_t>(6),
                             .worker = claim.worker},
                     .wish = ParseWish(row.Get<std::optional<std::string>>(7))});
  }
  return taken;
}

// How a job ends that is not to be run although it was due, if so.
std::optional<Ending> EndingInsteadOfRunning(const Taken& taken) {
  if (taken.wish == Wish::kCancel) {
    return Ending{.state = JobState::kCancelled,
                  .outcome = AttemptOutcome::kCancelled,
                  .due_at = {},
                  .error = {},
                  .counts = false};
  }
  if (taken.wish == Wish::kPause) {
    return Ending{
        .state = JobState::kPaused, .outcome = AttemptOutcome::kReleased, .due_at = {}, .error = {}, .counts = false};
  }
  // Whoever took it before vanished each time; it may be the job itself that ends the process.
  if (taken.job.attempts > taken.job.max_attempts) {
    return Ending{.state = JobState::kFailed,
                  .outcome = AttemptOutcome::kLost,
                  .due_at = {},
                  .error = Error("jobs.worker_lost", {{"attempts", std::to_string(taken.job.max_attempts)}}),
                  .counts = false};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<ClaimedJob>> ClaimJobs(WriteTx& tx, const Claim& claim) {
  PRIVITY_TRY(std::vector<Taken> taken, TakeDue(tx, claim));
  std::vector<ClaimedJob> claimed;
  for (Taken& each : taken) {
    PRIVITY_TRY_VOID(tx.Execute(
        "UPDATE jobs_attempt SET finished_at = $2, outcome = 'lost' WHERE job_id = $1 AND finished_at IS NULL",
        {each.job.id, claim.now}));
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO jobs_attempt(job_id, number, worker, started_at) VALUES($1, $2, $3, $4)",
                                {each.job.id, each.job.fence, claim.worker, claim.now}));
    if (const std::optional<Ending> ending = EndingInsteadOfRunning(each)) {
      PRIVITY_TRY_VOID(EndJob(tx, each.job, *ending, claim.now));
    } else {
      claimed.push_back(std::move(each.job));
    }
    if (claim.tell) PRIVITY_TRY_VOID(claim.tell(tx, each.job.id));
  }
  return claimed;
}

Status RenewLease(WriteTx& tx, const ClaimedJob& job, Instant until) {
  PRIVITY_TRY(const std::int64_t changed,
              tx.Execute("UPDATE jobs_job SET due_at = $3 WHERE id = $1 AND fence = $2 AND state = 'running'",
                         {job.id, job.fence, until}));
  if (changed == 0) return LeaseLost(job);
  return Ok();
}

Result<Wish> ReadWish(ReadTx& tx, const ClaimedJob& job) {
  PRIVITY_TRY(
      const std::optional<Row> row,
      tx.QueryOne("SELECT wish FROM jobs_job WHERE id = $1 AND fence = $2 AND state = 'running'", {job.id, job.fence}));
  if (!row) return LeaseLost(job);
  return ParseWish(row->Get<std::optional<std::string>>(0));
}

Status EndJob(WriteTx& tx, const ClaimedJob& job, const Ending& ending, Instant now) {
  const bool finished =
      ending.state == JobState::kSucceeded || ending.state == JobState::kFailed || ending.state == JobState::kCancelled;
  const SqlValue finished_at = finished ? SqlValue(now) : SqlValue();
  const SqlValue error = ending.error ? SqlValue(ToJson(ToJobError(*ending.error))) : SqlValue();
  const SqlValue due_if_woken = ending.state == JobState::kWaiting ? SqlValue(now) : SqlValue(ending.due_at);
  PRIVITY_TRY(
      const std::int64_t changed,
      tx.Execute("UPDATE jobs_job SET state = $3, due_at = CASE WHEN woken_fence = fence THEN CAST($8 AS bigint) "
                 "ELSE CAST($4 AS bigint) END, "
                 "finished_at = $5, error = $6, attempts = $7, worker = NULL, wish = NULL "
                 "WHERE id = $1 AND fence = $2 AND state = 'running'",
                 {job.id, job.fence, EnumText(ending.state), ending.due_at, finished_at, error,
                  ending.counts ? job.attempts : job.attempts - 1, due_if_woken}));
  if (changed == 0) return LeaseLost(job);
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE jobs_attempt SET finished_at = $3, outcome = $4, error = $5 WHERE job_id = $1 AND number = $2",
                 {job.id, job.fence, now, EnumText(ending.outcome), error}));
  return Ok();
}

Status EndStrayLeases(WriteTx& tx, Instant now, Duration longest) {
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE jobs_job SET due_at = $1 WHERE state = 'running' AND due_at > $2", {now, now + longest}));
  return Ok();
}

}  // namespace privity::jobs_internal
