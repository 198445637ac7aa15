// What a listener does with its requests.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

#include "base/error.h"
#include "http/message.h"

namespace privity {

// How one request is to be taken, decided from its head alone.
struct Plan {
  enum class Body { kWhole, kStream };
  // kInputOutput: takes microseconds and never blocks. kQuick: as short as that as a rule, but may block: the I/O
  // thread does it, and another one goes on with the other connections of that core when it takes long.
  enum class Thread { kWorker, kInputOutput, kQuick };

  std::uint64_t body_bytes_max = 0;  // more is answered 413
  Body body = Body::kWhole;
  Thread thread = Thread::kWorker;
};

// Implementations are called by many threads at once and outlive the HttpServer.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;

  // On an I/O thread, before the body is read: must not block.
  virtual Plan PlanFor(const Request& head) = 0;

  // Answers a request whose body is complete.
  virtual Response Handle(const Request& request) = 0;

  // Plan::Body::kStream: who takes the body, or an answer at once (then the body is not read). On a worker thread.
  virtual std::variant<Response, std::unique_ptr<BodySink>> OpenUpload(Request head) = 0;

  // Gives words to what the transport itself refuses: http.malformed, http.header_too_large, http.body_too_large,
  // http.busy, http.timeout, http.not_implemented, and errors of a BodySink. `head` is incomplete when it could not be
  // read. Must not block: may run on an I/O thread.
  virtual Response Refuse(const Request& head, const Error& error) = 0;
};

}  // namespace privity
