// A clock that stands still until a test moves it: lets a year pass in a microsecond. Safe to call from many threads.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace privity {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant now = FromMicros(1'772'000'000'000'000)) : now_micros_(ToMicros(now)) {}

  Instant Now() const override { return FromMicros(now_micros_); }
  std::chrono::steady_clock::time_point Monotonic() const override {
    return std::chrono::steady_clock::time_point(std::chrono::microseconds(monotonic_micros_));
  }

  // Time passes: both wall time and monotonic time move.
  void Advance(Duration by) {
    now_micros_ += by.count();
    monotonic_micros_ += by.count();
  }
  // Somebody sets the machine's clock: only wall time moves.
  void Set(Instant now) { now_micros_ = ToMicros(now); }

 private:
  std::atomic<std::int64_t> now_micros_;
  std::atomic<std::int64_t> monotonic_micros_{1'000'000'000};
};

}  // namespace privity
