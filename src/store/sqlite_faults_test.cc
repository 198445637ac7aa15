// What the disk may do to SQLite, and what must hold whatever it does: an answered change is there, a refused one is
// not, none is there by half, and the store goes on by itself when the disk works again.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <set>
#include <thread>
#include <tuple>

#include "store/testing/fault_vfs.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Fault = FaultVfs::Fault;
constexpr int kUntilMended = FaultVfs::kUntilMended;

const std::vector<Migration> kTables = {{.room = "test", .version = 1, .name = "pair", .sql = R"sql(
  CREATE TABLE debit(id bigint PRIMARY KEY, filler bytea NOT NULL);
  CREATE TABLE credit(id bigint PRIMARY KEY);
)sql"}};

// Each change touches two tables: half of it would show.
Status Transfer(Store& store, std::int64_t id, const WriteOptions& options = {}) {
  return store.Write(
      [&](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO debit(id, filler) VALUES($1, $2)", {id, Bytes(3'000, std::byte{7})}));
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO credit(id) VALUES($1)", {id}));
        return Ok();
      },
      options);
}

std::set<std::int64_t> Ids(Store& store, const std::string& table) {
  std::set<std::int64_t> ids;
  const auto rows = store.Read([&](ReadTx& tx) { return tx.Query("SELECT id FROM " + table); });
  EXPECT_TRUE(rows.ok()) << rows.error().DebugString();
  if (rows.ok()) {
    for (const Row& row : *rows) ids.insert(row.Get<std::int64_t>(0));
  }
  return ids;
}

class SqliteFaults : public testing::Test {
 protected:
  StoreOptions Options(const std::string& vfs) const {
    StoreOptions options;
    options.data_directory = directory_.path() + "/data" + std::to_string(generation_);
    options.sqlite_vfs = vfs;
    return options;
  }
  Result<std::unique_ptr<Store>> Open(const std::string& vfs) {
    PRIVITY_TRY(std::unique_ptr<Store> store, OpenStore(Options(vfs)));
    PRIVITY_TRY_VOID(MigrateStore(*store, kTables, clock_));
    return store;
  }
  void StartAnew() { ++generation_; }
  // The store accepts changes again within five seconds.
  bool Recovers(Store& store, std::int64_t id) {
    const auto until = steady_clock::now() + std::chrono::seconds(5);
    for (; steady_clock::now() < until; std::this_thread::sleep_for(milliseconds(5))) {
      if (Transfer(store, id).ok()) return true;
    }
    return false;
  }

  TempDirectory directory_{TempDirectory::Place::kInMemory};
  ManualClock clock_;
  int generation_ = 0;
};

struct Answers {
  std::set<std::int64_t> saved, refused, unknown;
};

// The scripted session: opening, changes, emptying the log, more changes.
Answers Session(const Result<std::unique_ptr<Store>>& store) {
  Answers answers;
  if (!store.ok()) return answers;
  for (std::int64_t id = 1; id <= 4; ++id) {
    const Status status = Transfer(**store, id);
    auto& answered = status.ok()                                  ? answers.saved
                     : status.error().Is("store.outcome_unknown") ? answers.unknown
                                                                  : answers.refused;
    answered.insert(id);
    if (id == 2) (void)(*store)->ScrubDeleted();
  }
  return answers;
}

struct SweepCase {
  const char* name;
  Fault fault;
  int times;
};

class ErrorAtTheNthCall : public SqliteFaults, public testing::WithParamInterface<SweepCase> {};

TEST_P(ErrorAtTheNthCall, LosesNothingAndLeavesNothingByHalf) {
  FaultVfs disk;
  std::int64_t n = 1;
  for (bool met = true; met; ++n) {
    StartAnew();
    disk.FailAt(n, GetParam().fault, GetParam().times);
    Answers answers;
    {
      const Result<std::unique_ptr<Store>> store = Open(disk.name());
      answers = Session(store);
      met = disk.met();
      disk.Mend();
      if (store.ok()) {
        ASSERT_TRUE(Recovers(**store, 100)) << "call " << n;
        answers.saved.insert(100);
      }
    }
    const Result<std::unique_ptr<Store>> healthy = Open("");
    ASSERT_TRUE(healthy.ok()) << "call " << n << ": " << healthy.error().DebugString();
    const std::set<std::int64_t> present = Ids(**healthy, "debit");
    ASSERT_EQ(present, Ids(**healthy, "credit")) << "half a change after call " << n;
    for (const std::int64_t id : answers.saved)
      ASSERT_TRUE(present.contains(id)) << "lost " << id << " after call " << n;
    for (const std::int64_t id : answers.refused)
      ASSERT_FALSE(present.contains(id)) << "refused " << id << ", call " << n;
    const auto sound = (*healthy)->Read([](ReadTx& tx) { return tx.QueryOne("PRAGMA integrity_check"); });
    ASSERT_EQ((*sound)->Get<std::string>(0), "ok") << "call " << n;
    std::filesystem::remove_all(directory_.path() + "/data" + std::to_string(generation_));
  }
  EXPECT_GT(n, 50) << "the session is expected to change files more often than that";
}

INSTANTIATE_TEST_SUITE_P(, ErrorAtTheNthCall,
                         testing::Values(SweepCase{"WriteErrorOnce", Fault::kWriteError, 1},
                                         SweepCase{"WriteErrorLasting", Fault::kWriteError, kUntilMended},
                                         SweepCase{"SyncErrorOnce", Fault::kSyncError, 1},
                                         SweepCase{"SyncErrorTwice", Fault::kSyncError, 2},
                                         SweepCase{"SyncErrorLasting", Fault::kSyncError, kUntilMended},
                                         SweepCase{"FullOnce", Fault::kFull, 1},
                                         SweepCase{"FullLasting", Fault::kFull, kUntilMended},
                                         SweepCase{"ShortWriteOnce", Fault::kShortWrite, 1},
                                         SweepCase{"ReadOnlyLasting", Fault::kReadOnly, kUntilMended}),
                         [](const auto& instance) { return std::string(instance.param.name); });

// Runs the session in a process of its own that dies at the n-th changing call. Returns what it was answered as saved
// until then, and whether it died.
std::pair<std::set<std::int64_t>, bool> SessionThatDies(
    std::int64_t n, const std::function<Result<std::unique_ptr<Store>>(const std::string&)>& open) {
  std::array<int, 2> answers{};
  EXPECT_EQ(pipe(answers.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    FaultVfs disk;
    disk.FailAt(n, Fault::kKill, 1);
    const Result<std::unique_ptr<Store>> store = open(disk.name());
    for (std::int64_t id = 1; id <= 4; ++id) {
      if (!store.ok() || !Transfer(**store, id).ok()) _exit(1);
      if (write(answers[1], &id, sizeof id) != sizeof id) _exit(1);
      if (id == 2 && !(*store)->ScrubDeleted().ok()) _exit(1);
    }
    _exit(0);
  }
  close(answers[1]);
  std::set<std::int64_t> saved;
  for (std::int64_t id = 0; read(answers[0], &id, sizeof id) == sizeof id;) saved.insert(id);
  close(answers[0]);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return {saved, WIFSIGNALED(status)};
}

TEST_F(SqliteFaults, AProcessKilledAtTheNthCallLosesNothingAndLeavesTheOldOrTheNewSchema) {
  bool died = true;
  for (std::int64_t n = 1; died; ++n) {
    StartAnew();
    std::set<std::int64_t> saved;
    std::tie(saved, died) = SessionThatDies(n, [&](const std::string& vfs) { return Open(vfs); });
    {
      const Result<std::unique_ptr<Store>> unmigrated = OpenStore(Options(""));
      ASSERT_TRUE(unmigrated.ok()) << "call " << n << ": " << unmigrated.error().DebugString();
      const auto tables = (*unmigrated)->Read([](ReadTx& tx) {
        return tx.QueryOne("SELECT count(*) FROM sqlite_schema WHERE name IN ('debit', 'credit')");
      });
      const auto plan = PlanMigrations(**unmigrated, kTables);
      ASSERT_TRUE(tables.ok() && plan.ok()) << "call " << n;
      ASSERT_EQ((*tables)->Get<int>(0), plan->empty() ? 2 : 0) << "half a migration after call " << n;
    }
    const Result<std::unique_ptr<Store>> store = Open("");
    ASSERT_TRUE(store.ok()) << "call " << n;
    const std::set<std::int64_t> present = Ids(**store, "debit");
    ASSERT_EQ(present, Ids(**store, "credit")) << "call " << n;
    for (const std::int64_t id : saved) ASSERT_TRUE(present.contains(id)) << "lost " << id << " after call " << n;
    ASSERT_LE(present.size(), saved.size() + 1) << "call " << n;
    if (!died) {
      EXPECT_GT(n, 50) << "the session is expected to change files more often than that";
    }
  }
}

TEST_F(SqliteFaults, NamesTheTroubleAndGoesOnWhenItIsOver) {
  struct Case {
    Fault fault;
    std::string code;
  };
  for (const Case& c : {Case{Fault::kFull, "store.full"}, Case{Fault::kReadOnly, "store.read_only"},
                        Case{Fault::kWriteError, "store.io"}, Case{Fault::kSyncError, "store.io"}}) {
    StartAnew();
    FaultVfs disk;
    auto store = Open(disk.name());
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE(Transfer(**store, 1).ok());
    disk.FailAt(1, c.fault, kUntilMended);
    for (std::int64_t id = 2; id <= 4; ++id) {
      const Status refused = Transfer(**store, id);
      ASSERT_FALSE(refused.ok());
      // With a disk that stays broken not even the outcome of the first failed commit can be looked up.
      EXPECT_THAT(refused.error().code(), testing::AnyOf(c.code, "store.outcome_unknown"));
      if (id > 2) {
        EXPECT_EQ(refused.error().code(), c.code);
      }
    }
    disk.Mend();
    EXPECT_TRUE(Recovers(**store, 5)) << c.code;
    EXPECT_TRUE(Ids(**store, "debit").contains(1));
  }
}

TEST_F(SqliteFaults, ReadingGoesOnWhileTheDiskIsFull) {
  FaultVfs disk;
  auto store = Open(disk.name());
  ASSERT_TRUE(store.ok() && Transfer(**store, 1).ok());
  disk.FailAt(1, Fault::kFull, kUntilMended);
  EXPECT_FALSE(Transfer(**store, 2).ok());
  EXPECT_EQ(Ids(**store, "debit"), (std::set<std::int64_t>{1}));
  EXPECT_EQ((*store)->Probe().error().code(), "store.full");
}

TEST_F(SqliteFaults, ReadersAreRefusedAtOnceWhileTheFilesCannotBeReopened) {
  FaultVfs disk;
  auto store = Open(disk.name());
  ASSERT_TRUE(store.ok() && Transfer(**store, 1).ok());
  disk.FailAt(1, Fault::kWriteError, kUntilMended);
  EXPECT_EQ(Transfer(**store, 2).error().code(), "store.outcome_unknown");
  const auto refused = (*store)->Read([](ReadTx& tx) { return tx.Query("SELECT id FROM debit"); });
  EXPECT_EQ(refused.error(), Error("store.unavailable", {{"reason", "recovering"}}));  // "busy" would be after a wait
  disk.Mend();
  EXPECT_TRUE(Recovers(**store, 3));
  EXPECT_TRUE(Ids(**store, "debit").contains(3));
}

TEST_F(SqliteFaults, AHangingDiskDoesNotHangTheCaller) {
  FaultVfs disk;
  auto store = Open(disk.name());
  ASSERT_TRUE(store.ok() && Transfer(**store, 1).ok());
  const WriteOptions soon = {.isolation = {}, .timeout = milliseconds(50)};
  disk.HangSyncs();
  auto first = std::async(std::launch::async, [&] { return Transfer(**store, 2, soon); });
  disk.AwaitHanging();  // the first change sits in its commit
  EXPECT_EQ(Transfer(**store, 3, soon).error().code(), "store.timeout");
  EXPECT_EQ(first.get().error().code(), "store.outcome_unknown");
  EXPECT_EQ(Ids(**store, "credit"), (std::set<std::int64_t>{1}));  // reading goes on
  disk.Release();
  EXPECT_TRUE(Recovers(**store, 4));
  // The one that timed out before it began did not happen; the other one did, and its caller had been told not to know.
  EXPECT_EQ(Ids(**store, "debit"), (std::set<std::int64_t>{1, 2, 4}));
}

TEST_F(SqliteFaults, ADiskThatHungForLongerThanAnybodyWaitsRefusesTheNextAtOnce) {
  FaultVfs disk;
  ASSERT_TRUE(Open(disk.name()).ok());  // makes the tables and is closed again
  StoreOptions options = Options(disk.name());
  options.write_timeout = milliseconds(50);
  auto store = OpenStore(options);
  ASSERT_TRUE(store.ok());
  const WriteOptions patient = {.isolation = {}, .timeout = std::chrono::hours(1)};
  disk.HangSyncs();
  auto hanging = std::async(std::launch::async, [&] { return Transfer(**store, 1, patient); });
  disk.AwaitHanging();
  EXPECT_FALSE(Transfer(**store, 2).ok());  // waits for as long as anybody does
  const Status refused = Transfer(**store, 3, patient);
  EXPECT_EQ(refused.error().DebugString(), "store.unavailable{reason=busy}");
  EXPECT_TRUE(Ids(**store, "credit").empty());  // reading goes on
  disk.Release();
  EXPECT_TRUE(hanging.get().ok());
  EXPECT_TRUE(Recovers(**store, 4));
}

TEST_F(SqliteFaults, AStatementThatTakesTooLongEndsWithoutHurtingItsNeighbors) {
  auto store = Open("");
  ASSERT_TRUE(store.ok());
  auto slow = std::async(std::launch::async, [&] {
    return (*store)->Write(
        [](WriteTx& tx) {
          return tx.Execute(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
              "INSERT INTO credit SELECT -max(i) FROM n");
        },
        {.isolation = {}, .timeout = milliseconds(100)});
  });
  std::vector<std::future<Status>> neighbors;
  for (std::int64_t id = 1; id <= 8; ++id) {
    neighbors.push_back(std::async(std::launch::async, [&, id] { return Transfer(**store, id); }));
  }
  EXPECT_EQ(slow.get().error().code(), "store.timeout");
  for (auto& neighbor : neighbors) EXPECT_TRUE(neighbor.get().ok());
  EXPECT_EQ(Ids(**store, "credit").size(), 8u);
}

TEST_F(SqliteFaults, ASecondProcessIsRefusedWithThePidOfTheFirst) {
  auto store = Open("");
  ASSERT_TRUE(store.ok());
  const auto second = Open("");
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), "store.in_use");
  EXPECT_EQ(second.error().Parameter("pid"), std::to_string(getpid()));
  *store = nullptr;
  EXPECT_TRUE(Open("").ok());
}

TEST_F(SqliteFaults, ALockDiesWithItsProcess) {
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Open("");
    _exit(store.ok() ? 0 : 1);  // no destructor runs, as after a kill
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_TRUE(Open("").ok());
}

TEST_F(SqliteFaults, RefusesAFileOfAnotherProgram) {
  StartAnew();
  const std::string data = directory_.path() + "/data" + std::to_string(generation_);
  std::filesystem::create_directories(data);
  std::ofstream(data + "/privity.db")
      << "This is a shopping list and not a database; it is long enough to be read as a header.";
  EXPECT_EQ(Open("").error().code(), "store.not_privity");
}

TEST_F(SqliteFaults, ScrubbedBytesAreInNoFile) {
  auto store = Open("");
  ASSERT_TRUE(store.ok());
  const std::string canary = "canary-5d1c7e0a-of-a-person";
  const auto write = [&](std::string_view sql, const SqlValues& params) {
    return (*store)->Write([&](WriteTx& tx) { return tx.Execute(sql, params); }).ok();
  };
  const auto files_hold = [&] {
    for (const auto& entry :
         std::filesystem::directory_iterator(directory_.path() + "/data" + std::to_string(generation_))) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (bytes.find(canary) != std::string::npos) return true;
    }
    return false;
  };
  ASSERT_TRUE(write("INSERT INTO debit(id, filler) VALUES(1, $1)", {ToBytes(canary)}));
  ASSERT_EQ((*store)->ScrubDeleted().value(), Store::Scrub::kScrubbed);
  ASSERT_TRUE(files_hold());
  ASSERT_TRUE(write("DELETE FROM debit WHERE id = 1", {}));
  EXPECT_TRUE(files_hold());  // why a plain DELETE is not enough
  ASSERT_EQ((*store)->ScrubDeleted().value(), Store::Scrub::kScrubbed);
  EXPECT_FALSE(files_hold());
}

TEST_F(SqliteFaults, ReadersInBetweenLetTheLogBeginAnew) {
  const auto store = Open("");
  ASSERT_TRUE(store.ok());
  const std::string log = Options("").data_directory + "/privity.db-wal";
  std::uintmax_t largest = 0;
  for (std::int64_t id = 1; id <= 200; ++id) {
    const auto written = (*store)->Write([&](WriteTx& tx) {
      return tx.Execute("INSERT INTO debit(id, filler) VALUES($1, $2)", {id, Bytes(1'000'000, std::byte{7})});
    });
    ASSERT_TRUE(written.ok()) << id;
    EXPECT_EQ(Ids(**store, "debit").size(), static_cast<std::size_t>(id));
    largest = std::max(largest, std::filesystem::file_size(log));
  }
  EXPECT_LT(largest, 50'000'000U) << "of 200 MB that were written";
}

TEST_F(SqliteFaults, AReaderSeesTheTablesThatWereMadeBefore) {
  const auto store = Open("");
  ASSERT_TRUE(store.ok());
  const auto tables = [&] {
    const auto row = (*store)->Read([](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM sqlite_schema"); });
    return (*row)->Get<std::int64_t>(0);
  };
  const std::int64_t before = tables();
  ASSERT_TRUE((*store)->Write([](WriteTx& tx) { return tx.ExecuteScript("CREATE TABLE more(id bigint)"); }).ok());
  EXPECT_EQ(tables(), before + 1) << "although no row was changed";
}

TEST_F(SqliteFaults, CopiesItselfWhileBeingWritten) {
  auto store = Open("");
  ASSERT_TRUE(store.ok());
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (std::int64_t id = 1; !stop; ++id) ASSERT_TRUE(Transfer(**store, id).ok());
  });
  while (Ids(**store, "debit").size() < 5) std::this_thread::yield();
  const std::string copy = directory_.path() + "/copy/privity.db";
  const Status copied = (*store)->CopyTo(copy);
  stop = true;
  writer.join();
  ASSERT_TRUE(copied.ok()) << copied.error().DebugString();
  EXPECT_EQ(std::filesystem::status(copy).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  StoreOptions options;
  options.data_directory = directory_.path() + "/copy";
  const auto restored = OpenStore(options);
  ASSERT_TRUE(restored.ok()) << restored.error().DebugString();
  EXPECT_GE(Ids(**restored, "debit").size(), 5u);
  EXPECT_EQ(Ids(**restored, "debit"), Ids(**restored, "credit"));
}

}  // namespace
}  // namespace privity
