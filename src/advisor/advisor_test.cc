#include "advisor/advisor.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// A folder of customers: everyone has an address of mail, nobody a telephone number, all the same country.
class AdvisorTest : public ScannedFolderTest {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> all = DatamapTest::Migrations();
    for (auto& more : {FlowsMigrations(), AdvisorMigrations(), TasksMigrations()}) {
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }
  std::vector<std::span<const ActionInfo>> Actions() const override {
    return {DatamapActions(), FlowsActions(), AdvisorActions(), TasksActions()};
  }
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    flows_ = std::make_unique<Flows>(map());
    const auto anybody = [](ReadTx&, const UserId&) -> Status { return Ok(); };
    tasks_ = std::make_unique<Tasks>(map().world().ledger, clock(), anybody);
    advisor_ = std::make_unique<Advisor>(map(), *flows_, *tasks_, Catalog::BuiltIn());
    WriteCustomers(true);
    ASSERT_EQ(chmod((open_folder() + "/customers.csv").c_str(), 0600), 0);
    Look();
  }
  void TearDown() override {
    advisor_.reset();
    tasks_.reset();
    flows_.reset();
    ScannedFolderTest::TearDown();
  }
  void WriteCustomers(bool without_phones) {
    std::string rows = "email,phone,points\n";
    for (int i = 0; i < 25; ++i) {
      rows += "p" + std::to_string(i) + "@example.org," +
              (without_phones ? "" : "+1 202 555 01" + std::to_string(10 + i)) + "," + std::to_string(i) + "\n";
    }
    Write("customers.csv", rows);
  }
  // A scan, and the look that follows it.
  void Look() {
    (void)Scanned();
    LookAgain();
  }
  void LookAgain() {
    clock().Advance(std::chrono::minutes(1));
    const Status looked = store().Write([&](WriteTx& tx) { return advisor_->Look(tx); });
    ASSERT_TRUE(looked.ok()) << looked.error().DebugString();
  }
  std::vector<Advice> Listed(const AdviceFilter& filter = {.state = AdviceState::kOpen}) {
    return store().Read([&](ReadTx& tx) { return advisor_->List(tx, filter); }).value().items;
  }
  std::vector<std::string> Lines(const AdviceFilter& filter = {.state = AdviceState::kOpen}) {
    std::vector<std::string> lines;
    for (const Advice& advice : Listed(filter)) {
      lines.push_back(std::string(EnumText(advice.finding.kind)) + " " + advice.finding.collection + " " +
                      advice.finding.field);
    }
    return lines;
  }
  Advice Of(AdviceKind kind) { return Listed({.kind = kind}).at(0); }
  Result<Advice> Dismiss(const AdviceId& id) {
    return store().Write(
        [&](WriteTx& tx) { return advisor_->Dismiss(tx, engineer_, id, {.reason = "The form is new"}); });
  }

  std::unique_ptr<Flows> flows_;
  std::unique_ptr<Tasks> tasks_;
  std::unique_ptr<Advisor> advisor_;
};
PRIVITY_ON_EVERY_STORE(AdvisorTest);

TEST_P(AdvisorTest, WhatIsEmptyAndWhatHasNoPurposeIsFoundWithItsExtent) {
  EXPECT_THAT(Lines(), UnorderedElementsAre("empty_field customers.csv phone", "without_purpose customers.csv "));
  const AdviceFinding purpose = Of(AdviceKind::kWithoutPurpose).finding;
  EXPECT_EQ(purpose.fields, 2);
  EXPECT_THAT(purpose.categories, ElementsAre("user.contact.email", "user.contact.phone_number"));
  const AdviceFinding empty = Of(AdviceKind::kEmptyField).finding;
  EXPECT_EQ(empty.people, empty.records) << "each record has an address of its own";
}

TEST_P(AdvisorTest, HeadsOfLettersThatAreEmptyAreNothingToLeaveOut) {
  const Status made = store().Write([](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_collection SET shape = 'messages'"));
    return Ok();
  });
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  LookAgain();
  EXPECT_THAT(Lines(), ElementsAre("without_purpose customers.csv "));
}

TEST_P(AdvisorTest, AnActivityThatNamesSystemAndCategoryIsAPurpose) {
  const auto recorded = store().Write([&](WriteTx& tx) {
    return map().activities().Create(tx, administrator_,
                                     {.name = "Shop", .data_categories = {"user.contact"}, .systems = {system_}});
  });
  ASSERT_TRUE(recorded.ok()) << recorded.error().DebugString();
  Look();
  EXPECT_THAT(Lines(), ElementsAre("empty_field customers.csv phone"));
  EXPECT_THAT(Lines({.state = AdviceState::kOver}), ElementsAre("without_purpose customers.csv "));
}

TEST_P(AdvisorTest, WhatIsDismissedStaysSoWhileItHoldsAndNoLonger) {
  const AdviceId id = Of(AdviceKind::kEmptyField).id;
  EXPECT_EQ(Dismiss(id)->reason, "The form is new");
  EXPECT_EQ(Dismiss(id).error().code(), "advisor.advice_decided");
  Look();
  EXPECT_EQ(Of(AdviceKind::kEmptyField).state, AdviceState::kDismissed);
  WriteCustomers(false);
  Look();
  EXPECT_EQ(Of(AdviceKind::kEmptyField).state, AdviceState::kOver);
  EXPECT_EQ(Dismiss(id).error().code(), "advisor.advice_over");
  WriteCustomers(true);
  Look();
  EXPECT_EQ(Of(AdviceKind::kEmptyField).state, AdviceState::kOpen) << "empty again: somebody is asked again";
}

TEST_P(AdvisorTest, ADismissalCanBeTakenBack) {
  const AdviceId id = Of(AdviceKind::kEmptyField).id;
  const auto reopen = [&] { return store().Write([&](WriteTx& tx) { return advisor_->Reopen(tx, engineer_, id); }); };
  EXPECT_EQ(reopen().error().code(), "advisor.advice_not_decided");
  ASSERT_TRUE(Dismiss(id).ok());
  EXPECT_EQ(reopen()->state, AdviceState::kOpen);
  EXPECT_THAT(Recorded(), Contains("advisor.advice.reopened"));
}

TEST_P(AdvisorTest, ATaskSaysWhatToDoAndIsLinked) {
  const AdviceId id = Of(AdviceKind::kEmptyField).id;
  const auto made = store().Write(
      [&](WriteTx& tx) { return advisor_->MakeTask(tx, administrator_, id, {.assignee = administrator_.user}); });
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  EXPECT_EQ(made->state, AdviceState::kTask);
  const Task task = store().Read([&](ReadTx& tx) { return tasks_->Get(tx, administrator_, *made->task); }).value();
  EXPECT_EQ(task.content.title, "Is Exports: customers.csv.phone still needed? It is empty");
  EXPECT_EQ(task.link->id, id.ToString());
}

TEST_P(AdvisorTest, WhatEveryoneMayReadOrChangeIsFound) {
  ASSERT_EQ(chmod((open_folder() + "/customers.csv").c_str(), 0666), 0);
  Look();
  EXPECT_THAT(Lines(), Contains("everyone_reads  "));
  EXPECT_THAT(Lines(), Contains("everyone_changes  "));
  EXPECT_THAT(Lines(), Not(Contains("everyone_reads_special  ")));
}

TEST_P(AdvisorTest, ItLooksWhenItsGroundsChangeAndForgetsARemovedSystem) {
  const auto hear = [&](const char* action) {
    const Entry entry{
        .action = action, .actor = engineer_.actor, .object_kind = "system", .object_id = system_.ToString()};
    return store().Write([&](WriteTx& tx) { return advisor_->OnEntry(tx, entry); });
  };
  const auto waiting = [&] {
    const auto listed = store().Read(
        [&](ReadTx& tx) { return jobs().List(tx, {.state = {}, .kind = std::string(Advisor::kLookJob)}, "", 10); });
    return listed->items.size();
  };
  ASSERT_TRUE(hear("datamap.flow.stated").ok());
  EXPECT_EQ(waiting(), 0u) << "no finding depends on flows";
  ASSERT_TRUE(hear("datamap.activity.created").ok());
  EXPECT_EQ(waiting(), 1u);
  ASSERT_TRUE(hear("datamap.scan.ended").ok());
  EXPECT_EQ(waiting(), 1u) << "one look serves both";
  ASSERT_TRUE(hear("datamap.system.deleted").ok());
  EXPECT_THAT(Listed({}), IsEmpty());
}

TEST_P(AdvisorTest, WhatNobodyReadsIsFoundAfterSomeWeeks) {
  const Instant since = clock().Now();
  const auto watched = store().Write(
      [&](WriteTx& tx) { return tx.Execute("UPDATE datamap_collection SET no_reads_since = $1", {since}); });
  ASSERT_TRUE(watched.ok());
  const auto look = [&] { return store().Write([&](WriteTx& tx) { return advisor_->Look(tx); }); };
  ASSERT_TRUE(look().ok());
  EXPECT_THAT(Listed({.kind = AdviceKind::kNeverRead}), IsEmpty()) << "much is read once a month";
  clock().Advance(std::chrono::hours(24) * 35);
  ASSERT_TRUE(look().ok());
  const Advice unread = Of(AdviceKind::kNeverRead);
  EXPECT_EQ(unread.finding.collection, "customers.csv");
  EXPECT_EQ(unread.finding.since, since);
  EXPECT_EQ(unread.finding.fields, 2);
}

TEST_P(AdvisorTest, WhoMayReachSpecialCategoriesAndDoesNotIsFoundWhereALogTells) {
  const FieldPage points = store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, {.q = "points"}); }).value();
  const auto look = [&](const std::string& sql, const SqlValues& values = {}) {
    clock().Advance(std::chrono::minutes(1));
    const auto done = store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute(sql, values));
      return advisor_->Look(tx);
    });
    EXPECT_TRUE(done.ok()) << done.error().DebugString();
  };
  ASSERT_TRUE(store()
                  .Write([&](WriteTx& tx) {
                    return map().changes().DecideField(tx, engineer_, points.items.at(0).id,
                                                       {.category = "user.health_and_medical", .reason = "Diagnoses"});
                  })
                  .ok());
  const Instant now = clock().Now();
  look("UPDATE datamap_access SET first_seen_at = $1", {now - std::chrono::days(150)});
  EXPECT_THAT(Listed({.kind = AdviceKind::kUnusedAccess}), IsEmpty()) << "no log says anything";
  look("UPDATE datamap_system SET uses_since = $1, uses_read_at = $2", {now - std::chrono::days(99), now});
  EXPECT_THAT(Listed({.kind = AdviceKind::kUnusedAccess}), IsEmpty()) << "much is done once a quarter";
  look("UPDATE datamap_system SET uses_since = $1", {now - std::chrono::days(101)});
  const AdviceFinding unused = Of(AdviceKind::kUnusedAccess).finding;
  EXPECT_NE(unused.principal, "");
  EXPECT_TRUE(unused.is_special);
  EXPECT_THAT(unused.categories, Contains("user.health_and_medical"));
  // What the log does not place may have been there.
  look(
      "INSERT INTO datamap_use (id, system, principal, kind, dataset, collection, from_address, first_used_at, "
      "last_used_at, events) SELECT min(a.id), a.system, a.principal, 'other', '', '', '', $1, $1, 1 FROM "
      "datamap_access a "
      "WHERE a.principal = $2 GROUP BY a.system, a.principal",
      {now - std::chrono::days(1), unused.principal});
  EXPECT_EQ(Of(AdviceKind::kUnusedAccess).state, AdviceState::kOver);
}

TEST_P(AdvisorTest, WhatIsKeptTooLongIsFoundWithItsRecordsAndPeople) {
  const auto customers = store().Read(
      [](ReadTx& tx) { return tx.QueryOne("SELECT id FROM datamap_collection WHERE name = 'customers.csv'"); });
  const auto id = customers.value()->Get<CollectionId>(0);
  const auto counted = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const Stewardship said, map().stewardships().Set(tx, engineer_, id, {.retention = Retention{}}, 0));
    return map().stewardships().SaveCount(tx, said,
                                          {.records = 10, .before = clock().Now(), .counted_at = clock().Now()});
  });
  ASSERT_TRUE(counted.ok()) << counted.error().DebugString();
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return advisor_->Look(tx); }).ok());
  const AdviceFinding kept = Of(AdviceKind::kKeptTooLong).finding;
  EXPECT_EQ(kept.records, 10);
  EXPECT_EQ(kept.people, 10) << "of 25 people in 25 records";
  EXPECT_THAT(kept.categories, ElementsAre("user.contact.email", "user.contact.phone_number"));
}

}  // namespace
}  // namespace privity
