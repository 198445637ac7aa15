// Takes the ledger out: a folder (or an archive) that a stranger checks with a program of their own.
//
//   checkpoint                     the newest signed checkpoint
//   tile/<level>/<n>[.p/<w>]       the tree under that checkpoint (C2SP tlog-tiles)
//   tile/entries/<n>[.p/<w>]       the entries, 256 a file, each with its length in two bytes in front
//   entries.jsonl                  the same entries, one canonical JSON text a line, for people and scripts
//
// The verifier key is not in it: whoever judges has it from elsewhere. Memory is bounded; the store is read in short
// transactions beside writers, who only ever add behind the checkpoint.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "store/store.h"

namespace privity {

// Where the files go, one after another.
class ExportTarget {
 public:
  virtual ~ExportTarget() = default;
  virtual Status Begin(std::string_view path) = 0;  // relative, with '/'
  virtual Status Write(BytesView bytes) = 0;        // more of the file that was begun last
};

// Writes into a folder, which must be absent or empty: ledger.export_folder_used. ledger.export_failed{problem}.
class FolderTarget final : public ExportTarget {
 public:
  static Result<FolderTarget> Create(std::string folder);
  Status Begin(std::string_view path) override;
  Status Write(BytesView bytes) override;

 private:
  explicit FolderTarget(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::string file_;
};

// ledger.not_signed_yet: there is no checkpoint. Errors of the store and of the target. Returns the number of entries.
Result<std::uint64_t> ExportLedger(Store& store, ExportTarget& target);

// The entries of one bundle, cut apart. ledger.bundle_invalid.
Result<std::vector<std::string>> ParseEntryBundle(BytesView bundle);

}  // namespace privity
