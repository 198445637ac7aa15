// A disk that misbehaves on command: a SQLite VFS over the real one that fails the n-th call that changes a file
// (write, sync or truncate), or lets syncs hang. For one store at a time; it outlives the store.
//
//   FaultVfs disk;
//   options.sqlite_vfs = disk.name();
//   disk.FailAt(7, FaultVfs::Fault::kSyncError, 1);
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace privity {

class FaultVfs {
 public:
  enum class Fault {
    kWriteError,  // EIO from write and truncate; syncs succeed
    kSyncError,   // EIO from sync: what was written since the last one may or may not be on the disk
    kFull,        // ENOSPC from write
    kShortWrite,  // half is written, then ENOSPC
    kReadOnly,    // EROFS from write
    kKill,        // SIGKILL to this process instead of the call
  };
  static constexpr int kUntilMended = 1'000'000'000;

  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  const std::string& name() const;
  // The n-th changing call from now on meets the fault, n = 1, 2, 3…, and so do the next ones until `times` have. A
  // call that the fault does not concern passes it on.
  void FailAt(std::int64_t n, Fault fault, int times);
  void Mend();
  // Whether the fault was met since FailAt.
  bool met() const;

  // From now on every sync waits until Release.
  void HangSyncs();
  void Release();
  // Waits until a sync hangs.
  void AwaitHanging();

  class State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace privity
