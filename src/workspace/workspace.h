// What the room brings to the application: its tables, the actions it records, the permissions it knows.
#pragma once

#include <span>
#include <vector>

#include "identity/permission.h"
#include "ledger/entry.h"
#include "store/migration.h"

namespace privity {

std::vector<Migration> WorkspaceMigrations();
std::span<const ActionInfo> WorkspaceActions();
std::span<const PermissionInfo> WorkspacePermissions();

}  // namespace privity
