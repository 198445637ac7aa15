// Columns that are told, or refuted, by how all of their values are written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "detect/detector.h"

namespace privity {
namespace {

using testing::ElementsAre;

using Values = std::vector<std::string>;

const Detector& BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return *detector;
}

std::string CategoryOf(Values values) {
  return BuiltIn().Column({.field = {.collection = "t1", .field = "c1"}, .values = std::move(values)}).category;
}

std::vector<std::string> CategoriesOf(const std::vector<Values>& table) {
  std::vector<ColumnContext> columns;
  for (const Values& values : table)
    columns.push_back(
        {.field = {.collection = "t1", .field = "c" + std::to_string(columns.size() + 1)}, .values = values});
  std::vector<std::string> categories;
  for (const ColumnJudgement& judged : BuiltIn().Columns(columns)) categories.push_back(judged.category);
  return categories;
}

// No plan has these area codes; but who writes brackets, a plus or an extension writes a telephone.
TEST(WrittenColumn, OfManyWaysHoldsTelephones) {
  EXPECT_EQ(CategoryOf({"001-671-322-5195x504", "(806)315-1736x25", "+1-409-441-2930", "947.503.6040x13597",
                        "6869660206", "196-043-9812"}),
            "user.contact.phone_number");
  EXPECT_EQ(CategoryOf({"686966020", "686966", "68696", "6869660206", "68"}), "none");
}

TEST(WrittenColumn, OfDigitsAloneHoldsTelephonesWhereAllBeginAsOnePlanWants) {
  const Values chinese = {"13581729904", "18617730215", "15210448873", "13910262218",
                          "18801093347", "17710552086", "13661387750", "15811046629"};
  EXPECT_EQ(CategoryOf(chinese), "user.contact.phone_number");
  Values counted;
  for (int i = 0; i < 8; ++i) counted.push_back("1358172990" + std::to_string(i));
  EXPECT_EQ(CategoryOf(counted), "none") << "they follow one another";
  Values others = chinese;
  for (std::size_t i = 0; i < others.size(); i += 2) others[i][1] = '0';
  EXPECT_EQ(CategoryOf(others), "none");
}

// What people write into cells beside a number, or in place of it.
TEST(WrittenColumn, IsOfItsKindAmongNotesAndWords) {
  EXPECT_EQ(CategoryOf({"304035407702", "8824 3659 3090", "lost", "2341-2341-2346 (old)", "see contract",
                        "499118665246", "8O12 3456 7896"}),
            "user.government_id.national_identification_number");
  EXPECT_EQ(CategoryOf({"DE41 3704 0044 1117", "siehe Mandat", "DE38370400449160613125", "AT466000003338747083",
                        "DE35 5001 0517 3820 3622 19", "gesperrt", "DE15200411338713562631", "cash"}),
            "user.financial.bank_account");
  EXPECT_EQ(CategoryOf({"10115", "D-80331", "DE 44135", "01067", "Bonn", "20095/20097", "A-6020", "unbekannt"}),
            "user.contact.address.postal_code");
  EXPECT_EQ(CategoryOf({"B-1203", "A-2210", "D-1100", "B-1204", "A-3300"}), "none") << "places in a store";
}

TEST(WrittenColumn, OfTwoAnswersHoldsSexesThoughSomeCellsAreDirty) {
  EXPECT_EQ(CategoryOf({"M", "F", "F", "M", "ask again", "F", "M", "M (old)", "see file", "F", "M"}),
            "user.demographic.gender");
}

TEST(WrittenColumn, OfQuantitiesPaddedNumbersAndGoodsHoldsNoTelephones) {
  EXPECT_EQ(CategoryOf({"382 483 733", "7 008 470", "581 011 314", "22 776 155", "128 627 040"}), "none");
  EXPECT_EQ(CategoryOf({"0000058739", "0000047930", "0000049606", "0000081944", "0000009977"}), "none");
  EXPECT_EQ(CategoryOf({"036000291452", "012345678905", "042100005264", "070847811169", "051000012517"}), "none");
  EXPECT_EQ(CategoryOf({"189-619-982", "160-965-369", "279-996-652", "372-441-389", "606-630-023", "086-532-345"}),
            "none")
      << "any digit comes first";
}

TEST(WrittenColumn, HoldsPlatesWhereEachHasItsOwnLetters) {
  EXPECT_EQ(CategoryOf({"R56-82S", "462HKK", "6Z 06196", "HDW 685", "BXC-3869", "J37 1KL", "482 QRT"}),
            "user.government_id.vehicle_registration");
  EXPECT_EQ(CategoryOf({"HQX417", "ABN230", "GT4471", "LPW905", "KJ8032", "MZE118", "DRC664"}),
            "user.government_id.vehicle_registration");
  EXPECT_EQ(CategoryOf({"RAL 6021", "RAL 7016", "RAL 9010", "RAL 3020", "RAL 5015", "RAL 1003"}), "none");
  EXPECT_EQ(CategoryOf({"TBX-078", "TBX-908", "KLM-764", "TBX-178", "KLM-644", "KLM-672", "TBX-411", "KLM-503"}),
            "none");
  EXPECT_EQ(CategoryOf({"LH400", "BA117", "AF006", "KL605", "IB6251", "AA100"}), "none") << "flights";
  EXPECT_EQ(CategoryOf({"K7Q2PX", "9ZL4MT", "B3X8RA", "TT5N1C", "4HGQ7W", "M2V9KD", "X8C3JF"}), "none")
      << "codes of bookings change between letters and digits more often";
}

TEST(WrittenColumn, HoldsAccountsAndChassisNumbersThoughNoCheckDigitIsRight) {
  EXPECT_EQ(CategoryOf({"GB89JWQG3985355204942", "DE43522294484034254031", "FR6388418698521476688415282",
                        "GB95JWAX4076459836396", "ES0809545589043801676944"}),
            "user.financial.bank_account");
  EXPECT_EQ(CategoryOf({"WVWZZZ0BZ3W008961", "TMBZZZ7YZ7W932700", "VSSZZZ6TZ6W664906", "WAUZZZ9CZ9W768376",
                        "WVWZZZ8LZ7W067864"}),
            "user.government_id.vehicle_registration");
}

TEST(WrittenColumn, OfVersionsIsNoColumnOfDates) {
  EXPECT_EQ(CategoryOf({"5.30.74", "2.0.13", "5.3.7", "4.12.80", "2.24.73", "1.0.0"}), "none");
  EXPECT_EQ(CategoryOf({"19710514", "19881102", "19590730", "19940119", "20010908", "19660325"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOf({"1971-05-14 00:00:00", "1988-11-02 00:00:00", "1959-07-30 00:00:00", "1994-01-19 00:00:00",
                        "2001-09-08 00:00:00"}),
            "user.demographic.date_of_birth");
}

// Groups of three and four are a telephone's, too; a check digit is of one kind.
TEST(WrittenColumn, IsOfTheKindWhoseCheckDigitAllValuesHave) {
  EXPECT_EQ(
      CategoryOf({"620 227 1035", "649 423 5980", "404 506 7280", "407 576 7280", "434 575 2256", "646 923 5980"}),
      "user.health_and_medical.insurance_beneficiary_id");
  EXPECT_EQ(CategoryOf({"0378-5955", "1476-4687", "2049-3630", "0028-0836", "0140-6736"}), "none") << "journals";
}

TEST(WrittenColumn, OfCodesBesidePeopleHoldsPostalCodes) {
  const Values names = {"Ottilie Brandhuber", "Leopold Huber", "Martin Keller", "Sabine Fischer", "Petra Wagner"};
  const Values digits = {"93047", "86150", "14109", "31067", "80331"};
  EXPECT_THAT(CategoriesOf({names, digits}), ElementsAre("user.name", "user.contact.address.postal_code"));
  EXPECT_THAT(CategoriesOf({names, digits, {"55281", "48210", "77114", "60283", "33819"}}),
              ElementsAre("user.name", "none", "none"))
      << "one is as likely as the other";
}

TEST(WrittenColumn, OfNumbersWithoutAGapCountsRows) {
  const Values towns = {"Hamburg", "Augsburg", "Potsdam", "Hildesheim", "Leipzig", "Dresden", "Kassel", "Bremen"};
  const Values counted = {"1001", "1004", "1002", "1003", "1008", "1005", "1007", "1006"};
  const Values codes = {"1010", "4020", "5020", "6020", "8010", "9020", "3100", "7000"};
  EXPECT_THAT(CategoriesOf({towns, counted}), ElementsAre("user.contact.address.city", "none"));
  EXPECT_THAT(CategoriesOf({towns, codes}),
              ElementsAre("user.contact.address.city", "user.contact.address.postal_code"));
}

TEST(WrittenColumn, OfDegreesIsAPlaceInPairsBesidePeople) {
  const Values mail = {"a@mail.example", "b@mail.example", "c@mail.example", "d@mail.example", "e@mail.example"};
  const Values north = {"40.416775", "41.385064", "39.469907", "37.389092", "43.262985"};
  const Values east = {"-3.703790", "2.173404", "-4.376288", "-5.984459", "-2.935013"};
  EXPECT_THAT(CategoriesOf({mail, north, east}),
              ElementsAre("user.contact.email", "user.location.precise", "user.location.precise"));
  EXPECT_THAT(CategoriesOf({mail, north, east, north}), ElementsAre("user.contact.email", "none", "none", "none"));
  EXPECT_THAT(CategoriesOf({north, east}), ElementsAre("none", "none"));
}

}  // namespace
}  // namespace privity
