#include "fulfil/erasure_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "crypto/hash.h"
#include "fulfil/erase.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Journal : public ::testing::Test {
 protected:
  void SetUp() override {
    datasets_.Add("shop", shop_.Url());
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    Annotate(map_, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map_, "shop", "customer",
             {.name = "phone", .category = "user.contact.phone_number", .identifier = "phone"});
  }
  ErasureJournal Open(std::string_view key = "journal key") {
    return ErasureJournal::Open(folder_.path() + "/erasures", Key::FromBytes(Sha256(AsBytes(key))).value()).value();
  }
  Returned Find(const ErasureJournal& journal) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    return journal.FindReturned(map_, stores).value();
  }
  // Finds and erases a person, as after a proof.
  void Erase(const std::vector<SubjectIdentifier>& person) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    const ErasurePlan plan = MakeErasurePlan(map_, WalkSubject(map_, stores, person).value(), {{"shop", true}});
    for (const PlannedCollection& collection : plan.collections) {
      ErasureProgress progress;
      const auto go_on = [](const ErasureProgress&) { return Ok(); };
      ASSERT_TRUE(EraseCollection(**stores.Get("shop"), plan, collection, progress, go_on).ok());
    }
  }

  const std::vector<SubjectIdentifier> ana_ = {{"email", "ana@example.org"}, {"phone", "+49 30 1234567"}};
  const PlanId erasure_ = PlanId::NewRandom();
  const Instant at_ = ParseInstant("2026-03-01T00:00:00Z").value();
  const std::string rows_ =
      "INSERT INTO customer VALUES (1, 'ana@example.org', NULL), (2, 'bo@example.org', '+49 30 7654321');";
  TestShop shop_{"CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT, phone TEXT);" + rows_};
  TestFolder folder_;
  TestDatasets datasets_;
  SubjectMap map_;
};

TEST_F(Journal, WhoeverARestoredStoreBringsBackIsFoundAndErasedAgain) {
  const ErasureJournal journal = Open();
  ASSERT_TRUE(journal.Remember(erasure_, at_, ana_).ok());
  Erase(ana_);
  EXPECT_THAT(Find(journal).people, IsEmpty());
  shop_.Run("DELETE FROM customer;" + rows_);  // the backup of yesterday
  const Returned returned = Find(Open());
  ASSERT_THAT(returned.people, SizeIs(1));
  EXPECT_THAT(returned.people.at(erasure_), ElementsAre(SubjectIdentifier{"email", "ana@example.org"}));
  Erase(returned.people.at(erasure_));
  EXPECT_THAT(shop_.Rows(), ElementsAre("customer|2|bo@example.org|+49 30 7654321"));
  EXPECT_THAT(Find(journal).people, IsEmpty());
}

TEST_F(Journal, FindsHoweverTheStoreSpellsIt) {
  const ErasureJournal journal = Open();
  ASSERT_TRUE(journal.Remember(erasure_, at_, ana_).ok());
  shop_.Run(
      "DELETE FROM customer; INSERT INTO customer VALUES (3, ' ANA@Example.org', NULL), (4, NULL, '0049 30/1234567')");
  EXPECT_THAT(Find(journal).people.at(erasure_), SizeIs(2));
}

TEST_F(Journal, FindsThemInsideOfTexts) {
  const TestFolder notes;
  const std::string restored = "Bo rang\nana@example.org wants it back\n";
  datasets_.Add("files", "file://" + notes.path());
  const auto write = [&](const std::string& text) { std::ofstream(notes.path() + "/notes.txt") << text; };
  write(restored);
  map_ = datasets_.Map();
  shop_.Run("DELETE FROM customer");
  const StoreOpener opener = datasets_.Opener();
  const auto plan = [&](const std::vector<SubjectIdentifier>& person) {
    OpenStores stores(opener, StoreAccess::kRead);
    return MakeErasurePlan(map_, WalkSubject(map_, stores, person).value(), {{"files", true}});
  };
  const PlannedCollection line = plan(ana_).collections.at(0);
  const ErasureJournal journal = Open();
  const RecordKey key{line.id, line.records.at(0).key};
  ASSERT_TRUE(journal.Remember(erasure_, at_, ana_, {{key}}).ok());
  write("Bo rang\n[erased] wants it back\n");
  EXPECT_THAT(Find(journal).people, IsEmpty());
  write(restored);
  const Returned returned = Find(journal);
  ASSERT_THAT(returned.people, SizeIs(1));
  const PlannedCollection back = plan(returned.people.at(erasure_)).collections.at(0);
  EXPECT_TRUE(journal.Has(journal.Entries()->at(0), {back.id, back.records.at(0).key})) << "the very same line";
}

TEST_F(Journal, HoldsNoIdentifierAndMeansNothingWithoutItsKey) {
  ASSERT_TRUE(Open().Remember(erasure_, at_, ana_).ok());
  std::ifstream file(folder_.path() + "/erasures/" + erasure_.ToString() + ".json");
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  for (const char* value : {"ana", "example.org", "1234567"}) EXPECT_THAT(content, Not(HasSubstr(value)));
  EXPECT_THAT(Find(Open("another key")).people, IsEmpty());
}

TEST_F(Journal, IsForgottenWhenNoBackupFromBeforeIsLeft) {
  const ErasureJournal journal = Open();
  ASSERT_TRUE(journal.Remember(erasure_, at_, ana_).ok());
  EXPECT_EQ(journal.Forget(at_).value(), 0);
  EXPECT_THAT(journal.Entries().value(), SizeIs(1));
  EXPECT_EQ(journal.Forget(at_ + std::chrono::seconds(1)).value(), 1);
  EXPECT_THAT(journal.Entries().value(), IsEmpty());
}

TEST_F(Journal, ADamagedEntryIsNamedAndNothingIsCalledReplayed) {
  const ErasureJournal journal = Open();
  std::ofstream(folder_.path() + "/erasures/broken.json") << "{\"erasure\":";
  const StoreOpener opener = datasets_.Opener();
  OpenStores stores(opener, StoreAccess::kRead);
  EXPECT_TRUE(journal.FindReturned(map_, stores).error().Is("fulfil.journal_damaged"));
}

TEST_F(Journal, AStoreThatDoesNotAnswerIsNamed) {
  const ErasureJournal journal = Open();
  ASSERT_TRUE(journal.Remember(erasure_, at_, ana_).ok());
  std::filesystem::remove(shop_.Path());
  EXPECT_THAT(Find(journal).not_read, SizeIs(1));
}

}  // namespace
}  // namespace privity
