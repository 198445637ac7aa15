// The connections that read, lent out one at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/internal/sqlite/connection.h"

namespace privity::store_internal {

class ReaderPool {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Opens connections when they are first needed, at most `size`.
  ReaderPool(std::string path, std::string vfs, int size) : path_(std::move(path)), vfs_(std::move(vfs)), size_(size) {}

  // Gives the connection back when destroyed.
  class Lease {
   public:
    Lease(ReaderPool* pool, std::unique_ptr<SqliteConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease();
    SqliteConnection& operator*() const { return *connection_; }
    SqliteConnection* operator->() const { return connection_.get(); }

   private:
    ReaderPool* pool_;
    std::unique_ptr<SqliteConnection> connection_;
  };

  // store.unavailable when none comes free until the deadline, or at once while the pool refuses.
  Result<Lease> Take(Deadline deadline);

  // Closes every connection, waiting for those lent out; nothing is lent until Open. False when some did not come back
  // in time.
  bool Close(Deadline deadline);
  // After Close: the files could not be reopened, so nobody need wait.
  void Refuse();
  void Open();

 private:
  void GiveBack(std::unique_ptr<SqliteConnection> connection);

  const std::string path_;
  const std::string vfs_;
  const int size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  enum class State { kOpen, kClosed, kRefusing } state_ = State::kOpen;
  int lent_ = 0;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

}  // namespace privity::store_internal
