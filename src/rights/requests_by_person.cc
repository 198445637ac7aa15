// For the person who asks: what they see, prove, do and write.
#include "rights/requests.h"

#include <algorithm>

#include "rights/internal/case.h"
#include "rights/machine.h"

namespace privity {

Result<std::vector<RightsRequest>> RightsRequests::OfAddress(ReadTx& tx, const std::string& email) const {
  PRIVITY_TRY(const auto cases, LoadOf(tx, AddressIndexes(email), ""));
  std::vector<RightsRequest> requests;
  for (const Case& found : cases) {
    PRIVITY_TRY(requests.emplace_back(), View(tx, found));
  }
  return requests;
}

// Whoever proved the address sees what is asked from it. Whoever proved only a number beside it sees a request that
// claims this number, as long as nobody proved more for it: what is found by an address is not for the owner of a
// number.
bool RightsRequests::MaySee(const ProvenPerson& person, const Case& found) {
  if (person.addresses.empty() || found.address != person.addresses.front()) return false;
  if (person.covers.contains(found.address)) return true;
  const auto proven = [&](const std::string& identifier) { return person.covers.contains(identifier); };
  return std::ranges::any_of(found.facts.identifiers, proven) &&
         std::ranges::all_of(found.facts.proofs,
                             [&](const IdentityProof& proof) { return std::ranges::all_of(proof.covers, proven); });
}

Result<std::vector<RightsRequest>> RightsRequests::OfPerson(ReadTx& tx, const ProvenPerson& person) const {
  PRIVITY_TRY(const auto cases, LoadOf(tx, person.addresses, ""));
  std::vector<RightsRequest> requests;
  for (const Case& found : cases) {
    if (!MaySee(person, found)) continue;
    PRIVITY_TRY(requests.emplace_back(), View(tx, found));
  }
  return requests;
}

Result<RightsRequest> RightsRequests::OfPerson(ReadTx& tx, const ProvenPerson& person,
                                               const RightsRequestId& id) const {
  PRIVITY_TRY(const Case found, Load(tx, id));
  if (!MaySee(person, found)) return Error("rights.request_unknown");
  return View(tx, found);
}

Result<std::optional<std::string>> RightsRequests::PhoneOf(ReadTx& tx, const std::string& email) const {
  PRIVITY_TRY(const auto cases, LoadOf(tx, AddressIndexes(email), " AND finished_at IS NULL"));
  for (const Case& found : cases) {
    PRIVITY_TRY(const RequestContent content, OpenContent(tx, found));
    const auto phone = std::ranges::find(content.identifiers, "phone", &Identifier::kind);
    if (phone != content.identifiers.end()) return std::optional(phone->value);
  }
  return std::optional<std::string>();
}

Result<std::vector<RequestMessage>> RightsRequests::MessagesForPerson(WriteTx& tx, const RightsRequestId& id) {
  return Messages(tx, SubjectCaller(), id);
}

Status RightsRequests::ProveAddress(WriteTx& tx, const std::string& email, ProofMethod method,
                                    const std::set<std::string>& covers) {
  PRIVITY_TRY(auto cases, LoadOf(tx, AddressIndexes(email), " AND due < " + std::to_string(kNoDue)));
  for (Case& found : cases) {
    const auto claims = [&](const std::string& proven) { return found.facts.identifiers.contains(proven); };
    if (std::ranges::none_of(covers, claims)) continue;
    const IdentityProof proof{.method = method, .covers = covers, .at = world_.clock.Now()};
    if (!Step(found, {.step = RequestStep::kProve, .by = StepBy::kSystem, .proof = proof}).ok()) continue;
    // The newest proof of this kind is the one that counts; the first of all began the period.
    auto& proofs = found.body.proofs;
    const auto old = std::find_if(proofs.begin() + (proofs.empty() ? 0 : 1), proofs.end(),
                                  [&](const ProofRecord& p) { return p.method == method; });
    if (old != proofs.end()) proofs.erase(old);
    proofs.push_back({.method = proof.method,
                      .at = proof.at,
                      .by = SubjectCaller().actor,
                      .covers = {covers.begin(), covers.end()}});
    PRIVITY_TRY_VOID(SetDeadlines(tx, found));
    PRIVITY_TRY_VOID(Done(tx, SubjectCaller(), found,
                          {.kind = RequestEventKind::kProof,
                           .action = "rights.request.proof_given",
                           .step = RequestStep::kProve,
                           .details = Details().Add("method", WordOf(EnumText(method)))}));
  }
  return Ok();
}

Result<RightsRequest> RightsRequests::StepByPerson(WriteTx& tx, const RightsRequestId& id, RequestStep step,
                                                   const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  const bool planned = !found.facts.plan.empty();
  PRIVITY_TRY_VOID(Step(found, {.step = step, .by = StepBy::kSubject}));
  if (!text.empty()) PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kFromPerson, text));
  if (step == RequestStep::kWithdraw && planned && fulfilment_ != nullptr) {
    PRIVITY_TRY_VOID(fulfilment_->Cancel(tx, id, SubjectCaller()));
  }
  return Done(tx, SubjectCaller(), found,
              {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = step});
}

Status RightsRequests::MessageFromPerson(WriteTx& tx, const RightsRequestId& id, const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kFromPerson, text));
  PRIVITY_TRY_VOID(
      Done(tx, SubjectCaller(), found, {.kind = RequestEventKind::kMessage, .action = "rights.message.received"}));
  // The answer to what was asked: the clock runs again.
  if (!found.body.pauses.empty() && !found.body.pauses.back().last) {
    PRIVITY_TRY_VOID(FinishPause(tx, SubjectCaller(), found));
  }
  return Ok();
}

Status RightsRequests::LetterFromAddress(WriteTx& tx, const RightsRequestId& id, const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kFromPerson, text));
  PRIVITY_TRY_VOID(
      Done(tx, RightsMachine(), found, {.kind = RequestEventKind::kMessage, .action = "rights.message.received"}));
  return Ok();
}

}  // namespace privity
