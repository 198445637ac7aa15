#include "server/rate_limiter.h"

namespace privity {

RateLimiter::RateLimiter(const RatePolicy& policy, const Clock& clock)
    : policy_(policy),
      quoted_name_("\"" + std::string(policy.name) + "\""),
      policy_field_(quoted_name_ + ";q=" + std::to_string(policy.requests_max) +
                    ";w=" + std::to_string(policy.window.count())),
      clock_(clock) {}

std::string RateLimiter::StateField(const RateDecision& decision) const {
  std::string field;
  field.reserve(64);
  field.append(quoted_name_).append(";r=").append(std::to_string(decision.remaining));
  return field.append(";t=").append(std::to_string(decision.resets_in.count()));
}

RateDecision RateLimiter::Take(std::string_view client) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.Monotonic().time_since_epoch());
  const std::int64_t window = now / policy_.window;
  RateDecision decision;
  decision.resets_in = policy_.window - now % policy_.window;
  counts_.With([&](auto& counts) {
    if (counts.size() >= kClientsMax) {
      std::erase_if(counts, [&](const auto& entry) { return entry.second.window != window; });
    }
    auto at = counts.find(client);
    if (at == counts.end()) {
      at = counts.try_emplace(counts.size() >= kClientsMax ? std::string() : std::string(client)).first;
    }
    Count& count = at->second;
    if (count.window != window) count = {window, 0};
    decision.allowed = count.requests < policy_.requests_max;
    if (decision.allowed) ++count.requests;
    decision.remaining = policy_.requests_max - count.requests;
  });
  return decision;
}

}  // namespace privity
