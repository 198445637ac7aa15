#include "ledger/checkpoint_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace privity {
namespace {

constexpr const char* kFileName = "/checkpoint";

Error Failed(const char* problem) {
  return Error("ledger.sink_failed", {{"sink", "directory"}, {"problem", problem}});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::optional<std::string>> DirectorySink::Newest() {
  std::ifstream file(directory_ + kFileName, std::ios::binary);
  if (!file) {
    if (access(directory_.c_str(), R_OK | X_OK) == 0 && access((directory_ + kFileName).c_str(), F_OK) != 0) {
      return std::optional<std::string>();
    }
    return Failed("not readable");
  }
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return Failed("not readable");
  return std::optional(std::move(text));
}

Status DirectorySink::Publish(const Checkpoint&, const std::string& signed_checkpoint, const Prove&) {
  const std::string path = directory_ + kFileName, beside = path + ".new";
  {
    const Descriptor file(open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return Failed(std::strerror(errno));
    if (!WriteAll(file.get(), signed_checkpoint) || fsync(file.get()) != 0) return Failed(std::strerror(errno));
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) return Failed(std::strerror(errno));
  const Descriptor directory(open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || fsync(directory.get()) != 0) return Failed(std::strerror(errno));
  return Ok();
}

}  // namespace privity
