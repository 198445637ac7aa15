// The schema and its history: each room brings a list of numbered steps, and the store remembers the text of each step
// that it took.
//
// All pending steps run in one transaction: after a crash or an error the database has its old schema or its new one. A
// step that was taken is never edited (store.migration_changed when its text differs), and a database that has steps
// unknown to this program is refused (store.schema_newer): put the newer program back, or restore the backup.
//
// Before a database that holds data is changed it is backed up. SQLite: a consistent copy in
// <data_directory>/backups-before-migration/, the newest three are kept. PostgreSQL: Privity cannot take a backup of a
// database server on its own; it refuses (store.backup_needed) until the operator states that there is one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace privity {

struct Migration {
  std::string room;
  int version = 0;  // 1, 2, 3… without gaps within a room
  std::string name;
  std::string sql;              // one or more statements of the common subset
  std::string sqlite_sql = {};  // what SQLite runs instead, where it needs other indexes; empty: the same
};

struct MigrationStep {
  std::string room;
  int version = 0;
  std::string name;
  bool operator==(const MigrationStep&) const = default;
};

// What MigrateStore would do; changes nothing. Errors as there.
Result<std::vector<MigrationStep>> PlanMigrations(Store& store, std::span<const Migration> migrations);

struct MigrateOptions {
  std::string backup_directory;      // SQLite: where the copy goes; empty: no copy (tests)
  bool operator_has_backup = false;  // PostgreSQL
};

// Brings the schema up to `migrations`, in the given order. Several processes may start at once: one migrates, the
// others wait. Returns the steps that were taken now. Errors: store.migration_changed, store.schema_newer,
// store.migration_failed (with the step), store.backup_needed, store.backup_failed, and those of Store::Write.
Result<std::vector<MigrationStep>> MigrateStore(Store& store, std::span<const Migration> migrations, const Clock& clock,
                                                const MigrateOptions& options = {});

}  // namespace privity
