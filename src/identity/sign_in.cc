#include "identity/sign_in.h"

#include <functional>

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "identity/authenticator.h"
#include "identity/internal/normal_text.h"
#include "identity/internal/rows.h"
#include "identity/internal/totp_secret.h"
#include "identity/one_time_code.h"
#include "identity/password_policy.h"
#include "net/loopback.h"

namespace privity {
namespace {

constexpr std::string_view kDevicePurpose = "device";
constexpr std::string_view kPasskeyPurpose = "passkey.sign-in";
constexpr std::chrono::minutes kPasskeyLifetime{10};
constexpr std::string_view kLetterPurpose = "password-letter";
constexpr std::chrono::hours kLetterLifetime{24};

Error Failed() {
  return Error("identity.sign_in_failed");
}

Caller VisitorCaller(const Visitor& visitor, const UserId& user) {
  Caller caller;
  caller.actor = {ActorKind::kUser, user.ToString()};
  caller.user = user;
  caller.request_id = visitor.request_id;
  caller.address = visitor.address;
  return caller;
}

Status RecordStart(const IdentityWorld& world, WriteTx& tx, const Visitor& visitor, const UserId& user,
                   const SessionId& session, Literal method, bool is_known_device) {
  Entry entry = EntryBy(VisitorCaller(visitor, user), "identity.session.started", "user", user);
  entry.details.Add("session", session).Add("method", method).Add("known_device", is_known_device);
  return Record(world, tx, entry);
}

// Written down although the sign-in's own transaction is taken back: somebody holds this person's way in.
Status RecordRefusal(const IdentityWorld& world, const Visitor& visitor, const UserId& user, const Error& error) {
  PRIVITY_TRY(const Word reason, Word::Parse(error.code()));
  Entry entry = EntryBy(VisitorCaller(visitor, user), "identity.session.refused", "user", user);
  entry.details.Add("method", "passkey").Add("reason", reason);
  return world.store.Write([&](WriteTx& tx) { return Record(world, tx, entry); });
}

PasswordContext ContextOf(const UserRow& user, const Organization& organization, bool has_second_factor) {
  return {.has_second_factor = has_second_factor,
          .name = user.name,
          .email = user.email,
          .organization = organization.name};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const SetupRequest*) {
  return {{.name = "token", .description = "From the set-up link that Privity printed when it started."},
          {.name = "organization",
           .description = "The company's name, as data subjects know it.",
           .example = "Example Trading",
           .format = "line",
           .min_length = 1,
           .max_length = 200},
          {.name = "time_zone", .description = "IANA name; deadlines are counted in it.", .example = "Europe/Berlin"},
          {.name = "name",
           .description = "Of the first administrator.",
           .example = "Ada Example",
           .format = "line",
           .min_length = 1,
           .max_length = 200},
          {.name = "email",
           .description = "The address that the first administrator signs in with.",
           .example = "ada@example.org",
           .format = "email"},
          {.name = "password", .description = "At least 15 characters."}};
}

RelyingParty PartyAt(const ConsoleAddress& console) {
  const auto url = Url::Parse(console.origin());
  if (!url.ok()) return {};
  if (!IsLoopback(*url)) return {url->host(), url->Origin()};
  const bool is_default_port = url->port() == (url->is_https() ? 443 : 80);
  return {"localhost", std::string(url->is_https() ? "https" : "http") + "://localhost" +
                           (is_default_port ? "" : ":" + std::to_string(url->port()))};
}

// --- Set-up ---

Result<bool> SignIn::SetupNeeded(ReadTx& tx) const {
  PRIVITY_TRY(const auto anybody, tx.QueryOne("SELECT id FROM identity_user LIMIT 1"));
  return !anybody.has_value();
}

Result<SecretString> SignIn::NewSetupLink() const {
  return world_.store.Write([&](WriteTx& tx) -> Result<SecretString> {
    PRIVITY_TRY(const bool needed, SetupNeeded(tx));
    if (!needed) return Error("identity.setup_done");
    PRIVITY_TRY(const NewLink link, links_.Create(tx, LinkKind::kSetup, std::nullopt));
    return SecretString(LinkText(world_.console, LinkKind::kSetup, link.token));
  });
}

Result<SignedIn> SignIn::CompleteSetup(const Visitor& visitor, const SetupRequest& request) const {
  // A wrong link costs no hash: looked at before, used up below.
  PRIVITY_TRY(const OpenLink found, world_.store.Read([&](ReadTx& tx) { return links_.Find(tx, request.token); }));
  if (found.kind != LinkKind::kSetup) return Error("identity.link_invalid");
  PRIVITY_TRY(const SecretString password, AcceptNewPassword(request.password, {.has_second_factor = false,
                                                                                .name = request.name,
                                                                                .email = request.email,
                                                                                .organization = request.organization}));
  PRIVITY_TRY(const std::string hash, world_.hasher.Hash(password));
  const UserId id = UserId::New(world_.clock);
  const std::string account = FoldName(request.email);
  PRIVITY_TRY(const OpenedSession session, world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    PRIVITY_TRY_VOID(links_.Take(tx, request.token));
    PRIVITY_TRY(const bool needed, SetupNeeded(tx));
    if (!needed) return Error("identity.setup_done");
    const Caller caller = VisitorCaller(visitor, id);
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO identity_user (id, email, email_key, name, name_key, state, password_hash, "
        "password_stands_alone, epoch, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, 1)",
        {id, request.email, account, request.name, FoldName(request.name), EnumText(UserState::kActive), hash, true,
         world_.clock.Now()}));
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO identity_user_role (user_id, role_id) VALUES ($1, $2)",
                                {id, InfoOf(BuiltInRole::kAdministrator).id}));
    PRIVITY_TRY(Organization organization, world_.organization.Get(tx));
    organization.name = request.organization;
    organization.time_zone = request.time_zone;
    PRIVITY_TRY_VOID(world_.organization.Put(tx, caller.actor, caller.request_id, organization, organization.version));
    PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.setup.completed", "user", id)));
    return BeginProved(tx, visitor, id, "setup");
  }));
  return Finish(session, account);
}

// --- Password and second factor ---

Attempt SignIn::AttemptOf(const Visitor& visitor, const std::string& account) const {
  Attempt attempt{.account = account, .address = std::string(visitor.address), .device = std::nullopt};
  const auto ticket = Base64UrlDecode(visitor.device_cookie);
  if (ticket.ok() && !ticket->empty() && tickets_.Open(kDevicePurpose, account, *ticket).ok()) {
    attempt.device = HexEncode(Sha256(*ticket));
  }
  return attempt;
}

Result<SignedIn> SignIn::Password(const Visitor& visitor, const std::string& email,
                                  const SecretString& password) const {
  const std::string account = FoldName(email);
  const Attempt attempt = AttemptOf(visitor, account);
  PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return limits_.Begin(tx, attempt); }));
  PRIVITY_TRY(const auto user, world_.store.Read([&](ReadTx& tx) { return FindUserByEmail(tx, account); }));

  const auto normal = NormalizePassword(password);
  const bool may_sign_in = user && user->state == UserState::kActive && user->password_hash && normal.ok();
  if (!may_sign_in) {
    PRIVITY_TRY_VOID(world_.hasher.VerifyForNobody(normal.ok() ? *normal : SecretString("too long")));
    return Failed();
  }
  PRIVITY_TRY(const PasswordVerdict verdict, world_.hasher.Verify(*normal, *user->password_hash));
  if (verdict == PasswordVerdict::kWrong) return Failed();
  std::optional<std::string> fresh_hash;
  if (verdict == PasswordVerdict::kRightButOutdated) {
    PRIVITY_TRY(fresh_hash, world_.hasher.Hash(*normal));
  }

  bool half = false;
  PRIVITY_TRY(const OpenedSession session, world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    // The world may have changed while the hash was computed.
    PRIVITY_TRY(const UserRow now, LoadUser(tx, user->id));
    if (now.epoch != user->epoch || now.password_hash != user->password_hash || now.state != user->state) {
      return Failed();
    }
    if (fresh_hash) {
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE identity_user SET password_hash = $2 WHERE id = $1", {user->id, *fresh_hash}));
    }
    PRIVITY_TRY_VOID(limits_.Forgive(tx, attempt));
    PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, user->id));
    half = !factors.empty();
    if (half) return sessions_.Begin(tx, user->id, SessionStage::kSecondFactor, visitor.client);
    return BeginProved(tx, visitor, user->id, "password");
  }));
  return Finish(session, half ? std::nullopt : std::optional(account));
}

Result<SessionRecord> SignIn::HalfSession(const Visitor& visitor) const {
  PRIVITY_TRY(const auto session,
              world_.store.Read([&](ReadTx& tx) { return sessions_.Find(tx, visitor.session_cookie); }));
  if (!session || session->stage != SessionStage::kSecondFactor) return Error("identity.second_factor_expired");
  return *session;
}

// `consume` checks the factor and uses it up, inside the transaction that opens the session.
Result<SignedIn> SignIn::Upgrade(const Visitor& visitor, const SessionRecord& half, Literal method,
                                 const std::function<Status(WriteTx&)>& consume) const {
  const Attempt attempt{
      .account = "factor:" + half.user.ToString(), .address = std::string(visitor.address), .device = std::nullopt};
  PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return limits_.Begin(tx, attempt); }));
  PRIVITY_TRY(const OpenedSession session, world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    PRIVITY_TRY(const auto still, sessions_.Find(tx, visitor.session_cookie));
    if (!still || still->id != half.id) return Error("identity.second_factor_expired");
    PRIVITY_TRY_VOID(consume(tx));
    PRIVITY_TRY_VOID(limits_.Forgive(tx, attempt));
    PRIVITY_TRY_VOID(sessions_.End(tx, half.id));
    return BeginProved(tx, visitor, half.user, method);
  }));
  return Finish(session, FoldName(half.email));
}

Result<SignedIn> SignIn::Totp(const Visitor& visitor, const std::string& code) const {
  PRIVITY_TRY(const SessionRecord half, HalfSession(visitor));
  return Upgrade(visitor, half, "password_and_totp", [&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const bool right, UseTotpCode(tx, world_, half.user, code));
    return right ? Ok() : Status(Failed());
  });
}

Result<SignedIn> SignIn::RecoveryCode(const Visitor& visitor, const std::string& code) const {
  PRIVITY_TRY(const SessionRecord half, HalfSession(visitor));
  return Upgrade(visitor, half, "password_and_recovery_code", [&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::int64_t used,
                tx.Execute("DELETE FROM identity_recovery_code WHERE user_id = $1 AND code_hash = $2",
                           {half.user, HashRecoveryCode(half.user, code)}));
    if (used != 1) return Failed();
    PRIVITY_TRY(const auto left,
                tx.QueryOne("SELECT count(*) FROM identity_recovery_code WHERE user_id = $1", {half.user}));
    Entry entry = EntryBy(VisitorCaller(visitor, half.user), "identity.recovery_code.used", "user", half.user);
    entry.details.Add("left", left->Get<std::int64_t>(0));
    return Record(world_, tx, entry);
  });
}

// --- Passkeys ---

Result<Json> SignIn::PasskeyOptions(const Visitor& visitor) const {
  std::vector<Bytes> allowed;
  const auto half = HalfSession(visitor);
  if (half.ok()) {
    PRIVITY_TRY(const auto rows, world_.store.Read([&](ReadTx& tx) {
      return tx.Query("SELECT credential_id FROM identity_passkey WHERE user_id = $1", {half->user});
    }));
    for (const Row& row : rows) allowed.push_back(row.Get<Bytes>(0));
  }
  PRIVITY_TRY(const Bytes challenge, tickets_.Issue(kPasskeyPurpose, "", "", kPasskeyLifetime));
  return PasskeyRequestOptions(PartyAt(world_.console), challenge, allowed);
}

Result<SignedIn> SignIn::Passkey(const Visitor& visitor, const Json& credential) const {
  PRIVITY_TRY(const PasskeyClaim claim, ReadPasskeyClaim(credential));
  PRIVITY_TRY_VOID(tickets_.Open(kPasskeyPurpose, "", claim.challenge));
  std::string account;
  std::optional<UserId> owner;  // of a passkey that really signed
  const auto session = world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    PRIVITY_TRY_VOID(tickets_.Spend(tx, claim.challenge));
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT user_id, public_key, sign_count, id FROM identity_passkey "
                                            "WHERE credential_id = $1",
                                            {claim.credential_id}));
    if (!row) return Failed();
    PRIVITY_TRY(const UserRow user, LoadUser(tx, row->Get<UserId>(0)));
    const auto& handle = user.id.uuid().bytes();
    if (!claim.user_handle.empty() && !EqualInConstantTime(claim.user_handle, handle)) return Failed();
    const auto proof = CheckPasskeyAssertion(PartyAt(world_.console), claim.challenge, row->Get<Bytes>(1),
                                             row->Get<std::uint32_t>(2), credential);
    if (proof.ok() || proof.error().code() == "identity.passkey_cloned") owner = user.id;
    if (!proof.ok()) return proof.error();
    if (user.state != UserState::kActive) return Failed();
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE identity_passkey SET sign_count = $2, is_backed_up = $3, last_used_at = $4 WHERE id = $1",
                   {row->Get<Uuid>(3), proof->sign_count, proof->backed_up, world_.clock.Now()}));
    PRIVITY_TRY_VOID(limits_.Reopen(tx, user.email_key));
    PRIVITY_TRY(const auto half, sessions_.Find(tx, visitor.session_cookie));
    if (half && half->stage == SessionStage::kSecondFactor) {
      PRIVITY_TRY_VOID(sessions_.End(tx, half->id));
    }
    account = user.email_key;
    return BeginProved(tx, visitor, user.id, "passkey");
  });
  if (!session.ok() && owner) {
    PRIVITY_TRY_VOID(RecordRefusal(world_, visitor, *owner, session.error()));
  }
  if (!session.ok()) return session.error();
  return Finish(*session, account);
}

// --- Links ---

Status SignIn::ForgotPassword(const Visitor& visitor, const std::string& email) const {
  if (!world_.post.Delivers()) return Error("identity.mail_not_configured");
  const std::string account = FoldName(email);
  // A counter of its own: letters are limited, and asking for one is no failed sign-in.
  const Attempt attempt{.account = "letter:" + account, .address = std::string(visitor.address), .device = {}};
  // Sealed, so that the job's row does not show what somebody typed into the field.
  PRIVITY_TRY(const Bytes ticket, tickets_.Issue(kLetterPurpose, "", account, kLetterLifetime));
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(limits_.Begin(tx, attempt));
    PRIVITY_TRY_VOID(world_.jobs.Enqueue(
        tx, {.kind = std::string(kPasswordLetterJob),
             .payload = Json::Object({{"account", Base64UrlEncode(ticket)}, {"request_id", visitor.request_id}})}));
    return Ok();
  });
}

Status SignIn::SendPasswordLetter(const Json& payload) const {
  PRIVITY_TRY(const Bytes ticket, Base64UrlDecode(payload["account"].StringOr("")));
  PRIVITY_TRY(const std::string account, tickets_.Open(kLetterPurpose, "", ticket));
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const auto user, FindUserByEmail(tx, account));
    if (!user || user->state != UserState::kActive) return Ok();
    PRIVITY_TRY(const NewLink link, links_.Create(tx, LinkKind::kPasswordReset, user->id));
    PRIVITY_TRY(Organization organization, world_.organization.Get(tx));
    Caller nobody;
    nobody.actor = {ActorKind::kSystem, "identity"};
    nobody.request_id = payload["request_id"].StringOr("");
    PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(nobody, "identity.password.reset_requested", "user", user->id)));
    return world_.post.Post(tx, {.kind = LinkKind::kPasswordReset,
                                 .to_address = user->email,
                                 .to_name = user->name,
                                 .link = SecretString(LinkText(world_.console, LinkKind::kPasswordReset, link.token)),
                                 .expires_at = link.expires_at,
                                 .organization = std::move(organization)});
  });
}

Result<LinkView> SignIn::LookAtLink(const SecretString& token) const {
  return world_.store.Read([&](ReadTx& tx) -> Result<LinkView> {
    PRIVITY_TRY(const OpenLink link, links_.Find(tx, token));
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    LinkView view{.kind = link.kind,
                  .name = std::nullopt,
                  .email = std::nullopt,
                  .organization = organization.name,
                  .expires_at = link.expires_at};
    if (!link.user) return view;
    PRIVITY_TRY(const UserRow user, LoadUser(tx, *link.user));
    PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, user.id));
    view.name = user.name;
    view.email = user.email;
    view.second_factor = !factors.empty();
    return view;
  });
}

Result<SignedIn> SignIn::AcceptLink(const Visitor& visitor, const SecretString& token,
                                    const SecretString& password) const {
  struct Found {
    OpenLink link;
    UserRow user;
    PasswordContext context;
  };
  PRIVITY_TRY(const Found found, world_.store.Read([&](ReadTx& tx) -> Result<Found> {
    PRIVITY_TRY(const OpenLink link, links_.Find(tx, token));
    if (!link.user) return Error("identity.link_invalid");
    PRIVITY_TRY(UserRow user, LoadUser(tx, *link.user));
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, user.id));
    PasswordContext context = ContextOf(user, organization, !factors.empty());
    return Found{link, std::move(user), std::move(context)};
  }));
  const bool invited = found.link.kind == LinkKind::kInvitation;
  if (found.user.state != (invited ? UserState::kInvited : UserState::kActive)) return Error("identity.link_invalid");
  PRIVITY_TRY(const SecretString accepted, AcceptNewPassword(password, found.context));
  PRIVITY_TRY(const std::string hash, world_.hasher.Hash(accepted));
  const UserId id = found.user.id;
  PRIVITY_TRY(const OpenedSession session, world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    PRIVITY_TRY_VOID(links_.Take(tx, token));
    PRIVITY_TRY_VOID(EndAccess(tx, id));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE identity_user SET state = $2, password_hash = $3, password_stands_alone = $4, "
                   "version = version + 1 WHERE id = $1",
                   {id, EnumText(UserState::kActive), hash, MayStandAlone(accepted)}));
    PRIVITY_TRY_VOID(limits_.Reopen(tx, found.user.email_key));
    const Caller caller = VisitorCaller(visitor, id);
    PRIVITY_TRY_VOID(
        Record(world_, tx, EntryBy(caller, invited ? "identity.user.joined" : "identity.password.reset", "user", id)));
    if (found.context.has_second_factor) {
      return sessions_.Begin(tx, id, SessionStage::kSecondFactor, visitor.client);
    }
    return BeginProved(tx, visitor, id, "link");
  }));
  return Finish(session, found.context.has_second_factor ? std::nullopt : std::optional(found.user.email_key));
}

// --- Common ends ---

Status SignIn::SignOut(const Visitor& visitor, std::string_view csrf_token) const {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const auto session, sessions_.Find(tx, visitor.session_cookie));
    if (!session) return Ok();
    PRIVITY_TRY_VOID(CheckCsrfToken(visitor.session_cookie, csrf_token));
    PRIVITY_TRY_VOID(sessions_.End(tx, session->id));
    return Record(world_, tx,
                  EntryBy(VisitorCaller(visitor, session->user), "identity.session.ended", "session", session->id));
  });
}

Result<OpenedSession> SignIn::BeginProved(WriteTx& tx, const Visitor& visitor, const UserId& user,
                                          Literal method) const {
  PRIVITY_TRY(OpenedSession session, sessions_.Begin(tx, user, SessionStage::kSignedIn, visitor.client));
  PRIVITY_TRY(const UserRow row, LoadUser(tx, user));
  const bool is_known_device = AttemptOf(visitor, row.email_key).device.has_value();
  PRIVITY_TRY_VOID(RecordStart(world_, tx, visitor, user, session.id, method, is_known_device));
  return session;
}

Result<SignedIn> SignIn::Finish(const OpenedSession& session, const std::optional<std::string>& account) const {
  SignedIn done{.session = session, .view = {}, .device_cookie = std::nullopt};
  PRIVITY_TRY(done.view, world_.store.Read([&](ReadTx& tx) { return sessions_.View(tx, session.cookie.Reveal()); }));
  if (account) {
    PRIVITY_TRY(const Bytes ticket, tickets_.Issue(kDevicePurpose, *account, "", kDeviceCookieLifetime));
    done.device_cookie = SecretString(Base64UrlEncode(ticket));
  }
  return done;
}

}  // namespace privity
