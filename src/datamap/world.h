// What the parts of this room share: handed in once by src/app, borrowed by every part. All of it outlives them.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "crypto/key_home.h"
#include "detect/detector.h"
#include "detect/taxonomy.h"
#include "jobs/job_queue.h"
#include "jobs/schedule.h"
#include "ledger/ledger.h"
#include "net/address.h"
#include "net/resolver.h"
#include "packs/catalog.h"
#include "store/store.h"

namespace privity {

// Where connections may lead, by the operator's configuration.
struct StoreReach {
  std::vector<Network> networks{};                    // that every connection may reach, besides its own
  std::string ca_file{};                              // authorities to trust instead of the system's
  std::vector<std::string> local_directories{};       // whose files people may connect; the operator may connect any
  std::vector<std::string> closed_directories{};      // Privity's own: nobody connects what is in them or around them
  std::string duckdb_library{};                       // reads Parquet; "": looked for in the usual places
  std::chrono::milliseconds silence_timeout{60'000};  // a store that says nothing for so long hangs
};

struct DatamapWorld {
  Store& store;
  Ledger& ledger;
  const Clock& clock;
  KeyHome& keys;
  const JobQueue& jobs;
  const Schedules& schedules;
  const Resolver& resolver;
  StoreReach reach;
  // Each made when first asked for, and shared. Callable from many threads. The detector is large: only what looks at
  // values asks for it.
  std::function<const Detector&()> detector;
  std::function<const Taxonomy&()> taxonomy;
  std::function<const PackCatalog&()> packs;
};

}  // namespace privity
