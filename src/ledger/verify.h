// Checks the whole ledger, or what was added since a checkpoint that is trusted: every entry, every tile, every
// checkpoint.
//
// Found is any entry that was changed, dropped, swapped, inserted or moved, any tile that does not follow from the
// entries, any checkpoint that is not ours or does not fit, a history that was cut off or set back (against checkpoints
// remembered elsewhere), and entries that wait for their index for more than a minute. What cannot be found without a
// remembered checkpoint: a ledger that was set back as a whole, and the last second before the newest checkpoint.
// Nothing is repaired.
//
// Memory is bounded; the store is read in many short transactions, beside writers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/type_table.h"
#include "ledger/checkpoint.h"
#include "store/store.h"

namespace privity {

enum class Flaw {
  kEntryMissing,     // no entry with this index
  kEntryUnexpected,  // an entry behind the end, or with an index that cannot be
  kEntryInvalid,     // not a canonical entry of its index
  kEntryChanged,     // does not have the hash that the tree holds for it
  kColumnChanged,    // a column repeats something else than the entry says
  kTimeWentBack,
  kTileMissing,
  kTileUnexpected,
  kTileWrong,          // does not follow from the entries
  kCheckpointMissing,  // none, or none over entries that are older than a minute
  kCheckpointInvalid,  // not signed by this ledger, or not what its row says
  kCheckpointWrong,    // signed over another history
  kHeadWrong,          // the size or time on record is not that of the entries
  kRolledBack,         // shorter than a checkpoint remembered elsewhere
  kForked,             // another history than a checkpoint remembered elsewhere
  kStagedTooLong,      // an entry waits for its index for more than a minute
  kFileInvalid,        // an exported file that cannot be read as what it should be
  kFileUnexpected,     // a file that an export of this size does not have
};
PRIVITY_DESCRIBE_ENUM(Flaw, kEntryMissing, kEntryUnexpected, kEntryInvalid, kEntryChanged, kColumnChanged,
                      kTimeWentBack, kTileMissing, kTileUnexpected, kTileWrong, kCheckpointMissing, kCheckpointInvalid,
                      kCheckpointWrong, kHeadWrong, kRolledBack, kForked, kStagedTooLong, kFileInvalid, kFileUnexpected)

struct Finding {
  Flaw flaw = Flaw::kEntryChanged;
  std::optional<std::uint64_t> index;  // of the entry
  std::optional<std::string> place;    // a tile, a size, a file, a column
};
PRIVITY_DESCRIBE(Finding, (flaw, index, place))

inline constexpr std::size_t kFindingsMax = 100;

struct VerifyReport {
  std::uint64_t size = 0;  // entries in the ledger
  std::uint64_t entries_checked = 0;
  std::uint64_t checkpoints_checked = 0;
  std::string root;               // base64, as recomputed from the entries
  std::vector<Finding> findings;  // the first kFindingsMax
  bool more_findings = false;
  bool whole() const { return findings.empty(); }
};
PRIVITY_DESCRIBE(VerifyReport, (size, entries_checked, checkpoints_checked, root, findings, more_findings))

struct VerifyOptions {
  // Begin behind this checkpoint, which the caller verified before and kept where nobody else writes.
  std::optional<Checkpoint> trusted;
  // Checkpoints that others remember: from sinks, mails, witnesses. They were opened with the ledger's verifiers.
  std::vector<Checkpoint> remembered;
  std::chrono::seconds patience{60};  // for an index, and for a checkpoint
  // Called now and then with how many of how many entries were checked; an error from it ends the check with it.
  std::function<Status(std::uint64_t checked, std::uint64_t size)> progress = {};
};

// Errors are those of the store; everything that is wrong with the ledger is a finding.
Result<VerifyReport> VerifyLedger(Store& store, const NoteVerifiers& verifiers, const Clock& clock,
                                  const VerifyOptions& options = {});

// The same for a folder that ExportLedger wrote (ledger/export.h): without a store, with nothing but the verifier keys.
// ledger.export_unreadable: no such folder.
Result<VerifyReport> VerifyExport(const std::string& folder, const NoteVerifiers& verifiers,
                                  const VerifyOptions& options = {});

}  // namespace privity
