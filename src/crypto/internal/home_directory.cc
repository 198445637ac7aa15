#include "crypto/internal/home_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace privity::internal {
namespace {

namespace fs = std::filesystem;

bool LiesIn(const fs::path& inner, const fs::path& outer) {
  const auto [outer_end, inner_end] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return outer_end == outer.end() || (std::next(outer_end) == outer.end() && outer_end->empty());
}

Status CheckOne(const fs::path& path, bool want_directory) {
  struct stat about;
  if (lstat(path.c_str(), &about) != 0) return FileError(path, "stat");
  const bool right_kind = want_directory ? S_ISDIR(about.st_mode) : S_ISREG(about.st_mode) || S_ISDIR(about.st_mode);
  std::string problem;
  if ((about.st_mode & 077) != 0) problem = "mode";
  if (about.st_uid != geteuid()) problem = "owner";
  if (!right_kind) problem = "kind";  // a symbolic link, too, whose own mode says nothing
  if (problem.empty()) return Ok();
  return Error("crypto.key_home_permissions", {{"path", path.string()}, {"problem", problem}});
}

class PosixKeyFile final : public KeyFile {
 public:
  PosixKeyFile(FileHandle file, fs::path path, StepHook before_step)
      : file_(std::move(file)), path_(std::move(path)), before_step_(std::move(before_step)) {}

  Result<Bytes> Read(std::uint64_t offset, std::size_t bytes) override { return ReadAt(file_, path_, offset, bytes); }
  Status Write(std::uint64_t offset, BytesView bytes) override {
    if (before_step_) before_step_("key copy: write");
    return WriteAt(file_, path_, offset, bytes);
  }
  Status Sync() override {
    if (before_step_) before_step_("key copy: sync");
    return SyncFile(file_, path_);
  }

 private:
  const FileHandle file_;
  const fs::path path_;
  const StepHook before_step_;
};

}  // namespace

Status PrepareHomeDirectory(const fs::path& directory, const fs::path& data_directory) {
  std::error_code problem;
  const fs::path home = fs::weakly_canonical(fs::absolute(directory), problem);
  const fs::path data = fs::weakly_canonical(fs::absolute(data_directory), problem);
  if (!data_directory.empty() && (LiesIn(home, data) || LiesIn(data, home))) {
    return Error("crypto.key_home_inside_data", {{"path", home.string()}, {"data_directory", data.string()}});
  }
  if (!home.parent_path().empty()) fs::create_directories(home.parent_path(), problem);
  if (mkdir(home.c_str(), 0700) != 0 && errno != EEXIST) return FileError(home, "make directory");
  return SyncDirectory(home.parent_path());
}

Status CheckPrivate(const fs::path& directory) {
  PRIVITY_TRY_VOID(CheckOne(directory, true));
  std::error_code problem;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, problem)) {
    PRIVITY_TRY_VOID(CheckOne(entry.path(), false));
  }
  return Ok();
}

Result<std::unique_ptr<KeyFile>> OpenKeyFile(const fs::path& path, const StepHook& before_step) {
  PRIVITY_TRY(FileHandle file, OpenFile(path, O_RDWR | O_CREAT));
  PRIVITY_TRY_VOID(SyncDirectory(path.parent_path()));
  return std::unique_ptr<KeyFile>(std::make_unique<PosixKeyFile>(std::move(file), path, before_step));
}

Result<HomeLock> HomeLock::Take(const FileHandle& file, const fs::path& path) {
  while (flock(file.fd(), LOCK_EX) != 0) {
    if (errno != EINTR) return FileError(path, "lock");
  }
  return HomeLock(file.fd());
}

HomeLock::~HomeLock() {
  if (fd_ >= 0) flock(fd_, LOCK_UN);
}

}  // namespace privity::internal
