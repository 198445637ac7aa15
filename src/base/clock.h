// Time enters Privity here and nowhere else. Instants are UTC with microseconds; a calendar appears only at the edge
// (base/calendar.h).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace privity {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

// Safe to call from many threads.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time: may jump when the machine's clock is set. For records and deadlines.
  virtual Instant Now() const = 0;
  // Never goes back. For time-outs and durations.
  virtual std::chrono::steady_clock::time_point Monotonic() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant Now() const override;
  std::chrono::steady_clock::time_point Monotonic() const override;
};

// RFC 3339 in UTC, "2026-03-10T09:30:00Z"; a fraction of up to six digits is written only when it is not zero.
std::string FormatInstant(Instant instant);
// RFC 3339 with any offset and up to nine digits of fraction (cut to microseconds), years 0001 to 9999.
// base.instant_invalid.
Result<Instant> ParseInstant(std::string_view text);

// Microseconds since 1970, as stored in columns.
inline std::int64_t ToMicros(Instant instant) {
  return instant.time_since_epoch().count();
}
inline Instant FromMicros(std::int64_t micros) {
  return Instant(Duration(micros));
}

}  // namespace privity
