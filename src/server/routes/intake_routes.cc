// Other ways in: the mailbox whose letters become requests, codes by text message, links that fill in the form.
#include "app/application.h"
#include "rights/mail_intake.h"
#include "rights/portal_link.h"
#include "server/routes/routes.h"
#include "words/catalog.h"

namespace privity {
namespace {

constexpr Access kRead = Access::Permission("rights.read");
constexpr Access kSettings = Access::Permission("rights.settings");

struct TextTest {
  std::string to;
};
PRIVITY_DESCRIBE(TextTest, (to))
std::vector<FieldNote> FieldNotes(const TextTest*) {
  return {{.name = "to",
           .description = "A number of your own.",
           .example = "+49 151 2345678",
           .min_length = 1,
           .max_length = 40}};
}

struct LinkToken {
  std::string token;
};
PRIVITY_DESCRIBE(LinkToken, (token))
std::vector<FieldNote> FieldNotes(const LinkToken*) {
  return {{.name = "token", .description = "What stands behind \"#link=\".", .min_length = 1, .max_length = 4096}};
}

template <class T>
Reply<T> WithVersion(T settings) {
  const std::int64_t version = settings.version;
  return Versioned(std::move(settings), version);
}

void AddMailIntake(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/mail-intake",
              .id = "mail_intake.show",
              .access = kRead,
              .summary = "Which mailbox is read, and what came of its letters"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<MailIntakeSettings>> {
               PRIVITY_TRY(MailIntakeSettings settings, application->mail_intake().Settings(tx));
               return WithVersion(std::move(settings));
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/rights/mail-intake",
       .id = "mail_intake.set",
       .access = kSettings,
       .summary = "Have the letters of a mailbox made requests, or no longer",
       .description = "Letters that come from now on. Their senders' addresses prove nobody.",
       .needs_version = true},
      [application](WriteTx& tx,
                    const Call<Nothing, Nothing, MailIntakeSettings>& call) -> Result<Reply<MailIntakeSettings>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(MailIntakeSettings settings,
                    application->mail_intake().PutSettings(tx, call.caller(), call.body, expected));
        return WithVersion(std::move(settings));
      });
}

void AddTexts(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/text-gateway",
              .id = "texts.show",
              .access = kRead,
              .summary = "Where text messages with codes are sent; without the secret"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<TextSettings>> {
               PRIVITY_TRY(TextSettings settings, application->texts().Settings(tx));
               return WithVersion(std::move(settings));
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/rights/text-gateway",
       .id = "texts.set",
       .access = kSettings,
       .summary = "Have codes sent as text messages by your own gateway, or no longer",
       .description = "Each message is a webhook signed by Standard Webhooks 1.0. The secret is sealed and never "
                      "answered again; another address wants it anew.",
       .needs_version = true},
      [application](WriteTx& tx,
                    const Call<Nothing, Nothing, TextSettingsChange>& call) -> Result<Reply<TextSettings>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(TextSettings settings, application->texts().PutSettings(tx, call.caller(), call.body, expected));
        return WithVersion(std::move(settings));
      });
  routes.Add({.method = "POST",
              .path = "/v1/rights/text-gateway/test",
              .id = "texts.test",
              .access = kSettings,
              .summary = "Send a text message to see whether the gateway takes it",
              .status = 204},
             [application](const Call<Nothing, Nothing, TextTest>& call) -> Result<Nothing> {
               PRIVITY_TRY(const Organization organization,
                           application->store().Read([&](ReadTx& tx) { return application->organization().Get(tx); }));
               PRIVITY_TRY_VOID(
                   application->texts().Send({.kind = "rights.test",
                                              .to = call.body.to,
                                              .language = organization.language,
                                              .text = Catalog::BuiltIn().Text(organization.language, "rights.text_test",
                                                                              {{"organization", organization.name}})}));
               return Nothing{};
             });
}

void AddLinks(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/rights/portal-links",
              .id = "portal.link",
              .access = Access::Permission("rights.link"),
              .summary = "Make a link to the portal's form, with what the person wants and their address filled in",
              .description = "What it fills in is sealed in it, and it expires. It proves nobody.",
              .status = 200},
             [application](WriteTx& tx, const Call<Nothing, Nothing, PortalLinkOrder>& call) -> Result<PortalLink> {
               return application->portal_links().Make(tx, call.caller(), call.body);
             });
}

}  // namespace

void AddIntakeRoutes(RouteTable& routes, Application* application) {
  AddMailIntake(routes, application);
  AddTexts(routes, application);
  AddLinks(routes, application);
}

void AddPortalLinkRoute(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/portal/links",
              .id = "portal.open_link",
              .access = Access::Public(),
              .summary = "What a link fills in",
              .status = 200},
             [application](const Call<Nothing, Nothing, LinkToken>& call) -> Result<PortalPrefill> {
               return application->portal_links().Open(call.body.token);
             });
}

}  // namespace privity
