// Setting up, signing in and one's own account; then people, invitations, roles and tokens.
//
// Answers that hold a secret (a token, a link, recovery codes) come from handlers with a transaction of their own: what
// runs in the route's transaction may be kept for an Idempotency-Key, and a secret is shown once.
#include "app/application.h"
#include "identity/identity.h"
#include "server/paging.h"
#include "server/route_table.h"
#include "server/routes/identity_entry.h"
#include "server/routes/routes.h"

namespace privity::identity_api {

struct ByUser {
  UserId id;
};
PRIVITY_DESCRIBE(ByUser, (id))
struct ByInvitation {
  LinkId id;
};
PRIVITY_DESCRIBE(ByInvitation, (id))
struct ByRole {
  RoleId id;
};
PRIVITY_DESCRIBE(ByRole, (id))
struct ByToken {
  TokenId id;
};
PRIVITY_DESCRIBE(ByToken, (id))
struct ByPasskey {
  PasskeyId id;
};
PRIVITY_DESCRIBE(ByPasskey, (id))
struct BySession {
  SessionId id;
};
PRIVITY_DESCRIBE(BySession, (id))

struct SetupState {
  bool needed = false;
};
PRIVITY_DESCRIBE(SetupState, (needed))

struct PasswordSignIn {
  std::string email;
  SecretString password;
};
PRIVITY_DESCRIBE(PasswordSignIn, (email, password))
std::vector<FieldNote> FieldNotes(const PasswordSignIn*) {
  return {{.name = "email", .description = "The address to sign in with.", .max_length = 320}};
}

struct CodeSignIn {
  std::string code;
};
PRIVITY_DESCRIBE(CodeSignIn, (code))
std::vector<FieldNote> FieldNotes(const CodeSignIn*) {
  return {{.name = "code", .description = "As the app shows it, or a recovery code.", .max_length = 64}};
}

struct PublicKeyOptions {
  Json public_key;
};
PRIVITY_DESCRIBE(PublicKeyOptions, (public_key))

struct PasskeySignIn {
  Json credential;
};
PRIVITY_DESCRIBE(PasskeySignIn, (credential))

struct NewPasskey {
  std::string name;
  Json credential;
};
PRIVITY_DESCRIBE(NewPasskey, (name, credential))
std::vector<FieldNote> FieldNotes(const NewPasskey*) {
  return {{.name = "name",
           .description = "To tell it from others.",
           .example = "laptop",
           .format = "line",
           .min_length = 1,
           .max_length = 100}};
}

struct PasskeyName {
  std::string name;
};
PRIVITY_DESCRIBE(PasskeyName, (name))
std::vector<FieldNote> FieldNotes(const PasskeyName*) {
  return {
      {.name = "name", .description = "To tell it from others.", .format = "line", .min_length = 1, .max_length = 100}};
}

struct LinkToken {
  SecretString token;
};
PRIVITY_DESCRIBE(LinkToken, (token))

struct LinkAcceptance {
  SecretString token;
  SecretString password;
};
PRIVITY_DESCRIBE(LinkAcceptance, (token, password))

struct ForgotPassword {
  std::string email;
};
PRIVITY_DESCRIBE(ForgotPassword, (email))
std::vector<FieldNote> FieldNotes(const ForgotPassword*) {
  return {{.name = "email", .description = "The address to sign in with.", .max_length = 320}};
}

struct PasswordChange {
  SecretString current_password;
  SecretString new_password;
};
PRIVITY_DESCRIBE(PasswordChange, (current_password, new_password))
std::vector<FieldNote> FieldNotes(const PasswordChange*) {
  return {{.name = "current_password", .description = "Empty when there is none yet.", .defaulted = true},
          {.name = "new_password", .description = "At least 15 characters, or 8 beside a second factor."}};
}

struct PasswordProof {
  SecretString password;
};
PRIVITY_DESCRIBE(PasswordProof, (password))

struct UserQuery {
  std::optional<std::string> q;
  std::optional<UserState> state;
  std::optional<RoleId> role;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(UserQuery, (q, state, role, cursor, limit))
std::vector<FieldNote> FieldNotes(const UserQuery*) {
  auto notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of a name or address.", .max_length = 200});
  notes.push_back({.name = "state", .description = "Only people in this state."});
  notes.push_back({.name = "role", .description = "Only people with this role."});
  return notes;
}

struct RoleQuery {
  std::optional<std::string> q;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(RoleQuery, (q, cursor, limit))
std::vector<FieldNote> FieldNotes(const RoleQuery*) {
  auto notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of a name or description.", .max_length = 200});
  return notes;
}

struct PermissionInfo {
  std::string name;
  std::string summary;
};
PRIVITY_DESCRIBE(PermissionInfo, (name, summary))

namespace {

constexpr std::string_view kNoCommand = "-";

// The answer to a step that went well: the new session, its cookie, and the device cookie.
Result<Reply<Session>> Enter(const Request& request, Result<SignedIn> entered) {
  if (!entered.ok()) return std::move(entered).error();
  Reply<Session> reply{.value = {}, .version = {}, .location = {}, .headers = {}};
  SetEntryCookies(reply.headers, request, *entered);
  reply.value = std::move(entered->view);
  return reply;
}

// A list that is short by nature, one page after another. The position is a count.
template <class T, class Query>
Result<Page<T>> PageOf(std::vector<T> all, const Query& query) {
  PRIVITY_TRY(const auto position, PositionOf(query.cursor));
  std::size_t begin = 0;
  for (const char c : position.value_or("")) {
    if (c < '0' || c > '9' || begin > all.size()) return Error("server.cursor_invalid");
    begin = begin * 10 + static_cast<std::size_t>(c - '0');
  }
  begin = std::min(begin, all.size());
  const std::size_t end = std::min(begin + static_cast<std::size_t>(query.limit), all.size());
  Page<T> page;
  page.items.assign(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begin)),
                    std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)));
  if (end < all.size()) page.next = std::to_string(end);
  return page;
}

// The version that the client saw; a change of single members may come without.
Result<std::optional<std::int64_t>> VersionIfSent(const CallContext& call) {
  if (call.request().headers.Count("If-Match") == 0) return std::optional<std::int64_t>();
  return call.ExpectedVersion();
}

Reply<User> UserReply(User user) {
  const std::int64_t version = user.version;
  return Versioned(std::move(user), version);
}
Reply<Role> RoleReply(Role role) {
  const std::int64_t version = role.version;
  return Versioned(std::move(role), version);
}

Result<Nothing> Done(Status status) {
  if (!status.ok()) return std::move(status).error();
  return Nothing{};
}

void AddEntryRoutes(RouteTable& routes, Application* application) {
  const auto sign_in = [application]() -> const SignIn& { return application->identity().sign_in(); };
  routes.Add({.method = "GET",
              .path = "/v1/setup",
              .id = "setup.state",
              .access = Access::Public(),
              .summary = "Whether Privity waits to be set up",
              .command = kNoCommand},
             [sign_in](ReadTx& tx, const Call<>&) -> Result<SetupState> {
               PRIVITY_TRY(const bool needed, sign_in().SetupNeeded(tx));
               return SetupState{needed};
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/setup",
       .id = "setup.complete",
       .access = Access::Public(),
       .summary = "Make the organization and its first administrator",
       .description = "With the token of the one-time link that Privity prints when it starts for the first time.",
       .command = kNoCommand},
      [application, sign_in](const Call<Nothing, Nothing, SetupRequest>& call) -> Result<Reply<Session>> {
        const VisitorOf visitor(call.request());
        auto reply = Enter(call.request(), sign_in().CompleteSetup(*visitor, call.body));
        if (!reply.ok()) return reply;
        PRIVITY_TRY_VOID(application->store().Write(
            [&](WriteTx& tx) { return application->schedules().SetTimeZone(tx, call.body.time_zone); }));
        return reply;
      });
  routes.Add({.method = "POST",
              .path = "/v1/session/password",
              .id = "session.password",
              .access = Access::Public(),
              .summary = "Sign in with address and password",
              .description = "Answers a session that is signed in, or one that waits for the second factor.",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, PasswordSignIn>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(), sign_in().Password(*visitor, call.body.email, call.body.password));
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/totp",
              .id = "session.totp",
              .access = Access::Public(),
              .summary = "Finish signing in with a code of the authenticator app",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, CodeSignIn>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(), sign_in().Totp(*visitor, call.body.code));
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/recovery-code",
              .id = "session.recovery_code",
              .access = Access::Public(),
              .summary = "Finish signing in with a recovery code",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, CodeSignIn>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(), sign_in().RecoveryCode(*visitor, call.body.code));
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/passkey/options",
              .id = "session.passkey_options",
              .access = Access::Public(),
              .summary = "What the browser needs to sign in with a passkey",
              .command = kNoCommand},
             [sign_in](const Call<>& call) -> Result<PublicKeyOptions> {
               const VisitorOf visitor(call.request());
               PRIVITY_TRY(Json options, sign_in().PasskeyOptions(*visitor));
               return PublicKeyOptions{std::move(options)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/passkey",
              .id = "session.passkey",
              .access = Access::Public(),
              .summary = "Sign in with a passkey",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, PasskeySignIn>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(), sign_in().Passkey(*visitor, call.body.credential));
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/link/look",
              .id = "session.look_at_link",
              .access = Access::Public(),
              .summary = "Whose account a one-time link opens",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, LinkToken>& call) -> Result<LinkView> {
               return sign_in().LookAtLink(call.body.token);
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/link",
              .id = "session.accept_link",
              .access = Access::Public(),
              .summary = "Set a password by an invitation or reset link, and sign in",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, LinkAcceptance>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(), sign_in().AcceptLink(*visitor, call.body.token, call.body.password));
             });
  routes.Add({.method = "POST",
              .path = "/v1/session/forgot-password",
              .id = "session.forgot_password",
              .access = Access::Public(),
              .summary = "Have a link to set a new password sent",
              .description = "The answer is the same whether or not the address belongs to somebody.",
              .command = kNoCommand},
             [sign_in](const Call<Nothing, Nothing, ForgotPassword>& call) {
               const VisitorOf visitor(call.request());
               return Done(sign_in().ForgotPassword(*visitor, call.body.email));
             });
}

void AddSessionRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/session",
              .id = "session.get",
              .access = Access::Public(),
              .summary = "Who is signed in at this browser",
              .command = kNoCommand},
             [application](ReadTx& tx, const Call<>& call) -> Result<Session> {
               const VisitorOf visitor(call.request());
               return application->identity().sessions().View(tx, (*visitor).session_cookie);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/session",
              .id = "session.end",
              .access = Access::Public(),
              .summary = "Sign out",
              .status = 204,
              .command = kNoCommand},
             [application](const Call<>& call) -> Result<Reply<Nothing>> {
               const VisitorOf visitor(call.request());
               PRIVITY_TRY_VOID(
                   application->identity().sign_in().SignOut(*visitor, call.request().headers.Get("X-Privity-CSRF")));
               Reply<Nothing> reply{};
               SetSessionCookie(reply.headers, call.request(), "", std::chrono::seconds(0));
               return reply;
             });
}

void AddProofRoutes(RouteTable& routes, Application* application) {
  const auto account = [application]() -> const Account& { return application->identity().account(); };
  routes.Add({.method = "POST",
              .path = "/v1/me/proof/password",
              .id = "me.proof.password",
              .access = Access::Browser(),
              .summary = "Prove anew to be there, by password",
              .command = kNoCommand},
             [account](const Call<Nothing, Nothing, PasswordProof>& call) {
               return Done(account().ConfirmByPassword(call.caller(), call.body.password));
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/proof/totp",
              .id = "me.proof.totp",
              .access = Access::Browser(),
              .summary = "Prove anew to be there, by a code",
              .command = kNoCommand},
             [account](const Call<Nothing, Nothing, CodeSignIn>& call) {
               return Done(account().ConfirmByTotp(call.caller(), call.body.code));
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/proof/passkey/options",
              .id = "me.proof.passkey_options",
              .access = Access::Browser(),
              .summary = "What the browser needs to prove it by passkey",
              .command = kNoCommand},
             [account](ReadTx& tx, const Call<>& call) -> Result<PublicKeyOptions> {
               PRIVITY_TRY(Json options, account().ConfirmPasskeyOptions(tx, call.caller()));
               return PublicKeyOptions{std::move(options)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/proof/passkey",
              .id = "me.proof.passkey",
              .access = Access::Browser(),
              .summary = "Prove anew to be there, by passkey",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<Nothing, Nothing, PasskeySignIn>& call) {
               return Done(account().ConfirmByPasskey(tx, call.caller(), call.body.credential));
             });
}

void AddAccountRoutes(RouteTable& routes, Application* application) {
  const auto account = [application]() -> const Account& { return application->identity().account(); };
  routes.Add({.method = "GET",
              .path = "/v1/me",
              .id = "me.get",
              .access = Access::Browser(),
              .summary = "One's own account",
              .command = kNoCommand},
             [account](ReadTx& tx, const Call<>& call) -> Result<Reply<AccountView>> {
               PRIVITY_TRY(AccountView view, account().Get(tx, call.caller()));
               const std::int64_t version = view.version;
               return Versioned(std::move(view), version);
             });
  routes.Add({.method = "PATCH",
              .path = "/v1/me",
              .id = "me.update",
              .access = Access::Browser(),
              .summary = "Change one's own name",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<Nothing, Nothing, AccountUpdate>& call) -> Result<Reply<AccountView>> {
               PRIVITY_TRY(const auto expected, VersionIfSent(call));
               PRIVITY_TRY(AccountView view, account().Update(tx, call.caller(), call.body, expected));
               const std::int64_t version = view.version;
               return Versioned(std::move(view), version);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/me/password",
              .id = "me.password",
              .access = Access::Browser(),
              .summary = "Change one's own password",
              .description = "Ends all sessions and tokens and opens a new session for this browser.",
              .command = kNoCommand},
             [account](const Call<Nothing, Nothing, PasswordChange>& call) {
               const VisitorOf visitor(call.request());
               return Enter(call.request(),
                            account().ChangePassword(*visitor, call.caller(), call.body.current_password,
                                                     call.body.new_password));
             });
  routes.Add({.method = "GET",
              .path = "/v1/me/sessions",
              .id = "me.sessions",
              .access = Access::Browser(),
              .summary = "Where one is signed in",
              .command = kNoCommand},
             [application](ReadTx& tx, const Call<Nothing, PageQuery>& call) -> Result<Page<SessionInfo>> {
               PRIVITY_TRY(auto sessions,
                           application->identity().people().Sessions(tx, call.caller(), *call.caller().user));
               return PageOf(std::move(sessions), call.query);
             });
  routes.Add(
      {.method = "DELETE",
       .path = "/v1/me/sessions",
       .id = "me.sessions.end_others",
       .access = Access::Browser(),
       .summary = "Sign out everywhere else",
       .command = kNoCommand},
      [account](WriteTx& tx, const Call<>& call) { return Done(account().EndOtherSessions(tx, call.caller())); });
  routes.Add({.method = "DELETE",
              .path = "/v1/me/sessions/{id}",
              .id = "me.sessions.end",
              .access = Access::Browser(),
              .summary = "Sign out one browser",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<BySession>& call) {
               return Done(account().EndSession(tx, call.caller(), call.path.id));
             });
}

void AddFactorRoutes(RouteTable& routes, Application* application) {
  const auto account = [application]() -> const Account& { return application->identity().account(); };
  const auto write = [application](const auto& act) {
    return application->store().Write([&](WriteTx& tx) { return act(tx); });
  };
  routes.Add({.method = "POST",
              .path = "/v1/me/totp",
              .id = "me.totp.start",
              .access = Access::Browser(),
              .summary = "Begin to add an authenticator app",
              .command = kNoCommand},
             [account, write](const Call<>& call) -> Result<TotpSetup> {
               return write([&](WriteTx& tx) { return account().BeginTotp(tx, call.caller()); });
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/totp/confirm",
              .id = "me.totp.confirm",
              .access = Access::Browser(),
              .summary = "Show a code of the new app",
              .description = "The first second factor brings recovery codes, shown this once.",
              .command = kNoCommand},
             [account, write](const Call<Nothing, Nothing, CodeSignIn>& call) -> Result<RecoveryCodes> {
               return write([&](WriteTx& tx) { return account().FinishTotp(tx, call.caller(), call.body.code); });
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/me/totp",
              .id = "me.totp.remove",
              .access = Access::Browser(),
              .summary = "Remove the authenticator app",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<>& call) { return Done(account().RemoveTotp(tx, call.caller())); });
  routes.Add({.method = "POST",
              .path = "/v1/me/recovery-codes",
              .id = "me.recovery_codes",
              .access = Access::Browser(),
              .summary = "Make new recovery codes",
              .description = "Shown this once; the old ones stop working.",
              .command = kNoCommand},
             [account, write](const Call<>& call) -> Result<RecoveryCodes> {
               return write([&](WriteTx& tx) { return account().NewRecoveryCodes(tx, call.caller()); });
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/passkeys/options",
              .id = "me.passkeys.options",
              .access = Access::Browser(),
              .summary = "What the browser needs to make a passkey",
              .command = kNoCommand},
             [account](ReadTx& tx, const Call<>& call) -> Result<PublicKeyOptions> {
               PRIVITY_TRY(Json options, account().PasskeyOptions(tx, call.caller()));
               return PublicKeyOptions{std::move(options)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/me/passkeys",
              .id = "me.passkeys.add",
              .access = Access::Browser(),
              .summary = "Add a passkey",
              .description = "The first second factor brings recovery codes, shown this once.",
              .status = 201,
              .command = kNoCommand},
             [account, write](const Call<Nothing, Nothing, NewPasskey>& call) -> Result<RecoveryCodes> {
               return write([&](WriteTx& tx) {
                 return account().AddPasskey(tx, call.caller(), call.body.name, call.body.credential);
               });
             });
  routes.Add({.method = "PATCH",
              .path = "/v1/me/passkeys/{id}",
              .id = "me.passkeys.rename",
              .access = Access::Browser(),
              .summary = "Rename a passkey",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<ByPasskey, Nothing, PasskeyName>& call) {
               return Done(account().RenamePasskey(tx, call.caller(), call.path.id, call.body.name));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/me/passkeys/{id}",
              .id = "me.passkeys.remove",
              .access = Access::Browser(),
              .summary = "Remove a passkey",
              .command = kNoCommand},
             [account](WriteTx& tx, const Call<ByPasskey>& call) {
               return Done(account().RemovePasskey(tx, call.caller(), call.path.id));
             });
}

void AddPeopleRoutes(RouteTable& routes, Application* application) {
  const auto people = [application]() -> const People& { return application->identity().people(); };
  constexpr Access kRead = Access::Permission("users.read");
  constexpr Access kWrite = Access::Permission("users.write");
  routes.Add(
      {.method = "GET", .path = "/v1/users", .id = "users.list", .access = kRead, .summary = "People who can sign in"},
      [people](ReadTx& tx, const Call<Nothing, UserQuery>& call) -> Result<Page<User>> {
        PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
        PRIVITY_TRY(UserPage page, people().List(tx, {.q = call.query.q,
                                                      .state = call.query.state,
                                                      .role = call.query.role,
                                                      .after = position,
                                                      .limit = call.query.limit}));
        return Page<User>{std::move(page.items), std::move(page.next)};
      });
  routes.Add({.method = "GET", .path = "/v1/users/{id}", .id = "users.get", .access = kRead, .summary = "One person"},
             [people](ReadTx& tx, const Call<ByUser>& call) -> Result<Reply<User>> {
               PRIVITY_TRY(User user, people().Get(tx, call.path.id));
               return UserReply(std::move(user));
             });
  routes.Add({.method = "PATCH",
              .path = "/v1/users/{id}",
              .id = "users.update",
              .access = kWrite,
              .summary = "Change a person's name, address, roles or state",
              .description = "A change of address, roles or state ends the person's sessions and tokens."},
             [people](WriteTx& tx, const Call<ByUser, Nothing, UserUpdate>& call) -> Result<Reply<User>> {
               PRIVITY_TRY(const auto expected, VersionIfSent(call));
               PRIVITY_TRY(User user, people().Update(tx, call.caller(), call.path.id, call.body, expected));
               return UserReply(std::move(user));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/users/{id}",
              .id = "users.delete",
              .access = kWrite,
              .summary = "Remove a person with all credentials"},
             [people](WriteTx& tx, const Call<ByUser>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, VersionIfSent(call));
               return Done(people().Delete(tx, call.caller(), call.path.id, expected));
             });
  routes.Add({.method = "GET",
              .path = "/v1/users/{id}/sessions",
              .id = "users.sessions",
              .access = kRead,
              .summary = "Where a person is signed in"},
             [people](ReadTx& tx, const Call<ByUser, PageQuery>& call) -> Result<Page<SessionInfo>> {
               PRIVITY_TRY(auto sessions, people().Sessions(tx, call.caller(), call.path.id));
               return PageOf(std::move(sessions), call.query);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/users/{id}/sessions",
              .id = "users.end_sessions",
              .access = kWrite,
              .summary = "End a person's sessions and tokens"},
             [people](WriteTx& tx, const Call<ByUser>& call) {
               return Done(people().EndSessions(tx, call.caller(), call.path.id));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/users/{id}/second-factors",
              .id = "users.remove_second_factors",
              .access = kWrite,
              .summary = "Remove a person's authenticator app, passkeys and recovery codes",
              .description = "For somebody who lost them. Sessions and tokens end."},
             [people](WriteTx& tx, const Call<ByUser>& call) {
               return Done(people().RemoveSecondFactors(tx, call.caller(), call.path.id));
             });
  routes.Add({.method = "POST",
              .path = "/v1/users/{id}/password-link",
              .id = "users.password_link",
              .access = kWrite,
              .summary = "Make a link with which a person sets a new password",
              .description = "Sent by mail when mail is configured, else shown this once.",
              .status = 201},
             [application, people](const Call<ByUser>& call) -> Result<PasswordLink> {
               return application->store().Write(
                   [&](WriteTx& tx) { return people().MakePasswordLink(tx, call.caller(), call.path.id); });
             });
}

void AddInvitationRoutes(RouteTable& routes, Application* application) {
  const auto people = [application]() -> const People& { return application->identity().people(); };
  constexpr Access kWrite = Access::Permission("users.write");
  routes.Add({.method = "GET",
              .path = "/v1/invitations",
              .id = "invitations.list",
              .access = Access::Permission("users.read"),
              .summary = "Open invitations"},
             [people](ReadTx& tx, const Call<Nothing, PageQuery>& call) -> Result<Page<Invitation>> {
               PRIVITY_TRY(auto invitations, people().Invitations(tx));
               return PageOf(std::move(invitations), call.query);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/invitations",
       .id = "invitations.create",
       .access = kWrite,
       .summary = "Invite somebody to sign in",
       .description = "The link is sent by mail when mail is configured, else shown this once.",
       .status = 201},
      [application, people](const Call<Nothing, Nothing, InvitationRequest>& call) -> Result<Invitation> {
        return application->store().Write([&](WriteTx& tx) { return people().Invite(tx, call.caller(), call.body); });
      });
  routes.Add({.method = "POST",
              .path = "/v1/invitations/{id}/renew",
              .id = "invitations.renew",
              .access = kWrite,
              .summary = "Make a new link for an invitation",
              .description = "The old link stops working."},
             [application, people](const Call<ByInvitation>& call) -> Result<Invitation> {
               return application->store().Write(
                   [&](WriteTx& tx) { return people().RenewInvitation(tx, call.caller(), call.path.id); });
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/invitations/{id}",
              .id = "invitations.withdraw",
              .access = kWrite,
              .summary = "Withdraw an invitation"},
             [people](WriteTx& tx, const Call<ByInvitation>& call) {
               return Done(people().WithdrawInvitation(tx, call.caller(), call.path.id));
             });
}

void AddRoleRoutes(RouteTable& routes, Application* application) {
  const auto roles = [application]() -> const Roles& { return application->identity().roles(); };
  constexpr Access kRead = Access::Permission("roles.read");
  constexpr Access kWrite = Access::Permission("roles.write");
  routes.Add({.method = "GET", .path = "/v1/roles", .id = "roles.list", .access = kRead, .summary = "Roles"},
             [roles](ReadTx& tx, const Call<Nothing, RoleQuery>& call) -> Result<Page<Role>> {
               PRIVITY_TRY(auto all, roles().List(tx, call.query.q));
               return PageOf(std::move(all), call.query);
             });
  routes.Add({.method = "GET", .path = "/v1/roles/{id}", .id = "roles.get", .access = kRead, .summary = "One role"},
             [roles](ReadTx& tx, const Call<ByRole>& call) -> Result<Reply<Role>> {
               PRIVITY_TRY(Role role, roles().Get(tx, call.path.id));
               return RoleReply(std::move(role));
             });
  routes.Add({.method = "POST",
              .path = "/v1/roles",
              .id = "roles.create",
              .access = kWrite,
              .summary = "Make a role",
              .status = 201},
             [roles](WriteTx& tx, const Call<Nothing, Nothing, RoleRequest>& call) -> Result<Reply<Role>> {
               PRIVITY_TRY(Role role, roles().Create(tx, call.caller(), call.body));
               std::string location = "/v1/roles/" + role.id.ToString();
               const std::int64_t version = role.version;
               return CreatedAt(std::move(role), std::move(location), version);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/roles/{id}",
              .id = "roles.update",
              .access = kWrite,
              .summary = "Change a role",
              .description = "Takes effect with the next request of whoever holds it.",
              .needs_version = true},
             [roles](WriteTx& tx, const Call<ByRole, Nothing, RoleRequest>& call) -> Result<Reply<Role>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(Role role, roles().Update(tx, call.caller(), call.path.id, call.body, expected));
               return RoleReply(std::move(role));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/roles/{id}",
              .id = "roles.delete",
              .access = kWrite,
              .summary = "Remove a role that nobody holds"},
             [roles](WriteTx& tx, const Call<ByRole>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, VersionIfSent(call));
               return Done(roles().Delete(tx, call.caller(), call.path.id, expected));
             });
  routes.Add({.method = "GET",
              .path = "/v1/permissions",
              .id = "permissions.list",
              .access = Access::SignedIn(),
              .summary = "What roles and tokens can be made of"},
             [application](const Call<Nothing, RoleQuery>& call) -> Result<Page<PermissionInfo>> {
               const auto& known = application->permissions().permissions();
               std::vector<PermissionInfo> all;
               all.reserve(known.size());
               for (const auto& [name, info] : known) {
                 const bool wanted = !call.query.q || name.find(*call.query.q) != std::string_view::npos ||
                                     info.summary.find(*call.query.q) != std::string_view::npos;
                 if (wanted) all.push_back({std::string(name), std::string(info.summary)});
               }
               return PageOf(std::move(all), call.query);
             });
}

void AddTokenRoutes(RouteTable& routes, Application* application) {
  const auto tokens = [application]() -> const Tokens& { return application->identity().tokens(); };
  routes.Add({.method = "GET",
              .path = "/v1/tokens",
              .id = "tokens.list",
              .access = Access::Permission("tokens.read"),
              .summary = "One's own API tokens, or everybody's with tokens.manage"},
             [tokens](ReadTx& tx, const Call<Nothing, PageQuery>& call) -> Result<Page<Token>> {
               PRIVITY_TRY(auto all, tokens().List(tx, call.caller()));
               return PageOf(std::move(all), call.query);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/tokens",
       .id = "tokens.create",
       .access = Access::Permission("tokens.write"),
       .summary = "Make an API token",
       .description = "Shown this once. It can do at most what its owner can at the time of each request.",
       .status = 201,
       .command = kNoCommand},
      [application, tokens](const Call<Nothing, Nothing, TokenRequest>& call) -> Result<NewToken> {
        return application->store().Write([&](WriteTx& tx) { return tokens().Create(tx, call.caller(), call.body); });
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/tokens/{id}",
              .id = "tokens.revoke",
              .access = Access::Permission("tokens.write"),
              .summary = "Revoke an API token"},
             [tokens](WriteTx& tx, const Call<ByToken>& call) {
               return Done(tokens().Revoke(tx, call.caller(), call.path.id));
             });
}

}  // namespace
}  // namespace privity::identity_api

namespace privity {

void AddIdentityRoutes(RouteTable& routes, Application* application) {
  identity_api::AddEntryRoutes(routes, application);
  identity_api::AddSessionRoutes(routes, application);
  identity_api::AddProofRoutes(routes, application);
  identity_api::AddAccountRoutes(routes, application);
  identity_api::AddFactorRoutes(routes, application);
  identity_api::AddPeopleRoutes(routes, application);
  identity_api::AddInvitationRoutes(routes, application);
  identity_api::AddRoleRoutes(routes, application);
  identity_api::AddTokenRoutes(routes, application);
}

}  // namespace privity
