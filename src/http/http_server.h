// Listens on TCP and Unix sockets, plain or TLS 1.3, reads requests within limits and hands them to handlers on worker
// threads.
//
// One io_context per core, each with its own accepting socket (SO_REUSEPORT); nothing on these threads waits for a
// disk, so a slow, idle or hostile client costs its connection's memory and nobody else's time. Handlers run on a
// WorkerPool that serves client addresses in turn. HTTP/1.1 and 1.0 (RFC 9112); whatever two parsers could read
// differently is refused: bare CR or LF, folded fields, more than one Content-Length, Content-Length with
// Transfer-Encoding, a coding other than chunked.
//
//   auto server = HttpServer::Start(options, {{.name = "console", .address = "127.0.0.1:8470", .handler = &handler}});
//   ...
//   (*server)->Stop(std::chrono::seconds(10));
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "http/handler.h"

namespace privity {

struct HttpLimits {
  std::size_t header_bytes_max = 32 * 1024;  // request line and fields
  std::size_t header_count_max = 100;
  std::size_t connections_max = 20'000;
  std::size_t connections_per_address_max = 512;  // Unix sockets and trusted proxies are exempt
  std::chrono::milliseconds handshake_max{10'000};
  std::chrono::milliseconds header_max{15'000};  // from a request's first byte to the end of its header
  std::chrono::milliseconds idle_max{75'000};    // between requests
  // A body, and each piece of a response, must move within this time plus size / transfer_bytes_per_second_min.
  std::chrono::milliseconds transfer_grace{15'000};
  std::size_t transfer_bytes_per_second_min = 4 * 1024;
  std::chrono::milliseconds heartbeat_every{15'000};  // comment lines on an event stream
};

struct HttpOptions {
  HttpLimits limits;
  unsigned io_threads = 0;               // 0: one per core
  unsigned worker_threads_max = 64;      // started when needed
  std::size_t worker_queue_max = 2'048;  // full: 503 with Retry-After
  // Peers whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or ranges ("10.0.0.0/8",
  // "2001:db8::/32").
  std::vector<std::string> trusted_proxies;
  // Hears of what an operator should know (a renewed certificate, one that cannot be read, no file descriptors left).
  // Called from any thread.
  std::function<void(const Error&)> on_notice;
};

struct TlsFiles {
  std::string certificate_path;  // PEM, with the chain
  std::string key_path;          // PEM
};

struct ListenerOptions {
  std::string name;     // "console": for messages
  std::string address;  // "127.0.0.1:8470", "[::1]:0" (0: any free port), "unix:/run/privity.sock"
  HttpHandler* handler = nullptr;
  std::optional<TlsFiles> tls = std::nullopt;  // read again when the files change
  bool allow_plain_beyond_loopback = false;    // for use behind a proxy that does TLS
};

struct HttpCounters {
  std::uint64_t connections_accepted = 0, connections_refused = 0, connections_open = 0;
  std::uint64_t requests = 0, refused = 0, timed_out = 0;
  std::uint64_t bytes_received = 0, bytes_sent = 0;
  std::uint64_t workers_busy = 0, workers_waiting_requests = 0;
};

class HttpServer {
 public:
  // Listens when it returns. `clock` and the handlers outlive the server.
  // Errors: http.address_invalid, http.address_in_use, http.listen_failed, http.plain_refused,
  // http.certificate_invalid, http.proxy_invalid.
  static Result<std::unique_ptr<HttpServer>> Start(const HttpOptions& options, std::vector<ListenerOptions> listeners,
                                                   const Clock& clock);
  // Stop(0).
  ~HttpServer();

  // The address each listener has got, in the order given, with the real port.
  std::vector<std::string> addresses() const;

  // Accepts nothing new, ends idle connections and event streams, lets running requests finish for at most `grace`,
  // then cuts. Not from a handler. Later calls do nothing.
  void Stop(std::chrono::milliseconds grace);

  // Safe to call from many threads.
  HttpCounters counters() const;

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace privity
