#include "ledger/verify.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "ledger/export.h"
#include "ledger/internal/rows.h"
#include "ledger/testing/ledger_test_base.h"

namespace privity {
namespace {

using testing::Contains;
using testing::Field;

constexpr int kStoreMutations = 200;   // on each back end; PRIVITY_LEDGER_MUTATIONS asks for more
constexpr int kExportMutations = 300;  // the judge in tests/judges/ledger makes 10,000 of its own

int Mutations(int otherwise) {
  const char* const asked = std::getenv("PRIVITY_LEDGER_MUTATIONS");
  return asked == nullptr ? otherwise : std::atoi(asked);
}

std::string Describe(const VerifyReport& report) {
  return ToJson(report);
}

class VerifyTest : public LedgerTestBase {
 protected:
  VerifyReport Verify(VerifyOptions options = {}) {
    const auto report = VerifyLedger(store(), sequencer().verifiers().value(), clock(), options);
    EXPECT_TRUE(report.ok()) << report.error().DebugString();
    return report.ok() ? *report : VerifyReport();
  }
  Checkpoint Newest() { return OpenCheckpoint(NewestNote(), sequencer().verifiers().value()).value(); }
  void ExpectFound(Flaw flaw, VerifyOptions options = {}) {
    const VerifyReport report = Verify(std::move(options));
    EXPECT_THAT(report.findings, Contains(Field(&Finding::flaw, flaw))) << Describe(report);
  }
  // Entries under checkpoints of different sizes, a minute apart.
  void Fill(std::initializer_list<int> counts) {
    for (const int count : counts) {
      RecordMany(count);
      clock().Advance(std::chrono::minutes(1));
      ASSERT_TRUE(sequencer().RunOnce().ok());
    }
  }
};
PRIVITY_ON_EVERY_STORE(VerifyTest);

TEST_P(VerifyTest, AWholeLedgerHasNoFindings) {
  EXPECT_TRUE(Verify().whole());
  Fill({1, 300, 256, 43});
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.whole()) << Describe(report);
  EXPECT_EQ(report.size, 600U);
  EXPECT_EQ(report.entries_checked, 600U);
  EXPECT_EQ(report.checkpoints_checked, 4U);
  EXPECT_EQ(report.root, FormatHash(Newest().root));
}

TEST_P(VerifyTest, BeginsBehindATrustedCheckpoint) {
  Fill({300});
  const Checkpoint trusted = Newest();
  Fill({44});
  const VerifyReport report = Verify({.trusted = trusted, .remembered = {}});
  EXPECT_TRUE(report.whole()) << Describe(report);
  EXPECT_EQ(report.entries_checked, 44U);
  EXPECT_EQ(report.size, 344U);
  Checkpoint other = trusted;
  other.root[0] ^= std::byte{1};
  ExpectFound(Flaw::kForked, {.trusted = other, .remembered = {}});
}

TEST_P(VerifyTest, NamesWhatWasDone) {
  struct Case {
    const char* script;
    Flaw flaw;
  };
  const Case cases[] = {
      {"DELETE FROM ledger_entry WHERE idx = 3", Flaw::kEntryMissing},
      {"DELETE FROM ledger_entry WHERE idx = 9", Flaw::kHeadWrong},
      {"UPDATE ledger_entry SET idx = 20 WHERE idx = 3", Flaw::kEntryUnexpected},
      {"UPDATE ledger_entry SET body = replace(body, 'thing-3', 'thing-4') WHERE idx = 3", Flaw::kEntryChanged},
      {"UPDATE ledger_entry SET body = replace(body, ':', ': ') WHERE idx = 3", Flaw::kEntryInvalid},
      {"UPDATE ledger_entry SET object_id = 'thing-4' WHERE idx = 3", Flaw::kColumnChanged},
      {"UPDATE ledger_entry SET actor_kind = 'user' WHERE idx = 3", Flaw::kColumnChanged},
      {"UPDATE ledger_entry SET time = time - 1 WHERE idx = 3", Flaw::kTimeWentBack},
      {"UPDATE ledger_head SET size = 8", Flaw::kEntryUnexpected},
      {"UPDATE ledger_head SET time = time + 1", Flaw::kHeadWrong},
      {"DELETE FROM ledger_tile", Flaw::kTileMissing},
      {"INSERT INTO ledger_tile SELECT 0, 1, hashes FROM ledger_tile", Flaw::kTileUnexpected},
      {"DELETE FROM ledger_checkpoint", Flaw::kCheckpointMissing},
      {"UPDATE ledger_checkpoint SET size = 9 WHERE size = 10", Flaw::kCheckpointInvalid},
      {"UPDATE ledger_checkpoint SET size = 11 WHERE size = 10", Flaw::kCheckpointWrong},
      {"UPDATE ledger_checkpoint SET note = replace(note, 'example', 'example2') WHERE size = 10",
       Flaw::kCheckpointInvalid},
      {"INSERT INTO ledger_staged SELECT 'late', 0, 1, action, actor_kind, actor_id, object_kind, object_id, body "
       "FROM ledger_entry WHERE idx = 0",
       Flaw::kStagedTooLong},
  };
  Fill({4, 6});
  clock().Advance(std::chrono::minutes(2));
  ASSERT_TRUE(Verify().whole());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.script);
    const auto undo = store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(
          tx.ExecuteScript("CREATE TABLE kept_entry AS SELECT * FROM ledger_entry;"
                           "CREATE TABLE kept_tile AS SELECT * FROM ledger_tile;"
                           "CREATE TABLE kept_head AS SELECT * FROM ledger_head;"
                           "CREATE TABLE kept_checkpoint AS SELECT * FROM ledger_checkpoint"));
      return tx.ExecuteScript(one.script);
    });
    ASSERT_TRUE(undo.ok()) << undo.error().DebugString();
    ExpectFound(one.flaw);
    Damage(
        "DELETE FROM ledger_entry; INSERT INTO ledger_entry SELECT * FROM kept_entry; DROP TABLE kept_entry;"
        "DELETE FROM ledger_tile; INSERT INTO ledger_tile SELECT * FROM kept_tile; DROP TABLE kept_tile;"
        "DELETE FROM ledger_head; INSERT INTO ledger_head SELECT * FROM kept_head; DROP TABLE kept_head;"
        "DELETE FROM ledger_checkpoint; INSERT INTO ledger_checkpoint SELECT * FROM kept_checkpoint;"
        "DROP TABLE kept_checkpoint; DELETE FROM ledger_staged");
    ASSERT_TRUE(Verify().whole());
  }
}

// Somebody who changes an entry and makes the tree anew, but does not have the key.
TEST_P(VerifyTest, AConsistentForgeryFailsAtTheSignedCheckpoints) {
  Fill({10, 10});
  ASSERT_TRUE(store()
                  .Write([](WriteTx& tx) -> Status {
                    PRIVITY_TRY_VOID(
                        tx.Execute("UPDATE ledger_entry SET body = replace(body, 'thing-3', 'thing-4'), object_id = "
                                   "'thing-4' WHERE idx = 3"));
                    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM ledger_tile"));
                    TreeBuilder tree;
                    PRIVITY_TRY(const auto rows, tx.Query("SELECT idx, time, body FROM ledger_entry ORDER BY idx"));
                    for (const Row& row : rows) {
                      tree.Append(LeafHash(
                          AsBytes(LeafText(row.Get<std::uint64_t>(0), row.Get<Instant>(1), row.Get<std::string>(2)))));
                    }
                    return WriteTiles(tx, tree.TakeChanged());
                  })
                  .ok());
  const VerifyReport report = Verify();
  ASSERT_EQ(report.findings.size(), 2U) << Describe(report);
  EXPECT_EQ(report.findings[0].flaw, Flaw::kCheckpointWrong);
  EXPECT_EQ(report.findings[1].flaw, Flaw::kCheckpointWrong);
}

TEST_P(VerifyTest, ARestoredOldStateIsFoundByWhoRemembers) {
  Fill({10});
  const Checkpoint old = Newest();
  Fill({10});
  const Checkpoint remembered = Newest();
  ASSERT_TRUE(Verify({.trusted = {}, .remembered = {old, remembered}}).whole());
  ASSERT_TRUE(store()
                  .Write([](WriteTx& tx) -> Status {
                    PRIVITY_TRY_VOID(tx.ExecuteScript(
                        "DELETE FROM ledger_entry WHERE idx >= 10;"
                        "DELETE FROM ledger_checkpoint WHERE size > 10;"
                        "UPDATE ledger_head SET size = 10, time = (SELECT max(time) FROM ledger_entry)"));
                    StoredTiles tiles(tx);
                    PRIVITY_TRY(Tile tile, tiles.ReadTile({0, 0}));
                    tile.resize(10);
                    return WriteTiles(tx, {{TileId{0, 0}, tile}});
                  })
                  .ok());
  EXPECT_TRUE(Verify().whole());  // nothing inside tells
  ExpectFound(Flaw::kRolledBack, {.trusted = {}, .remembered = {remembered}});
}

// The evidence of a store, and random changes to it.
class Tampering {
 public:
  Tampering(Store& store, std::uint32_t seed) : store_(store), random_(seed) {
    for (const char* const table : {"ledger_entry", "ledger_tile", "ledger_head", "ledger_checkpoint"}) {
      kept_[table] = store_.Read([&](ReadTx& tx) { return tx.Query(std::string("SELECT * FROM ") + table); }).value();
    }
  }

  // Writes the tables with one random change and returns what it was.
  std::string Change() {
    auto tables = kept_;
    std::string what;
    while (tables == kept_) what = ChangeOnce(tables);
    Write(tables);
    return what;
  }
  void Restore() { Write(kept_); }

 private:
  struct Table : std::vector<SqlValues> {
    Table() = default;
    Table& operator=(const std::vector<Row>& rows) {
      clear();
      for (const Row& row : rows) {
        SqlValues values;
        for (std::size_t i = 0; i < row.size(); ++i) values.push_back(row.At(i));
        push_back(std::move(values));
      }
      return *this;
    }
  };
  using Tables = std::map<std::string, Table>;

  std::size_t Below(std::size_t bound) { return random_() % bound; }

  std::string ChangeOnce(Tables& tables) {
    static constexpr const char* kNames[] = {"ledger_entry", "ledger_entry", "ledger_tile", "ledger_checkpoint",
                                             "ledger_head"};
    const std::string name = kNames[Below(std::size(kNames))];
    Table& table = tables[name];
    const std::size_t row = Below(table.size());
    if (name != "ledger_head") {
      switch (Below(8)) {
        case 0:
          // Of the checkpoints only the newest must be there: the others are superseded.
          if (name == "ledger_checkpoint" && row + 1 < table.size()) return "";
          table.erase(table.begin() + static_cast<std::ptrdiff_t>(row));
          return name + ": dropped row " + std::to_string(row);
        case 1: {
          const std::size_t other = Below(table.size());
          // All but the key changes places.
          const std::size_t key = name == "ledger_tile" ? 2 : 1;
          for (std::size_t i = key; i < table[row].size(); ++i) std::swap(table[row][i], table[other][i]);
          return name + ": swapped " + std::to_string(row) + " and " + std::to_string(other);
        }
        default:
          break;
      }
    }
    // The lease (head) and the time of signing (checkpoint) are not evidence.
    const std::size_t columns = name == "ledger_head" ? 3 : table[row].size();
    const std::size_t column = Below(columns);
    if (name == "ledger_checkpoint" && column == 1) return "";
    if (name == "ledger_head" && column == 0) return "";
    ChangeValue(table[row][column]);
    return name + ": row " + std::to_string(row) + ", column " + std::to_string(column);
  }

  void ChangeValue(SqlValue& value) {
    if (auto* const number = std::get_if<std::int64_t>(&value.variant())) {
      *number ^= std::int64_t{1} << Below(63);
    } else if (auto* const text = std::get_if<std::string>(&value.variant())) {
      if (text->empty() || Below(10) == 0) {
        text->push_back('x');
      } else {
        char& c = (*text)[Below(text->size())];
        c = static_cast<unsigned char>(c) < 0x80 ? static_cast<char>(' ' + Below(95)) : '?';
      }
    } else if (auto* const bytes = std::get_if<Bytes>(&value.variant())) {
      switch (Below(6)) {
        case 0:
          bytes->pop_back();
          break;
        case 1:
          bytes->resize(bytes->size() - 32);
          break;
        case 2:
          bytes->insert(bytes->end(), bytes->begin(), bytes->begin() + 32);
          break;
        default:
          (*bytes)[Below(bytes->size())] ^= std::byte{1} << Below(8);
      }
    }
  }

  void Write(const Tables& tables) {
    const Status status = store_.Write([&](WriteTx& tx) -> Status {
      for (const auto& [name, table] : tables) {
        PRIVITY_TRY_VOID(tx.Execute("DELETE FROM " + name));
        if (table.empty()) continue;
        std::string places;
        for (std::size_t i = 1; i <= table[0].size(); ++i) places += (i == 1 ? "$" : ", $") + std::to_string(i);
        PRIVITY_TRY_VOID(tx.ExecuteMany("INSERT INTO " + name + " VALUES (" + places + ")", table));
      }
      return Ok();
    });
    // A change that breaks a key or halves a character is refused by the store; the next one is tried instead.
    changed_ = status.ok();
    ASSERT_TRUE(status.ok() || status.error().Is("store.conflict") || status.error().Is("store.value_refused"))
        << status.error().DebugString();
  }

 public:
  bool changed() const { return changed_; }

 private:
  Store& store_;
  std::mt19937 random_;
  Tables kept_;
  bool changed_ = false;
};

TEST_P(VerifyTest, FindsEveryRandomChangeOfTheStore) {
  Fill({7, 20, 13});
  clock().Advance(std::chrono::minutes(2));
  ASSERT_TRUE(Verify().whole());
  Tampering tampering(store(), 20261124);
  int found = 0;
  for (const int mutations = Mutations(kStoreMutations); found < mutations;) {
    const std::string what = tampering.Change();
    if (!tampering.changed()) continue;
    const auto report = VerifyLedger(store(), sequencer().verifiers().value(), clock());
    ASSERT_TRUE(!report.ok() || !report->whole()) << what;
    ++found;
  }
  tampering.Restore();
  EXPECT_TRUE(Verify().whole());
}

class ExportTest : public VerifyTest {
 protected:
  std::string Export() {
    const std::string folder = directory_.path() + "/export";
    std::filesystem::remove_all(folder);
    FolderTarget target = FolderTarget::Create(folder).value();
    EXPECT_TRUE(ExportLedger(store(), target).ok());
    return folder;
  }
  VerifyReport VerifyFolder(const std::string& folder, VerifyOptions options = {}) {
    return VerifyExport(folder, sequencer().verifiers().value(), options).value();
  }

 private:
  TempDirectory directory_;
};
PRIVITY_ON_EVERY_STORE(ExportTest);

TEST_P(ExportTest, VerifiesWithNothingButTheKey) {
  Fill({300, 256 * 3, 1});
  RecordMany(5);  // not under a checkpoint: not exported
  const std::string folder = Export();
  const VerifyReport report = VerifyFolder(folder, {.trusted = {}, .remembered = {Newest()}});
  EXPECT_TRUE(report.whole()) << Describe(report);
  EXPECT_EQ(report.size, 1'069U);
  EXPECT_TRUE(std::filesystem::exists(folder + "/tile/0/004.p/45"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/tile/1/000.p/4"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/tile/entries/003"));
  EXPECT_EQ(FolderTarget::Create(folder).error().code(), "ledger.export_folder_used");
  EXPECT_EQ(VerifyExport(folder + "/absent", sequencer().verifiers().value()).error().code(),
            "ledger.export_unreadable");
}

TEST_P(ExportTest, FindsEveryRandomChangeOfAFile) {
  if (GetParam() == Dialect::kPostgres) GTEST_SKIP() << "the folder is the same whatever store it came from";
  Fill({250, 20});
  const std::string folder = Export();
  std::map<std::string, std::string> files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (!item.is_regular_file()) continue;
    std::ifstream file(item.path(), std::ios::binary);
    files[item.path()] = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::mt19937 random(20261124);
  const auto write = [](const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  };
  for (int i = 0; i < Mutations(kExportMutations); ++i) {
    auto file = files.begin();
    std::advance(file, random() % files.size());
    std::string bytes = file->second;
    const std::size_t at = random() % bytes.size();
    switch (random() % 12) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        bytes.insert(at, 1, static_cast<char>(random()));
        break;
      case 2:
        bytes.append(bytes);
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
    write(file->first, bytes);
    ASSERT_FALSE(VerifyFolder(folder).whole()) << file->first << " at " << at << ", change " << i;
    write(file->first, file->second);
  }
  for (const auto& [path, bytes] : files) {
    std::filesystem::remove(path);
    ASSERT_FALSE(VerifyFolder(folder).whole()) << path;
    write(path, bytes);
  }
  write(folder + "/tile/2", "extra");
  EXPECT_FALSE(VerifyFolder(folder).whole());
  std::filesystem::remove(folder + "/tile/2");
  EXPECT_TRUE(VerifyFolder(folder).whole());
}

}  // namespace
}  // namespace privity
