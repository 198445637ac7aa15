#include "connect/http/service_calls.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/bytes.h"
#include "base/utf8.h"
#include "connect/internal/http_calls.h"
#include "connect/internal/patience.h"

namespace privity::connect_internal {
namespace {

constexpr JsonLimits kAnswerLimits = {.size_bytes_max = 64 << 20, .depth_max = 64};

const Json& Nothing() {
  static const Json null;
  return null;
}

// Everything but the unreserved characters of RFC 3986 section 2.3.
std::string Encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append("%").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    }
  }
  return out;
}

// "metadata[note]": names of members in brackets, as forms of nested values are spelled.
void AppendForm(const Json& value, const std::string& name, std::string& out) {
  if (const auto* members = value.members()) {
    for (const Json::Member& member : *members) {
      AppendForm(member.value, name.empty() ? member.key : name + "[" + member.key + "]", out);
    }
    return;
  }
  const std::string* text = value.string();
  if (!out.empty()) out += '&';
  out += Encoded(name) + "=" + (text != nullptr ? Encoded(*text) : value.is_null() ? "" : Encoded(ToJson(value)));
}

}  // namespace

const Json& JsonAt(const Json& document, std::string_view path) {
  const Json* at = &document;
  while (!path.empty()) {
    const std::string_view member = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), member.size() + 1));
    at = at->Find(member);
    if (at == nullptr) return Nothing();
  }
  return *at;
}

std::string TextAt(const Json& document, std::string_view path) {
  const Json& value = JsonAt(document, path);
  if (const std::string* text = value.string()) return *text;
  if (const auto* number = value.integer()) return std::to_string(*number);
  return "";
}

void PutAt(Json& document, std::string_view path, Json value) {
  const std::string_view member = path.substr(0, path.find('.'));
  if (member.size() == path.size()) {
    document.Set(member, std::move(value));
    return;
  }
  Json inner = document[member].members() != nullptr ? document[member] : Json::Object();
  PutAt(inner, path.substr(member.size() + 1), std::move(value));
  document.Set(member, std::move(inner));
}

std::string Filled(std::string_view text, const CallValues& values, bool is_encoded) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    const auto value = values.find(text.substr(open + 1, close - open - 1));
    out += text.substr(0, value == values.end() ? close + 1 : open);
    if (value != values.end()) out += is_encoded ? Encoded(value->second) : value->second;
    text.remove_prefix(close + 1);
  }
  return out.append(text);
}

Json FilledJson(const Json& body, const CallValues& values) {
  if (const std::string* text = body.string()) return Filled(*text, values, false);
  if (const auto* items = body.items()) {
    Json filled = Json::Array();
    for (const Json& item : *items) filled.Push(FilledJson(item, values));
    return filled;
  }
  if (const auto* members = body.members()) {
    Json filled = Json::Object();
    for (const Json::Member& member : *members) filled.Set(member.key, FilledJson(member.value, values));
    return filled;
  }
  return body;
}

std::string NextLink(std::string_view header) {
  while (!header.empty()) {
    const std::size_t open = header.find('<');
    const std::size_t close = header.find('>', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) return "";
    const std::string_view address = header.substr(open + 1, close - open - 1);
    const std::size_t end = std::min(header.find('<', close), header.size());
    const std::string_view parameters = header.substr(close + 1, end - close - 1);
    if (parameters.find("rel=\"next\"") != std::string_view::npos ||
        parameters.find("rel=next") != std::string_view::npos) {
      return std::string(address);
    }
    header.remove_prefix(end);
  }
  return "";
}

Duration Pace::Next(std::chrono::steady_clock::time_point now) {
  if (!rate_) return Duration::zero();
  auto at = now;
  if (static_cast<int>(made_.size()) == rate_->requests) {
    at = std::max(now, made_.front() + std::chrono::seconds(rate_->seconds));
    made_.pop_front();
  }
  made_.push_back(at);
  return std::chrono::duration_cast<Duration>(at - now);
}

ServiceCaller::ServiceCaller(const ServiceDescription& service, const ConnectionUrl& url, const ConnectOptions& options,
                             const Resolver& resolver, std::unique_ptr<OutboundHttp> http, std::string label)
    : service_(service),
      url_(url),
      options_(options),
      resolver_(resolver),
      http_(std::move(http)),
      label_(std::move(label)),
      pace_(service.rate) {}

Result<bool> ServiceCaller::IsEncrypted() {
  if (is_encrypted_) return *is_encrypted_;
  PRIVITY_TRY(is_encrypted_, IsEncryptedHttp(url_, Host(), options_, resolver_));
  return *is_encrypted_;
}

Result<std::string> ServiceCaller::Origin() {
  PRIVITY_TRY(const bool is_encrypted, IsEncrypted());
  return HttpOrigin(is_encrypted, Host(), url_.port());
}

Result<Url> ServiceCaller::UrlOf(const ServiceCall& call, const CallValues& values) {
  PRIVITY_TRY(std::string text, Origin());
  text += Filled(service_.base + call.path, values, true);
  char separator = call.path.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : call.query) {
    text.append(1, separator).append(Encoded(name)).append("=").append(Encoded(Filled(value, values, false)));
    separator = '&';
  }
  return Url::Parse(text);
}

SecretString ServiceCaller::Authorization() const {
  const std::string& secret = url_.password().Reveal();
  switch (service_.sign_in.method) {
    case SignInMethod::kBearer:
      return SecretString("Bearer " + secret);
    case SignInMethod::kBasic: {
      const std::string user = Filled(service_.sign_in.user, {{"user", url_.user()}}, false);
      return SecretString("Basic " + Base64Encode(AsBytes(user + ":" + secret)));
    }
    case SignInMethod::kHeader:
      break;
  }
  return {};
}

Result<OutboundRequest> ServiceCaller::RequestTo(Url url) const {
  OutboundRequest request = MakeCall(std::move(url), options_);
  request.authorization = Authorization();
  request.headers.push_back({"accept", "application/json"});
  for (const auto& [name, value] : service_.headers) request.headers.push_back({name, value});
  if (service_.sign_in.method == SignInMethod::kHeader) {
    request.headers.push_back({service_.sign_in.name, service_.sign_in.prefix + url_.password().Reveal()});
  }
  return request;
}

Result<ServiceCaller::Answer> ServiceCaller::Call(const ServiceCall& call, const CallValues& values,
                                                  const std::string& place) {
  PRIVITY_TRY(Url url, UrlOf(call, values));
  PRIVITY_TRY(OutboundRequest request, RequestTo(std::move(url)));
  request.method = call.method;
  if (call.body.members() != nullptr) {
    const Json body = FilledJson(call.body, values);
    const bool is_form = call.encoding == CallEncoding::kForm;
    request.headers.push_back({"content-type", is_form ? "application/x-www-form-urlencoded" : "application/json"});
    if (is_form) AppendForm(body, "", request.body);
    if (!is_form) request.body = ToJson(body);
  }
  return Send(request, place);
}

Result<ServiceCaller::Answer> ServiceCaller::CallAt(const std::string& address, const std::string& place) {
  PRIVITY_TRY(const std::string origin, Origin());
  PRIVITY_TRY(const Url here, Url::Parse(origin + "/"));
  auto there = here.Resolve(address);
  // The secret goes nowhere but to the server that it was given for.
  if (!there.ok() || there->Origin() != here.Origin()) {
    return Error("connect.paging_elsewhere", {{"store", label_}, {"place", place}});
  }
  PRIVITY_TRY(const OutboundRequest request, RequestTo(*std::move(there)));
  return Send(request, place);
}

Result<ServiceCaller::Answer> ServiceCaller::Send(const OutboundRequest& request, const std::string& place) {
  const SystemClock clock;
  if (!WaitPatiently(pace_.Next(clock.Monotonic()), options_.stop)) {
    return Error("connect.cancelled", {{"store", label_}, {"place", place}});
  }
  PRIVITY_TRY(const bool is_encrypted, IsEncrypted());
  const OutboundPolicy policy{
      .addresses = options_.addresses, .allow_http = !is_encrypted, .ca_file = options_.ca_file};
  PRIVITY_TRY(const OutboundResponse answer, SendPatiently(*http_, request, policy, options_, label_, place));
  const bool is_gone = answer.status == 404 || answer.status == 410;
  if (!is_gone && (answer.status < 200 || answer.status > 299)) return Failure(request, answer, place);
  Answer out{.status = answer.status, .link = NextLink(answer.Header("link").value_or(""))};
  if (is_gone || answer.body.empty()) return out;
  auto body = ParseJson(answer.body, kAnswerLimits);
  if (body.ok()) out.body = *std::move(body);
  if (!body.ok() && request.method == "GET") {
    return Error("connect.failed", {{"store", label_}, {"place", place}, {"reason", "not JSON"}});
  }
  return out;
}

Error ServiceCaller::Failure(const OutboundRequest& request, const OutboundResponse& answer,
                             const std::string& place) const {
  const auto as = [&](std::string code) { return Error(std::move(code), {{"store", label_}, {"place", place}}); };
  if (answer.status == 401) return Error("connect.login", {{"store", label_}});
  if (answer.status == 403) return as("connect.permission");
  if (answer.status == 429 || answer.status == 503) return as("connect.busy");
  const bool is_refused = answer.status == 400 || answer.status == 409 || answer.status == 412 || answer.status == 422;
  if (request.method != "GET" && is_refused) {
    return Error("connect.refused",
                 {{"store", label_}, {"collection", place}, {"constraint", "HTTP " + std::to_string(answer.status)}});
  }
  return as("connect.failed").With("reason", "HTTP " + std::to_string(answer.status));
}

ServicePages::ServicePages(ServiceCaller& caller, const ServiceCall& list, const ServicePaging& paging, std::string key,
                           CallValues values, std::string store, std::string place)
    : caller_(caller),
      list_(list),
      paging_(paging),
      key_(std::move(key)),
      values_(std::move(values)),
      store_(std::move(store)),
      place_(std::move(place)),
      page_(paging.first_page) {}

Result<ServiceCaller::Answer> ServicePages::Ask() {
  const bool is_address = paging_.style == PagingStyle::kNextUrl || paging_.style == PagingStyle::kLink;
  if (is_address && !next_.empty()) return caller_.CallAt(next_, place_);
  ServiceCall call = list_;
  if (paging_.size > 0) call.query[paging_.size_parameter] = std::to_string(paging_.size);
  if (paging_.style == PagingStyle::kPage) call.query[paging_.parameter] = std::to_string(page_);
  if (paging_.style == PagingStyle::kOffset) call.query[paging_.parameter] = std::to_string(offset_);
  const bool has_mark = paging_.style == PagingStyle::kCursor || paging_.style == PagingStyle::kLastKey;
  if (!has_mark || next_.empty()) return caller_.Call(call, values_, place_);
  CallValues values = values_;
  values.insert_or_assign("next", next_);
  call.query[paging_.parameter] = "{next}";
  return caller_.Call(call, values, place_);
}

Status ServicePages::Walk(const std::function<Result<bool>(const Json& item)>& on_item, std::int64_t pages_max) {
  for (std::int64_t pages = 0; pages < pages_max; ++pages) {
    PRIVITY_TRY(ServiceCaller::Answer answer, Ask());
    if (answer.status == 404 || answer.status == 410) return MakeError("connect.missing");
    const Json& list = JsonAt(answer.body, list_.items);
    if (list.items() == nullptr)
      return MakeError("connect.failed").With("reason", "no list at \"" + list_.items + "\"");
    const std::size_t count = list.items()->size();
    const std::string first_key = count == 0 ? "" : TextAt(list.items()->front(), key_);
    const std::string last_key = count == 0 ? "" : TextAt(list.items()->back(), key_);
    if (pages > 0 && !first_key.empty() && first_key == first_key_) return MakeError("connect.paging_endless");
    first_key_ = first_key;
    for (const Json& item : *list.items()) {
      PRIVITY_TRY(const bool goes_on, on_item(item));
      if (!goes_on) return Ok();
    }
    PRIVITY_TRY(const bool has_more, Advance(answer, count, last_key));
    if (!has_more) return Ok();
  }
  return Ok();
}

Result<bool> ServicePages::Advance(const ServiceCaller::Answer& answer, std::size_t items,
                                   const std::string& last_key) {
  const bool* more = paging_.more.empty() ? nullptr : JsonAt(answer.body, paging_.more).boolean();
  if (more != nullptr && !*more) return false;
  // A page that is not full is not the last one: servers may give fewer than they are asked for.
  const bool is_end = more == nullptr && items == 0;
  std::string next;
  switch (paging_.style) {
    case PagingStyle::kNone:
      return false;
    case PagingStyle::kPage:
      ++page_;
      return !is_end;
    case PagingStyle::kOffset:
      offset_ += static_cast<std::int64_t>(items);
      return !is_end && items > 0;
    case PagingStyle::kLastKey:
      next = is_end ? "" : last_key;
      break;
    case PagingStyle::kCursor:
    case PagingStyle::kNextUrl:
      next = TextAt(answer.body, paging_.next);
      break;
    case PagingStyle::kLink:
      next = answer.link;
      break;
  }
  if (!next.empty() && next == next_) return MakeError("connect.paging_endless");
  next_ = std::move(next);
  return !next_.empty();
}

}  // namespace privity::connect_internal
