// Columns of words that stand in no list: judged by how they are spelled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/value_model.h"

namespace privity {
namespace {

using ::testing::IsEmpty;

ColumnJudgement Judged(std::vector<std::string> values) {
  static const auto detector = Detector::BuiltIn().value();
  return detector->Column({.field = {.collection = "t1", .field = "c1"}, .values = std::move(values)});
}

std::string CategoryOf(std::vector<std::string> values) {
  return Judged(std::move(values)).category;
}

// Whether the model of values spoke, by the sign of what it said.
double SpelledWeight(const ColumnJudgement& judged) {
  double weight = 0;
  for (const Evidence& part : judged.evidence) {
    if (part.kind == EvidenceKind::kValuesSpelled) weight += part.weight;
  }
  return weight;
}

TEST(SpelledValues, NamesOfManyScriptsAreFound) {
  EXPECT_THAT(CategoryOf({"रमेश", "सुनीता", "विजय", "अनुराधा", "मोहनलाल", "शकुंतला", "देवेंद्र", "कमलेश", "गीतांजलि", "हरीश"}),
              ::testing::StartsWith("user.name"));
  EXPECT_THAT(CategoryOf({"بهرام", "پروانه", "کیومرث", "شهلا", "فریدون", "منیژه", "سیاوش", "گلنار", "داریوش", "نسترن"}),
              ::testing::StartsWith("user.name"));
  EXPECT_THAT(CategoryOf({"ბაღათურია", "წიკლაური", "ხუციშვილი", "ლორთქიფანიძე", "ჯაფარიძე", "მეტრეველი", "გოგიჩაიშვილი",
                          "ქავთარაძე"}),
              ::testing::StartsWith("user.name"));
}

TEST(SpelledValues, NamesOfAccountsAreFound) {
  EXPECT_EQ(CategoryOf({"tbrannigan", "koehlerhanna", "vesna_1979", "hlopez22", "mduarte", "petersenk", "olga.vrba",
                        "rjankauskas", "swhitlock", "dmorozov_84"}),
            "user.account.username");
}

TEST(SpelledValues, TownsAndJobsThatAreInNoListAreFound) {
  EXPECT_EQ(CategoryOf({"Ober-Hollabrunn", "Kirchschlag am Wald", "Purkersdorf", "Neusiedl an der Au",
                        "Sankt Veit im Tal", "Waidhofen", "Bad Tannmühl", "Grünbach", "Hinterbrühl", "Pernitz"}),
            "user.contact.address.city");
  EXPECT_EQ(CategoryOf({"kierownik sprzedaży", "operator koparki", "starszy księgowy", "elektryk", "pracownik magazynu",
                        "specjalista ds. kadr", "technik dentystyczny", "kucharz", "nauczyciel matematyki"}),
            "user.job_title");
}

TEST(SpelledValues, CompaniesThatAreCalledAfterPeopleAreNobodys) {
  const ColumnJudgement judged =
      Judged({"Favre-Tanner", "Kaiser Ltd", "Robert, Dubois et Fils", "Müller Group", "Berger-Lang", "Weber PLC",
              "Moser and Sons", "Huber, Graf und Keller", "Frei Inc", "Vogel-Brunner"});
  EXPECT_EQ(judged.category, kNoCategory);
}

TEST(SpelledValues, ZonesOfTimeAreNoTowns) {
  EXPECT_EQ(CategoryOf({"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Africa/Nairobi", "Europe/Madrid",
                        "Australia/Sydney", "America/Bogota", "Asia/Kolkata"}),
            kNoCategory);
}

TEST(SpelledValues, ThingsAreNobodys) {
  EXPECT_EQ(CategoryOf({"Stainless Kettle 1.7 l", "Garden Hose 20 m", "Oak Shelf", "Desk Lamp", "Cordless Drill",
                        "Bath Towel Set", "Paper Tray", "Water Filter"}),
            kNoCategory);
  EXPECT_EQ(CategoryOf({"EUR", "USD", "CHF", "GBP", "JPY", "SEK", "PLN", "CZK", "HUF"}), kNoCategory);
  EXPECT_EQ(CategoryOf({"pending", "shipped", "returned", "on hold", "cancelled", "delivered", "draft"}), kNoCategory);
  EXPECT_EQ(
      CategoryOf({"шуруповёрт", "отвёртка", "молоток", "рубанок", "стамеска", "кисть малярная", "уровень", "пила"}),
      kNoCategory);
}

// What a column is called is known better than what its cells are spelled like, and few cells say nothing.
TEST(SpelledValues, TheModelIsAskedOnlyWhereTheNameSaysNothing) {
  static const auto detector = Detector::BuiltIn().value();
  const std::vector<std::string> values = {"tbrannigan", "koehlerhanna", "vesna_1979", "hlopez22",
                                           "mduarte",    "petersenk",    "olga.vrba"};
  EXPECT_EQ(SpelledWeight(detector->Column({.field = {.collection = "wares", .field = "warehouse"}, .values = values})),
            0);
  EXPECT_EQ(SpelledWeight(Judged({"tbrannigan", "koehlerhanna", "hlopez22"})), 0);
  EXPECT_GT(SpelledWeight(Judged(values)), 0);
}

TEST(ValueModel, FilesThatAreNoneAreRefused) {
  using detect::ValueModel;
  EXPECT_EQ(ValueModel::Parse("").error().code(), "detect.value_model");
  EXPECT_EQ(ValueModel::Parse(std::string(5000, 'x')).error().code(), "detect.value_model");
  detect::ValueModelHead head{.magic = {}, .rows = 8, .kinds = 2, .names_bytes = 4};
  std::ranges::copy(ValueModel::kMagic, head.magic.begin());
  detect::FieldNet::Head scales{.rows = 1, .first = 1, .second = 1, .outputs = 1};
  const auto file = [&](std::string_view names) {
    std::string net(detect::FieldNet::BytesOf(8, 3), '\1');
    std::memcpy(net.data(), &scales, sizeof scales);
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) + net + std::string(names);
  };
  EXPECT_TRUE(ValueModel::Parse(file("a\nb\n")).ok());
  EXPECT_FALSE(ValueModel::Parse(file("a\nb")).ok()) << "cut short";
  EXPECT_FALSE(ValueModel::Parse(file("a\nb\n") + "x").ok()) << "too long";
  EXPECT_FALSE(ValueModel::Parse(file("abc\n")).ok()) << "a name is missing";
  head.rows = 3;
  EXPECT_FALSE(ValueModel::Parse(file("a\nb\n")).ok()) << "no power of two";
  head.rows = 8;
  scales.first = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(ValueModel::Parse(file("a\nb\n")).ok()) << "a scale that is no number";
}

// Bytes of any kind are a cell; a long one takes no more time than its first characters.
TEST(ValueModel, AnyBytesAreRead) {
  std::vector<std::uint32_t> signs;
  detect::ReadCellSigns("", signs);
  detect::ReadCellSigns("---", signs);
  EXPECT_THAT(signs, IsEmpty());
  detect::ReadCellSigns("\xff\xfe\x80 \xe0\xa4", signs);
  signs.clear();
  detect::ReadCellSigns(std::string(100000, 'a'), signs);
  EXPECT_LT(signs.size(), 2000u);
}

}  // namespace
}  // namespace privity
