#include "rights/assertion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/signature.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

std::string Encoded(const Json& json) {
  return Base64UrlEncode(AsBytes(ToJson(json)));
}

class AssertionTest : public RightsTestBase {
 protected:
  void SetUp() override {
    RightsTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    assertions_ = std::make_unique<Assertions>(world(), portal());
    Json key = Json::Object({{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "one"}});
    key.Set("x", Json(Base64UrlEncode(key_.verify_key().bytes())));
    Json keys = Json::Array();
    keys.Push(std::move(key));
    settings_ = {.enabled = true,
                 .issuer = "https://login.example.org",
                 .audience = "privity",
                 .keys = ToJson(Json::Object({{"keys", std::move(keys)}})),
                 .identifier_claims = {{"customer_number", "sub"}}};
    ASSERT_TRUE(Put(settings_).ok());
  }
  void TearDown() override {
    assertions_.reset();
    RightsTestBase::TearDown();
  }
  Result<AssertionSettings> Put(const AssertionSettings& settings) {
    return Write([&](WriteTx& tx) { return assertions_->PutSettings(tx, staff_, settings, {}); });
  }
  Json Claims() {
    const std::int64_t now = ToMicros(clock().Now()) / 1'000'000;
    return Json::Object({{"iss", "https://login.example.org"},
                         {"aud", "privity"},
                         {"iat", now},
                         {"exp", now + 300},
                         {"jti", "token-" + std::to_string(++tokens_)},
                         {"sub", "C-17"},
                         {"email", "ada@example.org"},
                         {"email_verified", true}});
  }
  std::string Token(const Json& claims, const Json& header = Json::Object({{"alg", "EdDSA"}, {"kid", "one"}})) {
    const std::string text = Encoded(header) + "." + Encoded(claims);
    return text + "." + Base64UrlEncode(key_.Sign(AsBytes(text)));
  }
  std::string TokenWith(const std::string& claim, Json value) {
    Json claims = Claims();
    claims.Set(claim, std::move(value));
    return Token(claims);
  }
  // Why it is refused; "" when it is not.
  std::string Refusal(const std::string& token) {
    const auto visit = Write([&](WriteTx& tx) { return assertions_->Accept(tx, token, "en", "192.0.2.7"); });
    if (visit.ok()) return "";
    return std::string(visit.error().Parameter("problem"));
  }

  const SigningKey key_ = SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes("the company's login"))).value());
  AssertionSettings settings_;
  std::unique_ptr<Assertions> assertions_;
  int tokens_ = 0;
};
PRIVITY_ON_EVERY_STORE(AssertionTest);

TEST_P(AssertionTest, TheLoginOfTheCompanyProvesAddressAndNumber) {
  NewRightsRequest asked = Asked(Right::kErasure);
  asked.content.identifiers = {{.kind = "customer_number", .value = "C-17"}, {.kind = "phone", .value = "+49 30 1"}};
  const RightsRequestId id = Made(asked).id;
  EXPECT_EQ(Refusal(Token(Claims())), "");
  const RightsRequest proven = Now(id);
  ASSERT_EQ(proven.state, RequestState::kVerified);
  EXPECT_EQ(proven.proofs.front().method, ProofMethod::kAssertion);
  EXPECT_THAT(MandateFor(id)->identifiers,
              testing::ElementsAre(Identifier{"email", "ada@example.org"}, Identifier{"customer_number", "C-17"}))
      << "and no telephone number that was claimed beside them";
}

TEST_P(AssertionTest, WhoeverIsProvenAsksWithoutACode) {
  const auto visit =
      Write([&](WriteTx& tx) { return assertions_->Accept(tx, Token(Claims()), "en", "192.0.2.7"); }).value();
  RightsRequestId made;
  const auto again =
      Write([&](WriteTx& tx) { return portal().Ask(tx, Asked(Right::kErasure), "192.0.2.7", &made, visit.cookie); });
  ASSERT_TRUE(again.ok()) << again.error().DebugString();
  EXPECT_EQ(Now(made).state, RequestState::kVerified);
  EXPECT_EQ(Now(made).proofs.front().method, ProofMethod::kAssertion);
  RightsRequestId of_another;
  const auto other = Write([&](WriteTx& tx) {
    return portal().Ask(tx, Asked(Right::kErasure, "ben@example.org"), "192.0.2.7", &of_another, visit.cookie);
  });
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(Now(of_another).state, RequestState::kReceived) << "another address proves itself";
}

TEST_P(AssertionTest, ATokenCountsOnce) {
  const std::string token = Token(Claims());
  EXPECT_EQ(Refusal(token), "");
  EXPECT_EQ(Refusal(token), "used");
}

TEST_P(AssertionTest, OneFaultAndItIsRefused) {
  const std::int64_t now = ToMicros(clock().Now()) / 1'000'000;
  EXPECT_EQ(Refusal(TokenWith("iss", "https://evil.example.org")), "issuer");
  EXPECT_EQ(Refusal(TokenWith("aud", "another")), "audience");
  EXPECT_EQ(Refusal(TokenWith("exp", now - 1)), "time");
  EXPECT_EQ(Refusal(TokenWith("iat", now - 3600)), "time");
  EXPECT_EQ(Refusal(TokenWith("iat", now + 3600)), "time");
  EXPECT_EQ(Refusal(TokenWith("nbf", now + 3600)), "time");
  EXPECT_EQ(Refusal(TokenWith("jti", "")), "claims");
  EXPECT_EQ(Refusal(TokenWith("exp", Json())), "claims");
  EXPECT_EQ(Refusal(TokenWith("email", "nobody")), "claims");
  EXPECT_EQ(Refusal(TokenWith("email_verified", false)), "claims");
  EXPECT_EQ(Refusal(Token(Claims(), Json::Object({{"alg", "none"}}))), "signature");
  EXPECT_EQ(Refusal(Token(Claims(), Json::Object({{"alg", "HS256"}, {"kid", "one"}}))), "signature");
  EXPECT_EQ(Refusal(Token(Claims(), Json::Object({{"alg", "EdDSA"}, {"kid", "two"}}))), "signature");
  std::string forged = Token(Claims());
  forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Refusal(forged), "signature");
  settings_.enabled = false;
  ASSERT_TRUE(Put(settings_).ok());
  EXPECT_EQ(Refusal(Token(Claims())), "off");
}

TEST_P(AssertionTest, IsNotSwitchedOnWithoutKeys) {
  settings_.keys = R"({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]})";
  EXPECT_TRUE(Put(settings_).error().Is("rights.assertion_keys"));
}

}  // namespace
}  // namespace privity
