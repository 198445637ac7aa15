// Reads the ledger: entries by filter, proofs, the files of C2SP tlog-tiles. Changes nothing.
//
// Cost: a page costs what it shows, a proof a handful of tiles, whatever the size of the ledger. A filter by time finds
// its bounds by halving, because times never go back. Thread safety: every method may be called from many threads.
// Store and registry outlive the reader. All errors of Store::Read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/checkpoint.h"
#include "ledger/ledger.h"
#include "ledger/record.h"
#include "store/store.h"

namespace privity {

inline constexpr int kLedgerPageMax = 1'000;

struct EntryFilter {
  std::optional<Instant> from = {};   // inclusive
  std::optional<Instant> until = {};  // exclusive
  // An action, or its beginning up to a dot: "identity.user.created", "identity.user", "identity".
  std::string action = {};
  std::string actor_id = {};
  std::string object_kind = {};  // only together with object_id
  std::string object_id = {};
  std::optional<SubjectId> subject = {};
  std::optional<std::uint64_t> before = {};  // only entries with a smaller index: where the page before ended
  int limit = 50;                            // 1 to kLedgerPageMax, else the nearest of them
};

struct EntryPage {
  std::vector<LedgerRecord> items;           // newest first
  std::optional<std::uint64_t> next_before;  // for the next page; empty when this is the last
};

// All that a browser needs to check an entry on its own: SHA-256(0x00, leaf) along `path` gives `root`, which the
// signed checkpoint names.
struct EntryProof {
  std::uint64_t index = 0;
  std::uint64_t size = 0;  // of the tree under the checkpoint
  std::string leaf;        // the exact bytes, canonical JSON
  std::string leaf_hash;   // base64, as are the following
  std::vector<std::string> path;
  std::string root;
  std::string checkpoint;  // signed note
};
PRIVITY_DESCRIBE(EntryProof, (index, size, leaf, leaf_hash, path, root, checkpoint))

class LedgerReader {
 public:
  LedgerReader(Store& store, const ActionRegistry& actions) : store_(store), actions_(actions) {}

  Result<EntryPage> List(const EntryFilter& filter);
  Result<EntryPage> List(ReadTx& tx, const EntryFilter& filter) const;
  // ledger.entry_unknown (404): no such index or id, or it has no index yet.
  Result<LedgerRecord> Get(std::uint64_t index);
  static Result<LedgerRecord> Get(ReadTx& tx, std::uint64_t index);
  Result<std::uint64_t> IndexOf(const EntryId& id);
  static Result<std::uint64_t> IndexOf(ReadTx& tx, const EntryId& id);

  // Against the newest checkpoint. ledger.entry_unknown; ledger.not_signed_yet (503): in the tree, and the next
  // checkpoint, within a second, will cover it.
  Result<EntryProof> Prove(std::uint64_t index);
  // The same as a tlog-proof file.
  Result<std::string> ProofFile(std::uint64_t index);

  // The newest signed checkpoint, or nothing before the first one.
  Result<std::optional<std::string>> NewestCheckpoint();
  // From an earlier size to the newest checkpoint: what a witness or monitor asks for. ledger.range_invalid.
  Result<std::vector<TreeHash>> ProveConsistency(std::uint64_t old_size, std::uint64_t size);

  // The files of tlog-tiles. `width` is 1 to 256; a partial tile may be asked for after it was filled.
  // ledger.tile_missing (404).
  Result<Bytes> TileFile(const TileId& id, std::size_t width);
  Result<Bytes> EntryBundle(std::uint64_t index, std::size_t width);

 private:
  Store& store_;
  const ActionRegistry& actions_;
};

}  // namespace privity
