// The SQLite back end: one writer thread that commits many callers' changes with one fsync, and a pool of readers.
//
// Group commit: the writer takes everything that is waiting, runs each function inside its own savepoint of one
// transaction, commits once and then answers all. A function that fails is rolled back to its savepoint and answered
// alone. When a function breaks the whole transaction (SQLite rolls back on some errors), its neighbors run again
// without it.
//
// After an input or output error the store trusts neither its connections nor the kernel's page cache: it writes the
// log's bytes anew, closes everything, reopens, replays the log, moves it into the main file and syncs. A mark written
// in the same transaction then tells whether the group whose commit failed is in the file or not.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/internal/sqlite/connection.h"
#include "store/internal/sqlite/directory_lock.h"
#include "store/internal/sqlite/reader_pool.h"
#include "store/internal/sqlite/write_ticket.h"
#include "store/store.h"

namespace privity::store_internal {

class SqliteStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> Open(const StoreOptions& options);
  ~SqliteStore() override;

  Result<Scrub> ScrubDeleted() override;
  Status CopyTo(const std::string& path) override;
  std::optional<std::uint64_t> Generation() const override;
  Dialect dialect() const override { return Dialect::kSqlite; }

 protected:
  Status DoRead(const ReadFn& fn) override;
  Status DoWrite(const WriteFn& fn, const WriteOptions& options, Callbacks* committed) override;

 private:
  using Ticket = std::shared_ptr<WriteTicket>;
  using Group = std::vector<Ticket>;

  SqliteStore(const StoreOptions& options, std::string path, DirectoryLock lock);
  Status OpenFirst();
  Status Enqueue(const Ticket& ticket);

  // Writer thread.
  void WriterLoop();
  Group TakeGroup();
  void ServeGroup(Group group);
  void CommitGroup(Group group);
  // Runs the functions and answers those that fail. Returns the others: to commit, or to run again when `broken` says
  // that a failure took the whole transaction along.
  Group RunGroup(const Group& group, bool* broken);
  Status RunInSavepoint(WriteTicket& ticket);
  // Whether there is anything to save, the changes having been counted before.
  Result<bool> HasChanged(std::int64_t changes_before);
  Status Commit(std::int64_t changes_before);
  Status Settled(Status committed);
  // What became of the group whose commit failed with `error`.
  Status SettleFailedCommit(const Error& error);
  // Reopens everything after an input or output error.
  Status EnsureOpen();
  Status WriteLogAnew();
  Status Reopen();
  void ScrubFor(const Group& tickets);

  const StoreOptions options_;
  const std::string path_;
  const DirectoryLock lock_;
  std::atomic<std::uint64_t> generation_{0};  // odd from before a commit until its outcome is settled
  ReaderPool readers_;
  std::unique_ptr<SqliteConnection> writer_;  // writer thread only, after OpenFirst
  std::int64_t mark_ = 0;                     // writer thread only: of the latest group
  std::int64_t schema_ = 0;                   // writer thread only: SQLite's number of the tables last seen

  std::mutex queue_mutex_;
  std::condition_variable queue_changed_;
  std::deque<Ticket> queue_;
  std::optional<std::chrono::steady_clock::time_point> group_since_;  // when the writer thread took what it works on
  bool stopping_ = false;
  std::thread writer_thread_;
};

}  // namespace privity::store_internal
