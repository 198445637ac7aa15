#include "detect/internal/phrase_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace privity::detect {
namespace {

std::vector<int> Found(const PhraseTable<int>& table, std::string_view phrase) {
  const auto values = table.Find(phrase);
  return {values.begin(), values.end()};
}

TEST(PhraseTable, KeepsTheValuesOfAPhraseInTheirOrder) {
  PhraseTable<int> table;
  table.Add("email", 3);
  table.Add("phone", 7);
  table.Add("email", 1);
  table.Finish();
  EXPECT_EQ(Found(table, "email"), (std::vector{3, 1}));
  EXPECT_EQ(Found(table, "phone"), std::vector{7});
  EXPECT_FALSE(table.contains("fax"));
}

TEST(PhraseTable, OfNothingFindsNothing) {
  PhraseTable<int> table;
  EXPECT_FALSE(table.contains("email"));
  table.Finish();
  EXPECT_FALSE(table.contains("email"));
}

TEST(PhraseTable, FindsEachOfManyAndNoOther) {
  constexpr int kMany = 40'000;
  PhraseTable<int> table;
  for (int i = 0; i < kMany; ++i) table.Add("phrase " + std::to_string(i), i);
  table.Finish();
  for (int i = 0; i < kMany; ++i) ASSERT_EQ(Found(table, "phrase " + std::to_string(i)), std::vector{i});
  for (int i = kMany; i < 2 * kMany; ++i) ASSERT_FALSE(table.contains("phrase " + std::to_string(i)));
}

}  // namespace
}  // namespace privity::detect
