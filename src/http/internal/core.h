// One I/O loop: its io_context, its connections and its clockwork. Included by connection.cc and http_server.cc only,
// the two files that see Asio.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "http/address.h"
#include "http/http_server.h"
#include "http/internal/tls.h"
#include "http/worker_pool.h"

namespace privity::internal {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> kAwait;
// Sockets are read and written by plain system calls (or OpenSSL); Asio only says when that will not block.
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

using SteadyTime = std::chrono::steady_clock::time_point;

struct Counters {
  std::atomic<std::uint64_t> connections_accepted{0}, connections_refused{0}, connections_open{0};
  std::atomic<std::uint64_t> requests{0}, refused{0}, timed_out{0};
  std::atomic<std::uint64_t> bytes_received{0}, bytes_sent{0};
};

class Core;

// Looks every kEvery, while there is anything to look at, whether a core's thread is held up (Core::RunHere).
class Watch {
 public:
  static constexpr std::chrono::milliseconds kEvery{2};

  // `cores` outlive Stop().
  void Start(std::vector<Core*> cores);
  void Stop();
  // There is something to look at. Cheap when the watch is awake.
  void Wake() {
    if (!awake_) WakeUp();
  }

 private:
  void WakeUp();
  void Loop();
  bool LookAtAll();

  std::vector<Core*> cores_;
  std::atomic<bool> awake_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

// What all cores and connections share. Outlives them.
struct Shared {
  Shared(const HttpOptions& options_in, const Clock& clock_in)
      : options(options_in), clock(clock_in), pool(options_in.worker_threads_max, options_in.worker_queue_max) {}

  const HttpOptions options;
  const Clock& clock;
  std::vector<PeerRange> trusted_proxies;
  WorkerPool pool;
  Counters counters;
  Guarded<std::unordered_map<std::string, std::size_t>> connections_by_address;
  Watch watch;
  std::atomic<bool> ending = false;  // no further request on any connection; said before a core is told

  void Notice(const Error& error) const {
    if (options.on_notice) options.on_notice(error);
  }
};

struct Listener {
  std::string name;
  ListenAddress address;
  HttpHandler* handler = nullptr;
  std::unique_ptr<TlsContext> tls;
  Guarded<SteadyTime> tls_checked_at;
  std::vector<int> sockets;  // one for each core; a Unix socket has one; handed to the cores at the start

  ~Listener();
};

// Who is at the other end.
struct Peer {
  std::optional<PeerAddress> address;  // none on a Unix socket
  std::optional<uid_t> unix_uid;
  std::string counted_as;  // key in Shared::connections_by_address; empty when exempt
};

class Connection;

// One loop and its connections. Two threads take turns with it: one serves, the other stands by, for the case that the
// first is held up by work that it does itself. All members belong to the serving thread, except where a call says
// otherwise.
class Core {
 public:
  explicit Core(Shared& shared);

  // For each of the two threads. Returns when the context has nothing left to do.
  void TakeTurns();
  // Whether the other thread stands by.
  bool HasRelief() const { return at_work_ == kNobody; }
  // Runs `work` on the serving thread; only with relief. False when it took so long that the other thread serves now:
  // then whoever called must go on by asio::post to the context and touch nothing of the core before.
  template <class Work>
  bool RunHere(Work& work) {
    std::uint64_t number = ++works_;
    at_work_ = number;
    shared_.watch.Wake();
    work();
    if (at_work_.compare_exchange_strong(number, kNobody)) return true;
    NoteRelieved();
    return false;
  }
  // The watch's thread: gives the turn to the other thread when the work that ran at the last look still runs. Answers
  // whether there was any work since.
  bool Look();
  bool is_at_work() const { return at_work_ != kNobody; }

  asio::io_context& context() { return context_; }
  Shared& shared() { return shared_; }
  // For reading: system calls do not suspend, so all connections of the core share one buffer.
  std::span<char> scratch() { return scratch_; }
  // "Date: ...\r\n", made once a second.
  std::string_view DateField();
  std::string NewRequestId();

  void Adopt(Connection* connection);
  void Forget(Connection* connection);
  // Ends idle connections now and busy ones after their answer; `cut` ends all at once.
  void EndConnections(bool cut);

 private:
  static constexpr std::uint64_t kNobody = 0;
  static constexpr std::uint64_t kRelieved = UINT64_MAX;

  bool WaitForTurn();
  void GiveTurn(bool to_both_for_good);
  static void NoteRelieved();
  void ScheduleSweep();
  void Sweep();

  Shared& shared_;
  std::atomic<std::uint64_t> at_work_{kNobody};            // the number of the work that RunHere runs
  std::atomic<std::uint64_t> works_{0};                    // written by the serving thread
  std::uint64_t works_seen_ = 0, at_work_seen_ = kNobody;  // by the watch
  std::mutex turn_mutex_;
  std::condition_variable turn_changed_;
  bool turn_is_free_ = true, turns_are_over_ = false;
  std::unordered_set<Connection*> connections_;  // before context_, whose end destroys the last of them
  asio::io_context context_{2};
  asio::steady_timer sweep_;
  bool sweep_scheduled_ = false;
  std::array<char, 64 * 1024> scratch_;
  std::string date_field_;
  std::chrono::sys_seconds date_second_{};
  std::string request_id_prefix_;
  std::uint64_t request_ids_ = 0;
};

// Starts to serve the accepted `socket`, which it owns from now on.
void Serve(Core& core, const Listener& listener, int socket, Peer peer);

}  // namespace privity::internal
