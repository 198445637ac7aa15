#include "store/internal/sqlite/write_ticket.h"

namespace privity::store_internal {

bool WriteTicket::Start() {
  const std::lock_guard lock(mutex_);
  if (stage_ == Stage::kAbandoned) return false;
  stage_ = Stage::kRunning;
  callbacks_.clear();
  return true;
}

void WriteTicket::Ran(Callbacks callbacks) {
  const std::lock_guard lock(mutex_);
  callbacks_ = std::move(callbacks);
  stage_ = Stage::kRan;
  // Waking a caller costs more than running its function: only one that is past its deadline has something to do here.
  if (past_deadline_) changed_.notify_one();
}

void WriteTicket::Answer(Status status) {
  {
    const std::lock_guard lock(mutex_);
    if (stage_ == Stage::kAbandoned) return;
    answer_ = std::move(status);
    stage_ = Stage::kAnswered;
  }
  changed_.notify_one();
}

Status WriteTicket::Wait(Callbacks* committed) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, deadline_, [&] { return stage_ == Stage::kAnswered; });
  past_deadline_ = true;
  changed_.wait(lock, [&] { return stage_ != Stage::kRunning; });
  if (stage_ == Stage::kAnswered) {
    if (answer_.ok()) *committed = std::move(callbacks_);
    return answer_;
  }
  const bool ran = stage_ == Stage::kRan;
  stage_ = Stage::kAbandoned;
  return ran ? Error("store.outcome_unknown") : Error("store.timeout", {{"statement", ""}});
}

}  // namespace privity::store_internal
