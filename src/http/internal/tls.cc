#include "http/internal/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <utility>

namespace privity::internal {
namespace {

// OpenSSL's own socket BIO writes with write(2), which raises SIGPIPE when the peer is gone; this one does not.
int SocketOf(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int WriteToSocket(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t sent = ::send(SocketOf(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int ReadFromSocket(BIO* bio, char* out, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t received = ::recv(SocketOf(bio), out, static_cast<std::size_t>(size), 0);
  if (received < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  return static_cast<int>(received);
}

long ControlSocket(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* SocketMethod() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "privity socket");
    BIO_meth_set_write(made, WriteToSocket);
    BIO_meth_set_read(made, ReadFromSocket);
    BIO_meth_set_ctrl(made, ControlSocket);
    return made;
  }();
  return method;
}

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, FreeContext>;

// RFC 7301: we speak http/1.1 only. A client that offers nothing we know may go on without a protocol.
int SelectProtocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                   unsigned offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* selected = nullptr;
  if (SSL_select_next_proto(&selected, out_size, kOurs, sizeof(kOurs) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = selected;
  return SSL_TLSEXT_ERR_OK;
}

Result<ContextPointer> MakeContext(const TlsFiles& files) {
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(context.get(), SelectProtocol, nullptr);
  const char* bad = nullptr;
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_path.c_str()) != 1) {
    bad = files.certificate_path.c_str();
  } else if (SSL_CTX_use_PrivateKey_file(context.get(), files.key_path.c_str(), SSL_FILETYPE_PEM) != 1 ||
             SSL_CTX_check_private_key(context.get()) != 1) {
    bad = files.key_path.c_str();
  }
  if (bad == nullptr) return context;
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return Error("http.certificate_invalid", {{"path", bad}, {"problem", reason == nullptr ? "unreadable" : reason}});
}

// When, and which file: changes when a file is written or another is moved in its place.
using Stamp = std::array<std::int64_t, 6>;
Stamp StampOf(const TlsFiles& files) {
  Stamp stamp{};
  std::size_t next = 0;
  for (const std::string* path : {&files.certificate_path, &files.key_path}) {
    struct stat info {};
    if (::stat(path->c_str(), &info) == 0) {
      stamp[next] = static_cast<std::int64_t>(info.st_ino);
      stamp[next + 1] = info.st_mtim.tv_sec;
      stamp[next + 2] = info.st_mtim.tv_nsec;
    }
    next += 3;
  }
  return stamp;
}

}  // namespace

TlsSession::TlsSession(void* context, int socket) : ssl_(SSL_new(static_cast<SSL_CTX*>(context))) {
  BIO* bio = BIO_new(SocketMethod());
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  BIO_set_init(bio, 1);
  SSL_set_bio(static_cast<SSL*>(ssl_), bio, bio);
  SSL_set_accept_state(static_cast<SSL*>(ssl_));
}

TlsSession::~TlsSession() {
  SSL_free(static_cast<SSL*>(ssl_));
}

IoStatus TlsSession::StatusOf(int result) {
  const int error = SSL_get_error(static_cast<SSL*>(ssl_), result);
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ) return IoStatus::kWantRead;
  if (error == SSL_ERROR_WANT_WRITE) return IoStatus::kWantWrite;
  return IoStatus::kClosed;
}

IoStatus TlsSession::Handshake() {
  const int result = SSL_do_handshake(static_cast<SSL*>(ssl_));
  return result == 1 ? IoStatus::kDone : StatusOf(result);
}

IoStep TlsSession::Read(std::span<char> out) {
  std::size_t bytes = 0;
  const int result = SSL_read_ex(static_cast<SSL*>(ssl_), out.data(), out.size(), &bytes);
  return {result == 1 ? IoStatus::kDone : StatusOf(result), bytes};
}

IoStep TlsSession::Write(std::string_view bytes) {
  std::size_t written = 0;
  const int result = SSL_write_ex(static_cast<SSL*>(ssl_), bytes.data(), bytes.size(), &written);
  return {result == 1 ? IoStatus::kDone : StatusOf(result), written};
}

void TlsSession::Close() {
  if (SSL_is_init_finished(static_cast<SSL*>(ssl_)) != 0) SSL_shutdown(static_cast<SSL*>(ssl_));
  ERR_clear_error();
}

struct TlsContext::State {
  TlsFiles files;
  mutable std::mutex mutex;
  ContextPointer context;
  Stamp stamp{};
};

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::Load(const TlsFiles& files) {
  auto state = std::make_unique<State>();
  state->files = files;
  state->stamp = StampOf(files);
  PRIVITY_TRY(state->context, MakeContext(files));
  return std::unique_ptr<TlsContext>(new TlsContext(std::move(state)));
}

std::unique_ptr<TlsSession> TlsContext::NewSession(int socket) const {
  const std::lock_guard lock(state_->mutex);
  return std::make_unique<TlsSession>(state_->context.get(), socket);  // SSL_new keeps the context alive
}

Result<bool> TlsContext::ReloadIfChanged() {
  const Stamp stamp = StampOf(state_->files);
  {
    const std::lock_guard lock(state_->mutex);
    if (stamp == state_->stamp) return false;
    state_->stamp = stamp;
  }
  PRIVITY_TRY(ContextPointer context, MakeContext(state_->files));
  const std::lock_guard lock(state_->mutex);
  state_->context.swap(context);
  return true;
}

}  // namespace privity::internal
