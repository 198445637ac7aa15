#include "datamap/references.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A folder with customers and their orders.
class ReferencesTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    Write("orders.csv", "customer,total\nana@example.org,12\nben@example.org,7\n");
    (void)Scanned();
  }
  ReferenceStatement Orders() const {
    return {.from = {.system = system_, .collection = "orders.csv", .fields = {"customer"}},
            .to = {.system = system_, .collection = "customers.csv", .fields = {"email"}},
            .reason = "The shop uses the address as the customer's name"};
  }
  Result<DataReference> Create(const ReferenceStatement& statement) {
    return store().Write([&](WriteTx& tx) { return map().references().Create(tx, engineer_, statement); });
  }
  std::vector<DataReference> Listed(const ReferenceFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().references().List(tx, filter); }).value().items;
  }
  // As a scan of a database would have written it.
  ReferenceId ForeignKey() {
    const auto id = ReferenceId::New(clock());
    const auto written = store().Write([&](WriteTx& tx) {
      return tx.Execute(
          "INSERT INTO datamap_reference (id, from_system, from_dataset, from_collection, from_fields, to_system, "
          "to_dataset, to_collection, to_fields, origin, is_ignored, reason, first_seen_at, last_seen_at, version) "
          "VALUES ($1, $2, '', 'orders.csv', '[\"customer\"]', $2, '', 'customers.csv', '[\"email\"]', 'foreign_key', "
          "$3, '', $4, $4, 1)",
          {id, system_, false, clock().Now()});
    });
    EXPECT_TRUE(written.ok());
    return id;
  }
};
PRIVITY_ON_EVERY_STORE(ReferencesTest);

TEST_P(ReferencesTest, WhatAPersonStatesStandsOverRescans) {
  const DataReference stated = Create(Orders()).value();
  EXPECT_EQ(stated.origin, ReferenceOrigin::kStated);
  EXPECT_EQ(stated.freshness, Freshness::kFresh);
  (void)Scanned();
  const auto listed = Listed({.system = system_});
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].to, Orders().to);
  EXPECT_EQ(listed[0].reason, Orders().reason);
  EXPECT_THAT(Listed({.origin = ReferenceOrigin::kForeignKey}), IsEmpty());
}

TEST_P(ReferencesTest, BothEndsAreInTheRegister) {
  ReferenceStatement statement = Orders();
  statement.to.fields = {"fax"};
  EXPECT_EQ(Create(statement).error().code(), "datamap.reference_end_unknown");
  statement = Orders();
  statement.from.collection = "returns.csv";
  EXPECT_EQ(Create(statement).error().code(), "datamap.reference_end_unknown");
  statement = Orders();
  statement.from.fields = {"customer", "total"};
  EXPECT_EQ(Create(statement).error().code(), "datamap.reference_uneven");
}

TEST_P(ReferencesTest, NoneIsStatedTwice) {
  ASSERT_TRUE(Create(Orders()).ok());
  EXPECT_EQ(Create(Orders()).error().code(), "datamap.reference_known");
}

TEST_P(ReferencesTest, IsGoneWithTheCollectionItLeadsTo) {
  ASSERT_TRUE(Create(Orders()).ok());
  std::filesystem::remove(open_folder() + "/customers.csv");
  (void)Scanned();
  EXPECT_EQ(Listed()[0].freshness, Freshness::kGone);
}

TEST_P(ReferencesTest, AForeignKeyIsIgnoredAndNotRemoved) {
  const ReferenceId id = ForeignKey();
  const auto removed =
      store().Write([&](WriteTx& tx) { return map().references().Delete(tx, engineer_, id, std::nullopt); });
  EXPECT_EQ(removed.error().code(), "datamap.reference_of_store");
  const auto ignored = store().Write([&](WriteTx& tx) {
    return map().references().Update(tx, engineer_, id, {.is_ignored = true, .reason = "Test data"}, 1);
  });
  ASSERT_TRUE(ignored.ok()) << ignored.error().DebugString();
  EXPECT_TRUE(ignored->is_ignored);
  EXPECT_EQ(ignored->version, 2);
  const auto late = store().Write(
      [&](WriteTx& tx) { return map().references().Update(tx, engineer_, id, {.is_ignored = false}, 1); });
  EXPECT_EQ(late.error().code(), "datamap.changed_meanwhile");
}

TEST_P(ReferencesTest, AStatedOneIsRemovedAndTheLedgerSaysSo) {
  const DataReference stated = Create(Orders()).value();
  const auto removed =
      store().Write([&](WriteTx& tx) { return map().references().Delete(tx, engineer_, stated.id, stated.version); });
  ASSERT_TRUE(removed.ok());
  EXPECT_THAT(Listed(), IsEmpty());
  const auto recorded = Recorded();
  EXPECT_THAT(std::vector<std::string>(recorded.end() - 2, recorded.end()),
              ElementsAre("datamap.reference.stated", "datamap.reference.removed"));
}

}  // namespace
}  // namespace privity
