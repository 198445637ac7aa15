#include "http/internal/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <limits>

namespace privity::internal {
namespace {

namespace beast = boost::beast;
namespace beast_http = boost::beast::http;

Error Malformed(std::string_view problem) {
  return Error("http.malformed", {{"problem", std::string(problem)}});
}

// Every line ends in CRLF, none continues the one before (obs-fold), and nothing but HTAB is a control character.
std::string_view ProblemInHeaderBytes(std::string_view header) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto c = static_cast<unsigned char>(header[i]);
    if (c >= 0x20 && c != 0x7f) continue;
    if (c == '\t') {
      if (i > 0 && header[i - 1] == '\n') return "folded field";
    } else if (c == '\r') {
      if (i + 1 == header.size() || header[i + 1] != '\n') return "bare CR";
    } else if (c == '\n') {
      if (i == 0 || header[i - 1] != '\r') return "bare LF";
      if (i + 1 < header.size() && header[i + 1] == ' ') return "folded field";
    } else {
      return "control character";
    }
  }
  return {};
}

// host [":" port], RFC 9110 section 7.2; the characters of RFC 3986 reg-name and IP literals.
bool IsHost(std::string_view host) {
  constexpr std::string_view kOther = "-._~%!$&'()*+,;=:[]";
  return !host.empty() && std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOther.find(c) != std::string_view::npos;
  });
}

// origin-form or absolute-form (RFC 9112 section 3.2); the authority of the latter replaces Host.
std::string_view SplitTarget(std::string_view target, Request& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !EqualIgnoringCase(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    request.host = target.substr(0, end);
    if (!IsHost(request.host)) return "authority of the target";
    target.remove_prefix(end);
    if (target.empty() || target.front() == '?') {
      request.path = "/";
      if (!target.empty()) request.query = target.substr(1);
      return {};
    }
    break;
  }
  if (target.empty() || target.front() != '/') return "target";
  if (target.find('#') != std::string_view::npos) return "fragment in the target";
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  return {};
}

}  // namespace

class RequestParser::Beast final : public beast_http::basic_parser<true> {
 public:
  explicit Beast(std::size_t header_count_max) : header_count_max_(header_count_max) {
    eager(true);
    header_limit(std::numeric_limits<std::uint32_t>::max());  // bounded by the buffer that is handed in
  }

  Request* request = nullptr;
  std::string* body = nullptr;
  std::string_view problem;  // what a callback refused
  bool header_too_large = false;
  bool not_implemented = false;
  bool expects_continue = false;
  bool is_http_1_0 = false;

 private:
  using view = beast::string_view;
  static std::string_view Std(view text) { return {text.data(), text.size()}; }

  void Refuse(std::string_view what, beast::error_code& ec) {
    problem = what;
    ec = beast_http::error::bad_field;
  }

  void on_request_impl(beast_http::verb, view method, view target, int version, beast::error_code& ec) override {
    is_http_1_0 = version == 10;
    request->method = Std(method);
    if (request->method == "CONNECT") {
      not_implemented = true;
      return Refuse("method CONNECT", ec);
    }
    if (const std::string_view what = SplitTarget(Std(target), *request); !what.empty()) Refuse(what, ec);
  }

  void on_field_impl(beast_http::field field, view name, view value, beast::error_code& ec) override {
    if (header_done_) return;  // trailers mean nothing here and must not become headers (RFC 9110 section 6.5.1)
    if (request->headers.size() == header_count_max_) {
      header_too_large = true;
      return Refuse("number of fields", ec);
    }
    switch (field) {
      case beast_http::field::content_length:
        // RFC 9112 section 6.3 lets a server take "5, 5" or two equal fields for one; no honest client sends them.
        if (request->headers.Count("Content-Length") > 0 || value.empty() ||
            !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
          return Refuse("Content-Length", ec);
        }
        break;
      case beast_http::field::transfer_encoding:
        if (!EqualIgnoringCase(Std(value), "chunked")) {
          not_implemented = true;
          return Refuse("transfer coding", ec);
        }
        if (is_http_1_0) return Refuse("Transfer-Encoding in HTTP/1.0", ec);
        break;
      case beast_http::field::host:
        if (request->headers.Count("Host") > 0 || !IsHost(Std(value))) return Refuse("Host", ec);
        if (request->host.empty()) request->host = Std(value);
        break;
      case beast_http::field::expect:
        if (!EqualIgnoringCase(Std(value), "100-continue")) return Refuse("Expect", ec);
        expects_continue = !is_http_1_0;
        break;
      default:
        break;
    }
    request->headers.Add(Std(name), Std(value));
  }

  void on_header_impl(beast::error_code& ec) override {
    header_done_ = true;
    if (!is_http_1_0 && request->headers.Count("Host") == 0) Refuse("Host", ec);
  }

  std::size_t Append(view piece) {
    body->append(piece.data(), piece.size());
    return piece.size();
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
  std::size_t on_body_impl(view piece, beast::error_code&) override { return Append(piece); }
  void on_chunk_header_impl(std::uint64_t, view, beast::error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, view piece, beast::error_code&) override { return Append(piece); }
  void on_response_impl(int, view, int, beast::error_code&) override {}
  void on_finish_impl(beast::error_code&) override {}

  const std::size_t header_count_max_;
  bool header_done_ = false;
};

std::size_t FindHeaderEnd(std::string_view bytes, std::size_t& searched) {
  const std::size_t begin = searched < 3 ? 0 : searched - 3;
  const std::size_t end = bytes.find("\r\n\r\n", begin);
  searched = bytes.size();
  return end == std::string_view::npos ? 0 : end + 4;
}

RequestParser::RequestParser(std::size_t header_count_max) : beast_(std::make_unique<Beast>(header_count_max)) {}
RequestParser::~RequestParser() = default;

Result<void> RequestParser::ParseHeader(std::string_view header, Request& request) {
  if (const std::string_view problem = ProblemInHeaderBytes(header); !problem.empty()) return Malformed(problem);
  beast_->request = &request;
  std::string unused;
  beast_->body = &unused;
  beast::error_code ec;
  beast_->body_limit(boost::none);
  beast_->eager(false);
  beast_->put(boost::asio::const_buffer(header.data(), header.size()), ec);
  beast_->eager(true);
  if (!ec) return Ok();
  if (beast_->header_too_large) return Error("http.header_too_large");
  if (beast_->not_implemented) return Error("http.not_implemented", {{"feature", std::string(beast_->problem)}});
  return Malformed(beast_->problem.empty() ? ec.message() : beast_->problem);
}

Result<std::size_t> RequestParser::ParseBody(std::string_view bytes, std::string& body) {
  beast_->body = &body;
  beast::error_code ec;
  const std::size_t consumed = beast_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  if (!ec || ec == beast_http::error::need_more) return consumed;
  if (ec == beast_http::error::body_limit) return Error("http.body_too_large");
  return Malformed(ec.message());
}

void RequestParser::set_body_bytes_max(std::uint64_t bytes_max) {
  beast_->body_limit(bytes_max);
}
bool RequestParser::done() const {
  return beast_->is_done();
}
bool RequestParser::keep_alive() const {
  return beast_->keep_alive();
}
bool RequestParser::is_http_1_0() const {
  return beast_->is_http_1_0;
}
bool RequestParser::expects_continue() const {
  return beast_->expects_continue;
}

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = beast_->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

}  // namespace privity::internal
