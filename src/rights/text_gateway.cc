#include "rights/text_gateway.h"

#include <algorithm>

#include "base/json.h"
#include "crypto/seal.h"
#include "net/webhook.h"
#include "rights/outbound_place.h"

namespace privity {
namespace {

constexpr std::size_t kDigitsMin = 8, kDigitsMax = 15;  // E.164
constexpr std::string_view kKey = "rights.texts";

AssociatedData AboutSecret() {
  return AssociatedData("privity.text-gateway.v1");
}

// What is kept of the settings; the secret has a column of its own.
struct TextBody {
  bool enabled = false;
  std::string url;
  std::vector<std::string> prefixes;
};
PRIVITY_DESCRIBE(TextBody, (enabled, url, prefixes))

bool IsPrefix(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && text[0] == '+' &&
         std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> ToE164(std::string_view number) {
  std::string kept;
  for (const char c : number) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit || (c == '+' && kept.empty())) {
      kept += c;
    } else if (std::string_view(" \t-/().").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
    if (kept.size() > kDigitsMax + 2) return std::nullopt;
  }
  if (kept.starts_with("00")) kept = "+" + kept.substr(2);
  const bool is_whole = kept.starts_with("+") && kept.size() > kDigitsMin && kept.size() <= kDigitsMax + 1;
  return is_whole && kept[1] != '0' ? std::optional(kept) : std::nullopt;
}

std::vector<FieldNote> FieldNotes(const TextSettings*) {
  return {{.name = "has_secret", .description = "Whether a signing secret is stored."},
          {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

std::vector<FieldNote> FieldNotes(const TextSettingsChange*) {
  return {{.name = "enabled", .description = "Whether people may have their code texted.", .defaulted = true},
          {.name = "url",
           .description = "Where each message is posted to, signed (Standard Webhooks 1.0).",
           .example = "https://messages.example.org/privity",
           .max_length = 500,
           .defaulted = true},
          {.name = "secret",
           .description = "The signing secret that the receiver knows, \"whsec_…\"; absent, the stored one stays. "
                          "Wanted anew for another address.",
           .max_length = 200},
          {.name = "prefixes",
           .description = "Beginnings of the numbers that may be texted; none: all.",
           .example = R"(["+49", "+43"])",
           .max_length = kTextPrefixesMax,
           .defaulted = true}};
}

struct TextGateway::Stored {
  TextBody body;
  std::optional<Bytes> secret;
  std::int64_t version = 0;
};

Result<TextGateway::Stored> TextGateway::Load(ReadTx& tx) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body, secret, version FROM rights_text_gateway"));
  if (!row) return Stored();
  Stored stored{.body = {}, .secret = row->Get<std::optional<Bytes>>(1), .version = row->Get<std::int64_t>(2)};
  PRIVITY_TRY(stored.body, FromJson<TextBody>(row->Get<std::string>(0)));
  return stored;
}

Result<TextSettings> TextGateway::Settings(ReadTx& tx) const {
  PRIVITY_TRY(const Stored stored, Load(tx));
  return TextSettings{.enabled = stored.body.enabled,
                      .url = stored.body.url,
                      .has_secret = stored.secret.has_value(),
                      .prefixes = stored.body.prefixes,
                      .version = stored.version};
}

Result<TextSettings> TextGateway::PutSettings(WriteTx& tx, const Caller& caller, const TextSettingsChange& change,
                                              std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(Stored stored, Load(tx));
  if (expected_version && *expected_version != stored.version) return Error("rights.settings_changed_meanwhile");
  if (!std::ranges::all_of(change.prefixes, IsPrefix)) return Error("rights.text_prefix");
  if (change.url != stored.body.url) stored.secret.reset();  // it was not given for this place
  if (change.enabled || !change.url.empty()) PRIVITY_TRY_VOID(PlaceToPost(change.url, policy_));
  if (change.secret && !change.secret->empty()) {
    PRIVITY_TRY_VOID(WebhookSecret::Parse(*change.secret));
    PRIVITY_TRY(const VersionedKey key, world_.key_home.Named(kKey));
    PRIVITY_TRY(stored.secret, Seal(key.key, key.version, AsBytes(change.secret->Reveal()), AboutSecret()));
  }
  if (change.enabled && !stored.secret) return Error("rights.text_secret_needed");
  stored.body = {.enabled = change.enabled, .url = change.url, .prefixes = change.prefixes};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_text_gateway (id, body, secret, version) VALUES (1, $1, $2, $3) ON CONFLICT (id) DO UPDATE "
      "SET body = excluded.body, secret = excluded.secret, version = excluded.version",
      {ToJson(stored.body), stored.secret, stored.version + 1}));
  PRIVITY_TRY_VOID(world_.ledger.Append(
      tx, {.action = "rights.settings.changed", .actor = caller.actor, .request_id = caller.request_id}));
  return Settings(tx);
}

Result<bool> TextGateway::IsOn(ReadTx& tx) const {
  PRIVITY_TRY(const Stored stored, Load(tx));
  return stored.body.enabled && stored.secret.has_value();
}

Result<bool> TextGateway::MayText(ReadTx& tx, const std::string& number) const {
  PRIVITY_TRY(const Stored stored, Load(tx));
  const auto to = ToE164(number);
  const auto& prefixes = stored.body.prefixes;
  return to && (prefixes.empty() ||
                std::ranges::any_of(prefixes, [&](const std::string& prefix) { return to->starts_with(prefix); }));
}

Status TextGateway::Send(const TextMessage& message) const {
  PRIVITY_TRY(const Stored stored, world_.store.Read([&](ReadTx& tx) { return Load(tx); }));
  if (!stored.body.enabled || !stored.secret) return Error("rights.texts_off");
  const auto to = ToE164(message.to);
  if (!to) return Error("rights.text_number");
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(*stored.secret));
  PRIVITY_TRY(const Key key, world_.key_home.NamedVersion(kKey, version));
  PRIVITY_TRY(const SecretBytes opened, Open(key, *stored.secret, AboutSecret()));
  PRIVITY_TRY(WebhookSecret secret, WebhookSecret::Parse(SecretString(std::string(AsText(opened.Reveal())))));
  PRIVITY_TRY(Url url, Url::Parse(stored.body.url));
  const Instant now = world_.clock.Now();
  const Json body =
      Json::Object({{"type", message.kind},
                    {"timestamp", FormatInstant(now)},
                    {"data", Json::Object({{"to", *to}, {"language", message.language}, {"text", message.text}})}});
  const OutboundPolicy policy = PolicyToPost(policy_, url);
  const WebhookAttempt attempt = SendWebhook(http_, policy,
                                             {.url = std::move(url),
                                              .secrets = {std::move(secret)},
                                              .id = "text_" + Uuid::NewV4().ToString(),
                                              .body = ToJson(body)},
                                             now);
  if (attempt.outcome == WebhookOutcome::kDelivered) return Ok();
  return Error("rights.text_failed", {{"status", std::to_string(attempt.status)}});
}

}  // namespace privity
