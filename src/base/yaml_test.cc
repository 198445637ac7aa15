#include "base/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/prepared_yaml.h"

namespace privity {
namespace {

struct Right {
  std::string name;
  std::string article;
  std::optional<std::int32_t> days;
  bool operator==(const Right&) const = default;
};
PRIVITY_DESCRIBE(Right, (name, article, days))

struct Pack {
  std::string id;
  std::string version;
  bool draft = true;
  std::vector<Right> rights;
  std::map<std::string, double> weights;
  Json extra;
};
PRIVITY_DESCRIBE(Pack, (id, version, draft, rights, weights, extra))

constexpr std::string_view kPack = R"(# A pack.
id: eu-gdpr
version: 1.10
draft: false
rights:
  - {name: access, article: "15", days: 30}
  - name: erasure
    article: 17
weights: {NO: 0.5, "yes": 2}
extra:
  any: [1, 2.5, true, null, ~, text, "7", NO]
)";

TEST(Yaml, TheTypeDecidesWhatAScalarMeans) {
  const Pack pack = FromYaml<Pack>(kPack, "pack.yaml").value();
  EXPECT_EQ(pack.version, "1.10");
  EXPECT_FALSE(pack.draft);
  ASSERT_EQ(pack.rights.size(), 2u);
  EXPECT_EQ(pack.rights[0], (Right{"access", "15", 30}));
  EXPECT_EQ(pack.rights[1], (Right{"erasure", "17", std::nullopt}));
  EXPECT_EQ(pack.weights.at("NO"), 0.5);
  EXPECT_EQ(ToJson(pack.extra), R"({"any":[1,2.5,true,null,null,"text","7","NO"]})");
}

struct Refusal {
  std::string_view yaml, code, place, path;
};
const Refusal kRefusals[] = {
    {"name: a\narticle: b\ndays: soon\n", "base.value_wrong_type", "r.yaml:3:7", "/days"},
    {"name: a\narticle: b\ndays: '3'\n", "base.value_wrong_type", "r.yaml:3:7", "/days"},
    {"name: a\narticle: b\ndays: 0x10\n", "base.value_wrong_type", "r.yaml:3:7", "/days"},
    {"name: a\narticle: b\nday: 3\n", "base.value_unknown_member", "r.yaml:3:1", "/day"},
    {"name: a\nname: b\narticle: c\n", "base.value_repeated", "r.yaml:2:1", "/name"},
    {"name:\narticle: b\n", "base.value_wrong_type", "r.yaml:1:1", "/name"},
    {"name: [a]\narticle: b\n", "base.value_wrong_type", "r.yaml:1:7", "/name"},
    {"article: b\n", "base.value_missing", "r.yaml:1:1", "/name"},
    {"- a\n", "base.value_wrong_type", "r.yaml:1:1", "/"},
    {"", "base.value_wrong_type", "r.yaml:1:1", "/"},
    {"name: a\n article: b\n", "base.yaml_syntax", "r.yaml:2:9", ""},
    {"name: [a\n", "base.yaml_syntax", "r.yaml:2:1", ""},
    {"name: !!str a\narticle: b\n", "base.yaml_syntax", "r.yaml:1:7", ""},
    {"? [a]\n: b\n", "base.yaml_syntax", "r.yaml:1:3", ""},
    {"name: a\narticle: b\n---\nname: c\n", "base.yaml_syntax", "r.yaml:4:1", ""},
    {"name: *nobody\n", "base.yaml_syntax", "r.yaml:1:7", ""},
    {"name: &a [*a]\n", "base.yaml_syntax", "r.yaml:1:11", ""},
    {"name: \"\xff\"\n", "base.yaml_syntax", "r.yaml:1:7", ""},
};

TEST(Yaml, RefusalsNameFileLineAndColumn) {
  for (const auto& row : kRefusals) {
    const auto right = FromYaml<Right>(row.yaml, "r.yaml");
    ASSERT_FALSE(right.ok()) << row.yaml;
    EXPECT_EQ(right.error().code(), row.code) << row.yaml << right.error().DebugString();
    EXPECT_EQ(right.error().Parameter("place"), row.place) << row.yaml << right.error().DebugString();
    EXPECT_EQ(right.error().Parameter("path"), row.path) << row.yaml;
  }
}

TEST(Yaml, AliasesAreFollowed) {
  const auto json = FromYaml<Json>("base: &b {x: 1}\nname: &n a\nlist: [*b, *b, *n]\n", "a.yaml");
  EXPECT_EQ(ToJson(json.value()), R"({"base":{"x":1},"name":"a","list":[{"x":1},{"x":1},"a"]})");
}

TEST(Yaml, AliasesCannotGrowWithoutBound) {  // "a billion laughs"
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) text += (k == 0 ? "" : ", ") + before;
    text += "]\n";
  }
  EXPECT_EQ(FromYaml<Json>(text, "a.yaml").error().code(), "base.yaml_too_large");
}

TEST(Yaml, LimitsHold) {
  EXPECT_EQ(FromYaml<Json>("a: 1", "a.yaml", {.size_bytes_max = 3}).error().code(), "base.yaml_too_large");
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_EQ(FromYaml<Json>(deep, "a.yaml").error().code(), "base.yaml_syntax");
}

TEST(Yaml, MissingMembersKeepTheirDefaultWhenAsked) {
  const auto pack = FromYaml<Pack>("id: x\n", "p.yaml", {.missing_keeps_default = true});
  EXPECT_TRUE(pack.value().draft);
  EXPECT_EQ(FromYaml<Pack>("", "p.yaml", {.missing_keeps_default = true}).error().code(), "base.value_wrong_type");
}

TEST(Yaml, PlacesTellWhereEveryValueStands) {
  YamlPlaces places;
  ASSERT_TRUE(FromYaml<Pack>(kPack, "pack.yaml", {.places = &places}).ok());
  EXPECT_EQ(places.at("/version").line, 3);
  EXPECT_EQ(places.at("/rights/1/article").line, 8);
  EXPECT_EQ(places.at("/rights/1/article").column, 14);
  EXPECT_EQ(places.at("/weights/yes").line, 9);
  EXPECT_EQ(places.count("/extra/any/7"), 1u);
}

TEST(PreparedYaml, IsReadAsItsTextIs) {
  const auto prepared = PrepareYaml(kPack, "pack.yaml");
  ASSERT_TRUE(prepared.ok());
  Pack pack;
  ASSERT_TRUE(DecodePreparedYaml(TypeOf<Pack>(), *prepared, "pack.yaml", &pack).ok());
  EXPECT_EQ(ToJson(pack), ToJson(FromYaml<Pack>(kPack, "pack.yaml").value()));
  EXPECT_EQ(pack.version, "1.10");
}

TEST(PreparedYaml, NamesTheSamePlaceAsTheText) {
  constexpr std::string_view kWrong = "id: eu-gdpr\nversion: 1\ndraft: maybe\n";
  Pack pack;
  const auto prepared = PrepareYaml(kWrong, "pack.yaml").value();
  const Status status = DecodePreparedYaml(TypeOf<Pack>(), prepared, "pack.yaml", &pack);
  const auto from_text = FromYaml<Pack>(kWrong, "pack.yaml");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), from_text.error().code());
  EXPECT_EQ(status.error().parameters(), from_text.error().parameters());
}

TEST(PreparedYaml, BytesThatWereNotPreparedAreRefused) {
  const std::string prepared = PrepareYaml(kPack, "pack.yaml").value();
  for (const std::string_view bytes :
       {std::string_view(), std::string_view("text"), std::string_view(prepared).substr(0, 20)}) {
    Pack pack;
    EXPECT_EQ(DecodePreparedYaml(TypeOf<Pack>(), bytes, "pack.yaml", &pack).error().code(), "base.yaml_syntax");
  }
}

}  // namespace
}  // namespace privity
