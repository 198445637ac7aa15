#include "app/application.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {

void AddSettingsRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/settings/organization",
              .id = "organization.show",
              .access = Access::Permission("settings.read"),
              .summary = "What the organization says of itself"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<Organization>> {
               PRIVITY_TRY(Organization organization, application->organization().Get(tx));
               const std::int64_t version = organization.version;
               return Versioned(std::move(organization), version);
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/settings/organization",
       .id = "organization.replace",
       .access = Access::Permission("settings.write"),
       .summary = "Replace what the organization says of itself",
       .needs_version = true},
      [application](WriteTx& tx, const Call<Nothing, Nothing, Organization>& call) -> Result<Reply<Organization>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(
            Organization organization,
            application->organization().Put(tx, call.caller().actor, call.caller().request_id, call.body, expected));
        PRIVITY_TRY_VOID(application->schedules().SetTimeZone(tx, organization.time_zone));
        const std::int64_t version = organization.version;
        return Versioned(std::move(organization), version);
      });
}

}  // namespace privity
