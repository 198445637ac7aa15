// Sign-in providers: their configuration, and signing in with them.
//
// A person is bound to an account at a provider by issuer and subject, never by an address: addresses change hands and
// some providers let anybody claim one. The binding is made by the person, from a session that is signed in or with an
// invitation. The flow is tied to the browser that began it: state, nonce and verifier travel in a sealed cookie.
// What comes back counts as an attempt to sign in (sign_in_limits.h), and a refusal is written down.
//
// Errors, besides those of the store, the ledger and oidc_client.h: identity.provider_unknown (404),
// identity.provider_issuer_taken (409), identity.provider_issuer_fixed (409), identity.external_unlinked (403; nobody
// here is bound to that account), identity.external_taken (409; somebody else is), identity.grant_exceeds_own (403),
// identity.proof_needed (403), identity.changed_meanwhile (412), identity.ticket_invalid, identity.link_invalid,
// identity.too_many_attempts (429), net.network_invalid, identity.provider_unusable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/account.h"
#include "identity/oidc_client.h"
#include "identity/sign_in.h"

namespace privity {

struct Provider {
  ProviderId id;
  std::string name;
  std::string issuer;
  std::string client_id;
  bool has_secret = false;
  std::vector<std::string> networks;
  bool enabled = false;
  std::int64_t people = 0;  // who sign in with it
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(Provider, (id, name, issuer, client_id, has_secret, networks, enabled, people, version))

struct ProviderRequest {
  std::string name;
  std::string issuer;
  std::string client_id;
  std::optional<SecretString> client_secret = {};  // absent: stays as it is; empty: is removed
  std::vector<std::string> networks = {};
  bool enabled = true;
};
PRIVITY_DESCRIBE(ProviderRequest, (name, issuer, client_id, client_secret, networks, enabled))
std::vector<FieldNote> FieldNotes(const ProviderRequest*);

// What the sign-in page shows of a provider.
struct OfferedProvider {
  ProviderId id;
  std::string name;
};
PRIVITY_DESCRIBE(OfferedProvider, (id, name))

// How a sign-in at a provider goes on when the browser comes back.
enum class OidcPurpose { kSignIn, kLink, kInvitation };
PRIVITY_DESCRIBE_ENUM(OidcPurpose, kSignIn, kLink, kInvitation)

// What the cookie of a browser that is away at a provider holds, sealed.
struct OidcTrip {
  ProviderId provider;
  OidcPurpose purpose = OidcPurpose::kSignIn;
  OidcFlow oidc = {};
  std::string to = "/";                        // where the browser goes when all went well: a "local_path"
  std::optional<SessionId> session = {};       // of whoever links
  std::optional<std::string> invitation = {};  // the token of the link
};
PRIVITY_DESCRIBE(OidcTrip, (provider, purpose, oidc, to, session, invitation))

struct OidcDeparture {
  std::string location;  // where the browser goes
  SecretString cookie;   // what it must bring back
};

struct OidcArrival {
  std::string to;                     // a path of the console
  std::optional<SignedIn> signed_in;  // none after linking
};

inline constexpr std::chrono::minutes kOidcFlowLifetime{10};

class Providers {
 public:
  Providers(const IdentityWorld& world, const Tickets& tickets, const Sessions& sessions, const SignIn& sign_in)
      : world_(world),
        tickets_(tickets),
        sessions_(sessions),
        sign_in_(sign_in),
        links_(world.clock),
        limits_(world.clock),
        client_(world.http, world.clock) {}

  Result<std::vector<Provider>> List(ReadTx& tx) const;
  Result<Provider> Get(ReadTx& tx, const ProviderId& id) const;
  Result<Provider> Create(WriteTx& tx, const Caller& caller, const ProviderRequest& request) const;
  // Whoever runs a provider can sign in as everybody bound to it: only somebody who may do all that they may, changes
  // it. The issuer stays once somebody is bound.
  Result<Provider> Update(WriteTx& tx, const Caller& caller, const ProviderId& id, const ProviderRequest& request,
                          std::optional<std::int64_t> expected_version) const;
  Status Delete(WriteTx& tx, const Caller& caller, const ProviderId& id,
                std::optional<std::int64_t> expected_version) const;
  Result<std::vector<OfferedProvider>> Offered(ReadTx& tx) const;
  // Asks the provider, enabled or not, for what a sign-in would need of it. Signs nobody in.
  Result<OidcCheck> Test(const ProviderId& id) const;

  // Where every provider sends browsers back to, and what is registered there.
  std::string RedirectUri() const { return world_.console.origin() + "/v1/session/oidc/callback"; }
  // `to` is where the person wanted to go: a "local_path" (base/text_format.h).
  Result<OidcDeparture> StartSignIn(const ProviderId& id, const std::string& to = "/") const;
  Result<OidcDeparture> StartInvitation(const ProviderId& id, const SecretString& token) const;
  Result<OidcDeparture> StartLink(const Caller& caller, const ProviderId& id) const;
  Result<OidcArrival> Arrive(const Visitor& visitor, std::string_view cookie, const OidcAnswer& answer) const;

 private:
  enum class Wanted { kAny, kEnabled };
  Result<OidcProvider> Load(const ProviderId& id, Wanted wanted) const;
  Result<OidcDeparture> Start(OidcTrip trip) const;
  Result<std::optional<Bytes>> SealClientSecret(const ProviderId& id, const std::optional<SecretString>& secret) const;
  Status RequireNotStronger(ReadTx& tx, const Caller& caller, const ProviderId& id) const;
  Result<OidcTrip> TakeTrip(const Visitor& visitor, std::string_view cookie) const;
  // Who signs in, and the folded name that attempts are counted under.
  struct Known {
    UserId user;
    std::string account;
  };
  // `known` is filled as soon as it is clear who signs in, also when that is refused then.
  Result<OidcArrival> Conclude(const Visitor& visitor, const OidcTrip& trip, const OidcAnswer& answer,
                               std::optional<Known>& known) const;
  Result<OpenedSession> SignInBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip,
                                    const std::string& subject, std::optional<Known>& known) const;
  Result<OpenedSession> JoinBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip, const std::string& subject,
                                  std::optional<Known>& known) const;
  Status Bind(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip, const std::string& subject,
              const UserId& user) const;
  Status LinkBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip, const std::string& subject) const;
  Status RecordRefusal(const Visitor& visitor, const OidcTrip& trip, const std::optional<Known>& known,
                       const Error& error) const;

  const IdentityWorld& world_;
  const Tickets& tickets_;
  const Sessions& sessions_;
  const SignIn& sign_in_;
  const OneTimeLinks links_;
  const SignInLimits limits_;
  const OidcClient client_;
};

}  // namespace privity
