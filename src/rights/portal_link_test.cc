#include "rights/portal_link.h"

#include <gmock/gmock.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr std::string_view kBefore = "https://privacy.example.org/ask#link=";

class PortalLinkTest : public RightsTestBase {
 protected:
  PortalLinks links() { return PortalLinks(world()); }
  Result<PortalLink> Make(const PortalLinkOrder& order) {
    SetPortalAddress("https://privacy.example.org");
    return Write([&](WriteTx& tx) { return links().Make(tx, staff_, order); });
  }
  static std::string TokenOf(const PortalLink& link) { return link.url.substr(kBefore.size()); }
};
PRIVITY_ON_EVERY_STORE(PortalLinkTest);

TEST_P(PortalLinkTest, FillsInWhatItSaysAndShowsItToNobodyElse) {
  const PortalLink link =
      Make({.law = "eu-gdpr", .right = Right::kErasure, .email = "ada@example.org", .language = "de"}).value();
  EXPECT_THAT(link.url, StartsWith(kBefore));
  EXPECT_THAT(link.url, Not(HasSubstr("ada")));
  const PortalPrefill filled = links().Open(TokenOf(link)).value();
  EXPECT_EQ(filled.law, "eu-gdpr");
  EXPECT_EQ(filled.right, Right::kErasure);
  EXPECT_EQ(filled.email, "ada@example.org");
  EXPECT_EQ(filled.language, "de");
  EXPECT_THAT(Recorded(), testing::Contains(HasSubstr("rights.link.made")));
  EXPECT_EQ(Count("rights_request"), 0) << "it asks for nothing and proves nobody";
}

TEST_P(PortalLinkTest, ExpiresAndIsRefusedWhenAnythingIsChanged) {
  const std::string token = TokenOf(Make({.email = "ada@example.org", .valid_hours = 2}).value());
  for (std::size_t at = 0; at < token.size(); at += 7) {
    std::string changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(links().Open(changed).error().code(), "rights.link_invalid") << at;
  }
  for (const std::string& other : {std::string(), std::string("x"), token + token, token.substr(1)}) {
    EXPECT_EQ(links().Open(other).error().code(), "rights.link_invalid");
  }
  clock().Advance(2h - 1s);
  EXPECT_TRUE(links().Open(token).ok());
  clock().Advance(1s);
  EXPECT_EQ(links().Open(token).error().code(), "rights.link_invalid");
}

TEST_P(PortalLinkTest, IsNotMadeForWhatTheFormWouldNotTake) {
  EXPECT_EQ(Make({.email = "ada"}).error().code(), "mail.address_invalid");
  EXPECT_EQ(Make({.law = "no-such-law"}).error().code(), "packs.unknown");
  SetPortalAddress("");
  EXPECT_EQ(Write([&](WriteTx& tx) { return links().Make(tx, staff_, {}); }).error().code(), "rights.portal_off");
}

}  // namespace
}  // namespace privity
