#include "net/internal/curl_handle.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace privity {
namespace {

CURL* NewHandle() {
  static std::once_flag once;
  std::call_once(once, [] { Invariant(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl starts"); });
  CURL* handle = curl_easy_init();
  Invariant(handle != nullptr, "libcurl gives a handle");
  return handle;
}

std::optional<IpAddress> AddressOf(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_addr, bytes.size());
    return IpAddress::V4(bytes);
  }
  if (address.family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6*>(&address.addr)->sin6_addr, bytes.size());
    return IpAddress::V6(bytes);
  }
  return std::nullopt;
}

// libcurl's own pinning syntax: HOST:PORT:ADDRESS[,ADDRESS]...
std::string Pin(const CheckedTarget& target) {
  std::string pin = target.host + ":" + std::to_string(target.port) + ":";
  for (const IpAddress& address : target.addresses) {
    if (pin.back() != ':') pin += ',';
    pin += address.is_v4() ? address.ToString() : "[" + address.ToString() + "]";
  }
  return pin;
}

}  // namespace

CurlHandle::CurlHandle(std::optional<CheckedTarget> target, std::stop_token stop)
    : handle_(NewHandle()), target_(std::move(target)), stop_(std::move(stop)) {
  Set(CURLOPT_ERRORBUFFER, detail_);
  Set(CURLOPT_NOSIGNAL, 1L);
  Set(CURLOPT_FOLLOWLOCATION, 0L);
  Set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // An empty text, unlike none, also switches off http_proxy, all_proxy and no_proxy of the environment.
  Set(CURLOPT_PROXY, "");
  Set(CURLOPT_NOPROXY, "");
  Set(CURLOPT_NOPROGRESS, 0L);
  Set(CURLOPT_XFERINFOFUNCTION, &CurlHandle::OnProgress);
  Set(CURLOPT_XFERINFODATA, this);
  if (!target_) return;
  Set(CURLOPT_OPENSOCKETFUNCTION, &CurlHandle::OpenSocket);
  Set(CURLOPT_OPENSOCKETDATA, this);
  if (IpAddress::Parse(target_->host).ok()) return;
  Append(pins_, Pin(*target_));
  Set(CURLOPT_RESOLVE, pins_.get());
}

void CurlHandle::Append(List& list, const std::string& line) {
  curl_slist* grown = curl_slist_append(list.get(), line.c_str());
  Invariant(grown != nullptr, "memory for a header");
  static_cast<void>(list.release());  // NOLINT: curl_slist_append returned the same list
  list.reset(grown);
}

void CurlHandle::SetHeaders(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) Append(headers_, line);
  Set(CURLOPT_HTTPHEADER, headers_.get());
}

void CurlHandle::SetRecipient(const std::string& path) {
  Append(recipients_, path);
  Set(CURLOPT_MAIL_RCPT, recipients_.get());
}

void CurlHandle::SetTls(const std::string& ca_file) {
  Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  Set(CURLOPT_SSL_VERIFYPEER, 1L);
  Set(CURLOPT_SSL_VERIFYHOST, 2L);
  if (ca_file.empty()) return;
  Set(CURLOPT_CAINFO, ca_file.c_str());
  Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

void CurlHandle::SetTimeouts(std::chrono::milliseconds connect, std::chrono::milliseconds total,
                             std::chrono::seconds stall) {
  Set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(connect.count(), 1)));
  Set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(total.count(), 1)));
  Set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  Set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall.count()));
}

CURLcode CurlHandle::Perform() {
  return curl_easy_perform(handle_.get());
}

CURLcode CurlHandle::Send(std::string_view bytes, std::size_t& sent) {
  return curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &sent);
}

CURLcode CurlHandle::Receive(std::span<char> out, std::size_t& size) {
  return curl_easy_recv(handle_.get(), out.data(), out.size(), &size);
}

curl_socket_t CurlHandle::ActiveSocket() const {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

long CurlHandle::ResponseCode() const {
  long code = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
}

bool CurlHandle::HasConnected() const {
  curl_off_t connect_micros = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONNECT_TIME_T, &connect_micros);
  return connect_micros > 0;
}

curl_socket_t CurlHandle::OpenSocket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& handle = *static_cast<CurlHandle*>(self);
  const auto wanted = AddressOf(*address);
  const auto& allowed = handle.target_->addresses;
  if (!wanted || std::find(allowed.begin(), allowed.end(), *wanted) == allowed.end()) {
    handle.socket_refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int CurlHandle::OnProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<CurlHandle*>(self)->stop_.stop_requested() ? 1 : 0;
}

Error CurlHandle::ToError(CURLcode code, const std::string& host, std::optional<Error> callback_error) const {
  if (callback_error) return *std::move(callback_error);
  if (socket_refused_)
    return Error("net.address_refused", {{"host", host}, {"address", "another"}, {"class", "unchecked"}});
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return Error("net.cancelled", {{"host", host}});
    case CURLE_OPERATION_TIMEDOUT:
      return Error("net.timeout", {{"host", host}, {"phase", HasConnected() ? "transfer" : "connect"}});
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Error("net.name_unknown", {{"host", host}});
    case CURLE_COULDNT_CONNECT:
      return Error("net.connect_failed", {{"host", host}});
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
      // The detail comes from OpenSSL and speaks of certificates and protocol versions only.
      return Error("net.tls_failed", {{"host", host}, {"reason", detail_[0] ? detail_ : curl_easy_strerror(code)}});
    case CURLE_FILESIZE_EXCEEDED:
      return Error("net.too_large", {{"host", host}});
    default:  // libcurl has about ninety codes and adds more; all others mean that the peer broke the protocol.
      return Error("net.protocol_error", {{"host", host}, {"reason", curl_easy_strerror(code)}});
  }
}

}  // namespace privity
