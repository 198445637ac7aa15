#include "connect/internal/http_calls.h"

#include <algorithm>

#include "connect/internal/patience.h"
#include "connect/internal/store_stream.h"
#include "connect/internal/tls_mode.h"
#include "net/retry.h"

namespace privity::connect_internal {
namespace {

constexpr std::int64_t kAnswerBytesMax = 64 << 20;
constexpr RetryPolicy kPatience = {.attempts_max = 8};

constexpr RetryPolicy kSecondThought = {.attempts_max = 3};

// Null when the answer stands.
const RetryPolicy* WhetherToRepeat(const OutboundRequest& request, int status) {
  if (status == 429 || status == 503) return &kPatience;
  const bool failed = status == 500 || status == 502 || status == 504;
  return failed && request.method == "GET" ? &kSecondThought : nullptr;
}

}  // namespace

Result<bool> IsEncryptedHttp(const ConnectionUrl& url, const std::string& host, const ConnectOptions& options,
                             const Resolver& resolver) {
  const std::uint16_t port = url.port() != 0 ? url.port() : std::uint16_t{443};
  PRIVITY_TRY(const CheckedTarget target,
              CheckTarget(resolver, host, port, options.addresses, options.connect_timeout));
  PRIVITY_TRY(const TlsMode mode, TlsModeOf(url, IsThisMachine(target)));
  return mode > TlsMode::kPrefer;  // whoever wants any encryption gets the one kind that there is
}

std::string HttpOrigin(bool is_encrypted, const std::string& host, std::uint16_t port) {
  std::string origin = is_encrypted ? "https://" : "http://";
  origin += host.find(':') == std::string::npos ? host : "[" + host + "]";
  const std::uint16_t usual_port = is_encrypted ? 443 : 80;
  return port == 0 || port == usual_port ? origin : origin + ":" + std::to_string(port);
}

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
    const RetryPolicy* repetition = WhetherToRepeat(request, answer->status);
    if (repetition == nullptr) return answer;
    const auto delay = NextDelay(*repetition, attempts, RetryAfter(*answer, clock.Now()));
    if (!delay || clock.Monotonic() + *delay > until) return answer;
    if (!WaitPatiently(*delay, options.stop)) return Error("connect.cancelled", {{"store", store}, {"place", place}});
  }
}

}  // namespace privity::connect_internal
