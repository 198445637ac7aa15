// The PostgreSQL back end: a pool of connections, a transaction for each call, and the patience that a server on the
// other side of a network needs.
//
// Writes are SERIALIZABLE and run again after a serialization failure or deadlock (SQLSTATE class 40), with a jittered
// wait. A connection that breaks before the commit was sent, or that leads to a read-only server after a failover
// (25006), is replaced and the function runs again. When it breaks while the commit is on its way, nobody knows the
// outcome: each transaction has inserted a mark of its own, so inserting the same mark again tells. The insert waits
// for a server process that may still be committing; it conflicts when the transaction was committed, and when not it
// keeps the lost one from ever committing.
//
// Reads are REPEATABLE READ, READ ONLY.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "store/internal/postgres/connection_pool.h"
#include "store/store.h"

namespace privity::store_internal {

class PostgresStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> Open(const StoreOptions& options);

  Result<Scrub> ScrubDeleted() override { return Scrub::kNotOffered; }
  Status CopyTo(const std::string& path) override;
  Dialect dialect() const override { return Dialect::kPostgres; }

 protected:
  Status DoRead(const ReadFn& fn) override;
  Status DoWrite(const WriteFn& fn, const WriteOptions& options, Callbacks* committed) override;

 private:
  using Deadline = ConnectionPool::Deadline;
  struct Attempt;

  explicit PostgresStore(const StoreOptions& options);
  Status MakeOwnTables();
  // Runs `once` until it is settled, a retry makes no sense, or time is up.
  template <class Once>
  Status KeepTrying(Deadline deadline, const Once& once);
  template <class Once>
  Attempt TryOnce(Deadline deadline, const Once& once);
  Attempt WriteOnce(PostgresConnection& connection, const WriteFn& fn, const WriteOptions& options, Deadline deadline,
                    Callbacks* committed);
  Attempt ReadOnce(PostgresConnection& connection, const ReadFn& fn, Deadline deadline);
  Attempt Commit(PostgresConnection& connection, Deadline deadline);
  // Whether the transaction with this mark was committed; it cannot be any more when the answer is no.
  Result<bool> WasCommitted(const std::string& mark, Deadline deadline);
  void DropOldMarks();

  const StoreOptions options_;
  ConnectionPool pool_;
  std::atomic<std::uint64_t> commits_ = 0;
};

}  // namespace privity::store_internal
