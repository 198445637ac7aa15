// Crypto-shredding: what is sealed under a key of one person is erased by destroying the key; and only where that is
// sure to close nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fulfil/erase.h"
#include "fulfil/recheck.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

// The keys of the shop stand in a store of their own; the shop's journal may only be appended to.
constexpr const char* kShop = R"sql(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT, note BLOB);
CREATE TABLE event (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), what BLOB);
CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), text BLOB);
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org', x'01AA'), (11, 'Bo Example', 'bo@example.org', x'01BB');
INSERT INTO event VALUES (100, 10, x'02AA'), (101, 11, x'02BB'), (102, 10, x'03AA');
)sql";
constexpr const char* kKeys = R"sql(
CREATE TABLE person_key (customer_id INTEGER PRIMARY KEY, secret BLOB);
CREATE TABLE backup (id INTEGER PRIMARY KEY, key_of INTEGER REFERENCES person_key (customer_id), owner TEXT);
INSERT INTO person_key VALUES (10, x'A0A0'), (11, x'B0B0');
)sql";

class Shredding : public ::testing::Test {
 protected:
  void SetUp() override {
    datasets_.Add("shop", shop_.Url());
    datasets_.Add("keys", keys_.Url());
    Annotated();
  }
  void Annotated() {
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    Annotate(map_, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map_, "shop", "customer", {.name = "id", .identifier = "shop.customer"});
    Annotate(map_, "shop", "customer", {.name = "name", .category = "user.name"});
    In(map_, "keys", "person_key").key_field = "secret";
    In(map_, "keys", "person_key").references = {
        {.fields = {"customer_id"}, .target = In(map_, "shop", "customer").id, .target_fields = {"id"}}};
    Annotate(map_, "keys", "backup", {.name = "owner", .category = "user.contact.email", .identifier = "email"});
    In(map_, "shop", "event").is_sealed = true;
    Seal("event", "what");
    Seal("invoice", "text");
  }
  void Seal(const std::string& collection, const std::string& field) {
    Annotate(map_, "shop", collection,
             {.name = field, .strategy = Strategy::kCryptoShred, .sealed_by = In(map_, "keys", "person_key").id});
  }
  ErasurePlan Plan() {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const std::vector<SubjectIdentifier> ana = {{"email", "ana@example.org"}};
    return MakeErasurePlan(map_, WalkSubject(map_, stores, ana).value(), writable_);
  }
  std::map<std::string, ErasureProgress> Execute(const ErasurePlan& plan) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    std::map<std::string, ErasureProgress> done;
    for (const PlannedCollection& collection : plan.collections) {
      const auto keep = [](const ErasureProgress&) { return Status(Ok()); };
      EXPECT_TRUE(
          EraseCollection(*stores.Get(collection.id.dataset).value(), plan, collection, done[collection.id.name], keep)
              .ok());
    }
    return done;
  }
  RecheckReport Look(const ErasurePlan& plan) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    return RecheckPlan(plan, stores).value();
  }
  static const PlannedCollection& Of(const ErasurePlan& plan, const std::string& name) {
    const auto found =
        std::ranges::find_if(plan.collections, [&](const PlannedCollection& each) { return each.id.name == name; });
    Invariant(found != plan.collections.end(), "the test names a planned collection");
    return *found;
  }

  TestShop shop_{kShop};
  TestShop keys_{kKeys};
  TestDatasets datasets_;
  SubjectMap map_;
  std::map<std::string, bool> writable_ = {{"shop", true}, {"keys", true}};
};

TEST_F(Shredding, TheKeyGoesAndWhatItSealedStaysUnreadable) {
  const ErasurePlan plan = Plan();
  const auto done = Execute(plan);
  EXPECT_EQ(done.at("event").shredded, 2);
  EXPECT_EQ(done.at("person_key").deleted, 1);
  // The events stay, and so what they refer to; their customer loses what is in the clear.
  EXPECT_EQ(done.at("customer").changed, 1);
  EXPECT_THAT(shop_.Column("SELECT hex(what) FROM event ORDER BY id"), ElementsAre("02AA", "02BB", "03AA"));
  EXPECT_THAT(shop_.Column("SELECT coalesce(name, '-') || coalesce(email, '-') FROM customer ORDER BY id"),
              ElementsAre("--", "Bo Examplebo@example.org"));
  EXPECT_THAT(keys_.Column("SELECT customer_id FROM person_key"), ElementsAre("11"));
  EXPECT_EQ(Look(plan).Leftovers(), 0);
  EXPECT_TRUE(shop_.KeysHold());
  EXPECT_EQ(Execute(plan).at("event").shredded, 2) << "once more it is so, too";
}

TEST_F(Shredding, AStoreThatMayOnlyBeReadIsCoveredWhenOnlyTheKeyHasToGo) {
  shop_.Run("DELETE FROM event; DELETE FROM invoice");
  writable_["shop"] = false;
  In(map_, "shop", "customer").is_sealed = true;
  for (MappedField& field : In(map_, "shop", "customer").fields) {
    if (field.name != "name") continue;
    field.strategy = Strategy::kCryptoShred;
    field.sealed_by = In(map_, "keys", "person_key").id;
  }
  // The address by which they were found stands in the clear: that is not erased by any key.
  EXPECT_EQ(Of(Plan(), "customer").not_covered, "cannot_write");
}

TEST_F(Shredding, AKeyThatStandsIsALeftoverOfAllThatItOpens) {
  const ErasurePlan plan = Plan();
  Execute(plan);
  keys_.Run("INSERT INTO person_key VALUES (10, x'A0A0')");
  const RecheckReport report = Look(plan);
  std::map<std::string, std::int64_t> left;
  for (const Rechecked& each : report.collections) left[each.collection.name] = each.leftovers;
  EXPECT_EQ(left["person_key"], 1);
  EXPECT_EQ(left["event"], 2);
  EXPECT_EQ(report.Leftovers(), 3);
}

TEST_F(Shredding, AKeyThatServesSomebodyElseIsNeverDestroyed) {
  keys_.Run("INSERT INTO backup VALUES (1, 10, 'bo@example.org')");
  In(map_, "keys", "backup").subject = "customer";
  const ErasurePlan plan = Plan();
  EXPECT_EQ(Of(plan, "event").not_shredded, "key_of_others");
  const auto done = Execute(plan);
  EXPECT_THAT(keys_.Column("SELECT hex(secret) FROM person_key ORDER BY customer_id"), ElementsAre("A0A0", "B0B0"));
  // What was sealed is erased as anything else.
  EXPECT_EQ(done.at("event").deleted, 2);
  EXPECT_EQ(Look(plan).Leftovers(), 0);
}

// No reference of the map tells that the events name the keys: reading does.
TEST_F(Shredding, AKeyThatRecordsOfOthersNameIsNeverDestroyed) {
  struct Row {
    const char* why;
    const char* field;
    const char* change;
    bool shared;
  };
  for (const Row& row : {
           Row{"nobody else names it", "key_id", "UPDATE event SET key_id = customer_id", false},
           {"a field called after keys, in a record of somebody else", "key_id",
            "UPDATE event SET key_id = customer_id; UPDATE event SET key_id = 10 WHERE id = 101", true},
           {"they have no record that would tell", "key_id",
            "DELETE FROM event WHERE customer_id = 10; UPDATE event SET key_id = 10", true},
           {"a field of any name, and all of theirs say so", "lock",
            "UPDATE event SET lock = customer_id; UPDATE event SET lock = 10 WHERE id = 101", true},
           {"which version of a key it is, names none", "key_version", "UPDATE event SET key_version = 3", false},
           {"a number that one of theirs does not have", "amount",
            "UPDATE event SET amount = 10 WHERE id IN (100, 101)", false},
       }) {
    TestShop shop(kShop), keys(kKeys);
    shop.Run(std::string("ALTER TABLE event ADD COLUMN ") + row.field + " INTEGER; " + row.change);
    datasets_ = {};
    datasets_.Add("shop", shop.Url());
    datasets_.Add("keys", keys.Url());
    Annotated();
    const ErasurePlan plan = Plan();
    Execute(plan);
    const auto left = keys.Column("SELECT hex(secret) FROM person_key ORDER BY customer_id");
    if (row.shared) {
      EXPECT_THAT(left, ElementsAre("A0A0", "B0B0")) << row.why;
      EXPECT_EQ(plan.boundaries.back().reason, BoundaryReason::kOthersReferToIt) << row.why;
    } else {
      EXPECT_THAT(left, ElementsAre("B0B0")) << row.why;
    }
  }
}

TEST_F(Shredding, AKeyThatStandsElsewhereForSomebodyElseIsNeverCalledDestroyed) {
  TestShop family(R"sql(
    CREATE TABLE person_key (customer_id INTEGER PRIMARY KEY, secret TEXT);
    INSERT INTO person_key VALUES (10, 'one-for-a-family'), (11, 'one-for-a-family');
    CREATE TABLE backup (id INTEGER PRIMARY KEY, owner TEXT);)sql");
  datasets_ = {};
  datasets_.Add("shop", shop_.Url());
  datasets_.Add("keys", family.Url());
  Annotated();
  const ErasurePlan plan = Plan();
  EXPECT_EQ(Of(plan, "event").not_shredded, "key_of_others");
  EXPECT_EQ(Execute(plan).at("event").deleted, 2);
  EXPECT_THAT(family.Column("SELECT count(*) FROM person_key WHERE secret IS NOT NULL"), ElementsAre("2"));
}

TEST_F(Shredding, AKeyThatOpensWhatMustBeKeptStays) {
  shop_.Run("INSERT INTO invoice VALUES (7, 10, x'04AA')");
  In(map_, "shop", "invoice").keep_ground = "Tax records";
  const ErasurePlan plan = Plan();
  EXPECT_EQ(Of(plan, "event").not_shredded, "key_needed");
  EXPECT_EQ(Of(plan, "person_key").keep_ground, "Tax records");
  Execute(plan);
  EXPECT_THAT(keys_.Column("SELECT hex(secret) FROM person_key ORDER BY customer_id"), ElementsAre("A0A0", "B0B0"));
}

TEST_F(Shredding, WithoutAKeyOfTheirsWhatIsSealedIsErasedAsAnythingElse) {
  keys_.Run("DELETE FROM person_key WHERE customer_id = 10");
  const ErasurePlan plan = Plan();
  EXPECT_EQ(Of(plan, "event").not_shredded, "key_not_found");
  EXPECT_EQ(Execute(plan).at("event").deleted, 2);
}

TEST_F(Shredding, WhatIsSealedAndItsKeyAreEditedByNobody) {
  ErasurePlan plan = Plan();
  for (const char* name : {"event", "person_key"}) {
    const PlanEdit edit{.collection = Of(plan, name).id, .strategy = Strategy::kKeep, .ground = "A hold"};
    EXPECT_EQ(EditPlan(plan, {.edit = edit}).error().code(), "fulfil.edit_refused") << name;
  }
}

TEST_F(Shredding, AKeyFieldIsEmptiedWhereItsRecordMustStay) {
  // The sealed rows refer to the key's: its row stays, and its secret goes.
  TestShop one(R"sql(
    CREATE TABLE seal (id INTEGER PRIMARY KEY, secret BLOB);
    CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT, seal_id INTEGER REFERENCES seal (id));
    CREATE TABLE event (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id),
                        seal_id INTEGER REFERENCES seal (id), what BLOB);
    INSERT INTO seal VALUES (5, x'A0'), (6, x'B0');
    INSERT INTO customer VALUES (10, 'ana@example.org', 5), (11, 'bo@example.org', 6);
    INSERT INTO event VALUES (100, 10, 5, x'02AA'), (101, 11, 6, x'02BB');)sql");
  datasets_ = {};
  datasets_.Add("shop", one.Url());
  map_ = datasets_.Map();
  In(map_, "shop", "customer").subject = "customer";
  Annotate(map_, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  In(map_, "shop", "seal").key_field = "secret";
  In(map_, "shop", "event").is_sealed = true;
  Annotate(map_, "shop", "event",
           {.name = "what", .strategy = Strategy::kCryptoShred, .sealed_by = In(map_, "shop", "seal").id});
  const ErasurePlan plan = Plan();
  EXPECT_EQ(Execute(plan).at("event").shredded, 1);
  EXPECT_THAT(one.Column("SELECT CASE WHEN secret IS NULL THEN 'gone' ELSE hex(secret) END FROM seal ORDER BY id"),
              ElementsAre("gone", "B0"));
  EXPECT_EQ(Look(plan).Leftovers(), 0);
  EXPECT_TRUE(one.KeysHold());
  // Somebody else's row under the same key: it stays.
  one.Run(
      "UPDATE seal SET secret = x'A0' WHERE id = 5; UPDATE customer SET email = 'ana@example.org' WHERE id = 10; "
      "UPDATE event SET seal_id = 5 WHERE id = 101");
  const ErasurePlan shared = Plan();
  EXPECT_EQ(Of(shared, "event").not_shredded, "key_of_others");
  Execute(shared);
  EXPECT_THAT(one.Column("SELECT hex(secret) FROM seal ORDER BY id"), ElementsAre("A0", "B0"));
}

}  // namespace
}  // namespace privity
