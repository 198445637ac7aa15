#include "net/stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "net/internal/curl_handle.h"

namespace privity {
namespace {

using std::chrono::steady_clock;

// How often a wait looks whether it was asked to stop.
constexpr std::chrono::milliseconds kLookEvery{100};

std::string UrlOf(const CheckedTarget& target, bool is_encrypted) {
  const bool is_v6 = target.host.find(':') != std::string::npos;
  return (is_encrypted ? "https://" : "http://") + (is_v6 ? "[" + target.host + "]" : target.host) + ":" +
         std::to_string(target.port) + "/";
}

}  // namespace

GuardedStream::GuardedStream(const CheckedTarget& target, const StreamOptions& options)
    : host_(target.host), options_(options), curl_(std::make_unique<CurlHandle>(target, options.stop)) {
  curl_->Set(CURLOPT_URL, UrlOf(target, options.tls != StreamTls::kNone).c_str());
  curl_->Set(CURLOPT_CONNECT_ONLY, 1L);
  curl_->Set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // it is not HTTP that is spoken
  curl_->SetTls(options.ca_file);
  if (options.tls < StreamTls::kVerified) curl_->Set(CURLOPT_SSL_VERIFYHOST, 0L);
  if (options.tls < StreamTls::kAuthority) curl_->Set(CURLOPT_SSL_VERIFYPEER, 0L);
  curl_->SetTimeouts(options.connect_timeout, options.connect_timeout, std::chrono::seconds(0));
}

GuardedStream::~GuardedStream() = default;

Result<std::unique_ptr<GuardedStream>> GuardedStream::Open(const CheckedTarget& target, const StreamOptions& options) {
  std::unique_ptr<GuardedStream> stream(new GuardedStream(target, options));
  const CURLcode code = stream->curl_->Perform();
  if (code == CURLE_OPERATION_TIMEDOUT) return Error("net.timeout", {{"host", target.host}, {"phase", "connect"}});
  if (code != CURLE_OK) return stream->curl_->ToError(code, target.host, std::nullopt);
  return stream;
}

Error GuardedStream::Broken(int curl_code) const {
  return Error("net.protocol_error",
               {{"host", host_}, {"reason", curl_easy_strerror(static_cast<CURLcode>(curl_code))}});
}

Status GuardedStream::Wait(short events, steady_clock::time_point until) {
  pollfd waiting{.fd = curl_->ActiveSocket(), .events = events, .revents = 0};
  while (true) {
    if (options_.stop.stop_requested()) return Error("net.cancelled", {{"host", host_}});
    if (poll(&waiting, 1, static_cast<int>(kLookEvery.count())) > 0) return Ok();
    if (steady_clock::now() > until) return Error("net.timeout", {{"host", host_}, {"phase", "transfer"}});
  }
}

Status GuardedStream::Send(std::string_view bytes) {
  auto until = steady_clock::now() + options_.silence_timeout;
  while (!bytes.empty()) {
    std::size_t sent = 0;
    const CURLcode code = curl_->Send(bytes, sent);
    if (code == CURLE_AGAIN) {
      PRIVITY_TRY_VOID(Wait(POLLOUT, until));
      continue;
    }
    if (code != CURLE_OK) return Broken(code);
    bytes.remove_prefix(sent);
    until = steady_clock::now() + options_.silence_timeout;
  }
  return Ok();
}

Result<std::size_t> GuardedStream::Receive(std::span<char> out) {
  const auto until = steady_clock::now() + options_.silence_timeout;
  while (true) {
    std::size_t size = 0;
    const CURLcode code = curl_->Receive(out, size);
    if (code == CURLE_OK) return size;
    if (code != CURLE_AGAIN) return Broken(code);
    PRIVITY_TRY_VOID(Wait(POLLIN, until));
  }
}

int GuardedStream::DuplicateSocket() const {
  Invariant(options_.tls == StreamTls::kNone, "what is encrypted cannot be read by two");
  const int socket = fcntl(curl_->ActiveSocket(), F_DUPFD_CLOEXEC, 0);
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) & ~O_NONBLOCK);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(options_.silence_timeout);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(options_.silence_timeout - seconds);
  const timeval limit{.tv_sec = seconds.count(), .tv_usec = rest.count()};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  return socket;
}

}  // namespace privity
