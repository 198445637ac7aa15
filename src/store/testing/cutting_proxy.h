// Stands between a client and PostgreSQL on loopback and cuts the connection at the worst moment: while a commit is on
// its way.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace privity {

class CuttingProxy {
 public:
  // What becomes of the next message that contains the trigger, once armed.
  enum class Cut {
    kBeforeServer,    // the server never sees it
    kAfterServer,     // the server has answered; the answer is lost
    kServerSeesLater  // the client is cut off at once, the server sees the message 300 ms later
  };

  // Forwards 127.0.0.1:port() to 127.0.0.1:server_port.
  CuttingProxy(int server_port, std::string trigger);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  int port() const { return port_; }
  void Arm(Cut cut) { armed_ = static_cast<int>(cut); }
  int cuts() const { return cuts_; }

 private:
  void Accept();
  void Forward(int client);

  const int server_port_;
  const std::string trigger_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> armed_ = -1;  // a Cut, or -1
  std::atomic<int> cuts_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> connections_;  // of the accepting thread, until it ended
  std::thread acceptor_;
};

}  // namespace privity
