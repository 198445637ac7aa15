// Small work that every process does for itself once a minute, because it concerns what only this process holds in
// memory or what must not wait for a free worker. What any one process may do for all is a job (jobs/schedule.h).
//
// A chore that fails is logged, and tried again after five seconds until it succeeds.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

namespace privity {

class MinuteChores {
 public:
  struct Chore {
    std::string name;  // for the log: "ledger.decisions"
    std::function<Status()> run;
  };

  // The clock outlives it, and so does all that the chores use.
  MinuteChores(const Clock& clock, Logger log, std::vector<Chore> chores);

  // Does in the calling thread what is due: everything the first time.
  void RunDue();
  // Looks every second, in a thread of its own.
  void Start();
  // Waits for a running chore, then does all of them once more: nothing is left in memory.
  void Stop();

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Planned {
    Chore chore;
    Moment due;
  };
  void Run(Planned& planned);

  const Clock& clock_;
  const Logger log_;
  std::mutex mutex_;  // one run at a time
  std::vector<Planned> planned_;
  std::jthread thread_;
};

}  // namespace privity
