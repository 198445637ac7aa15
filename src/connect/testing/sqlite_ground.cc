#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "connect/sqlite/sqlite_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

std::string Quoted(const std::string& name) {
  char* raw = sqlite3_mprintf("\"%w\"", name.c_str());
  std::string quoted(raw);
  sqlite3_free(raw);
  return quoted;
}

class SqliteGround final : public Ground {
 public:
  SqliteGround() { EXPECT_EQ(sqlite3_open(Path().c_str(), &db_), SQLITE_OK); }
  ~SqliteGround() override { sqlite3_close_v2(db_); }

  const ConnectorKind& kind() const override { return SqliteKind(); }
  std::string Url() const override { return "sqlite://" + Path(); }
  void Make(const Made& made) override {
    std::string columns;
    std::string marks;
    for (const std::string& field : made.fields) {
      columns +=
          (columns.empty() ? "" : ", ") + Quoted(field) + (columns.empty() ? " TEXT NOT NULL PRIMARY KEY" : " TEXT");
      marks += marks.empty() ? "?" : ", ?";
    }
    if (!made.refers_to.empty()) columns += " REFERENCES " + Quoted(made.refers_to);
    Execute("CREATE TABLE " + Quoted(made.name) + " (" + columns + ")", {});
    Execute("BEGIN", {});
    for (const RowValues& row : made.rows) Execute("INSERT INTO " + Quoted(made.name) + " VALUES (" + marks + ")", row);
    Execute("COMMIT", {});
  }
  void Drop(const std::string& name) override { Execute("DROP TABLE " + Quoted(name), {}); }
  // SQLite has no rights inside of a file: the whole of it is closed.
  void Revoke(const std::string&) override { std::filesystem::permissions(Path(), std::filesystem::perms::none); }

 private:
  std::string Path() const { return folder_.path() + "/shop.db"; }

  void Execute(const std::string& sql, const RowValues& values) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(db_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      sqlite3_bind_text64(statement, static_cast<int>(i + 1), values[i]->data(), values[i]->size(), SQLITE_STATIC,
                          SQLITE_UTF8);
    }
    EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE) << sqlite3_errmsg(db_);
    sqlite3_finalize(statement);
  }

  TestFolder folder_;
  sqlite3* db_ = nullptr;
};

}  // namespace

GroundKind SqliteGroundKind() {
  return {.name = "sqlite", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<SqliteGround>();
          }};
}

}  // namespace privity
