// Sends checkpoints to the places outside that were configured: by jobs, one for each place, so that a place that is
// down is tried again until it answers, and everybody can see it waiting.
//
// Each minute every process asks whether a place is due (the ledger grew, and the place's interval is over). A job that
// fails waits ten seconds, then twice as long each time up to fifteen minutes, and never gives up. What a place
// answered last stands in ledger/publication.h; when it means that the ledger was forked or set back, every process
// halts its ledger with it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"
#include "ledger/publication.h"
#include "ledger/sequencer.h"

namespace privity {

// A place as people see it.
struct CheckpointPlace {
  std::string name = {};   // "directory", "witness", "webhook", "mail"
  std::string place = {};  // a path, a key name, a host, a masked address
  std::int64_t interval_seconds = 0;
  bool is_sent_by_job = true;
  std::optional<std::uint64_t> size = {};
  std::optional<Instant> delivered_at = {};
  std::optional<Instant> attempted_at = {};
  std::optional<std::string> error = {};
  std::optional<std::string> problem = {};
  std::int64_t failures = 0;
  std::optional<std::string> receipt = {};
};
PRIVITY_DESCRIBE(CheckpointPlace, (name, place, interval_seconds, is_sent_by_job, size, delivered_at, attempted_at,
                                   error, problem, failures, receipt))
std::vector<FieldNote> FieldNotes(const CheckpointPlace*);

std::span<const ActionInfo> CheckpointPostActions();

// Safe to call from many threads.
class CheckpointPost {
 public:
  static constexpr std::string_view kJobKind = "ledger.publish";

  struct Target {
    std::unique_ptr<CheckpointSink> sink;
    Duration interval;
  };

  // Everything outlives it. `own` are the sinks that the sequencer serves by itself, every `own_interval`: listed only.
  CheckpointPost(Ledger& ledger, Sequencer& sequencer, const JobQueue& queue, std::vector<Target> targets,
                 std::vector<const CheckpointSink*> own, Duration own_interval);

  // A chore of each minute.
  Status EnqueueDue();
  // Register under kJobKind.
  JobHandler Handler();

  Result<std::vector<CheckpointPlace>> List(ReadTx& tx) const;
  // Sends out of turn, whether or not the ledger grew. app.checkpoint_place_unknown{place}.
  Result<JobId> SendNow(WriteTx& tx, const std::string& place, const Actor& actor, const std::string& request_id) const;

 private:
  const Target* Find(const std::string& name) const;
  Status Send(JobContext& context);

  Ledger& ledger_;
  Sequencer& sequencer_;
  const JobQueue& queue_;
  const std::vector<Target> targets_;
  const std::vector<const CheckpointSink*> own_;
  const Duration own_interval_;
  const Publications publications_;
};

}  // namespace privity
