#include "store/testing/test_store.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/random.h"

namespace privity {

TempDirectory::TempDirectory(Place place) {
  const bool in_memory = place == Place::kInMemory && access("/dev/shm", W_OK) == 0;
  const std::filesystem::path parent = in_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
  path_ = (parent / "privity-test-XXXXXX").string();
  Invariant(mkdtemp(path_.data()) != nullptr, "a test needs a temporary directory");
}

TempDirectory::~TempDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

const char* ServerForTests() {
  return std::getenv("PRIVITY_TEST_POSTGRES");
}

void RunOnServer(const std::string& sql) {
  PGconn* const connection = PQconnectdb(ServerForTests());
  Invariant(PQstatus(connection) == CONNECTION_OK, "PRIVITY_TEST_POSTGRES names a server that does not answer");
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  PGresult* const result = PQexec(connection, sql.c_str());
  Invariant(PQresultStatus(result) == PGRES_COMMAND_OK, "the test server makes and drops schemas");
  PQclear(result);
  PQfinish(connection);
}

}  // namespace

TestPlace::TestPlace(Dialect dialect) : dialect_(dialect) {
  if (dialect_ != Dialect::kPostgres) return;
  schema_ = "test_" + std::to_string(RandomBelow(std::uint64_t{1} << 62));
  RunOnServer("CREATE SCHEMA " + schema_);
}

TestPlace::~TestPlace() {
  if (!schema_.empty()) RunOnServer("DROP SCHEMA " + schema_ + " CASCADE");
}

bool TestPlace::Available(Dialect dialect) {
  return dialect == Dialect::kSqlite || ServerForTests() != nullptr;
}

StoreOptions TestPlace::options() const {
  StoreOptions options;
  options.data_directory = directory() + "/data";
  if (!schema_.empty()) {
    options.postgres = SecretString(std::string(ServerForTests()) + " options='-c search_path=" + schema_ + "'");
  }
  return options;
}

void StoreTest::SetUp() {
  if (!TestPlace::Available(GetParam())) GTEST_SKIP() << "PRIVITY_TEST_POSTGRES is not set";
  place_ = std::make_unique<TestPlace>(GetParam());
  Reopen();
}

void StoreTest::Reopen() {
  store_.reset();
  Result<std::unique_ptr<Store>> opened = OpenStore(place_->options());
  ASSERT_TRUE(opened.ok()) << opened.error().DebugString();
  store_ = *std::move(opened);
  const auto migrated = MigrateStore(*store_, Migrations(), clock_);
  ASSERT_TRUE(migrated.ok()) << migrated.error().DebugString();
}

void StoreTest::TearDown() {
  store_.reset();
  place_.reset();
}

std::string DialectName(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::kSqlite ? "Sqlite" : "Postgres";
}

}  // namespace privity
