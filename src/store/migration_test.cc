// The schema's history on both back ends: old or new, never in between.
#include "store/migration.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <utility>

#include "store/testing/test_store.h"

namespace privity {
namespace {

using testing::ElementsAre;

const Migration kOne{
    .room = "people", .version = 1, .name = "people", .sql = "CREATE TABLE person(id text PRIMARY KEY);"};
const Migration kTwo{.room = "people",
                     .version = 2,
                     .name = "names",
                     .sql = "ALTER TABLE person ADD COLUMN name text; CREATE INDEX person_name ON person(name);"};
const Migration kOther{
    .room = "notes", .version = 1, .name = "notes", .sql = "CREATE TABLE note(id text PRIMARY KEY);"};

class MigrationContract : public StoreTest {
 protected:
  Result<std::vector<MigrationStep>> Migrate(const std::vector<Migration>& migrations, MigrateOptions options = {}) {
    options.operator_has_backup = true;
    return MigrateStore(store(), migrations, clock(), options);
  }
  bool Has(const std::string& table) {
    return store().Read([&](ReadTx& tx) { return tx.Query("SELECT * FROM " + table); }).ok();
  }
};

TEST_P(MigrationContract, TakesPendingStepsOnceInTheGivenOrder) {
  const auto first = Migrate({kOne});
  EXPECT_THAT(first.value(), ElementsAre(MigrationStep{"people", 1, "people"}));
  const auto second = Migrate({kOne, kOther, kTwo});
  EXPECT_THAT(second.value(), ElementsAre(MigrationStep{"notes", 1, "notes"}, MigrationStep{"people", 2, "names"}));
  EXPECT_THAT(Migrate({kOne, kOther, kTwo}).value(), ElementsAre());
  EXPECT_TRUE(Has("note"));
}

TEST_P(MigrationContract, PlansWithoutChanging) {
  EXPECT_THAT(PlanMigrations(store(), std::vector{kOne}).value(), ElementsAre(MigrationStep{"people", 1, "people"}));
  EXPECT_FALSE(Has("person"));
}

TEST_P(MigrationContract, AFailingStepLeavesTheOldSchemaWhole) {
  ASSERT_TRUE(Migrate({kOne}).ok());
  const Migration bad{.room = "people",
                      .version = 3,
                      .name = "bad",
                      .sql = "CREATE TABLE extra(id text); ALTER TABLE nowhere ADD COLUMN x text;"};
  const auto failed = Migrate({kOne, kTwo, bad});
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code(), "store.migration_failed");
  EXPECT_EQ(failed.error().Parameter("room"), "people");
  EXPECT_EQ(failed.error().Parameter("version"), "3");
  EXPECT_FALSE(Has("extra"));
  EXPECT_FALSE(store().Read([](ReadTx& tx) { return tx.Query("SELECT name FROM person"); }).ok());
  EXPECT_TRUE(Migrate({kOne, kTwo}).ok());
}

TEST_P(MigrationContract, SqliteRunsItsOwnWordsAndTheHistoryRemembersBoth) {
  Migration step = kOne;
  step.sqlite_sql = "CREATE TABLE person_of_sqlite(id text PRIMARY KEY);";
  ASSERT_TRUE(Migrate({step}).ok());
  EXPECT_EQ(Has("person_of_sqlite"), GetParam() == Dialect::kSqlite);
  EXPECT_EQ(Has("person"), GetParam() == Dialect::kPostgres);
  EXPECT_THAT(Migrate({step}).value(), ElementsAre());
  for (std::string* const text : {&step.sql, &step.sqlite_sql}) {
    const std::string before = std::exchange(*text, "CREATE TABLE edited(id text PRIMARY KEY);");
    EXPECT_EQ(Migrate({step}).error().code(), "store.migration_changed");
    *text = before;
  }
}

TEST_P(MigrationContract, RefusesADatabaseNewerThanTheProgram) {
  ASSERT_TRUE(Migrate({kOne, kTwo}).ok());
  EXPECT_EQ(Migrate({kOne}).error().DebugString(), "store.schema_newer{room=people, version=2}");
  EXPECT_EQ(Migrate({kOther}).error().code(), "store.schema_newer");  // a whole room is unknown
}

TEST_P(MigrationContract, RefusesAStepThatWasEditedAfterwards) {
  ASSERT_TRUE(Migrate({kOne}).ok());
  Migration edited = kOne;
  edited.sql += " ";
  EXPECT_EQ(Migrate({edited}).error().DebugString(), "store.migration_changed{room=people, version=1}");
}

PRIVITY_ON_EVERY_STORE(MigrationContract);

class SqliteMigration : public MigrationContract {};

TEST_P(SqliteMigration, CopiesADatabaseWithDataBeforeChangingItAndKeepsThree) {
  const std::string backups = place().directory() + "/backups";
  ASSERT_TRUE(Migrate({kOne}, {.backup_directory = backups}).ok());
  EXPECT_FALSE(std::filesystem::exists(backups));  // there was nothing to lose
  std::vector<Migration> steps = {kOne};
  for (int version = 2; version <= 6; ++version) {
    clock().Advance(std::chrono::hours(1));
    steps.push_back({.room = "people",
                     .version = version,
                     .name = "more",
                     .sql = "CREATE TABLE t" + std::to_string(version) + "(id text)"});
    ASSERT_TRUE(Migrate(steps, {.backup_directory = backups}).ok());
  }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(backups)) names.push_back(entry.path().filename());
  EXPECT_EQ(names.size(), 3u);
}

class PostgresMigration : public MigrationContract {};

TEST_P(PostgresMigration, WantsToHearOfABackupBeforeItChangesADatabaseWithData) {
  ASSERT_TRUE(MigrateStore(store(), std::vector{kOne}, clock()).ok());  // there was nothing to lose
  const auto refused = MigrateStore(store(), std::vector{kOne, kTwo}, clock());
  EXPECT_EQ(refused.error().code(), "store.backup_needed");
  EXPECT_TRUE(
      MigrateStore(store(), std::vector{kOne, kTwo}, clock(), {.backup_directory = "", .operator_has_backup = true})
          .ok());
}

INSTANTIATE_TEST_SUITE_P(, PostgresMigration, testing::Values(Dialect::kPostgres), DialectName);
INSTANTIATE_TEST_SUITE_P(, SqliteMigration, testing::Values(Dialect::kSqlite), DialectName);

}  // namespace
}  // namespace privity
