// Whether an installation can do its work now, part by part. Nothing in it is personal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"

namespace privity {

struct ReadinessCheck {
  std::string name;  // "store", "ledger", "key_home", "jobs"
  bool ok = false;
  std::optional<std::string> error;  // its code; the words stand in the catalog
};
PRIVITY_DESCRIBE(ReadinessCheck, (name, ok, error))

struct Readiness {
  bool ready = false;
  std::vector<ReadinessCheck> checks;
};
PRIVITY_DESCRIBE(Readiness, (ready, checks))

}  // namespace privity
