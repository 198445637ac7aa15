// A clock that stands still until told otherwise, so that a test can make a year pass. Safe to use from many threads.
#pragma once

#include <atomic>
#include <string_view>

#include "base/clock.h"

namespace privity {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::string_view now = "2026-03-10T09:30:00Z") : now_(ToMicros(ParseInstant(now).value())) {}

  Instant Now() const override { return FromMicros(now_); }
  std::chrono::steady_clock::time_point Monotonic() const override {
    return std::chrono::steady_clock::time_point(Duration(elapsed_.load()));
  }

  void Advance(Duration duration) {
    now_ += duration.count();
    elapsed_ += duration.count();
  }
  // The wall clock is set; monotonic time does not move.
  void Set(Instant now) { now_ = ToMicros(now); }

 private:
  std::atomic<std::int64_t> now_;
  std::atomic<std::int64_t> elapsed_ = 0;
};

}  // namespace privity
