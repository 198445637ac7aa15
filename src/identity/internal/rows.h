// What several parts of this room do with the same tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/caller.h"
#include "identity/people.h"
#include "identity/proof.h"
#include "identity/world.h"

namespace privity {

struct UserRow {
  UserId id;
  std::string email;
  std::string email_key;
  std::string name;
  UserState state = UserState::kInvited;
  std::optional<std::string> password_hash;
  bool password_stands_alone = false;
  std::int64_t epoch = 0;
  Instant created_at;
  std::optional<Instant> last_seen_at;
  std::int64_t version = 0;
};

// identity.user_unknown.
Result<UserRow> LoadUser(ReadTx& tx, const UserId& id);
Result<std::optional<UserRow>> FindUserByEmail(ReadTx& tx, std::string_view email_key);
// The columns of identity_user as UserRow wants them, for a SELECT of the caller's own.
extern const std::string_view kUserColumns;
Result<UserRow> ReadUserRow(const Row& row);

Result<std::vector<RoleId>> RolesOf(ReadTx& tx, const UserId& id);
// What the person may do now, by all roles.
Result<PermissionSet> PermissionsOf(ReadTx& tx, const PermissionRegistry& registry, const UserId& id);
Result<PermissionSet> PermissionsOfRole(ReadTx& tx, const PermissionRegistry& registry, const RoleId& id);

std::string PermissionsToText(const PermissionSet& permissions);
Result<std::vector<std::string>> TextsFromColumn(const std::string& text);

// "totp", "passkey", and "recovery_code" where one of them is set up.
Result<std::vector<std::string>> SecondFactorsOf(ReadTx& tx, const UserId& id);

// Kills every session and token of the person: the next request with one of them is refused.
Status EndAccess(WriteTx& tx, const UserId& id);

// "https://…/invitation#token=…": tokens stand in the fragment, which browsers send to no server.
std::string LinkText(const ConsoleAddress& console, LinkKind kind, const SecretString& token);

// An entry about one object, by the caller.
Entry EntryBy(const Caller& caller, std::string action, std::string object_kind, const Uuid& object);
template <class Tag>
Entry EntryBy(const Caller& caller, std::string action, std::string object_kind, const Id<Tag>& object) {
  return EntryBy(caller, std::move(action), std::move(object_kind), object.uuid());
}
Status Record(const IdentityWorld& world, WriteTx& tx, const Entry& entry);

std::vector<Word> WordsOf(const std::vector<std::string>& texts);
std::vector<Word> WordsOf(const std::vector<RoleId>& ids);

}  // namespace privity
