#include "app/checkpoint_sinks.h"

#include "crypto/hash.h"
#include "ledger/witness_sink.h"
#include "mail/message.h"
#include "net/smtp.h"

namespace privity {
namespace {

constexpr std::string_view kMailKey = "app.mail_checkpoint";
constexpr std::int64_t kAnswerBytesMax = 64 * 1024;

struct CheckpointData {
  std::string origin;
  std::uint64_t size = 0;
  std::string root;
  std::string checkpoint;
};
PRIVITY_DESCRIBE(CheckpointData, (origin, size, root, checkpoint))

struct CheckpointMessage {
  std::string type;
  Instant timestamp{};
  CheckpointData data;
};
PRIVITY_DESCRIBE(CheckpointMessage, (type, timestamp, data))

Error Failed(const char* sink, std::string problem) {
  return Error("ledger.sink_failed", {{"sink", sink}, {"problem", std::move(problem)}});
}

// Says which checkpoint a message is about, and nothing else.
std::string MessageIdOf(const std::string& signed_checkpoint) {
  return "checkpoint-" + HexEncode(BytesView(Sha256(AsBytes(signed_checkpoint))).first(16));
}

}  // namespace

std::unique_ptr<CheckpointSink> WitnessOverHttp(const WitnessPlace& place, const OutboundHttp& http,
                                                const OutboundPolicy& policy) {
  const auto send = [url = place.url, &http, policy](const std::string& body) -> Result<WitnessAnswer> {
    const std::string& prefix = url.path();
    const std::string path = prefix.ends_with('/') ? prefix + "add-checkpoint" : prefix + "/add-checkpoint";
    PRIVITY_TRY(Url target, Url::Parse(url.Origin() + path));
    OutboundRequest request{.url = std::move(target), .method = "POST", .body = body};
    request.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    request.limits.response_bytes_max = kAnswerBytesMax;
    const Result<OutboundResponse> answer = http.Send(request, policy);
    if (!answer.ok()) return Failed("witness", answer.error().code());
    return WitnessAnswer{.status = answer->status,
                         .content_type = std::string(answer->Header("content-type").value_or("")),
                         .body = answer->body};
  };
  return std::make_unique<WitnessSink>(place.key, send);
}

Status WebhookSink::Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove&) {
  const CheckpointMessage message{.type = "ledger.checkpoint",
                                  .timestamp = clock_.Now(),
                                  .data = {.origin = checkpoint.origin,
                                           .size = checkpoint.size,
                                           .root = FormatHash(checkpoint.root),
                                           .checkpoint = signed_checkpoint}};
  const WebhookAttempt attempt = SendWebhook(
      http_, policy_,
      {.url = place_.url, .secrets = place_.secrets, .id = MessageIdOf(signed_checkpoint), .body = ToJson(message)},
      clock_.Now());
  if (attempt.outcome == WebhookOutcome::kDelivered) return Ok();
  return Failed("webhook", attempt.error ? attempt.error->code() : "status " + std::to_string(attempt.status));
}

MailTemplate CheckpointMailTemplate() {
  return {.key = std::string(kMailKey), .variables = {"organization", "origin", "size", "root", "signature"}};
}

Result<std::string> MailSink::Compose(const Checkpoint& checkpoint, const std::string& signed_checkpoint) const {
  PRIVITY_TRY(const Organization organization, store_.Read([&](ReadTx& tx) { return organization_.Get(tx); }));
  // What follows the text and the empty line: one signature line, ours.
  std::string signature = signed_checkpoint.substr(FormatCheckpoint(checkpoint).size() + 1);
  while (signature.ends_with('\n')) signature.pop_back();
  PRIVITY_TRY(RenderedMail rendered, RenderMail(catalog_, CheckpointMailTemplate(), organization.language,
                                                {{"organization", organization.name},
                                                 {"origin", checkpoint.origin},
                                                 {"size", std::to_string(checkpoint.size)},
                                                 {"root", FormatHash(checkpoint.root)},
                                                 {"signature", std::move(signature)}}));
  return ComposeMail({.from = settings_.from,
                      .to = to_,
                      .subject = std::move(rendered.subject),
                      .text = std::move(rendered.text),
                      .html = std::move(rendered.html),
                      .language = organization.language,
                      .message_id = MessageIdOf(signed_checkpoint) + "@" + settings_.from.domain(),
                      .date = clock_.Now()});
}

Status MailSink::Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove&) {
  PRIVITY_TRY(const std::string message, Compose(checkpoint, signed_checkpoint));
  const Result<SmtpReply> reply =
      PostLetter(resolver_, settings_, to_.address(), message, MessageIdOf(signed_checkpoint));
  return reply.ok() ? Ok() : Status(Failed("mail", reply.error().code()));
}

}  // namespace privity
