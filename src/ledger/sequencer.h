// Gives durable entries their place in the tree and signs what came of it.
//
// Entries are taken from the table ledger_staged in the order in which they were written, get consecutive indexes and a
// time that never goes back (the later of their own and that of the entry before), and the tiles of the right edge are
// written with them, all in one transaction. A checkpoint is then signed, at most one per `checkpoint_interval`; before
// that the new tree is proven consistent with the last checkpoint, so that two histories are never signed.
//
// On PostgreSQL several processes may run a Sequencer. One works at a time: it holds the row of ledger_head for
// `lease`, with a fencing token that grows with every change of holder and is compared in each of its transactions. On
// SQLite there is one process, and the lease is always its own.
//
// Its own sinks, which must answer at once (a directory), are served by a thread of their own: one that hangs keeps no
// entry from its index. Sinks over a network are served by whoever calls PublishTo.
//
// A tree that does not fit its checkpoints, or what a sink remembers, halts the Ledger (ledger.halted) until it is
// found whole again. Failures of the store and of sinks do not: they are retried.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "crypto/signature.h"
#include "ledger/checkpoint.h"
#include "ledger/checkpoint_sink.h"
#include "ledger/ledger.h"

namespace privity {

struct SequencerOptions {
  std::string origin;  // first line of each checkpoint and name of the key: "example.org/privity/<installation>"
  std::chrono::milliseconds poll{250};  // how soon entries of other processes are seen
  std::chrono::milliseconds checkpoint_interval{1'000};
  std::chrono::milliseconds publish_interval{10'000};
  std::chrono::milliseconds lease{3'000};
  int batch = 4'096;  // entries a transaction
  // Called when publishing to a sink begins to fail, once until it works again, from the thread that publishes.
  std::function<void(const Error&)> on_sink_problem = {};
};

// The keys that the ledger was ever signed with, the newest first; asked for anew whenever one is needed, so that a key
// that was replaced, here or by another process, counts with the next checkpoint. That is signed with the newest key
// and the one before it: whoever knows only that one still verifies, and learns the newest in time.
using SigningKeys = std::function<Result<std::vector<SigningKey>>()>;

// For health checks: nothing here is personal.
struct SequencerState {
  std::uint64_t size = 0;             // entries in the tree
  std::uint64_t checkpoint_size = 0;  // entries under the newest checkpoint
  Instant checkpoint_at{};
  std::optional<Error> problem;       // of the last round
  std::optional<Error> sink_problem;  // of the last publication to any sink; one that means damage comes first
};

class Sequencer {
 public:
  // Ledger and sinks outlive the Sequencer. ledger.key_name_invalid: the origin cannot be a key name.
  static Result<std::unique_ptr<Sequencer>> Create(Ledger& ledger, SigningKeys keys, SequencerOptions options,
                                                   std::vector<CheckpointSink*> sinks);
  // With a key that is never replaced.
  static Result<std::unique_ptr<Sequencer>> Create(Ledger& ledger, const SigningKey& key, SequencerOptions options,
                                                   std::vector<CheckpointSink*> sinks);
  ~Sequencer();  // stops the threads and gives up the lease

  // Starts the threads: a round whenever an entry was written, and every `poll`; a publication every
  // `publish_interval`.
  void Start();
  // One round in the calling thread: sequences all that is staged, signs if there is anything new (whatever the
  // interval when `sign_now`). For tests, the command line and shutdown; may overlap with the threads.
  Status RunOnce(bool sign_now = true);
  // Sends the newest checkpoint to every own sink that has not had it. The first error, after all were tried.
  Status PublishOnce();
  // Sends the newest checkpoint, if there is any, to a sink that is not among those of Create; one call at a time for
  // each. What became of it is saved (ledger/publication.h).
  Status PublishTo(CheckpointSink& sink);
  // What another process found when it published to this place: damage halts this process as well.
  void NoteSink(const std::string& name, const Status& status);

  SequencerState state() const;
  // Of every key that the ledger was signed with. Errors: those of the keys' source.
  Result<NoteVerifiers> verifiers() const;

 private:
  struct Head;
  Sequencer(Ledger& ledger, SigningKeys keys, SequencerOptions options, std::vector<CheckpointSink*> sinks);
  void Run(const std::stop_token& stop);
  Status Round(bool sign_now);
  Status CheckAgainstSinks();
  Result<std::optional<Head>> TakeLease(WriteTx& tx);
  Result<std::size_t> SequenceBatch(WriteTx& tx);
  // The size that was signed, if anything was.
  Result<std::optional<std::uint64_t>> Sign(WriteTx& tx);
  Result<std::optional<std::string>> NewestNote();
  Status Publish(CheckpointSink& sink, const std::string& note);
  void HaltOrResume();

  Ledger& ledger_;
  const SigningKeys keys_;
  const SequencerOptions options_;
  const std::vector<CheckpointSink*> sinks_;
  const std::string holder_;
  struct Progress {
    SequencerState state;
    bool checked_against_sinks = false;
    std::map<std::string, Error> sink_problems;    // by the sink's name
    std::map<std::string, std::string> published;  // the note that each own sink has
  };
  Guarded<Progress> progress_;
  std::mutex round_;        // one round at a time in this process
  std::mutex publication_;  // one publication at a time
  std::jthread thread_;
  std::jthread publisher_;
};

}  // namespace privity
