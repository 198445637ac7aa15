#include "rights/text_gateway.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "net/webhook.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kNetwork = "192.0.2.7";

class TextGatewayTest : public RightsTestBase {
 protected:
  static NewRightsRequest WithPhone(std::string phone, std::string email = "ada@example.org") {
    NewRightsRequest request = Asked(Right::kErasure, std::move(email));
    request.content.identifiers = {{.kind = "phone", .value = std::move(phone)}};
    return request;
  }
  PortalVisit AskedByText(const std::string& email = "ada@example.org") {
    const auto visit =
        Write([&](WriteTx& tx) { return portal().Begin(tx, email, "en", kNetwork, CodeChannel::kText); });
    EXPECT_TRUE(visit.ok()) << visit.error().DebugString();
    RunJobs();
    return visit.value();
  }
  // The newest text message, or nothing.
  Json Texted() {
    const auto requests = outside().requests();
    return requests.empty() ? Json() : ParseJson(requests.back().body).value();
  }
  std::string CodeInTheText() {
    const std::string text = Texted()["data"]["text"].StringOr("");
    const std::size_t at = text.find_first_of("0123456789");
    return at == text.npos ? "" : text.substr(at, kCodeDigits);
  }
  std::vector<RightsRequest> SeenBy(const PortalVisit& visit) {
    const auto person = Read([&](ReadTx& tx) { return portal().Who(tx, visit.cookie); });
    if (!person.ok()) return {};
    return Read([&](ReadTx& tx) { return rights().OfPerson(tx, *person); }).value();
  }
  std::string Put(const TextSettingsChange& change) {
    const auto put = Write([&](WriteTx& tx) { return texts().PutSettings(tx, staff_, change, {}); });
    return put.ok() ? "" : put.error().code();
  }
};
PRIVITY_ON_EVERY_STORE(TextGatewayTest);

TEST_P(TextGatewayTest, SendsTheCodeSignedAndTheCodeProvesTheNumberAlone) {
  SwitchTextsOn();
  const RightsRequest made = Made(WithPhone("0049 151 / 2345-678"));
  const PortalVisit visit = AskedByText();
  ASSERT_THAT(outside().requests(), SizeIs(1));
  const OutboundRequest sent = outside().requests().front();
  const auto header = [&](const std::string& name) {
    return std::ranges::find(sent.headers, name, &OutboundHeader::name)->value;
  };
  const WebhookHeaders headers{
      .id = header("webhook-id"), .timestamp = header("webhook-timestamp"), .signature = header("webhook-signature")};
  const std::vector secrets = {WebhookSecret::Parse(SecretString("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).value()};
  EXPECT_TRUE(VerifyWebhook(secrets, headers, sent.body, clock().Now()).ok());
  EXPECT_EQ(Texted()["data"]["to"].StringOr(""), "+491512345678");
  const std::string code = CodeInTheText();
  EXPECT_THAT(code, SizeIs(8));
  EXPECT_EQ(CodeInTheMail(), "");
  EXPECT_THAT(WholeTables(), Not(HasSubstr(code)));

  ASSERT_TRUE(portal().Confirm(visit.cookie, code).ok());
  const RightsRequest proven = Now(made.id);
  EXPECT_EQ(proven.state, RequestState::kVerified);
  EXPECT_EQ(proven.proofs.at(0).method, ProofMethod::kTextCode);
  EXPECT_THAT(MandateFor(made.id)->identifiers, testing::ElementsAre(Identifier{"phone", "0049 151 / 2345-678"}));
  EXPECT_THAT(SeenBy(visit), SizeIs(1));
}

TEST_P(TextGatewayTest, WhatWasProvenByMailIsNotForTheOwnerOfANumber) {
  SwitchTextsOn();
  Made(WithPhone("+491512345678"));
  const PortalVisit by_text = AskedByText();
  ASSERT_TRUE(portal().Confirm(by_text.cookie, CodeInTheText()).ok());
  EXPECT_THAT(SeenBy(by_text), SizeIs(1));
  Made(Asked(Right::kAccess));  // of the same address, and without the number
  EXPECT_THAT(SeenBy(by_text), SizeIs(1));

  const auto by_mail = Write([&](WriteTx& tx) { return portal().Begin(tx, "ada@example.org", "en", kNetwork); });
  RunJobs();
  ASSERT_TRUE(portal().Confirm(by_mail->cookie, CodeInTheMail()).ok());
  EXPECT_THAT(SeenBy(*by_mail), SizeIs(2));
  EXPECT_THAT(SeenBy(by_text), IsEmpty()) << "the address was proven since: its data are not the number's";
}

TEST_P(TextGatewayTest, ANumberBesideTheProvenAddressTakesNothingAway) {
  SwitchTextsOn();
  const RightsRequest made = Made(WithPhone("+491512345678"));
  Made(Asked(Right::kAccess));
  const auto visit = Write([&](WriteTx& tx) { return portal().Begin(tx, "ada@example.org", "en", kNetwork); });
  RunJobs();
  ASSERT_TRUE(portal().Confirm(visit->cookie, CodeInTheMail()).ok());
  const std::string mailed = CodeInTheMail();
  ASSERT_TRUE(
      Write([&](WriteTx& tx) { return portal().AnotherCode(tx, visit->cookie, CodeChannel::kText, kNetwork); }).ok());
  RunJobs();
  EXPECT_THAT(SeenBy(*visit), SizeIs(2));
  EXPECT_FALSE(portal().Confirm(visit->cookie, mailed).ok()) << "the code before no longer counts";
  ASSERT_TRUE(portal().Confirm(visit->cookie, CodeInTheText()).ok());
  EXPECT_THAT(SeenBy(*visit), SizeIs(2));
  EXPECT_THAT(MandateFor(made.id)->identifiers, SizeIs(2));
}

TEST_P(TextGatewayTest, WhoSwitchesBeforeTheFirstCodeIsOnItsWayGetsOneMessage) {
  SwitchTextsOn();
  Made(WithPhone("+491512345678"));
  const auto visit = Write([&](WriteTx& tx) { return portal().Begin(tx, "ada@example.org", "en", kNetwork); });
  ASSERT_TRUE(
      Write([&](WriteTx& tx) { return portal().AnotherCode(tx, visit->cookie, CodeChannel::kText, kNetwork); }).ok());
  RunJobs();
  EXPECT_THAT(outside().requests(), SizeIs(1));
  EXPECT_EQ(CodeInTheMail(), "");
  EXPECT_TRUE(portal().Confirm(visit->cookie, CodeInTheText()).ok());
}

TEST_P(TextGatewayTest, NobodyLearnsWhetherThereIsANumber) {
  SwitchTextsOn({"+49"});
  Made(Asked(Right::kErasure));                        // without a number
  Made(WithPhone("+15550100100", "ben@example.org"));  // not one of those that are texted
  Made(WithPhone("call me at work", "carl@example.org"));
  for (const char* email : {"ada@example.org", "ben@example.org", "carl@example.org", "nobody@example.org"}) {
    AskedByText(email);
  }
  EXPECT_THAT(outside().requests(), IsEmpty());
}

TEST_P(TextGatewayTest, TextsANumberFiveTimesADayAndThenIsSilent) {
  SwitchTextsOn();
  for (int i = 0; i < 3; ++i) Made(WithPhone("+491512345678", "ada" + std::to_string(i) + "@example.org"));
  for (int i = 0; i < 9; ++i) AskedByText("ada" + std::to_string(i % 3) + "@example.org");
  EXPECT_THAT(outside().requests(), SizeIs(kTextsOfNumberMax));
  clock().Advance(25h);
  AskedByText("ada0@example.org");
  EXPECT_THAT(outside().requests(), SizeIs(kTextsOfNumberMax + 1));
}

TEST_P(TextGatewayTest, AGatewayThatFailsIsTriedAgainWithAnotherCode) {
  SwitchTextsOn();
  Made(WithPhone("+491512345678"));
  AnswerOutside(503);
  const PortalVisit visit = AskedByText();
  const std::string lost = CodeInTheText();
  AnswerOutside(200);
  clock().Advance(5min);
  RunJobs();
  ASSERT_THAT(outside().requests(), SizeIs(2));
  EXPECT_FALSE(portal().Confirm(visit.cookie, lost).ok());
  EXPECT_TRUE(portal().Confirm(visit.cookie, CodeInTheText()).ok());
}

TEST_P(TextGatewayTest, IsOffUntilItHasAnAddressAndItsSecret) {
  const auto begun =
      Write([&](WriteTx& tx) { return portal().Begin(tx, "ada@example.org", "en", kNetwork, CodeChannel::kText); });
  EXPECT_EQ(begun.error().code(), "rights.texts_off");
  const std::string url = "https://messages.example.org/privity";
  const SecretString secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ(Put({.enabled = true, .url = url}), "rights.text_secret_needed");
  EXPECT_EQ(Put({.enabled = true, .url = "http://messages.example.org/", .secret = secret}), "net.scheme_refused");
  EXPECT_EQ(Put({.enabled = true, .url = url, .secret = SecretString("secret")}), "net.webhook_secret_invalid");
  EXPECT_EQ(Put({.enabled = true, .url = url, .secret = secret, .prefixes = {"49"}}), "rights.text_prefix");
  EXPECT_EQ(Put({.enabled = true, .url = url, .secret = secret}), "");
  EXPECT_EQ(Put({.enabled = true, .url = url, .prefixes = {"+49"}}), "") << "the stored one stays";
  EXPECT_EQ(Put({.enabled = true, .url = "https://elsewhere.example.org/"}), "rights.text_secret_needed");
  EXPECT_THAT(WholeTables(), Not(HasSubstr("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
}

TEST(TextNumbers, AreThoseOfE164) {
  EXPECT_EQ(ToE164("+49 151 2345678"), "+491512345678");
  EXPECT_EQ(ToE164("0044 (20) 7946-0958"), "+442079460958");
  for (const char* number :
       {"", "+", "0151 2345678", "+0151 2345678", "+49151", "+4915123456789012345", "+49 151 x", "+49+151234567"}) {
    EXPECT_FALSE(ToE164(number)) << number;
  }
}

}  // namespace
}  // namespace privity
