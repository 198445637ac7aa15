// A file of a store, opened to be read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/durable_file.h"
#include "base/result.h"

namespace privity::connect_internal {

struct RegularFile {
  FileHandle handle;
  std::uint64_t size_bytes = 0;
};

// Of links, pipes and devices nothing is read. connect.missing, connect.permission, and `other` for what is no file,
// each with the place.
Result<RegularFile> OpenRegularFile(const std::filesystem::path& path, const std::string& place, const char* other);

}  // namespace privity::connect_internal
