// Calls of a described service (http/service_description.h), put together and paced; what its answers hold.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "connect/connector.h"
#include "connect/http/service_description.h"
#include "net/outbound.h"

namespace privity::connect_internal {

// What stands for {key}, {value}, {user} and {account}.
using CallValues = std::map<std::string, std::string, std::less<>>;

// What stands at a path of members, "paging.next.after"; "" is the document itself. Null when nothing does.
const Json& JsonAt(const Json& document, std::string_view path);
// A text or a number as text; "" for anything else.
std::string TextAt(const Json& document, std::string_view path);
// Puts a value at a path of members, and makes the objects on the way.
void PutAt(Json& document, std::string_view path, Json value);

// The texts of a template with what stands for their names.
std::string Filled(std::string_view text, const CallValues& values, bool is_encoded);
Json FilledJson(const Json& body, const CallValues& values);

// The address behind rel="next" of a Link header (RFC 8288), or "".
std::string NextLink(std::string_view header);

// Keeps below a rate by itself: no more calls than `requests` within any `seconds`.
class Pace {
 public:
  explicit Pace(std::optional<ServiceRate> rate) : rate_(rate) {}
  // How long to wait before the next call, which counts as made then.
  Duration Next(std::chrono::steady_clock::time_point now);

 private:
  const std::optional<ServiceRate> rate_;
  std::deque<std::chrono::steady_clock::time_point> made_;
};

// The service at one address. One thread.
class ServiceCaller {
 public:
  ServiceCaller(const ServiceDescription& service, const ConnectionUrl& url, const ConnectOptions& options,
                const Resolver& resolver, std::unique_ptr<OutboundHttp> http, std::string label);

  struct Answer {
    int status = 0;
    Json body{};  // null when it is empty
    std::string link{};
  };
  // `place` is the collection. Statuses that are no success are answers of 404 and 410, and otherwise errors in this
  // room's words.
  Result<Answer> Call(const ServiceCall& call, const CallValues& values, const std::string& place);
  // The same for the address of a next page: connect.paging_elsewhere when it is another server's.
  Result<Answer> CallAt(const std::string& address, const std::string& place);
  Result<bool> IsEncrypted();

 private:
  Result<Url> UrlOf(const ServiceCall& call, const CallValues& values);
  const std::string& Host() const { return url_.host().empty() ? service_.host : url_.host(); }
  Result<std::string> Origin();
  SecretString Authorization() const;
  Result<OutboundRequest> RequestTo(Url url) const;
  Result<Answer> Send(const OutboundRequest& request, const std::string& place);
  Error Failure(const OutboundRequest& request, const OutboundResponse& answer, const std::string& place) const;

  const ServiceDescription& service_;
  const ConnectionUrl url_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  const std::unique_ptr<OutboundHttp> http_;
  const std::string label_;
  Pace pace_;
  std::optional<bool> is_encrypted_;  // once it is known
};

// Walks through the pages of a list.
class ServicePages {
 public:
  ServicePages(ServiceCaller& caller, const ServiceCall& list, const ServicePaging& paging, std::string key,
               CallValues values, std::string store, std::string place);

  // False from `on_item` ends the walk. Besides those of a call: connect.paging_endless (a
  // page that was there already), connect.failed (no list where the description says).
  Status Walk(const std::function<Result<bool>(const Json& item)>& on_item, std::int64_t pages_max);

 private:
  Result<ServiceCaller::Answer> Ask();
  // Where the next page is; false when there is none.
  Result<bool> Advance(const ServiceCaller::Answer& answer, std::size_t items, const std::string& last_key);
  Error MakeError(std::string code) const { return Error(std::move(code), {{"store", store_}, {"place", place_}}); }

  ServiceCaller& caller_;
  const ServiceCall& list_;
  const ServicePaging& paging_;
  const std::string key_;
  const CallValues values_;
  const std::string store_;
  const std::string place_;
  std::string next_;  // cursor, key or address
  std::int64_t page_;
  std::int64_t offset_ = 0;
  std::string first_key_;  // of the page before
};

}  // namespace privity::connect_internal
