#include "settings/portal_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "settings/portal_face.h"
#include "settings/testing/settings_test_base.h"

namespace privity {
namespace {

class PortalTextTest : public SettingsTestBase {
 protected:
  void SetUp() override {
    SettingsTestBase::SetUp();
    if (IsSkipped()) return;
    texts_ = std::make_unique<PortalTexts>(*ledger_, Catalog::BuiltIn(), clock());
  }
  void TearDown() override {
    texts_.reset();
    SettingsTestBase::TearDown();
  }
  Status Put(const std::string& place, const std::string& language, const std::string& text,
             std::optional<std::int64_t> expected = {}) {
    const auto put = store().Write([&](WriteTx& tx) -> Result<int> {
      PRIVITY_TRY_VOID(texts_->Put(tx, kActor, "r1", place, language, text, expected));
      return 0;
    });
    return put.ok() ? Ok() : Status(put.error());
  }
  void Reset(const std::string& place, const std::string& language) {
    const auto reset = store().Write([&](WriteTx& tx) -> Result<int> {
      PRIVITY_TRY_VOID(texts_->Reset(tx, kActor, "r1", place, language));
      return 0;
    });
    EXPECT_TRUE(reset.ok()) << reset.error().DebugString();
  }
  PortalText Get(const std::string& place, const std::string& language) {
    return store()
        .Read([&](ReadTx& tx) {
          return texts_->Get(tx, place, language, {"Example Shop", "privacy@example.org"});
        })
        .value();
  }
  std::string Refusal(const std::string& text) {
    const Status put = Put("start_lead", "en", text);
    return put.ok() ? "" : put.error().code();
  }
  std::vector<std::string> Actions() {
    const auto rows = store().Read([](ReadTx& tx) { return tx.Query("SELECT action FROM ledger_staged"); });
    std::vector<std::string> actions;
    for (const auto& row : rows.value()) actions.push_back(row.Get<std::string>(0));
    return actions;
  }

  const Actor kActor{.kind = ActorKind::kOperator, .id = "uid-0"};
  std::unique_ptr<PortalTexts> texts_;
};
PRIVITY_ON_EVERY_STORE(PortalTextTest);

TEST_P(PortalTextTest, EveryPlaceIsThereInEveryLanguageOnceAndOnlyTheImprintIsEmpty) {
  const auto all = store()
                       .Read([&](ReadTx& tx) {
                         return texts_->List(tx, {"Example Shop", "a@example.org"});
                       })
                       .value();
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> empty;
  for (const PortalText& text : all) {
    EXPECT_TRUE(seen.emplace(text.place, text.language).second) << text.place;
    EXPECT_FALSE(text.is_own);
    EXPECT_THAT(text.text, ::testing::Not(::testing::HasSubstr("{"))) << text.place << ": its blanks are filled";
    if (text.text.empty()) empty.insert(text.place);
  }
  EXPECT_EQ(all.size(), PortalPlaces().size() * 4);
  EXPECT_THAT(empty, ::testing::ElementsAre("imprint"));
  EXPECT_THAT(Get("contact", "en").text, ::testing::HasSubstr("[privacy@example.org](mailto:privacy@example.org)"));
}

TEST_P(PortalTextTest, OwnWordsCountUntilTheyAreTakenBack) {
  EXPECT_THAT(Get("start_lead", "de").text, ::testing::HasSubstr("Example Shop"));
  ASSERT_TRUE(Put("start_lead", "de", "Schön, dass Sie da sind.", 0).ok());
  EXPECT_EQ(Get("start_lead", "de").text, "Schön, dass Sie da sind.");
  EXPECT_TRUE(Get("start_lead", "de").is_own);
  EXPECT_FALSE(Get("start_lead", "en").is_own) << "each language has its own";
  EXPECT_EQ(Put("start_lead", "de", "Anders.", 0).error().code(), "settings.changed_meanwhile");
  const auto own = store().Read([&](ReadTx& tx) { return texts_->Own(tx); }).value();
  EXPECT_EQ(own.at("de").at("start_lead"), "Schön, dass Sie da sind.");
  EXPECT_EQ(own.size(), 1U);
  Reset("start_lead", "de");
  EXPECT_EQ(Get("start_lead", "de").text, Get("start_lead", "de").built_in);
  EXPECT_EQ(Get("start_lead", "de").version, 0);
  Reset("start_lead", "de");
  EXPECT_THAT(Actions(), ::testing::UnorderedElementsAre("settings.portal_text.set", "settings.portal_text.reset"))
      << "twice is once";
}

TEST_P(PortalTextTest, RefusesWhatNobodyCouldReadOrShouldFollow) {
  EXPECT_EQ(Refusal(" \n "), "settings.portal_text_empty");
  EXPECT_EQ(Refusal("one\ttwo"), "settings.portal_text_character");
  for (const char* link :
       {"[x](javascript:alert(1))", "[x](http://example.org)", "[x](//example.org)", "[x](data:text/html,x)",
        "[x](https://)", "[x](https://example.org", "[x](https://example.org a)", "[x]( https://example.org)",
        "[good](https://example.org) [x](JavaScript:alert(1))", "[x](HTTPS://example.org)"}) {
    EXPECT_EQ(Refusal(link), "settings.portal_text_link") << link;
  }
  for (const char* text : {"[Notice](https://example.org/a?b=c#d), [us](mailto:privacy@example.org).",
                           "<b>not</b> {bold} [brackets] (and more)", "One.\n\nTwo."}) {
    EXPECT_EQ(Refusal(text), "") << text;
  }
}

TEST_P(PortalTextTest, RefusesPlacesAndLanguagesThatThePortalDoesNotHave) {
  EXPECT_EQ(Put("title", "en", "Hello.").error().code(), "settings.portal_place_unknown") << "a word, but no place";
  EXPECT_EQ(Put("imprint", "tlh", "nuqneH").error().code(), "settings.portal_language");
}

// An installation whose first words were set before there were places.
class OlderPortalTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    auto older = LedgerMigrations();
    for (const Migration& migration : SettingsMigrations()) {
      if (migration.version < 3) older.push_back(migration);
    }
    return older;
  }
};
PRIVITY_ON_EVERY_STORE(OlderPortalTest);

TEST_P(OlderPortalTest, KeepsItsFirstWordsAsTextsOfTheStartPage) {
  const auto insert = store().Write([](WriteTx& tx) {
    return tx.Execute(
        "INSERT INTO settings_portal(id, lead, show_holdings, version, changed_at) VALUES(1, $1, 1, 4, 0)",
        {R"({"de": "Sch\u00f6n, dass \"Sie\" da sind.", "fr": "Bienvenue."})"});
  });
  ASSERT_TRUE(insert.ok()) << insert.error().DebugString();
  auto newer = LedgerMigrations();
  for (const Migration& migration : SettingsMigrations()) newer.push_back(migration);
  const auto migrated = MigrateStore(store(), newer, clock(), {.backup_directory = "", .operator_has_backup = true});
  ASSERT_TRUE(migrated.ok()) << migrated.error().DebugString();
  ActionRegistry actions;
  Ledger ledger(store(), actions, clock());
  const PortalTexts texts(ledger, Catalog::BuiltIn(), clock());
  const auto own = store().Read([&](ReadTx& tx) { return texts.Own(tx); }).value();
  EXPECT_EQ(own.at("de").at("start_lead"), "Schön, dass \"Sie\" da sind.");
  EXPECT_EQ(own.at("fr").at("start_lead"), "Bienvenue.");
  EXPECT_TRUE(store().Read([&](ReadTx& tx) { return PortalFaces(ledger, clock()).Get(tx); })->show_holdings);
}

}  // namespace
}  // namespace privity
