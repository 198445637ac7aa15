// The company's own way to send text messages: Privity posts each one, signed (Standard Webhooks 1.0, net/webhook.h),
// to an address of the company, which passes it to whoever carries its messages.
//
//   {"type": "rights.code", "timestamp": "…", "data": {"to": "+4915…", "language": "de", "text": "…"}}
//
// It is a secret of two: the body holds a code. So it goes by https, or by http to this machine alone. The secret is
// sealed, never shown again, and given anew for another address.
//
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "net/outbound.h"
#include "rights/requests.h"

namespace privity {

inline constexpr int kTextPrefixesMax = 50;

struct TextSettings {
  bool enabled = false;
  std::string url{};
  bool has_secret = false;
  std::vector<std::string> prefixes{};  // of the numbers that may be texted, "+49"; none: all
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(TextSettings, (enabled, url, has_secret, prefixes, version))
std::vector<FieldNote> FieldNotes(const TextSettings*);

struct TextSettingsChange {
  bool enabled = false;
  std::string url{};
  std::optional<SecretString> secret{};  // absent: stays as it is
  std::vector<std::string> prefixes{};
};
PRIVITY_DESCRIBE(TextSettingsChange, (enabled, url, secret, prefixes))
std::vector<FieldNote> FieldNotes(const TextSettingsChange*);

struct TextMessage {
  std::string kind{};  // "rights.code"
  std::string to{};    // as it was claimed
  std::string language{};
  std::string text{};
};

// "+49 151 / 2345-678" and "0049…" as "+491512345678" (E.164: a plus and 8 to 15 digits); none for anything else.
std::optional<std::string> ToE164(std::string_view number);

class TextGateway {
 public:
  // The client outlives it. `networks` and `ca_file` as in OutboundPolicy.
  TextGateway(const RightsWorld& world, const OutboundHttp& http, OutboundPolicy policy)
      : world_(world), http_(http), policy_(std::move(policy)) {}

  Result<TextSettings> Settings(ReadTx& tx) const;
  // net.url_invalid, net.scheme_refused, net.webhook_secret_invalid; rights.text_secret_needed: none is stored for this
  // address; rights.text_prefix; rights.settings_changed_meanwhile.
  Result<TextSettings> PutSettings(WriteTx& tx, const Caller& caller, const TextSettingsChange& change,
                                   std::optional<std::int64_t> expected_version) const;
  Result<bool> IsOn(ReadTx& tx) const;
  // Whether it is a number, and one of those that may be texted.
  Result<bool> MayText(ReadTx& tx, const std::string& number) const;
  // One attempt, half a minute at most; not inside a transaction. rights.texts_off, rights.text_number;
  // rights.text_failed{status}: "0" without an answer.
  Status Send(const TextMessage& message) const;

 private:
  struct Stored;
  Result<Stored> Load(ReadTx& tx) const;

  const RightsWorld world_;
  const OutboundHttp& http_;
  const OutboundPolicy policy_;
};

}  // namespace privity
