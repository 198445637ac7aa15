// Sign-in providers (OpenID Connect): their configuration, and the way there and back.
#include <algorithm>

#include "app/application.h"
#include "http/cookie.h"
#include "identity/identity.h"
#include "server/paging.h"
#include "server/route_table.h"
#include "server/routes/identity_entry.h"
#include "server/routes/routes.h"

namespace privity::identity_api {

struct ByProvider {
  ProviderId id;
};
PRIVITY_DESCRIBE(ByProvider, (id))

struct OfProvider {
  ProviderId provider;
};
PRIVITY_DESCRIBE(OfProvider, (provider))

struct ProviderList {
  std::string redirect_uri;
  std::vector<Provider> items;
};
PRIVITY_DESCRIBE(ProviderList, (redirect_uri, items))
std::vector<FieldNote> FieldNotes(const ProviderList*) {
  return {
      {.name = "redirect_uri", .description = "What to register at each provider: where it sends browsers back to."}};
}

struct OfferedProviderList {
  std::vector<OfferedProvider> items;
};
PRIVITY_DESCRIBE(OfferedProviderList, (items))

struct StartAnswer {
  std::string location;
};
PRIVITY_DESCRIBE(StartAnswer, (location))

struct Destination {
  std::string to = "/";
};
PRIVITY_DESCRIBE(Destination, (to))
std::vector<FieldNote> FieldNotes(const Destination*) {
  return {{.name = "to",
           .description = "The page of the console to go to once signed in.",
           .example = "/users",
           .format = "local_path",
           .max_length = 500,
           .defaulted = true}};
}

struct InvitationToken {
  SecretString token;
};
PRIVITY_DESCRIBE(InvitationToken, (token))

// What providers send along with the answer (OpenID Connect Core section 3.1.2.5, RFC 9207, Session Management) and
// what some add to it.
struct CallbackQuery {
  std::string code;
  std::string state;
  std::string iss;
  std::string error;
  std::string error_description;
  std::string error_uri;
  std::string session_state;
  std::string scope;
  std::string authuser;
  std::string prompt;
  std::string hd;
};
PRIVITY_DESCRIBE(CallbackQuery,
                 (code, state, iss, error, error_description, error_uri, session_state, scope, authuser, prompt, hd))
std::vector<FieldNote> FieldNotes(const CallbackQuery*) {
  std::vector<FieldNote> notes;
  for (const char* name : {"code", "state", "iss", "error", "error_description", "error_uri", "session_state", "scope",
                           "authuser", "prompt", "hd"}) {
    notes.push_back({.name = name, .max_length = 4096, .defaulted = true});
  }
  return notes;
}

namespace {

constexpr std::string_view kNoCommand = "-";

std::string FlowCookieName(const Request& request) {
  return request.over_tls ? "__Host-privity-flow" : "privity-flow";
}

Reply<StartAnswer> Depart(const Request& request, const OidcDeparture& departure) {
  Reply<StartAnswer> reply{.value = {departure.location}, .version = {}, .location = {}, .headers = {}};
  SetCookie(reply.headers, {.name = FlowCookieName(request),
                            .value = departure.cookie.Reveal(),
                            .secure = request.over_tls,
                            .max_age = kOidcFlowLifetime});
  return reply;
}

// A problem for the console's page, which has the words: its code, and which check failed. What follows a "#" is sent
// to no server and stands in no log.
std::string FragmentOf(const Error& error) {
  std::string fragment = "problem=" + error.code();
  std::string check(error.Parameter("problem"));
  std::ranges::replace(check, ' ', '+');
  if (!check.empty()) fragment += "&check=" + check;
  const std::string seconds(error.Parameter("retry_after_seconds"));
  if (!seconds.empty()) fragment += "&seconds=" + seconds;
  return fragment;
}

// A browser comes here by itself, so the answer is always a page.
Response SendTo(const std::string& location) {
  Response response = Response::Text(303, "text/plain; charset=utf-8", "");
  response.headers.Add("Location", location);
  return response;
}

Response Arrive(const Providers& providers, const Request& request, const CallbackQuery& query) {
  const VisitorOf visitor(request);
  const std::string cookie = FindCookie(request.headers, FlowCookieName(request)).value_or("");
  const auto arrival = providers.Arrive(
      *visitor, cookie, {.code = query.code, .state = query.state, .issuer = query.iss, .error = query.error});
  Response response = SendTo(arrival.ok() ? arrival->to : "/sign-in#" + FragmentOf(arrival.error()));
  SetCookie(
      response.headers,
      {.name = FlowCookieName(request), .value = "", .secure = request.over_tls, .max_age = std::chrono::seconds(0)});
  if (arrival.ok() && arrival->signed_in) SetEntryCookies(response.headers, request, *arrival->signed_in);
  return response;
}

void AddDepartureRoutes(RouteTable& routes, Application* application) {
  const auto providers = [application]() -> const Providers& { return application->identity().providers(); };
  routes.Add({.method = "GET",
              .path = "/v1/session/providers",
              .id = "session.providers",
              .access = Access::Public(),
              .summary = "The providers that one can sign in with",
              .command = kNoCommand},
             [providers](ReadTx& tx, const Call<>&) -> Result<OfferedProviderList> {
               PRIVITY_TRY(auto items, providers().Offered(tx));
               return OfferedProviderList{std::move(items)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/oidc/{provider}/start",
              .id = "session.oidc_start",
              .access = Access::Public(),
              .summary = "Begin to sign in with a provider",
              .command = kNoCommand},
             [providers](const Call<OfProvider, Nothing, Destination>& call) -> Result<Reply<StartAnswer>> {
               PRIVITY_TRY(const auto departure, providers().StartSignIn(call.path.provider, call.body.to));
               return Depart(call.request(), departure);
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/oidc/{provider}/invitation",
              .id = "session.oidc_invitation",
              .access = Access::Public(),
              .summary = "Begin to accept an invitation with a provider instead of a password",
              .command = kNoCommand},
             [providers](const Call<OfProvider, Nothing, InvitationToken>& call) -> Result<Reply<StartAnswer>> {
               PRIVITY_TRY(const auto departure, providers().StartInvitation(call.path.provider, call.body.token));
               return Depart(call.request(), departure);
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/providers/{provider}/link",
              .id = "me.providers.link",
              .access = Access::Browser(),
              .summary = "Begin to bind one's account to one at a provider",
              .command = kNoCommand},
             [providers](const Call<OfProvider>& call) -> Result<Reply<StartAnswer>> {
               PRIVITY_TRY(const auto departure, providers().StartLink(call.caller(), call.path.provider));
               return Depart(call.request(), departure);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/me/providers/{provider}",
              .id = "me.providers.unlink",
              .access = Access::Browser(),
              .summary = "Remove the bond to an account at a provider",
              .command = kNoCommand},
             [application](WriteTx& tx, const Call<OfProvider>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->identity().account().Unlink(tx, call.caller(), call.path.provider));
               return Nothing{};
             });
  routes.Add({.method = "GET",
              .path = "/v1/session/oidc/callback",
              .id = "session.oidc_callback",
              .access = Access::Public(),
              .summary = "Where a provider sends the browser back to",
              .status = 303,
              .media_type = "text/plain",
              .command = kNoCommand},
             [providers](const Call<Nothing, CallbackQuery>& call) -> Result<Response> {
               return Arrive(providers(), call.request(), call.query);
             });
}

void AddConfigurationRoutes(RouteTable& routes, Application* application) {
  const auto providers = [application]() -> const Providers& { return application->identity().providers(); };
  constexpr Access kRead = Access::Permission("identity_providers.read");
  constexpr Access kWrite = Access::Permission("identity_providers.write");
  routes.Add({.method = "GET",
              .path = "/v1/identity-providers",
              .id = "identity_providers.list",
              .access = kRead,
              .summary = "Sign-in providers"},
             [providers](ReadTx& tx, const Call<>&) -> Result<ProviderList> {
               PRIVITY_TRY(auto items, providers().List(tx));
               return ProviderList{providers().RedirectUri(), std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/identity-providers/{id}",
              .id = "identity_providers.get",
              .access = kRead,
              .summary = "One sign-in provider"},
             [providers](ReadTx& tx, const Call<ByProvider>& call) -> Result<Reply<Provider>> {
               PRIVITY_TRY(Provider provider, providers().Get(tx, call.path.id));
               const std::int64_t version = provider.version;
               return Versioned(std::move(provider), version);
             });
  routes.Add({.method = "POST",
              .path = "/v1/identity-providers",
              .id = "identity_providers.create",
              .access = kWrite,
              .summary = "Configure a sign-in provider",
              .status = 201},
             [providers](WriteTx& tx, const Call<Nothing, Nothing, ProviderRequest>& call) -> Result<Reply<Provider>> {
               PRIVITY_TRY(Provider provider, providers().Create(tx, call.caller(), call.body));
               std::string location = "/v1/identity-providers/" + provider.id.ToString();
               const std::int64_t version = provider.version;
               return CreatedAt(std::move(provider), std::move(location), version);
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/identity-providers/{id}",
       .id = "identity_providers.update",
       .access = kWrite,
       .summary = "Change a sign-in provider",
       .needs_version = true},
      [providers](WriteTx& tx, const Call<ByProvider, Nothing, ProviderRequest>& call) -> Result<Reply<Provider>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(Provider provider, providers().Update(tx, call.caller(), call.path.id, call.body, expected));
        const std::int64_t version = provider.version;
        return Versioned(std::move(provider), version);
      });
  routes.Add({.method = "POST",
              .path = "/v1/identity-providers/{id}/test",
              .id = "identity_providers.test",
              .access = kWrite,
              .summary = "Ask a sign-in provider for what a sign-in would need of it",
              .description = "Reads its metadata and its keys anew. Nobody is signed in."},
             [providers](const Call<ByProvider>& call) { return providers().Test(call.path.id); });
  routes.Add({.method = "DELETE",
              .path = "/v1/identity-providers/{id}",
              .id = "identity_providers.delete",
              .access = kWrite,
              .summary = "Remove a sign-in provider and everybody's bond to it"},
             [providers](WriteTx& tx, const Call<ByProvider>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(providers().Delete(tx, call.caller(), call.path.id, std::nullopt));
               return Nothing{};
             });
}

}  // namespace
}  // namespace privity::identity_api

namespace privity {

void AddIdentityProviderRoutes(RouteTable& routes, Application* application) {
  identity_api::AddDepartureRoutes(routes, application);
  identity_api::AddConfigurationRoutes(routes, application);
}

}  // namespace privity
