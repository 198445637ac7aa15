#include "jobs/job_queue.h"

#include "jobs/internal/job_signal.h"
#include "store/columns.h"

namespace privity {

namespace {

constexpr std::size_t kPayloadBytesMax = 256 * 1024;
constexpr int kPageMax = 200;

// `due_at` says when a worker may take the job: its time while it waits, the end of the lease while it runs, NULL when
// it is not to be taken at all. One index on it serves every claim, whatever the number of jobs ever done.
constexpr const char* kTables = R"sql(
  CREATE TABLE jobs_job(
    id text PRIMARY KEY,
    kind text NOT NULL,
    payload text NOT NULL,
    state text NOT NULL,
    unique_key text,
    created_at bigint NOT NULL,
    due_at bigint,
    started_at bigint,
    finished_at bigint,
    attempts bigint NOT NULL,
    max_attempts bigint NOT NULL,
    fence bigint NOT NULL,
    worker text,
    wish text,
    progress_done bigint NOT NULL,
    progress_total bigint,
    checkpoint text,
    error text);
  CREATE INDEX jobs_job_due ON jobs_job(due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX jobs_job_state ON jobs_job(state, id);
  CREATE INDEX jobs_job_kind ON jobs_job(kind, id);
  CREATE INDEX jobs_job_finished ON jobs_job(finished_at) WHERE finished_at IS NOT NULL;
  CREATE UNIQUE INDEX jobs_job_unique ON jobs_job(kind, unique_key) WHERE unique_key IS NOT NULL AND finished_at IS NULL;
  CREATE TABLE jobs_attempt(
    job_id text NOT NULL REFERENCES jobs_job(id) ON DELETE CASCADE,
    number bigint NOT NULL,
    worker text NOT NULL,
    started_at bigint NOT NULL,
    finished_at bigint,
    outcome text,
    error text,
    PRIMARY KEY(job_id, number));
  CREATE TABLE jobs_schedule(
    name text PRIMARY KEY,
    kind text NOT NULL,
    payload text NOT NULL,
    rule text NOT NULL,
    is_enabled boolean NOT NULL,
    next_at bigint NOT NULL,
    last_at bigint,
    last_job_id text);
  CREATE TABLE jobs_time_zone(id bigint PRIMARY KEY, name text NOT NULL);
)sql";

Error Unknown(JobId id) {
  return Error("jobs.unknown", {{"id", id.ToString()}});
}

Error NotPossible(const JobInfo& job) {
  return Error("jobs.not_possible", {{"id", job.id.ToString()}, {"state", std::string(EnumText(job.state))}});
}

}  // namespace

std::vector<Migration> JobsMigrations() {
  return {{.room = "jobs", .version = 1, .name = "jobs, attempts, schedules", .sql = kTables},
          {.room = "jobs",
           .version = 2,
           .name = "who asked for a job, and what it is at",
           .sql = "ALTER TABLE jobs_job ADD COLUMN owner text; ALTER TABLE jobs_job ADD COLUMN progress_step text;"},
          {.room = "jobs",
           .version = 3,
           .name = "the attempt during which a job was woken",
           .sql = "ALTER TABLE jobs_job ADD COLUMN woken_fence bigint"}};
}

JobError ToJobError(const Error& error) {
  JobError out{.code = error.code(), .parameters = {}};
  for (const ErrorParameter& parameter : error.parameters()) out.parameters[parameter.name] = parameter.value;
  return out;
}

JobQueue::JobQueue(const Clock& clock) : clock_(clock), signal_(std::make_shared<JobSignal>()) {}

Result<JobId> JobQueue::Enqueue(WriteTx& tx, const NewJob& job) const {
  const JobId id = JobId::New(clock_);
  const Instant now = clock_.Now();
  const std::string payload = ToJson(job.payload);
  if (payload.size() > kPayloadBytesMax) {
    return Error("jobs.payload_too_large", {{"limit_bytes", std::to_string(kPayloadBytesMax)}});
  }
  PRIVITY_TRY(
      const std::int64_t inserted,
      tx.Execute("INSERT INTO jobs_job(id, kind, payload, state, unique_key, created_at, due_at, attempts, "
                 "max_attempts, fence, progress_done, owner) VALUES($1, $2, $3, 'queued', $4, $5, $6, 0, $7, 0, 0, $8) "
                 "ON CONFLICT(kind, unique_key) WHERE unique_key IS NOT NULL AND finished_at IS NULL DO NOTHING",
                 {id, job.kind, payload, job.unique_key, now, job.run_at.value_or(now), job.max_attempts, job.owner}));
  if (inserted == 1) {
    tx.OnCommit([signal = signal_] { signal->Ring(); });
    PRIVITY_TRY_VOID(Tell(tx, id));
    return id;
  }
  PRIVITY_TRY(const std::optional<Row> existing,
              tx.QueryOne("SELECT id FROM jobs_job WHERE kind = $1 AND unique_key = $2 AND finished_at IS NULL",
                          {job.kind, job.unique_key}));
  Invariant(existing.has_value(), "a refused unique key belongs to an unfinished job of the same transaction's view");
  return existing->Get<JobId>(0);
}

Result<JobInfo> JobQueue::Get(ReadTx& tx, JobId id) const {
  PRIVITY_TRY(std::optional<JobInfo> job, SelectStruct<JobInfo>(tx, "FROM jobs_job WHERE id = $1", {id}));
  if (!job) return Unknown(id);
  return *std::move(job);
}

Status JobQueue::Tell(WriteTx& tx, JobId id) const {
  if (!listener_) return Ok();
  PRIVITY_TRY(const JobInfo job, Get(tx, id));
  return listener_(tx, job);
}

Status JobQueue::Cancel(WriteTx& tx, JobId id) const {
  PRIVITY_TRY(const JobInfo job, Get(tx, id));
  switch (job.state) {
    case JobState::kQueued:
    case JobState::kWaiting:
    case JobState::kPaused:
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE jobs_job SET state = 'cancelled', due_at = NULL, finished_at = $2 WHERE id = $1",
                     {id, clock_.Now()}));
      return Tell(tx, id);
    case JobState::kRunning:
      PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_job SET wish = 'cancel' WHERE id = $1", {id}));
      tx.OnCommit([signal = signal_] { signal->Ring(); });
      return Ok();
    case JobState::kCancelled:
      return Ok();
    case JobState::kSucceeded:
    case JobState::kFailed:
      break;
  }
  return NotPossible(job);
}

Status JobQueue::Pause(WriteTx& tx, JobId id) const {
  PRIVITY_TRY(const JobInfo job, Get(tx, id));
  switch (job.state) {
    case JobState::kQueued:
    case JobState::kWaiting:
      PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_job SET state = 'paused', due_at = NULL WHERE id = $1", {id}));
      return Tell(tx, id);
    case JobState::kRunning:
      PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_job SET wish = 'pause' WHERE id = $1 AND wish IS NULL", {id}));
      tx.OnCommit([signal = signal_] { signal->Ring(); });
      return Ok();
    case JobState::kPaused:
      return Ok();
    case JobState::kSucceeded:
    case JobState::kFailed:
    case JobState::kCancelled:
      break;
  }
  return NotPossible(job);
}

Status JobQueue::Resume(WriteTx& tx, JobId id) const {
  PRIVITY_TRY(const JobInfo job, Get(tx, id));
  if (job.state == JobState::kRunning) {  // takes a pause back that has not happened yet
    PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_job SET wish = NULL WHERE id = $1 AND wish = 'pause'", {id}));
    return Ok();
  }
  if (job.state != JobState::kPaused) return NotPossible(job);
  PRIVITY_TRY_VOID(tx.Execute("UPDATE jobs_job SET state = 'queued', due_at = $2 WHERE id = $1", {id, clock_.Now()}));
  tx.OnCommit([signal = signal_] { signal->Ring(); });
  return Tell(tx, id);
}

Status JobQueue::TryAgain(WriteTx& tx, JobId id) const {
  PRIVITY_TRY(const JobInfo job, Get(tx, id));
  if (job.state != JobState::kFailed && job.state != JobState::kWaiting) return NotPossible(job);
  PRIVITY_TRY(
      const std::optional<Row> newer,
      tx.QueryOne("SELECT id FROM jobs_job WHERE kind = $1 AND unique_key = $2 AND finished_at IS NULL AND id <> $3",
                  {job.kind, job.unique_key, id}));
  if (newer) return NotPossible(job);
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE jobs_job SET state = 'queued', due_at = $2, finished_at = NULL, "
      "max_attempts = CASE WHEN attempts < max_attempts THEN max_attempts ELSE attempts + 1 END WHERE id = $1",
      {id, clock_.Now()}));
  tx.OnCommit([signal = signal_] { signal->Ring(); });
  return Tell(tx, id);
}

Status JobQueue::Wake(WriteTx& tx, std::string_view kind, std::string_view unique_key) const {
  PRIVITY_TRY(
      const std::optional<Row> row,
      tx.QueryOne("UPDATE jobs_job SET woken_fence = fence WHERE kind = $1 AND unique_key = $2 AND finished_at IS NULL "
                  "RETURNING id, state",
                  {kind, unique_key}));
  if (!row || row->Get<std::string>(1) != EnumText(JobState::kWaiting)) return Ok();
  return TryAgain(tx, row->Get<JobId>(0));
}

Result<std::vector<JobAttempt>> JobQueue::Attempts(ReadTx& tx, JobId id) const {
  PRIVITY_TRY_VOID(Get(tx, id));
  return SelectStructs<JobAttempt>(tx, "FROM jobs_attempt WHERE job_id = $1 ORDER BY number", {id});
}

Result<JobPage> JobQueue::List(ReadTx& tx, const JobFilter& filter, const std::string& cursor, int limit) const {
  Invariant(limit >= 1 && limit <= kPageMax, "a page of jobs has 1 to 200 items");
  std::string where = "FROM jobs_job WHERE 1 = 1";
  SqlValues params;
  const auto add = [&](std::string_view condition, SqlValue value) {
    params.push_back(std::move(value));
    where += " AND " + std::string(condition) + std::to_string(params.size());
  };
  if (filter.state) add("state = $", EnumText(*filter.state));
  if (filter.kind) add("kind = $", *filter.kind);
  if (!cursor.empty()) {
    const Result<JobId> after = JobId::Parse(cursor);
    if (!after.ok()) return Error("jobs.cursor_invalid");
    add("id < $", *after);
  }
  params.emplace_back(limit + 1);
  PRIVITY_TRY(std::vector<JobInfo> items,
              SelectStructs<JobInfo>(tx, where + " ORDER BY id DESC LIMIT $" + std::to_string(params.size()), params));
  JobPage page;
  if (items.size() > static_cast<std::size_t>(limit)) {
    items.pop_back();
    page.next_cursor = items.back().id.ToString();
  }
  page.items = std::move(items);
  return page;
}

Result<JobCounts> JobQueue::Count(ReadTx& tx) const {
  JobCounts counts;
  PRIVITY_TRY_VOID(
      tx.ForEach("SELECT state, count(*) FROM jobs_job WHERE state IN ('queued', 'running', 'waiting', 'paused', "
                 "'failed') GROUP BY state",
                 {}, [&](Row row) -> Status {
                   const std::string state = row.Get<std::string>(0);
                   std::int64_t& count = state == "queued"    ? counts.queued
                                         : state == "running" ? counts.running
                                         : state == "waiting" ? counts.waiting
                                         : state == "paused"  ? counts.paused
                                                              : counts.failed;
                   count = row.Get<std::int64_t>(1);
                   return Ok();
                 }));
  PRIVITY_TRY(const std::optional<Row> oldest,
              tx.QueryOne("SELECT min(due_at) FROM jobs_job WHERE due_at <= $1", {clock_.Now()}));
  counts.oldest_due_at = oldest->Get<std::optional<Instant>>(0);
  return counts;
}

Result<std::int64_t> JobQueue::DropFinished(WriteTx& tx, Instant before, int limit) const {
  return tx.Execute(
      "DELETE FROM jobs_job WHERE id IN (SELECT id FROM jobs_job WHERE finished_at < $1 AND state <> 'failed' "
      "ORDER BY finished_at LIMIT $2)",
      {before, limit});
}

}  // namespace privity
