// One process opens a data directory: an exclusive flock(2) on <directory>/lock, which the kernel releases however the
// process ends. The file holds the owner's pid, for the message of the one that is refused.
#pragma once

#include <string>

#include "base/result.h"

namespace privity::store_internal {

class DirectoryLock {
 public:
  // store.in_use{path, pid}, store.directory_unusable{path, errno}.
  static Result<DirectoryLock> Take(const std::string& directory);
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

// Makes `directory` (0700, with its missing parents) and the empty file `path` (0600) where missing, and syncs the
// directories that hold them. store.directory_unusable{path, errno}.
Status PrepareDirectory(const std::string& directory);
Status PrepareFile(const std::string& directory, const std::string& path);
// store.io{path, errno}.
Status SyncPath(const std::string& path);

}  // namespace privity::store_internal
