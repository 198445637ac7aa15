// The ledger beside its limits in the same run: entries appended, sequenced and signed, against hashing the same leaves
// and against inserting the same rows with raw sqlite3; proofs at ten million entries, and how both grow.
//
// The big ledger is made of counted leaf hashes, so that its ten million entries cost seconds; its tiles are the
// ledger's own rows, and proofs and appends on top of them are the real ones. PRIVITY_BENCH_LEAVES makes it smaller.
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
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

StoreOptions OptionsFor(std::string data_directory) {
  StoreOptions options;
  options.data_directory = std::move(data_directory);
  return options;
}

// A ledger on SQLite with a sequencer that runs when it is told to.
struct World {
  explicit World(const std::string& data_directory)
      : path(data_directory + "/privity.db"),
        store(Require(OpenStore(OptionsFor(data_directory)), "opening the store")) {
    std::vector<Migration> migrations = KeysMigrations();
    for (Migration& migration : LedgerMigrations()) migrations.push_back(std::move(migration));
    Require(MigrateStore(*store, migrations, clock), "migrating");
    actions.Register(kActions);
    ledger = std::make_unique<Ledger>(*store, actions, clock);
    sequencer =
        Require(Sequencer::Create(*ledger, SigningKey::FromSeed(Key::Random()), {.origin = "example.org/bench"}, {}),
                "sequencer");
  }
  const std::string path;
  const SystemClock clock;
  const std::unique_ptr<Store> store;
  ActionRegistry actions;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Sequencer> sequencer;
};

void AppendBatch(World& world, int first) {
  Require(world.store->Write([&](WriteTx& tx) -> Status {
    for (int i = 0; i < kBatch; ++i) PRIVITY_TRY_VOID(world.ledger->Append(tx, EntryAbout(first + i)));
    return Ok();
  }),
          "appending");
}

// Append, sequence and sign. The sequencer runs between batches, as its thread does beside them.
Rate LedgerRate(World& world) {
  const Stopwatch stopwatch;
  for (int done = 0; done < kEntries; done += kBatch) {
    AppendBatch(world, done);
    if (done / kBatch % kBatchesPerRound == kBatchesPerRound - 1) Require(world.sequencer->RunOnce(), "sequencing");
  }
  Require(world.sequencer->RunOnce(), "sequencing");
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

void BenchAppend(const Directory& directory) {
  World world(directory.Make("ledger"));
  std::vector<Rate> ledger_rates, hash_rates, insert_rates;
  std::vector<std::string> leaves;
  for (int round = 0; round < kRounds; ++round) {
    ledger_rates.push_back(LedgerRate(world));
    if (leaves.empty()) {
      const auto rows =
          Require(world.store->Read([](ReadTx& tx) { return tx.Query("SELECT body FROM ledger_entry ORDER BY idx"); }),
                  "reading");
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

// The ledger's own tiles, as its rows.
class TileRows final : public TileSource {
 public:
  explicit TileRows(ReadTx& tx) : tx_(tx) {}
  Result<Tile> ReadTile(const TileId& id) override {
    PRIVITY_TRY(const auto row,
                tx_.QueryOne("SELECT hashes FROM ledger_tile WHERE level = $1 AND idx = $2", {id.level, id.index}));
    if (!row) return Error("ledger.tile_missing");
    return DecodeTile(row->Get<Bytes>(0));
  }

 private:
  ReadTx& tx_;
};

TreeHash CountedLeaf(std::uint64_t index) {
  TreeHash hash{};
  std::memcpy(hash.data(), &index, sizeof index);
  return hash;
}

// Grows the ledger's tree to `size` by counted leaves, as if so many entries had been sequenced.
void GrowTree(Store& store, std::uint64_t size) {
  auto tree = Require(store.Read([&](ReadTx& tx) -> Result<TreeBuilder> {
    PRIVITY_TRY(const auto head, tx.QueryOne("SELECT size FROM ledger_head"));
    TileRows tiles(tx);
    return TreeBuilder::Resume(tiles, head->Get<std::uint64_t>(0));
  }),
                      "resuming");
  while (tree.size() < size) {
    tree.Append(CountedLeaf(tree.size()));
    if (tree.size() % 262'144 != 0 && tree.size() != size) continue;
    std::vector<SqlValues> rows;
    for (const auto& [id, tile] : tree.TakeChanged()) rows.push_back({id.level, id.index, EncodeTile(tile)});
    Require(store.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(
          tx.ExecuteMany("INSERT INTO ledger_tile(level, idx, hashes) VALUES($1, $2, $3) "
                         "ON CONFLICT(level, idx) DO UPDATE SET hashes = excluded.hashes",
                         rows));
      PRIVITY_TRY_VOID(tx.Execute("UPDATE ledger_head SET size = $1", {tree.size()}));
      return Ok();
    }),
            "writing tiles");
  }
}

// Gives so many counted leaves an entry, so that their proofs can be asked for. Its text is not that of the leaf: the
// path does not care.
std::vector<std::uint64_t> EntriesToProve(Store& store, const std::string& body, std::uint64_t size) {
  const SystemClock clock;
  std::vector<std::uint64_t> indexes;
  Require(store.Write([&](WriteTx& tx) -> Status {
    for (int i = 0; i < kProofs; ++i) {
      const std::uint64_t index = RandomBelow(size);
      PRIVITY_TRY_VOID(
          tx.Execute("INSERT INTO ledger_entry VALUES($1, 0, $2, '', '', '', '', '', $3) "
                     "ON CONFLICT DO NOTHING",
                     {index, Uuid::NewV7(clock), body}));
      indexes.push_back(index);
    }
    return Ok();
  }),
          "entries to prove");
  return indexes;
}

TreeHash LeafInTree(Store& store, std::uint64_t index) {
  const Tile tile = Require(store.Read([&](ReadTx& tx) {
    return TileRows(tx).ReadTile({0, index / kTileWidth});
  }),
                            "a tile");
  return tile.at(index % kTileWidth);
}

// The rows that a proof cannot do without, read by raw sqlite3: an entry, the checkpoint, a tile for each level.
class BareProofReads {
 public:
  explicit BareProofReads(const std::string& path) {
    sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_prepare_v2(db_, "SELECT time, body FROM ledger_entry WHERE idx = ?", -1, &entry_, nullptr);
    sqlite3_prepare_v2(db_, "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1", -1, &note_, nullptr);
    sqlite3_prepare_v2(db_, "SELECT hashes FROM ledger_tile WHERE level = ? AND idx = ?", -1, &tile_, nullptr);
  }
  ~BareProofReads() {
    for (sqlite3_stmt* const statement : {entry_, note_, tile_}) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  BareProofReads(const BareProofReads&) = delete;
  BareProofReads& operator=(const BareProofReads&) = delete;

  double Microseconds(std::uint64_t index, std::uint64_t size) {
    const auto begin = steady_clock::now();
    sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_bind_int64(entry_, 1, static_cast<sqlite3_int64>(index));
    Step(entry_);
    Step(note_);
    for (int level = 0; size > 0; ++level, size /= kTileWidth) {
      index /= kTileWidth;
      sqlite3_bind_int64(tile_, 1, level);
      sqlite3_bind_int64(tile_, 2, static_cast<sqlite3_int64>(index));
      Step(tile_);
    }
    sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    return Seconds(begin) * 1e6;
  }

 private:
  static void Step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_bytes(statement, 0) == 0) std::exit(1);
    sqlite3_reset(statement);
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt *entry_ = nullptr, *note_ = nullptr, *tile_ = nullptr;
};

// Microseconds of a proof as the API gives it, of the reads below it, and of an entry appended, sequenced and signed in
// batches.
struct Cost {
  double proof_us = 0, proof_worst_us = 0, reads_us = 0, append_us = 0;
};
Cost CostAt(World& world, std::uint64_t size) {
  constexpr int kBatches = 5;
  std::vector<double> appends;
  for (int batch = 0; batch < kBatches; ++batch) {
    const auto begin = steady_clock::now();
    AppendBatch(world, batch * kBatch);
    Require(world.sequencer->RunOnce(), "sequencing");
    appends.push_back(Seconds(begin) * 1e6 / kBatch);
  }
  const std::string body = Require(world.store->Read([](ReadTx& tx) {
                             return tx.QueryOne("SELECT body FROM ledger_entry ORDER BY idx DESC LIMIT 1");
                           }),
                                   "reading")
                               ->Get<std::string>(0);
  LedgerReader reader(*world.store, world.actions);
  BareProofReads bare(world.path);
  std::vector<double> proofs, reads;
  for (const std::uint64_t index : EntriesToProve(*world.store, body, size)) {
    const auto begin = steady_clock::now();
    const EntryProof proof = Require(reader.Prove(index), "proving");
    proofs.push_back(Seconds(begin) * 1e6);
    std::vector<TreeHash> path;
    for (const std::string& hash : proof.path) path.push_back(Require(ParseHash(hash), "a hash"));
    if (!InclusionHolds(index, proof.size, LeafInTree(*world.store, index), path,
                        Require(ParseHash(proof.root), "the root"))) {
      std::fprintf(stderr, "ledger_bench: the proof of %llu is wrong\n", static_cast<unsigned long long>(index));
      std::exit(1);
    }
    reads.push_back(bare.Microseconds(index, proof.size));
  }
  std::sort(proofs.begin(), proofs.end());
  return {Median(proofs), proofs[proofs.size() * 99 / 100], Median(reads), Median(appends)};
}

void BenchGrowth(const Directory& directory) {
  const char* const asked = std::getenv("PRIVITY_BENCH_LEAVES");
  const std::uint64_t largest = asked == nullptr ? 10'000'000 : std::strtoull(asked, nullptr, 10);
  World world(directory.Make("growth"));
  std::vector<std::pair<double, double>> proof_growth, append_growth;
  std::printf("\n%12s  %14s  %12s  %24s  %22s\n", "entries", "proof, median", "99 of 100", "limit: its rows, sqlite3",
              "append, sequence, sign");
  for (std::uint64_t size = largest / 1'000; size <= largest; size *= 10) {
    GrowTree(*world.store, size);
    const Cost cost = CostAt(world, size);
    std::printf("%12llu  %11.0f us  %9.0f us  %21.0f us  %19.2f us\n", static_cast<unsigned long long>(size),
                cost.proof_us, cost.proof_worst_us, cost.reads_us, cost.append_us);
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
