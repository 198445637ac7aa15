// The one way that every request goes, and the only place where it is checked:
//
//   find the route → authenticate → limit the rate → same origin and CSRF → permission → media types → parse →
//   idempotency key → transaction and handler → encode
//
// What is allowed by a permission is counted in the ledger, what is denied to a known caller is recorded there
// (ledger/decision_counter.h); while neither is possible the call is refused.
//
// Whatever goes wrong becomes a problem (RFC 9457) in the reader's language. Every answer leaves with security headers,
// a line in the log and a count in the metrics; none of these holds anything that a request carried except its id.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>

#include "base/clock.h"
#include "base/log.h"
#include "http/handler.h"
#include "identity/authenticator.h"
#include "ledger/decision_counter.h"
#include "server/assets.h"
#include "server/idempotency.h"
#include "server/metrics.h"
#include "server/rate_limiter.h"
#include "server/route_table.h"
#include "store/store.h"
#include "words/catalog.h"

namespace privity {

struct ApiOptions {
  // Requests without credentials, by client address; those with, by principal.
  RatePolicy anonymous_rate{"anonymous", 1'500, std::chrono::seconds(10)};
  RatePolicy principal_rate{"principal", 60'000, std::chrono::seconds(10)};
};

// What the pipeline needs of the application. All outlive it.
struct ApiParts {
  Store& store;
  Authenticator& authenticator;
  IdempotencyKeys& idempotency_keys;
  Metrics& metrics;
  const Catalog& catalog;
  const Logger& log;
  const Clock& clock;
  // Where decisions are recorded; null: nowhere, for tests of the rest.
  DecisionCounter* decisions = nullptr;
};

// One listener's handler. Safe to call from many threads.
class ApiHandler final : public HttpHandler {
 public:
  // `listener` is its name in the log. `assets` may be null.
  ApiHandler(std::string listener, const RouteTable& routes, const Assets* assets, const ApiParts& parts,
             const ApiOptions& options = {});
  ~ApiHandler() override;

  Plan PlanFor(const Request& head) override;
  Response Handle(const Request& request) override;
  std::variant<Response, std::unique_ptr<BodySink>> OpenUpload(Request head) override;
  Response Refuse(const Request& head, const Error& error) override;

 private:
  // What the log and the metrics say of a request.
  struct Trace {
    std::string_view operation = "none";
    const Route* route = nullptr;
    std::string_view principal = "anonymous";
  };

  // Takes the body of a request whose route takes a file, then answers.
  class FileSink;

  Response Respond(const Request& request, Trace& trace);
  Result<Response> RunRoute(const RouteMatch& match, const Request& request, Trace& trace, Headers& extra);
  // Every check of a request, then `run(call, context)`. `extra` are fields of the answer, whatever it is.
  template <class Run>
  std::invoke_result_t<Run, const ParsedCall&, const CallContext&> Checked(const RouteMatch& match,
                                                                           const Request& request, Trace& trace,
                                                                           Headers& extra, Run run);
  Result<std::optional<Caller>> Authenticate(const Route& route, const Request& request);
  Status LimitRate(const Caller* caller, const Request& request, Headers& extra);
  Status CheckForgery(const Caller* caller, const Request& request);
  Status Decide(const RouteInfo& route, const Caller* caller, const Request& request);
  Result<Response> RunHandler(const Route& route, const ParsedCall& call, const CallContext& context);
  Response Problem(const Error& error, const Request& request);
  Response Finish(Response response, const Request& request, const Trace& trace);

  // Whether a route's latest answers came so quickly that no other thread is worth asking (Plan::Thread::kQuick).
  class Pace;

  const std::string listener_;
  const RouteTable& routes_;
  const Assets* const assets_;
  ApiParts parts_;
  RateLimiter anonymous_, principals_;
  std::unordered_map<const Route*, std::unique_ptr<Pace>> paces_;  // of routes that only read; filled once
};

}  // namespace privity
