#include "app/application.h"
#include "server/routes/routes.h"
#include "server/service.h"

namespace privity {
namespace {

struct Health {
  bool ready = false;
  std::string version;
  std::vector<ReadinessCheck> checks;
};
PRIVITY_DESCRIBE(Health, (ready, version, checks))

// 503 with the same body, so that a load balancer understands the status and a person the reason.
Response ReadyAnswer(const Readiness& readiness) {
  return Response::Text(readiness.ready ? 200 : 503, "application/json", ToJson(readiness));
}

}  // namespace

void AddAliveRoute(RouteTable& routes) {
  routes.Add({.method = "GET",
              .path = "/healthz",
              .id = "health.alive",
              .access = Access::Public(),
              .summary = "Whether the process answers",
              .command = "-",
              .inline_thread = true},
             [](const Call<>&) -> Result<Nothing> { return Nothing(); });
}

void AddSystemRoutes(RouteTable& routes, Application* application, Metrics* metrics) {
  AddAliveRoute(routes);
  routes.Add(
      {.method = "GET",
       .path = "/readyz",
       .id = "health.ready",
       .access = Access::Public(),
       .summary = "Whether requests can be served",
       .description =
           "200 when a change can be saved and the ledger takes entries, otherwise 503; the body says which part "
           "is in the way.",
       .command = "-"},
      [application](const Call<>&) -> Result<Response> { return ReadyAnswer(application->CheckReadiness()); });
  routes.Add({.method = "GET",
              .path = "/metrics",
              .id = "health.metrics",
              .access = Access::PermissionOrLocal("health.read"),
              .summary = "Numbers for Prometheus",
              .media_type = "text/plain",
              .command = "-",
              .answers_unrecorded = true},
             [metrics](const Call<>&) -> Result<Response> {
               return Response::Text(200, "text/plain; version=0.0.4; charset=utf-8", metrics->Text());
             });
  routes.Add({.method = "GET",
              .path = "/v1/health",
              .id = "health.get",
              .access = Access::Permission("health.read"),
              .summary = "Health, part by part",
              .command = "health",
              .answers_unrecorded = true},
             [application](const Call<>&) -> Result<Health> {
               Readiness readiness = application->CheckReadiness();
               return Health{readiness.ready, std::string(kProgramVersion), std::move(readiness.checks)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/openapi.json",
              .id = "openapi.get",
              .access = Access::Public(),
              .summary = "This document",
              .command = "-"},
             [](const Call<>&) -> Result<Response> {
               static const std::string document = ToJson(OpenApiDocument(ConsoleRoutes(nullptr), ApiDocumentInfo()));
               Response response;
               response.headers.Add("Content-Type", "application/json");
               response.body = Response::Static{document};
               return response;
             });
}

}  // namespace privity
