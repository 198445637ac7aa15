// Durable commits of the store beside bare loops over the same engine in the same run, and how listing and appending
// grow with what is stored.
//
// SQLite, 64 clients: the peer is the shortest group commit one can write with raw sqlite3: a queue, one thread, one
// fsync for all that wait. PostgreSQL (when PRIVITY_TEST_POSTGRES is set): the peer is a libpq connection per client,
// each with BEGIN, a prepared INSERT and COMMIT. Rounds alternate; the median counts.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "store/store.h"

namespace privity {
namespace {

using std::chrono::steady_clock;

constexpr int kSqliteClients = 64;
constexpr int kPostgresClients = 16;
constexpr int kRounds = 3;
constexpr std::chrono::milliseconds kRound{2'000};
constexpr const char* kTable =
    "CREATE TABLE entry(id bigint PRIMARY KEY, kind text NOT NULL, at bigint NOT NULL, body text NOT NULL, seal bytea "
    "NOT NULL)";
constexpr const char* kInsert = "INSERT INTO entry(id, kind, at, body, seal) VALUES($1, $2, $3, $4, $5)";
const std::string kBody(120, 'b');
const Bytes kSeal(48, std::byte{7});

void Require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "store_bench: %s failed\n", what);
  std::exit(1);
}

// Commits per second of `clients` threads that call `commit(id)` again and again.
double Rate(int clients, const std::function<void(int client, std::int64_t id)>& commit) {
  static std::atomic<std::int64_t> next_id = 1;
  std::atomic<std::int64_t> commits = 0;
  const auto until = steady_clock::now() + kRound;
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      for (; steady_clock::now() < until; ++commits) commit(client, next_id++);
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(commits) / std::chrono::duration<double>(kRound).count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void StoreCommit(Store& store, std::int64_t id) {
  const auto inserted = store.Write([&](WriteTx& tx) { return tx.Execute(kInsert, {id, "bench", id, kBody, kSeal}); });
  Require(inserted.ok(), "a commit of the store");
}

class BareSqlite {
 public:
  explicit BareSqlite(const std::string& path) {
    Require(sqlite3_open(path.c_str(), &db_) == SQLITE_OK, "opening");
    Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000");
    Execute(kTable);
    Require(sqlite3_prepare_v2(db_, kInsert, -1, &insert_, nullptr) == SQLITE_OK, "preparing");
    writer_ = std::thread([this] { Loop(); });
  }
  ~BareSqlite() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      queued_.notify_one();
    }
    writer_.join();
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }

  void Commit(std::int64_t id) {
    Waiter waiter{.id = id};
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(&waiter);
      if (queue_.size() == 1) queued_.notify_one();
    }
    std::unique_lock lock(waiter.mutex);
    waiter.answered.wait(lock, [&] { return waiter.done; });
  }

 private:
  struct Waiter {
    std::int64_t id;
    bool done = false;
    std::mutex mutex = {};  // of its own: whoever is answered queues again while the others are still being answered
    std::condition_variable answered = {};
  };

  void Execute(const char* sql) { Require(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql); }

  void Loop() {
    std::vector<Waiter*> group;
    while (true) {
      {
        std::unique_lock lock(mutex_);
        queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        group.swap(queue_);
      }
      Execute("BEGIN IMMEDIATE");
      for (const Waiter* waiter : group) {
        sqlite3_bind_int64(insert_, 1, waiter->id);
        sqlite3_bind_text(insert_, 2, "bench", -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert_, 3, waiter->id);
        sqlite3_bind_text(insert_, 4, kBody.data(), static_cast<int>(kBody.size()), SQLITE_STATIC);
        sqlite3_bind_blob(insert_, 5, kSeal.data(), static_cast<int>(kSeal.size()), SQLITE_STATIC);
        Require(sqlite3_step(insert_) == SQLITE_DONE, "a bare insert");
        sqlite3_reset(insert_);
      }
      Execute("COMMIT");
      for (Waiter* waiter : group) {
        const std::lock_guard lock(waiter->mutex);
        waiter->done = true;
        waiter->answered.notify_one();
      }
      group.clear();
    }
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::vector<Waiter*> queue_;
  bool stopping_ = false;
  std::thread writer_;
};

class BarePostgres {
 public:
  BarePostgres(const std::string& conninfo, int clients) {
    for (int i = 0; i < clients; ++i) {
      PGconn* const connection = PQconnectdb(conninfo.c_str());
      Require(PQstatus(connection) == CONNECTION_OK, "connecting");
      Finish(PQprepare(connection, "insert", kInsert, 5, nullptr));
      connections_.push_back(connection);
    }
  }
  ~BarePostgres() {
    for (PGconn* connection : connections_) PQfinish(connection);
  }
  void Commit(int client, std::int64_t id) {
    PGconn* const connection = connections_[static_cast<std::size_t>(client)];
    const std::string number = std::to_string(id);
    const char* const values[] = {number.c_str(), "bench", number.c_str(), kBody.c_str(),
                                  reinterpret_cast<const char*>(kSeal.data())};
    const int lengths[] = {0, 0, 0, 0, static_cast<int>(kSeal.size())};
    const int formats[] = {0, 0, 0, 0, 1};
    Finish(PQexec(connection, "BEGIN ISOLATION LEVEL SERIALIZABLE"));
    Finish(PQexecPrepared(connection, "insert", 5, values, lengths, formats, 0));
    Finish(PQexec(connection, "COMMIT"));
  }

 private:
  static void Finish(PGresult* result) {
    Require(PQresultStatus(result) == PGRES_COMMAND_OK, "a bare statement");
    PQclear(result);
  }
  std::vector<PGconn*> connections_;
};

void Compare(const char* what, int clients, const std::function<void(int, std::int64_t)>& ours,
             const std::function<void(int, std::int64_t)>& bare) {
  std::vector<double> our_rates, bare_rates;
  for (int round = 0; round < kRounds; ++round) {
    bare_rates.push_back(Rate(clients, bare));
    our_rates.push_back(Rate(clients, ours));
  }
  const double our_rate = Median(our_rates), bare_rate = Median(bare_rates);
  std::printf("%-44s %9.0f /s   bare %9.0f /s   ratio %.2f\n", what, our_rate, bare_rate, our_rate / bare_rate);
  std::fflush(stdout);
}

// The exponent e of cost = rows^e, by least squares over the logarithms: 0 is flat, 1 is linear.
double Exponent(const std::vector<double>& rows, const std::vector<double>& costs) {
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  const auto n = static_cast<double>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double x = std::log(rows[i]), y = std::log(costs[i]);
    sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

double MicrosecondsEach(int times, const std::function<void()>& work) {
  std::vector<double> costs;
  for (int i = 0; i < times; ++i) {
    const auto started = steady_clock::now();
    work();
    costs.push_back(std::chrono::duration<double, std::micro>(steady_clock::now() - started).count());
  }
  return Median(costs);
}

void Growth(const char* name, Store& store) {
  constexpr std::int64_t kFirst = std::int64_t{1} << 40;
  std::vector<double> rows, list_costs, append_costs;
  std::int64_t stored = 0;
  const auto append = [&](std::int64_t count) {
    std::vector<SqlValues> values;
    for (std::int64_t i = 0; i < count; ++i) values.push_back({kFirst + stored + i, "bench", i, kBody, kSeal});
    constexpr std::string_view kColumns[] = {"id", "kind", "at", "body", "seal"};
    Require(store.Write([&](WriteTx& tx) { return tx.InsertRows("entry", kColumns, values); }).ok(), "an append");
    stored += count;
  };
  const auto list = [&] {
    const SqlValue from = kFirst + static_cast<std::int64_t>(RandomBelow(static_cast<std::uint64_t>(stored)));
    Require(store
                .Read([&](ReadTx& tx) {
                  return tx.Query("SELECT id, kind, at, body FROM entry WHERE id >= $1 ORDER BY id LIMIT 50", {from});
                })
                .ok(),
            "a list");
  };
  for (const std::int64_t size : {1'000, 10'000, 100'000, 1'000'000}) {
    while (stored < size) append(std::min<std::int64_t>(size - stored, 20'000));
    rows.push_back(static_cast<double>(size));
    list_costs.push_back(MicrosecondsEach(300, list));
    append_costs.push_back(MicrosecondsEach(30, [&] { append(100); }));
    std::printf("%-10s %9lld rows: page of 50 in %7.0f us, 100 rows appended in %7.0f us\n", name,
                static_cast<long long>(size), list_costs.back(), append_costs.back());
  }
  std::printf("%-10s exponent of growth, 1e3 to 1e6 rows: list %.3f, append %.3f\n", name, Exponent(rows, list_costs),
              Exponent(rows, append_costs));
}

std::unique_ptr<Store> OpenWithTable(const StoreOptions& options) {
  Result<std::unique_ptr<Store>> store = OpenStore(options);
  Require(store.ok(), "opening the store");
  Require((*store)->Write([](WriteTx& tx) { return tx.ExecuteScript(kTable); }).ok(), "making the table");
  return *std::move(store);
}

void MeasureSqlite(const std::string& directory) {
  StoreOptions options;
  options.data_directory = directory + "/store";
  const std::unique_ptr<Store> store = OpenWithTable(options);
  BareSqlite bare(directory + "/bare.db");
  Compare(
      "SQLite, durable commits, 64 clients", kSqliteClients, [&](int, std::int64_t id) { StoreCommit(*store, id); },
      [&](int, std::int64_t id) { bare.Commit(id); });
  Compare(
      "SQLite, durable commits, 1 client", 1, [&](int, std::int64_t id) { StoreCommit(*store, id); },
      [&](int, std::int64_t id) { bare.Commit(id); });
  Growth("SQLite", *store);
}

void MeasurePostgres(const std::string& conninfo) {
  const std::string schema = "bench_" + std::to_string(RandomBelow(std::uint64_t{1} << 62));
  PGconn* const operator_connection = PQconnectdb(conninfo.c_str());
  const auto run = [&](const std::string& sql) { PQclear(PQexec(operator_connection, sql.c_str())); };
  run("CREATE SCHEMA " + schema);
  {
    const std::string own = conninfo + " options='-c search_path=" + schema + "'";
    StoreOptions options;
    options.postgres = SecretString(own);
    const std::unique_ptr<Store> store = OpenWithTable(options);
    BarePostgres bare(own, kPostgresClients);
    Compare(
        "PostgreSQL, durable commits, 16 clients", kPostgresClients,
        [&](int, std::int64_t id) { StoreCommit(*store, id); },
        [&](int client, std::int64_t id) { bare.Commit(client, id); });
    Compare(
        "PostgreSQL, durable commits, 1 client", 1, [&](int, std::int64_t id) { StoreCommit(*store, id); },
        [&](int client, std::int64_t id) { bare.Commit(client, id); });
    Growth("PostgreSQL", *store);
  }
  run("SET client_min_messages = warning; DROP SCHEMA " + schema + " CASCADE");
  PQfinish(operator_connection);
}

}  // namespace
}  // namespace privity

int main() {
  std::string directory = (std::filesystem::temp_directory_path() / "privity-bench-XXXXXX").string();
  privity::Require(mkdtemp(directory.data()) != nullptr, "making a directory");
  privity::MeasureSqlite(directory);
  std::filesystem::remove_all(directory);
  if (const char* conninfo = std::getenv("PRIVITY_TEST_POSTGRES")) {
    privity::MeasurePostgres(conninfo);
  } else {
    std::printf("PostgreSQL: not measured, PRIVITY_TEST_POSTGRES is not set\n");
  }
}
