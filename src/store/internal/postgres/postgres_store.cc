#include "store/internal/postgres/postgres_store.h"

#include <algorithm>
#include <thread>

#include "base/id.h"
#include "base/random.h"

namespace privity::store_internal {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kAttemptsMax = 20;
constexpr milliseconds kWaitMax{200};
// A server that restarts or fails over is waited for this long; then callers hear store.unavailable.
constexpr std::chrono::seconds kReconnectFor{6};
// The server itself ends a statement at the deadline; a silent one is given this much longer.
constexpr milliseconds kGrace{2'000};
// Whoever waits longer for a lock waits for a process that hangs: better an error than a connection that others need.
constexpr milliseconds kLockWaitMax{5'000};
constexpr std::uint64_t kCommitsBetweenCleanings = 10'000;

constexpr const char* kOwnTables =
    "BEGIN; SELECT pg_advisory_xact_lock(5787213827046133840);"
    "CREATE TABLE IF NOT EXISTS store_commit_mark(mark text PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now());"
    "CREATE TABLE IF NOT EXISTS store_probe(id bigint PRIMARY KEY, count bigint NOT NULL);"
    "INSERT INTO store_probe VALUES(1, 0) ON CONFLICT DO NOTHING;"
    "COMMIT";

class PostgresTx final : public WriteTx {
 public:
  explicit PostgresTx(PostgresConnection& connection) : connection_(connection) {}
  Dialect dialect() const override { return Dialect::kPostgres; }

 protected:
  Status DoRun(std::string_view sql, const SqlValues& params, const EachRow* each, std::int64_t* changed) override {
    return connection_.Run(sql, params, each, changed);
  }
  Status DoRunMany(std::string_view sql, std::span<const SqlValues> rows) override {
    return connection_.RunMany(sql, rows);
  }
  Status DoRunScript(std::string_view sql) override { return connection_.RunScript(sql); }
  Status DoInsertRows(std::string_view table, std::span<const std::string_view> columns,
                      std::span<const SqlValues> rows) override {
    return connection_.CopyIn(table, columns, rows);
  }

 private:
  PostgresConnection& connection_;
};

std::string Begin(std::string_view mode, steady_clock::time_point deadline, milliseconds lock_wait = kLockWaitMax) {
  const auto left = std::max(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()), milliseconds(1));
  return "BEGIN ISOLATION LEVEL " + std::string(mode) +
         "; SET LOCAL statement_timeout = " + std::to_string(left.count()) +
         "; SET LOCAL lock_timeout = " + std::to_string(std::min(left, lock_wait).count());
}

void WaitALittle(int attempt) {
  const milliseconds longest = std::min(kWaitMax, milliseconds(1LL << std::min(attempt, 10)));
  std::this_thread::sleep_for(
      std::chrono::microseconds(RandomBelow(static_cast<std::uint64_t>(longest.count()) * 1000)));
}

}  // namespace

struct PostgresStore::Attempt {
  Status status;
  Remedy remedy = Remedy::kNone;
};

Result<std::unique_ptr<Store>> PostgresStore::Open(const StoreOptions& options) {
  std::unique_ptr<PostgresStore> store(new PostgresStore(options));
  PRIVITY_TRY_VOID(store->MakeOwnTables());
  return std::unique_ptr<Store>(std::move(store));
}

PostgresStore::PostgresStore(const StoreOptions& options)
    : options_(options), pool_(options.postgres, options.connections) {}

template <class Once>
PostgresStore::Attempt PostgresStore::TryOnce(Deadline deadline, const Once& once) {
  Result<ConnectionPool::Lease> connection = pool_.Take(deadline);
  if (!connection.ok()) {
    const bool may_come_back = connection.error().Is("store.unavailable");
    return {connection.error(), may_come_back ? Remedy::kReconnect : Remedy::kNone};
  }
  (*connection)->SetDeadline(deadline + kGrace);
  (void)(*connection)->TakeRemedy();
  Attempt tried = once(**connection);
  if (tried.remedy == Remedy::kReconnect) connection->Discard();
  return tried;
}

template <class Once>
Status PostgresStore::KeepTrying(Deadline deadline, const Once& once) {
  std::optional<Deadline> reconnect_until;  // from the first time that the connection was gone
  for (int attempt = 1;; ++attempt) {
    Attempt tried = TryOnce(deadline, once);
    switch (tried.remedy) {
      case Remedy::kNone:
        return tried.status;
      case Remedy::kRunAgain:
        if (attempt >= kAttemptsMax || steady_clock::now() > deadline) {
          return Error("store.contended", {{"attempts", std::to_string(attempt)}});
        }
        break;
      case Remedy::kReconnect:
        if (!reconnect_until) reconnect_until = std::min(deadline, Deadline(steady_clock::now() + kReconnectFor));
        if (steady_clock::now() > *reconnect_until) return tried.status;
        break;
    }
    WaitALittle(attempt);
  }
}

Status PostgresStore::MakeOwnTables() {
  const Deadline deadline = steady_clock::now() + options_.write_timeout;
  {
    // A server that cannot be reached at the start is told of at once; one that breaks the connection is asked again.
    PRIVITY_TRY(const ConnectionPool::Lease reached, pool_.Take(deadline));
  }
  return KeepTrying(deadline, [](PostgresConnection& connection) -> Attempt {
    Status status = connection.RunScript(kOwnTables);
    const Remedy remedy = connection.TakeRemedy();
    if (!status.ok()) connection.Rollback();
    return {std::move(status), remedy};
  });
}

Status PostgresStore::DoRead(const ReadFn& fn) {
  const Deadline deadline = steady_clock::now() + options_.read_timeout;
  return KeepTrying(deadline, [&](PostgresConnection& connection) { return ReadOnce(connection, fn, deadline); });
}

PostgresStore::Attempt PostgresStore::ReadOnce(PostgresConnection& connection, const ReadFn& fn, Deadline deadline) {
  Status status = connection.RunScript(Begin("REPEATABLE READ, READ ONLY", deadline));
  if (status.ok()) {
    PostgresTx tx(connection);
    status = fn(tx);
  }
  Remedy remedy = connection.TakeRemedy();
  // Here "read-only" is not a server after failover but a change where only reading is allowed.
  if (!status.ok() && status.error().Is("store.read_only")) remedy = Remedy::kNone;
  connection.Rollback();  // nothing to save: it was a read
  return {std::move(status), remedy};
}

Status PostgresStore::DoWrite(const WriteFn& fn, const WriteOptions& options, Callbacks* committed) {
  const Deadline deadline = steady_clock::now() + options.timeout.value_or(options_.write_timeout);
  const Status status = KeepTrying(deadline, [&](PostgresConnection& connection) {
    return WriteOnce(connection, fn, options, deadline, committed);
  });
  if (status.ok() && ++commits_ % kCommitsBetweenCleanings == 0) DropOldMarks();
  return status;
}

PostgresStore::Attempt PostgresStore::WriteOnce(PostgresConnection& connection, const WriteFn& fn,
                                                const WriteOptions& options, Deadline deadline, Callbacks* committed) {
  const bool serializable = options.isolation == WriteOptions::Isolation::kSerializable;
  Status status = connection.RunScript(
      Begin(serializable ? "SERIALIZABLE" : "READ COMMITTED", deadline, options.timeout.value_or(kLockWaitMax)));
  if (status.ok()) {
    PostgresTx tx(connection);
    status = fn(tx);
    *committed = TakeCallbacks(tx);
  }
  if (const Remedy remedy = connection.TakeRemedy(); !status.ok() || remedy != Remedy::kNone) {
    connection.Rollback();
    return {std::move(status), remedy};
  }
  return Commit(connection, deadline);
}

PostgresStore::Attempt PostgresStore::Commit(PostgresConnection& connection, Deadline deadline) {
  const std::string mark = Uuid::NewV4().ToString();
  const Result<std::string> tag =
      connection.RunForTag("INSERT INTO store_commit_mark(mark) VALUES('" + mark + "'); COMMIT");
  if (tag.ok() && *tag == "COMMIT") return {Ok()};
  const Remedy remedy = connection.TakeRemedy();
  if (!connection.lost()) {
    connection.Rollback();
    return {tag.ok() ? Error("store.contended", {{"attempts", "1"}}) : tag.error(),
            tag.ok() ? Remedy::kRunAgain : remedy};
  }
  const Result<bool> saved = WasCommitted(mark, deadline);
  if (!saved.ok()) return {Error("store.outcome_unknown")};
  if (*saved) return {Ok()};
  return {Error("store.unavailable", {{"reason", "connection_lost"}}), Remedy::kReconnect};
}

Result<bool> PostgresStore::WasCommitted(const std::string& mark, Deadline deadline) {
  const Deadline until = std::max(deadline, Deadline(steady_clock::now() + kReconnectFor));
  for (int attempt = 1;; ++attempt) {
    // A connection of its own: the pool may be empty, with every caller waiting for an outcome.
    Result<std::unique_ptr<PostgresConnection>> connection = PostgresConnection::Open(options_.postgres, {});
    if (connection.ok()) {
      (*connection)->SetDeadline(until);
      std::int64_t inserted = 0;
      const Status status = (*connection)
                                ->Run("INSERT INTO store_commit_mark(mark) VALUES($1) ON CONFLICT(mark) DO NOTHING",
                                      {mark}, nullptr, &inserted);
      if (status.ok()) return inserted == 0;
    }
    if (steady_clock::now() > until) return Error("store.outcome_unknown");
    WaitALittle(attempt + 4);
  }
}

void PostgresStore::DropOldMarks() {
  const Result<ConnectionPool::Lease> connection = pool_.Take(steady_clock::now() + kGrace);
  if (!connection.ok()) return;
  // A mark is asked for within seconds of its commit; a day is far beyond every deadline.
  (void)(*connection)->RunScript("DELETE FROM store_commit_mark WHERE made_at < now() - interval '1 day'");
  (void)(*connection)->TakeRemedy();
}

Status PostgresStore::CopyTo(const std::string&) {
  return Error("store.not_offered");
}

}  // namespace privity::store_internal
