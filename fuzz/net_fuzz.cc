// What other people's servers send us, and the addresses that lead to them: URLs, networks, the lines of mail servers,
// headers of webhooks.
#include "fuzz/fuzz_target.h"
#include "net/address.h"
#include "net/internal/smtp_reply.h"
#include "net/url.h"
#include "net/webhook.h"

namespace privity {
namespace {

void CheckUrl(const Url& url) {
  const auto again = Url::Parse(url.ToString());
  FUZZ_CHECK(again.ok());
  FUZZ_CHECK(*again == url);
  FUZZ_CHECK(url.path().starts_with('/'));
  // A host that is no plain address must not be one to anybody else either.
  FUZZ_CHECK(url.host().find_first_of(" @\\#%") == std::string::npos);
}

void ReadUrls(std::string_view input) {
  if (const auto url = Url::Parse(input); url.ok()) CheckUrl(*url);
  static const Url base = Url::Parse("https://example.org:8443/a/b?c").value();
  if (const auto resolved = base.Resolve(input); resolved.ok()) CheckUrl(*resolved);
}

void ReadAddresses(std::string_view input) {
  if (const auto address = IpAddress::Parse(input); address.ok()) {
    FUZZ_CHECK(IpAddress::Parse(address->ToString()).value() == *address);
    (void)address->Class();
  }
  if (const auto network = Network::Parse(input); network.ok()) {
    FUZZ_CHECK(Network::Parse(network->ToString()).value() == *network);
  }
}

// The bytes are a signature, and nobody knows the secret.
void CheckWebhook(std::string_view input) {
  static const WebhookSecret secret = WebhookSecret::Generate();
  static const std::vector<WebhookSecret> secrets = {secret};
  const Instant now{std::chrono::seconds(1'700'000'000)};
  const std::string text(input);
  FUZZ_CHECK(!VerifyWebhook(secrets, {.id = "m1", .timestamp = "1700000000", .signature = text}, "{}", now).ok());
  FUZZ_CHECK(!VerifyWebhook(secrets, {.id = "m1", .timestamp = text, .signature = "v1,AAAA"}, "{}", now).ok());
  // Signing covers all that was signed, whatever it holds.
  const WebhookHeaders headers = SignWebhook(secrets, "m1", now, input);
  FUZZ_CHECK(VerifyWebhook(secrets, headers, input, now).ok());
  FUZZ_CHECK(!VerifyWebhook(secrets, headers, text + " ", now).ok());
  if (const auto parsed = WebhookSecret::Parse(SecretString(text)); parsed.ok()) {
    FUZZ_CHECK(parsed->Reveal().size() >= 24 && parsed->Reveal().size() <= 64);
  }
}

}  // namespace

PRIVITY_FUZZ_TARGET(net) {
  ReadUrls(input);
  ReadAddresses(input);
  CheckWebhook(input);
  if (const auto reply = internal::ReadSmtpReplyLine(input)) {
    FUZZ_CHECK(reply->code >= 0 && reply->code <= 999 && reply->enhanced.size() <= 9);
  }
}

}  // namespace privity
