#include "store/testing/test_store.h"

#include <cstdlib>
#include <filesystem>

namespace privity {

TempDirectory::TempDirectory() : path_((std::filesystem::temp_directory_path() / "privity-test-XXXXXX").string()) {
  Invariant(mkdtemp(path_.data()) != nullptr, "a test needs a temporary directory");
}

TempDirectory::~TempDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TestPlace::TestPlace(Dialect dialect) : dialect_(dialect) {}

TestPlace::~TestPlace() = default;

bool TestPlace::Available(Dialect dialect) {
  return dialect == Dialect::kSqlite;
}

StoreOptions TestPlace::options() const {
  StoreOptions options;
  options.data_directory = directory() + "/data";
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
