// Writes the grants that a scan read from a store into the register.
//
// Belongs to one scan. Reads all that is known of the system, then writes in bites: `write` runs each in a transaction
// of its own.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "datamap/access.h"
#include "datamap/internal/rows.h"

namespace privity {

class AccessWriter {
 public:
  using InTransaction = std::function<Status(const std::function<Status(WriteTx&)>&)>;

  AccessWriter(const DatamapWorld& world, const SystemId& system, const ScanId& scan, InTransaction write)
      : world_(world), system_(system), scan_(scan), write_(std::move(write)) {}

  // Points that are no longer granted are gone, unless the grants are not all: then what is not among them grows stale.
  // datamap.too_many_access_points: the first ones were taken, and none was called gone.
  Status Save(const std::vector<Grant>& grants, bool is_whole);

 private:
  // kind, principal, dataset, collection, field, through as JSON
  using Place = std::tuple<PrincipalKind, std::string, std::string, std::string, std::string, std::string>;
  struct Known {
    AccessPointId id;
    std::string privileges;
    bool is_gone = false;
  };
  std::map<Place, std::set<Privilege>> Merged(const std::vector<Grant>& grants, bool& is_cut) const;
  Result<std::map<Place, Known>> Load() const;
  Status See(WriteTx& tx, const AccessPointId& id, Instant now) const;
  Status Insert(WriteTx& tx, const Place& place, const std::string& privileges, Instant now) const;

  const DatamapWorld& world_;
  const SystemId system_;
  const ScanId scan_;
  const InTransaction write_;
};

}  // namespace privity
