// For whoever looks into the stores and acts there.
#include "rights/requests.h"

#include "rights/identifier_index.h"
#include "rights/internal/case.h"
#include "rights/machine.h"

namespace privity {

namespace {

RequestStep StepOf(FulfilmentStage stage, RequestState from) {
  switch (stage) {
    case FulfilmentStage::kRunning:
      return from == RequestState::kChecking || from == RequestState::kChecked ? RequestStep::kFindLeftover
                                                                               : RequestStep::kResume;
    case FulfilmentStage::kWaitingForStore:
      return RequestStep::kWaitForStore;
    case FulfilmentStage::kWaitingForPerson:
      return RequestStep::kWaitForPerson;
    case FulfilmentStage::kChecking:
      return RequestStep::kCheck;
    case FulfilmentStage::kChecked:
      return RequestStep::kFinishCheck;
  }
  return RequestStep::kResume;
}

RequestState StateOf(FulfilmentStage stage) {
  switch (stage) {
    case FulfilmentStage::kRunning:
      return RequestState::kRunning;
    case FulfilmentStage::kWaitingForStore:
      return RequestState::kWaitingStore;
    case FulfilmentStage::kWaitingForPerson:
      return RequestState::kWaitingPerson;
    case FulfilmentStage::kChecking:
      return RequestState::kChecking;
    case FulfilmentStage::kChecked:
      return RequestState::kChecked;
  }
  return RequestState::kRunning;
}

}  // namespace

Result<Mandate> RightsRequests::Of(ReadTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY(const Case found, Load(tx, request));
  const Instant now = world_.clock.Now();
  const std::set<std::string> proven = ProvenIdentifiers(found.facts, now);
  if (proven.empty()) return Error("rights.not_proven");
  if (!MayRead(found.facts, now)) {
    return Error("rights.not_in_hand", {{"state", std::string(EnumText(found.facts.state))}});
  }
  PRIVITY_TRY(RequestContent content, OpenContent(tx, found));
  const IdentifierIndex index(world_.key_home);
  Mandate mandate{.request = found.id,
                  .subject = found.subject,
                  .right = found.facts.right,
                  .identifiers = {},
                  .corrections = std::move(content.corrections),
                  .purpose = content.purpose,
                  .language = found.body.language,
                  .may_execute = MayExecute(found.facts, now),
                  .plan_digest = found.facts.approved};
  PRIVITY_TRY(const RightsSettings settings, Settings(tx));
  mandate.records_per_minute = settings.records_per_minute;
  for (Identifier& identifier : AllIdentifiers(content)) {
    if (!proven.contains(index.Of(identifier))) continue;
    mandate.identifiers.push_back(std::move(identifier));
  }
  if (mandate.identifiers.empty()) return Error("rights.not_proven");
  return mandate;
}

Status RightsRequests::Planned(WriteTx& tx, const RightsRequestId& request, const PlanSummary& plan) {
  PRIVITY_TRY(Case found, Load(tx, request));
  if (found.facts.state == RequestState::kPlanned && found.body.plan && found.body.plan->digest == plan.digest) {
    return Ok();  // the job ran twice
  }
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kPlan, .by = StepBy::kSystem, .plan = plan.digest}));
  found.body.plan = plan;
  found.body.plan_error.reset();
  PRIVITY_TRY_VOID(Done(tx, RightsMachine(), found,
                        {.kind = RequestEventKind::kMoved,
                         .action = "rights.request.moved",
                         .step = RequestStep::kPlan,
                         .details = Details()
                                        .Add("records", plan.records)
                                        .Add("boundaries", plan.boundaries)
                                        .Add("stores_missing", plan.stores_missing)}));
  return ApproveUnproven(tx, found);
}

Status RightsRequests::PlanEdited(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                                  const PlanSummary& plan) {
  PRIVITY_TRY(Case found, Load(tx, request));
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kPlanAgain, .by = StepBy::kStaff}));
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kPlan, .by = StepBy::kSystem, .plan = plan.digest}));
  const std::int64_t stores = found.body.plan ? found.body.plan->stores : 0;
  found.body.plan = plan;
  found.body.plan->stores = stores;     // nobody was asked anew
  found.body.planned_by = caller.user;  // whoever decided about it may not be the one who approves it
  PRIVITY_TRY_VOID(
      Done(tx, caller, found,
           {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = RequestStep::kPlanAgain}));
  return Ok();
}

Status RightsRequests::PlanFailed(WriteTx& tx, const RightsRequestId& request, const Error& why) {
  PRIVITY_TRY(Case found, Load(tx, request));
  found.body.plan_error = why.code();
  PRIVITY_TRY_VOID(Done(tx, RightsMachine(), found,
                        {.kind = RequestEventKind::kPlanFailed,
                         .action = "rights.request.plan_failed",
                         .details = Details().Add("error", WordOf(why.code()))}));
  return Ok();
}

Status RightsRequests::Progressed(WriteTx& tx, const RightsRequestId& request, const FulfilmentReport& report) {
  PRIVITY_TRY(Case found, Load(tx, request));
  const RequestState target = StateOf(report.stage);
  if (found.body.report && ToJson(*found.body.report) == ToJson(report) && found.facts.state == target) return Ok();
  found.body.report = report;
  if (found.facts.state == target) return Save(tx, found);
  const RequestStep step = StepOf(report.stage, found.facts.state);
  PRIVITY_TRY_VOID(Step(found, {.step = step, .by = StepBy::kSystem}));
  PRIVITY_TRY_VOID(Done(tx, RightsMachine(), found,
                        {.kind = RequestEventKind::kMoved,
                         .action = "rights.request.moved",
                         .step = step,
                         .details = Details()
                                        .Add("tasks_done", report.tasks_done)
                                        .Add("tasks_failed", report.tasks_failed)
                                        .Add("leftovers", report.leftovers)}));
  return Ok();
}

}  // namespace privity
