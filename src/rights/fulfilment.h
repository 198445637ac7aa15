// The seam between the casework of a rights request (this room) and whoever does it in the stores.
//
//   casework                                        whoever fulfils
//   Fulfilment::StartPlan(tx, id)        ────────►  queues a job that walks the stores
//                                        ◄────────  Mandates::Of(tx, id): whom, by what, to do what
//                                        ◄────────  Mandates::Planned(tx, id, summary)
//   a person approves this plan, by its digest
//   Fulfilment::StartExecution(tx, …)    ────────►  queues the jobs that do it
//                                        ◄────────  Mandates::Of, anew before each task
//                                        ◄────────  Mandates::Progressed(tx, id, report), with each task's outcome
//   answers the person, hands out package and certificate (FulfilmentReport)
//
// The calls with a WriteTx belong to its transaction: they write rows and queue jobs, and touch no store outside. What
// is personal stays with the request, sealed; a job's payload carries the id alone and asks for the mandate when it
// runs. So a request that was withdrawn, whose proof is stale or whose person was exchanged after it was queued yields
// no mandate, and nothing is read or changed for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/type_table.h"
#include "identity/caller.h"
#include "keys/person_key.h"
#include "law/right.h"
#include "rights/request_id.h"
#include "store/store.h"

namespace privity {

// By what the person is found: a kind of value ("email", "phone", "customer_number") and the value, as it was proven.
struct Identifier {
  std::string kind;
  std::string value;
  bool operator==(const Identifier&) const = default;
};
PRIVITY_DESCRIBE(Identifier, (kind, value))
std::vector<FieldNote> FieldNotes(const Identifier*);

// One value to be written wherever the old one lives (GDPR Art. 16).
struct Correction {
  std::string category;  // of the taxonomy: "user.contact.address"
  std::string before;    // the wrong value; empty: the person does not know it
  std::string after;
  bool operator==(const Correction&) const = default;
};
PRIVITY_DESCRIBE(Correction, (category, before, after))
std::vector<FieldNote> FieldNotes(const Correction*);

// What may be read and done now, for whom. Personal: never kept, logged or queued.
struct Mandate {
  RightsRequestId request;
  SubjectId subject;  // whose key seals what is kept about the request, and who the ledger entries are about
  Right right = Right::kAccess;
  std::vector<Identifier> identifiers;  // never empty
  std::vector<Correction> corrections;  // kCorrection
  std::optional<std::string> purpose;   // kObjection, kConsentWithdrawal: to which purpose; none: to all, marketing too
  std::string language;                 // of package and certificate, "de"
  bool may_execute = false;             // an approved plan stands behind it; otherwise only read and plan
  std::string plan_digest;              // of that plan: nothing else may be executed
  std::optional<std::int64_t> records_per_minute{};  // no faster than that
};

// What the person who approves sees before anything happens. Counts, nothing personal.
struct PlanSummary {
  std::string digest;               // names exactly this plan: SHA-256, hexadecimal
  std::int64_t stores = 0;          // that were asked
  std::int64_t collections = 0;     // in which something is planned
  std::int64_t records = 0;         // to be read or changed
  std::int64_t boundaries = 0;      // references at which the walk stopped, because another person stands behind
  std::int64_t kept = 0;            // records kept, with a ground
  std::int64_t stores_missing = 0;  // that could not be asked: named in the plan
};
PRIVITY_DESCRIBE(PlanSummary, (digest, stores, collections, records, boundaries, kept, stores_missing))

enum class FulfilmentStage {
  kRunning,           // tasks are being done
  kWaitingForStore,   // a store does not answer; it is tried again by itself
  kWaitingForPerson,  // a person of the company has to decide or to do something by hand
  kChecking,          // everything is done, and is being looked at again
  kChecked            // looked at again: package or certificate are ready, with whatever was found
};
PRIVITY_DESCRIBE_ENUM(FulfilmentStage, kRunning, kWaitingForStore, kWaitingForPerson, kChecking, kChecked)

// How far it is. Counts and ids of files (room `files`), nothing personal.
struct FulfilmentReport {
  FulfilmentStage stage = FulfilmentStage::kRunning;
  std::int64_t tasks = 0;
  std::int64_t tasks_done = 0;
  std::int64_t tasks_failed = 0;
  std::int64_t records_done = 0;
  std::int64_t leftovers = 0;                // found by the re-check
  std::optional<std::string> package{};      // access, portability: what the person is given
  std::optional<std::string> certificate{};  // what was done, kept, failed, not covered
};
PRIVITY_DESCRIBE(FulfilmentReport,
                 (stage, tasks, tasks_done, tasks_failed, records_done, leftovers, package, certificate))

// Implemented by the casework; whoever fulfils calls it.
class Mandates {
 public:
  virtual ~Mandates() = default;

  // Asked before every read of a store and anew before every change. Errors: rights.request_unknown,
  // rights.not_proven (no proof of the person's identity, or of another person's, or it is too old),
  // rights.not_in_hand{state} (neither to be planned nor to be executed now: withdrawn, refused, closed).
  virtual Result<Mandate> Of(ReadTx& tx, const RightsRequestId& request) const = 0;

  // The plan is there and may be looked at. Errors: as Of.
  virtual Status Planned(WriteTx& tx, const RightsRequestId& request, const PlanSummary& plan) = 0;
  // Somebody changed the present plan: it is to be looked at and approved anew. Errors: rights.request_unknown,
  // rights.no_such_step once it is being carried out, rights.not_proven. How many stores were asked stays as it is.
  virtual Status PlanEdited(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                            const PlanSummary& plan) = 0;
  // It could not be planned; the code says why, and a person decides what next. Errors: as Of.
  virtual Status PlanFailed(WriteTx& tx, const RightsRequestId& request, const Error& why) = 0;
  // Repeating a report is harmless. Errors: as Of; rights.no_such_step for a stage that cannot follow.
  virtual Status Progressed(WriteTx& tx, const RightsRequestId& request, const FulfilmentReport& report) = 0;
};

// Implemented by whoever fulfils; the casework calls it. src/app hands one to the other. Without one, these steps are
// refused with rights.no_fulfilment.
class Fulfilment {
 public:
  virtual ~Fulfilment() = default;

  // A plan made before is replaced.
  virtual Status StartPlan(WriteTx& tx, const RightsRequestId& request, const Caller& caller) = 0;
  // Also when a person lets it go on after they did what it waited for. fulfil.plan_changed: the plan with this digest
  // is not the present one.
  virtual Status StartExecution(WriteTx& tx, const RightsRequestId& request, const std::string& plan_digest,
                                const Caller& caller) = 0;
  // Stops what has not begun. Errors: fulfil.point_of_no_return when a change was made that cannot be undone.
  virtual Status Cancel(WriteTx& tx, const RightsRequestId& request, const Caller& caller) = 0;
  // Forgets plan, samples and package; what proves that it happened stays. When the request is minimized.
  virtual Status Forget(WriteTx& tx, const RightsRequestId& request) = 0;
};

}  // namespace privity
