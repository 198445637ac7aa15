#include "app/application.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct PortalAddress {
  std::string url;
};
PRIVITY_DESCRIBE(PortalAddress, (url))
std::vector<FieldNote> FieldNotes(const PortalAddress*) {
  return {{.name = "url",
           .description = "Empty while there is no public portal.",
           .example = "https://privacy.example.org"}};
}

void AddPortalFace(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/settings/portal",
              .id = "portal.show",
              .access = Access::Permission("settings.read"),
              .summary = "How the public portal looks and what it says"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<PortalFace>> {
               PRIVITY_TRY(PortalFace face, application->portal_faces().Get(tx));
               const std::int64_t version = face.version;
               return Versioned(std::move(face), version);
             });
  routes.Add({.method = "GET",
              .path = "/v1/settings/portal/address",
              .id = "portal.address",
              .access = Access::Permission("settings.read"),
              .summary = "Where people reach the public portal"},
             [application](const Call<>&) -> Result<PortalAddress> {
               return PortalAddress{application->portal_address().origin()};
             });
  routes.Add({.method = "PUT",
              .path = "/v1/settings/portal",
              .id = "portal.replace",
              .access = Access::Permission("settings.write"),
              .summary = "Replace how the public portal looks and what it says",
              .needs_version = true},
             [application](WriteTx& tx, const Call<Nothing, Nothing, PortalFace>& call) -> Result<Reply<PortalFace>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               const Caller& caller = call.caller();
               PRIVITY_TRY(PortalFace face,
                           application->portal_faces().Put(tx, caller.actor, caller.request_id, call.body, expected));
               const std::int64_t version = face.version;
               return Versioned(std::move(face), version);
             });
}

}  // namespace

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
  AddPortalFace(routes, application);
}

}  // namespace privity
