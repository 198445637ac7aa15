#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/id.h"
#include "base/json.h"
#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"

namespace privity {
namespace {

class LogTest : public testing::Test {
 protected:
  ManualClock clock_{ParseInstant("2026-03-10T09:30:00.000012Z").value()};
  CapturedLog captured_;
  Logger log_{captured_, clock_};
};

TEST_F(LogTest, ALineIsOneJsonObjectWithFixedFieldsFirst) {
  log_.Info("jobs.started", {{"kind", "mail.send"},
                             {"attempt", 2},
                             {"late", true},
                             {"load", 0.5},
                             {"since", clock_.Now()},
                             {"id", Uuid()},
                             {"level_was", LogLevel::kDebug},
                             {"error", Error("store.full", {{"path", "p"}})}});
  EXPECT_EQ(
      captured_.text(),
      R"({"time":"2026-03-10T09:30:00.000012Z","level":"info","event":"jobs.started","kind":"mail.send","attempt":2,)"
      R"("late":true,"load":0.5,"since":"2026-03-10T09:30:00.000012Z","id":"00000000-0000-0000-0000-000000000000",)"
      R"("level_was":"debug","error":"store.full{path=p}"})"
      "\n");
}

TEST_F(LogTest, LevelsBelowTheLeastAreDropped) {
  log_.Debug("a");
  log_.Warning("b");
  Logger(captured_, clock_, LogLevel::kError).Warning("c");
  Logger(captured_, clock_, LogLevel::kDebug).Debug("d");
  ASSERT_EQ(captured_.lines().size(), 2u);
  EXPECT_THAT(captured_.lines()[0], testing::HasSubstr(R"("level":"warning","event":"b")"));
  EXPECT_THAT(captured_.lines()[1], testing::HasSubstr(R"("level":"debug","event":"d")"));
}

TEST_F(LogTest, BoundFieldsComeWithEveryLine) {
  log_.With({{"request_id", "r1"}}).With({{"route", "users.get"}}).Info("server.answered", {{"status", 200}});
  EXPECT_THAT(captured_.text(), testing::HasSubstr(R"("request_id":"r1","route":"users.get","status":200})"));
}

TEST_F(LogTest, NothingFromOutsideCanBreakALineOrReachATerminal) {
  log_.Info("x", {{"text", "a\nb\x1b[31m\x7f\xc2\x9b\xff\xc3\xa9\xed\xa0\x80"}, {"\"}\n{", "name"}});
  ASSERT_EQ(captured_.lines().size(), 1u);
  const std::string line = captured_.lines()[0];
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  const auto json = ParseJson(line);
  ASSERT_TRUE(json.ok()) << line;
  EXPECT_EQ((*json)["text"].StringOr(""), "a\nb\x1b[31m���é�");
  EXPECT_THAT(line, testing::Not(testing::HasSubstr("\x1b")));
}

TEST_F(LogTest, LongTextsAreCut) {
  log_.Info("x", {{"text", std::string(100'000, 'a')}});
  EXPECT_LT(captured_.text().size(), 4300u);
}

// A Secret or Personal does not compile as a field.
template <class T>
concept Loggable = requires(const T& value) {
  LogField("name", value);
};
static_assert(Loggable<std::string> && Loggable<Uuid> && Loggable<int> && Loggable<bool>);
static_assert(!Loggable<SecretString> && !Loggable<SecretBytes> && !Loggable<Personal<std::string>>);

class FileLogTest : public testing::Test {
 protected:
  FileLogTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "privity-log-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~FileLogTest() override { std::filesystem::remove_all(folder_); }
  static std::string Read(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::filesystem::path folder_;
};

TEST_F(FileLogTest, LinesOfManyThreadsNeverMix) {
  const auto path = folder_ / "privity.log";
  const ManualClock clock;
  {
    auto sink = FileLogSink::Open(path.string()).value();
    const Logger log(*sink, clock);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 200; ++i) log.Info("x", {{"thread", t}, {"text", std::string(200, 'a')}});
      });
    }
  }
  std::istringstream lines(Read(path));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) ASSERT_TRUE(ParseJson(line).ok()) << line;
  EXPECT_EQ(count, 800);
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0600));
}

TEST_F(FileLogTest, ReopenFollowsARotation) {
  const ManualClock clock;
  auto sink = FileLogSink::Open((folder_ / "log").string()).value();
  const Logger log(*sink, clock);
  log.Info("before");
  std::filesystem::rename(folder_ / "log", folder_ / "log.1");
  ASSERT_TRUE(sink->Reopen().ok());
  log.Info("after");
  EXPECT_THAT(Read(folder_ / "log.1"), testing::HasSubstr("before"));
  EXPECT_THAT(Read(folder_ / "log"),
              testing::AllOf(testing::HasSubstr("after"), testing::Not(testing::HasSubstr("before"))));
}

// While it lives, no file grows beyond `bytes`: a write is cut there, as on a disk that becomes full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(FileLogTest, AfterHalfALineTheNextOneStandsAlone) {
  auto sink = FileLogSink::Open((folder_ / "log").string()).value();
  {
    const FileSizeLimit limit(10);
    sink->Write(LogLevel::kInfo, "first\nsecond\nthird\n");
    sink->Write(LogLevel::kInfo, "fourth\n");
  }
  sink->Write(LogLevel::kInfo, "fifth\n");
  EXPECT_EQ(Read(folder_ / "log"), "first\nseco\nfifth\n");
  EXPECT_EQ(sink->dropped_lines(), 3u);
}

TEST_F(FileLogTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(FileLogSink::Open((folder_ / "no" / "log").string()).error().code(), "base.file_missing");
}

TEST(FullDisk, DropsAndCountsTheLine) {
  const ManualClock clock;
  auto sink = FileLogSink::Open("/dev/full");
  if (!sink.ok()) GTEST_SKIP() << "/dev/full cannot be opened here";
  Logger(**sink, clock).Info("x");
  EXPECT_EQ((*sink)->dropped_lines(), 1u);
}

}  // namespace
}  // namespace privity
