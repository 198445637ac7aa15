#include "identity/one_time_code.h"

#include <gtest/gtest.h>

#include <set>

#include "crypto/one_time_password.h"
#include "identity/api_token.h"

namespace privity {
namespace {

SecretBytes Rfc6238Secret() {
  return SecretBytes(ToBytes("12345678901234567890"));
}

Instant At(std::int64_t seconds) {
  return FromMicros(seconds * 1'000'000);
}

// RFC 6238 appendix B, SHA-1, cut to the last six digits.
TEST(Totp, MatchesTheVectorsOfRfc6238) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},         {1111111109, "081804"},
                                                          {1111111111, "050471"}, {1234567890, "005924"},
                                                          {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(MatchTotp(Rfc6238Secret(), code, At(seconds), -1), seconds / 30) << seconds;
  }
}

TEST(Totp, ForgivesOneStepOfDriftAndNotTwo) {
  const Instant now = At(1234567890);
  const std::int64_t step = 1234567890 / 30;
  const auto code = [](std::int64_t at) {
    return HotpCode(Rfc6238Secret().Reveal(), static_cast<std::uint64_t>(at), 6);
  };
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), code(step - 1), now, -1), step - 1);
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), code(step + 1), now, -1), step + 1);
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), code(step - 2), now, -1), std::nullopt);
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), code(step + 2), now, -1), std::nullopt);
}

TEST(Totp, AStepIsAcceptedOnceAndNoneBeforeIt) {
  const std::int64_t step = 1234567890 / 30;
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), "005924", At(1234567890), step - 1), step);
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), "005924", At(1234567890), step), std::nullopt);
  EXPECT_EQ(MatchTotp(Rfc6238Secret(), "005924", At(1234567890), step + 1), std::nullopt);
}

TEST(Totp, SpacesAreReadOverAndOtherTextsRefused) {
  EXPECT_TRUE(MatchTotp(Rfc6238Secret(), "005 924", At(1234567890), -1));
  for (const char* wrong : {"", "5924", "0059240", "005925", "００５９２４"}) {
    EXPECT_FALSE(MatchTotp(Rfc6238Secret(), wrong, At(1234567890), -1)) << wrong;
  }
}

// RFC 4648 section 10, without the padding.
TEST(Base32, MatchesTheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, encoded] : vectors) EXPECT_EQ(Base32Encode(AsBytes(plain)), encoded);
}

TEST(Totp, TheUriCarriesIssuerAndAccount) {
  EXPECT_EQ(TotpUri(Rfc6238Secret(), "Example Trading", "ada@example.org").Reveal(),
            "otpauth://totp/Example%20Trading:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Example%20Trading&algorithm=SHA1&digits=6&period=30");
}

TEST(RecoveryCode, IsTheSameHoweverItIsTyped) {
  const UserId ada = UserId::NewRandom();
  const Bytes hash = HashRecoveryCode(ada, "K3QF-9ZTD-W1XH-0MB2");
  EXPECT_EQ(HashRecoveryCode(ada, "k3qf 9ztd wlxh omb2"), hash);
  EXPECT_NE(HashRecoveryCode(ada, "K3QF-9ZTD-W1XH-0MB3"), hash);
  EXPECT_NE(HashRecoveryCode(UserId::NewRandom(), "K3QF-9ZTD-W1XH-0MB2"), hash) << "a code belongs to one person";
}

TEST(RecoveryCode, HasFourGroupsOfUnambiguousCharacters) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const SecretString code = NewRecoveryCode();
    const std::string& text = code.Reveal();
    ASSERT_EQ(text.size(), 19U);
    EXPECT_EQ(text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), std::string::npos) << text;
    EXPECT_TRUE(seen.insert(text).second);
  }
}

TEST(ApiToken, CarriesPrefixAndChecksum) {
  const SecretString token = NewApiToken();
  const std::string& text = token.Reveal();
  EXPECT_TRUE(text.starts_with("pvt_"));
  EXPECT_EQ(text.size(), 53U);
  EXPECT_TRUE(IsApiToken(text));
  EXPECT_EQ(ApiTokenHint(token), text.substr(0, 8));
}

TEST(ApiToken, AnySingleChangeIsNoticedWithoutADatabase) {
  const std::string text = NewApiToken().Reveal();
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(IsApiToken(changed)) << at;
  }
  EXPECT_FALSE(IsApiToken(""));
  EXPECT_FALSE(IsApiToken(text + "0"));
}

}  // namespace
}  // namespace privity
