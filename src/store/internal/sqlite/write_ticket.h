// One caller's wish to write, shared by the caller, who waits, and the writer thread.
//
// The function belongs to the caller's stack frame, so the caller may leave early only while the writer thread is not
// running it: before it was started (nothing happened) or after it ran and the commit hangs (the outcome is unknown to
// the caller).
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace privity::store_internal {

class WriteTicket {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using Callbacks = std::vector<std::function<void()>>;

  // `fn` lives until Wait returns.
  WriteTicket(const std::function<Status(WriteTx&)>& fn, Deadline deadline) : fn_(&fn), deadline_(deadline) {}
  // A wish to scrub deleted bytes (Store::ScrubDeleted) instead of writing.
  explicit WriteTicket(Deadline deadline) : deadline_(deadline) {}

  // Writer thread. Start says whether the caller is still there; then run fn() and tell with Ran. May be repeated when
  // the group's transaction was lost. Answer ends the matter.
  bool Start();
  void Ran(Callbacks callbacks);
  void Answer(Status status);
  bool is_scrub() const { return fn_ == nullptr; }
  const std::function<Status(WriteTx&)>& fn() const { return *fn_; }
  Deadline deadline() const { return deadline_; }

  // Caller. Returns the answer, or store.timeout / store.outcome_unknown when the deadline comes first.
  Status Wait(Callbacks* committed);

 private:
  enum class Stage { kQueued, kRunning, kRan, kAnswered, kAbandoned };

  const std::function<Status(WriteTx&)>* const fn_ = nullptr;
  const Deadline deadline_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Stage stage_ = Stage::kQueued;
  bool past_deadline_ = false;
  Status answer_;
  Callbacks callbacks_;
};

}  // namespace privity::store_internal
