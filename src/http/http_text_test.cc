#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/address.h"
#include "http/conditional.h"
#include "http/content.h"
#include "http/cookie.h"
#include "http/query.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(PercentDecode, DecodesUtf8AndRefusesWhatIsNotText) {
  EXPECT_EQ(PercentDecode("a%20b%C3%A9+").value(), "a b\xc3\xa9+");
  for (const char* bad : {"%", "%4", "%zz", "%00", "%0a", "%ff", "%C3", "%2g"}) {
    EXPECT_EQ(PercentDecode(bad).error().code(), "http.percent_invalid") << bad;
  }
}

TEST(PercentEncode, IsUndoneByDecoding) {
  const std::string text = "a/b?c=d&e=\xc3\xa9 +%~";
  EXPECT_EQ(PercentEncode(text), "a%2Fb%3Fc%3Dd%26e%3D%C3%A9%20%2B%25~");
  EXPECT_EQ(PercentDecode(PercentEncode(text)).value(), text);
}

TEST(ParseQuery, KeepsOrderAndRepeats) {
  EXPECT_THAT(
      ParseQuery("a=1&b=x+y&&a=%26&flag&=v&c=a=b").value(),
      ElementsAre(Pair("a", "1"), Pair("b", "x y"), Pair("a", "&"), Pair("flag", ""), Pair("", "v"), Pair("c", "a=b")));
  EXPECT_TRUE(ParseQuery("").value().empty());
  std::string many;
  for (int i = 0; i < 65; ++i) many += "a=1&";
  EXPECT_EQ(ParseQuery(many).error().code(), "http.query_too_long");
}

TEST(FindCookie, FindsTheFirstOfThatExactName) {
  Headers headers;
  headers.Add("cookie", "other=1; __Host-privity=abc=; privity=x");
  headers.Add("Cookie", "late=z");
  EXPECT_EQ(FindCookie(headers, "__Host-privity"), "abc=");
  EXPECT_EQ(FindCookie(headers, "privity"), "x");
  EXPECT_EQ(FindCookie(headers, "late"), "z");
  EXPECT_EQ(FindCookie(headers, "Privity"), std::nullopt);
  EXPECT_EQ(FindCookie(headers, "rivity"), std::nullopt);
}

TEST(Headers, ValuesCannotStartASecondField) {
  Headers headers;
  headers.Add("Location", "/a\r\nSet-Cookie: stolen=1");
  EXPECT_EQ(headers.Get("location"), "/a  Set-Cookie: stolen=1");
  EXPECT_EQ(headers.size(), 1u);
}

TEST(Headers, AppendKeepsBothAndTheirOrder) {
  Headers headers, others;
  headers.Add("A", "1");
  others.Add("B", "2");
  others.Add("A", "3");
  headers.Append(others);
  EXPECT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers.Joined("A"), "1, 3");
  EXPECT_EQ(headers.Get("B"), "2");
  headers.Append(Headers());
  EXPECT_EQ(headers.size(), 3u);
}

TEST(Headers, SetReplacesAndRemoveForgets) {
  Headers headers;
  headers.Add("A", "1");
  headers.Add("b", "2");
  headers.Add("a", "3");
  EXPECT_EQ(headers.Joined("A"), "1, 3");
  headers.Set("a", "4");
  EXPECT_EQ(headers.Joined("A"), "4");
  headers.Remove("B");
  EXPECT_EQ(headers.Find("b"), std::nullopt);
}

struct Negotiation {
  const char* accept;
  const char* chosen;  // nullptr: 406
};
// RFC 9110 section 12.5.1.
const Negotiation kNegotiations[] = {
    {"", "application/json"},
    {"*/*", "application/json"},
    {"text/csv", "text/csv"},
    {"TEXT/*", "text/csv"},
    {"application/json;q=0.5, text/csv", "text/csv"},
    {"text/csv;q=0.5, */*;q=0.5", "application/json"},
    {"application/json;q=0, */*", "text/csv"},
    {"text/html, application/xhtml+xml, */*;q=0.8", "application/json"},
    {"text/html", nullptr},
    {"application/*;q=0", nullptr},
    {"application/json;q=nonsense", "application/json"},
    {"application/json;v=1;q=0.1,text/csv;q=0.2", "text/csv"},
};

TEST(NegotiateType, ChoosesWhatTheClientLikesBest) {
  const std::string_view offers[] = {"application/json", "text/csv"};
  for (const auto& row : kNegotiations) {
    const auto chosen = NegotiateType(row.accept, offers);
    EXPECT_EQ(chosen.value_or("406"), row.chosen == nullptr ? "406" : row.chosen) << row.accept;
  }
}

TEST(AcceptsCoding, FollowsNamesStarsAndZeroWeights) {
  EXPECT_TRUE(AcceptsCoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(AcceptsCoding("*", "br"));
  EXPECT_FALSE(AcceptsCoding("*, br;q=0", "br"));
  EXPECT_FALSE(AcceptsCoding("gzip;q=1.0", "br"));
  EXPECT_FALSE(AcceptsCoding("", "gzip"));
}

TEST(AttachmentName, PrefersTheExtendedNameAndLeavesFoldersOut) {
  struct Row {
    const char* field;
    const char* name;  // null: none
  };
  for (const Row& row :
       std::initializer_list<Row>{{"attachment; filename=\"letter.pdf\"", "letter.pdf"},
                                  {"attachment; filename=letter.pdf", "letter.pdf"},
                                  {"attachment; filename=\"a;b \\\"c\\\".pdf\"", "a;b \"c\".pdf"},
                                  {"attachment; filename=\"plain.pdf\"; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"},
                                  {"attachment; FILENAME*=utf-8'en'x.pdf", "x.pdf"},
                                  {"attachment; filename*=ISO-8859-1''%E9.pdf; filename=e.pdf", "e.pdf"},
                                  {"attachment; filename=\"C:\\\\letters\\\\offer.pdf\"", "offer.pdf"},
                                  {"attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"},
                                  {"attachment", nullptr},
                                  {"", nullptr},
                                  {"attachment; filename=\"\"", nullptr},
                                  {"attachment; filename=\"..\"", nullptr},
                                  {"attachment; filename=\"never ends", nullptr},
                                  {"attachment; filename*=UTF-8''a%0Ab", nullptr},
                                  {"attachment; filename*=UTF-8''%FF", nullptr},
                                  {"attachment; filename*=UTF-8''folder%2F", nullptr},
                                  {"attachment; filename==", nullptr}}) {
    EXPECT_EQ(AttachmentName(row.field), row.name == nullptr ? std::nullopt : std::optional<std::string>(row.name))
        << row.field;
  }
  EXPECT_EQ(AttachmentName("attachment; filename=" + std::string(256, 'a')), std::nullopt);
}

TEST(AttachmentField, IsReadBackWhateverTheName) {
  for (const char* name : {"letter.pdf", "naïve \"quoted\"; x=y.pdf", "契約.pdf", "%41'.txt"}) {
    const std::string field = AttachmentField(name);
    EXPECT_TRUE(std::all_of(field.begin(), field.end(), [](char c) { return c >= ' ' && c < 0x7f; })) << field;
    EXPECT_EQ(AttachmentName(field), name);
  }
}

TEST(MediaType, DropsParametersAndCase) {
  EXPECT_EQ(MediaType("Application/JSON; charset=utf-8"), "application/json");
  EXPECT_EQ(MediaType("json"), "");
  EXPECT_EQ(MediaType("a b/c"), "");
}

TEST(EntityTags, AreReadAsWritten) {
  const auto condition = ParseEntityTagCondition("\"a,b\" , W/\"c\"");
  ASSERT_TRUE(condition.has_value());
  EXPECT_EQ(condition->tags[0].ToString(), "\"a,b\"");
  EXPECT_EQ(condition->tags[1].ToString(), "W/\"c\"");
  EXPECT_TRUE(ParseEntityTagCondition("*")->any);
  for (const char* bad : {"", "a", "\"a", "\"a\" \"b\"", "W/a", "\"a b\"", "\"a\",*"}) {
    EXPECT_FALSE(ParseEntityTagCondition(bad).has_value()) << bad;
  }
}

TEST(EntityTags, IfMatchIsStrongAndIfNoneMatchWeak) {
  const EntityTag strong{"v1", false}, weak{"v1", true};
  const auto asks_strong = *ParseEntityTagCondition("\"v0\", \"v1\"");
  const auto asks_weak = *ParseEntityTagCondition("W/\"v1\"");
  EXPECT_TRUE(MatchesStrongly(asks_strong, strong));
  EXPECT_FALSE(MatchesStrongly(asks_weak, strong));
  EXPECT_FALSE(MatchesStrongly(asks_strong, weak));
  EXPECT_TRUE(MatchesWeakly(asks_weak, strong));
  EXPECT_FALSE(MatchesWeakly(asks_weak, {"v2", false}));
}

struct RangeRow {
  const char* field;
  RangeKind kind;
  std::uint64_t first, last;
};
// RFC 9110 section 14.1.2, of 1,000 bytes.
const RangeRow kRanges[] = {
    {"bytes=0-499", RangeKind::kPart, 0, 499},
    {"bytes=500-", RangeKind::kPart, 500, 999},
    {"bytes=-200", RangeKind::kPart, 800, 999},
    {"bytes=-5000", RangeKind::kPart, 0, 999},
    {"bytes=990-5000", RangeKind::kPart, 990, 999},
    {"bytes=1000-", RangeKind::kUnsatisfiable, 0, 0},
    {"bytes=-0", RangeKind::kUnsatisfiable, 0, 0},
    {"bytes=5-4", RangeKind::kWhole, 0, 0},
    {"bytes=0-1,5-6", RangeKind::kWhole, 0, 0},
    {"lines=0-1", RangeKind::kWhole, 0, 0},
    {"bytes=a-b", RangeKind::kWhole, 0, 0},
    {"bytes=99999999999999999999-", RangeKind::kWhole, 0, 0},
    {"", RangeKind::kWhole, 0, 0},
};

TEST(ChooseRange, TakesOneRangeOrTheWhole) {
  for (const auto& row : kRanges) {
    const RangeChoice choice = ChooseRange(row.field, 1000);
    EXPECT_EQ(choice.kind, row.kind) << row.field;
    if (row.kind != RangeKind::kPart) continue;
    EXPECT_EQ(choice.range.first, row.first) << row.field;
    EXPECT_EQ(choice.range.last, row.last) << row.field;
  }
}

TEST(ListenAddress, ReadsIpAndUnixAddresses) {
  EXPECT_EQ(ListenAddress::Parse("127.0.0.1:80").value().ToString(), "127.0.0.1:80");
  EXPECT_EQ(ListenAddress::Parse("localhost:80").value().ToString(), "127.0.0.1:80");
  EXPECT_EQ(ListenAddress::Parse("[::1]:0").value().ToString(), "[::1]:0");
  EXPECT_EQ(ListenAddress::Parse("unix:/run/p.sock").value().ToString(), "unix:/run/p.sock");
  const std::string long_path = "unix:/" + std::string(120, 'a');
  for (const std::string& bad : {std::string("127.0.0.1"), std::string("::1:80"), std::string("127.0.0.1:70000"),
                                 std::string("name:80"), std::string("unix:"), long_path, std::string("127.0.0.1:")}) {
    EXPECT_EQ(ListenAddress::Parse(bad).error().code(), "http.address_invalid") << bad;
  }
}

TEST(PeerRange, ContainsWhatItsBitsSay) {
  const PeerRange ten = PeerRange::Parse("10.0.0.0/8").value(), six = PeerRange::Parse("2001:db8::/33").value();
  EXPECT_TRUE(ten.Contains(PeerAddress::Parse("10.255.0.1").value()));
  EXPECT_TRUE(ten.Contains(PeerAddress::Parse("::ffff:10.1.2.3").value())) << "a mapped address is the IPv4 address";
  EXPECT_FALSE(ten.Contains(PeerAddress::Parse("11.0.0.1").value()));
  EXPECT_TRUE(six.Contains(PeerAddress::Parse("2001:db8:7fff::1").value()));
  EXPECT_FALSE(six.Contains(PeerAddress::Parse("2001:db8:8000::1").value()));
  for (const char* bad : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "x/8"})
    EXPECT_FALSE(PeerRange::Parse(bad).ok()) << bad;
}

struct Chain {
  const char* name;
  const char* peer;
  const char* forwarded_for;
  const char* client;
};
const Chain kChains[] = {
    {"no proxy: the claim is ignored", "192.0.2.1", "198.51.100.7", "192.0.2.1"},
    {"one proxy", "10.0.0.1", "198.51.100.7", "198.51.100.7"},
    {"two proxies", "10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"},
    {"the client's own claim stands left and is ignored", "10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"},
    {"a client that claims to be a proxy", "10.0.0.1", "10.9.9.9, 198.51.100.7", "198.51.100.7"},
    {"with ports", "10.0.0.1", "[2001:db8::7]:4711, 10.0.0.2:99", "2001:db8::7"},
    {"unreadable", "10.0.0.1", "unknown", "10.0.0.1"},
    {"nothing said", "10.0.0.1", "", "10.0.0.1"},
};

TEST(ClientBehindProxies, BelievesTrustedProxiesOnly) {
  const std::vector<PeerRange> trusted = {PeerRange::Parse("10.0.0.0/8").value()};
  for (const auto& row : kChains) {
    EXPECT_EQ(ClientBehindProxies(PeerAddress::Parse(row.peer).value(), row.forwarded_for, trusted).ToString(),
              row.client)
        << row.name;
  }
}

}  // namespace
}  // namespace privity
