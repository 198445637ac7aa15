// The ledger beside its limits in the same run: entries appended, sequenced and signed, against hashing the same leaves
// and against inserting the same rows with raw sqlite3; proofs at ten million entries, and how both grow.
//
// The big tree is made of counted leaf hashes, so that its ten million entries cost seconds; its tiles lie in a real
// store and are read from there. PRIVITY_BENCH_LEAVES makes it smaller.
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.h"
#include "crypto/hash.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "ledger/sequencer.h"

namespace privity {
namespace {

using std::chrono::steady_clock;

constexpr int kEntries = 50'000;
constexpr int kBatch = 1'000;  // entries a transaction
constexpr int kBatchesPerRound = 4;
constexpr int kRounds = 3;
constexpr int kProofs = 500;
constexpr ActionInfo kActions[] = {{"bench.thing.created", "An entry of the benchmark."}};

template <class T>
T Require(Result<T> result, const char* what) {
  if (result.ok()) {
    if constexpr (std::is_void_v<T>) {
      return;
    } else {
      return *std::move(result);
    }
  }
  std::fprintf(stderr, "ledger_bench: %s: %s\n", what, result.error().DebugString().c_str());
  std::exit(1);
}

double Seconds(steady_clock::time_point since) {
  return std::chrono::duration<double>(steady_clock::now() - since).count();
}

// Processor time of all threads: what the work costs, whoever else uses the machine.
double ProcessorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Things a second, by the clock on the wall and by processor time.
struct Rate {
  double wall = 0, processor = 0;
};
class Stopwatch {
 public:
  Rate Of(std::size_t things) const {
    return {static_cast<double>(things) / Seconds(begin_),
            static_cast<double>(things) / (ProcessorSeconds() - processor_begin_)};
  }

 private:
  const steady_clock::time_point begin_ = steady_clock::now();
  const double processor_begin_ = ProcessorSeconds();
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Rate Median(const std::vector<Rate>& rates) {
  std::vector<double> wall, processor;
  for (const Rate& rate : rates) {
    wall.push_back(rate.wall);
    processor.push_back(rate.processor);
  }
  return {Median(wall), Median(processor)};
}

// The b of time = a * size^b, by least squares over logarithms.
double GrowthExponent(const std::vector<std::pair<double, double>>& size_and_time) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (const auto& [size, time] : size_and_time) {
    const double x = std::log(size), y = std::log(time);
    n += 1, sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

class Directory {
 public:
  Directory() : path_(std::filesystem::temp_directory_path() / ("ledger_bench-" + Uuid::NewV4().ToString())) {
    std::filesystem::create_directory(path_);
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  std::string Make(const char* name) const {
    std::filesystem::create_directory(path_ / name);
    return (path_ / name).string();
  }

 private:
  const std::filesystem::path path_;
};

Entry EntryAbout(int number) {
  return {.action = "bench.thing.created",
          .actor = {ActorKind::kUser, "0198c2f4-7c5a-7000-8000-0123456789ab"},
          .object_kind = "thing",
          .object_id = "thing-" + std::to_string(number % 1'000),
          .details = Details().Add("count", number).Add("active", true),
          .request_id = "req-" + std::to_string(number)};
}

// Append, sequence and sign. The sequencer runs between batches, as its thread does beside them.
Rate LedgerRate(Store& store, Ledger& ledger, Sequencer& sequencer) {
  const Stopwatch stopwatch;
  for (int done = 0; done < kEntries; done += kBatch) {
    Require(store.Write([&](WriteTx& tx) -> Status {
      for (int i = 0; i < kBatch; ++i) PRIVITY_TRY_VOID(ledger.Append(tx, EntryAbout(done + i)));
      return Ok();
    }),
            "appending");
    if (done / kBatch % kBatchesPerRound == kBatchesPerRound - 1) Require(sequencer.RunOnce(), "sequencing");
  }
  Require(sequencer.RunOnce(), "sequencing");
  return stopwatch.Of(kEntries);
}

// One SHA-256 of each leaf: no log can be faster.
Rate HashRate(const std::vector<std::string>& leaves) {
  const Stopwatch stopwatch;
  Sha256Digest last{};
  for (const std::string& leaf : leaves) last = Sha256(AsBytes(leaf));
  if (last == Sha256Digest{}) std::exit(1);  // keeps the loop
  return stopwatch.Of(leaves.size());
}

// The same rows into the same table and indexes with raw sqlite3, the same batches, durable.
Rate BareInsertRate(const std::string& path, const std::vector<std::string>& leaves) {
  sqlite3* db = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_open(path.c_str(), &db);
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
               "CREATE TABLE entry(idx bigint PRIMARY KEY, time bigint, id text, action text, actor_kind text,"
               " actor_id text, object_kind text, object_id text, body text);"
               "CREATE UNIQUE INDEX by_id ON entry(id); CREATE INDEX by_action ON entry(action, idx);"
               "CREATE INDEX by_actor ON entry(actor_id, idx); CREATE INDEX by_object ON entry(object_id, idx)",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(db, "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
  const SystemClock clock;
  const auto text = [&](int column, const std::string& value) {
    sqlite3_bind_text(insert, column, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  };
  const Stopwatch stopwatch;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (i % kBatch == 0) sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i));
    sqlite3_bind_int64(insert, 2, ToMicros(clock.Now()));
    text(3, Uuid::NewV7(clock).ToString());
    text(4, "bench.thing.created");
    text(5, "user");
    text(6, "0198c2f4-7c5a-7000-8000-0123456789ab");
    text(7, "thing");
    text(8, "thing-" + std::to_string(i % 1'000));
    text(9, leaves[i]);
    if (sqlite3_step(insert) != SQLITE_DONE) std::exit(1);
    sqlite3_reset(insert);
    if (i % kBatch == kBatch - 1) sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
  const Rate rate = stopwatch.Of(leaves.size());
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

StoreOptions OptionsFor(std::string data_directory) {
  StoreOptions options;
  options.data_directory = std::move(data_directory);
  return options;
}

void BenchAppend(const Directory& directory) {
  const SystemClock clock;
  const auto store = Require(OpenStore(OptionsFor(directory.Make("ledger"))), "opening the store");
  std::vector<Migration> migrations = KeysMigrations();
  for (Migration& migration : LedgerMigrations()) migrations.push_back(std::move(migration));
  Require(MigrateStore(*store, migrations, clock), "migrating");
  ActionRegistry actions;
  actions.Register(kActions);
  Ledger ledger(*store, actions, clock);
  const auto sequencer = Require(
      Sequencer::Create(ledger, SigningKey::FromSeed(Key::Random()), {.origin = "example.org/bench"}, {}), "sequencer");
  std::vector<Rate> ledger_rates, hash_rates, insert_rates;
  std::vector<std::string> leaves;
  for (int round = 0; round < kRounds; ++round) {
    ledger_rates.push_back(LedgerRate(*store, ledger, *sequencer));
    if (leaves.empty()) {
      const auto rows = Require(
          store->Read([](ReadTx& tx) { return tx.Query("SELECT body FROM ledger_entry ORDER BY idx"); }), "reading");
      for (const Row& row : rows) leaves.push_back(row.Get<std::string>(0));
    }
    hash_rates.push_back(HashRate(leaves));
    insert_rates.push_back(BareInsertRate(directory.Make(("bare" + std::to_string(round)).c_str()) + "/db", leaves));
  }
  const Rate rate = Median(ledger_rates), hashes = Median(hash_rates), inserts = Median(insert_rates);
  std::printf("%-24s %12s  %20s\n", "", "a second", "a processor second");
  std::printf("%-24s %12.0f  %20.0f   wanted: 50,000\n", "append, sequence, sign", rate.wall, rate.processor);
  std::printf("%-24s %12.0f  %20.0f   ledger at %.1f %%\n", "limit: SHA-256 of each", hashes.wall, hashes.processor,
              100 * rate.processor / hashes.processor);
  std::printf("%-24s %12.0f  %20.0f   ledger at %.1f %%\n", "peer: raw sqlite3 rows", inserts.wall, inserts.processor,
              100 * rate.processor / inserts.processor);
}

class BenchTiles final : public TileSource {
 public:
  explicit BenchTiles(ReadTx& tx) : tx_(tx) {}
  Result<Tile> ReadTile(const TileId& id) override {
    PRIVITY_TRY(const auto row,
                tx_.QueryOne("SELECT hashes FROM tile WHERE level = $1 AND idx = $2", {id.level, id.index}));
    if (!row) return Error("ledger.tile_missing");
    return DecodeTile(row->Get<Bytes>(0));
  }

 private:
  ReadTx& tx_;
};

void WriteChanged(Store& store, TreeBuilder& tree) {
  std::vector<SqlValues> rows;
  for (const auto& [id, tile] : tree.TakeChanged()) rows.push_back({id.level, id.index, EncodeTile(tile)});
  Require(store.Write([&](WriteTx& tx) {
    return tx.ExecuteMany(
        "INSERT INTO tile(level, idx, hashes) VALUES($1, $2, $3) ON CONFLICT(level, idx) DO UPDATE SET "
        "hashes = excluded.hashes",
        rows);
  }),
          "writing tiles");
}

TreeHash CountedLeaf(std::uint64_t index) {
  TreeHash hash{};
  std::memcpy(hash.data(), &index, sizeof index);
  return hash;
}

// Microseconds of one inclusion proof of a random entry, and of one batch of 1,000 appends from the stored right edge.
struct Cost {
  double proof_us = 0, proof_worst_us = 0, append_us = 0;
};
Cost CostAt(Store& store, std::uint64_t size) {
  std::vector<double> proofs, appends;
  for (int i = 0; i < kProofs; ++i) {
    const std::uint64_t index = RandomBelow(size);
    const auto begin = steady_clock::now();
    Require(store.Read([&](ReadTx& tx) {
      BenchTiles tiles(tx);
      return InclusionProof(tiles, index, size);
    }),
            "proving");
    proofs.push_back(Seconds(begin) * 1e6);
  }
  for (int i = 0; i < 20; ++i) {
    const auto begin = steady_clock::now();
    auto tree = Require(store.Read([&](ReadTx& tx) {
      BenchTiles tiles(tx);
      return TreeBuilder::Resume(tiles, size);
    }),
                        "resuming");
    for (int leaf = 0; leaf < kBatch; ++leaf) tree.Append(CountedLeaf(size + static_cast<std::uint64_t>(leaf)));
    if (tree.TakeChanged().empty()) std::exit(1);
    appends.push_back(Seconds(begin) * 1e6);
  }
  std::sort(proofs.begin(), proofs.end());
  return {Median(proofs), proofs[proofs.size() * 99 / 100], Median(appends)};
}

void BenchGrowth(const Directory& directory) {
  const char* const asked = std::getenv("PRIVITY_BENCH_LEAVES");
  const std::uint64_t largest = asked == nullptr ? 10'000'000 : std::strtoull(asked, nullptr, 10);
  const SystemClock clock;
  const auto store = Require(OpenStore(OptionsFor(directory.Make("tree"))), "opening the store");
  Require(MigrateStore(*store,
                       std::vector<Migration>{{.room = "bench",
                                               .version = 1,
                                               .name = "tiles",
                                               .sql = "CREATE TABLE tile(level bigint NOT NULL, idx bigint NOT NULL, "
                                                      "hashes bytea NOT NULL, PRIMARY KEY(level, idx))"}},
                       clock),
          "migrating");
  TreeBuilder tree;
  std::vector<std::pair<double, double>> proof_growth, append_growth;
  std::printf("\n%12s  %14s  %12s  %22s\n", "entries", "proof, median", "99 of 100", "tree part of an append");
  for (std::uint64_t size = largest / 1'000; size <= largest; size *= 10) {
    while (tree.size() < size) {
      tree.Append(CountedLeaf(tree.size()));
      if (tree.size() % 262'144 == 0 || tree.size() == size) WriteChanged(*store, tree);
    }
    const Cost cost = CostAt(*store, size);
    std::printf("%12llu  %11.0f us  %9.0f us  %19.2f us\n", static_cast<unsigned long long>(size), cost.proof_us,
                cost.proof_worst_us, cost.append_us / kBatch);
    proof_growth.emplace_back(size, cost.proof_us);
    append_growth.emplace_back(size, cost.append_us);
  }
  std::printf("growth exponent: proof %.3f, append %.3f   (0: does not grow; wanted: proof below 1,000 us)\n",
              GrowthExponent(proof_growth), GrowthExponent(append_growth));
}

}  // namespace
}  // namespace privity

int main() {
  const privity::Directory directory;
  privity::BenchAppend(directory);
  privity::BenchGrowth(directory);
}
