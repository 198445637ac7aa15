#include "net/webhook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/retry.h"
#include "net/testing/fake_http.h"

namespace privity {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

WebhookSecret Secret(const std::string& text) {
  return WebhookSecret::Parse(SecretString(text)).value();
}

const Instant kNow = FromMicros(1'614'265'330'000'000);

// The example of the Standard Webhooks reference libraries (standard-webhooks/standard-webhooks, test vectors of all
// languages).
TEST(Webhook, SignsAsTheReferenceLibrariesDo) {
  const std::vector secrets = {Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  const WebhookHeaders headers = SignWebhook(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", kNow, R"({"test": 2432232314})");
  EXPECT_EQ(headers.timestamp, "1614265330");
  EXPECT_EQ(headers.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhook, WhileASecretIsRotatedBothOldAndNewReceiversAccept) {
  const WebhookSecret old_secret = WebhookSecret::Generate(), new_secret = WebhookSecret::Generate();
  const WebhookHeaders headers = SignWebhook(std::vector{new_secret, old_secret}, "msg_1", kNow, "{}");
  EXPECT_TRUE(VerifyWebhook(std::vector{old_secret}, headers, "{}", kNow).ok());
  EXPECT_TRUE(VerifyWebhook(std::vector{new_secret}, headers, "{}", kNow).ok());
  EXPECT_TRUE(
      VerifyWebhook(std::vector{WebhookSecret::Generate()}, headers, "{}", kNow).error().Is("net.webhook_signature"));
}

TEST(Webhook, AnyChangeIsNoticed) {
  const std::vector secrets = {WebhookSecret::Generate()};
  const WebhookHeaders good = SignWebhook(secrets, "msg_1", kNow, "{}");
  for (auto change :
       {+[](WebhookHeaders& h) { h.id = "msg_2"; }, +[](WebhookHeaders& h) { h.timestamp = "1614265331"; },
        +[](WebhookHeaders& h) { h.signature[5] = h.signature[5] == 'A' ? 'B' : 'A'; },
        +[](WebhookHeaders& h) { h.signature = "v2" + h.signature.substr(2); },
        +[](WebhookHeaders& h) { h.signature += ","; }, +[](WebhookHeaders& h) { h.signature.clear(); },
        +[](WebhookHeaders& h) { h.signature = " "; }}) {
    WebhookHeaders changed = good;
    change(changed);
    EXPECT_TRUE(VerifyWebhook(secrets, changed, "{}", kNow).error().Is("net.webhook_signature")) << changed.signature;
  }
  EXPECT_FALSE(VerifyWebhook(secrets, good, "{ }", kNow).ok());
}

TEST(Webhook, AnOldOrFutureOrUnreadableTimeIsRefused) {
  const std::vector secrets = {WebhookSecret::Generate()};
  WebhookHeaders headers = SignWebhook(secrets, "msg_1", kNow, "{}");
  for (const Duration off : {-5min, 0min, 5min}) EXPECT_TRUE(VerifyWebhook(secrets, headers, "{}", kNow + off).ok());
  for (const Duration off : {Duration(-5min) - 1us, Duration(5min) + 1us}) {
    EXPECT_TRUE(VerifyWebhook(secrets, headers, "{}", kNow + off).error().Is("net.webhook_time"));
  }
  for (const char* text : {"", "abc", "1614265330x", "-1", "99999999999999999999", "253402300800"}) {
    headers.timestamp = text;
    EXPECT_TRUE(VerifyWebhook(secrets, headers, "{}", kNow).error().Is("net.webhook_time")) << text;
  }
}

TEST(WebhookSecret, HasOneSpelling) {
  const WebhookSecret secret = WebhookSecret::Generate();
  EXPECT_EQ(Secret(secret.ToText().Reveal()).Reveal(), secret.Reveal());
  EXPECT_EQ(secret.Reveal().size(), 32u);
  for (const std::string& text :
       {std::string("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), std::string("whsec_"), std::string("whsec_short"),
        "whsec_" + Base64Encode(Bytes(23)), "whsec_" + Base64Encode(Bytes(65)), std::string("whsec_????")}) {
    EXPECT_TRUE(WebhookSecret::Parse(SecretString(text)).error().Is("net.webhook_secret_invalid")) << text;
  }
}

WebhookAttempt Attempt(Result<OutboundResponse> answer) {
  const FakeHttp http([&](const OutboundRequest&) { return answer; });
  const WebhookMessage message{.url = Url::Parse("https://example.org/hook").value(),
                               .secrets = {WebhookSecret::Generate()},
                               .id = "msg_1",
                               .body = "{}"};
  return SendWebhook(http, {}, message, kNow);
}

TEST(SendWebhook, TheAnswerDecidesWhatHappensNext) {
  for (const int status : {200, 202, 204})
    EXPECT_EQ(Attempt(OutboundResponse{.status = status}).outcome, WebhookOutcome::kDelivered);
  for (const int status : {302, 400, 401, 404, 429, 500, 503})
    EXPECT_EQ(Attempt(OutboundResponse{.status = status}).outcome, WebhookOutcome::kRetry);
  EXPECT_EQ(Attempt(OutboundResponse{.status = 410}).outcome, WebhookOutcome::kDisabled);
  EXPECT_EQ(Attempt(OutboundResponse{.status = 503, .headers = {{"retry-after", "120"}}}).retry_after, Duration(120s));
  for (const char* code : {"net.timeout", "net.connect_failed", "net.tls_failed"})
    EXPECT_EQ(Attempt(Error(code)).outcome, WebhookOutcome::kRetry) << code;
  for (const char* code : {"net.address_refused", "net.scheme_refused", "net.host_not_allowed"}) {
    EXPECT_EQ(Attempt(Error(code)).outcome, WebhookOutcome::kRefused) << code;
  }
}

struct RetryAfterRow {
  const char* header;
  std::optional<Duration> expected;
};

TEST(RetryAfter, ReadsSecondsAndDates) {
  const Instant now = ParseInstant("1994-11-06T08:49:00Z").value();
  for (const RetryAfterRow& row :
       {RetryAfterRow{"120", 120s}, RetryAfterRow{"0", 0s}, RetryAfterRow{"-5", 0s},
        RetryAfterRow{"Sun, 06 Nov 1994 08:49:37 GMT", 37s}, RetryAfterRow{"Sun, 06 Nov 1994 08:48:00 GMT", 0s},
        RetryAfterRow{"Sun, 06 Nov 1994 08:49:37 CET", std::nullopt},
        RetryAfterRow{"Sun, 31 Feb 1994 08:49:37 GMT", std::nullopt},
        RetryAfterRow{"Sun, 06 Xyz 1994 08:49:37 GMT", std::nullopt}, RetryAfterRow{"soon", std::nullopt},
        RetryAfterRow{"", std::nullopt}, RetryAfterRow{"99999999999999", std::nullopt},
        RetryAfterRow{"1.5", std::nullopt}}) {
    EXPECT_EQ(RetryAfter(OutboundResponse{.headers = {{"retry-after", row.header}}}, now), row.expected) << row.header;
  }
  EXPECT_EQ(RetryAfter(OutboundResponse{}, now), std::nullopt);
}

TEST(NextDelay, DoublesUpToItsLimitAndHeedsTheServer) {
  const RetryPolicy policy{.attempts_max = 6, .first_delay = 1s, .delay_max = 10s};
  for (const auto& [attempts, longest] : {std::pair{1, 1s}, {2, 2s}, {3, 4s}, {4, 8s}, {5, 10s}}) {
    const Duration delay = NextDelay(policy, attempts, std::nullopt).value();
    EXPECT_GE(delay, Duration(longest) / 2);
    EXPECT_LE(delay, Duration(longest));
  }
  EXPECT_EQ(NextDelay(policy, 6, std::nullopt), std::nullopt);
  EXPECT_EQ(NextDelay(policy, 1, 7s), Duration(7s));
  EXPECT_EQ(NextDelay(policy, 1, 3600s), Duration(10s));
}

class RetryTest : public testing::Test {
 protected:
  Result<OutboundResponse> Send(OutboundRequest request) {
    return SendWithRetry(http_, request, {}, {.attempts_max = 3, .first_delay = 1s, .delay_max = 2s}, clock_,
                         [&](Duration delay) {
                           waits_.push_back(delay);
                           return true;
                         });
  }
  int sent_ = 0;
  std::vector<int> statuses_ = {503, 503, 200};
  std::vector<Duration> waits_;
  SystemClock clock_;
  FakeHttp http_{[&](const OutboundRequest&) { return OutboundResponse{.status = statuses_.at(sent_++)}; }};
  OutboundRequest request_{.url = Url::Parse("https://example.org/").value()};
};

TEST_F(RetryTest, RepeatsWhatMayPassUntilItDoes) {
  EXPECT_EQ(Send(request_).value().status, 200);
  EXPECT_EQ(waits_.size(), 2u);
}

TEST_F(RetryTest, GivesTheLastAnswerBackWhenAttemptsAreUsedUp) {
  statuses_ = {503, 503, 429, 200};
  EXPECT_EQ(Send(request_).value().status, 429);
}

TEST_F(RetryTest, AChangeIsRepeatedOnlyWithAnIdempotencyKey) {
  request_.method = "POST";
  EXPECT_EQ(Send(request_).value().status, 503);
  EXPECT_EQ(sent_, 1);
  sent_ = 0;
  request_.headers = {{"Idempotency-Key", "k"}};
  EXPECT_EQ(Send(request_).value().status, 200);
}

TEST_F(RetryTest, WhatWillNotChangeIsNotRepeated) {
  statuses_ = {404};
  EXPECT_EQ(Send(request_).value().status, 404);
  EXPECT_TRUE(waits_.empty());
}

}  // namespace
}  // namespace privity
