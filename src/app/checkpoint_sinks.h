// Places over the network that keep the ledger's checkpoints, as sinks of the room ledger: a witness that cosigns them
// (C2SP tlog-witness), a webhook that receives them (Standard Webhooks), a mailbox that they are written to. A
// checkpoint says how many entries there are and what hash they lead to; nothing in it is personal.
//
// Each Publish is one attempt and waits half a minute at most (mail: two); repeats are the caller's
// (checkpoint_post.h). Errors of all: ledger.sink_failed{sink, problem}.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/checkpoint.h"
#include "ledger/checkpoint_sink.h"
#include "mail/mailer.h"
#include "net/outbound.h"
#include "net/webhook.h"
#include "settings/organization.h"

namespace privity {

struct WitnessPlace {
  Url url;  // submission prefix: "/add-checkpoint" is appended
  NoteVerifier key;
};

struct WebhookPlace {
  Url url;
  std::vector<WebhookSecret> secrets;  // newest first
};

// All that an operator configured. A configuration and no setting of the console: whoever may change anything there
// must not be able to make the ledger forget its witnesses.
struct CheckpointPlaces {
  std::string directory = {};  // empty: none
  std::optional<WitnessPlace> witness = {};
  std::optional<WebhookPlace> webhook = {};
  std::optional<Mailbox> mail_to = {};
  Duration interval = std::chrono::minutes(5);  // of witness and webhook
  Duration mail_interval = std::chrono::hours(24);
  std::vector<Network> networks = {};  // reached even though they are not public
  std::string ca_file = {};            // as in OutboundPolicy
};

// The client outlives the sinks of these.
std::unique_ptr<CheckpointSink> WitnessOverHttp(const WitnessPlace& place, const OutboundHttp& http,
                                                const OutboundPolicy& policy);

// The body is {"type": "ledger.checkpoint", "timestamp": ..., "data": {"origin", "size", "root", "checkpoint"}}; the
// webhook-id is the same for every attempt at one checkpoint.
class WebhookSink final : public CheckpointSink {
 public:
  WebhookSink(WebhookPlace place, const OutboundHttp& http, OutboundPolicy policy, const Clock& clock)
      : place_(std::move(place)), http_(http), policy_(std::move(policy)), clock_(clock) {}
  std::string name() const override { return "webhook"; }
  std::string place() const override { return place_.url.host(); }
  Result<std::optional<std::string>> Newest() override { return std::optional<std::string>(); }
  Status Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) override;

 private:
  const WebhookPlace place_;
  const OutboundHttp& http_;
  const OutboundPolicy policy_;
  const Clock& clock_;
};

// The words are at app.mail_checkpoint_*; the plain text holds the signed note line by line, as a verifier reads it.
MailTemplate CheckpointMailTemplate();

class MailSink final : public CheckpointSink {
 public:
  // Everything outlives it.
  MailSink(Mailbox to, MailSettings settings, const Catalog& catalog, const Resolver& resolver, Store& store,
           const OrganizationSettings& organization, const Clock& clock)
      : to_(std::move(to)),
        settings_(std::move(settings)),
        catalog_(catalog),
        resolver_(resolver),
        store_(store),
        organization_(organization),
        clock_(clock) {}
  std::string name() const override { return "mail"; }
  std::string place() const override { return to_.Masked(); }
  Result<std::optional<std::string>> Newest() override { return std::optional<std::string>(); }
  Status Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) override;

 private:
  Result<std::string> Compose(const Checkpoint& checkpoint, const std::string& signed_checkpoint) const;

  const Mailbox to_;
  const MailSettings settings_;
  const Catalog& catalog_;
  const Resolver& resolver_;
  Store& store_;
  const OrganizationSettings& organization_;
  const Clock& clock_;
};

}  // namespace privity
