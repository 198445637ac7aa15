// Looks connected stores through, and writes what is there into the register.
//
// A scan is a durable job (jobs/job_queue.h): it is started by a person or by the connection's schedule, shows its
// progress, and goes on after a crash or a store that broke off with the collections that are not done. What it finds
// different from the register becomes a change (datamap/changes.h). A scan that cannot read something names it as a gap
// and leaves what the register said of it as stale; it never calls gone what it only could not see.
//
// Callable from many threads. Errors: datamap.scan_unknown (404), datamap.system_unknown (404), datamap.not_connected
// (409).
#pragma once

#include "datamap/connections.h"
#include "datamap/stewardship.h"
#include "jobs/worker.h"

namespace privity {

struct ScanFilter {
  std::optional<SystemId> system{};
  std::optional<ScanId> before{};  // for the next page
  int limit = 50;
};

struct ScanPage {
  std::vector<MapScan> items;
  std::optional<std::string> next;
};

// What a scan could not read.
struct ScanGap {
  std::string dataset{};
  std::string collection{};  // "": the store as a whole
  StoredProblem problem{};
};
PRIVITY_DESCRIBE(ScanGap, (dataset, collection, problem))

class Scans {
 public:
  static constexpr int kAttemptsMax = 4;           // of a store that breaks off
  static constexpr std::size_t kFieldsMax = 5000;  // of one collection; more are a gap

  Scans(const DatamapWorld& world, const Connections& connections, const Stewardships& stewardships)
      : world_(world), connections_(connections), stewardships_(stewardships) {}

  // The scan of that system which is not ended, or a new one.
  Result<MapScan> Start(WriteTx& tx, const Caller& caller, const SystemId& system) const;
  Result<MapScan> Get(ReadTx& tx, const ScanId& id) const;
  // Newest first.
  Result<ScanPage> List(ReadTx& tx, const ScanFilter& filter) const;
  Result<std::vector<ScanGap>> Gaps(ReadTx& tx, const ScanId& id) const;

  // The handler of Connections::kScanJob.
  Status Run(JobContext& context) const;

 private:
  const DatamapWorld& world_;
  const Connections& connections_;
  const Stewardships& stewardships_;
};

}  // namespace privity
