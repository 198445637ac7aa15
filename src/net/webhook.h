// Signed messages to other people's servers, and from them: Standard Webhooks 1.0 (standardwebhooks.com), symmetric
// signatures "v1".
//
// Headers webhook-id, webhook-timestamp and webhook-signature; the signature is HMAC-SHA256 over "id.timestamp.body".
// While a secret is being rotated a message carries one signature per secret, and the receiver accepts any of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "net/outbound.h"

namespace privity {

class WebhookSecret {
 public:
  static WebhookSecret Generate();  // 32 random bytes
  // "whsec_" and base64 of 24 to 64 bytes. net.webhook_secret_invalid.
  static Result<WebhookSecret> Parse(const SecretString& text);
  SecretString ToText() const;

  const Bytes& Reveal() const { return key_.Reveal(); }

 private:
  explicit WebhookSecret(SecretBytes key) : key_(std::move(key)) {}
  SecretBytes key_;
};

struct WebhookHeaders {
  std::string id;         // the same for every attempt at one message: receivers drop what they have seen
  std::string timestamp;  // of the attempt, seconds since 1970
  std::string signature;
};

// At least one secret.
WebhookHeaders SignWebhook(std::span<const WebhookSecret> secrets, std::string_view id, Instant now,
                           std::string_view body);

// The time stamp may differ from `now` by five minutes, against messages that are replayed.
// net.webhook_time, net.webhook_signature.
Status VerifyWebhook(std::span<const WebhookSecret> secrets, const WebhookHeaders& headers, std::string_view body,
                     Instant now);

struct WebhookMessage {
  Url url;
  std::vector<WebhookSecret> secrets;  // newest first
  std::string id;
  std::string body;  // JSON
};

enum class WebhookOutcome {
  kDelivered,  // 2xx
  kRetry,      // anything that may pass
  kDisabled,   // 410: the receiver wants no more; the endpoint is switched off and somebody is told
  kRefused,    // the connection's policy forbids it: repeating changes nothing
};

struct WebhookAttempt {
  WebhookOutcome outcome;
  int status = 0;                         // 0 without an answer
  std::optional<Duration> retry_after{};  // when the receiver said so
  std::optional<Error> error{};           // without an answer
};

// One attempt. Redirects are not followed, and of the answer only its status matters. Repeats are the caller's (jobs).
WebhookAttempt SendWebhook(const OutboundHttp& http, const OutboundPolicy& policy, const WebhookMessage& message,
                           Instant now);

}  // namespace privity
