#include "base/buffered_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"

namespace privity {
namespace {

using testing::HasSubstr;

// A sink as slow as it is told to be: a Write returns when the test lets it.
class HeldSink final : public LogSink {
 public:
  void Write(LogLevel, std::string_view lines) override {
    if (!reached_) {
      reached_ = true;
      entered_.set_value();
      let_go_.get_future().wait();
    }
    text_ += lines;
  }
  void AwaitWrite() { entered_.get_future().wait(); }
  void LetGo() { let_go_.set_value(); }
  // Once nobody writes any more.
  const std::string& text() const { return text_; }

 private:
  bool reached_ = false;
  std::promise<void> entered_, let_go_;
  std::string text_;
};

class BufferedLogTest : public testing::Test {
 protected:
  ManualClock clock_{ParseInstant("2026-03-10T09:30:00Z").value()};
  CapturedLog captured_;
};

TEST_F(BufferedLogTest, TheEndWritesEveryLineInOrder) {
  std::string expected;
  {
    BufferedLogSink sink(captured_, clock_);
    for (int i = 0; i < 1'000; ++i) {
      const std::string line = std::to_string(i) + "\n";
      sink.Write(LogLevel::kInfo, line);
      expected += line;
    }
  }
  EXPECT_EQ(captured_.text(), expected);
}

TEST_F(BufferedLogTest, LinesOfOneThreadKeepTheirOrderBesideThoseOfOthers) {
  constexpr int kThreads = 4, kLines = 500;
  {
    BufferedLogSink sink(captured_, clock_);
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kLines; ++i) {
          sink.Write(LogLevel::kInfo, std::to_string(t) + " " + std::to_string(i) + "\n");
        }
      });
    }
  }
  std::istringstream lines(captured_.text());
  std::array<int, kThreads> next{};
  for (int thread = 0, number = 0; lines >> thread >> number;) {
    EXPECT_EQ(number, next[static_cast<std::size_t>(thread)]++);
  }
  EXPECT_THAT(next, testing::Each(kLines));
}

TEST_F(BufferedLogTest, FlushWritesWhatCameBefore) {
  BufferedLogSink sink(captured_, clock_);
  sink.Flush();  // of nothing
  sink.Write(LogLevel::kInfo, "a\n");
  sink.Flush();
  EXPECT_EQ(captured_.text(), "a\n");
}

TEST_F(BufferedLogTest, AnErrorIsWrittenWithoutAnybodyAskingForIt) {
  HeldSink held;
  BufferedLogSink sink(held, clock_);
  sink.Write(LogLevel::kInfo, "before\n");
  sink.Write(LogLevel::kError, "failed\n");
  held.AwaitWrite();
  held.LetGo();
  sink.Flush();
  EXPECT_EQ(held.text(), "before\nfailed\n");
}

TEST_F(BufferedLogTest, ASlowSinkCostsLinesAndSaysHowMany) {
  HeldSink held;
  {
    BufferedLogSink sink(held, clock_);
    sink.Write(LogLevel::kError, "first\n");
    held.AwaitWrite();  // from here on nothing leaves, and nobody waits
    const std::string line(1024, 'a');
    for (std::size_t i = 0; i < BufferedLogSink::kBytesMax / line.size(); ++i) sink.Write(LogLevel::kInfo, line);
    sink.Write(LogLevel::kInfo, "too much\n");
    sink.Write(LogLevel::kWarning, "too much\n");
    sink.Write(LogLevel::kError, "an error has room\n");
    held.LetGo();
  }
  EXPECT_THAT(held.text(), testing::Not(HasSubstr("too much")));
  EXPECT_THAT(held.text(), HasSubstr("an error has room\n"));
  EXPECT_THAT(held.text(), HasSubstr(R"("level":"warning","event":"log.lines_dropped","lines":2})"));
  EXPECT_EQ(held.text().size() / BufferedLogSink::kBytesMax, 1u);
}

}  // namespace
}  // namespace privity
