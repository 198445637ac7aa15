// Keys, looked at and rotated while the program serves: what the API, the command line and the jobs do with the key
// home and the keys of people.
//
// A rotation never keeps anybody from reading or writing. What is short (the root key) happens in the call, between an
// intent and its outcome in the ledger; what is long (all bucket keys, one person's keys) is a job that goes on where
// it stood after a crash. Safe to use from many threads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "crypto/key_home.h"
#include "crypto/signature.h"
#include "identity/caller.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"
#include "keys/person_keys.h"
#include "ledger/ledger.h"

namespace privity {

struct RootKeyState {
  RootKeyPlace source = RootKeyPlace::kFile;
  std::int64_t version = 1;
  Instant since{};
};
PRIVITY_DESCRIBE(RootKeyState, (source, version, since))
std::vector<FieldNote> FieldNotes(const RootKeyState*);

struct BucketKeysState {
  std::int64_t count = 0;
  Instant oldest_at{};
  Instant newest_at{};
  std::optional<JobId> rotation;
};
PRIVITY_DESCRIBE(BucketKeysState, (count, oldest_at, newest_at, rotation))
std::vector<FieldNote> FieldNotes(const BucketKeysState*);

struct NamedKeyState {
  std::string name;
  std::int64_t version = 0;
  std::string state;
  Instant created_at{};
  Instant state_since{};
};
PRIVITY_DESCRIBE(NamedKeyState, (name, version, state, created_at, state_since))
std::vector<FieldNote> FieldNotes(const NamedKeyState*);

struct KeyHomeState {
  Uuid installation;
  Instant created_at{};
  RootKeyState root;
  BucketKeysState buckets;
  std::vector<NamedKeyState> named;
  std::optional<Instant> backup_at;
};
PRIVITY_DESCRIBE(KeyHomeState, (installation, created_at, root, buckets, named, backup_at))
std::vector<FieldNote> FieldNotes(const KeyHomeState*);

// The named keys that are replaced, with IdentifierIndex::kKey: what others protect with theirs (sign-ins, second
// factors) has no versions yet.
inline constexpr std::string_view kLedgerSigningKey = "ledger.signing";
inline constexpr std::string_view kBackupKey = "backup";

// For the ledger's sequencer: every key that it was signed with, the newest first; the first one is made when there is
// none.
Result<std::vector<SigningKey>> LedgerKeys(KeyHome& home);

// Seals anew whatever a room keeps under an older version of this person's key.
using Resealer = std::function<Status(WriteTx&, const SubjectId&)>;

class KeyCare {
 public:
  static constexpr std::string_view kBucketsJob = "keys.rotate_buckets";
  static constexpr std::string_view kPersonJob = "keys.rotate_person";

  // All outlive it. `resealers` has one for every room that seals with PersonKey: after a rotation the old versions are
  // forgotten, and what is still sealed under them is lost.
  KeyCare(KeyHome& home, PersonKeys& keys, Ledger& ledger, const JobQueue& jobs, std::vector<Resealer> resealers)
      : home_(home), keys_(keys), ledger_(ledger), jobs_(jobs), resealers_(std::move(resealers)) {}

  Result<KeyHomeState> Show(ReadTx& tx) const;

  // Seals the key home under a new root key of the same source. Errors: identity.proof_needed, those of KeyHome.
  Result<RootKeyState> RotateRoot(const Caller& caller) const;
  // Seals it under a root key of another source, which the configuration must name before the next start. Errors:
  // app.root_key_setting_needed{setting}, those of KeyHome and of the source.
  Result<RootKeyState> MoveRoot(const Caller& caller, const KeyHomeConfiguration& to) const;

  // A new ledger.signing, backup or rights.index. The next checkpoint is signed with the new key and the one before;
  // backups sealed with an earlier one stay readable; a job lifts what stands in the index. Errors:
  // identity.proof_needed, app.named_key_unknown{name}, those of KeyHome.
  Result<NamedKeyState> RotateNamed(const Caller& caller, std::string_view name) const;

  // Begins a job, or names the one that runs. Errors: identity.proof_needed.
  Result<JobId> BeginBuckets(WriteTx& tx, const Caller& caller) const;
  // Errors: identity.proof_needed, keys.subject_unknown, keys.subject_shredded.
  Result<JobId> BeginPerson(WriteTx& tx, const Caller& caller, const SubjectId& subject) const;

  Status RunBuckets(JobContext& context) const;
  Status RunPerson(JobContext& context) const;

 private:
  Result<RootKeyState> ChangeRoot(const Caller& caller, const std::function<Status()>& change) const;
  Status BeginReindexing() const;
  Status RotatePerson(WriteTx& tx, const SubjectId& subject) const;
  Status Finish(JobContext& context, const Entry& entry) const;

  KeyHome& home_;
  PersonKeys& keys_;
  Ledger& ledger_;
  const JobQueue& jobs_;
  const std::vector<Resealer> resealers_;
};

}  // namespace privity
