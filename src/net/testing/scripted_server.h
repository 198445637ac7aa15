// A small server on loopback that answers as a test tells it to, also in ways that no good server would.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/guarded.h"
#include "net/resolver.h"

namespace privity {

// One connection after another. The script gets the whole request and returns the bytes to send; then the connection
// closes. An empty answer keeps the connection open and silent until the server ends.
class ScriptedServer {
 public:
  using Script = std::function<std::string(const std::string& request)>;
  // Listens on 127.0.0.1 at a free port, or on a Unix socket when a path is given.
  explicit ScriptedServer(Script script, const std::string& unix_path = "");
  ~ScriptedServer();

  int port() const { return port_; }
  std::string url(std::string_view path = "/") const;
  std::vector<std::string> requests() const;

 private:
  void Serve(const std::stop_token& stop);
  void Answer(int connection, const std::stop_token& stop);

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  Guarded<std::vector<std::string>> requests_;
  std::jthread thread_;
};

// "HTTP/1.1 200 OK" with a Content-Length.
std::string HttpAnswer(int status, std::string_view body, std::string_view extra_headers = "");

// Answers from a table; each call takes the next answer of that name, and the last one stays.
class FakeResolver final : public Resolver {
 public:
  void Set(const std::string& host, const std::vector<std::vector<std::string>>& answers);
  int asked() const;
  Result<std::vector<IpAddress>> Resolve(const std::string& host, std::chrono::milliseconds timeout) const override;

 private:
  struct Name {
    std::string host;
    std::vector<std::vector<std::string>> answers;
    std::size_t next = 0;
  };
  struct State {
    std::vector<Name> names;
    int asked = 0;
  };
  mutable Guarded<State> state_;
};

}  // namespace privity
