#include "packs/period.h"

#include <gtest/gtest.h>

#include "packs/holidays.h"

namespace privity {
namespace {

struct PauseText {
  const char* first;
  const char* last;
};

struct VectorRow {
  const char* id;
  const char* zone;
  PeriodRule rule;
  const char* start;
  std::vector<const char*> holidays;
  std::vector<PauseText> pauses;
  const char* due;  // a day, or an instant for hours
};

// 25 December to 15 January do not count (New Zealand's Privacy Act 2020), nor two holidays of 2027.
const std::vector<const char*> kNewZealandSummer = {
    "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01",
    "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-09",
    "2027-01-10", "2027-01-11", "2027-01-12", "2027-01-13", "2027-01-14", "2027-01-15", "2027-02-01", "2027-02-08"};

// The project's test vectors for legal periods under their own ids. The two letters name the law's country; EU is the
// GDPR with Regulation 1182/71, HR are periods in hours.
const VectorRow kVectors[] = {
    {"EU-01",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-03-05",
     {},
     {},
     "2026-04-06"},
    {"EU-02",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-01-31",
     {},
     {},
     "2026-03-02"},
    {"EU-03",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2028-01-31",
     {},
     {},
     "2028-02-29"},
    {"EU-04",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-08-31",
     {},
     {},
     "2026-09-30"},
    {"EU-05",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-01-30",
     {},
     {},
     "2026-03-02"},
    {"EU-06",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-11-25",
     {"2026-12-25", "2026-12-26"},
     {},
     "2026-12-28"},
    {"EU-07",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-04-01",
     {"2026-05-01"},
     {},
     "2026-05-04"},
    {"EU-08",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-12-31",
     {},
     {},
     "2027-02-01"},
    {"EU-09",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-02-28",
     {},
     {},
     "2026-03-30"},
    {"EU-10",
     "Europe/Berlin",
     {.value = 3, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-01-31",
     {},
     {},
     "2026-04-30"},
    {"EU-11",
     "Europe/Berlin",
     {.value = 3, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-05-14",
     {},
     {},
     "2026-08-14"},
    {"EU-12",
     "Europe/Berlin",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-03-06",
     {"2026-04-03", "2026-04-06"},
     {},
     "2026-04-07"},
    {"HR-01",
     "UTC",
     {.value = 72, .unit = PeriodUnit::kHours},
     "2026-06-12T17:20:00+02:00",
     {},
     {},
     "2026-06-15T17:20:00+02:00"},
    {"HR-02",
     "UTC",
     {.value = 72, .unit = PeriodUnit::kHours},
     "2026-03-27T10:00:00+01:00",
     {},
     {},
     "2026-03-30T11:00:00+02:00"},
    {"HR-03",
     "UTC",
     {.value = 72, .unit = PeriodUnit::kHours},
     "2026-10-23T10:00:00+02:00",
     {},
     {},
     "2026-10-26T09:00:00+01:00"},
    {"HR-04",
     "UTC",
     {.value = 72, .unit = PeriodUnit::kHours},
     "2026-05-04T09:30:00+07:00",
     {},
     {},
     "2026-05-07T09:30:00+07:00"},
    {"HR-05",
     "UTC",
     {.value = 4, .unit = PeriodUnit::kHours},
     "2026-05-04T23:10:00+08:00",
     {},
     {},
     "2026-05-05T03:10:00+08:00"},
    {"HR-06",
     "UTC",
     {.value = 48, .unit = PeriodUnit::kHours},
     "2026-05-01T08:00:00+03:00",
     {},
     {},
     "2026-05-03T08:00:00+03:00"},
    {"UK-01",
     "Europe/London",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-09-03",
     {},
     {},
     "2026-10-05"},
    {"UK-02",
     "Europe/London",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-11-25",
     {"2026-12-25", "2026-12-28"},
     {},
     "2026-12-29"},
    {"UK-03",
     "Europe/London",
     {.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay},
     "2026-03-02",
     {"2026-04-03", "2026-04-06"},
     {{"2026-03-05", "2026-03-10"}},
     "2026-04-08"},
    {"UK-04",
     "Europe/London",
     {.value = 30, .unit = PeriodUnit::kCalendarDays, .start_day = StartDay::kIncluded},
     "2026-07-01",
     {},
     {},
     "2026-07-30"},
    {"CH-01",
     "Europe/Zurich",
     {.value = 30, .unit = PeriodUnit::kCalendarDays, .roll = Roll::kNextWorkingDay},
     "2026-01-31",
     {},
     {},
     "2026-03-02"},
    {"US-01",
     "America/Los_Angeles",
     {.value = 45, .unit = PeriodUnit::kCalendarDays},
     "2026-01-05",
     {},
     {},
     "2026-02-19"},
    {"US-02",
     "America/Los_Angeles",
     {.value = 90, .unit = PeriodUnit::kCalendarDays},
     "2026-01-05",
     {},
     {},
     "2026-04-05"},
    {"US-03",
     "America/Los_Angeles",
     {.value = 10, .unit = PeriodUnit::kBusinessDays},
     "2026-01-05",
     {"2026-01-19"},
     {},
     "2026-01-20"},
    {"US-04",
     "America/Los_Angeles",
     {.value = 15, .unit = PeriodUnit::kBusinessDays},
     "2026-01-05",
     {"2026-01-19"},
     {},
     "2026-01-27"},
    {"US-05",
     "America/Los_Angeles",
     {.value = 45, .unit = PeriodUnit::kCalendarDays},
     "2026-02-14",
     {},
     {},
     "2026-03-31"},
    {"US-06",
     "America/Los_Angeles",
     {.value = 90, .unit = PeriodUnit::kCalendarDays},
     "2026-02-14",
     {},
     {},
     "2026-05-15"},
    {"US-07",
     "America/Los_Angeles",
     {.value = 60, .unit = PeriodUnit::kCalendarDays},
     "2026-02-14",
     {},
     {},
     "2026-04-15"},
    {"US-08",
     "America/Los_Angeles",
     {.value = 90, .unit = PeriodUnit::kCalendarDays},
     "2026-02-14",
     {},
     {},
     "2026-05-15"},
    {"US-09",
     "America/Los_Angeles",
     {.value = 135, .unit = PeriodUnit::kCalendarDays},
     "2026-02-14",
     {},
     {},
     "2026-06-29"},
    {"US-10",
     "America/Los_Angeles",
     {.value = 45, .unit = PeriodUnit::kCalendarDays},
     "2026-05-01",
     {},
     {},
     "2026-06-15"},
    {"US-11",
     "America/Los_Angeles",
     {.value = 105, .unit = PeriodUnit::kCalendarDays},
     "2026-05-01",
     {},
     {},
     "2026-08-14"},
    {"US-12",
     "America/Los_Angeles",
     {.value = 60, .unit = PeriodUnit::kCalendarDays},
     "2026-05-01",
     {},
     {},
     "2026-06-30"},
    {"US-13",
     "America/Los_Angeles",
     {.value = 30, .unit = PeriodUnit::kCalendarDays},
     "2026-01-10",
     {},
     {},
     "2026-02-09"},
    {"US-14",
     "America/Los_Angeles",
     {.value = 15, .unit = PeriodUnit::kCalendarDays},
     "2026-02-05",
     {},
     {},
     "2026-02-20"},
    {"US-15",
     "America/Los_Angeles",
     {.value = 60, .unit = PeriodUnit::kCalendarDays},
     "2026-12-31",
     {},
     {},
     "2027-03-01"},
    {"US-16",
     "America/Los_Angeles",
     {.value = 60, .unit = PeriodUnit::kCalendarDays},
     "2027-12-31",
     {},
     {},
     "2028-02-29"},
    {"US-17",
     "America/Los_Angeles",
     {.value = 30, .unit = PeriodUnit::kCalendarDays},
     "2026-07-03",
     {},
     {},
     "2026-08-02"},
    {"CA-01",
     "America/Toronto",
     {.value = 30, .unit = PeriodUnit::kCalendarDays, .roll = Roll::kNextWorkingDay},
     "2026-01-31",
     {},
     {},
     "2026-03-02"},
    {"AR-01",
     "America/Argentina/Buenos_Aires",
     {.value = 10, .unit = PeriodUnit::kCalendarDays},
     "2026-03-02",
     {},
     {},
     "2026-03-12"},
    {"AR-02",
     "America/Argentina/Buenos_Aires",
     {.value = 5, .unit = PeriodUnit::kBusinessDays},
     "2026-03-02",
     {},
     {},
     "2026-03-09"},
    {"BR-01",
     "America/Sao_Paulo",
     {.value = 3, .unit = PeriodUnit::kBusinessDays},
     "2026-09-04",
     {"2026-09-07", "2026-10-12", "2026-11-02"},
     {},
     "2026-09-10"},
    {"BR-02",
     "America/Sao_Paulo",
     {.value = 6, .unit = PeriodUnit::kBusinessDays},
     "2026-09-04",
     {"2026-09-07", "2026-10-12", "2026-11-02"},
     {},
     "2026-09-15"},
    {"BR-03",
     "America/Sao_Paulo",
     {.value = 20, .unit = PeriodUnit::kBusinessDays},
     "2026-09-10",
     {"2026-09-07", "2026-10-12", "2026-11-02"},
     {},
     "2026-10-08"},
    {"BR-04",
     "America/Sao_Paulo",
     {.value = 15, .unit = PeriodUnit::kCalendarDays},
     "2026-09-01",
     {},
     {},
     "2026-09-16"},
    {"BR-05",
     "America/Sao_Paulo",
     {.value = 30, .unit = PeriodUnit::kCalendarDays},
     "2026-09-01",
     {},
     {},
     "2026-10-01"},
    {"NZ-01",
     "Pacific/Auckland",
     {.value = 20, .unit = PeriodUnit::kBusinessDays},
     "2026-12-10",
     kNewZealandSummer,
     {},
     "2027-01-29"},
    {"CO-01",
     "America/Bogota",
     {.value = 15, .unit = PeriodUnit::kBusinessDays},
     "2026-06-01",
     {"2026-06-08", "2026-06-15", "2026-06-29"},
     {},
     "2026-06-24"},
    {"CO-02",
     "America/Bogota",
     {.value = 10, .unit = PeriodUnit::kBusinessDays},
     "2026-06-01",
     {"2026-06-08", "2026-06-15", "2026-06-29"},
     {},
     "2026-06-17"},
    {"KE-01", "Africa/Nairobi", {.value = 7, .unit = PeriodUnit::kCalendarDays}, "2026-04-01", {}, {}, "2026-04-08"},
    {"KR-01", "Asia/Seoul", {.value = 10, .unit = PeriodUnit::kCalendarDays}, "2026-04-01", {}, {}, "2026-04-11"},
    {"SG-01", "Asia/Singapore", {.value = 3, .unit = PeriodUnit::kCalendarDays}, "2026-08-07", {}, {}, "2026-08-10"},
    {"MY-01",
     "Asia/Kuala_Lumpur",
     {.value = 21, .unit = PeriodUnit::kCalendarDays},
     "2026-04-01",
     {},
     {},
     "2026-04-22"},
    {"MY-02",
     "Asia/Kuala_Lumpur",
     {.value = 35, .unit = PeriodUnit::kCalendarDays},
     "2026-04-01",
     {},
     {},
     "2026-05-06"},
    {"VN-01", "Asia/Ho_Chi_Minh", {.value = 15, .unit = PeriodUnit::kCalendarDays}, "2026-04-01", {}, {}, "2026-04-16"},
    {"HK-01", "Asia/Hong_Kong", {.value = 40, .unit = PeriodUnit::kCalendarDays}, "2026-04-01", {}, {}, "2026-05-11"},
    {"VN-02", "Asia/Ho_Chi_Minh", {.value = 2, .unit = PeriodUnit::kBusinessDays}, "2026-04-02", {}, {}, "2026-04-06"},
};

Date Day(std::string_view text) {
  return Date::Parse(text).value();
}

WorkingDays Days(const std::vector<const char*>& holidays) {
  std::set<Date> days;
  for (const char* day : holidays) days.insert(Day(day));
  return WorkingDays(std::move(days));
}

DueMoment Compute(const VectorRow& row) {
  const TimeZone zone = TimeZone::Parse(row.zone).value();
  std::vector<Pause> pauses;
  for (const PauseText& pause : row.pauses) pauses.push_back({Day(pause.first), Day(pause.last)});
  // An event during the day: noon in the zone, unless the vector gives the instant.
  const auto day = Date::Parse(row.start);
  const Instant start = day.ok() ? zone.ToInstant({*day, std::chrono::hours(12)}) : ParseInstant(row.start).value();
  return Due(start, row.rule, Days(row.holidays), zone, pauses);
}

TEST(Due, AgreesWithEveryTestVector) {
  for (const VectorRow& row : kVectors) {
    const DueMoment due = Compute(row);
    if (row.rule.unit == PeriodUnit::kHours) {
      EXPECT_EQ(FormatInstant(due.at), FormatInstant(ParseInstant(row.due).value())) << row.id;
      continue;
    }
    EXPECT_EQ(due.day.value().ToString(), row.due) << row.id;
    EXPECT_EQ(due.at, TimeZone::Parse(row.zone)->EndOfDay(Day(row.due))) << row.id;
  }
}

PeriodRule Months(std::int64_t value) {
  return {.value = value, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay};
}

Date DueDay(std::string_view start, const PeriodRule& rule, std::vector<Pause> pauses = {}) {
  const Instant noon = Instant(Day(start).days()) + std::chrono::hours(12);
  return Due(noon, rule, WorkingDays(), TimeZone(), pauses).day.value();
}

// 1182/71 Art. 3(1) with the zone of the place: 23:30 in Berlin is still the 5th, though UTC says so too only until
// midnight there.
TEST(Due, TheEventsDayIsTheOneOfTheZone) {
  const TimeZone berlin = TimeZone::Parse("Europe/Berlin").value();
  const auto due = [&](const char* start) {
    return Due(ParseInstant(start).value(), {.value = 1, .unit = PeriodUnit::kCalendarDays}, WorkingDays(), berlin);
  };
  EXPECT_EQ(due("2026-07-05T23:30:00+02:00").day->ToString(), "2026-07-06");
  EXPECT_EQ(due("2026-07-05T22:30:00Z").day->ToString(), "2026-07-07");
}

TEST(Due, AnExtensionIsCountedFromTheStartAndNotFromTheRolledDay) {
  EXPECT_EQ(DueDay("2026-01-30", Months(1)).ToString(), "2026-03-02");  // Saturday 28 February rolls to Monday
  EXPECT_EQ(DueDay("2026-01-30", Months(3)).ToString(), "2026-04-30");
}

TEST(Due, KeepsTheDayBeforeItWasRolled) {
  const DueMoment due = Due(ParseInstant("2026-03-05T09:00:00Z").value(), Months(1), WorkingDays(), TimeZone());
  EXPECT_EQ(due.unrolled->ToString(), "2026-04-05");
  EXPECT_EQ(due.day->ToString(), "2026-04-06");
}

TEST(Due, PausesAddUpOnceHoweverTheyOverlap) {
  const PeriodRule days{.value = 30, .unit = PeriodUnit::kCalendarDays};
  const auto pause = [](const char* first, const char* last) { return Pause{Day(first), Day(last)}; };
  EXPECT_EQ(DueDay("2026-03-02", days).ToString(), "2026-04-01");
  EXPECT_EQ(
      DueDay("2026-03-02", days, {pause("2026-03-05", "2026-03-10"), pause("2026-03-08", "2026-03-12")}).ToString(),
      "2026-04-09");
  EXPECT_EQ(
      DueDay("2026-03-02", days, {pause("2026-03-20", "2026-03-20"), pause("2026-03-05", "2026-03-05")}).ToString(),
      "2026-04-03");
  EXPECT_EQ(DueDay("2026-03-02", days, {pause("2026-02-20", "2026-03-03")}).ToString(), "2026-04-03");
  EXPECT_EQ(DueDay("2026-03-02", days, {pause("2026-02-20", "2026-03-01")}).ToString(), "2026-04-01");
}

// A pause must not hide that a request was already overdue when it began.
TEST(Due, APauseAfterTheEndChangesNothing) {
  const PeriodRule days{.value = 30, .unit = PeriodUnit::kCalendarDays};
  EXPECT_EQ(DueDay("2026-03-02", days, {{Day("2026-04-02"), Day("2026-05-02")}}).ToString(), "2026-04-01");
  EXPECT_EQ(DueDay("2026-03-02", days, {{Day("2026-04-01"), Day("2026-04-01")}}).ToString(), "2026-04-02");
}

TEST(Due, InBusinessDaysOnlyTheWorkingDaysOfAPauseAreGivenBack) {
  const PeriodRule rule{.value = 5, .unit = PeriodUnit::kBusinessDays};
  EXPECT_EQ(DueDay("2026-03-02", rule).ToString(), "2026-03-09");
  EXPECT_EQ(DueDay("2026-03-02", rule, {{Day("2026-03-06"), Day("2026-03-08")}}).ToString(), "2026-03-10");
}

TEST(Due, WeeksAndYearsEndOnTheSameDay) {
  EXPECT_EQ(DueDay("2026-03-04", {.value = 2, .unit = PeriodUnit::kWeeks}).ToString(), "2026-03-18");
  EXPECT_EQ(DueDay("2028-02-29", {.value = 1, .unit = PeriodUnit::kYears}).ToString(), "2029-02-28");
  EXPECT_EQ(DueDay("2026-03-04", {.value = 1, .unit = PeriodUnit::kWeeks, .start_day = StartDay::kIncluded}).ToString(),
            "2026-03-10");
}

// With the real calendars of this program instead of days that a test lists.
TEST(Due, UsesTheHolidaysOfThePlace) {
  const auto catalog = PackCatalog::Load({HolidayCalendarKind()}, BuiltInPackFiles("holidays/")).value();
  const auto due = [&](const char* place, const char* start, const PeriodRule& rule) {
    const WorkingDays days = WorkingDaysOf(catalog, place, Day(start)).value();
    return Due(Instant(Day(start).days()) + std::chrono::hours(12), rule, days, TimeZone()).day->ToString();
  };
  EXPECT_EQ(due("DE", "2026-11-25", Months(1)), "2026-12-28");      // EU-06
  EXPECT_EQ(due("FR", "2026-11-25", Months(1)), "2026-12-28");      // 26 December is a Saturday
  EXPECT_EQ(due("DE", "2026-04-01", Months(1)), "2026-05-04");      // EU-07
  EXPECT_EQ(due("DE", "2026-03-06", Months(1)), "2026-04-07");      // EU-12
  EXPECT_EQ(due("GB-EAW", "2026-11-25", Months(1)), "2026-12-29");  // UK-02
  EXPECT_EQ(due("DE-BY", "2026-12-06", Months(1)), "2027-01-07");   // Epiphany is a holiday in Bavaria
  EXPECT_EQ(due("DE-BE", "2026-12-06", Months(1)), "2027-01-06");   // and not in Berlin
  EXPECT_EQ(due("US-CA", "2026-01-05", {.value = 10, .unit = PeriodUnit::kBusinessDays}), "2026-01-20");  // US-03
  EXPECT_EQ(due("US-CA", "2026-01-05", {.value = 15, .unit = PeriodUnit::kBusinessDays}), "2026-01-27");  // US-04
}

}  // namespace
}  // namespace privity
