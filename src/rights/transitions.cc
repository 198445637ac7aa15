#include "rights/transitions.h"

#include <algorithm>
#include <array>

namespace privity {
namespace {

using enum RequestState;
using enum RequestStep;

constexpr unsigned kStaff = static_cast<unsigned>(StepBy::kStaff);
constexpr unsigned kSubject = static_cast<unsigned>(StepBy::kSubject);
constexpr unsigned kSystem = static_cast<unsigned>(StepBy::kSystem);

constexpr std::array kTransitions = std::to_array<RequestTransition>({
    {kAskProof, kReceived, kProving, kStaff | kSystem},
    {kProve, kReceived, kVerified, kStaff | kSystem},
    {kProve, kProving, kVerified, kStaff | kSystem},
    {kProve, kVerified, kVerified, kStaff | kSystem},
    {kProve, kPlanned, kPlanned, kStaff | kSystem},
    {kProve, kApproved, kApproved, kStaff | kSystem},
    {kProve, kRunning, kRunning, kStaff | kSystem},
    {kProve, kWaitingStore, kWaitingStore, kStaff | kSystem},
    {kProve, kWaitingPerson, kWaitingPerson, kStaff | kSystem},
    {kProve, kChecking, kChecking, kStaff | kSystem},
    {kProve, kChecked, kChecked, kStaff | kSystem},
    {kSkipProof, kReceived, kVerified, kStaff | kSystem, StepNeeds::kSkippable},
    {kSkipProof, kProving, kVerified, kStaff | kSystem, StepNeeds::kSkippable},
    {kLoseProof, kVerified, kProving, kStaff | kSystem},
    {kLoseProof, kPlanned, kProving, kStaff | kSystem},
    {kLoseProof, kApproved, kProving, kStaff | kSystem},
    {kPlan, kVerified, kPlanned, kSystem, StepNeeds::kProof},
    {kPlanAgain, kPlanned, kVerified, kStaff},
    {kPlanAgain, kApproved, kVerified, kStaff},
    {kApprove, kPlanned, kApproved, kStaff | kSystem, StepNeeds::kApproval},
    {kStart, kApproved, kRunning, kStaff | kSystem, StepNeeds::kProof},
    {kWaitForStore, kRunning, kWaitingStore, kSystem},
    {kWaitForStore, kChecking, kWaitingStore, kSystem},
    {kWaitForPerson, kRunning, kWaitingPerson, kSystem},
    {kWaitForPerson, kWaitingStore, kWaitingPerson, kSystem},
    {kResume, kWaitingStore, kRunning, kSystem},
    {kResume, kWaitingPerson, kRunning, kStaff | kSystem},
    {kCheck, kRunning, kChecking, kSystem},
    {kCheck, kWaitingStore, kChecking, kSystem},
    {kCheck, kWaitingPerson, kChecking, kSystem},
    {kFindLeftover, kChecking, kRunning, kSystem, StepNeeds::kProof},
    {kFindLeftover, kChecked, kRunning, kSystem, StepNeeds::kProof},
    {kFinishCheck, kChecking, kChecked, kSystem},
    {kAnswer, kChecked, kAnswered, kStaff, StepNeeds::kProof},
    {kAnswer, kVerified, kAnswered, kStaff, StepNeeds::kNoStores},
    {kRefuse, kReceived, kRefused, kStaff},
    {kRefuse, kProving, kRefused, kStaff},
    {kRefuse, kVerified, kRefused, kStaff},
    {kRefuse, kPlanned, kRefused, kStaff},
    {kRefuse, kApproved, kRefused, kStaff},
    {kWithdraw, kReceived, kWithdrawn, kStaff | kSubject},
    {kWithdraw, kProving, kWithdrawn, kStaff | kSubject},
    {kWithdraw, kVerified, kWithdrawn, kStaff | kSubject},
    {kWithdraw, kPlanned, kWithdrawn, kStaff | kSubject},
    {kWithdraw, kApproved, kWithdrawn, kStaff | kSubject},
    {kAppeal, kAnswered, kAppealed, kStaff | kSubject},
    {kAppeal, kRefused, kAppealed, kStaff | kSubject},
    {kReopen, kAppealed, kReceived, kStaff},
    {kReopen, kAnswered, kReceived, kStaff},
    {kReopen, kRefused, kReceived, kStaff},
    {kReopen, kWithdrawn, kReceived, kStaff},
    {kReopen, kClosed, kReceived, kStaff},
    {kMerge, kReceived, kClosed, kStaff},
    {kMerge, kProving, kClosed, kStaff},
    {kMerge, kVerified, kClosed, kStaff},
    {kClose, kAnswered, kClosed, kStaff | kSystem},
    {kClose, kRefused, kClosed, kStaff | kSystem},
    {kClose, kWithdrawn, kClosed, kStaff | kSystem},
    {kClose, kAppealed, kClosed, kStaff},
});

const RequestTransition* Find(RequestState from, const StepInput& input) {
  const auto found = std::ranges::find_if(kTransitions, [&](const RequestTransition& t) {
    return t.from == from && t.step == input.step && (t.by & static_cast<unsigned>(input.by)) != 0;
  });
  return found == kTransitions.end() ? nullptr : &*found;
}

Error NoSuchStep(RequestState from, RequestStep step) {
  return Error("rights.no_such_step", {{"from", std::string(EnumText(from))}, {"step", std::string(EnumText(step))}});
}

bool IsFresh(const IdentityProof& proof, Instant now) {
  return proof.at <= now && now - proof.at <= kIdentityProofLifetime;
}

bool IsStrong(ProofMethod method) {
  return method == ProofMethod::kDocument || method == ProofMethod::kAssertion;
}

bool IsProven(const CaseFacts& facts, Instant now) {
  return !ProvenIdentifiers(facts, now).empty();
}

Status CheckNeeds(const CaseFacts& facts, const RequestTransition& transition, StepBy by, Instant now) {
  switch (transition.needs) {
    case StepNeeds::kNothing:
      return Ok();
    case StepNeeds::kProof:
      return IsProven(facts, now) ? Ok() : Status(Error("rights.not_proven"));
    case StepNeeds::kApproval:
      if (by == StepBy::kSystem && !NeedsNoProof(facts)) return NoSuchStep(facts.state, transition.step);
      return IsProven(facts, now) ? Ok() : Status(Error("rights.not_proven"));
    case StepNeeds::kNoStores:
      if (IsDoneInStores(facts.right)) return Error("rights.not_for_hand");
      return IsProven(facts, now) ? Ok() : Status(Error("rights.not_proven"));
    case StepNeeds::kSkippable:
      return MaySkipProof(facts) ? Ok() : Status(Error("rights.proof_needed"));
  }
  return Ok();
}

// What belongs to one attempt at an answer and must not reach into the next.
void Forget(CaseFacts& facts) {
  facts.proofs.clear();
  facts.plan.clear();
  facts.approved.clear();
}

Result<CaseFacts> Entered(CaseFacts facts, const StepInput& input, Instant now) {
  switch (input.step) {
    case kProve:
    case kSkipProof:
      Invariant(input.proof.has_value(), "who proves brings the proof");
      facts.proofs.push_back(*input.proof);
      // One proof may not be enough yet, or may cover nothing that is claimed.
      if (facts.state == kVerified && !IsProven(facts, now)) facts.state = kProving;
      return facts;
    case kLoseProof:
    case kReopen:
      Forget(facts);
      return facts;
    case kPlan:
      facts.plan = input.plan;
      return facts;
    case kPlanAgain:
      facts.plan.clear();
      facts.approved.clear();
      return facts;
    case kApprove:
      if (input.plan.empty() || input.plan != facts.plan) return Error("rights.plan_changed");
      facts.approved = facts.plan;
      return facts;
    case kAskProof:
    case kStart:
    case kWaitForStore:
    case kWaitForPerson:
    case kResume:
    case kCheck:
    case kFindLeftover:
    case kFinishCheck:
    case kAnswer:
    case kRefuse:
    case kWithdraw:
    case kAppeal:
    case kMerge:
    case kClose:
      return facts;
  }
  return facts;
}

}  // namespace

std::span<const RequestTransition> RequestTransitions() {
  return kTransitions;
}

bool IsOpen(RequestState state) {
  return state != kAnswered && state != kRefused && state != kWithdrawn && state != kClosed;
}

std::set<std::string> ProvenIdentifiers(const CaseFacts& facts, Instant now) {
  std::set<std::string> proven;
  for (const std::string& identifier : facts.identifiers) {
    std::set<ProofMethod> methods;
    for (const IdentityProof& proof : facts.proofs) {
      if (IsFresh(proof, now) && proof.covers.contains(identifier)) methods.insert(proof.method);
    }
    if (!MaySkipProof(facts)) methods.erase(ProofMethod::kSkipped);
    const bool strong = std::ranges::any_of(methods, IsStrong) || methods.contains(ProofMethod::kSkipped);
    const std::size_t needed = facts.level == IdentityLevel::kHigh ? 2 : 1;
    if (strong || methods.size() >= needed) proven.insert(identifier);
  }
  return proven;
}

bool MaySkipProof(const CaseFacts& facts) {
  switch (facts.right) {
    case Right::kAccess:
    case Right::kPortability:
    case Right::kCorrection:
    case Right::kErasure:
      return false;
    case Right::kRestriction:
    case Right::kObjection:
    case Right::kConsentWithdrawal:
      return facts.level == IdentityLevel::kNone;
    case Right::kAutomatedDecision:
    case Right::kComplaint:
      return true;
  }
  return false;
}

bool NeedsNoProof(const CaseFacts& facts) {
  return facts.level == IdentityLevel::kNone && IsDoneInStores(facts.right) && MaySkipProof(facts);
}

bool WantsDocument(const CaseFacts& facts, Instant now) {
  const bool is_early = facts.state == kReceived || facts.state == kProving || facts.state == kVerified;
  return is_early && facts.level != IdentityLevel::kNone && ProvenIdentifiers(facts, now) != facts.identifiers;
}

bool MayRead(const CaseFacts& facts, Instant now) {
  if (!IsDoneInStores(facts.right) || !IsProven(facts, now)) return false;
  const bool in_hand = facts.state == kVerified || facts.state == kPlanned || facts.state == kApproved ||
                       facts.state == kChecking || facts.state == kChecked;
  return in_hand || MayExecute(facts, now);
}

bool MayExecute(const CaseFacts& facts, Instant now) {
  const bool running = facts.state == kRunning || facts.state == kWaitingStore || facts.state == kWaitingPerson;
  const bool approved = !facts.approved.empty() && facts.approved == facts.plan;
  return running && approved && IsDoneInStores(facts.right) && IsProven(facts, now);
}

Result<CaseFacts> Take(const CaseFacts& facts, const StepInput& input, Instant now) {
  const RequestTransition* const transition = Find(facts.state, input);
  if (transition == nullptr) return NoSuchStep(facts.state, input.step);
  PRIVITY_TRY_VOID(CheckNeeds(facts, *transition, input.by, now));
  CaseFacts after = facts;
  after.state = transition->to;
  return Entered(std::move(after), input, now);
}

CaseFacts WithIdentifiers(CaseFacts facts, std::set<std::string> identifiers, Instant now) {
  if (identifiers == facts.identifiers) return facts;
  facts.identifiers = std::move(identifiers);
  facts.plan.clear();
  facts.approved.clear();
  const bool before_plan = facts.state == kReceived || facts.state == kProving;
  if (!before_plan) facts.state = IsProven(facts, now) ? kVerified : kProving;
  return facts;
}

std::vector<RequestStep> StepsOpenTo(const CaseFacts& facts, StepBy by, Instant now) {
  std::vector<RequestStep> steps;
  for (const RequestTransition& transition : kTransitions) {
    const bool mine = transition.from == facts.state && (transition.by & static_cast<unsigned>(by)) != 0;
    if (mine && CheckNeeds(facts, transition, by, now).ok()) steps.push_back(transition.step);
  }
  return steps;
}

}  // namespace privity
