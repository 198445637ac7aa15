// One's own account: name, password, second factors, passkeys, sessions, linked providers.
//
// Every call acts on the person who calls (Caller::user), so none takes a user id: there is no foreign object to reach.
// What adds or removes a way in wants a recent proof (identity.proof_needed), which Confirm* renew. Calls with a
// transaction work in it; the others hash a password and run their own. Safe to call from many threads.
//
// Errors, besides those of the store and the ledger: identity.person_needed (403; the caller is no person),
// identity.proof_needed (403), identity.sign_in_failed (401; the present password or code is wrong),
// identity.too_many_attempts, identity.totp_exists (409), identity.totp_unknown (404), identity.passkey_unknown (404),
// identity.passkeys_full (409), identity.session_unknown (404), identity.external_unknown (404),
// identity.last_way_in (409), identity.password_needed (409; the password is too short to stand alone).
#pragma once

#include <string>
#include <vector>

#include "identity/sign_in.h"

namespace privity {

struct TotpSetup {
  std::string secret;  // Base32, to type in
  std::string uri;     // for a QR code
};
PRIVITY_DESCRIBE(TotpSetup, (secret, uri))

struct RecoveryCodes {
  std::vector<std::string> codes;
};
PRIVITY_DESCRIBE(RecoveryCodes, (codes))

struct PasskeyTag {};
using PasskeyId = Id<PasskeyTag>;
struct PasskeyInfo {
  PasskeyId id;
  std::string name;
  bool backed_up = false;
  Instant created_at;
  std::optional<Instant> last_used_at;
};
PRIVITY_DESCRIBE(PasskeyInfo, (id, name, backed_up, created_at, last_used_at))

struct ProviderTag {};
using ProviderId = Id<ProviderTag>;
struct ExternalLink {
  ProviderId provider_id;
  std::string provider_name;
  Instant linked_at;
};
PRIVITY_DESCRIBE(ExternalLink, (provider_id, provider_name, linked_at))

struct AccountView {
  UserId id;
  std::string name;
  std::string email;
  bool has_password = false;
  bool totp = false;
  std::int64_t recovery_codes_left = 0;
  std::vector<PasskeyInfo> passkeys;
  std::vector<ExternalLink> providers;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(AccountView, (id, name, email, has_password, totp, recovery_codes_left, passkeys, providers, version))

struct AccountUpdate {
  std::string name;
};
PRIVITY_DESCRIBE(AccountUpdate, (name))
std::vector<FieldNote> FieldNotes(const AccountUpdate*);

inline constexpr std::size_t kPasskeysMax = 20;

class Account {
 public:
  Account(const IdentityWorld& world, const Tickets& tickets, const Sessions& sessions, const SignIn& sign_in)
      : world_(world), tickets_(tickets), sessions_(sessions), sign_in_(sign_in), limits_(world.clock) {}

  Result<AccountView> Get(ReadTx& tx, const Caller& caller) const;
  Result<AccountView> Update(WriteTx& tx, const Caller& caller, const AccountUpdate& update,
                             std::optional<std::int64_t> expected_version) const;

  // Proves anew that the person is there.
  Status ConfirmByPassword(const Caller& caller, const SecretString& password) const;
  Status ConfirmByTotp(const Caller& caller, const std::string& code) const;
  Result<Json> ConfirmPasskeyOptions(ReadTx& tx, const Caller& caller) const;
  Status ConfirmByPasskey(WriteTx& tx, const Caller& caller, const Json& credential) const;

  // Ends all sessions and tokens, and opens a new session for this browser. `current` is not looked at for a person who
  // has no password yet and proved to be there a moment ago.
  Result<SignedIn> ChangePassword(const Visitor& visitor, const Caller& caller, const SecretString& current,
                                  const SecretString& next) const;

  // A new secret; it counts from the moment a code was shown. The first second factor brings recovery codes.
  Result<TotpSetup> BeginTotp(WriteTx& tx, const Caller& caller) const;
  Result<RecoveryCodes> FinishTotp(WriteTx& tx, const Caller& caller, const std::string& code) const;
  Status RemoveTotp(WriteTx& tx, const Caller& caller) const;
  Result<RecoveryCodes> NewRecoveryCodes(WriteTx& tx, const Caller& caller) const;

  Result<Json> PasskeyOptions(ReadTx& tx, const Caller& caller) const;
  // With recovery codes when this is the first second factor, else without any.
  Result<RecoveryCodes> AddPasskey(WriteTx& tx, const Caller& caller, const std::string& name,
                                   const Json& credential) const;
  Status RenamePasskey(WriteTx& tx, const Caller& caller, const PasskeyId& id, const std::string& name) const;
  Status RemovePasskey(WriteTx& tx, const Caller& caller, const PasskeyId& id) const;

  Status EndSession(WriteTx& tx, const Caller& caller, const SessionId& id) const;
  Status EndOtherSessions(WriteTx& tx, const Caller& caller) const;
  Status Unlink(WriteTx& tx, const Caller& caller, const ProviderId& provider) const;

 private:
  Attempt AttemptOf(const Caller& caller) const;
  Result<bool> PasswordIsRight(const Caller& caller, const SecretString& password) const;
  Result<RecoveryCodes> ReplaceRecoveryCodes(WriteTx& tx, const Caller& caller) const;
  Status RequireAWayIn(ReadTx& tx, const UserId& user) const;
  Status NoteProof(WriteTx& tx, const Caller& caller) const;

  const IdentityWorld& world_;
  const Tickets& tickets_;
  const Sessions& sessions_;
  const SignIn& sign_in_;
  const SignInLimits limits_;
};

}  // namespace privity
