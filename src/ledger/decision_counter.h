// Records decisions: what was allowed is counted, one entry for each kind and minute, so that a busy decision costs no
// entry each time; what was denied gets an entry of its own.
//
// The counts of the running minute are in memory and are lost when the process dies. Somebody calls Flush once a minute
// and at the end. While the counts cannot be written for two minutes, Allowed() is an error and its caller denies: it
// looks at memory only, so a ledger that hangs keeps nobody waiting. Threads: all methods may be called from many.
#pragma once

#include <cstdint>
#include <map>

#include "base/guarded.h"
#include "ledger/ledger.h"

namespace privity {

struct DeniedCall {
  Actor actor;
  Word decision;     // what was asked for: a permission
  std::string call;  // which call, by the id of its route
  std::string request_id;
};

class DecisionCounter {
 public:
  explicit DecisionCounter(Ledger& ledger) : ledger_(ledger) {}

  // Call before the decision takes effect; on an error, deny. `decision` is the kind, such as "users.read".
  // ledger.decisions_unwritten (503).
  Status Allowed(const Word& decision);
  // Durable when it returns. Beyond the first 100 of a minute denials are counted as well, so that whoever is denied
  // cannot fill the disk. Errors: those of Ledger::Append and the store.
  Status Denied(const DeniedCall& denied);
  // Writes what was counted so far. Harmless when there is nothing. Errors: as Denied; nothing is lost then.
  Status Flush();

 private:
  struct Period {
    std::optional<Instant> begin;
    std::map<Word, std::int64_t> allowed, denied;
    int denials_recorded = 0;
  };
  void Begin(Period& period);
  Status Write(const Period& period, Instant end);

  Ledger& ledger_;
  Guarded<Period> running_;
};

}  // namespace privity
