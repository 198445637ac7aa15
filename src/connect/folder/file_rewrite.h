// Part of a file replaced so that a reader, or a power cut, finds the file as it was or as it is to be.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/durable_file.h"
#include "base/result.h"

namespace privity::connect_internal {

class FileRewrite {
 public:
  // Takes the file's lock (flock) for as long as this lives, and remembers what the file is. Errors, without the
  // parameter `store`: connect.missing, connect.permission, connect.file_not_read, connect.busy (somebody else holds
  // the lock).
  static Result<FileRewrite> Begin(const std::filesystem::path& path, const std::string& place);

  Result<std::string> Read(std::uint64_t begin, std::uint64_t end) const;
  // Puts `replacement` in the place of the bytes from `begin` to `end`: written beside the file with its owner, group
  // and mode, synced, renamed over it. connect.changed{collection} when the file is not what it was at Begin.
  Status Replace(std::uint64_t begin, std::uint64_t end, std::string_view replacement) const;

 private:
  FileRewrite(std::filesystem::path path, std::string place, FileHandle file)
      : path_(std::move(path)), place_(std::move(place)), file_(std::move(file)) {}
  Status WriteBeside(const std::filesystem::path& beside, std::uint64_t begin, std::uint64_t end,
                     std::string_view replacement) const;
  bool IsUnchanged() const;

  std::filesystem::path path_;
  std::string place_;
  FileHandle file_;
  struct stat state_ {};
};

}  // namespace privity::connect_internal
