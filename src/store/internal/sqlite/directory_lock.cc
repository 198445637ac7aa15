#include "store/internal/sqlite/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

namespace privity::store_internal {

namespace {

Error Unusable(const std::string& path, int system_errno) {
  return Error("store.directory_unusable", {{"path", path}, {"errno", std::to_string(system_errno)}});
}

std::string ReadPid(int fd) {
  std::array<char, 32> text{};
  const ssize_t size = pread(fd, text.data(), text.size() - 1, 0);
  std::string pid;
  for (ssize_t i = 0; i < size && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9';
       ++i) {
    pid += text[static_cast<std::size_t>(i)];
  }
  return pid.empty() ? "unknown" : pid;
}

}  // namespace

Result<DirectoryLock> DirectoryLock::Take(const std::string& directory) {
  const std::string path = directory + "/lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Unusable(path, errno);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    Error error = errno == EWOULDBLOCK ? Error("store.in_use", {{"path", directory}, {"pid", ReadPid(fd)}})
                                       : Unusable(path, errno);
    close(fd);
    return error;
  }
  // The pid is a courtesy to whoever is refused; the lock itself does not depend on it, so a full disk does not matter
  // here.
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(fd, 0) == 0) (void)!pwrite(fd, pid.data(), pid.size(), 0);
  return DirectoryLock(fd);
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : fd_(other.fd_) {
  other.fd_ = -1;
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) close(fd_);
}

Status SyncPath(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && fsync(fd) == 0;
  const int failure = errno;
  if (fd >= 0) close(fd);
  if (!synced) return Error("store.io", {{"path", path}, {"errno", std::to_string(failure)}});
  return Ok();
}

Status PrepareDirectory(const std::string& directory) {
  const std::filesystem::path path = std::filesystem::absolute(directory).lexically_normal();
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return Ok();
  const std::filesystem::path parent = path.has_filename() ? path.parent_path() : path.parent_path().parent_path();
  if (parent == path) return Unusable(directory, ENOENT);
  PRIVITY_TRY_VOID(PrepareDirectory(parent.string()));
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return Unusable(directory, errno);
  return SyncPath(parent.string());
}

Status PrepareFile(const std::string& directory, const std::string& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Unusable(path, errno);
  close(fd);
  return SyncPath(directory);
}

}  // namespace privity::store_internal
