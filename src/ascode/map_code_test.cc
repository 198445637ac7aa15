#include "ascode/map_code.h"

#include <gmock/gmock.h>

#include "ascode/yaml.h"
#include "base/yaml.h"
#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class MapCodeTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    Write("orders.csv", "customer,total\nana@example.org,12\nben@example.org,7\n");
    (void)Scanned();
  }
  std::string Exported(const Caller& caller) {
    return store().Read([&](ReadTx& tx) { return code().Export(tx, caller, std::nullopt); }).value();
  }
  std::string Exported() { return Exported(administrator_); }
  Result<CodePlan> Plan(const std::string& content) {
    return store().Read([&](ReadTx& tx) { return code().Plan(tx, administrator_, {content, "map.yaml"}); });
  }
  Result<CodePlan> Apply(const std::string& content) {
    return store().Write([&](WriteTx& tx) { return code().Apply(tx, administrator_, {content, "map.yaml"}); });
  }
  // "decide_field exports: customers.csv.points none > user.behavior"
  static std::vector<std::string> Lines(const CodePlan& plan) {
    std::vector<std::string> lines;
    for (const CodeChange& change : plan.changes) {
      lines.push_back(std::string(EnumText(change.kind)) + " " + change.place + " " + change.before + " > " +
                      change.after);
    }
    return lines;
  }
  static std::vector<std::string> Problems(const CodePlan& plan) {
    std::vector<std::string> lines;
    for (const CodeProblem& problem : plan.problems) {
      lines.push_back(std::to_string(problem.line) + " " + std::string(EnumText(problem.kind)) + " " + problem.place);
    }
    return lines;
  }
  DataField Field(const std::string& name) {
    return store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, {.q = name}); })->items.at(0);
  }
  MapCode code() { return MapCode(map()); }

  const std::string kWanted =
      "dataset:\n"
      "  - fides_key: exports\n"
      "    collections:\n"
      "      - name: customers.csv\n"
      "        fields:\n"
      "          - name: points\n"
      "            data_categories: [user.behavior]\n"
      "          - name: email\n"
      "            data_categories: [system]\n"
      "      - name: orders.csv\n"
      "        fields:\n"
      "          - name: customer\n"
      "            fides_meta:\n"
      "              references:\n"
      "                - {dataset: exports, field: customers.csv.email, direction: to}\n"
      "system:\n"
      "  - {fides_key: exports, name: Exports, description: What the shop writes, system_type: Database}\n"
      "  - {fides_key: parcels, name: Parcels, system_type: Service}\n"
      "processing_activity:\n"
      "  - name: Web shop\n"
      "    purposes: [{purpose: Delivering orders, basis: contract, explanation: \"\"}]\n"
      "    data_categories: [user.contact.email]\n"
      "    systems: [exports, parcels]\n";
};
PRIVITY_ON_EVERY_STORE(MapCodeTest);

TEST_P(MapCodeTest, WhatIsWrittenOutChangesNothingWhenItComesBack) {
  EXPECT_THAT(Lines(Plan(Exported()).value()), IsEmpty());
  ASSERT_TRUE(Apply(kWanted).ok());
  const std::string file = Exported();
  const CodePlan plan = Plan(file).value();
  EXPECT_THAT(Lines(plan), IsEmpty()) << file;
  EXPECT_THAT(Problems(plan), IsEmpty()) << file;
  EXPECT_EQ(Exported(), file) << "the same register gives the same bytes";
}

TEST_P(MapCodeTest, APlanNamesEveryDifferenceAndChangesNothing) {
  const CodePlan plan = Plan(kWanted).value();
  EXPECT_THAT(Lines(plan), ElementsAre("describe_system Exports  > What the shop writes", "create_system Parcels  > ",
                                       "decide_field exports: customers.csv.points none > user.behavior",
                                       "decide_field exports: customers.csv.email user.contact.email > none",
                                       "state_reference exports: orders.csv.customer  > exports: customers.csv.email",
                                       "create_activity Web shop  > "));
  EXPECT_EQ(Field("points").category, "none");
}

TEST_P(MapCodeTest, ApplyMakesExactlyTheseChangesAndThenThereAreNone) {
  const auto planned = Lines(Plan(kWanted).value());
  EXPECT_EQ(Lines(Apply(kWanted).value()), planned);
  EXPECT_THAT(Lines(Plan(kWanted).value()), IsEmpty());
  EXPECT_EQ(Field("points").category, "user.behavior");
  EXPECT_EQ(Field("points").verdict_reason, "map.yaml");
  EXPECT_EQ(Field("email").verdict, Verdict::kRejected);
  const auto activities = store().Read([&](ReadTx& tx) { return map().activities().List(tx, {}); })->items;
  ASSERT_THAT(activities, SizeIs(1));
  EXPECT_THAT(activities[0].content.systems, SizeIs(2)) << "one of which the same file made";
}

TEST_P(MapCodeTest, WhatTheRegisterCannotTakeIsNamedWithItsLine) {
  const CodePlan plan = Plan(
                            "dataset:\n"
                            "  - fides_key: exports\n"
                            "    collections:\n"
                            "      - name: nowhere.csv\n"
                            "      - name: customers.csv\n"
                            "        fields:\n"
                            "          - name: fax\n"
                            "          - name: email\n"
                            "            data_categories: [user.nothing]\n"
                            "            fides_meta:\n"
                            "              references:\n"
                            "                - {dataset: crm, field: a.b}\n"
                            "  - fides_key: crm\n")
                            .value();
  EXPECT_THAT(Lines(plan), IsEmpty());
  EXPECT_THAT(Problems(plan),
              ElementsAre("4 collection_unknown exports: nowhere.csv", "7 field_unknown exports: customers.csv.fax",
                          "9 category_unknown exports: customers.csv.email",
                          "12 reference_end_unknown exports: customers.csv.email", "13 system_unknown crm"));
}

TEST_P(MapCodeTest, RetentionAndOwnFieldsGoToAFileAndBack) {
  const std::string file =
      "dataset:\n"
      "  - fides_key: exports\n"
      "    collections:\n"
      "      - name: customers.csv\n"
      "        stewardship:\n"
      "          retention: {period: 6, unit: years, start: transaction, from_year_end: true, ground: HGB § 257}\n"
      "          date_field: points\n"
      "          custom_fields: [{name: Contract, value: 2026/17}]\n"
      "        fields:\n"
      "          - {name: email, stewardship: {retention: {period: 30, unit: days}}}\n"
      "          - {name: points, stewardship: {date_field: nowhere}}\n"
      "processing_activity:\n"
      "  - name: Web shop\n"
      "    retention_rules: [{data_categories: [user.contact], rule: {period: 2, unit: years, start: last_used}}]\n"
      "    custom_fields: [{name: Ticket, value: A-1}]\n";
  const CodePlan made = Apply(file).value();
  EXPECT_THAT(Lines(made),
              ElementsAre("set_stewardship exports: customers.csv  > ",
                          "set_stewardship exports: customers.csv.email  > ", "create_activity Web shop  > "));
  EXPECT_THAT(Problems(made), ElementsAre("11 date_field_unknown exports: customers.csv.points"));
  EXPECT_THAT(Lines(Plan(file).value()), IsEmpty());
  const std::string exported = Exported();
  EXPECT_THAT(Lines(Plan(exported).value()), IsEmpty()) << exported;
  EXPECT_THAT(exported, HasSubstr("date_field: points"));
  const CollectionId customers = Field("email").collection;
  const auto said = store().Read([&](ReadTx& tx) { return map().stewardships().Get(tx, customers); }).value();
  EXPECT_EQ(said.content.retention->ground, "HGB § 257");
}

TEST_P(MapCodeTest, WhoDecidesStaysWhenAFileSaysTheRest) {
  const CollectionId customers = Field("email").collection;
  const auto set = store().Write(
      [&](WriteTx& tx) { return map().stewardships().Set(tx, engineer_, customers, {.steward = engineer_.user}, 0); });
  ASSERT_TRUE(set.ok());
  ASSERT_TRUE(Apply("dataset:\n  - fides_key: exports\n    collections:\n      - name: customers.csv\n"
                    "        stewardship: {retention: {period: 1, unit: years}}\n")
                  .ok());
  const auto said = store().Read([&](ReadTx& tx) { return map().stewardships().Get(tx, customers); }).value();
  EXPECT_EQ(said.content.steward, engineer_.user);
  EXPECT_EQ(said.content.retention->period, 1);
}

TEST_P(MapCodeTest, AWrongFileIsRefusedWithItsPlace) {
  const auto wrong = Plan("dataset:\n  - fides_key: exports\n    colections: []\n");
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().DebugString(), HasSubstr("map.yaml:3"));
  EXPECT_FALSE(Plan("dataset: [").ok());
}

TEST_P(MapCodeTest, ADeclarationOfAnotherProgramBecomesAnActivity) {
  const std::string file =
      "system:\n"
      "  - fides_key: exports\n"
      "    system_type: Service\n"
      "    privacy_declarations:\n"
      "      - name: Newsletter\n"
      "        data_categories: [user.contact.email]\n"
      "        data_use: marketing.communications.email\n"
      "        data_subjects: [customer]\n";
  EXPECT_THAT(Lines(Apply(file).value()), ElementsAre("create_activity Newsletter  > "));
  const auto activity = store().Read([&](ReadTx& tx) { return map().activities().List(tx, {}); })->items.at(0);
  EXPECT_EQ(activity.content.purposes.at(0).purpose, "marketing.communications.email");
  EXPECT_THAT(activity.content.systems, ElementsAre(system_));
}

TEST_P(MapCodeTest, WhoMayNotSeeActivitiesGetsNoneAndWritesNone) {
  ASSERT_TRUE(Apply(kWanted).ok());
  const Caller reader = Person(PermissionSet({"map.read", "map.write"}));
  EXPECT_THAT(Exported(reader), Not(HasSubstr("Web shop")));
  const auto plan = store().Read([&](ReadTx& tx) { return code().Plan(tx, reader, {kWanted, "map.yaml"}); }).value();
  EXPECT_THAT(Problems(plan), ElementsAre("20 not_permitted Web shop"));
}

TEST(ToYaml, QuotesWhateverCouldBeReadAsSomethingElse) {
  const Json value = Json::Object({{"plain", "user.contact"},
                                   {"no", "no"},
                                   {"number", "12"},
                                   {"mark", "a: b # c"},
                                   {"lines", "one\ntwo \"three\""},
                                   {"left_out", ""},
                                   {"list", Json::Array({Json::Object({{"a", 1}, {"b", true}}), "x y"})}});
  const std::string text = ToYaml(value);
  EXPECT_EQ(
      text,
      "plain: user.contact\n\"no\": \"no\"\nnumber: \"12\"\nmark: \"a: b # c\"\nlines: \"one\\ntwo \\\"three\\\"\"\n"
      "list:\n  - a: 1\n    b: true\n  - \"x y\"\n");
}

}  // namespace
}  // namespace privity
