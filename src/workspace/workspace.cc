#include "workspace/workspace.h"

#include <array>

namespace privity {
namespace {

constexpr std::array<ActionInfo, 3> kActions = {{{"workspace.view.created", "Somebody saved a view of the console."},
                                                 {"workspace.view.changed", "Somebody changed a saved view."},
                                                 {"workspace.view.deleted", "Somebody deleted a saved view."}}};

constexpr std::array<PermissionInfo, 1> kPermissions = {
    {{"workspace.use", "Keep views and read the notifications that are addressed to oneself.", kEverybody}}};

}  // namespace

std::vector<Migration> WorkspaceMigrations() {
  return {{.room = "workspace",
           .version = 1,
           .name = "views and notifications",
           .sql =
               "CREATE TABLE workspace_view(id text PRIMARY KEY, owner text NOT NULL, screen text NOT NULL, name text "
               "NOT NULL, "
               "query text NOT NULL, shared boolean NOT NULL, changed_at bigint NOT NULL, UNIQUE(owner, screen, name));"
               "CREATE TABLE workspace_notification(id text PRIMARY KEY, user_id text NOT NULL, text text NOT NULL, "
               "parameters text NOT NULL, "
               "link text NOT NULL, unique_key text NOT NULL, created_at bigint NOT NULL, read_at bigint, "
               "UNIQUE(user_id, unique_key));"
               "CREATE INDEX workspace_notification_by_user ON workspace_notification(user_id, id);"}};
}

std::span<const ActionInfo> WorkspaceActions() {
  return kActions;
}
std::span<const PermissionInfo> WorkspacePermissions() {
  return kPermissions;
}

}  // namespace privity
