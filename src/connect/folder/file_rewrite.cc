#include "connect/folder/file_rewrite.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace privity::connect_internal {
namespace {

constexpr std::uint64_t kPieceBytes = 1 << 20;

}  // namespace

Result<FileRewrite> FileRewrite::Begin(const std::filesystem::path& path, const std::string& place) {
  Result<FileHandle> opened = OpenFile(path, O_RDONLY | O_NONBLOCK);
  if (!opened.ok()) {
    const bool is_missing = opened.error().Is("base.file_missing");
    return Error(is_missing ? "connect.missing" : "connect.permission", {{"place", place}});
  }
  FileRewrite rewrite(path, place, *std::move(opened));
  if (flock(rewrite.file_.fd(), LOCK_EX | LOCK_NB) != 0) return Error("connect.busy", {{"place", place}});
  if (fstat(rewrite.file_.fd(), &rewrite.state_) != 0 || !S_ISREG(rewrite.state_.st_mode)) {
    return Error("connect.file_not_read", {{"place", place}});
  }
  return rewrite;
}

Result<std::string> FileRewrite::Read(std::uint64_t begin, std::uint64_t end) const {
  PRIVITY_TRY(const Bytes bytes, ReadAt(file_, path_, begin, end - begin));
  return std::string(AsText(bytes));
}

bool FileRewrite::IsUnchanged() const {
  struct stat now {};
  const auto same_time = [](const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  };
  return lstat(path_.c_str(), &now) == 0 && now.st_dev == state_.st_dev && now.st_ino == state_.st_ino &&
         now.st_size == state_.st_size && same_time(now.st_mtim, state_.st_mtim) &&
         same_time(now.st_ctim, state_.st_ctim);
}

Status FileRewrite::Replace(std::uint64_t begin, std::uint64_t end, std::string_view replacement) const {
  std::string beside = path_.parent_path() / ".privity-XXXXXX";
  const int made = mkostemp(beside.data(), O_CLOEXEC);
  if (made < 0) return Error("connect.permission", {{"place", place_}});
  const FileHandle closed_again(made);
  const auto replace = [&]() -> Status {
    PRIVITY_TRY_VOID(WriteBeside(beside, begin, end, replacement));
    if (!IsUnchanged()) return Error("connect.changed", {{"collection", place_}});
    if (rename(beside.c_str(), path_.c_str()) != 0) return FileError(path_, "rename");
    return SyncDirectory(path_.parent_path());
  };
  const Status replaced = replace();
  if (!replaced.ok()) unlink(beside.c_str());
  return replaced;
}

Status FileRewrite::WriteBeside(const std::filesystem::path& beside, std::uint64_t begin, std::uint64_t end,
                                std::string_view replacement) const {
  PRIVITY_TRY(const FileHandle out, OpenFile(beside, O_WRONLY));
  std::uint64_t written = 0;
  const auto copy = [&](std::uint64_t from, std::uint64_t until) -> Status {
    while (from < until) {
      PRIVITY_TRY(const Bytes piece, ReadAt(file_, path_, from, std::min(kPieceBytes, until - from)));
      if (piece.empty()) return Error("connect.changed", {{"collection", place_}});
      PRIVITY_TRY_VOID(WriteAt(out, beside, written, piece));
      from += piece.size();
      written += piece.size();
    }
    return Ok();
  };
  PRIVITY_TRY_VOID(copy(0, begin));
  PRIVITY_TRY_VOID(WriteAt(out, beside, written, AsBytes(replacement)));
  written += replacement.size();
  PRIVITY_TRY_VOID(copy(end, static_cast<std::uint64_t>(state_.st_size)));
  const bool is_like_before =
      fchmod(out.fd(), state_.st_mode & 07777) == 0 && (fchown(out.fd(), state_.st_uid, state_.st_gid) == 0 ||
                                                        (state_.st_uid == geteuid() && state_.st_gid == getegid()));
  if (!is_like_before) return Error("connect.permission", {{"place", place_}});
  return SyncFile(out, beside);
}

}  // namespace privity::connect_internal
