#include "http/worker_pool.h"

#include <utility>

namespace privity {

WorkerPool::WorkerPool(unsigned threads_max, std::size_t waiting_max)
    : threads_max_(threads_max), waiting_max_(waiting_max) {}

WorkerPool::~WorkerPool() {
  Stop();
}

bool WorkerPool::TryPost(std::string_view key, Task task) {
  return Add(key, std::move(task), waiting_max_);
}

bool WorkerPool::Post(std::string_view key, Task task) {
  return Add(key, std::move(task), SIZE_MAX);
}

bool WorkerPool::Add(std::string_view key, Task task, std::size_t waiting_max) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_ >= waiting_max) return false;
    auto [queue, is_new] = queues_.try_emplace(std::string(key));
    if (is_new) turns_.push_back(queue->first);
    queue->second.push_back(std::move(task));
    ++waiting_;
    wake = WakesOne();
    if (waiting_ > idle_ && threads_.size() < threads_max_) threads_.emplace_back([this] { Run(); });
  }
  if (wake) ready_.notify_one();
  return true;
}

bool WorkerPool::WakesOne() {
  if (waking_ || idle_ == 0 || waiting_ == 0) return false;
  waking_ = true;
  return true;
}

WorkerPool::Task WorkerPool::TakeNext() {
  std::string key = std::move(turns_.front());
  turns_.pop_front();
  const auto queue = queues_.find(key);
  Task task = std::move(queue->second.front());
  queue->second.pop_front();
  if (queue->second.empty()) {
    queues_.erase(queue);
  } else {
    turns_.push_back(std::move(key));
  }
  --waiting_;
  return task;
}

void WorkerPool::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    while (waiting_ == 0 && !stopping_) {
      ++idle_;
      ready_.wait(lock);
      --idle_;
      waking_ = false;
    }
    if (waiting_ == 0) return;
    Task task = TakeNext();
    const bool wake = WakesOne();
    lock.unlock();
    if (wake) ready_.notify_one();
    task();
    task = nullptr;
    lock.lock();
  }
}

void WorkerPool::Stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  ready_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

std::size_t WorkerPool::busy() const {
  const std::lock_guard lock(mutex_);
  return threads_.size() - idle_;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

}  // namespace privity
