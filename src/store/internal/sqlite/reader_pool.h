// The connections that read, lent out one at a time.
//
// A read transaction costs two locks on the file where it begins and one where it ends: for a row found by its key more
// than the row. So a connection that comes back keeps its transaction while nothing has been committed since it began,
// and whoever takes it next goes on with it: he sees the same as in one of his own. The transactions of idle
// connections end before a commit (Refresh), because the log cannot begin anew below one that is open.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/internal/sqlite/connection.h"

namespace privity::store_internal {

class ReaderPool {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Opens connections when they are first needed, at most `size`. `generation` is another number after each commit and
  // odd during one; it outlives the pool.
  ReaderPool(std::string path, std::string vfs, int size, const std::atomic<std::uint64_t>& generation)
      : path_(std::move(path)), vfs_(std::move(vfs)), size_(size), generation_(generation) {}

 private:
  // Of an open transaction: the generation before it began, and when that was.
  struct Begin {
    std::uint64_t generation = 0;
    std::chrono::steady_clock::time_point at;
  };
  struct Reader {
    std::unique_ptr<SqliteConnection> connection;
    std::optional<Begin> begin;
  };

 public:
  // Gives the connection back when destroyed.
  class Lease {
   public:
    Lease(ReaderPool* pool, Reader reader) : pool_(pool), reader_(std::move(reader)) {}
    Lease(Lease&&) = default;
    ~Lease();
    // A read transaction that sees all that was committed before.
    Status BeginRead();
    // The transaction is not kept: what failed in it may fail again.
    void Discard() { reader_.begin.reset(); }
    SqliteConnection& operator*() const { return *reader_.connection; }
    SqliteConnection* operator->() const { return reader_.connection.get(); }

   private:
    ReaderPool* pool_;
    Reader reader_;
  };

  // store.unavailable when none comes free until the deadline, or at once while the pool refuses.
  Result<Lease> Take(Deadline deadline);

  // Ends the transactions that idle connections keep. Called while the generation is odd: none is kept meanwhile.
  void Refresh();

  // Closes every connection, waiting for those lent out; nothing is lent until Open. False when some did not come back
  // in time.
  bool Close(Deadline deadline);
  // After Close: the files could not be reopened, so nobody need wait.
  void Refuse();
  void Open();

 private:
  static constexpr std::chrono::milliseconds kKeptFor{10};

  /** No commit has happened since its snapshot began. */
  bool SeesNewest(const Reader& reader) const;
  bool IsCurrent(const Reader& reader) const;
  static Status EndRead(Reader& reader);
  void GiveBack(Reader reader);

  const std::string path_;
  const std::string vfs_;
  const int size_;
  const std::atomic<std::uint64_t>& generation_;
  std::mutex mutex_;
  std::condition_variable changed_;
  enum class State { kOpen, kClosed, kRefusing } state_ = State::kOpen;
  int lent_ = 0;
  std::vector<Reader> idle_;
};

}  // namespace privity::store_internal
