#include "fulfil/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fulfil/erase.h"
#include "fulfil/recheck.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kShop = R"sql(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT, street TEXT, blocked TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), ship_to TEXT);
CREATE TABLE login (email TEXT PRIMARY KEY, hint TEXT);
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org', '1 Elm Street', 'no'),
  (11, 'Bo Example', 'bo@example.org', '1 Elm Street', 'no');
INSERT INTO orders VALUES (100, 10, ' 1 Elm Street '), (101, 11, '1 Elm Street'), (102, 10, '9 Pine Road');
INSERT INTO login VALUES ('ana@example.org', 'cat');
)sql";

const std::vector<SubjectIdentifier> kAna = {{"email", "ana@example.org"}};
const ValueCorrection kMoved = {"user.contact.address", "1 Elm Street", "2 Oak Street"};

class ChangeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    datasets_.Add("shop", shop_.Url());
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    for (const char* collection : {"customer", "login"}) {
      Annotate(map_, "shop", collection, {.name = "email", .category = "user.contact.email", .identifier = "email"});
    }
    Annotate(map_, "shop", "customer", {.name = "name", .category = "user.name"});
    Annotate(map_, "shop", "customer", {.name = "street", .category = "user.contact.address.street"});
    Annotate(map_, "shop", "orders", {.name = "ship_to", .category = "user.contact"});
  }
  ErasurePlan Plan(const WantedChanges& wanted, bool writable = true) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const Walk walk = WalkSubject(map_, stores, kAna).value();
    return MakeChangePlan(map_, walk, {{"shop", writable}}, stores, wanted).value();
  }
  ErasureProgress Execute(const ErasurePlan& plan) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    ErasureProgress all;
    for (const PlannedCollection& collection : plan.collections) {
      ErasureProgress progress;
      const auto keep = [](const ErasureProgress&) { return Status(Ok()); };
      EXPECT_TRUE(EraseCollection(*stores.Get("shop").value(), plan, collection, progress, keep).ok());
      all.changed += progress.changed;
      all.kept += progress.kept;
      all.deleted += progress.deleted;
      all.not_theirs += progress.not_theirs;
    }
    return all;
  }
  RecheckReport Look(const ErasurePlan& plan, bool anew) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    return (anew ? SweepStores(map_, plan, stores) : RecheckPlan(plan, stores)).value();
  }

  TestShop shop_{kShop};
  TestDatasets datasets_;
  SubjectMap map_;
};

TEST_F(ChangeTest, TheRightValueIsWrittenWhereverTheWrongOneLivesOfThisPersonAlone) {
  const ErasurePlan plan = Plan({.corrections = {kMoved}});
  const ErasureProgress done = Execute(plan);
  EXPECT_EQ(done.changed, 2);
  EXPECT_EQ(done.deleted, 0);
  EXPECT_THAT(shop_.Rows(),
              ElementsAre("customer|10|Ana Example|ana@example.org|2 Oak Street|no",
                          "customer|11|Bo Example|bo@example.org|1 Elm Street|no", "login|ana@example.org|cat",
                          "orders|100|10|2 Oak Street", "orders|101|11|1 Elm Street", "orders|102|10|9 Pine Road"));
  EXPECT_EQ(Look(plan, false).Leftovers(), 0);
  const RecheckReport anew = Look(plan, true);
  EXPECT_EQ(anew.stage, RecheckStage::kWalk);
  EXPECT_EQ(anew.Leftovers(), 0);
}

TEST_F(ChangeTest, ThePlanHoldsWhatStoodThereAndWhatComes) {
  const ErasurePlan plan = Plan({.corrections = {kMoved}});
  const auto orders = std::ranges::find(plan.collections, "orders", [](const auto& each) { return each.id.name; });
  ASSERT_NE(orders, plan.collections.end());
  ASSERT_EQ(orders->records.size(), 1u);
  EXPECT_THAT(orders->records.front().changes, ElementsAre(PlannedChange{"ship_to", " 1 Elm Street ", "2 Oak Street"}));
}

TEST_F(ChangeTest, DoneTwiceItIsDoneOnce) {
  const ErasurePlan plan = Plan({.corrections = {{"user.contact.email", "Ana@Example.org", "ana@new.example.org"}}});
  EXPECT_EQ(Execute(plan).changed, 1);
  EXPECT_EQ(Execute(plan).changed, 1) << "what is as wanted is counted as done, however often it is gone on with";
  EXPECT_THAT(shop_.Column("SELECT email FROM customer ORDER BY id"),
              ElementsAre("ana@new.example.org", "bo@example.org"));
  EXPECT_EQ(Look(plan, false).Leftovers(), 0);
}

TEST_F(ChangeTest, AKeyIsNeverChangedAndThePlanSaysSo) {
  const ErasurePlan plan = Plan({.corrections = {{"user.contact.email", "ana@example.org", "ana@new.example.org"}}});
  for (const PlannedCollection& each : plan.collections) EXPECT_NE(each.id.name, "login");
  Execute(plan);
  EXPECT_THAT(shop_.Column("SELECT email FROM login"), ElementsAre("ana@example.org"));
}

TEST_F(ChangeTest, AValueThatChangedMeanwhileIsLeftAlone) {
  const ErasurePlan plan = Plan({.corrections = {kMoved}});
  shop_.Run("UPDATE customer SET street = '3 Ash Lane' WHERE id = 10");
  const ErasureProgress done = Execute(plan);
  EXPECT_EQ(done.changed, 1);
  EXPECT_EQ(done.not_theirs, 1);
  EXPECT_THAT(shop_.Column("SELECT street FROM customer WHERE id = 10"), ElementsAre("3 Ash Lane"));
  EXPECT_EQ(Look(plan, false).Leftovers(), 1) << "it does not hold the new value";
}

TEST_F(ChangeTest, WithoutTheWrongValueAllOfJustThisCategoryIsWrong) {
  Execute(Plan({.corrections = {{"user.contact.address", "", "2 Oak Street"}}}));
  EXPECT_THAT(shop_.Column("SELECT street FROM customer ORDER BY id"), ElementsAre("2 Oak Street", "1 Elm Street"));
  EXPECT_THAT(shop_.Column("SELECT ship_to FROM orders WHERE id = 102"), ElementsAre("9 Pine Road"))
      << "a field of a wider category may hold something else";
}

TEST_F(ChangeTest, AFlagIsSetOnThePersonsRecordsAlone) {
  const ErasurePlan plan =
      Plan({.flags = {{.collection = In(map_, "shop", "customer").id, .field = "blocked", .value = "yes"}}});
  EXPECT_EQ(Execute(plan).changed, 1);
  EXPECT_THAT(shop_.Column("SELECT blocked FROM customer ORDER BY id"), ElementsAre("yes", "no"));
  EXPECT_EQ(Look(plan, true).Leftovers(), 0);
}

TEST_F(ChangeTest, WhatWasFlaggedIsPutBackWhereNobodyChangedItMeanwhile) {
  const std::vector<std::string> before = shop_.Rows();
  const ErasurePlan plan =
      Plan({.flags = {{.collection = In(map_, "shop", "customer").id, .field = "blocked", .value = "yes"}}});
  Execute(plan);
  const ErasurePlan reverse = ReverseOf(plan);
  EXPECT_EQ(Execute(reverse).changed, 1);
  EXPECT_EQ(shop_.Rows(), before);
  EXPECT_EQ(Look(reverse, false).Leftovers(), 0);
  Execute(plan);
  shop_.Run("UPDATE customer SET blocked = 'for fraud' WHERE id = 10");
  EXPECT_EQ(Execute(reverse).not_theirs, 1);
}

TEST_F(ChangeTest, WhereNothingCanBeWrittenThePlanSaysSoAndNothingIsDone) {
  const std::vector<std::string> before = shop_.Rows();
  const ErasurePlan plan = Plan({.corrections = {kMoved}}, false);
  ASSERT_EQ(plan.collections.size(), 2u);
  for (const PlannedCollection& each : plan.collections) EXPECT_EQ(each.not_covered, "cannot_write");
  EXPECT_EQ(Execute(plan).kept, 2);
  EXPECT_EQ(shop_.Rows(), before);
  EXPECT_EQ(Look(plan, true).Leftovers(), 0) << "kept, and named";
}

TEST_F(ChangeTest, RestrictedRecordsGoWhereRestrictedOnesStandAndComeBack) {
  shop_.Run(
      "CREATE TABLE held (email TEXT PRIMARY KEY, hint TEXT); CREATE TABLE held_orders (id INTEGER PRIMARY KEY, "
      "customer_id INTEGER NOT NULL REFERENCES customer (id), ship_to TEXT)");
  SetUp();
  In(map_, "shop", "login").quarantine = In(map_, "shop", "held").id;
  In(map_, "shop", "orders").quarantine = In(map_, "shop", "held_orders").id;
  const std::vector<std::string> before = shop_.Rows();
  const ErasurePlan plan = Plan({.quarantine = true});
  EXPECT_EQ(Execute(plan).changed, 3);
  EXPECT_THAT(shop_.Column("SELECT email FROM held"), ElementsAre("ana@example.org"));
  EXPECT_THAT(shop_.Column("SELECT id FROM held_orders ORDER BY id"), ElementsAre("100", "102"));
  EXPECT_THAT(shop_.Column("SELECT id FROM orders"), ElementsAre("101"));
  EXPECT_EQ(Look(plan, false).Leftovers(), 0);
  EXPECT_EQ(Look(plan, true).Leftovers(), 0);
  EXPECT_TRUE(shop_.KeysHold());
  EXPECT_EQ(Execute(plan).changed, 3) << "they stand there already";
  EXPECT_EQ(Execute(ReverseOf(plan)).changed, 3);
  EXPECT_EQ(shop_.Rows(), before);
  EXPECT_EQ(Look(plan, false).Leftovers(), 3);
}

TEST_F(ChangeTest, ARecordThatOthersReferToIsNotMovedAndThePlanSaysSo) {
  shop_.Run("CREATE TABLE held (id INTEGER PRIMARY KEY, name TEXT, email TEXT, street TEXT, blocked TEXT)");
  SetUp();
  In(map_, "shop", "customer").quarantine = In(map_, "shop", "held").id;
  const std::vector<std::string> before = shop_.Rows();
  const ErasurePlan refused = Plan({.quarantine = true});
  ASSERT_EQ(refused.collections.size(), 1U);
  EXPECT_EQ(refused.collections.front().not_covered, "referred_to");
  Execute(refused);
  EXPECT_EQ(shop_.Rows(), before);
  // With a flag beside it, the flag is set instead.
  const FlagField flag{.collection = In(map_, "shop", "customer").id, .field = "blocked", .value = "yes"};
  EXPECT_EQ(Execute(Plan({.flags = {flag}, .quarantine = true})).changed, 1);
  EXPECT_THAT(shop_.Column("SELECT blocked FROM customer ORDER BY id"), ElementsAre("yes", "no"));
}

TEST_F(ChangeTest, APlaceForRestrictedRecordsThatIsGoneIsSaid) {
  In(map_, "shop", "login").quarantine = CollectionPlace{.dataset = "shop", .name = "held"};
  const ErasurePlan plan = Plan({.quarantine = true});
  ASSERT_EQ(plan.collections.size(), 1U);
  EXPECT_EQ(plan.collections.front().not_covered, "no_quarantine");
  In(map_, "shop", "login").shape.shape = CollectionShape::kDocuments;
  EXPECT_EQ(Plan({.quarantine = true}).collections.front().not_covered, "cannot_move");
}

TEST_F(ChangeTest, AnEditCanOnlyLeaveAPlaceAsItIs) {
  ErasurePlan plan = Plan({.corrections = {kMoved}});
  const CollectionPlace orders = In(map_, "shop", "orders").id;
  EXPECT_TRUE(
      EditPlan(plan, {.edit = {.collection = orders, .strategy = Strategy::kNull}}).error().Is("fulfil.edit_refused"));
  ASSERT_TRUE(
      EditPlan(plan, {.edit = {.collection = orders, .field = "ship_to", .ground = "an invoice as it was sent"}}).ok());
  Execute(plan);
  EXPECT_THAT(shop_.Column("SELECT ship_to FROM orders WHERE id = 100"), ElementsAre(" 1 Elm Street "));
  EXPECT_THAT(shop_.Column("SELECT street FROM customer WHERE id = 10"), ElementsAre("2 Oak Street"));
}

TEST_F(ChangeTest, NothingToChangeIsAnEmptyPlan) {
  EXPECT_THAT(Plan({.corrections = {{"user.contact.address", "5 Nowhere", "2 Oak Street"}}}).collections, IsEmpty());
}

TEST_F(ChangeTest, AReferenceThatIsNotFollowedTellsNothingAndStillHolds) {
  In(map_, "shop", "orders").references.front().is_ignored = true;
  const StoreOpener opener = datasets_.Opener();
  OpenStores stores(opener, StoreAccess::kRead);
  const Walk walk = WalkSubject(map_, stores, kAna).value();
  EXPECT_EQ(Counted(map_, walk), "shop.customer=1 shop.login=1");
  EXPECT_THAT(Bounds(walk), Contains("orders.customer_id->customer:not_followed x2"));
  const ErasurePlan plan = MakeErasurePlan(map_, walk, {{"shop", true}});
  Execute(plan);
  EXPECT_THAT(shop_.Column("SELECT id FROM customer ORDER BY id"), ElementsAre("10", "11"))
      << "orders refer to it: it stays, and is emptied";
  EXPECT_TRUE(shop_.KeysHold());
}

TEST(PlanEdits, OfACollectionAsAWholeTakeEveryPersonalField) {
  ErasurePlan plan;
  plan.collections.push_back({.id = {"shop", "", "customer"},
                              .fields = {{.name = "id", .strategy = Strategy::kKeep, .ground = "key"},
                                         {.name = "name", .strategy = Strategy::kNull},
                                         {.name = "email", .strategy = Strategy::kPseudonymize, .nullable = false},
                                         {.name = "total", .strategy = Strategy::kKeep, .ground = "not_personal"}},
                              .records = {{.key = {{"id", "1"}}}}});
  ASSERT_TRUE(EditPlan(plan, {.edit = {.collection = {"shop", "", "customer"}, .strategy = Strategy::kMask}}).ok());
  const PlannedCollection& edited = plan.collections.front();
  EXPECT_TRUE(edited.records.front().stays);
  EXPECT_EQ(edited.fields[0].ground, "key");
  EXPECT_EQ(edited.fields[1].strategy, Strategy::kMask);
  EXPECT_EQ(edited.fields[2].strategy, Strategy::kMask);
  EXPECT_EQ(edited.fields[3].ground, "not_personal");
  EXPECT_TRUE(EditPlan(plan, {.edit = {.collection = edited.id, .field = "email", .strategy = Strategy::kNull}})
                  .error()
                  .Is("fulfil.edit_refused"))
      << "it must have a value";
}

}  // namespace
}  // namespace privity
