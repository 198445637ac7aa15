// The bytes of a bucket's roster: docs/formats/person-keys.md. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"

namespace privity::internal {

struct RosterEntry {
  Uuid subject;
  std::string purpose;  // "data" or "tag"
  std::uint32_t version = 0;
  Bytes wrapped;
  bool operator==(const RosterEntry&) const = default;
};

Bytes EncodeRosterEntries(const std::vector<RosterEntry>& entries);
// keys.roster_malformed.
Result<std::vector<RosterEntry>> DecodeRosterEntries(BytesView bytes);

}  // namespace privity::internal
