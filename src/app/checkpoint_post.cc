#include "app/checkpoint_post.h"

#include <algorithm>
#include <array>

namespace privity {
namespace {

constexpr std::chrono::seconds kFirstDelay{10};
constexpr std::chrono::minutes kDelayMax{15};
constexpr std::array<ActionInfo, 1> kActions = {
    {{"app.checkpoint.sent", "Somebody had the newest checkpoint sent to a place outside out of turn."}}};

struct PublishJob {
  std::string place;
};
PRIVITY_DESCRIBE(PublishJob, (place))

NewJob JobFor(const std::string& place) {
  return {
      .kind = std::string(CheckpointPost::kJobKind), .payload = ToJsonValue(PublishJob{place}), .unique_key = place};
}

// 10 s, 20 s, 40 s … after so many failures in a row.
Duration DelayAfter(std::int64_t failures) {
  const Duration delay = kFirstDelay * (std::int64_t{1} << std::clamp<std::int64_t>(failures - 1, 0, 10));
  return std::min<Duration>(delay, kDelayMax);
}

const Publication* Of(const std::vector<Publication>& publications, const std::string& name) {
  const auto found = std::ranges::find(publications, name, &Publication::place);
  return found == publications.end() ? nullptr : &*found;
}

CheckpointPlace Described(const CheckpointSink& sink, Duration interval, bool is_sent_by_job,
                          const std::vector<Publication>& publications) {
  CheckpointPlace described{.name = sink.name(),
                            .place = sink.place(),
                            .interval_seconds = std::chrono::duration_cast<std::chrono::seconds>(interval).count(),
                            .is_sent_by_job = is_sent_by_job};
  const Publication* const sent = Of(publications, described.name);
  if (sent == nullptr) return described;
  described.size = sent->size;
  described.delivered_at = sent->delivered_at;
  described.attempted_at = sent->attempted_at;
  described.error = sent->error;
  described.problem = sent->problem;
  described.failures = sent->failures;
  described.receipt = sent->receipt;
  return described;
}

Result<std::optional<std::uint64_t>> NewestSize(ReadTx& tx) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT size FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));
  return row ? std::optional(row->Get<std::uint64_t>(0)) : std::nullopt;
}

}  // namespace

std::span<const ActionInfo> CheckpointPostActions() {
  return kActions;
}

std::vector<FieldNote> FieldNotes(const CheckpointPlace*) {
  return {{.name = "name", .description = "directory, witness, webhook or mail."},
          {.name = "place", .description = "A path, the name of a witness's key, a host, a masked address."},
          {.name = "interval_seconds", .description = "How often a checkpoint goes there while the ledger grows."},
          {.name = "is_sent_by_job", .description = "Whether it can be sent out of turn."},
          {.name = "size", .description = "Entries under the newest checkpoint that it has."},
          {.name = "error", .description = "Code of the last attempt, if it failed."},
          {.name = "problem", .description = "What the place answered."},
          {.name = "failures", .description = "Failed attempts in a row."},
          {.name = "receipt", .description = "The checkpoint with the witness's signature below the ledger's own."}};
}

CheckpointPost::CheckpointPost(Ledger& ledger, Sequencer& sequencer, const JobQueue& queue, std::vector<Target> targets,
                               std::vector<const CheckpointSink*> own, Duration own_interval)
    : ledger_(ledger),
      sequencer_(sequencer),
      queue_(queue),
      targets_(std::move(targets)),
      own_(std::move(own)),
      own_interval_(own_interval),
      publications_(ledger) {}

const CheckpointPost::Target* CheckpointPost::Find(const std::string& name) const {
  const auto found = std::ranges::find(targets_, name, [](const Target& target) { return target.sink->name(); });
  return found == targets_.end() ? nullptr : &*found;
}

Status CheckpointPost::EnqueueDue() {
  if (targets_.empty()) return Ok();
  std::vector<Publication> publications;
  std::optional<std::uint64_t> newest;
  PRIVITY_TRY_VOID(ledger_.store().Read([&](ReadTx& tx) -> Status {
    PRIVITY_TRY(publications, publications_.List(tx));
    PRIVITY_TRY(newest, NewestSize(tx));
    return Ok();
  }));
  const Instant now = ledger_.clock().Now();
  for (const Target& target : targets_) {
    const std::string name = target.sink->name();
    const Publication* const sent = Of(publications, name);
    if (sent != nullptr) sequencer_.NoteSink(name, sent->error ? Status(Error(*sent->error)) : Ok());
    const bool has_newest = !newest || (sent != nullptr && sent->size == newest && !sent->error);
    const bool waits = sent != nullptr && sent->attempted_at && now >= *sent->attempted_at &&
                       now - *sent->attempted_at < target.interval && !sent->error;
    if (has_newest || waits) continue;
    PRIVITY_TRY_VOID(ledger_.store().Write([&](WriteTx& tx) { return queue_.Enqueue(tx, JobFor(name)); }));
  }
  return Ok();
}

JobHandler CheckpointPost::Handler() {
  return [this](JobContext& context) { return Send(context); };
}

Status CheckpointPost::Send(JobContext& context) {
  PRIVITY_TRY(const PublishJob job, context.Payload<PublishJob>());
  const Target* const target = Find(job.place);
  if (target == nullptr) return Ok();  // taken out of the configuration
  const Status sent = sequencer_.PublishTo(*target->sink);
  if (sent.ok()) return Ok();
  PRIVITY_TRY(const auto publications, ledger_.store().Read([&](ReadTx& tx) { return publications_.List(tx); }));
  const Publication* const publication = Of(publications, job.place);
  const std::int64_t failures = publication == nullptr ? 1 : publication->failures;
  return context.RetryAt(ledger_.clock().Now() + DelayAfter(failures), sent.error());
}

Result<std::vector<CheckpointPlace>> CheckpointPost::List(ReadTx& tx) const {
  PRIVITY_TRY(const std::vector<Publication> publications, publications_.List(tx));
  std::vector<CheckpointPlace> places;
  for (const CheckpointSink* const sink : own_) places.push_back(Described(*sink, own_interval_, false, publications));
  for (const Target& target : targets_) places.push_back(Described(*target.sink, target.interval, true, publications));
  return places;
}

Result<JobId> CheckpointPost::SendNow(WriteTx& tx, const std::string& place, const Actor& actor,
                                      const std::string& request_id) const {
  if (Find(place) == nullptr) return Error("app.checkpoint_place_unknown", {{"place", place}});
  const NewJob job = JobFor(place);
  PRIVITY_TRY(const JobId id, queue_.Enqueue(tx, job));
  PRIVITY_TRY_VOID(queue_.Wake(tx, job.kind, *job.unique_key));
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = "app.checkpoint.sent",
                                       .actor = actor,
                                       .object_kind = "checkpoint_place",
                                       .object_id = place,
                                       .request_id = request_id}));
  return id;
}

}  // namespace privity
