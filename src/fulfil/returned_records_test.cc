// A restored store brings back what names nobody. The very key that was destroyed is recognized; a record key that was
// given to somebody else never makes their record the erased person's.
#include "fulfil/returned_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "fulfil/erase.h"
#include "fulfil/erasures.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Events are only appended to. The keys stand in a store of their own, and hold nothing but a number and a key.
constexpr const char* kShop = R"sql(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT, seal INTEGER);
CREATE TABLE event (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), what BLOB,
  key_id INTEGER);
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org', 5), (11, 'Bo Example', 'bo@example.org', 6);
INSERT INTO event VALUES (100, 10, x'02AA', 5), (101, 11, x'02BB', 6);
)sql";
constexpr const char* kKeys = R"sql(
CREATE TABLE seal (id INTEGER PRIMARY KEY, secret BLOB, hint TEXT);
INSERT INTO seal VALUES (5, x'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF', 'ana, private'), (6, x'B0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF', NULL);
)sql";
constexpr const char* kAnasKey = "INSERT INTO seal VALUES (5, x'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF', 'ana, private')";

class ReturnedRecordsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    datasets_.Add("shop", shop_.Url());
    datasets_.Add("keys", keys_.Url());
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    Annotate(map_, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map_, "shop", "customer", {.name = "id", .identifier = "shop.customer"});
    Annotate(map_, "shop", "customer", {.name = "name", .category = "user.name"});
    const CollectionPlace seal = In(map_, "keys", "seal").id;
    In(map_, "keys", "seal").key_field = "secret";
    Annotate(map_, "keys", "seal", {.name = "hint", .category = "user"});
    In(map_, "shop", "customer").references = {{.fields = {"seal"}, .target = seal, .target_fields = {"id"}}};
    In(map_, "shop", "event").is_sealed = true;
    Annotate(map_, "shop", "event", {.name = "what", .strategy = Strategy::kCryptoShred, .sealed_by = seal});
    Erase();
  }

  // Ana, as after a proof.
  void Erase() {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    const std::vector<SubjectIdentifier> ana = {{"email", "ana@example.org"}};
    Carry(MakeErasurePlan(map_, WalkSubject(map_, stores, ana).value(), writable_), stores);
    ASSERT_THAT(keys_.Column("SELECT id FROM seal WHERE secret IS NOT NULL"), ElementsAre("6"));
  }
  // Remembered, then done.
  void Carry(const ErasurePlan& plan, OpenStores& stores) {
    std::vector<RecordKey> records;
    for (const PlannedCollection& collection : plan.collections) {
      for (const PlannedRecord& record : collection.records) records.push_back({collection.id, record.key});
    }
    const auto keys = KeysThatGo(plan, stores);
    ASSERT_TRUE(keys.ok());
    ASSERT_TRUE(journal_.Remember(PlanId::NewRandom(), at_, plan.identifiers, records, *keys).ok());
    for (const PlannedCollection& collection : plan.collections) {
      ErasureProgress progress;
      const auto go_on = [](const ErasureProgress&) { return Ok(); };
      ASSERT_TRUE(EraseCollection(**stores.Get(collection.id.dataset), plan, collection, progress, go_on).ok());
    }
  }

  // What is back, and would be destroyed unasked; what is for a person.
  struct Told {
    std::vector<std::string> keys;  // "seal 5", "seal 5 stays"
    std::vector<std::string> unsure;
  };
  Told Look() {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const auto entries = journal_.Entries().value();
    const Returned returned = journal_.FindReturned(map_, stores).value();
    Told told;
    for (const JournalEntry& entry : entries) {
      const auto records = returned.records.find(entry.erasure);
      if (records == returned.records.end()) continue;
      const ReturnedRecords found = LookAtReturned(map_, stores, journal_, entries, entry, records->second).value();
      Tell(found.keys, told.keys);
      Tell(found.unsure, told.unsure);
      last_ = MakeErasurePlan(map_, found.keys, writable_);
    }
    return told;
  }
  void Tell(const Walk& walk, std::vector<std::string>& out) const {
    for (const FoundRecord& record : walk.records) {
      out.push_back(map_.collections[record.collection].id.name + " " + record.key.at(0).value.value_or("-") +
                    (record.stays ? " stays" : ""));
    }
    std::ranges::sort(out);
  }

  TestShop shop_{kShop};
  TestShop keys_{kKeys};
  TestDatasets datasets_;
  SubjectMap map_;
  std::map<std::string, bool> writable_ = {{"shop", true}, {"keys", true}};
  TestFolder folder_;
  const Instant at_ = ParseInstant("2026-03-01T00:00:00Z").value();
  ErasureJournal journal_ =
      ErasureJournal::Open(folder_.path() + "/erasures", Key::FromBytes(Sha256(AsBytes("journal key"))).value())
          .value();
  ErasurePlan last_;  // of the keys that are back
};

TEST_F(ReturnedRecordsTest, NothingIsBackAfterAnErasureThatHolds) {
  const Told told = Look();
  EXPECT_THAT(told.keys, IsEmpty());
  EXPECT_THAT(told.unsure, IsEmpty()) << "what stays, emptied, is not back";
}

TEST_F(ReturnedRecordsTest, TheVeryKeyThatWasDestroyedIsKnownAndDestroyedAgain) {
  for (int restore = 0; restore < 2; ++restore) {  // the second one is known by the first replay, too
    keys_.Run(std::string("DELETE FROM seal WHERE id = 5; ") + kAnasKey);
    const std::vector<std::string> shop_before = shop_.Rows();
    EXPECT_THAT(Look().keys, ElementsAre("customer 10", "event 100", "seal 5"));
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    Carry(last_, stores);
    EXPECT_THAT(keys_.Column("SELECT id FROM seal WHERE secret IS NOT NULL OR hint IS NOT NULL"), ElementsAre("6"));
    EXPECT_EQ(shop_.Rows(), shop_before);
    EXPECT_THAT(Look().keys, IsEmpty());
  }
}

TEST_F(ReturnedRecordsTest, WhatIsSomebodyElsesIsNeverTheErasedPersons) {
  struct Case {
    const char* why;
    const char* shop;
    const char* keys;
    std::vector<std::string> destroyed;
    std::vector<std::string> unsure;
  };
  const std::string with = "DELETE FROM seal WHERE id = 5; ";
  for (const Case& each : {
           Case{"another key under the same number, of somebody new who has the old customer number",
                "UPDATE customer SET name = 'Dee', email = 'dee@example.org', seal = 5 WHERE id = 10",
                "INSERT INTO seal VALUES (5, x'C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF', NULL)",
                {},
                {"seal 5 stays"}},
           Case{"the same key, given to somebody new",
                "INSERT INTO customer VALUES (12, 'Dee', 'dee@example.org', 5)",
                kAnasKey,
                {"customer 10", "event 100", "seal 5 stays"},
                {}},
           Case{"the same key, and something new of unknown owner is sealed by it, which no reference tells",
                "INSERT INTO event VALUES (102, 11, x'03BB', 5)",
                kAnasKey,
                {"customer 10", "event 100", "seal 5 stays"},
                {}},
           Case{"another key under the same number, of nobody known",
                "SELECT 1",
                "INSERT INTO seal VALUES (5, x'C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF', NULL)",
                {},
                {"customer 10", "event 100", "seal 5"}},
           Case{"the key is gone, and a hint is back",
                "SELECT 1",
                "INSERT INTO seal VALUES (5, NULL, 'ana, private')",
                {},
                {"customer 10", "event 100", "seal 5"}},
           Case{"a key of another number",
                "SELECT 1",
                "INSERT INTO seal VALUES (7, x'C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF', NULL)",
                {},
                {}},
       }) {
    shop_.Run(
        "DELETE FROM event WHERE id > 101; DELETE FROM customer WHERE id > 11; "
        "UPDATE customer SET name = NULL, email = NULL WHERE id = 10;");
    keys_.Run("DELETE FROM seal WHERE id IN (5, 7); " + std::string(each.keys));
    shop_.Run(each.shop);
    const Told told = Look();
    EXPECT_EQ(told.keys, each.destroyed) << each.why;
    EXPECT_EQ(told.unsure, each.unsure) << each.why;
  }
}

// As a table of keys that nothing refers to: only numbers tell who uses a key.
TEST_F(ReturnedRecordsTest, WhoeverElseUsesAKeyIsFoundBehindWhatIsTheirs) {
  In(map_, "shop", "customer").references.clear();
  keys_.Run(std::string("DELETE FROM seal WHERE id = 5; ") + kAnasKey);
  EXPECT_THAT(Look().keys, ElementsAre("seal 5"));
  shop_.Run("INSERT INTO event VALUES (102, 11, x'03BB', 5)");
  EXPECT_THAT(Look().keys, ElementsAre("seal 5 stays"));
}

TEST_F(ReturnedRecordsTest, AShortKeyIsAMatterOfChanceAndNeverDestroyedUnasked) {
  const ErasureJournal journal = journal_;
  const RecordKey record{In(map_, "keys", "seal").id, {{"id", "9"}}};
  const PlanId erasure = PlanId::NewRandom();
  ASSERT_TRUE(journal.Remember(erasure, at_, {}, {{record}}, {{{record, SecretString("15 bytes of key")}}}).ok());
  const auto entries = journal.Entries().value();
  const auto entry = std::ranges::find(entries, erasure, &JournalEntry::erasure);
  EXPECT_THAT(entry->keys, IsEmpty());
  EXPECT_FALSE(journal.HasKey(*entry, record, "15 bytes of key"));
}

TEST_F(ReturnedRecordsTest, KeysOfAnErasureThatWasCutOffAreNotForgotten) {
  const RecordKey record{In(map_, "keys", "seal").id, {{"id", "9"}}};
  const PlanId erasure = PlanId::NewRandom();
  const std::string secret = "sixteen bytes or more";
  ASSERT_TRUE(journal_.Remember(erasure, at_, {}, {{record}}, {{{record, SecretString(secret)}}}).ok());
  ASSERT_TRUE(journal_.Remember(erasure, at_, {}, {{record}}).ok()) << "gone on with: the key stands no more";
  const auto entries = journal_.Entries().value();
  const auto entry = std::ranges::find(entries, erasure, &JournalEntry::erasure);
  EXPECT_TRUE(journal_.HasKey(*entry, record, secret));
  EXPECT_FALSE(journal_.HasKey(*entry, {record.collection, {{"id", "8"}}}, secret)) << "in that record alone";
  EXPECT_FALSE(journal_.HasKey(*entry, record, "sixteen bytes, another"));
}

}  // namespace
}  // namespace privity
