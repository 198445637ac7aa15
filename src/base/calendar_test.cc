#include "base/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"

namespace privity {
namespace {

Date D(std::string_view text) {
  return Date::Parse(text).value();
}
Instant At(std::string_view text) {
  return ParseInstant(text).value();
}
TimeZone Zone(std::string_view name) {
  return TimeZone::Parse(name).value();
}

TEST(Date, ParsesWhatItPrintsAndNothingElse) {
  for (const std::string_view text : {"0001-01-01", "1970-01-01", "2028-02-29", "9999-12-31"}) {
    EXPECT_EQ(D(text).ToString(), text);
  }
  for (const std::string_view text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "10.03.2026",
                                      "2026-03-10 ", "0000-01-01", "+026-03-10", "2026-03-10T00:00:00Z"}) {
    EXPECT_TRUE(Date::Parse(text).error().Is("base.date_invalid")) << text;
  }
}

TEST(Date, KnowsItsParts) {
  EXPECT_EQ(D("2026-03-10").weekday(), std::chrono::Tuesday);
  EXPECT_EQ(D("2026-03-10").DaysUntil(D("2026-03-01")), -9);
  EXPECT_LT(D("2026-03-10"), D("2026-03-11"));
}

struct MonthStep {
  std::string_view from;
  std::int64_t months;
  std::string_view to;
};
const MonthStep kMonthSteps[] = {
    {"2026-01-31", 1, "2026-02-28"},  {"2028-01-31", 1, "2028-02-29"},          {"2026-08-31", 1, "2026-09-30"},
    {"2026-12-31", 1, "2027-01-31"},  {"2026-02-28", 1, "2026-03-28"},          {"2026-01-31", 3, "2026-04-30"},
    {"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"},         {"2026-01-15", 0, "2026-01-15"},
    {"9999-06-15", 12, "9999-12-31"}, {"2026-06-15", -1'000'000, "0001-01-01"}, {"2026-06-15", INT64_MAX, "9999-12-31"},
};

TEST(Date, MonthsAreClippedToTheMonthsLastDay) {
  for (const auto& row : kMonthSteps) EXPECT_EQ(D(row.from).PlusMonths(row.months).ToString(), row.to) << row.from;
  EXPECT_EQ(D("2028-02-29").PlusYears(1), D("2029-02-28"));
  EXPECT_EQ(D("2028-02-29").PlusYears(4), D("2032-02-29"));
}

TEST(Date, DaysStayInsideTheCalendar) {
  EXPECT_EQ(D("2026-02-28").PlusDays(1), D("2026-03-01"));
  EXPECT_EQ(D("2026-01-05").PlusDays(45), D("2026-02-19"));
  EXPECT_EQ(D("9999-12-31").PlusDays(1), D("9999-12-31"));
  EXPECT_EQ(D("0001-01-01").PlusDays(INT64_MIN), D("0001-01-01"));
}

struct Visit {
  Date day;
  TimeZone zone;
};
PRIVITY_DESCRIBE(Visit, (day, zone))

TEST(Date, IsAMemberOfDescribedStructs) {
  const auto visit = FromJson<Visit>(R"({"day":"2026-03-10","zone":"Europe/Berlin"})");
  EXPECT_EQ(ToJson(visit.value()), R"({"day":"2026-03-10","zone":"Europe/Berlin"})");
  EXPECT_EQ(FromJson<Visit>(R"({"day":"2026-02-30","zone":"UTC"})").error().Parameter("format"), "date");
}

TEST(TimeZone, KnowsItsNames) {
  EXPECT_TRUE(TimeZone::Parse("Asia/Kolkata").ok());
  EXPECT_TRUE(TimeZone::Parse("US/Pacific").ok());  // an alias
  for (const std::string_view name :
       {"", "Europe/Atlantis", "GMT+2", "GMT+02:00", "Etc/Unknown", "europe/berlin", "Local"}) {
    EXPECT_EQ(TimeZone::Parse(name).error().code(), "base.time_zone_unknown") << name;
  }
  EXPECT_THAT(TimeZone::Names(), testing::IsSupersetOf({"UTC", "Europe/Berlin", "America/Sao_Paulo"}));
  EXPECT_THAT(TimeZone::Names(), testing::Not(testing::Contains("US/Pacific")));
}

struct Moment {
  std::string_view zone, instant, date;
  int hour, minute;
};
const Moment kMoments[] = {
    {"UTC", "2026-03-10T09:30:00Z", "2026-03-10", 9, 30},
    {"Europe/Berlin", "2026-03-10T23:30:00Z", "2026-03-11", 0, 30},
    {"Europe/Berlin", "2026-07-10T22:30:00Z", "2026-07-11", 0, 30},
    {"America/New_York", "2026-01-01T03:00:00Z", "2025-12-31", 22, 0},
    {"Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01", 5, 30},
    {"Pacific/Kiritimati", "2026-01-01T10:00:00Z", "2026-01-02", 0, 0},
};

TEST(TimeZone, InstantsHaveALocalTimeAndBack) {
  for (const auto& row : kMoments) {
    const LocalTime local = Zone(row.zone).ToLocal(At(row.instant));
    EXPECT_EQ(local.date.ToString(), row.date) << row.zone;
    EXPECT_EQ(local.time_of_day, std::chrono::hours(row.hour) + std::chrono::minutes(row.minute)) << row.zone;
    EXPECT_EQ(Zone(row.zone).ToInstant(local), At(row.instant)) << row.zone;
  }
  EXPECT_EQ(Zone("Europe/Berlin").ToLocal(FromMicros(-1)).time_of_day, std::chrono::hours(1) - Duration(1));
}

TEST(TimeZone, ASkippedWallTimeMovesForward) {  // Berlin, 29 March 2026: 02:00 becomes 03:00
  const LocalTime skipped = {D("2026-03-29"), std::chrono::minutes(150)};
  EXPECT_EQ(Zone("Europe/Berlin").ToInstant(skipped), At("2026-03-29T03:30:00+02:00"));
  EXPECT_EQ(Zone("Europe/Berlin").ToInstant(skipped, Repeated::kLater), At("2026-03-29T03:30:00+02:00"));
}

TEST(TimeZone, ARepeatedWallTimeIsTheEarlierUnlessAsked) {  // Berlin, 25 October 2026: 03:00 becomes 02:00
  const LocalTime repeated = {D("2026-10-25"), std::chrono::minutes(150)};
  EXPECT_EQ(Zone("Europe/Berlin").ToInstant(repeated), At("2026-10-25T02:30:00+02:00"));
  EXPECT_EQ(Zone("Europe/Berlin").ToInstant(repeated, Repeated::kLater), At("2026-10-25T02:30:00+01:00"));
}

TEST(TimeZone, DaysBeginAndEnd) {
  const TimeZone berlin = Zone("Europe/Berlin");
  EXPECT_EQ(berlin.EndOfDay(D("2026-03-29")) - berlin.StartOfDay(D("2026-03-29")), std::chrono::hours(23));
  EXPECT_EQ(berlin.EndOfDay(D("2026-10-25")) - berlin.StartOfDay(D("2026-10-25")), std::chrono::hours(25));
  // Sao Paulo, 4 November 2018: midnight was skipped, the day began at 01:00.
  EXPECT_EQ(Zone("America/Sao_Paulo").StartOfDay(D("2018-11-04")), At("2018-11-04T01:00:00-02:00"));
  EXPECT_EQ(berlin.OffsetAt(At("2026-07-01T00:00:00Z")), std::chrono::hours(2));
}

// Hours are elapsed time; only the wall clock shifts (facts on Regulation 1182/71 and GDPR Art. 33, vectors HR-02,
// HR-03).
TEST(TimeZone, SeventyTwoHoursAcrossAChangeOfClocks) {
  const auto due = At("2026-03-27T10:00:00+01:00") + std::chrono::hours(72);
  EXPECT_EQ(due, At("2026-03-30T11:00:00+02:00"));
  EXPECT_EQ(Zone("Europe/Berlin").ToLocal(due).time_of_day, std::chrono::hours(11));
  EXPECT_EQ(Zone("Europe/Berlin").ToLocal(At("2026-10-23T10:00:00+02:00") + std::chrono::hours(72)).time_of_day,
            std::chrono::hours(9));
}

struct Rolled {
  std::string_view start;
  int months;
  std::vector<std::string_view> holidays;
  std::string_view due;
};
// One month, clipped, then rolled to a working day: Regulation 1182/71 Art. 3(2)(c) and 3(4).
const Rolled kRolled[] = {
    {"2026-03-05", 1, {}, "2026-04-06"},
    {"2026-01-31", 1, {}, "2026-03-02"},
    {"2028-01-31", 1, {}, "2028-02-29"},
    {"2026-11-25", 1, {"2026-12-25", "2026-12-26"}, "2026-12-28"},
    {"2026-04-01", 1, {"2026-05-01"}, "2026-05-04"},
    {"2026-12-31", 1, {}, "2027-02-01"},
    {"2026-02-28", 1, {}, "2026-03-30"},
    {"2026-03-06", 1, {"2026-04-03", "2026-04-06"}, "2026-04-07"},
};

std::set<Date> Holidays(const std::vector<std::string_view>& texts) {
  std::set<Date> dates;
  for (const auto text : texts) dates.insert(D(text));
  return dates;
}

TEST(WorkingDays, ADeadlineRollsForward) {
  for (const auto& row : kRolled) {
    EXPECT_EQ(WorkingDays(Holidays(row.holidays)).OnOrAfter(D(row.start).PlusMonths(row.months)).ToString(), row.due)
        << row.start;
  }
  EXPECT_EQ(WorkingDays().OnOrBefore(D("2026-03-08")), D("2026-03-06"));
}

struct Counted {
  std::string_view start;
  int days;
  std::vector<std::string_view> holidays;
  std::string_view due;
};
const Counted kCounted[] = {
    {"2026-01-05", 10, {"2026-01-19"}, "2026-01-20"},  // California, acknowledgement
    {"2026-01-05", 15, {"2026-01-19"}, "2026-01-27"},
    {"2026-03-02", 5, {}, "2026-03-09"},                                           // Argentina
    {"2026-09-04", 3, {"2026-09-07"}, "2026-09-10"},                               // Brazil
    {"2026-06-01", 15, {"2026-06-08", "2026-06-15", "2026-06-29"}, "2026-06-24"},  // Colombia
    {"2026-04-02", 2, {}, "2026-04-06"},
    {"2026-04-04", 0, {}, "2026-04-04"},
};

TEST(WorkingDays, AreCountedForwardWithoutTheFirstDay) {
  for (const auto& row : kCounted) {
    const WorkingDays days(Holidays(row.holidays));
    EXPECT_EQ(days.Plus(D(row.start), row.days).ToString(), row.due) << row.start;
    EXPECT_EQ(days.CountBetween(D(row.start), D(row.due)), row.days) << row.start;
  }
  EXPECT_EQ(WorkingDays().CountBetween(D("2026-03-10"), D("2026-03-09")), 0);
}

TEST(WorkingDays, TheWeekendIsASetting) {
  const WorkingDays gulf({}, {std::chrono::Friday, std::chrono::Saturday});
  EXPECT_TRUE(gulf.Includes(D("2026-03-08")));   // Sunday
  EXPECT_FALSE(gulf.Includes(D("2026-03-06")));  // Friday
}

}  // namespace
}  // namespace privity
