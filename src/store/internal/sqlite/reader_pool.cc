#include "store/internal/sqlite/reader_pool.h"

#include <algorithm>

namespace privity::store_internal {

ReaderPool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->GiveBack(std::move(connection_));
}

Result<ReaderPool::Lease> ReaderPool::Take(Deadline deadline) {
  std::unique_ptr<SqliteConnection> connection;
  {
    std::unique_lock lock(mutex_);
    const auto answered = [&] { return state_ == State::kRefusing || (state_ == State::kOpen && lent_ < size_); };
    if (!changed_.wait_until(lock, deadline, answered)) return Error("store.unavailable", {{"reason", "busy"}});
    if (state_ == State::kRefusing) return Error("store.unavailable", {{"reason", "recovering"}});
    ++lent_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    Result<std::unique_ptr<SqliteConnection>> opened =
        SqliteConnection::Open(path_, SqliteConnection::Mode::kReadOnly, vfs_);
    if (!opened.ok()) {
      GiveBack(nullptr);
      return std::move(opened).error();
    }
    connection = *std::move(opened);
  }
  return Lease(this, std::move(connection));
}

void ReaderPool::GiveBack(std::unique_ptr<SqliteConnection> connection) {
  std::unique_lock lock(mutex_);
  if (state_ == State::kOpen && connection != nullptr && !connection->in_doubt())
    idle_.push_back(std::move(connection));
  lock.unlock();
  connection.reset();  // if not kept: the file is closed before it counts as returned
  lock.lock();
  --lent_;
  changed_.notify_all();
}

bool ReaderPool::Close(Deadline deadline) {
  std::vector<std::unique_ptr<SqliteConnection>> idle;
  std::unique_lock lock(mutex_);
  state_ = State::kClosed;
  idle.swap(idle_);
  lock.unlock();
  idle.clear();
  lock.lock();
  return changed_.wait_until(lock, deadline, [&] { return lent_ == 0; });
}

void ReaderPool::Refuse() {
  const std::lock_guard lock(mutex_);
  state_ = State::kRefusing;
  changed_.notify_all();
}

void ReaderPool::Open() {
  const std::lock_guard lock(mutex_);
  state_ = State::kOpen;
  changed_.notify_all();
}

}  // namespace privity::store_internal
