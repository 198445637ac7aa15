// A disk that fails on command, and that forgets what was never synced. Preloaded (LD_PRELOAD) into the program under
// test; looks at regular files below PRIVITY_DISK_ROOT and passes everything else on.
//
// PRIVITY_DISK_CONTROL is mapped and shared with the test: which kind of call fails, from the first-th to the last-th
// since the start, with which errno; and how many there were. PRIVITY_DISK_JOURNAL receives what a power cut would take
// back, one record a call (tests/support/disk.ts reads them): bytes before a write or truncation, and syncs, good and
// failed. After a failed sync the kernel counts the pages as clean and never writes them ("fsyncgate"), though it goes
// on showing them; so the test forgets these for good, unless they are written again.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>

namespace {

enum Kind : std::int64_t { kNone = 0, kWrite = 1, kSync = 2 };

struct Control {
  std::atomic<std::int64_t> calls;
  std::int64_t kind;
  std::int64_t first;
  std::int64_t last;
  std::int64_t error;
};

template <class Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

struct Disk {
  Disk() {
    const char* const control_path = std::getenv("PRIVITY_DISK_CONTROL");
    const char* const journal_path = std::getenv("PRIVITY_DISK_JOURNAL");
    const char* const root_path = std::getenv("PRIVITY_DISK_ROOT");
    if (control_path == nullptr || journal_path == nullptr || root_path == nullptr) std::abort();
    const int file = open(control_path, O_RDWR | O_CLOEXEC);
    void* const mapped = mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || mapped == MAP_FAILED) std::abort();
    close(file);
    control = static_cast<Control*>(mapped);
    journal = open(journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    root = std::string(root_path) + "/";
  }

  decltype(::write)* const real_write = Real<decltype(::write)>("write");
  decltype(::pwrite)* const real_pwrite = Real<decltype(::pwrite)>("pwrite64");
  decltype(::ftruncate)* const real_truncate = Real<decltype(::ftruncate)>("ftruncate64");
  decltype(::fsync)* const real_fsync = Real<decltype(::fsync)>("fsync");
  decltype(::fdatasync)* const real_fdatasync = Real<decltype(::fdatasync)>("fdatasync");
  Control* control = nullptr;
  int journal = -1;
  std::string root;
  std::mutex mutex;  // a call and its record are one
};

Disk& TheDisk() {
  static Disk disk;
  return disk;
}

// The path of a regular file below the root, or nothing.
std::string WatchedPath(int fd) {
  struct stat about {};
  if (fstat(fd, &about) != 0 || !(S_ISREG(about.st_mode) || S_ISDIR(about.st_mode))) return "";
  char text[4096];
  const ssize_t length = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), text, sizeof text);
  std::string path(text, length < 0 ? 0 : static_cast<std::size_t>(length));
  return path.starts_with(TheDisk().root) ? path : "";
}

// Whether this call is one of those that fail; errno is set then.
bool Fails(Kind kind) {
  Control& control = *TheDisk().control;
  if (control.kind != kind) return false;
  const std::int64_t call = ++control.calls;
  if (call < control.first || call > control.last) return false;
  errno = static_cast<int>(control.error);
  return true;
}

// One record: a line of JSON, then `bytes` as they were.
void Record(const char* what, const std::string& path, std::int64_t offset, std::int64_t size, std::int64_t file_bytes,
            const std::string& bytes) {
  const std::string record = "{\"what\":\"" + std::string(what) + "\",\"path\":\"" + path +
                             "\",\"offset\":" + std::to_string(offset) + ",\"size\":" + std::to_string(size) +
                             ",\"file_bytes\":" + std::to_string(file_bytes) +
                             ",\"before\":" + std::to_string(bytes.size()) + "}\n" + bytes;
  if (TheDisk().real_write(TheDisk().journal, record.data(), record.size()) != static_cast<ssize_t>(record.size())) {
    std::abort();  // a journal with a hole proves nothing
  }
}

std::int64_t FileBytes(int fd) {
  struct stat about {};
  return fstat(fd, &about) == 0 ? about.st_size : 0;
}

// What lies there now. Closing any descriptor of a file drops this process's POSIX locks on it, SQLite's among them; so
// the file is opened anew only where its descriptor cannot read, which SQLite's can.
std::string BytesAt(int fd, const std::string& path, std::int64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  const bool readable = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR;
  const int reader = readable ? fd : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const ssize_t count = pread(reader, bytes.data(), size, offset);
  bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  if (!readable) close(reader);
  return bytes;
}

template <class Call>
ssize_t WriteCall(int fd, std::int64_t offset, std::size_t size, const Call& call) {
  const std::string path = WatchedPath(fd);
  if (path.empty()) return call();
  const std::lock_guard lock(TheDisk().mutex);
  if (Fails(kWrite)) return -1;
  Record("write", path, offset, static_cast<std::int64_t>(size), FileBytes(fd), BytesAt(fd, path, offset, size));
  return call();
}

// The journal is the disk here, so a watched file needs no real sync.
int SyncCall(int fd, int (*real)(int)) {
  const std::string path = WatchedPath(fd);
  if (path.empty()) return real(fd);
  const std::lock_guard lock(TheDisk().mutex);
  const bool fails = Fails(kSync);
  const int error = errno;
  Record(fails ? "sync_failed" : "sync", path, 0, 0, FileBytes(fd), "");
  errno = error;
  return fails ? -1 : 0;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, std::size_t size) {
  const off_t at = (fcntl(fd, F_GETFL) & O_APPEND) != 0 ? FileBytes(fd) : lseek(fd, 0, SEEK_CUR);
  return WriteCall(fd, at, size, [&] { return TheDisk().real_write(fd, bytes, size); });
}
ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t offset) {
  return WriteCall(fd, offset, size, [&] { return TheDisk().real_pwrite(fd, bytes, size, offset); });
}
ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t offset) {
  return pwrite64(fd, bytes, size, offset);
}
int ftruncate64(int fd, off64_t size) {
  const std::string path = WatchedPath(fd);
  if (path.empty()) return TheDisk().real_truncate(fd, size);
  const std::lock_guard lock(TheDisk().mutex);
  const std::int64_t file_bytes = FileBytes(fd);
  const std::size_t cut = file_bytes > size ? static_cast<std::size_t>(file_bytes - size) : 0;
  Record("truncate", path, size, 0, file_bytes, BytesAt(fd, path, size, cut));
  return TheDisk().real_truncate(fd, size);
}
int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}
int fsync(int fd) {
  return SyncCall(fd, TheDisk().real_fsync);
}
int fdatasync(int fd) {
  return SyncCall(fd, TheDisk().real_fdatasync);
}

}  // extern "C"
