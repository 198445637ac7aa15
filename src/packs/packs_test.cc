#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "packs/bundle.h"
#include "packs/catalog.h"
#include "packs/holidays.h"
#include "packs/internal/prepared_packs.h"

namespace privity {

// The smallest kind there can be.
struct ColorPack {
  PackHeader pack;
  std::vector<std::string> colors;
  std::optional<std::int64_t> count;
};
PRIVITY_DESCRIBE(ColorPack, (pack, colors, count))

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Date kDay = Date::Parse("2026-03-10").value();

std::vector<PackKind> Kinds() {
  return {HolidayCalendarKind(),
          MakePackKind<ColorPack>("color", [](const ColorPack& pack, const PackPlaces& places) -> Status {
            if (pack.colors.empty()) return places.Invalid("/colors", "no color");
            return Ok();
          })};
}

std::string ColorText(std::string_view version, std::string_view rest, std::string_view valid_from = "") {
  std::string text =
      "pack:\n  kind: color\n  id: warm\n  version: " + std::string(version) + "\n  title: Warm colors\n";
  if (!valid_from.empty()) text += "  valid_from: " + std::string(valid_from) + "\n";
  return text + "  sources: [{title: Invented for this test}]\n" + std::string(rest);
}

PackCatalog Catalog(const std::vector<PackFile>& files) {
  return PackCatalog::Load(Kinds(), files).value();
}

TEST(Packs, EveryBuiltInPackIsSoundAndNamesItsSources) {
  EXPECT_THAT(ValidatePackFiles(Kinds(), BuiltInPackFiles("holidays/")), IsEmpty());
  const auto list = Catalog(BuiltInPackFiles("holidays/")).List(kDay);
  EXPECT_GE(list.size(), 6u);
  for (const PackSummary& pack : list) {
    EXPECT_GE(pack.sources, 1) << pack.id;
    EXPECT_TRUE(pack.in_force) << pack.id;
  }
}

TEST(Packs, TheBuildHasReadEveryBuiltInPack) {
  for (const PackFile& file : BuiltInPackFiles()) EXPECT_TRUE(PreparedPack(file.path, file.text)) << file.path;
}

TEST(Packs, AnotherTextUnderTheNameOfABuiltInPackIsReadItself) {
  PackFile file = BuiltInPackFiles("holidays/").front();
  file.text += "\nno_such_member: 1\n";
  EXPECT_EQ(PreparedPack(file.path, file.text), std::nullopt);
  EXPECT_FALSE(ReadPack(Kinds(), file.path, file.text).ok());
}

struct WrongRow {
  std::string text;
  const char* error;
};

TEST(Packs, AWrongFileIsRefusedWithItsPlaceAndTheNearestName) {
  const std::string good = ColorText("1", "colors: [red]\n");
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const WrongRow& row : {WrongRow{replaced("kind: color", "kind: colour"),
                                       "packs.kind_unknown{file=x.yaml, kind=colour, nearest=color}"},
                              WrongRow{"colors: [red]\n", "packs.header_missing{file=x.yaml}"},
                              WrongRow{"pack: 3\n", "packs.header_missing{file=x.yaml}"},
                              WrongRow{replaced("colors: [red]", "colors: []"),
                                       "packs.invalid{file=x.yaml, line=7, column=9, problem=no color}"}}) {
    EXPECT_EQ(ReadPack(Kinds(), "x.yaml", row.text).error().DebugString(), row.error) << row.text;
  }
  const auto place = [&](const std::string& text) {
    const auto pack = ReadPack(Kinds(), "x.yaml", text);
    return pack.error().code() + " " + std::string(pack.error().Parameter("place"));
  };
  EXPECT_EQ(place(replaced("colors: [red]", "colours: [red]")), "base.value_unknown_member x.yaml:7:1");
  EXPECT_EQ(place(replaced("version: 1", "version: one")), "base.value_wrong_format x.yaml:4:12");
  EXPECT_EQ(place(replaced("[{title: Invented for this test}]", "[]")), "base.value_too_short x.yaml:6:12");
  EXPECT_EQ(ReadPack(Kinds(), "x.yaml", replaced("colors: [red]", "colours: [red]")).error().Parameter("nearest"),
            "colors");
}

TEST(Packs, OfSeveralVersionsTheHighestInForceCounts) {
  const auto catalog =
      Catalog({{.path = "a.yaml", .text = ColorText("1", "colors: [red]\n")},
               {.path = "b.yaml", .text = ColorText("2", "colors: [orange]\n", "2026-01-01")},
               {.path = "c.yaml", .text = ColorText("10", "colors: [yellow]\n", "2027-01-01"), .installed = true}});
  const auto color = [&](const char* day) {
    return catalog.Get<ColorPack>("color", "warm", Date::Parse(day).value()).value()->colors.at(0);
  };
  EXPECT_EQ(color("2025-12-31"), "red");
  EXPECT_EQ(color("2026-01-01"), "orange");
  EXPECT_EQ(color("2027-01-01"), "yellow");
  std::vector<std::string> in_force;
  for (const PackSummary& pack : catalog.List(kDay))
    in_force.push_back(pack.version + (pack.in_force ? " yes" : " no") + (pack.installed ? " installed" : ""));
  EXPECT_THAT(in_force, ElementsAre("1 no", "2 yes", "10 no installed"));
  EXPECT_EQ(catalog.FindVersion("color", "warm", PackVersion::Parse("10").value()).value()->path, "c.yaml");
}

TEST(Packs, WhatIsNotThereIsAnErrorWithTheNearestName) {
  const auto catalog = Catalog({{.path = "a.yaml", .text = ColorText("1", "colors: [red]\n", "2026-01-01")}});
  EXPECT_EQ(catalog.Find("color", "wram", kDay).error().DebugString(), "packs.unknown{pack=color/wram, nearest=warm}");
  EXPECT_EQ(catalog.Find("sound", "warm", kDay).error().DebugString(), "packs.unknown{pack=sound/warm, nearest=}");
  EXPECT_EQ(catalog.Find("color", "warm", Date::Parse("2025-12-31").value()).error().DebugString(),
            "packs.not_in_force{pack=color/warm, day=2025-12-31}");
}

TEST(Packs, TheSameVersionTwiceIsAConflictUnlessTheFilesAreEqual) {
  const std::string red = ColorText("1", "colors: [red]\n");
  EXPECT_EQ(PackCatalog::Load(Kinds(), {{"a.yaml", red}, {"b.yaml", ColorText("1", "colors: [blue]\n"), true}})
                .error()
                .DebugString(),
            "packs.conflict{pack=color/warm 1, file=b.yaml, other=a.yaml}");
  EXPECT_TRUE(PackCatalog::Load(Kinds(), {{"a.yaml", red}, {"b.yaml", red, true}}).ok());
}

TEST(PackVersion, IsComparedNumberByNumber) {
  const auto version = [](const char* text) { return PackVersion::Parse(text).value(); };
  EXPECT_LT(version("2026.2"), version("2026.10"));
  EXPECT_LT(version("2026"), version("2026.0"));
  EXPECT_EQ(version("2026.10.1").ToString(), "2026.10.1");
  for (const char* text :
       {"", ".", "1.", ".1", "1..2", "01", "1.02", "v1", "-1", "1.2.3.4.5", "99999999999999999999"}) {
    EXPECT_TRUE(PackVersion::Parse(text).error().Is("packs.version_invalid")) << text;
  }
}

TEST(Packs, FilesOfADirectoryAreReadInOrderAndAMissingOneIsEmpty) {
  char pattern[] = "/tmp/privity-packs-XXXXXX";
  ASSERT_NE(mkdtemp(pattern), nullptr);
  const std::filesystem::path directory(pattern);
  std::filesystem::create_directories(directory / "sub");
  for (const char* name : {"b.yaml", "sub/a.yaml", "notes.txt"}) std::ofstream(directory / name) << name;
  const auto files = ReadPackFiles(directory).value();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].path + " " + files[1].path + " " + files[1].text, "b.yaml sub/a.yaml sub/a.yaml");
  EXPECT_TRUE(files[0].installed);
  std::filesystem::remove_all(directory);
  EXPECT_THAT(ReadPackFiles(directory).value(), IsEmpty());
}

TEST(DiffPacks, NamesWhatChangedByPlace) {
  const auto read = [](const std::string& text) { return ReadPack(Kinds(), "x.yaml", text).value(); };
  const auto differences =
      DiffPacks(read(ColorText("1", "colors: [red, green]\n")), read(ColorText("2", "colors: [red]\ncount: 3\n")));
  EXPECT_THAT(differences,
              ElementsAre(PackDifference{"/pack/version", "\"1\"", "\"2\""},
                          PackDifference{"/colors/1", "\"green\"", ""}, PackDifference{"/count", "", "3"}));
}

TEST(DiffPacks, ItemsWithNamesAreComparedByName) {
  const std::string head =
      "pack:\n  kind: holiday_calendar\n  id: xx\n  version: 1\n  title: X\n  sources: [{title: Invented}]\ncountry: "
      "XX\nholidays:\n";
  const auto read = [&](const std::string& holidays) { return ReadPack(Kinds(), "x.yaml", head + holidays).value(); };
  const auto before = read("  - {name: A, on: 01-01}\n  - {name: B, on: 02-02}\n");
  const auto after = read("  - {name: C, easter: 1}\n  - {name: B, on: 02-03}\n  - {name: A, on: 01-01}\n");
  std::vector<std::string> paths;
  for (const auto& difference : DiffPacks(before, after)) paths.push_back(difference.path);
  EXPECT_THAT(paths, ElementsAre("/holidays/B/on", "/holidays/C"));
}

class BundleTest : public testing::Test {
 protected:
  const SigningKey key_ = SigningKey::FromSeed(Key::FromBytes(Bytes(32, std::byte{7})).value());
  const SigningKey other_ = SigningKey::FromSeed(Key::FromBytes(Bytes(32, std::byte{8})).value());
  const PackBundle bundle_{.made_at = ParseInstant("2026-03-10T09:30:00Z").value(),
                           .files = {{"law/b.yaml", "b"}, {"a.yaml", "ü\n"}}};
};

TEST_F(BundleTest, OpensWhatATrustedKeySigned) {
  const std::string bytes = SignPackBundle(bundle_, key_).value();
  const auto opened = OpenPackBundle(bytes, std::vector{other_.verify_key(), key_.verify_key()});
  ASSERT_TRUE(opened.ok()) << opened.error().DebugString();
  EXPECT_EQ(opened->made_at, bundle_.made_at);
  ASSERT_EQ(opened->files.size(), 2u);
  EXPECT_EQ(opened->files[0].path + opened->files[0].text + opened->files[1].path + opened->files[1].text,
            "a.yamlü\nlaw/b.yamlb");
}

// docs/formats/pack.md shows this bundle: a change here changes the format.
TEST_F(BundleTest, LooksAsDocumented) {
  const std::string bytes = SignPackBundle({.made_at = bundle_.made_at, .files = {{"a.yaml", "x"}}}, key_).value();
  EXPECT_THAT(bytes, testing::MatchesRegex("privity-pack-bundle 1\nkey 6kps[^\n]*=\nsignature [A-Za-z0-9+/]+==\n.*"));
  EXPECT_THAT(bytes, testing::EndsWith("\n{\"files\":[{\"path\":\"a.yaml\",\"text\":\"x\"}],\"made_at\":1773135000}"));
}

TEST_F(BundleTest, AnyChangeAndAnyOtherKeyIsRefused) {
  const std::string good = SignPackBundle(bundle_, key_).value();
  const std::vector trusted = {key_.verify_key()};
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(OpenPackBundle(changed, trusted).ok()) << at;
  }
  EXPECT_TRUE(OpenPackBundle(good.substr(0, good.size() - 1), trusted).error().Is("packs.bundle_signature"));
  EXPECT_TRUE(OpenPackBundle(good, std::vector{other_.verify_key()}).error().Is("packs.bundle_untrusted"));
  EXPECT_TRUE(OpenPackBundle(good, {}).error().Is("packs.bundle_untrusted"));
  EXPECT_TRUE(OpenPackBundle("", trusted).error().Is("packs.bundle_damaged"));
}

TEST_F(BundleTest, APathCannotLeaveThePacksDirectory) {
  for (const char* path :
       {"../a.yaml", "/a.yaml", "a/../b.yaml", "a//b.yaml", "a.yml", ".hidden.yaml", "A.yaml", "a\\b.yaml", ""}) {
    EXPECT_TRUE(SignPackBundle({.files = {{path, "x"}}}, key_).error().Is("packs.bundle_path")) << path;
  }
  EXPECT_TRUE(OpenPackBundle(SignPackBundle({.files = {{"a.yaml", "x"}, {"a.yaml", "y"}}}, key_).value(),
                             std::vector{key_.verify_key()})
                  .error()
                  .Is("packs.bundle_path"));
}

}  // namespace
}  // namespace privity
