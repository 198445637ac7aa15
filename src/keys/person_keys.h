// A key for each person, and the shred that makes a person unreadable everywhere at once.
//
// Each person has a random data key (in versions) and a tag key, kept in the database wrapped under the key of one of
// 4,096 buckets (crypto/key_home.h). Shred deletes the person's rows, wraps the keys of everyone else in that bucket
// under a new bucket key, overwrites the old bucket key in the key home, syncs, then answers. From then on no copy of
// the database can be opened for that person: not the live one, a backup, a log of writes, a free page or a standby.
//
// The others are wrapped anew in the database, and a roster of them lies beside the bucket's key. It serves readers
// whose snapshot is older than the re-wrap, and Recover(): a backup from before the shred, or a standby that lost the
// last commits, holds only wrappings under the destroyed key. Formats: docs/formats/person-keys.md.
//
// A shred is a journal entry first and survives everything after that: Open() finishes what a crash interrupted.
// Threads: all methods may be called from many at once, also from several processes of one machine; shreds in one
// bucket join or follow one another. Blocking. Calls with a transaction belong to that transaction: use the default
// isolation, serializable, for Ensure.
//
// Errors of all: those of the store and the key home.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "crypto/key_home.h"
#include "keys/person_key.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> KeysMigrations();

class PersonKeys {
 public:
  // Called before every step of a shred that lasts, with its name: the tests of crash safety end the process there.
  using StepHook = std::function<void(std::string_view step)>;

  // Everything must outlive the PersonKeys. Binds a new database to its key home; finishes interrupted shreds and
  // rotations; recovers buckets when the database is older than the key home. Errors: keys.installation_mismatch (this
  // key home belongs to another database), keys.bucket_lost.
  static Result<std::unique_ptr<PersonKeys>> Open(Store& store, KeyHome& home, const Clock& clock,
                                                  StepHook before_step = {});

  // The person's keys, made when there are none. keys.subject_shredded: an erased person's id is never used again.
  Result<PersonKey> Ensure(WriteTx& tx, const SubjectId& subject);
  // keys.subject_unknown, keys.subject_shredded, keys.bucket_lost.
  Result<PersonKey> Load(ReadTx& tx, const SubjectId& subject);

  // A new version of the data key: from now on Seal uses it, Open goes on with both. Returns the new version. Reseal
  // what IsOutdated() says, then RetireOldVersions; KeyCare does it. keys.subject_unknown, keys.subject_shredded.
  Result<std::uint32_t> Rotate(WriteTx& tx, const SubjectId& subject);
  // Forgets all versions but the newest; what is still sealed under them is lost. Copies of the database remember the
  // wrapped keys until their bucket's key is rotated.
  Status RetireOldVersions(WriteTx& tx, const SubjectId& subject);

  // Makes these people unreadable for good, known here or not. On return it has happened, in the key home's every copy.
  // After an error it may or may not have; it is finished by the next call or start. Call it outside any transaction.
  Status Shred(std::span<const SubjectId> subjects);
  Status Shred(const SubjectId& subject) { return Shred(std::span(&subject, 1)); }
  // When the person was shredded; empty while they were not.
  Result<std::optional<Instant>> ShreddedAt(ReadTx& tx, const SubjectId& subject);

  // New keys for these buckets, all people in them wrapped anew. Readers go on.
  Status RotateBuckets(std::span<const std::uint32_t> buckets);

  // Finishes interrupted work and recovers buckets, as Open does. Returns how many people were brought back under their
  // bucket's present key.
  Result<std::int64_t> Recover();

 private:
  PersonKeys(Store& store, KeyHome& home, const Clock& clock, StepHook before_step)
      : store_(store), home_(home), clock_(clock), before_step_(std::move(before_step)) {}

  struct WrappedKey;
  struct Rewrapped;
  Status BindInstallation();
  Result<PersonKey> Unwrap(const SubjectId& subject, const std::vector<WrappedKey>& wrapped);
  Result<Key> UnwrapOne(const WrappedKey& wrapped);
  Result<PersonKey> LoadFromRoster(const SubjectId& subject, std::uint32_t bucket);
  Result<std::vector<WrappedKey>> RowsOf(ReadTx& tx, const SubjectId& subject);
  Status Insert(WriteTx& tx, const SubjectId& subject, std::string_view purpose, std::uint32_t version);
  Status Rekey(std::span<const std::uint32_t> buckets);
  Result<std::vector<Rewrapped>> RewrapTogether(std::span<const std::uint32_t> buckets);
  Result<Rewrapped> Rewrap(WriteTx& tx, std::uint32_t bucket, std::uint32_t target);
  Result<std::int64_t> RecoverBucket(std::uint32_t bucket);
  void BeforeStep(std::string_view step) const {
    if (before_step_) before_step_(step);
  }

  Store& store_;
  KeyHome& home_;
  const Clock& clock_;
  const StepHook before_step_;
};

}  // namespace privity
