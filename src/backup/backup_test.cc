#include "backup/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/durable_file.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

std::vector<Migration> Rooms() {
  return {
      {.room = "people",
       .version = 1,
       .name = "people",
       .sql = "CREATE TABLE person(id text PRIMARY KEY, name text NOT NULL, active boolean NOT NULL, weight double "
              "precision, photo bytea);"},
      {.room = "people",
       .version = 2,
       .name = "addresses",
       .sql =
           "CREATE TABLE address(id bigint PRIMARY KEY, person_id text NOT NULL REFERENCES person(id), line text);"}};
}

class BackupTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override { return Rooms(); }

  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    const RootKeySource root = RootKeySource::File();
    auto keys = KeyHome::Open({.directory = home_.path() + "/keys",
                               .data_directory = home_.path() + "/data",
                               .backup_directory = {},
                               .before_step = {}},
                              root, clock());
    ASSERT_TRUE(keys.ok()) << keys.error().DebugString();
    keys_ = *std::move(keys);
    std::filesystem::create_directories(files());
    backups_ = std::make_unique<Backups>(*keys_, clock(), files(), "1.2.3");
    ASSERT_TRUE(store()
                    .Write([](WriteTx& tx) -> Status {
                      PRIVITY_TRY_VOID(
                          tx.Execute("INSERT INTO person VALUES($1, $2, $3, $4, $5)",
                                     {"a", "Zoë \"quoted\"\nline", true, 1.0, Bytes{std::byte{0}, std::byte{255}}}));
                      PRIVITY_TRY_VOID(tx.Execute("INSERT INTO person VALUES($1, $2, $3, $4, $5)",
                                                  {"b", "李", false, nullptr, nullptr}));
                      return tx.Execute("INSERT INTO address VALUES($1, $2, $3)", {INT64_MAX, "a", nullptr}).ok()
                                 ? Ok()
                                 : Status(Error("test.insert"));
                    })
                    .ok());
    WriteText(files() + "/ab/blob", std::string(3'000'000, 'x') + "end");
  }

  std::string files() const { return home_.path() + "/data/files"; }
  std::string path(const std::string& name) const { return home_.path() + "/" + name; }
  Backups& backups() { return *backups_; }
  KeyHome& keys() { return *keys_; }

  static void WriteText(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string ReadText(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  TempDirectory home_;
  std::unique_ptr<KeyHome> keys_;
  std::unique_ptr<Backups> backups_;
};
PRIVITY_ON_EVERY_STORE(BackupTest);

TEST_P(BackupTest, RestoresEveryRowAndFileIntoAnEmptyInstallation) {
  const auto made = backups().Create(store(), path("full.privity"));
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  EXPECT_EQ(made->files, 1);

  TestPlace other(GetParam());
  auto empty = OpenStore(other.options());
  ASSERT_TRUE(empty.ok());
  const std::string restored_files = other.directory() + "/files";
  const Backups target(keys(), clock(), restored_files, "1.2.3");
  const auto restored = target.Restore(**empty, Rooms(), path("full.privity"));
  ASSERT_TRUE(restored.ok()) << restored.error().DebugString();
  EXPECT_EQ(ReadText(restored_files + "/ab/blob"), ReadText(files() + "/ab/blob"));

  // A backup of the restored installation says the same of every table.
  const auto again = target.Create(**empty, path("again.privity"));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(ToJson(again->tables), ToJson(made->tables));
  EXPECT_EQ(made->tables.size(), 2u);
}

TEST_P(BackupTest, OneFromBeforeItsKeyWasReplacedIsRestored) {
  ASSERT_TRUE(backups().Create(store(), path("old.privity")).ok());
  ASSERT_EQ(*keys().RotateNamed("backup"), 2u);
  ASSERT_TRUE(backups().Create(store(), path("new.privity")).ok());
  for (const char* const name : {"old.privity", "new.privity"}) {
    ASSERT_TRUE(backups().Verify(path(name)).ok()) << name;
    TestPlace other(GetParam());
    auto empty = OpenStore(other.options());
    ASSERT_TRUE(empty.ok());
    const Backups target(keys(), clock(), other.directory() + "/files", "1.2.3");
    const auto restored = target.Restore(**empty, Rooms(), path(name));
    EXPECT_TRUE(restored.ok()) << name << ": " << restored.error().DebugString();
  }
  // The old key seals nothing any more.
  ASSERT_TRUE(keys().DestroyNamed("backup", 1).ok());
  EXPECT_TRUE(backups().Verify(path("new.privity")).ok());
  EXPECT_EQ(backups().Verify(path("old.privity")).error().code(), "crypto.key_destroyed");
}

TEST_P(BackupTest, HoldsNoClearText) {
  ASSERT_TRUE(backups().Create(store(), path("full.privity")).ok());
  // Words long enough that sealed bytes do not spell them by chance: one of a row, one of a file.
  const std::string sealed = ReadText(path("full.privity"));
  EXPECT_EQ(sealed.find("quoted"), std::string::npos);
  EXPECT_EQ(sealed.find("xxxxxxend"), std::string::npos);
}

TEST_P(BackupTest, IsOneSnapshotWhileOthersWrite) {
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    // Person and address arrive together, so a snapshot has as many of one as of the other.
    for (std::int64_t n = 1; !stop; ++n) {
      const std::string id = "w" + std::to_string(n);
      (void)store().Write([&](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO person VALUES($1, 'n', $2, NULL, NULL)", {id, true}));
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO address VALUES($1, $2, NULL)", {n, id}));
        return Ok();
      });
    }
  });
  for (int round = 0; round < 5; ++round) {
    const std::string file = path("load" + std::to_string(round));
    const auto made = backups().Create(store(), file);
    ASSERT_TRUE(made.ok()) << made.error().DebugString();
    EXPECT_EQ(made->tables[0].rows - 2, made->tables[1].rows - 1);
    EXPECT_TRUE(backups().Verify(file).ok());
  }
  stop = true;
}

TEST_P(BackupTest, EveryChangedOrMissingByteIsFound) {
  ASSERT_TRUE(backups().Create(store(), path("full.privity")).ok());
  const std::string whole = ReadText(path("full.privity"));
  ASSERT_GT(whole.size(), 300u);
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 97 + 1) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    WriteText(path("changed"), changed);
    EXPECT_FALSE(backups().Verify(path("changed")).ok()) << "byte " << at << " of " << whole.size();
    WriteText(path("short"), whole.substr(0, at));
    EXPECT_FALSE(backups().Verify(path("short")).ok()) << "cut at " << at;
  }
  WriteText(path("long"), whole + "x");
  EXPECT_FALSE(backups().Verify(path("long")).ok());
}

TEST_P(BackupTest, ADamagedBackupChangesNothing) {
  ASSERT_TRUE(backups().Create(store(), path("full.privity")).ok());
  std::string text = ReadText(path("full.privity"));
  text.pop_back();
  WriteText(path("short"), text);
  TestPlace other(GetParam());
  auto empty = OpenStore(other.options());
  ASSERT_TRUE(empty.ok());
  const Backups target(keys(), clock(), other.directory() + "/files", "1.2.3");
  EXPECT_EQ(target.Restore(**empty, Rooms(), path("short")).error().code(), "backup.damaged");
  EXPECT_TRUE(target.Restore(**empty, Rooms(), path("full.privity")).ok());
}

TEST_P(BackupTest, RefusesWhatIsNotEmptyNotOursOrNewer) {
  ASSERT_TRUE(backups().Create(store(), path("full.privity")).ok());
  EXPECT_EQ(backups().Create(store(), path("full.privity")).error().code(), "backup.file_exists");
  EXPECT_EQ(backups().Restore(store(), Rooms(), path("full.privity")).error().code(), "backup.not_empty");

  TestPlace other(GetParam());
  auto empty = OpenStore(other.options());
  ASSERT_TRUE(empty.ok());
  const Backups target(keys(), clock(), other.directory() + "/files", "1.2.3");
  EXPECT_EQ(target.Restore(**empty, std::vector<Migration>{Rooms()[0]}, path("full.privity")).error().code(),
            "store.schema_newer");
  WriteText(path("text"), "not a backup");
  EXPECT_EQ(target.Verify(path("text")).error().code(), "backup.not_a_backup");

  TempDirectory stranger;
  auto keys = KeyHome::Open({.directory = stranger.path() + "/keys",
                             .data_directory = stranger.path() + "/data",
                             .backup_directory = {},
                             .before_step = {}},
                            RootKeySource::File(), clock());
  ASSERT_TRUE(keys.ok());
  EXPECT_EQ(Backups(**keys, clock(), files(), "1").Verify(path("full.privity")).error().code(),
            "backup.other_installation");
}

TEST(RestoreMark, StandsUntilItIsCleared) {
  TempDirectory directory;
  const RestoreMark mark(directory.path());
  EXPECT_FALSE(mark.IsSet().value());
  ASSERT_TRUE(mark.Set("/backups/monday.privity", ManualClock().Now()).ok());
  EXPECT_TRUE(mark.IsSet().value());
  ASSERT_TRUE(mark.Clear().ok());
  EXPECT_FALSE(mark.IsSet().value());
}

}  // namespace
}  // namespace privity
