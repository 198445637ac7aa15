// Threads for blocking work, shared fairly: waiting tasks stand in one queue per key (a client's address), and the keys
// are served in turn, so that one busy client delays itself before it delays others.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace privity {

// Safe to call from many threads.
class WorkerPool {
 public:
  using Task = std::function<void()>;

  // Threads are started when a task finds none idle, up to `threads_max`. `waiting_max` bounds all queues together.
  // Idle ones are woken one by one, each by the one before it: short tasks that come in a burst are done by the few
  // threads that are awake, instead of each paying for two changes of thread.
  WorkerPool(unsigned threads_max, std::size_t waiting_max);
  ~WorkerPool();

  // False when the queue is full or the pool is stopping: the task was not taken. Tasks must not throw.
  bool TryPost(std::string_view key, Task task);
  // As TryPost, but never refused for lack of room: for the next step of work that was admitted already.
  bool Post(std::string_view key, Task task);

  // Runs what is waiting, then ends the threads. Later posts are refused.
  void Stop();

  std::size_t busy() const;
  std::size_t waiting() const;

 private:
  bool Add(std::string_view key, Task task, std::size_t waiting_max);
  void Run();
  bool WakesOne();  // with mutex_ held: whether the caller has to notify a thread
  Task TakeNext();  // with mutex_ held and waiting_ > 0

  const unsigned threads_max_;
  const std::size_t waiting_max_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::unordered_map<std::string, std::list<Task>> queues_;  // no empty ones
  std::deque<std::string> turns_;                            // the keys of queues_, next first
  std::size_t waiting_ = 0;
  std::size_t idle_ = 0;
  bool waking_ = false;  // a thread was notified and has not looked yet
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace privity
