#include "connect/testing/faulty_proxy.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace privity {
namespace {

constexpr int kLookEveryMs = 20;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool SendAll(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

FaultyProxy::FaultyProxy(int server_port) : server_port_(server_port) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(listen(listener_, 16), 0);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

FaultyProxy::~FaultyProxy() {
  stopping_ = true;
  acceptor_.join();
  close(listener_);
}

void FaultyProxy::FailAfter(std::int64_t bytes, Fault fault) {
  fault_ = fault;
  bytes_left_ = bytes;
  is_armed_ = true;
}

void FaultyProxy::Accept() {
  while (!stopping_) {
    pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, kLookEveryMs) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) connections_.emplace_back([this, client] { Forward(client); });
  }
  for (std::thread& connection : connections_) connection.join();
}

bool FaultyProxy::Survives(std::int64_t size) {
  if (!is_armed_ || (bytes_left_ -= size) > 0 || !is_armed_.exchange(false)) return true;
  ++faults_;
  while (fault_ == Fault::kFallSilent && !stopping_)
    std::this_thread::sleep_for(std::chrono::milliseconds(kLookEveryMs));
  return false;
}

void FaultyProxy::Forward(int client) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(server_port_);
  bool open = connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  for (const int end : {client, server}) {
    const int yes = 1;  // small questions and answers are not held back
    setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  }
  std::vector<char> buffer(16 << 10);
  while (open && !stopping_) {
    std::array<pollfd, 2> ends = {
        {{.fd = client, .events = POLLIN, .revents = 0}, {.fd = server, .events = POLLIN, .revents = 0}}};
    if (poll(ends.data(), ends.size(), kLookEveryMs) <= 0) continue;
    for (const bool from_server : {false, true}) {
      if (ends[from_server ? 1 : 0].revents == 0 || !open) continue;
      const ssize_t got = recv(from_server ? server : client, buffer.data(), buffer.size(), 0);
      open = got > 0 && (!from_server || Survives(got)) &&
             SendAll(from_server ? client : server, buffer.data(), static_cast<std::size_t>(got));
    }
  }
  close(client);
  close(server);
}

}  // namespace privity
