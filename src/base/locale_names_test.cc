#include "base/locale_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(LocaleNames, AreThoseOfTheLanguage) {
  EXPECT_THAT(CountryNames("pt"), Contains("Alemanha"));
  EXPECT_THAT(CountryNames("ru"), Contains("Германия"));
  EXPECT_THAT(CountryNames("en"), Not(Contains("Alemanha")));
  EXPECT_THAT(LanguageNames("de"), Contains("Kurdisch"));
  EXPECT_THAT(LanguageNames("es"), Contains("alemán"));
  EXPECT_THAT(LanguageNames("en"), Contains("Cantonese"));
  EXPECT_THAT(DayAndMonthNames("cs"), Contains("sobota"));
  EXPECT_THAT(DayAndMonthNames("fr"), Contains("août"));
  EXPECT_THAT(DayAndMonthNames("fr"), Not(Contains(IsEmpty())));
}

}  // namespace
}  // namespace privity
