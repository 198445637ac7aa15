#include "packs/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

Date Day(std::string_view text) {
  return Date::Parse(text).value();
}

const PackCatalog& BuiltIn() {
  static const PackCatalog catalog = PackCatalog::Load({HolidayCalendarKind()}, BuiltInPackFiles("holidays/")).value();
  return catalog;
}

std::vector<std::string> DaysOf(std::string_view id, std::string_view region, int year) {
  const auto calendar = BuiltIn().Get<HolidayCalendar>("holiday_calendar", id, Day("2026-01-01")).value();
  std::vector<std::string> days;
  for (const Holiday& holiday : HolidaysIn(*calendar, region, year)) days.push_back(holiday.day.ToString());
  return days;
}

struct EasterRow {
  int year;
  const char* day;
};

// The earliest and latest that can be, and years that simpler formulas get wrong (Meeus, chapter 8).
TEST(EasterSunday, IsRightInTheHardYears) {
  for (const EasterRow& row : {EasterRow{1818, "1818-03-22"},
                               {1943, "1943-04-25"},
                               {1954, "1954-04-18"},
                               {1961, "1961-04-02"},
                               {1981, "1981-04-19"},
                               {2000, "2000-04-23"},
                               {2008, "2008-03-23"},
                               {2026, "2026-04-05"},
                               {2038, "2038-04-25"},
                               {2049, "2049-04-18"}}) {
    EXPECT_EQ(EasterSunday(row.year).ToString(), row.day);
  }
}

TEST(Holidays, OfGermanyDifferByLand) {
  EXPECT_THAT(DaysOf("de", "", 2026), ElementsAre("2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14",
                                                  "2026-05-25", "2026-10-03", "2026-12-25", "2026-12-26"));
  EXPECT_EQ(DaysOf("de", "BY", 2026).size(), 12u);
  EXPECT_THAT(DaysOf("de", "SN", 2026), Contains("2026-11-18"));  // Buß- und Bettag, the Wednesday before 23 November
  EXPECT_THAT(DaysOf("de", "BY", 2016), Not(Contains("2016-10-31")));
  EXPECT_THAT(DaysOf("de", "BY", 2017), Contains("2017-10-31"));
}

// GOV.UK's published substitute days.
TEST(Holidays, OfTheUnitedKingdomMoveToTheNextFreeWeekday) {
  EXPECT_THAT(DaysOf("gb", "EAW", 2021), testing::AllOf(Contains("2021-12-27"), Contains("2021-12-28")));
  EXPECT_THAT(DaysOf("gb", "EAW", 2022),
              ElementsAre("2022-01-01", "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02",
                          "2022-06-03", "2022-08-29", "2022-09-19", "2022-12-25", "2022-12-26", "2022-12-27"));
  EXPECT_THAT(DaysOf("gb", "SCT", 2022),
              testing::AllOf(Contains("2022-01-03"), Contains("2022-01-04"), Contains("2022-08-01")));
  EXPECT_THAT(DaysOf("gb", "NIR", 2026),
              testing::AllOf(Contains("2026-03-17"), Contains("2026-07-13"), Contains("2026-12-28")));
}

// 1 January 2028 is a Saturday: its federal holiday lies in 2027.
TEST(Holidays, ASubstituteMayLieInTheYearBefore) {
  EXPECT_THAT(DaysOf("us", "", 2027), Contains("2027-12-31"));
  EXPECT_THAT(DaysOf("us", "", 2028), Contains("2028-01-01"));
}

TEST(Holidays, OfCaliforniaFollowItsOwnCode) {
  EXPECT_THAT(DaysOf("us-ca", "", 2026),
              ElementsAre("2026-01-01", "2026-01-19", "2026-02-16", "2026-03-31", "2026-05-25", "2026-07-04",
                          "2026-09-07", "2026-11-11", "2026-11-26", "2026-11-27", "2026-12-25"));
  EXPECT_THAT(DaysOf("us-ca", "", 2023), Contains("2023-11-10"));  // 11 November is a Saturday
}

TEST(Holidays, ARangeOverTheTurnOfTheYearFillsBothEnds) {
  const std::string text =
      "pack: {kind: holiday_calendar, id: nz, version: 1, title: T, sources: [{title: Privacy Act 2020 section 7}]}\n"
      "country: NZ\nholidays:\n  - {name: Summer, first: 12-25, last: 01-15}\n";
  const auto pack = ReadPack({HolidayCalendarKind()}, "nz.yaml", text).value();
  const auto& calendar = *static_cast<const HolidayCalendar*>(pack.object.get());
  const auto days = HolidaysIn(calendar, "", 2026);
  EXPECT_EQ(days.size(), 15u + 7u);
  EXPECT_EQ(days.front().day.ToString() + days[14].day.ToString() + days[15].day.ToString(),
            "2026-01-012026-01-152026-12-25");
}

struct WrongRow {
  const char* rule;
  const char* place;
};

TEST(HolidayCalendar, ARuleThatCannotBeComputedIsRefusedWithItsPlace) {
  const std::string head =
      "pack: {kind: holiday_calendar, id: xx, version: 1, title: T, sources: [{title: S}]}\ncountry: XX\nregions: "
      "[AB]\nholidays:\n  - ";
  for (const WrongRow& row : {WrongRow{"{name: A}", "5:5"},
                              {"{name: A, on: 01-01, easter: 1}", "5:5"},
                              {"{name: A, first: 01-01}", "5:5"},
                              {"{name: A, weekday: {day: monday}}", "5:24"},
                              {"{name: A, weekday: {day: monday, nth: 0, month: 1}}", "5:43"},
                              {"{name: A, weekday: {day: monday, nth: 1, month: 1, before: 01-01}}", "5:24"},
                              {"{name: A, on: 01-01, from_year: 2020, until_year: 2019}", "5:55"},
                              {"{name: A, on: 01-01, regions: [BA]}", "5:36"}}) {
    const auto pack = ReadPack({HolidayCalendarKind()}, "x.yaml", head + row.rule + "\n");
    ASSERT_TRUE(pack.error().Is("packs.invalid")) << row.rule << pack.error().DebugString();
    EXPECT_EQ(std::string(pack.error().Parameter("line")) + ":" + std::string(pack.error().Parameter("column")),
              row.place)
        << row.rule;
  }
  for (const char* rule : {"{name: A, on: 02-30}", "{name: A, on: 1-1}", "{name: A, on: 13-01}",
                           "{name: A, weekday: {day: sunnday, nth: 1, month: 1}}"}) {
    EXPECT_FALSE(ReadPack({HolidayCalendarKind()}, "x.yaml", head + rule + "\n").ok()) << rule;
  }
}

TEST(WorkingDaysOf, KnowsPlacesByCountryRegionAndOwnCalendar) {
  const auto days = [](const char* place) { return WorkingDaysOf(BuiltIn(), place, Day("2026-03-10")); };
  EXPECT_FALSE(days("DE-BY")->Includes(Day("2026-06-04")));  // Fronleichnam
  EXPECT_TRUE(days("DE")->Includes(Day("2026-06-04")));
  EXPECT_TRUE(days("US-CA")->Includes(Day("2026-10-12")));  // Columbus Day is federal
  EXPECT_FALSE(days("US")->Includes(Day("2026-10-12")));
  EXPECT_EQ(days("DE-XY").error().Parameter("place"), "DE-XY");
  EXPECT_TRUE(days("XX").error().Is("packs.unknown"));
}

}  // namespace
}  // namespace privity
