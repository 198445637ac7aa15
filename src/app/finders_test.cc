// What the one search finds, for whom: through the application, with its own permissions.
#include "app/finders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "app/testing/company_test.h"
#include "datamap/datamap.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class FindersTest : public CompanyTest {
 protected:
  Task TaskFor(const std::optional<UserId>& assignee, std::string title) {
    clock_.Advance(std::chrono::seconds(1));
    return application_->store()
        .Write(
            [&](WriteTx& tx) { return application_->tasks().Create(tx, ada_, {.content = Content(title, assignee)}); })
        .value();
  }
  // "kind: title", in the order found.
  std::vector<std::string> Found(const Caller& caller, std::string_view text, int limit = 5) {
    std::vector<std::string> found;
    const auto hits =
        application_->store().Read([&](ReadTx& tx) { return application_->search().Find(tx, caller, text, limit); });
    for (const SearchHit& hit : hits.value()) found.push_back(hit.kind + ": " + hit.title);
    return found;
  }
};

TEST_F(FindersTest, TasksAreFoundByTheBeginningsOfTheirWords) {
  TaskFor(ben_.user, "Übersicht der Verträge prüfen");
  TaskFor(ben_.user, "Renew the certificate");
  EXPECT_THAT(Found(ada_, "ÜBER vertr"), ElementsAre("task: Übersicht der Verträge prüfen"));
  EXPECT_THAT(Found(ada_, "certif"), ElementsAre("task: Renew the certificate"));
  EXPECT_THAT(Found(ada_, "certif nowhere"), IsEmpty());
}

TEST_F(FindersTest, ATaskIsFoundByWhomItConcernsAndByNobodyElse) {
  const Task task = TaskFor(ben_.user, "Renew the certificate");
  const Caller cleo = NewPerson({"tasks.use", "workspace.use"});
  EXPECT_THAT(Found(ben_, "certificate"), ElementsAre("task: Renew the certificate"));
  EXPECT_THAT(Found(cleo, "certificate"), IsEmpty());
  ASSERT_TRUE(application_->store()
                  .Write([&](WriteTx& tx) {
                    return application_->tasks().Edit(tx, ada_, task.id, Content("Renew it", cleo.user));
                  })
                  .ok());
  EXPECT_THAT(Found(ben_, "renew"), IsEmpty());
  EXPECT_THAT(Found(cleo, "certificate"), IsEmpty()) << "the title is another one now";
  EXPECT_THAT(Found(cleo, "renew"), ElementsAre("task: Renew it"));
}

struct Row {
  const char* text;
  const char* hit;
  std::vector<std::string_view> permissions;  // each of them is needed
};

TEST_F(FindersTest, EachKindIsFoundWithItsPermissionAndNotWithout) {
  ASSERT_TRUE(application_->store()
                  .Write([&](WriteTx& tx) {
                    return application_->identity().tokens().Create(
                        tx, ada_, {.name = "build server", .permissions = {"tasks.use"}, .expires_in_days = 1});
                  })
                  .ok());
  const auto job = application_->store().Write(
      [&](WriteTx& tx) { return application_->schedules().RunNow(tx, "ledger.verify", std::nullopt); });
  ASSERT_TRUE(job.ok());
  ASSERT_TRUE(application_->sequencer().RunOnce().ok());
  const std::string job_id = job->ToString();
  for (const Row& row : std::vector<Row>{{"ada", "user: Ada Example", {"users.read"}},
                                         {"auditor", "role: auditor", {"roles.read"}},
                                         {"build", "token: build server", {"tokens.read"}},
                                         {job_id.c_str(), "job: Verify the ledger", {"jobs.read"}},
                                         {"nightly", "schedule: Nightly backup", {"jobs.read"}},
                                         {"#0", "entry: Organization's settings changed", {"ledger.read"}},
                                         {"setup completed", "entry: First administrator made", {"ledger.read"}},
                                         {"administrator made", "entry: First administrator made", {"ledger.read"}},
                                         {"privacy contact", "setting: Privacy contact", {"settings.read"}},
                                         {"health", "screen: Health", {"health.read", "workspace.use"}}}) {
    EXPECT_THAT(Found(ada_, row.text), Contains(row.hit)) << row.text;
    for (const std::string_view missing : row.permissions) {
      Caller without = ada_;
      std::vector<std::string> names = ada_.permissions.names();
      std::erase(names, missing);
      without.permissions = PermissionSet(std::move(names));
      EXPECT_THAT(Found(without, row.text), testing::Not(Contains(row.hit))) << row.text << " without " << missing;
    }
  }
}

TEST_F(FindersTest, EveryActionOfTheLedgerHasWords) {
  for (const auto& [action, description] : application_->actions().actions()) {
    const std::string key = "console.ledger_action." + std::string(action);
    EXPECT_NE(Catalog::BuiltIn().Text("en", key), key) << "add it to words/en/console.screens.json";
  }
}

TEST_F(FindersTest, WhoMayNothingFindsNothingAtAll) {
  TaskFor(ada_.user, "Renew the certificate");
  const Caller nobody = Person(UserId::New(clock_), {});
  for (const char* text : {"ada", "certificate", "auditor", "ledger", "home", "name", "0"}) {
    EXPECT_THAT(Found(nobody, text), IsEmpty()) << text;
  }
}

TEST_F(FindersTest, APersonWhoIsGoneIsNotFound) {
  const auto invitation = application_->store().Write([&](WriteTx& tx) {
    return application_->identity().people().Invite(
        tx, ada_, {.email = "grace@example.org", .name = "Grace Example", .role_ids = {}});
  });
  ASSERT_TRUE(invitation.ok());
  EXPECT_THAT(Found(ada_, "grace"), ElementsAre("user: Grace Example"));
  ASSERT_TRUE(application_->store()
                  .Write([&](WriteTx& tx) {
                    return application_->identity().people().WithdrawInvitation(tx, ada_, invitation->id);
                  })
                  .ok());
  EXPECT_THAT(Found(ada_, "grace"), IsEmpty());
}

TEST_F(FindersTest, AnAnswerIsBoundedAndTheNewestComeFirst) {
  for (int i = 0; i < 12; ++i) TaskFor(ben_.user, "Review number " + std::to_string(i));
  EXPECT_THAT(Found(ada_, "review", 3),
              ElementsAre("task: Review number 11", "task: Review number 10", "task: Review number 9"));
}

TEST_F(FindersTest, AnInstallationFromBeforeTheIndexIsFilledByAJob) {
  TaskFor(ben_.user, "Renew the certificate");
  ASSERT_TRUE(application_->store()
                  .Write([](WriteTx& tx) -> Status {
                    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM workspace_word"));
                    return Ok();
                  })
                  .ok());
  EXPECT_THAT(Found(ada_, "certificate"), IsEmpty());
  Open();
  application_->StartBackground();
  const auto is_filled = [&] { return !Found(ada_, "certificate").empty() && !Found(ada_, "ada").empty(); };
  for (int i = 0; i < 2'000 && !is_filled(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(is_filled());
}

TEST_F(FindersTest, TheDataMapIsFoundByItsNamesAndOnlyByWhoMaySeeIt) {
  const Datamap& map = application_->datamap();
  const auto made = application_->store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const DataSystem system, map.systems().Create(tx, ada_, {.name = "Warehouse"}));
    PRIVITY_TRY_VOID(map.activities().Create(tx, ada_, {.name = "Warehousing", .systems = {system.id}}));
    return Ok();
  });
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  EXPECT_THAT(Found(ada_, "wareh"), ElementsAre("system: Warehouse", "activity: Warehousing"));
  EXPECT_THAT(Found(Person(UserId::New(clock_), {"workspace.use", "map.read"}), "wareh"),
              ElementsAre("system: Warehouse"));
  EXPECT_THAT(Found(Person(UserId::New(clock_), {"workspace.use"}), "wareh"), IsEmpty());
}

}  // namespace
}  // namespace privity
