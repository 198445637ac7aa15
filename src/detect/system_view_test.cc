// Keys of people's rows in other collections of their system.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "detect/detector.h"
#include "detect/streams.h"

namespace privity {
namespace {

using ::testing::HasSubstr;

const Detector& BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return *detector;
}

// The judgement of a field of the last collection, beside all of them.
ColumnJudgement Judged(const std::vector<CollectionNames>& collections, const std::string& wanted) {
  const auto view = BuiltIn().View("forge", collections);
  std::vector<FieldContext> contexts;
  for (const std::string& field : collections.back().fields)
    contexts.push_back({.system = "forge",
                        .space = collections.back().space,
                        .collection = collections.back().collection,
                        .field = field,
                        .system_view = view});
  const auto judgements = BuiltIn().Fields(contexts);
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    if (contexts[i].field == wanted) return judgements[i];
  }
  return {};
}

const CollectionNames kSmiths = {
    .collection = "smiths",
    .fields = {"smith_id", "login_name", "first_name", "last_name", "email", "password_hash", "created_at"}};
const CollectionNames kAnvils = {.collection = "anvils",
                                 .fields = {"anvil_id", "path", "size_kb", "stars", "pushed_at"}};

TEST(SystemViews, AKeyIsTheirsWhoseRowsItNames) {
  const ColumnJudgement judged =
      Judged({kSmiths, kAnvils, {.collection = "strikes", .fields = {"strike_id", "anvil_id", "smith_id", "force"}}},
             "smith_id");
  EXPECT_EQ(judged.category, "user.unique_id");
  EXPECT_THAT(judged.Reason(), HasSubstr("key of smiths"));
}

TEST(SystemViews, AKeyOfThingsIsNobodys) {
  const CollectionNames strikes = {.collection = "strikes", .fields = {"strike_id", "anvil_id", "smith_id", "force"}};
  EXPECT_EQ(Judged({kSmiths, kAnvils, strikes}, "anvil_id").category, kNoCategory);
  EXPECT_EQ(Judged({kSmiths, kAnvils, strikes}, "strike_id").category, kNoCategory);
}

TEST(SystemViews, ARowIsReferredToInOtherSpellings) {
  const auto category = [](const std::string& field) {
    return Judged({kSmiths, kAnvils, {.collection = "strikes", .fields = {"strike_id", field, "force", "tool"}}}, field)
        .category;
  };
  EXPECT_EQ(category("smithId"), "user.unique_id");
  EXPECT_EQ(category("SMITH_NO"), "user.unique_id");
  EXPECT_EQ(category("second_smith_ref"), "user.unique_id");
}

TEST(SystemViews, AFieldCalledLikeTheKeyItselfIsOne) {
  const CollectionNames watchers = {.collection = "w_watcher",
                                    .fields = {"w_num", "w_login", "w_email", "w_last_name", "w_password", "w_zone"}};
  EXPECT_EQ(Judged({watchers, {.collection = "b_board", .fields = {"b_num", "w_num", "b_title", "b_rows"}}}, "w_num")
                .category,
            "user.unique_id");
}

TEST(SystemViews, ACollectionOfNothingButKeysHasNoneOfItsOwn) {
  const CollectionNames joins = {.collection = "guilds_smiths", .fields = {"guild_id", "smith_id"}};
  const CollectionNames feasts = {.collection = "feasts", .fields = {"feast_id", "guild_id", "hall", "barrels"}};
  EXPECT_EQ(Judged({kSmiths, joins, feasts}, "guild_id").category, kNoCategory);
}

TEST(SystemViews, AForeignKeySaysItWhateverItIsCalled) {
  const CollectionNames strikes = {.collection = "strikes",
                                   .fields = {"strike_id", "struck", "force", "tool"},
                                   .references = {{"struck", {.collection = "smiths"}}}};
  EXPECT_EQ(Judged({kSmiths, strikes}, "struck").category, "user.unique_id");
}

TEST(SystemViews, TablesOfOneNameInTwoSchemasReferToTheirOwn) {
  CollectionNames smiths = kSmiths, anvils = kAnvils;
  smiths.space = "guild";
  anvils.space = "yard";
  const CollectionNames of_smiths = {.space = "guild",
                                     .collection = "strikes",
                                     .fields = {"strike_id", "struck", "force", "tool"},
                                     .references = {{"struck", {"guild", "smiths"}}}};
  CollectionNames of_anvils = of_smiths;
  of_anvils.space = "yard";
  of_anvils.references = {{"struck", {"yard", "anvils"}}};
  EXPECT_EQ(Judged({smiths, anvils, of_anvils, of_smiths}, "struck").category, "user.unique_id");
  EXPECT_EQ(Judged({smiths, anvils, of_smiths, of_anvils}, "struck").category, kNoCategory);
}

TEST(SystemViews, ATypeThatIsNoKeysVetoes) {
  const std::vector<CollectionNames> collections = {
      kSmiths, {.collection = "strikes", .fields = {"strike_id", "smith_id", "force", "tool"}}};
  const auto view = BuiltIn().View("forge", collections);
  std::vector<FieldContext> contexts;
  for (const std::string& field : collections.back().fields)
    contexts.push_back({.system = "forge",
                        .collection = "strikes",
                        .field = field,
                        .declared_type = field == "smith_id" ? "boolean" : "",
                        .system_view = view});
  EXPECT_EQ(BuiltIn().Fields(contexts)[1].category, kNoCategory);
}

TEST(SystemViews, PluralsOfOtherLanguagesAreTheSameRows) {
  const CollectionNames stammgaeste = {.collection = "stammgaeste",
                                       .fields = {"id", "vorname", "nachname", "email", "geburtsdatum", "passwort"}};
  EXPECT_EQ(Judged({stammgaeste, {.collection = "zettel", .fields = {"id", "stammgast_nr", "summe", "bezahlt"}}},
                   "stammgast_nr")
                .category,
            kNoCategory);  // an umlaut apart: nothing is guessed
  const CollectionNames socios = {.collection = "socios",
                                  .fields = {"id", "nombre", "apellidos", "email", "fecha_nacimiento"}};
  EXPECT_EQ(Judged({socios, {.collection = "cuotas", .fields = {"id", "socio_id", "importe", "pagado"}}}, "socio_id")
                .category,
            "user.unique_id");
}

TEST(SystemViews, LinesOfOneSystemSeeEachOther) {
  std::istringstream in(
      "id\tsystem\tcollection\tfield\n"
      "1\tforge\tsmiths\tsmith_id\n2\tforge\tsmiths\tlogin_name\n3\tforge\tsmiths\tfirst_name\n"
      "4\tforge\tsmiths\tlast_name\n5\tforge\tsmiths\temail\n"
      "6\tforge\tstrikes\tsmith_id\n7\tforge\tstrikes\tforce\n"
      "8\tother\tstrikes\tsmith_id\n9\tother\tstrikes\tforce\n");
  std::ostringstream out;
  const auto counts = DetectFieldLines(BuiltIn(), in, out, [](const Error&) {});
  ASSERT_TRUE(counts.ok());
  EXPECT_THAT(out.str(), HasSubstr("\n6\tuser.unique_id"));
  EXPECT_THAT(out.str(), HasSubstr("\n8\tnone"));
}

TEST(SystemViews, EndlessNamesAreReadFromTheirEnd) {
  std::string endless = "smith_id";
  for (int i = 0; i < 10000; ++i) endless = "a_" + endless;
  EXPECT_EQ(
      Judged({kSmiths, {.collection = "strikes", .fields = {"strike_id", endless, "force", "tool"}}}, "force").category,
      kNoCategory);
}

TEST(SystemViews, OfNothingSayNothing) {
  const auto view = BuiltIn().View("", {});
  EXPECT_EQ(BuiltIn().Field({.collection = "strikes", .field = "force", .system_view = view}).category, kNoCategory);
}

}  // namespace
}  // namespace privity
