// The ways in: set-up link, invitation, password and second factor, passkey, and links to set a new password.
//
// Each call is one step of a browser that has no session yet, or half of one. It runs its own transactions: hashing a
// password takes a tenth of a second and must not hold one open. Whether an account exists is told by no answer and by
// no time: unknown names cost the same work. Safe to call from many threads; blocks, so call it from a worker.
//
// Errors, besides those of the store and the ledger: identity.sign_in_failed (401; wrong name, password, code or
// passkey, or an account that may not sign in: which of them is not told), identity.too_many_attempts (429),
// identity.account_guarded (429), identity.second_factor_expired (401), identity.link_invalid (410),
// identity.ticket_invalid, crypto.password_busy (503), those of AcceptNewPassword and of webauthn.h.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "identity/internal/tickets.h"
#include "identity/sessions.h"
#include "identity/sign_in_limits.h"
#include "identity/webauthn.h"
#include "identity/world.h"

namespace privity {

// The browser that asks. Borrowed for one call.
struct Visitor {
  std::string_view address;
  std::string_view client;          // User-Agent
  std::string_view session_cookie;  // or ""
  std::string_view device_cookie;   // or ""
  std::string_view request_id;
};

// A step that went well: the session cookie to set, and the device cookie once the person is signed in.
struct SignedIn {
  OpenedSession session;
  Session view;
  std::optional<SecretString> device_cookie;
};

inline constexpr std::chrono::hours kDeviceCookieLifetime{24 * 365};
inline constexpr std::string_view kPasswordLetterJob = "identity.send_password_letter";

struct SetupRequest {
  SecretString token;
  std::string organization;
  TimeZone time_zone;
  std::string name;
  std::string email;
  SecretString password;
};
PRIVITY_DESCRIBE(SetupRequest, (token, organization, time_zone, name, email, password))
std::vector<FieldNote> FieldNotes(const SetupRequest*);

struct LinkView {
  LinkKind kind = LinkKind::kInvitation;
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::string organization;
  Instant expires_at;
  bool second_factor = false;  // the new password may then be shorter
};
PRIVITY_DESCRIBE(LinkView, (kind, name, email, organization, expires_at, second_factor))

class SignIn {
 public:
  SignIn(const IdentityWorld& world, const Tickets& tickets, const Sessions& sessions)
      : world_(world), tickets_(tickets), sessions_(sessions), links_(world.clock), limits_(world.clock) {}

  // Whether nobody can sign in yet.
  Result<bool> SetupNeeded(ReadTx& tx) const;
  // A fresh set-up link, while set-up is needed: the full address. The one before is dead.
  Result<SecretString> NewSetupLink() const;
  // Makes the organization and its first administrator, who is signed in.
  Result<SignedIn> CompleteSetup(const Visitor& visitor, const SetupRequest& request) const;

  // Signed in, or half when there is a second factor.
  Result<SignedIn> Password(const Visitor& visitor, const std::string& email, const SecretString& password) const;
  Result<SignedIn> Totp(const Visitor& visitor, const std::string& code) const;
  Result<SignedIn> RecoveryCode(const Visitor& visitor, const std::string& code) const;

  Result<Json> PasskeyOptions(const Visitor& visitor) const;
  Result<SignedIn> Passkey(const Visitor& visitor, const Json& credential) const;

  // Has a link to set a new password sent, if there is such an account: that is found out in a job, so that this call
  // does the same whoever asks. identity.mail_not_configured (409).
  Status ForgotPassword(const Visitor& visitor, const std::string& email) const;
  // The job's part (kind kPasswordLetterJob). Harmless when run twice: the later link replaces the earlier.
  Status SendPasswordLetter(const Json& payload) const;
  Result<LinkView> LookAtLink(const SecretString& token) const;
  // Sets a password by an invitation or reset link, and signs in. A reset ends all sessions and tokens; where the
  // person has a second factor it is asked for all the same.
  Result<SignedIn> AcceptLink(const Visitor& visitor, const SecretString& token, const SecretString& password) const;

  // Ends the session of the cookie, whole or half; nothing when there is none. identity.csrf_refused (403).
  Status SignOut(const Visitor& visitor, std::string_view csrf_token) const;

  // Signs somebody in who was proved by a provider (oidc_sign_in.h), inside that transaction.
  Result<OpenedSession> BeginProved(WriteTx& tx, const Visitor& visitor, const UserId& user, Literal method) const;
  Result<SignedIn> Finish(const OpenedSession& session, const std::optional<std::string>& account) const;

 private:
  Result<SessionRecord> HalfSession(const Visitor& visitor) const;
  Result<SignedIn> Upgrade(const Visitor& visitor, const SessionRecord& half, Literal method,
                           const std::function<Status(WriteTx&)>& consume) const;
  Attempt AttemptOf(const Visitor& visitor, const std::string& account) const;

  const IdentityWorld& world_;
  const Tickets& tickets_;
  const Sessions& sessions_;
  const OneTimeLinks links_;
  const SignInLimits limits_;
};

// The relying party of passkeys at this console. On loopback it is "localhost": an address is no domain, and WebAuthn
// wants one.
RelyingParty PartyAt(const ConsoleAddress& console);

}  // namespace privity
