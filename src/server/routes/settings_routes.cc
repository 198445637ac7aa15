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

struct PortalTextPath {
  std::string place;
  std::string language;
};
PRIVITY_DESCRIBE(PortalTextPath, (place, language))
std::vector<FieldNote> FieldNotes(const PortalTextPath*) {
  return {{.name = "place", .description = "Where on the portal; the list names the places.", .example = "start_lead"},
          {.name = "language", .description = "en, de, fr or es.", .example = "de"}};
}

Result<PortalNames> NamesOf(Application& application, ReadTx& tx) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  PRIVITY_TRY(const PortalFace face, application.portal_faces().Get(tx));
  return PortalNames{face.name.value_or(organization.name), organization.privacy_contact.value_or("")};
}

Result<Reply<PortalText>> TextAt(Application& application, ReadTx& tx, const PortalTextPath& path) {
  PRIVITY_TRY(const PortalNames names, NamesOf(application, tx));
  PRIVITY_TRY(PortalText text, application.portal_texts().Get(tx, path.place, path.language, names));
  const std::int64_t version = text.version;
  return Versioned(std::move(text), version);
}

void AddPortalTexts(RouteTable& routes, Application* application) {
  routes.Add(
      {.method = "GET",
       .path = "/v1/settings/portal/texts",
       .id = "portal_texts.list",
       .access = Access::Permission("settings.read"),
       .summary = "What the public portal says at each place that may be worded by the company, in each language"},
      [application](ReadTx& tx, const Call<>&) -> Result<List<PortalText>> {
        PRIVITY_TRY(const PortalNames names, NamesOf(*application, tx));
        PRIVITY_TRY(auto all, application->portal_texts().List(tx, names));
        return List<PortalText>{std::move(all)};
      });
  routes.Add({.method = "GET",
              .path = "/v1/settings/portal/texts/{place}/{language}",
              .id = "portal_texts.show",
              .access = Access::Permission("settings.read"),
              .summary = "What the public portal says at one place, in the company's own words or the built-in ones"},
             [application](ReadTx& tx, const Call<PortalTextPath>& call) -> Result<Reply<PortalText>> {
               return TextAt(*application, tx, call.path);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/settings/portal/texts/{place}/{language}",
              .id = "portal_texts.set",
              .access = Access::Permission("settings.write"),
              .summary = "Say it in the company's own words",
              .needs_version = true},
             [application](WriteTx& tx,
                           const Call<PortalTextPath, Nothing, PortalTextWords>& call) -> Result<Reply<PortalText>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               const Caller& caller = call.caller();
               PRIVITY_TRY_VOID(application->portal_texts().Put(tx, caller.actor, caller.request_id, call.path.place,
                                                                call.path.language, call.body.text, expected));
               return TextAt(*application, tx, call.path);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/settings/portal/texts/{place}/{language}",
              .id = "portal_texts.reset",
              .access = Access::Permission("settings.write"),
              .summary = "Let the built-in words count again"},
             [application](WriteTx& tx, const Call<PortalTextPath>& call) -> Result<Reply<PortalText>> {
               const Caller& caller = call.caller();
               PRIVITY_TRY_VOID(application->portal_texts().Reset(tx, caller.actor, caller.request_id, call.path.place,
                                                                  call.path.language));
               return TextAt(*application, tx, call.path);
             });
}

void AddPortalFace(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/settings/portal",
              .id = "portal.show",
              .access = Access::Permission("settings.read"),
              .summary = "How the public portal looks"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<PortalFace>> {
               PRIVITY_TRY(PortalFace face, application->portal_faces().Get(tx));
               const std::int64_t version = face.version;
               return Versioned(std::move(face), version);
             });
  routes.Add({.method = "GET",
              .path = "/v1/settings/portal/address",
              .id = "portal.address",
              .access = Access::SignedIn(),
              .summary = "Where people reach the public portal"},
             [application](const Call<>&) -> Result<PortalAddress> {
               return PortalAddress{application->portal_address().origin()};
             });
  routes.Add({.method = "PUT",
              .path = "/v1/settings/portal",
              .id = "portal.replace",
              .access = Access::Permission("settings.write"),
              .summary = "Replace how the public portal looks",
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
  AddPortalTexts(routes, application);
}

}  // namespace privity
