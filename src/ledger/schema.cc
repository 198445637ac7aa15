#include "ledger/ledger.h"

namespace privity {
namespace {

// ledger_staged      entries that are durable and have no index yet; emptied by the sequencer within a second. `seq`
//                    counts within a process, so that entries of the same microsecond keep their order
// ledger_entry       entries by index; `body` is the evidence, the other columns repeat it for filters (Verify compares
//                    them)
// ledger_tile        the Merkle tree, 32 bytes a hash; only the last tile of a level ever changes
// ledger_head        one row: size and last time of the tree, and who may sequence until when
// ledger_checkpoint  the signed tree heads
// ledger_intent      outside effects that began and have no outcome yet
constexpr const char* kTables = R"sql(
CREATE TABLE ledger_staged (
  id text NOT NULL,
  at bigint NOT NULL,
  seq bigint NOT NULL,
  action text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  body text NOT NULL
);
CREATE INDEX ledger_staged_in_order ON ledger_staged (at, seq);
CREATE TABLE ledger_entry (
  idx bigint PRIMARY KEY,
  time bigint NOT NULL,
  id text NOT NULL,
  action text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  body text NOT NULL
);
CREATE UNIQUE INDEX ledger_entry_by_id ON ledger_entry (id);
CREATE INDEX ledger_entry_by_action ON ledger_entry (action, idx);
CREATE INDEX ledger_entry_by_actor ON ledger_entry (actor_id, idx);
CREATE INDEX ledger_entry_by_object ON ledger_entry (object_id, idx);
CREATE TABLE ledger_tile (
  level bigint NOT NULL,
  idx bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, idx)
);
CREATE TABLE ledger_head (
  one bigint PRIMARY KEY,
  size bigint NOT NULL,
  time bigint NOT NULL,
  holder text NOT NULL,
  fence bigint NOT NULL,
  lease_until bigint NOT NULL
);
INSERT INTO ledger_head (one, size, time, holder, fence, lease_until) VALUES (1, 0, 0, '', 0, 0);
CREATE TABLE ledger_checkpoint (
  size bigint PRIMARY KEY,
  time bigint NOT NULL,
  note text NOT NULL
);
CREATE TABLE ledger_intent (
  id text PRIMARY KEY,
  at bigint NOT NULL
);
)sql";

// From person to entries: an ordinary table that an erasure empties, and no part of the evidence.
constexpr const char* kSubjects = R"sql(
CREATE TABLE ledger_subject (
  subject text NOT NULL,
  entry text NOT NULL,
  PRIMARY KEY (subject, entry)
);
)sql";

constexpr ActionInfo kActions[] = {
    {"ledger.export.begun", "Somebody had the whole ledger written into a folder, for others to verify."},
    {"ledger.export.ended", "The outcome of an export of the ledger."},
    {"ledger.decisions.counted",
     "How often a guarded call was allowed during a minute; denials have entries of their own."},
};

}  // namespace

std::vector<Migration> LedgerMigrations() {
  return {{.room = "ledger", .version = 1, .name = "entries, tree and checkpoints", .sql = kTables},
          {.room = "ledger", .version = 2, .name = "entries of a data subject", .sql = kSubjects}};
}

std::span<const ActionInfo> LedgerActions() {
  return kActions;
}

}  // namespace privity
