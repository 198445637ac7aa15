// Rows of things that are called like people and towns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/detector.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

std::vector<std::string> Found(const std::string& text) {
  static const auto detector = Detector::BuiltIn().value();
  return FoundIn(*detector, text);
}

TEST(Rows, ThingsInARowAreNobodys) {
  for (const char* text : {"King Edward, Maris Piper, Pentland Javelin, Desiree: 2.5 kg bags",
                           "Rosemary, sage, basil 'Genovese', parsley 'Champion Moss Curled', dill 'Ella'",
                           "Black Forest 8 slices, Sachertorte 12, Paris-Brest 6, Opera 10"})
    EXPECT_THAT(Found(text), IsEmpty()) << text;
}

TEST(Rows, PeopleInARowAreFound) {
  EXPECT_THAT(Found("Invited: Anna Keller, Tom Becker, Maria Lopez, and the caterer"), Contains("person:Tom Becker"));
  EXPECT_THAT(Found("Cake, Coffee, Juice: my wife Maria brings them"), Contains("person:Maria"));
}

}  // namespace
}  // namespace privity
