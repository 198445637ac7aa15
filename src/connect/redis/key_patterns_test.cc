#include "connect/redis/key_patterns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity::connect_internal {
namespace {

using testing::ElementsAre;

using Keys = std::vector<std::string>;

std::vector<std::string> Patterns(const Keys& keys) {
  std::vector<std::string> patterns;
  for (const KeyPattern& each : KeyPatterns(keys)) patterns.push_back(each.pattern);
  return patterns;
}

TEST(KeyPatterns, AnIdentifierStandsForAnyOther) {
  EXPECT_THAT(Patterns(Keys{"user:17", "user:18", "user:17:orders"}), ElementsAre("user:*", "user:*:orders"));
  EXPECT_THAT(Patterns(Keys{"session:9f86d081884c7d65", "session:60303ae22b998861"}), ElementsAre("session:*"));
  EXPECT_THAT(Patterns(Keys{"mail:ana@example.org"}), ElementsAre("mail:*"));
}

TEST(KeyPatterns, NamesStandForThemselves) {
  EXPECT_THAT(Patterns(Keys{"config", "user:admin", "cache:v1:front", "fade"}),
              ElementsAre("cache:v1:front", "config", "fade", "user:admin"));
}

TEST(KeyPatterns, ManyPartsThatEachStandInFewKeysAreValues) {
  Keys names;
  Keys kinds;
  for (char c = 'a'; c <= 'z'; ++c) {
    names.push_back("cart:" + std::string(3, c));
    for (const char* entry : {"a", "b", "c", "d"}) kinds.push_back(std::string(3, c) + ":" + entry);
  }
  EXPECT_THAT(Patterns(names), ElementsAre("cart:*"));
  EXPECT_EQ(Patterns(kinds).size(), 26u * 4u) << "what stands in many keys is a name";
}

TEST(KeyPatterns, DoNotOverlap) {
  EXPECT_THAT(Patterns(Keys{"user:17", "user:admin", "user:admin:log"}), ElementsAre("user:*", "user:*:log"));
}

TEST(KeyPatterns, MatchPartByPart) {
  EXPECT_TRUE(MatchesKeyPattern("user:*", "user:17"));
  EXPECT_TRUE(MatchesKeyPattern("user:*", "user:"));
  EXPECT_FALSE(MatchesKeyPattern("user:*", "user:17:orders"));
  EXPECT_FALSE(MatchesKeyPattern("user:*", "users:17"));
  EXPECT_FALSE(MatchesKeyPattern("user:*", "user"));
  EXPECT_TRUE(MatchesKeyPattern("*", ""));
}

TEST(KeyPatterns, AGlobTakesNamesLiterally) {
  EXPECT_EQ(KeyGlob("a[b]?:*"), "a\\[b\\]\\?:*");
  EXPECT_EQ(KeyGlob("50*3:x"), "50\\*3:x");
}

}  // namespace
}  // namespace privity::connect_internal
