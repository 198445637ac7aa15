#include "identity/providers.h"

#include <algorithm>

#include "identity/internal/rows.h"
#include "identity/internal/sealed_secret.h"
#include "net/loopback.h"

namespace privity {

namespace {

constexpr std::string_view kSecretDomain = "privity.identity.client-secret.v1";
constexpr std::string_view kTripPurpose = "oidc.trip";
constexpr std::string_view kSelect =
    "SELECT id, name, issuer, client_id, client_secret, networks, is_enabled, version, "
    "(SELECT count(*) FROM identity_external WHERE provider_id = identity_provider.id) FROM identity_provider ";

Result<Provider> ReadProvider(const Row& row) {
  PRIVITY_TRY(auto networks, TextsFromColumn(row.Get<std::string>(5)));
  return Provider{.id = row.Get<ProviderId>(0),
                  .name = row.Get<std::string>(1),
                  .issuer = row.Get<std::string>(2),
                  .client_id = row.Get<std::string>(3),
                  .has_secret = !row.IsNull(4),
                  .networks = std::move(networks),
                  .enabled = row.Get<bool>(6),
                  .people = row.Get<std::int64_t>(8),
                  .version = row.Get<std::int64_t>(7)};
}

// An issuer is an https address (OpenID Connect Core section 2), or this machine for a test.
Status CheckRequest(const ProviderRequest& request) {
  const auto url = Url::Parse(request.issuer);
  if (!url.ok() || !url->query().empty() || (!url->is_https() && !IsLoopback(*url))) {
    return Error("identity.provider_unusable", {{"problem", "address"}});
  }
  for (const std::string& network : request.networks) PRIVITY_TRY_VOID(Network::Parse(network));
  return Ok();
}

// Who fails again and again at one provider waits; others at another address do not wait with him.
Attempt AttemptOf(const Visitor& visitor, const OidcTrip& trip) {
  return {.account = "provider:" + trip.provider.ToString() + ":" + AddressCounter(visitor.address),
          .address = std::string(visitor.address),
          .device = std::nullopt};
}

Caller PersonCaller(const Visitor& visitor, const UserId& user) {
  Caller caller;
  caller.actor = {ActorKind::kUser, user.ToString()};
  caller.user = user;
  caller.request_id = visitor.request_id;
  return caller;
}

Result<std::optional<UserId>> BoundTo(ReadTx& tx, const ProviderId& provider, const std::string& subject) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT user_id FROM identity_external WHERE provider_id = $1 AND subject = $2",
                          {provider, subject}));
  if (!row) return std::optional<UserId>();
  return std::optional(row->Get<UserId>(0));
}

}  // namespace

std::vector<FieldNote> FieldNotes(const ProviderRequest*) {
  return {{.name = "name",
           .description = "On the button of the sign-in page.",
           .example = "Example Single Sign-On",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "issuer",
           .description = "As the provider spells it, to the last slash.",
           .example = "https://login.example.org",
           .format = "uri",
           .max_length = 500},
          {.name = "client_id",
           .description = "What the provider calls this installation.",
           .min_length = 1,
           .max_length = 300},
          {.name = "client_secret",
           .description = "Left out: stays as it is. Empty: is removed, for a provider that gives none."},
          {.name = "networks",
           .description = "Private networks in which the provider may be reached.",
           .example = R"(["10.2.0.0/16"])",
           .max_length = 20,
           .defaulted = true},
          {.name = "enabled", .description = "Whether the sign-in page offers it.", .defaulted = true}};
}

// --- Configuration ---

Result<std::vector<Provider>> Providers::List(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kSelect) + "ORDER BY name, id"));
  std::vector<Provider> providers;
  for (const Row& row : rows) {
    PRIVITY_TRY(Provider provider, ReadProvider(row));
    providers.push_back(std::move(provider));
  }
  return providers;
}

Result<Provider> Providers::Get(ReadTx& tx, const ProviderId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + "WHERE id = $1", {id}));
  if (!row) return Error("identity.provider_unknown");
  return ReadProvider(*row);
}

Result<std::vector<OfferedProvider>> Providers::Offered(ReadTx& tx) const {
  PRIVITY_TRY(const auto all, List(tx));
  std::vector<OfferedProvider> offered;
  for (const Provider& provider : all) {
    if (provider.enabled) offered.push_back({provider.id, provider.name});
  }
  return offered;
}

Status Providers::RequireNotStronger(ReadTx& tx, const Caller& caller, const ProviderId& id) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const auto rows, tx.Query("SELECT user_id FROM identity_external WHERE provider_id = $1", {id}));
  for (const Row& row : rows) {
    PRIVITY_TRY(const PermissionSet held, PermissionsOf(tx, world_.permissions, row.Get<UserId>(0)));
    PRIVITY_TRY_VOID(RequireWithin(held, caller.permissions));
  }
  return Ok();
}

Result<std::optional<Bytes>> Providers::SealClientSecret(const ProviderId& id,
                                                         const std::optional<SecretString>& secret) const {
  if (!secret || secret->empty()) return std::optional<Bytes>();
  PRIVITY_TRY(Bytes sealed, SealSecret(world_, kSecretDomain, id.uuid(), AsBytes(secret->Reveal())));
  return std::optional(std::move(sealed));
}

Result<Provider> Providers::Create(WriteTx& tx, const Caller& caller, const ProviderRequest& request) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY_VOID(CheckRequest(request));
  PRIVITY_TRY(const auto taken, tx.QueryOne("SELECT id FROM identity_provider WHERE issuer = $1", {request.issuer}));
  if (taken) return Error("identity.provider_issuer_taken");
  const auto id = ProviderId::New(world_.clock);
  PRIVITY_TRY(const auto sealed, SealClientSecret(id, request.client_secret));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO identity_provider (id, name, issuer, client_id, client_secret, networks, "
      "is_enabled, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
      {id, request.name, request.issuer, request.client_id, sealed, ToJson(request.networks), request.enabled}));
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.provider.created", "provider", id)));
  return Get(tx, id);
}

Result<Provider> Providers::Update(WriteTx& tx, const Caller& caller, const ProviderId& id,
                                   const ProviderRequest& request, std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Provider before, Get(tx, id));
  if (expected_version && *expected_version != before.version) return Error("identity.changed_meanwhile");
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  PRIVITY_TRY_VOID(CheckRequest(request));
  if (request.issuer != before.issuer) {
    PRIVITY_TRY(const auto bound,
                tx.QueryOne("SELECT user_id FROM identity_external WHERE provider_id = $1 LIMIT 1", {id}));
    if (bound) return Error("identity.provider_issuer_fixed");
    PRIVITY_TRY(const auto taken, tx.QueryOne("SELECT id FROM identity_provider WHERE issuer = $1", {request.issuer}));
    if (taken) return Error("identity.provider_issuer_taken");
  }
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE identity_provider SET name = $2, issuer = $3, client_id = $4, networks = $5, "
                 "is_enabled = $6, version = version + 1 WHERE id = $1",
                 {id, request.name, request.issuer, request.client_id, ToJson(request.networks), request.enabled}));
  if (request.client_secret) {
    PRIVITY_TRY(const auto sealed, SealClientSecret(id, request.client_secret));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_provider SET client_secret = $2 WHERE id = $1", {id, sealed}));
  }
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.provider.changed", "provider", id)));
  return Get(tx, id);
}

Status Providers::Delete(WriteTx& tx, const Caller& caller, const ProviderId& id,
                         std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Provider before, Get(tx, id));
  if (expected_version && *expected_version != before.version) return Error("identity.changed_meanwhile");
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_provider WHERE id = $1", {id}));
  return Record(world_, tx, EntryBy(caller, "identity.provider.deleted", "provider", id));
}

// --- Departure ---

Result<OidcProvider> Providers::Load(const ProviderId& id, Wanted wanted) const {
  return world_.store.Read([&](ReadTx& tx) -> Result<OidcProvider> {
    PRIVITY_TRY(const Provider provider, Get(tx, id));
    if (wanted == Wanted::kEnabled && !provider.enabled) return Error("identity.provider_unknown");
    OidcProvider loaded{provider.issuer, provider.client_id, {}, provider.networks};
    if (!provider.has_secret) return loaded;
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT client_secret FROM identity_provider WHERE id = $1", {id}));
    PRIVITY_TRY(const SecretBytes secret, OpenSecret(world_, kSecretDomain, id.uuid(), row->Get<Bytes>(0)));
    loaded.client_secret = SecretString(std::string(AsText(secret.Reveal())));
    return loaded;
  });
}

Result<OidcCheck> Providers::Test(const ProviderId& id) const {
  PRIVITY_TRY(const OidcProvider provider, Load(id, Wanted::kAny));
  return client_.Check(provider);
}

Result<OidcDeparture> Providers::Start(OidcTrip trip) const {
  PRIVITY_TRY(const OidcProvider provider, Load(trip.provider, Wanted::kEnabled));
  PRIVITY_TRY(OidcStart start, client_.Start(provider, RedirectUri()));
  trip.oidc = std::move(start.flow);
  PRIVITY_TRY(const Bytes ticket, tickets_.Issue(kTripPurpose, "", ToJson(trip), kOidcFlowLifetime));
  return OidcDeparture{std::move(start.location), SecretString(Base64UrlEncode(ticket))};
}

Result<OidcDeparture> Providers::StartSignIn(const ProviderId& id, const std::string& to) const {
  return Start({.provider = id, .to = to});
}

Result<OidcDeparture> Providers::StartInvitation(const ProviderId& id, const SecretString& token) const {
  PRIVITY_TRY(const OpenLink link, world_.store.Read([&](ReadTx& tx) { return links_.Find(tx, token); }));
  if (link.kind != LinkKind::kInvitation) return Error("identity.link_invalid");
  return Start({.provider = id, .purpose = OidcPurpose::kInvitation, .invitation = token.Reveal()});
}

Result<OidcDeparture> Providers::StartLink(const Caller& caller, const ProviderId& id) const {
  if (!caller.session) return Error("identity.person_needed");
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  return Start({.provider = id, .purpose = OidcPurpose::kLink, .to = "/account", .session = caller.session});
}

// --- Arrival ---

Result<OidcArrival> Providers::Arrive(const Visitor& visitor, std::string_view cookie, const OidcAnswer& answer) const {
  PRIVITY_TRY(const OidcTrip trip, TakeTrip(visitor, cookie));
  std::optional<Known> known;
  auto arrival = Conclude(visitor, trip, answer, known);
  if (!arrival.ok()) {
    PRIVITY_TRY_VOID(RecordRefusal(visitor, trip, known, arrival.error()));
  }
  return arrival;
}

// Used up and counted before the provider is asked: a flow that failed cannot be tried again with another answer.
Result<OidcTrip> Providers::TakeTrip(const Visitor& visitor, std::string_view cookie) const {
  const auto ticket = Base64UrlDecode(cookie);
  if (!ticket.ok()) return Error("identity.ticket_invalid");
  PRIVITY_TRY(const std::string content, tickets_.Open(kTripPurpose, "", *ticket));
  PRIVITY_TRY(OidcTrip trip, FromJson<OidcTrip>(content));
  const Status spent = world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(limits_.Begin(tx, AttemptOf(visitor, trip)));
    return tickets_.Spend(tx, *ticket);
  });
  if (!spent.ok()) return spent.error();
  return trip;
}

Result<OidcArrival> Providers::Conclude(const Visitor& visitor, const OidcTrip& trip, const OidcAnswer& answer,
                                        std::optional<Known>& known) const {
  PRIVITY_TRY(const OidcProvider provider, Load(trip.provider, Wanted::kEnabled));
  PRIVITY_TRY(const std::string subject, client_.Finish(provider, RedirectUri(), trip.oidc, answer));
  OidcArrival arrival{.to = trip.to, .signed_in = std::nullopt};
  PRIVITY_TRY(const auto session, world_.store.Write([&](WriteTx& tx) -> Result<std::optional<OpenedSession>> {
    PRIVITY_TRY_VOID(limits_.Forgive(tx, AttemptOf(visitor, trip)));
    if (trip.purpose == OidcPurpose::kLink) {
      PRIVITY_TRY_VOID(LinkBound(tx, visitor, trip, subject));
      return std::optional<OpenedSession>();
    }
    PRIVITY_TRY(OpenedSession opened, trip.purpose == OidcPurpose::kInvitation
                                          ? JoinBound(tx, visitor, trip, subject, known)
                                          : SignInBound(tx, visitor, trip, subject, known));
    return std::optional(std::move(opened));
  }));
  if (!session) return arrival;
  PRIVITY_TRY(arrival.signed_in, sign_in_.Finish(*session, known->account));
  return arrival;
}

// A fault of our own store is none of the provider's answer.
Status Providers::RecordRefusal(const Visitor& visitor, const OidcTrip& trip, const std::optional<Known>& known,
                                const Error& error) const {
  const auto reason = Word::Parse(error.code());
  if (!reason.ok() || !error.code().starts_with("identity.")) return Ok();
  Caller nobody;
  nobody.actor = {ActorKind::kSystem, "identity"};
  nobody.request_id = visitor.request_id;
  Entry entry = EntryBy(nobody, "identity.session.refused", "provider", trip.provider);
  entry.details.Add("reason", *reason);
  std::string problem(error.Parameter("problem"));
  std::ranges::replace(problem, ' ', '-');
  if (const auto word = Word::Parse(problem); word.ok()) entry.details.Add("problem", *word);
  if (known) entry.details.Add("user", known->user);
  return world_.store.Write([&](WriteTx& tx) { return Record(world_, tx, entry); });
}

Result<OpenedSession> Providers::SignInBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip,
                                             const std::string& subject, std::optional<Known>& known) const {
  PRIVITY_TRY(const auto bound, BoundTo(tx, trip.provider, subject));
  if (!bound) return Error("identity.external_unlinked");
  PRIVITY_TRY(const UserRow user, LoadUser(tx, *bound));
  known = {user.id, user.email_key};
  if (user.state != UserState::kActive) return Error("identity.sign_in_failed");
  PRIVITY_TRY_VOID(limits_.Reopen(tx, user.email_key));
  return sign_in_.BeginProved(tx, visitor, *bound, "provider");
}

Status Providers::Bind(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip, const std::string& subject,
                       const UserId& user) const {
  PRIVITY_TRY(const auto bound, BoundTo(tx, trip.provider, subject));
  if (bound && *bound != user) return Error("identity.external_taken");
  if (bound) return Ok();
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO identity_external (provider_id, subject, user_id, linked_at) VALUES ($1, $2, $3, $4)",
                 {trip.provider, subject, user, world_.clock.Now()}));
  Entry entry = EntryBy(PersonCaller(visitor, user), "identity.external.linked", "user", user);
  entry.details.Add("provider", trip.provider);
  return Record(world_, tx, entry);
}

Result<OpenedSession> Providers::JoinBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip,
                                           const std::string& subject, std::optional<Known>& known) const {
  PRIVITY_TRY(const OpenLink link, links_.Take(tx, SecretString(trip.invitation.value_or(""))));
  if (link.kind != LinkKind::kInvitation || !link.user) return Error("identity.link_invalid");
  PRIVITY_TRY(const UserRow user, LoadUser(tx, *link.user));
  known = {user.id, user.email_key};
  if (user.state != UserState::kInvited) return Error("identity.link_invalid");
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET state = $2, version = version + 1 WHERE id = $1",
                              {user.id, EnumText(UserState::kActive)}));
  PRIVITY_TRY_VOID(
      Record(world_, tx, EntryBy(PersonCaller(visitor, user.id), "identity.user.joined", "user", user.id)));
  PRIVITY_TRY_VOID(Bind(tx, visitor, trip, subject, user.id));
  return sign_in_.BeginProved(tx, visitor, user.id, "provider");
}

// The session that began to link must be the one that comes back, and still be signed in.
Status Providers::LinkBound(WriteTx& tx, const Visitor& visitor, const OidcTrip& trip,
                            const std::string& subject) const {
  PRIVITY_TRY(const auto session, sessions_.Find(tx, visitor.session_cookie));
  if (!session || session->stage != SessionStage::kSignedIn || session->id != trip.session) {
    return Error("identity.ticket_invalid");
  }
  return Bind(tx, visitor, trip, subject, session->user);
}

}  // namespace privity
