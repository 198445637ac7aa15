// How many requests one client may send: fixed windows, counted in this process. Sign-in has its own, stricter limits
// in the database (identity).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/text_hash.h"

namespace privity {

struct RatePolicy {
  std::string_view name;  // in the RateLimit-Policy field
  std::uint32_t requests_max = 0;
  std::chrono::seconds window{10};
};

struct RateDecision {
  bool allowed = true;
  std::uint32_t remaining = 0;
  std::chrono::seconds resets_in{0};
};

// Safe to call from many threads. Remembers at most kClientsMax clients; when there are more, those of past windows are
// forgotten first, and a flood of made-up clients shares one count rather than growing the memory.
class RateLimiter {
 public:
  static constexpr std::size_t kClientsMax = 50'000;

  RateLimiter(const RatePolicy& policy, const Clock& clock);
  RateDecision Take(std::string_view client);

  // Values of the fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10).
  const std::string& policy_field() const { return policy_field_; }
  std::string StateField(const RateDecision& decision) const;

 private:
  struct Count {
    std::int64_t window = 0;
    std::uint32_t requests = 0;
  };
  const RatePolicy policy_;
  const std::string quoted_name_, policy_field_;
  const Clock& clock_;
  Guarded<std::unordered_map<std::string, Count, TextHash, std::equal_to<>>> counts_;
};

}  // namespace privity
