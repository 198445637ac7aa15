#include "identity/password_policy.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

PasswordContext Ada(bool has_second_factor = false) {
  return {.has_second_factor = has_second_factor,
          .name = "Ada Example",
          .email = "ada.lovelace@example.org",
          .organization = "Example Trading"};
}

std::string Verdict(const std::string& password, const PasswordContext& context) {
  const auto accepted = AcceptNewPassword(SecretString(password), context);
  return accepted.ok() ? "accepted" : accepted.error().DebugString();
}

struct Row {
  const char* name;
  const char* password;
  const char* alone;
  const char* with_second_factor;
};

class PasswordPolicy : public testing::TestWithParam<Row> {};

TEST_P(PasswordPolicy, FollowsNist80063B4) {
  EXPECT_EQ(Verdict(GetParam().password, Ada()), GetParam().alone);
  EXPECT_EQ(Verdict(GetParam().password, Ada(true)), GetParam().with_second_factor);
}

constexpr const char* kShort15 = "identity.password_too_short{minimum=15}";
constexpr const char* kShort8 = "identity.password_too_short{minimum=8}";
constexpr const char* kCommon = "identity.password_common";
constexpr const char* kPredictable = "identity.password_predictable";

INSTANTIATE_TEST_SUITE_P(
    , PasswordPolicy,
    testing::Values(Row{"SevenCharacters", "kT4#x9q", kShort15, kShort8},
                    Row{"EightCharactersNeedASecondFactor", "kT4#x9qz", kShort15, "accepted"},
                    Row{"FourteenAreShortAlone", "vgprwkzmhtqbnx", kShort15, "accepted"},
                    Row{"FifteenLettersOfOneKindNeedNoComposition", "vgprwkzmhtqbnxd", "accepted", "accepted"},
                    Row{"SpacesCount", "four words of mine", "accepted", "accepted"},
                    Row{"FifteenCharactersOutsideAscii", "пятнадцатьбуквы", "accepted", "accepted"},
                    Row{"EmojiCountOnceEach", "🦔🦊🐻🐼🐨🐯🦁", kShort15, kShort8},
                    Row{"CommonWord", "password", kShort15, kCommon},
                    Row{"CommonWordWithSignsAround", "1234-Password!2026", kCommon, kCommon},
                    Row{"CommonWordInWideLetters", "ｐａｓｓｗｏｒｄ", kShort15, kCommon},
                    Row{"CommonWordTwice", "passwordpassword", kCommon, kCommon},
                    Row{"CommonWordInsideAPhraseIsFine", "my password lives in a drawer", "accepted", "accepted"},
                    Row{"FamousPhrase", "correct horse battery staple", kCommon, kCommon},
                    Row{"FamousPhraseWithMore", "correct horse battery staple of mine", "accepted", "accepted"},
                    Row{"Repetition", "xyqxyqxyqxyqxyqxyq", kPredictable, kPredictable},
                    Row{"OneCharacter", "aaaaaaaaaaaaaaaa", kPredictable, kPredictable},
                    Row{"RisingDigits", "1234567890123456", kPredictable, kPredictable},
                    Row{"FallingDigits", "9876543210987654", kPredictable, kPredictable},
                    Row{"RisingLetters", "abcdefghijklmnop", kPredictable, kPredictable},
                    Row{"OwnNameAndYear", "AdaExample20262026", kPredictable, kPredictable},
                    Row{"OwnAddress", "ada.lovelace@example.org", kPredictable, kPredictable},
                    Row{"Company", "Example-Trading-2026!", kPredictable, kPredictable},
                    Row{"CompanyInsideAPhraseIsFine", "the cat of Example Trading", "accepted", "accepted"}),
    [](const auto& row) { return row.param.name; });

TEST(PasswordLength, SixtyFourAndMoreCharactersAreAccepted) {
  std::string longest;
  for (int i = 0; i < 256; ++i) longest += i % 3 == 0 ? "ж" : i % 3 == 1 ? "q" : "語";
  longest.replace(longest.size() - 3, 3, "z");  // no repetition
  EXPECT_EQ(Verdict(longest, Ada()), "accepted");
  EXPECT_EQ(Verdict(longest + "x", Ada()), "identity.password_too_long{maximum=256}");
}

TEST(PasswordLength, AMegabyteIsRefusedBeforeItCostsTime) {
  EXPECT_EQ(NormalizePassword(SecretString(std::string(1 << 20, 'x'))).error().code(), "identity.password_too_long");
}

// U+FDFA becomes 18 characters under NFKC: the limit holds for what is hashed, not only for what was typed.
TEST(PasswordLength, CountsAfterNormalization) {
  std::string typed;
  for (int i = 0; i < 20; ++i) typed += "\xEF\xB7\xBA";
  EXPECT_EQ(NormalizePassword(SecretString(typed)).error().code(), "identity.password_too_long");
}

// "é" as one character and as "e" with a combining accent: two keyboards, one password.
TEST(PasswordNormalization, TheSameWordTypedOnAnotherKeyboardIsTheSamePassword) {
  const auto composed = NormalizePassword(SecretString("caf\xC3\xA9 au lait et plus"));
  const auto decomposed = NormalizePassword(SecretString("cafe\xCC\x81 au lait et plus"));
  EXPECT_TRUE(*composed == *decomposed);
  EXPECT_FALSE(*composed == *NormalizePassword(SecretString("CAF\xC3\x89 au lait et plus"))) << "case is kept";
}

TEST(PasswordLength, OnlyALongPasswordStandsAlone) {
  EXPECT_FALSE(MayStandAlone(SecretString("vgprwkzmhtqbnx")));
  EXPECT_TRUE(MayStandAlone(SecretString("vgprwkzmhtqbnxd")));
}

}  // namespace
}  // namespace privity
