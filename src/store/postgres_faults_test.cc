// What the network and the server may do to PostgreSQL clients, and what must hold whatever they do: an answered change
// is there exactly once, a refused one is not there.
#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <regex>
#include <thread>

#include "store/testing/cutting_proxy.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

using std::chrono::milliseconds;
using Cut = CuttingProxy::Cut;

constexpr const char* kTable = "CREATE TABLE IF NOT EXISTS hit(n bigint NOT NULL)";

Status Hit(Store& store, std::int64_t n) {
  return store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO hit(n) VALUES($1)", {n}));
    return Ok();
  });
}

std::unique_ptr<Store> Open(const StoreOptions& options) {
  Result<std::unique_ptr<Store>> store = OpenStore(options);
  EXPECT_TRUE(store.ok()) << store.error().DebugString();
  EXPECT_TRUE((*store)->Write([](WriteTx& tx) { return tx.ExecuteScript(kTable); }).ok());
  return *std::move(store);
}

std::int64_t Hits(Store& store, std::int64_t n) {
  const auto row = store.Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM hit WHERE n = $1", {n}); });
  EXPECT_TRUE(row.ok()) << row.error().DebugString();
  return row.ok() ? (*row)->Get<std::int64_t>(0) : -1;
}

// Eight writers while `disturb` runs; then every answer is compared with what is there.
struct Tally {
  int saved = 0, refused = 0, unknown = 0;
};
template <class Disturb>
Tally WriteThrough(Store& store, int each, const Disturb& disturb) {
  constexpr int kWriters = 8;
  std::vector<std::vector<Status>> answers(kWriters);
  std::atomic<int> done = 0;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < each; ++i) answers[static_cast<std::size_t>(w)].push_back(Hit(store, w * each + i));
      ++done;
    });
  }
  disturb([&] { return done == kWriters; });
  for (std::thread& writer : writers) writer.join();
  Tally tally;
  for (int w = 0; w < kWriters; ++w) {
    for (int i = 0; i < each; ++i) {
      const Status& status = answers[static_cast<std::size_t>(w)][static_cast<std::size_t>(i)];
      const std::int64_t hits = Hits(store, w * each + i);
      if (status.ok()) {
        ++tally.saved;
        EXPECT_EQ(hits, 1) << "answered as saved";
      } else if (status.error().Is("store.outcome_unknown")) {
        ++tally.unknown;
        EXPECT_LE(hits, 1);
      } else {
        ++tally.refused;
        EXPECT_EQ(hits, 0) << "answered as " << status.error().DebugString();
      }
    }
  }
  return tally;
}

class PostgresFaults : public testing::Test {
 protected:
  void SetUp() override {
    if (!TestPlace::Available(Dialect::kPostgres)) GTEST_SKIP() << "PRIVITY_TEST_POSTGRES is not set";
  }
};

TEST_F(PostgresFaults, ACommitWhoseConnectionBreaksHappensExactlyOnce) {
  const TestPlace place(Dialect::kPostgres);
  std::string conninfo = place.options().postgres.Reveal();
  std::smatch port;
  ASSERT_TRUE(std::regex_search(conninfo, port, std::regex("port=([0-9]+)")));
  CuttingProxy proxy(std::stoi(port[1]), "store_commit_mark(mark) VALUES");
  StoreOptions options = place.options();
  options.postgres = SecretString(
      std::regex_replace(conninfo, std::regex("port=[0-9]+"), "sslmode=disable port=" + std::to_string(proxy.port())));
  const std::unique_ptr<Store> store = Open(options);
  std::int64_t n = 0;
  for (const Cut cut : {Cut::kBeforeServer, Cut::kAfterServer, Cut::kServerSeesLater}) {
    for (int repeat = 0; repeat < 3; ++repeat) {
      proxy.Arm(cut);
      const Status status = Hit(*store, ++n);
      EXPECT_TRUE(status.ok()) << status.error().DebugString();
      // Long enough for a commit that was held back to arrive: it must find itself fenced off.
      if (cut == Cut::kServerSeesLater) std::this_thread::sleep_for(milliseconds(400));
      EXPECT_EQ(Hits(*store, n), 1) << "cut " << static_cast<int>(cut);
    }
  }
  EXPECT_EQ(proxy.cuts(), 9);
}

// An authority that issued nothing of what the server of the tests shows.
constexpr const char* kStranger =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBpjCCAU2gAwIBAgIUWoV4WN2FPSaEGpVd77SEex0Y1o8wCgYIKoZIzj0EAwIw\n"
    "KDEmMCQGA1UEAwwdQW4gYXV0aG9yaXR5IG9mIHNvbWVib2R5IGVsc2UwIBcNMjYx\n"
    "MTI2MDQyMjU0WhgPMjEyNjExMDIwNDIyNTRaMCgxJjAkBgNVBAMMHUFuIGF1dGhv\n"
    "cml0eSBvZiBzb21lYm9keSBlbHNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "cUfMGVNR16pcS25DTDxdAuOSNZ4uFbazhJ9z7J3JAl7cRI9ApdHQgeB0ok74rUOz\n"
    "Tja8AxF352nbRpI5zO0COKNTMFEwHQYDVR0OBBYEFEgBpUkuCEB1QsMN2/5f9Mbd\n"
    "A585MB8GA1UdIwQYMBaAFEgBpUkuCEB1QsMN2/5f9MbdA585MA8GA1UdEwEB/wQF\n"
    "MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgKe84qPP/RfGH3CPWZ69wutoTExkR6SVS\n"
    "Q5HUC5hYrXICIEWkcTuZNQpcVwX5s7DVfWMWgS3WDj2oh3FpJiummLIZ\n"
    "-----END CERTIFICATE-----\n";

TEST_F(PostgresFaults, OnlyAServerOfTheRightNameAndAuthorityIsSpokenTo) {
  const TestPlace place(Dialect::kPostgres);
  const std::string conninfo = place.options().postgres.Reveal();
  if (conninfo.find("sslrootcert=") == std::string::npos) GTEST_SKIP() << "the server of the tests offers no TLS";
  const std::string strangers_file = place.directory() + "/stranger.pem";
  std::ofstream(strangers_file) << kStranger;
  const auto verdict = [&](const std::string& more) -> std::string {
    StoreOptions options = place.options();
    options.postgres = SecretString(conninfo + " hostaddr=127.0.0.1 sslmode=verify-full " + more);
    const auto store = OpenStore(options);
    if (!store.ok()) return store.error().code() + " " + std::string(store.error().Parameter("reason"));
    const auto ssl = (*store)->Read(
        [](ReadTx& tx) { return tx.QueryOne("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"); });
    return (*ssl)->Get<bool>(0) ? "encrypted" : "plain";
  };
  EXPECT_EQ(verdict("host=localhost"), "encrypted");
  EXPECT_EQ(verdict("host=db.example.org"), "store.postgres_refused certificate");
  EXPECT_EQ(verdict("host=localhost sslrootcert=" + strangers_file), "store.postgres_refused certificate");
  EXPECT_EQ(verdict("host=localhost sslrootcert=/nowhere/authority.pem"), "store.postgres_refused certificate");
}

TEST_F(PostgresFaults, KilledBackendsLoseAndRepeatNothing) {
  const TestPlace place(Dialect::kPostgres);
  StoreOptions options = place.options();
  const std::string name = "victim" + place.directory().substr(place.directory().size() - 6);
  options.postgres = SecretString(options.postgres.Reveal() + " application_name=" + name);
  const std::unique_ptr<Store> store = Open(options);
  const std::unique_ptr<Store> killer = OpenStore(place.options()).value();
  std::int64_t killed = 0;
  const Tally tally = WriteThrough(*store, 40, [&](const auto& done) {
    while (!done()) {
      const auto ended = killer->Read([&](ReadTx& tx) {
        return tx.Query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle'",
            {name});
      });
      killed += ended.ok() ? static_cast<std::int64_t>(ended->size()) : 0;
      std::this_thread::sleep_for(milliseconds(2));
    }
  });
  EXPECT_GT(killed, 10);
  EXPECT_GT(tally.saved, 300) << tally.refused << " refused, " << tally.unknown << " unknown";
}

// A server of its own, for what would hurt other tests.
class OwnServer {
 public:
  OwnServer() : conninfo_(Script("start", "")) {}
  ~OwnServer() { Script("stop", conninfo_); }
  void Crash() { Script("crash", conninfo_); }
  void Restart() { Script("restart", conninfo_); }
  // Adds a synchronous standby; options() then name both servers.
  void AddStandby() { both_ = Script("standby", conninfo_); }
  void Promote() { Script("promote", conninfo_); }
  StoreOptions options() const {
    StoreOptions options;
    options.postgres = SecretString(both_.empty() ? conninfo_ : both_);
    return options;
  }

 private:
  static std::string Script(const std::string& verb, const std::string& server) {
    FILE* const pipe = popen(("tests/support/postgres.sh " + verb + " '" + server + "'").c_str(), "r");
    std::array<char, 256> line{};
    std::string out;
    if (fgets(line.data(), line.size(), pipe) != nullptr) out = line.data();
    EXPECT_EQ(pclose(pipe), 0) << verb;
    if (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
  }
  std::string conninfo_;
  std::string both_;
};

TEST_F(PostgresFaults, ACrashOfTheServerLosesNothing) {
  OwnServer server;
  const std::unique_ptr<Store> store = Open(server.options());
  const Tally tally = WriteThrough(*store, 60, [&](const auto& done) {
    for (int crash = 0; crash < 2 && !done(); ++crash) {
      std::this_thread::sleep_for(milliseconds(30));
      server.Crash();
      server.Restart();
    }
  });
  EXPECT_GT(tally.saved, 400) << tally.refused << " refused, " << tally.unknown << " unknown";
}

TEST_F(PostgresFaults, AFailoverToTheStandbyLosesAndRepeatsNothing) {
  OwnServer server;
  server.AddStandby();
  const std::unique_ptr<Store> store = Open(server.options());
  const Tally tally = WriteThrough(*store, 60, [&](const auto&) {
    std::this_thread::sleep_for(milliseconds(50));
    server.Crash();
    server.Promote();
  });
  EXPECT_GT(tally.saved, 400) << tally.refused << " refused, " << tally.unknown << " unknown";
}

TEST_F(PostgresFaults, AServerThatOnlyReadsAfterAFailoverIsLeftForOneThatWrites) {
  OwnServer server;
  const std::unique_ptr<Store> store = Open(server.options());
  // Another session turns the database read-only, as a standby is, and back.
  const std::unique_ptr<Store> operator_of_it = Open(server.options());
  const auto set_read_only = [&](const std::string& on) {
    return operator_of_it->Write([&](WriteTx& tx) {
      return tx.ExecuteScript("ALTER DATABASE postgres SET default_transaction_read_only = " + on);
    });
  };
  // Sessions that exist keep writing; the store's own ones are ended, so that it connects anew.
  ASSERT_TRUE(Hit(*operator_of_it, 0).ok());
  ASSERT_TRUE(set_read_only("on").ok());
  ASSERT_TRUE(operator_of_it
                  ->Read([](ReadTx& tx) {
                    return tx.Query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'privity' "
                        "AND pid <> pg_backend_pid()");
                  })
                  .ok());
  std::thread failover([&] {
    std::this_thread::sleep_for(milliseconds(500));
    EXPECT_TRUE(set_read_only("off").ok());
  });
  const Status status = Hit(*store, 1);
  failover.join();
  EXPECT_TRUE(status.ok()) << status.error().DebugString();
  EXPECT_EQ(Hits(*store, 1), 1);
}

TEST_F(PostgresFaults, AServerThatIsGoneIsReportedSoonAndWithoutThePassword) {
  OwnServer server;
  StoreOptions options = server.options();
  options.postgres = SecretString(options.postgres.Reveal() + " password=canary-9f2c");
  const std::unique_ptr<Store> store = Open(options);
  server.Crash();
  const auto started = std::chrono::steady_clock::now();
  const Status status = Hit(*store, 1);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(12));
  EXPECT_EQ(status.error().code(), "store.unavailable");
  const auto refused = OpenStore(options);
  for (const std::string& text : {status.error().DebugString(), refused.error().DebugString()}) {
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("canary")));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("127.0.0.1")));
  }
  server.Restart();
  EXPECT_TRUE(Hit(*store, 2).ok());
}

TEST_F(PostgresFaults, AStatementThatTakesTooLongIsEnded) {
  const TestPlace place(Dialect::kPostgres);
  const std::unique_ptr<Store> store = Open(place.options());
  const Status slow = store->Write(
      [](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(tx.Query("SELECT pg_sleep(20)"));
        return Ok();
      },
      {.isolation = {}, .timeout = milliseconds(100)});
  EXPECT_EQ(slow.error().code(), "store.timeout");
  EXPECT_TRUE(Hit(*store, 1).ok());
}

// However long a caller thinks between its statements: its time is over, the connection is not lost.
TEST_F(PostgresFaults, ACallerThatIsItselfTooSlowHearsOfItsTime) {
  const TestPlace place(Dialect::kPostgres);
  StoreOptions options = place.options();
  options.connections = 1;
  options.read_timeout = milliseconds(500);
  const std::unique_ptr<Store> store = Open(options);
  const auto pid = [&](milliseconds thinking) {
    return store->Read([&](ReadTx& tx) {
      std::this_thread::sleep_for(thinking);
      return tx.QueryOne("SELECT pg_backend_pid()");
    });
  };
  const std::int64_t before = (*pid(milliseconds(0)))->Get<std::int64_t>(0);
  const auto late = pid(milliseconds(2'600));
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code(), "store.timeout");
  EXPECT_EQ((*pid(milliseconds(0)))->Get<std::int64_t>(0), before) << "on the same connection";
}

}  // namespace
}  // namespace privity
