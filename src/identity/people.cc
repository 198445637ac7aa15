#include "identity/people.h"

#include <algorithm>

#include "identity/internal/normal_text.h"
#include "identity/internal/rows.h"

namespace privity {
namespace {

constexpr std::size_t kNameCharactersMax = 200;

// A position in the list: the folded name and the id of the last person shown.
struct ListPosition {
  std::string name_key;
  UserId id;
};

std::string PositionText(const ListPosition& position) {
  return position.id.ToString() + position.name_key;
}

Result<ListPosition> ParsePosition(const std::string& text) {
  constexpr std::size_t kIdCharacters = 36;
  if (text.size() < kIdCharacters) return Error("identity.position_invalid");
  PRIVITY_TRY(const UserId id, UserId::Parse(text.substr(0, kIdCharacters)));
  return ListPosition{text.substr(kIdCharacters), id};
}

// The text inside LIKE patterns, with "!" as the escape.
std::string LikePart(const std::string& folded) {
  std::string out = "%";
  for (const char c : folded) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out + "%";
}

Result<User> Assemble(ReadTx& tx, const UserRow& row) {
  User user{.id = row.id,
            .name = row.name,
            .email = row.email,
            .state = row.state,
            .role_ids = {},
            .second_factor = false,
            .created_at = row.created_at,
            .last_seen_at = row.last_seen_at,
            .version = row.version};
  PRIVITY_TRY(user.role_ids, RolesOf(tx, row.id));
  PRIVITY_TRY(const auto factors, SecondFactorsOf(tx, row.id));
  user.second_factor = !factors.empty();
  return user;
}

Status StoreRoles(WriteTx& tx, const UserId& id, const std::vector<RoleId>& roles) {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_user_role WHERE user_id = $1", {id}));
  std::vector<SqlValues> rows;
  for (const RoleId& role : roles) rows.push_back({id, role});
  return tx.ExecuteMany(
      "INSERT INTO identity_user_role (user_id, role_id) VALUES ($1, $2) ON CONFLICT (user_id, role_id) DO NOTHING",
      rows);
}

Status RequireFreeEmail(ReadTx& tx, const std::string& email_key, const UserId& own) {
  PRIVITY_TRY(const auto taken, FindUserByEmail(tx, email_key));
  if (taken && taken->id != own) return Error("identity.email_taken", {{"path", "/email"}});
  return Ok();
}

Status RequireAnAdministrator(ReadTx& tx) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT u.id FROM identity_user u JOIN identity_user_role r ON r.user_id = u.id "
                          "WHERE r.role_id = $1 AND u.state = $2 LIMIT 1",
                          {InfoOf(BuiltInRole::kAdministrator).id, EnumText(UserState::kActive)}));
  if (!row) return Error("identity.last_administrator");
  return Ok();
}

Status RequireVersion(const UserRow& user, std::optional<std::int64_t> expected) {
  if (expected && *expected != user.version) return Error("identity.changed_meanwhile");
  return Ok();
}

bool SameRoles(std::vector<RoleId> a, std::vector<RoleId> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

// Sessions and tokens of a person end when one of these changes.
struct Changes {
  std::vector<std::string> members;
  bool ends_access = false;
  void Note(bool differs, const char* member, bool ends) {
    if (!differs) return;
    members.emplace_back(member);
    ends_access = ends_access || ends;
  }
};

}  // namespace

std::vector<FieldNote> FieldNotes(const UserUpdate*) {
  return {{.name = "name",
           .description = "How colleagues call the person.",
           .format = "line",
           .min_length = 1,
           .max_length = kNameCharactersMax},
          {.name = "email", .description = "The address to sign in with.", .format = "email"},
          {.name = "role_ids", .description = "All roles the person shall have from now on.", .max_length = 50},
          {.name = "state", .description = "active or disabled."}};
}

std::vector<FieldNote> FieldNotes(const InvitationRequest*) {
  return {{.name = "email",
           .description = "The address to sign in with.",
           .example = "grace@example.org",
           .format = "email"},
          {.name = "name",
           .description = "How colleagues call the person.",
           .example = "Grace Example",
           .format = "line",
           .min_length = 1,
           .max_length = kNameCharactersMax},
          {.name = "role_ids", .description = "What the person may do from the start.", .max_length = 50}};
}

Result<UserPage> People::List(ReadTx& tx, const UserFilter& filter) const {
  std::string where = "WHERE 1 = 1";
  SqlValues values;
  const auto add = [&](std::string_view condition, SqlValue value) {
    values.push_back(std::move(value));
    where += " AND " + std::string(condition);
    where.replace(where.find("$?"), 2, "$" + std::to_string(values.size()));
  };
  if (filter.q) {
    const std::string part = LikePart(FoldName(*filter.q));
    add("(name_key LIKE $? ESCAPE '!'", part);
    values.emplace_back(part);
    where += " OR email_key LIKE $" + std::to_string(values.size()) + " ESCAPE '!')";
  }
  if (filter.state) add("state = $?", EnumText(*filter.state));
  if (filter.role) add("id IN (SELECT user_id FROM identity_user_role WHERE role_id = $?)", *filter.role);
  if (filter.after) {
    PRIVITY_TRY(const ListPosition position, ParsePosition(*filter.after));
    add("(name_key > $?", position.name_key);
    const std::string same = "$" + std::to_string(values.size());
    values.emplace_back(position.id);
    where += " OR (name_key = " + same + " AND id > $" + std::to_string(values.size()) + "))";
  }
  values.emplace_back(filter.limit + 1);
  PRIVITY_TRY(const auto rows, tx.Query("SELECT " + std::string(kUserColumns) + ", name_key FROM identity_user " +
                                            where + " ORDER BY name_key, id LIMIT $" + std::to_string(values.size()),
                                        values));
  UserPage page;
  for (const Row& row : rows) {
    if (static_cast<std::int64_t>(page.items.size()) == filter.limit) {
      page.next = PositionText({FoldName(page.items.back().name), page.items.back().id});
      break;
    }
    PRIVITY_TRY(const UserRow user_row, ReadUserRow(row));
    PRIVITY_TRY(User user, Assemble(tx, user_row));
    page.items.push_back(std::move(user));
  }
  return page;
}

Result<std::vector<UserId>> People::Administrators(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT u.id FROM identity_user u JOIN identity_user_role r ON r.user_id = u.id "
                       "WHERE r.role_id = $1 AND u.state = $2 ORDER BY u.id",
                       {InfoOf(BuiltInRole::kAdministrator).id, EnumText(UserState::kActive)}));
  std::vector<UserId> ids;
  for (const Row& row : rows) ids.push_back(row.Get<UserId>(0));
  return ids;
}

Result<std::vector<UserId>> People::WhoMay(ReadTx& tx, std::string_view permission) const {
  PRIVITY_TRY(const auto held, tx.Query("SELECT DISTINCT role_id FROM identity_user_role", {}));
  std::set<UserId> people;
  for (const Row& each : held) {
    const RoleId role = each.Get<RoleId>(0);
    PRIVITY_TRY(const PermissionSet permissions, PermissionsOfRoles(tx, {role}));
    if (!permissions.Has(permission)) continue;
    PRIVITY_TRY(const auto rows,
                tx.Query("SELECT u.id FROM identity_user u JOIN identity_user_role r ON r.user_id = u.id "
                         "WHERE r.role_id = $1 AND u.state = $2",
                         {role, EnumText(UserState::kActive)}));
    for (const Row& row : rows) people.insert(row.Get<UserId>(0));
  }
  return std::vector<UserId>(people.begin(), people.end());
}

Result<std::optional<UserId>> People::InvitedBy(ReadTx& tx, const UserId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT invited_by FROM identity_user WHERE id = $1", {id}));
  if (!row) return Error("identity.user_unknown");
  return row->Get<std::optional<UserId>>(0);
}

Result<User> People::Get(ReadTx& tx, const UserId& id) const {
  PRIVITY_TRY(const UserRow row, LoadUser(tx, id));
  return Assemble(tx, row);
}

Result<PermissionSet> People::PermissionsOf(ReadTx& tx, const UserId& id) const {
  PRIVITY_TRY(const User user, Get(tx, id));
  if (user.state == UserState::kDisabled) return PermissionSet();
  return privity::PermissionsOf(tx, world_.permissions, id);
}

Result<PermissionSet> People::PermissionsOfRoles(ReadTx& tx, const std::vector<RoleId>& ids) const {
  PermissionSet all;
  for (const RoleId& id : ids) {
    PRIVITY_TRY(const PermissionSet permissions, PermissionsOfRole(tx, world_.permissions, id));
    all = all.Union(permissions);
  }
  return all;
}

Status People::RequireNotStronger(ReadTx& tx, const Caller& caller, const UserId& target) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const PermissionSet held, privity::PermissionsOf(tx, world_.permissions, target));
  return RequireWithin(held, caller.permissions);
}

Result<User> People::Update(WriteTx& tx, const Caller& caller, const UserId& id, const UserUpdate& update,
                            std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(UserRow row, LoadUser(tx, id));
  PRIVITY_TRY_VOID(RequireVersion(row, expected_version));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  PRIVITY_TRY(std::vector<RoleId> roles, RolesOf(tx, id));
  Changes changes;
  if (update.role_ids) {
    PRIVITY_TRY(const PermissionSet wanted, PermissionsOfRoles(tx, *update.role_ids));
    PRIVITY_TRY_VOID(RequireWithin(wanted, caller.permissions));
    changes.Note(!SameRoles(roles, *update.role_ids), "roles", true);
    roles = *update.role_ids;
  }
  if (update.state) {
    const bool known = *update.state != UserState::kInvited && row.state != UserState::kInvited;
    if (!known && *update.state != row.state) return Error("identity.state_refused");
    changes.Note(*update.state != row.state, "state", true);
    row.state = *update.state;
  }
  if (update.name) {
    changes.Note(*update.name != row.name, "name", false);
    row.name = *update.name;
  }
  if (update.email) {
    changes.Note(*update.email != row.email, "email", true);
    row.email = *update.email;
    row.email_key = FoldName(*update.email);
    PRIVITY_TRY_VOID(RequireFreeEmail(tx, row.email_key, id));
  }
  if (changes.members.empty()) return Get(tx, id);
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE identity_user SET name = $2, name_key = $3, email = $4, email_key = $5, "
                 "state = $6, version = version + 1 WHERE id = $1",
                 {id, row.name, FoldName(row.name), row.email, row.email_key, EnumText(row.state)}));
  PRIVITY_TRY_VOID(StoreRoles(tx, id, roles));
  if (changes.ends_access) PRIVITY_TRY_VOID(EndAccess(tx, id));
  PRIVITY_TRY_VOID(RequireAnAdministrator(tx));
  Entry entry = EntryBy(caller, "identity.user.changed", "user", id);
  entry.details.Add("members", WordsOf(changes.members)).Add("roles", WordsOf(roles));
  entry.details.Add("state", WordsOf({std::string(EnumText(row.state))}).front());
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  return Get(tx, id);
}

Status People::Delete(WriteTx& tx, const Caller& caller, const UserId& id,
                      std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const UserRow row, LoadUser(tx, id));
  PRIVITY_TRY_VOID(RequireVersion(row, expected_version));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  if (caller.user == id) return Error("identity.own_account");
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_user WHERE id = $1", {id}));
  PRIVITY_TRY_VOID(RequireAnAdministrator(tx));
  return Record(world_, tx, EntryBy(caller, "identity.user.deleted", "user", id));
}

Result<std::vector<SessionInfo>> People::Sessions(ReadTx& tx, const Caller& caller, const UserId& id) const {
  PRIVITY_TRY_VOID(LoadUser(tx, id));
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, created_at, last_seen_at, client FROM identity_session "
                                        "WHERE user_id = $1 AND stage = 'signed_in' AND expires_at > $2 "
                                        "ORDER BY last_seen_at DESC",
                                        {id, world_.clock.Now()}));
  std::vector<SessionInfo> sessions;
  for (const Row& row : rows) {
    const auto session = row.Get<SessionId>(0);
    sessions.push_back(
        {session, row.Get<Instant>(1), row.Get<Instant>(2), row.Get<std::string>(3), caller.session == session});
  }
  return sessions;
}

Status People::EndSessions(WriteTx& tx, const Caller& caller, const UserId& id) const {
  PRIVITY_TRY_VOID(LoadUser(tx, id));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  PRIVITY_TRY_VOID(EndAccess(tx, id));
  return Record(world_, tx, EntryBy(caller, "identity.session.ended", "user", id));
}

Status People::RemoveSecondFactors(WriteTx& tx, const Caller& caller, const UserId& id) const {
  PRIVITY_TRY(const UserRow row, LoadUser(tx, id));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  for (const std::string_view table : {"identity_totp", "identity_passkey", "identity_recovery_code"}) {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM " + std::string(table) + " WHERE user_id = $1", {id}));
  }
  // A password that was short because there was a second factor must not stand alone now.
  if (!row.password_stands_alone) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET password_hash = NULL WHERE id = $1", {id}));
  }
  PRIVITY_TRY_VOID(EndAccess(tx, id));
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.totp.removed", "user", id)));
  return Record(world_, tx, EntryBy(caller, "identity.passkey.removed", "user", id));
}

Result<std::optional<std::string>> People::Deliver(WriteTx& tx, LinkKind kind, const UserId& user,
                                                   const NewLink& link) const {
  const std::string text = LinkText(world_.console, kind, link.token);
  if (!world_.post.Delivers()) return std::optional(text);
  PRIVITY_TRY(const UserRow row, LoadUser(tx, user));
  PRIVITY_TRY(Organization organization, world_.organization.Get(tx));
  PRIVITY_TRY_VOID(world_.post.Post(tx, {.kind = kind,
                                         .to_address = row.email,
                                         .to_name = row.name,
                                         .link = SecretString(text),
                                         .expires_at = link.expires_at,
                                         .organization = std::move(organization)}));
  return std::optional<std::string>();
}

Result<PasswordLink> People::MakePasswordLink(WriteTx& tx, const Caller& caller, const UserId& id) const {
  PRIVITY_TRY(const UserRow row, LoadUser(tx, id));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, id));
  if (row.state != UserState::kActive) return Error("identity.state_refused");
  PRIVITY_TRY(const NewLink link, links_.Create(tx, LinkKind::kPasswordReset, id));
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.password.reset_requested", "user", id)));
  PRIVITY_TRY(auto shown, Deliver(tx, LinkKind::kPasswordReset, id, link));
  return PasswordLink{link.expires_at, std::move(shown)};
}

Result<Invitation> People::Invite(WriteTx& tx, const Caller& caller, const InvitationRequest& request) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const PermissionSet granted, PermissionsOfRoles(tx, request.role_ids));
  PRIVITY_TRY_VOID(RequireWithin(granted, caller.permissions));
  const UserId id = UserId::New(world_.clock);
  const std::string email_key = FoldName(request.email);
  PRIVITY_TRY_VOID(RequireFreeEmail(tx, email_key, id));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO identity_user (id, email, email_key, name, name_key, state, password_stands_alone, epoch, "
      "created_at, version, invited_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, 1, $9)",
      {id, request.email, email_key, request.name, FoldName(request.name), EnumText(UserState::kInvited), false,
       world_.clock.Now(), caller.user}));
  PRIVITY_TRY_VOID(StoreRoles(tx, id, request.role_ids));
  PRIVITY_TRY(const NewLink link, links_.Create(tx, LinkKind::kInvitation, id));
  Entry entry = EntryBy(caller, "identity.user.invited", "user", id);
  entry.details.Add("roles", WordsOf(request.role_ids));
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  PRIVITY_TRY(auto shown, Deliver(tx, LinkKind::kInvitation, id, link));
  return Invitation{link.id, id, request.email, request.name, request.role_ids, link.expires_at, std::move(shown)};
}

Result<std::vector<Invitation>> People::Invitations(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT l.id, u.id, u.email, u.name, l.expires_at FROM identity_link l "
                                        "JOIN identity_user u ON u.id = l.user_id WHERE l.kind = $1 ORDER BY l.id DESC",
                                        {EnumText(LinkKind::kInvitation)}));
  std::vector<Invitation> invitations;
  for (const Row& row : rows) {
    const auto user = row.Get<UserId>(1);
    PRIVITY_TRY(auto roles, RolesOf(tx, user));
    invitations.push_back({row.Get<LinkId>(0), user, row.Get<std::string>(2), row.Get<std::string>(3), std::move(roles),
                           row.Get<Instant>(4), std::nullopt});
  }
  return invitations;
}

namespace {

Result<UserId> UserOfInvitation(ReadTx& tx, const LinkId& id) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT user_id FROM identity_link WHERE id = $1 AND kind = $2",
                                          {id, EnumText(LinkKind::kInvitation)}));
  if (!row) return Error("identity.invitation_unknown");
  return row->Get<UserId>(0);
}

}  // namespace

Result<Invitation> People::RenewInvitation(WriteTx& tx, const Caller& caller, const LinkId& id) const {
  PRIVITY_TRY(const UserId user, UserOfInvitation(tx, id));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, user));
  PRIVITY_TRY(const NewLink link, links_.Create(tx, LinkKind::kInvitation, user));
  PRIVITY_TRY_VOID(Record(world_, tx, EntryBy(caller, "identity.invitation.renewed", "user", user)));
  PRIVITY_TRY(auto shown, Deliver(tx, LinkKind::kInvitation, user, link));
  PRIVITY_TRY(User invited, Get(tx, user));
  return Invitation{link.id,         user, invited.email, invited.name, std::move(invited.role_ids), link.expires_at,
                    std::move(shown)};
}

Status People::WithdrawInvitation(WriteTx& tx, const Caller& caller, const LinkId& id) const {
  PRIVITY_TRY(const UserId user, UserOfInvitation(tx, id));
  PRIVITY_TRY_VOID(RequireNotStronger(tx, caller, user));
  PRIVITY_TRY_VOID(
      tx.Execute("DELETE FROM identity_user WHERE id = $1 AND state = $2", {user, EnumText(UserState::kInvited)}));
  return Record(world_, tx, EntryBy(caller, "identity.invitation.withdrawn", "user", user));
}

}  // namespace privity
