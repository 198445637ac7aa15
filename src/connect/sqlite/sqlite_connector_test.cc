// What SQLite files promise beyond what every kind does.
#include "connect/sqlite/sqlite_connector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "connect/testing/ground.h"

namespace privity {
namespace {

using testing::ElementsAre;
using Values = std::vector<std::optional<std::string>>;

class SqliteTest : public testing::Test {
 protected:
  void Execute(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close_v2(db);
  }
  std::unique_ptr<Connector> Open() {
    return OpenConnector(ConnectionUrl::Parse("sqlite://" + path()).value(), {}, resolver_).value();
  }
  KeepingSink Sampled(std::int64_t records_max) {
    KeepingSink sink;
    const auto store = Open();
    EXPECT_TRUE(store->Sample(store->Describe().value().collections.at(0), {.records_max = records_max}, sink).ok());
    return sink;
  }
  std::string path() const { return folder_.path() + "/shop.db"; }

 private:
  TestFolder folder_;
  SystemResolver resolver_;
};

TEST_F(SqliteTest, AFileThatIsNoDatabaseIsSaid) {
  std::ofstream(path()) << std::string(4096, 'x');
  EXPECT_EQ(Open()->Describe().error().code(), "connect.damaged");
}

TEST_F(SqliteTest, AViewOverNothingIsNamedAndTheRestIsDescribed) {
  Execute("CREATE TABLE a(x); CREATE VIEW gone AS SELECT * FROM nowhere");
  const Description description = Open()->Describe().value();
  EXPECT_EQ(description.collections.size(), 1u);
  ASSERT_EQ(description.unread.size(), 1u);
  EXPECT_EQ(description.unread[0].Parameter("place"), "gone");
}

TEST_F(SqliteTest, EveryTypeOfValueArrives) {
  Execute("CREATE TABLE a(x); INSERT INTO a VALUES (7), (1.5), ('text'), (x'00ff'), (CAST(x'ff' AS TEXT)), (NULL)");
  std::vector<CellKind> kinds;
  for (const auto& record : Sampled(10).records) kinds.push_back(record[0].kind);
  EXPECT_THAT(kinds, ElementsAre(CellKind::kText, CellKind::kText, CellKind::kText, CellKind::kBinary,
                                 CellKind::kBinary, CellKind::kNull));
}

TEST_F(SqliteTest, SparseAndExtremeRowIdsAreSampledToo) {
  Execute(
      "CREATE TABLE a(id INTEGER PRIMARY KEY); INSERT INTO a VALUES (-9223372036854775808), (1), (2), (3), (4), "
      "(9223372036854775807)");
  EXPECT_EQ(Sampled(3).records.size(), 3u);
  EXPECT_EQ(Sampled(100).records.size(), 6u);
}

TEST_F(SqliteTest, TablesWithoutRowIdAreSampledAndStreamed) {
  Execute(
      "CREATE TABLE a(rowid TEXT, oid TEXT, _rowid_ TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO a VALUES "
      "('1', '2', '3')");
  EXPECT_EQ(Sampled(10).Values("_rowid_"), (Values{"3"}));
  const auto store = Open();
  EXPECT_EQ(store->Split(store->Describe().value().collections[0], 4).value().size(), 1u);
}

}  // namespace
}  // namespace privity
