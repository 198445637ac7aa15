#include "http/testing/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "base/invariant.h"
#include "http/address.h"

namespace privity::testing {
namespace {

int Connect(const std::string& text) {
  const auto address = ListenAddress::Parse(text);
  Invariant(address.ok(), "RawClient: not an address");
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (address->is_unix) {
    auto& to = reinterpret_cast<sockaddr_un&>(storage);
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address->path.data(), address->path.size());
    size = sizeof(to);
  } else {
    Invariant(address->address.is_v4(), "RawClient: IPv4 or Unix only");
    auto& to = reinterpret_cast<sockaddr_in&>(storage);
    to.sin_family = AF_INET;
    to.sin_port = htons(address->port);
    std::memcpy(&to.sin_addr, address->address.bytes().data() + 12, 4);
    size = sizeof(to);
  }
  const int socket = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Invariant(socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&storage), size) == 0,
            "RawClient: no connection");
  const int on = 1;
  if (!address->is_unix) ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return socket;
}

}  // namespace

RawClient::RawClient(const std::string& address) : socket_(Connect(address)) {}
RawClient::~RawClient() {
  ::close(socket_);
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::CloseSending() {
  ::shutdown(socket_, SHUT_WR);
}

void RawClient::SetReceiveBuffer(int bytes) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

bool RawClient::FillBuffer(std::chrono::milliseconds wait) {
  pollfd poll{socket_, POLLIN, 0};
  if (at_end_ || ::poll(&poll, 1, static_cast<int>(wait.count())) <= 0) return false;
  char bytes[16 * 1024];
  const ssize_t received = ::recv(socket_, bytes, sizeof(bytes), 0);
  if (received <= 0) {
    at_end_ = true;
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(received));
  return true;
}

std::string RawClient::Receive(std::chrono::milliseconds wait) {
  if (buffer_.empty()) FillBuffer(wait);
  return std::exchange(buffer_, {});
}

std::string RawClient::ReceiveToEnd(std::chrono::milliseconds wait) {
  while (FillBuffer(wait)) {
  }
  return std::exchange(buffer_, {});
}

std::string RawClient::TakeLine() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!FillBuffer(std::chrono::seconds(10))) return {};
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::string RawClient::Take(std::size_t size) {
  while (buffer_.size() < size && FillBuffer(std::chrono::seconds(10))) {
  }
  std::string taken = buffer_.substr(0, size);
  buffer_.erase(0, taken.size());
  return taken;
}

RawResponse RawClient::ReadResponse(bool head_request) {
  RawResponse response;
  const std::string status_line = TakeLine();
  if (status_line.size() < 12) return response;
  response.status = std::stoi(status_line.substr(9, 3));
  for (std::string line = TakeLine(); !line.empty(); line = TakeLine()) {
    const std::size_t colon = line.find(": ");
    response.headers.Add(line.substr(0, colon), line.substr(colon + 2));
  }
  if (head_request || response.status < 200 || response.status == 204 || response.status == 304) return response;
  if (response.headers.Get("Transfer-Encoding") == "chunked") {
    for (;;) {
      const std::size_t size = std::stoul("0" + TakeLine(), nullptr, 16);
      response.body += Take(size);
      TakeLine();
      if (size == 0) return response;
    }
  }
  if (const auto length = response.headers.Find("Content-Length")) {
    response.body = Take(std::stoul(std::string(*length)));
  } else {
    response.body = ReceiveToEnd();
  }
  return response;
}

RawResponse Ask(const std::string& address, std::string_view request) {
  RawClient client(address);
  client.Send(request);
  return client.ReadResponse();
}

}  // namespace privity::testing
