#include "identity/internal/rows.h"

#include "base/json.h"

namespace privity {

const std::string_view kUserColumns =
    "id, email, email_key, name, state, password_hash, password_stands_alone, epoch, created_at, last_seen_at, version";

Result<UserRow> ReadUserRow(const Row& row) {
  PRIVITY_TRY(const UserState state, ParseEnum<UserState>(row.Get<std::string>(4)));
  return UserRow{.id = row.Get<UserId>(0),
                 .email = row.Get<std::string>(1),
                 .email_key = row.Get<std::string>(2),
                 .name = row.Get<std::string>(3),
                 .state = state,
                 .password_hash = row.Get<std::optional<std::string>>(5),
                 .password_stands_alone = row.Get<bool>(6),
                 .epoch = row.Get<std::int64_t>(7),
                 .created_at = row.Get<Instant>(8),
                 .last_seen_at = row.Get<std::optional<Instant>>(9),
                 .version = row.Get<std::int64_t>(10)};
}

Result<UserRow> LoadUser(ReadTx& tx, const UserId& id) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT " + std::string(kUserColumns) + " FROM identity_user WHERE id = $1", {id}));
  if (!row) return Error("identity.user_unknown");
  return ReadUserRow(*row);
}

Result<std::optional<UserRow>> FindUserByEmail(ReadTx& tx, std::string_view email_key) {
  PRIVITY_TRY(
      const auto row,
      tx.QueryOne("SELECT " + std::string(kUserColumns) + " FROM identity_user WHERE email_key = $1", {email_key}));
  if (!row) return std::optional<UserRow>();
  PRIVITY_TRY(UserRow user, ReadUserRow(*row));
  return std::optional(std::move(user));
}

Result<std::vector<RoleId>> RolesOf(ReadTx& tx, const UserId& id) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT role_id FROM identity_user_role WHERE user_id = $1 ORDER BY role_id", {id}));
  std::vector<RoleId> roles;
  for (const Row& row : rows) roles.push_back(row.Get<RoleId>(0));
  return roles;
}

Result<PermissionSet> PermissionsOf(ReadTx& tx, const PermissionRegistry& registry, const UserId& id) {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT u.role_id, r.permissions FROM identity_user_role u "
                                        "LEFT JOIN identity_role r ON r.id = u.role_id WHERE u.user_id = $1",
                                        {id}));
  PermissionSet all;
  for (const Row& row : rows) {
    if (const auto built_in = FindBuiltInRole(row.Get<RoleId>(0))) {
      all = all.Union(registry.Of(*built_in));
    } else if (const auto text = row.Get<std::optional<std::string>>(1)) {
      PRIVITY_TRY(auto names, TextsFromColumn(*text));
      all = all.Union(registry.Known(std::move(names)));
    }
  }
  return all;
}

Result<PermissionSet> PermissionsOfRole(ReadTx& tx, const PermissionRegistry& registry, const RoleId& id) {
  if (const auto built_in = FindBuiltInRole(id)) return registry.Of(*built_in);
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT permissions FROM identity_role WHERE id = $1", {id}));
  if (!row) return Error("identity.role_unknown");
  PRIVITY_TRY(auto names, TextsFromColumn(row->Get<std::string>(0)));
  return registry.Known(std::move(names));
}

std::string PermissionsToText(const PermissionSet& permissions) {
  return ToJson(permissions.names());
}

Result<std::vector<std::string>> TextsFromColumn(const std::string& text) {
  return FromJson<std::vector<std::string>>(text);
}

Result<std::vector<std::string>> SecondFactorsOf(ReadTx& tx, const UserId& id) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT (SELECT count(*) FROM identity_totp WHERE user_id = $1 AND is_confirmed), "
                          "(SELECT count(*) FROM identity_passkey WHERE user_id = $1), "
                          "(SELECT count(*) FROM identity_recovery_code WHERE user_id = $1)",
                          {id}));
  std::vector<std::string> factors;
  if (row->Get<std::int64_t>(0) > 0) factors.emplace_back("totp");
  if (row->Get<std::int64_t>(1) > 0) factors.emplace_back("passkey");
  if (!factors.empty() && row->Get<std::int64_t>(2) > 0) factors.emplace_back("recovery_code");
  return factors;
}

Status EndAccess(WriteTx& tx, const UserId& id) {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET epoch = epoch + 1 WHERE id = $1", {id}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_session WHERE user_id = $1", {id}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_token WHERE user_id = $1", {id}));
  return Ok();
}

std::string LinkText(const ConsoleAddress& console, LinkKind kind, const SecretString& token) {
  const auto page = [&]() -> std::string_view {
    switch (kind) {
      case LinkKind::kSetup:
        return "/setup";
      case LinkKind::kInvitation:
        return "/invitation";
      case LinkKind::kPasswordReset:
        return "/reset";
    }
    Invariant(false, "a link has a kind");
    return "";
  };
  return console.origin() + std::string(page()) + "#token=" + token.Reveal();
}

Entry EntryBy(const Caller& caller, std::string action, std::string object_kind, const Uuid& object) {
  return {.action = std::move(action),
          .actor = caller.actor,
          .object_kind = std::move(object_kind),
          .object_id = object.ToString(),
          .details = {},
          .request_id = caller.request_id};
}

Status Record(const IdentityWorld& world, WriteTx& tx, const Entry& entry) {
  PRIVITY_TRY_VOID(world.ledger.Append(tx, entry));
  return Ok();
}

std::vector<Word> WordsOf(const std::vector<std::string>& texts) {
  std::vector<Word> words;
  for (const std::string& text : texts) {
    auto word = Word::Parse(text);
    Invariant(word.ok(), "a name of the program is a word");
    words.push_back(*std::move(word));
  }
  return words;
}

std::vector<Word> WordsOf(const std::vector<RoleId>& ids) {
  std::vector<std::string> texts;
  for (const RoleId& id : ids) texts.push_back(id.ToString());
  return WordsOf(texts);
}

}  // namespace privity
