// Parquet as DuckDB writes it, and as it arrives: damaged, encrypted, huge. DuckDB's library comes from npm (tests/);
// without it only what happens then is tested. The file as another writer makes it: tests/api/parquet.test.ts.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "documents/document.h"
#include "documents/document_scan.h"
#include "documents/parquet_helper.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

std::string Library() {
  const char* said = std::getenv("PRIVITY_TEST_DUCKDB");
  return std::filesystem::absolute(said != nullptr ? said
                                                   : "tests/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so");
}

class Listener final : public DocumentSink {
 public:
  Status Text(const DocumentPlace& place, std::string_view text) override {
    rows.push_back(place.part + "|" + std::string(text));
    return Ok();
  }
  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    std::string line = place.part + "|" + std::to_string(row.number) + ":";
    for (std::size_t each = 0; each < row.cells.size(); ++each) {
      if (!row.cells[each].empty()) line += " " + row.names[each] + "=" + row.cells[each];
    }
    rows.push_back(line);
    names = row.names;
    types = *row.types;
    return Ok();
  }
  void Unread(const Error& error) override {
    std::string said = error.code();
    for (const char* name : {"place", "limit", "every", "library"}) {
      if (!error.Parameter(name).empty()) said += " " + std::string(error.Parameter(name));
    }
    unread.push_back(said);
  }

  std::vector<std::string> rows, unread, names, types;
};

Listener Read(std::string_view bytes, DocumentOptions options = {}) {
  if (options.duckdb_library.empty()) options.duckdb_library = Library();
  Listener listener;
  EXPECT_TRUE(DocumentReader(std::move(options)).ReadBytes("/lake/people.parquet", bytes, listener).ok());
  return listener;
}

class ParquetTest : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer needs more address space than the box gives";
#endif
    // Where the suite says that there is one, its absence is a failure.
    if (access(Library().c_str(), R_OK) != 0 && std::getenv("PRIVITY_TEST_DUCKDB") == nullptr)
      GTEST_SKIP() << "DuckDB's library is not installed (npm ci in tests/)";
    library_ = dlopen(Library().c_str(), RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library_, nullptr) << dlerror();
    ASSERT_EQ(Call<int(const char*, void**)>("duckdb_open")(nullptr, &database_), 0);
    ASSERT_EQ(Call<int(void*, void**)>("duckdb_connect")(database_, &connection_), 0);
  }
  void TearDown() override {
    if (database_ == nullptr) return;
    Call<void(void**)>("duckdb_disconnect")(&connection_);
    Call<void(void**)>("duckdb_close")(&database_);
  }

  // The file that DuckDB makes of a question.
  std::string Written(const std::string& select, const std::string& options = "") {
    const std::string path = testing::TempDir() + "/privity-parquet-" + std::to_string(getpid());
    Say("COPY (" + select + ") TO '" + path + "' (FORMAT parquet" + options + ")");
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::filesystem::remove(path);
    return bytes;
  }
  void Say(const std::string& sql) {
    std::array<void*, 6> answer{};
    EXPECT_EQ(Call<int(void*, const char*, void*)>("duckdb_query")(connection_, sql.c_str(), answer.data()), 0)
        << sql << "\n"
        << Call<const char*(void*)>("duckdb_result_error")(answer.data());
    Call<void(void*)>("duckdb_destroy_result")(answer.data());
  }

 private:
  template <class Function>
  Function* Call(const char* name) {
    return reinterpret_cast<Function*>(dlsym(library_, name));
  }
  void* library_ = nullptr;
  void* database_ = nullptr;
  void* connection_ = nullptr;
};

constexpr const char* kPeople = "SELECT i AS id, 'ana' || i || '@example.org' AS email FROM range(1, 4) t(i)";

TEST_F(ParquetTest, SaysItsRowsUnderTheNamesOfItsColumns) {
  for (const char* compression : {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"}) {
    const Listener said = Read(Written(kPeople, std::string(", COMPRESSION ") + compression));
    EXPECT_THAT(said.rows, ElementsAre("table people|1: id=1 email=ana1@example.org",
                                       "table people|2: id=2 email=ana2@example.org",
                                       "table people|3: id=3 email=ana3@example.org"))
        << compression;
    EXPECT_THAT(said.unread, IsEmpty()) << compression;
    EXPECT_THAT(said.types, ElementsAre("BIGINT", "VARCHAR"));
  }
}

constexpr const char* kEveryType =
    "SELECT true AS b, -7::TINYINT AS t, 9223372036854775807 AS i, 18446744073709551615::UBIGINT AS u, 1.5::FLOAT AS "
    "f, "
    "0.1::DOUBLE AS d, 12345678901234567890.12::DECIMAL(22, 2) AS n, DATE '1984-02-29' AS day, TIME '07:08:09' AS at, "
    "TIMESTAMP '2001-02-03 04:05:06.789' AS ts, TIMESTAMPTZ '2001-02-03 04:05:06+02' AS tz, "
    "TIMESTAMP_NS '2001-02-03 04:05:06.123456789' AS ns, INTERVAL 3 DAY AS iv, "
    "'0190a6a7-0000-7000-8000-000000000001'::UUID AS id, 'red'::ENUM ('red', 'blue') AS e, NULL::INTEGER AS nothing, "
    "'M' || chr(252) || 'ller' AS name, '' AS empty, 'a' || chr(0) || 'b' AS zero";

TEST_F(ParquetTest, SaysEveryTypeAsText) {
  const Listener said = Read(Written(kEveryType));
  EXPECT_THAT(said.rows,
              ElementsAre("table people|1: b=true t=-7 i=9223372036854775807 u=18446744073709551615 f=1.5 d=0.1 "
                          "n=12345678901234567890.12 day=1984-02-29 at=07:08:09 ts=2001-02-03 04:05:06.789 "
                          "tz=2001-02-03 02:05:06+00 ns=2001-02-03 04:05:06.123456789 iv=3 days "
                          "id=0190a6a7-0000-7000-8000-000000000001 e=red name=Müller zero=a\uFFFDb"));
  EXPECT_THAT(said.types, ElementsAre("BOOLEAN", "TINYINT", "BIGINT", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL(22,2)",
                                      "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP", "INTERVAL", "UUID",
                                      "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR", "VARCHAR"));
}

// As JSON is: paths with dots, lists passed through. The second element of a list is in a second row of that number.
TEST_F(ParquetTest, SaysWhatIsNestedUnderItsPath) {
  const Listener said =
      Read(Written("SELECT 7 AS id, {'street': 'Main 1', 'city': {'name': 'Ghent'}} AS address, "
                   "[{'kind': 'home', 'number': '555-1'}, {'kind': NULL, 'number': '555-2'}] AS phones, [['a', 'b'], "
                   "['c']] AS tags, "
                   "MAP {'email': 'ana@example.org', 'note': 'n'} AS more, MAP {1: 'one'} AS numbered, NULL::STRUCT(x "
                   "INT) AS gone"));
  EXPECT_THAT(said.rows,
              ElementsAre("table people|1: id=7 address.street=Main 1 address.city.name=Ghent phones.kind=home "
                          "phones.number=555-1 tags=a more.email=ana@example.org more.note=n numbered.key=1 "
                          "numbered.value=one",
                          "table people|1: phones.number=555-2 tags=b", "table people|1: tags=c"));
  EXPECT_THAT(said.names, ElementsAre("id", "address.street", "address.city.name", "phones.kind", "phones.number",
                                      "tags", "gone.x", "more.email", "more.note", "numbered.key", "numbered.value"));
}

// Old writers declare no charset: what is UTF-8 is text, everything else is nothing anybody could read.
TEST_F(ParquetTest, BytesThatAreTextAreRead) {
  const Listener said = Read(Written(
      "SELECT encode('M' || chr(252) || 'ller') AS name, '\\xFF\\xFE'::BLOB AS junk, '\\x00\\x01'::BLOB AS zeros, "
      "encode('a\\b') AS slash, [encode('one'), '\\xFF'::BLOB, encode('two')] AS list, "
      "{'x': encode('in')} AS inner"));
  EXPECT_THAT(said.rows,
              ElementsAre("table people|1: name=Müller slash=a\\b list=one inner.x=in", "table people|1: list=two"));
}

TEST_F(ParquetTest, RowsOfAllGroupsAreNumberedOn) {
  const std::string bytes =
      Written("SELECT 'v' || (i % 3) AS word, i AS file_row FROM range(10000) t(i)", ", ROW_GROUP_SIZE 2048");
  const Listener said = Read(bytes);
  ASSERT_EQ(said.rows.size(), 10'000u);
  EXPECT_EQ(said.rows.front(), "table people|1: word=v0 file_row=0");
  EXPECT_EQ(said.rows.back(), "table people|10000: word=v0 file_row=9999");
  EXPECT_THAT(said.unread, IsEmpty());
  const Listener same = Read(Written("SELECT 'x' AS file_row_number, i FROM range(3) t(i)"));
  EXPECT_EQ(same.rows.back(), "table people|3: file_row_number=x i=2");
}

TEST_F(ParquetTest, AFileWithoutRowsSaysNothing) {
  const Listener said = Read(Written("SELECT 1 AS id WHERE false"));
  EXPECT_THAT(said.rows, IsEmpty());
  EXPECT_THAT(said.unread, IsEmpty());
}

TEST_F(ParquetTest, NamesThatSqlCannotSayAreSaid) {
  const Listener said =
      Read(Written(R"(SELECT 1 AS "a""b", 2 AS "it's; --", {'x"y': 3, 'ü z': 4} AS "s.t", 5 AS "select")"));
  EXPECT_THAT(said.rows, ElementsAre("table people|1: a\"b=1 it's; --=2 s.t.x\"y=3 s.t.ü z=4 select=5"));
}

TEST_F(ParquetTest, ALargeFileIsSampledEvenlyAndThatIsSaid) {
  DocumentOptions options;
  options.limits.helper_output_bytes_max = 1 << 20;
  const Listener said = Read(Written("SELECT i AS id, repeat('x', 90) AS text FROM range(100000) t(i)"), options);
  ASSERT_EQ(said.unread.size(), 1u);
  EXPECT_TRUE(said.unread[0].starts_with("documents.sampled /lake/people.parquet ")) << said.unread[0];
  EXPECT_GT(said.rows.size(), 4'000u);
  EXPECT_TRUE(said.rows.back().starts_with("table people|99")) << said.rows.back().substr(0, 40);
}

TEST_F(ParquetTest, RowsThatGrowAreCutAndThatIsSaid) {
  DocumentOptions options;
  options.limits.helper_output_bytes_max = 1 << 20;
  const Listener said = Read(
      Written("SELECT repeat('x', CASE WHEN i < 3000 THEN 1 ELSE 4000 END) AS text FROM range(6000) t(i)"), options);
  EXPECT_THAT(said.unread, ElementsAre("documents.limit /lake/people.parquet output"));
  EXPECT_GT(said.rows.size(), 3'000u);
}

TEST_F(ParquetTest, ManyColumnsAreReadUpToALimit) {
  std::string select = "SELECT 0 AS c0";
  for (int each = 1; each < 2100; ++each) select += ", " + std::to_string(each) + " AS c" + std::to_string(each);
  const Listener said = Read(Written(select));
  EXPECT_EQ(said.names.size(), 2000u);
  EXPECT_THAT(said.unread, ElementsAre("documents.limit /lake/people.parquet columns"));
}

TEST_F(ParquetTest, WhatIsEncryptedIsNamed) {
  Say("SET force_mbedtls_unsafe = 'true'");
  Say("PRAGMA add_parquet_key('key128', '0123456789112345')");
  const std::string bytes = Written(kPeople, ", ENCRYPTION_CONFIG {footer_key: 'key128'}");
  EXPECT_EQ(bytes.substr(0, 4), "PARE");
  EXPECT_THAT(Read(bytes).unread, ElementsAre("documents.encrypted /lake/people.parquet"));
}

TEST_F(ParquetTest, WhatIsDamagedIsNamed) {
  const std::string bytes = Written(kPeople);
  const Lines damaged = {"documents.damaged /lake/people.parquet"};
  EXPECT_EQ(Read(bytes.substr(0, bytes.size() - 1)).unread, damaged);
  EXPECT_EQ(Read(bytes.substr(0, bytes.size() / 2)).unread, damaged);
  EXPECT_EQ(Read("PAR1" + std::string(8, '\xFF') + "PAR1").unread, damaged) << "a footer of four gigabytes";
  EXPECT_EQ(Read("PAR1PAR1").unread, damaged);
  EXPECT_EQ(Read(std::string(1000, '\x02')).unread, damaged) << "by its name";
  EXPECT_EQ(Read("this is a text").rows, Lines{"|this is a text"}) << "whatever its name";
}

// Whatever stands in it: an answer in bounded time, rows or a name for what is missing, and this process lives.
TEST_F(ParquetTest, NoByteBreaksIt) {
  const std::string bytes = Written(std::string(kEveryType) + ", [1, 2] AS list, {'a': 'b'} AS s, MAP {'k': 'v'} AS m");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::uint32_t random = 1;
  int read = 0;
  for (std::size_t each = 0; each < 100 && std::chrono::steady_clock::now() < end; ++each) {
    std::string changed = bytes;
    for (std::size_t byte = 0; byte <= each % 3; ++byte) {
      random = random * 1664525 + 1013904223;
      // Every second time in the footer, where the sizes and places are.
      const std::size_t from = each % 2 == 0 ? 4 : bytes.size() - bytes.size() / 3;
      changed[from + (random >> 8) % (bytes.size() - from)] = static_cast<char>(random >> 24);
    }
    const Listener said = Read(changed);
    EXPECT_FALSE(said.rows.empty() && said.unread.empty() && changed != bytes) << each;
    ++read;
  }
  EXPECT_GT(read, 10);
}

TEST_F(ParquetTest, WhatUnpacksToTooMuchIsNamed) {
  const std::string bytes = Written("SELECT repeat('x', 100000000) AS text", ", COMPRESSION zstd");
  EXPECT_LT(bytes.size(), 1'000'000u);
  const Listener said = Read(bytes);
  EXPECT_THAT(said.rows, IsEmpty());
  EXPECT_THAT(said.unread, testing::Contains("documents.limit /lake/people.parquet output"));
}

TEST(Parquet, WithoutTheLibraryIsNamedWithIt) {
  EXPECT_THAT(Read("PAR1PAR1", {.duckdb_library = "/nowhere/libduckdb.so"}).unread,
              ElementsAre("documents.library_missing /lake/people.parquet /nowhere/libduckdb.so"));
}

TEST(Parquet, ALibraryThatIsAnotherIsNamed) {
  EXPECT_THAT(Read("PAR1PAR1", {.duckdb_library = "/lib/x86_64-linux-gnu/libm.so.6"}).unread,
              ElementsAre("documents.helper /lake/people.parquet"));
}

TEST_F(ParquetTest, FindingsSayColumnAndRow) {
  const std::string path = testing::TempDir() + "/privity-lake-" + std::to_string(getpid()) + ".parquet";
  std::ofstream(path, std::ios::binary) << Written(
      "SELECT i AS id, 'bo' || i || '@example.org' AS email, {'note': CASE WHEN i = 3 THEN 'ask ana@example.org' ELSE "
      "'paid at once, number ' || i END} AS more FROM range(1, 9) t(i)");
  std::vector<DocumentFinding> found;
  const auto counts = ScanDocuments(
      {path}, **Detector::BuiltIn(), {.duckdb_library = Library()},
      [&](const DocumentFinding& finding) -> Status {
        found.push_back(finding);
        return Ok();
      },
      [](const Error& error) { ADD_FAILURE() << error.DebugString(); });
  std::filesystem::remove(path);
  ASSERT_TRUE(counts.ok());
  const auto email = std::ranges::find(found, "email", &DocumentFinding::field);
  ASSERT_NE(email, found.end());
  EXPECT_EQ(email->category, "user.contact.email");
  EXPECT_TRUE(email->part.starts_with("table privity-lake-")) << email->part;
  EXPECT_TRUE(std::ranges::any_of(found, [](const DocumentFinding& finding) {
    return finding.cell == "more.note, row 3" && finding.entity == "email" && finding.start == 4;
  }));
  for (const DocumentFinding& each : found) EXPECT_EQ(ToJson(each).find("@"), std::string::npos) << ToJson(each);
}

}  // namespace
}  // namespace privity

int main(int argc, char** argv) {
  if (privity::IsParquetHelper(argc, argv)) return privity::RunParquetHelper(argc, argv);
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
