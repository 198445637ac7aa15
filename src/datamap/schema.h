// What this room keeps, records and lets people do.
#pragma once

#include <span>
#include <vector>

#include "identity/permission.h"
#include "ledger/entry.h"
#include "store/migration.h"

namespace privity {

std::vector<Migration> DatamapMigrations();
std::span<const ActionInfo> DatamapActions();
std::span<const PermissionInfo> DatamapPermissions();

}  // namespace privity
