// Asks a witness to cosign checkpoints (C2SP tlog-witness): an independent party that remembers the newest checkpoint
// it saw and signs only what continues it. A ledger that was forked or set back gets no signature from it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "ledger/checkpoint_sink.h"

namespace privity {

struct WitnessAnswer {
  int status = 0;  // of HTTP
  std::string content_type;
  std::string body;
};

// One publication sends one request, or two when the witness first has to say which size it knows.
//
// Publish errors: ledger.forked (the witness saw another history: 422, or 409 for a tree of the same size),
// ledger.rolled_back (it saw a longer one), ledger.sink_failed (anything else, a wrong cosignature among it), and those
// of `send`.
class WitnessSink final : public CheckpointSink {
 public:
  // POSTs the body to <submission prefix>/add-checkpoint, within a time-out.
  using Send = std::function<Result<WitnessAnswer>(const std::string& body)>;

  WitnessSink(NoteVerifier witness, Send send) : witness_(std::move(witness)), send_(std::move(send)) {}
  std::string name() const override { return "witness"; }
  std::string place() const override { return witness_.name(); }
  // A witness tells its size when asked, not its root: Publish finds a fork.
  Result<std::optional<std::string>> Newest() override { return std::optional<std::string>(); }
  Status Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) override;

  // The checkpoint that was cosigned last, with the witness's signature line behind the ledger's own.
  std::optional<std::string> receipt() const override { return cosigned_; }

 private:
  Error Failed(const std::string& problem) const;
  Result<WitnessAnswer> Ask(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove);
  Status Accept(const std::string& signed_checkpoint, const std::string& signature_lines);

  const NoteVerifier witness_;
  const Send send_;
  std::uint64_t known_size_ = 0;  // what the witness cosigned last, as far as we know
  std::optional<std::string> cosigned_;
};

}  // namespace privity
