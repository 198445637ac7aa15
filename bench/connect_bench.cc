// Reading stores through connectors beside the bare client in the same run: a PostgreSQL table of 5 million rows
// streamed through the connector and by COPY whose lines are thrown away; the sample of that table; 2,000 tables
// scanned by 4 jobs, and their catalog and the first 1,000 rows of each asked for by 4 bare connections; a folder of
// CSV files streamed and, as its limit, read and divided at commas and line ends by a bare loop. Rounds alternate; the
// median counts.
#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "connect/connector.h"
#include "detect/detector.h"
#include "net/resolver.h"
#include "scan/scan.h"

namespace privity {
namespace {

using std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kRows = 5'000'000;
constexpr int kTables = 2'000;
constexpr int kRowsOfTable = 1'000;
constexpr int kJobs = 4;
constexpr std::size_t kFolderMib = 512;  // unless PRIVITY_BENCH_FOLDER_MIB says otherwise
constexpr std::size_t kFileBytes = 32u << 20;

void Require(bool ok, const std::string& what) {
  if (ok) return;
  std::fprintf(stderr, "connect_bench: %s\n", what.c_str());
  std::exit(1);
}

double Seconds(const std::function<void()>& work) {
  const auto start = steady_clock::now();
  work();
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// The median times of two kinds of work, taken in turns.
std::pair<double, double> Beside(const std::function<void()>& ours, const std::function<void()>& peer) {
  std::vector<double> a;
  std::vector<double> b;
  for (int round = 0; round < kRounds; ++round) {
    a.push_back(Seconds(ours));
    b.push_back(Seconds(peer));
  }
  std::ranges::sort(a);
  std::ranges::sort(b);
  return {a[kRounds / 2], b[kRounds / 2]};
}

class CountingSink final : public RecordSink {
 public:
  Status Take(Record record) override {
    ++records;
    for (const FieldCell& cell : record) bytes += cell.bytes.size();
    return Ok();
  }
  void Skip(Error error) override { Require(false, error.DebugString()); }
  std::size_t records = 0;
  std::size_t bytes = 0;
};

// At most, since the program began.
std::size_t ResidentBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) << 10;
  }
  return 0;
}

std::unique_ptr<Connector> Open(const std::string& url) {
  static const SystemResolver resolver;
  const ConnectOptions options{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
  auto store = OpenConnector(ConnectionUrl::Parse(url).value(), options, resolver);
  Require(store.ok(), "opening");
  return std::move(store).value();
}

Collection Only(Connector& store, const std::string& name) {
  for (Collection& collection : store.Describe().value().collections) {
    if (collection.name.name == name) return collection;
  }
  Require(false, "no " + name);
  return {};
}

void Execute(PGconn* connection, const char* sql) {
  PGresult* result = PQexec(connection, sql);
  Require(PQresultStatus(result) == PGRES_COMMAND_OK, PQerrorMessage(connection));
  PQclear(result);
}

std::size_t BareCopy(PGconn* connection) {
  PQclear(PQexec(connection, "COPY people TO STDOUT"));
  std::size_t rows = 0;
  char* line = nullptr;
  for (; PQgetCopyData(connection, &line, 0) > 0; ++rows) PQfreemem(line);
  PQclear(PQgetResult(connection));
  PQclear(PQgetResult(connection));
  return rows;
}

std::string UrlOf(const char* server) {
  std::smatch match;
  const std::string text = server;
  Require(std::regex_search(text, match, std::regex("port=([0-9]+)")), "no port");
  return "postgresql://privity@127.0.0.1:" + match[1].str() + "/postgres";
}

void BenchPostgres(const char* server) {
  PGconn* connection = PQconnectdb(server);
  Require(PQstatus(connection) == CONNECTION_OK, "connecting");
  Execute(connection, "DROP TABLE IF EXISTS people");
  Execute(connection,
          ("CREATE TABLE people AS SELECT i AS id, 'person' || i AS name, 'person' || i || '@example.org' AS email, "
           "date '1970-01-01' + i % 18000 AS born, i * 1.5 AS balance, repeat('note ', 8) AS note FROM "
           "generate_series(1, " +
           std::to_string(kRows) + ") i")
              .c_str());
  Execute(connection, "ANALYZE people");
  const auto store = Open(UrlOf(server));
  const Collection people = Only(*store, "people");
  const auto [ours, peer] = Beside(
      [&] {
        CountingSink sink;
        Require(store->Stream(people, {}, sink).ok() && sink.records == kRows, "streaming");
      },
      [&] { Require(BareCopy(connection) == kRows, "COPY"); });
  std::printf("stream of %d rows: %.0f rows/s, bare COPY %.0f rows/s, ratio %.2f; resident %zu MiB\n", kRows,
              kRows / ours, kRows / peer, peer / ours, ResidentBytes() >> 20);
  const double sampled = Seconds([&] {
    CountingSink sink;
    Require(store->Sample(people, {}, sink).ok() && sink.records == 1000, "sampling");
  });
  std::printf("sample of 1000 from %d rows: %.3f s\n", kRows, sampled);
  Execute(connection, "DROP TABLE people");
  PQfinish(connection);
}

class NoSink final : public ScanSink {
 public:
  Status Take(const ScannedField&) override { return Ok(); }
  void Unread(const Error& error) override { Require(false, error.DebugString()); }
};

// The catalog and the first rows of every table, by as many bare connections.
std::size_t BareScan(const char* server) {
  PGconn* connection = PQconnectdb(server);
  PGresult* columns = PQexec(
      connection,
      "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_class c JOIN "
      "pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE "
      "n.nspname = 'many' AND c.relkind = 'r' ORDER BY 1, a.attnum");
  Require(PQntuples(columns) == kTables * 5, "the catalog");
  PQclear(columns);
  PQfinish(connection);
  std::vector<std::size_t> bytes(kJobs);
  std::vector<std::thread> threads;
  for (int job = 0; job < kJobs; ++job) {
    threads.emplace_back([&, job] {
      PGconn* own = PQconnectdb(server);
      for (int table = job; table < kTables; table += kJobs) {
        PGresult* rows = PQexec(own, ("SELECT * FROM many.t" + std::to_string(table) + " LIMIT 1000").c_str());
        for (int row = 0; row < PQntuples(rows); ++row)
          bytes[job] += static_cast<std::size_t>(PQgetlength(rows, row, 1));
        PQclear(rows);
      }
      PQfinish(own);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::size_t sum = 0;
  for (const std::size_t each : bytes) sum += each;
  return sum;
}

// Describing and sampling alone, by as many connectors.
void ReadAll(const std::string& url) {
  const Description description = Open(url)->Describe().value();
  std::vector<std::thread> threads;
  for (int job = 0; job < kJobs; ++job) {
    threads.emplace_back([&, job] {
      const auto store = Open(url);
      CountingSink sink;
      for (std::size_t i = job; i < description.collections.size(); i += kJobs) {
        Require(store->Sample(description.collections[i], {}, sink).ok(), "sampling");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void BenchTables(const char* server) {
  PGconn* connection = PQconnectdb(server);
  Execute(connection, "SET client_min_messages = warning");
  Execute(connection, "DROP SCHEMA IF EXISTS many CASCADE");
  Execute(connection, "CREATE SCHEMA many");
  for (int table = 0; table < kTables; ++table) {
    const std::string name = "many.t" + std::to_string(table);
    Execute(connection, ("CREATE TABLE " + name + " AS SELECT i AS id, 'Person ' || i AS name, 'person' || i || " +
                         "'@example.org' AS email, 'Street ' || i AS street, date '1970-01-01' + i AS born FROM "
                         "generate_series(1, " +
                         std::to_string(kRowsOfTable) + ") i")
                            .c_str());
    Execute(connection, ("ALTER TABLE " + name + " ADD PRIMARY KEY (id)").c_str());
  }
  Execute(connection, "ANALYZE");
  const std::string url = UrlOf(server);
  const auto [read, bare] = Beside([&] { ReadAll(url); }, [&] { Require(BareScan(server) > 0, "sampling"); });
  std::printf("%d tables of %d rows described and sampled by %d jobs: %.0f tables/s, bare %.0f tables/s, ratio %.2f\n",
              kTables, kRowsOfTable, kJobs, kTables / read, kTables / bare, bare / read);
  const auto detector = Detector::BuiltIn().value();
  const auto open = [&](const std::stop_token&) -> Result<std::unique_ptr<Connector>> { return Open(url); };
  const auto scan = [&](int jobs) {
    NoSink sink;
    const auto scanned = Scan(*Open(url), *detector, {.jobs = jobs}, sink, open);
    Require(scanned.ok() && scanned->collections >= kTables, "scanning");
  };
  const auto [four, one] = Beside([&] { scan(kJobs); }, [&] { scan(1); });
  std::printf("scanned and judged: %.0f tables/s by %d jobs, %.0f by one; %.2f of bare reading; resident %zu MiB\n",
              kTables / four, kJobs, kTables / one, bare / four, ResidentBytes() >> 20);
  Execute(connection, "DROP SCHEMA many CASCADE");
  PQfinish(connection);
}

// Reads a file and divides it at commas and line ends, no more.
std::size_t BareParse(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  Require(file != nullptr, "opening a file");
  std::vector<char> buffer(256 << 10);
  std::size_t values = 0;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file)) {
    for (std::size_t i = 0; i < size; ++i) values += buffer[i] == ',' || buffer[i] == '\n' ? 1 : 0;
  }
  std::fclose(file);
  return values;
}

std::size_t FolderBytes() {
  const char* mib = std::getenv("PRIVITY_BENCH_FOLDER_MIB");
  return (mib == nullptr ? kFolderMib : std::stoull(mib)) << 20;
}

void BenchFolder() {
  const std::size_t folder_bytes = FolderBytes();
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "privity-connect-bench";
  std::filesystem::create_directories(folder);
  for (std::size_t number = 0; number < folder_bytes / kFileBytes; ++number) {
    std::ofstream out(folder / ("part" + std::to_string(number) + ".csv"));
    out << "id,name,email,note\n";
    for (std::size_t i = 0; static_cast<std::size_t>(out.tellp()) < kFileBytes; ++i) {
      out << i << ",Person " << i << ",person" << i << "@example.org,\"called, twice\"\n";
    }
  }
  const auto store = Open("file://" + folder.string());
  const auto collections = store->Describe().value().collections;
  const auto [ours, peer] = Beside(
      [&] {
        CountingSink sink;
        for (const Collection& collection : collections) Require(store->Stream(collection, {}, sink).ok(), "streaming");
      },
      [&] {
        std::size_t values = 0;
        for (const Collection& collection : collections) values += BareParse(folder / collection.name.name);
        Require(values > 0, "parsing");
      });
  const double megabytes = static_cast<double>(folder_bytes >> 20);
  std::printf("folder of %.0f MiB: %.0f MiB/s, bare loop %.0f MiB/s, ratio %.2f; resident %zu MiB\n", megabytes,
              megabytes / ours, megabytes / peer, peer / ours, ResidentBytes() >> 20);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace privity

int main() {
  const char* server = std::getenv("PRIVITY_TEST_POSTGRES");
  if (server != nullptr) privity::BenchPostgres(server);
  privity::BenchFolder();
  if (server != nullptr) privity::BenchTables(server);
}
