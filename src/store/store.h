// Where Privity keeps what must not be lost: one door, SQLite or PostgreSQL behind it.
//
//   PRIVITY_TRY(std::optional<Row> row, store.Read([&](ReadTx& tx) {
//     return tx.QueryOne("SELECT name FROM person WHERE id = $1", {id});
//   }));
//   PRIVITY_TRY_VOID(store.Write([&](WriteTx& tx) -> Status {
//     PRIVITY_TRY_VOID(tx.Execute("UPDATE person SET name = $2 WHERE id = $1", {id, name}));
//     return ledger.Append(tx, entry);
//   }));
//
// Read sees one consistent snapshot. Write is serializable, and returns success only when the change is on disk: SQLite
// commits many callers' changes with one fsync (group commit), PostgreSQL answers each COMMIT with
// synchronous_commit=on. A change is done whole or not at all.
//
// The function given to Read or Write may run more than once (a serialization failure, a lost connection, a neighbor in
// the group that broke the transaction): it has no effect outside its transaction, sends nothing, and starts by
// resetting what it collects. An error that it returns rolls back its own change and reaches the caller. The first
// statement that fails settles the fate of its transaction: later statements and the commit return that same error,
// whatever the function makes of it.
//
// SQL: the common subset of both (docs/adr, "One door for SQLite and PostgreSQL"): parameters $1..$n; types text,
// bigint, double precision, boolean, bytea; ON CONFLICT, RETURNING, common table expressions and window functions. A
// statement is a constant of the program with values only in parameters, for its text may appear in error messages.
//
// Threads: every method may be called from many threads at once. Calls block: keep them off I/O threads. A function
// inside Read or Write must not call Read or Write of the same store again.
//
// Errors, all from Read and Write:
//   store.full            no room on the disk; Privity goes on by itself when there is
//   store.read_only       the disk or the database accepts no changes; store.not_allowed: refuses Privity's account
//   store.io              reading or writing failed; the store reopens its files before it goes on
//   store.timeout         took longer than allowed, or waited five seconds for a lock; nothing was changed
//   store.unavailable     the database cannot be reached, or is too busy. `reason`: busy, unreachable, connection_lost,
//                         starting, overloaded, recovering
//   store.outcome_unknown the connection or disk failed during the commit, and whether it was saved could not be found
//   out store.conflict        a constraint refused the change (409). `kind`: unique, foreign_key, check, not_null.
//                         `constraint`: "table.column, table.column" for unique and not_null, the name for check
//   store.contended       gave up after many serialization failures
//   store.value_refused   a parameter that a column cannot keep (see store/row.h)
//   store.corrupt         damaged data
//   store.statement_refused  our own bug: the statement does not fit the schema
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "store/row.h"

namespace privity {

enum class Dialect { kSqlite, kPostgres };

// A consistent snapshot. Belongs to the function it is handed to, and to its thread.
class ReadTx {
 public:
  virtual ~ReadTx() = default;
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  // All rows, in memory: for answers with a known limit.
  Result<std::vector<Row>> Query(std::string_view sql, const SqlValues& params = {});
  // The first row, if there is one.
  Result<std::optional<Row>> QueryOne(std::string_view sql, const SqlValues& params = {});
  // Row by row in bounded memory. `each` must not use the transaction; an error from it ends the walk and is returned.
  using EachRow = std::function<Status(Row)>;
  Status ForEach(std::string_view sql, const SqlValues& params, const EachRow& each);

  // For the few statements that use an engine's own strength, such as FOR UPDATE SKIP LOCKED.
  virtual Dialect dialect() const = 0;

 protected:
  ReadTx() = default;
  // Runs one statement; `changed` receives the number of rows it inserted, updated or deleted.
  Status Run(std::string_view sql, const SqlValues& params, const EachRow* each, std::int64_t* changed);
  virtual Status DoRun(std::string_view sql, const SqlValues& params, const EachRow* each, std::int64_t* changed) = 0;
  Status Remember(Status status);  // keeps the first error
  const std::optional<Error>& failure() const { return failure_; }

 private:
  std::optional<Error> failure_;
  bool walking_ = false;
  friend class Store;
};

class WriteTx : public ReadTx {
 public:
  // Number of rows inserted, updated or deleted.
  Result<std::int64_t> Execute(std::string_view sql, const SqlValues& params = {});
  // The same statement for many rows, in as few round trips as the engine allows.
  Status ExecuteMany(std::string_view sql, std::span<const SqlValues> rows);
  // New rows in bulk, without parsing a statement for each: COPY on PostgreSQL. Table and columns are constants of the
  // program.
  Status InsertRows(std::string_view table, std::span<const std::string_view> columns, std::span<const SqlValues> rows);
  // Several statements without parameters, separated by ';': for migrations.
  Status ExecuteScript(std::string_view sql);

  // Runs `then` in the calling thread once the change is durable. A wake-up, not a duty: it does not run when the
  // process dies or the outcome stays unknown. What must happen is a job in the same transaction (jobs/job_queue.h).
  void OnCommit(std::function<void()> then) { on_commit_.push_back(std::move(then)); }

 protected:
  virtual Status DoRunMany(std::string_view sql, std::span<const SqlValues> rows) = 0;
  virtual Status DoRunScript(std::string_view sql) = 0;
  virtual Status DoInsertRows(std::string_view table, std::span<const std::string_view> columns,
                              std::span<const SqlValues> rows) = 0;

 private:
  std::vector<std::function<void()>> on_commit_;
  friend class Store;
};

struct WriteOptions {
  // kReadCommitted is for single statements that are right under it, such as claiming a job: on PostgreSQL they then
  // wait for each other instead of failing. SQLite is always serializable.
  enum class Isolation { kSerializable, kReadCommitted };
  Isolation isolation = Isolation::kSerializable;
  std::optional<std::chrono::milliseconds> timeout;  // instead of StoreOptions::write_timeout
};

class Store {
 public:
  virtual ~Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // `fn(ReadTx&)` returns a Result or Status, which becomes the answer. An exception from it reaches the caller.
  template <class Fn>
  auto Read(Fn fn) -> std::invoke_result_t<Fn&, ReadTx&> {
    using Answer = std::invoke_result_t<Fn&, ReadTx&>;
    std::optional<Answer> answer;
    const Status status = RunRead([&](ReadTx& tx) -> Status { return Keep(answer, fn(tx)); });
    if (!status.ok()) return status.error();
    return std::move(*answer);
  }

  // `fn(WriteTx&)` as for Read.
  template <class Fn>
  auto Write(Fn fn, const WriteOptions& options = {}) -> std::invoke_result_t<Fn&, WriteTx&> {
    using Answer = std::invoke_result_t<Fn&, WriteTx&>;
    std::optional<Answer> answer;
    const Status status = RunWrite([&](WriteTx& tx) -> Status { return Keep(answer, fn(tx)); }, options);
    if (!status.ok()) return status.error();
    return std::move(*answer);
  }

  // Whether a change can be saved now: saves one. For readiness checks.
  Status Probe();

  // SQLite: when it returns kScrubbed, bytes that were deleted or overwritten by earlier answered writes are in no file
  // of the store: freed pages are zeroed (secure_delete), the write-ahead log is emptied into the main file and synced.
  // Waits for running reads; store.timeout when they do not end. PostgreSQL cannot promise this (old row versions, its
  // log, standbys): kNotOffered, and a person's data is made unreadable by shredding the key instead.
  enum class Scrub { kScrubbed, kNotOffered };
  virtual Result<Scrub> ScrubDeleted() = 0;

  // Copies the whole database, consistent and without stopping readers or writers, into the new file `path` (SQLite).
  // On PostgreSQL: store.not_offered, use its own tools.
  virtual Status CopyTo(const std::string& path) = 0;

  // A number that never comes back once anything was changed: what was read after asking for it still holds while it
  // is the same. Nothing while a change is being saved, and nothing on PostgreSQL, where other processes write. Cheap,
  // never blocks.
  virtual std::optional<std::uint64_t> Generation() const { return std::nullopt; }

  virtual Dialect dialect() const = 0;

 protected:
  Store() = default;
  using ReadFn = std::function<Status(ReadTx&)>;
  using WriteFn = std::function<Status(WriteTx&)>;
  virtual Status DoRead(const ReadFn& fn) = 0;
  // On success `committed` holds what to call next. `fn` is not touched after DoWrite returns.
  using Callbacks = std::vector<std::function<void()>>;
  virtual Status DoWrite(const WriteFn& fn, const WriteOptions& options, Callbacks* committed) = 0;
  // Takes what OnCommit collected.
  static Callbacks TakeCallbacks(WriteTx& tx) { return std::move(tx.on_commit_); }

 private:
  template <class Answer>
  static Status Keep(std::optional<Answer>& answer, Answer value) {
    answer.emplace(std::move(value));
    if (!answer->ok()) return answer->error();
    return Ok();
  }
  Status RunRead(const ReadFn& fn);
  Status RunWrite(const WriteFn& fn, const WriteOptions& options);
};

struct StoreOptions {
  // SQLite: the directory that holds privity.db, made (0700) when missing. One process at a time: a second one is
  // refused with the pid of the first (store.in_use).
  std::string data_directory;
  // PostgreSQL when not empty: a libpq connection string or URI. Never appears in messages.
  SecretString postgres;
  int connections = 16;  // readers (SQLite) or pooled connections (PostgreSQL)
  std::chrono::milliseconds read_timeout{30'000};
  std::chrono::milliseconds write_timeout{15'000};
  std::string sqlite_vfs;  // tests: the name of a registered SQLite VFS that injects faults
};

// Opens, and creates the store's own tables where missing. Besides the errors above:
// store.in_use, store.directory_unusable, store.not_privity (a foreign file), store.postgres_refused.
Result<std::unique_ptr<Store>> OpenStore(const StoreOptions& options);

}  // namespace privity
