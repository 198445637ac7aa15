#include "store/testing/cutting_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string_view>

#include "base/invariant.h"

namespace privity {

namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string Receive(int socket) {
  std::array<char, 65536> buffer;
  const ssize_t size = recv(socket, buffer.data(), buffer.size(), 0);
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string();
}

bool Readable(int socket, int milliseconds) {
  pollfd descriptor{.fd = socket, .events = POLLIN, .revents = 0};
  return poll(&descriptor, 1, milliseconds) > 0;
}

}  // namespace

CuttingProxy::CuttingProxy(int server_port, std::string trigger)
    : server_port_(server_port), trigger_(std::move(trigger)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  Invariant(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(listener_, 64) == 0 &&
                getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0,
            "a test listens on loopback");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

CuttingProxy::~CuttingProxy() {
  stopping_ = true;
  acceptor_.join();
  for (std::thread& connection : connections_) connection.join();
  close(listener_);
}

void CuttingProxy::Accept() {
  while (!stopping_) {
    if (!Readable(listener_, 20)) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) connections_.emplace_back([this, client] { Forward(client); });
  }
}

void CuttingProxy::Forward(int client) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(server_port_);
  bool open = connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  std::array<pollfd, 2> both = {pollfd{.fd = client, .events = POLLIN, .revents = 0},
                                pollfd{.fd = server, .events = POLLIN, .revents = 0}};
  bool client_closed = false;
  while (open && !stopping_) {
    if (poll(both.data(), both.size(), 20) <= 0) continue;
    if (both[1].revents != 0) {
      const std::string answer = Receive(server);
      open = !answer.empty() && SendAll(client, answer);
    }
    if (!open || both[0].revents == 0) continue;
    const std::string message = Receive(client);
    if (message.empty()) break;
    const int armed = message.find(trigger_) != std::string::npos ? armed_.exchange(-1) : -1;
    if (armed < 0) {
      open = SendAll(server, message);
      continue;
    }
    ++cuts_;
    open = false;
    if (static_cast<Cut>(armed) == Cut::kBeforeServer) break;
    if (static_cast<Cut>(armed) == Cut::kServerSeesLater) {
      close(client);
      client_closed = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    SendAll(server, message);
    if (Readable(server, 5'000)) Receive(server);  // the server has done it
  }
  if (!client_closed) close(client);
  close(server);
}

}  // namespace privity
