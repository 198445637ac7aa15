#include "connect/sql/statement_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity::connect_internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

// "read shop.customers", "other" where it cannot be told.
std::vector<std::string> Told(std::string_view sql, SqlSpelling spelling) {
  std::vector<std::string> told;
  for (const StatementUse& use : UsesOf(sql, spelling)) {
    const std::string place = (use.collection.space.empty() ? "" : use.collection.space + ".") + use.collection.name;
    told.push_back(std::string(EnumText(use.use)) + (place.empty() ? "" : " " + place));
  }
  return told;
}

struct Case {
  std::string_view sql;
  std::vector<std::string> wanted;
};

void PrintTo(const Case& of, std::ostream* out) {
  *out << of.sql;
}

class InEverySpelling : public testing::TestWithParam<Case> {};

TEST_P(InEverySpelling, IsToldByItsWords) {
  for (const SqlSpelling spelling : {SqlSpelling::kMariaDb, SqlSpelling::kPostgres}) {
    EXPECT_THAT(Told(GetParam().sql, spelling), UnorderedElementsAreArray(GetParam().wanted));
  }
}

const Case kCases[] = {
    {"SELECT * FROM customers WHERE name = 'FROM orders'", {"read customers"}},
    {"select c.name from shop.customers as c, orders o where o.customer = c.id",
     {"read shop.customers", "read orders"}},
    {"SELECT 1", {}},
    {"SELECT count(*) FROM a JOIN b ON a.x = b.x LEFT OUTER JOIN c USING (y), d",
     {"read a", "read b", "read c", "read d"}},
    {"SELECT * FROM ((a JOIN b ON a.x = b.x) JOIN c ON c.x = b.x)", {"read a", "read b", "read c"}},
    {"(SELECT x FROM a) UNION ALL (SELECT y FROM b) ORDER BY 1", {"read a", "read b"}},
    {"SELECT (SELECT max(at) FROM visits v WHERE v.person = p.id) FROM people p WHERE EXISTS (SELECT 1 FROM orders)",
     {"read visits", "read people", "read orders"}},
    {"SELECT extract(year FROM born), substring(name FROM 2), trim(both ' ' FROM town) FROM people", {"read people"}},
    {"SELECT * FROM people WHERE a IS NOT DISTINCT FROM b", {"read people"}},
    {"SELECT * FROM people FOR UPDATE", {"read people"}},
    {"WITH old AS (SELECT * FROM people), n (x, y) AS (SELECT 1, 2) SELECT * FROM old, n", {"read people"}},
    {"WITH gone AS (DELETE FROM people RETURNING *) INSERT INTO archive SELECT * FROM gone",
     {"write people", "write archive"}},
    {"INSERT INTO people (name, mail) VALUES ('Ada; DROP TABLE x', 'a@example.org')", {"write people"}},
    {"INSERT INTO archive SELECT * FROM people", {"write archive", "read people"}},
    {"UPDATE people SET name = 'x' WHERE id IN (SELECT id FROM chosen)", {"write people", "read chosen"}},
    {"DELETE FROM people WHERE id = 4", {"write people"}},
    {"DELETE FROM people USING orders WHERE orders.person = people.id", {"write people", "read orders"}},
    {"TRUNCATE TABLE people, orders", {"write people", "write orders"}},
    {"DROP TABLE IF EXISTS shop.people", {"write shop.people"}},
    {"ALTER TABLE people ADD COLUMN x int", {"write people"}},
    {"CREATE TABLE copy AS SELECT * FROM people", {"read people"}},
    {"CREATE TABLE people (id int PRIMARY KEY)", {}},
    {"GRANT SELECT, UPDATE (mail) ON shop.people TO clerk", {"rights_changed shop.people"}},
    {"REVOKE ALL ON TABLE people FROM clerk", {"rights_changed people"}},
    {"GRANT readers TO clerk", {"rights_changed"}},
    {"CREATE USER clerk", {"rights_changed"}},
    {"ALTER ROLE clerk NOLOGIN", {"rights_changed"}},
    {"BEGIN; SELECT * FROM a; COMMIT", {"read a"}},
    {"EXPLAIN SELECT * FROM a", {"read a"}},
    {"SHOW TABLES", {}},
    {"-- SELECT * FROM hidden\nSELECT /* FROM hidden */ 1 FROM seen", {"read seen"}},
    {"CALL tidy_up()", {"other"}},
    {"SELECT * FROM people_of('Berlin')", {"other"}},
    {"SELECT 'it''s' FROM a", {"read a"}},
    {"SELECT 'never ends FROM a", {"other"}},
    {"WITH", {}},
    {"SELECT * FROM", {}},
    {"SELECT * FROM (((", {}},
    {")))) SELECT", {"other"}},
    {"", {}},
    {";;;", {}},
};
INSTANTIATE_TEST_SUITE_P(Statements, InEverySpelling, testing::ValuesIn(kCases));

TEST(StatementUses, MariaDbSpellsStringsNamesAndCommentsItsOwnWay) {
  const auto told = [](std::string_view sql) { return Told(sql, SqlSpelling::kMariaDb); };
  EXPECT_THAT(told("SELECT `FROM x` FROM `odd ``name``` WHERE a = \"FROM b\""), ElementsAre("read odd `name`"));
  EXPECT_THAT(told("SELECT 'a\\'b' FROM people # FROM nobody"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT 5--1 FROM people"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT /*!40001 SQL_NO_CACHE */ * FROM `people`"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT 1 /*!50000 FROM people */"), ElementsAre("read people"));
  EXPECT_THAT(told("REPLACE INTO people VALUES (1)"), ElementsAre("write people"));
  EXPECT_THAT(told("SELECT REPLACE(name, 'a', 'b') FROM dual"), IsEmpty());
  EXPECT_THAT(told("UPDATE a JOIN b ON a.x = b.x SET a.y = 1"), ElementsAre("write a", "write b"));
  EXPECT_THAT(told("DELETE p FROM people p JOIN orders o ON o.p = p.id"), ElementsAre("write people", "write orders"));
  EXPECT_THAT(told("LOAD DATA LOCAL INFILE '/tmp/x' INTO TABLE people FIELDS TERMINATED BY ','"),
              ElementsAre("write people"));
  EXPECT_THAT(told("GRANT SELECT ON shop.* TO clerk@'%'"), ElementsAre("rights_changed"));
  EXPECT_THAT(told("INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE b = 2"), ElementsAre("write a"));
}

TEST(StatementUses, PostgresSpellsStringsNamesAndCommentsItsOwnWay) {
  const auto told = [](std::string_view sql) { return Told(sql, SqlSpelling::kPostgres); };
  EXPECT_THAT(told("SELECT \"FROM x\" FROM \"People\", Orders"), ElementsAre("read People", "read orders"));
  EXPECT_THAT(told("SELECT E'a\\'b' FROM people"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT 'a\\' FROM people"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT $$ FROM x $$, $t$ FROM y $t$ FROM people WHERE id = $1"), ElementsAre("read people"));
  EXPECT_THAT(told("SELECT /* a /* b */ FROM x */ 1 FROM people"), ElementsAre("read people"));
  EXPECT_THAT(told("COPY people (name, mail) TO STDOUT"), ElementsAre("read people"));
  EXPECT_THAT(told("COPY public.people FROM STDIN"), ElementsAre("write public.people"));
  EXPECT_THAT(told("COPY (SELECT * FROM ONLY people) TO STDOUT"), ElementsAre("read people"));
  EXPECT_THAT(told("MERGE INTO people p USING news n ON n.id = p.id WHEN MATCHED THEN DELETE"),
              ElementsAre("write people", "read news"));
  EXPECT_THAT(told("INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 2"), ElementsAre("write a"));
  EXPECT_THAT(told("SELECT * FROM shop.public.people"), ElementsAre("read public.people"));
}

TEST(StatementUses, OfALongStatementTheRestIsSaidToBeUntold) {
  std::string sql = "INSERT INTO people VALUES ('a')";
  while (sql.size() <= kStatementBytesMax) sql += ", ('a value')";
  EXPECT_THAT(Told(sql, SqlSpelling::kMariaDb), ElementsAre("write people", "other"));
}

}  // namespace
}  // namespace privity::connect_internal
