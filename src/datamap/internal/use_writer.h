// Reads the log that a store keeps of its use into the register, from where the last reading ended.
//
// Belongs to one scan; blocks as the store does. Each part of the log is summed up in memory and written in one
// transaction together with the place that it ended at, so that nothing is counted twice.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "datamap/account_uses.h"
#include "datamap/internal/rows.h"

namespace privity {

class UseWriter {
 public:
  using InTransaction = std::function<Status(const std::function<Status(WriteTx&)>&)>;

  UseWriter(const DatamapWorld& world, const SystemId& system, InTransaction write)
      : world_(world), system_(system), write_(std::move(write)) {}

  // Errors: those of Connector::ReadAccess; what was known stays, and grows old.
  Status Read(Connector& store);

 private:
  // account, use, dataset, collection, address
  using Key = std::tuple<std::string, AccessUse, std::string, std::string, std::string>;
  struct Sum {
    Instant first{};
    Instant last{};
    std::int64_t events = 0;
  };
  struct Position {
    std::string cursor{};
    std::optional<Instant> since{};
    Instant read_at{};
  };
  Result<Position> Load();
  void Add(const AccessEvent& event);
  Status Save(WriteTx& tx, const Position& position, Instant now);

  const DatamapWorld& world_;
  const SystemId system_;
  const InTransaction write_;
  std::set<std::pair<std::string, std::string>> places_;  // that the register knows
  std::set<std::string> accounts_;
  std::map<Key, Sum> sums_;
  std::optional<Instant> first_event_, last_event_;  // of the part
};

}  // namespace privity
