#include "connect/odbc/odbc_relay.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

namespace privity::connect_internal {
namespace {

constexpr int kLookEveryMs = 50;

std::int64_t Now() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

void LimitWaits(int socket, std::chrono::milliseconds time) {
  const timeval limit{.tv_sec = time.count() / 1000, .tv_usec = (time.count() % 1000) * 1000};
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  const int yes = 1;  // small questions and answers are not held back
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

// Of the checked address: no name is looked up again.
int ConnectTo(const IpAddress& address, std::uint16_t port, std::chrono::milliseconds time) {
  sockaddr_storage to{};
  socklen_t size = 0;
  if (address.is_v4()) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(to);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    inet_pton(AF_INET, address.ToString().c_str(), &v4.sin_addr);
    size = sizeof(v4);
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(to);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    inet_pton(AF_INET6, address.ToString().c_str(), &v6.sin6_addr);
    size = sizeof(v6);
  }
  const int made = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) return -1;
  LimitWaits(made, time);
  if (connect(made, reinterpret_cast<const sockaddr*>(&to), size) == 0) return made;
  close(made);
  return -1;
}

void CloseOnce(int& socket) {
  if (socket >= 0) close(socket);
  socket = -1;
}

}  // namespace

Result<std::unique_ptr<OdbcRelay>> OdbcRelay::Start(const CheckedTarget& target, const ConnectOptions& options,
                                                    const std::string& store) {
  std::unique_ptr<OdbcRelay> relay(new OdbcRelay(target, options));
  relay->listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(here);
  const bool listens =
      relay->listener_ >= 0 && bind(relay->listener_, reinterpret_cast<const sockaddr*>(&here), size) == 0 &&
      listen(relay->listener_, 1) == 0 && getsockname(relay->listener_, reinterpret_cast<sockaddr*>(&here), &size) == 0;
  if (!listens) return Error("connect.failed", {{"store", store}, {"place", "login"}, {"reason", "port"}});
  relay->port_ = ntohs(here.sin_port);
  relay->thread_ = std::jthread([raw = relay.get()](const std::stop_token& stop) { raw->Serve(stop); });
  return relay;
}

OdbcRelay::~OdbcRelay() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  CloseOnce(listener_);
}

void OdbcRelay::Begin(std::chrono::milliseconds silence) {
  silence_ = std::chrono::nanoseconds(silence).count();
  heard_at_ = Now();
  is_asked_ = true;
}

bool OdbcRelay::MustEnd() {
  if (!is_asked_) return false;
  was_stopped_ = was_stopped_ || options_.stop.stop_requested();
  was_silent_ = was_silent_ || Now() - heard_at_ > silence_;
  return was_stopped_ || was_silent_;
}

void OdbcRelay::EndConnection() {
  CloseOnce(driver_);
  CloseOnce(server_);
}

// A driver that tries first with and then without encryption connects twice, one after the other.
void OdbcRelay::Accept() {
  const int driver = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (driver < 0) return;
  EndConnection();
  driver_ = driver;
  LimitWaits(driver_, options_.silence_timeout);
  server_ = ConnectTo(target_.addresses.front(), target_.port, options_.connect_timeout);
  if (server_ < 0) EndConnection();
}

bool OdbcRelay::Pass(int from, int to) {
  std::array<char, 64 << 10> buffer;
  const ssize_t got = recv(from, buffer.data(), buffer.size(), 0);
  if (got <= 0) return false;
  heard_at_ = Now();
  for (ssize_t sent = 0; sent < got;) {
    const ssize_t now = send(to, buffer.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += now;
  }
  return true;
}

void OdbcRelay::Serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (is_door_closed_) CloseOnce(listener_);
    std::array<pollfd, 3> waiting = {{{.fd = listener_, .events = POLLIN, .revents = 0},
                                      {.fd = driver_, .events = POLLIN, .revents = 0},
                                      {.fd = server_, .events = POLLIN, .revents = 0}}};
    poll(waiting.data(), waiting.size(), kLookEveryMs);
    if (MustEnd()) EndConnection();
    if (driver_ >= 0 && waiting[1].revents != 0 && !Pass(driver_, server_)) EndConnection();
    if (server_ >= 0 && waiting[2].revents != 0 && !Pass(server_, driver_)) EndConnection();
    if (listener_ >= 0 && !is_door_closed_ && waiting[0].revents != 0) Accept();
  }
  EndConnection();
}

}  // namespace privity::connect_internal
