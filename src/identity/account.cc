#include "identity/account.h"

#include "identity/internal/normal_text.h"
#include "identity/internal/rows.h"
#include "identity/internal/totp_secret.h"
#include "identity/one_time_code.h"
#include "identity/password_policy.h"

namespace privity {
namespace {

constexpr std::string_view kCreatePurpose = "passkey.create";
constexpr std::string_view kConfirmPurpose = "passkey.confirm";
constexpr std::chrono::minutes kCeremonyLifetime{10};

Result<UserId> PersonOf(const Caller& caller) {
  if (!caller.user || !caller.session) return Error("identity.person_needed");
  return *caller.user;
}

// The person, after a recent proof: for what adds or removes a way in.
Result<UserId> ProvedPerson(const Caller& caller, Instant now) {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY_VOID(RequireRecentProof(caller, now));
  return user;
}

Result<std::vector<Bytes>> CredentialIdsOf(ReadTx& tx, const UserId& user) {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT credential_id FROM identity_passkey WHERE user_id = $1", {user}));
  std::vector<Bytes> ids;
  for (const Row& row : rows) ids.push_back(row.Get<Bytes>(0));
  return ids;
}

Result<std::vector<PasskeyInfo>> PasskeysOf(ReadTx& tx, const UserId& user) {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, name, is_backed_up, created_at, last_used_at FROM identity_passkey "
                                        "WHERE user_id = $1 ORDER BY id",
                                        {user}));
  std::vector<PasskeyInfo> passkeys;
  for (const Row& row : rows) {
    passkeys.push_back({row.Get<PasskeyId>(0), row.Get<std::string>(1), row.Get<bool>(2), row.Get<Instant>(3),
                        row.Get<std::optional<Instant>>(4)});
  }
  return passkeys;
}

Result<std::vector<ExternalLink>> ProvidersOf(ReadTx& tx, const UserId& user) {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT p.id, p.name, e.linked_at FROM identity_external e "
                                        "JOIN identity_provider p ON p.id = e.provider_id WHERE e.user_id = $1 "
                                        "ORDER BY p.name",
                                        {user}));
  std::vector<ExternalLink> links;
  for (const Row& row : rows) links.push_back({row.Get<ProviderId>(0), row.Get<std::string>(1), row.Get<Instant>(2)});
  return links;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const AccountUpdate*) {
  return {{.name = "name",
           .description = "How colleagues call you.",
           .format = "line",
           .min_length = 1,
           .max_length = 200}};
}

Result<AccountView> Account::Get(ReadTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId id, PersonOf(caller));
  PRIVITY_TRY(const UserRow user, LoadUser(tx, id));
  AccountView view{.id = id,
                   .name = user.name,
                   .email = user.email,
                   .has_password = user.password_hash.has_value(),
                   .totp = false,
                   .recovery_codes_left = 0,
                   .passkeys = {},
                   .providers = {},
                   .version = user.version};
  PRIVITY_TRY(const auto counts,
              tx.QueryOne("SELECT (SELECT count(*) FROM identity_totp WHERE user_id = $1 AND is_confirmed), "
                          "(SELECT count(*) FROM identity_recovery_code WHERE user_id = $1)",
                          {id}));
  view.totp = counts->Get<std::int64_t>(0) > 0;
  view.recovery_codes_left = counts->Get<std::int64_t>(1);
  PRIVITY_TRY(view.passkeys, PasskeysOf(tx, id));
  PRIVITY_TRY(view.providers, ProvidersOf(tx, id));
  return view;
}

Result<AccountView> Account::Update(WriteTx& tx, const Caller& caller, const AccountUpdate& update,
                                    std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const UserId id, PersonOf(caller));
  PRIVITY_TRY(const UserRow user, LoadUser(tx, id));
  if (expected_version && *expected_version != user.version) return Error("identity.changed_meanwhile");
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET name = $2, name_key = $3, version = version + 1 WHERE id = $1",
                              {id, update.name, FoldName(update.name)}));
  Entry entry = EntryBy(caller, "identity.user.changed", "user", id);
  entry.details.Add("members", WordsOf(std::vector<std::string>{"name"}));
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  return Get(tx, caller);
}

// --- Proving to be there ---

// Counted by person: whoever found an open browser gets as few tries as anybody else.
Attempt Account::AttemptOf(const Caller& caller) const {
  return {.account = "confirm:" + caller.user->ToString(), .address = caller.address, .device = std::nullopt};
}

Status Account::NoteProof(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY_VOID(limits_.Forgive(tx, AttemptOf(caller)));
  PRIVITY_TRY_VOID(sessions_.Prove(tx, *caller.session));
  return Record(world_, tx, EntryBy(caller, "identity.session.confirmed", "session", *caller.session));
}

Result<bool> Account::PasswordIsRight(const Caller& caller, const SecretString& password) const {
  PRIVITY_TRY(const UserRow user, world_.store.Read([&](ReadTx& tx) { return LoadUser(tx, *caller.user); }));
  PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return limits_.Begin(tx, AttemptOf(caller)); }));
  const auto normal = NormalizePassword(password);
  if (!normal.ok() || !user.password_hash) return false;
  PRIVITY_TRY(const PasswordVerdict verdict, world_.hasher.Verify(*normal, *user.password_hash));
  return verdict != PasswordVerdict::kWrong;
}

Status Account::ConfirmByPassword(const Caller& caller, const SecretString& password) const {
  PRIVITY_TRY_VOID(PersonOf(caller));
  PRIVITY_TRY(const bool right, PasswordIsRight(caller, password));
  if (!right) return Error("identity.sign_in_failed");
  return world_.store.Write([&](WriteTx& tx) { return NoteProof(tx, caller); });
}

Status Account::ConfirmByTotp(const Caller& caller, const std::string& code) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) { return limits_.Begin(tx, AttemptOf(caller)); }));
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const bool right, UseTotpCode(tx, world_, user, code));
    if (!right) return Error("identity.sign_in_failed");
    return NoteProof(tx, caller);
  });
}

Result<Json> Account::ConfirmPasskeyOptions(ReadTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY(const auto ids, CredentialIdsOf(tx, user));
  PRIVITY_TRY(const Bytes challenge,
              tickets_.Issue(kConfirmPurpose, caller.session->ToString(), "", kCeremonyLifetime));
  return PasskeyRequestOptions(PartyAt(world_.console), challenge, ids);
}

Status Account::ConfirmByPasskey(WriteTx& tx, const Caller& caller, const Json& credential) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY(const PasskeyClaim claim, ReadPasskeyClaim(credential));
  PRIVITY_TRY_VOID(tickets_.Open(kConfirmPurpose, caller.session->ToString(), claim.challenge));
  PRIVITY_TRY_VOID(tickets_.Spend(tx, claim.challenge));
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT public_key, sign_count, id FROM identity_passkey "
                                          "WHERE credential_id = $1 AND user_id = $2",
                                          {claim.credential_id, user}));
  if (!row) return Error("identity.sign_in_failed");
  PRIVITY_TRY(const PasskeyProof proof,
              CheckPasskeyAssertion(PartyAt(world_.console), claim.challenge, row->Get<Bytes>(0),
                                    row->Get<std::uint32_t>(1), credential));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_passkey SET sign_count = $2, last_used_at = $3 WHERE id = $1",
                              {row->Get<PasskeyId>(2), proof.sign_count, world_.clock.Now()}));
  return NoteProof(tx, caller);
}

// --- Password ---

Result<SignedIn> Account::ChangePassword(const Visitor& visitor, const Caller& caller, const SecretString& current,
                                         const SecretString& next) const {
  PRIVITY_TRY(const UserId id, PersonOf(caller));
  struct Before {
    UserRow user;
    PasswordContext context;
  };
  PRIVITY_TRY(const Before before, world_.store.Read([&](ReadTx& tx) -> Result<Before> {
    PRIVITY_TRY(UserRow user, LoadUser(tx, id));
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, id));
    PasswordContext context{!factors.empty(), user.name, user.email, organization.name};
    return Before{std::move(user), std::move(context)};
  }));
  if (before.user.password_hash) {
    PRIVITY_TRY(const bool right, PasswordIsRight(caller, current));
    if (!right) return Error("identity.sign_in_failed");
  } else {
    PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  }
  PRIVITY_TRY(const SecretString accepted, AcceptNewPassword(next, before.context));
  PRIVITY_TRY(const std::string hash, world_.hasher.Hash(accepted));
  PRIVITY_TRY(const OpenedSession session, world_.store.Write([&](WriteTx& tx) -> Result<OpenedSession> {
    PRIVITY_TRY(const UserRow now, LoadUser(tx, id));
    if (now.epoch != before.user.epoch) return Error("identity.changed_meanwhile");
    PRIVITY_TRY_VOID(EndAccess(tx, id));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE identity_user SET password_hash = $2, password_stands_alone = $3, "
                   "version = version + 1 WHERE id = $1",
                   {id, hash, MayStandAlone(accepted)}));
    PRIVITY_TRY_VOID(limits_.Forgive(tx, AttemptOf(caller)));
    PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.password.changed", "user", id)));
    return sign_in_.BeginProved(tx, visitor, id, "password_changed");
  }));
  return sign_in_.Finish(session, before.user.email_key);
}

// --- Authenticator app and recovery codes ---

Result<TotpSetup> Account::BeginTotp(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId id, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const auto confirmed,
              tx.QueryOne("SELECT user_id FROM identity_totp WHERE user_id = $1 AND is_confirmed", {id}));
  if (confirmed) return Error("identity.totp_exists");
  PRIVITY_TRY(const UserRow user, LoadUser(tx, id));
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  const SecretBytes secret = NewTotpSecret();
  PRIVITY_TRY(const Bytes sealed, SealTotpSecret(world_, id, secret));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO identity_totp (user_id, secret, is_confirmed, last_step) "
                 "VALUES ($1, $2, $3, -1) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, "
                 "last_step = -1",
                 {id, sealed, false}));
  const std::string issuer = "Privity " + organization.name;
  return TotpSetup{Base32Encode(secret.Reveal()), TotpUri(secret, issuer, user.email).Reveal()};
}

Result<RecoveryCodes> Account::FinishTotp(WriteTx& tx, const Caller& caller, const std::string& code) const {
  PRIVITY_TRY(const UserId id, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const auto factors_before, SecondFactorsOf(tx, id));
  PRIVITY_TRY(const bool right, UseTotpCode(tx, world_, id, code, TotpStage::kUnconfirmed));
  if (!right) return Error("identity.totp_wrong");
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.totp.added", "user", id)));
  if (!factors_before.empty()) return RecoveryCodes();
  return ReplaceRecoveryCodes(tx, caller);
}

// After a way in was removed: there is still one, and a short password does not stand alone.
Status Account::RequireAWayIn(ReadTx& tx, const UserId& user) const {
  PRIVITY_TRY(const UserRow row, LoadUser(tx, user));
  PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, user));
  if (row.password_hash) {
    const bool stands = row.password_stands_alone || !factors.empty();
    return stands ? Ok() : Status(Error("identity.password_needed"));
  }
  PRIVITY_TRY(const auto passkeys, CredentialIdsOf(tx, user));
  PRIVITY_TRY(const auto providers, ProvidersOf(tx, user));
  if (passkeys.empty() && providers.empty()) return Error("identity.last_way_in");
  return Ok();
}

Status Account::RemoveTotp(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId id, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const std::int64_t removed, tx.Execute("DELETE FROM identity_totp WHERE user_id = $1", {id}));
  if (removed == 0) return Error("identity.totp_unknown");
  PRIVITY_TRY_VOID(RequireAWayIn(tx, id));
  return Record(world_, tx, EntryBy(caller, "identity.totp.removed", "user", id));
}

Result<RecoveryCodes> Account::NewRecoveryCodes(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY_VOID(ProvedPerson(caller, world_.clock.Now()));
  return ReplaceRecoveryCodes(tx, caller);
}

Result<RecoveryCodes> Account::ReplaceRecoveryCodes(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_recovery_code WHERE user_id = $1", {*caller.user}));
  RecoveryCodes made;
  std::vector<SqlValues> rows;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    made.codes.push_back(NewRecoveryCode().Reveal());
    rows.push_back({*caller.user, HashRecoveryCode(*caller.user, made.codes.back())});
  }
  PRIVITY_TRY_VOID(tx.ExecuteMany("INSERT INTO identity_recovery_code (user_id, code_hash) VALUES ($1, $2)", rows));
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.recovery_codes.created", "user", *caller.user)));
  return made;
}

// --- Passkeys ---

Result<Json> Account::PasskeyOptions(ReadTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId id, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const UserRow user, LoadUser(tx, id));
  PRIVITY_TRY(const auto known, CredentialIdsOf(tx, id));
  if (known.size() >= kPasskeysMax) return Error("identity.passkeys_full");
  PRIVITY_TRY(const Bytes challenge, tickets_.Issue(kCreatePurpose, caller.session->ToString(), "", kCeremonyLifetime));
  const auto& handle = id.uuid().bytes();
  return PasskeyCreationOptions(
      PartyAt(world_.console), "Privity", challenge,
      {.handle = Bytes(handle.begin(), handle.end()), .name = user.email, .display_name = user.name}, known);
}

Result<RecoveryCodes> Account::AddPasskey(WriteTx& tx, const Caller& caller, const std::string& name,
                                          const Json& credential) const {
  PRIVITY_TRY(const UserId id, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const PasskeyClaim claim, ReadPasskeyClaim(credential));
  PRIVITY_TRY_VOID(tickets_.Open(kCreatePurpose, caller.session->ToString(), claim.challenge));
  PRIVITY_TRY_VOID(tickets_.Spend(tx, claim.challenge));
  PRIVITY_TRY(const NewPasskey passkey, CheckPasskeyCreation(PartyAt(world_.console), claim.challenge, credential));
  PRIVITY_TRY(const auto known, CredentialIdsOf(tx, id));
  if (known.size() >= kPasskeysMax) return Error("identity.passkeys_full");
  PRIVITY_TRY(const auto factors_before, SecondFactorsOf(tx, id));
  const auto passkey_id = PasskeyId::New(world_.clock);
  PRIVITY_TRY(const std::int64_t added,
              tx.Execute("INSERT INTO identity_passkey (id, user_id, credential_id, public_key, sign_count, "
                         "is_backed_up, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                         "ON CONFLICT (credential_id) DO NOTHING",
                         {passkey_id, id, passkey.credential_id, passkey.public_key, passkey.sign_count,
                          passkey.backed_up, name, world_.clock.Now()}));
  if (added == 0) return Error("identity.passkey_known");
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.passkey.added", "passkey", passkey_id)));
  if (!factors_before.empty()) return RecoveryCodes();
  return ReplaceRecoveryCodes(tx, caller);
}

Status Account::RenamePasskey(WriteTx& tx, const Caller& caller, const PasskeyId& id, const std::string& name) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY(const std::int64_t renamed,
              tx.Execute("UPDATE identity_passkey SET name = $3 WHERE id = $1 AND user_id = $2", {id, user, name}));
  if (renamed == 0) return Error("identity.passkey_unknown");
  return Record(world_, tx, EntryBy(caller, "identity.passkey.renamed", "passkey", id));
}

Status Account::RemovePasskey(WriteTx& tx, const Caller& caller, const PasskeyId& id) const {
  PRIVITY_TRY(const UserId user, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const std::int64_t removed,
              tx.Execute("DELETE FROM identity_passkey WHERE id = $1 AND user_id = $2", {id, user}));
  if (removed == 0) return Error("identity.passkey_unknown");
  PRIVITY_TRY_VOID(RequireAWayIn(tx, user));
  return Record(world_, tx, EntryBy(caller, "identity.passkey.removed", "passkey", id));
}

// --- Sessions and providers ---

Status Account::EndSession(WriteTx& tx, const Caller& caller, const SessionId& id) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY(const std::int64_t ended,
              tx.Execute("DELETE FROM identity_session WHERE id = $1 AND user_id = $2", {id, user}));
  if (ended == 0) return Error("identity.session_unknown");
  return Record(world_, tx, EntryBy(caller, "identity.session.ended", "session", id));
}

Status Account::EndOtherSessions(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_session WHERE user_id = $1 AND id <> $2", {user, *caller.session}));
  return Record(world_, tx, EntryBy(caller, "identity.session.ended", "user", user));
}

Status Account::Unlink(WriteTx& tx, const Caller& caller, const ProviderId& provider) const {
  PRIVITY_TRY(const UserId user, ProvedPerson(caller, world_.clock.Now()));
  PRIVITY_TRY(const std::int64_t removed,
              tx.Execute("DELETE FROM identity_external WHERE provider_id = $1 AND user_id = $2", {provider, user}));
  if (removed == 0) return Error("identity.external_unknown");
  PRIVITY_TRY_VOID(RequireAWayIn(tx, user));
  return Record(world_, tx, EntryBy(caller, "identity.external.unlinked", "user", user));
}

}  // namespace privity
