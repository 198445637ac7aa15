// Whether a failed request is worth repeating, and when. Jobs ask here and reschedule; `SendWithRetry` is for work that
// waits in place.
#pragma once

#include <functional>
#include <optional>

#include "base/clock.h"
#include "net/outbound.h"

namespace privity {

struct RetryPolicy {
  int attempts_max = 4;  // the first one included
  Duration first_delay = std::chrono::seconds(1);
  Duration delay_max = std::chrono::minutes(1);
};

// True when the same request may succeed later: time-outs, refused connections, 408, 425, 429, 500, 502, 503, 504.
// False for success, for what the policy forbids, and for answers that will not change.
bool IsTransient(const Result<OutboundResponse>& outcome);

// The Retry-After header (RFC 9110 section 10.2.3), as seconds or as a date; nothing when there is none or it cannot be
// read. Never negative.
std::optional<Duration> RetryAfter(const OutboundResponse& response, Instant now);

// How long to wait after `attempts_made` attempts, or nothing when they are used up. The delay doubles each time up to
// delay_max; the second half of it is random, so that clients that failed together do not return together. What the
// server asked for is waited for, at most delay_max.
std::optional<Duration> NextDelay(const RetryPolicy& policy, int attempts_made, std::optional<Duration> retry_after);

// Sends until the outcome is not transient or the attempts are used up, and returns the last outcome. A request that
// changes something is repeated only with an `Idempotency-Key` header. `wait` sleeps and returns false to stop (the
// process is ending).
Result<OutboundResponse> SendWithRetry(const OutboundHttp& http, const OutboundRequest& request,
                                       const OutboundPolicy& policy, const RetryPolicy& retry, const Clock& clock,
                                       const std::function<bool(Duration)>& wait);

}  // namespace privity
