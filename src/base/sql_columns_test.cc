#include "base/sql_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/id.h"
#include "base/json.h"

namespace privity {
namespace {

struct SystemTag {};
enum class Engine { kSqlite, kPostgresql };
PRIVITY_DESCRIBE_ENUM(Engine, kSqlite, kPostgresql)

struct System {
  Id<SystemTag> id;
  std::string name;
  Engine engine = Engine::kSqlite;
  bool active = false;
  std::int16_t port = 0;
  double share = 0;
  Bytes key;
  Instant seen_at;
  std::optional<Instant> gone_at;
  std::vector<std::string> tags;
  Json details;
  bool operator==(const System&) const = default;
};
PRIVITY_DESCRIBE(System, (id, name, engine, active, port, share, key, seen_at, gone_at, tags, details))

System Example() {
  return {.id = Id<SystemTag>::Parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f").value(),
          .name = "crm",
          .engine = Engine::kPostgresql,
          .active = true,
          .port = 5432,
          .share = 0.5,
          .key = ToBytes("k"),
          .seen_at = FromMicros(7),
          .gone_at = std::nullopt,
          .tags = {"a", "b"},
          .details = Json::Object({{"rows", 1}})};
}

TEST(SqlColumns, NamesTypesAndLists) {
  const auto columns = ColumnsOf(StructOf<System>());
  ASSERT_EQ(columns.size(), 11u);
  EXPECT_EQ(columns[0], (Column{"id", ColumnType::kText, false}));
  EXPECT_EQ(columns[3], (Column{"active", ColumnType::kBoolean, false}));
  EXPECT_EQ(columns[4], (Column{"port", ColumnType::kBigint, false}));
  EXPECT_EQ(columns[6], (Column{"key", ColumnType::kBytea, false}));
  EXPECT_EQ(columns[8], (Column{"gone_at", ColumnType::kBigint, true}));
  EXPECT_EQ(columns[9], (Column{"tags", ColumnType::kText, false}));
  EXPECT_THAT(ColumnList(StructOf<System>(), "s"), testing::StartsWith("s.id, s.name, s.engine"));
  EXPECT_THAT(PlaceholderList(StructOf<System>(), 3), testing::StartsWith("$3, $4"));
}

TEST(SqlColumns, AStructSurvivesTheWayThroughItsColumns) {
  System row = Example();
  for (int pass = 0; pass < 2; ++pass, row.gone_at = FromMicros(9)) {
    System read;
    for (const auto& field : StructOf<System>().fields()) {
      ASSERT_TRUE(WriteMember(field, ReadMember(field, &row), &read).ok()) << field.name;
    }
    EXPECT_EQ(read, row);
  }
}

TEST(SqlColumns, ValuesAreSpelledForTheDatabase) {
  const System row = Example();
  const auto& fields = StructOf<System>().fields();
  EXPECT_EQ(ReadMember(fields[2], &row), ColumnValue("postgresql"));
  EXPECT_EQ(ReadMember(fields[7], &row), ColumnValue(std::int64_t{7}));
  EXPECT_EQ(ReadMember(fields[8], &row), ColumnValue());
  EXPECT_EQ(ReadMember(fields[9], &row), ColumnValue(R"(["a","b"])"));
}

TEST(SqlColumns, DamagedValuesAreRefused) {
  System row;
  const auto& fields = StructOf<System>().fields();
  const std::pair<std::size_t, ColumnValue> damaged[] = {{0, "not an id"},
                                                         {0, {}},
                                                         {2, "oracle"},
                                                         {3, std::int64_t{1}},
                                                         {4, std::int64_t{32768}},
                                                         {4, std::int64_t{-32769}},
                                                         {5, "0.5"},
                                                         {6, "k"},
                                                         {7, {}},
                                                         {9, "[1"},
                                                         {10, Bytes()}};
  for (const auto& [column, value] : damaged) {
    EXPECT_EQ(WriteMember(fields[column], value, &row).error().Parameter("column"), fields[column].name);
  }
}

}  // namespace
}  // namespace privity
