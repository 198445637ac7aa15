// Stands between a connector and a server on loopback, and fails when told to.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace privity {

class FaultyProxy {
 public:
  enum class Fault { kDrop, kFallSilent };

  // Forwards 127.0.0.1:port() to 127.0.0.1:server_port.
  explicit FaultyProxy(int server_port);
  ~FaultyProxy();
  FaultyProxy(const FaultyProxy&) = delete;
  FaultyProxy& operator=(const FaultyProxy&) = delete;

  int port() const { return port_; }
  // The connection that next gets `bytes` more from the server fails then; later ones do not.
  void FailAfter(std::int64_t bytes, Fault fault);
  int faults() const { return faults_; }

 private:
  void Accept();
  void Forward(int client);
  // Whether the connection goes on after `size` more bytes from the server.
  bool Survives(std::int64_t size);

  const int server_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_armed_ = false;
  std::atomic<std::int64_t> bytes_left_ = 0;
  std::atomic<Fault> fault_ = Fault::kDrop;
  std::atomic<int> faults_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> connections_;  // of the accepting thread, until it ended
  std::thread acceptor_;
};

}  // namespace privity
