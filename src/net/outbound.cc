#include "net/outbound.h"

#include <algorithm>
#include <array>

#include "net/internal/curl_handle.h"

namespace privity {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kResponseHeaderBytesMax = 64 * 1024;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// RFC 9110 section 5.6.2.
bool IsToken(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kMarks.find(c) != kMarks.npos;
  });
}

// A header value with a line break would add headers of somebody else's choosing.
bool IsFieldValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c == '\t' || (c >= ' ' && c != 0x7f); });
}

Status CheckRequest(const OutboundRequest& request) {
  if (!IsToken(request.method)) return Error("net.header_invalid", {{"name", "method"}});
  for (const OutboundHeader& header : request.headers) {
    if (!IsToken(header.name) || !IsFieldValue(header.value)) {
      return Error("net.header_invalid", {{"name", IsToken(header.name) ? header.name : "?"}});
    }
  }
  if (!IsFieldValue(request.authorization.Reveal())) return Error("net.header_invalid", {{"name", "Authorization"}});
  return Ok();
}

// What travels to the next hop; a redirect may change the method and lose the body and the private headers.
struct Hop {
  Url url;
  std::string method;
  bool with_body;
  bool same_origin;  // as the caller's own URL
};

// Everything that one transfer collects; libcurl's callbacks write here.
class Collector {
 public:
  Collector(const OutboundRequest& request, const std::string& host) : request_(request), host_(host) {}

  static std::size_t OnHeader(char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<Collector*>(self)->AddHeader({data, size}) ? size : CURL_WRITEFUNC_ERROR;
  }
  static std::size_t OnBody(char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<Collector*>(self)->AddBody({data, size}) ? size : CURL_WRITEFUNC_ERROR;
  }

  static std::size_t OnUpload(char* data, std::size_t, std::size_t size, void* self) {
    auto& collector = *static_cast<Collector*>(self);
    auto read = collector.request_.upload->read({data, size});
    if (read.ok()) return *read;
    collector.error = std::move(read).error();
    return CURL_READFUNC_ABORT;
  }

  OutboundResponse response;
  std::optional<Error> error;

 private:
  bool AddHeader(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kResponseHeaderBytesMax) return Stop(TooLarge());
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {  // a new answer begins: an interim one (1xx) is dropped
      response.headers.clear();
      const auto space = line.find(' ');
      redirects_ = request_.limits.redirects_max > 0 && space != line.npos && line.substr(space + 1).starts_with('3');
      return true;
    }
    const auto colon = line.find(':');
    if (colon == line.npos) return true;
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
    response.headers.push_back({Lower(line.substr(0, colon)), std::string(value)});
    return true;
  }

  bool AddBody(std::string_view piece) {
    body_bytes_ += static_cast<std::int64_t>(piece.size());
    if (body_bytes_ > request_.limits.response_bytes_max) return Stop(TooLarge());
    if (!request_.on_body) {
      response.body += piece;
      return true;
    }
    if (redirects_) return true;  // the callback sees the final answer only
    Status taken = request_.on_body(piece);
    return taken.ok() || Stop(std::move(taken).error());
  }

  bool Stop(Error why) {
    error = std::move(why);
    return false;
  }
  Error TooLarge() const { return Error("net.too_large", {{"host", host_}}); }

  const OutboundRequest& request_;
  const std::string& host_;
  std::size_t header_bytes_ = 0;
  std::int64_t body_bytes_ = 0;
  bool redirects_ = false;
};

std::vector<std::string> HeaderLines(const OutboundRequest& request, const Hop& hop) {
  std::vector<std::string> lines = {"Expect:"};  // no waiting for 100 Continue
  bool has_agent = false;
  bool has_type = false;
  for (const OutboundHeader& header : request.headers) {
    const std::string name = Lower(header.name);
    if (!hop.same_origin && name != "accept" && name != "accept-language") continue;
    if (!hop.with_body && name.starts_with("content-")) continue;
    has_agent |= name == "user-agent";
    has_type |= name == "content-type";
    // libcurl leaves out a header without a value unless it ends in a semicolon.
    lines.push_back(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  if (!has_agent) lines.push_back("User-Agent: Privity");
  if (!has_type) lines.push_back("Content-Type:");
  if (hop.same_origin && !request.authorization.empty()) {
    lines.push_back("Authorization: " + request.authorization.Reveal());
  }
  return lines;
}

std::chrono::milliseconds Left(SteadyTime deadline) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
}

void SetRequest(CurlHandle& curl, const OutboundRequest& request, const Hop& hop) {
  curl.Set(CURLOPT_PROTOCOLS_STR, hop.url.is_https() ? "https" : "http");
  curl.Set(CURLOPT_URL, hop.url.ToString().c_str());
  if (hop.method == "HEAD") {
    curl.Set(CURLOPT_NOBODY, 1L);
  } else if (hop.with_body && request.upload) {
    curl.Set(CURLOPT_POST, 1L);
    curl.Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.upload->size_bytes));
  } else if (hop.with_body && (!request.body.empty() || hop.method != "GET")) {
    curl.Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl.Set(CURLOPT_POSTFIELDS, request.body.data());
  }
  curl.Set(CURLOPT_CUSTOMREQUEST, hop.method.c_str());
  curl.SetHeaders(HeaderLines(request, hop));
}

Result<OutboundResponse> Perform(CurlHandle& curl, const OutboundRequest& request, const Hop& hop,
                                 SteadyTime deadline) {
  const auto left = Left(deadline);
  if (left.count() <= 0) return Error("net.timeout", {{"host", hop.url.host()}, {"phase", "transfer"}});
  Collector collector(request, hop.url.host());
  SetRequest(curl, request, hop);
  curl.SetTimeouts(std::min(request.limits.connect_timeout, left), left, request.limits.stall_timeout);
  curl.Set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.limits.response_bytes_max));
  curl.Set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl.Set(CURLOPT_HEADERFUNCTION, &Collector::OnHeader);
  curl.Set(CURLOPT_HEADERDATA, &collector);
  curl.Set(CURLOPT_WRITEFUNCTION, &Collector::OnBody);
  curl.Set(CURLOPT_WRITEDATA, &collector);
  curl.Set(CURLOPT_READFUNCTION, &Collector::OnUpload);
  curl.Set(CURLOPT_READDATA, &collector);
  const CURLcode code = curl.Perform();
  if (code != CURLE_OK) return curl.ToError(code, hop.url.host(), collector.error);
  collector.response.status = static_cast<int>(curl.ResponseCode());
  collector.response.url = hop.url;
  return std::move(collector.response);
}

void SetProxy(CurlHandle& curl, const OutboundProxy& proxy) {
  curl.Set(CURLOPT_PROXY, proxy.url.Origin().c_str());
  curl.Set(CURLOPT_HTTPPROXYTUNNEL, 1L);
  if (!proxy.credentials.empty()) curl.Set(CURLOPT_PROXYUSERPWD, proxy.credentials.Reveal().c_str());
}

// The proxy's own address is the operator's choice and may be private; the target is checked as far as it can be from
// here.
Result<CheckedTarget> CheckProxied(const Resolver& resolver, const OutboundProxy& proxy, const Url& url,
                                   const AddressPolicy& policy, std::chrono::milliseconds timeout) {
  PRIVITY_TRY_VOID(policy.CheckHost(url.host()));
  if (const auto literal = IpAddress::Parse(url.host()); literal.ok()) {
    PRIVITY_TRY_VOID(policy.CheckAddress(url.host(), *literal));
  }
  CheckedTarget target{.host = proxy.url.host(), .port = proxy.url.port()};
  if (const auto literal = IpAddress::Parse(target.host); literal.ok()) {
    target.addresses = {*literal};
    return target;
  }
  PRIVITY_TRY(target.addresses, resolver.Resolve(target.host, timeout));
  return target;
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// RFC 9110 section 15.4, as browsers do it: 303 becomes GET; a POST after 301 or 302 becomes GET; 307 and 308 repeat
// the request.
Result<Hop> FollowRedirect(const Hop& from, const OutboundResponse& response, const OutboundRequest& request) {
  const auto location = response.Header("location");
  if (!location) return Error("net.redirect_refused", {{"host", from.url.host()}, {"problem", "no Location"}});
  auto url = from.url.Resolve(*location);
  if (!url.ok()) {
    const std::string problem(url.error().Parameter("problem"));
    return Error("net.redirect_refused", {{"host", from.url.host()}, {"problem", problem}});
  }
  if (from.url.is_https() && !url->is_https()) {
    return Error("net.redirect_refused", {{"host", from.url.host()}, {"problem", "from https to http"}});
  }
  Hop next{.url = *url,
           .method = from.method,
           .with_body = from.with_body,
           .same_origin = from.same_origin && url->Origin() == request.url.Origin()};
  const bool becomes_get =
      (response.status == 303 && from.method != "HEAD") || (response.status <= 302 && from.method == "POST");
  if (becomes_get) {
    next.method = "GET";
    next.with_body = false;
  }
  if (next.with_body && request.upload) {
    return Error("net.redirect_refused", {{"host", from.url.host()}, {"problem", "a file would be sent again"}});
  }
  if (next.with_body && !request.body.empty() && !next.same_origin) {
    return Error("net.redirect_refused", {{"host", from.url.host()}, {"problem", "a body would go to another origin"}});
  }
  return next;
}

}  // namespace

std::optional<std::string_view> OutboundResponse::Header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.name == name; });
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

GuardedHttp::GuardedHttp(const Resolver& resolver, std::optional<OutboundProxy> proxy)
    : resolver_(resolver), proxy_(std::move(proxy)) {}

Result<OutboundResponse> GuardedHttp::Send(const OutboundRequest& request, const OutboundPolicy& policy) const {
  PRIVITY_TRY_VOID(CheckRequest(request));
  const SteadyTime deadline = std::chrono::steady_clock::now() + request.limits.total_timeout;
  const bool through_proxy = proxy_.has_value() && policy.addresses.allowed_networks.empty();
  Hop hop{.url = request.url, .method = request.method, .with_body = true, .same_origin = true};
  for (int redirects = 0;; ++redirects) {
    const std::string& host = hop.url.host();
    if (!hop.url.is_https() && !policy.allow_http) return Error("net.scheme_refused", {{"host", host}});
    const auto lookup_timeout = std::min(request.limits.connect_timeout, Left(deadline));
    PRIVITY_TRY(CheckedTarget target,
                through_proxy ? CheckProxied(resolver_, *proxy_, hop.url, policy.addresses, lookup_timeout)
                              : CheckTarget(resolver_, host, hop.url.port(), policy.addresses, lookup_timeout));
    CurlHandle curl(std::move(target), request.stop);
    curl.SetTls(policy.ca_file);
    if (through_proxy) SetProxy(curl, *proxy_);
    PRIVITY_TRY(OutboundResponse response, Perform(curl, request, hop, deadline));
    if (request.limits.redirects_max == 0 || !IsRedirect(response.status)) return response;
    if (redirects == request.limits.redirects_max)
      return Error("net.redirects_exceeded", {{"host", request.url.host()}});
    PRIVITY_TRY(hop, FollowRedirect(hop, response, request));
  }
}

Result<OutboundResponse> SendToUnixSocket(const std::string& socket_path, const OutboundRequest& request) {
  PRIVITY_TRY_VOID(CheckRequest(request));
  const Hop hop{.url = request.url, .method = request.method, .with_body = true, .same_origin = true};
  CurlHandle curl(std::nullopt, request.stop);
  curl.Set(CURLOPT_UNIX_SOCKET_PATH, socket_path.c_str());
  return Perform(curl, request, hop, std::chrono::steady_clock::now() + request.limits.total_timeout);
}

}  // namespace privity
