// Turns the bytes of one HTTP/1.1 request into a Request, with Boost.Beast's parser behind it and stricter rules before
// it: whatever a proxy in front of us could read differently is refused (RFC 9112 sections 2.2, 5.2, 6.3 and 11.2).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace privity::internal {

// Where the header of a request ends: the index after its empty line, 0 when that has not arrived. `searched` remembers
// between calls how far the search has come.
std::size_t FindHeaderEnd(std::string_view bytes, std::size_t& searched);

// One object per request. Not for many threads.
class RequestParser {
 public:
  explicit RequestParser(std::size_t header_count_max);
  ~RequestParser();

  // `header` is complete, up to and including its empty line. Fills method, path, query, host and headers.
  // Errors: http.malformed{problem}, http.header_too_large, http.not_implemented{feature}.
  Result<void> ParseHeader(std::string_view header, Request& request);

  // Consumes body bytes from the front of `bytes`, appends what they mean to `body`, and answers how many were
  // consumed. Framing that is not complete yet is left for the next call. Errors: http.malformed, http.body_too_large.
  Result<std::size_t> ParseBody(std::string_view bytes, std::string& body);

  // Before ParseHeader: replaced by the route's own limit with set_body_bytes_max once the head is known.
  void set_body_bytes_max(std::uint64_t bytes_max);
  bool done() const;
  bool keep_alive() const;
  bool is_http_1_0() const;
  bool expects_continue() const;
  std::optional<std::uint64_t> content_length() const;

 private:
  class Beast;
  std::unique_ptr<Beast> beast_;
};

}  // namespace privity::internal
