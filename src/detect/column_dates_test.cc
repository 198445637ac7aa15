// Which year a date is of.
#include "detect/internal/column_dates.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "detect/detector.h"

namespace privity {
namespace {

int YearIn(int this_year, std::string_view date) {
  detect::Scan scan;
  detect::ScanText(date, scan);
  return detect::YearOf(scan, this_year);
}

TEST(YearsOfTwoDigits, AreTheLastThatEndSoUpToThisYear) {
  EXPECT_EQ(YearIn(2026, "06-30-26"), 2026);
  EXPECT_EQ(YearIn(2026, "06-30-27"), 1927);
  EXPECT_EQ(YearIn(2027, "06-30-27"), 2027);
  EXPECT_EQ(YearIn(2026, "06-30-00"), 2000);
  EXPECT_EQ(YearIn(2026, "06-30-99"), 1999);
  EXPECT_EQ(YearIn(2099, "06-30-99"), 2099);
  EXPECT_EQ(YearIn(2100, "06-30-99"), 2099);
}

TEST(YearsOfTwoDigits, AreNotAskedWhereTheDateHasFour) {
  EXPECT_EQ(YearIn(2026, "06-30-1947"), 1947);
  EXPECT_EQ(YearIn(2026, "no date"), 0);
}

// Dates of the thirties to the eighties are births of people until those years come again.
TEST(YearsOfTwoDigits, TurnWithTheDayThatTheDetectorIsMadeOn) {
  const PackCatalog catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value();
  const auto category_in = [&](int year) {
    const auto detector = Detector::Create(catalog, Date::FromYearMonthDay(year, 6, 1).value()).value();
    return detector
        ->Column({.field = {.collection = "t1", .field = "c1"},
                  .values = {"03/17/41", "11/02/68", "07/29/55", "01/30/83", "12/24/37", "05/05/76", "09/13/62"}})
        .category;
  };
  EXPECT_EQ(category_in(2026), "user.demographic.date_of_birth");
  EXPECT_NE(category_in(2090), "user.demographic.date_of_birth");
}

}  // namespace
}  // namespace privity
