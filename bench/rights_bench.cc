// One person's access and erasure in ten stores, beside the bare SQL for the same in the same run: SQLite files with
// customers found by an indexed address and orders that refer to them. Both sides open the stores anew for each person,
// as a request does. Rounds alternate; the median counts. Then the same over a tenth of the people: what grows with the
// rows stored would show as an exponent.
//
// Then 200 people at once, each in a thread of its own, beside 200 threads of bare SQL; and the sweep that looks
// through every row for what is left of somebody, beside the same stores streamed to nobody.
//
//   PRIVITY_BENCH_PEOPLE   in each store; 20,000 by default, a minute; 1,000,000 makes some 4 GB of stores
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "connect/connector.h"
#include "fulfil/erase.h"
#include "fulfil/recheck.h"
#include "fulfil/walk.h"
#include "net/resolver.h"

namespace privity {
namespace {

using std::chrono::steady_clock;

constexpr int kStores = 10;
constexpr int kOrdersEach = 3;
constexpr int kRounds = 41;
constexpr int kAtOnce = 200;
constexpr int kSweeps = 3;

void Require(bool ok, const std::string& what) {
  if (ok) return;
  std::fprintf(stderr, "rights_bench: %s\n", what.c_str());
  std::exit(1);
}

double Seconds(const std::function<void()>& work) {
  const auto start = steady_clock::now();
  work();
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

double MedianOf(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// A database of the bare side.
class Bare {
 public:
  explicit Bare(const std::string& path) {
    Require(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) == SQLITE_OK,
            path);
    sqlite3_busy_timeout(db_, 60'000);
    Run("PRAGMA foreign_keys = ON");
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() { sqlite3_close(db_); }

  void Run(const std::string& sql) {
    Require(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db_));
  }
  // The first column of the first row; every column of every row is read.
  std::int64_t Ask(const std::string& sql, const std::string& text, std::int64_t number) {
    sqlite3_stmt* statement = nullptr;
    Require(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sqlite3_errmsg(db_));
    if (text.empty()) {
      sqlite3_bind_int64(statement, 1, number);
    } else {
      sqlite3_bind_text(statement, 1, text.c_str(), -1, SQLITE_TRANSIENT);
    }
    std::int64_t first = -1;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      if (first < 0) first = sqlite3_column_int64(statement, 0);
      for (int i = 0; i < sqlite3_column_count(statement); ++i) sqlite3_column_text(statement, i);
    }
    Require(sqlite3_finalize(statement) == SQLITE_OK, sqlite3_errmsg(db_));
    return first;
  }

 private:
  sqlite3* db_ = nullptr;
};

std::string EmailOf(std::int64_t person) {
  return "person" + std::to_string(person) + "@example.org";
}

class Company {
 public:
  Company(const std::filesystem::path& folder, std::int64_t people) : people_(people) {
    std::filesystem::create_directories(folder);
    for (int i = 0; i < kStores; ++i) {
      paths_.push_back((folder / ("store" + std::to_string(i) + ".db")).string());
      Fill(paths_.back());
    }
    ReadMap();
  }

  void Access(std::int64_t person) {
    OpenStores stores(opener_, StoreAccess::kRead);
    const Walk walk = Found(person, stores);
    for (const FoundRecord& record : walk.records) Read(record, stores);
  }
  void BareAccess(std::int64_t person) {
    for (const std::string& path : paths_) {
      Bare store(path);
      const std::int64_t id = store.Ask("SELECT * FROM customer WHERE email = ?", EmailOf(person), 0);
      store.Ask("SELECT * FROM orders WHERE customer_id = ?", "", id);
    }
  }
  void Erase(std::int64_t person) {
    OpenStores reading(opener_, StoreAccess::kRead);
    const ErasurePlan plan = MakeErasurePlan(map_, Found(person, reading), writable_);
    OpenStores stores(opener_, StoreAccess::kWrite);
    for (const PlannedCollection& collection : plan.collections) {
      ErasureProgress progress;
      const auto saved = [](const ErasureProgress&) { return Status(Ok()); };
      Require(EraseCollection(*stores.Get(collection.id.dataset).value(), plan, collection, progress, saved).ok(),
              "an erasure");
      Require(progress.deleted == static_cast<std::int64_t>(collection.records.size()), "all of it is gone");
    }
  }
  // Looks through everything for somebody who is not there; how many rows that were.
  std::int64_t Sweep() {
    OpenStores stores(opener_, StoreAccess::kRead);
    const std::vector<SubjectIdentifier> nobody = {{"email", "nobody@example.org"}};
    ErasurePlan plan;
    plan.identifiers = nobody;
    const RecheckReport report = SweepStores(map_, plan, stores).value();
    Require(report.Leftovers() == 0 && report.not_read.empty(), "nothing is left of nobody");
    std::int64_t rows = 0;
    for (const Rechecked& each : report.collections) rows += each.records;
    return rows;
  }
  std::int64_t Stream() {
    class Counter final : public RecordSink {
     public:
      Status Take(Record) override {
        rows += 1;
        return Ok();
      }
      void Skip(Error) override {}
      std::int64_t rows = 0;
    } counter;
    OpenStores stores(opener_, StoreAccess::kRead);
    for (const MappedCollection& each : map_.collections) {
      Require(stores.Get(each.id.dataset).value()->Stream(each.shape, {}, counter).ok(), "a collection is streamed");
    }
    return counter.rows;
  }
  // One record after another, as an erasure that can be gone on with must.
  void BareErase(std::int64_t person) {
    for (const std::string& path : paths_) {
      Bare store(path);
      const std::int64_t id = store.Ask("SELECT id FROM customer WHERE email = ?", EmailOf(person), 0);
      for (int n = 0; n < kOrdersEach; ++n) store.Ask("DELETE FROM orders WHERE id = ?", "", id * kOrdersEach + n);
      store.Ask("DELETE FROM customer WHERE id = ?", "", id);
    }
  }

 private:
  void Fill(const std::string& path) const {
    Bare store(path);
    const std::string people = std::to_string(people_);
    store.Run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
        "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);"
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), ship_to "
        "TEXT);"
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
        people +
        ")"
        "INSERT INTO customer SELECT i, 'Person Sample', 'person' || i || '@example.org' FROM n;"
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
        people +
        " * 3)"
        "INSERT INTO orders SELECT i, i / 3, 'Elm Street ' || i FROM n;"
        "CREATE INDEX customer_by_email ON customer (email); CREATE INDEX orders_of ON orders (customer_id);");
  }

  void ReadMap() {
    opener_ = [this](const std::string& dataset, StoreAccess access) {
      static const SystemResolver resolver;
      const ConnectOptions options{.writing_granted = access == StoreAccess::kWrite};
      const auto position = static_cast<std::size_t>(std::stoi(dataset));
      return OpenConnector(ConnectionUrl::Parse("sqlite://" + paths_[position]).value(), options, resolver);
    };
    for (int i = 0; i < kStores; ++i) {
      const std::string dataset = std::to_string(i);
      const auto store = opener_(dataset, StoreAccess::kRead).value();
      for (MappedCollection& each : MapOf(dataset, store->Describe().value())) {
        if (each.id.name == "customer") {
          each.subject = "customer";
          each.fields = {{.name = "name", .category = "user.name"},
                         {.name = "email", .category = "user.contact.email", .identifier = "email"}};
        } else {
          each.fields = {{.name = "ship_to", .category = "user.contact.address"}};
        }
        map_.collections.push_back(std::move(each));
      }
      writable_[dataset] = true;
    }
  }

  Walk Found(std::int64_t person, OpenStores& stores) const {
    const std::vector<SubjectIdentifier> proven = {{"email", EmailOf(person)}};
    Walk walk = WalkSubject(map_, stores, proven).value();
    Require(walk.records.size() == kStores * (kOrdersEach + 1), "all records of a person are found");
    return walk;
  }

  void Read(const FoundRecord& record, OpenStores& stores) const {
    class Nothing final : public RecordSink {
     public:
      Status Take(Record) override { return Ok(); }
      void Skip(Error) override {}
    } sink;
    const MappedCollection& mapped = map_.collections[record.collection];
    Connector* const store = stores.Get(mapped.id.dataset).value();
    Require(store->Find(mapped.shape, ToFieldValues(record.key), 1, sink).ok(), "a record is read");
  }

  const std::int64_t people_;
  std::vector<std::string> paths_;
  StoreOpener opener_;
  SubjectMap map_;
  std::map<std::string, bool> writable_;
};

struct Times {
  double access = 0;
  double bare_access = 0;
  double erasure = 0;
  double bare_erasure = 0;
};

Times Measure(Company& company) {
  std::vector<double> access, bare_access, erasure, bare_erasure;
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t person = round * 4;
    access.push_back(Seconds([&] { company.Access(person); }));
    bare_access.push_back(Seconds([&] { company.BareAccess(person + 1); }));
    erasure.push_back(Seconds([&] { company.Erase(person + 2); }));
    bare_erasure.push_back(Seconds([&] { company.BareErase(person + 3); }));
  }
  return {MedianOf(access), MedianOf(bare_access), MedianOf(erasure), MedianOf(bare_erasure)};
}

// `work` for each of kAtOnce people, all at once; the seconds until the last is done.
double AtOnce(std::int64_t first, const std::function<void(std::int64_t)>& work) {
  return Seconds([&] {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kAtOnce; ++i) threads.emplace_back([&work, person = first + i] { work(person); });
  });
}

void MeasureCrowd(Company& company) {
  const std::int64_t first = kRounds * 4;
  const double access = AtOnce(first, [&](std::int64_t person) { company.Access(person); });
  const double bare_access = AtOnce(first, [&](std::int64_t person) { company.BareAccess(person); });
  const double erasure = AtOnce(first, [&](std::int64_t person) { company.Erase(person); });
  const double bare_erasure = AtOnce(first + kAtOnce, [&](std::int64_t person) { company.BareErase(person); });
  std::printf("%d at once: access %.2f s, bare SQL %.2f s; erasure %.2f s, bare SQL %.2f s\n", kAtOnce, access,
              bare_access, erasure, bare_erasure);
}

void MeasureSweep(Company& company) {
  std::vector<double> sweeps, streams;
  std::int64_t swept = 0, streamed = 0;
  for (int round = 0; round < kSweeps; ++round) {
    sweeps.push_back(Seconds([&] { swept = company.Sweep(); }));
    streams.push_back(Seconds([&] { streamed = company.Stream(); }));
  }
  Require(swept == streamed, "the sweep reads every row");
  const double sweep = MedianOf(sweeps), stream = MedianOf(streams);
  std::printf("sweep    %lld rows: %.0f rows/s, streamed to nobody %.0f rows/s: %.1f times\n",
              static_cast<long long>(swept), static_cast<double>(swept) / sweep, static_cast<double>(streamed) / stream,
              sweep / stream);
}

void Print(const char* what, double ours, double bare, double few) {
  std::printf("%-8s %8.2f ms, bare SQL %8.2f ms: %.1f times (goal: 2); exponent over the rows stored %.2f\n", what,
              ours * 1e3, bare * 1e3, ours / bare, std::log10(ours / few));
}

int Main() {
  const char* const given = std::getenv("PRIVITY_BENCH_PEOPLE");
  const std::int64_t people = std::max<std::int64_t>(given == nullptr ? 20'000 : std::atoll(given), kRounds * 40);
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("privity-rights-bench-" + std::to_string(getpid()));
  {
    Company small(folder / "small", people / 10);
    Company large(folder / "large", people);
    const Times few = Measure(small);
    const Times many = Measure(large);
    std::printf("%lld people in each of %d stores, %d records of each there\n", static_cast<long long>(people), kStores,
                kOrdersEach + 1);
    Print("access", many.access, many.bare_access, few.access);
    Print("erasure", many.erasure, many.bare_erasure, few.erasure);
    MeasureCrowd(large);
    MeasureSweep(large);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace privity

int main() {
  return privity::Main();
}
