#include "datamap/scans.h"

#include <algorithm>

#include "base/json.h"
#include "base/utf8.h"
#include "datamap/internal/access_writer.h"
#include "datamap/internal/register_writer.h"
#include "datamap/internal/use_writer.h"
#include "scan/scan_ahead.h"

namespace privity {
namespace {

constexpr std::string_view kSelect =
    "SELECT c.id, c.system, s.name, c.state, c.actor_kind, c.actor_id, c.started_at, c.finished_at, "
    "c.collections_total, c.collections_done, c.fields, c.personal_fields, c.added, c.changed, c.gone, c.gaps, "
    "c.problem FROM datamap_scan c JOIN datamap_system s ON s.id = c.system ";

bool IsUnderWay(ScanState state) {
  return state == ScanState::kWaiting || state == ScanState::kRunning;
}

// A store that may answer again: the scan goes on later.
bool MayComeBack(const Error& error) {
  if (error.Is("connect.login") || error.Is("net.address_refused") || error.Is("net.host_not_allowed")) return false;
  return error.Is("connect.unreachable") || error.Is("connect.tls") || error.Is("connect.timeout") ||
         error.Is("connect.dropped") || error.code().starts_with("net.");
}

bool IsForTheRegister(const CollectionName& name) {
  return IsUtf8(name.name) && IsUtf8(name.space) && name.name.size() <= kMapNameBytesMax &&
         name.space.size() <= kMapNameBytesMax;
}

struct ScanPayload {
  ConnectionId connection;
};
PRIVITY_DESCRIBE(ScanPayload, (connection))

// One attempt of one scan.
class ScanRun {
 public:
  ScanRun(const DatamapWorld& world, const Connections& connections, const Stewardships& stewardships,
          JobContext& context)
      : world_(world),
        connections_(connections),
        stewardships_(stewardships),
        context_(context),
        id_(context.id().uuid()) {}

  Status Run() {
    const auto begun = Begin();
    if (!begun.ok()) return context_.GiveUp(begun.error());
    PRIVITY_TRY_VOID(context_.BeginStep("describe"));
    const auto reached = Reach();
    if (!reached.ok()) return Stopped(reached.error());
    const auto description = store_->Describe();
    if (!description.ok()) return Stopped(description.error());
    for (const Collection& collection : description->collections) {
      if (collection.shape != CollectionShape::kView) collections_.push_back(&collection);
    }
    options_.system_view = ViewOf(*store_, world_.detector(), collections_);
    PRIVITY_TRY_VOID(SaveDescription(*description));
    PRIVITY_TRY_VOID(CompareReads());
    PRIVITY_TRY_VOID(context_.BeginStep("scan", static_cast<std::int64_t>(collections_.size())));
    const std::unique_ptr<ScanAhead> ahead = ReadAhead(description->home_space);
    for (const Collection* collection : collections_) {
      const Status read = Read(*collection, description->home_space, ahead.get());
      if (!read.ok()) return Stopped(read.error());
    }
    PRIVITY_TRY_VOID(context_.BeginStep("access"));
    PRIVITY_TRY_VOID(ReadAccess());
    PRIVITY_TRY_VOID(ReadUses());
    PRIVITY_TRY_VOID(KeepReads());
    return End(ScanState::kComplete, std::nullopt, description->unread.empty());
  }

 private:
  // Whether the store answers: a scan tells it as a test does.
  Status Reach() {
    const auto sheet = store_->Probe();
    if (!sheet.ok() && sheet.error().Is("connect.cancelled")) return sheet.error();
    PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return connections_.SaveTest(tx, connection_, sheet); }));
    return sheet.ok() ? Ok() : Status(sheet.error());
  }

  // The scan's row, and a connector.
  Status Begin() {
    PRIVITY_TRY(const auto payload, context_.Payload<ScanPayload>());
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      PRIVITY_TRY(const Connection connection, connections_.Get(tx, payload.connection));
      system_ = connection.system;
      connection_ = connection.id;
      options_.records_max = connection.sample_records;
      PRIVITY_TRY(store_, connections_.Open(tx, payload.connection, StoreUse::kRead, context_.stop_token()));
      return BeginRow(tx);
    });
  }

  // An attempt that goes on keeps the beginning, and with it what was read already.
  Status BeginRow(WriteTx& tx) {
    const Instant now = world_.clock.Now();
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO datamap_scan (id, system, state, actor_kind, actor_id, started_at, collections_total, "
                   "collections_done, fields, personal_fields, added, changed, gone, gaps) VALUES ($1, $2, 'waiting', "
                   "'system', 'datamap', $3, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (id) DO NOTHING",
                   {id_, system_, now}));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE datamap_scan SET started_at = $2 WHERE id = $1 AND state <> 'running'", {id_, now}));
    PRIVITY_TRY_VOID(
        tx.Execute("DELETE FROM datamap_gap WHERE scan = $1 AND (SELECT state FROM datamap_scan WHERE id "
                   "= $1) <> 'running'",
                   {id_}));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE datamap_scan SET state = 'running', finished_at = NULL, problem = NULL WHERE "
                   "id = $1",
                   {id_}));
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT started_at FROM datamap_scan WHERE id = $1", {id_}));
    started_at_ = row->Get<Instant>(0);
    return Ok();
  }

  Status SaveDescription(const Description& description) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      done_.clear();
      PRIVITY_TRY(const auto rows,
                  tx.Query("SELECT dataset, name FROM datamap_collection WHERE system = $1 AND last_scan = $2 AND "
                           "last_seen_at >= $3",
                           {system_, id_, started_at_}));
      for (const Row& row : rows) done_.push_back({row.Get<std::string>(0), row.Get<std::string>(1)});
      std::ranges::sort(done_);
      // Named once, whichever attempt it is.
      PRIVITY_TRY_VOID(tx.Execute("DELETE FROM datamap_gap WHERE scan = $1 AND collection = ''", {id_}));
      RegisterWriter writer(world_.clock, world_.taxonomy(), id_, system_);
      for (const Error& error : description.unread) PRIVITY_TRY_VOID(writer.AddGap(tx, {}, error));
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_scan SET collections_total = $2 WHERE id = $1",
                                  {id_, static_cast<std::int64_t>(collections_.size())}));
      return Ok();
    });
  }

  // Several collections at once, where the store takes several connections; else nothing.
  std::unique_ptr<ScanAhead> ReadAhead(const std::string& home_space) {
    options_.jobs = ScanJobsOf(store_->kind(), kScanJobs);
    std::vector<const Collection*> wanted;
    for (const Collection* collection : collections_) {
      const bool is_done = std::ranges::binary_search(done_, collection->name);
      if (!is_done && IsForTheRegister(collection->name)) wanted.push_back(collection);
    }
    if (options_.jobs == 1 || wanted.size() < 2) return nullptr;
    const auto open = [this](const std::stop_token& stop) {
      return world_.store.Read([&](ReadTx& tx) { return connections_.Open(tx, connection_, StoreUse::kRead, stop); });
    };
    return std::make_unique<ScanAhead>(open, world_.detector(), options_, std::move(wanted), home_space,
                                       context_.stop_token());
  }

  Status Read(const Collection& collection, const std::string& home_space, ScanAhead* ahead) {
    if (context_.stop_requested()) return Error("connect.cancelled");
    if (std::ranges::binary_search(done_, collection.name)) return Advance();
    if (!IsForTheRegister(collection.name)) {
      PRIVITY_TRY_VOID(AddGap({}, Error("datamap.name_too_long")));
      return Advance();
    }
    const std::string label = CollectionLabel(collection.name, home_space);
    PRIVITY_TRY(
        ScannedCollection scanned,
        ahead != nullptr ? ahead->Next() : ScanCollection(*store_, world_.detector(), collection, label, options_));
    if (scanned.not_sampled) {
      const Error& error = *scanned.not_sampled;
      if (health_.IsLostAfter(*store_, error)) return error;
      if (error.Is("connect.dropped") && !IsLastAttempt()) return error;
    }
    const auto records = store_->Estimate(collection);
    if (scanned.fields.size() > Scans::kFieldsMax) {
      scanned.fields.resize(Scans::kFieldsMax);
      scanned.skipped.push_back(Error("datamap.too_many_fields", {{"maximum", std::to_string(Scans::kFieldsMax)}}));
    }
    PRIVITY_TRY_VOID(Save({.collection = collection,
                           .scanned = scanned,
                           .estimated_records = records.ok() ? std::optional(*records) : std::nullopt,
                           .home_space = home_space}));
    PRIVITY_TRY_VOID(CountOverdue(collection));
    return Advance();
  }

  // The records that are kept longer than people said they may be.
  Status CountOverdue(const Collection& collection) {
    PRIVITY_TRY(const StewardshipPage page, world_.store.Read([&](ReadTx& tx) -> Result<StewardshipPage> {
      PRIVITY_TRY(const auto row,
                  tx.QueryOne("SELECT id FROM datamap_collection WHERE system = $1 AND dataset = $2 AND "
                              "name = $3",
                              {system_, collection.name.space, collection.name.name}));
      if (!row) return StewardshipPage{};
      return stewardships_.List(
          tx,
          {.collection = row->Get<CollectionId>(0), .retention = true, .limit = static_cast<int>(Scans::kFieldsMax)});
    }));
    for (const Stewardship& of : page.items) {
      if (of.content.date_field.empty()) continue;
      if (context_.stop_requested()) return Error("connect.cancelled");
      const OverdueRecords count = CountOverdue(collection, of);
      PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return stewardships_.SaveCount(tx, of, count); }));
    }
    return Ok();
  }

  OverdueRecords CountOverdue(const Collection& collection, const Stewardship& of) {
    const Instant now = world_.clock.Now();
    const auto day = OldestKept(*of.content.retention, std::chrono::floor<std::chrono::days>(now));
    OverdueRecords count{.before = Instant(day), .counted_at = now};
    const auto records = store_->CountOlder(collection, of.content.date_field, day, of.field_name);
    if (records.ok()) {
      count.records = *records;
    } else {
      count.problem = ToStoredProblem(records.error());
    }
    return count;
  }

  Status Save(const SeenCollection& seen) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      RegisterWriter writer(world_.clock, world_.taxonomy(), id_, system_);
      PRIVITY_TRY(const ScanCounts counts, writer.Save(tx, seen));
      return Count(tx, counts, 1);
    });
  }

  Status Count(WriteTx& tx, const ScanCounts& counts, std::int64_t collections) {
    PRIVITY_TRY_VOID(tx.Execute(
        "UPDATE datamap_scan SET collections_done = collections_done + $2, fields = fields + $3, personal_fields = "
        "personal_fields + $4, added = added + $5, changed = changed + $6, gone = gone + $7 WHERE id = $1",
        {id_, collections, counts.fields, counts.personal_fields, counts.added, counts.changed, counts.gone}));
    return Ok();
  }

  Status AddGap(const CollectionName& name, const Error& error) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      RegisterWriter writer(world_.clock, world_.taxonomy(), id_, system_);
      return writer.AddGap(tx, name, error);
    });
  }

  // Who may reach what. Why it cannot be read, or not as a whole, stands with the system, and what was known of it
  // grows stale; it is a gap of the scan, too, unless the kind or the account cannot.
  Status ReadAccess() {
    if (context_.stop_requested()) return Error("connect.cancelled");
    const auto grants = store_->Grants();
    const std::optional<Error> problem = grants.ok() ? grants->unread : std::optional(grants.error());
    PRIVITY_TRY_VOID(SaveAccessProblem(problem));
    if (!grants.ok()) return grants.error().Is("connect.not_supported") ? Ok() : AddGap({}, grants.error());
    AccessWriter writer(world_, system_, id_,
                        [this](const std::function<Status(WriteTx&)>& act) { return WriteLeased(act); });
    const Status saved = writer.Save(grants->grants, !grants->unread);
    return saved.ok() || !saved.error().Is("datamap.too_many_access_points") ? saved : AddGap({}, saved.error());
  }

  Status SaveAccessProblem(const std::optional<Error>& problem) {
    const auto text = problem ? std::optional(ToJson(ToStoredProblem(*problem))) : std::nullopt;
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET access_problem = $2 WHERE id = $1", {system_, text}));
      return Ok();
    });
  }

  // Who used what, behind what was read before. Why the store does not tell stands with the system; from then on
  // nothing can be said of who did not use it.
  Status ReadUses() {
    if (context_.stop_requested()) return Error("connect.cancelled");
    UseWriter writer(world_, system_, [this](const std::function<Status(WriteTx&)>& act) { return WriteLeased(act); });
    const Status read = writer.Read(*store_);
    const bool is_ours = !read.ok() && !read.error().code().starts_with("connect.");
    if (is_ours || (!read.ok() && read.error().Is("connect.cancelled"))) return read;
    const auto problem = read.ok() ? std::nullopt : std::optional(ToJson(ToStoredProblem(read.error())));
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET uses_problem = $2 WHERE id = $1", {system_, problem}));
      if (read.ok()) return Ok();
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET uses_since = NULL WHERE id = $1", {system_}));
      return Ok();
    });
  }

  Status WriteLeased(const std::function<Status(WriteTx&)>& act) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      return act(tx);
    });
  }

  // How often the store says that its collections were read; none when it does not tell, and the system says why.
  Result<std::optional<ReadCounts>> CountReads() {
    if (context_.stop_requested()) return Error("connect.cancelled");
    auto counted = store_->CountReads();
    if (!counted.ok() && counted.error().Is("connect.cancelled")) return counted.error();
    const auto problem = counted.ok() ? std::nullopt : std::optional(ToJson(ToStoredProblem(counted.error())));
    const Status saved = world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET reads_problem = $2 WHERE id = $1", {system_, problem}));
      return Ok();
    });
    if (!saved.ok()) return saved.error();
    return counted.ok() ? std::optional(*std::move(counted)) : std::nullopt;
  }

  // Before anything is read: what was read since the last scan was through, others read. An attempt that goes on finds
  // what the one before it read, and takes it for theirs: it errs towards "somebody reads this".
  Status CompareReads() {
    PRIVITY_TRY(const auto counted, CountReads());
    const Instant now = world_.clock.Now();
    return ForEachCollection([&](WriteTx& tx, const Row& row) -> Status {
      const auto at = row.Get<std::optional<Instant>>(4);
      const bool is_told = counted && at && (!counted->counting_for || now - *counted->counting_for <= *at);
      const bool is_idle = is_told && ReadsOf(*counted, row) == row.Get<std::optional<std::int64_t>>(3).value_or(0);
      const auto since = is_idle ? std::optional(row.Get<std::optional<Instant>>(5).value_or(*at)) : std::nullopt;
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_collection SET no_reads_since = $2 WHERE id = $1",
                                  {row.Get<std::string>(0), since}));
      return Ok();
    });
  }

  // After everything was read: from here on, others do.
  Status KeepReads() {
    PRIVITY_TRY(const auto counted, CountReads());
    if (!counted) return Ok();
    const Instant now = world_.clock.Now();
    return ForEachCollection([&](WriteTx& tx, const Row& row) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_collection SET reads = $2, reads_at = $3 WHERE id = $1",
                                  {row.Get<std::string>(0), ReadsOf(*counted, row), now}));
      return Ok();
    });
  }

  static std::int64_t ReadsOf(const ReadCounts& counted, const Row& row) {
    const auto found = counted.reads.find({row.Get<std::string>(1), row.Get<std::string>(2)});
    return found == counted.reads.end() ? 0 : found->second;
  }

  Status ForEachCollection(const std::function<Status(WriteTx&, const Row&)>& act) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      PRIVITY_TRY(const auto rows, tx.Query("SELECT id, dataset, name, reads, reads_at, no_reads_since FROM "
                                            "datamap_collection WHERE system = $1 AND gone_at IS NULL",
                                            {system_}));
      for (const Row& row : rows) PRIVITY_TRY_VOID(act(tx, row));
      return Ok();
    });
  }

  Status Advance() {
    ++position_;
    return context_.SaveProgress(position_, static_cast<std::int64_t>(collections_.size()));
  }

  bool IsLastAttempt() const { return context_.attempt() >= Scans::kAttemptsMax; }

  // The store did not let us go on. Later, perhaps; otherwise the scan ends and says what is missing.
  Status Stopped(const Error& error) {
    if (error.Is("connect.cancelled") || error.code().starts_with("jobs.") || error.code().starts_with("store.")) {
      return error;
    }
    if (MayComeBack(error) && !IsLastAttempt()) return error;
    const bool nothing_read = done_.empty() && position_ == 0;
    PRIVITY_TRY_VOID(NameMissing(error));
    PRIVITY_TRY_VOID(End(nothing_read ? ScanState::kFailed : ScanState::kIncomplete, error, false));
    return context_.GiveUp(error);
  }

  Status NameMissing(const Error& error) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      RegisterWriter writer(world_.clock, world_.taxonomy(), id_, system_);
      if (collections_.empty()) return writer.AddGap(tx, {}, error);
      for (std::size_t i = static_cast<std::size_t>(position_); i < collections_.size(); ++i) {
        const CollectionName& name = collections_[i]->name;
        if (!IsForTheRegister(name) || std::ranges::binary_search(done_, name)) continue;
        PRIVITY_TRY_VOID(writer.AddGap(tx, name, error));
      }
      return Ok();
    });
  }

  // Commits the end of the scan, and that of the job when all went well.
  Status End(ScanState state, const std::optional<Error>& problem, bool all_described) {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      RegisterWriter writer(world_.clock, world_.taxonomy(), id_, system_);
      if (state == ScanState::kComplete && all_described) {
        PRIVITY_TRY(const ScanCounts counts, writer.MarkGone(tx, started_at_));
        PRIVITY_TRY_VOID(Count(tx, counts, 0));
      }
      PRIVITY_TRY(const auto gaps, tx.QueryOne("SELECT count(*) FROM datamap_gap WHERE scan = $1", {id_}));
      const bool whole = state == ScanState::kComplete && gaps->Get<std::int64_t>(0) == 0;
      const ScanState ended = state == ScanState::kComplete && !whole ? ScanState::kIncomplete : state;
      const auto stored = problem ? std::optional(ToJson(ToStoredProblem(*problem))) : std::nullopt;
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE datamap_scan SET state = $2, finished_at = $3, gaps = $4, problem = $5 WHERE id = $1",
                     {id_, EnumText(ended), world_.clock.Now(), gaps->Get<std::int64_t>(0), stored}));
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET fresh_since = $2, last_scan = $3 WHERE id = $1",
                                  {system_, started_at_, id_}));
      PRIVITY_TRY_VOID(RecordEnd(tx, ended));
      return problem ? Ok() : context_.CompleteIn(tx);
    });
  }

  Status RecordEnd(WriteTx& tx, ScanState ended) {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT collections_done, fields, personal_fields, added, changed, gone, "
                                            "gaps FROM datamap_scan WHERE id = $1",
                                            {id_}));
    PRIVITY_TRY(const Word state, Word::Parse(EnumText(ended)));
    Entry entry{.action = "datamap.scan.ended",
                .actor = {.kind = ActorKind::kSystem, .id = "datamap"},
                .object_kind = "scan",
                .object_id = id_.ToString()};
    entry.details.Add("system", system_)
        .Add("state", state)
        .Add("collections", row->Get<std::int64_t>(0))
        .Add("fields", row->Get<std::int64_t>(1))
        .Add("personal_fields", row->Get<std::int64_t>(2))
        .Add("added", row->Get<std::int64_t>(3))
        .Add("changed", row->Get<std::int64_t>(4))
        .Add("gone", row->Get<std::int64_t>(5))
        .Add("gaps", row->Get<std::int64_t>(6));
    return AppendEntry(world_, tx, entry);
  }

  const DatamapWorld& world_;
  const Connections& connections_;
  const Stewardships& stewardships_;
  JobContext& context_;
  const ScanId id_;
  SystemId system_;
  ConnectionId connection_;
  ScanOptions options_;
  Instant started_at_{};
  std::unique_ptr<Connector> store_;
  StoreHealth health_;
  std::vector<const Collection*> collections_;
  std::vector<CollectionName> done_;  // by an earlier attempt, sorted
  std::int64_t position_ = 0;         // in collections_
};

Result<MapScan> ReadScan(const Row& row) {
  PRIVITY_TRY(const ScanState state, ParseEnum<ScanState>(row.Get<std::string>(3)));
  PRIVITY_TRY(Actor actor, ActorFromColumns(row.Get<std::string>(4), row.Get<std::string>(5)));
  MapScan scan{.id = row.Get<ScanId>(0),
               .system = row.Get<SystemId>(1),
               .system_name = row.Get<std::string>(2),
               .state = state,
               .started_by = std::move(actor),
               .started_at = row.Get<Instant>(6),
               .finished_at = row.Get<std::optional<Instant>>(7),
               .collections_total = row.Get<std::int64_t>(8),
               .collections_done = row.Get<std::int64_t>(9),
               .fields = row.Get<std::int64_t>(10),
               .personal_fields = row.Get<std::int64_t>(11),
               .added = row.Get<std::int64_t>(12),
               .changed = row.Get<std::int64_t>(13),
               .gone = row.Get<std::int64_t>(14),
               .gaps = row.Get<std::int64_t>(15),
               .problem = {}};
  if (const auto problem = row.Get<std::optional<std::string>>(16)) {
    PRIVITY_TRY(scan.problem, FromJson<StoredProblem>(*problem));
  }
  return scan;
}

// Its job may have been cancelled, or have failed for a reason of its own, without the scan's doing.
Status FollowJob(ReadTx& tx, const JobQueue& jobs, MapScan& scan) {
  if (!IsUnderWay(scan.state)) return Ok();
  const auto job = jobs.Get(tx, JobId(scan.id.uuid()));
  if (!job.ok() && !job.error().Is("jobs.unknown")) return job.error();
  if (!job.ok() || job->state == JobState::kCancelled) scan.state = ScanState::kCancelled;
  if (job.ok() && job->state == JobState::kFailed) {
    scan.state = ScanState::kFailed;
    if (job->error) scan.problem = StoredProblem{.code = job->error->code, .parameters = job->error->parameters};
  }
  return Ok();
}

}  // namespace

Result<MapScan> Scans::Start(WriteTx& tx, const Caller& caller, const SystemId& system) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT s.id, c.id FROM datamap_system s LEFT JOIN datamap_connection c ON "
                                          "c.system = s.id WHERE s.id = $1",
                                          {system}));
  if (!row) return Error("datamap.system_unknown");
  const auto connection = row->Get<std::optional<ConnectionId>>(1);
  if (!connection) return Error("datamap.not_connected");
  const auto owner = caller.user ? std::optional(caller.user->ToString()) : std::nullopt;
  PRIVITY_TRY(const JobId job, world_.jobs.Enqueue(tx, {.kind = std::string(Connections::kScanJob),
                                                        .payload = ToJsonValue(ScanPayload{*connection}),
                                                        .unique_key = Connections::ScanKey(*connection),
                                                        .owner = owner}));
  const ScanId id(job.uuid());
  PRIVITY_TRY(const std::int64_t fresh,
              tx.Execute("INSERT INTO datamap_scan (id, system, state, actor_kind, actor_id, started_at, "
                         "collections_total, collections_done, fields, personal_fields, added, changed, gone, gaps) "
                         "VALUES ($1, $2, 'waiting', $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (id) DO NOTHING",
                         {id, system, EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now()}));
  if (fresh > 0) {
    Details details;
    details.Add("system", system);
    PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.scan.started", "scan", id, std::move(details))));
  }
  return Get(tx, id);
}

Result<MapScan> Scans::Get(ReadTx& tx, const ScanId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + "WHERE c.id = $1", {id}));
  if (!row) return Error("datamap.scan_unknown");
  PRIVITY_TRY(MapScan scan, ReadScan(*row));
  PRIVITY_TRY_VOID(FollowJob(tx, world_.jobs, scan));
  return scan;
}

Result<ScanPage> Scans::List(ReadTx& tx, const ScanFilter& filter) const {
  Where where;
  if (filter.system) where.And("c.system = " + where.Parameter(*filter.system));
  if (filter.before) where.And("c.id < " + where.Parameter(*filter.before));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY c.id DESC LIMIT " + limit, where.values()));
  ScanPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(MapScan scan, ReadScan(row));
    PRIVITY_TRY_VOID(FollowJob(tx, world_.jobs, scan));
    page.items.push_back(std::move(scan));
  }
  return page;
}

Result<std::vector<ScanGap>> Scans::Gaps(ReadTx& tx, const ScanId& id) const {
  PRIVITY_TRY_VOID(Get(tx, id));
  PRIVITY_TRY(const auto rows, tx.Query("SELECT dataset, collection, problem FROM datamap_gap WHERE scan = $1 ORDER BY "
                                        "dataset, collection LIMIT 1000",
                                        {id}));
  std::vector<ScanGap> gaps;
  for (const Row& row : rows) {
    PRIVITY_TRY(StoredProblem problem, FromJson<StoredProblem>(row.Get<std::string>(2)));
    gaps.push_back({row.Get<std::string>(0), row.Get<std::string>(1), std::move(problem)});
  }
  return gaps;
}

Status Scans::Run(JobContext& context) const {
  return ScanRun(world_, connections_, stewardships_, context).Run();
}

}  // namespace privity
