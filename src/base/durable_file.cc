#include "base/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace privity {

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileHandle::~FileHandle() {
  if (fd_ >= 0) close(fd_);
}

Error FileError(const std::filesystem::path& path, std::string_view operation) {
  const int code = errno;
  if (code == ENOENT) return Error("base.file_missing", {{"path", path.string()}});
  if (code == ENOSPC || code == EDQUOT) return Error("base.disk_full", {{"path", path.string()}});
  return Error("base.file_failed", {{"path", path.string()},
                                    {"operation", std::string(operation)},
                                    {"problem", std::generic_category().message(code)}});
}

Result<FileHandle> OpenFile(const std::filesystem::path& path, int flags, mode_t mode) {
  FileHandle file(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!file.is_open()) return FileError(path, "open");
  return file;
}

Status WriteAt(const FileHandle& file, const std::filesystem::path& path, std::uint64_t offset, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file.fd(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return FileError(path, "write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return Ok();
}

Result<Bytes> ReadAt(const FileHandle& file, const std::filesystem::path& path, std::uint64_t offset,
                     std::size_t bytes) {
  Bytes content(bytes);
  std::size_t filled = 0;
  while (filled < bytes) {
    const ssize_t got = pread(file.fd(), content.data() + filled, bytes - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(path, "read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return content;
}

Status SyncFile(const FileHandle& file, const std::filesystem::path& path) {
  if (fsync(file.fd()) != 0) return FileError(path, "sync");
  return Ok();
}

Status SyncDirectory(const std::filesystem::path& directory) {
  PRIVITY_TRY(const FileHandle handle, OpenFile(directory, O_RDONLY | O_DIRECTORY));
  return SyncFile(handle, directory);
}

Result<Bytes> ReadFile(const std::filesystem::path& path, std::size_t bytes_max) {
  PRIVITY_TRY(const FileHandle file, OpenFile(path, O_RDONLY));
  struct stat about;
  if (fstat(file.fd(), &about) != 0) return FileError(path, "stat");
  if (!S_ISREG(about.st_mode)) {
    errno = EINVAL;
    return FileError(path, "read");
  }
  if (static_cast<std::uint64_t>(about.st_size) > bytes_max) {
    return Error("base.file_too_large", {{"path", path.string()}, {"bytes_max", std::to_string(bytes_max)}});
  }
  return ReadAt(file, path, 0, static_cast<std::size_t>(about.st_size));
}

Status WriteFileDurably(const std::filesystem::path& path, BytesView bytes, mode_t mode) {
  std::filesystem::path beside = path;
  beside += ".new";
  {
    PRIVITY_TRY(const FileHandle file, OpenFile(beside, O_WRONLY | O_CREAT | O_TRUNC, mode));
    PRIVITY_TRY_VOID(WriteAt(file, beside, 0, bytes));
    PRIVITY_TRY_VOID(SyncFile(file, beside));
  }
  if (rename(beside.c_str(), path.c_str()) != 0) return FileError(path, "rename");
  return SyncDirectory(path.parent_path());
}

Status RemoveFileDurably(const std::filesystem::path& path) {
  if (unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return Ok();
    return FileError(path, "remove");
  }
  return SyncDirectory(path.parent_path());
}

}  // namespace privity
