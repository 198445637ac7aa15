#include "datamap/scans.h"
#include "datamap/held.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "datamap/testing/scanned_store.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class ScansTest : public ScannedFolderTest {
 protected:
  std::vector<std::string> Fields(const FieldFilter& filter = {}) {
    const FieldPage page = store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, filter); }).value();
    std::vector<std::string> lines;
    for (const DataField& field : page.items) {
      lines.push_back(field.collection_name + " " + field.name + " " + field.category + " " +
                      std::string(EnumText(field.freshness)));
    }
    return lines;
  }
  std::vector<std::string> Changes(const ScanId& scan) {
    const auto rows = store().Read([&](ReadTx& tx) {
      return tx.Query(
          "SELECT c.kind, c.state, coalesce(f.name, '-') FROM datamap_change c LEFT JOIN datamap_field f "
          "ON f.id = c.field WHERE c.scan = $1",
          {scan});
    });
    std::vector<std::string> lines;
    for (const Row& row : *rows) {
      lines.push_back(row.Get<std::string>(0) + " " + row.Get<std::string>(2) + " " + row.Get<std::string>(1));
    }
    return lines;
  }
};
PRIVITY_ON_EVERY_STORE(ScansTest);

TEST_P(ScansTest, TheFirstScanFillsTheMap) {
  const MapScan scan = Scanned();
  EXPECT_EQ(scan.state, ScanState::kComplete) << ToJson(scan);
  EXPECT_THAT(Fields(), ElementsAre("customers.csv email user.contact.email fresh", "customers.csv points none fresh"));
  EXPECT_THAT(Fields({.category = "user.contact"}), ElementsAre("customers.csv email user.contact.email fresh"));
  EXPECT_THAT(Changes(scan.id), UnorderedElementsAre("added - noted", "added email open", "added points noted"));
  EXPECT_THAT(Recorded(), Contains("datamap.scan.ended"));
}

TEST_P(ScansTest, ThePublicLearnsWhichKindsOfDataThereAreAndNoMore) {
  (void)Scanned();
  const auto held = [&] {
    std::vector<std::string> all;
    for (const HeldCategory& each : store().Read([](ReadTx& tx) { return HeldCategories(tx); }).value()) {
      all.push_back(each.category);
      all.insert(all.end(), each.purposes.begin(), each.purposes.end());
    }
    return all;
  };
  EXPECT_THAT(held(), ElementsAre("user.contact"));
  const auto record = [&](ActivityRole role, const std::string& name, const std::string& category) {
    ActivityRequest activity{.role = role, .name = name};
    activity.purposes = {{.purpose = "To " + name}};
    activity.data_categories = {category};
    ASSERT_TRUE(store().Write([&](WriteTx& tx) { return map().activities().Create(tx, engineer_, activity); }).ok());
  };
  record(ActivityRole::kController, "ship orders", "user.contact.address");
  record(ActivityRole::kController, "pay wages", "user.financial");
  record(ActivityRole::kProcessor, "host for others", "user.contact");
  EXPECT_THAT(held(), ElementsAre("user.contact", "To ship orders")) << "why, in the controller's own words";
  Write("customers.csv", "points\n1\n2\n");
  (void)Scanned();
  EXPECT_THAT(held(), testing::IsEmpty()) << "what is gone is not held";
}

TEST_P(ScansTest, ARescanTellsWhatIsAddedAndGoneAndNothingElse) {
  (void)Scanned();
  EXPECT_THAT(Changes(Scanned().id), testing::IsEmpty()) << "nothing differs, so nothing is asked again";
  Write("customers.csv", "phone,points\n+351 21 555 0123,1\n+49 30 5550 124,2\n");
  Write("notes.csv", "id\n1\n");
  const MapScan scan = Scanned();
  EXPECT_THAT(Changes(scan.id),
              UnorderedElementsAre("gone email open", "added phone open", "added - noted", "added id noted"));
  std::filesystem::remove(open_folder() + "/notes.csv");
  EXPECT_THAT(Changes(Scanned().id), UnorderedElementsAre("gone - noted", "gone id noted"));
}

TEST_P(ScansTest, WhatAScanCouldNotSeeIsStaleAndNotGone) {
  (void)Scanned();
  std::filesystem::rename(open_folder(), open_folder() + ".away");
  const MapScan failed = Scanned();
  std::filesystem::rename(open_folder() + ".away", open_folder());
  EXPECT_EQ(failed.state, ScanState::kFailed) << ToJson(failed);
  EXPECT_EQ(failed.problem->code, "connect.database_missing");
  EXPECT_THAT(Fields(), ElementsAre("customers.csv email user.contact.email stale", "customers.csv points none stale"));
  const MapScan again = Scanned();
  EXPECT_THAT(Changes(again.id), testing::IsEmpty());
  EXPECT_THAT(Fields(), ElementsAre("customers.csv email user.contact.email fresh", "customers.csv points none fresh"));
}

TEST_P(ScansTest, FieldsComePageByPageWithoutLoss) {
  (void)Scanned();
  FieldFilter filter{.limit = 1};
  const FieldPage first = store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, filter); }).value();
  ASSERT_TRUE(first.next.has_value());
  filter.after = *first.next;
  EXPECT_THAT(Fields(filter), ElementsAre("customers.csv points none fresh"));
}

TEST_P(ScansTest, AScanTellsWhetherTheStoreAnswersAsATestDoes) {
  const auto tested = [&] {
    return store().Read([&](ReadTx& tx) { return map().connections().Get(tx, connection_); }).value().test;
  };
  EXPECT_EQ(tested(), std::nullopt);
  (void)Scanned();
  ASSERT_TRUE(tested().has_value());
  EXPECT_TRUE(tested()->ok);
  EXPECT_EQ(tested()->product, "Folder");
  std::filesystem::rename(open_folder(), open_folder() + ".away");
  (void)Scanned();
  std::filesystem::rename(open_folder() + ".away", open_folder());
  EXPECT_FALSE(tested()->ok);
}

class HangingStore : public ScannedStoreTest {
 protected:
  std::chrono::milliseconds Silence() const override { return std::chrono::seconds(1); }
};
PRIVITY_ON_EVERY_STORE(HangingStore);

TEST_P(HangingStore, ACollectionThatIsHeldBecomesAGapAndTheRestIsFresh) {
  const Made open{.name = "open", .fields = {"id", "email"}, .rows = {{"1", "ana@example.org"}}};
  if (!Connect(PostgresGroundKind(), open)) GTEST_SKIP() << PostgresGroundKind().why_absent;
  Made people = open;
  people.name = "people";
  ground_->Make(people);
  ASSERT_TRUE(ground_->Hold("open"));
  const MapScan scan = Scanned();
  EXPECT_EQ(scan.state, ScanState::kIncomplete) << ToJson(scan);
  const auto gaps = store().Read([&](ReadTx& tx) { return map().scans().Gaps(tx, scan.id); }).value();
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].collection, "open");
  EXPECT_EQ(gaps[0].problem.code, "connect.timeout");
  const CollectionPage page =
      store().Read([&](ReadTx& tx) { return map().facts().Collections(tx, {.system = system_}); }).value();
  for (const DataCollection& each : page.items) {
    EXPECT_EQ(each.unread, each.name == "open" ? "connect.timeout" : "") << each.name;
    EXPECT_EQ(each.read_at.has_value(), each.name == "people") << each.name;
  }
}

}  // namespace
}  // namespace privity
