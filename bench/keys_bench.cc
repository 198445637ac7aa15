// What it costs to load a person's keys, and to shred one, with more and more people in the bucket. The limit beside
// the shred is the sum of what it must wait for: five commits or key-home updates, each of which ends in a sync.
//
// SQLite in a temporary directory; PostgreSQL, too, when PRIVITY_TEST_POSTGRES is set (bench/run.py starts one).
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/durable_file.h"
#include "keys/person_keys.h"

namespace privity {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

double Timed(const std::function<void()>& work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  return Seconds(std::chrono::steady_clock::now() - started).count();
}

double Median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

// One write of 512 bytes and its sync, in milliseconds.
double SyncMilliseconds(const fs::path& directory) {
  const fs::path path = directory / "probe";
  const FileHandle file = *OpenFile(path, O_RDWR | O_CREAT);
  std::vector<double> times;
  for (int i = 0; i < 50; ++i) {
    times.push_back(Timed([&] {
      Invariant(WriteAt(file, path, 0, Bytes(512)).ok() && SyncFile(file, path).ok(), "the probe is written");
    }));
  }
  return 1000 * Median(times);
}

// The same server with an empty schema to itself.
std::string InFreshSchema(const std::string& server) {
  PGconn* const connection = PQconnectdb(server.c_str());
  PGresult* const made = PQexec(connection, "DROP SCHEMA IF EXISTS keys_bench CASCADE; CREATE SCHEMA keys_bench");
  Invariant(PQresultStatus(made) == PGRES_COMMAND_OK, "the server makes a schema");
  PQclear(made);
  PQfinish(connection);
  return server + " options='-c search_path=keys_bench'";
}

struct Stack {
  SystemClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<KeyHome> home;
  std::unique_ptr<PersonKeys> keys;
  std::uint64_t tried = 0;

  Stack(const fs::path& directory, const char* postgres) {
    StoreOptions options;
    options.data_directory = directory / "data";
    if (postgres != nullptr) options.postgres = SecretString(InFreshSchema(postgres));
    store = *OpenStore(options);
    Invariant(MigrateStore(*store, KeysMigrations(), clock).ok(), "the schema is made");
    home = *KeyHome::Open({.directory = directory / "keys", .data_directory = directory / "data"},
                          RootKeySource::File(), clock);
    keys = *PersonKeys::Open(*store, *home, clock);
  }

  // Fills a bucket with people, by rows that no shred can tell from others.
  std::vector<SubjectId> Fill(std::uint32_t bucket, std::size_t people) {
    std::vector<SubjectId> ids;
    while (ids.size() < people) {
      // Counted, not random: thousands are tried for each that falls into the bucket.
      std::array<std::byte, 16> bytes{};
      std::memcpy(bytes.data(), &++tried, sizeof(tried));
      const SubjectId id(Uuid::FromBytes(bytes));
      if (KeyHome::BucketOf(id.uuid()) == bucket) ids.push_back(id);
    }
    const Status filled = store->Write([&](WriteTx& tx) -> Status {
      for (const SubjectId& id : ids) PRIVITY_TRY_VOID(keys->Ensure(tx, id));
      return Ok();
    });
    Invariant(filled.ok(), "the bucket is filled");
    return ids;
  }
};

void MeasureLoad(Stack& stack) {
  const std::vector<SubjectId> ids = stack.Fill(7, 50);
  constexpr int kRounds = 200;
  const double seconds = Timed([&] {
    for (int round = 0; round < kRounds; ++round) {
      const Status done = stack.store->Read([&](ReadTx& tx) -> Status {
        for (const SubjectId& id : ids) PRIVITY_TRY_VOID(stack.keys->Load(tx, id));
        return Ok();
      });
      Invariant(done.ok(), "everybody has keys");
    }
  });
  const double query = Timed([&] {
    for (int round = 0; round < kRounds; ++round) {
      const Status done = stack.store->Read([&](ReadTx& tx) -> Status {
        for (const SubjectId& id : ids) {
          PRIVITY_TRY_VOID(tx.Query("SELECT wrapped FROM keys_persons WHERE subject = $1", {id}));
        }
        return Ok();
      });
      Invariant(done.ok(), "the rows are read");
    }
  });
  const double count = kRounds * static_cast<double>(ids.size());
  std::printf("  load a person's keys  %8.0f /s   the query alone %8.0f /s   ratio %.2f\n", count / seconds,
              count / query, query / seconds);
}

void MeasureShreds(Stack& stack, double sync_ms) {
  std::printf("  people in the bucket    shred, ms   of five syncs\n");
  std::uint32_t bucket = 100;
  for (const std::size_t people : {1u, 10u, 100u, 500u}) {
    std::vector<double> times;
    for (int i = 0; i < 3; ++i) {
      const SubjectId id = stack.Fill(bucket++, people).front();
      times.push_back(Timed([&] { Invariant(stack.keys->Shred(id).ok(), "the person is shredded"); }));
    }
    const double ms = 1000 * Median(times);
    std::printf("  %20zu %12.1f %12.1fx\n", people, ms, ms / (5 * sync_ms));
  }
  std::vector<SubjectId> batch;
  for (int i = 0; i < 64; ++i) batch.push_back(stack.Fill(bucket++, 10).front());
  const double seconds = Timed([&] { Invariant(stack.keys->Shred(batch).ok(), "all are shredded"); });
  std::printf("  64 people together, each in a bucket of 10: %.1f ms, %.2f ms each\n", 1000 * seconds,
              1000 * seconds / 64);
}

void Measure(const char* name, const char* postgres) {
  std::string directory = (fs::temp_directory_path() / "privity-bench-XXXXXX").string();
  Invariant(mkdtemp(directory.data()) != nullptr, "a temporary directory");
  {
    Stack stack(directory, postgres);
    const double sync_ms = SyncMilliseconds(directory);
    std::printf("%s (one sync: %.2f ms)\n", name, sync_ms);
    MeasureLoad(stack);
    MeasureShreds(stack, sync_ms);
  }
  fs::remove_all(directory);
}

}  // namespace
}  // namespace privity

int main() {
  privity::Measure("SQLite", nullptr);
  if (const char* postgres = std::getenv("PRIVITY_TEST_POSTGRES")) privity::Measure("PostgreSQL", postgres);
}
