#include "demo/company.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <set>

#include "base/durable_file.h"

namespace privity {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class DemoCompany : public testing::Test {
 protected:
  DemoCompany() : home_(fs::path(testing::TempDir()) / "demo-company") { fs::remove_all(home_); }
  ~DemoCompany() override { fs::remove_all(home_); }

  // The file as text, a SQLite file too.
  static std::string Read(const fs::path& path) {
    const auto bytes = ReadFile(path, 16u << 20);
    EXPECT_TRUE(bytes.ok()) << path;
    return bytes.ok() ? std::string(AsText(*bytes)) : std::string();
  }
  static std::string ReadAll(const fs::path& place) {
    if (!fs::is_directory(place)) return Read(place);
    std::string all;
    for (const auto& file : fs::recursive_directory_iterator(place)) {
      if (file.is_regular_file()) all += Read(file.path());
    }
    return all;
  }

  const fs::path home_;
  const fs::path folder_ = home_ / "stores";
};

TEST_F(DemoCompany, HasOneCustomerWhoStandsInEveryStore) {
  ASSERT_TRUE(WriteDemoStores(folder_).ok());
  for (const DemoStore& store : DemoStores(folder_)) {
    EXPECT_THAT(ReadAll(store.place), HasSubstr(DemoPerson(0).email)) << store.name;
  }
}

TEST_F(DemoCompany, HasCustomersWhoAreAllDifferent) {
  std::set<std::string> emails;
  for (int number = 0; number < kDemoCustomers; ++number) emails.insert(DemoPerson(number).email);
  EXPECT_EQ(emails.size(), static_cast<std::size_t>(kDemoCustomers));
}

TEST_F(DemoCompany, KeepsTheForeignKeysOfItsShop) {
  ASSERT_TRUE(WriteDemoStores(folder_).ok());
  sqlite3* opened = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "shop.db").c_str(), &opened), SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> shop(opened, sqlite3_close_v2);
  const auto rows = [&](const char* sql) {
    int count = 0;
    const auto counts = [](void* number, int, char**, char**) { return ++*static_cast<int*>(number), 0; };
    EXPECT_EQ(sqlite3_exec(opened, sql, counts, &count, nullptr), SQLITE_OK) << sql;
    return count;
  };
  EXPECT_EQ(rows("SELECT 1 FROM customers"), kDemoCustomers);
  EXPECT_EQ(rows("SELECT 1 FROM order_lines"), 2 * kDemoCustomers);
  EXPECT_EQ(rows("PRAGMA foreign_key_check"), 0);
}

TEST_F(DemoCompany, IsTheSameWhereverItIsMade) {
  const fs::path other = home_ / "others";
  ASSERT_TRUE(WriteDemoStores(folder_).ok());
  ASSERT_TRUE(WriteDemoStores(other).ok());
  for (const char* file : {"crm/contacts.csv", "crm/calls.csv", "events/2026.jsonl", "documents/letter-01.txt",
                           "support/cur/0001.lakeside:2,S"}) {
    EXPECT_EQ(Read(folder_ / file), Read(other / file)) << file;
  }
}

TEST_F(DemoCompany, WritesOverNothing) {
  fs::create_directories(folder_);
  const Status written = WriteDemoStores(folder_);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code(), "demo.exists");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(DemoCompany, TakesAwayItsOwnFilesAndNoOthers) {
  ASSERT_TRUE(WriteDemoStores(folder_).ok());
  ASSERT_TRUE(WriteFileDurably(folder_ / "crm" / "mine.csv", AsBytes("a,b\n")).ok());
  ASSERT_TRUE(RemoveDemoStores(folder_).ok());
  EXPECT_EQ(Read(folder_ / "crm" / "mine.csv"), "a,b\n");
  EXPECT_FALSE(fs::exists(folder_ / "shop.db"));

  fs::remove(folder_ / "crm" / "mine.csv");
  const Status again = RemoveDemoStores(folder_);
  EXPECT_TRUE(again.ok()) << again.error().DebugString();
  EXPECT_FALSE(fs::exists(folder_));
}

}  // namespace
}  // namespace privity
