#include "rights/requests.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

// What is written in a request stays there: no line of it stands in clear in any table or in the ledger.
class RequestsTest : public RightsTestBase {};
PRIVITY_ON_EVERY_STORE(RequestsTest);

TEST_P(RequestsTest, KeepsWhatItWasGivenSealedAndOpensItOnTheRecord) {
  const RightsRequest made = Made(Asked(Right::kAccess));
  const auto content = Write([&](WriteTx& tx) { return rights().Content(tx, staff_, made.id); });
  EXPECT_EQ(*content, Asked(Right::kAccess).content);
  Proven(made.id);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Message(tx, staff_, made.id, "Dear Ada Lovelace"); }).ok());
  const std::string kept = WholeTables();
  for (const char* const word : {"Lovelace", "ada@example.org", "C-1815", "What do you hold", "Passport"}) {
    EXPECT_THAT(kept, Not(HasSubstr(word)));
    EXPECT_THAT(Recorded(), Not(Contains(HasSubstr(word))));
  }
  EXPECT_THAT(Recorded(), Contains(HasSubstr("rights.content.opened")));
  const auto history = Read([&](ReadTx& tx) { return rights().History(tx, made.id); }).value();
  EXPECT_THAT(history, SizeIs(3));
  EXPECT_EQ(history[1].note, "Passport seen; copy destroyed.");
  EXPECT_EQ(history[1].actor, staff_.actor);
}

TEST_P(RequestsTest, IsDueWhenTheLawSaysAndSaysWhy) {
  clock().Set(TimeZone::Parse("Europe/Berlin")->StartOfDay(Date::Parse("2026-03-05").value()) + 14h);
  const RightsRequest made = Made(Asked(Right::kAccess));
  ASSERT_THAT(made.deadlines, SizeIs(1));
  // One month, and then over Easter: 5 April is a Sunday, 6 April a holiday in Germany.
  EXPECT_EQ(made.deadlines[0].day->ToString(), "2026-04-07");
  EXPECT_EQ(made.deadlines[0].article, "Art. 12(3)");
  EXPECT_EQ(made.deadlines[0].calendar, "DE");
  EXPECT_FALSE(made.overdue);
  clock().Advance(34 * 24h);
  EXPECT_TRUE(Now(made.id).overdue);
  const auto late = Write([&](WriteTx& tx) { return rights().Extend(tx, staff_, made.id, "Many stores."); });
  EXPECT_EQ(late.error().code(), "rights.extension_late");
}

TEST_P(RequestsTest, IsExtendedOnceWithNoticeAndForgetsNoEarlierDate) {
  const RightsRequest made = Made(Asked(Right::kAccess));
  const auto extend = [&] {
    return Write([&](WriteTx& tx) { return rights().Extend(tx, staff_, made.id, "Many stores have to be asked."); });
  };
  const RightsRequest longer = extend().value();
  EXPECT_TRUE(longer.extended);
  EXPECT_EQ(longer.deadlines[0].rule.value, 3);
  EXPECT_EQ(extend().error().code(), "rights.extended_already");
  const auto all = Read([&](ReadTx& tx) { return rights().Computations(tx, made.id); }).value();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].due, made.deadlines[0].due);
  const auto messages = Write([&](WriteTx& tx) { return rights().Messages(tx, staff_, made.id); }).value();
  EXPECT_EQ(messages.at(0).text, "Many stores have to be asked.");
  const RightsRequest opted = Made(Asked(Right::kObjection, "ada@example.org", "us-ca-ccpa"));
  const auto refused = Write([&](WriteTx& tx) { return rights().Extend(tx, staff_, opted.id, "Busy."); });
  EXPECT_EQ(refused.error().code(), "law.extension_unknown");
  EXPECT_FALSE(Now(opted.id).extended);
}

TEST_P(RequestsTest, TheClockStandsWhileThePersonIsAskedWhereTheLawLetsIt) {
  const RightsRequest british = Made(Asked(Right::kAccess, "ada@example.org", "gb-ukgdpr"));
  const auto pause = [&](const RightsRequestId& id) {
    return Write([&](WriteTx& tx) { return rights().Pause(tx, staff_, id, "Which account do you mean?"); });
  };
  EXPECT_TRUE(pause(british.id)->paused);
  EXPECT_EQ(pause(british.id).error().code(), "rights.paused_already");
  clock().Advance(5 * 24h);
  // The answer of the person lets it run again.
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().MessageFromPerson(tx, british.id, "The shop."); }).ok());
  const RightsRequest later = Now(british.id);
  EXPECT_FALSE(later.paused);
  EXPECT_GE(later.deadlines.back().due - british.deadlines.back().due, 5 * 24h);
  const RightsRequest californian = Made(Asked(Right::kAccess, "ada@example.org", "us-ca-ccpa"));
  EXPECT_EQ(pause(californian.id).error().code(), "rights.not_pausable");
}

// CCPA regs 7026(d), 7027(e): nobody who opts out is asked who they are, and nobody has to wait for a person.
TEST_P(RequestsTest, WhatNobodyMayBeAskedToProveGoesByItself) {
  NewRightsRequest asked = Asked(Right::kObjection, "ada@example.org", "us-ca-ccpa");
  asked.content.purpose = "sale";
  const RightsRequest made = Made(asked);
  EXPECT_EQ(made.state, RequestState::kVerified);
  EXPECT_THAT(fulfilment().planned, ElementsAre(made.id));
  EXPECT_THAT(MandateFor(made.id)->identifiers, SizeIs(2));
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p1"}); }).ok());
  EXPECT_EQ(Now(made.id).state, RequestState::kRunning);
  EXPECT_THAT(fulfilment().started, ElementsAre(made.id.ToString() + " p1"));
  EXPECT_TRUE(MandateFor(made.id)->may_execute);
  const auto history = Read([&](ReadTx& tx) { return rights().History(tx, made.id); }).value();
  EXPECT_THAT(history.at(1).note.value_or(""), HasSubstr("regs 7026(d), 7027(e)"));
  EXPECT_EQ(history.at(1).actor.kind, ActorKind::kSystem);
  EXPECT_EQ(Made(Asked(Right::kRestriction, "bo@example.org", "us-ca-ccpa")).state, RequestState::kVerified);
}

TEST_P(RequestsTest, NothingElseGoesByItself) {
  NewRightsRequest asked = Asked(Right::kObjection, "ada@example.org", "us-ca-ccpa");
  // To everything, and to what this law knows no opt-out of: a person skips the proof, or asks for one.
  EXPECT_EQ(Made(asked).state, RequestState::kReceived);
  asked.content.purpose = "marketing";
  EXPECT_EQ(Made(asked).state, RequestState::kReceived);
  asked.law = "eu-gdpr";
  asked.content.purpose = "sale";
  EXPECT_EQ(Made(asked).state, RequestState::kReceived);
  EXPECT_EQ(Made(Asked(Right::kErasure, "ada@example.org", "us-ca-ccpa")).state, RequestState::kReceived);
  EXPECT_THAT(fulfilment().planned, IsEmpty());
}

TEST_P(RequestsTest, WhatWasSkippedForOneOptOutHoldsForNothingElse) {
  NewRightsRequest asked = Asked(Right::kObjection, "ada@example.org", "us-ca-ccpa");
  asked.content.purpose = "sale";
  const RightsRequest made = Made(asked);
  const auto edit = [&](const RequestContent& content) {
    return Write([&](WriteTx& tx) { return rights().EditContent(tx, staff_, made.id, content); }).value();
  };
  RequestContent other = asked.content;
  other.purpose = "marketing";
  EXPECT_EQ(edit(other).state, RequestState::kProving);
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_proven");
  other.purpose = "sharing";
  other.identifiers.push_back({.kind = "phone", .value = "+15550100"});
  EXPECT_EQ(edit(other).state, RequestState::kVerified);
  EXPECT_THAT(MandateFor(made.id)->identifiers, SizeIs(3));
  EXPECT_THAT(fulfilment().planned, SizeIs(2));
}

TEST_P(RequestsTest, APlanThatSomebodyHasToLookAtWaitsForThem) {
  NewRightsRequest asked = Asked(Right::kObjection, "ada@example.org", "us-ca-ccpa");
  asked.content.purpose = "sale";
  const auto state_with = [&](const PlanSummary& plan) {
    const RightsRequestId id = Made(asked).id;
    EXPECT_TRUE(Write([&](WriteTx& tx) { return rights().Planned(tx, id, plan); }).ok());
    return Now(id).state;
  };
  EXPECT_EQ(state_with({.digest = "p1", .stores_missing = 1}), RequestState::kPlanned);
  ASSERT_TRUE(Write([&](WriteTx& tx) -> Status {
                PRIVITY_TRY(RightsSettings settings, rights().Settings(tx));
                settings.second_person = true;
                PRIVITY_TRY_VOID(rights().PutSettings(tx, staff_, settings, {}));
                return Ok();
              }).ok());
  EXPECT_EQ(state_with({.digest = "p1"}), RequestState::kPlanned);
  EXPECT_THAT(fulfilment().started, IsEmpty());
}

TEST_P(RequestsTest, GoesFromTheFirstWordToTheAnswerOnlyThroughAMandate) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_proven");
  EXPECT_EQ(Write([&](WriteTx& tx) { return rights().StartPlan(tx, staff_, made.id); }).error().code(),
            "rights.not_proven");
  EXPECT_EQ(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p0"}); }).error().code(),
            "rights.no_such_step");
  Running(made.id);
  EXPECT_THAT(fulfilment().planned, ElementsAre(made.id));
  EXPECT_THAT(fulfilment().started, ElementsAre(made.id.ToString() + " p1"));
  const Mandate mandate = MandateFor(made.id).value();
  EXPECT_TRUE(mandate.may_execute);
  EXPECT_EQ(mandate.plan_digest, "p1");
  EXPECT_THAT(mandate.identifiers,
              ElementsAre(Identifier{"email", "ada@example.org"}, Identifier{"customer_number", "C-1815"}));
  for (const FulfilmentStage stage :
       {FulfilmentStage::kWaitingForStore, FulfilmentStage::kRunning, FulfilmentStage::kChecking,
        FulfilmentStage::kRunning, FulfilmentStage::kChecking, FulfilmentStage::kChecked}) {
    ASSERT_TRUE(Report(made.id, stage).ok()) << EnumText(stage);
    ASSERT_TRUE(Report(made.id, stage).ok()) << "twice " << EnumText(stage);
  }
  const auto answered = Write([&](WriteTx& tx) { return rights().Answer(tx, staff_, made.id, "It is done."); });
  EXPECT_EQ(answered->state, RequestState::kAnswered);
  EXPECT_TRUE(answered->finished_at);
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_in_hand");
}

TEST_P(RequestsTest, WithdrawnThereIsNoMandateAndWhoeverFulfilsIsTold) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  Proven(made.id);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().StartPlan(tx, staff_, made.id); }).ok());
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p1"}); }).ok());
  ASSERT_TRUE(Move(made.id, RequestStep::kWithdraw, "They called.").ok());
  EXPECT_THAT(fulfilment().cancelled, ElementsAre(made.id));
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_in_hand");
  EXPECT_FALSE(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p2"}); }).ok());
}

TEST_P(RequestsTest, WithoutAnybodyWhoFulfilsNothingIsPlanned) {
  rights().SetFulfilment(nullptr);
  const RightsRequest made = Made(Asked(Right::kAccess));
  Proven(made.id);
  EXPECT_EQ(Write([&](WriteTx& tx) { return rights().StartPlan(tx, staff_, made.id); }).error().code(),
            "rights.no_fulfilment");
}

TEST_P(RequestsTest, AnotherAddressIsAnotherPersonUntilProven) {
  const RightsRequest made = Made(Asked(Right::kAccess));
  Proven(made.id);
  RequestContent other = Asked(Right::kAccess).content;
  other.email = "mallory@example.org";
  const auto edit = [&](const RequestContent& content) {
    return Write([&](WriteTx& tx) { return rights().EditContent(tx, staff_, made.id, content); });
  };
  const RightsRequest edited = edit(other).value();
  EXPECT_EQ(edited.state, RequestState::kProving);
  EXPECT_THAT(edited.proofs, IsEmpty());
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_proven");
  // A number that is added later is not among what was proven.
  RequestContent more = Asked(Right::kAccess).content;
  ASSERT_TRUE(edit(more).ok());
  Proven(made.id);
  more.identifiers.push_back({.kind = "customer_number", .value = "C-1"});
  EXPECT_EQ(edit(more)->state, RequestState::kVerified);
  EXPECT_THAT(MandateFor(made.id)->identifiers, Not(Contains(Identifier{"customer_number", "C-1"})));
}

TEST_P(RequestsTest, OtherWordsWantAnotherPlan) {
  const RightsRequest made = Made(Asked(Right::kCorrection));
  Proven(made.id);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p1"}); }).ok());
  RequestContent content = Asked(Right::kCorrection).content;
  content.corrections = {{.category = "user.name", .before = "Ada Byron", .after = "Ada Lovelace"}};
  const auto edited = Write([&](WriteTx& tx) { return rights().EditContent(tx, staff_, made.id, content); });
  EXPECT_EQ(edited->state, RequestState::kVerified);
  EXPECT_FALSE(edited->plan);
  const auto running = Running(Made(Asked(Right::kErasure)).id);
  const auto late = Write([&](WriteTx& tx) { return rights().EditContent(tx, staff_, running.id, content); });
  EXPECT_EQ(late.error().code(), "rights.not_editable");
}

TEST_P(RequestsTest, ASecondPersonApprovesWhereTheCompanyWantsIt) {
  RightsSettings settings;
  settings.second_person = true;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().PutSettings(tx, staff_, settings, {}); }).ok());
  const RightsRequest made = Made(Asked(Right::kErasure));
  Proven(made.id);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().StartPlan(tx, staff_, made.id); }).ok());
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Planned(tx, made.id, {.digest = "p1"}); }).ok());
  const auto approve = [&](const Caller& caller) {
    return Write([&](WriteTx& tx) { return rights().Approve(tx, caller, made.id, "p1"); });
  };
  EXPECT_TRUE(Now(made.id).needs_second_person);
  EXPECT_EQ(Now(made.id).planned_by, staff_.user);
  EXPECT_EQ(approve(staff_).error().code(), "rights.second_person_needed");
  EXPECT_EQ(approve(Person())->state, RequestState::kApproved);
}

TEST_P(RequestsTest, IsRefusedOnlyWithAGroundOfTheLawAndTellsTheRemedies) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  const auto refuse = [&](const std::string& ground) {
    return Write([&](WriteTx& tx) { return rights().Refuse(tx, staff_, made.id, ground, "We must keep invoices."); });
  };
  EXPECT_EQ(refuse("because").error().code(), "rights.ground_unknown");
  EXPECT_EQ(refuse("accurate").error().code(), "rights.ground_unknown");  // a ground against corrections
  const RightsRequest refused = refuse("legal_obligation").value();
  EXPECT_EQ(refused.state, RequestState::kRefused);
  EXPECT_EQ(refused.refusal->article, "Art. 17(3)(b)");
  EXPECT_THAT(refused.refusal->remedies, SizeIs(2));
  const auto messages = Write([&](WriteTx& tx) { return rights().Messages(tx, staff_, made.id); }).value();
  EXPECT_THAT(messages.at(0).text, HasSubstr("Art. 17(3)(b)"));
  EXPECT_THAT(messages.at(0).text, HasSubstr("supervisory authority"));
  EXPECT_THAT(messages.at(0).text, HasSubstr("We must keep invoices."));
}

TEST_P(RequestsTest, AProofIsSkippedOnTheRecordAndOnlyWhereItMay) {
  const RightsRequest erasure = Made(Asked(Right::kErasure));
  const auto skip = [&](const RightsRequestId& id) {
    return Write([&](WriteTx& tx) { return rights().SkipProof(tx, staff_, id, "Nothing is disclosed."); });
  };
  EXPECT_EQ(skip(erasure.id).error().code(), "rights.proof_needed");
  const RightsRequest complaint = Made(Asked(Right::kComplaint));
  EXPECT_EQ(skip(complaint.id)->state, RequestState::kVerified);
  EXPECT_EQ(Now(complaint.id).proofs.at(0).by, staff_.actor);
  const auto answered = Write([&](WriteTx& tx) { return rights().Answer(tx, staff_, complaint.id, "We are sorry."); });
  EXPECT_EQ(answered->state, RequestState::kAnswered);
}

TEST_P(RequestsTest, ADuplicateIsClosedAndNothingCrossesOver) {
  const RightsRequest first = Made(Asked(Right::kAccess));
  const RightsRequest again = Made(Asked(Right::kAccess, "ADA@example.org"));
  const RightsRequest other = Made(Asked(Right::kAccess, "ben@example.org"));
  const RightsRequest erasure = Made(Asked(Right::kErasure));
  Proven(again.id);
  const auto merge = [&](const RightsRequestId& id, const RightsRequestId& into) {
    return Write([&](WriteTx& tx) { return rights().Merge(tx, staff_, id, into); });
  };
  EXPECT_EQ(merge(again.id, other.id).error().code(), "rights.not_duplicate");
  EXPECT_EQ(merge(again.id, erasure.id).error().code(), "rights.not_duplicate");
  EXPECT_EQ(merge(again.id, again.id).error().code(), "rights.not_duplicate");
  EXPECT_EQ(merge(again.id, first.id)->duplicate_of, first.id);
  EXPECT_EQ(MandateFor(first.id).error().code(), "rights.not_proven");
  EXPECT_FALSE(MandateFor(again.id).ok());
}

TEST_P(RequestsTest, OpenedAgainItKnowsNoProofAndNoPlan) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  Running(made.id);
  for (const FulfilmentStage stage : {FulfilmentStage::kChecking, FulfilmentStage::kChecked}) {
    ASSERT_TRUE(Report(made.id, stage).ok());
  }
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Answer(tx, staff_, made.id, "Done."); }).ok());
  ASSERT_TRUE(Move(made.id, RequestStep::kAppeal).ok());
  ASSERT_TRUE(Move(made.id, RequestStep::kReopen).ok());
  const RightsRequest again = Now(made.id);
  EXPECT_EQ(again.state, RequestState::kReceived);
  EXPECT_THAT(again.proofs, IsEmpty());
  EXPECT_FALSE(again.plan);
  EXPECT_FALSE(again.finished_at);
  EXPECT_FALSE(MandateFor(made.id).ok());
}

TEST_P(RequestsTest, AnOldProofGivesNoMandate) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  Running(made.id);
  clock().Advance(30 * 24h + 1min);
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_proven");
}

TEST_P(RequestsTest, StepsThatNeedMoreAreNotTakenByANote) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  for (const RequestStep step :
       {RequestStep::kProve, RequestStep::kSkipProof, RequestStep::kPlan, RequestStep::kApprove, RequestStep::kStart,
        RequestStep::kAnswer, RequestStep::kRefuse, RequestStep::kMerge, RequestStep::kFinishCheck}) {
    EXPECT_EQ(Move(made.id, step).error().code(), "rights.step_needs_more") << EnumText(step);
  }
  const auto code = Write(
      [&](WriteTx& tx) { return rights().ProveByHand(tx, staff_, made.id, ProofMethod::kEmailCode, "They said it."); });
  EXPECT_EQ(code.error().code(), "rights.method_not_by_hand");
}

TEST_P(RequestsTest, ListsWhatIsDueFirstAndPagesMeet) {
  std::vector<RightsRequestId> made;
  for (int i = 0; i < 7; ++i) {
    made.push_back(Made(Asked(i % 2 == 0 ? Right::kAccess : Right::kErasure)).id);
    if (i % 3 == 0) clock().Advance(24h);
  }
  ASSERT_TRUE(Move(made[0], RequestStep::kWithdraw).ok());
  std::vector<RightsRequestId> seen;
  RequestFilter filter{.limit = 2};
  for (int page = 0; page < 5; ++page) {
    const RequestPage got = Read([&](ReadTx& tx) { return rights().List(tx, filter); }).value();
    for (const RightsRequest& request : got.items) seen.push_back(request.id);
    if (!got.next_cursor) break;
    filter.cursor = *got.next_cursor;
  }
  EXPECT_THAT(seen, SizeIs(7));
  EXPECT_EQ(seen.back(), made[0]);
  EXPECT_EQ(std::set<RightsRequestId>(seen.begin(), seen.end()).size(), 7U);
  const auto count = [&](RequestFilter one) {
    return Read([&](ReadTx& tx) { return rights().List(tx, one); })->items.size();
  };
  EXPECT_EQ(count({.right = Right::kErasure}), 3U);
  EXPECT_EQ(count({.open_only = true}), 6U);
  EXPECT_EQ(count({.states = {RequestState::kWithdrawn}}), 1U);
  EXPECT_EQ(count({.overdue_only = true}), 0U);
  clock().Advance(40 * 24h);
  EXPECT_EQ(count({.overdue_only = true}), 6U);
  for (const char* const cursor : {"x", "AAAA", "$$$"}) {
    EXPECT_EQ(Read([&](ReadTx& tx) { return rights().List(tx, {.cursor = cursor}); }).error().code(),
              "rights.cursor_invalid");
  }
}

TEST_P(RequestsTest, FiguresCountByLawAndRight) {
  const Instant before = clock().Now();
  const RightsRequest refused = Made(Asked(Right::kErasure));
  const RightsRequest slow = Made(Asked(Right::kErasure));
  Made(Asked(Right::kErasure));
  Made(Asked(Right::kAccess, "ben@example.org", "us-ca-ccpa"));
  const auto refuse = [&](const RightsRequestId& id) {
    return Write([&](WriteTx& tx) { return rights().Refuse(tx, staff_, id, "legal_obligation", "No."); });
  };
  clock().Advance(2 * 24h);
  ASSERT_TRUE(refuse(refused.id).ok());
  clock().Advance(4 * 24h);
  ASSERT_TRUE(refuse(slow.id).ok());
  // Neither closing nor an appeal takes an answer back.
  ASSERT_TRUE(Move(refused.id, RequestStep::kClose).ok());
  ASSERT_TRUE(Move(slow.id, RequestStep::kAppeal).ok());
  clock().Advance(60 * 24h);
  EXPECT_FALSE(Now(slow.id).overdue);
  const auto figures = Read([&](ReadTx& tx) { return rights().Figures(tx, before, clock().Now()); }).value();
  ASSERT_THAT(figures, SizeIs(2));
  EXPECT_EQ(figures[0].law, "eu-gdpr");
  EXPECT_EQ(figures[0].received, 3);
  EXPECT_EQ(figures[0].refused, 2);
  EXPECT_EQ(figures[0].open, 2);
  EXPECT_EQ(figures[0].overdue, 1);
  EXPECT_NEAR(*figures[0].median_days, 4.0, 0.01);
  EXPECT_EQ(figures[1].law, "us-ca-ccpa");
  EXPECT_FALSE(figures[1].median_days);
}

TEST_P(RequestsTest, WhatItSaidIsDestroyedSomeTimeAfterTheEnd) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  ASSERT_TRUE(Move(made.id, RequestStep::kWithdraw, "They called.").ok());
  EXPECT_EQ(rights().Minimize(10).value(), 0);
  clock().Advance(91 * 24h);
  EXPECT_EQ(rights().Minimize(10).value(), 1);
  EXPECT_EQ(rights().Minimize(10).value(), 0);
  const RightsRequest empty = Now(made.id);
  EXPECT_TRUE(empty.minimized);
  EXPECT_EQ(empty.state, RequestState::kWithdrawn);
  EXPECT_THAT(fulfilment().forgotten, ElementsAre(made.id));
  EXPECT_EQ(Write([&](WriteTx& tx) { return rights().Content(tx, staff_, made.id); }).error().code(),
            "rights.minimized");
  EXPECT_EQ(Move(made.id, RequestStep::kReopen).error().code(), "rights.minimized");
  EXPECT_THAT(WholeTables(), Not(HasSubstr(rights().AddressIndex("ada@example.org"))));
  const auto history = Read([&](ReadTx& tx) { return rights().History(tx, made.id); }).value();
  for (const RequestEvent& event : history) EXPECT_FALSE(event.note);
}

TEST_P(RequestsTest, ARotatedKeyStillOpensEverything) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  Proven(made.id);
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Message(tx, staff_, made.id, "Hello."); }).ok());
  const SubjectId subject = MandateFor(made.id)->subject;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return person_keys().Rotate(tx, subject); }).ok());
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Reseal(tx, subject); }).ok());
  ASSERT_TRUE(Write([&](WriteTx& tx) { return person_keys().RetireOldVersions(tx, subject); }).ok());
  EXPECT_TRUE(Write([&](WriteTx& tx) { return rights().Content(tx, staff_, made.id); }).ok());
  EXPECT_TRUE(Write([&](WriteTx& tx) { return rights().Messages(tx, staff_, made.id); }).ok());
  EXPECT_EQ(Read([&](ReadTx& tx) { return rights().History(tx, made.id); })->at(1).note,
            "Passport seen; copy destroyed.");
}

TEST_P(RequestsTest, AChangeThatCannotBeRecordedDoesNotHappen) {
  const RightsRequest made = Made(Asked(Right::kErasure));
  ASSERT_TRUE(
      store().Write([](WriteTx& tx) { return tx.ExecuteScript("ALTER TABLE ledger_staged RENAME TO gone"); }).ok());
  EXPECT_FALSE(Move(made.id, RequestStep::kWithdraw).ok());
  EXPECT_FALSE(Write([&](WriteTx& tx) { return rights().Content(tx, staff_, made.id); }).ok());
  EXPECT_EQ(Now(made.id).state, RequestState::kReceived);
}

TEST_P(RequestsTest, RefusesWhatCannotBe) {
  NewRightsRequest future = Asked(Right::kAccess);
  future.received_at = clock().Now() + 24h;
  const auto create = [&](const NewRightsRequest& request) {
    const auto made = Write([&](WriteTx& tx) { return rights().Create(tx, staff_, request, RequestChannel::kApi); });
    return made.ok() ? "" : made.error().code();
  };
  EXPECT_EQ(create(future), "rights.received_in_future");
  EXPECT_EQ(create(Asked(Right::kAccess, "nobody")), "mail.address_invalid");
  EXPECT_EQ(create(Asked(Right::kComplaint, "ada@example.org", "us-ca-ccpa")), "law.right_unknown");
  EXPECT_EQ(create(Asked(Right::kAccess, "ada@example.org", "atlantis")), "packs.unknown");
  EXPECT_EQ(Count("rights_request"), 0);
  RightsSettings nowhere;
  nowhere.place = "DE-XX";
  const auto place = Write([&](WriteTx& tx) { return rights().PutSettings(tx, staff_, nowhere, {}); });
  EXPECT_EQ(place.error().code(), "packs.region_unknown");
  const auto stale = Write([&](WriteTx& tx) { return rights().PutSettings(tx, staff_, {}, 7); });
  EXPECT_EQ(stale.error().code(), "rights.settings_changed_meanwhile");
}

}  // namespace
}  // namespace privity
