// The life of a rights request: which steps there are, who may take them, and what each needs. One table; nothing else
// in Privity moves a request.
//
// Values and pure functions: requests.h keeps the same facts in the store and takes every step through Take.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/type_table.h"
#include "law/regulation.h"
#include "law/right.h"

namespace privity {

enum class RequestState {
  kReceived,
  kProving,        // a proof of identity was asked for
  kVerified,       // the person is proven, or the law asks for no proof
  kPlanned,        // what would be done is there to be looked at
  kApproved,       // somebody approved exactly that plan
  kRunning,        // it is being done
  kWaitingStore,   // a store does not answer
  kWaitingPerson,  // somebody of the company has to do something
  kChecking,       // done, and being looked at again
  kChecked,        // looked at again: ready to be answered
  kAnswered,
  kRefused,
  kWithdrawn,
  kAppealed,  // the person does not accept the answer
  kClosed
};
PRIVITY_DESCRIBE_ENUM(RequestState, kReceived, kProving, kVerified, kPlanned, kApproved, kRunning, kWaitingStore,
                      kWaitingPerson, kChecking, kChecked, kAnswered, kRefused, kWithdrawn, kAppealed, kClosed)

enum class RequestStep {
  kAskProof,
  kProve,      // another proof of identity was given
  kSkipProof,  // the law wants none, or nothing is disclosed or changed
  kLoseProof,  // what it covered was changed, or it grew old
  kPlan,
  kPlanAgain,
  kApprove,
  kStart,
  kWaitForStore,
  kWaitForPerson,
  kResume,
  kCheck,
  kFindLeftover,
  kFinishCheck,
  kAnswer,
  kRefuse,
  kWithdraw,
  kAppeal,
  kReopen,
  kMerge,  // it is a duplicate
  kClose
};
PRIVITY_DESCRIBE_ENUM(RequestStep, kAskProof, kProve, kSkipProof, kLoseProof, kPlan, kPlanAgain, kApprove, kStart,
                      kWaitForStore, kWaitForPerson, kResume, kCheck, kFindLeftover, kFinishCheck, kAnswer, kRefuse,
                      kWithdraw, kAppeal, kReopen, kMerge, kClose)

enum class StepBy : unsigned { kStaff = 1, kSubject = 2, kSystem = 4 };

// What must hold besides the state.
enum class StepNeeds {
  kNothing,
  kProof,     // a fresh proof of the same person's identity, strong enough for the law and the right
  kApproval,  // kProof; Privity itself approves only what needs none (NeedsNoProof)
  kNoStores,  // the right is answered by a person (IsDoneInStores is false)
  kSkippable  // see MaySkipProof
};

struct RequestTransition {
  RequestStep step;
  RequestState from;
  RequestState to;
  unsigned by;  // StepBy, joined
  StepNeeds needs = StepNeeds::kNothing;
};
std::span<const RequestTransition> RequestTransitions();

enum class ProofMethod {
  kEmailCode,  // a one-time code arrived at the address and came back
  kTextCode,   // one arrived at the telephone number and came back: proves the number, and no address
  kKnowledge,  // answers that only the person knows
  kDocument,   // somebody looked at a document; its copy is destroyed
  kAssertion,  // the company's own login says so, signed
  kSkipped     // none was asked for, and why is recorded
};
PRIVITY_DESCRIBE_ENUM(ProofMethod, kEmailCode, kTextCode, kKnowledge, kDocument, kAssertion, kSkipped)

// How long a proof of identity carries plan and execution. What is handed out wants one of minutes (portal.h).
inline constexpr std::chrono::days kIdentityProofLifetime{30};

// `covers` are the keyed hashes of the identifiers that were proven: a code by e-mail proves that address, and no
// customer number that was claimed beside it.
struct IdentityProof {
  ProofMethod method = ProofMethod::kEmailCode;
  std::set<std::string> covers;
  Instant at{};
};

// What decides whether a step may be taken.
struct CaseFacts {
  Right right = Right::kAccess;
  IdentityLevel level = IdentityLevel::kReasonable;  // of the law, for this right
  RequestState state = RequestState::kReceived;
  std::set<std::string> identifiers;  // keyed hashes of what the person is claimed to be
  std::vector<IdentityProof> proofs;
  std::string plan;      // digest of the present plan; "" none
  std::string approved;  // digest of the plan that somebody approved
};

bool IsOpen(RequestState state);  // neither answered, refused, withdrawn nor closed
// The identifiers that fresh proofs cover strongly enough: one proof for kReasonable; for kHigh a document, a signed
// assertion, or two proofs of different methods. Empty: the person is not proven.
std::set<std::string> ProvenIdentifiers(const CaseFacts& facts, Instant now);
// Where the law forbids or does not want verification, and where nothing is read from or changed in the stores. Access,
// portability, correction and erasure never.
bool MaySkipProof(const CaseFacts& facts);
// Where the law lets nobody be asked who they are, and what is asked is done in the stores: an opt-out of California.
// Nobody has to wait for a person to skip the proof, or to approve what then can only be done.
bool NeedsNoProof(const CaseFacts& facts);
// Whether a copy of an identity document could prove more than is proven, before a plan is made of it. Never where the
// law lets nobody be asked.
bool WantsDocument(const CaseFacts& facts, Instant now);
// Whether there is a mandate to read stores (to plan) or, with an approved plan, to act in them.
bool MayRead(const CaseFacts& facts, Instant now);
bool MayExecute(const CaseFacts& facts, Instant now);

// What a step brings along.
struct StepInput {
  RequestStep step = RequestStep::kAskProof;
  StepBy by = StepBy::kStaff;
  std::optional<IdentityProof> proof = {};  // kProve, kSkipProof
  std::string plan = {};                    // kPlan: its digest; kApprove: of the plan that was looked at
};

// The facts after the step, or why it cannot be taken: rights.no_such_step{from, step}, rights.not_proven,
// rights.proof_needed (it may not be skipped), rights.not_for_hand (the right is done in the stores),
// rights.plan_changed (approved was another plan than the present one).
Result<CaseFacts> Take(const CaseFacts& facts, const StepInput& input, Instant now);
// Other identifiers than before: what was proven of those that stay still holds; plan and approval do not.
CaseFacts WithIdentifiers(CaseFacts facts, std::set<std::string> identifiers, Instant now);
// The steps that this party could take now.
std::vector<RequestStep> StepsOpenTo(const CaseFacts& facts, StepBy by, Instant now);

}  // namespace privity
