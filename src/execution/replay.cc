#include "execution/replay.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/json.h"
#include "fulfil/returned_records.h"

namespace privity {
namespace {

constexpr std::string_view kGround = "erasure_replay";
constexpr std::chrono::minutes kWait{10};
constexpr int kListed = 100;
constexpr std::int64_t kAttempts = 5;

struct Payload {
  ReplayId replay;
};
PRIVITY_DESCRIBE(Payload, (replay))

// What no query asks for.
struct Body {
  std::int64_t erasures = 0;
  std::vector<NotRead> not_read{};
  bool is_searched = false;
  bool is_asked = false;  // a person, to decide about what is proposed
};
PRIVITY_DESCRIBE(Body, (erasures, not_read, is_searched, is_asked))
std::vector<FieldNote> FieldNotes(const Body*) {
  return {{.name = "is_asked", .defaulted = true}};
}

Actor Machine() {
  return {.kind = ActorKind::kSystem, .id = "execution"};
}

Result<Replay> ToReplay(const Row& row) {
  Replay replay{.id = row.Get<ReplayId>(0),
                .dry_run = row.Get<bool>(2),
                .system = row.Get<std::optional<SystemId>>(3),
                .started_at = row.Get<Instant>(4),
                .ended_at = row.Get<std::optional<Instant>>(5)};
  PRIVITY_TRY(replay.state, ParseEnum<ReplayState>(row.Get<std::string>(1)));
  PRIVITY_TRY(Body body, FromJson<Body>(row.Get<std::string>(6)));
  replay.erasures = body.erasures;
  replay.not_read = std::move(body.not_read);
  return replay;
}

constexpr std::string_view kReplayColumns =
    "SELECT id, state, dry_run, system, started_at, ended_at, body FROM execution_replay ";
constexpr std::string_view kCaseColumns =
    "SELECT id, erasure, verdict, state, records, same_records, digest, leftovers, plan, replay FROM "
    "execution_replay_case ";

Result<ReplayCase> ToCase(const Row& row) {
  ReplayCase made{.id = row.Get<ReplayCaseId>(0),
                  .erasure = row.Get<PlanId>(1),
                  .records = row.Get<std::int64_t>(4),
                  .same_records = row.Get<std::int64_t>(5),
                  .plan = row.Get<std::string>(6),
                  .leftovers = row.Get<std::int64_t>(7)};
  PRIVITY_TRY(made.verdict, ParseEnum<ReplayVerdict>(row.Get<std::string>(2)));
  PRIVITY_TRY(made.state, ParseEnum<ReplayCaseState>(row.Get<std::string>(3)));
  return made;
}

// Addresses and telephone numbers: they mean the same everywhere and are not given anew to somebody else by a store.
std::vector<SubjectIdentifier> GlobalOf(const std::vector<SubjectIdentifier>& identifiers) {
  std::vector<SubjectIdentifier> global;
  for (const SubjectIdentifier& each : identifiers) {
    if (IsGlobalSpace(each.space)) global.push_back({each.space, NormalizeIdentifier(each.space, each.value)});
  }
  return global;
}

// Nothing waits for a store any more.
bool IsOver(const Replay& replay) {
  return replay.state == ReplayState::kDone &&
         std::ranges::find(replay.cases, ReplayCaseState::kActing, &ReplayCase::state) == replay.cases.end();
}

bool IsLostAny(const std::vector<NotRead>& not_read) {
  return std::ranges::any_of(not_read, [](const NotRead& note) { return IsLost(Error(note.code)); });
}

// Of one erasure there may be a case each: a person, by what names them; keys; records that name nobody.
enum class CaseKind { kPerson, kKeys, kRecords };
CaseKind KindOf(ReplayVerdict verdict) {
  switch (verdict) {
    case ReplayVerdict::kSameRecords:
    case ReplayVerdict::kMayBeAgain:
    case ReplayVerdict::kKept:
      return CaseKind::kPerson;
    case ReplayVerdict::kDestroyedKey:
    case ReplayVerdict::kKeyStays:
      return CaseKind::kKeys;
    case ReplayVerdict::kNamesNobody:
      return CaseKind::kRecords;
  }
  return CaseKind::kPerson;
}
bool IsActedOn(ReplayVerdict verdict) {
  return verdict == ReplayVerdict::kSameRecords || verdict == ReplayVerdict::kDestroyedKey;
}

// What the people's cases are about, whichever erasure of theirs the journal has it under: of one person there is an
// erasure more with each replay.
class HeldRecords {
 public:
  void Add(const ErasurePlan& plan) {
    for (const PlannedCollection& collection : plan.collections) {
      for (const PlannedRecord& record : collection.records) held_.insert(IdentityOf({collection.id, record.key}));
    }
  }
  bool Has(const RecordKey& record) const { return held_.contains(IdentityOf(record)); }

 private:
  static std::string IdentityOf(const RecordKey& record) { return ToJson(record.collection) + ToJson(record.key); }
  std::unordered_set<std::string> held_;
};

// Nobody else uses one of them, and each can be changed where it stands.
bool DestroysAllKeys(const ErasurePlan& plan) {
  const auto stays = [](const PlannedCollection& collection) {
    return !collection.key_field || !collection.keep_ground.empty() || !collection.not_covered.empty();
  };
  return std::ranges::none_of(plan.collections,
                              [&](const PlannedCollection& each) { return !each.is_sealed && stays(each); });
}

bool IsKeptWhole(const PlannedCollection& collection) {
  return !collection.keep_ground.empty() || !collection.not_covered.empty();
}

}  // namespace

struct ErasureReplays::Found {
  ReplayCase about;
  ErasurePlan plan;
};

struct ErasureReplays::Stored {
  ReplayCase about;
  std::optional<PlanId> plan;
  ReplayId replay;
};

std::vector<FieldNote> FieldNotes(const ReplayCase*) {
  return {
      {.name = "erasure", .description = "The erasure of the journal whose person is back."},
      {.name = "verdict",
       .description = "same_records: the very same are back, and are erased at once; may_be_again: other records; "
                      "kept: only records that stay whatever is planned; destroyed_key: a key of sealed fields that "
                      "was destroyed is back, and is destroyed at once; key_stays: the same, but somebody else uses "
                      "it or it cannot be changed there; names_nobody: records with the record keys "
                      "of erased ones, which may have been given anew."},
      {.name = "plan", .description = "Digest of what is planned: approve it by this."}};
}

std::vector<FieldNote> FieldNotes(const Replay*) {
  return {{.name = "erasures", .description = "How many the journal remembers."},
          {.name = "not_read", .description = "What could not be looked at: the replay is not over."}};
}

std::vector<FieldNote> FieldNotes(const ReplayOrder*) {
  return {{.name = "dry_run", .description = "Find and tell, and change nothing.", .defaulted = true},
          {.name = "system", .description = "Look only at the store of this system; at all of them when absent."}};
}

ErasureReplays::ErasureReplays(Store& store, Ledger& ledger, PersonKeys& keys, const JobQueue& jobs,
                               const ErasureJournal& journal, const StoreMap& stores, const Clock& clock,
                               AskPerson ask_person)
    : store_(store),
      ledger_(ledger),
      jobs_(jobs),
      journal_(journal),
      stores_(stores),
      keys_(keys),
      clock_(clock),
      ask_person_(std::move(ask_person)),
      erasures_(store, ledger, keys, journal, clock) {}

Result<std::vector<RememberedErasure>> ErasureReplays::Remembered() const {
  PRIVITY_TRY(const auto entries, journal_.Entries());
  std::vector<RememberedErasure> all;
  for (const JournalEntry& entry : entries) {
    all.push_back({.erasure = entry.erasure,
                   .at = entry.at,
                   .identifiers = static_cast<std::int64_t>(entry.identifiers.size()),
                   .records = static_cast<std::int64_t>(entry.records.size())});
  }
  return all;
}

Status ErasureReplays::Record(WriteTx& tx, std::string_view action, const Actor& actor, const ReplayId& replay,
                              const Details& details) const {
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = std::string(action),
                                       .actor = actor,
                                       .object_kind = "replay",
                                       .object_id = replay.ToString(),
                                       .details = details}));
  return Ok();
}

Result<Replay> ErasureReplays::Begin(WriteTx& tx, const Actor& actor, const ReplayOrder& order) {
  const Replay made{
      .id = ReplayId::New(clock_), .dry_run = order.dry_run, .system = order.system, .started_at = clock_.Now()};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO execution_replay (id, state, dry_run, system, started_at, body) VALUES ($1, $2, $3, $4, $5, $6)",
      {made.id, EnumText(made.state), made.dry_run, made.system, made.started_at, ToJson(Body())}));
  PRIVITY_TRY_VOID(Record(tx, "execution.replay.started", actor, made.id, Details().Add("dry_run", made.dry_run)));
  return made;
}

Result<Replay> ErasureReplays::Start(WriteTx& tx, const Caller& caller, const ReplayOrder& order) {
  PRIVITY_TRY(const auto running,
              tx.QueryOne("SELECT id FROM execution_replay WHERE state = $1", {EnumText(ReplayState::kRunning)}));
  if (running) return Error("execution.replay_running");
  PRIVITY_TRY(const Replay made, Begin(tx, caller.actor, order));
  PRIVITY_TRY_VOID(Enqueue(tx, made.id));
  return made;
}

Status ErasureReplays::Enqueue(WriteTx& tx, const ReplayId& id) const {
  PRIVITY_TRY_VOID(jobs_.Enqueue(tx, {.kind = std::string(kJob),
                                      .payload = ToJsonValue(Payload{id}),
                                      .unique_key = std::string(kJob) + "." + id.ToString()}));
  return Ok();
}

Result<std::vector<Replay>> ErasureReplays::List(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kReplayColumns) + "ORDER BY id DESC LIMIT $1", {kListed}));
  std::vector<Replay> all;
  for (const Row& row : rows) {
    PRIVITY_TRY(all.emplace_back(), ToReplay(row));
  }
  return all;
}

Result<std::vector<ReplayCase>> ErasureReplays::CasesOf(ReadTx& tx, const ReplayId& id) const {
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kCaseColumns) + "WHERE replay = $1 ORDER BY id", {id}));
  std::vector<ReplayCase> cases;
  for (const Row& row : rows) {
    PRIVITY_TRY(cases.emplace_back(), ToCase(row));
  }
  return cases;
}

Result<Replay> ErasureReplays::Get(ReadTx& tx, const ReplayId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kReplayColumns) + "WHERE id = $1", {id}));
  if (!row) return Error("execution.replay_unknown");
  PRIVITY_TRY(Replay replay, ToReplay(*row));
  PRIVITY_TRY(replay.cases, CasesOf(tx, id));
  return replay;
}

// --- What a person decides ---

Result<ErasureReplays::Stored> ErasureReplays::Load(ReadTx& tx, const ReplayCaseId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kCaseColumns) + "WHERE id = $1", {id}));
  if (!row) return Error("execution.replay_case_unknown");
  PRIVITY_TRY(ReplayCase about, ToCase(*row));
  return Stored{std::move(about), row->Get<std::optional<PlanId>>(8), row->Get<ReplayId>(9)};
}

Result<ExecutionPlan> ErasureReplays::Plan(const ReplayCaseId& id) {
  PRIVITY_TRY(const Stored found, store_.Read([&](ReadTx& tx) { return Load(tx, id); }));
  if (!found.plan) return Error("execution.replay_case_unknown");
  PRIVITY_TRY(const ErasureStatus status, erasures_.Get(*found.plan));
  PRIVITY_TRY(const ErasurePlan plan, erasures_.Plan(*found.plan));
  return ViewOf(plan, status.digest, status.planned_at);
}

Result<ReplayCase> ErasureReplays::Approve(WriteTx& tx, const Caller& caller, const ReplayCaseId& id,
                                           const std::string& plan) {
  PRIVITY_TRY(Stored found, Load(tx, id));
  if (found.about.state != ReplayCaseState::kProposed) return Error("execution.replay_case_settled");
  if (found.about.plan != plan) return Error("fulfil.plan_changed");
  PRIVITY_TRY_VOID(SetCase(tx, id, ReplayCaseState::kActing, 0));
  PRIVITY_TRY_VOID(Record(tx, "execution.replay.approved", caller.actor, found.replay,
                          Details().Add("erasure", found.about.erasure)));
  PRIVITY_TRY_VOID(Enqueue(tx, found.replay));
  found.about.state = ReplayCaseState::kActing;
  return found.about;
}

Result<ReplayCase> ErasureReplays::Dismiss(WriteTx& tx, const Caller& caller, const ReplayCaseId& id) {
  PRIVITY_TRY(Stored found, Load(tx, id));
  if (found.about.state != ReplayCaseState::kProposed) return Error("execution.replay_case_settled");
  PRIVITY_TRY_VOID(SetCase(tx, id, ReplayCaseState::kDismissed, 0));
  PRIVITY_TRY_VOID(Record(tx, "execution.replay.dismissed", caller.actor, found.replay,
                          Details().Add("erasure", found.about.erasure)));
  PRIVITY_TRY_VOID(Enqueue(tx, found.replay));
  found.about.state = ReplayCaseState::kDismissed;
  return found.about;
}

Status ErasureReplays::SetCase(WriteTx& tx, const ReplayCaseId& id, ReplayCaseState state,
                               std::int64_t leftovers) const {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE execution_replay_case SET state = $1, leftovers = $2 WHERE id = $3",
                              {EnumText(state), leftovers, id}));
  return Ok();
}

// --- Looking and acting ---

JobHandler ErasureReplays::Handler() {
  return [this](JobContext& context) -> Status {
    PRIVITY_TRY(const Payload payload, context.Payload<Payload>());
    PRIVITY_TRY_VOID(context.BeginStep("replay"));
    const Status run = Run(payload.replay, context.stop_token());
    if (!run.ok() && (context.stop_requested() || context.attempt() < kAttempts)) return run;
    if (!run.ok()) {
      PRIVITY_TRY_VOID(store_.Write([&](WriteTx& tx) { return End(tx, payload.replay, ReplayState::kFailed); }));
      return context.GiveUp(run.error());
    }
    PRIVITY_TRY(const Replay now, store_.Read([&](ReadTx& tx) { return Get(tx, payload.replay); }));
    if (IsOver(now)) return Ok();
    return context.RetryAt(clock_.Now() + kWait, Error("execution.waits_for_store"));
  };
}

Status ErasureReplays::End(WriteTx& tx, const ReplayId& id, ReplayState state) const {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE execution_replay SET state = $1, ended_at = $2 WHERE id = $3",
                              {EnumText(state), clock_.Now(), id}));
  return Ok();
}

Status ErasureReplays::RunNow() {
  PRIVITY_TRY(const Replay made, store_.Write([&](WriteTx& tx) { return Begin(tx, Machine(), {}); }));
  PRIVITY_TRY_VOID(Run(made.id, {}));
  PRIVITY_TRY(const Replay now, store_.Read([&](ReadTx& tx) { return Get(tx, made.id); }));
  if (IsOver(now)) return Ok();
  return store_.Write([&](WriteTx& tx) { return Enqueue(tx, made.id); });
}

Status ErasureReplays::Run(const ReplayId& id, const std::stop_token& stop) {
  PRIVITY_TRY(const Replay replay, store_.Read([&](ReadTx& tx) { return Get(tx, id); }));
  PRIVITY_TRY_VOID(Act(id, stop));  // what was begun or approved before
  if (replay.state == ReplayState::kDone) return Ok();
  PRIVITY_TRY_VOID(Search(replay, stop));
  return Act(id, stop);
}

Status ErasureReplays::Search(const Replay& replay, const std::stop_token& stop) {
  PRIVITY_TRY(const MappedStores mapped, stores_.Read(stop));
  const StoreOpener opener = stores_.Opener(stop);
  OpenStores stores(opener, StoreAccess::kRead);
  SubjectMap looked = mapped.map;
  if (replay.system) {
    PRIVITY_TRY(const std::string dataset, stores_.DatasetOf(*replay.system));
    std::erase_if(looked.collections, [&](const MappedCollection& each) { return each.id.dataset != dataset; });
  }
  PRIVITY_TRY(Returned returned, journal_.FindReturned(looked, stores));
  PRIVITY_TRY(const auto entries, journal_.Entries());
  Body body{.erasures = static_cast<std::int64_t>(entries.size()), .not_read = returned.not_read, .is_searched = true};
  std::set<std::string> places;  // of what a person has to decide
  std::set<PlanId> back;         // erasures that do not hold any more
  const auto save = [&](Found& found) -> Status {
    back.insert(found.about.erasure);
    PRIVITY_TRY_VOID(store_.Write([&](WriteTx& tx) { return Save(tx, replay, found); }));
    if (IsActedOn(found.about.verdict) || found.about.verdict == ReplayVerdict::kKept) return Ok();
    for (const PlannedCollection& collection : found.plan.collections) {
      places.insert(collection.id.dataset + " / " + collection.id.name);
    }
    return Ok();
  };
  HeldRecords held;
  for (const JournalEntry& entry : entries) {
    const auto person = returned.people.find(entry.erasure);
    if (person == returned.people.end()) continue;
    PRIVITY_TRY(std::optional<Found> theirs, LookAt(entry, person->second, mapped, stores));
    if (!theirs) continue;
    held.Add(theirs->plan);
    PRIVITY_TRY_VOID(save(*theirs));
  }
  for (const JournalEntry& entry : entries) {
    const auto records = returned.records.find(entry.erasure);
    if (records == returned.records.end()) continue;
    std::erase_if(records->second, [&](const RecordKey& record) { return held.Has(record); });
    PRIVITY_TRY(std::vector<Found> found,
                LookAtRecords(entry, records->second, entries, mapped, stores, body.not_read));
    for (Found& each : found) PRIVITY_TRY_VOID(save(each));
  }
  for (const NotRead& note : mapped.not_read) {
    if (IsLost(Error(note.code))) body.not_read.push_back(note);
  }
  const bool waits = !replay.dry_run && IsLostAny(body.not_read);
  return store_.Write([&](WriteTx& tx) -> Status {
    const ReplayState state = waits ? ReplayState::kWaitingForStore : ReplayState::kDone;
    PRIVITY_TRY(body.is_asked, AskAboutProposed(tx, replay.id, places));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE execution_replay SET state = $1, body = $2, ended_at = $3 WHERE id = $4",
                   {EnumText(state), ToJson(body), waits ? std::optional<Instant>() : clock_.Now(), replay.id}));
    return Record(
        tx, "execution.replay.searched", Machine(), replay.id,
        Details().Add("erasures", body.erasures).Add("returned", back.size()).Add("not_read", body.not_read.size()));
  });
}

// None when nothing of theirs is there after all.
Result<std::optional<ErasureReplays::Found>> ErasureReplays::LookAt(const JournalEntry& entry,
                                                                    const std::vector<SubjectIdentifier>& identifiers,
                                                                    const MappedStores& mapped,
                                                                    OpenStores& stores) const {
  std::vector<SubjectIdentifier> global = GlobalOf(identifiers);
  PRIVITY_TRY(Walk walk, WalkSubject(mapped.map, stores, global.empty() ? identifiers : global));
  // A text mentions their address, and what is theirs has only their number.
  if (walk.records.empty() && global.size() < identifiers.size()) {
    global.clear();
    PRIVITY_TRY(walk, WalkSubject(mapped.map, stores, identifiers));
  }
  Found found{.about = {.id = ReplayCaseId::New(clock_), .erasure = entry.erasure},
              .plan = MakeErasurePlan(mapped.map, walk, mapped.writable)};
  std::int64_t others = 0;
  for (const PlannedCollection& collection : found.plan.collections) {
    for (const PlannedRecord& record : collection.records) {
      ++found.about.records;
      if (IsKeptWhole(collection)) continue;
      ++(journal_.Has(entry, {collection.id, record.key}) ? found.about.same_records : others);
    }
  }
  if (found.about.records == 0) return std::optional<Found>();
  // A number that one system gave may be somebody else's by now, and what stays, emptied, still has it: nobody is
  // erased by it alone. What holds something again is found by its record key (LookAtRecords).
  if (global.empty() && others == 0 && found.about.same_records > 0) return std::optional<Found>();
  found.about.verdict = others > 0                     ? ReplayVerdict::kMayBeAgain
                        : found.about.same_records > 0 ? ReplayVerdict::kSameRecords
                                                       : ReplayVerdict::kKept;
  return std::optional(std::move(found));
}

// `records`: what FindReturned has under the entry and no person's case is about.
Result<std::vector<ErasureReplays::Found>> ErasureReplays::LookAtRecords(const JournalEntry& entry,
                                                                         std::span<const RecordKey> records,
                                                                         std::span<const JournalEntry> entries,
                                                                         const MappedStores& mapped, OpenStores& stores,
                                                                         std::vector<NotRead>& not_read) const {
  PRIVITY_TRY(const ReturnedRecords returned, LookAtReturned(mapped.map, stores, journal_, entries, entry, records));
  // Who uses a key in a store that does not answer shows when it does: the replay waits for it.
  std::ranges::copy(returned.keys.not_read, std::back_inserter(not_read));
  std::vector<Found> found;
  if (IsLostAny(returned.keys.not_read)) return found;
  const auto add = [&](const Walk& walk, ReplayVerdict verdict) {
    if (walk.records.empty()) return;
    const auto count = static_cast<std::int64_t>(walk.records.size());
    found.push_back({.about = {.id = ReplayCaseId::New(clock_),
                               .erasure = entry.erasure,
                               .verdict = verdict,
                               .records = count,
                               .same_records = count},
                     .plan = MakeErasurePlan(mapped.map, walk, mapped.writable)});
  };
  add(returned.keys, ReplayVerdict::kDestroyedKey);
  if (!returned.keys.records.empty() && !DestroysAllKeys(found.back().plan)) {
    found.back().about.verdict = ReplayVerdict::kKeyStays;
  }
  add(returned.unsure, ReplayVerdict::kNamesNobody);
  return found;
}

// Once for each replay, if anything that it proposes is to be decided. Whether somebody is asked.
Result<bool> ErasureReplays::AskAboutProposed(WriteTx& tx, const ReplayId& id, const std::set<std::string>& places) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body FROM execution_replay WHERE id = $1", {id}));
  PRIVITY_TRY(const Body body, FromJson<Body>(row->Get<std::string>(0)));
  if (body.is_asked) return true;
  PRIVITY_TRY(
      const auto waiting,
      tx.QueryOne("SELECT id FROM execution_replay_case WHERE replay = $1 AND state = $2 AND verdict <> $3 LIMIT 1",
                  {id, EnumText(ReplayCaseState::kProposed), EnumText(ReplayVerdict::kKept)}));
  if (!waiting) return false;
  std::string listed;
  for (const std::string& place : places) listed += (listed.empty() ? "" : ", ") + place;
  PRIVITY_TRY_VOID(ask_person_(tx, id, listed));
  return true;
}

// Once for each erasure that waits for a person or is being acted on; what names nobody stands beside it.
Status ErasureReplays::Save(WriteTx& tx, const Replay& replay, Found& found) {
  PRIVITY_TRY(
      const auto open,
      tx.Query(
          "SELECT verdict FROM execution_replay_case WHERE erasure = $1 AND (state IN ($2, $3) OR replay = $4)",
          {found.about.erasure, EnumText(ReplayCaseState::kActing), EnumText(ReplayCaseState::kProposed), replay.id}));
  for (const Row& row : open) {
    PRIVITY_TRY(const ReplayVerdict verdict, ParseEnum<ReplayVerdict>(row.Get<std::string>(0)));
    if (KindOf(verdict) == KindOf(found.about.verdict) && !replay.dry_run) return Ok();
  }
  std::optional<PlanId> plan;
  if (!replay.dry_run) {
    const bool acts = IsActedOn(found.about.verdict);
    found.about.state = acts ? ReplayCaseState::kActing : ReplayCaseState::kProposed;
    found.about.plan = DigestOf(found.plan);
    PRIVITY_TRY(plan, erasures_.Save(tx, found.plan, SubjectId::NewRandom(), std::string(kGround), Machine()));
  }
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO execution_replay_case (id, replay, erasure, verdict, state, records, same_records, "
                 "digest, leftovers, "
                 "plan) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
                 {found.about.id, replay.id, found.about.erasure, EnumText(found.about.verdict),
                  EnumText(found.about.state), found.about.records, found.about.same_records, found.about.plan, plan}));
  return Ok();
}

Status ErasureReplays::Act(const ReplayId& id, const std::stop_token& stop) {
  PRIVITY_TRY(const auto rows, store_.Read([&](ReadTx& tx) {
    return tx.Query(std::string(kCaseColumns) + "WHERE replay = $1 AND state = $2 ORDER BY id",
                    {id, EnumText(ReplayCaseState::kActing)});
  }));
  const StoreOpener opener = stores_.Opener(stop);
  for (const Row& row : rows) {
    if (stop.stop_requested()) return Error("jobs.stopped");
    PRIVITY_TRY(const ReplayCase about, ToCase(row));
    PRIVITY_TRY_VOID(ActOn(about, row.Get<PlanId>(8), opener));
  }
  return ForgetSettled();
}

// What was planned for whom is of no use any more.
Status ErasureReplays::ForgetSettled() {
  PRIVITY_TRY(const auto rows, store_.Read([&](ReadTx& tx) {
    return tx.Query(
        "SELECT c.id, e.subject FROM execution_replay_case c JOIN erasure e ON e.id = c.plan WHERE c.state IN "
        "($1, $2)",
        {EnumText(ReplayCaseState::kDone), EnumText(ReplayCaseState::kDismissed)});
  }));
  for (const Row& row : rows) {
    PRIVITY_TRY_VOID(keys_.Shred(row.Get<SubjectId>(1)));
    const Status forgotten = store_.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE execution_replay_case SET plan = $1 WHERE id = $2",
                                  {std::optional<PlanId>(), row.Get<ReplayCaseId>(0)}));
      return Ok();
    });
    if (!forgotten.ok()) return forgotten.error();
  }
  return Ok();
}

// A store that does not answer leaves the case as it is: the next run goes on.
Status ErasureReplays::ActOn(const ReplayCase& about, const PlanId& plan, const StoreOpener& opener) {
  const auto settle = [&](std::int64_t leftovers) {
    return store_.Write([&](WriteTx& tx) { return SetCase(tx, about.id, ReplayCaseState::kDone, leftovers); });
  };
  if (about.verdict == ReplayVerdict::kDestroyedKey) {
    PRIVITY_TRY(const std::optional<bool> are_theirs, AreStillTheirs(about.erasure, plan, opener));
    if (!are_theirs) return Ok();
    if (!*are_theirs) return settle(0);
  }
  PRIVITY_TRY(const ErasureStatus status, erasures_.Get(plan));
  if (status.stage == ErasureStage::kPlanned) PRIVITY_TRY_VOID(erasures_.Approve(plan, status.digest, Machine()));
  PRIVITY_TRY(const ErasureStage stage, erasures_.Execute(plan, opener, Machine()));
  if (stage == ErasureStage::kWaitingForStore) return Ok();
  PRIVITY_TRY(const RecheckReport report, erasures_.Recheck(plan, opener, nullptr, Machine()));
  return settle(report.Leftovers());
}

Result<std::optional<bool>> ErasureReplays::AreStillTheirs(const PlanId& erasure, const PlanId& plan,
                                                           const StoreOpener& opener) {
  PRIVITY_TRY(const ErasurePlan planned, erasures_.Plan(plan));
  PRIVITY_TRY(const auto entries, journal_.Entries());
  OpenStores stores(opener, StoreAccess::kRead);
  PRIVITY_TRY(const std::vector<StandingKey> keys, KeysThatGo(planned, stores));
  for (const PlannedCollection& collection : planned.collections) {
    if (!stores.Get(collection.id.dataset).ok()) return std::optional<bool>();
  }
  const auto entry = std::ranges::find(entries, erasure, &JournalEntry::erasure);
  return std::optional(entry != entries.end() && std::ranges::all_of(keys, [&](const StandingKey& key) {
                         return journal_.HasKey(*entry, key.record, key.secret.Reveal());
                       }));
}

}  // namespace privity
