#include "connect/internal/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace privity::connect_internal {

Result<RegularFile> OpenRegularFile(const std::filesystem::path& path, const std::string& place, const char* other) {
  Result<FileHandle> opened = OpenFile(path, O_RDONLY | O_NONBLOCK);
  if (!opened.ok()) {
    const bool is_missing = opened.error().Is("base.file_missing");
    return Error(is_missing ? "connect.missing" : "connect.permission", {{"place", place}});
  }
  struct stat status {};
  if (fstat(opened->fd(), &status) != 0 || !S_ISREG(status.st_mode)) return Error(other, {{"place", place}});
  return RegularFile{std::move(*opened), static_cast<std::uint64_t>(status.st_size)};
}

}  // namespace privity::connect_internal
