// Which fields name a key record is told by nothing but names and values: here each way on its own.
#include "fulfil/internal/key_users.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fulfil/testing/shop.h"

namespace privity {
namespace {

// Ana has the key record 10 and event 100; Bo has event 101.
constexpr const char* kShop = R"sql(
CREATE TABLE person_key (id INTEGER PRIMARY KEY, number TEXT, secret TEXT);
CREATE TABLE event (id INTEGER PRIMARY KEY, what BLOB, key_id INTEGER, key_version INTEGER, lock INTEGER, number TEXT);
INSERT INTO person_key VALUES (10, 'n-10', 'secret-of-ana'), (11, 'n-11', 'secret-of-bo');
INSERT INTO event (id, lock) VALUES (100, 10), (101, NULL);
)sql";

Walk WalkOfAna(const TestShop& shop) {
  TestDatasets datasets;
  datasets.Add("shop", shop.Url());
  SubjectMap map = datasets.Map();
  In(map, "shop", "person_key").key_field = "secret";
  Annotate(map, "shop", "event",
           {.name = "what", .strategy = Strategy::kCryptoShred, .sealed_by = In(map, "shop", "person_key").id});
  const StoreOpener opener = datasets.Opener();
  OpenStores stores(opener, StoreAccess::kRead);
  RecordFinder finder(map, stores);
  Walk walk;
  std::vector<FoundRow> rows;
  const auto take = [&](const char* name, const char* id) {
    const std::size_t collection = *finder.PositionOf(In(map, "shop", name).id);
    rows.push_back(finder.Find(collection, {{"id", id}}, 1).value().at(0));
    walk.records.push_back({.key = finder.KeyOf(collection, rows.back()), .collection = collection});
  };
  take("person_key", "10");
  take("event", "100");
  const auto is_theirs = [&](std::size_t collection, const FoundRow& row) {
    return std::ranges::any_of(walk.records, [&](const FoundRecord& record) {
      return record.collection == collection && record.key == finder.KeyOf(collection, row);
    });
  };
  EXPECT_TRUE(LookForKeyUsers(finder, walk, rows, is_theirs).ok());
  return walk;
}

TEST(KeyUsers, AreFoundByTheKeyItselfByNamesAndByWhatTheirOwnRecordsSay) {
  struct Case {
    const char* why;
    const char* change;
    bool is_used;
  };
  for (const Case& each : {
           Case{"nobody else names it", "SELECT 1", false},
           Case{"the same key in another key record", "UPDATE person_key SET secret = 'secret-of-ana'", true},
           Case{"a field called after keys", "UPDATE event SET key_id = 10 WHERE id = 101", true},
           Case{"a version is no name of a key", "UPDATE event SET key_version = 10 WHERE id = 101", false},
           Case{"all of theirs say so", "UPDATE event SET lock = 10 WHERE id = 101", true},
           Case{"one of theirs says otherwise", "UPDATE event SET lock = 10; UPDATE event SET lock = 3 WHERE id = 100",
                false},
           Case{"a field of the same name, which is no number of keys by its name",
                "UPDATE event SET number = 'n-10' WHERE id = 101", false},
       }) {
    const TestShop shop(kShop);
    shop.Run(each.change);
    const Walk walk = WalkOfAna(shop);
    EXPECT_EQ(walk.records.at(0).stays, each.is_used) << each.why;
    EXPECT_EQ(walk.boundaries.size(), each.is_used ? 1u : 0u) << each.why;
  }
}

}  // namespace
}  // namespace privity
