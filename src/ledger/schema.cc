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

// SQLite has one writer, and the order of its rows is the order in which they were written: it needs no index for that.
constexpr const char* kStagedInOrder = "CREATE INDEX ledger_staged_in_order ON ledger_staged (at, seq);";

// From person to entries: an ordinary table that an erasure empties, and no part of the evidence.
constexpr const char* kSubjects = R"sql(
CREATE TABLE ledger_subject (
  subject text NOT NULL,
  entry text NOT NULL,
  PRIMARY KEY (subject, entry)
);
)sql";

// See ledger/publication.h.
constexpr const char* kPublications = R"sql(
CREATE TABLE ledger_publication (
  place text PRIMARY KEY,
  size bigint,
  delivered_at bigint,
  attempted_at bigint,
  error text,
  problem text,
  failures bigint NOT NULL,
  receipt text
);
)sql";

constexpr ActionInfo kActions[] = {
    {"ledger.decisions.counted",
     "How often a guarded call was allowed during a minute; denials have entries of their own."},
    {"ledger.export.begun", "Somebody had the whole ledger written into a folder, for others to verify."},
    {"ledger.export.ended", "The outcome of an export of the ledger."},
    {"ledger.publication.failed", "A place outside that is to keep checkpoints did not take one."},
    {"ledger.publication.resumed", "A place outside takes checkpoints again."},
    {"ledger.decision.denied", "Somebody asked for what he may not do."},
    {"ledger.denials.counted",
     "How often calls were denied during a minute beyond those that have entries of their own."},
};

}  // namespace

std::vector<Migration> LedgerMigrations() {
  return {{.room = "ledger",
           .version = 1,
           .name = "entries, tree and checkpoints",
           .sql = std::string(kTables) + kStagedInOrder,
           .sqlite_sql = kTables},
          {.room = "ledger", .version = 2, .name = "entries of a data subject", .sql = kSubjects},
          {.room = "ledger", .version = 3, .name = "where checkpoints were sent", .sql = kPublications}};
}

std::span<const ActionInfo> LedgerActions() {
  return kActions;
}

}  // namespace privity
