// Remembers who was erased without knowing who they are, so that a restored backup does not bring them back.
//
// A folder outside the data directory and its backups, one small file for each erasure: when it was, a keyed hash
// (HMAC-SHA256) of each identifier in its space, one of the record key of each record that was changed, and one of each
// key of sealed fields that was destroyed. After a store was restored, FindReturned reads it, hashes the values of its
// identifier fields and whatever in a text could be an address or a telephone number, and compares: whoever is back is
// found, planned and erased anew like anybody else; by the record keys it is told whether the very same records are
// back, also where nothing in them names anybody. A keyed hash of personal data is personal data (GDPR
// Recital 26): kept so that an erasure holds (Art. 17(1), 5(2)), forgotten when no backup from before it is left.
// Format: docs/formats/erasure-journal.md.
//
// Threads: all methods from many at once, also from several processes. Errors: those of base/durable_file.h,
// fulfil.journal_damaged{file}.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"
#include "fulfil/identifier.h"
#include "fulfil/plan.h"
#include "fulfil/walk.h"

namespace privity {

struct JournalHash {
  std::string space{};
  std::string hash{};  // hexadecimal
};
PRIVITY_DESCRIBE(JournalHash, (space, hash))

struct JournalEntry {
  PlanId erasure{};
  Instant at{};
  std::vector<JournalHash> identifiers{};
  std::vector<std::string> records{};  // hashes, hexadecimal, sorted; of an entry from before there were any: empty
  std::vector<std::string> keys{};     // likewise: of keys of sealed fields, each with the record key beside it
};
PRIVITY_DESCRIBE(JournalEntry, (erasure, at, identifiers, records, keys))
std::vector<FieldNote> FieldNotes(const JournalEntry*);

struct RecordKey {
  CollectionPlace collection{};
  std::vector<NamedValue> key{};
};

// A key of sealed fields as it stands in a store: only in memory, and only to be hashed.
struct StandingKey {
  RecordKey record{};
  SecretString secret{};
};

// Who is back in the stores, and what could not be looked at.
struct Returned {
  // One for each erasure that does not hold any more: the identifiers by which the person was found again, as the
  // stores spell them. Personal, and only in memory.
  std::map<PlanId, std::vector<SubjectIdentifier>> people{};
  // By the newest erasure that changed a record with that record key: the records that hold something again which it
  // took away. Their record keys may have been given anew: fulfil/returned_records.h tells whose they are.
  std::map<PlanId, std::vector<RecordKey>> records{};
  std::vector<NotRead> not_read{};
};

class ErasureJournal {
 public:
  static constexpr std::size_t kSecretBytesMin = 16;

  // `directory` is made when missing, mode 0700.
  static Result<ErasureJournal> Open(const std::filesystem::path& directory, const Key& key);

  // Durable when it returns. Before the first change is made, so that a crash never leaves an erasure that no replay
  // knows; done again for the same erasure it changes nothing but the time, and adds to the keys. Keys of less than
  // kSecretBytesMin are left out: somebody else may have the same by chance.
  Status Remember(const PlanId& erasure, Instant at, std::span<const SubjectIdentifier> identifiers,
                  std::span<const RecordKey> records = {}, std::span<const StandingKey> keys = {}) const;
  // Those that were made before `before`: no backup from before them is left. Returns how many.
  Result<std::int64_t> Forget(Instant before) const;
  // In the order of their ids.
  Result<std::vector<JournalEntry>> Entries() const;

  // Whether the erasure of the entry changed the record of this key.
  bool Has(const JournalEntry& entry, const RecordKey& record) const;
  // Whether the erasure of the entry destroyed this very key in this very record.
  bool HasKey(const JournalEntry& entry, const RecordKey& record, std::string_view secret) const;
  // Whether one of the erasures was of the person with this identifier.
  bool Names(std::span<const JournalEntry> entries, std::string_view space, std::string_view value) const;

  // Reads every collection of the map; memory grows with what came back alone. A store that does not answer stands
  // in `not_read`: the replay is not over. connect.cancelled.
  Result<Returned> FindReturned(const SubjectMap& map, OpenStores& stores) const;

 private:
  ErasureJournal(std::filesystem::path directory, const Key& key) : directory_(std::move(directory)), key_(key) {}
  std::string HashOf(std::string_view space, std::string_view value) const;
  std::string HashOf(const RecordKey& record) const;
  std::string HashOf(const RecordKey& record, std::string_view secret) const;
  Result<JournalEntry> ReadEntry(const std::filesystem::path& path) const;

  std::filesystem::path directory_;
  Key key_;
};

}  // namespace privity
