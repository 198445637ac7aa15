#include "app/key_care.h"

#include <algorithm>
#include <numeric>

#include "app/application.h"
#include "identity/proof.h"
#include "rights/identifier_index.h"
#include "rights/reindexing.h"

namespace privity {
namespace {

// Between two looks at whether the job should stop: a second of work or less, and few lost when the process ends.
constexpr std::uint32_t kBucketsAtOnce = 64;

// Longer than any transaction that began before the new key.
constexpr std::chrono::seconds kUntilReindexing{5};

struct BucketsCheckpoint {
  std::uint32_t next = 0;
};
PRIVITY_DESCRIBE(BucketsCheckpoint, (next))

struct PersonPayload {
  SubjectId subject;
};
PRIVITY_DESCRIBE(PersonPayload, (subject))

struct PersonCheckpoint {
  bool resealed = false;
};
PRIVITY_DESCRIBE(PersonCheckpoint, (resealed))

RootKeyPlace PlaceOf(RootKeySource::Kind kind) {
  switch (kind) {
    case RootKeySource::Kind::kFile:
      return RootKeyPlace::kFile;
    case RootKeySource::Kind::kPassphrase:
      return RootKeyPlace::kPassphrase;
    case RootKeySource::Kind::kCredential:
      return RootKeyPlace::kCredential;
    case RootKeySource::Kind::kPkcs11:
      return RootKeyPlace::kPkcs11;
  }
  return RootKeyPlace::kFile;
}

RootKeyState RootOf(const KeyHomeInfo& about) {
  return {.source = PlaceOf(about.root_source), .version = about.root_version, .since = about.root_since};
}

NamedKeyState StateOf(const KeyInfo& key) {
  return {key.name, key.version, std::string(ToString(key.state)), key.created_at, key.state_since};
}

Entry EntryBy(const Caller& caller, std::string action) {
  return {.action = std::move(action), .actor = caller.actor, .request_id = caller.request_id};
}

Entry EntryOfJob(std::string action, const JobId& job) {
  return {.action = std::move(action),
          .actor = {.kind = ActorKind::kSystem, .id = "app"},
          .object_kind = "job",
          .object_id = job.ToString()};
}

template <class T>
Result<T> CheckpointOf(const JobContext& context) {
  if (context.checkpoint().is_null()) return T();
  return FromJsonValue<T>(context.checkpoint());
}

}  // namespace

std::vector<FieldNote> FieldNotes(const RootKeyState*) {
  return {{.name = "source", .description = "Where it comes from, as `key_home.root_key` says."},
          {.name = "version", .description = "1 for the first; each rotation adds one."},
          {.name = "since", .description = "When it became this one."}};
}
std::vector<FieldNote> FieldNotes(const BucketKeysState*) {
  return {{.name = "count", .description = "How many there are; each protects the keys of some people."},
          {.name = "oldest_at", .description = "When the oldest one in use was made."},
          {.name = "newest_at", .description = "When the newest one in use was made."},
          {.name = "rotation", .description = "The job that is giving all of them new keys, while it does."}};
}
std::vector<FieldNote> FieldNotes(const NamedKeyState*) {
  return {{.name = "name", .description = "What it is for.", .example = "ledger.signing"},
          {.name = "version", .description = "1 for the first."},
          {.name = "state", .description = "As NIST SP 800-57 Part 1 names it.", .example = "active"},
          {.name = "created_at", .description = "When it was made."},
          {.name = "state_since", .description = "Since when it is in this state."}};
}
std::vector<FieldNote> FieldNotes(const KeyHomeState*) {
  return {{.name = "installation", .description = "Bound into everything that is sealed."},
          {.name = "created_at", .description = "When the key home was made."},
          {.name = "root", .description = "The key that opens the key home."},
          {.name = "buckets", .description = "The keys under which the keys of people are wrapped."},
          {.name = "named", .description = "The installation's own keys."},
          {.name = "backup_at",
           .description = "When the copy in `key_home.backup_directory` was last written; absent without one."}};
}

Result<std::vector<SigningKey>> LedgerKeys(KeyHome& home) {
  PRIVITY_TRY_VOID(home.Named(kLedgerSigningKey));
  PRIVITY_TRY(const std::vector<VersionedKey> versions, home.NamedVersions(kLedgerSigningKey));
  std::vector<SigningKey> keys;
  for (const VersionedKey& version : versions) keys.push_back(SigningKey::FromSeed(version.key));
  return keys;
}

Result<KeyHomeState> KeyCare::Show(ReadTx& tx) const {
  PRIVITY_TRY(const KeyHomeInfo about, home_.About());
  KeyHomeState state{.installation = about.installation,
                     .created_at = about.created_at,
                     .root = RootOf(about),
                     .buckets = {.count = KeyHome::kBuckets,
                                 .oldest_at = about.oldest_bucket_key_at,
                                 .newest_at = about.newest_bucket_key_at,
                                 .rotation = std::nullopt},
                     .named = {},
                     .backup_at = about.backup_at};
  PRIVITY_TRY(const JobPage newest, jobs_.List(tx, {.state = std::nullopt, .kind = std::string(kBucketsJob)}, "", 1));
  const auto is_over = [](const JobInfo& job) { return job.finished_at.has_value(); };
  if (!newest.items.empty() && !is_over(newest.items.front())) state.buckets.rotation = newest.items.front().id;
  PRIVITY_TRY(const std::vector<KeyInfo> keys, home_.List());
  for (const KeyInfo& key : keys) {
    if (key.name.starts_with("bucket/")) continue;
    state.named.push_back(StateOf(key));
  }
  return state;
}

Result<RootKeyState> KeyCare::ChangeRoot(const Caller& caller, const std::function<Status()>& change) const {
  PRIVITY_TRY_VOID(ActOnRecord(ledger_, EntryBy(caller, "app.keys.root_change_begun"),
                               EntryBy(caller, "app.keys.root_changed"), change));
  PRIVITY_TRY(const KeyHomeInfo about, home_.About());
  return RootOf(about);
}

Result<RootKeyState> KeyCare::RotateRoot(const Caller& caller) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, ledger_.clock().Now()));
  return ChangeRoot(caller, [this] { return home_.RotateRoot(); });
}

Result<RootKeyState> KeyCare::MoveRoot(const Caller& caller, const KeyHomeConfiguration& to) const {
  const auto missing = MissingRootKeySettings(to);
  if (!missing.empty()) return Error("app.root_key_setting_needed", {{"setting", missing.front()}});
  return ChangeRoot(caller, [&] { return home_.RotateRoot(RootKeyOf(to)); });
}

Result<NamedKeyState> KeyCare::RotateNamed(const Caller& caller, std::string_view name) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, ledger_.clock().Now()));
  const bool is_index = name == IdentifierIndex::kKey;
  if (name != kLedgerSigningKey && name != kBackupKey && !is_index) {
    return Error("app.named_key_unknown", {{"name", std::string(name)}});
  }
  const auto entry = [&](std::string action) {
    Entry by = EntryBy(caller, std::move(action));
    by.object_kind = "key";
    by.object_id = std::string(name);
    return by;
  };
  if (is_index) PRIVITY_TRY_VOID(BeginReindexing());
  PRIVITY_TRY(const std::uint32_t version,
              ActOnRecord(ledger_, entry("app.keys.named_rotation_begun"), entry("app.keys.named_rotated"),
                          [&] { return home_.RotateNamed(name); }));
  PRIVITY_TRY(const std::vector<KeyInfo> keys, home_.List());
  const auto is_new = [&](const KeyInfo& key) { return key.name == name && key.version == version; };
  const auto made = std::ranges::find_if(keys, is_new);
  Invariant(made != keys.end(), "a key that was made is listed");
  return StateOf(*made);
}

// Ordered before the key is there, so that no crash comes between; it waits until nobody works with the old keys alone.
Status KeyCare::BeginReindexing() const {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(
        jobs_.Enqueue(tx, {.kind = std::string(Reindexing::kJob), .run_at = ledger_.clock().Now() + kUntilReindexing}));
    return Ok();
  });
}

Result<JobId> KeyCare::BeginBuckets(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, ledger_.clock().Now()));
  PRIVITY_TRY(const JobId job, jobs_.Enqueue(tx, {.kind = std::string(kBucketsJob), .unique_key = "all"}));
  Entry entry = EntryBy(caller, "app.keys.bucket_rotation_ordered");
  entry.object_kind = "job";
  entry.object_id = job.ToString();
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return job;
}

Result<JobId> KeyCare::BeginPerson(WriteTx& tx, const Caller& caller, const SubjectId& subject) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, ledger_.clock().Now()));
  PRIVITY_TRY_VOID(keys_.Load(tx, subject));
  PRIVITY_TRY(const JobId job, jobs_.Enqueue(tx, {.kind = std::string(kPersonJob),
                                                  .payload = ToJsonValue(PersonPayload{subject}),
                                                  .unique_key = subject.ToString()}));
  Entry entry = EntryBy(caller, "app.keys.person_rotation_ordered");
  entry.object_kind = "job";
  entry.object_id = job.ToString();
  entry.subjects = {subject};
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return job;
}

Status KeyCare::RunBuckets(JobContext& context) const {
  PRIVITY_TRY(BucketsCheckpoint at, CheckpointOf<BucketsCheckpoint>(context));
  while (at.next < KeyHome::kBuckets) {
    if (context.stop_requested()) return Error("app.interrupted");
    std::vector<std::uint32_t> buckets(std::min(kBucketsAtOnce, KeyHome::kBuckets - at.next));
    std::iota(buckets.begin(), buckets.end(), at.next);
    PRIVITY_TRY_VOID(keys_.RotateBuckets(buckets));
    at.next += static_cast<std::uint32_t>(buckets.size());
    PRIVITY_TRY_VOID(context.SaveProgress(at.next, KeyHome::kBuckets, ToJsonValue(at)));
  }
  Entry entry = EntryOfJob("app.keys.buckets_rotated", context.id());
  entry.details.Add("buckets", KeyHome::kBuckets);
  return Finish(context, entry);
}

// First what is sealed, then the bucket: until its key is replaced, copies of the database still open the forgotten
// versions.
Status KeyCare::RunPerson(JobContext& context) const {
  PRIVITY_TRY(const PersonPayload payload, context.Payload<PersonPayload>());
  PRIVITY_TRY(const PersonCheckpoint at, CheckpointOf<PersonCheckpoint>(context));
  if (!at.resealed) {
    PRIVITY_TRY_VOID(ledger_.store().Write([&](WriteTx& tx) { return RotatePerson(tx, payload.subject); }));
    PRIVITY_TRY_VOID(context.SaveProgress(1, 2, ToJsonValue(PersonCheckpoint{.resealed = true})));
  }
  const std::uint32_t bucket[] = {KeyHome::BucketOf(payload.subject.uuid())};
  PRIVITY_TRY_VOID(keys_.RotateBuckets(bucket));
  PRIVITY_TRY_VOID(context.SaveProgress(2, 2));
  Entry entry = EntryOfJob("app.keys.person_rotated", context.id());
  entry.subjects = {payload.subject};
  return Finish(context, entry);
}

Status KeyCare::RotatePerson(WriteTx& tx, const SubjectId& subject) const {
  PRIVITY_TRY_VOID(keys_.Rotate(tx, subject));
  for (const Resealer& reseal : resealers_) PRIVITY_TRY_VOID(reseal(tx, subject));
  return keys_.RetireOldVersions(tx, subject);
}

Status KeyCare::Finish(JobContext& context, const Entry& entry) const {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
    return context.CompleteIn(tx);
  });
}

}  // namespace privity
