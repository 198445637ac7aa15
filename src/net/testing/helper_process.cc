#include "net/testing/helper_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "base/invariant.h"

extern char** environ;

namespace privity {

HelperProcess::HelperProcess(const std::vector<std::string>& command) {
  int in[2], out[2];
  Invariant(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0, "pipes for a helper");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int error = posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  input_ = in[1];
  output_ = out[0];
  if (error != 0) pid_ = -1;
}

HelperProcess::~HelperProcess() {
  close(input_);
  close(output_);
  if (pid_ < 0) return;
  for (int tenths = 0; tenths < 20; ++tenths) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) return;
    poll(nullptr, 0, 100);
  }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::optional<std::string> HelperProcess::ReadLine() {
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != buffer_.npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    pollfd waiting{.fd = output_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 10'000) <= 0) return std::nullopt;
    char piece[4096];
    const ssize_t got = read(output_, piece, sizeof piece);
    if (got <= 0) return std::nullopt;
    buffer_.append(piece, static_cast<std::size_t>(got));
  }
}

std::optional<TestCertificate> MakeTestCertificate(const std::string& directory) {
  const TestCertificate made{directory + "/certificate.pem", directory + "/key.pem"};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
      "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
      made.key_file + " -out " + made.certificate_file + " 2>/dev/null";
  if (std::system(command.c_str()) != 0) return std::nullopt;
  return made;
}

}  // namespace privity
