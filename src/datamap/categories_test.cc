#include "datamap/categories.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "detect/detector.h"

namespace privity {
namespace {

class PersonalCategoriesTest : public testing::Test {
 protected:
  const MapCategory* Find(std::string_view key) const {
    const auto found = std::ranges::find(categories_, key, &MapCategory::key);
    return found == categories_.end() ? nullptr : &*found;
  }

 private:
  const std::vector<MapCategory> categories_ = [] {
    const PackCatalog catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value();
    return PersonalCategories(Taxonomy::Load(catalog, Date::FromYearMonthDay(2026, 1, 2).value()).value());
  }();
};

TEST_F(PersonalCategoriesTest, HaveNamesInWords) {
  ASSERT_NE(Find("user.contact.email"), nullptr);
  EXPECT_EQ(Find("user.contact")->name, "Contact Data");
  EXPECT_FALSE(Find("user.contact.email")->is_special);
}

// GDPR Art. 9(1): data concerning health.
TEST_F(PersonalCategoriesTest, SayWhatTheLawSinglesOutAlsoBelowIt) {
  EXPECT_TRUE(Find("user.health_and_medical")->is_special);
  EXPECT_TRUE(Find("user.health_and_medical.genetic")->is_special);
}

TEST_F(PersonalCategoriesTest, LeaveOutWhatIsOfTheSystemOnly) {
  EXPECT_EQ(Find("system"), nullptr);
  EXPECT_EQ(Find("system.operations"), nullptr);
}

}  // namespace
}  // namespace privity
