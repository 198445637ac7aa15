// The key of the identifier index is replaced: everybody is found all the while, and afterwards the old key opens
// nothing more.
#include "rights/reindexing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rights/identifier_index.h"
#include "rights/restrictions.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ReindexingTest : public RightsTestBase {
 protected:
  void SetUp() override {
    RightsTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    restrictions_ = std::make_unique<Restrictions>(world(), rights(), RestrictionJournal(folder_.path() + "/journal"));
    reindexing_ = std::make_unique<Reindexing>(world());
  }
  void TearDown() override {
    reindexing_.reset();
    restrictions_.reset();
    RightsTestBase::TearDown();
  }
  void NewKey() { ASSERT_TRUE(world().key_home.RotateNamed(IdentifierIndex::kKey).ok()); }
  void Lift() { ASSERT_TRUE(RunJob(std::string(Reindexing::kJob), reindexing_->Handler()).ok()); }
  RightsRequestId Forbidden() {
    const RightsRequestId id = Made(Asked(Right::kRestriction)).id;
    Proven(id);
    const Mandate mandate = MandateFor(id).value();
    EXPECT_TRUE(Write([&](WriteTx& tx) { return restrictions_->Set(tx, mandate); }).ok());
    return id;
  }
  bool IsAllowed(const std::string& kind, const std::string& value) {
    const RestrictionQuestion question{.identifiers = {{.kind = kind, .value = value}}, .purpose = "billing"};
    return Read([&](ReadTx& tx) { return restrictions_->Check(tx, question); })->allowed;
  }
  std::size_t OfAda() {
    return Read([&](ReadTx& tx) { return rights().OfAddress(tx, "ada@example.org"); })->size();
  }
  std::string Hashes() {
    std::string all = WholeTables();
    for (const Row& row :
         Read([](ReadTx& tx) { return tx.Query("SELECT identifier FROM rights_restriction_of"); }).value()) {
      all += row.Get<std::string>(0) + "\n";
    }
    return all;
  }

  TempDirectory folder_;
  std::unique_ptr<Restrictions> restrictions_;
  std::unique_ptr<Reindexing> reindexing_;
};
PRIVITY_ON_EVERY_STORE(ReindexingTest);

TEST_P(ReindexingTest, HashesStandOnEachOther) {
  const Identifier ada{.kind = "email", .value = "ada@example.org"};
  const std::string first = IdentifierIndex(world().key_home).Of(ada);
  NewKey();
  const IdentifierIndex second(world().key_home);
  EXPECT_THAT(second.Of(ada), StartsWith("2:"));
  EXPECT_THAT(second.All(ada), ElementsAre(second.Of(ada), first));
  EXPECT_EQ(second.Lifted(first), second.Of(ada));
  EXPECT_EQ(second.Lifted(second.Of(ada)), second.Of(ada));
  EXPECT_EQ(second.Lifted(""), "");
  NewKey();
  const IdentifierIndex third(world().key_home);
  EXPECT_EQ(third.Lifted(first), third.Of(ada));
  EXPECT_EQ(third.Lifted(second.Of(ada)), third.Of(ada));
  EXPECT_THAT(third.All(ada), SizeIs(3));
}

TEST_P(ReindexingTest, EverybodyIsFoundBeforeBetweenAndAfter) {
  const RightsRequestId id = Forbidden();
  const auto expect_found = [&](const char* when) {
    EXPECT_EQ(OfAda(), 1U) << when;
    EXPECT_FALSE(IsAllowed("email", "ADA@example.org")) << when;
    EXPECT_FALSE(IsAllowed("customer_number", "C-1815")) << when;
    EXPECT_TRUE(IsAllowed("email", "bo@example.org")) << when;
    EXPECT_TRUE(Now(id).proven) << when;
    EXPECT_EQ(MandateFor(id)->identifiers.size(), 2U) << when;
  };
  expect_found("before");
  NewKey();
  expect_found("with hashes by the old key");
  Lift();
  expect_found("lifted");
  Lift();
  expect_found("lifted twice");
  NewKey();
  expect_found("with the third key");
  Lift();
  expect_found("by the third key");
}

TEST_P(ReindexingTest, NothingStandsByTheOldKeyAfterwards) {
  Forbidden();
  Made(Asked(Right::kAccess, "grace@example.org"));
  std::vector<std::string> old;
  const IdentifierIndex before(world().key_home);
  for (const char* email : {"ada@example.org", "grace@example.org"}) {
    old.push_back(before.Of({.kind = "email", .value = email}));
  }
  old.push_back(before.Of({.kind = "customer_number", .value = "C-1815"}));
  for (const std::string& hash : old) EXPECT_THAT(Hashes(), HasSubstr(hash)) << "or the test looks at nothing";
  NewKey();
  Lift();
  for (const std::string& hash : old) EXPECT_THAT(Hashes(), Not(HasSubstr(hash)));
}

// Nothing of the person is left but the hash, and it is lifted all the same.
TEST_P(ReindexingTest, WhatAMinimizedRequestForbadeStandsOn) {
  const RightsRequestId id = Forbidden();
  ASSERT_TRUE(Move(id, RequestStep::kWithdraw).ok());
  clock().Advance(std::chrono::days(91));
  ASSERT_EQ(rights().Minimize(10).value(), 1);
  NewKey();
  Lift();
  NewKey();
  Lift();
  EXPECT_FALSE(IsAllowed("email", "ada@example.org"));
  EXPECT_TRUE(IsAllowed("email", "bo@example.org"));
}

TEST_P(ReindexingTest, AVisitThatBeganBeforeGoesOn) {
  const RightsRequestId id = Made(Asked(Right::kAccess)).id;
  const auto visit =
      Write([&](WriteTx& tx) { return portal().Begin(tx, "ada@example.org", "en", "192.0.2.7"); }).value();
  RunJobs();
  NewKey();
  ASSERT_TRUE(portal().Confirm(visit.cookie, CodeInTheMail()).ok());
  EXPECT_THAT(Now(id).proofs, SizeIs(1));
  const auto sees = [&] {
    return Read([&](ReadTx& tx) -> Result<std::size_t> {
             PRIVITY_TRY(const ProvenPerson person, portal().Who(tx, visit.cookie));
             PRIVITY_TRY(const auto own, rights().OfPerson(tx, person));
             return own.size();
           })
        .value();
  };
  EXPECT_EQ(sees(), 1U);
  NewKey();
  EXPECT_EQ(sees(), 1U);
  Lift();
  EXPECT_EQ(sees(), 1U);
}

// As it was when the process ended in the middle: some rows are lifted, and the job begins again.
TEST_P(ReindexingTest, GoesOnOverMoreThanOneBite) {
  const IdentifierIndex before(world().key_home);
  const RightsRequestId id = Forbidden();
  const std::int64_t many = 2 * Reindexing::kAtOnce + 7;
  ASSERT_TRUE(Write([&](WriteTx& tx) -> Status {
                PRIVITY_TRY(const auto row, tx.QueryOne("SELECT id FROM rights_restriction"));
                for (std::int64_t i = 0; i < many; ++i) {
                  const std::string number = "N-" + std::to_string(i);
                  PRIVITY_TRY_VOID(
                      tx.Execute("INSERT INTO rights_restriction_of (restriction, identifier) VALUES ($1, $2)",
                                 {row->Get<std::string>(0), before.Of({.kind = "number", .value = number})}));
                }
                return Ok();
              }).ok());
  NewKey();
  const IdentifierIndex after(world().key_home);
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                const Identifier lifted{.kind = "number", .value = "N-3"};
                return tx.Execute("UPDATE rights_restriction_of SET identifier = $2 WHERE identifier = $1",
                                  {before.Of(lifted), after.Of(lifted)});
              }).ok());
  Lift();
  const auto left = Read([](ReadTx& tx) {
    return tx.QueryOne("SELECT count(*) FROM rights_restriction_of WHERE identifier NOT LIKE '2:%'");
  });
  EXPECT_EQ((*left)->Get<std::int64_t>(0), 0);
  for (const char* number : {"N-0", "N-3", "N-406"}) EXPECT_FALSE(IsAllowed("number", number)) << number;
  EXPECT_EQ(Now(id).state, RequestState::kVerified);
}

}  // namespace
}  // namespace privity
