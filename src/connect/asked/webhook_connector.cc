#include "connect/asked/webhook_connector.h"

#include "base/id.h"
#include "connect/asked/asked_connector.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/http_calls.h"
#include "net/outbound.h"
#include "net/webhook.h"

namespace privity {
namespace {

using connect_internal::AskedAnswer;
using connect_internal::AskedConnector;
using connect_internal::AskedSheet;
using connect_internal::HttpOrigin;
using connect_internal::IsEncryptedHttp;
using connect_internal::MakeCall;
using connect_internal::SendPatiently;

constexpr std::size_t kRecordsMax = 10'000;

Json ToJsonList(const std::vector<FieldValue>& identifiers) {
  Json list = Json::Array();
  for (const FieldValue& each : identifiers) {
    if (each.value) list.Push(Json::Object({{"kind", each.field}, {"value", *each.value}}));
  }
  return list;
}

class WebhookConnector final : public AskedConnector {
 public:
  WebhookConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : AskedConnector(WebhookKind(), url, options), resolver_(resolver), http_(resolver) {}

  Result<StoreSheet> Probe() override {
    bool is_encrypted = false;
    PRIVITY_TRY_VOID(Call("privity.ping", Json::Object(), is_encrypted));
    return StoreSheet{.product = std::string(kind().name), .encrypted = is_encrypted};
  }

 private:
  Result<AskedAnswer> Ask(const PersonOrder& order) override;
  Result<OutboundResponse> Call(std::string_view type, Json data, bool& is_encrypted) const;
  Error OfStatus(int status) const;
  Result<AskedAnswer> Read(const OutboundResponse& response) const;

  const Resolver& resolver_;
  const GuardedHttp http_;
};

Error WebhookConnector::OfStatus(int status) const {
  if (status == 401 || status == 403) return MakeError("connect.login");
  if (status == 404 || status == 410) return MakeError("connect.database_missing");
  if (status == 429 || status == 503) return MakeError("connect.busy");
  return MakeError(status >= 500 ? "connect.unreachable" : "connect.failed");
}

Result<OutboundResponse> WebhookConnector::Call(std::string_view type, Json data, bool& is_encrypted) const {
  PRIVITY_TRY(const WebhookSecret secret, WebhookSecret::Parse(url().password()));
  PRIVITY_TRY(is_encrypted, IsEncryptedHttp(url(), url().host(), options(), resolver_));
  PRIVITY_TRY(Url target, Url::Parse(HttpOrigin(is_encrypted, url().host(), url().port()) +
                                     (url().path().empty() ? "/" : url().path())));
  const SystemClock clock;
  const Instant now = clock.Now();
  OutboundRequest request = MakeCall(std::move(target), options());
  request.method = "POST";
  request.body =
      ToJson(Json::Object({{"type", std::string(type)}, {"timestamp", FormatInstant(now)}, {"data", std::move(data)}}));
  const WebhookHeaders headers =
      SignWebhook(std::span(&secret, 1), "msg_" + Uuid::NewV7(clock).ToString(), now, request.body);
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", headers.id},
                     {"webhook-timestamp", headers.timestamp},
                     {"webhook-signature", headers.signature}};
  const OutboundPolicy policy{
      .addresses = options().addresses, .allow_http = !is_encrypted, .ca_file = options().ca_file};
  PRIVITY_TRY(OutboundResponse response, SendPatiently(http_, request, policy, options(), label(), "held"));
  if (response.status < 200 || response.status > 299) return OfStatus(response.status);
  return response;
}

// Only a plain "done" counts as done.
Result<AskedAnswer> WebhookConnector::Read(const OutboundResponse& response) const {
  if (response.status == 202) return AskedAnswer{};
  const auto body = ParseJson(response.body);
  const Json* status = body.ok() ? body->Find("status") : nullptr;
  const std::string* word = status == nullptr ? nullptr : status->string();
  if (word == nullptr) return MakeError("connect.answer_unclear");
  if (*word == "waiting") return AskedAnswer{};
  if (*word == "refused") return AskedAnswer{.kind = AskedAnswer::Kind::kRefused};
  if (*word == "not_held") return AskedAnswer{.kind = AskedAnswer::Kind::kNotHeld};
  if (*word != "done") return MakeError("connect.answer_unclear");
  AskedAnswer answer{.kind = AskedAnswer::Kind::kDone};
  const Json* records = body->Find("records");
  if (records == nullptr) return answer;
  const auto* items = records->items();
  if (items == nullptr || items->size() > kRecordsMax) return MakeError("connect.answer_unclear");
  for (const Json& item : *items) {
    if (item.members() == nullptr) return MakeError("connect.answer_unclear");
    answer.records.push_back(item);
  }
  return answer;
}

Result<AskedAnswer> WebhookConnector::Ask(const PersonOrder& order) {
  PRIVITY_TRY_VOID(order.desk->Place(order, OrderMedium::kCall, "", ""));
  bool is_encrypted = false;
  Json data = Json::Object({{"order", order.id}, {"identifiers", ToJsonList(order.identifiers)}});
  PRIVITY_TRY(
      const OutboundResponse response,
      Call(order.act == OrderAct::kErasure ? "person.erasure" : "person.access", std::move(data), is_encrypted));
  PRIVITY_TRY(AskedAnswer answer, Read(response));
  if (answer.kind != AskedAnswer::Kind::kWaiting) {
    PRIVITY_TRY_VOID(order.desk->Answered(order, answer.kind == AskedAnswer::Kind::kRefused));
  }
  return answer;
}

Result<std::unique_ptr<Connector>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                        const Resolver& resolver) {
  if (url.host().empty()) return Error("connect.url_invalid", {{"problem", "no host"}});
  return std::unique_ptr<Connector>(std::make_unique<WebhookConnector>(url, options, resolver));
}

}  // namespace

const ConnectorKind& WebhookKind() {
  using namespace connect_internal;
  static const ConnectorKind kind{.name = "Webhook",
                                  .title = "connect.kind_webhook",
                                  .schemes = {"webhook"},
                                  .parts = {HostPart(),
                                            PortPart(),
                                            {.name = "path", .label = "connect.part_hook_path"},
                                            PasswordPart("connect.part_hook_secret"),
                                            EncryptionPart({"verify-full", "disable"})},
                                  .sheet = AskedSheet(),
                                  .open = Open};
  return kind;
}

}  // namespace privity
