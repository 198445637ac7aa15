// The key home: the one place where keys lie, outside the data directory, the database and their backups.
//
// It holds 4,096 bucket keys, under which the keys of people are wrapped (room `keys`), and the installation's named
// keys, all sealed under the root key (crypto/root_key.h). To destroy a key here is to lose what it protects in every
// copy of the data at once; so whoever copies the key home keeps only the newest copy. With `backup_directory` it keeps
// such a copy itself, changed in the same calls.
//
// Files, to the byte: docs/formats/key-home.md. Why it is built so: docs/adr (key home). Updates are written in place
// to one copy after another and synced; a crash or power cut leaves for every key its old state or its new one. On SSDs
// and copy-on-write file systems "in place" is a wish: docs/formats/key-home.md, "What destroying means", says what
// that costs.
//
// Threads: every method may be called from many at once; reading goes on while keys are changed. Processes: several on
// one machine may share a key home (`serve` and `work` on PostgreSQL); each change takes a file lock, and readers
// notice changes at their next call. Machines do not share one: a lock over a network file system is not to be trusted
// with this.
//
// Errors of all methods: base.file_failed (a write failed: the change may or may not have happened; the next call reads
// what stands and repairs the copies), crypto.key_home_damaged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "crypto/key.h"
#include "crypto/key_state.h"
#include "crypto/root_key.h"

namespace privity {

struct KeyHomeOptions {
  std::filesystem::path directory;              // made at first run, mode 0700
  std::filesystem::path data_directory;         // neither may lie in the other
  std::filesystem::path backup_directory = {};  // empty: none; must exist, on another disk if it is to be of use
  // Called before every step that lasts, with its name: the tests of crash safety end the process there. Empty in
  // service.
  std::function<void(std::string_view step)> before_step = {};
};

// What may be told about a key home.
struct KeyHomeInfo {
  Uuid installation;
  Instant created_at{};
  RootKeySource::Kind root_source = RootKeySource::Kind::kFile;
  std::uint32_t root_version = 1;
  Instant root_since{};
  Instant oldest_bucket_key_at{};
  Instant newest_bucket_key_at{};
  std::optional<Instant> backup_at;  // when the copy in the backup directory was last written; none without one
};

struct VersionedKey {
  Key key;
  std::uint32_t version = 0;
};

class KeyHome {
 public:
  static constexpr std::uint32_t kBuckets = 4096;

  // Opens the key home, or makes it when there is none. Errors: crypto.key_home_inside_data,
  // crypto.key_home_permissions (the directory or a file may be touched by others), crypto.root_key_wrong,
  // crypto.root_key_unusable, crypto.key_home_newer; for a token those of crypto/internal/token_key.h.
  static Result<std::unique_ptr<KeyHome>> Open(const KeyHomeOptions& options, const RootKeySource& root,
                                               const Clock& clock);
  ~KeyHome();

  // Made at first run; bound into every record that is sealed.
  const Uuid& installation() const;

  // --- Named keys: the installation's own, "ledger.signing". Names have at most 22 characters of a-z, 0-9, '.' and
  // '-'. ---

  // The active version; made when there is none yet. crypto.key_slots_full (512 versions of all names together).
  Result<VersionedKey> Named(std::string_view name);
  // A version for opening older data. crypto.key_missing, crypto.key_destroyed.
  Result<Key> NamedVersion(std::string_view name, std::uint32_t version);
  // Every version that still opens, the newest first; none when the name was never used.
  Result<std::vector<VersionedKey>> NamedVersions(std::string_view name);
  // A new active version; the one before is deactivated (it opens, it no longer protects). Returns the new version.
  Result<std::uint32_t> RotateNamed(std::string_view name);
  // Suspended, compromised, active again: as SP 800-57 section 7 allows. crypto.key_transition, crypto.key_missing.
  Status SetNamedState(std::string_view name, std::uint32_t version, KeyState state);
  // Overwrites the key's bytes in every copy. Not the active version (crypto.key_transition). crypto.key_missing.
  Status DestroyNamed(std::string_view name, std::uint32_t version);

  // --- Bucket keys. A bucket moves from one version to the next: prepare, re-wrap what it protects, promote. ---

  static std::uint32_t BucketOf(const Uuid& subject);
  Result<std::uint32_t> ActiveBucketVersion(std::uint32_t bucket);
  // crypto.key_missing, crypto.key_destroyed.
  Result<Key> BucketKey(std::uint32_t bucket, std::uint32_t version);
  // The next version of each bucket, pre-active and durable; one that is prepared already is returned again.
  Result<std::vector<std::uint32_t>> PrepareBuckets(std::span<const std::uint32_t> buckets);
  struct BucketVersion {
    std::uint32_t bucket = 0;
    std::uint32_t version = 0;
  };
  // Makes prepared versions active and overwrites the ones before in every copy, synced. A version that is active or
  // older does no harm. crypto.key_missing when a version was never prepared.
  Status PromoteBuckets(std::span<const BucketVersion> versions);

  // What belongs to a bucket's version and must not be lost with the database: the wrapped keys of its people after the
  // last re-wrap (room `keys` knows the content).
  struct Roster {
    std::uint32_t bucket = 0;
    std::uint32_t version = 0;
    Bytes content;
  };
  // Durable on return. An older version never replaces a newer one.
  Status WriteRosters(std::span<const Roster> rosters);
  Result<std::optional<Roster>> ReadRoster(std::uint32_t bucket);

  // Seals everything under another root key, from the same kind of source or another. Old root key files are
  // overwritten. Whoever reads goes on reading.
  Status RotateRoot(const RootKeySource& next);
  // From the source in use: a new random key; with a passphrase a new salt; a credential is read again.
  Status RotateRoot();

  Result<KeyHomeInfo> About();

  // Named keys in order of name and version, then buckets that are not at their first version.
  Result<std::vector<KeyInfo>> List();

 private:
  struct State;
  explicit KeyHome(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace privity
