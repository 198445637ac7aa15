#include "store/testing/fault_vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <new>

#include "base/invariant.h"
#include "base/random.h"

namespace privity {

namespace {
enum class Call { kWrite, kTruncate, kSync };
}  // namespace

class FaultVfs::State {
 public:
  State() : name("privity-fault-" + std::to_string(RandomBelow(std::uint64_t{1} << 62))) {}

  // SQLITE_OK, or the error that this call meets.
  int Meet(Call call) {
    std::unique_lock lock(mutex);
    ++calls;
    if (call == Call::kSync && hang) {
      ++hanging;
      changed.notify_all();
      changed.wait(lock, [&] { return !hang; });
      --hanging;
    }
    if (times == 0 || calls < fail_at) return SQLITE_OK;
    const int error = ErrorFor(call);
    if (error == SQLITE_OK) return SQLITE_OK;
    met = true;
    --times;
    return error;
  }

  int ErrorFor(Call call) {
    const bool is_sync = call == Call::kSync;
    switch (fault) {
      case Fault::kWriteError:
        last_errno = EIO;
        return is_sync ? SQLITE_OK : SQLITE_IOERR_WRITE;
      case Fault::kSyncError:
        last_errno = EIO;
        return is_sync ? SQLITE_IOERR_FSYNC : SQLITE_OK;
      case Fault::kFull:
      case Fault::kShortWrite:
        last_errno = ENOSPC;
        return call == Call::kWrite ? SQLITE_FULL : SQLITE_OK;
      case Fault::kReadOnly:
        last_errno = EROFS;
        return call == Call::kWrite ? SQLITE_IOERR_WRITE : SQLITE_OK;
      case Fault::kKill:
        kill(getpid(), SIGKILL);
        break;
    }
    return SQLITE_OK;
  }

  const std::string name;
  sqlite3_vfs vfs{};
  std::mutex mutex;
  std::condition_variable changed;
  std::int64_t calls = 0;
  std::int64_t fail_at = 0;
  Fault fault = Fault::kWriteError;
  int times = 0;  // how many calls will still meet it
  bool met = false;
  bool hang = false;
  int hanging = 0;
  int last_errno = 0;
};

namespace {

sqlite3_vfs* RealVfs() {
  return sqlite3_vfs_find("unix");
}

// SQLite allocates szOsFile bytes: ours first, the real file behind it.
struct File {
  sqlite3_file base;
  FaultVfs::State* state;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* Of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* Real(sqlite3_file* file) {
  return Of(file)->real();
}

int Close(sqlite3_file* file) {
  return Real(file)->pMethods->xClose(Real(file));
}
int Read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
  return Real(file)->pMethods->xRead(Real(file), data, size, offset);
}
int Write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  FaultVfs::State& state = *Of(file)->state;
  const int error = state.Meet(Call::kWrite);
  if (error == SQLITE_OK) return Real(file)->pMethods->xWrite(Real(file), data, size, offset);
  if (state.fault == FaultVfs::Fault::kShortWrite) Real(file)->pMethods->xWrite(Real(file), data, size / 2, offset);
  return error;
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int error = Of(file)->state->Meet(Call::kTruncate);
  return error != SQLITE_OK ? error : Real(file)->pMethods->xTruncate(Real(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  const int error = Of(file)->state->Meet(Call::kSync);
  return error != SQLITE_OK ? error : Real(file)->pMethods->xSync(Real(file), flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Real(file)->pMethods->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) {
  return Real(file)->pMethods->xLock(Real(file), level);
}
int Unlock(sqlite3_file* file, int level) {
  return Real(file)->pMethods->xUnlock(Real(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* out) {
  return Real(file)->pMethods->xCheckReservedLock(Real(file), out);
}
int FileControl(sqlite3_file* file, int what, void* argument) {
  return Real(file)->pMethods->xFileControl(Real(file), what, argument);
}
int SectorSize(sqlite3_file* file) {
  return Real(file)->pMethods->xSectorSize(Real(file));
}
int DeviceCharacteristics(sqlite3_file* file) {
  return Real(file)->pMethods->xDeviceCharacteristics(Real(file));
}
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return Real(file)->pMethods->xShmMap(Real(file), page, size, extend, out);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) {
  Real(file)->pMethods->xShmBarrier(Real(file));
}
int ShmUnmap(sqlite3_file* file, int remove) {
  return Real(file)->pMethods->xShmUnmap(Real(file), remove);
}

// Version 2: with shared memory, without memory-mapped reads.
const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     DeviceCharacteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  File* const own = Of(file);
  own->state = static_cast<FaultVfs::State*>(vfs->pAppData);
  own->base.pMethods = nullptr;
  const int opened = RealVfs()->xOpen(RealVfs(), name, own->real(), flags, out_flags);
  if (own->real()->pMethods != nullptr) own->base.pMethods = &kMethods;
  return opened;
}

int LastError(sqlite3_vfs* vfs, int size, char* text) {
  auto* const state = static_cast<FaultVfs::State*>(vfs->pAppData);
  const std::lock_guard lock(state->mutex);
  return state->met ? state->last_errno : RealVfs()->xGetLastError(RealVfs(), size, text);
}

}  // namespace

FaultVfs::FaultVfs() : state_(std::make_unique<State>()) {
  state_->vfs = *RealVfs();
  state_->vfs.szOsFile += static_cast<int>(sizeof(File));
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.pAppData = state_.get();
  state_->vfs.xOpen = Open;
  state_->vfs.xGetLastError = LastError;
  Invariant(sqlite3_vfs_register(&state_->vfs, 0) == SQLITE_OK, "a test registers its VFS");
}

FaultVfs::~FaultVfs() {
  Release();
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultVfs::name() const {
  return state_->name;
}

void FaultVfs::FailAt(std::int64_t n, Fault fault, int times) {
  const std::lock_guard lock(state_->mutex);
  state_->calls = 0;
  state_->fail_at = n;
  state_->fault = fault;
  state_->times = times;
  state_->met = false;
}

void FaultVfs::Mend() {
  const std::lock_guard lock(state_->mutex);
  state_->times = 0;
}

bool FaultVfs::met() const {
  const std::lock_guard lock(state_->mutex);
  return state_->met;
}

void FaultVfs::HangSyncs() {
  const std::lock_guard lock(state_->mutex);
  state_->hang = true;
}

void FaultVfs::Release() {
  const std::lock_guard lock(state_->mutex);
  state_->hang = false;
  state_->changed.notify_all();
}

void FaultVfs::AwaitHanging() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] { return state_->hanging > 0; });
}

}  // namespace privity
