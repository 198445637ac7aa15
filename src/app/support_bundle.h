// What somebody who helps from afar needs to see of an installation: one zip of small JSON files, without a secret and
// without anything about a person. Settings that hold an address are only said to be set; jobs are told by kind, state
// and error code.
//
//   about.json  configuration.json  health.json  jobs.json  schedules.json  ledger.json  keys.json, and what the door
//   adds
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/application.h"

namespace privity {

struct SupportFile {
  std::string name;  // "metrics.txt"
  std::string content;
};

// Its ledger entry is durable before it returns. A part that cannot be read (a failing store, for which help is asked)
// holds the code of the error instead; without its entry there is no bundle. Errors: those of Ledger::Record.
Result<std::string> MakeSupportBundle(Application& application, const Caller& caller,
                                      const std::vector<SupportFile>& more);

}  // namespace privity
