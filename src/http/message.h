// Requests and responses as the rest of Privity sees them: plain values, no third-party type.
//
// Follows RFC 9110 (semantics) and RFC 9112 (HTTP/1.1). Field names compare without regard to case. Value types: not
// shared between threads.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

// The fields of a message in their order. One buffer holds all of them, so that a request costs few allocations.
class Headers {
 public:
  // Control characters in `value` (CR, LF, NUL, ...) become spaces: no value can start a second field (response
  // splitting).
  void Add(std::string_view name, std::string_view value);
  // All fields of `others`, after those that are here.
  void Append(const Headers& others);
  // Replaces every field of that name.
  void Set(std::string_view name, std::string_view value);
  void Remove(std::string_view name);

  // The first value, or nothing. A view is valid until the next change of this object.
  std::optional<std::string_view> Find(std::string_view name) const;
  // The first value, or "".
  std::string_view Get(std::string_view name) const { return Find(name).value_or(std::string_view()); }
  // All values joined by ", " (RFC 9110 section 5.3); "" when there is none.
  std::string Joined(std::string_view name) const;
  std::size_t Count(std::string_view name) const;

  std::size_t size() const { return fields_.size(); }
  std::pair<std::string_view, std::string_view> at(std::size_t index) const;
  // For reuse of the memory by the next request.
  void Clear();

 private:
  struct Field {
    std::uint32_t name_begin, name_size, value_begin, value_size;
  };
  std::string text_;
  std::vector<Field> fields_;
};

bool EqualIgnoringCase(std::string_view a, std::string_view b);

struct Request {
  std::string method;  // as sent: "GET"; methods are case-sensitive
  std::string path;    // as sent, percent-encoded, begins with "/", without query
  std::string query;   // as sent, without "?"; may hold personal data: never log it
  Headers headers;
  std::string body;  // empty when the route takes its body as a stream

  std::string request_id;                             // an acceptable X-Request-Id from the client, else generated
  std::string peer_address;                           // "192.0.2.7", "2001:db8::1", or "unix"
  std::string client_address;                         // the peer, or what a trusted proxy says of its client
  std::optional<uid_t> unix_peer_uid;                 // set on the Unix socket, told by the kernel
  bool over_tls = false;                              // this connection, or a trusted proxy's word for the client's
  std::string host;                                   // Host or the authority of the target, without user information
  std::chrono::steady_clock::time_point received_at;  // when the header was complete
};

// A response body that is read piece by piece (a stored file, an export). Read() runs on a worker thread and may block;
// calls never overlap. Destroyed when all is sent or the client is gone.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // Fills the front of `out` and returns how many bytes; 0 means the end. After an error the connection is cut, so that
  // the client does not take half a file for a whole one.
  virtual Result<std::size_t> Read(std::span<std::byte> out) = 0;
  // The exact size when it is known; chunked otherwise.
  virtual std::optional<std::uint64_t> size_bytes() const { return std::nullopt; }
};

// Server-sent events (WHATWG HTML, section 9.2) to one client. Made by a handler, kept by whoever has news, and by the
// connection until it ends. Safe to call from many threads.
class EventChannel {
 public:
  static constexpr std::size_t kPendingBytesMax = 256 * 1024;

  EventChannel();
  ~EventChannel();
  // False when the client is gone, or so slow that kPendingBytesMax are waiting: then the channel is closed.
  bool Send(std::string_view event, std::string_view data, std::string_view id = {});
  bool closed() const;
  void Close();
  // Called once, from any thread, when the channel closes for whatever reason; at once when it is closed already.
  void OnClose(std::function<void()> callback);

  // For the connection: what is waiting, and who wants to be woken when there is something.
  std::string TakePending();
  void OnPending(std::function<void()> wake);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Response {
  // Text that lives as long as the program, such as an embedded asset: never copied.
  struct Static {
    std::string_view text;
  };
  using Body = std::variant<std::string, Static, std::unique_ptr<BodySource>, std::shared_ptr<EventChannel>>;

  int status = 200;
  Headers headers;  // without Date, Content-Length, Transfer-Encoding and Connection: the connection writes these
  Body body;

  static Response Text(int status, std::string_view content_type, std::string body);
  // The body when it is in memory, "" for a stream.
  std::string_view text() const;
};

// Takes an upload piece by piece. Calls run on worker threads, may block and never overlap. Destroyed without Finish()
// when the client went away, the body was too large or Write() failed: then nothing may remain.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual Result<void> Write(BytesView piece) = 0;
  virtual Response Finish() = 0;
};

}  // namespace privity
