// The people of the company who can sign in, their roles, and the invitations by which they come.
//
// Every call works in the caller's transaction, with its ledger entry. The server has checked the route's permission;
// here is checked what depends on the object: nobody changes a person who may do more than he may himself, or hands out
// a role that may (RequireWithin), and the last administrator stays. Sessions older than 15 minutes must prove
// themselves again before they change somebody's rights (identity.proof_needed).
//
// Errors of all calls, besides those of the store and the ledger: identity.user_unknown (404), identity.role_unknown,
// identity.changed_meanwhile (412), identity.email_taken (409), identity.grant_exceeds_own (403),
// identity.last_administrator (409), identity.proof_needed (403).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

enum class UserState { kInvited, kActive, kDisabled };
PRIVITY_DESCRIBE_ENUM(UserState, kInvited, kActive, kDisabled)

struct User {
  UserId id;
  std::string name;
  std::string email;
  UserState state = UserState::kInvited;
  std::vector<RoleId> role_ids;
  bool second_factor = false;  // has an authenticator app or a passkey
  Instant created_at;
  std::optional<Instant> last_seen_at;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(User, (id, name, email, state, role_ids, second_factor, created_at, last_seen_at, version))

struct UserFilter {
  std::optional<std::string> q = {};  // part of the name or address, in any spelling
  std::optional<UserState> state = {};
  std::optional<RoleId> role = {};
  std::optional<std::string> after = {};  // UserPage::next
  std::int64_t limit = 50;
};

struct UserPage {
  std::vector<User> items;
  std::optional<std::string> next;
};

// What is absent stays as it is.
struct UserUpdate {
  std::optional<std::string> name = {};
  std::optional<std::string> email = {};
  std::optional<std::vector<RoleId>> role_ids = {};
  std::optional<UserState> state = {};  // active or disabled
};
PRIVITY_DESCRIBE(UserUpdate, (name, email, role_ids, state))
std::vector<FieldNote> FieldNotes(const UserUpdate*);

struct InvitationRequest {
  std::string email;
  std::string name;
  std::vector<RoleId> role_ids;
};
PRIVITY_DESCRIBE(InvitationRequest, (email, name, role_ids))
std::vector<FieldNote> FieldNotes(const InvitationRequest*);

struct Invitation {
  LinkId id;
  UserId user_id;
  std::string email;
  std::string name;
  std::vector<RoleId> role_ids;
  Instant expires_at;
  std::optional<std::string> link;  // shown once, to whoever made it, when it could not be sent by mail
};
PRIVITY_DESCRIBE(Invitation, (id, user_id, email, name, role_ids, expires_at, link))

struct PasswordLink {
  Instant expires_at;
  std::optional<std::string> link;  // as for Invitation
};
PRIVITY_DESCRIBE(PasswordLink, (expires_at, link))

struct SessionInfo {
  SessionId id;
  Instant created_at;
  Instant last_seen_at;
  std::string client;  // the browser, as it names itself, shortened
  bool current = false;
};
PRIVITY_DESCRIBE(SessionInfo, (id, created_at, last_seen_at, client, current))

class People {
 public:
  explicit People(const IdentityWorld& world) : world_(world), links_(world.clock) {}

  Result<UserPage> List(ReadTx& tx, const UserFilter& filter) const;
  Result<User> Get(ReadTx& tx, const UserId& id) const;
  // Who is active and holds the built-in role.
  Result<std::vector<UserId>> Administrators(ReadTx& tx) const;
  // Who is active and may do this by one of their roles.
  Result<std::vector<UserId>> WhoMay(ReadTx& tx, std::string_view permission) const;
  // Nobody for whom set up the installation or was invited by the operator.
  Result<std::optional<UserId>> InvitedBy(ReadTx& tx, const UserId& id) const;
  // What the person may do now: nothing while they cannot sign in. identity.user_unknown.
  Result<PermissionSet> PermissionsOf(ReadTx& tx, const UserId& id) const;
  // A change of roles, address or state ends the person's sessions and tokens.
  Result<User> Update(WriteTx& tx, const Caller& caller, const UserId& id, const UserUpdate& update,
                      std::optional<std::int64_t> expected_version) const;
  // With all credentials. The ledger keeps the id and nothing else. Not oneself (identity.own_account).
  Status Delete(WriteTx& tx, const Caller& caller, const UserId& id,
                std::optional<std::int64_t> expected_version) const;

  Result<std::vector<SessionInfo>> Sessions(ReadTx& tx, const Caller& caller, const UserId& id) const;
  // All of a person's sessions and tokens.
  Status EndSessions(WriteTx& tx, const Caller& caller, const UserId& id) const;
  // For somebody who lost them: authenticator app, passkeys and recovery codes go, sessions and tokens end.
  Status RemoveSecondFactors(WriteTx& tx, const Caller& caller, const UserId& id) const;
  Result<PasswordLink> MakePasswordLink(WriteTx& tx, const Caller& caller, const UserId& id) const;

  Result<Invitation> Invite(WriteTx& tx, const Caller& caller, const InvitationRequest& request) const;
  Result<std::vector<Invitation>> Invitations(ReadTx& tx) const;
  // identity.invitation_unknown (404).
  Result<Invitation> RenewInvitation(WriteTx& tx, const Caller& caller, const LinkId& id) const;
  Status WithdrawInvitation(WriteTx& tx, const Caller& caller, const LinkId& id) const;

 private:
  Result<PermissionSet> PermissionsOfRoles(ReadTx& tx, const std::vector<RoleId>& ids) const;
  Status RequireNotStronger(ReadTx& tx, const Caller& caller, const UserId& target) const;
  Result<std::optional<std::string>> Deliver(WriteTx& tx, LinkKind kind, const UserId& user, const NewLink& link) const;

  const IdentityWorld& world_;
  const OneTimeLinks links_;
};

}  // namespace privity
