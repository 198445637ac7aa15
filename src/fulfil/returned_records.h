// Records that are back after a restore though nothing in them names anybody: found by the keyed hashes of their record
// keys (fulfil/erasure_journal.h). Stores give record keys anew, so a record key alone proves nobody.
//
// - Keys of sealed fields: a record with the very record key and the very key (of at least 16 bytes, so that nobody has
//   the same by chance) that were destroyed. It may be destroyed again unasked, unless somebody else uses it.
// - Unsure: other records that hold something again which the erasure took away. A person has to look.
// A record that names or refers to somebody whom no erasure named is theirs, and in neither; of such a key it is shown
// that it stays. So is one that a record refers to which no erasure changed. In doubt somebody uses it.
#pragma once

#include <span>

#include "fulfil/erasure_journal.h"

namespace privity {

struct ReturnedRecords {
  Walk keys{};    // with what is sealed under them
  Walk unsure{};  // for a person
};

// `entries` are all of the journal, `entry` one of them, `records` what FindReturned told of it. What could not be read
// stands in both `not_read`. Errors: connect.cancelled, fulfil.too_many_records.
Result<ReturnedRecords> LookAtReturned(const SubjectMap& map, OpenStores& stores, const ErasureJournal& journal,
                                       std::span<const JournalEntry> entries, const JournalEntry& entry,
                                       std::span<const RecordKey> records, const WalkLimits& limits = {});

}  // namespace privity
