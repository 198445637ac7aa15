// The first step of a process that starts as the only one on its database.
#pragma once

#include "base/clock.h"
#include "store/store.h"

namespace privity {

// Whoever held a lease is gone, so what they left unfinished is due now and not when the lease ends. Never where other
// processes may be at work (PostgreSQL).
Status TakeOverJobs(WriteTx& tx, const Clock& clock);

}  // namespace privity
