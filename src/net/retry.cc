#include "net/retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/random.h"

namespace privity {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

// IMF-fixdate (RFC 9110 section 5.6.7), the only form that may be sent: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Instant> ParseHttpDate(std::string_view text) {
  char month_name[4] = "";
  unsigned day = 0, hour = 0, minute = 0, second = 0;
  int year = 0;
  int end = 0;
  const std::string copy(text);
  const int fields = std::sscanf(copy.c_str(), "%*3[A-Za-z], %2u %3[A-Za-z] %4d %2u:%2u:%2u GMT%n", &day, month_name,
                                 &year, &hour, &minute, &second, &end);
  const auto month = kMonths.find(month_name);
  if (fields != 6 || end != static_cast<int>(copy.size()) || month == kMonths.npos || month % 3 != 0)
    return std::nullopt;
  const std::chrono::year_month_day date(
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month / 3 + 1)), std::chrono::day(day));
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

bool MayRepeat(const OutboundRequest& request) {
  for (const std::string_view safe : {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}) {  // RFC 9110 section 9.2.2
    if (request.method == safe) return true;
  }
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const OutboundHeader& header) { return header.name == "Idempotency-Key"; });
}

}  // namespace

bool IsTransient(const Result<OutboundResponse>& outcome) {
  if (!outcome.ok()) {
    for (const std::string_view code :
         {"net.timeout", "net.connect_failed", "net.name_unknown", "net.resolver_busy", "net.protocol_error"}) {
      if (outcome.error().Is(code)) return true;
    }
    return false;
  }
  constexpr std::array kPassing = {408, 425, 429, 500, 502, 503, 504};
  return std::find(kPassing.begin(), kPassing.end(), outcome->status) != kPassing.end();
}

std::optional<Duration> RetryAfter(const OutboundResponse& response, Instant now) {
  const auto value = response.Header("retry-after");
  if (!value) return std::nullopt;
  std::int32_t seconds = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
  if (error == std::errc() && end == value->data() + value->size()) {
    return std::max<Duration>(std::chrono::seconds(seconds), Duration(0));
  }
  if (const auto date = ParseHttpDate(*value)) return std::max(*date - now, Duration(0));
  return std::nullopt;
}

std::optional<Duration> NextDelay(const RetryPolicy& policy, int attempts_made, std::optional<Duration> retry_after) {
  if (attempts_made >= policy.attempts_max) return std::nullopt;
  Duration delay = policy.first_delay;
  for (int i = 1; i < attempts_made && delay < policy.delay_max; ++i) delay *= 2;
  delay = std::min(delay, policy.delay_max);
  const auto random_part = static_cast<std::uint64_t>(delay.count() / 2 + 1);
  delay = delay / 2 + Duration(static_cast<std::int64_t>(RandomBelow(random_part)));
  return std::max(delay, std::min(retry_after.value_or(Duration(0)), policy.delay_max));
}

Result<OutboundResponse> SendWithRetry(const OutboundHttp& http, const OutboundRequest& request,
                                       const OutboundPolicy& policy, const RetryPolicy& retry, const Clock& clock,
                                       const std::function<bool(Duration)>& wait) {
  for (int attempts = 1;; ++attempts) {
    auto outcome = http.Send(request, policy);
    if (!IsTransient(outcome) || !MayRepeat(request)) return outcome;
    const auto retry_after = outcome.ok() ? RetryAfter(*outcome, clock.Now()) : std::nullopt;
    const auto delay = NextDelay(retry, attempts, retry_after);
    if (!delay || !wait(*delay)) return outcome;
  }
}

}  // namespace privity
