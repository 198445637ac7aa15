// Who may reach a file, read from its owner, group and mode (POSIX; access control lists are not read).
#pragma once

#include <filesystem>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// base.file_missing, base.file_failed.
Result<std::vector<Grant>> FileGrants(const std::filesystem::path& path, const CollectionName& collection);

}  // namespace privity::connect_internal
