// The way of an ODBC driver to its server. A driver opens its connection by itself, looks names up as it likes, and may
// wait forever; so it is given a port of this machine, behind which the bytes go to the one address that was checked
// (net/resolver.h). The relay ends the connection when the server is silent for too long during a call, or when a stop
// was requested; the driver then comes back with an error.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "connect/connector.h"
#include "net/resolver.h"

namespace privity::connect_internal {

class OdbcRelay {
 public:
  // Errors: connect.failed when this machine has no port to give.
  static Result<std::unique_ptr<OdbcRelay>> Start(const CheckedTarget& target, const ConnectOptions& options,
                                                  const std::string& store);
  ~OdbcRelay();
  OdbcRelay(const OdbcRelay&) = delete;
  OdbcRelay& operator=(const OdbcRelay&) = delete;

  int port() const { return port_; }
  // Around each call of the driver: only then is silence counted, and so much of it is too much.
  void Begin(std::chrono::milliseconds silence);
  void End() { is_asked_ = false; }
  // The driver is connected: nobody else on this machine finds a way to the server here, or ends the driver's.
  void CloseDoor() { is_door_closed_ = true; }

  // Why the connection was ended from here.
  bool was_silent() const { return was_silent_; }
  bool was_stopped() const { return was_stopped_; }

 private:
  OdbcRelay(const CheckedTarget& target, const ConnectOptions& options) : target_(target), options_(options) {}
  void Serve(const std::stop_token& stop);
  void Accept();
  // False when the connection is over.
  bool Pass(int from, int to);
  bool MustEnd();
  void EndConnection();

  const CheckedTarget target_;
  const ConnectOptions& options_;
  int listener_ = -1;
  int port_ = 0;
  int driver_ = -1;  // of the serving thread
  int server_ = -1;
  std::atomic<bool> is_asked_ = false;
  std::atomic<bool> was_silent_ = false;
  std::atomic<bool> was_stopped_ = false;
  std::atomic<bool> is_door_closed_ = false;
  std::atomic<std::int64_t> silence_ = 0;   // nanoseconds
  std::atomic<std::int64_t> heard_at_ = 0;  // steady clock, nanoseconds
  std::jthread thread_;
};

}  // namespace privity::connect_internal
