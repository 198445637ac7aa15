#include "app/minute_chores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"

namespace privity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class MinuteChoresTest : public testing::Test {
 protected:
  MinuteChores Counting() {
    return MinuteChores(clock_, Logger(log_, clock_), {{"test.count", [this]() -> Status {
                                                          ++runs_;
                                                          return answer_;
                                                        }}});
  }
  ManualClock clock_;
  CapturedLog log_;
  int runs_ = 0;
  Status answer_;
};

TEST_F(MinuteChoresTest, RunAtTheStartAndThenOnceAMinute) {
  MinuteChores chores = Counting();
  chores.RunDue();
  EXPECT_EQ(runs_, 1);
  clock_.Advance(seconds(59));
  chores.RunDue();
  EXPECT_EQ(runs_, 1);
  clock_.Advance(seconds(1));
  chores.RunDue();
  EXPECT_EQ(runs_, 2);
}

TEST_F(MinuteChoresTest, ThatFailAreToldAndTriedAgainSoon) {
  MinuteChores chores = Counting();
  answer_ = Error("store.full");
  chores.RunDue();
  EXPECT_THAT(log_.text(), testing::HasSubstr(R"("chore":"test.count")"));
  clock_.Advance(seconds(5));
  answer_ = Ok();
  chores.RunDue();
  EXPECT_EQ(runs_, 2);
  clock_.Advance(seconds(5));
  chores.RunDue();
  EXPECT_EQ(runs_, 2);
}

TEST_F(MinuteChoresTest, DoNotCareWhatTheMachinesClockIsSetTo) {
  MinuteChores chores = Counting();
  chores.RunDue();
  clock_.Set(clock_.Now() - std::chrono::days(300));
  clock_.Advance(minutes(1));
  chores.RunDue();
  EXPECT_EQ(runs_, 2);
}

TEST_F(MinuteChoresTest, AreDoneOnceMoreAtTheEnd) {
  MinuteChores chores = Counting();
  chores.Start();
  chores.Stop();
  const int at_the_end = runs_;
  EXPECT_GE(at_the_end, 1);
  chores.Stop();
  EXPECT_EQ(runs_, at_the_end);
}

}  // namespace
}  // namespace privity
