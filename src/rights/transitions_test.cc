#include "rights/transitions.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;
using enum RequestState;

const Instant kStart = Instant(std::chrono::days(20'000));

CaseFacts Case(Right right, IdentityLevel level = IdentityLevel::kReasonable) {
  return {.right = right, .level = level, .identifiers = {"a@"}, .proofs = {}, .plan = {}, .approved = {}};
}
StepInput Proof(ProofMethod method, std::set<std::string> covers = {"a@"}, Instant at = kStart) {
  return {.step = method == ProofMethod::kSkipped ? RequestStep::kSkipProof : RequestStep::kProve,
          .by = StepBy::kStaff,
          .proof = IdentityProof{.method = method, .covers = std::move(covers), .at = at}};
}
CaseFacts After(CaseFacts facts, std::initializer_list<StepInput> steps, Instant now = kStart) {
  for (const StepInput& step : steps) {
    const auto next = Take(facts, step, now);
    EXPECT_TRUE(next.ok()) << EnumText(step.step) << ": " << next.error().DebugString();
    if (next.ok()) facts = *next;
  }
  return facts;
}
std::string Refusal(const CaseFacts& facts, const StepInput& step, Instant now = kStart) {
  const auto next = Take(facts, step, now);
  return next.ok() ? "" : next.error().code();
}
StepInput By(StepBy by, RequestStep step, std::string plan = "") {
  return {.step = step, .by = by, .plan = std::move(plan)};
}
CaseFacts Running() {
  return After(Case(Right::kErasure),
               {Proof(ProofMethod::kEmailCode), By(StepBy::kSystem, RequestStep::kPlan, "p1"),
                By(StepBy::kStaff, RequestStep::kApprove, "p1"), By(StepBy::kStaff, RequestStep::kStart)});
}

TEST(RequestSteps, LeadFromTheFirstWordToTheAnswer) {
  CaseFacts facts = Running();
  EXPECT_TRUE(MayExecute(facts, kStart));
  facts = After(facts, {By(StepBy::kSystem, RequestStep::kWaitForStore), By(StepBy::kSystem, RequestStep::kResume),
                        By(StepBy::kSystem, RequestStep::kCheck), By(StepBy::kSystem, RequestStep::kFindLeftover),
                        By(StepBy::kSystem, RequestStep::kCheck), By(StepBy::kSystem, RequestStep::kFinishCheck),
                        By(StepBy::kStaff, RequestStep::kAnswer), By(StepBy::kSubject, RequestStep::kAppeal),
                        By(StepBy::kStaff, RequestStep::kReopen)});
  EXPECT_EQ(facts.state, kReceived);
  EXPECT_THAT(facts.proofs, IsEmpty());
}

TEST(RequestSteps, NothingIsPlannedOrDoneForAPersonWhoIsNotProven) {
  const CaseFacts received = Case(Right::kAccess);
  EXPECT_FALSE(MayRead(received, kStart));
  EXPECT_EQ(Refusal(received, By(StepBy::kSystem, RequestStep::kPlan, "p1")), "rights.no_such_step");
  // A code that arrived at an address proves that address, and no customer number claimed beside it.
  CaseFacts two = received;
  two.identifiers = {"a@", "number 7"};
  two = After(two, {Proof(ProofMethod::kEmailCode)});
  EXPECT_THAT(ProvenIdentifiers(two, kStart), UnorderedElementsAre("a@"));
  // The proof of somebody else proves nothing here.
  const CaseFacts other = After(received, {Proof(ProofMethod::kEmailCode, {"b@"})});
  EXPECT_EQ(other.state, kProving);
  EXPECT_FALSE(MayRead(other, kStart));
}

TEST(RequestSteps, AProofGrowsOld) {
  const CaseFacts planned =
      After(Case(Right::kErasure), {Proof(ProofMethod::kEmailCode), By(StepBy::kSystem, RequestStep::kPlan, "p1")});
  EXPECT_EQ(Refusal(planned, By(StepBy::kStaff, RequestStep::kApprove, "p1"), kStart + kIdentityProofLifetime), "");
  const Instant late = kStart + kIdentityProofLifetime + std::chrono::seconds(1);
  EXPECT_EQ(Refusal(planned, By(StepBy::kStaff, RequestStep::kApprove, "p1"), late), "rights.not_proven");
  EXPECT_FALSE(MayExecute(Running(), late));
}

TEST(RequestSteps, AHighLevelWantsTwoProofsOrAStrongOne) {
  const CaseFacts high = Case(Right::kAccess, IdentityLevel::kHigh);
  const CaseFacts one = After(high, {Proof(ProofMethod::kEmailCode)});
  EXPECT_EQ(one.state, kProving);
  EXPECT_EQ(After(one, {Proof(ProofMethod::kEmailCode)}).state, kProving);  // the same once more is no second proof
  EXPECT_EQ(After(one, {Proof(ProofMethod::kKnowledge)}).state, kVerified);
  EXPECT_EQ(After(high, {Proof(ProofMethod::kDocument)}).state, kVerified);
}

TEST(RequestSteps, AProofIsSkippedOnlyWhereNothingIsDisclosedOrTheLawForbidsIt) {
  for (const Right right : {Right::kAccess, Right::kPortability, Right::kCorrection, Right::kErasure}) {
    EXPECT_EQ(Refusal(Case(right, IdentityLevel::kNone), Proof(ProofMethod::kSkipped)), "rights.proof_needed");
  }
  EXPECT_EQ(Refusal(Case(Right::kObjection), Proof(ProofMethod::kSkipped)), "rights.proof_needed");
  EXPECT_EQ(After(Case(Right::kObjection, IdentityLevel::kNone), {Proof(ProofMethod::kSkipped)}).state, kVerified);
  EXPECT_EQ(After(Case(Right::kComplaint), {Proof(ProofMethod::kSkipped)}).state, kVerified);
}

TEST(RequestSteps, OnlyTheApprovedPlanIsExecuted) {
  const CaseFacts planned =
      After(Case(Right::kErasure), {Proof(ProofMethod::kEmailCode), By(StepBy::kSystem, RequestStep::kPlan, "p1")});
  EXPECT_EQ(Refusal(planned, By(StepBy::kStaff, RequestStep::kApprove, "p0")), "rights.plan_changed");
  EXPECT_EQ(Refusal(planned, By(StepBy::kStaff, RequestStep::kApprove)), "rights.plan_changed");
  EXPECT_EQ(Refusal(planned, By(StepBy::kSubject, RequestStep::kApprove, "p1")), "rights.no_such_step");
  EXPECT_EQ(Refusal(planned, By(StepBy::kStaff, RequestStep::kStart)), "rights.no_such_step");
  const CaseFacts approved = After(planned, {By(StepBy::kStaff, RequestStep::kApprove, "p1")});
  EXPECT_FALSE(MayExecute(approved, kStart));  // not before it was started
  const CaseFacts changed = WithIdentifiers(approved, {"a@", "b@"}, kStart);
  EXPECT_EQ(changed.state, kVerified);
  EXPECT_EQ(changed.approved, "");
  EXPECT_EQ(WithIdentifiers(approved, {"b@"}, kStart).state, kProving);
}

TEST(RequestSteps, ItselfPrivityApprovesOnlyWhatTheLawWantsDoneUnproven) {
  const StepInput plan = By(StepBy::kSystem, RequestStep::kPlan, "p1");
  const StepInput approval = By(StepBy::kSystem, RequestStep::kApprove, "p1");
  const CaseFacts opt_out =
      After(Case(Right::kObjection, IdentityLevel::kNone), {Proof(ProofMethod::kSkipped), plan, approval});
  EXPECT_TRUE(MayExecute(After(opt_out, {By(StepBy::kSystem, RequestStep::kStart)}), kStart));
  const CaseFacts objection = After(Case(Right::kObjection), {Proof(ProofMethod::kEmailCode), plan});
  EXPECT_EQ(Refusal(objection, approval), "rights.no_such_step");
  // Whatever a law says of its proof: what is disclosed, written or erased is approved by a person.
  for (const Right right : {Right::kAccess, Right::kPortability, Right::kCorrection, Right::kErasure}) {
    const CaseFacts planned = After(Case(right, IdentityLevel::kNone), {Proof(ProofMethod::kEmailCode), plan});
    EXPECT_EQ(Refusal(planned, approval), "rights.no_such_step") << EnumText(right);
  }
}

TEST(RequestSteps, WhatAPersonAnswersGoesRoundTheStores) {
  const CaseFacts complaint = After(Case(Right::kComplaint), {Proof(ProofMethod::kSkipped)});
  EXPECT_EQ(After(complaint, {By(StepBy::kStaff, RequestStep::kAnswer)}).state, kAnswered);
  EXPECT_FALSE(MayRead(complaint, kStart));
  const CaseFacts erasure = After(Case(Right::kErasure), {Proof(ProofMethod::kEmailCode)});
  EXPECT_EQ(Refusal(erasure, By(StepBy::kStaff, RequestStep::kAnswer)), "rights.not_for_hand");
  EXPECT_THAT(StepsOpenTo(erasure, StepBy::kStaff, kStart), Not(Contains(RequestStep::kAnswer)));
  EXPECT_THAT(StepsOpenTo(erasure, StepBy::kSubject, kStart), ElementsAre(RequestStep::kWithdraw));
}

TEST(RequestSteps, EveryStateIsReachedAndEveryStepLeadsOn) {
  std::set<RequestState> reached = {kReceived};
  for (bool grew = true; grew;) {
    grew = false;
    for (const RequestTransition& t : RequestTransitions()) {
      if (reached.contains(t.from)) grew |= reached.insert(t.to).second;
    }
  }
  EXPECT_EQ(reached.size(), 15U);
  std::set<std::pair<RequestState, RequestStep>> seen;
  for (const RequestTransition& t : RequestTransitions()) {
    EXPECT_TRUE(seen.insert({t.from, t.step}).second) << EnumText(t.from) << " " << EnumText(t.step);
  }
}

// What really happened, kept beside the machine and without looking at its table: who showed what when, and since when
// it counts. The test's own idea of "a fresh proof of the same person's identity".
struct History {
  struct Shown {
    std::string identifier;
    ProofMethod method;
    Instant at;
  };
  std::vector<Shown> shown;  // since the request was opened, opened again or lost its proof
  std::string looked_at;     // the plan that somebody approved
  std::string newest_plan;

  bool Proves(const CaseFacts& facts, const std::string& identifier, Instant now) const {
    std::set<ProofMethod> fresh;
    for (const Shown& one : shown) {
      if (one.identifier == identifier && now - one.at <= std::chrono::days(30)) fresh.insert(one.method);
    }
    const bool skipped = fresh.erase(ProofMethod::kSkipped) != 0;
    if (fresh.contains(ProofMethod::kDocument) || fresh.contains(ProofMethod::kAssertion)) return true;
    if (fresh.size() >= (facts.level == IdentityLevel::kHigh ? 2U : 1U)) return true;
    const bool discloses_or_erases = facts.right == Right::kAccess || facts.right == Right::kPortability ||
                                     facts.right == Right::kCorrection || facts.right == Right::kErasure;
    return skipped && !discloses_or_erases;
  }
};

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_(seed) {}

  void Run(int steps) {
    Begin();
    for (int i = 0; i < steps; ++i) {
      now_ += std::chrono::hours(Below(60));
      if (Below(40) == 0)
        Exchange();
      else
        Step();
      Check();
      if (facts_.state == kClosed && Below(3) != 0) Begin();
    }
  }

 private:
  std::uint64_t Below(std::uint64_t bound) { return random_() % bound; }
  std::string Somebody() { return std::string(1, static_cast<char>('a' + Below(3))); }

  void Begin() {
    facts_ = {.right = static_cast<Right>(Below(9)),
              .level = static_cast<IdentityLevel>(Below(3)),
              .identifiers = {Somebody()},
              .proofs = {},
              .plan = {},
              .approved = {}};
    history_ = {};
  }

  // Staff writes another address, adds one or takes one away: before anything runs, as the casework does.
  void Exchange() {
    const bool early = facts_.state == kReceived || facts_.state == kProving || facts_.state == kVerified ||
                       facts_.state == kPlanned || facts_.state == kApproved;
    if (!early) return;
    std::set<std::string> identifiers = {Somebody()};
    if (Below(2) == 0) identifiers.insert(Somebody());
    const bool changed = identifiers != facts_.identifiers;
    facts_ = WithIdentifiers(facts_, identifiers, now_);
    if (changed) history_.looked_at = history_.newest_plan = "";
  }

  void Step() {
    StepInput input{.step = static_cast<RequestStep>(Below(21)), .by = static_cast<StepBy>(1U << Below(3))};
    // Mostly a step that the table has from here, by one who may take it, so that sequences get far; the rest is
    // anything.
    if (Below(4) != 0) TakeListed(input);
    // Plans of this and of other moments; also none at all.
    input.plan = Below(8) == 0 ? "" : "plan " + std::to_string(Below(3));
    if (input.step == RequestStep::kApprove && Below(4) != 0) input.plan = facts_.plan;
    if (input.step == RequestStep::kProve) {
      const std::string shown = Below(2) == 0 ? *facts_.identifiers.begin() : Somebody();
      input.proof = IdentityProof{static_cast<ProofMethod>(Below(4)), {shown}, now_};
    }
    if (input.step == RequestStep::kSkipProof) {
      input.proof = IdentityProof{ProofMethod::kSkipped, facts_.identifiers, now_};
    }
    const RequestState before = facts_.state;
    const auto next = Take(facts_, input, now_);
    if (!next.ok()) return;
    facts_ = *next;
    Remember(input, before);
    ++counts_[input.step];
  }

  void TakeListed(StepInput& input) {
    std::vector<const RequestTransition*> from_here;
    for (const RequestTransition& listed : RequestTransitions()) {
      if (listed.from == facts_.state) from_here.push_back(&listed);
    }
    const RequestTransition& listed = *from_here[Below(from_here.size())];
    input.step = listed.step;
    while ((listed.by & static_cast<unsigned>(input.by)) == 0) input.by = static_cast<StepBy>(1U << Below(3));
  }

  void Remember(const StepInput& input, RequestState before) {
    if (input.proof) {
      for (const auto& covered : input.proof->covers) history_.shown.push_back({covered, input.proof->method, now_});
    }
    switch (input.step) {
      case RequestStep::kReopen:
      case RequestStep::kLoseProof:
        history_ = {};
        break;
      case RequestStep::kPlan:
        history_.newest_plan = input.plan;
        break;
      case RequestStep::kPlanAgain:
        history_.looked_at = history_.newest_plan = "";
        break;
      case RequestStep::kApprove:
        ASSERT_EQ(input.plan, history_.newest_plan) << "approved was what nobody planned";
        if (input.by != StepBy::kStaff) {
          ASSERT_TRUE(IsUnprovenOptOut()) << EnumText(facts_.right) << " was approved by nobody";
        }
        history_.looked_at = input.plan;
        break;
      case RequestStep::kAnswer:
        ASSERT_TRUE(AnybodyProven()) << "answered " << EnumText(facts_.right) << " from " << EnumText(before);
        break;
      default:
        break;
    }
  }

  bool IsUnprovenOptOut() const {
    const bool only_forbids = facts_.right == Right::kRestriction || facts_.right == Right::kObjection ||
                              facts_.right == Right::kConsentWithdrawal;
    return only_forbids && facts_.level == IdentityLevel::kNone;
  }

  bool AnybodyProven() const {
    return std::ranges::any_of(facts_.identifiers,
                               [&](const auto& identifier) { return history_.Proves(facts_, identifier, now_); });
  }

  // The promise: what may be read, changed or handed out is of people who proved, lately, that they are it.
  void Check() {
    if (MayRead(facts_, now_) || MayExecute(facts_, now_)) {
      const auto proven = ProvenIdentifiers(facts_, now_);
      ASSERT_FALSE(proven.empty());
      for (const std::string& identifier : proven) {
        ASSERT_TRUE(facts_.identifiers.contains(identifier));
        ASSERT_TRUE(history_.Proves(facts_, identifier, now_))
            << EnumText(facts_.right) << " in " << EnumText(facts_.state) << " for " << identifier;
      }
    }
    if (MayExecute(facts_, now_)) {
      ASSERT_FALSE(history_.looked_at.empty()) << "executes what nobody approved";
      ASSERT_EQ(facts_.approved, history_.looked_at);
    }
    const bool over = facts_.state == kRefused || facts_.state == kWithdrawn || facts_.state == kClosed ||
                      facts_.state == kReceived || facts_.state == kProving;
    ASSERT_FALSE(over && (MayRead(facts_, now_) || MayExecute(facts_, now_)));
  }

 public:
  std::map<RequestStep, std::int64_t> counts_;

 private:
  std::mt19937_64 random_;
  CaseFacts facts_;
  History history_;
  Instant now_ = kStart;
};

// A million sequences of random steps by random parties, with exchanged people, duplicates, merges, re-opened and
// closed requests, months passing. Whatever was done: no disclosure and no change without a fresh proof of the same
// person.
TEST(RequestSteps, NothingIsDisclosedOrChangedInAMillionRandomSequences) {
  Walk walk(20261125);
  for (int sequence = 0; sequence < 1'000'000; ++sequence) {
    walk.Run(20);
    if (testing::Test::HasFatalFailure()) FAIL() << "in sequence " << sequence;
  }
  // Every step was really taken: the walk saw what it is to judge.
  EXPECT_EQ(walk.counts_.size(), 21U);
  for (const auto& [step, count] : walk.counts_) EXPECT_GT(count, 100) << EnumText(step);
}

}  // namespace
}  // namespace privity
