#include "server/api_handler.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>

#include "http/address.h"
#include "http/conditional.h"
#include "http/content.h"
#include "http/cookie.h"
#include "http/query.h"
#include "server/paging.h"
#include "server/security_headers.h"
#include "words/problem.h"

namespace privity {
namespace {

constexpr std::uint64_t kStrayBodyBytesMax = 64 * 1024;  // of a request that has no route
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kFile = "application/octet-stream";
constexpr std::string_view kRetryAfterSeconds = "2";

bool IsSafe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string JoinNames(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// On this machine and not through a proxy, whose client is somewhere else.
bool IsLocal(const Request& request) {
  if (request.unix_peer_uid) return true;
  const auto address = PeerAddress::Parse(request.peer_address);
  return address.ok() && address->is_loopback() && request.headers.Count("X-Forwarded-For") == 0 &&
         request.headers.Count("Forwarded") == 0;
}

Status CheckAccess(const Access& access, const Caller* caller, const Request& request) {
  using Kind = Access::Kind;
  if (access.kind() == Kind::kPublic) return Ok();
  if (access.kind() == Kind::kPermissionOrLocal && caller == nullptr && IsLocal(request)) return Ok();
  if (caller == nullptr) return Error("server.not_signed_in");
  switch (access.kind()) {
    case Kind::kPublic:
    case Kind::kSignedIn:
      return Ok();
    case Kind::kBrowser:
      return caller->session ? Ok() : Status(Error("server.browser_only"));
    case Kind::kPermission:
    case Kind::kPermissionOrLocal:
      if (caller->May(access.permission())) return Ok();
      return Error("server.not_permitted", {{"permission", std::string(access.permission())}});
    case Kind::kOperator:
      return caller->actor.kind == ActorKind::kOperator ? Ok() : Status(Error("server.operator_only"));
  }
  return Error("server.not_signed_in");
}

Status CheckMediaTypes(const Route& route, const Request& request) {
  const std::string_view offers[] = {route.info.media_type};
  if (!NegotiateType(request.headers.Joined("Accept"), offers)) {
    return Error("server.not_acceptable", {{"offered", std::string(route.info.media_type)}});
  }
  const std::string sent = MediaType(request.headers.Get("Content-Type"));
  if (route.takes_upload) return sent == kFile ? Ok() : Status(Error("server.not_a_file"));
  if (route.info.takes_text) return sent == kText ? Ok() : Status(Error("server.not_text"));
  if (route.body == nullptr) {
    // Some clients send an empty object with every POST.
    return request.body.empty() || request.body == "{}" ? Ok() : Status(Error("server.body_unexpected"));
  }
  return sent == kJson ? Ok() : Status(Error("server.unsupported_media_type"));
}

// The Link to the next page: the same request with another cursor (RFC 8288).
std::string NextLink(const Request& request, std::string_view position) {
  QueryParameters query = ParseQuery(request.query).value_or({});
  std::erase_if(query, [](const auto& parameter) { return parameter.first == "cursor"; });
  query.emplace_back("cursor", CursorAt(position));
  return "<" + request.path + "?" + FormatQuery(query) + ">; rel=\"next\"";
}

Response Encode(const Route& route, Outcome outcome, const Request& request) {
  if (outcome.raw) return *std::move(outcome.raw);
  Response response;
  response.status = route.success_status();
  response.headers = std::move(outcome.headers);
  if (!outcome.location.empty()) response.headers.Add("Location", outcome.location);
  if (outcome.next) response.headers.Add("Link", NextLink(request, *outcome.next));
  if (outcome.version) {
    const EntityTag tag{"v" + std::to_string(*outcome.version), false};
    response.headers.Add("ETag", tag.ToString());
    const auto condition = ParseEntityTagCondition(request.headers.Joined("If-None-Match"));
    if (IsSafe(request.method) && condition && MatchesWeakly(*condition, tag)) {
      response.status = 304;
      return response;
    }
  }
  if (!outcome.json.empty()) {
    response.headers.Add("Content-Type", kJson);
    response.body = std::move(outcome.json);
  }
  return response;
}

}  // namespace

// One bit for each of the latest answers: whether it was slow. Begins with all slow, so that a route shows first what
// it takes. A store beyond a network is slow for every answer; one on this machine now and then.
class ApiHandler::Pace {
 public:
  bool IsQuick() const { return std::popcount(slow_.load(std::memory_order_relaxed)) <= kSlowMax; }
  // A note that is lost between two threads changes little.
  void Note(std::chrono::nanoseconds took) {
    const std::uint32_t before = slow_.load(std::memory_order_relaxed);
    slow_.store(before << 1U | (took > kQuickMax ? 1U : 0U), std::memory_order_relaxed);
  }

 private:
  static constexpr std::chrono::microseconds kQuickMax{150};
  static constexpr int kSlowMax = 8;
  std::atomic<std::uint32_t> slow_{UINT32_MAX};
};

class ApiHandler::FileSink final : public BodySink {
 public:
  FileSink(ApiHandler& handler, const Route& route, Request head, const Trace& trace, Headers extra,
           std::unique_ptr<RunningUpload> upload)
      : handler_(handler),
        route_(route),
        head_(std::move(head)),
        trace_(trace),
        extra_(std::move(extra)),
        upload_(std::move(upload)) {}

  Result<void> Write(BytesView piece) override { return upload_->Write(piece); }
  Response Finish() override {
    Result<Outcome> outcome = upload_->Finish();
    Response response =
        outcome.ok() ? Encode(route_, *std::move(outcome), head_) : handler_.Problem(outcome.error(), head_);
    response.headers.Append(extra_);
    return handler_.Finish(std::move(response), head_, trace_);
  }

 private:
  ApiHandler& handler_;
  const Route& route_;
  const Request head_;
  const Trace trace_;
  const Headers extra_;
  const std::unique_ptr<RunningUpload> upload_;
};

ApiHandler::ApiHandler(std::string listener, const RouteTable& routes, const Assets* assets, const ApiParts& parts,
                       const ApiOptions& options)
    : listener_(std::move(listener)),
      routes_(routes),
      assets_(assets),
      parts_(parts),
      anonymous_(options.anonymous_rate, parts.clock),
      principals_(options.principal_rate, parts.clock) {
  for (const auto& route : routes.routes()) {
    const bool only_reads = IsSafe(route->info.method) && route->transaction != Transaction::kWrite;
    if (only_reads) paces_.emplace(route.get(), std::make_unique<Pace>());
  }
}

ApiHandler::~ApiHandler() = default;

Plan ApiHandler::PlanFor(const Request& head) {
  const RouteMatch match = routes_.Find(head.method, head.path);
  Plan plan;
  plan.body_bytes_max = match.route != nullptr ? match.route->info.body_bytes_max : kStrayBodyBytesMax;
  // What has no route needs neither the store nor the disk: assets and refusals are in memory.
  if (match.route == nullptr || match.route->info.inline_thread) plan.thread = Plan::Thread::kInputOutput;
  if (match.route != nullptr && match.route->takes_upload) plan.body = Plan::Body::kStream;
  const auto pace = paces_.find(match.route);
  if (plan.thread == Plan::Thread::kWorker && pace != paces_.end() && pace->second->IsQuick()) {
    plan.thread = Plan::Thread::kQuick;
  }
  return plan;
}

Response ApiHandler::Handle(const Request& request) {
  Trace trace;
  const auto begun = parts_.clock.Monotonic();
  Response response = Finish(Respond(request, trace), request, trace);
  const auto pace = paces_.find(trace.route);
  if (pace != paces_.end()) pace->second->Note(parts_.clock.Monotonic() - begun);
  return response;
}

std::variant<Response, std::unique_ptr<BodySink>> ApiHandler::OpenUpload(Request head) {
  const RouteMatch match = routes_.Find(head.method, head.path);
  Trace trace;
  Headers extra;
  using Opened = Result<std::unique_ptr<RunningUpload>>;
  Opened upload = Checked(match, head, trace, extra, [](const ParsedCall& call, const CallContext&) -> Opened {
    PRIVITY_TRY(Outcome outcome, call.Run(nullptr));
    return std::move(outcome.upload);
  });
  if (upload.ok()) {
    return std::make_unique<FileSink>(*this, *match.route, std::move(head), trace, std::move(extra),
                                      *std::move(upload));
  }
  Response response = Problem(upload.error(), head);
  response.headers.Append(extra);
  return Finish(std::move(response), head, trace);
}

Response ApiHandler::Refuse(const Request& head, const Error& error) {
  return Finish(Problem(error, head), head, {});
}

Response ApiHandler::Respond(const Request& request, Trace& trace) {
  const RouteMatch match = routes_.Find(request.method, request.path);
  if (match.route == nullptr) {
    if (!match.allowed.empty()) {
      const std::string allowed = JoinNames(match.allowed);
      Response response = request.method == "OPTIONS"
                              ? Response{.status = 204, .headers = {}, .body = {}}
                              : Problem(Error("server.method_not_allowed", {{"allowed", allowed}}), request);
      response.headers.Add("Allow", allowed);
      return response;
    }
    std::optional<Response> asset;
    if (assets_ != nullptr && !request.path.starts_with("/v1/")) asset = assets_->Answer(request);
    if (!asset) return Problem(Error("server.not_found"), request);
    trace.operation = "asset";
    return *std::move(asset);
  }
  Headers extra;
  Result<Response> response = RunRoute(match, request, trace, extra);
  if (!response) response = Problem(response.error(), request);
  response->headers.Append(extra);
  return *std::move(response);
}

Result<Response> ApiHandler::RunRoute(const RouteMatch& match, const Request& request, Trace& trace, Headers& extra) {
  return Checked(match, request, trace, extra, [&](const ParsedCall& call, const CallContext& context) {
    return RunHandler(*match.route, call, context);
  });
}

template <class Run>
std::invoke_result_t<Run, const ParsedCall&, const CallContext&> ApiHandler::Checked(const RouteMatch& match,
                                                                                     const Request& request,
                                                                                     Trace& trace, Headers& extra,
                                                                                     Run run) {
  const Route& route = *match.route;
  trace.operation = route.info.id;
  trace.route = &route;
  Result<std::optional<Caller>> authenticated = Authenticate(route, request);
  const Caller* caller = authenticated.ok() && authenticated->has_value() ? &**authenticated : nullptr;
  PRIVITY_TRY_VOID(LimitRate(caller, request, extra));
  if (!authenticated.ok()) return authenticated.error();
  if (caller != nullptr) trace.principal = EnumText(caller->actor.kind);
  PRIVITY_TRY_VOID(CheckForgery(caller, request));
  PRIVITY_TRY_VOID(Decide(route.info, caller, request));
  PRIVITY_TRY_VOID(CheckMediaTypes(route, request));
  if (route.info.needs_version && request.headers.Count("If-Match") == 0) return Error("server.precondition_required");
  PRIVITY_TRY(QueryParameters query, ParseQuery(request.query));
  const CallContext context(request, caller);
  PRIVITY_TRY(const std::unique_ptr<ParsedCall> call,
              route.parse(context, {match.path, std::move(query), request.body}));
  return run(*call, context);
}

Result<std::optional<Caller>> ApiHandler::Authenticate(const Route& route, const Request& request) {
  if (route.info.access.kind() == Access::Kind::kPublic) return std::optional<Caller>();
  const std::string cookie = FindCookie(request.headers, SessionCookieName(request.over_tls)).value_or("");
  return parts_.authenticator.Authenticate({.session_cookie = cookie,
                                            .authorization = request.headers.Get("Authorization"),
                                            .unix_peer_uid = request.unix_peer_uid,
                                            .client_address = request.client_address,
                                            .request_id = request.request_id});
}

Status ApiHandler::LimitRate(const Caller* caller, const Request& request, Headers& extra) {
  if (request.unix_peer_uid) return Ok();
  RateLimiter& limiter = caller != nullptr ? principals_ : anonymous_;
  const RateDecision decision = limiter.Take(
      caller != nullptr ? std::string(EnumText(caller->actor.kind)) + caller->actor.id : request.client_address);
  extra.Add("RateLimit-Policy", limiter.policy_field());
  extra.Add("RateLimit", limiter.StateField(decision));
  if (decision.allowed) return Ok();
  extra.Add("Retry-After", std::to_string(decision.resets_in.count()));
  return Error("server.too_many_requests", {{"seconds", std::to_string(decision.resets_in.count())}});
}

// A browser adds the session cookie by itself, wherever the request comes from; a token or the local socket is never
// sent by accident. Signing in is checked as well: otherwise another page could sign a person in as somebody else.
Status ApiHandler::CheckForgery(const Caller* caller, const Request& request) {
  if (IsSafe(request.method) || (caller != nullptr && !caller->session)) return Ok();
  PRIVITY_TRY_VOID(CheckSameOrigin(request));
  if (caller == nullptr) return Ok();
  const std::string cookie = FindCookie(request.headers, SessionCookieName(request.over_tls)).value_or("");
  return CheckCsrfToken(cookie, request.headers.Get("X-Privity-CSRF"));
}

Status ApiHandler::Decide(const RouteInfo& route, const Caller* caller, const Request& request) {
  const Status access = CheckAccess(route.access, caller, request);
  if (parts_.decisions == nullptr || caller == nullptr) return access;
  // A call that is bound to no permission is denied for where it comes from.
  const std::string_view permission = route.access.permission();
  PRIVITY_TRY(const Word decision, Word::Parse(permission.empty() ? route.id : permission));
  if (access.ok()) {
    if (permission.empty() || route.answers_unrecorded) return Ok();
    return parts_.decisions->Allowed(decision);
  }
  PRIVITY_TRY_VOID(parts_.decisions->Denied(
      {.actor = caller->actor, .decision = decision, .call = std::string(route.id), .request_id = caller->request_id}));
  return access;
}

Result<Response> ApiHandler::RunHandler(const Route& route, const ParsedCall& call, const CallContext& context) {
  const Request& request = context.request();
  const auto encode = [&](Result<Outcome> outcome) -> Result<Response> {
    if (!outcome) return outcome.error();
    return Encode(route, *std::move(outcome), request);
  };
  if (route.transaction == Transaction::kNone) return encode(call.Run(nullptr));
  if (route.transaction == Transaction::kRead) {
    return parts_.store.Read([&](ReadTx& tx) { return encode(call.Run(&tx)); });
  }
  std::optional<IdempotencyKeys::Use> key;
  if (const auto sent = request.headers.Find("Idempotency-Key"); sent && route.keeps_idempotency_keys()) {
    PRIVITY_TRY(auto use, parts_.idempotency_keys.Begin(context.caller().actor, *sent, request));
    key.emplace(std::move(use));
  }
  return parts_.store.Write([&](WriteTx& tx) -> Result<Response> {
    if (key) {
      PRIVITY_TRY(std::optional<Response> earlier, key->Find(tx));
      if (earlier) return *std::move(earlier);
    }
    PRIVITY_TRY(Response response, encode(call.Run(&tx)));
    if (key) PRIVITY_TRY_VOID(key->Keep(tx, response));
    return response;
  });
}

Response ApiHandler::Problem(const Error& error, const Request& request) {
  const std::string language = parts_.catalog.Negotiate(request.headers.Joined("Accept-Language"));
  const int status = parts_.catalog.Words(error, language).status;
  parts_.metrics.CountProblem(error.code());
  Response response = Response::Text(status, "application/problem+json",
                                     ToJson(ProblemOf(error, parts_.catalog, language, request.request_id)));
  response.headers.Add("Content-Language", language);
  if (status == 401) response.headers.Add("WWW-Authenticate", "Bearer");
  if (status == 503) response.headers.Add("Retry-After", kRetryAfterSeconds);
  const std::string wait(error.Parameter("retry_after_seconds"));
  if (!wait.empty()) response.headers.Add("Retry-After", wait);
  if (status >= 500) {
    parts_.log.Error("server.request_failed", {{"error", error}, {"request_id", request.request_id}});
  }
  return response;
}

Response ApiHandler::Finish(Response response, const Request& request, const Trace& trace) {
  if (!response.headers.Find("Content-Security-Policy")) AddApiHeaders(response.headers, request.over_tls);
  const auto took = parts_.clock.Monotonic() - request.received_at;
  parts_.metrics.Observe(trace.operation, response.status, took);
  parts_.log.Info("server.request",
                  {{"listener", listener_},
                   {"method", IsSafe(request.method) || request.method == "POST" || request.method == "PUT" ||
                                      request.method == "PATCH" || request.method == "DELETE"
                                  ? std::string_view(request.method)
                                  : std::string_view("other")},
                   {"operation", trace.operation},
                   {"status", response.status},
                   {"principal", trace.principal},
                   {"bytes", response.text().size()},
                   {"microseconds", std::chrono::duration_cast<std::chrono::microseconds>(took).count()},
                   {"request_id", request.request_id}});
  return response;
}

}  // namespace privity
