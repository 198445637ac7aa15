#include "server/rate_limiter.h"

namespace privity {

RateDecision RateLimiter::Take(std::string_view client) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.Monotonic().time_since_epoch());
  const std::int64_t window = now / policy_.window;
  RateDecision decision;
  decision.resets_in = policy_.window - now % policy_.window;
  counts_.With([&](auto& counts) {
    if (counts.size() >= kClientsMax) {
      std::erase_if(counts, [&](const auto& entry) { return entry.second.window != window; });
    }
    const bool full = counts.size() >= kClientsMax && !counts.contains(std::string(client));
    Count& count = counts[full ? std::string() : std::string(client)];
    if (count.window != window) count = {window, 0};
    decision.allowed = count.requests < policy_.requests_max;
    if (decision.allowed) ++count.requests;
    decision.remaining = policy_.requests_max - count.requests;
  });
  return decision;
}

}  // namespace privity
