#include "keys/person_keys.h"

#include <algorithm>
#include <map>
#include <set>

#include "crypto/seal.h"
#include "keys/internal/roster.h"

namespace privity {
namespace {

using internal::RosterEntry;

constexpr std::string_view kData = "data";
constexpr std::string_view kTag = "tag";
// Buckets moved together: they share a transaction and the syncs of the key home's updates, and their rosters are in
// memory. Few enough that other writers do not wait long.
constexpr std::size_t kBucketsTogether = 16;
// A bucket that others move meanwhile is looked at again, this often.
constexpr int kRoundsMax = 20;

AssociatedData WrapContext(const Uuid& installation, const SubjectId& subject, std::string_view purpose,
                           std::uint32_t version) {
  return AssociatedData("privity.person-key.v1").Add(installation).Add(subject.uuid()).Add(purpose).AddNumber(version);
}

Error Shredded(const SubjectId& subject) {
  return Error("keys.subject_shredded", {{"subject", subject.ToString()}});
}

bool IsGone(const Error& error) {
  return error.Is("crypto.key_destroyed") || error.Is("crypto.key_missing");
}

// `attempt` looks where a bucket stands and then uses its key. The bucket may move in between and the key be destroyed:
// then it looks again.
template <class Fn>
std::invoke_result_t<Fn> WhileBucketMoves(Fn attempt) {
  for (int round = 1;; ++round) {
    auto result = attempt();
    if (result.ok() || !IsGone(result.error()) || round == kRoundsMax) return result;
  }
}

}  // namespace

std::vector<Migration> KeysMigrations() {
  return {{.room = "keys", .version = 1, .name = "person keys", .sql = R"sql(
    CREATE TABLE keys_installation (id bigint PRIMARY KEY, installation text NOT NULL);
    CREATE TABLE keys_buckets (bucket bigint PRIMARY KEY, version bigint NOT NULL);
    CREATE TABLE keys_persons (
      subject text NOT NULL,
      purpose text NOT NULL,
      version bigint NOT NULL,
      bucket bigint NOT NULL,
      bucket_version bigint NOT NULL,
      wrapped bytea NOT NULL,
      created_at bigint NOT NULL,
      PRIMARY KEY (subject, purpose, version)
    );
    CREATE INDEX keys_persons_by_bucket ON keys_persons (bucket);
    CREATE TABLE keys_shreds (
      subject text PRIMARY KEY,
      bucket bigint NOT NULL,
      requested_at bigint NOT NULL,
      bucket_version bigint,
      done_at bigint
    );
    CREATE INDEX keys_shreds_open ON keys_shreds (bucket) WHERE done_at IS NULL;
  )sql"}};
}

// One row of keys_persons.
struct PersonKeys::WrappedKey {
  SubjectId subject;
  std::string purpose;
  std::uint32_t version = 0;
  std::uint32_t bucket = 0;
  std::uint32_t bucket_version = 0;
  Bytes wrapped;

  static WrappedKey FromRow(const Row& row) {
    return {row.Get<SubjectId>(0),     row.Get<std::string>(1),   row.Get<std::uint32_t>(2),
            row.Get<std::uint32_t>(3), row.Get<std::uint32_t>(4), row.Get<Bytes>(5)};
  }
};

// What a bucket looks like once its rows are under `version`.
struct PersonKeys::Rewrapped {
  std::uint32_t bucket = 0;
  std::uint32_t version = 0;
  std::vector<RosterEntry> roster;
};

Result<std::unique_ptr<PersonKeys>> PersonKeys::Open(Store& store, KeyHome& home, const Clock& clock,
                                                     StepHook before_step) {
  std::unique_ptr<PersonKeys> keys(new PersonKeys(store, home, clock, std::move(before_step)));
  PRIVITY_TRY_VOID(keys->BindInstallation());
  PRIVITY_TRY_VOID(keys->Recover());
  return keys;
}

Status PersonKeys::BindInstallation() {
  const std::string ours = home_.installation().ToString();
  std::vector<SqlValues> buckets;
  for (std::uint32_t bucket = 0; bucket < KeyHome::kBuckets; ++bucket) {
    PRIVITY_TRY(const std::uint32_t version, home_.ActiveBucketVersion(bucket));
    buckets.push_back({bucket, version});
  }
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT installation FROM keys_installation"));
    if (row && row->Get<std::string>(0) == ours) return Ok();
    if (row) {
      return Error("keys.installation_mismatch", {{"database", row->Get<std::string>(0)}, {"key_home", ours}});
    }
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO keys_installation (id, installation) VALUES (1, $1)", {ours}));
    return tx.ExecuteMany("INSERT INTO keys_buckets (bucket, version) VALUES ($1, $2) ON CONFLICT DO NOTHING", buckets);
  });
}

Result<Key> PersonKeys::UnwrapOne(const WrappedKey& wrapped) {
  PRIVITY_TRY(const Key bucket_key, home_.BucketKey(wrapped.bucket, wrapped.bucket_version));
  PRIVITY_TRY(const SecretBytes opened,
              privity::Open(bucket_key, wrapped.wrapped,
                            WrapContext(home_.installation(), wrapped.subject, wrapped.purpose, wrapped.version)));
  return Key::FromBytes(opened.Reveal());
}

Result<PersonKey> PersonKeys::Unwrap(const SubjectId& subject, const std::vector<WrappedKey>& wrapped) {
  std::map<std::uint32_t, Key> versions;
  std::optional<Key> tag_key;
  for (const WrappedKey& one : wrapped) {
    PRIVITY_TRY(const Key key, UnwrapOne(one));
    if (one.purpose == kTag) {
      tag_key = key;
    } else {
      versions.emplace(one.version, key);
    }
  }
  if (versions.empty() || !tag_key) return Error("store.corrupt", {{"table", "keys_persons"}});
  return PersonKey(home_.installation(), subject, std::move(versions), *tag_key);
}

Result<std::vector<PersonKeys::WrappedKey>> PersonKeys::RowsOf(ReadTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT subject, purpose, version, bucket, bucket_version, wrapped FROM keys_persons"
                       " WHERE subject = $1",
                       {subject}));
  std::vector<WrappedKey> wrapped;
  for (const Row& row : rows) wrapped.push_back(WrappedKey::FromRow(row));
  return wrapped;
}

Result<PersonKey> PersonKeys::Load(ReadTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(std::vector<WrappedKey> wrapped, RowsOf(tx, subject));
  if (wrapped.empty()) {
    PRIVITY_TRY(const auto shred, tx.QueryOne("SELECT 1 FROM keys_shreds WHERE subject = $1", {subject}));
    return shred ? Shredded(subject) : Error("keys.subject_unknown", {{"subject", subject.ToString()}});
  }
  Result<PersonKey> key = Unwrap(subject, wrapped);
  if (key.ok() || !IsGone(key.error())) return key;

  // This transaction's snapshot is older than the bucket's present key.
  return WhileBucketMoves([&] { return LoadFromRoster(subject, wrapped.front().bucket); });
}

// The roster has the person, unless they were shredded.
Result<PersonKey> PersonKeys::LoadFromRoster(const SubjectId& subject, std::uint32_t bucket) {
  PRIVITY_TRY(const auto roster, home_.ReadRoster(bucket));
  if (!roster) return Error("keys.bucket_lost", {{"bucket", std::to_string(bucket)}});
  PRIVITY_TRY(const std::vector<RosterEntry> entries, internal::DecodeRosterEntries(roster->content));
  std::vector<WrappedKey> wrapped;
  for (const RosterEntry& entry : entries) {
    if (entry.subject != subject.uuid()) continue;
    wrapped.push_back({subject, entry.purpose, entry.version, bucket, roster->version, entry.wrapped});
  }
  if (wrapped.empty()) return Shredded(subject);
  return Unwrap(subject, wrapped);
}

Result<PersonKey> PersonKeys::Ensure(WriteTx& tx, const SubjectId& subject) {
  Result<PersonKey> present = Load(tx, subject);
  if (present.ok() || !present.error().Is("keys.subject_unknown")) return present;
  PRIVITY_TRY_VOID(Insert(tx, subject, kTag, 1));
  PRIVITY_TRY_VOID(Insert(tx, subject, kData, 1));
  return Load(tx, subject);
}

Status PersonKeys::Insert(WriteTx& tx, const SubjectId& subject, std::string_view purpose, std::uint32_t version) {
  const std::uint32_t bucket = KeyHome::BucketOf(subject.uuid());
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT version FROM keys_buckets WHERE bucket = $1", {bucket}));
  if (!row) return Error("store.corrupt", {{"table", "keys_buckets"}});
  // The database runs ahead of the key home while a bucket moves; a snapshot may be behind it. A row is right under the
  // newer of both: the older key is about to go, and serializable isolation stops a row that a re-wrap has missed.
  std::uint32_t bucket_version = 0;
  PRIVITY_TRY(const Key bucket_key, WhileBucketMoves([&]() -> Result<Key> {
                PRIVITY_TRY(const std::uint32_t active, home_.ActiveBucketVersion(bucket));
                bucket_version = std::max(active, row->Get<std::uint32_t>(0));
                return home_.BucketKey(bucket, bucket_version);
              }));
  PRIVITY_TRY(const Bytes wrapped, privity::Seal(bucket_key, bucket_version, Key::Random().Reveal(),
                                                 WrapContext(home_.installation(), subject, purpose, version)));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO keys_persons (subject, purpose, version, bucket, bucket_version, wrapped, created_at)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 {subject, purpose, version, bucket, bucket_version, wrapped, clock_.Now()}));
  return Ok();
}

Result<std::uint32_t> PersonKeys::Rotate(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const PersonKey present, Load(tx, subject));
  const std::uint32_t next = present.version() + 1;
  PRIVITY_TRY_VOID(Insert(tx, subject, kData, next));
  return next;
}

Status PersonKeys::RetireOldVersions(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const PersonKey present, Load(tx, subject));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM keys_persons WHERE subject = $1 AND purpose = $2 AND version < $3",
                              {subject, kData, present.version()}));
  return Ok();
}

Result<std::optional<Instant>> PersonKeys::ShreddedAt(ReadTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT done_at FROM keys_shreds WHERE subject = $1", {subject}));
  if (!row) return std::optional<Instant>();
  return row->Get<std::optional<Instant>>(0);
}

Status PersonKeys::Shred(std::span<const SubjectId> subjects) {
  std::vector<SqlValues> journal;
  std::set<std::uint32_t> buckets;
  for (const SubjectId& subject : subjects) {
    const std::uint32_t bucket = KeyHome::BucketOf(subject.uuid());
    journal.push_back({subject, bucket, clock_.Now()});
    buckets.insert(bucket);
  }
  BeforeStep("shred: journal");
  PRIVITY_TRY_VOID(store_.Write([&](WriteTx& tx) {
    return tx.ExecuteMany(
        "INSERT INTO keys_shreds (subject, bucket, requested_at) VALUES ($1, $2, $3) ON CONFLICT (subject) DO NOTHING",
        journal);
  }));
  for (int round = 0; round < kRoundsMax; ++round) {
    PRIVITY_TRY(const std::vector<Row> open, store_.Read([](ReadTx& tx) {
      return tx.Query("SELECT DISTINCT bucket FROM keys_shreds WHERE done_at IS NULL");
    }));
    std::vector<std::uint32_t> ours;
    for (const Row& row : open) {
      if (buckets.contains(row.Get<std::uint32_t>(0))) ours.push_back(row.Get<std::uint32_t>(0));
    }
    if (ours.empty()) return Ok();
    PRIVITY_TRY_VOID(Rekey(ours));
  }
  return Error("keys.shred_contended");
}

Status PersonKeys::RotateBuckets(std::span<const std::uint32_t> buckets) {
  return Rekey(buckets);
}

// Moves each bucket to its next key; or finishes a move that was interrupted, in which case a shred that is still open
// goes round again.
Status PersonKeys::Rekey(std::span<const std::uint32_t> buckets) {
  while (!buckets.empty()) {
    const auto together = buckets.first(std::min(buckets.size(), kBucketsTogether));
    buckets = buckets.subspan(together.size());
    PRIVITY_TRY(const std::vector<Rewrapped> rewrapped, WhileBucketMoves([&] { return RewrapTogether(together); }));
    std::vector<KeyHome::BucketVersion> moved;
    std::vector<KeyHome::Roster> rosters;
    std::vector<SqlValues> done;
    for (const Rewrapped& now : rewrapped) {
      rosters.push_back({now.bucket, now.version, internal::EncodeRosterEntries(now.roster)});
      moved.push_back({now.bucket, now.version});
      done.push_back({clock_.Now(), now.bucket, now.version});
    }
    BeforeStep("rekey: roster");
    PRIVITY_TRY_VOID(home_.WriteRosters(rosters));
    BeforeStep("rekey: promote");
    PRIVITY_TRY_VOID(home_.PromoteBuckets(moved));
    BeforeStep("rekey: done");
    PRIVITY_TRY_VOID(store_.Write([&](WriteTx& tx) {
      return tx.ExecuteMany(
          "UPDATE keys_shreds SET done_at = $1 WHERE bucket = $2 AND bucket_version <= $3 AND done_at IS NULL", done);
    }));
  }
  return Ok();
}

// Those that stand at their next version now: of the others another process has gone further, and the next round sees
// where they stand.
Result<std::vector<PersonKeys::Rewrapped>> PersonKeys::RewrapTogether(std::span<const std::uint32_t> buckets) {
  BeforeStep("rekey: prepare");
  PRIVITY_TRY(const std::vector<std::uint32_t> targets, home_.PrepareBuckets(buckets));
  BeforeStep("rekey: wrap");
  return store_.Write([&](WriteTx& tx) -> Result<std::vector<Rewrapped>> {
    std::vector<Rewrapped> all;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      PRIVITY_TRY(Rewrapped now, Rewrap(tx, buckets[i], targets[i]));
      if (now.version == targets[i]) all.push_back(std::move(now));
    }
    return all;
  });
}

Result<PersonKeys::Rewrapped> PersonKeys::Rewrap(WriteTx& tx, std::uint32_t bucket, std::uint32_t target) {
  PRIVITY_TRY(const auto present, tx.QueryOne("SELECT version FROM keys_buckets WHERE bucket = $1", {bucket}));
  if (!present) return Error("store.corrupt", {{"table", "keys_buckets"}});
  Rewrapped result{bucket, present->Get<std::uint32_t>(0), {}};
  const bool move = result.version + 1 == target;
  if (move) {
    PRIVITY_TRY_VOID(tx.Execute(
        "DELETE FROM keys_persons WHERE bucket = $1 AND subject IN"
        " (SELECT subject FROM keys_shreds WHERE bucket = $1 AND done_at IS NULL AND bucket_version IS NULL)",
        {bucket}));
  }
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT subject, purpose, version, bucket, bucket_version, wrapped FROM keys_persons"
                       " WHERE bucket = $1",
                       {bucket}));
  BeforeStep("rekey: open");
  std::vector<SqlValues> updates;
  for (const Row& row : rows) {
    WrappedKey one = WrappedKey::FromRow(row);
    if (move) {
      PRIVITY_TRY(const Key key, UnwrapOne(one));
      PRIVITY_TRY(const Key bucket_key, home_.BucketKey(bucket, target));
      PRIVITY_TRY(one.wrapped, privity::Seal(bucket_key, target, key.Reveal(),
                                             WrapContext(home_.installation(), one.subject, one.purpose, one.version)));
      updates.push_back({one.wrapped, target, one.subject, one.purpose, one.version});
    }
    result.roster.push_back({one.subject.uuid(), one.purpose, one.version, std::move(one.wrapped)});
  }
  if (!move) return result;
  PRIVITY_TRY_VOID(tx.ExecuteMany(
      "UPDATE keys_persons SET wrapped = $1, bucket_version = $2 WHERE subject = $3 AND purpose = $4 AND version = $5",
      updates));
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE keys_shreds SET bucket_version = $2 WHERE bucket = $1 AND done_at IS NULL AND bucket_version IS NULL",
      {bucket, target}));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE keys_buckets SET version = $2 WHERE bucket = $1", {bucket, target}));
  result.version = target;
  return result;
}

Result<std::int64_t> PersonKeys::Recover() {
  PRIVITY_TRY(const std::vector<Row> rows, store_.Read([](ReadTx& tx) {
    return tx.Query(
        "SELECT b.bucket, b.version, EXISTS (SELECT 1 FROM keys_shreds s WHERE s.bucket = b.bucket AND"
        " s.done_at IS NULL) FROM keys_buckets b ORDER BY b.bucket");
  }));
  std::int64_t recovered = 0;
  std::vector<std::uint32_t> unfinished;
  for (const Row& row : rows) {
    const auto bucket = row.Get<std::uint32_t>(0);
    const auto version = row.Get<std::uint32_t>(1);
    PRIVITY_TRY(const std::uint32_t active, home_.ActiveBucketVersion(bucket));
    if (version < active) {
      PRIVITY_TRY(const std::int64_t people, RecoverBucket(bucket));
      recovered += people;
    }
    if (version > active || row.Get<bool>(2)) unfinished.push_back(bucket);
  }
  // Twice: the first pass may only finish a move, with shreds still open behind it.
  PRIVITY_TRY_VOID(Rekey(unfinished));
  PRIVITY_TRY(const std::vector<Row> open, store_.Read([](ReadTx& tx) {
    return tx.Query("SELECT DISTINCT bucket FROM keys_shreds WHERE done_at IS NULL");
  }));
  unfinished.clear();
  for (const Row& row : open) unfinished.push_back(row.Get<std::uint32_t>(0));
  PRIVITY_TRY_VOID(Rekey(unfinished));
  return recovered;
}

// The database knows this bucket only under a key that is destroyed: it is an older copy. The roster tells who was in
// the bucket when its present key came; whoever is not in it was shredded since.
Result<std::int64_t> PersonKeys::RecoverBucket(std::uint32_t bucket) {
  PRIVITY_TRY(const auto roster, home_.ReadRoster(bucket));
  PRIVITY_TRY(const std::uint32_t active, home_.ActiveBucketVersion(bucket));
  if (!roster || roster->version < active) return Error("keys.bucket_lost", {{"bucket", std::to_string(bucket)}});
  PRIVITY_TRY(const std::vector<RosterEntry> entries, internal::DecodeRosterEntries(roster->content));
  std::map<std::tuple<Uuid, std::string, std::uint32_t>, const Bytes*> known;
  for (const RosterEntry& entry : entries) known[{entry.subject, entry.purpose, entry.version}] = &entry.wrapped;

  return store_.Write([&](WriteTx& tx) -> Result<std::int64_t> {
    PRIVITY_TRY(const auto present, tx.QueryOne("SELECT version FROM keys_buckets WHERE bucket = $1", {bucket}));
    if (!present || present->Get<std::uint32_t>(0) >= roster->version) return 0;  // another process was faster
    PRIVITY_TRY(const std::vector<Row> rows,
                tx.Query("SELECT subject, purpose, version, bucket, bucket_version, wrapped FROM keys_persons"
                         " WHERE bucket = $1 AND bucket_version < $2",
                         {bucket, roster->version}));
    std::vector<SqlValues> updates, shreds, removals;
    std::set<SubjectId> people;
    for (const Row& row : rows) {
      const WrappedKey old = WrappedKey::FromRow(row);
      const auto found = known.find({old.subject.uuid(), old.purpose, old.version});
      if (found != known.end()) {
        updates.push_back({*found->second, roster->version, old.subject, old.purpose, old.version});
        people.insert(old.subject);
      } else {
        removals.push_back({old.subject, old.purpose, old.version});
        if (old.purpose == kTag) shreds.push_back({old.subject, bucket, clock_.Now(), roster->version});
      }
    }
    PRIVITY_TRY_VOID(
        tx.ExecuteMany("UPDATE keys_persons SET wrapped = $1, bucket_version = $2 WHERE subject = $3 AND purpose = $4 "
                       "AND version = $5",
                       updates));
    PRIVITY_TRY_VOID(
        tx.ExecuteMany("DELETE FROM keys_persons WHERE subject = $1 AND purpose = $2 AND version = $3", removals));
    PRIVITY_TRY_VOID(tx.ExecuteMany(
        "INSERT INTO keys_shreds (subject, bucket, requested_at, bucket_version, done_at) VALUES ($1, $2, $3, $4, $3)"
        " ON CONFLICT (subject) DO NOTHING",
        shreds));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE keys_buckets SET version = $2 WHERE bucket = $1", {bucket, roster->version}));
    return static_cast<std::int64_t>(people.size());
  });
}

}  // namespace privity
