#include "connect/asked/webhook_connector.h"

#include <algorithm>
#include <memory>

#include "base/bytes.h"
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
constexpr std::size_t kFilesMax = 100;

Json ToJsonList(const std::vector<FieldValue>& identifiers) {
  Json list = Json::Array();
  for (const FieldValue& each : identifiers) {
    if (each.value) list.Push(Json::Object({{"kind", each.field}, {"value", *each.value}}));
  }
  return list;
}

Json ToJsonList(const std::vector<OrderedChange>& changes) {
  const auto text = [](const std::optional<std::string>& value) { return value ? Json(*value) : Json(); };
  Json list = Json::Array();
  for (const OrderedChange& each : changes) {
    list.Push(Json::Object({{"what", each.what}, {"before", text(each.before)}, {"after", text(each.after)}}));
  }
  return list;
}

// None: not a file of the form that docs/formats/order-webhook.md states.
std::optional<HandedFile> FileOf(const Json& item) {
  const Json* name = item.Find("name");
  const Json* content = item.Find("content");
  if (name == nullptr || name->string() == nullptr || name->string()->empty()) return std::nullopt;
  if (content == nullptr || content->string() == nullptr) return std::nullopt;
  auto bytes = Base64Decode(*content->string());
  if (!bytes.ok()) return std::nullopt;
  const auto size = static_cast<std::int64_t>(bytes->size());
  // Shared with the copies of the function below.
  const auto kept = std::make_shared<const SecretBytes>(std::move(*bytes));
  return HandedFile{.name = *name->string(),
                    .size_bytes = size,
                    .read = [kept](std::int64_t offset, std::size_t most) -> Result<SecretBytes> {
                      const BytesView all = kept->Reveal();
                      const BytesView rest = all.subspan(std::min(all.size(), static_cast<std::size_t>(offset)));
                      const BytesView piece = rest.first(std::min(rest.size(), most));
                      return SecretBytes(Bytes(piece.begin(), piece.end()));
                    }};
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
  Result<std::vector<const Json*>> ObjectsIn(const Json& body, std::string_view member, std::size_t most) const;

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

// None when the member is not there.
Result<std::vector<const Json*>> WebhookConnector::ObjectsIn(const Json& body, std::string_view member,
                                                             std::size_t most) const {
  std::vector<const Json*> objects;
  const Json* list = body.Find(member);
  if (list == nullptr) return objects;
  if (list->items() == nullptr || list->items()->size() > most) return MakeError("connect.answer_unclear");
  for (const Json& item : *list->items()) {
    if (item.members() == nullptr) return MakeError("connect.answer_unclear");
    objects.push_back(&item);
  }
  return objects;
}

// Only a plain "done" counts as done.
Result<AskedAnswer> WebhookConnector::Read(const OutboundResponse& response) const {
  if (response.status == 202) return AskedAnswer{};
  const auto body = ParseJson(response.body);
  const Json* status = body.ok() ? body->Find("status") : nullptr;
  const std::string* word = status == nullptr ? nullptr : status->string();
  if (word == nullptr) return MakeError("connect.answer_unclear");
  if (*word == "waiting") return AskedAnswer{};
  if (*word == "refused") return AskedAnswer{.outcome = OrderOutcome::kRefused};
  if (*word == "not_held") return AskedAnswer{.outcome = OrderOutcome::kNotHeld};
  if (*word != "done") return MakeError("connect.answer_unclear");
  AskedAnswer answer{.outcome = OrderOutcome::kDone};
  PRIVITY_TRY(const auto records, ObjectsIn(*body, "records", kRecordsMax));
  for (const Json* record : records) answer.records.push_back(*record);
  PRIVITY_TRY(const auto files, ObjectsIn(*body, "files", kFilesMax));
  for (const Json* each : files) {
    std::optional<HandedFile> file = FileOf(*each);
    if (!file) return MakeError("connect.answer_unclear");
    answer.files.push_back(std::move(*file));
  }
  return answer;
}

Result<AskedAnswer> WebhookConnector::Ask(const PersonOrder& order) {
  PRIVITY_TRY_VOID(order.desk->Place(order, OrderMedium::kCall, "", ""));
  bool is_encrypted = false;
  Json data = Json::Object({{"order", order.id}, {"identifiers", ToJsonList(order.identifiers)}});
  if (!order.changes.empty()) data.Set("changes", ToJsonList(order.changes));
  PRIVITY_TRY(const OutboundResponse response,
              Call("person." + std::string(EnumText(order.act)), std::move(data), is_encrypted));
  PRIVITY_TRY(AskedAnswer answer, Read(response));
  if (answer.outcome) {
    const std::size_t evidence = answer.records.size() + answer.files.size();
    PRIVITY_TRY_VOID(order.desk->Answered(order, *answer.outcome, static_cast<std::int64_t>(evidence)));
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
