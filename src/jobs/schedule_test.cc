// When recurring jobs run: local time, changes of the clock, months of all lengths.
#include "jobs/schedule.h"

#include <gmock/gmock.h>

namespace privity {
namespace {

Instant At(std::string_view text) {
  return ParseInstant(text).value();
}
TimeZone Zone(std::string_view name) {
  return TimeZone::Parse(name).value();
}

struct Case {
  std::string name;
  ScheduleRule rule;
  std::string zone;
  std::string after;
  std::string next;
};

class NextRunTable : public testing::TestWithParam<Case> {};

TEST_P(NextRunTable, IsTheFirstAfter) {
  const Case& c = GetParam();
  EXPECT_EQ(FormatInstant(NextRun(c.rule, Zone(c.zone), At(c.after))), c.next);
}

// Clock changes: tz database. Berlin 2026-03-29 01:00Z and 2026-10-25 01:00Z; New York 2026-03-08 07:00Z; Lord Howe
// moves by 30 minutes (2026-10-03 15:30Z); Sao Paulo's midnight was skipped on 2018-11-04.
INSTANTIATE_TEST_SUITE_P(
    , NextRunTable,
    testing::Values(
        Case{"DailyLaterToday", DailyAt(3, 30), "UTC", "2026-03-10T01:00:00Z", "2026-03-10T03:30:00Z"},
        Case{"DailyExactlyThenIsTomorrow", DailyAt(3, 30), "UTC", "2026-03-10T03:30:00Z", "2026-03-11T03:30:00Z"},
        Case{"DailyInWinter", DailyAt(9, 0), "Europe/Berlin", "2026-01-10T12:00:00Z", "2026-01-11T08:00:00Z"},
        Case{"DailyInSummer", DailyAt(9, 0), "Europe/Berlin", "2026-07-10T12:00:00Z", "2026-07-11T07:00:00Z"},
        Case{"SkippedHourRunsLater", DailyAt(2, 30), "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
        Case{"DayAfterTheSkip", DailyAt(2, 30), "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"},
        Case{"RepeatedHourRunsTheFirstTime", DailyAt(2, 30), "Europe/Berlin", "2026-10-24T12:00:00Z",
             "2026-10-25T00:30:00Z"},
        Case{"RepeatedHourRunsOnce", DailyAt(2, 30), "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
        Case{"SkipInNewYork", DailyAt(2, 15), "America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T07:15:00Z"},
        Case{"HalfHourChange", DailyAt(2, 15), "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T15:45:00Z"},
        Case{"SkippedMidnight", DailyAt(0, 0), "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z"},
        Case{"QuarterHourZone", DailyAt(6, 0), "Asia/Kathmandu", "2026-05-01T00:16:00Z", "2026-05-02T00:15:00Z"},
        Case{"WeeklyLaterThisWeek", WeeklyAt(5, 8, 0), "UTC", "2026-03-10T00:00:00Z", "2026-03-13T08:00:00Z"},
        Case{"WeeklySameDayAlreadyOver", WeeklyAt(2, 8, 0), "UTC", "2026-03-10T08:00:00Z", "2026-03-17T08:00:00Z"},
        Case{"WeeklySunday", WeeklyAt(7, 23, 59), "UTC", "2026-12-31T00:00:00Z", "2027-01-03T23:59:00Z"},
        Case{"MonthlyNextMonth", MonthlyAt(5, 1, 0), "UTC", "2026-12-05T01:00:00Z", "2027-01-05T01:00:00Z"},
        Case{"MonthlyLastDayOfFebruary", MonthlyAt(31, 1, 0), "UTC", "2026-01-31T01:00:00Z", "2026-02-28T01:00:00Z"},
        Case{"MonthlyLeapDay", MonthlyAt(31, 1, 0), "UTC", "2028-02-01T00:00:00Z", "2028-02-29T01:00:00Z"},
        Case{"MonthlyBackToThirtyOne", MonthlyAt(31, 1, 0), "UTC", "2026-02-28T01:00:00Z", "2026-03-31T01:00:00Z"},
        Case{"EveryQuarterHour", EveryMinutes(15), "UTC", "2026-03-10T01:07:12Z", "2026-03-10T01:15:00Z"},
        Case{"EverySevenHoursStartsAnewAtMidnight", EveryMinutes(420), "UTC", "2026-03-10T21:30:00Z",
             "2026-03-11T00:00:00Z"},
        Case{"EveryHourAcrossTheSkip", EveryMinutes(60), "Europe/Berlin", "2026-03-29T00:30:00Z",
             "2026-03-29T01:00:00Z"}),
    [](const auto& instance) { return instance.param.name; });

TEST(NextRun, NeverStandsStillInTenZonesThroughTwoYears) {
  for (const char* zone : {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
                           "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza", "America/St_Johns"}) {
    const TimeZone parsed = Zone(zone);
    Instant at = At("2026-01-01T00:00:00Z");
    int runs = 0;
    while (at < At("2028-01-01T00:00:00Z")) {
      const Instant next = NextRun(DailyAt(2, 30), parsed, at);
      ASSERT_GT(next, at) << zone;
      ASSERT_LE(next - at, std::chrono::hours(26)) << zone;
      ASSERT_GE(next - at, at == At("2026-01-01T00:00:00Z") ? Duration(1) : Duration(std::chrono::hours(22))) << zone;
      at = next;
      ++runs;
    }
    EXPECT_NEAR(runs, 730, 1) << zone;
  }
}

}  // namespace
}  // namespace privity
