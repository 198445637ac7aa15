// Carries out rights requests in the connected stores: the bridge between the casework (room `rights`), the register
// (`datamap`) and what is done in a store (`fulfil`).
//
//   StartPlan ─► job execution.plan: stores and register ─► walk ─► plan, sealed under the person's keys
//   StartExecution ─► job execution.run:
//     access, portability   the package, a sealed file that expires
//     erasure               the erasure, its two looks afterwards, the certificate
//     correction            the right value wherever the wrong one lives, likewise looked at and certified
//     restriction, objection, withdrawal of consent
//                           a fact that is in force at once (rights/restrictions.h), and the fields that the stores'
//                           programs heed, likewise
//     a correction that names no value
//                           a task for somebody of the company, with evidence
//
// A job asks for the mandate when it runs; without one it ends and does nothing. It goes on where it was cut off. A
// store that does not answer is tried again later, less and less often; what goes wrong otherwise waits for a person
// after a few attempts, and goes on when they let it. What an erasure left over, or could not
// change, makes one task for a person; when they let it go on, it is looked at again, and the certificate says what was
// found then.
//
// Threads: every method may be called from many; one job for each request at a time. Errors: execution.nothing_planned
// (404), execution.no_package (404), execution.no_certificate (404), those of the rooms named.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "datamap/datamap.h"
#include "execution/plan_view.h"
#include "execution/replay.h"
#include "execution/rules.h"
#include "execution/store_map.h"
#include "files/file_store.h"
#include "fulfil/certificate.h"
#include "fulfil/erasures.h"
#include "fulfil/package.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"
#include "keys/person_keys.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "rights/fulfilment.h"
#include "rights/restrictions.h"
#include "tasks/tasks.h"
#include "words/catalog.h"

namespace privity {

std::vector<Migration> ExecutionMigrations();
std::span<const ActionInfo> ExecutionActions();

// How long a person can fetch their package.
inline constexpr std::chrono::days kPackageLifetime{30};
// Under which they are saved: "data-019a….zip", "certificate-019a….json".
std::string PackageFileName(const RightsRequestId& request);
std::string CertificateFileName(const RightsRequestId& request);

struct ExecutionWorld {
  Store& store;
  Ledger& ledger;
  LedgerReader& reader;
  PersonKeys& person_keys;
  FileStore& files;
  const JobQueue& jobs;
  const Datamap& datamap;
  const Tasks& tasks;
  Mandates& mandates;
  Restrictions& restrictions;
  const ErasureJournal& journal;
  OrderDesk& orders;
  const Catalog& words;
  std::function<const Detector&()> detector;        // made when first asked for
  std::function<Result<SigningKey>()> signing_key;  // of the ledger, the present one
  std::string origin;                               // of the ledger: the name of its key
  Caller machine;                                   // Privity itself, who opens tasks
  const Clock& clock;
};

class Execution final : public Fulfilment {
 public:
  // Their payload is {"request": id}.
  static constexpr std::string_view kPlanJob = "execution.plan";
  static constexpr std::string_view kRunJob = "execution.run";
  static constexpr std::string_view kUndoJob = "execution.undo";

  explicit Execution(const ExecutionWorld& world);

  Status StartPlan(WriteTx& tx, const RightsRequestId& request, const Caller& caller) override;
  Status StartExecution(WriteTx& tx, const RightsRequestId& request, const std::string& plan_digest,
                        const Caller& caller) override;
  // Somebody answered what its execution waits for, or the putting back of what it changed: it goes on now instead of
  // at its next try.
  Status Wake(WriteTx& tx, const RightsRequestId& request) const;
  Status Cancel(WriteTx& tx, const RightsRequestId& request, const Caller& caller) override;
  Status Forget(WriteTx& tx, const RightsRequestId& request) override;
  // What this room and those below keep of a request whose content is destroyed.
  Result<std::vector<RequestTrace>> Traces(ReadTx& tx, const RightsRequestId& request) const;

  // What a request set in the stores is put back: the restriction that it made was lifted. A job does it; what cannot
  // be put back makes a task for a person. Nothing when it set nothing.
  Status Undo(WriteTx& tx, const RightsRequestId& request);

  // Somebody takes a correction back, once: the values that it replaced come again where they still stand as it left
  // them. A job does it; what cannot be put back makes a task for a person. execution.not_undoable (409): nothing was
  // corrected, or it was taken back already.
  Status UndoCorrection(WriteTx& tx, const Caller& caller, const RightsRequestId& request);

  // To be registered under their kinds.
  JobHandlers Handlers();

  Result<ExecutionPlan> Plan(ReadTx& tx, const RightsRequestId& request) const;
  // Changes the present plan where a person knows better. It has another digest from then on, and an approval of the
  // earlier one no longer holds. Errors: those of EditPlan and of Mandates::PlanEdited.
  Result<ExecutionPlan> EditPlan(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                                 const PlanEdit& edit);
  // The plan as if this one edit had never been made; without any it is the very plan that was made, and has its
  // digest. Errors: execution.plan_edit_unknown (404), those of EditPlan.
  Result<ExecutionPlan> UndoPlanEdit(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                                     const PlanEditId& edit);
  const HandlingRules& rules() const { return rules_; }
  ErasureReplays& replays() { return replays_; }
  // Discloses personal data: the ledger says so in the same transaction.
  Result<FileReader> Package(WriteTx& tx, const Actor& actor, const RightsRequestId& request) const;
  Result<FileReader> Certificate(ReadTx& tx, const RightsRequestId& request) const;

  // After the rotation of a person's key (PersonKeys::Rotate).
  Status Reseal(WriteTx& tx, const SubjectId& subject);

 private:
  struct Stored;
  Result<std::optional<Stored>> Find(ReadTx& tx, const RightsRequestId& request) const;
  Result<Stored> Load(ReadTx& tx, const RightsRequestId& request) const;
  Result<ErasurePlan> OpenPlan(ReadTx& tx, const Stored& stored) const;
  // `field`: of the row, the plan as it is or as it was made.
  Result<ErasurePlan> Unseal(ReadTx& tx, const Stored& stored, std::string_view field, BytesView sealed) const;
  Status Seal(WriteTx& tx, const Stored& stored, std::string_view field, const ErasurePlan& plan) const;
  Status Reseal(WriteTx& tx, const SubjectId& subject, std::string_view field) const;
  Result<ExecutionPlan> SaveEdited(WriteTx& tx, const Caller& caller, const Stored& stored, const ErasurePlan& plan,
                                   std::string_view action);
  Result<std::optional<Mandate>> MandateFor(const RightsRequestId& request) const;
  Status RunPlan(JobContext& context);
  Result<ErasurePlan> MakePlan(const Mandate& mandate, const std::stop_token& stop, std::int64_t& stores) const;
  Status Save(WriteTx& tx, const Mandate& mandate, const ErasurePlan& plan);
  Status Run(JobContext& context);
  Status Carry(JobContext& context, const Mandate& mandate, const Stored& stored);
  Status Pack(JobContext& context, const Mandate& mandate, const Stored& stored);
  Result<std::optional<HandedFiles>> HandedFilesOf(const Stored& stored);
  Status Alter(JobContext& context, const Mandate& mandate, Stored stored);
  Status EnsureErasure(const Mandate& mandate, Stored& stored);
  Result<std::int64_t> LookAgain(JobContext& context, const Stored& stored);
  Result<std::int64_t> RecordsBeyondReach(const Stored& stored);
  Status Certify(JobContext& context, const Mandate& mandate, const Stored& stored, FulfilmentReport report);
  Result<Task> MakeTask(WriteTx& tx, const Stored& stored, std::string_view what);
  Result<Task> MakeTask(WriteTx& tx, TaskLink about, std::string_view what, std::span<const WordsParameter> words = {});
  Status AskPerson(JobContext& context, const Mandate& mandate, const Stored& stored, std::string_view what,
                   FulfilmentReport report);
  Status ByHand(JobContext& context, const Mandate& mandate, const Stored& stored);
  Status RunUndo(JobContext& context);
  Status UndoByHand(JobContext& context, const Stored& stored);
  Result<PlanId> EnsureUndo(const Stored& stored);
  Status WaitForStore(JobContext& context, const Mandate& mandate, const FulfilmentReport& report);
  Status Tell(WriteTx& tx, const RightsRequestId& request, FulfilmentStage stage, FulfilmentReport report) const;
  Status Report(const RightsRequestId& request, FulfilmentStage stage, const FulfilmentReport& report) const;
  Result<FulfilmentReport> ReportOf(const PlanId& plan);
  Status Set(WriteTx& tx, const Stored& stored, std::string_view column, const std::string& value) const;
  Status Record(WriteTx& tx, std::string_view action, const Actor& actor, const Stored& stored) const;

  const ExecutionWorld world_;
  const HandlingRules rules_;
  const StoreMap stores_;
  Erasures erasures_;
  ErasureReplays replays_;
};

}  // namespace privity
