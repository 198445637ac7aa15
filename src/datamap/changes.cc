#include "datamap/changes.h"

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT c.id, c.scan, c.system, s.name, c.collection, o.dataset, o.name, c.field, f.name, c.kind, c.state, c.type_before,
  c.type_now, c.category_before, c.category_now, c.is_special, c.confidence, c.reason, c.at, c.actor_kind, c.actor_id,
  c.decided_at, c.decided_category, c.decision_reason, c.verdict_before)sql";
constexpr std::string_view kFrom = R"sql(
FROM datamap_change c JOIN datamap_system s ON s.id = c.system JOIN datamap_collection o ON o.id = c.collection
LEFT JOIN datamap_field f ON f.id = c.field)sql";

// What a person had said of a field before a decision, kept so that it can be undone.
struct FieldVerdict {
  Verdict verdict = Verdict::kProposed;
  std::string category{};
  std::string reason{};
  std::optional<std::string> actor_kind{};
  std::optional<std::string> actor_id{};
  std::optional<Instant> at{};
  std::string on_type{};
  std::string on_category{};
};
PRIVITY_DESCRIBE(FieldVerdict, (verdict, category, reason, actor_kind, actor_id, at, on_type, on_category))

// A change as it is stored, and the verdict that its decision replaced.
struct StoredChange {
  MapChange change;
  std::optional<std::string> verdict_before;
};

Result<StoredChange> ReadChange(const Row& row) {
  PRIVITY_TRY(const ChangeKind kind, ParseEnum<ChangeKind>(row.Get<std::string>(9)));
  PRIVITY_TRY(const ChangeState state, ParseEnum<ChangeState>(row.Get<std::string>(10)));
  MapChange change{.id = row.Get<ChangeId>(0),
                   .scan = row.Get<ScanId>(1),
                   .system = row.Get<SystemId>(2),
                   .system_name = row.Get<std::string>(3),
                   .collection = row.Get<CollectionId>(4),
                   .dataset = row.Get<std::string>(5),
                   .collection_name = row.Get<std::string>(6),
                   .field = row.Get<std::optional<FieldId>>(7),
                   .field_name = row.Get<std::optional<std::string>>(8).value_or(""),
                   .kind = kind,
                   .state = state,
                   .type_before = row.Get<std::string>(11),
                   .type_now = row.Get<std::string>(12),
                   .category_before = row.Get<std::string>(13),
                   .category_now = row.Get<std::string>(14),
                   .is_special = row.Get<bool>(15),
                   .confidence = row.Get<double>(16),
                   .reason = row.Get<std::string>(17),
                   .at = row.Get<Instant>(18),
                   .decided_at = row.Get<std::optional<Instant>>(21),
                   .decided_category = row.Get<std::string>(22),
                   .decision_reason = row.Get<std::string>(23)};
  if (const auto actor = row.Get<std::optional<std::string>>(19)) {
    PRIVITY_TRY(change.decided_by, ActorFromColumns(*actor, row.Get<std::string>(20)));
  }
  return StoredChange{std::move(change), row.Get<std::optional<std::string>>(24)};
}

// Everything but state and kind.
Where WhereOf(const ChangeFilter& filter) {
  Where where;
  if (filter.system) where.And("c.system = " + where.Parameter(*filter.system));
  if (filter.connection) {
    where.And("c.system = (SELECT n.system FROM datamap_connection n WHERE n.id = " +
              where.Parameter(*filter.connection) + ")");
  }
  if (filter.scan) where.And("c.scan = " + where.Parameter(*filter.scan));
  if (filter.field) where.And("c.field = " + where.Parameter(*filter.field));
  if (!filter.category.empty()) {
    const std::string key = where.Parameter(filter.category);
    const std::string below = where.Parameter(filter.category + ".%");
    where.And("(c.category_now = " + key + " OR c.category_now LIKE " + below + " OR c.category_before = " + key +
              " OR c.category_before LIKE " + below + ")");
  }
  if (filter.special) where.And("c.is_special");
  if (filter.confidence_from) where.And("c.confidence >= " + where.Parameter(*filter.confidence_from));
  if (filter.confidence_below) where.And("c.confidence < " + where.Parameter(*filter.confidence_below));
  return where;
}

Result<StoredChange> Load(ReadTx& tx, const ChangeId& id) {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + std::string(kFrom) + " WHERE c.id = $1", {id}));
  if (!row) return Error("datamap.change_unknown");
  return ReadChange(*row);
}

bool IsDecided(ChangeState state) {
  return state == ChangeState::kConfirmed || state == ChangeState::kRejected || state == ChangeState::kRecategorized;
}

// One transaction's decisions: the same words and the same person for each of its changes.
class Decider {
 public:
  Decider(const DatamapWorld& world, WriteTx& tx, const Caller& caller) : world_(world), tx_(tx), caller_(caller) {}

  // `category`: none for what the scan saw.
  Status Decide(const ChangeId& id, ChangeState state, const std::optional<std::string>& category,
                const std::string& reason) {
    PRIVITY_TRY(const StoredChange stored, Load(tx_, id));
    const MapChange& change = stored.change;
    PRIVITY_TRY_VOID(RequireDecidable(change, state));
    if (change.kind == ChangeKind::kGone) return Acknowledge(change, reason);
    const std::string decided = category.value_or(change.category_now);
    PRIVITY_TRY(const FieldVerdict before, VerdictOf(*change.field));
    PRIVITY_TRY_VOID(SetVerdict(change, decided, reason));
    PRIVITY_TRY_VOID(SaveDecision(id, state, decided, reason, ToJson(before)));
    return RecordVerdict(change, decided);
  }

  Status Undo(const ChangeId& id) {
    PRIVITY_TRY(const StoredChange stored, Load(tx_, id));
    const MapChange& change = stored.change;
    if (!IsDecided(change.state)) return Error("datamap.change_not_decided");
    PRIVITY_TRY_VOID(RequireNewest(change, "datamap.change_decided_since"));
    if (stored.verdict_before) PRIVITY_TRY_VOID(RestoreVerdict(change, *stored.verdict_before));
    const bool is_about_people = IsPersonal(change.category_now) || IsPersonal(change.category_before);
    PRIVITY_TRY_VOID(tx_.Execute(
        "UPDATE datamap_change SET state = $2, actor_kind = NULL, actor_id = NULL, decided_at = NULL, decided_category "
        "= '', decision_reason = '', verdict_before = NULL WHERE id = $1",
        {id, EnumText(is_about_people ? ChangeState::kOpen : ChangeState::kNoted)}));
    Details details;
    details.Add("change", id);
    return AppendEntry(world_, tx_, EntryBy(caller_, "datamap.field.reopened", "field", *change.field, details));
  }

 private:
  Status RequireDecidable(const MapChange& change, ChangeState state) {
    if (IsDecided(change.state)) return Error("datamap.change_decided");
    if (!change.field) return Error("datamap.change_of_collection");
    if (change.kind == ChangeKind::kGone && state != ChangeState::kConfirmed) return Error("datamap.change_is_gone");
    if (change.state == ChangeState::kSuperseded) return Error("datamap.change_superseded");
    return RequireNewest(change, "datamap.change_superseded");
  }

  // What an older change says of its field is no longer so.
  Status RequireNewest(const MapChange& change, std::string code) {
    PRIVITY_TRY(const auto newer, tx_.QueryOne("SELECT 1 FROM datamap_change WHERE field = $1 AND id > $2 LIMIT 1",
                                               {*change.field, change.id}));
    if (newer) return Error(std::move(code));
    return Ok();
  }

  Result<FieldVerdict> VerdictOf(const FieldId& field) {
    PRIVITY_TRY(const auto row,
                tx_.QueryOne("SELECT verdict, category, verdict_reason, verdict_actor_kind, verdict_actor_id, "
                             "verdict_at, verdict_on_type, verdict_on_category FROM datamap_field WHERE id = $1",
                             {field}));
    if (!row) return Error("datamap.field_unknown");
    PRIVITY_TRY(const Verdict verdict, ParseEnum<Verdict>(row->Get<std::string>(0)));
    return FieldVerdict{.verdict = verdict,
                        .category = row->Get<std::string>(1),
                        .reason = row->Get<std::string>(2),
                        .actor_kind = row->Get<std::optional<std::string>>(3),
                        .actor_id = row->Get<std::optional<std::string>>(4),
                        .at = row->Get<std::optional<Instant>>(5),
                        .on_type = row->Get<std::string>(6),
                        .on_category = row->Get<std::string>(7)};
  }

  Status SetVerdict(const MapChange& change, const std::string& category, const std::string& reason) {
    const Verdict verdict = category == change.category_now ? Verdict::kConfirmed
                            : IsPersonal(category)          ? Verdict::kChanged
                                                            : Verdict::kRejected;
    return Write(*change.field, {.verdict = verdict,
                                 .category = category,
                                 .reason = reason,
                                 .actor_kind = std::string(EnumText(caller_.actor.kind)),
                                 .actor_id = caller_.actor.id,
                                 .at = world_.clock.Now(),
                                 .on_type = change.type_now,
                                 .on_category = change.category_now});
  }

  Status RestoreVerdict(const MapChange& change, const std::string& json) {
    PRIVITY_TRY(FieldVerdict before, FromJson<FieldVerdict>(json));
    if (before.verdict == Verdict::kProposed) before.category = change.category_now;
    return Write(*change.field, before);
  }

  Status Write(const FieldId& field, const FieldVerdict& verdict) {
    PRIVITY_TRY_VOID(tx_.Execute(
        "UPDATE datamap_field SET category = $2, is_personal = $3, is_special = $4, verdict = $5, verdict_reason = $6, "
        "verdict_actor_kind = $7, verdict_actor_id = $8, verdict_at = $9, verdict_on_type = $10, verdict_on_category = "
        "$11 WHERE id = $1",
        {field, verdict.category, IsPersonal(verdict.category), world_.taxonomy().IsSpecial(verdict.category),
         EnumText(verdict.verdict), verdict.reason, verdict.actor_kind, verdict.actor_id, verdict.at, verdict.on_type,
         verdict.on_category}));
    return Ok();
  }

  Status Acknowledge(const MapChange& change, const std::string& reason) {
    PRIVITY_TRY_VOID(SaveDecision(change.id, ChangeState::kConfirmed, "", reason, std::nullopt));
    Details details;
    details.Add("change", change.id);
    return AppendEntry(world_, tx_, EntryBy(caller_, "datamap.change.acknowledged", "field", *change.field, details));
  }

  Status SaveDecision(const ChangeId& id, ChangeState state, const std::string& category, const std::string& reason,
                      const std::optional<std::string>& verdict_before) {
    PRIVITY_TRY_VOID(
        tx_.Execute("UPDATE datamap_change SET state = $2, actor_kind = $3, actor_id = $4, decided_at = $5, "
                    "decided_category = $6, decision_reason = $7, verdict_before = $8 WHERE id = $1",
                    {id, EnumText(state), EnumText(caller_.actor.kind), caller_.actor.id, world_.clock.Now(), category,
                     reason, verdict_before}));
    return Ok();
  }

  Status RecordVerdict(const MapChange& change, const std::string& category) {
    PRIVITY_TRY(const Word word, Word::Parse(category));
    Details details;
    details.Add("change", change.id).Add("category", word);
    return AppendEntry(world_, tx_, EntryBy(caller_, "datamap.field.decided", "field", *change.field, details));
  }

  const DatamapWorld& world_;
  WriteTx& tx_;
  const Caller& caller_;
};

// Does the same with each, and answers how they are then.
Result<std::vector<MapChange>> WithEach(WriteTx& tx, const std::vector<ChangeId>& ids, const auto& act) {
  for (const ChangeId& id : ids) PRIVITY_TRY_VOID(act(id));
  std::vector<MapChange> changes;
  for (const ChangeId& id : ids) {
    PRIVITY_TRY(StoredChange stored, Load(tx, id));
    changes.push_back(std::move(stored.change));
  }
  return changes;
}

void Add(ChangeCounts& counts, ChangeState state, ChangeKind kind, bool is_special, std::int64_t number) {
  if (state == ChangeState::kConfirmed) counts.confirmed += number;
  if (state == ChangeState::kRejected) counts.rejected += number;
  if (state == ChangeState::kRecategorized) counts.recategorized += number;
  if (state != ChangeState::kOpen) return;
  counts.open += number;
  if (kind == ChangeKind::kAdded) counts.open_added += number;
  if (kind == ChangeKind::kChanged) counts.open_changed += number;
  if (kind == ChangeKind::kGone) counts.open_gone += number;
  if (is_special) counts.open_special += number;
}

FieldNote ChangesNote() {
  return {.name = "changes",
          .description = "All of them are decided, or none.",
          .min_length = 1,
          .max_length = Changes::kDecidedAtOnceMax};
}

FieldNote ReasonNote(bool needed) {
  return {.name = "reason",
          .description = "Why. Shown with the field and kept; name no person here.",
          .example = "Numbers of articles, not of people",
          .min_length = needed ? std::optional<std::size_t>(1) : std::nullopt,
          .max_length = 1000,
          .defaulted = !needed};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const ChangeCounts*) {
  return {{.name = "open", .description = "Waiting for a decision."},
          {.name = "open_special", .description = "Of categories that GDPR Art. 9(1) and 10 single out."}};
}
std::vector<FieldNote> FieldNotes(const ChangeConfirmation*) {
  return {ChangesNote(), ReasonNote(false)};
}
std::vector<FieldNote> FieldNotes(const ChangeRejection*) {
  return {ChangesNote(), ReasonNote(true)};
}
std::vector<FieldNote> FieldNotes(const ChangeRecategorization*) {
  return {ChangesNote(),
          {.name = "category",
           .description = "The Fideslang key of what the fields hold.",
           .example = "user.contact.email",
           .min_length = 1,
           .max_length = 100},
          ReasonNote(true)};
}
std::vector<FieldNote> FieldNotes(const ChangeUndoing*) {
  return {ChangesNote()};
}

std::vector<FieldNote> FieldNotes(const FieldDecision*) {
  return {{.name = "category",
           .description = "The Fideslang key of what the field holds; `none` when it is no personal data.",
           .example = "user.contact.email",
           .min_length = 1,
           .max_length = 100},
          ReasonNote(true)};
}

Result<ChangePage> Changes::List(ReadTx& tx, const ChangeFilter& filter) const {
  Where where = WhereOf(filter);
  if (filter.state) where.And("c.state = " + where.Parameter(EnumText(*filter.state)));
  if (filter.kind) where.And("c.kind = " + where.Parameter(EnumText(*filter.kind)));
  if (filter.before) where.And("c.id < " + where.Parameter(*filter.before));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kSelect) + std::string(kFrom) + where.Clause() +
                                            " ORDER BY c.id DESC LIMIT " + limit,
                                        where.values()));
  ChangePage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(StoredChange stored, ReadChange(row));
    page.items.push_back(std::move(stored.change));
  }
  return page;
}

Result<ChangeCounts> Changes::Count(ReadTx& tx, const ChangeFilter& filter) const {
  const Where where = WhereOf(filter);
  PRIVITY_TRY(const auto rows, tx.Query("SELECT c.state, c.kind, c.is_special, count(*)" + std::string(kFrom) +
                                            where.Clause() + " GROUP BY c.state, c.kind, c.is_special",
                                        where.values()));
  ChangeCounts counts;
  for (const Row& row : rows) {
    PRIVITY_TRY(const ChangeState state, ParseEnum<ChangeState>(row.Get<std::string>(0)));
    PRIVITY_TRY(const ChangeKind kind, ParseEnum<ChangeKind>(row.Get<std::string>(1)));
    Add(counts, state, kind, row.Get<bool>(2), row.Get<std::int64_t>(3));
  }
  return counts;
}

Result<MapChange> Changes::Get(ReadTx& tx, const ChangeId& id) const {
  PRIVITY_TRY(StoredChange stored, Load(tx, id));
  return std::move(stored.change);
}

Result<std::vector<MapChange>> Changes::Confirm(WriteTx& tx, const Caller& caller,
                                                const ChangeConfirmation& what) const {
  Decider decider(world_, tx, caller);
  return WithEach(tx, what.changes, [&](const ChangeId& id) {
    return decider.Decide(id, ChangeState::kConfirmed, std::nullopt, what.reason);
  });
}

Result<std::vector<MapChange>> Changes::Reject(WriteTx& tx, const Caller& caller, const ChangeRejection& what) const {
  Decider decider(world_, tx, caller);
  return WithEach(tx, what.changes, [&](const ChangeId& id) {
    return decider.Decide(id, ChangeState::kRejected, std::string(kNoCategory), what.reason);
  });
}

Result<std::vector<MapChange>> Changes::Recategorize(WriteTx& tx, const Caller& caller,
                                                     const ChangeRecategorization& what) const {
  if (!IsPersonal(what.category) || !world_.taxonomy().IsCategory(what.category)) {
    return Error("datamap.category_unknown");
  }
  Decider decider(world_, tx, caller);
  return WithEach(tx, what.changes, [&](const ChangeId& id) {
    return decider.Decide(id, ChangeState::kRecategorized, what.category, what.reason);
  });
}

Status Changes::DecideField(WriteTx& tx, const Caller& caller, const FieldId& field, const FieldDecision& what) const {
  const bool is_personal = IsPersonal(what.category);
  if (what.category != kNoCategory && !(is_personal && world_.taxonomy().IsCategory(what.category))) {
    return Error("datamap.category_unknown");
  }
  PRIVITY_TRY(const auto newest,
              tx.QueryOne("SELECT id FROM datamap_change WHERE field = $1 ORDER BY id DESC LIMIT 1", {field}));
  if (!newest) return Error("datamap.field_unknown");
  const auto id = newest->Get<ChangeId>(0);
  PRIVITY_TRY(const StoredChange stored, Load(tx, id));
  if (stored.change.kind == ChangeKind::kGone) return Error("datamap.change_is_gone");
  Decider decider(world_, tx, caller);
  if (IsDecided(stored.change.state)) PRIVITY_TRY_VOID(decider.Undo(id));
  const ChangeState state = what.category == stored.change.category_now ? ChangeState::kConfirmed
                            : is_personal                               ? ChangeState::kRecategorized
                                                                        : ChangeState::kRejected;
  return decider.Decide(id, state, what.category, what.reason);
}

Result<std::vector<MapChange>> Changes::Undo(WriteTx& tx, const Caller& caller, const ChangeUndoing& what) const {
  Decider decider(world_, tx, caller);
  return WithEach(tx, what.changes, [&](const ChangeId& id) { return decider.Undo(id); });
}

}  // namespace privity
