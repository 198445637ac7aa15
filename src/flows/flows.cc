#include "flows/flows.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "base/json.h"
#include "flows/internal/sketching.h"
#include "scan/scan.h"
#include "store/where.h"

namespace privity {
namespace {

constexpr std::string_view kKeyName = "flows.sketch";

constexpr const char* kSchema = R"sql(
CREATE TABLE flows_sketch (
  system text NOT NULL,
  dataset text NOT NULL,
  collection text NOT NULL,
  field text NOT NULL,
  form text NOT NULL,
  filled bigint NOT NULL,
  is_dense boolean NOT NULL,
  hashes bytea NOT NULL,
  made_at bigint NOT NULL
);
CREATE INDEX flows_sketch_of_system ON flows_sketch (system);
CREATE TABLE flows_suggestion (
  id text PRIMARY KEY,
  from_system text NOT NULL,
  from_dataset text NOT NULL,
  from_collection text NOT NULL,
  from_field text NOT NULL,
  to_system text NOT NULL,
  to_dataset text NOT NULL,
  to_collection text NOT NULL,
  to_field text NOT NULL,
  form text NOT NULL,
  share double precision NOT NULL,
  distinct_values bigint NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  actor_kind text,
  actor_id text,
  decided_at bigint,
  reference text,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL
);
CREATE INDEX flows_suggestion_by_state ON flows_suggestion (state, id);
CREATE TABLE flows_salt (
  id text PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL,
  sealed bytea NOT NULL,
  created_at bigint NOT NULL
);
)sql";

// What a reading that is under way keeps: a row for each part of a collection, `content` once it was read.
constexpr const char* kParts = R"sql(
CREATE TABLE flows_part (
  job text NOT NULL,
  system text NOT NULL,
  dataset text NOT NULL,
  collection text NOT NULL,
  part bigint NOT NULL,
  range_from text NOT NULL,
  range_until text NOT NULL,
  content text,
  PRIMARY KEY (job, dataset, collection, part)
);
CREATE INDEX flows_part_of_system ON flows_part (system);
)sql";

// Below so many records, more than one connection is not worth its opening.
constexpr std::int64_t kDividedFrom = 100'000;

constexpr ActionInfo kActions[] = {
    {"flows.reading.started", "Somebody had the values of a system compared with those of others."},
    {"flows.suggestion.confirmed", "Somebody confirmed a reference that equal values suggest."},
    {"flows.suggestion.rejected", "Somebody rejected a reference that equal values suggest."},
    {"flows.salt.created", "Somebody gave a salt by which the company hashes values."},
    {"flows.salt.deleted", "Somebody removed a salt by which the company hashes values."},
};

struct ReadPayload {
  SystemId system;
};
PRIVITY_DESCRIBE(ReadPayload, (system))

constexpr std::string_view kSelect =
    "SELECT g.id, g.from_system, g.from_dataset, g.from_collection, g.from_field, g.to_system, g.to_dataset, "
    "g.to_collection, g.to_field, g.form, g.share, g.distinct_values, g.state, g.reason, g.actor_kind, g.actor_id, "
    "g.decided_at, g.reference, g.first_seen_at, g.last_seen_at FROM flows_suggestion g";

Result<Suggestion> ReadSuggestion(const Row& row) {
  PRIVITY_TRY(const auto form, ParseEnum<FlowForm>(row.Get<std::string>(9)));
  PRIVITY_TRY(const auto state, ParseEnum<SuggestionState>(row.Get<std::string>(12)));
  Suggestion suggestion{.id = row.Get<SuggestionId>(0),
                        .from = {.system = row.Get<SystemId>(1),
                                 .dataset = row.Get<std::string>(2),
                                 .collection = row.Get<std::string>(3),
                                 .fields = {row.Get<std::string>(4)}},
                        .to = {.system = row.Get<SystemId>(5),
                               .dataset = row.Get<std::string>(6),
                               .collection = row.Get<std::string>(7),
                               .fields = {row.Get<std::string>(8)}},
                        .form = form,
                        .share = row.Get<double>(10),
                        .distinct_values = row.Get<std::int64_t>(11),
                        .state = state,
                        .reason = row.Get<std::string>(13),
                        .decided_at = row.Get<std::optional<Instant>>(16),
                        .reference = row.Get<std::optional<ReferenceId>>(17),
                        .first_seen_at = row.Get<Instant>(18),
                        .last_seen_at = row.Get<Instant>(19)};
  if (const auto kind = row.Get<std::optional<std::string>>(14)) {
    PRIVITY_TRY(const auto actor_kind, ParseEnum<ActorKind>(*kind));
    suggestion.decided_by = Actor{.kind = actor_kind, .id = row.Get<std::string>(15)};
  }
  return suggestion;
}

// Which of a pair that shares values points at the other: whichever has more of its values at the other end.
struct FoundMatch {
  ReferencePlace from{};
  ReferencePlace to{};
  std::int64_t distinct_values = 0;  // at `from`
  FlowMatch match{};
};

FoundMatch Pointing(const SketchedField& from, const SketchedField& to, FlowMatch match) {
  return {from.place, to.place, from.forms.at("same").Distinct(), std::move(match)};
}

std::optional<FoundMatch> FindingOf(const SketchedField& a, const SketchedField& b) {
  if (a.place == b.place) return std::nullopt;
  const auto there = MatchOf(a, b);
  const auto back = MatchOf(b, a);
  if (!there && !back) return std::nullopt;
  const double ahead = (there ? there->share : 0) - (back ? back->share : 0);
  const bool is_there = ahead > 0 || (ahead == 0 && PointsRather(a, b));
  return is_there ? Pointing(a, b, *there) : Pointing(b, a, *back);
}

// A part of a collection, as the reading divided it.
struct Part {
  std::int64_t number = 0;
  StreamRange range{};
  std::string content{};  // TextOf what was read; "" while it was not
};

// One attempt of one reading.
class Reading {
 public:
  Reading(const DatamapWorld& world, const Datamap& datamap, const Salts& salts, JobContext& context)
      : world_(world), datamap_(datamap), salts_(salts), context_(context) {}

  Status Run() {
    const Status begun = Begin();
    if (!begun.ok()) return context_.GiveUp(begun.error());
    PRIVITY_TRY(const Description description, store_->Describe());
    PRIVITY_TRY_VOID(context_.BeginStep("read", static_cast<std::int64_t>(description.collections.size())));
    std::int64_t done = 0;
    for (const Collection& collection : description.collections) {
      if (context_.stop_requested()) return Error("connect.cancelled");
      if (collection.shape != CollectionShape::kView) PRIVITY_TRY_VOID(Read(collection));
      PRIVITY_TRY_VOID(context_.SaveProgress(++done, static_cast<std::int64_t>(description.collections.size())));
    }
    PRIVITY_TRY_VOID(SaveSketches());
    PRIVITY_TRY_VOID(context_.BeginStep("compare"));
    PRIVITY_TRY_VOID(Compare());
    return SaveFindings();
  }

 private:
  Status Begin() {
    PRIVITY_TRY(const auto payload, context_.Payload<ReadPayload>());
    system_ = payload.system;
    PRIVITY_TRY(const VersionedKey key, world_.keys.Named(kKeyName));
    hash_.emplace(key.key);
    return world_.store.Read([&](ReadTx& tx) -> Status {
      PRIVITY_TRY(known_salts_, salts_.Open(tx));
      PRIVITY_TRY(const DataSystem system, datamap_.systems().Get(tx, system_));
      if (!system.connection) return Error("datamap.not_connected");
      connection_ = *system.connection;
      PRIVITY_TRY(store_, Open(tx));
      return Ok();
    });
  }

  Result<std::unique_ptr<Connector>> Open(ReadTx& tx) const {
    return datamap_.connections().Open(tx, connection_, StoreUse::kRead, context_.stop_token());
  }

  // A collection that cannot be read has no sketches; the next scan names it as a gap. What was read of it before the
  // program or the store was gone is not read again.
  Status Read(const Collection& collection) {
    auto parts = Divide(collection);
    if (parts.ok()) {
      const Status read = ReadParts(collection, *parts);
      if (!read.ok()) parts = read.error();
    }
    if (!parts.ok()) return IsUnreadable(parts.error()) ? Ok() : Status(parts.error());
    std::map<std::string, FieldPart> fields;
    for (const Part& part : *parts) {
      PRIVITY_TRY(std::vector<FieldPart> read, PartsOf(part.content));
      for (FieldPart& field : read) {
        const auto [known, is_first] = fields.try_emplace(field.field);
        if (is_first) {
          known->second = std::move(field);
        } else {
          known->second.Merge(field);
        }
      }
    }
    std::vector<FieldPart> whole;
    for (auto& [name, field] : fields) whole.push_back(std::move(field));
    for (SketchedField& field : FieldsToCompare(system_, collection.name, std::move(whole))) {
      if (fields_.size() < Flows::kFieldsMax) fields_.push_back(std::move(field));
    }
    return Ok();
  }

  // A store that may answer again is asked again, as long as the job is tried.
  bool IsUnreadable(const Error& error) const {
    if (error.Is("connect.cancelled") || !error.code().starts_with("connect.")) return false;
    const bool may_come_back =
        error.Is("connect.dropped") || error.Is("connect.timeout") || error.Is("connect.unreachable");
    return !may_come_back || context_.attempt() >= Flows::kAttemptsMax;
  }

  // As an earlier attempt divided it, with what that one read; else anew.
  Result<std::vector<Part>> Divide(const Collection& collection) {
    std::vector<Part> parts;
    const Status known = world_.store.Read([&](ReadTx& tx) -> Status {
      PRIVITY_TRY(const auto rows, tx.Query("SELECT part, range_from, range_until, content FROM flows_part WHERE job = "
                                            "$1 AND dataset = $2 AND collection = $3 ORDER BY part",
                                            {context_.id(), collection.name.space, collection.name.name}));
      for (const Row& row : rows) {
        parts.push_back({.number = row.Get<std::int64_t>(0),
                         .range = {row.Get<std::string>(1), row.Get<std::string>(2)},
                         .content = row.Get<std::optional<std::string>>(3).value_or("")});
      }
      return Ok();
    });
    PRIVITY_TRY_VOID(known);
    if (!parts.empty()) return parts;
    PRIVITY_TRY(const std::vector<StreamRange> ranges, RangesOf(collection));
    for (const StreamRange& range : ranges) {
      parts.push_back({.number = static_cast<std::int64_t>(parts.size()), .range = range});
    }
    const Status saved = world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      for (const Part& part : parts) {
        PRIVITY_TRY_VOID(
            tx.Execute("INSERT INTO flows_part (job, system, dataset, collection, part, range_from, range_until) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       {context_.id(), system_, collection.name.space, collection.name.name, part.number,
                        part.range.from, part.range.until}));
      }
      return Ok();
    });
    PRIVITY_TRY_VOID(saved);
    return parts;
  }

  Result<std::vector<StreamRange>> RangesOf(const Collection& collection) {
    std::vector<StreamRange> whole(1);
    if (!store_->Can(Capability::kSplit, collection) || !store_->Can(Capability::kEstimate, collection)) return whole;
    PRIVITY_TRY(const std::int64_t records, store_->Estimate(collection));
    return records < kDividedFrom ? whole : store_->Split(collection, Flows::kPartsMax);
  }

  // On several connections, where there are several parts.
  Status ReadParts(const Collection& collection, std::vector<Part>& parts) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::optional<Error> failed;
    const auto work = [&](Connector& store) {
      for (std::size_t i = next++; i < parts.size(); i = next++) {
        if (!parts[i].content.empty()) continue;
        const Status read = ReadPart(store, collection, static_cast<std::int64_t>(parts.size()), parts[i]);
        if (read.ok()) continue;
        const std::lock_guard lock(mutex);
        failed = read.error();
        return;
      }
    };
    const auto open = static_cast<std::size_t>(std::ranges::count(parts, std::string(), &Part::content));
    const std::size_t jobs = std::min(open, static_cast<std::size_t>(ScanJobsOf(store_->kind(), kScanJobs)));
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < jobs; ++i) {
      others.emplace_back([&] {
        // A store that takes fewer connections is read by those that it takes.
        const auto store = world_.store.Read([&](ReadTx& tx) { return Open(tx); });
        if (store.ok()) work(**store);
      });
    }
    work(*store_);
    for (std::jthread& other : others) other.join();
    return failed ? Status(*failed) : Ok();
  }

  Status ReadPart(Connector& store, const Collection& collection, std::int64_t parts, Part& part) {
    SketchingSink sink(collection, *hash_, known_salts_, Flows::kRecordsMax / parts);
    const Status read = store.Stream(collection, part.range, sink);
    if (!read.ok() && !read.error().Is("flows.enough")) return read;
    part.content = TextOf(sink.Fields());
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE flows_part SET content = $5 WHERE job = $1 AND dataset = $2 AND collection = "
                     "$3 AND part = $4",
                     {context_.id(), collection.name.space, collection.name.name, part.number, part.content}));
      return Ok();
    });
  }

  Status SaveSketches() {
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      PRIVITY_TRY_VOID(tx.Execute("DELETE FROM flows_sketch WHERE system = $1", {system_}));
      for (const SketchedField& field : fields_) {
        for (const auto& [form, sketch] : field.forms) {
          PRIVITY_TRY_VOID(
              tx.Execute("INSERT INTO flows_sketch (system, dataset, collection, field, form, filled, is_dense, "
                         "hashes, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                         {system_, field.place.dataset, field.place.collection, field.place.fields[0], form,
                          field.filled, field.is_dense, sketch.ToBytes(), world_.clock.Now()}));
        }
      }
      return Ok();
    });
  }

  // System by system, so that the sketches of no more than two of them are in memory.
  Status Compare() {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      for (std::size_t j = i + 1; j < fields_.size(); ++j) Add(fields_[i], fields_[j]);
    }
    PRIVITY_TRY(const auto rows, world_.store.Read([&](ReadTx& tx) {
      return tx.Query(
          "SELECT DISTINCT k.system FROM flows_sketch k JOIN datamap_system s ON s.id = k.system WHERE "
          "k.system <> $1",
          {system_});
    }));
    for (const Row& row : rows) {
      if (context_.stop_requested()) return Error("connect.cancelled");
      PRIVITY_TRY(const auto others, Load(row.Get<SystemId>(0)));
      for (const SketchedField& mine : fields_) {
        for (const SketchedField& other : others) Add(mine, other);
      }
    }
    return Ok();
  }

  Result<std::vector<SketchedField>> Load(const SystemId& system) {
    std::vector<SketchedField> fields;
    const Status read = world_.store.Read([&](ReadTx& tx) -> Status {
      PRIVITY_TRY(const auto rows,
                  tx.Query("SELECT dataset, collection, field, form, filled, is_dense, hashes FROM flows_sketch WHERE "
                           "system = $1 ORDER BY dataset, collection, field",
                           {system}));
      for (const Row& row : rows) {
        const ReferencePlace place{system, row.Get<std::string>(0), row.Get<std::string>(1), {row.Get<std::string>(2)}};
        if (fields.empty() || !(fields.back().place == place)) {
          if (fields.size() >= Flows::kFieldsMax) break;
          fields.push_back({.place = place, .filled = row.Get<std::int64_t>(4), .is_dense = row.Get<bool>(5)});
        }
        PRIVITY_TRY(ValueSketch sketch, ValueSketch::FromBytes(row.Get<Bytes>(6)));
        fields.back().forms.emplace(row.Get<std::string>(3), std::move(sketch));
      }
      return Ok();
    });
    PRIVITY_TRY_VOID(read);
    return fields;
  }

  void Add(const SketchedField& a, const SketchedField& b) {
    if (auto finding = FindingOf(a, b)) findings_.push_back(*std::move(finding));
  }

  Status SaveFindings() {
    const Instant now = world_.clock.Now();
    return world_.store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(context_.ConfirmLease(tx));
      for (const FoundMatch& finding : findings_) PRIVITY_TRY_VOID(Save(tx, finding, now));
      // What was suggested and is no longer so, and nobody decided.
      PRIVITY_TRY_VOID(
          tx.Execute("DELETE FROM flows_suggestion WHERE state = 'open' AND (from_system = $1 OR to_system = $1) AND "
                     "last_seen_at < $2",
                     {system_, now}));
      // Also what a reading left that was cancelled or given up.
      PRIVITY_TRY_VOID(tx.Execute("DELETE FROM flows_part WHERE system = $1", {system_}));
      return context_.CompleteIn(tx);
    });
  }

  Status Save(WriteTx& tx, const FoundMatch& finding, Instant now) {
    const ReferencePlace& from = finding.from;
    const ReferencePlace& to = finding.to;
    PRIVITY_TRY(const bool is_known, IsReference(tx, from, to));
    if (is_known) return Ok();
    PRIVITY_TRY(
        const std::int64_t known,
        tx.Execute("UPDATE flows_suggestion SET share = $9, distinct_values = $10, form = $11, last_seen_at = "
                   "$12, state = CASE WHEN state = 'rejected' AND form <> $11 THEN 'open' ELSE state END WHERE "
                   "from_system = $1 AND from_dataset = $2 AND from_collection = $3 AND from_field = $4 AND "
                   "to_system = $5 AND to_dataset = $6 AND to_collection = $7 AND to_field = $8",
                   {from.system, from.dataset, from.collection, from.fields[0], to.system, to.dataset, to.collection,
                    to.fields[0], finding.match.share, finding.distinct_values, EnumText(finding.match.form), now}));
    if (known > 0) return Ok();
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO flows_suggestion (id, from_system, from_dataset, from_collection, from_field, "
                   "to_system, to_dataset, to_collection, to_field, form, share, distinct_values, state, reason, "
                   "first_seen_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', "
                   "'', $13, $13)",
                   {SuggestionId::New(world_.clock), from.system, from.dataset, from.collection, from.fields[0],
                    to.system, to.dataset, to.collection, to.fields[0], EnumText(finding.match.form),
                    finding.match.share, finding.distinct_values, now}));
    return Ok();
  }

  // Whether the register has it, in either direction.
  static Result<bool> IsReference(ReadTx& tx, const ReferencePlace& a, const ReferencePlace& b) {
    PRIVITY_TRY(
        const auto row,
        tx.QueryOne("SELECT 1 FROM datamap_reference WHERE gone_at IS NULL AND ((from_system = $1 AND from_dataset = "
                    "$2 AND from_collection = $3 AND from_fields = $4 AND to_system = $5 AND to_dataset = $6 AND "
                    "to_collection = $7 AND to_fields = $8) OR (from_system = $5 AND from_dataset = $6 AND "
                    "from_collection = $7 AND from_fields = $8 AND to_system = $1 AND to_dataset = $2 AND "
                    "to_collection = $3 AND to_fields = $4))",
                    {a.system, a.dataset, a.collection, ToJson(a.fields), b.system, b.dataset, b.collection,
                     ToJson(b.fields)}));
    return row.has_value();
  }

  const DatamapWorld& world_;
  const Datamap& datamap_;
  const Salts& salts_;
  JobContext& context_;
  SystemId system_;
  ConnectionId connection_;
  std::optional<ValueHash> hash_;
  std::vector<KnownSalt> known_salts_;
  std::unique_ptr<Connector> store_;
  std::vector<SketchedField> fields_;
  std::vector<FoundMatch> findings_;
};

Entry EntryOf(const Caller& caller, std::string action, std::string kind, std::string id) {
  return {.action = std::move(action),
          .actor = caller.actor,
          .object_kind = std::move(kind),
          .object_id = std::move(id),
          .request_id = caller.request_id};
}

}  // namespace

std::vector<Migration> FlowsMigrations() {
  return {
      {.room = "flows", .version = 1, .name = "sketches, suggestions, salts", .sql = kSchema},
      {.room = "flows", .version = 2, .name = "parts of collections that a reading is through with", .sql = kParts}};
}
std::span<const ActionInfo> FlowsActions() {
  return kActions;
}

std::vector<FieldNote> FieldNotes(const Suggestion*) {
  return {{.name = "form", .description = "The values are the same, in other letter case, or hashed at `from`."},
          {.name = "share", .description = "Of the values at `from` that stand at `to`, 0 to 1."},
          {.name = "distinct_values", .description = "At `from`, estimated."},
          {.name = "reference", .description = "That a confirmation made."}};
}
std::vector<FieldNote> FieldNotes(const SuggestionDecision*) {
  return {{.name = "reason",
           .description = "Why. Kept with the suggestion; name no person here.",
           .max_length = 1000,
           .defaulted = true}};
}

Result<FlowReading> Flows::Start(WriteTx& tx, const Caller& caller, const SystemId& system) const {
  PRIVITY_TRY(const DataSystem found, datamap_.systems().Get(tx, system));
  if (!found.connection) return Error("datamap.not_connected");
  const auto owner = caller.user ? std::optional(caller.user->ToString()) : std::nullopt;
  PRIVITY_TRY(const JobId job, world_.jobs.Enqueue(tx, {.kind = std::string(kReadJob),
                                                        .payload = ToJsonValue(ReadPayload{system}),
                                                        .unique_key = "flows." + system.ToString(),
                                                        .max_attempts = kAttemptsMax,
                                                        .owner = owner}));
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, EntryOf(caller, "flows.reading.started", "system", system.ToString())));
  return FlowReading{job, system};
}

Result<SuggestionPage> Flows::List(ReadTx& tx, const SuggestionFilter& filter) const {
  Where where;
  if (filter.system) {
    const std::string system = where.Parameter(*filter.system);
    where.And("(g.from_system = " + system + " OR g.to_system = " + system + ")");
  }
  if (filter.state) where.And("g.state = " + where.Parameter(EnumText(*filter.state)));
  if (filter.after) where.And("g.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY g.id LIMIT " + limit, where.values()));
  SuggestionPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(Suggestion suggestion, ReadSuggestion(row));
    PRIVITY_TRY_VOID(AddNames(tx, suggestion));
    page.items.push_back(std::move(suggestion));
  }
  return page;
}

Result<Suggestion> Flows::Get(ReadTx& tx, const SuggestionId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE g.id = $1", {id}));
  if (!row) return Error("flows.suggestion_unknown");
  PRIVITY_TRY(Suggestion suggestion, ReadSuggestion(*row));
  PRIVITY_TRY_VOID(AddNames(tx, suggestion));
  return suggestion;
}

Status Flows::AddNames(ReadTx& tx, Suggestion& suggestion) const {
  for (auto [id, name] : {std::pair(&suggestion.from.system, &suggestion.from_name),
                          std::pair(&suggestion.to.system, &suggestion.to_name)}) {
    PRIVITY_TRY(const DataSystem system, datamap_.systems().Get(tx, *id));
    *name = system.name;
  }
  return Ok();
}

Result<Suggestion> Flows::Decide(WriteTx& tx, const Caller& caller, const SuggestionId& id, SuggestionState state,
                                 const SuggestionDecision& decision,
                                 const std::optional<ReferenceId>& reference) const {
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE flows_suggestion SET state = $2, reason = $3, actor_kind = $4, actor_id = $5, decided_at = $6, reference "
      "= $7 WHERE id = $1",
      {id, EnumText(state), decision.reason, EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now(),
       reference ? std::optional(reference->ToString()) : std::nullopt}));
  const char* const action =
      state == SuggestionState::kConfirmed ? "flows.suggestion.confirmed" : "flows.suggestion.rejected";
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, EntryOf(caller, action, "suggestion", id.ToString())));
  return Get(tx, id);
}

Result<Suggestion> Flows::Confirm(WriteTx& tx, const Caller& caller, const SuggestionId& id,
                                  const SuggestionDecision& decision) const {
  PRIVITY_TRY(const Suggestion suggestion, Get(tx, id));
  if (suggestion.state == SuggestionState::kConfirmed) return Error("flows.suggestion_decided");
  PRIVITY_TRY(const DataReference reference,
              datamap_.references().Create(tx, caller,
                                           {.from = suggestion.from, .to = suggestion.to, .reason = decision.reason}));
  return Decide(tx, caller, id, SuggestionState::kConfirmed, decision, reference.id);
}

Result<Suggestion> Flows::Reject(WriteTx& tx, const Caller& caller, const SuggestionId& id,
                                 const SuggestionDecision& decision) const {
  PRIVITY_TRY(const Suggestion suggestion, Get(tx, id));
  if (suggestion.state != SuggestionState::kOpen) return Error("flows.suggestion_decided");
  return Decide(tx, caller, id, SuggestionState::kRejected, decision, std::nullopt);
}

Status Flows::OnEntry(WriteTx& tx, const Entry& entry) const {
  if (entry.action != "datamap.system.deleted") return Ok();
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM flows_sketch WHERE system = $1", {entry.object_id}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM flows_part WHERE system = $1", {entry.object_id}));
  PRIVITY_TRY_VOID(
      tx.Execute("DELETE FROM flows_suggestion WHERE from_system = $1 OR to_system = $1", {entry.object_id}));
  return Ok();
}

Status Flows::Run(JobContext& context) const {
  return Reading(world_, datamap_, salts_, context).Run();
}

}  // namespace privity
