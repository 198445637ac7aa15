// Stores for tests: SQLite in a fresh directory always, PostgreSQL in a fresh schema when PRIVITY_TEST_POSTGRES holds a
// connection string (`./dev test` sets it; tests/support/postgres.sh starts such a server).
//
//   class PeopleTest : public StoreTest {
//    protected:
//     std::vector<Migration> Migrations() const override { return PeopleMigrations(); }
//   };
//   TEST_P(PeopleTest, RemembersAName) { store().Write(...); }
//   PRIVITY_ON_EVERY_STORE(PeopleTest);
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/testing/manual_clock.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

// A directory of its own under the system's temporary one, removed with everything in it. kInMemory: where syncing
// costs nothing
// (/dev/shm, if there is one), for tests that do not depend on a real disk.
class TempDirectory {
 public:
  enum class Place { kOnDisk, kInMemory };
  explicit TempDirectory(Place place = Place::kOnDisk);
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Where a store's data lives for the length of a test; the store itself may be opened, closed and opened again.
class TestPlace {
 public:
  explicit TestPlace(Dialect dialect);
  ~TestPlace();
  TestPlace(const TestPlace&) = delete;
  TestPlace& operator=(const TestPlace&) = delete;

  // Whether this back end can be tested here.
  static bool Available(Dialect dialect);
  StoreOptions options() const;
  const std::string& directory() const { return directory_.path(); }

 private:
  const Dialect dialect_;
  TempDirectory directory_;
  std::string schema_;
};

class StoreTest : public testing::TestWithParam<Dialect> {
 protected:
  virtual std::vector<Migration> Migrations() const { return {}; }
  void SetUp() override;
  void TearDown() override;

  Store& store() { return *store_; }
  // Closes the store and opens it again, as a restart does.
  void Reopen();
  ManualClock& clock() { return clock_; }
  TestPlace& place() { return *place_; }

 private:
  ManualClock clock_;
  std::unique_ptr<TestPlace> place_;
  std::unique_ptr<Store> store_;
};

std::string DialectName(const testing::TestParamInfo<Dialect>& info);

}  // namespace privity

#define PRIVITY_ON_EVERY_STORE(Suite)                                                                        \
  INSTANTIATE_TEST_SUITE_P(, Suite, testing::Values(privity::Dialect::kSqlite, privity::Dialect::kPostgres), \
                           privity::DialectName)
