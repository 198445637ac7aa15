// Asks a running server: through the Unix socket in its data directory, or over HTTPS with an API token.
//
// An answer of any status is an answer; only a server that cannot be reached is an error. Blocking; for one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace privity {

struct ApiTarget {
  std::string socket_path = {};  // used when `url` is empty
  std::string url = {};          // "https://privity.example.org"; http only to this machine
  SecretString token = {};       // required with `url`
  std::string ca_file = {};      // authorities to trust instead of the system's
};

struct ApiRequest {
  std::string method = "GET";
  std::string path;  // with query
  std::optional<Json> body = {};
  std::string body_file = {};  // a file to send instead; its name goes along
  std::string idempotency_key = {};
  std::string if_match = {};
  // When set, the body of a successful answer arrives here instead of in ApiAnswer::text.
  std::function<Status(std::string_view)> on_body = {};
};

struct ApiAnswer {
  int status = 0;
  std::string text;
  Json body;              // null when the answer is not JSON
  std::string next_path;  // of the next page (Link: rel="next"), or ""
  bool ok() const { return status >= 200 && status < 300; }
};

class ApiClient {
 public:
  // cli.url_invalid, cli.token_missing.
  static Result<std::unique_ptr<ApiClient>> Create(const ApiTarget& target);
  virtual ~ApiClient() = default;
  // cli.server_unreachable{place}.
  virtual Result<ApiAnswer> Send(const ApiRequest& request) = 0;
};

// "/v1/users?limit=2" of `Link: </v1/users?limit=2>; rel="next"`, or "".
std::string NextPath(std::string_view link_header);

}  // namespace privity
