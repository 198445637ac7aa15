#include "documents/internal/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>

#include "base/durable_file.h"

namespace privity::documents_internal {
namespace {

constexpr int kFilesMax = 32;
// What a program needs to start and to know fonts and languages; nothing of it belongs to anybody.
constexpr std::array<const char*, 9> kReadable = {"/usr/lib", "/usr/share", "/usr/bin",         "/lib",     "/lib64",
                                                  "/bin",     "/etc/fonts", "/etc/ld.so.cache", "/dev/null"};

using Clock = std::chrono::steady_clock;

// Refuses what a reader of documents never needs. Calls of another architecture end the program.
std::vector<sock_filter> Filter() {
#if defined(__x86_64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#endif
  std::vector<sock_filter> filter = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  for (const int call :
       {SYS_socket,      SYS_socketpair,       SYS_connect,           SYS_bind,  SYS_sendto,  SYS_sendmsg,
        SYS_ptrace,      SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_unshare, SYS_setns,
        SYS_bpf,         SYS_keyctl,           SYS_kexec_load,        SYS_kill,  SYS_tkill,   SYS_io_uring_setup,
        SYS_userfaultfd, SYS_perf_event_open}) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return filter;
}

// A rule set that leaves nothing of what the first version of Landlock knows; closed when the kernel has no Landlock.
FileHandle NothingRules() {
  landlock_ruleset_attr all{};
  all.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
  return FileHandle(static_cast<int>(syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0)));
}

// One that leaves kReadable.
FileHandle ReadOnlyRules() {
  constexpr std::uint64_t kReads =
      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  FileHandle rules = NothingRules();
  if (!rules.is_open()) return rules;
  for (const char* path : kReadable) {
    const FileHandle place(open(path, O_PATH | O_CLOEXEC));
    if (!place.is_open()) continue;
    const bool is_file = std::string_view(path).starts_with("/etc/ld") || std::string_view(path).starts_with("/dev/");
    const landlock_path_beneath_attr rule{.allowed_access = is_file ? LANDLOCK_ACCESS_FS_READ_FILE : kReads,
                                          .parent_fd = place.fd()};
    syscall(SYS_landlock_add_rule, rules.fd(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  return rules;
}

// Made before the fork: between it and the program only calls that are safe there are made.
struct Prepared {
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::vector<sock_filter> filter;
  FileHandle rules;
};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

bool Limit(int resource, std::int64_t value) {
  const rlimit limit{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  return setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

[[noreturn]] void BecomeProgram(const BoxedProgram& program, const Prepared& prepared, int input, int output) {
  const int nothing = open("/dev/null", O_WRONLY);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const bool limited = Limit(RLIMIT_CPU, program.seconds_max) && Limit(RLIMIT_AS, program.memory_bytes_max) &&
                       Limit(RLIMIT_FSIZE, 0) && Limit(RLIMIT_NOFILE, kFilesMax) && Limit(RLIMIT_CORE, 0);
  if (!limited || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(126);
  if (prepared.rules.is_open() && syscall(SYS_landlock_restrict_self, prepared.rules.fd(), 0) != 0) _exit(126);
  sock_fprog filter{static_cast<unsigned short>(prepared.filter.size()),
                    const_cast<sock_filter*>(prepared.filter.data())};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) _exit(126);
  execve(program.path.c_str(), prepared.arguments.data(), prepared.environment.data());
  _exit(127);
}

// The input as a file that has no name.
FileHandle InMemory(std::string_view input) {
  FileHandle file(memfd_create("document", MFD_CLOEXEC));
  std::size_t written = 0;
  while (file.is_open() && written < input.size()) {
    const ssize_t some = write(file.fd(), input.data() + written, input.size() - written);
    if (some < 0 && errno != EINTR) return FileHandle();
    if (some > 0) written += static_cast<std::size_t>(some);
  }
  if (file.is_open()) lseek(file.fd(), 0, SEEK_SET);
  return file;
}

// Up to the end, the limit or the time; false when the time is over.
bool ReadOutput(int pipe, const BoxedProgram& program, BoxedOutput& output) {
  const auto end = Clock::now() + std::chrono::seconds(program.seconds_max);
  std::array<char, 64 << 10> piece;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd ready{pipe, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(left));
    if (count == 0 || (count < 0 && errno != EINTR)) return false;
    if (count < 0) continue;
    const ssize_t size = read(pipe, piece.data(), piece.size());
    if (size == 0) return true;
    if (size < 0 && errno != EINTR) return false;
    if (size > 0) output.text.append(piece.data(), static_cast<std::size_t>(size));
    if (std::cmp_greater(output.text.size(), program.output_bytes_max)) {
      output.was_cut = true;
      output.text.resize(static_cast<std::size_t>(program.output_bytes_max));
      return true;
    }
  }
}

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Result<BoxedOutput> RunBoxed(const BoxedProgram& program, std::string_view input) {
  const Error failed("documents.helper", {{"program", program.path}});
  if (access(program.path.c_str(), X_OK) != 0) return Error("documents.helper_missing", {{"program", program.path}});
  const FileHandle file = InMemory(input);
  int ends[2] = {-1, -1};
  if (!file.is_open() || pipe2(ends, O_CLOEXEC) != 0) return failed;
  const FileHandle from(ends[0]);
  FileHandle into(ends[1]);
  std::vector<std::string> arguments = {program.path};
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  const Prepared prepared{Pointers(arguments), Pointers(program.environment), Filter(),
                          program.closes_files ? FileHandle() : ReadOnlyRules()};
  const pid_t child = fork();
  if (child < 0) return failed;
  if (child == 0) BecomeProgram(program, prepared, file.fd(), into.fd());
  into = FileHandle();
  BoxedOutput output;
  const bool in_time = ReadOutput(from.fd(), program, output);
  if (!in_time || output.was_cut) kill(child, SIGKILL);
  const int status = WaitFor(child);
  if (output.was_cut || (in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0)) return output;
  return failed;
}

bool CloseFiles() {
  const FileHandle rules = NothingRules();
  if (!rules.is_open()) return errno == ENOSYS || errno == EOPNOTSUPP;
  return syscall(SYS_landlock_restrict_self, rules.fd(), 0) == 0;
}

}  // namespace privity::documents_internal
