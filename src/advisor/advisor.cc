#include "advisor/advisor.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "store/where.h"

namespace privity {
namespace {

constexpr std::string_view kLanguage = "en";

// What a piece of advice is about says which one it is; `content` is the finding as it was last.
constexpr const char* kSchema = R"sql(
CREATE TABLE advisor_advice (
  id text PRIMARY KEY,
  kind text NOT NULL,
  system text NOT NULL,
  dataset text NOT NULL,
  collection text NOT NULL,
  field text NOT NULL,
  principal text NOT NULL,
  is_special boolean NOT NULL,
  content text NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  actor_kind text,
  actor_id text,
  decided_at bigint,
  task text,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL
);
CREATE INDEX advisor_advice_of_system ON advisor_advice (system, kind);
CREATE INDEX advisor_advice_by_state ON advisor_advice (state, id);
)sql";

constexpr ActionInfo kActions[] = {
    {"advisor.advice.dismissed", "Somebody said why something that the advisor found may stay as it is."},
    {"advisor.advice.reopened", "Somebody took back that something the advisor found may stay."},
    {"advisor.advice.task_made", "Somebody made a task of something that the advisor found."},
};

constexpr std::string_view kSelect =
    "SELECT a.id, a.content, s.name, a.state, a.reason, a.actor_kind, a.actor_id, a.decided_at, a.task, "
    "a.first_seen_at, a.last_seen_at FROM advisor_advice a JOIN datamap_system s ON s.id = a.system";

Result<Advice> ReadAdvice(const Row& row) {
  PRIVITY_TRY(AdviceFinding finding, FromJson<AdviceFinding>(row.Get<std::string>(1)));
  PRIVITY_TRY(const auto state, ParseEnum<AdviceState>(row.Get<std::string>(3)));
  Advice advice{.id = row.Get<AdviceId>(0),
                .finding = std::move(finding),
                .system_name = row.Get<std::string>(2),
                .state = state,
                .reason = row.Get<std::string>(4),
                .decided_at = row.Get<std::optional<Instant>>(7),
                .task = row.Get<std::optional<TaskId>>(8),
                .first_seen_at = row.Get<Instant>(9),
                .last_seen_at = row.Get<Instant>(10)};
  if (const auto kind = row.Get<std::optional<std::string>>(5)) {
    PRIVITY_TRY(const auto actor_kind, ParseEnum<ActorKind>(*kind));
    advice.decided_by = Actor{.kind = actor_kind, .id = row.Get<std::string>(6)};
  }
  return advice;
}

// "2026-03-01"; "" of what has none.
std::string DayOf(const std::optional<Instant>& instant) {
  return instant ? FormatInstant(*instant).substr(0, 10) : "";
}

// "Shop", "Shop: customers", "Shop: customers.email".
std::string PlaceOf(const Advice& advice) {
  const AdviceFinding& finding = advice.finding;
  std::string place = advice.system_name;
  if (!finding.collection.empty()) place += ": " + finding.collection;
  if (!finding.field.empty()) place += "." + finding.field;
  return place;
}

}  // namespace

std::vector<Migration> AdvisorMigrations() {
  return {{.room = "advisor", .version = 1, .name = "advice", .sql = kSchema}};
}
std::span<const ActionInfo> AdvisorActions() {
  return kActions;
}

std::vector<FieldNote> FieldNotes(const Advice*) {
  return {{.name = "reason", .description = "Of a dismissal."}};
}
std::vector<FieldNote> FieldNotes(const AdviceDismissal*) {
  return {{.name = "reason",
           .description = "Why it may stay. Kept with it; name no person here.",
           .min_length = 1,
           .max_length = 1000}};
}

Result<AdvicePage> Advisor::List(ReadTx& tx, const AdviceFilter& filter) const {
  Where where;
  if (filter.system) where.And("a.system = " + where.Parameter(*filter.system));
  if (filter.kind) where.And("a.kind = " + where.Parameter(EnumText(*filter.kind)));
  if (filter.state) where.And("a.state = " + where.Parameter(EnumText(*filter.state)));
  if (filter.special) where.And("a.is_special");
  if (filter.after) where.And("a.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY a.id LIMIT " + limit, where.values()));
  AdvicePage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(Advice advice, ReadAdvice(row));
    page.items.push_back(std::move(advice));
  }
  return page;
}

Result<Advice> Advisor::Get(ReadTx& tx, const AdviceId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE a.id = $1", {id}));
  if (!row) return Error("advisor.advice_unknown");
  return ReadAdvice(*row);
}

Status Advisor::SetState(WriteTx& tx, const Caller& caller, const Advice& advice, AdviceState state,
                         const std::string& reason, const std::optional<TaskId>& task, std::string action) const {
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE advisor_advice SET state = $2, reason = $3, actor_kind = $4, actor_id = $5, decided_at = $6, task = $7 "
      "WHERE id = $1",
      {advice.id, EnumText(state), reason, EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now(),
       task ? std::optional(task->ToString()) : std::nullopt}));
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, {.action = std::move(action),
                                             .actor = caller.actor,
                                             .object_kind = "advice",
                                             .object_id = advice.id.ToString(),
                                             .request_id = caller.request_id}));
  return Ok();
}

Result<Advice> Advisor::Dismiss(WriteTx& tx, const Caller& caller, const AdviceId& id,
                                const AdviceDismissal& why) const {
  PRIVITY_TRY(const Advice advice, Get(tx, id));
  if (advice.state == AdviceState::kOver) return Error("advisor.advice_over");
  if (advice.state == AdviceState::kDismissed) return Error("advisor.advice_decided");
  PRIVITY_TRY_VOID(
      SetState(tx, caller, advice, AdviceState::kDismissed, why.reason, advice.task, "advisor.advice.dismissed"));
  return Get(tx, id);
}

Result<Advice> Advisor::Reopen(WriteTx& tx, const Caller& caller, const AdviceId& id) const {
  PRIVITY_TRY(const Advice advice, Get(tx, id));
  if (advice.state != AdviceState::kDismissed) return Error("advisor.advice_not_decided");
  PRIVITY_TRY_VOID(SetState(tx, caller, advice, AdviceState::kOpen, "", advice.task, "advisor.advice.reopened"));
  return Get(tx, id);
}

TaskContent Advisor::ContentOf(const Advice& advice, const AdviceTask& task) const {
  const std::vector<WordsParameter> parameters = {{"place", PlaceOf(advice)},
                                                  {"principal", advice.finding.principal},
                                                  {"other", advice.finding.other},
                                                  {"fields", advice.finding.fields},
                                                  {"records", advice.finding.records.value_or(0)},
                                                  {"since", DayOf(advice.finding.since)}};
  const std::string kind(EnumText(advice.finding.kind));
  return {.title = catalog_.Text(kLanguage, "advisor.title_" + kind, parameters),
          .description = catalog_.Text(kLanguage, "advisor.what_to_do_" + kind, parameters),
          .assignee = task.assignee,
          .due = task.due};
}

Result<Advice> Advisor::MakeTask(WriteTx& tx, const Caller& caller, const AdviceId& id, const AdviceTask& task) const {
  PRIVITY_TRY(const Advice advice, Get(tx, id));
  if (advice.state == AdviceState::kOver) return Error("advisor.advice_over");
  if (advice.state == AdviceState::kTask) return Error("advisor.advice_decided");
  PRIVITY_TRY(
      const Task made,
      tasks_.Create(tx, caller,
                    {.kind = "advice", .link = TaskLink{"advice", id.ToString()}, .content = ContentOf(advice, task)}));
  PRIVITY_TRY_VOID(SetState(tx, caller, advice, AdviceState::kTask, "", made.id, "advisor.advice.task_made"));
  return Get(tx, id);
}

Status Advisor::Save(WriteTx& tx, const AdviceFinding& finding, Instant now) const {
  const std::string content = ToJson(finding);
  PRIVITY_TRY(const std::int64_t known,
              tx.Execute("UPDATE advisor_advice SET content = $7, is_special = $8, last_seen_at = $9, state = CASE "
                         "WHEN state = 'over' THEN 'open' ELSE state END WHERE kind = $1 AND system = $2 AND dataset = "
                         "$3 AND collection = $4 AND field = $5 AND principal = $6",
                         {EnumText(finding.kind), finding.system, finding.dataset, finding.collection, finding.field,
                          finding.principal, content, finding.is_special, now}));
  if (known > 0) return Ok();
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO advisor_advice (id, kind, system, dataset, collection, field, principal, is_special, "
                 "content, state, reason, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                 "'open', '', $10, $10)",
                 {AdviceId::New(world_.clock), EnumText(finding.kind), finding.system, finding.dataset,
                  finding.collection, finding.field, finding.principal, finding.is_special, content, now}));
  return Ok();
}

Status Advisor::Look(WriteTx& tx) const {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY(const auto findings, FindingsIn(tx, datamap_, flows_));
  for (const AdviceFinding& finding : findings) PRIVITY_TRY_VOID(Save(tx, finding, now));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE advisor_advice SET state = 'over' WHERE state <> 'over' AND last_seen_at < $1", {now}));
  return Ok();
}

Status Advisor::OnEntry(WriteTx& tx, const Entry& entry) const {
  if (entry.action == "datamap.system.deleted") {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM advisor_advice WHERE system = $1", {entry.object_id}));
  }
  // What decides whether data has a purpose, whether it is personal, and how long it may be kept.
  constexpr std::array<std::string_view, 7> kGrounds = {
      "datamap.scan.ended",    "datamap.activity.created", "datamap.activity.changed",   "datamap.activity.ended",
      "datamap.field.decided", "datamap.field.reopened",   "datamap.stewardship.changed"};
  if (std::ranges::find(kGrounds, entry.action) != kGrounds.end()) {
    PRIVITY_TRY_VOID(world_.jobs.Enqueue(tx, {.kind = std::string(kLookJob), .unique_key = std::string(kLookJob)}));
  }
  return Ok();
}

Status Advisor::Run(JobContext& context) const {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.ConfirmLease(tx));
    PRIVITY_TRY_VOID(Look(tx));
    return context.CompleteIn(tx);
  });
}

}  // namespace privity
