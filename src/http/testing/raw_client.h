// A client of bytes for tests: sends what no honest client would, and reads what came back.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/message.h"

namespace privity::testing {

struct RawResponse {
  int status = 0;  // 0: the connection ended before a response
  Headers headers;
  std::string body;
};

class RawClient {
 public:
  // Connects to "127.0.0.1:1234" or "unix:/path"; a failure ends the test program with a reason.
  explicit RawClient(const std::string& address);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the other side has closed.
  bool Send(std::string_view bytes);
  void CloseSending();
  // Bytes as they come, at most `wait` for the next; "" when nothing came or the end was reached.
  std::string Receive(std::chrono::milliseconds wait = std::chrono::seconds(5));
  // Everything up to the end of the connection; fails the expectation of an end when it does not come within `wait`.
  std::string ReceiveToEnd(std::chrono::milliseconds wait = std::chrono::seconds(10));
  // One response, by its Content-Length, chunks or the end of the connection. `head_request`: it has no body.
  RawResponse ReadResponse(bool head_request = false);
  bool at_end() const { return at_end_; }
  void SetReceiveBuffer(int bytes);

 private:
  bool FillBuffer(std::chrono::milliseconds wait);
  std::string TakeLine();
  std::string Take(std::size_t size);

  int socket_ = -1;
  std::string buffer_;
  bool at_end_ = false;
};

// Sends one request on its own connection and reads the answer.
RawResponse Ask(const std::string& address, std::string_view request);

}  // namespace privity::testing
