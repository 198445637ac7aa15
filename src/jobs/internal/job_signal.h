// A bell between those who enqueue or end jobs and the dispatcher that waits for them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace privity {

class JobSignal {
 public:
  void Ring() {
    const std::lock_guard lock(mutex_);
    ++rings_;
    rung_.notify_all();
  }

  // Waits until it was rung since the last Wait of this `seen`, the time is over, or stop is requested.
  void Wait(std::uint64_t& seen, std::chrono::milliseconds at_most, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    rung_.wait_for(lock, stop, at_most, [&] { return rings_ != seen; });
    seen = rings_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any rung_;
  std::uint64_t rings_ = 0;
};

}  // namespace privity
