#include "connect/http/http_connector.h"

#include <algorithm>
#include <random>

#include "base/calendar.h"
#include "connect/http/service_calls.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"
#include "connect/json_cells.h"

namespace privity {
namespace {

using connect_internal::CallValues;
using connect_internal::CheckWritable;
using connect_internal::CutCell;
using connect_internal::HasValues;
using connect_internal::JsonAt;
using connect_internal::PutAt;
using connect_internal::ServiceCaller;
using connect_internal::ServicePages;
using connect_internal::ValueOf;

constexpr std::int64_t kPagesMax = 1'000'000;
constexpr std::int64_t kSampledPagesMax = 100;

class HttpConnector final : public Connector {
 public:
  HttpConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
                std::unique_ptr<OutboundHttp> http)
      : Connector(HttpKind(), url.Label()),
        url_(url),
        options_(options),
        resolver_(resolver),
        http_(std::move(http)),
        id_(url.path().empty() ? "" : url.path().substr(1)) {}

  Result<StoreSheet> Probe() override;
  Result<Description> Describe() override;
  bool Can(Capability capability, const Collection& collection) const override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;

 private:
  // The description, read when it is first needed. connect.database_missing when there is none of this name.
  Status Ready() const;
  Result<const ServiceCollection*> Known(const Collection& collection) const;
  CallValues Values() const { return {{"user", url_.user()}, {"account", url_.Parameter("account")}}; }
  CallValues ValuesOf(const FieldValue& key) const {
    CallValues values = Values();
    values["key"] = *key.value;
    return values;
  }
  // Nothing when there is no such record.
  Result<std::optional<Json>> Get(const ServiceCollection& known, const FieldValue& key) const;
  // The pages of the list that answers the quickest: of a look-up, or of everything.
  Status Walk(const ServiceCollection& known, const std::vector<FieldValue>& match,
              const std::function<Result<bool>(const Json& item)>& on_item) const;
  Result<const FieldValue*> KeyOf(const ServiceCollection& known, const std::vector<FieldValue>& key) const;
  // The body of an update: what the description says, with the changes.
  Result<ServiceCall> UpdateOf(const ServiceCollection& known, const std::vector<FieldValue>& changes) const;
  // The kind can, and this description does not say how.
  Error NotDescribed(Capability capability) const {
    return Error("connect.not_supported", {{"store", label()},
                                           {"kind", std::string(kind().name)},
                                           {"capability", std::string(EnumText(capability))},
                                           {"reason", "connect.cannot_not_described"}});
  }
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", label()}, {"place", std::move(place)}});
  }

  const ConnectionUrl url_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  mutable std::unique_ptr<OutboundHttp> http_;  // until the caller has it
  const std::string id_;
  mutable std::shared_ptr<const ServiceDescription> service_;
  mutable std::unique_ptr<ServiceCaller> caller_;
};

// An object as a record, under the names that the description gives its values.
class ServiceRecord {
 public:
  explicit ServiceRecord(const ServiceCollection& known) {
    for (const ServiceField& field : known.fields) {
      if (!field.from.empty()) names_.emplace(field.from, field.name);
    }
  }
  // Borrows from `item` and from this until the next call.
  Record Of(const Json& item, std::size_t cell_bytes_max) {
    json_.Fill(item, "", cells_);
    for (FieldCell& cell : cells_) {
      const auto name = names_.find(cell.field);
      if (name != names_.end()) cell.field = name->second;
      CutCell(cell_bytes_max, cell);
    }
    return cells_;
  }

 private:
  std::map<std::string, std::string, std::less<>> names_;
  JsonCells json_;
  std::vector<FieldCell> cells_;
};

// Where the key stands in the objects of the list.
std::string KeyPath(const ServiceCollection& known) {
  const auto field = std::ranges::find(known.fields, known.key, &ServiceField::name);
  return field == known.fields.end() || field->from.empty() ? known.key : field->from;
}

Collection CollectionOf(const ServiceCollection& known) {
  Collection collection{.name = {"", known.name}, .shape = CollectionShape::kDocuments, .key = {known.key}};
  for (const ServiceField& field : known.fields) {
    collection.fields.push_back({.name = field.name, .declared_type = field.type, .nullable = field.name != known.key});
    if (!field.refers_to) continue;
    collection.references.push_back({{field.name}, {"", field.refers_to->collection}, {field.refers_to->field}});
  }
  return collection;
}

Status HttpConnector::Ready() const {
  if (caller_ != nullptr) return Ok();
  if (!options_.packs) return Error("connect.database_missing", {{"store", label()}});
  const Date today(std::chrono::floor<std::chrono::days>(SystemClock().Now()));
  const auto service = options_.packs().Get<ServiceDescription>(kServiceKind, id_, today);
  if (!service.ok()) return Error("connect.database_missing", {{"store", label()}});
  if (url_.host().empty() && (*service)->host.empty()) {
    return Error("connect.url_invalid", {{"problem", "no host, which this service has for every customer"}});
  }
  service_ = *service;
  caller_ = std::make_unique<ServiceCaller>(*service_, url_, options_, resolver_, std::move(http_), label());
  return Ok();
}

Result<const ServiceCollection*> HttpConnector::Known(const Collection& collection) const {
  PRIVITY_TRY_VOID(Ready());
  const auto known = std::ranges::find(service_->collections, collection.name.name, &ServiceCollection::name);
  if (known == service_->collections.end()) return MakeError("connect.missing", collection.name.name);
  return &*known;
}

bool HttpConnector::Can(Capability capability, const Collection& collection) const {
  if (!Connector::Can(capability, collection)) return false;
  const auto known = Known(collection);
  if (!known.ok()) return false;
  switch (capability) {
    case Capability::kUpdate:
    case Capability::kRedact:
    case Capability::kFlag:
      return (*known)->update.has_value();
    case Capability::kDelete:
      return (*known)->deletion.has_value();
    default:
      return true;
  }
}

Result<StoreSheet> HttpConnector::Probe() {
  PRIVITY_TRY_VOID(Ready());
  PRIVITY_TRY(const ServiceCaller::Answer answer, caller_->Call(service_->probe, Values(), service_->product));
  if (answer.status >= 400) return Error("connect.database_missing", {{"store", label()}});
  PRIVITY_TRY(const bool is_encrypted, caller_->IsEncrypted());
  return StoreSheet{
      .product = service_->product, .version = service_->pack.version.ToString(), .encrypted = is_encrypted};
}

Result<Description> HttpConnector::Describe() {
  PRIVITY_TRY_VOID(Ready());
  Description description;
  for (const ServiceCollection& known : service_->collections) description.collections.push_back(CollectionOf(known));
  std::ranges::sort(description.collections, {}, &Collection::name);
  return description;
}

Status HttpConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  PRIVITY_TRY(const ServiceCollection* known, Known(collection));
  ServiceRecord record(*known);
  return Walk(*known, {}, [&](const Json& item) -> Result<bool> {
    PRIVITY_TRY_VOID(sink.Take(record.Of(item, options_.cell_bytes_max)));
    return true;
  });
}

// Objects drawn evenly (reservoir, by the same lots each time) from the first pages.
Status HttpConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  PRIVITY_TRY(const ServiceCollection* known, Known(collection));
  std::vector<Json> drawn;
  std::minstd_rand lots(1);
  std::uint64_t seen = 0;
  ServicePages pages(*caller_, known->list, known->paging, KeyPath(*known), Values(), label(), known->name);
  PRIVITY_TRY_VOID(pages.Walk(
      [&](const Json& item) -> Result<bool> {
        ++seen;
        if (std::cmp_less(drawn.size(), limits.records_max)) {
          drawn.push_back(item);
        } else if (const std::uint64_t at = lots() % seen; at < drawn.size()) {
          drawn[at] = item;
        }
        return true;
      },
      kSampledPagesMax));
  ServiceRecord record(*known);
  for (const Json& item : drawn) PRIVITY_TRY_VOID(sink.Take(record.Of(item, limits.cell_bytes_max)));
  return Ok();
}

Status HttpConnector::Walk(const ServiceCollection& known, const std::vector<FieldValue>& match,
                           const std::function<Result<bool>(const Json& item)>& on_item) const {
  const auto guarded = [&](const Json& item) -> Result<bool> {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", known.name);
    return on_item(item);
  };
  for (const ServiceLookup& lookup : known.find) {
    const FieldValue* wanted = ValueOf(match, lookup.field);
    if (wanted == nullptr || !wanted->value) continue;
    CallValues values = Values();
    values["value"] = *wanted->value;
    const ServicePaging usual = lookup.call.method == "GET" ? known.paging : ServicePaging();
    const ServicePaging paging = lookup.paging.value_or(usual);
    ServicePages found(*caller_, lookup.call, paging, KeyPath(known), std::move(values), label(), known.name);
    return found.Walk(guarded, kPagesMax);
  }
  ServicePages pages(*caller_, known.list, known.paging, KeyPath(known), Values(), label(), known.name);
  return pages.Walk(guarded, kPagesMax);
}

Result<std::optional<Json>> HttpConnector::Get(const ServiceCollection& known, const FieldValue& key) const {
  PRIVITY_TRY(ServiceCaller::Answer answer, caller_->Call(*known.get, ValuesOf(key), known.name));
  if (answer.status >= 400) return std::optional<Json>();
  const bool* is_gone = known.get->gone.empty() ? nullptr : JsonAt(answer.body, known.get->gone).boolean();
  const Json& item = JsonAt(answer.body, known.get->item);
  if ((is_gone != nullptr && *is_gone) || item.members() == nullptr) return std::optional<Json>();
  return std::optional(item);
}

Status HttpConnector::Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                           RecordSink& sink) {
  PRIVITY_TRY(const ServiceCollection* known, Known(collection));
  ServiceRecord record(*known);
  const FieldValue* key = ValueOf(match, known->key);
  if (key != nullptr && key->value && known->get) {
    PRIVITY_TRY(const std::optional<Json> item, Get(*known, *key));
    if (!item) return Ok();
    const Record found = record.Of(*item, options_.cell_bytes_max);
    return HasValues(found, match) && records_max > 0 ? sink.Take(found) : Ok();
  }
  std::int64_t taken = 0;
  return Walk(*known, match, [&](const Json& item) -> Result<bool> {
    const Record found = record.Of(item, options_.cell_bytes_max);
    if (!HasValues(found, match)) return true;
    PRIVITY_TRY_VOID(sink.Take(found));
    return ++taken < records_max;
  });
}

Result<const FieldValue*> HttpConnector::KeyOf(const ServiceCollection& known,
                                               const std::vector<FieldValue>& key) const {
  if (key.size() == 1 && key[0].field == known.key && key[0].value) return &key[0];
  return Error("connect.no_key", {{"store", label()}, {"collection", known.name}});
}

Result<ServiceCall> HttpConnector::UpdateOf(const ServiceCollection& known,
                                            const std::vector<FieldValue>& changes) const {
  ServiceCall call = *known.update;
  if (call.body.members() == nullptr) call.body = Json::Object();
  for (const FieldValue& change : changes) {
    const auto field = std::ranges::find(known.fields, change.field, &ServiceField::name);
    if (field == known.fields.end() || field->writes.empty()) {
      return Error("connect.refused", {{"store", label()}, {"collection", known.name}, {"constraint", change.field}});
    }
    PutAt(call.body, field->writes, change.value ? Json(*change.value) : Json());
  }
  return call;
}

Result<WriteOutcome> HttpConnector::Update(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected,
                                           const std::vector<FieldValue>& changes) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const ServiceCollection* known, Known(collection));
  if (!known->update) return NotDescribed(Capability::kUpdate);
  PRIVITY_TRY(const FieldValue* named, KeyOf(*known, key));
  PRIVITY_TRY(const std::optional<Json> now, Get(*known, *named));
  ServiceRecord record(*known);
  const Error changed("connect.changed", {{"store", label()}, {"collection", known->name}});
  if (!now) return changed;
  const Record read = record.Of(*now, options_.cell_bytes_max);
  if (HasValues(read, changes)) return WriteOutcome::kAlreadyDone;
  if (!HasValues(read, expected)) return changed;
  PRIVITY_TRY(const ServiceCall call, UpdateOf(*known, changes));
  PRIVITY_TRY(const ServiceCaller::Answer answer, caller_->Call(call, ValuesOf(*named), known->name));
  return answer.status >= 400 ? Result<WriteOutcome>(changed) : WriteOutcome::kDone;
}

Result<WriteOutcome> HttpConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const ServiceCollection* known, Known(collection));
  if (!known->deletion) return NotDescribed(Capability::kDelete);
  PRIVITY_TRY(const FieldValue* named, KeyOf(*known, key));
  PRIVITY_TRY(const std::optional<Json> now, Get(*known, *named));
  if (!now) return WriteOutcome::kAlreadyDone;
  ServiceRecord record(*known);
  if (!HasValues(record.Of(*now, options_.cell_bytes_max), expected)) {
    return Error("connect.changed", {{"store", label()}, {"collection", known->name}});
  }
  PRIVITY_TRY(const ServiceCaller::Answer answer, caller_->Call(*known->deletion, ValuesOf(*named), known->name));
  return answer.status >= 400 ? WriteOutcome::kAlreadyDone : WriteOutcome::kDone;
}

}  // namespace

std::unique_ptr<Connector> MakeHttpConnector(const ConnectionUrl& url, const ConnectOptions& options,
                                             const Resolver& resolver, std::unique_ptr<OutboundHttp> http) {
  return std::make_unique<HttpConnector>(url, options, resolver, std::move(http));
}

const ConnectorKind& HttpKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "HTTP",
      .title = "connect.kind_http",
      .schemes = {"api"},
      .parts = {{.name = "path",
                 .label = "connect.part_service",
                 .help = "connect.part_service_help",
                 .needed = true,
                 .is_service = true},
                {.name = "host", .label = "connect.part_host", .help = "connect.part_service_host_help"},
                PortPart(),
                {.name = "user", .label = "connect.part_user", .help = "connect.part_service_user_help"},
                PasswordPart("connect.part_token"),
                {.name = "account", .label = "connect.part_account", .help = "connect.part_account_help"},
                EncryptionPart()},
      .sheet = {.cannot = {{Capability::kEstimate, "connect.cannot_not_counted"},
                           {Capability::kSplit, "connect.cannot_one_cursor"},
                           {Capability::kInsert, "connect.cannot_made_elsewhere"},
                           {Capability::kDeleteObject, "connect.cannot_no_objects"},
                           {Capability::kGrants, "connect.cannot_grants_hidden"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kCountOlder, "connect.cannot_count_older"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_position"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.path().size() < 2) {
          return Error("connect.url_invalid", {{"problem", "no name of a described service, as in api:///stripe"}});
        }
        return MakeHttpConnector(url, options, resolver, std::make_unique<GuardedHttp>(resolver));
      },
  };
  return kind;
}

}  // namespace privity
