// Who may reach a file, read from its owner, group and mode (POSIX; access control lists are not read).
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// base.file_missing, base.file_failed.
Result<std::vector<Grant>> FileGrants(const std::filesystem::path& path, const CollectionName& collection);
// Of a store that keeps each collection in a file or folder: that of the collection of this name.
using CollectionPath = std::function<std::filesystem::path(const std::string& name)>;
Result<StoreGrants> GrantsOfFiles(const Description& description, const CollectionPath& path_of);

}  // namespace privity::connect_internal
