// The directories of a key home: who may touch them, the lock between processes, the files of the copies.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "base/durable_file.h"
#include "base/result.h"
#include "crypto/internal/key_copies.h"

namespace privity::internal {

using StepHook = std::function<void(std::string_view)>;

// Makes the directory (0700) when it is not there. crypto.key_home_inside_data, crypto.key_home_permissions.
Status PrepareHomeDirectory(const std::filesystem::path& directory, const std::filesystem::path& data_directory);
// Of this user, and nobody else may read or write it, nor any file in it. crypto.key_home_permissions.
Status CheckPrivate(const std::filesystem::path& directory);

// Opens a copy for reading and writing; makes an empty one when it is not there.
Result<std::unique_ptr<KeyFile>> OpenKeyFile(const std::filesystem::path& path, const StepHook& before_step);

// Held between processes as long as it lives.
class HomeLock {
 public:
  static Result<HomeLock> Take(const FileHandle& file, const std::filesystem::path& path);
  HomeLock(HomeLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  HomeLock& operator=(HomeLock&&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace privity::internal
