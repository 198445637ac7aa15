#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>

#include "base/id.h"

namespace privity {
namespace {

struct PurposeTag {};
using PurposeId = Id<PurposeTag>;

enum class Basis { kConsent, kContract, kLegalObligation = 7 };
PRIVITY_DESCRIBE_ENUM(Basis, kConsent, kContract, kLegalObligation)

struct Retention {
  std::int32_t days = 0;
  bool legal_hold = false;
  bool operator==(const Retention&) const = default;
};
PRIVITY_DESCRIBE(Retention, (days, legal_hold))

struct Purpose {
  PurposeId id;
  std::string name;
  Basis basis = Basis::kConsent;
  std::optional<std::string> note;
  std::vector<std::string> categories;
  std::map<std::string, Retention> retention;
  std::optional<Retention> fallback;
  Instant created_at;
  Bytes digest;
  double weight = 0;
  std::uint64_t revision = 0;
  Json details;
  bool operator==(const Purpose&) const = default;
};
PRIVITY_DESCRIBE(Purpose, (id, name, basis, note, categories, retention, fallback, created_at, digest, weight, revision,
                           details))
inline std::vector<FieldNote> FieldNotes(const Purpose*) {
  return {{.name = "name", .min_length = 1, .max_length = 20},
          {.name = "categories", .format = "slug", .max_length = 3},
          {.name = "weight", .minimum = 0, .maximum = 1},
          {.name = "revision", .defaulted = true}};
}

struct Node {
  int value = 0;
  std::vector<Node> children;
};
PRIVITY_DESCRIBE(Node, (value, children))

Purpose ExamplePurpose() {
  return {.id = PurposeId::Parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f").value(),
          .name = "Größe \"L\"\n",
          .basis = Basis::kLegalObligation,
          .note = std::nullopt,
          .categories = {"contact", "health-data"},
          .retention = {{"crm", {.days = 30, .legal_hold = true}}},
          .fallback = Retention{.days = -1},
          .created_at = ParseInstant("2026-03-10T09:30:00Z").value(),
          .digest = ToBytes("foo"),
          .weight = 0.25,
          .revision = 9'223'372'036'854'775'807,
          .details = Json::Object({{"rows", 12}, {"tables", Json::Array({"customer", nullptr, true})}})};
}

constexpr std::string_view kExampleText =
    R"({"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","name":"Größe \"L\"\n","basis":"legal_obligation",)"
    R"("categories":["contact","health-data"],"retention":{"crm":{"days":30,"legal_hold":true}},)"
    R"("fallback":{"days":-1,"legal_hold":false},"created_at":"2026-03-10T09:30:00Z","digest":"Zm9v","weight":0.25,)"
    R"("revision":9223372036854775807,"details":{"rows":12,"tables":["customer",null,true]}})";

TEST(Json, WritesADescribedStruct) {
  EXPECT_EQ(ToJson(ExamplePurpose()), kExampleText);
}

TEST(Json, ReadsWhatItWrites) {
  EXPECT_EQ(FromJson<Purpose>(kExampleText).value(), ExamplePurpose());
}

TEST(Json, ReadsMembersInAnyOrderWithWhiteSpaceAndEscapes) {
  const auto retention = FromJson<Retention>(" {\r\n\t\"legal_hold\" : true , \"d\\u0061ys\":7 }\n");
  EXPECT_EQ(retention.value(), (Retention{.days = 7, .legal_hold = true}));
  EXPECT_EQ(FromJson<std::string>(R"("\ud83d\ude00\u00e9\/\t")").value(), "😀é/\t");
}

TEST(Json, ReadsAStructInsideItself) {
  const auto tree = FromJson<Node>(R"({"value":1,"children":[{"value":2,"children":[]}]})");
  EXPECT_EQ(tree.value().children.at(0).value, 2);
}

// `text` with one member of the example replaced by `value`.
std::string With(std::string_view member, std::string_view value) {
  Json json = ParseJson(kExampleText).value();
  if (value.empty()) {
    json.Remove(member);
  } else {
    json.Set(member, ParseJson(value).value());
  }
  return ToJson(json);
}

struct Refusal {
  std::string_view member, value, code, path, parameter, expectation;
};
const Refusal kRefusals[] = {
    {"id", "7", "base.value_wrong_type", "/id", "expected", "text"},
    {"id", R"("7")", "base.value_wrong_format", "/id", "format", "uuid"},
    {"name", "null", "base.value_wrong_type", "/name", "expected", "text"},
    {"name", R"("")", "base.value_too_short", "/name", "minimum", "1"},
    {"name", R"("012345678901234567890")", "base.value_too_long", "/name", "maximum", "20"},
    {"name", "", "base.value_missing", "/name", "line", "1"},
    {"basis", R"("Consent")", "base.value_not_accepted", "/basis", "accepted", "consent, contract, legal_obligation"},
    {"categories", R"(["contact", 3])", "base.value_wrong_type", "/categories/1", "expected", "text"},
    {"categories", R"(["contact", "Health data"])", "base.value_wrong_format", "/categories/1", "format", "slug"},
    {"categories", R"(["a","b","c","d"])", "base.value_too_long", "/categories", "maximum", "3"},
    {"categories", "{}", "base.value_wrong_type", "/categories", "expected", "array"},
    {"retention", R"({"a/b":{"days":1}})", "base.value_missing", "/retention/a~1b/legal_hold", "line", "1"},
    {"retention", R"({"crm":{"days":2147483648,"legal_hold":true}})", "base.value_too_large", "/retention/crm/days",
     "maximum", "2147483647"},
    {"retention", R"({"crm":{"days":1.5,"legal_hold":true}})", "base.value_wrong_type", "/retention/crm/days",
     "expected", "integer"},
    {"fallback", R"({"days":1,"legal_hold":0})", "base.value_wrong_type", "/fallback/legal_hold", "expected",
     "boolean"},
    {"created_at", R"("yesterday")", "base.value_wrong_format", "/created_at", "format", "date-time"},
    {"digest", R"("Zm9")", "base.value_wrong_format", "/digest", "format", "base64"},
    {"weight", "1.01", "base.value_too_large", "/weight", "maximum", "1"},
    {"weight", "-1", "base.value_too_small", "/weight", "minimum", "0"},
    {"revision", "-1", "base.value_wrong_type", "/revision", "expected", "integer"},
    {"wieght", "1", "base.value_unknown_member", "/wieght", "nearest", "weight"},
    {"fax", "1", "base.value_unknown_member", "/fax", "nearest", "none"},
};

TEST(Json, RefusalsSayWhereAndWhatWasExpected) {
  for (const auto& row : kRefusals) {
    const std::string text = With(row.member, row.value);
    const auto purpose = FromJson<Purpose>(text);
    ASSERT_FALSE(purpose.ok()) << text;
    EXPECT_EQ(purpose.error().code(), row.code) << text;
    EXPECT_EQ(purpose.error().Parameter("path"), row.path) << text;
    EXPECT_EQ(purpose.error().Parameter(row.parameter), row.expectation) << purpose.error().DebugString();
  }
}

TEST(Json, MissingOptionalAndDefaultedMembersAreAccepted) {
  EXPECT_EQ(FromJson<Purpose>(With("fallback", "")).value().fallback, std::nullopt);
  EXPECT_EQ(FromJson<Purpose>(With("fallback", "null")).value().fallback, std::nullopt);
  EXPECT_EQ(FromJson<Purpose>(With("revision", "")).value().revision, 0u);
}

TEST(Json, APlaceIsALineAndAColumn) {
  const auto retention = FromJson<Retention>("{\n  \"days\": 1,\n  \"legal_hold\": 2\n}");
  EXPECT_EQ(retention.error().DebugString(),
            "base.value_wrong_type{expected=boolean, place=3:17, line=3, column=17, path=/legal_hold}");
}

TEST(Json, RepeatedMembersAreRefusedEverywhere) {
  EXPECT_TRUE(FromJson<Retention>(R"({"days":1,"days":2,"legal_hold":true})").error().Is("base.value_repeated"));
  EXPECT_TRUE((FromJson<std::map<std::string, int>>(R"({"a":1,"a":2})").error().Is("base.value_repeated")));
  const auto any = ParseJson(R"({"x":[{"a":1,"b":2,"a":3}]})");
  EXPECT_EQ(any.error().code(), "base.value_repeated");
  EXPECT_EQ(any.error().Parameter("path"), "/x/0/a");
}

TEST(Json, BrokenSyntaxIsRefused) {
  // Among them the classes of the JSON parsing test suites: trailing commas, leading zeros, lone surrogates, bad UTF-8.
  for (const std::string_view text : {"",
                                      " ",
                                      "[",
                                      "]",
                                      "[1",
                                      "[1,",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "{",
                                      "{\"a\"",
                                      "{\"a\":",
                                      "{\"a\":1",
                                      "{\"a\":1,",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{'a':1}",
                                      "{\"a\" 1}",
                                      "{1:1}",
                                      "nul",
                                      "nulll",
                                      "True",
                                      "tru",
                                      "01",
                                      "-",
                                      "-01",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "1.e3",
                                      "1e",
                                      "1e+",
                                      "0x1",
                                      "NaN",
                                      "Infinity",
                                      "\"",
                                      "\"a",
                                      "\"\\",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "\"\\u12g4\"",
                                      "\"\\ud800\"",
                                      "\"\\udc00\"",
                                      "\"\\ud800\\u0041\"",
                                      "\"a\nb\"",
                                      "\"\t\"",
                                      "\"\xff\"",
                                      "\"\xc0\x80\"",
                                      "\"\xed\xa0\x80\"",
                                      "1 1",
                                      "[] []",
                                      "\xef\xbb\xbf[]",
                                      "[1]x",
                                      "// c\n1",
                                      "{\"a\":1 \"b\":2}",
                                      "[\"a\":1]"}) {
    const auto json = ParseJson(text);
    ASSERT_FALSE(json.ok()) << text;
    EXPECT_EQ(json.error().code(), "base.json_syntax") << text;
  }
}

TEST(Json, TextNeverHoldsNul) {  // PostgreSQL's text cannot
  for (const std::string_view text : {R"("a\u0000b")", R"([{"a\u0000":1}])"}) {
    EXPECT_EQ(ParseJson(text).error().code(), "base.value_wrong_format") << text;
  }
  EXPECT_FALSE(FromJson<std::string>(R"("\u0000")").ok());
}

TEST(Json, LimitsHold) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(ParseJson(deep).ok());
  EXPECT_TRUE(ParseJson("[" + deep + "]").error().Is("base.json_too_deep"));
  EXPECT_TRUE(ParseJson("[1,2]", {.size_bytes_max = 4}).error().Is("base.json_too_large"));
}

TEST(Json, NumbersKeepTheirValue) {
  EXPECT_EQ(*ParseJson("-9223372036854775808").value().integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ParseJson("9223372036854775808").value().number(), 9223372036854775808.0);
  EXPECT_EQ(FromJson<std::int64_t>("9223372036854775807").value(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(FromJson<std::uint64_t>("18446744073709551615").value(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(ToJson(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(FromJson<std::int8_t>("-128").value(), -128);
  EXPECT_TRUE(FromJson<std::int8_t>("128").error().Is("base.value_too_large"));
  EXPECT_EQ(FromJson<double>("1E2").value(), 100);
  EXPECT_FALSE(FromJson<double>("1e400").ok());
  EXPECT_EQ(ToJson(std::numeric_limits<double>::infinity()), "null");
}

struct Login {
  std::string name;
  SecretString password;
  std::optional<SecretBytes> key;
};
PRIVITY_DESCRIBE(Login, (name, password, key))

TEST(Json, SecretsAreReadAndNeverWritten) {
  const auto login = FromJson<Login>(R"({"name":"ada","password":"correct horse","key":"Zm9v"})");
  EXPECT_EQ(login.value().password.Reveal(), "correct horse");
  EXPECT_EQ(login.value().key->Reveal(), ToBytes("foo"));
  EXPECT_EQ(ToJson(login.value()), R"({"name":"ada"})");
  EXPECT_FALSE(FromJson<Login>(R"({"name":"ada"})").ok());
}

struct Answer {
  int id = 0;
  std::string title;
};
PRIVITY_DESCRIBE(Answer, (id, title))
inline std::vector<FieldNote> FieldNotes(const Answer*) {
  return {{.name = "id", .read_only = true}};
}

TEST(Json, ReadOnlyMembersAreWrittenAndRefusedWhenRead) {
  EXPECT_EQ(ToJson(Answer{.id = 3, .title = "t"}), R"({"id":3,"title":"t"})");
  EXPECT_EQ(FromJson<Answer>(R"({"title":"t"})").value().title, "t");
  EXPECT_TRUE(FromJson<Answer>(R"({"id":3,"title":"t"})").error().Is("base.value_read_only"));
}

TEST(Enums, SpellAndParse) {
  EXPECT_EQ(EnumText(Basis::kLegalObligation), "legal_obligation");
  EXPECT_EQ(ParseEnum<Basis>("contract").value(), Basis::kContract);
  EXPECT_EQ(ParseEnum<Basis>("kContract").error().Parameter("accepted"), "consent, contract, legal_obligation");
}

TEST(JsonValue, BuildsAndReads) {
  Json json = Json::Object({{"name", "crm"}, {"rows", 12}});
  json.Set("open", true).Set("tags", Json()).Set("rows", 13);
  EXPECT_EQ(ToJson(json), R"({"name":"crm","rows":13,"open":true,"tags":null})");
  EXPECT_EQ(*json["name"].string(), "crm");
  EXPECT_EQ(json["rows"].IntegerOr(0), 13);
  EXPECT_TRUE(json["absent"]["deeper"].is_null());
  EXPECT_TRUE(json.Remove("tags"));
  EXPECT_FALSE(json.Remove("tags"));
  EXPECT_EQ(json, ParseJson(R"({"open":true,"rows":13,"name":"crm"})").value());
  EXPECT_NE(json, ParseJson(R"({"open":true,"rows":13,"nam":"crm"})").value());
}

TEST(JsonValue, FollowsPointers) {
  // RFC 6901 section 5.
  const Json json = ParseJson(R"({"foo":["bar","baz"],"":0,"a/b":1,"m~n":8," ":7})").value();
  EXPECT_EQ(*json.At("/foo/0")->string(), "bar");
  EXPECT_EQ(*json.At("/")->integer(), 0);
  EXPECT_EQ(*json.At("/a~1b")->integer(), 1);
  EXPECT_EQ(*json.At("/m~0n")->integer(), 8);
  EXPECT_EQ(json.At(""), &json);
  for (const std::string_view pointer : {"foo", "/foo/2", "/foo/x", "/foo/0/x", "/absent"})
    EXPECT_EQ(json.At(pointer), nullptr);
}

TEST(JsonValue, ConvertsToAndFromStructs) {
  const Json json = ToJsonValue(ExamplePurpose().fallback);
  EXPECT_EQ(json["days"].IntegerOr(0), -1);
  EXPECT_EQ(FromJsonValue<Retention>(json).value(), *ExamplePurpose().fallback);
}

struct NumberVector {
  std::uint64_t bits;
  std::string_view text;
};
// RFC 8785 appendix B.
const NumberVector kNumberVectors[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

TEST(CanonicalJson, PrintsNumbersAsRfc8785AppendixB) {
  for (const auto& row : kNumberVectors) EXPECT_EQ(ToCanonicalJson(std::bit_cast<double>(row.bits)).value(), row.text);
}

TEST(CanonicalJson, SortsMembersByUtf16AsRfc8785Section323) {
  const Json json =
      ParseJson(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
                R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",)"
                R"("\u00f6":"Latin Small Letter O With Diaeresis"})")
          .value();
  EXPECT_EQ(
      ToCanonicalJson(json).value(),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
      "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJson, SpellsStringsAndLiteralsAsRfc8785Section322) {
  const Json json =
      ParseJson(R"({"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],)"
                R"("string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})")
          .value();
  EXPECT_EQ(ToCanonicalJson(json).value(),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

TEST(CanonicalJson, StructsAreSortedToo) {
  EXPECT_EQ(ToCanonicalJson(Node{.value = 1, .children = {Node{.value = 2, .children = {}}}}).value(),
            R"({"children":[{"children":[],"value":2}],"value":1})");
}

TEST(CanonicalJson, RefusesNumbersThatOtherReadersWouldChange) {
  EXPECT_TRUE(ToCanonicalJson(Json(std::int64_t{9007199254740991})).ok());
  const Json large = Json::Object({{"a", Json::Object({{"n", std::int64_t{9007199254740992}}})}});
  EXPECT_EQ(ToCanonicalJson(large).error().DebugString(), "base.json_not_canonical{path=/a/n}");
  EXPECT_FALSE(ToCanonicalJson(std::numeric_limits<double>::quiet_NaN()).ok());
}

}  // namespace
}  // namespace privity
