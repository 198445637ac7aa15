// Backups: the whole database and the sealed files in one encrypted file, taken while the server works.
//
// A backup is one snapshot of the database (a single read transaction: what was answered before it began is in it,
// whole) and then the sealed files as they lie; a file whose row was deleted in between is absent, a file that came
// later is harmless. It is compressed and sealed under the installation's named key "backup", so without the key home
// it opens for nobody; the keys themselves are never in it. Layout, to the byte: docs/formats/backup.md. The same file
// restores into SQLite or PostgreSQL.
//
// A restored data directory is marked: `RestoreMark` says so until whoever replays later erasures has finished, and the
// server refuses to serve before (room `app`).
//
// Threads: one Backups may be used from many threads; memory is bounded by one row and a few buffers.
// Errors: backup.file_exists, backup.file_failed, backup.not_a_backup, backup.other_installation,
// backup.damaged{place}, backup.version_unknown, backup.not_empty, backup.row_refused{table}, and those of the store
// and the key home.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "base/type_table.h"
#include "crypto/key_home.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

struct BackupTable {
  std::string name;
  std::int64_t rows = 0;
  std::string sha256;  // over the rows in any order, hexadecimal: docs/formats/backup.md
};
PRIVITY_DESCRIBE(BackupTable, (name, rows, sha256))

struct BackupSummary {
  Uuid installation;
  Instant created_at{};
  std::string program_version;
  std::vector<BackupTable> tables;
  std::int64_t files = 0;
  std::int64_t file_bytes = 0;
};
PRIVITY_DESCRIBE(BackupSummary, (installation, created_at, program_version, tables, files, file_bytes))

// Called now and then with the rows and bytes written or read so far; from the calling thread, in the middle of a read
// of the store: it must not use that store itself.
using BackupProgress = std::function<void(std::int64_t rows, std::int64_t bytes)>;

class Backups {
 public:
  // `files_directory` holds the sealed files (room `files`). Everything outlives this object.
  Backups(KeyHome& keys, const Clock& clock, std::filesystem::path files_directory, std::string program_version);

  // Writes `path` (0600) through a temporary name beside it: after a crash there is a whole backup under that name, or
  // none.
  Result<BackupSummary> Create(Store& store, const std::filesystem::path& path,
                               const BackupProgress& progress = {}) const;

  // Opens every byte and recomputes every count and hash.
  Result<BackupSummary> Verify(const std::filesystem::path& path, const BackupProgress& progress = {}) const;

  // Fills an empty store and an empty files directory. `migrations` are the program's; those that the backup's database
  // had taken are taken first, the rest at the next start. All rows arrive in one transaction: the store has everything
  // or nothing. Call Verify first when the store is precious: a damaged file is found only where the damage is.
  Result<BackupSummary> Restore(Store& store, std::span<const Migration> migrations, const std::filesystem::path& path,
                                const BackupProgress& progress = {}) const;

 private:
  KeyHome& keys_;
  const Clock& clock_;
  const std::filesystem::path files_directory_;
  const std::string program_version_;
};

// The mark of a restored data directory, a file `restored.json` in it. Set before the first row is restored and synced,
// removed when later erasures have been replayed.
class RestoreMark {
 public:
  explicit RestoreMark(std::filesystem::path data_directory);
  Result<bool> IsSet() const;
  Status Set(const std::filesystem::path& from, Instant now) const;
  Status Clear() const;

 private:
  const std::filesystem::path path_;
};

}  // namespace privity
