#include "rights/portal.h"

#include <gmock/gmock.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

class PortalTest : public RightsTestBase {
 protected:
  Result<PortalVisit> Begin(const std::string& email, const std::string& network = "192.0.2.7") {
    return Write([&](WriteTx& tx) { return portal().Begin(tx, email, "en", network); });
  }
  PortalVisit Visit(const std::string& email) {
    const auto visit = Begin(email);
    EXPECT_TRUE(visit.ok()) << visit.error().DebugString();
    RunJobs();
    return visit.value();
  }
  std::string Confirm(const PortalVisit& visit, const std::string& code) {
    clock().Advance(2ms);
    const Status status = portal().Confirm(visit.cookie, code);
    return status.ok() ? "" : status.error().code();
  }
  bool Knows(const PortalVisit& visit) {
    return Read([&](ReadTx& tx) { return portal().Who(tx, visit.cookie); }).ok();
  }
  static std::string Wrong(std::string code) {
    code[0] = code[0] == '1' ? '2' : '1';
    return code;
  }
};
PRIVITY_ON_EVERY_STORE(PortalTest);

TEST_P(PortalTest, ACodeThatComesBackProvesTheAddressAndNothingElse) {
  RightsRequestId made;
  const auto visit =
      Write([&](WriteTx& tx) { return portal().Ask(tx, Asked(Right::kErasure), "192.0.2.7", &made); }).value();
  RunJobs();
  EXPECT_FALSE(Knows(visit));
  const std::string code = CodeInTheMail();
  EXPECT_THAT(code, SizeIs(8));
  EXPECT_EQ(Confirm(visit, code.substr(0, 4) + " " + code.substr(4)), "");
  EXPECT_TRUE(Knows(visit));
  const RightsRequest proven = Now(made);
  EXPECT_EQ(proven.state, RequestState::kVerified);
  EXPECT_EQ(proven.proofs.at(0).method, ProofMethod::kEmailCode);
  // The customer number was claimed beside it; a mailbox does not prove it.
  EXPECT_THAT(MandateFor(made)->identifiers, testing::ElementsAre(Identifier{"email", "ada@example.org"}));
}

TEST_P(PortalTest, SeesOnlyTheRequestsOfItsOwnAddress) {
  const RightsRequest own = Made(Asked(Right::kErasure));
  const RightsRequest other = Made(Asked(Right::kErasure, "ben@example.org"));
  const PortalVisit visit = Visit("Ada@example.org");
  ASSERT_EQ(Confirm(visit, CodeInTheMail()), "");
  const ProvenPerson person = Read([&](ReadTx& tx) { return portal().Who(tx, visit.cookie); }).value();
  EXPECT_THAT(Read([&](ReadTx& tx) { return rights().OfPerson(tx, person); }).value(), SizeIs(1));
  EXPECT_TRUE(Read([&](ReadTx& tx) { return rights().OfPerson(tx, person, own.id); }).ok());
  EXPECT_EQ(Read([&](ReadTx& tx) { return rights().OfPerson(tx, person, other.id); }).error().code(),
            "rights.request_unknown");
  EXPECT_FALSE(MandateFor(other.id).ok());
}

TEST_P(PortalTest, AWrongCodeIsTakenFiveTimesAndThenTheRightOneIsNotEither) {
  Made(Asked(Right::kErasure));
  const PortalVisit visit = Visit("ada@example.org");
  const std::string code = CodeInTheMail();
  for (int i = 0; i < kCodeTries; ++i) EXPECT_EQ(Confirm(visit, Wrong(code)), "rights.code_wrong");
  EXPECT_EQ(Confirm(visit, code), "rights.code_wrong");
  EXPECT_FALSE(Knows(visit));
}

TEST_P(PortalTest, ACodeWorksOnceForTenMinutesInTheBrowserThatAsked) {
  Made(Asked(Right::kErasure));
  const PortalVisit first = Visit("ada@example.org");
  const std::string code = CodeInTheMail();
  const PortalVisit other = Visit("ada@example.org");
  const std::string other_code = CodeInTheMail();
  EXPECT_EQ(Confirm(other, code), "rights.code_wrong");
  EXPECT_EQ(Confirm({SecretString("forged"), {}}, code), "rights.code_wrong");
  EXPECT_EQ(Confirm({SecretString(""), {}}, ""), "rights.code_wrong");
  EXPECT_EQ(Confirm(first, code), "");
  EXPECT_EQ(Confirm(first, code), "rights.code_wrong");  // replayed
  clock().Advance(kCodeLifetime);
  EXPECT_EQ(Confirm(other, other_code), "rights.code_wrong");
}

TEST_P(PortalTest, AVisitEndsByItselfAndWhenAskedTo) {
  Made(Asked(Right::kErasure));
  const PortalVisit visit = Visit("ada@example.org");
  ASSERT_EQ(Confirm(visit, CodeInTheMail()), "");
  const PortalVisit second = Visit("ada@example.org");
  ASSERT_EQ(Confirm(second, CodeInTheMail()), "");
  ASSERT_TRUE(Write([&](WriteTx& tx) { return portal().End(tx, second.cookie); }).ok());
  EXPECT_FALSE(Knows(second));
  EXPECT_TRUE(Knows(visit));
  clock().Advance(kVisitLifetime);
  EXPECT_FALSE(Knows(visit));
  ASSERT_TRUE(Write([&](WriteTx& tx) { return portal().Sweep(tx); }).ok());
  EXPECT_EQ(Count("rights_portal_session"), 0);
}

// The same rows and the same job for an address that nobody knows; only the job, later, writes no letter.
TEST_P(PortalTest, AsksAlikeForSomebodyWhoIsNotThere) {
  Made(Asked(Right::kErasure));
  const std::int64_t letters = Count("mail_message");
  const std::int64_t jobs = Count("jobs_job");
  ASSERT_TRUE(Begin("nobody@example.org").ok());
  EXPECT_EQ(Count("jobs_job"), jobs + 1);
  EXPECT_EQ(Count("rights_portal_session"), 1);
  ASSERT_TRUE(Begin("ada@example.org").ok());
  EXPECT_EQ(Count("jobs_job"), jobs + 2);
  EXPECT_EQ(Count("rights_portal_session"), 2);
  RunJobs();
  EXPECT_EQ(Count("mail_message"), letters + 1);
  const PortalVisit nobody = Visit("nobody@example.org");
  for (int i = 0; i < kCodeTries + 1; ++i) EXPECT_EQ(Confirm(nobody, "12345678"), "rights.code_wrong");
}

TEST_P(PortalTest, GuessingIsStoppedWhateverTheBrowser) {
  Made(Asked(Right::kErasure));
  // As many visits as an address gets in an hour, for as long as it takes.
  int wrong = 0;
  std::string last;
  for (int round = 0; round < 6; ++round) {
    const PortalVisit visit = Visit("ada@example.org");
    const std::string code = CodeInTheMail();
    for (int i = 0; i < kCodeTries; ++i) {
      last = Confirm(visit, Wrong(code));
      wrong += last == "rights.code_wrong";
    }
    clock().Advance(1h);
  }
  EXPECT_EQ(wrong, kWrongCodesMax);
  EXPECT_EQ(last, "rights.too_many_tries");
  const PortalVisit visit = Visit("ada@example.org");
  EXPECT_EQ(Confirm(visit, CodeInTheMail()), "rights.too_many_tries");
}

TEST_P(PortalTest, CodesAndVisitsAreLimitedAndTheCountersNameNobody) {
  Made(Asked(Right::kErasure));
  for (const char* const email : {"ada@example.org", "nobody@example.org"}) {
    for (int i = 0; i < kCodesOfAddressMax; ++i) EXPECT_TRUE(Begin(email, "198.51.100." + std::to_string(i)).ok());
    EXPECT_EQ(Begin(email, "198.51.100.99").error().code(), "rights.too_many_tries") << email;
  }
  for (int i = 0; i < kVisitsOfNetworkMax; ++i) {
    EXPECT_TRUE(Begin("p" + std::to_string(i) + "@example.org", "203.0.113.5").ok());
  }
  EXPECT_EQ(Begin("one.more@example.org", "203.0.113.5").error().code(), "rights.too_many_tries");
  EXPECT_THAT(WholeTables(), Not(HasSubstr("@example.org")));
  clock().Advance(1h);
  EXPECT_TRUE(Begin("ada@example.org", "203.0.113.5").ok());
}

TEST_P(PortalTest, ABrowserThatProvedAnAddressAsksForItAgainWithoutACodeAndForNoOther) {
  const PortalVisit visit = Visit("ada@example.org");
  ASSERT_EQ(Confirm(visit, CodeInTheMail()), "rights.code_wrong");  // nobody is known there yet
  Made(Asked(Right::kErasure));
  const PortalVisit known = Visit("ada@example.org");
  ASSERT_EQ(Confirm(known, CodeInTheMail()), "");
  RightsRequestId made;
  const auto ask = [&](const NewRightsRequest& request, const PortalVisit& from) {
    return Write([&](WriteTx& tx) { return portal().Ask(tx, request, "203.0.113.5", &made, from.cookie); });
  };
  EXPECT_TRUE(ask(Asked(Right::kAccess), known).value().proven);
  EXPECT_EQ(Now(made).state, RequestState::kVerified);
  EXPECT_FALSE(ask(Asked(Right::kAccess, "ben@example.org"), known).value().proven);
  EXPECT_EQ(Now(made).state, RequestState::kReceived);
  EXPECT_FALSE(ask(Asked(Right::kAccess), visit).value().proven);
  for (int i = 3; i < kVisitsOfNetworkMax; ++i) EXPECT_TRUE(ask(Asked(Right::kAccess), known).ok());
  EXPECT_EQ(ask(Asked(Right::kAccess), known).error().code(), "rights.too_many_tries");
}

TEST_P(PortalTest, ThePersonWithdrawsAndAppealsAndTheLedgerKnows) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  const auto step = [&](RequestStep one) {
    return Write([&](WriteTx& tx) { return rights().StepByPerson(tx, made.id, one, "Please look again."); });
  };
  EXPECT_EQ(step(RequestStep::kAppeal).error().code(), "rights.no_such_step");
  EXPECT_EQ(step(RequestStep::kApprove).error().code(), "rights.no_such_step");
  EXPECT_EQ(step(RequestStep::kReopen).error().code(), "rights.no_such_step");
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Refuse(tx, staff_, made.id, "legal_obligation", "No."); }).ok());
  EXPECT_EQ(step(RequestStep::kAppeal)->state, RequestState::kAppealed);
  EXPECT_THAT(Recorded().back(), HasSubstr(R"("kind":"subject")"));
}

}  // namespace
}  // namespace privity
