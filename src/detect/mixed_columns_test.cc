// Columns that people have typed, each in another way: remarks among numbers, short answers among long ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "detect/detector.h"

namespace privity {
namespace {

using Values = std::vector<std::string>;

std::string CategoryOf(Values values) {
  static const auto detector = Detector::BuiltIn().value();
  return detector->Column({.field = {.collection = "t1", .field = "c1"}, .values = std::move(values)}).category;
}

TEST(MixedColumns, ShortAnswersCountBesideThoseThatAreSure) {
  EXPECT_EQ(CategoryOf({"Mujer", "H", "Varón", "F", "V", "femenino", "NS/NC", "X", "hembra", "M"}),
            "user.demographic.gender");
  EXPECT_EQ(CategoryOf({"M", "single", "D", "divorced", "S", "W", "married", "never", "widow(er)", "Sep."}),
            "user.demographic.marital_status");
  EXPECT_EQ(CategoryOf({"34", "35-44", "6 wks", "over 65", "16", "18-24", "81", "adult", "9"}),
            "user.demographic.age_range");
}

TEST(MixedColumns, ShortAnswersAloneSayNothing) {
  EXPECT_EQ(CategoryOf({"S", "M", "L", "XL", "XXL"}), kNoCategory);
  EXPECT_EQ(CategoryOf({"Men", "Women", "Kids", "Unisex", "Girl", "Boy"}), kNoCategory);
  EXPECT_EQ(CategoryOf({"M", "S", "D", "W", "C"}), kNoCategory);
  EXPECT_EQ(CategoryOf({"6 months", "12 months", "24 months", "36 months", "5", "child", "adult"}), kNoCategory);
}

TEST(MixedColumns, WordsAmongNumbersAreRemarks) {
  const Values plates = {"LK19 XBT", "YH07 PDE", "B14 MEG",  "KX70 OYN", "N161 JKP",
                         "SN22 HHA", "WF66 TRX", "AE08 VNC", "Q161 RTA"};
  const Values remarks = {"no car", "courtesy car", "sold"};
  Values mixed = plates;
  mixed.insert(mixed.end(), remarks.begin(), remarks.end());
  EXPECT_EQ(CategoryOf(mixed), "user.government_id.vehicle_registration");
  EXPECT_EQ(CategoryOf({"LK19 XBT", "YH07 PDE", "KX70 OYN", "no car", "sold", "Oak Shelf", "Desk Lamp", "Kettle"}),
            kNoCategory)
      << "where words are as many as numbers, the numbers are an exception";
}

TEST(MixedColumns, PortugueseNumbersOfOrganizationsAreNobodys) {
  EXPECT_EQ(CategoryOf({"245340700", "212345672", "451234561", "123456789", "298765438", "254871364"}),
            "user.government_id");
  EXPECT_EQ(CategoryOf({"530514729", "570007933", "586239774", "507748557", "559196121", "511688970"}), kNoCategory);
}

}  // namespace
}  // namespace privity
