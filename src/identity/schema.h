// What this room keeps, records and permits.
#pragma once

#include <span>
#include <vector>

#include "identity/permission.h"
#include "ledger/entry.h"
#include "store/migration.h"

namespace privity {

std::vector<Migration> IdentityMigrations();
std::span<const ActionInfo> IdentityActions();
std::span<const PermissionInfo> IdentityPermissions();

}  // namespace privity
