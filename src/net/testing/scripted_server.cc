#include "net/testing/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace privity {
namespace {

int ListenOnLoopback(int* port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Invariant(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "loopback has a free port");
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  *port = ntohs(address.sin_port);
  return fd;
}

int ListenOnUnix(const std::string& path) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  Invariant(path.size() < sizeof address.sun_path, "socket path is short");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  Invariant(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "socket path is free");
  return fd;
}

// The body's size as the head announces it; 0 without a Content-Length.
std::size_t BodySize(std::string_view head) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const auto at = head.find(kName);
  std::size_t size = 0;
  if (at != head.npos) std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), size);
  return size;
}

bool WaitReadable(int fd, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 20) > 0) return true;
  }
  return false;
}

}  // namespace

ScriptedServer::ScriptedServer(Script script, const std::string& unix_path) : script_(std::move(script)) {
  listener_ = unix_path.empty() ? ListenOnLoopback(&port_) : ListenOnUnix(unix_path);
  Invariant(listen(listener_, 16) == 0, "test server listens");
  thread_ = std::jthread([this](const std::stop_token& stop) { Serve(stop); });
}

ScriptedServer::~ScriptedServer() {
  thread_.request_stop();
  thread_.join();
  close(listener_);
}

std::string ScriptedServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<std::string> ScriptedServer::requests() const {
  return requests_.With([](const auto& requests) { return requests; });
}

void ScriptedServer::Serve(const std::stop_token& stop) {
  while (WaitReadable(listener_, stop)) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    Answer(connection, stop);
    close(connection);
  }
}

void ScriptedServer::Answer(int connection, const std::stop_token& stop) {
  std::string request;
  std::size_t head_end = std::string::npos;
  while (head_end == std::string::npos || request.size() < head_end + 4 + BodySize({request.data(), head_end})) {
    if (!WaitReadable(connection, stop)) return;
    char buffer[8192];
    const auto got = recv(connection, buffer, sizeof buffer, 0);
    if (got <= 0) return;
    request.append(buffer, static_cast<std::size_t>(got));
    head_end = request.find("\r\n\r\n");
  }
  requests_.With([&](auto& requests) { requests.push_back(request); });
  const std::string answer = script_(request);
  if (answer.empty()) {
    WaitReadable(connection, stop);  // until the client gives up or the test ends
    return;
  }
  for (std::size_t sent = 0; sent < answer.size();) {
    const auto n = send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;
    sent += static_cast<std::size_t>(n);
  }
}

std::string HttpAnswer(int status, std::string_view body, std::string_view extra_headers) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + std::string(extra_headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + std::string(body);
}

void FakeResolver::Set(const std::string& host, const std::vector<std::vector<std::string>>& answers) {
  state_.With([&](State& state) { state.names.push_back({host, answers}); });
}

int FakeResolver::asked() const {
  return state_.With([](const State& state) { return state.asked; });
}

Result<std::vector<IpAddress>> FakeResolver::Resolve(const std::string& host, std::chrono::milliseconds) const {
  return state_.With([&](State& state) -> Result<std::vector<IpAddress>> {
    ++state.asked;
    const auto name =
        std::find_if(state.names.begin(), state.names.end(), [&](const auto& n) { return n.host == host; });
    if (name == state.names.end()) return Error("net.name_unknown", {{"host", host}});
    const auto& answer = name->answers[std::min(name->next++, name->answers.size() - 1)];
    std::vector<IpAddress> addresses;
    for (const std::string& text : answer) addresses.push_back(IpAddress::Parse(text).value());
    return addresses;
  });
}

}  // namespace privity
