#include "fulfil/erasures.h"

#include "base/json.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE erasure (
  id text PRIMARY KEY,
  subject text NOT NULL,
  request text NOT NULL,
  stage text NOT NULL,
  digest text NOT NULL,
  plan bytea NOT NULL,
  planned_at bigint NOT NULL,
  approval text
);
CREATE INDEX erasure_of_request ON erasure (request, planned_at);
CREATE TABLE erasure_task (
  erasure text NOT NULL REFERENCES erasure (id),
  position bigint NOT NULL,
  is_done boolean NOT NULL,
  progress text NOT NULL,
  waiting_for text NOT NULL,
  intent text,
  outcome text,
  PRIMARY KEY (erasure, position)
);
CREATE TABLE erasure_check (
  entry text PRIMARY KEY,
  erasure text NOT NULL REFERENCES erasure (id),
  at bigint NOT NULL,
  report bytea NOT NULL
);
CREATE INDEX erasure_check_of ON erasure_check (erasure, at);
)sql";

constexpr ActionInfo kActions[] = {
    {"fulfil.erasure.planned", "The erasure of a person was planned."},
    {"fulfil.erasure.edited", "Somebody changed the plan of an erasure."},
    {"fulfil.erasure.approved", "Somebody approved the plan of an erasure as it stands."},
    {"fulfil.erasure.cancelled", "An erasure was cancelled before anything was changed."},
    {"fulfil.collection.begun", "The erasure of a person's records in one collection was about to begin."},
    {"fulfil.collection.erased", "The erasure of a person's records in one collection ended; how many is counted."},
    {"fulfil.collection.changed", "Values in a person's records of one collection were replaced; how many is counted."},
    {"fulfil.erasure.rechecked", "Every record of an executed plan was looked at again."},
    {"fulfil.erasure.swept", "All stores were read in search of what an erasure left over."},
    {"fulfil.journal.forgotten", "Erasures that no backup can undo any more left the journal; how many is counted."},
    {"fulfil.erasure.walked", "A person was looked for anew, to see whether their records are as planned."},
};

// A pass more mends what only the order of the changes forbade, such as records that refer to each other.
constexpr int kPassesMax = 3;

constexpr std::string_view kPlanField = "plan";
constexpr std::string_view kReportField = "report";

FieldPlace PlaceOf(const std::string& record, std::string_view field) {
  return {.collection = "erasure", .record = record, .field = field};
}

Error WrongStage(ErasureStage stage) {
  return Error("fulfil.stage_wrong", {{"stage", std::string(EnumText(stage))}});
}

std::int64_t FailedIn(const ErasureProgress& progress) {
  std::int64_t sum = 0;
  for (const auto& [code, count] : progress.failed) sum += count;
  return sum;
}

// The records that go or lose their personal fields.
std::vector<RecordKey> ChangedBy(const ErasurePlan& plan) {
  std::vector<RecordKey> changed;
  for (const PlannedCollection& collection : plan.collections) {
    if (!collection.keep_ground.empty() || !collection.not_covered.empty()) continue;
    for (const PlannedRecord& record : collection.records) changed.push_back({collection.id, record.key});
  }
  return changed;
}

// Keeps the values of one field.
class FieldSink final : public RecordSink {
 public:
  explicit FieldSink(std::string_view field) : field_(field) {}
  Status Take(Record record) override {
    for (const FieldCell& cell : record) {
      if (cell.field == field_ && cell.kind != CellKind::kNull) values.emplace_back(std::string(cell.bytes));
    }
    return Ok();
  }
  void Skip(Error) override {}
  std::vector<SecretString> values;

 private:
  const std::string_view field_;
};

Result<ErasureTask> ToTask(const Row& row) {
  PRIVITY_TRY(ErasureProgress progress, FromJson<ErasureProgress>(row.Get<std::string>(2)));
  return ErasureTask{.position = row.Get<std::int64_t>(0),
                     .is_done = row.Get<bool>(1),
                     .progress = std::move(progress),
                     .waiting_for = row.Get<std::string>(3),
                     .outcome = row.Get<std::optional<EntryId>>(4)};
}

// `rows`: their key, the record of the place, what is sealed there. `update` takes the bytes and the key.
Status ResealRows(WriteTx& tx, const PersonKey& key, const std::vector<Row>& rows, std::string_view field,
                  const std::string& update) {
  for (const Row& row : rows) {
    const Bytes sealed = row.Get<Bytes>(2);
    PRIVITY_TRY(const bool is_outdated, key.IsOutdated(sealed));
    if (!is_outdated) continue;
    const FieldPlace place = PlaceOf(row.Get<std::string>(1), field);
    PRIVITY_TRY(const SecretBytes opened, key.Open(sealed, place));
    PRIVITY_TRY(Bytes anew, key.Seal(opened.Reveal(), place));
    PRIVITY_TRY_VOID(tx.Execute(update, {std::move(anew), row.Get<std::string>(0)}));
  }
  return Ok();
}

}  // namespace

std::vector<Migration> FulfilMigrations() {
  return {{.room = "fulfil", .version = 1, .name = "erasures, tasks, checks", .sql = kTables}};
}
std::span<const ActionInfo> FulfilActions() {
  return kActions;
}

std::string DigestOf(const ErasurePlan& plan) {
  const auto text = ToCanonicalJson(plan);
  Invariant(text.ok(), "a plan holds texts and counts");
  return HexEncode(BytesView(Sha256(AsBytes(*text))));
}

Result<std::vector<StandingKey>> KeysThatGo(const ErasurePlan& plan, OpenStores& stores) {
  std::vector<StandingKey> keys;
  for (const PlannedCollection& collection : plan.collections) {
    if (!collection.key_field || !collection.not_covered.empty() || !collection.keep_ground.empty()) continue;
    const Collection shape = ShapeOf(collection);
    for (const PlannedRecord& record : collection.records) {
      const Result<Connector*> store = stores.Get(collection.id.dataset);
      if (!store.ok()) break;
      FieldSink sink(*collection.key_field);
      const Status found = (*store)->Find(shape, ToFieldValues(record.key), 1, sink);
      if (!found.ok() && found.error().Is("connect.cancelled")) return found.error();
      if (!found.ok()) stores.Lose(collection.id.dataset, found.error());
      for (SecretString& secret : sink.values) keys.push_back({{collection.id, record.key}, std::move(secret)});
    }
  }
  return keys;
}

std::string_view OutcomeActionOf(PlanAct act) {
  return act == PlanAct::kErase ? "fulfil.collection.erased" : "fulfil.collection.changed";
}

std::string_view LookActionOf(RecheckStage stage) {
  switch (stage) {
    case RecheckStage::kPlanned:
      return "fulfil.erasure.rechecked";
    case RecheckStage::kSweep:
      return "fulfil.erasure.swept";
    case RecheckStage::kWalk:
      return "fulfil.erasure.walked";
  }
  return "";
}

struct Erasures::Work {
  ErasureStatus status;
  ErasurePlan plan;
  std::map<std::int64_t, EntryId> intents;  // by the position of their task
};

Entry Erasures::EntryOf(std::string_view action, const Actor& actor, const ErasureStatus& erasure) const {
  return {.action = std::string(action),
          .actor = actor,
          .object_kind = "erasure",
          .object_id = erasure.id.ToString(),
          .subjects = {erasure.subject}};
}

Result<PlanId> Erasures::Save(WriteTx& tx, const ErasurePlan& plan, const SubjectId& subject,
                              const std::string& request, const Actor& actor) {
  PRIVITY_TRY(const Word word, Word::Parse(request));
  const ErasureStatus made{.id = PlanId::New(clock_), .subject = subject};
  PRIVITY_TRY(const PersonKey key, keys_.Ensure(tx, subject));
  PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(ToJson(plan)), PlaceOf(made.id.ToString(), kPlanField)));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO erasure (id, subject, request, stage, digest, plan, planned_at) VALUES ($1, $2, $3, "
      "$4, $5, $6, $7)",
      {made.id, subject, request, EnumText(ErasureStage::kPlanned), DigestOf(plan), std::move(sealed), clock_.Now()}));
  for (std::size_t i = 0; i < plan.collections.size(); ++i) {
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO erasure_task (erasure, position, is_done, progress, waiting_for) VALUES ($1, $2, $3, $4, $5)",
        {made.id, i, false, ToJson(ErasureProgress()), ""}));
  }
  Entry entry = EntryOf("fulfil.erasure.planned", actor, made);
  entry.details.Add("request", word).Add("collections", plan.collections.size());
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return made.id;
}

Result<Erasures::Work> Erasures::Load(const PlanId& id) {
  return store_.Read([&](ReadTx& tx) -> Result<Work> {
    PRIVITY_TRY(
        const auto row,
        tx.QueryOne("SELECT subject, request, stage, digest, plan, planned_at, approval FROM erasure WHERE id = $1",
                    {id}));
    if (!row) return Error("fulfil.erasure_unknown", {{"id", id.ToString()}});
    Work work;
    PRIVITY_TRY(work.status.stage, ParseEnum<ErasureStage>(row->Get<std::string>(2)));
    work.status.id = id;
    work.status.subject = row->Get<SubjectId>(0);
    work.status.request = row->Get<std::string>(1);
    work.status.digest = row->Get<std::string>(3);
    work.status.planned_at = row->Get<Instant>(5);
    work.status.approval = row->Get<std::optional<EntryId>>(6);
    PRIVITY_TRY(const PersonKey key, keys_.Load(tx, work.status.subject));
    PRIVITY_TRY(const SecretBytes plan, key.Open(row->Get<Bytes>(4), PlaceOf(id.ToString(), kPlanField)));
    PRIVITY_TRY(work.plan, FromJson<ErasurePlan>(AsText(plan.Reveal())));
    PRIVITY_TRY(const auto tasks, tx.Query("SELECT position, is_done, progress, waiting_for, outcome, intent FROM "
                                           "erasure_task WHERE erasure = $1 ORDER BY position",
                                           {id}));
    for (const Row& each : tasks) {
      PRIVITY_TRY(ErasureTask task, ToTask(each));
      if (const auto intent = each.Get<std::optional<EntryId>>(5)) work.intents.emplace(task.position, *intent);
      work.status.tasks.push_back(std::move(task));
    }
    PRIVITY_TRY(const auto checks,
                tx.Query("SELECT entry, at, report FROM erasure_check WHERE erasure = $1 ORDER BY at, entry", {id}));
    for (const Row& each : checks) {
      const EntryId entry = each.Get<EntryId>(0);
      PRIVITY_TRY(const SecretBytes report, key.Open(each.Get<Bytes>(2), PlaceOf(id.ToString(), kReportField)));
      PRIVITY_TRY(RecheckReport read, FromJson<RecheckReport>(AsText(report.Reveal())));
      work.status.checks.push_back({.at = each.Get<Instant>(1), .report = std::move(read), .entry = entry});
    }
    return work;
  });
}

Result<ErasureStatus> Erasures::Get(const PlanId& id) {
  PRIVITY_TRY(Work work, Load(id));
  return std::move(work.status);
}

Result<ErasurePlan> Erasures::Plan(const PlanId& id) {
  PRIVITY_TRY(Work work, Load(id));
  return std::move(work.plan);
}

Status Erasures::Edit(const PlanId& id, const PlanEdit& edit, const Actor& actor) {
  PRIVITY_TRY(Work work, Load(id));
  if (work.status.stage != ErasureStage::kPlanned) return WrongStage(work.status.stage);
  PRIVITY_TRY_VOID(EditPlan(work.plan, {.id = PlanEditId::New(clock_), .edit = edit, .by = actor, .at = clock_.Now()}));
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const PersonKey key, keys_.Load(tx, work.status.subject));
    PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(ToJson(work.plan)), PlaceOf(id.ToString(), kPlanField)));
    // Only if nobody approved or edited it meanwhile.
    PRIVITY_TRY(
        const std::int64_t rows,
        tx.Execute("UPDATE erasure SET plan = $1, digest = $2 WHERE id = $3 AND stage = $4 AND digest = $5",
                   {std::move(sealed), DigestOf(work.plan), id, EnumText(ErasureStage::kPlanned), work.status.digest}));
    if (rows == 0) return Error("fulfil.plan_changed");
    PRIVITY_TRY_VOID(ledger_.Append(tx, EntryOf("fulfil.erasure.edited", actor, work.status)));
    return Ok();
  });
}

Status Erasures::Approve(const PlanId& id, const std::string& digest, const Actor& actor) {
  PRIVITY_TRY(const Work work, Load(id));
  if (work.status.stage != ErasureStage::kPlanned) return WrongStage(work.status.stage);
  return store_.Write([&](WriteTx& tx) -> Status {
    Entry entry = EntryOf("fulfil.erasure.approved", actor, work.status);
    entry.details.Add("edits", work.plan.edits.size()).Add("not_read", work.plan.not_read.size());
    PRIVITY_TRY(const EntryId approval, ledger_.Append(tx, entry));
    PRIVITY_TRY(
        const std::int64_t rows,
        tx.Execute("UPDATE erasure SET stage = $1, approval = $2 WHERE id = $3 AND stage = $4 AND digest = $5",
                   {EnumText(ErasureStage::kApproved), approval, id, EnumText(ErasureStage::kPlanned), digest}));
    if (rows == 0) return Error("fulfil.plan_changed");
    return Ok();
  });
}

Status Erasures::Cancel(const PlanId& id, const Actor& actor) {
  PRIVITY_TRY(const Work work, Load(id));
  const ErasureStage stage = work.status.stage;
  if (stage == ErasureStage::kRunning || stage == ErasureStage::kWaitingForStore) {
    return Error("fulfil.point_of_no_return");
  }
  if (stage != ErasureStage::kPlanned && stage != ErasureStage::kApproved) return WrongStage(stage);
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::int64_t rows, tx.Execute("UPDATE erasure SET stage = $1 WHERE id = $2 AND stage = $3",
                                                    {EnumText(ErasureStage::kCancelled), id, EnumText(stage)}));
    if (rows == 0) return Error("fulfil.point_of_no_return");
    PRIVITY_TRY_VOID(ledger_.Append(tx, EntryOf("fulfil.erasure.cancelled", actor, work.status)));
    return Ok();
  });
}

Status Erasures::MoveTo(const PlanId& id, ErasureStage stage) {
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE erasure SET stage = $1 WHERE id = $2", {EnumText(stage), id}));
    return Ok();
  });
}

Result<ErasureStage> Erasures::Execute(const PlanId& id, const StoreOpener& opener, const Actor& actor,
                                       const std::function<Status()>& throttle) {
  PRIVITY_TRY(Work work, Load(id));
  switch (work.status.stage) {
    case ErasureStage::kApproved:
    case ErasureStage::kRunning:
    case ErasureStage::kWaitingForStore:
      break;
    case ErasureStage::kExecuted:
    case ErasureStage::kChecked:
      return ErasureStage::kExecuted;
    case ErasureStage::kPlanned:
    case ErasureStage::kCancelled:
      return WrongStage(work.status.stage);
  }
  // A cancellation that came first wins: from here on there is no way back.
  PRIVITY_TRY(const std::int64_t begun, store_.Write([&](WriteTx& tx) {
    return tx.Execute("UPDATE erasure SET stage = $1 WHERE id = $2 AND stage <> $3",
                      {EnumText(ErasureStage::kRunning), id, EnumText(ErasureStage::kCancelled)});
  }));
  if (begun == 0) return WrongStage(ErasureStage::kCancelled);
  PRIVITY_TRY_VOID(BeforeStep("journal"));
  OpenStores stores(opener, StoreAccess::kWrite);
  if (work.plan.act == PlanAct::kErase) {
    PRIVITY_TRY(const std::vector<StandingKey> keys, KeysThatGo(work.plan, stores));
    PRIVITY_TRY_VOID(journal_.Remember(id, clock_.Now(), work.plan.identifiers, ChangedBy(work.plan), keys));
  }
  bool all_done = true;
  for (ErasureTask& task : work.status.tasks) {
    if (task.is_done) continue;
    PRIVITY_TRY(const bool is_done, RunTask(work, task, stores, actor, throttle));
    all_done = all_done && is_done;
  }
  PRIVITY_TRY_VOID(BeforeStep("stage"));
  const ErasureStage stage = all_done ? ErasureStage::kExecuted : ErasureStage::kWaitingForStore;
  PRIVITY_TRY_VOID(MoveTo(id, stage));
  return stage;
}

// Whether it is done; not when its store does not answer.
Result<bool> Erasures::RunTask(Work& work, ErasureTask& task, OpenStores& stores, const Actor& actor,
                               const std::function<Status()>& throttle) {
  const PlannedCollection& collection = work.plan.collections[static_cast<std::size_t>(task.position)];
  PRIVITY_TRY_VOID(Begin(work, task, actor));
  const auto save = [&](const std::string& waiting_for) {
    return store_.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE erasure_task SET progress = $1, waiting_for = $2 WHERE erasure = $3 AND position = $4",
                     {ToJson(task.progress), waiting_for, work.status.id, task.position}));
      return Ok();
    });
  };
  const Result<Connector*> store = stores.Get(collection.id.dataset);
  Status erased = store.ok() ? Ok() : Status(store.error());
  for (int pass = 0; erased.ok() && pass < kPassesMax; ++pass) {
    if (pass > 0) task.progress = {};
    erased = EraseCollection(**store, work.plan, collection, task.progress, [&](const ErasureProgress&) -> Status {
      PRIVITY_TRY_VOID(BeforeStep("progress"));
      PRIVITY_TRY_VOID(save(""));
      return throttle ? throttle() : Ok();
    });
    if (FailedIn(task.progress) == 0) break;
  }
  if (erased.ok()) {
    PRIVITY_TRY_VOID(Finish(work, task, actor));
    return true;
  }
  if (!IsLost(erased.error())) return erased.error();
  stores.Lose(collection.id.dataset, erased.error());
  PRIVITY_TRY_VOID(save(erased.error().code()));
  return false;
}

// The intent, once for each task however often it is gone on with.
Status Erasures::Begin(Work& work, ErasureTask& task, const Actor& actor) {
  if (work.intents.contains(task.position)) return Ok();
  PRIVITY_TRY_VOID(BeforeStep("intent"));
  const auto opened = store_.Write([&](WriteTx& tx) -> Result<EntryId> {
    Entry entry = EntryOf("fulfil.collection.begun", actor, work.status);
    entry.details.Add("task", task.position)
        .Add("records", work.plan.collections[static_cast<std::size_t>(task.position)].records.size());
    PRIVITY_TRY(const EntryId intent, ledger_.AppendIntent(tx, entry));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE erasure_task SET intent = $1 WHERE erasure = $2 AND position = $3",
                                {intent, work.status.id, task.position}));
    return intent;
  });
  if (!opened.ok()) return opened.error();
  work.intents.emplace(task.position, *opened);
  return Ok();
}

Status Erasures::Finish(const Work& work, ErasureTask& task, const Actor& actor) {
  PRIVITY_TRY_VOID(BeforeStep("outcome"));
  return store_.Write([&](WriteTx& tx) -> Status {
    Entry entry = EntryOf(OutcomeActionOf(work.plan.act), actor, work.status);
    entry.details.Add("task", task.position)
        .Add("deleted", task.progress.deleted)
        .Add("changed", task.progress.changed)
        .Add("kept", task.progress.kept)
        .Add("not_theirs", task.progress.not_theirs)
        .Add("failed", FailedIn(task.progress));
    if (task.progress.shredded > 0) entry.details.Add("shredded", task.progress.shredded);
    PRIVITY_TRY(const EntryId outcome, ledger_.AppendOutcome(tx, work.intents.at(task.position), entry));
    PRIVITY_TRY_VOID(tx.Execute(
        "UPDATE erasure_task SET is_done = $1, progress = $2, waiting_for = $3, outcome = $4 WHERE erasure = $5 "
        "AND position = $6",
        {true, ToJson(task.progress), "", outcome, work.status.id, task.position}));
    return Ok();
  });
}

Result<RecheckReport> Erasures::Recheck(const PlanId& id, const StoreOpener& opener, const SubjectMap* map,
                                        const Actor& actor) {
  PRIVITY_TRY(const Work work, Load(id));
  if (work.status.stage != ErasureStage::kExecuted && work.status.stage != ErasureStage::kChecked) {
    return WrongStage(work.status.stage);
  }
  OpenStores stores(opener, StoreAccess::kRead);
  PRIVITY_TRY(RecheckReport report,
              map == nullptr ? RecheckPlan(work.plan, stores) : SweepStores(*map, work.plan, stores));
  PRIVITY_TRY_VOID(BeforeStep("check"));
  const Status saved = store_.Write([&](WriteTx& tx) -> Status {
    Entry entry = EntryOf(LookActionOf(report.stage), actor, work.status);
    entry.details.Add("collections", report.collections.size())
        .Add("leftovers", report.Leftovers())
        .Add("not_read", report.not_read.size());
    PRIVITY_TRY(const EntryId made, ledger_.Append(tx, entry));
    PRIVITY_TRY(const PersonKey key, keys_.Load(tx, work.status.subject));
    PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(ToJson(report)), PlaceOf(id.ToString(), kReportField)));
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO erasure_check (entry, erasure, at, report) VALUES ($1, $2, $3, $4)",
                                {made, id, clock_.Now(), std::move(sealed)}));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE erasure SET stage = $1 WHERE id = $2", {EnumText(ErasureStage::kChecked), id}));
    return Ok();
  });
  if (!saved.ok()) return saved.error();
  return report;
}

Status Erasures::Reseal(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const auto plans, tx.Query("SELECT id, id, plan FROM erasure WHERE subject = $1", {subject}));
  PRIVITY_TRY(const auto reports,
              tx.Query("SELECT c.entry, c.erasure, c.report FROM erasure_check c JOIN erasure e ON e.id = c.erasure "
                       "WHERE e.subject = $1",
                       {subject}));
  if (plans.empty()) return Ok();
  PRIVITY_TRY(const PersonKey key, keys_.Load(tx, subject));
  PRIVITY_TRY_VOID(ResealRows(tx, key, plans, kPlanField, "UPDATE erasure SET plan = $1 WHERE id = $2"));
  return ResealRows(tx, key, reports, kReportField, "UPDATE erasure_check SET report = $1 WHERE entry = $2");
}

}  // namespace privity
