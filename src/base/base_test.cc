#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unordered_set>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/guarded.h"
#include "base/html.h"
#include "base/http_status.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace privity {
namespace {

Result<int> Half(int n) {
  if (n % 2 != 0) return Error("test.odd", {{"number", std::to_string(n)}});
  return n / 2;
}

Result<int> Quarter(int n) {
  PRIVITY_TRY(const int half, Half(n));
  return Half(half);
}

TEST(Result, TryPassesTheValueOnOrReturnsTheError) {
  EXPECT_EQ(Quarter(12).value(), 3);
  EXPECT_EQ(Quarter(6).error().DebugString(), "test.odd{number=3}");
}

TEST(Error, WithAddsAParameterButNeverReplacesOne) {
  const Error error = Error("test.odd", {{"number", "3"}}).With("line", "7").With("number", "9");
  EXPECT_EQ(error.Parameter("line"), "7");
  EXPECT_EQ(error.Parameter("number"), "3");
  EXPECT_EQ(error.Parameter("absent"), "");
}

struct Spelling {
  std::string_view bytes, hex, base64, base64url;
};
// RFC 4648 section 10, and bytes that need the two last letters of each alphabet.
const Spelling kSpellings[] = {
    {"", "", "", ""},
    {"f", "66", "Zg==", "Zg"},
    {"fo", "666f", "Zm8=", "Zm8"},
    {"foo", "666f6f", "Zm9v", "Zm9v"},
    {"foob", "666f6f62", "Zm9vYg==", "Zm9vYg"},
    {"foobar", "666f6f626172", "Zm9vYmFy", "Zm9vYmFy"},
    {"\xfb\xff\xfe", "fbfffe", "+//+", "-__-"},
};

TEST(Bytes, SpellingsRoundTrip) {
  for (const auto& s : kSpellings) {
    EXPECT_EQ(HexEncode(AsBytes(s.bytes)), s.hex);
    EXPECT_EQ(Base64Encode(AsBytes(s.bytes)), s.base64);
    EXPECT_EQ(Base64UrlEncode(AsBytes(s.bytes)), s.base64url);
    EXPECT_EQ(HexDecode(s.hex).value(), ToBytes(s.bytes));
    EXPECT_EQ(Base64Decode(s.base64).value(), ToBytes(s.bytes));
    EXPECT_EQ(Base64UrlDecode(s.base64url).value(), ToBytes(s.bytes));
  }
}

TEST(Bytes, OtherSpellingsAreRefused) {
  for (const std::string_view text : {"Zg", "Zg=", "Zh==", "Z===", "Zm9v\n", "-__-", "===="}) {
    EXPECT_FALSE(Base64Decode(text).ok()) << text;
  }
  for (const std::string_view text : {"Zg==", "Zh", "Z", "+//+"}) EXPECT_FALSE(Base64UrlDecode(text).ok()) << text;
  for (const std::string_view text : {"6", "6g", "0x66"}) EXPECT_FALSE(HexDecode(text).ok()) << text;
}

TEST(Html, EscapedTextOpensNoTagEntityOrAttribute) {
  EXPECT_EQ(EscapeHtml("a & b < c > d \"e\" 'f'"), "a &amp; b &lt; c &gt; d &quot;e&quot; &#39;f&#39;");
  EXPECT_EQ(EscapeHtml("tab\t line\n Zoë"), "tab\t line\n Zoë");
}

TEST(Html, ControlsThatHtmlDoesNotAllowAreReplaced) {
  EXPECT_EQ(EscapeHtml(std::string_view("a\0b\x1b\x7f", 5)), "a\uFFFDb\uFFFD\uFFFD");
}

TEST(HttpStatus, AnUnknownCodeHasTheNameOfItsClass) {  // RFC 9110 section 15
  EXPECT_EQ(HttpStatusName(404), "Not Found");
  EXPECT_EQ(HttpStatusName(418), "Bad Request");
  EXPECT_EQ(HttpStatusName(599), "Internal Server Error");
  EXPECT_EQ(HttpStatusName(99), "");
  EXPECT_EQ(HttpStatusName(600), "");
}

TEST(Instant, FormatsAsRfc3339InUtc) {
  EXPECT_EQ(FormatInstant(FromMicros(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatInstant(FromMicros(1'773'135'000'000'000)), "2026-03-10T09:30:00Z");
  EXPECT_EQ(FormatInstant(FromMicros(-1)), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(FormatInstant(FromMicros(1'500'000)), "1970-01-01T00:00:01.5Z");
}

TEST(Instant, ParsesEveryOffset) {
  EXPECT_EQ(ParseInstant("2026-03-10T10:30:00+01:00").value(), ParseInstant("2026-03-10T09:30:00Z").value());
  EXPECT_EQ(ParseInstant("2026-03-09T23:30:00.25-10:00").value(), ParseInstant("2026-03-10T09:30:00.250Z").value());
  for (const std::string_view text :
       {"", "2026-03-10", "2026-02-30T00:00:00Z", "2026-03-10T24:00:00Z", "2026-03-10T09:30:00",
        "2026-03-10T09:30:00.Z", "2026-03-10T09:30:00Zx", "0000-01-01T00:00:00Z"}) {
    EXPECT_FALSE(ParseInstant(text).ok()) << text;
  }
}

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::string_view text) : now_(ParseInstant(text).value()) {}
  Instant Now() const override { return now_; }
  std::chrono::steady_clock::time_point Monotonic() const override { return {}; }

 private:
  Instant now_;
};

TEST(Uuid, Version7SortsByTimeAndCarriesVersionAndVariant) {
  const Uuid early = Uuid::NewV7(FixedClock("2026-03-10T09:30:00.001200Z"));
  const Uuid late = Uuid::NewV7(FixedClock("2026-03-10T09:30:00.001700Z"));
  EXPECT_LT(early, late);
  EXPECT_EQ(early.ToString()[14], '7');
  EXPECT_THAT("89ab", testing::HasSubstr(std::string(1, early.ToString()[19])));
  // RFC 9562 appendix A.6: 2022-02-22T19:22:22Z is 017F22E2-79B0.
  EXPECT_EQ(Uuid::NewV7(FixedClock("2022-02-22T19:22:22Z")).ToString().substr(0, 13), "017f22e2-79b0");
}

TEST(Uuid, ParsesWhatItPrints) {
  const Uuid uuid = Uuid::NewV4();
  EXPECT_EQ(Uuid::Parse(uuid.ToString()).value(), uuid);
  for (const std::string_view text : {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2x79b0-7cc3-98c4-dc0c0c07398f",
                                      "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"}) {
    EXPECT_FALSE(Uuid::Parse(text).ok()) << text;
  }
}

TEST(Random, BelowStaysBelowAndReachesEveryValue) {
  std::unordered_set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(RandomBelow(7));
  EXPECT_EQ(seen.size(), 7u);
  EXPECT_EQ(*std::max_element(seen.begin(), seen.end()), 6u);
}

TEST(Secret, IsWipedWhenMovedFrom) {
  SecretString source(std::string("short"));
  const char* inside = source.Reveal().data();
  const SecretString target = std::move(source);
  EXPECT_EQ(target.Reveal(), "short");
  EXPECT_EQ(std::string_view(inside, 5), std::string_view("\0\0\0\0\0", 5));  // the small-string buffer of `source`
}

TEST(Secret, ComparesByContent) {
  EXPECT_EQ(SecretString("a"), SecretString("a"));
  EXPECT_FALSE(SecretString("a") == SecretString("b"));
  EXPECT_FALSE(SecretString("a") == SecretString("ab"));
}

}  // namespace
}  // namespace privity
