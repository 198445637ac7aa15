#include "ledger/sequencer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/internal/rows.h"
#include "ledger/publication.h"

namespace privity {
namespace {

// Rounds in a row leave this much room for others between them: fifty a second are enough for "within a second".
constexpr std::chrono::milliseconds kPace{20};
constexpr std::string_view kOnlyProcess = "only-process";  // on SQLite nobody else can hold the lease
const WriteOptions kReadCommitted{.isolation = WriteOptions::Isolation::kReadCommitted, .timeout = {}};

Error Forked(std::uint64_t size) {
  return Error("ledger.forked", {{"size", std::to_string(size)}});
}

constexpr std::array<std::string_view, 9> kEntryColumns = {
    "idx", "time", "id", "action", "actor_kind", "actor_id", "object_kind", "object_id", "body"};

// Staged entries get their index and time, and the tree their leaves.
struct Numbering {
  TreeBuilder tree;
  Instant time{};

  // Answers the index of the entry.
  std::uint64_t Take(Instant at, const std::string& body) {
    time = std::max(time, at);
    const std::uint64_t index = tree.size();
    tree.Append(LeafHash(AsBytes(LeafText(index, time, body))));
    return index;
  }
};

const std::string& TextIn(const Row& row, std::size_t column) {
  return std::get<std::string>(row.At(column).variant());
}

// On SQLite nobody writes meanwhile, so the rows need not pass through here: a statement copies those whose numbers
// follow each other and whose clock did not go back.
struct Stretch {
  std::int64_t first = 0, last = 0;  // rowids
  std::uint64_t index = 0;           // of the first
  Instant not_before{}, at{};        // `at` of the last
};

Status MoveStretch(WriteTx& tx, const Stretch& stretch) {
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO ledger_entry (idx, time, id, action, actor_kind, actor_id, object_kind, object_id, body) "
      "SELECT rowid + $1, max(at, $2), id, action, actor_kind, actor_id, object_kind, object_id, body "
      "FROM ledger_staged WHERE rowid >= $3 AND rowid <= $4 ORDER BY rowid",
      {static_cast<std::int64_t>(stretch.index) - stretch.first, stretch.not_before, stretch.first, stretch.last}));
  return Ok();
}

Result<std::size_t> MoveOnSqlite(WriteTx& tx, int limit, Numbering& numbering) {
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT rowid, at, body FROM ledger_staged ORDER BY rowid LIMIT $1", {limit}));
  if (rows.empty()) return std::size_t{0};
  std::optional<Stretch> stretch;
  for (const Row& row : rows) {
    const auto rowid = row.Get<std::int64_t>(0);
    const auto at = row.Get<Instant>(1);
    if (stretch && (rowid != stretch->last + 1 || at < stretch->at)) {
      PRIVITY_TRY_VOID(MoveStretch(tx, *stretch));
      stretch.reset();
    }
    const Instant not_before = numbering.time;
    const std::uint64_t index = numbering.Take(at, TextIn(row, 2));
    if (!stretch) stretch = Stretch{.first = rowid, .last = rowid, .index = index, .not_before = not_before, .at = at};
    stretch->last = rowid;
    stretch->at = at;
  }
  PRIVITY_TRY_VOID(MoveStretch(tx, *stretch));
  if (rows.size() < static_cast<std::size_t>(limit)) {  // all of them: SQLite then drops whole pages
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM ledger_staged"));
  } else {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM ledger_staged WHERE rowid <= $1", {stretch->last}));
  }
  return rows.size();
}

// On PostgreSQL others write rows meanwhile, so what is moved is what was removed.
Result<std::size_t> MoveOnPostgres(WriteTx& tx, int limit, Numbering& numbering) {
  constexpr std::size_t kAt = 0, kSeq = 1, kId = 2, kBody = 8;
  PRIVITY_TRY(std::vector<Row> staged,
              tx.Query("DELETE FROM ledger_staged WHERE ctid IN "
                       "(SELECT ctid FROM ledger_staged ORDER BY at, seq LIMIT $1) RETURNING "
                       "at, seq, id, action, actor_kind, actor_id, object_kind, object_id, body",
                       {limit}));
  std::ranges::sort(staged, {},
                    [](const Row& row) { return std::pair(row.Get<std::int64_t>(kAt), row.Get<std::int64_t>(kSeq)); });
  std::vector<SqlValues> rows;
  rows.reserve(staged.size());
  for (const Row& entry : staged) {
    const std::uint64_t index = numbering.Take(entry.Get<Instant>(kAt), TextIn(entry, kBody));
    SqlValues& row = rows.emplace_back();
    row.reserve(kEntryColumns.size());
    row.emplace_back(index);
    row.emplace_back(numbering.time);
    for (std::size_t column = kId; column <= kBody; ++column) row.push_back(entry.At(column));
  }
  PRIVITY_TRY_VOID(tx.InsertRows("ledger_entry", kEntryColumns, rows));
  return staged.size();
}

constexpr std::size_t kSignersMax = 2;  // of one checkpoint: the newest key and the one before it

Result<NoteVerifiers> VerifiersOf(const std::string& origin, const std::vector<SigningKey>& keys) {
  std::vector<NoteVerifier> all;
  for (const SigningKey& key : keys) {
    PRIVITY_TRY(NoteVerifier verifier, NoteVerifier::Create(origin, NoteKeyType::kEd25519, key.verify_key()));
    all.push_back(std::move(verifier));
  }
  return NoteVerifiers::Create(std::move(all));
}

// The ledger itself is wrong, rather than a disk, a network or a moment.
bool MeansDamage(const Error& error) {
  return error.code().starts_with("ledger.") && !error.Is("ledger.sink_failed") && !error.Is("ledger.fenced");
}

}  // namespace

struct Sequencer::Head {
  std::uint64_t size = 0;
  Instant time{};
  std::int64_t fence = 0;
};

Result<std::unique_ptr<Sequencer>> Sequencer::Create(Ledger& ledger, SigningKeys keys, SequencerOptions options,
                                                     std::vector<CheckpointSink*> sinks) {
  std::unique_ptr<Sequencer> sequencer(new Sequencer(ledger, std::move(keys), std::move(options), std::move(sinks)));
  PRIVITY_TRY_VOID(sequencer->verifiers());
  return sequencer;
}

Result<std::unique_ptr<Sequencer>> Sequencer::Create(Ledger& ledger, const SigningKey& key, SequencerOptions options,
                                                     std::vector<CheckpointSink*> sinks) {
  return Create(
      ledger, [key] { return std::vector{key}; }, std::move(options), std::move(sinks));
}

Sequencer::Sequencer(Ledger& ledger, SigningKeys keys, SequencerOptions options, std::vector<CheckpointSink*> sinks)
    : ledger_(ledger),
      keys_(std::move(keys)),
      options_(std::move(options)),
      sinks_(std::move(sinks)),
      holder_(ledger.store().dialect() == Dialect::kSqlite ? std::string(kOnlyProcess) : Uuid::NewV4().ToString()) {}

Sequencer::~Sequencer() {
  if (!thread_.joinable()) return;
  publisher_.request_stop();
  thread_.request_stop();
  publisher_.join();
  thread_.join();
  // Another process may go on at once. If this fails, the lease ends by itself.
  static_cast<void>(ledger_.store().Write(
      [&](WriteTx& tx) {
        return tx.Execute("UPDATE ledger_head SET lease_until = 0 WHERE one = 1 AND holder = $1", {holder_});
      },
      kReadCommitted));
}

void Sequencer::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
  publisher_ = std::jthread([this](const std::stop_token& stop) {
    StagedSignal never;  // nobody notifies it: the pause ends early only when a stop is asked for
    while (!stop.stop_requested()) {
      static_cast<void>(PublishOnce());
      never.Wait(stop, options_.publish_interval);
    }
  });
}

// The outcome of each round is in state(), for health checks.
void Sequencer::Run(const std::stop_token& stop) {
  StagedSignal never;
  while (!stop.stop_requested()) {
    static_cast<void>(RunOnce(false));
    never.Wait(stop, kPace);
    ledger_.staged().Wait(stop, options_.poll);
  }
  static_cast<void>(RunOnce(true));
}

Status Sequencer::RunOnce(bool sign_now) {
  const std::lock_guard one_at_a_time(round_);
  const Status status = Round(sign_now);
  progress_.With(
      [&](Progress& progress) { progress.state.problem = status.ok() ? std::nullopt : std::optional(status.error()); });
  HaltOrResume();
  return status;
}

Status Sequencer::PublishOnce() {
  const std::lock_guard one_at_a_time(publication_);
  PRIVITY_TRY(const std::optional<std::string> note, NewestNote());
  Status first_problem;
  if (!note) return first_problem;
  for (CheckpointSink* const sink : sinks_) {
    if (progress_.With([&](Progress& progress) { return progress.published[sink->name()] == *note; })) continue;
    Status status = Publish(*sink, *note);
    if (status.ok()) progress_.With([&](Progress& progress) { progress.published[sink->name()] = *note; });
    if (first_problem.ok()) first_problem = std::move(status);
  }
  return first_problem;
}

Status Sequencer::PublishTo(CheckpointSink& sink) {
  PRIVITY_TRY(const std::optional<std::string> note, NewestNote());
  return note ? Publish(sink, *note) : Ok();
}

void Sequencer::NoteSink(const std::string& name, const Status& status) {
  const bool was_failing = progress_.With([&](Progress& progress) {
    const bool before = progress.sink_problems.erase(name) != 0;
    if (!status.ok()) progress.sink_problems.emplace(name, status.error());
    progress.state.sink_problem.reset();
    for (const auto& [sink, problem] : progress.sink_problems) {
      if (!progress.state.sink_problem || MeansDamage(problem)) progress.state.sink_problem = problem;
    }
    return before;
  });
  if (!status.ok() && !was_failing && options_.on_sink_problem) options_.on_sink_problem(status.error());
  HaltOrResume();
}

void Sequencer::HaltOrResume() {
  const SequencerState now = state();
  if (now.problem && MeansDamage(*now.problem)) return ledger_.Halt(*now.problem);
  if (now.sink_problem && MeansDamage(*now.sink_problem)) return ledger_.Halt(*now.sink_problem);
  ledger_.Resume();
}

Status Sequencer::Round(bool sign_now) {
  PRIVITY_TRY_VOID(CheckAgainstSinks());
  struct Seen {
    bool staged = false;
    std::uint64_t size = 0, checkpoint_size = 0;
    Instant checkpoint_at{};
    std::string note;
  };
  const auto look = [&]() -> Result<Seen> {
    return ledger_.store().Read([&](ReadTx& tx) -> Result<Seen> {
      PRIVITY_TRY(const std::optional<Row> row,
                  tx.QueryOne("SELECT EXISTS (SELECT 1 FROM ledger_staged), size FROM ledger_head WHERE one = 1"));
      if (!row) return Error("ledger.damaged", {{"place", "ledger_head"}});
      Seen seen;
      seen.staged = row->Get<bool>(0);
      seen.size = row->Get<std::uint64_t>(1);
      PRIVITY_TRY(const std::optional<Row> newest,
                  tx.QueryOne("SELECT size, time, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));
      if (newest) {
        seen.checkpoint_size = newest->Get<std::uint64_t>(0);
        seen.checkpoint_at = newest->Get<Instant>(1);
        seen.note = newest->Get<std::string>(2);
      }
      return seen;
    });
  };
  PRIVITY_TRY(Seen seen, look());
  while (seen.staged) {
    PRIVITY_TRY(const std::size_t count,
                ledger_.store().Write([&](WriteTx& tx) { return SequenceBatch(tx); }, kReadCommitted));
    if (count == 0) break;  // another process holds the lease
    PRIVITY_TRY(seen, look());
  }
  const Instant now = ledger_.clock().Now();
  const bool due = sign_now || now < seen.checkpoint_at || now - seen.checkpoint_at >= options_.checkpoint_interval;
  if (seen.note.empty() || (seen.size > seen.checkpoint_size && due)) {
    PRIVITY_TRY(const std::optional<std::uint64_t> signed_size,
                ledger_.store().Write([&](WriteTx& tx) { return Sign(tx); }, kReadCommitted));
    if (signed_size) {
      seen.checkpoint_size = *signed_size;
      seen.checkpoint_at = now;
    }
  }
  progress_.With([&](Progress& progress) {
    progress.state.size = seen.size;
    progress.state.checkpoint_size = seen.checkpoint_size;
    progress.state.checkpoint_at = seen.checkpoint_at;
  });
  return Ok();
}

// Once, before the first signature of this process: what was published must still be the beginning of our tree.
Status Sequencer::CheckAgainstSinks() {
  if (progress_.With([](const Progress& progress) { return progress.checked_against_sinks; })) return Ok();
  PRIVITY_TRY(const NoteVerifiers verifiers, this->verifiers());
  for (CheckpointSink* const sink : sinks_) {
    PRIVITY_TRY(const std::optional<std::string> note, sink->Newest());
    if (!note) continue;
    PRIVITY_TRY(const Checkpoint remembered, OpenCheckpoint(*note, verifiers));
    PRIVITY_TRY_VOID(ledger_.store().Read([&](ReadTx& tx) -> Status {
      PRIVITY_TRY(const std::optional<Row> head, tx.QueryOne("SELECT size FROM ledger_head WHERE one = 1"));
      const std::uint64_t size = head ? head->Get<std::uint64_t>(0) : 0;
      if (remembered.size > size) {
        return Error("ledger.rolled_back",
                     {{"size", std::to_string(size)}, {"remembered_size", std::to_string(remembered.size)}});
      }
      StoredTiles tiles(tx);
      PRIVITY_TRY(const TreeHash root, RootAt(tiles, remembered.size));
      return root == remembered.root ? Ok() : Forked(remembered.size);
    }));
  }
  progress_.With([](Progress& progress) { progress.checked_against_sinks = true; });
  return Ok();
}

// Locks the head for this transaction. Nothing when another process holds the lease. A lease that ends implausibly late
// (the clock was set back) counts as ended.
Result<std::optional<Sequencer::Head>> Sequencer::TakeLease(WriteTx& tx) {
  const Instant now = ledger_.clock().Now();
  PRIVITY_TRY(const std::optional<Row> row,
              tx.QueryOne("UPDATE ledger_head SET fence = CASE WHEN holder = $1 THEN fence ELSE fence + 1 END, "
                          "holder = $1, lease_until = $2 "
                          "WHERE one = 1 AND (holder = $1 OR lease_until < $3 OR lease_until > $4) "
                          "RETURNING size, time, fence",
                          {holder_, now + options_.lease, now, now + 2 * options_.lease}));
  if (!row) return std::optional<Head>();
  return std::optional(Head{row->Get<std::uint64_t>(0), row->Get<Instant>(1), row->Get<std::int64_t>(2)});
}

Result<std::size_t> Sequencer::SequenceBatch(WriteTx& tx) {
  PRIVITY_TRY(const std::optional<Head> head, TakeLease(tx));
  if (!head) return std::size_t{0};
  StoredTiles tiles(tx);
  Numbering numbering{.tree = {}, .time = head->time};
  PRIVITY_TRY(numbering.tree, TreeBuilder::Resume(tiles, head->size));
  PRIVITY_TRY(const std::size_t count, tx.dialect() == Dialect::kSqlite
                                           ? MoveOnSqlite(tx, options_.batch, numbering)
                                           : MoveOnPostgres(tx, options_.batch, numbering));
  PRIVITY_TRY_VOID(WriteTiles(tx, numbering.tree.TakeChanged()));
  PRIVITY_TRY(const std::int64_t moved,
              tx.Execute("UPDATE ledger_head SET size = $1, time = $2 WHERE one = 1 AND fence = $3 AND size = $4",
                         {numbering.tree.size(), numbering.time, head->fence, head->size}));
  if (moved != 1) return Error("ledger.fenced");
  return count;
}

Result<std::optional<std::uint64_t>> Sequencer::Sign(WriteTx& tx) {
  PRIVITY_TRY(const std::optional<Head> head, TakeLease(tx));
  if (!head) return std::optional<std::uint64_t>();
  StoredTiles tiles(tx);
  Checkpoint next{.origin = options_.origin, .size = head->size, .root = {}};
  PRIVITY_TRY(next.root, RootAt(tiles, head->size));
  PRIVITY_TRY(const std::optional<Row> last,
              tx.QueryOne("SELECT note, time FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));
  const Instant now = ledger_.clock().Now();
  PRIVITY_TRY(const std::vector<SigningKey> keys, keys_());
  if (last) {
    PRIVITY_TRY(const NoteVerifiers verifiers, VerifiersOf(options_.origin, keys));
    PRIVITY_TRY(const Checkpoint before, OpenCheckpoint(last->Get<std::string>(0), verifiers));
    PRIVITY_TRY(const std::vector<TreeHash> proof, ConsistencyProof(tiles, before.size, head->size));
    if (!ConsistencyHolds(before.size, head->size, before.root, next.root, proof)) return Forked(before.size);
    if (before.size == head->size) return std::optional<std::uint64_t>();  // signed by another process meanwhile
    // One checkpoint a minute is kept; those between are superseded.
    const auto minute = [](Instant at) { return std::chrono::floor<std::chrono::minutes>(at); };
    if (minute(last->Get<Instant>(1)) == minute(now)) {
      PRIVITY_TRY_VOID(tx.Execute("DELETE FROM ledger_checkpoint WHERE size = $1", {before.size}));
    }
  }
  PRIVITY_TRY(const std::string note, SignNote(FormatCheckpoint(next), options_.origin,
                                               std::span(keys).first(std::min(keys.size(), kSignersMax))));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO ledger_checkpoint (size, time, note) VALUES ($1, $2, $3)", {head->size, now, note}));
  return std::optional(head->size);
}

Result<std::optional<std::string>> Sequencer::NewestNote() {
  PRIVITY_TRY(const std::optional<Row> row, ledger_.store().Read([](ReadTx& tx) {
    return tx.QueryOne("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1");
  }));
  return row ? std::optional(row->Get<std::string>(0)) : std::nullopt;
}

Status Sequencer::Publish(CheckpointSink& sink, const std::string& note) {
  PRIVITY_TRY(const NoteVerifiers verifiers, this->verifiers());
  const Result<Checkpoint> newest = OpenCheckpoint(note, verifiers);
  if (!newest.ok()) {
    NoteSink(sink.name(), newest.error());
    return newest.error();
  }
  const CheckpointSink::Prove prove = [&](std::uint64_t old_size) {
    return ledger_.store().Read([&](ReadTx& tx) {
      StoredTiles tiles(tx);
      return ConsistencyProof(tiles, old_size, newest->size);
    });
  };
  const Status status = sink.Publish(*newest, note, prove);
  const Publications publications(ledger_);
  // Saved before the halt that it may mean, so that its entry is still accepted.
  const Status saved = status.ok() ? publications.Delivered(sink.name(), newest->size, sink.receipt())
                                   : publications.Failed(sink.name(), status.error());
  NoteSink(sink.name(), status);
  return status.ok() ? saved : status;
}

Result<NoteVerifiers> Sequencer::verifiers() const {
  PRIVITY_TRY(const std::vector<SigningKey> keys, keys_());
  return VerifiersOf(options_.origin, keys);
}

SequencerState Sequencer::state() const {
  return progress_.With([](const Progress& progress) { return progress.state; });
}

}  // namespace privity
