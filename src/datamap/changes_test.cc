#include "datamap/changes.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// A folder with one file whose `email` waits for a decision.
class ChangesTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    (void)Scanned();
  }
  std::vector<MapChange> Listed(const ChangeFilter& filter = {.state = ChangeState::kOpen}) {
    return store().Read([&](ReadTx& tx) { return map().changes().List(tx, filter); }).value().items;
  }
  std::vector<ChangeId> Open() {
    std::vector<ChangeId> ids;
    for (const MapChange& change : Listed()) ids.push_back(change.id);
    return ids;
  }
  DataField Field(const std::string& name) {
    const FieldPage page =
        store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, {.q = name, .gone = true}); }).value();
    return page.items.at(0);
  }
  auto Confirm(const std::vector<ChangeId>& ids) {
    return store().Write([&](WriteTx& tx) { return map().changes().Confirm(tx, engineer_, {.changes = ids}); });
  }
  auto Reject(const std::vector<ChangeId>& ids) {
    return store().Write([&](WriteTx& tx) {
      return map().changes().Reject(tx, engineer_, {.changes = ids, .reason = "Invented addresses"});
    });
  }
  auto Recategorize(const std::vector<ChangeId>& ids, const std::string& category) {
    return store().Write([&](WriteTx& tx) {
      return map().changes().Recategorize(tx, engineer_,
                                          {.changes = ids, .category = category, .reason = "Addresses of the desk"});
    });
  }
  auto Undo(const std::vector<ChangeId>& ids) {
    return store().Write([&](WriteTx& tx) { return map().changes().Undo(tx, engineer_, {.changes = ids}); });
  }
  std::string Refusal(const Result<std::vector<MapChange>>& answer) { return answer.ok() ? "" : answer.error().code(); }
};
PRIVITY_ON_EVERY_STORE(ChangesTest);

TEST_P(ChangesTest, WhatIsNewWaitsWithItsEvidence) {
  const auto open = Listed();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].field_name, "email");
  EXPECT_EQ(open[0].collection_name, "customers.csv");
  EXPECT_EQ(open[0].category_now, "user.contact.email");
  EXPECT_NE(open[0].reason, "");
  EXPECT_GT(open[0].confidence, 0);
}

TEST_P(ChangesTest, AConfirmationIsTheFieldsVerdictWithWhoAndWhen) {
  const auto decided = Confirm(Open());
  ASSERT_TRUE(decided.ok()) << decided.error().DebugString();
  EXPECT_EQ(decided->at(0).state, ChangeState::kConfirmed);
  const DataField field = Field("email");
  EXPECT_EQ(field.verdict, Verdict::kConfirmed);
  EXPECT_EQ(field.category, "user.contact.email");
  EXPECT_EQ(field.verdict_by->id, engineer_.actor.id);
  EXPECT_EQ(field.verdict_at, clock().Now());
  EXPECT_THAT(Recorded(), Contains("datamap.field.decided"));
}

TEST_P(ChangesTest, ARejectionStandsOverRescansAndIsNotAskedAgain) {
  ASSERT_TRUE(Reject(Open()).ok());
  (void)Scanned();
  const DataField field = Field("email");
  EXPECT_EQ(field.verdict, Verdict::kRejected);
  EXPECT_EQ(field.category, "none");
  EXPECT_EQ(field.verdict_reason, "Invented addresses");
  EXPECT_THAT(Open(), IsEmpty());
}

TEST_P(ChangesTest, AVerdictComesUpAgainWhenTheDataIsOfAnotherKind) {
  Write("desk.csv", "entry\nana@example.org\nben@example.org\neva@example.org\n");
  (void)Scanned();
  ASSERT_TRUE(Reject(Open()).ok());
  // Printed in ISO 13616 and in national registries as examples.
  Write("desk.csv", "entry\nDE89370400440532013000\nGB82WEST12345698765432\nFR1420041010050500013M02606\n");
  (void)Scanned();
  const auto open = Listed();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].kind, ChangeKind::kChanged);
  EXPECT_THAT(open[0].category_now, testing::StartsWith("user.financial"));
  EXPECT_EQ(Field("entry").category, "none") << "until somebody decides, what was said counts";
}

TEST_P(ChangesTest, AFieldMayBePutIntoAnotherCategory) {
  ASSERT_TRUE(Recategorize(Open(), "user.contact").ok());
  const DataField field = Field("email");
  EXPECT_EQ(field.verdict, Verdict::kChanged);
  EXPECT_EQ(field.category, "user.contact");
  EXPECT_EQ(field.detected_category, "user.contact.email");
  (void)Scanned();
  EXPECT_EQ(Field("email").category, "user.contact");
}

TEST_P(ChangesTest, WhatTheDetectorMissedMayBeNamed) {
  const auto noted = Listed({.state = ChangeState::kNoted});
  const auto points = std::ranges::find(noted, "points", &MapChange::field_name);
  ASSERT_NE(points, noted.end());
  ASSERT_TRUE(Recategorize({points->id}, "user.behavior").ok());
  EXPECT_EQ(Field("points").category, "user.behavior");
}

TEST_P(ChangesTest, ACategoryThatIsNotOneOfPersonalDataIsRefused) {
  EXPECT_EQ(Refusal(Recategorize(Open(), "user.contact.carrier_pigeon")), "datamap.category_unknown");
  EXPECT_EQ(Refusal(Recategorize(Open(), "none")), "datamap.category_unknown");
  EXPECT_EQ(Refusal(Recategorize(Open(), "system.operations")), "datamap.category_unknown");
}

TEST_P(ChangesTest, UndoingBringsBackTheVerdictOfBefore) {
  const auto ids = Open();
  ASSERT_TRUE(Confirm(ids).ok());
  EXPECT_EQ(Refusal(Reject(ids)), "datamap.change_decided");
  ASSERT_TRUE(Undo(ids).ok());
  EXPECT_EQ(Open(), ids);
  EXPECT_EQ(Field("email").verdict, Verdict::kProposed);
  EXPECT_FALSE(Field("email").verdict_by.has_value());
  ASSERT_TRUE(Reject(ids).ok());
  ASSERT_TRUE(Undo(ids).ok());
  EXPECT_EQ(Field("email").category, "user.contact.email");
  EXPECT_EQ(Refusal(Undo(ids)), "datamap.change_not_decided");
  EXPECT_THAT(Recorded(), Contains("datamap.field.reopened"));
}

TEST_P(ChangesTest, ADecisionIsNotUndoneBehindANewerChange) {
  const auto first = Open();
  ASSERT_TRUE(Confirm(first).ok());
  Write("customers.csv", "email,points\n+351 21 555 0123,1\n+49 30 5550 124,2\n+44 20 7946 0123,3\n");
  (void)Scanned();
  EXPECT_EQ(Refusal(Undo(first)), "datamap.change_decided_since");
}

TEST_P(ChangesTest, WhatALaterScanSawOtherwiseIsNotDecided) {
  const auto first = Open();
  Write("customers.csv", "email,points\n+351 21 555 0123,1\n+49 30 5550 124,2\n+44 20 7946 0123,3\n");
  (void)Scanned();
  EXPECT_EQ(Refusal(Confirm(first)), "datamap.change_superseded");
  EXPECT_THAT(Open(), SizeIs(1));
}

TEST_P(ChangesTest, AFieldThatIsGoneIsTakenNoteOf) {
  ASSERT_TRUE(Confirm(Open()).ok());
  Write("customers.csv", "points\n1\n2\n");
  (void)Scanned();
  const auto gone = Open();
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(Refusal(Reject(gone)), "datamap.change_is_gone");
  ASSERT_TRUE(Confirm(gone).ok());
  EXPECT_THAT(Open(), IsEmpty());
  EXPECT_EQ(Field("email").verdict, Verdict::kConfirmed);
  EXPECT_THAT(Recorded(), Contains("datamap.change.acknowledged"));
  ASSERT_TRUE(Undo(gone).ok());
  EXPECT_EQ(Open(), gone);
}

TEST_P(ChangesTest, AllAreDecidedOrNone) {
  const auto open = Open();
  EXPECT_EQ(Refusal(Confirm({open[0], ChangeId::NewRandom()})), "datamap.change_unknown");
  EXPECT_EQ(Open(), open);
  EXPECT_THAT(Recorded(), Not(Contains("datamap.field.decided")));
}

TEST_P(ChangesTest, ACollectionAsAWholeIsNotDecided) {
  const auto noted = Listed({.state = ChangeState::kNoted});
  const auto whole = std::ranges::find(noted, std::optional<FieldId>(), &MapChange::field);
  ASSERT_NE(whole, noted.end());
  EXPECT_EQ(Refusal(Confirm({whole->id})), "datamap.change_of_collection");
}

TEST_P(ChangesTest, AreFilteredCountedAndListedPageByPage) {
  EXPECT_THAT(Listed({.category = "user.contact"}), SizeIs(1));
  EXPECT_THAT(Listed({.category = "user.cont"}), IsEmpty()) << "a branch, not letters";
  EXPECT_THAT(Listed({.kind = ChangeKind::kGone}), IsEmpty());
  EXPECT_THAT(Listed({.connection = connection_}), SizeIs(3));
  EXPECT_THAT(Listed({.connection = ConnectionId::NewRandom()}), IsEmpty());
  EXPECT_THAT(Listed({.field = Field("email").id}), SizeIs(1));
  const double sure = Field("email").confidence;
  EXPECT_THAT(Listed({.field = Field("email").id, .confidence_from = sure}), SizeIs(1));
  EXPECT_THAT(Listed({.field = Field("email").id, .confidence_below = sure}), IsEmpty());
  const auto counts = store().Read([&](ReadTx& tx) { return map().changes().Count(tx, {}); }).value();
  EXPECT_EQ(counts.open, 1);
  EXPECT_EQ(counts.open_added, 1);
  EXPECT_EQ(counts.open_gone, 0);
  ChangeFilter filter{.limit = 2};
  const ChangePage page = store().Read([&](ReadTx& tx) { return map().changes().List(tx, filter); }).value();
  ASSERT_TRUE(page.next.has_value());
  filter.before = ChangeId::Parse(*page.next).value();
  EXPECT_THAT(Listed(filter), SizeIs(1));
}

TEST_P(ChangesTest, AFieldIsDecidedByItselfHoweverOften) {
  const auto decide = [&](const std::string& name, const std::string& category) {
    const FieldId id = Field(name).id;
    return store().Write([&](WriteTx& tx) {
      return map().changes().DecideField(tx, engineer_, id, {.category = category, .reason = "Looked at it"});
    });
  };
  ASSERT_TRUE(decide("points", "user.behavior").ok()) << "also where nothing was open";
  EXPECT_EQ(Field("points").category, "user.behavior");
  EXPECT_EQ(Field("points").verdict, Verdict::kChanged);
  ASSERT_TRUE(decide("points", "none").ok());
  EXPECT_EQ(Field("points").category, "none");
  ASSERT_TRUE(decide("email", "user.contact.email").ok());
  EXPECT_EQ(Field("email").verdict, Verdict::kConfirmed);
  EXPECT_THAT(Listed(), IsEmpty());
  EXPECT_EQ(decide("email", "user.nothing").error().code(), "datamap.category_unknown");
  (void)Scanned();
  EXPECT_EQ(Field("email").verdict, Verdict::kConfirmed) << "stands over a rescan";
}

}  // namespace
}  // namespace privity
