// TLS 1.3 (RFC 8446) over a non-blocking socket, by OpenSSL. Server side only; no earlier version is spoken.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include "base/result.h"
#include "http/http_server.h"

namespace privity::internal {

enum class IoStatus { kDone, kWantRead, kWantWrite, kClosed };

struct IoStep {
  IoStatus status = IoStatus::kClosed;
  std::size_t bytes = 0;  // with kDone
};

// One connection's session; owned by the connection, used by one thread. The socket is not owned.
class TlsSession {
 public:
  TlsSession(void* context, int socket);  // SSL_CTX
  ~TlsSession();

  IoStatus Handshake();
  IoStep Read(std::span<char> out);
  IoStep Write(std::string_view bytes);
  // Sends close_notify without waiting for the other side's.
  void Close();

 private:
  IoStatus StatusOf(int result);
  void* ssl_;
};

// The certificate and key of a listener, read again when the files change. Safe to call from many threads.
class TlsContext {
 public:
  // http.certificate_invalid{path}: unreadable, not PEM, or the key does not belong to the certificate.
  static Result<std::unique_ptr<TlsContext>> Load(const TlsFiles& files);
  ~TlsContext();

  std::unique_ptr<TlsSession> NewSession(int socket) const;
  // True when the files had changed and the new ones are in use; an error leaves the old ones in use and is told once.
  Result<bool> ReloadIfChanged();

 private:
  struct State;
  explicit TlsContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace privity::internal
