#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "detect/detector.h"
#include "detect/taxonomy.h"

namespace privity {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kHead =
    "pack: {kind: detector, id: member-number, version: 1, title: Members, sources: [{title: The club's rules}]}\n";

std::string Refusal(std::string_view rest) {
  const auto pack = ReadPack(DetectorPackKinds(), "member.yaml", std::string(kHead) + std::string(rest));
  return pack.ok() ? "accepted" : pack.error().DebugString();
}

TEST(DetectorFiles, OfTheProgramAreAllSound) {
  for (const Error& error : ValidatePackFiles(DetectorPackKinds(), BuiltInDetectorFiles())) {
    ADD_FAILURE() << error.DebugString();
  }
}

TEST(DetectorFiles, AreRefusedWithTheLineOfTheMistake) {
  EXPECT_EQ(Refusal("entity: other_id\ncategory: user.unique_id\nfields: {names: [member number]}\n"), "accepted");
  EXPECT_THAT(Refusal("entity: other_id\ncategory: user.unique_id\n"),
              HasSubstr("neither `text` nor `fields` nor `values`"));
  EXPECT_THAT(Refusal("entity: other_id\ncategory: system.operations\nfields: {names: [a]}\n"), HasSubstr("line=3"));
  EXPECT_THAT(Refusal("entity: menber\ncategory: user\nfields: {names: [a]}\n"), HasSubstr("line=2"));
  EXPECT_THAT(Refusal("entity: other_id\ncategory: user\nfields: {}\n"), HasSubstr("at least one name"));
  EXPECT_THAT(Refusal("entity: other_id\ncategory: user\ntext: {shape: number}\n"), HasSubstr("needs `patterns`"));
  EXPECT_THAT(Refusal("entity: other_id\ncategory: user\ntext:\n  shape: number\n  patterns: ['[0-9]{5}']\n"),
              HasSubstr("`examples`"));
  EXPECT_THAT(Refusal("entity: other_id\ncategory: user\ntext:\n  shape: number\n  patterns: ['[0-9]{5}']\n"
                      "  context_needed: true\nexamples: [x]\n"),
              HasSubstr("line=7"));
}

TEST(DetectorFiles, NameACategoryOfTheTaxonomy) {
  auto files = BuiltInDetectorFiles();
  files.push_back({.path = "detectors/member.yaml",
                   .text = std::string(kHead) + "entity: other_id\ncategory: user.membership\nfields: {names: [a]}\n"});
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), files).value();
  const auto detector = Detector::Create(catalog, Date::FromYearMonthDay(2026, 1, 1).value());
  ASSERT_FALSE(detector.ok());
  EXPECT_EQ(detector.error().DebugString(),
            "detect.category_unknown{detector=member-number, category=user.membership}");
}

// What a detector cannot be made of when the vocabulary of accounts is changed so.
std::string RefusalOfVocabulary(const std::function<void(std::string& text)>& change) {
  auto files = BuiltInDetectorFiles();
  for (PackFile& file : files) {
    if (file.path == "detectors/vocabulary/accounts.yaml") change(file.text);
  }
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), files).value();
  const auto detector = Detector::Create(catalog, Date::FromYearMonthDay(2026, 1, 1).value());
  return detector.ok() ? "accepted" : detector.error().DebugString();
}

TEST(DetectorFiles, OfWordsHaveTheSetsThatRulesAskForAndNoOthers) {
  EXPECT_EQ(RefusalOfVocabulary([](std::string&) {}), "accepted");
  EXPECT_EQ(RefusalOfVocabulary([](std::string& text) { text += "  others:\n    en: [whatever]\n"; }),
            "detect.set_unknown{pack=accounts, set=others}");
  EXPECT_EQ(RefusalOfVocabulary([](std::string& text) { text.replace(text.find("  named:"), 8, "  names:"); }),
            "detect.set_missing{pack=accounts, set=named}");
}

TEST(DetectorFiles, OfACompanyCount) {
  auto files = BuiltInDetectorFiles();
  files.push_back(
      {.path = "detectors/member.yaml",
       .text = std::string(kHead) + "entity: other_id\ncategory: user.unique_id\nfields: {names: [zunftnummer]}\n"});
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), files).value();
  const auto detector = Detector::Create(catalog, Date::FromYearMonthDay(2026, 1, 1).value()).value();
  EXPECT_EQ(detector->Field({.collection = "x", .field = "zunftnummer"}).detector, "member-number");
}

TEST(Taxonomy, KnowsBranches) {
  EXPECT_EQ(CategoryBranch("user.contact.address.city", 2), "user.contact");
  EXPECT_EQ(CategoryBranch("user", 2), "user");
  EXPECT_TRUE(IsPersonal("user.contact"));
  EXPECT_FALSE(IsPersonal("system.operations"));
  EXPECT_FALSE(IsPersonal("none"));
}

}  // namespace
}  // namespace privity
