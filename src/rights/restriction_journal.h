// Remembers beside the keys what people forbade, so that a restored backup of the data directory does not forget it.
//
// A folder of the key home, outside the data directory and its backups: one small file for each restriction, with the
// keyed hashes of whom it is about (identifier_index.h), written before the fact is. Format:
// docs/formats/restriction-journal.md. Threads: all methods from many at once, also from several processes. Errors:
// those of base/durable_file.h, rights.journal_damaged{file}.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "law/right.h"
#include "rights/request_id.h"

namespace privity {

struct RestrictionTag {};
using RestrictionId = Id<RestrictionTag>;

struct RememberedRestriction {
  RestrictionId id{};
  Right right = Right::kRestriction;
  std::optional<std::string> purpose{};
  RightsRequestId request{};
  Instant since{};
  std::vector<std::string> identifiers{};  // keyed hashes
};
PRIVITY_DESCRIBE(RememberedRestriction, (id, right, purpose, request, since, identifiers))

class RestrictionJournal {
 public:
  // `directory` is made, mode 0700, when the first is to be remembered.
  explicit RestrictionJournal(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Durable when it returns.
  Status Remember(const RememberedRestriction& restriction) const;
  Result<std::vector<RememberedRestriction>> Entries() const;
  // Nothing when it is not there.
  Status Forget(const RestrictionId& id) const;

 private:
  std::filesystem::path PathOf(const RestrictionId& id) const;

  std::filesystem::path directory_;
};

}  // namespace privity
