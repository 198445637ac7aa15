#include "connect/internal/http_calls.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/clock.h"
#include "connect/internal/store_stream.h"
#include "net/retry.h"

namespace privity::connect_internal {
namespace {

constexpr std::int64_t kAnswerBytesMax = 64 << 20;
constexpr RetryPolicy kPatience = {.attempts_max = 8};

// False when a stop was requested.
bool Wait(Duration time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

OutboundRequest MakeCall(Url url, const ConnectOptions& options) {
  OutboundRequest call{.url = std::move(url)};
  call.limits.connect_timeout = options.connect_timeout;
  call.limits.stall_timeout =
      std::max(std::chrono::seconds(1), std::chrono::duration_cast<std::chrono::seconds>(options.silence_timeout));
  call.limits.total_timeout = std::chrono::hours(1);
  call.limits.response_bytes_max = kAnswerBytesMax;
  call.stop = options.stop;
  return call;
}

Result<OutboundResponse> SendPatiently(const OutboundHttp& http, const OutboundRequest& request,
                                       const OutboundPolicy& policy, const ConnectOptions& options,
                                       const std::string& store, const std::string& place) {
  const SystemClock clock;
  const auto until = clock.Monotonic() + options.silence_timeout;
  for (int attempts = 1;; ++attempts) {
    auto answer = http.Send(request, policy);
    if (!answer.ok()) return StoreError(answer.error(), store, place);
    if (answer->status != 429 && answer->status != 503) return answer;
    const auto delay = NextDelay(kPatience, attempts, RetryAfter(*answer, clock.Now()));
    if (!delay || clock.Monotonic() + *delay > until) return answer;
    if (!Wait(*delay, options.stop)) return Error("connect.cancelled", {{"store", store}, {"place", place}});
  }
}

}  // namespace privity::connect_internal
