// Entries about data subjects: nobody is named in clear, and an erasure leaves the evidence whole.
#include <gmock/gmock.h>

#include "ledger/testing/ledger_test_base.h"
#include "ledger/verify.h"

namespace privity {
namespace {

class SubjectsTest : public LedgerTestBase {
 protected:
  EntryId RecordAbout(std::vector<SubjectId> subjects) {
    Entry entry = Created(1);
    entry.subjects = std::move(subjects);
    const Result<EntryId> id = LedgerWithKeys().Record(entry);
    EXPECT_TRUE(id.ok()) << id.error().DebugString();
    Sequence();
    return *id;
  }
  std::size_t Found(const SubjectId& subject) { return reader().List({.subject = subject})->items.size(); }
};
PRIVITY_ON_EVERY_STORE(SubjectsTest);

TEST_P(SubjectsTest, ATagIsAnotherOneInEachEntryAndOnlyThePersonsKeyMakesIt) {
  const SubjectId ada = SubjectId::NewRandom(), ben = SubjectId::NewRandom();
  const EntryId both = RecordAbout({ada, ben}), one = RecordAbout({ada});
  EXPECT_EQ(Found(ada), 2U);
  EXPECT_EQ(Found(ben), 1U);
  const auto tags = [&](std::uint64_t index) { return *reader().Get(index)->entry.subjects; };
  EXPECT_EQ(tags(0).size(), 2U);
  EXPECT_THAT(tags(0), testing::Not(testing::Contains(tags(1)[0])));
  const auto tag = [&](const SubjectId& subject, const EntryId& entry) {
    return store().Read([&](ReadTx& tx) -> Result<std::string> {
      PRIVITY_TRY(const PersonKey key, person_keys().Load(tx, subject));
      return Base64UrlEncode(key.EntryTag(entry.uuid().bytes()));
    });
  };
  EXPECT_THAT(tags(0), testing::UnorderedElementsAre(*tag(ada, both), *tag(ben, both)));
  EXPECT_THAT(tags(1), testing::ElementsAre(*tag(ada, one)));
  for (const std::string& leaf : Leaves()) {
    EXPECT_THAT(leaf, testing::Not(testing::HasSubstr(ada.ToString())));
    EXPECT_THAT(leaf, testing::Not(testing::HasSubstr(ben.ToString())));
  }
}

TEST_P(SubjectsTest, AnErasureEmptiesTheIndexAndLeavesTheLedgerWhole) {
  const SubjectId ada = SubjectId::NewRandom();
  RecordAbout({ada});
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return LedgerWithKeys().ForgetSubject(tx, ada); }).ok());
  ASSERT_TRUE(person_keys().Shred(ada).ok());
  EXPECT_EQ(Found(ada), 0U);
  EXPECT_TRUE(VerifyLedger(store(), sequencer().verifiers().value(), clock())->whole());
  Entry again = Created(1);
  again.subjects = {ada};
  EXPECT_EQ(LedgerWithKeys().Record(again).error().code(), "keys.subject_shredded");
}

TEST_P(SubjectsTest, ALedgerWithoutPersonKeysRefusesSubjects) {
  Entry entry = Created(1);
  entry.subjects = {SubjectId::NewRandom()};
  EXPECT_EQ(ledger().Record(entry).error().DebugString(), "ledger.entry_invalid{member=subjects}");
}

}  // namespace
}  // namespace privity
