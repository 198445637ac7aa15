// What became of the checkpoints that were to leave the machine: for each place the newest one that it has, and the
// last attempt. One row a place, shared by all processes; no part of the evidence.
//
// The ledger itself records only when a place begins to fail and when it takes checkpoints again: an entry for each
// delivery would need another checkpoint, for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace privity {

struct Publication {
  std::string place;                  // name of its sink: "witness", "webhook", "mail", "directory"
  std::optional<std::uint64_t> size;  // entries under the newest checkpoint that it has
  std::optional<Instant> delivered_at;
  std::optional<Instant> attempted_at;
  std::optional<std::string> error;    // code of the last attempt, if it failed; words come from the catalog
  std::optional<std::string> problem;  // what the place said, in machine words: "status 500"
  std::int64_t failures = 0;           // in a row
  std::optional<std::string> receipt;  // the checkpoint as a witness cosigned it
};

// Safe to call from many threads. The ledger outlives it. Errors: those of the store.
class Publications {
 public:
  explicit Publications(Ledger& ledger) : ledger_(ledger) {}

  // By name of the place; only those that something was sent to.
  Result<std::vector<Publication>> List(ReadTx& tx) const;
  Status Delivered(const std::string& place, std::uint64_t size, const std::optional<std::string>& receipt) const;
  Status Failed(const std::string& place, const Error& error) const;

 private:
  Result<std::int64_t> FailuresOf(ReadTx& tx, const std::string& place) const;

  Ledger& ledger_;
};

}  // namespace privity
