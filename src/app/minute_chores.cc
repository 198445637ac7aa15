#include "app/minute_chores.h"

#include <condition_variable>

namespace privity {
namespace {

constexpr std::chrono::minutes kEvery{1};
constexpr std::chrono::seconds kAgainAfter{5};
constexpr std::chrono::seconds kLook{1};

}  // namespace

MinuteChores::MinuteChores(const Clock& clock, Logger log, std::vector<Chore> chores)
    : clock_(clock), log_(std::move(log)) {
  for (Chore& chore : chores) planned_.push_back({std::move(chore), clock_.Monotonic()});
}

void MinuteChores::RunDue() {
  const std::lock_guard one_at_a_time(mutex_);
  for (Planned& planned : planned_) {
    if (clock_.Monotonic() >= planned.due) Run(planned);
  }
}

void MinuteChores::Run(Planned& planned) {
  const Status status = planned.chore.run();
  if (!status.ok()) log_.Warning("app.chore_failed", {{"chore", planned.chore.name}, {"error", status.error()}});
  planned.due = clock_.Monotonic() + (status.ok() ? std::chrono::seconds(kEvery) : kAgainAfter);
}

void MinuteChores::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      RunDue();
      stopped.wait_for(lock, stop, kLook, [] { return false; });
    }
  });
}

void MinuteChores::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  const std::lock_guard one_at_a_time(mutex_);
  for (Planned& planned : planned_) Run(planned);
}

}  // namespace privity
