// An entry as it is kept and shown: the struct behind the canonical JSON of docs/formats/ledger-entry.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "ledger/entry.h"

namespace privity {

struct RecordActor {
  ActorKind kind = ActorKind::kSystem;
  std::optional<std::string> id;
};
PRIVITY_DESCRIBE(RecordActor, (kind, id))

struct RecordObject {
  std::string kind;
  std::string id;
};
PRIVITY_DESCRIBE(RecordObject, (kind, id))

// What the acting process wrote. Its canonical JSON is the body of the entry.
struct RecordBody {
  EntryId id;
  Instant at{};  // by the clock of the acting process
  std::string action;
  RecordActor actor;
  std::optional<RecordObject> object;
  std::optional<Json> details;
  std::optional<EntryId> intent;  // the intent of which this entry is the outcome
  std::optional<std::string> request;
  std::optional<std::vector<std::string>> subjects;  // one tag a person, which only that person's key can make again
};
PRIVITY_DESCRIBE(RecordBody, (id, at, action, actor, object, details, intent, request, subjects))

// With what the sequencer added. Its canonical JSON, with "v":1, is the leaf of the tree.
struct LedgerRecord {
  std::uint64_t index = 0;
  Instant time{};  // never before the time of the entry in front
  RecordBody entry;
};
PRIVITY_DESCRIBE(LedgerRecord, (index, time, entry))

// ledger.record_invalid: not a leaf, or not in canonical form.
Result<LedgerRecord> ParseLeaf(std::string_view leaf);
// The same for a body alone.
Result<RecordBody> ParseBody(std::string_view body);

}  // namespace privity
