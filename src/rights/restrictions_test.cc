#include "rights/restrictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RestrictionsTest : public RightsTestBase {
 protected:
  void SetUp() override {
    RightsTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    restrictions_ = std::make_unique<Restrictions>(world(), rights(), journal_);
  }
  void TearDown() override {
    restrictions_.reset();
    RightsTestBase::TearDown();
  }
  RightsRequestId Forbid(Right right, std::optional<std::string> purpose = {}, std::string email = "ada@example.org") {
    NewRightsRequest asked = Asked(right, std::move(email));
    asked.content.purpose = std::move(purpose);
    const RightsRequestId id = Made(asked).id;
    Proven(id);
    const Mandate mandate = MandateFor(id).value();
    EXPECT_TRUE(Write([&](WriteTx& tx) { return restrictions_->Set(tx, mandate); }).ok());
    EXPECT_TRUE(Write([&](WriteTx& tx) { return restrictions_->Set(tx, mandate); }).ok()) << "twice is once";
    return id;
  }
  RestrictionAnswer Check(std::optional<std::string> purpose, std::string email = "ada@example.org") {
    return Read([&](ReadTx& tx) {
             return restrictions_->Check(
                 tx, {.identifiers = {{.kind = "email", .value = std::move(email)}}, .purpose = std::move(purpose)});
           })
        .value();
  }
  std::vector<Restriction> All() {
    return Read([&](ReadTx& tx) { return restrictions_->List(tx, {.lifted = true}); })->items;
  }
  TempDirectory folder_;
  const RestrictionJournal journal_{folder_.path() + "/restrictions"};
  std::unique_ptr<Restrictions> restrictions_;
};
PRIVITY_ON_EVERY_STORE(RestrictionsTest);

TEST_P(RestrictionsTest, ARestrictionStandsAgainstEveryUseOfThisPersonAlone) {
  Forbid(Right::kRestriction);
  EXPECT_FALSE(Check("billing").allowed);
  EXPECT_FALSE(Check({}).allowed);
  EXPECT_FALSE(Check("billing", " ADA@example.org").allowed) << "however it is spelled";
  EXPECT_TRUE(Check("billing", "bo@example.org").allowed);
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_P(RestrictionsTest, AnObjectionStandsAgainstItsPurposeAndAllBelow) {
  Forbid(Right::kObjection, "marketing");
  EXPECT_FALSE(Check("marketing").allowed);
  EXPECT_FALSE(Check("marketing.email").allowed);
  EXPECT_TRUE(Check("marketingless").allowed);
  EXPECT_TRUE(Check("billing").allowed);
  EXPECT_FALSE(Check({}).allowed) << "whoever names no purpose may mean this one";
}

TEST_P(RestrictionsTest, AWithdrawnConsentWithoutAPurposeIsOfAll) {
  Forbid(Right::kConsentWithdrawal);
  EXPECT_FALSE(Check("profiling").allowed);
}

TEST_P(RestrictionsTest, OtherRightsForbidNothing) {
  Forbid(Right::kErasure);
  EXPECT_TRUE(Check({}).allowed);
  EXPECT_THAT(All(), IsEmpty());
}

TEST_P(RestrictionsTest, IsLiftedOnceAndThePersonIsTold) {
  const RightsRequestId request = Forbid(Right::kRestriction);
  const RestrictionId id = All().front().id;
  const auto lift = [&] {
    return Write([&](WriteTx& tx) { return restrictions_->Lift(tx, staff_, id, "The invoice is settled."); });
  };
  ASSERT_TRUE(lift().ok());
  EXPECT_TRUE(Check("billing").allowed);
  EXPECT_TRUE(lift().error().Is("rights.restriction_lifted"));
  const auto messages = Write([&](WriteTx& tx) { return rights().Messages(tx, staff_, request); });
  EXPECT_EQ(messages->back().text, "The invoice is settled.");
  EXPECT_THAT(All(), SizeIs(1)) << "what stood is not forgotten";
  EXPECT_THAT(Read([&](ReadTx& tx) { return restrictions_->List(tx, {}); })->items, IsEmpty());
}

TEST_P(RestrictionsTest, OnlyHashesSayWhomItIsAbout) {
  Forbid(Right::kRestriction);
  const auto rows = Read([&](ReadTx& tx) { return tx.Query("SELECT identifier FROM rights_restriction_of"); });
  ASSERT_FALSE(rows->empty());
  for (const Row& row : *rows) EXPECT_THAT(row.Get<std::string>(0), Not(HasSubstr("example.org")));
}

TEST_P(RestrictionsTest, WhatARestoredBackupForgotStandsAgain) {
  Forbid(Right::kObjection, "marketing");
  Forbid(Right::kRestriction, {}, "bo@example.org");
  // As a backup from before the objection leaves the store.
  ASSERT_TRUE(Write([&](WriteTx& tx) -> Status {
                PRIVITY_TRY_VOID(
                    tx.Execute("DELETE FROM rights_restriction_of WHERE restriction IN (SELECT id FROM "
                               "rights_restriction WHERE claim = 'objection')"));
                PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_restriction WHERE claim = 'objection'"));
                return Ok();
              }).ok());
  ASSERT_TRUE(Check("marketing").allowed);
  EXPECT_EQ(restrictions_->Restore().value(), 1);
  EXPECT_FALSE(Check("marketing").allowed);
  EXPECT_EQ(restrictions_->Restore().value(), 0);
}

TEST_P(RestrictionsTest, WhatDidNotComeToPassLeavesNothingBesideItsSuccessor) {
  const RightsRequestId id = Made(Asked(Right::kRestriction)).id;
  Proven(id);
  const Mandate mandate = MandateFor(id).value();
  const auto failed = Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(restrictions_->Set(tx, mandate));
    return Error("rights.request_unknown");  // as a crash, a full disk, a conflict
  });
  ASSERT_FALSE(failed.ok());
  ASSERT_TRUE(All().empty());
  ASSERT_EQ(journal_.Entries()->size(), 1u);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return restrictions_->Set(tx, mandate); }).ok());
  ASSERT_EQ(journal_.Entries()->size(), 1u);
  EXPECT_EQ(journal_.Entries()->front().id, All().front().id);
}

TEST_P(RestrictionsTest, TheJournalForgetsWhatWasLifted) {
  Forbid(Right::kRestriction);
  ASSERT_EQ(journal_.Entries()->size(), 1u);
  ASSERT_TRUE(restrictions_->Sweep().ok());
  ASSERT_EQ(journal_.Entries()->size(), 1u) << "it stands";
  const RestrictionId lifted = All().front().id;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return restrictions_->Lift(tx, staff_, lifted, "It ends."); }).ok());
  ASSERT_TRUE(restrictions_->Sweep().ok());
  EXPECT_TRUE(journal_.Entries()->empty());
}

TEST_P(RestrictionsTest, NothingOutweighsAnObjectionToDirectMarketing) {
  NewRightsRequest asked = Asked(Right::kObjection);
  asked.content.purpose = "marketing.email";
  const RightsRequestId id = Made(asked).id;
  Proven(id);
  const auto refuse = [&](const std::string& ground) {
    return Write([&](WriteTx& tx) { return rights().Refuse(tx, staff_, id, ground, "We have reasons."); });
  };
  EXPECT_TRUE(refuse("compelling_grounds").error().Is("rights.objection_absolute"));
  EXPECT_TRUE(refuse("unfounded_or_excessive").ok()) << "Art. 12(5) is of every right";
}

TEST_P(RestrictionsTest, AnotherObjectionCanBeOutweighed) {
  NewRightsRequest asked = Asked(Right::kObjection);
  asked.content.purpose = "fraud_prevention";
  const RightsRequestId id = Made(asked).id;
  Proven(id);
  EXPECT_TRUE(Write([&](WriteTx& tx) {
                return rights().Refuse(tx, staff_, id, "compelling_grounds", "Fraud has to be prevented.");
              }).ok());
}

}  // namespace
}  // namespace privity
