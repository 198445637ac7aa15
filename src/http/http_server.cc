#include "http/http_server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <future>

#include "base/bytes.h"
#include "base/random.h"
#include "http/internal/connection.h"

namespace privity {
namespace internal {
namespace {

using namespace std::chrono_literals;

constexpr auto kSweepEvery = 250ms;
constexpr auto kCertificateCheckEvery = 1s;
constexpr auto kPauseWithoutDescriptors = 100ms;
constexpr int kAcceptsAtOnce = 64;
constexpr int kBacklog = 1024;

Error ListenFailed(const ListenerOptions& options, int problem) {
  return Error(problem == EADDRINUSE ? "http.address_in_use" : "http.listen_failed",
               {{"listener", options.name}, {"address", options.address}, {"problem", std::strerror(problem)}});
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress ToSocketAddress(const ListenAddress& address) {
  SocketAddress out;
  if (address.is_unix) {
    auto& to = reinterpret_cast<sockaddr_un&>(out.storage);
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address.path.data(), address.path.size());
    out.size = sizeof(to);
  } else if (address.address.is_v4()) {
    auto& to = reinterpret_cast<sockaddr_in&>(out.storage);
    to.sin_family = AF_INET;
    to.sin_port = htons(address.port);
    std::memcpy(&to.sin_addr, address.address.bytes().data() + 12, 4);
    out.size = sizeof(to);
  } else {
    auto& to = reinterpret_cast<sockaddr_in6&>(out.storage);
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(address.port);
    std::memcpy(&to.sin6_addr, address.address.bytes().data(), 16);
    out.size = sizeof(to);
  }
  return out;
}

std::optional<PeerAddress> ToPeerAddress(const sockaddr_storage& storage) {
  if (storage.ss_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(storage).sin_addr, bytes.size());
    return PeerAddress::FromV4(bytes);
  }
  if (storage.ss_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(storage).sin6_addr, bytes.size());
    return PeerAddress::FromV6(bytes);
  }
  return std::nullopt;
}

std::uint16_t PortOf(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size);
  return storage.ss_family == AF_INET ? ntohs(reinterpret_cast<sockaddr_in&>(storage).sin_port)
                                      : ntohs(reinterpret_cast<sockaddr_in6&>(storage).sin6_port);
}

// A bound socket, or -1 with errno.
int Bind(const ListenAddress& address, bool share_port) {
  SocketAddress to = ToSocketAddress(address);
  const int socket = ::socket(to.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const int on = 1;
  if (!address.is_unix) {
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (share_port) ::setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
    if (!address.address.is_v4()) ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
  } else {
    ::fchmod(socket, 0600);  // becomes the mode of the socket file: nobody else can connect, not even for a moment
  }
  if (::bind(socket, to.get(), to.size) == 0) return socket;
  const int problem = errno;
  ::close(socket);
  errno = problem;
  return -1;
}

// A socket file that a killed process left behind refuses connections; a live one belongs to somebody.
bool RemoveStaleSocketFile(const ListenAddress& address) {
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  SocketAddress to = ToSocketAddress(address);
  const bool stale = ::connect(probe, to.get(), to.size) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  return stale && ::unlink(address.path.c_str()) == 0;
}

Result<void> OpenUnixSocket(Listener& listener, const ListenerOptions& options) {
  int socket = Bind(listener.address, false);
  if (socket < 0 && errno == EADDRINUSE) {
    if (!RemoveStaleSocketFile(listener.address)) return ListenFailed(options, EADDRINUSE);
    socket = Bind(listener.address, false);
  }
  if (socket < 0) return ListenFailed(options, errno);
  listener.sockets.push_back(socket);
  return Ok();
}

// SO_REUSEPORT would let a second program of the same user listen on the same port and take half of the connections
// without a word. So the first socket is bound without it, which fails when anyone listens there, and stands in the way
// only until the shared ones are bound to its port.
Result<void> OpenTcpSockets(Listener& listener, const ListenerOptions& options, unsigned count) {
  const int probe = Bind(listener.address, false);
  if (probe < 0) return ListenFailed(options, errno);
  listener.address.port = PortOf(probe);
  ::close(probe);
  for (unsigned i = 0; i < count; ++i) {
    const int socket = Bind(listener.address, true);
    if (socket < 0) return ListenFailed(options, errno);
    listener.sockets.push_back(socket);
  }
  return Ok();
}

Result<std::unique_ptr<Listener>> OpenListener(const ListenerOptions& options, unsigned cores) {
  auto listener = std::make_unique<Listener>();
  listener->name = options.name;
  listener->handler = options.handler;
  PRIVITY_TRY(listener->address, ListenAddress::Parse(options.address));
  const bool private_way = listener->address.is_unix || listener->address.address.is_loopback();
  if (!options.tls && !private_way && !options.allow_plain_beyond_loopback) {
    return Error("http.plain_refused", {{"listener", options.name}, {"address", options.address}});
  }
  if (options.tls) {
    PRIVITY_TRY(listener->tls, TlsContext::Load(*options.tls));
  }
  PRIVITY_TRY_VOID(listener->address.is_unix ? OpenUnixSocket(*listener, options)
                                             : OpenTcpSockets(*listener, options, cores));
  for (const int socket : listener->sockets) {
    if (::listen(socket, kBacklog) != 0) return ListenFailed(options, errno);
  }
  return listener;
}

Peer PeerOf(int socket, const sockaddr_storage& from) {
  Peer peer;
  peer.address = ToPeerAddress(from);
  if (peer.address) return peer;
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0) peer.unix_uid = credentials.uid;
  return peer;
}

// False when the server or the peer's address has as many connections as it may.
bool Admit(Shared& shared, Peer& peer) {
  const HttpLimits& limits = shared.options.limits;
  if (shared.counters.connections_open >= limits.connections_max) return false;
  if (!peer.address) return true;
  for (const PeerRange& range : shared.trusted_proxies) {
    if (range.Contains(*peer.address)) return true;
  }
  const std::string key = peer.address->ToString();
  const bool admitted = shared.connections_by_address.With([&](auto& counts) {
    std::size_t& count = counts[key];
    if (count >= limits.connections_per_address_max) return false;
    ++count;
    return true;
  });
  if (admitted) peer.counted_as = key;
  return admitted;
}

void CheckCertificate(Shared& shared, Listener& listener) {
  if (!listener.tls) return;
  const SteadyTime now = shared.clock.Monotonic();
  const bool is_due = listener.tls_checked_at.With([&](SteadyTime& checked_at) {
    if (now - checked_at < kCertificateCheckEvery) return false;
    checked_at = now;
    return true;
  });
  if (!is_due) return;
  const Result<bool> reloaded = listener.tls->ReloadIfChanged();
  if (!reloaded) {
    shared.Notice(reloaded.error());
  } else if (*reloaded) {
    shared.Notice(Error("http.certificate_renewed", {{"listener", listener.name}}));
  }
}

void Welcome(Core& core, Listener& listener, int socket, const sockaddr_storage& from) {
  Shared& shared = core.shared();
  Peer peer = PeerOf(socket, from);
  if (!Admit(shared, peer)) {
    ++shared.counters.connections_refused;
    ::close(socket);
    return;
  }
  ++shared.counters.connections_accepted;
  const int on = 1;
  if (peer.address) ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  CheckCertificate(shared, listener);
  Serve(core, listener, socket, std::move(peer));
}

// Ends when the descriptor is closed. The kernel keeps a few connections waiting while there are no file descriptors
// left.
Task<> Accept(Core& core, Listener& listener, std::shared_ptr<Descriptor> descriptor) {
  for (;;) {
    auto [problem] = co_await descriptor->async_wait(Descriptor::wait_read, asio::as_tuple(kAwait));
    if (problem || !descriptor->is_open()) co_return;
    for (int i = 0; i < kAcceptsAtOnce; ++i) {
      sockaddr_storage from{};
      socklen_t size = sizeof(from);
      const int socket = ::accept4(descriptor->native_handle(), reinterpret_cast<sockaddr*>(&from), &size,
                                   SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket >= 0) {
        Welcome(core, listener, socket, from);
        continue;
      }
      if (errno != EMFILE && errno != ENFILE) break;
      core.shared().Notice(Error("http.no_descriptors"));
      asio::steady_timer pause(core.context(), kPauseWithoutDescriptors);
      co_await pause.async_wait(asio::as_tuple(kAwait));
      break;
    }
  }
}

}  // namespace

Listener::~Listener() {
  for (const int socket : sockets) ::close(socket);
}

Core::Core(Shared& shared) : shared_(shared), sweep_(context_) {
  std::array<std::byte, 6> random{};
  FillRandom(random);
  request_id_prefix_ = HexEncode(random) + "-";
}

namespace {
thread_local bool was_relieved = false;  // this thread's turn went to the other one while it was at work
}

void Core::NoteRelieved() {
  was_relieved = true;
}

void Core::TakeTurns() {
  while (WaitForTurn()) {
    was_relieved = false;
    while (!was_relieved) {
      if (context_.run_one() == 0) return GiveTurn(true);
    }
    at_work_ = kNobody;
  }
}

bool Core::WaitForTurn() {
  std::unique_lock lock(turn_mutex_);
  turn_changed_.wait(lock, [&] { return turn_is_free_ || turns_are_over_; });
  turn_is_free_ = false;
  return !turns_are_over_;
}

void Core::GiveTurn(bool to_both_for_good) {
  {
    const std::lock_guard lock(turn_mutex_);
    turn_is_free_ = true;
    turns_are_over_ = to_both_for_good;
  }
  turn_changed_.notify_one();
}

bool Core::Look() {
  std::uint64_t number = at_work_;
  if (number != kNobody && number == at_work_seen_ && at_work_.compare_exchange_strong(number, kRelieved)) {
    GiveTurn(false);
  }
  at_work_seen_ = number == kRelieved ? kNobody : number;
  const std::uint64_t before = std::exchange(works_seen_, works_.load());
  return works_seen_ != before;
}

void Watch::Start(std::vector<Core*> cores) {
  cores_ = std::move(cores);
  thread_ = std::thread([this] { Loop(); });
}

void Watch::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Watch::WakeUp() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  changed_.notify_one();
}

bool Watch::LookAtAll() {
  bool any = false;
  for (Core* core : cores_) any |= core->Look();
  return any;
}

// Goes to sleep after a while without work. Work that begins then sees `awake_` false, or is seen here.
void Watch::Loop() {
  constexpr int kIdleLooksMax = 50;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait(lock, [&] { return stopping_ || awake_; });
    for (int idle = 0; !stopping_ && idle < kIdleLooksMax;) {
      changed_.wait_for(lock, kEvery);
      const bool at_work = std::ranges::any_of(cores_, [](Core* core) { return core->is_at_work(); });
      idle = LookAtAll() || at_work ? 0 : idle + 1;
    }
    awake_ = false;
    if (std::ranges::any_of(cores_, [](Core* core) { return core->is_at_work(); })) awake_ = true;
  }
}

std::string_view Core::DateField() {
  const auto second = std::chrono::floor<std::chrono::seconds>(shared_.clock.Now());
  if (second != date_second_ || date_field_.empty()) {
    date_second_ = second;
    const std::time_t time = std::chrono::system_clock::to_time_t(second);
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    char text[48];
    date_field_.assign(text, std::strftime(text, sizeof(text), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc));
  }
  return date_field_;
}

std::string Core::NewRequestId() {
  return request_id_prefix_ + std::to_string(++request_ids_);
}

void Core::Adopt(Connection* connection) {
  connections_.insert(connection);
  ScheduleSweep();
}

void Core::Forget(Connection* connection) {
  connections_.erase(connection);
}

void Core::EndConnections(bool cut) {
  for (Connection* connection : connections_) cut ? connection->Cut() : connection->EndWhenIdle();
  if (cut) sweep_.cancel();
}

void Core::ScheduleSweep() {
  if (sweep_scheduled_) return;
  sweep_scheduled_ = true;
  sweep_.expires_after(kSweepEvery);
  sweep_.async_wait([this](const boost::system::error_code& problem) {
    sweep_scheduled_ = false;
    if (!problem) Sweep();
  });
}

// One timer for all connections of the core: arming one for each read and write would cost more than the reading.
void Core::Sweep() {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (Connection* connection : connections_) connection->ExpireIfLate(now);
  if (!connections_.empty()) ScheduleSweep();
}

// A core with its threads and its accepting sockets.
struct CoreThread {
  explicit CoreThread(Shared& shared) : core(shared), work(asio::make_work_guard(core.context())) {}

  // Runs `fn` on the core's serving thread and waits for it.
  template <class Fn>
  void Call(Fn fn) {
    std::promise<void> done;
    asio::post(core.context(), [&] {
      fn();
      done.set_value();
    });
    done.get_future().wait();
  }

  Core core;
  asio::executor_work_guard<Executor> work;
  std::vector<std::shared_ptr<Descriptor>> accepting;  // shared with the Accept coroutines
  std::array<std::thread, 2> threads;
};

}  // namespace internal

using internal::CoreThread;

struct HttpServer::State {
  State(const HttpOptions& options, const Clock& clock) : shared(options, clock) {}

  internal::Shared shared;
  std::vector<std::unique_ptr<internal::Listener>> listeners;
  std::vector<std::unique_ptr<CoreThread>> cores;
  bool stopped = false;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
  Stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpOptions& options,
                                                      std::vector<ListenerOptions> listeners, const Clock& clock) {
  auto state = std::make_unique<State>(options, clock);
  for (const std::string& text : options.trusted_proxies) {
    const auto range = PeerRange::Parse(text);
    if (!range) return Error("http.proxy_invalid", {{"proxy", text}});
    state->shared.trusted_proxies.push_back(*range);
  }
  const unsigned cores =
      options.io_threads > 0 ? options.io_threads : std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < cores; ++i) state->cores.push_back(std::make_unique<CoreThread>(state->shared));
  // From here on the server owns what is opened, so that an error closes it.
  std::unique_ptr<HttpServer> server(new HttpServer(std::move(state)));
  State& s = *server->state_;
  for (const ListenerOptions& one : listeners) {
    PRIVITY_TRY(auto listener, internal::OpenListener(one, cores));
    for (std::size_t i = 0; i < listener->sockets.size(); ++i) {
      internal::Core& core = s.cores[i]->core;
      auto descriptor = std::make_shared<internal::Descriptor>(core.context().get_executor(), listener->sockets[i]);
      s.cores[i]->accepting.push_back(descriptor);
      boost::asio::co_spawn(core.context(), internal::Accept(core, *listener, descriptor), boost::asio::detached);
    }
    listener->sockets.clear();
    s.listeners.push_back(std::move(listener));
  }
  std::vector<internal::Core*> watched;
  for (const auto& core : s.cores) {
    watched.push_back(&core->core);
    for (std::thread& thread : core->threads) thread = std::thread([&core = core->core] { core.TakeTurns(); });
  }
  s.shared.watch.Start(std::move(watched));
  return server;
}

std::vector<std::string> HttpServer::addresses() const {
  std::vector<std::string> addresses;
  for (const auto& listener : state_->listeners) addresses.push_back(listener->address.ToString());
  return addresses;
}

void HttpServer::Stop(std::chrono::milliseconds grace) {
  State& s = *state_;
  if (s.stopped) return;
  s.stopped = true;
  const bool running = !s.cores.empty() && s.cores.front()->threads.front().joinable();
  const auto end_connections = [&](bool cut) {
    for (const auto& core : s.cores) {
      core->Call([&] {
        for (const auto& descriptor : core->accepting) descriptor->close();
        core->accepting.clear();
        core->core.EndConnections(cut);
      });
    }
  };
  if (running) {
    s.shared.ending = true;
    end_connections(false);
    const auto until = std::chrono::steady_clock::now() + grace;
    while (s.shared.counters.connections_open > 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    end_connections(true);
  }
  for (const auto& listener : s.listeners) {
    if (listener->address.is_unix) ::unlink(listener->address.path.c_str());
  }
  s.shared.pool.Stop();  // running handlers end first: their connections wait for them
  for (const auto& core : s.cores) {
    core->work.reset();  // the threads end when their last coroutine has
    for (std::thread& thread : core->threads) {
      if (thread.joinable()) thread.join();
    }
  }
  s.shared.watch.Stop();
}

HttpCounters HttpServer::counters() const {
  const internal::Counters& from = state_->shared.counters;
  HttpCounters out;
  out.connections_accepted = from.connections_accepted;
  out.connections_refused = from.connections_refused;
  out.connections_open = from.connections_open;
  out.requests = from.requests;
  out.refused = from.refused;
  out.timed_out = from.timed_out;
  out.bytes_received = from.bytes_received;
  out.bytes_sent = from.bytes_sent;
  out.workers_busy = state_->shared.pool.busy();
  out.workers_waiting_requests = state_->shared.pool.waiting();
  return out;
}

}  // namespace privity
