#include "app/support_bundle.h"
#include "server/routes/routes.h"

namespace privity {

void AddSupportRoutes(RouteTable& routes, Application* application, Metrics* metrics) {
  routes.Add({.method = "POST",
              .path = "/v1/support-bundle",
              .id = "support_bundle.create",
              .access = Access::Permission("support.read"),
              .summary = "What somebody who helps needs to see, as a zip",
              .description = "Versions, settings without secrets, health, states of jobs, keys and ledger, numbers. "
                             "Nothing about a person. Look into it before you send it anywhere.",
              .media_type = "application/zip",
              .command = "support-bundle"},
             [application, metrics](const Call<>& call) -> Result<Response> {
               PRIVITY_TRY(std::string bundle,
                           MakeSupportBundle(*application, call.caller(), {{"metrics.txt", metrics->Text()}}));
               Response response = Response::Text(200, "application/zip", std::move(bundle));
               response.headers.Add("Content-Disposition", "attachment; filename=\"privity-support.zip\"");
               return response;
             });
}

}  // namespace privity
