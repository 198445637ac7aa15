// After the key of the identifier index was replaced: lifts what stands to the new key, while everybody goes on
// working.
//
// A job that goes through requests, restrictions and remembered letters, some rows in a transaction; after a crash it
// goes on where it was, and run twice it changes nothing. What lives for a day at most (visits to the portal and their
// counters) is left to end. Threads: as a job handler. Errors: the store's; jobs.stopped.
#pragma once

#include "jobs/worker.h"
#include "rights/requests.h"

namespace privity {

class Reindexing {
 public:
  static constexpr std::string_view kJob = "rights.reindex";
  static constexpr std::int64_t kAtOnce = 200;  // rows

  explicit Reindexing(const RightsWorld& world) : world_(world) {}

  // Register under kJob.
  JobHandler Handler();

 private:
  Status Run(JobContext& context) const;

  const RightsWorld world_;
};

}  // namespace privity
