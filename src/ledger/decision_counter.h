// Counts what was allowed, so that a busy decision costs no entry each time: one entry for each kind of decision and
// minute. Denials are not counted here: each gets an entry of its own.
//
// The counts of the running minute are in memory and are lost when the process dies. While the ledger cannot be
// written, Allowed() is an error once the minute is over, and its caller denies. Threads: all methods may be called
// from many.
#pragma once

#include <cstdint>
#include <map>

#include "base/guarded.h"
#include "ledger/ledger.h"

namespace privity {

class DecisionCounter {
 public:
  explicit DecisionCounter(Ledger& ledger) : ledger_(ledger) {}

  // Call before the decision takes effect; on an error, deny. `decision` is the kind, such as "users.read". The first
  // call after a minute writes the minute's entries. Errors: those of Ledger::Append and the store.
  Status Allowed(const Word& decision);
  // Writes what was counted so far: at shutdown, and once a minute for when nobody calls. Harmless when there is
  // nothing.
  Status Flush();

 private:
  struct Period {
    std::optional<Instant> begin;
    std::map<Word, std::int64_t> counts;
  };
  Status Write(const Period& period, Instant end);

  Ledger& ledger_;
  Guarded<Period> running_;
};

}  // namespace privity
