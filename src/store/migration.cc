#include "store/migration.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace privity {

namespace {

constexpr const char* kHistoryTable =
    "CREATE TABLE IF NOT EXISTS store_migration("
    "room text NOT NULL, version bigint NOT NULL, name text NOT NULL, text text NOT NULL, applied_at bigint NOT NULL, "
    "PRIMARY KEY(room, version))";
constexpr int kBackupsKept = 3;

using Taken = std::map<std::pair<std::string, std::int64_t>, std::string>;  // (room, version) -> text

Result<Taken> ReadHistory(ReadTx& tx) {
  Taken taken;
  PRIVITY_TRY_VOID(tx.ForEach("SELECT room, version, text FROM store_migration", {}, [&](Row row) {
    taken[{row.Get<std::string>(0), row.Get<std::int64_t>(1)}] = row.Get<std::string>(2);
    return Ok();
  }));
  return taken;
}

Error StepError(const char* code, const std::string& room, std::int64_t version) {
  return Error(code, {{"room", room}, {"version", std::to_string(version)}});
}

// What the history remembers: alike on both engines, since a backup of one is restored into the other.
std::string TextOf(const Migration& migration) {
  return migration.sqlite_sql.empty() ? migration.sql : migration.sql + "\n-- SQLite:\n" + migration.sqlite_sql;
}

void CheckNumbers(std::span<const Migration> migrations) {
  std::map<std::string, int> latest;
  for (const Migration& migration : migrations) {
    Invariant(migration.version == ++latest[migration.room], "a room's migrations are numbered 1, 2, 3 without gaps");
  }
}

// The steps that are still to be taken, in order.
Result<std::vector<const Migration*>> Pending(const Taken& taken, std::span<const Migration> migrations) {
  CheckNumbers(migrations);
  std::vector<const Migration*> pending;
  std::size_t known = 0;
  for (const Migration& migration : migrations) {
    const auto found = taken.find({migration.room, migration.version});
    if (found == taken.end()) {
      pending.push_back(&migration);
    } else if (found->second != TextOf(migration)) {
      return StepError("store.migration_changed", migration.room, migration.version);
    } else {
      ++known;
    }
  }
  if (known == taken.size()) return pending;
  for (const auto& [step, text] : taken) {
    const auto is_step = [&step = step](const Migration& m) {
      return m.room == step.first && m.version == step.second;
    };
    if (std::none_of(migrations.begin(), migrations.end(), is_step)) {
      return StepError("store.schema_newer", step.first, step.second);
    }
  }
  return pending;
}

std::vector<MigrationStep> Steps(const std::vector<const Migration*>& pending) {
  std::vector<MigrationStep> steps;
  for (const Migration* migration : pending) steps.push_back({migration->room, migration->version, migration->name});
  return steps;
}

struct Outlook {
  bool has_data = false;  // steps were taken before
  std::vector<MigrationStep> steps;
};

Result<Outlook> LookAhead(Store& store, std::span<const Migration> migrations) {
  PRIVITY_TRY_VOID(store.Write([](WriteTx& tx) { return tx.ExecuteScript(kHistoryTable); },
                               {.isolation = WriteOptions::Isolation::kReadCommitted, .timeout = std::nullopt}));
  return store.Read([&](ReadTx& tx) -> Result<Outlook> {
    PRIVITY_TRY(const Taken taken, ReadHistory(tx));
    PRIVITY_TRY(const auto pending, Pending(taken, migrations));
    return Outlook{!taken.empty(), Steps(pending)};
  });
}

void RemoveOldBackups(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> copies;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    if (entry.path().extension() == ".db") copies.push_back(entry.path());
  }
  std::sort(copies.begin(), copies.end());  // their names begin with the time
  for (std::size_t i = 0; i + kBackupsKept < copies.size(); ++i) std::filesystem::remove(copies[i], ignored);
}

Status BackUp(Store& store, const Clock& clock, const MigrateOptions& options) {
  if (store.dialect() == Dialect::kPostgres) {
    return options.operator_has_backup ? Ok() : Error("store.backup_needed");
  }
  if (options.backup_directory.empty()) return Ok();
  std::string time = FormatInstant(std::chrono::floor<std::chrono::seconds>(clock.Now()));
  std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
  const std::filesystem::path directory(options.backup_directory);
  PRIVITY_TRY_VOID(store.CopyTo((directory / (time + ".db")).string()));
  RemoveOldBackups(directory);
  return Ok();
}

Result<std::vector<MigrationStep>> TakeSteps(WriteTx& tx, std::span<const Migration> migrations, const Clock& clock) {
  if (tx.dialect() == Dialect::kPostgres) {
    PRIVITY_TRY_VOID(tx.QueryOne("SELECT pg_advisory_xact_lock(5787213827046133840)"));
  }
  PRIVITY_TRY(const Taken taken, ReadHistory(tx));
  PRIVITY_TRY(const auto pending, Pending(taken, migrations));
  for (const Migration* step : pending) {
    const bool is_other = tx.dialect() == Dialect::kSqlite && !step->sqlite_sql.empty();
    if (const Status status = tx.ExecuteScript(is_other ? step->sqlite_sql : step->sql); !status.ok()) {
      if (!status.error().Is("store.statement_refused") && !status.error().Is("store.conflict")) return status.error();
      return StepError("store.migration_failed", step->room, step->version)
          .With("problem", std::string(status.error().Parameter("problem")));
    }
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO store_migration(room, version, name, text, applied_at) VALUES($1, $2, $3, $4, $5)",
                   {step->room, step->version, step->name, TextOf(*step), clock.Now()}));
  }
  return Steps(pending);
}

}  // namespace

Result<std::vector<MigrationStep>> PlanMigrations(Store& store, std::span<const Migration> migrations) {
  PRIVITY_TRY(Outlook outlook, LookAhead(store, migrations));
  return std::move(outlook.steps);
}

Result<std::vector<MigrationStep>> MigrateStore(Store& store, std::span<const Migration> migrations, const Clock& clock,
                                                const MigrateOptions& options) {
  PRIVITY_TRY(const Outlook outlook, LookAhead(store, migrations));
  if (outlook.steps.empty()) return outlook.steps;
  if (outlook.has_data) PRIVITY_TRY_VOID(BackUp(store, clock, options));
  return store.Write([&](WriteTx& tx) { return TakeSteps(tx, migrations, clock); },
                     {.isolation = WriteOptions::Isolation::kReadCommitted, .timeout = std::chrono::hours(1)});
}

}  // namespace privity
