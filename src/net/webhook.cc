#include "net/webhook.h"

#include <charconv>

#include "base/random.h"
#include "crypto/hash.h"
#include "net/retry.h"

namespace privity {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kSecretBytesMin = 24, kSecretBytesMax = 64;
constexpr auto kTolerance = std::chrono::minutes(5);
constexpr std::int64_t kAnswerBytesMax = 64 * 1024;

std::string Signature(const WebhookSecret& secret, std::string_view id, std::string_view timestamp,
                      std::string_view body) {
  const auto mac =
      HmacSha256(secret.Reveal(), {AsBytes(id), AsBytes("."), AsBytes(timestamp), AsBytes("."), AsBytes(body)});
  return "v1," + Base64Encode(mac);
}

}  // namespace

WebhookSecret WebhookSecret::Generate() {
  Bytes key(32);
  FillRandom(key);
  return WebhookSecret(SecretBytes(std::move(key)));
}

Result<WebhookSecret> WebhookSecret::Parse(const SecretString& text) {
  const std::string_view all = text.Reveal();
  if (!all.starts_with(kPrefix)) return Error("net.webhook_secret_invalid");
  auto key = Base64Decode(all.substr(kPrefix.size()));
  if (!key.ok()) return Error("net.webhook_secret_invalid");
  SecretBytes secret(std::move(key).value());
  const std::size_t size = secret.Reveal().size();
  if (size < kSecretBytesMin || size > kSecretBytesMax) return Error("net.webhook_secret_invalid");
  return WebhookSecret(std::move(secret));
}

SecretString WebhookSecret::ToText() const {
  return SecretString(std::string(kPrefix) + Base64Encode(key_.Reveal()));
}

WebhookHeaders SignWebhook(std::span<const WebhookSecret> secrets, std::string_view id, Instant now,
                           std::string_view body) {
  Invariant(!secrets.empty(), "a webhook has a secret");
  Invariant(id.find('.') == id.npos, "a dot in the id would make the signed text ambiguous");
  WebhookHeaders headers{
      .id = std::string(id), .timestamp = std::to_string(ToMicros(now) / 1'000'000), .signature = ""};
  for (const WebhookSecret& secret : secrets) {
    if (!headers.signature.empty()) headers.signature += ' ';
    headers.signature += Signature(secret, id, headers.timestamp, body);
  }
  return headers;
}

Status VerifyWebhook(std::span<const WebhookSecret> secrets, const WebhookHeaders& headers, std::string_view body,
                     Instant now) {
  std::int64_t seconds = 0;
  const char* const end_of_text = headers.timestamp.data() + headers.timestamp.size();
  const auto [end, error] = std::from_chars(headers.timestamp.data(), end_of_text, seconds);
  if (error != std::errc() || end != end_of_text || seconds < 0 || seconds > 253'402'300'799)
    return Error("net.webhook_time");
  const Instant sent_at = Instant(std::chrono::seconds(seconds));
  if (sent_at < now - kTolerance || sent_at > now + kTolerance) return Error("net.webhook_time");
  for (const WebhookSecret& secret : secrets) {
    const std::string expected = Signature(secret, headers.id, headers.timestamp, body);
    std::string_view rest = headers.signature;
    while (!rest.empty()) {
      const auto space = std::min(rest.find(' '), rest.size());
      if (EqualInConstantTime(AsBytes(rest.substr(0, space)), AsBytes(expected))) return Ok();
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
  return Error("net.webhook_signature");
}

WebhookAttempt SendWebhook(const OutboundHttp& http, const OutboundPolicy& policy, const WebhookMessage& message,
                           Instant now) {
  const WebhookHeaders signed_headers = SignWebhook(message.secrets, message.id, now, message.body);
  OutboundRequest request{.url = message.url, .method = "POST"};
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", signed_headers.id},
                     {"webhook-timestamp", signed_headers.timestamp},
                     {"webhook-signature", signed_headers.signature}};
  request.body = message.body;
  request.limits.response_bytes_max = kAnswerBytesMax;
  auto answer = http.Send(request, policy);
  if (!answer.ok()) {
    const bool transient = IsTransient(answer) || answer.error().Is("net.tls_failed") ||
                           answer.error().Is("net.too_large") || answer.error().Is("net.cancelled");
    return {.outcome = transient ? WebhookOutcome::kRetry : WebhookOutcome::kRefused,
            .error = std::move(answer).error()};
  }
  WebhookAttempt attempt{.outcome = WebhookOutcome::kRetry, .status = answer->status};
  if (answer->status >= 200 && answer->status < 300) attempt.outcome = WebhookOutcome::kDelivered;
  if (answer->status == 410) attempt.outcome = WebhookOutcome::kDisabled;
  if (attempt.outcome == WebhookOutcome::kRetry) attempt.retry_after = RetryAfter(*answer, now);
  return attempt;
}

}  // namespace privity
