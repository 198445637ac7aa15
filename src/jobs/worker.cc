#include "jobs/worker.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <thread>

#include "base/guarded.h"
#include "base/random.h"
#include "jobs/internal/job_signal.h"
#include "jobs/internal/lease.h"

namespace privity {

namespace {

using jobs_internal::Ending;
using jobs_internal::Wish;

constexpr Duration kFirstWait = std::chrono::seconds(2);
constexpr Duration kLongestWait = std::chrono::hours(1);
constexpr Duration kLongestLease = std::chrono::hours(1);
constexpr Duration kBetweenCleanings = std::chrono::minutes(10);
constexpr int kDroppedAtOnce = 500;
constexpr WriteOptions kSingleStatements = {.isolation = WriteOptions::Isolation::kReadCommitted,
                                            .timeout = std::nullopt};

// Between half of the wait and all of it, so that jobs which failed together do not come back together.
Duration WaitAfter(std::int64_t attempt) {
  Duration wait = kFirstWait;
  for (std::int64_t i = 1; i < attempt && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  return wait / 2 + Duration(RandomBelow(static_cast<std::uint64_t>(wait.count() / 2)));
}

std::string DefaultName() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return std::string(host.data()) + "/" + std::to_string(getpid());
}

}  // namespace

JobId JobContext::id() const {
  return job_.id;
}
std::int64_t JobContext::attempt() const {
  return job_.attempts;
}
const Json& JobContext::payload() const {
  return job_.payload;
}
const Json& JobContext::checkpoint() const {
  return job_.checkpoint;
}

Status JobContext::SaveProgress(std::int64_t done, std::optional<std::int64_t> total, const Json& checkpoint) const {
  const SqlValue kept = checkpoint.is_null() ? SqlValue() : SqlValue(ToJson(checkpoint));
  return Show("progress_done = $3, progress_total = $4, checkpoint = COALESCE($5, checkpoint)", {done, total, kept});
}

Status JobContext::BeginStep(std::string_view step, std::optional<std::int64_t> total) const {
  return Show("progress_done = 0, progress_step = $3, progress_total = $4", {step, total});
}

// `sets` counts its values from $3.
Status JobContext::Show(std::string_view sets, SqlValues values) const {
  values.insert(values.begin(), {job_.id, job_.fence});
  return store_.Write(
      [&](WriteTx& tx) -> Status {
        PRIVITY_TRY(const std::int64_t changed, tx.Execute("UPDATE jobs_job SET " + std::string(sets) +
                                                               " WHERE id = $1 AND fence = $2 AND state = 'running'",
                                                           values));
        if (changed == 0) return Error("jobs.lease_lost", {{"id", job_.id.ToString()}});
        return queue_.Tell(tx, job_.id);
      },
      kSingleStatements);
}

Status JobContext::ConfirmLease(ReadTx& tx) const {
  PRIVITY_TRY_VOID(jobs_internal::ReadWish(tx, job_));
  return Ok();
}

Status JobContext::CompleteIn(WriteTx& tx) const {
  PRIVITY_TRY_VOID(jobs_internal::EndJob(tx, job_, Ending{}, clock_.Now()));
  return queue_.Tell(tx, job_.id);
}

Error JobContext::GiveUp(Error error) {
  give_up_ = true;
  return error;
}

Error JobContext::RetryAt(Instant instant, Error error) {
  retry_at_ = instant;
  return error;
}

class Worker::Impl {
 public:
  Impl(Store& store, const JobQueue& queue, const Schedules& schedules, const Clock& clock, Logger log,
       JobHandlers handlers, WorkerOptions options)
      : store_(store),
        queue_(queue),
        schedules_(schedules),
        clock_(clock),
        log_(std::move(log)),
        handlers_(std::move(handlers)),
        options_(std::move(options)) {
    if (options_.name.empty()) options_.name = DefaultName();
    for (const auto& [kind, handler] : handlers_) kinds_.push_back(kind);
  }

  void Run(const std::stop_token& stop);
  Result<int> RunDue();

 private:
  // Why a running job was asked to stop.
  enum class Reason { kNone, kWish, kLeaseLost, kShutdown };
  struct Running {
    explicit Running(ClaimedJob claimed, Instant until) : job(std::move(claimed)), lease_until(until) {}
    const ClaimedJob job;
    Instant lease_until;  // dispatcher only
    std::stop_source stop;
    std::atomic<Reason> reason = Reason::kNone;
    std::atomic<bool> ended = false;
    std::thread thread;
  };

  Result<std::vector<ClaimedJob>> Claim(int limit);
  void StartDue();
  void KeepLeases();
  void KeepLease(Running& running);
  void CollectEnded();
  void CleanUp();
  void StopAll();
  void RunJob(Running& running);
  Status CallHandler(JobContext& context, const std::string& kind) const;
  Ending EndingFor(const Running& running, const JobContext& context, const Status& status, Wish wish) const;
  void Record(const Running& running, const JobContext& context, const Status& status);
  // Logs a failing store once, and once when it works again.
  void Note(const Status& status);

  Store& store_;
  const JobQueue& queue_;
  const Schedules& schedules_;
  const Clock& clock_;
  const Logger log_;
  const JobHandlers handlers_;
  WorkerOptions options_;
  std::vector<std::string> kinds_;
  std::list<Running> running_;  // dispatcher only; the jobs' threads see their own element
  std::optional<Instant> cleaned_at_;
  bool store_fails_ = false;
};

Result<std::vector<ClaimedJob>> Worker::Impl::Claim(int limit) {
  if (kinds_.empty()) return std::vector<ClaimedJob>();
  const Instant now = clock_.Now();
  // Asking first keeps an idle worker from taking the write lock every second.
  PRIVITY_TRY(const std::optional<Row> due, store_.Read([&](ReadTx& tx) {
    return tx.QueryOne("SELECT 1 FROM jobs_job WHERE due_at <= $1 LIMIT 1", {now});
  }));
  if (!due) return std::vector<ClaimedJob>();
  return store_.Write(
      [&](WriteTx& tx) {
        return jobs_internal::ClaimJobs(tx, {.worker = options_.name,
                                             .kinds = kinds_,
                                             .limit = limit,
                                             .now = now,
                                             .lease = options_.lease,
                                             .tell = [&](WriteTx& in, JobId id) { return queue_.Tell(in, id); }});
      },
      kSingleStatements);
}

void Worker::Impl::Note(const Status& status) {
  if (!status.ok() && !store_fails_) log_.Warning("jobs.store_fails", {{"error", status.error()}});
  if (status.ok() && store_fails_) log_.Info("jobs.store_works_again");
  store_fails_ = !status.ok();
}

void Worker::Impl::Run(const std::stop_token& stop) {
  std::uint64_t seen = 0;
  while (!stop.stop_requested()) {
    CollectEnded();
    KeepLeases();
    CleanUp();
    StartDue();
    queue_.signal()->Wait(seen, options_.poll, stop);
  }
  StopAll();
}

void Worker::Impl::StartDue() {
  const Result<std::int64_t> scheduled = schedules_.EnqueueDue(store_);
  const int free = options_.threads - static_cast<int>(running_.size());
  if (free <= 0) return;
  Result<std::vector<ClaimedJob>> claimed = Claim(free);
  Note(!scheduled.ok() ? Status(scheduled.error()) : !claimed.ok() ? Status(claimed.error()) : Ok());
  if (!claimed.ok()) return;
  for (ClaimedJob& job : *claimed) {
    Running& running = running_.emplace_back(std::move(job), clock_.Now() + options_.lease);
    running.thread = std::thread([this, &running] {
      RunJob(running);
      running.ended = true;
      queue_.signal()->Ring();
    });
  }
}

void Worker::Impl::CollectEnded() {
  running_.remove_if([](Running& running) {
    if (!running.ended) return false;
    running.thread.join();
    return true;
  });
}

void Worker::Impl::KeepLeases() {
  for (Running& running : running_) KeepLease(running);
}

void Worker::Impl::KeepLease(Running& running) {
  if (running.ended || running.reason == Reason::kLeaseLost) return;
  const auto stop_for = [&](Reason reason) {
    if (running.reason == Reason::kNone || reason == Reason::kLeaseLost) running.reason = reason;
    running.stop.request_stop();
  };
  const Result<Wish> wish = store_.Read([&](ReadTx& tx) { return jobs_internal::ReadWish(tx, running.job); });
  if (wish.ok() && *wish != Wish::kNone) stop_for(Reason::kWish);
  if (!wish.ok() && wish.error().Is("jobs.lease_lost") && !running.ended) stop_for(Reason::kLeaseLost);
  // Half-way through the lease, or when the machine's clock was set back.
  const Instant now = clock_.Now();
  const Duration left = running.lease_until - now;
  if (left > options_.lease / 2 && left <= options_.lease) return;
  const Status renewed = store_.Write(
      [&](WriteTx& tx) { return jobs_internal::RenewLease(tx, running.job, now + options_.lease); }, kSingleStatements);
  if (renewed.ok()) running.lease_until = now + options_.lease;
  const bool refused = !renewed.ok() && renewed.error().Is("jobs.lease_lost") && !running.ended;
  if (refused || clock_.Now() > running.lease_until) stop_for(Reason::kLeaseLost);
}

void Worker::Impl::CleanUp() {
  const Instant now = clock_.Now();
  if (cleaned_at_ && now >= *cleaned_at_ && now < *cleaned_at_ + kBetweenCleanings) return;
  cleaned_at_ = now;
  Note(store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(jobs_internal::EndStrayLeases(tx, now, kLongestLease));
    PRIVITY_TRY_VOID(queue_.DropFinished(tx, now - options_.keep_finished, kDroppedAtOnce));
    return Ok();
  }));
}

void Worker::Impl::StopAll() {
  for (Running& running : running_) {
    if (running.reason == Reason::kNone) running.reason = Reason::kShutdown;
    running.stop.request_stop();
  }
  std::uint64_t seen = 0;
  for (CollectEnded(); !running_.empty(); CollectEnded()) {
    KeepLeases();
    queue_.signal()->Wait(seen, options_.poll, {});
  }
}

Status Worker::Impl::CallHandler(JobContext& context, const std::string& kind) const {
  try {
    return handlers_.at(kind)(context);
  } catch (...) {
    return Error("jobs.handler_threw", {{"kind", kind}});
  }
}

void Worker::Impl::RunJob(Running& running) {
  JobContext context(store_, queue_, clock_, running.job, running.stop.get_token());
  const Status status = CallHandler(context, running.job.kind);
  if (running.reason == Reason::kLeaseLost) {
    log_.Warning("jobs.lease_lost", {{"id", running.job.id}, {"kind", running.job.kind}});
    return;
  }
  Record(running, context, status);
}

Ending Worker::Impl::EndingFor(const Running& running, const JobContext& context, const Status& status,
                               Wish wish) const {
  const Instant now = clock_.Now();
  if (status.ok()) return {};
  if (wish == Wish::kCancel) {
    return {.state = JobState::kCancelled,
            .outcome = AttemptOutcome::kCancelled,
            .due_at = {},
            .error = {},
            .counts = true};
  }
  if (wish == Wish::kPause) {
    return {
        .state = JobState::kPaused, .outcome = AttemptOutcome::kReleased, .due_at = {}, .error = {}, .counts = false};
  }
  if (running.reason == Reason::kShutdown) {
    return {
        .state = JobState::kQueued, .outcome = AttemptOutcome::kReleased, .due_at = now, .error = {}, .counts = false};
  }
  if (context.retry_at_) {
    return {.state = JobState::kWaiting,
            .outcome = AttemptOutcome::kFailed,
            .due_at = context.retry_at_,
            .error = status.error(),
            .counts = false};
  }
  if (context.give_up_ || running.job.attempts >= running.job.max_attempts) {
    return {.state = JobState::kFailed,
            .outcome = AttemptOutcome::kFailed,
            .due_at = {},
            .error = status.error(),
            .counts = true};
  }
  return {.state = JobState::kWaiting,
          .outcome = AttemptOutcome::kFailed,
          .due_at = now + WaitAfter(running.job.attempts),
          .error = status.error(),
          .counts = true};
}

void Worker::Impl::Record(const Running& running, const JobContext& context, const Status& status) {
  Ending ending;
  const Status recorded = store_.Write([&](WriteTx& tx) -> Status {
    const Result<Wish> wish = jobs_internal::ReadWish(tx, running.job);
    // No longer ours: ended by CompleteIn, or taken over.
    if (!wish.ok()) return wish.error().Is("jobs.lease_lost") ? Ok() : Status(wish.error());
    ending = EndingFor(running, context, status, *wish);
    PRIVITY_TRY_VOID(jobs_internal::EndJob(tx, running.job, ending, clock_.Now()));
    return queue_.Tell(tx, running.job.id);
  });
  const std::string error = status.ok() ? "" : status.error().DebugString();
  const auto fields = {LogField("id", running.job.id), LogField("kind", running.job.kind),
                       LogField("attempt", running.job.attempts), LogField("state", ending.state),
                       LogField("error", error)};
  status.ok() ? log_.Info("jobs.ended", fields) : log_.Warning("jobs.ended", fields);
  // It stays "running" until its lease ends, and is then taken again: at least once.
  if (!recorded.ok()) log_.Warning("jobs.end_not_recorded", {{"id", running.job.id}, {"error", recorded.error()}});
}

Result<int> Worker::Impl::RunDue() {
  for (int ran = 0;; ++ran) {
    PRIVITY_TRY_VOID(schedules_.EnqueueDue(store_));
    PRIVITY_TRY(std::vector<ClaimedJob> claimed, Claim(1));
    if (claimed.empty()) return ran;
    Running running(std::move(claimed.front()), clock_.Now() + options_.lease);
    RunJob(running);
  }
}

Worker::Worker(Store& store, const JobQueue& queue, const Schedules& schedules, const Clock& clock, Logger log,
               JobHandlers handlers, WorkerOptions options)
    : impl_(std::make_unique<Impl>(store, queue, schedules, clock, std::move(log), std::move(handlers),
                                   std::move(options))) {}
Worker::~Worker() = default;

void Worker::Run(const std::stop_token& stop) {
  impl_->Run(stop);
}
Result<int> Worker::RunDue() {
  return impl_->RunDue();
}

}  // namespace privity
