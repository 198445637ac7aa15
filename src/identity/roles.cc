#include "identity/roles.h"

#include "identity/internal/normal_text.h"
#include "identity/internal/rows.h"

namespace privity {
namespace {

Role BuiltIn(const PermissionRegistry& registry, BuiltInRole role) {
  const BuiltInRoleInfo& info = InfoOf(role);
  return {.id = info.id,
          .name = std::string(info.name),
          .description = std::string(info.description),
          .built_in = true,
          .permissions = registry.Of(role).names(),
          .version = 1};
}

Result<Role> ReadRole(const PermissionRegistry& registry, const Row& row) {
  PRIVITY_TRY(auto names, TextsFromColumn(row.Get<std::string>(3)));
  return Role{.id = row.Get<RoleId>(0),
              .name = row.Get<std::string>(1),
              .description = row.Get<std::string>(2),
              .built_in = false,
              .permissions = registry.Known(std::move(names)).names(),
              .version = row.Get<std::int64_t>(4)};
}

constexpr std::string_view kSelect = "SELECT id, name, description, permissions, version FROM identity_role ";

Status RequireFreeName(ReadTx& tx, const std::string& name_key, const RoleId& own) {
  for (const BuiltInRole role : kBuiltInRoles) {
    if (InfoOf(role).name == name_key) return Error("identity.role_name_taken", {{"path", "/name"}});
  }
  PRIVITY_TRY(const auto taken,
              tx.QueryOne("SELECT id FROM identity_role WHERE name_key = $1 AND id <> $2", {name_key, own}));
  if (taken) return Error("identity.role_name_taken", {{"path", "/name"}});
  return Ok();
}

Status RequireVersion(const Role& role, std::optional<std::int64_t> expected) {
  if (role.built_in) return Error("identity.role_built_in");
  if (expected && *expected != role.version) return Error("identity.changed_meanwhile");
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const RoleRequest*) {
  return {{.name = "name",
           .description = "How people call it.",
           .example = "Case handler",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "description", .description = "What it is for.", .max_length = 500, .defaulted = true},
          {.name = "permissions",
           .description = "Names from GET /v1/permissions, all of which the caller holds.",
           .max_length = 500}};
}

Result<std::vector<Role>> Roles::List(ReadTx& tx, const std::optional<std::string>& q) const {
  std::vector<Role> roles;
  for (const BuiltInRole role : kBuiltInRoles) roles.push_back(BuiltIn(world_.permissions, role));
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kSelect) + "ORDER BY name_key"));
  for (const Row& row : rows) {
    PRIVITY_TRY(Role role, ReadRole(world_.permissions, row));
    roles.push_back(std::move(role));
  }
  if (q) {
    const std::string wanted = FoldName(*q);
    std::erase_if(roles, [&](const Role& role) {
      return FoldName(role.name).find(wanted) == std::string::npos &&
             FoldName(role.description).find(wanted) == std::string::npos;
    });
  }
  return roles;
}

Result<Role> Roles::Get(ReadTx& tx, const RoleId& id) const {
  if (const auto built_in = FindBuiltInRole(id)) return BuiltIn(world_.permissions, *built_in);
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + "WHERE id = $1", {id}));
  if (!row) return Error("identity.role_unknown");
  return ReadRole(world_.permissions, *row);
}

Result<Role> Roles::Create(WriteTx& tx, const Caller& caller, const RoleRequest& request) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const PermissionSet permissions, world_.permissions.Parse(request.permissions));
  PRIVITY_TRY_VOID(RequireWithin(permissions, caller.permissions));
  const RoleId id = RoleId::New(world_.clock);
  const std::string name_key = FoldName(request.name);
  PRIVITY_TRY_VOID(RequireFreeName(tx, name_key, id));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO identity_role (id, name, name_key, description, permissions, version) "
                 "VALUES ($1, $2, $3, $4, $5, 1)",
                 {id, request.name, name_key, request.description, PermissionsToText(permissions)}));
  Entry entry = EntryBy(caller, "identity.role.created", "role", id);
  entry.details.Add("permissions", WordsOf(permissions.names()));
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  return Get(tx, id);
}

Result<Role> Roles::Update(WriteTx& tx, const Caller& caller, const RoleId& id, const RoleRequest& request,
                           std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const Role before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireVersion(before, expected_version));
  PRIVITY_TRY(const PermissionSet permissions, world_.permissions.Parse(request.permissions));
  PRIVITY_TRY_VOID(RequireWithin(permissions.Union(PermissionSet(before.permissions)), caller.permissions));
  const std::string name_key = FoldName(request.name);
  PRIVITY_TRY_VOID(RequireFreeName(tx, name_key, id));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE identity_role SET name = $2, name_key = $3, description = $4, permissions = $5, "
                 "version = version + 1 WHERE id = $1",
                 {id, request.name, name_key, request.description, PermissionsToText(permissions)}));
  Entry entry = EntryBy(caller, "identity.role.changed", "role", id);
  entry.details.Add("permissions", WordsOf(permissions.names()));
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  return Get(tx, id);
}

Status Roles::Delete(WriteTx& tx, const Caller& caller, const RoleId& id,
                     std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const Role before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireVersion(before, expected_version));
  PRIVITY_TRY_VOID(RequireWithin(PermissionSet(before.permissions), caller.permissions));
  PRIVITY_TRY(const auto holder,
              tx.QueryOne("SELECT user_id FROM identity_user_role WHERE role_id = $1 LIMIT 1", {id}));
  if (holder) return Error("identity.role_in_use");
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_role WHERE id = $1", {id}));
  return Record(world_, tx, EntryBy(caller, "identity.role.deleted", "role", id));
}

}  // namespace privity
