#include "execution/execution.h"

#include <algorithm>
#include <utility>

#include "crypto/seal.h"
#include "fulfil/change.h"
#include "fulfil/erase.h"
#include "fulfil/package.h"

namespace privity {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE execution (
  id text PRIMARY KEY,
  request text NOT NULL,
  subject text NOT NULL,
  plan bytea,
  digest text NOT NULL,
  planned_at bigint NOT NULL,
  erasure text,
  package text,
  certificate text,
  task text
);
CREATE INDEX execution_of_request ON execution (request, id);
CREATE INDEX execution_of_subject ON execution (subject);
)sql";

constexpr const char* kRules = R"sql(
CREATE TABLE execution_rule (
  id text PRIMARY KEY,
  system text NOT NULL,
  kind text NOT NULL,
  content text NOT NULL,
  author text NOT NULL,
  since bigint NOT NULL,
  ended_at bigint
);
ALTER TABLE execution ADD COLUMN undo text;
CREATE INDEX execution_rule_of_system ON execution_rule (system, ended_at);
)sql";

constexpr const char* kReplays = R"sql(
CREATE TABLE execution_replay (
  id text PRIMARY KEY,
  state text NOT NULL,
  dry_run boolean NOT NULL,
  system text,
  started_at bigint NOT NULL,
  ended_at bigint,
  body text NOT NULL
);
CREATE TABLE execution_replay_case (
  id text PRIMARY KEY,
  replay text NOT NULL REFERENCES execution_replay (id),
  erasure text NOT NULL,
  verdict text NOT NULL,
  state text NOT NULL,
  records bigint NOT NULL,
  same_records bigint NOT NULL,
  digest text NOT NULL,
  leftovers bigint NOT NULL,
  plan text
);
CREATE INDEX execution_replay_case_of ON execution_replay_case (replay, id);
CREATE INDEX execution_replay_case_by_erasure ON execution_replay_case (erasure, state);
)sql";

constexpr const char* kUnedited = "ALTER TABLE execution ADD COLUMN unedited bytea;";

constexpr ActionInfo kActions[] = {
    {"execution.replay.started", "Whoever was erased was looked for in the stores again, after a restore."},
    {"execution.replay.searched",
     "The stores were compared with the journal of erasures; how many are back is counted."},
    {"execution.replay.approved", "Somebody approved that a person who is back is erased again."},
    {"execution.replay.dismissed", "Somebody decided that a person who is back stays."},
    {"execution.plan.made", "What would be read or changed in the stores for a request was planned."},
    {"execution.plan.edited", "Somebody changed what is planned for a request; an approval of it no longer holds."},
    {"execution.plan.edit_undone", "Somebody took a change of a plan back; an approval of it no longer holds."},
    {"execution.rule.set", "Somebody decided how requests treat a collection or a field."},
    {"execution.rule.ended", "A decision on how requests treat a collection or a field was ended."},
    {"execution.package.made", "What the stores hold about a person was put together for them."},
    {"execution.package.opened", "Somebody fetched the package of a person's data."},
    {"execution.undo.asked", "Somebody had put back what a correction changed."},
    {"execution.certificate.issued", "The certificate of an erasure was issued."},
};

constexpr std::string_view kPlanField = "plan";
constexpr std::string_view kUneditedField = "unedited";  // the plan as it was made, once somebody changed it
// Kinds of tasks; their words stand under the same keys.
constexpr std::string_view kLeftoverTask = "leftovers";
constexpr std::string_view kUnchangedTask = "unchanged";
constexpr std::string_view kByHandTask = "by_hand";
constexpr std::string_view kFlagTask = "flags_stand";
constexpr std::string_view kSharedKeyTask = "key_shared";
constexpr std::string_view kFilesTask = "handed_files";
constexpr std::string_view kReturnedTask = "returned";
// Of what goes wrong otherwise than by a store that does not answer; then a person has to look.
constexpr std::int64_t kRunAttempts = 5;
constexpr std::chrono::seconds kFirstWait{30};
constexpr std::chrono::seconds kLongestWait{3600};
constexpr std::chrono::seconds kSigningWait{2};

struct ExecutionTag {};
using ExecutionId = Id<ExecutionTag>;

struct Payload {
  RightsRequestId request;
};
PRIVITY_DESCRIBE(Payload, (request))

// What an attempt hands on to the next.
struct Progress {
  std::int64_t waits = 0;  // for a store, one after another
  bool looked = false;     // again, after the changes
  std::int64_t leftovers = 0;
};
PRIVITY_DESCRIBE(Progress, (waits, looked, leftovers))

std::string JobKey(const RightsRequestId& request) {
  return "execution." + request.ToString();
}
std::string UndoKey(const RightsRequestId& request) {
  return JobKey(request) + ".undo";
}

Actor Machine() {
  return {.kind = ActorKind::kSystem, .id = "execution"};
}

Progress ProgressOf(const JobContext& context) {
  if (context.checkpoint().is_null()) return {};
  const auto read = FromJsonValue<Progress>(context.checkpoint());
  return read.ok() ? *read : Progress();
}

FieldPlace PlaceOf(const std::string& id, std::string_view field = kPlanField) {
  return {.collection = "execution", .record = id, .field = field};
}

std::vector<SubjectIdentifier> IdentifiersOf(const Mandate& mandate) {
  std::vector<SubjectIdentifier> out;
  for (const Identifier& each : mandate.identifiers) {
    out.push_back({each.kind, NormalizeIdentifier(each.kind, each.value)});
  }
  return out;
}

// None: a person does it by hand, in every system.
std::optional<OrderAct> ActOf(Right right) {
  switch (right) {
    case Right::kAccess:
      return OrderAct::kAccess;
    case Right::kPortability:
      return OrderAct::kPortability;
    case Right::kErasure:
      return OrderAct::kErasure;
    case Right::kCorrection:
      return OrderAct::kCorrection;
    case Right::kRestriction:
      return OrderAct::kRestriction;
    case Right::kObjection:
      return OrderAct::kObjection;
    case Right::kConsentWithdrawal:
      return OrderAct::kConsentWithdrawal;
    case Right::kAutomatedDecision:
    case Right::kComplaint:
      break;
  }
  return std::nullopt;
}

// What systems of last resort are asked for.
std::optional<PersonOrder> OrderOf(const Mandate& mandate, const std::string& attempt, OrderDesk& desk) {
  const std::optional<OrderAct> act = ActOf(mandate.right);
  if (!act) return std::nullopt;
  PersonOrder order{
      .id = attempt, .request = mandate.request.ToString(), .act = *act, .may_place = !attempt.empty(), .desk = &desk};
  for (const Identifier& each : mandate.identifiers) order.identifiers.push_back({each.kind, each.value});
  return order;
}

// What is to be replaced in the stores; none when records go, are handed out, or a person does it by hand.
std::optional<WantedChanges> WantedOf(const Mandate& mandate, const MappedStores& mapped) {
  WantedChanges wanted;
  switch (mandate.right) {
    case Right::kCorrection:
      for (const Correction& each : mandate.corrections) {
        wanted.corrections.push_back({each.category, each.before, each.after});
        const auto before = each.before.empty() ? std::nullopt : std::optional(each.before);
        wanted.asked.push_back({each.category, before, each.after});
      }
      if (wanted.corrections.empty()) return std::nullopt;
      return wanted;
    case Right::kRestriction:
    case Right::kObjection:
    case Right::kConsentWithdrawal:
      for (const StoreFlag& flag : mapped.flags) {
        const bool is_meant = flag.purpose.empty() || !mandate.purpose || IsForPurpose(flag.purpose, *mandate.purpose);
        if (flag.right == mandate.right && is_meant) wanted.flags.push_back(flag.field);
      }
      if (mandate.right == Right::kRestriction) wanted.quarantine = true;
      wanted.asked.push_back({std::string(EnumText(mandate.right)), std::nullopt, mandate.purpose});
      return wanted;
    case Right::kAccess:
    case Right::kPortability:
    case Right::kErasure:
    case Right::kAutomatedDecision:
    case Right::kComplaint:
      return std::nullopt;
  }
  return std::nullopt;
}

// The job runs again by itself: a store, the ledger's next signature, the end of the program.
bool IsAskedToWait(const Error& error) {
  return error.Is("execution.waits_for_store") || error.Is("execution.paced") || error.Is("ledger.not_signed_yet") ||
         error.Is("ledger.entry_unknown") || error.Is("jobs.stopped") || error.Is("jobs.lease_lost");
}

// What cannot be asked now and could be when the plan was made.
bool IsNewlyLost(const ErasurePlan& plan, const PackageSummary& summary) {
  return std::ranges::any_of(summary.not_read, [&](const NotRead& note) {
    return IsLost(Error(note.code)) && std::ranges::find(plan.not_read, note) == plan.not_read.end();
  });
}

}  // namespace

std::vector<Migration> ExecutionMigrations() {
  return {{.room = "execution", .version = 1, .name = "plans, packages, certificates", .sql = kTables},
          {.room = "execution", .version = 2, .name = "rules of collections and fields", .sql = kRules},
          {.room = "execution", .version = 3, .name = "replays of the journal of erasures", .sql = kReplays},
          {.room = "execution", .version = 4, .name = "plans as they were before they were changed", .sql = kUnedited}};
}
std::span<const ActionInfo> ExecutionActions() {
  return kActions;
}

std::string PackageFileName(const RightsRequestId& request) {
  return "data-" + request.ToString() + ".zip";
}
std::string CertificateFileName(const RightsRequestId& request) {
  return "certificate-" + request.ToString() + ".json";
}

struct Execution::Stored {
  ExecutionId id;
  RightsRequestId request;
  SubjectId subject;
  std::optional<Bytes> plan = {};  // sealed; none when it was forgotten
  std::string digest = {};
  Instant planned_at{};
  std::optional<PlanId> erasure = {};
  std::optional<FileId> package = {};
  std::optional<FileId> certificate = {};
  std::optional<TaskId> task = {};     // that somebody was asked to do
  std::optional<PlanId> undo = {};     // of what the erasure changed
  std::optional<Bytes> unedited = {};  // sealed; none while nobody changed the plan
};

Execution::Execution(const ExecutionWorld& world)
    : world_(world),
      rules_(world.ledger, world.datamap, world.clock),
      stores_(world.store, world.datamap, rules_),
      erasures_(world.store, world.ledger, world.person_keys, world.journal, world.clock),
      replays_(world.store, world.ledger, world.person_keys, world.jobs, world.journal, stores_, world.clock,
               [this](WriteTx& tx, const ReplayId& replay, const std::string& places) -> Status {
                 const WordsParameter named{"places", places};
                 PRIVITY_TRY_VOID(
                     MakeTask(tx, {.kind = "replay", .id = replay.ToString()}, kReturnedTask, std::span(&named, 1)));
                 return Ok();
               }) {}

// --- What the casework asks for ---

Status Execution::StartPlan(WriteTx& tx, const RightsRequestId& request, const Caller&) {
  PRIVITY_TRY_VOID(world_.jobs.Enqueue(
      tx, {.kind = std::string(kPlanJob), .payload = ToJsonValue(Payload{request}), .unique_key = JobKey(request)}));
  return Ok();
}

Status Execution::StartExecution(WriteTx& tx, const RightsRequestId& request, const std::string& plan_digest,
                                 const Caller&) {
  PRIVITY_TRY(const Stored stored, Load(tx, request));
  if (stored.digest != plan_digest) return Error("fulfil.plan_changed");
  PRIVITY_TRY_VOID(world_.jobs.Enqueue(
      tx, {.kind = std::string(kRunJob), .payload = ToJsonValue(Payload{request}), .unique_key = JobKey(request)}));
  return Ok();
}

// Only a job that waits: nothing is begun that nobody has approved.
Status Execution::Wake(WriteTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY_VOID(world_.jobs.Wake(tx, kRunJob, JobKey(request)));
  return world_.jobs.Wake(tx, kUndoJob, UndoKey(request));
}

Status Execution::Cancel(WriteTx& tx, const RightsRequestId& request, const Caller&) {
  PRIVITY_TRY(const auto stored, Find(tx, request));
  if (!stored) return Ok();
  if (stored->erasure && !stored->certificate) return Error("fulfil.point_of_no_return");
  PRIVITY_TRY_VOID(
      tx.Execute("DELETE FROM execution WHERE id = $1 AND erasure IS NULL AND package IS NULL", {stored->id}));
  return Ok();
}

Status Execution::Forget(WriteTx& tx, const RightsRequestId& request) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT package FROM execution WHERE request = $1 AND package IS NOT NULL", {request}));
  for (const Row& row : rows) PRIVITY_TRY_VOID(world_.files.Remove(tx, row.Get<FileId>(0)));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE execution SET plan = $1, unedited = $1, package = $1 WHERE request = $2",
                              {std::optional<Bytes>(), request}));
  return Ok();
}

Result<std::vector<RequestTrace>> Execution::Traces(ReadTx& tx, const RightsRequestId& request) const {
  std::vector<RequestTrace> traces;
  PRIVITY_TRY(const EntryPage entries,
              world_.reader.List(
                  tx, {.object_kind = "rights_request", .object_id = request.ToString(), .limit = kLedgerPageMax}));
  if (!entries.items.empty()) {
    traces.push_back({.kind = TraceKind::kLedger, .count = static_cast<std::int64_t>(entries.items.size())});
  }
  PRIVITY_TRY(const auto rows, tx.Query("SELECT erasure, certificate FROM execution WHERE request = $1", {request}));
  RequestTrace certificate{.kind = TraceKind::kCertificate};
  RequestTrace journal{.kind = TraceKind::kErasureJournal, .personal = true};
  PRIVITY_TRY(const auto remembered, world_.journal.Entries());
  for (const Row& row : rows) {
    const auto erasure = row.Get<std::optional<PlanId>>(0);
    journal.count += erasure && std::ranges::count(remembered, *erasure, &JournalEntry::erasure) > 0;
    certificate.count += row.Get<std::optional<FileId>>(1).has_value();
  }
  for (const RequestTrace& trace : {certificate, journal}) {
    if (trace.count > 0) traces.push_back(trace);
  }
  return traces;
}

JobHandlers Execution::Handlers() {
  return {{std::string(kPlanJob), [this](JobContext& context) { return RunPlan(context); }},
          {std::string(kRunJob), [this](JobContext& context) { return Run(context); }},
          {std::string(kUndoJob), [this](JobContext& context) { return RunUndo(context); }},
          {std::string(ErasureReplays::kJob), replays_.Handler()}};
}

// --- What is known of a request ---

// The newest: a request that was opened again has one for each attempt.
Result<std::optional<Execution::Stored>> Execution::Find(ReadTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT id, subject, plan, digest, planned_at, erasure, package, certificate, task, undo, "
                          "unedited FROM execution WHERE request = $1 ORDER BY id DESC LIMIT 1",
                          {request}));
  if (!row) return std::optional<Stored>();
  return std::optional(Stored{.id = row->Get<ExecutionId>(0),
                              .request = request,
                              .subject = row->Get<SubjectId>(1),
                              .plan = row->Get<std::optional<Bytes>>(2),
                              .digest = row->Get<std::string>(3),
                              .planned_at = row->Get<Instant>(4),
                              .erasure = row->Get<std::optional<PlanId>>(5),
                              .package = row->Get<std::optional<FileId>>(6),
                              .certificate = row->Get<std::optional<FileId>>(7),
                              .task = row->Get<std::optional<TaskId>>(8),
                              .undo = row->Get<std::optional<PlanId>>(9),
                              .unedited = row->Get<std::optional<Bytes>>(10)});
}

Result<Execution::Stored> Execution::Load(ReadTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY(auto stored, Find(tx, request));
  if (!stored) return Error("execution.nothing_planned");
  return std::move(*stored);
}

Result<ErasurePlan> Execution::OpenPlan(ReadTx& tx, const Stored& stored) const {
  if (!stored.plan) return Error("execution.nothing_planned");
  return Unseal(tx, stored, kPlanField, *stored.plan);
}

Result<ExecutionPlan> Execution::Plan(ReadTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY(const Stored stored, Load(tx, request));
  PRIVITY_TRY(const ErasurePlan plan, OpenPlan(tx, stored));
  return ViewOf(plan, stored.digest, stored.planned_at);
}

Result<ExecutionPlan> Execution::EditPlan(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                                          const PlanEdit& edit) {
  PRIVITY_TRY(const Stored stored, Load(tx, request));
  PRIVITY_TRY(ErasurePlan plan, OpenPlan(tx, stored));
  if (!stored.unedited) PRIVITY_TRY_VOID(Seal(tx, stored, kUneditedField, plan));
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(
      privity::EditPlan(plan, {.id = PlanEditId::New(world_.clock), .edit = edit, .by = caller.actor, .at = now}));
  return SaveEdited(tx, caller, stored, plan, "execution.plan.edited");
}

Result<ExecutionPlan> Execution::UndoPlanEdit(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                                              const PlanEditId& edit) {
  PRIVITY_TRY(const Stored stored, Load(tx, request));
  PRIVITY_TRY(const ErasurePlan edited, OpenPlan(tx, stored));
  const auto undone = std::ranges::find(edited.edits, edit, &MadeEdit::id);
  if (undone == edited.edits.end() || !stored.unedited) return Error("execution.plan_edit_unknown");
  PRIVITY_TRY(ErasurePlan plan, Unseal(tx, stored, kUneditedField, *stored.unedited));
  for (const MadeEdit& each : edited.edits) {
    if (each.id != edit) PRIVITY_TRY_VOID(privity::EditPlan(plan, each));
  }
  return SaveEdited(tx, caller, stored, plan, "execution.plan.edit_undone");
}

// Nobody's approval of the plan as it was before holds for this one.
Result<ExecutionPlan> Execution::SaveEdited(WriteTx& tx, const Caller& caller, const Stored& stored,
                                            const ErasurePlan& plan, std::string_view action) {
  std::string digest = DigestOf(plan);
  PRIVITY_TRY_VOID(world_.mandates.PlanEdited(tx, caller, stored.request, SummaryOf(plan, digest, 0)));
  PRIVITY_TRY_VOID(Seal(tx, stored, kPlanField, plan));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE execution SET digest = $1 WHERE id = $2", {digest, stored.id}));
  PRIVITY_TRY_VOID(Record(tx, action, caller.actor, stored));
  return ViewOf(plan, std::move(digest), stored.planned_at);
}

Result<ErasurePlan> Execution::Unseal(ReadTx& tx, const Stored& stored, std::string_view field,
                                      BytesView sealed) const {
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, stored.subject));
  PRIVITY_TRY(const SecretBytes plan, key.Open(sealed, PlaceOf(stored.id.ToString(), field)));
  return FromJson<ErasurePlan>(AsText(plan.Reveal()));
}

Status Execution::Seal(WriteTx& tx, const Stored& stored, std::string_view field, const ErasurePlan& plan) const {
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, stored.subject));
  PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(ToJson(plan)), PlaceOf(stored.id.ToString(), field)));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE execution SET " + std::string(field) + " = $1 WHERE id = $2", {std::move(sealed), stored.id}));
  return Ok();
}

Result<FileReader> Execution::Package(WriteTx& tx, const Actor& actor, const RightsRequestId& request) const {
  PRIVITY_TRY(const auto stored, Find(tx, request));
  if (!stored || !stored->package) return Error("execution.no_package");
  auto reader = world_.files.Read(tx, *stored->package);
  if (!reader.ok() && reader.error().Is("files.unknown")) return Error("execution.no_package");
  if (!reader.ok()) return reader.error();
  PRIVITY_TRY_VOID(Record(tx, "execution.package.opened", actor, *stored));
  return reader;
}

Result<FileReader> Execution::Certificate(ReadTx& tx, const RightsRequestId& request) const {
  PRIVITY_TRY(const auto stored, Find(tx, request));
  if (!stored || !stored->certificate) return Error("execution.no_certificate");
  return world_.files.Read(tx, *stored->certificate);
}

Status Execution::Reseal(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY_VOID(erasures_.Reseal(tx, subject));
  for (const std::string_view field : {kPlanField, kUneditedField}) PRIVITY_TRY_VOID(Reseal(tx, subject, field));
  return Ok();
}

Status Execution::Reseal(WriteTx& tx, const SubjectId& subject, std::string_view field) const {
  const std::string column(field);
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, subject));
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id, " + column + " FROM execution WHERE subject = $1 AND " + column + " IS NOT NULL",
                       {subject}));
  for (const Row& row : rows) {
    const std::string id = row.Get<std::string>(0);
    const Bytes sealed = row.Get<Bytes>(1);
    PRIVITY_TRY(const bool is_outdated, key.IsOutdated(sealed));
    if (!is_outdated) continue;
    PRIVITY_TRY(const SecretBytes plan, key.Open(sealed, PlaceOf(id, field)));
    PRIVITY_TRY(Bytes anew, key.Seal(plan.Reveal(), PlaceOf(id, field)));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE execution SET " + column + " = $1 WHERE id = $2", {std::move(anew), id}));
  }
  return Ok();
}

Status Execution::Set(WriteTx& tx, const Stored& stored, std::string_view column, const std::string& value) const {
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE execution SET " + std::string(column) + " = $1 WHERE id = $2", {value, stored.id}));
  return Ok();
}

Status Execution::Record(WriteTx& tx, std::string_view action, const Actor& actor, const Stored& stored) const {
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, {.action = std::string(action),
                                             .actor = actor,
                                             .object_kind = "rights_request",
                                             .object_id = stored.request.ToString(),
                                             .subjects = {stored.subject}}));
  return Ok();
}

// None when nothing is to be done any more: the request was withdrawn, refused, or its proof is stale.
Result<std::optional<Mandate>> Execution::MandateFor(const RightsRequestId& request) const {
  auto mandate = world_.store.Read([&](ReadTx& tx) { return world_.mandates.Of(tx, request); });
  if (mandate.ok()) return std::optional(std::move(*mandate));
  const bool has_none = mandate.error().Is("rights.request_unknown") || mandate.error().Is("rights.not_proven") ||
                        mandate.error().Is("rights.not_in_hand");
  if (has_none) return std::optional<Mandate>();
  return mandate.error();
}

// --- Planning ---

Status Execution::RunPlan(JobContext& context) {
  PRIVITY_TRY(const Payload payload, context.Payload<Payload>());
  PRIVITY_TRY(const std::optional<Mandate> mandate, MandateFor(payload.request));
  if (!mandate) return Ok();
  PRIVITY_TRY_VOID(context.BeginStep("plan"));
  std::int64_t stores = 0;
  const Result<ErasurePlan> plan = MakePlan(*mandate, context.stop_token(), stores);
  if (!plan.ok() && context.stop_requested()) return plan.error();
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    if (!plan.ok()) return world_.mandates.PlanFailed(tx, payload.request, plan.error());
    PRIVITY_TRY_VOID(Save(tx, *mandate, *plan));
    return world_.mandates.Planned(tx, payload.request, SummaryOf(*plan, DigestOf(*plan), stores));
  });
}

Result<ErasurePlan> Execution::MakePlan(const Mandate& mandate, const std::stop_token& stop,
                                        std::int64_t& stores) const {
  PRIVITY_TRY(const MappedStores mapped, stores_.Read(stop));
  stores = mapped.stores;
  const StoreOpener opener = stores_.Opener(stop, OrderOf(mandate, "", world_.orders));
  OpenStores open(opener, StoreAccess::kRead);
  PRIVITY_TRY(Walk walk, WalkSubject(mapped.map, open, IdentifiersOf(mandate)));
  walk.not_read.insert(walk.not_read.begin(), mapped.not_read.begin(), mapped.not_read.end());
  const std::optional<WantedChanges> wanted = WantedOf(mandate, mapped);
  if (wanted) return MakeChangePlan(mapped.map, walk, mapped.writable, open, *wanted);
  return MakeErasurePlan(mapped.map, walk, mapped.writable);
}

// In place of one that nothing came of.
Status Execution::Save(WriteTx& tx, const Mandate& mandate, const ErasurePlan& plan) {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM execution WHERE request = $1 AND erasure IS NULL AND package IS NULL",
                              {mandate.request}));
  const Stored stored{.id = ExecutionId::New(world_.clock), .request = mandate.request, .subject = mandate.subject};
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Ensure(tx, mandate.subject));
  PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(ToJson(plan)), PlaceOf(stored.id.ToString())));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO execution (id, request, subject, plan, digest, planned_at) VALUES ($1, $2, "
                 "$3, $4, $5, $6)",
                 {stored.id, stored.request, stored.subject, std::move(sealed), DigestOf(plan), world_.clock.Now()}));
  return Record(tx, "execution.plan.made", Machine(), stored);
}

// --- Carrying out ---

Status Execution::Run(JobContext& context) {
  PRIVITY_TRY(const Payload payload, context.Payload<Payload>());
  PRIVITY_TRY(const std::optional<Mandate> mandate, MandateFor(payload.request));
  if (!mandate) return Ok();
  PRIVITY_TRY(const Stored stored, world_.store.Read([&](ReadTx& tx) { return Load(tx, payload.request); }));
  const bool goes_on = stored.erasure && !stored.certificate;  // the changes are made; what is left is to look again
  if (stored.digest != mandate->plan_digest || (!mandate->may_execute && !goes_on)) {
    return context.GiveUp(Error("fulfil.plan_changed"));
  }
  // In force before anything is done in the stores.
  PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return world_.restrictions.Set(tx, *mandate); }));
  const Status done = Carry(context, *mandate, stored);
  if (!done.ok() && context.attempt() >= kRunAttempts && !IsAskedToWait(done.error())) {
    PRIVITY_TRY_VOID(Report(mandate->request, FulfilmentStage::kRunning, {}));
    PRIVITY_TRY_VOID(Report(mandate->request, FulfilmentStage::kWaitingForPerson, {}));
    return context.GiveUp(done.error());
  }
  return done;
}

Status Execution::Carry(JobContext& context, const Mandate& mandate, const Stored& stored) {
  switch (mandate.right) {
    case Right::kAccess:
    case Right::kPortability:
      return Pack(context, mandate, stored);
    case Right::kErasure:
    case Right::kRestriction:
    case Right::kObjection:
    case Right::kConsentWithdrawal:
      return Alter(context, mandate, stored);
    case Right::kCorrection:
      return mandate.corrections.empty() ? ByHand(context, mandate, stored) : Alter(context, mandate, stored);
    case Right::kAutomatedDecision:
    case Right::kComplaint:
      return ByHand(context, mandate, stored);
  }
  return Ok();
}

Status Execution::Tell(WriteTx& tx, const RightsRequestId& request, FulfilmentStage stage,
                       FulfilmentReport report) const {
  report.stage = stage;
  return world_.mandates.Progressed(tx, request, report);
}

Status Execution::Report(const RightsRequestId& request, FulfilmentStage stage, const FulfilmentReport& report) const {
  return world_.store.Write([&](WriteTx& tx) { return Tell(tx, request, stage, report); });
}

Status Execution::WaitForStore(JobContext& context, const Mandate& mandate, const FulfilmentReport& report) {
  Progress progress = ProgressOf(context);
  const int doublings = static_cast<int>(std::min<std::int64_t>(progress.waits++, 7));
  PRIVITY_TRY_VOID(Report(mandate.request, FulfilmentStage::kWaitingForStore, report));
  PRIVITY_TRY_VOID(context.SaveProgress(report.tasks_done, report.tasks, ToJsonValue(progress)));
  const auto wait = std::min(kFirstWait * (1 << doublings), kLongestWait);
  return context.RetryAt(world_.clock.Now() + wait, Error("execution.waits_for_store"));
}

// --- Access and portability ---

Status Execution::Pack(JobContext& context, const Mandate& mandate, const Stored& stored) {
  FulfilmentReport report{.tasks = 1};
  if (stored.package) return Ok();  // an attempt before this one did it
  PRIVITY_TRY(const ErasurePlan plan, world_.store.Read([&](ReadTx& tx) { return OpenPlan(tx, stored); }));
  PRIVITY_TRY(const auto handed, HandedFilesOf(stored));
  if (!handed) return Report(mandate.request, FulfilmentStage::kWaitingForPerson, report);
  PRIVITY_TRY_VOID(context.BeginStep("package"));
  PRIVITY_TRY(const MappedStores mapped, stores_.Read(context.stop_token()));
  const StoreOpener opener =
      stores_.Opener(context.stop_token(), OrderOf(mandate, stored.id.ToString(), world_.orders));
  OpenStores open(opener, StoreAccess::kRead);
  const Instant now = world_.clock.Now();
  PRIVITY_TRY(FileWriter writer, world_.files.Create({.about = mandate.subject, .expires_at = now + kPackageLifetime}));
  PRIVITY_TRY(const PackageSummary summary, WritePackage(mapped.map, plan, open, world_.detector(), world_.words,
                                                         {.language = mandate.language,
                                                          .made_at = now,
                                                          .only_portable = mandate.right == Right::kPortability,
                                                          .handed = *handed},
                                                         [&](BytesView bytes) { return writer.Write(bytes); }));
  if (IsNewlyLost(plan, summary)) return WaitForStore(context, mandate, report);
  if (summary.files_held > 0) return AskPerson(context, mandate, stored, kFilesTask, report);
  PRIVITY_TRY(const FinishedFile file, writer.Finish());
  report.tasks_done = 1;
  report.records_done = summary.records;
  report.package = file.id.ToString();
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    PRIVITY_TRY_VOID(world_.files.Keep(tx, file));
    PRIVITY_TRY_VOID(Set(tx, stored, "package", file.id.ToString()));
    PRIVITY_TRY_VOID(Record(tx, "execution.package.made", Machine(), stored));
    PRIVITY_TRY_VOID(Tell(tx, mandate.request, FulfilmentStage::kChecking, report));
    return Tell(tx, mandate.request, FulfilmentStage::kChecked, report);
  });
}

// Whoever looked into them says with the task: done, they may go along; cancelled, they may not. None while they look.
Result<std::optional<HandedFiles>> Execution::HandedFilesOf(const Stored& stored) {
  if (!stored.task) return std::optional(HandedFiles::kHold);
  PRIVITY_TRY(const Task task,
              world_.store.Read([&](ReadTx& tx) { return world_.tasks.Get(tx, world_.machine, *stored.task); }));
  if (task.state == TaskState::kDone) return std::optional(HandedFiles::kTake);
  if (task.state == TaskState::kCancelled) return std::optional(HandedFiles::kLeaveOut);
  return std::optional<HandedFiles>();
}

// --- Erasure, correction, flags ---

Status Execution::Alter(JobContext& context, const Mandate& mandate, Stored stored) {
  PRIVITY_TRY_VOID(EnsureErasure(mandate, stored));
  PRIVITY_TRY_VOID(context.BeginStep("alter"));
  const StoreOpener opener =
      stores_.Opener(context.stop_token(), OrderOf(mandate, stored.id.ToString(), world_.orders));
  std::int64_t records = 0;  // at most, since this attempt began
  const auto stage = erasures_.Execute(*stored.erasure, opener, Machine(), [&]() -> Status {
    records += kErasureBatch;
    if (context.stop_requested()) return Error("jobs.stopped");
    const bool is_enough = mandate.records_per_minute && records >= *mandate.records_per_minute;
    return is_enough ? Status(Error("execution.paced")) : Ok();
  });
  if (!stage.ok() && stage.error().Is("execution.paced")) {
    return context.RetryAt(world_.clock.Now() + std::chrono::minutes(1), stage.error());
  }
  if (!stage.ok()) return stage.error();
  PRIVITY_TRY(FulfilmentReport report, ReportOf(*stored.erasure));
  if (*stage == ErasureStage::kWaitingForStore) return WaitForStore(context, mandate, report);
  PRIVITY_TRY_VOID(Report(mandate.request, FulfilmentStage::kChecking, report));
  PRIVITY_TRY(report.leftovers, LookAgain(context, stored));
  PRIVITY_TRY(const std::int64_t beyond_reach, RecordsBeyondReach(stored));
  if (report.leftovers + beyond_reach > 0 && !stored.task) {
    const std::string_view what = mandate.right == Right::kErasure ? kLeftoverTask : kUnchangedTask;
    return AskPerson(context, mandate, stored, what, report);
  }
  return Certify(context, mandate, stored, report);
}

// The plan becomes an erasure with the approval that the casework holds.
Status Execution::EnsureErasure(const Mandate& mandate, Stored& stored) {
  if (!stored.erasure) {
    PRIVITY_TRY(stored.erasure, world_.store.Write([&](WriteTx& tx) -> Result<std::optional<PlanId>> {
      PRIVITY_TRY(const ErasurePlan plan, OpenPlan(tx, stored));
      PRIVITY_TRY(const PlanId id, erasures_.Save(tx, plan, stored.subject, stored.request.ToString(), Machine()));
      PRIVITY_TRY_VOID(Set(tx, stored, "erasure", id.ToString()));
      return std::optional(id);
    }));
  }
  PRIVITY_TRY(const ErasureStatus status, erasures_.Get(*stored.erasure));
  if (status.stage != ErasureStage::kPlanned) return Ok();
  return erasures_.Approve(*stored.erasure, mandate.plan_digest, Machine());
}

// At once at every record of the plan, then at everything; how many records should be gone and are not.
Result<std::int64_t> Execution::LookAgain(JobContext& context, const Stored& stored) {
  Progress point = ProgressOf(context);
  if (point.looked) return point.leftovers;
  const StoreOpener opener = stores_.Opener(context.stop_token());
  PRIVITY_TRY_VOID(context.BeginStep("check"));
  PRIVITY_TRY_VOID(erasures_.Recheck(*stored.erasure, opener, nullptr, Machine()));
  PRIVITY_TRY_VOID(context.BeginStep("sweep"));
  PRIVITY_TRY(const MappedStores mapped, stores_.Read(context.stop_token()));
  PRIVITY_TRY(const RecheckReport swept, erasures_.Recheck(*stored.erasure, opener, &mapped.map, Machine()));
  point.looked = true;
  point.leftovers = swept.Leftovers();
  PRIVITY_TRY_VOID(context.SaveProgress(1, 1, ToJsonValue(point)));
  return point.leftovers;
}

// In stores and collections where nothing can be changed from here.
Result<std::int64_t> Execution::RecordsBeyondReach(const Stored& stored) {
  PRIVITY_TRY(const ErasurePlan plan, erasures_.Plan(*stored.erasure));
  std::int64_t records = 0;
  for (const PlannedCollection& collection : plan.collections) {
    if (!collection.not_covered.empty()) records += static_cast<std::int64_t>(collection.records.size());
  }
  return records;
}

Status Execution::Certify(JobContext& context, const Mandate& mandate, const Stored& stored, FulfilmentReport report) {
  PRIVITY_TRY(const ErasureStatus erasure, erasures_.Get(*stored.erasure));
  PRIVITY_TRY(const ErasurePlan plan, erasures_.Plan(*stored.erasure));
  PRIVITY_TRY(const SigningKey key, world_.signing_key());
  PRIVITY_TRY(std::vector<KeptOrder> orders, world_.orders.Of(stored.request.ToString()));
  const std::string attempt = stored.id.ToString() + ".";
  std::erase_if(orders, [&](const KeptOrder& order) { return !order.id.starts_with(attempt); });
  const auto certificate =
      IssueCertificate(erasure, plan, orders, world_.reader, world_.origin, key, world_.clock.Now());
  if (!certificate.ok()) {
    if (!IsAskedToWait(certificate.error())) return certificate.error();
    return context.RetryAt(world_.clock.Now() + kSigningWait, certificate.error());
  }
  // About nobody: it holds counts, and proves what was done when the person's keys are gone.
  PRIVITY_TRY(FileWriter writer, world_.files.Create({}));
  PRIVITY_TRY_VOID(writer.Write(AsBytes(*certificate)));
  PRIVITY_TRY(const FinishedFile file, writer.Finish());
  report.certificate = file.id.ToString();
  const bool has_shared_key = std::ranges::any_of(
      plan.collections, [](const PlannedCollection& each) { return each.not_shredded == "key_of_others"; });
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    PRIVITY_TRY_VOID(world_.files.Keep(tx, file));
    PRIVITY_TRY_VOID(Set(tx, stored, "certificate", file.id.ToString()));
    PRIVITY_TRY_VOID(Record(tx, "execution.certificate.issued", Machine(), stored));
    if (has_shared_key) PRIVITY_TRY_VOID(MakeTask(tx, stored, kSharedKeyTask));
    return Tell(tx, mandate.request, FulfilmentStage::kChecked, report);
  });
}

Result<FulfilmentReport> Execution::ReportOf(const PlanId& plan) {
  PRIVITY_TRY(const ErasureStatus erasure, erasures_.Get(plan));
  FulfilmentReport report{.tasks = static_cast<std::int64_t>(erasure.tasks.size())};
  for (const ErasureTask& task : erasure.tasks) {
    if (task.is_done) ++report.tasks_done;
    if (!task.progress.failed.empty()) ++report.tasks_failed;
    report.records_done += task.progress.deleted + task.progress.changed;
  }
  return report;
}

// --- What was changed is put back: flags of a restriction that was lifted, a correction that was wrong ---

Status Execution::Undo(WriteTx& tx, const RightsRequestId& request) {
  PRIVITY_TRY(const auto stored, Find(tx, request));
  if (!stored || !stored->erasure) return Ok();
  PRIVITY_TRY_VOID(world_.jobs.Enqueue(
      tx, {.kind = std::string(kUndoJob), .payload = ToJsonValue(Payload{request}), .unique_key = UndoKey(request)}));
  return Ok();
}

Status Execution::UndoCorrection(WriteTx& tx, const Caller& caller, const RightsRequestId& request) {
  PRIVITY_TRY(const Stored stored, Load(tx, request));
  PRIVITY_TRY(const ErasurePlan plan, OpenPlan(tx, stored));
  const bool is_correction = plan.act == PlanAct::kChange && !plan.wanted.corrections.empty();
  if (!is_correction || !stored.certificate || stored.undo) return Error("execution.not_undoable");
  PRIVITY_TRY_VOID(Record(tx, "execution.undo.asked", caller.actor, stored));
  return Undo(tx, request);
}

Status Execution::RunUndo(JobContext& context) {
  PRIVITY_TRY(const Payload payload, context.Payload<Payload>());
  PRIVITY_TRY(const Stored stored, world_.store.Read([&](ReadTx& tx) { return Load(tx, payload.request); }));
  const auto undo = EnsureUndo(stored);
  // The request was minimized: nobody knows any more which records were flagged.
  if (!undo.ok() && undo.error().Is("keys.subject_shredded")) return UndoByHand(context, stored);
  if (!undo.ok()) return undo.error();
  PRIVITY_TRY(const ErasurePlan plan, erasures_.Plan(*undo));
  PersonOrder order{.id = undo->ToString(),
                    .request = payload.request.ToString(),
                    .act = OrderAct::kLifting,
                    .may_place = true,
                    .desk = &world_.orders};
  for (const SubjectIdentifier& each : plan.identifiers) order.identifiers.push_back({each.space, each.value});
  const StoreOpener opener = stores_.Opener(context.stop_token(), std::move(order));
  PRIVITY_TRY(const ErasureStage stage, erasures_.Execute(*undo, opener, Machine()));
  if (stage == ErasureStage::kWaitingForStore) {
    return context.RetryAt(world_.clock.Now() + kLongestWait, Error("execution.waits_for_store"));
  }
  PRIVITY_TRY(const RecheckReport report, erasures_.Recheck(*undo, opener, nullptr, Machine()));
  // Whoever is asked gave their word.
  const bool is_unread =
      std::ranges::any_of(report.not_read, [](const NotRead& note) { return note.code != "connect.only_asked"; });
  PRIVITY_TRY(const FulfilmentReport done, ReportOf(*undo));
  const bool stands = report.Leftovers() > 0 || is_unread || done.tasks_failed > 0;
  return stands ? UndoByHand(context, stored) : Ok();
}

Result<PlanId> Execution::EnsureUndo(const Stored& stored) {
  std::optional<PlanId> id = stored.undo;
  if (!id) {
    PRIVITY_TRY(const ErasurePlan plan, erasures_.Plan(*stored.erasure));
    PRIVITY_TRY(id, world_.store.Write([&](WriteTx& tx) -> Result<std::optional<PlanId>> {
      PRIVITY_TRY(const PlanId made,
                  erasures_.Save(tx, ReverseOf(plan), stored.subject, stored.request.ToString(), Machine()));
      PRIVITY_TRY_VOID(Set(tx, stored, "undo", made.ToString()));
      return std::optional(made);
    }));
  }
  PRIVITY_TRY(const ErasureStatus status, erasures_.Get(*id));
  if (status.stage == ErasureStage::kPlanned) PRIVITY_TRY_VOID(erasures_.Approve(*id, status.digest, Machine()));
  return *id;
}

Status Execution::UndoByHand(JobContext& context, const Stored& stored) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    PRIVITY_TRY_VOID(MakeTask(tx, stored, kFlagTask));
    return Ok();
  });
}

// --- What a person of the company has to do ---

Result<Task> Execution::MakeTask(WriteTx& tx, const Stored& stored, std::string_view what) {
  return MakeTask(tx, {.kind = "rights_request", .id = stored.request.ToString()}, what);
}

Result<Task> Execution::MakeTask(WriteTx& tx, TaskLink about, std::string_view what,
                                 std::span<const WordsParameter> words) {
  const std::string language = "en";
  const std::string key = "execution." + std::string(what);
  return world_.tasks.Create(tx, world_.machine,
                             {.kind = std::string(what),
                              .link = std::move(about),
                              .content = {.title = world_.words.Text(language, key + "_title", {}),
                                          .description = world_.words.Text(language, key + "_text", words),
                                          .assignee = {},
                                          .due = {},
                                          .evidence_needed = true}});
}

// The request waits until they let it go on.
Status Execution::AskPerson(JobContext& context, const Mandate& mandate, const Stored& stored, std::string_view what,
                            FulfilmentReport report) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    PRIVITY_TRY(const Task task, MakeTask(tx, stored, what));
    PRIVITY_TRY_VOID(Set(tx, stored, "task", task.id.ToString()));
    // What was found while looking again is work that is not done yet.
    PRIVITY_TRY_VOID(Tell(tx, mandate.request, FulfilmentStage::kRunning, report));
    return Tell(tx, mandate.request, FulfilmentStage::kWaitingForPerson, report);
  });
}

// Whoever let it go on answers for what was done; it is recorded with their task.
Status Execution::ByHand(JobContext& context, const Mandate& mandate, const Stored& stored) {
  FulfilmentReport report{.tasks = 1};
  if (!stored.task) return AskPerson(context, mandate, stored, kByHandTask, report);
  PRIVITY_TRY(const Task task,
              world_.store.Read([&](ReadTx& tx) { return world_.tasks.Get(tx, world_.machine, *stored.task); }));
  if (task.state == TaskState::kOpen || task.state == TaskState::kInProgress) {
    return Report(mandate.request, FulfilmentStage::kWaitingForPerson, report);
  }
  if (task.state == TaskState::kDone) report.tasks_done = 1;
  if (task.state == TaskState::kCancelled) report.tasks_failed = 1;
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.CompleteIn(tx));
    PRIVITY_TRY_VOID(Tell(tx, mandate.request, FulfilmentStage::kChecking, report));
    return Tell(tx, mandate.request, FulfilmentStage::kChecked, report);
  });
}

}  // namespace privity
