// Where checkpoints go when they leave the machine, so that a ledger that was rolled back, forked or replaced as a
// whole is noticed: what was published once can be held against it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/checkpoint.h"

namespace privity {

// Newest() is called before the first checkpoint of a process is signed, Publish() one call at a time, both outside any
// transaction. A sink over a network limits how long it waits.
class CheckpointSink {
 public:
  virtual ~CheckpointSink() = default;
  // For messages and as the name of its row (ledger/publication.h): "directory", "witness".
  virtual std::string name() const = 0;
  // Where it leads, for people: a path, a host, a masked address.
  virtual std::string place() const = 0;
  // The newest signed checkpoint that this sink remembers, if it can tell.
  virtual Result<std::optional<std::string>> Newest() = 0;
  // What a publication may need besides the checkpoint itself.
  using Prove = std::function<Result<std::vector<TreeHash>>(std::uint64_t old_size)>;
  // `prove(n)` gives the consistency proof from size n to this checkpoint. May be called again with the same
  // checkpoint.
  virtual Status Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) = 0;
  // What the last successful Publish brought back, if this kind brings anything: a cosigned checkpoint.
  virtual std::optional<std::string> receipt() const { return {}; }
};

// Keeps the newest checkpoint as the file `checkpoint` in a directory outside the data directory: another disk, a
// mounted share. Written beside and renamed, so that a reader always finds a whole one. ledger.sink_failed{sink,
// problem}.
class DirectorySink final : public CheckpointSink {
 public:
  explicit DirectorySink(std::string directory) : directory_(std::move(directory)) {}
  std::string name() const override { return "directory"; }
  std::string place() const override { return directory_; }
  Result<std::optional<std::string>> Newest() override;
  Status Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) override;

 private:
  std::string directory_;
};

}  // namespace privity
