// The peer of bench/server.bench.mts: src/http with a handler that does nothing but give the same answer again, fields
// and body as the real binary gave them. What the real binary adds to it is routes, authentication, permissions, the
// store, encoding, counting and the log.
//
//   bare_server ANSWER THREAD     prints its address, serves until its standard input ends
//
// ANSWER is a file: the fields, one a line ("Name: value"), an empty line, the body. THREAD is `io`, or `worker` for
// the way that everything goes that may block.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/http_server.h"

namespace {

class Answers final : public privity::HttpHandler {
 public:
  Answers(std::istream& answer, privity::Plan::Thread thread) : thread_(thread) {
    for (std::string line; std::getline(answer, line) && !line.empty();) {
      const std::size_t colon = line.find(": ");
      fields_.Add(line.substr(0, colon), line.substr(colon + 2));
    }
    body_.assign(std::istreambuf_iterator<char>(answer), {});
  }
  privity::Plan PlanFor(const privity::Request&) override { return {.thread = thread_}; }
  privity::Response Handle(const privity::Request&) override {
    privity::Response response;
    response.headers = fields_;
    response.body = body_;
    return response;
  }
  std::variant<privity::Response, std::unique_ptr<privity::BodySink>> OpenUpload(privity::Request) override {
    return privity::Response::Text(404, "text/plain", "");
  }
  privity::Response Refuse(const privity::Request&, const privity::Error&) override {
    return privity::Response::Text(400, "text/plain", "");
  }

 private:
  const privity::Plan::Thread thread_;
  privity::Headers fields_;
  std::string body_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  std::ifstream answer(words[1]);
  if (!answer) return 2;
  using Thread = privity::Plan::Thread;
  Answers answers(answer, std::string_view(words[2]) == "worker" ? Thread::kWorker : Thread::kInputOutput);
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
