// The peer of bench/server.bench.mts: src/http with a handler that does nothing but answer BODY_BYTES, on the
// I/O thread. What the real binary adds to it is routes, authentication, permissions, the store and encoding.
//
//   bare_server BODY_BYTES     prints its address, serves until its standard input ends
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/clock.h"
#include "http/http_server.h"

namespace {

class Answers final : public privity::HttpHandler {
 public:
  explicit Answers(std::size_t bytes) : body_(bytes, 'x') {}
  privity::Plan PlanFor(const privity::Request&) override { return {.thread = privity::Plan::Thread::kInputOutput}; }
  privity::Response Handle(privity::Request) override {
    return privity::Response::Text(200, "application/json", body_);
  }
  std::variant<privity::Response, std::unique_ptr<privity::BodySink>> OpenUpload(privity::Request) override {
    return privity::Response::Text(404, "text/plain", "");
  }
  privity::Response Refuse(const privity::Request&, const privity::Error&) override {
    return privity::Response::Text(400, "text/plain", "");
  }

 private:
  const std::string body_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  Answers answers(std::strtoul(words[1], nullptr, 10));
  const privity::SystemClock clock;
  privity::HttpOptions options;
  options.limits.connections_per_address_max = options.limits.connections_max;
  const auto server =
      privity::HttpServer::Start(options, {{.name = "bare", .address = "127.0.0.1:0", .handler = &answers}}, clock);
  if (!server.ok()) return 1;
  std::printf("%s\n", (*server)->addresses().front().c_str());
  std::fflush(stdout);
  for (char byte = 0; read(STDIN_FILENO, &byte, 1) > 0;) continue;
}
