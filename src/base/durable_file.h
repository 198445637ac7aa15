// Small whole files that survive a power cut: after a crash a reader finds the old content or the new, never a part of
// either.
//
// Blocking; may be called from many threads for different paths. Errors name the path and the system's reason:
// base.file_missing, base.file_too_large, base.disk_full, base.file_failed.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

// A descriptor that closes itself. -1 when empty.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int fd) : fd_(fd) {}
  FileHandle(FileHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();
  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// The error for the system call that has just failed: base.file_missing after ENOENT, else base.file_failed with
// errno's words.
Error FileError(const std::filesystem::path& path, std::string_view operation);

// Never follows a symbolic link in the last part of `path`.
Result<FileHandle> OpenFile(const std::filesystem::path& path, int flags, mode_t mode = 0600);

// Whole transfers at an offset: short ones and interrupted calls are continued. ReadAt gives fewer bytes only at the
// end.
Status WriteAt(const FileHandle& file, const std::filesystem::path& path, std::uint64_t offset, BytesView bytes);
Result<Bytes> ReadAt(const FileHandle& file, const std::filesystem::path& path, std::uint64_t offset,
                     std::size_t bytes);

// fsync. After an error the file's content on disk is unknown: do not call it again and carry on (the kernel forgets
// the failure once it has told of it), write the file anew.
Status SyncFile(const FileHandle& file, const std::filesystem::path& path);
// Makes names in the directory durable: a file that was made, renamed or removed.
Status SyncDirectory(const std::filesystem::path& directory);

Result<Bytes> ReadFile(const std::filesystem::path& path, std::size_t bytes_max);
// Writes beside it, syncs, renames over it, syncs the directory.
Status WriteFileDurably(const std::filesystem::path& path, BytesView bytes, mode_t mode = 0600);
// A file that is not there is removed already.
Status RemoveFileDurably(const std::filesystem::path& path);

}  // namespace privity
