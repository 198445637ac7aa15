#include "app/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "ledger/verify.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

class ApplicationTest : public testing::Test {
 protected:
  ApplicationOptions Options(const std::string& name = "data") const {
    return {.data_directory = home_.path() + "/" + name, .key_home_directory = home_.path() + "/keys"};
  }
  Result<std::unique_ptr<Application>> Open(const ApplicationOptions& options, std::vector<ReplayStep> replay = {}) {
    return Application::Open(options, clock_, log_, std::move(replay));
  }
  static Status Name(Application& application, std::string name) {
    const auto put = application.store().Write([&](WriteTx& tx) {
      return application.organization().Put(tx, {.kind = ActorKind::kOperator, .id = "uid-0"}, "",
                                            {.name = name, .time_zone = TimeZone(), .privacy_contact = {}}, {});
    });
    return put.ok() ? Ok() : Status(put.error());
  }
  static std::string NameOf(Application& application) {
    return application.store().Read([&](ReadTx& tx) { return application.organization().Get(tx); }).value().name;
  }
  std::string path(const std::string& name) const { return home_.path() + "/" + name; }
  static bool Eventually(const std::function<bool()>& reached) {
    for (int i = 0; i < 2'000; ++i) {
      if (reached()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
  static std::vector<std::string> LedgerActionsOf(Application& application) {
    EXPECT_TRUE(application.sequencer().RunOnce().ok());
    std::vector<std::string> actions;
    const EntryPage page = application.ledger_reader().List({}).value();
    for (const LedgerRecord& record : page.items) actions.push_back(record.entry.action);
    return actions;
  }

 protected:
  TempDirectory home_;
  ManualClock clock_;
  CapturedLog sink_;
  Logger log_{sink_, clock_};
};

TEST_F(ApplicationTest, KeepsWhatWasAnsweredAndSignsItsLedger) {
  {
    auto application = Open(Options());
    ASSERT_TRUE(application.ok()) << application.error().DebugString();
    ASSERT_TRUE(Name(**application, "Example Trading").ok());
    EXPECT_TRUE((*application)->CheckReadiness().ready);
  }
  auto application = Open(Options());
  ASSERT_TRUE(application.ok()) << application.error().DebugString();
  EXPECT_EQ(NameOf(**application), "Example Trading");
  EXPECT_EQ((*application)->sequencer().state().size, 1u);
  EXPECT_EQ((*application)->sequencer().state().checkpoint_size, 1u);
}

TEST_F(ApplicationTest, RefusesASecondOneOnTheSameData) {
  auto first = Open(Options());
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(Open(Options()).error().code(), "store.in_use");
}

TEST_F(ApplicationTest, StaysClosedAfterARestoreUntilTheReplayPasses) {
  {
    auto application = Open(Options());
    ASSERT_TRUE(application.ok());
    ASSERT_TRUE(Name(**application, "Before").ok());
    ASSERT_TRUE((*application)->backups().Create((*application)->store(), path("full.privity")).ok());
    // What Backups::Restore and the mark do together is the command line's `restore`; here the mark alone is under
    // test.
    ASSERT_TRUE(RestoreMark(Options().data_directory).Set(path("full.privity"), (*application)->clock().Now()).ok());
  }
  const ReplayStep refusing{.name = "erasures", .run = [](Store&) -> Status { return Error("test.journal_missing"); }};
  const auto closed = Open(Options(), {refusing});
  ASSERT_FALSE(closed.ok());
  EXPECT_EQ(closed.error().DebugString(), "app.replay_failed{step=erasures, problem=test.journal_missing}");

  int runs = 0;
  const ReplayStep passing{.name = "erasures", .run = [&](Store&) -> Status {
                             ++runs;
                             return Ok();
                           }};
  ASSERT_TRUE(Open(Options(), {passing}).ok());
  ASSERT_TRUE(Open(Options(), {passing}).ok());
  EXPECT_EQ(runs, 1);
}

TEST_F(ApplicationTest, EveryScheduleRunsNowAndSucceeds) {
  auto opened = Open(Options());
  ASSERT_TRUE(opened.ok()) << opened.error().DebugString();
  Application& application = **opened;
  ASSERT_TRUE(Name(application, "Example Trading").ok());
  application.StartBackground();
  const auto schedules = application.store().Read([&](ReadTx& tx) { return application.schedules().List(tx); });
  ASSERT_TRUE(schedules.ok());
  std::vector<std::string> names;
  for (const ScheduleInfo& schedule : *schedules) names.push_back(schedule.name);
  EXPECT_THAT(names, testing::IsSupersetOf(
                         {"backup.nightly", "files.sweep", "identity.sweep", "ledger.verify", "workspace.sweep"}));
  for (const ScheduleInfo& schedule : *schedules) {
    SCOPED_TRACE(schedule.name);
    const auto id =
        application.store().Write([&](WriteTx& tx) { return application.schedules().RunNow(tx, schedule.name); });
    ASSERT_TRUE(id.ok());
    const auto job = [&] {
      return application.store().Read([&](ReadTx& tx) { return application.jobs().Get(tx, *id); }).value();
    };
    EXPECT_TRUE(Eventually([&] { return job().state == JobState::kSucceeded; })) << ToJson(job());
  }
}

TEST_F(ApplicationTest, FindsEntriesAboutAPersonUntilThatPersonIsShredded) {
  auto application = Open(Options()).value();
  const SubjectId ada = SubjectId::NewRandom(), ben = SubjectId::NewRandom();
  for (const SubjectId& subject : {ada, ada, ben}) {
    const auto recorded = application->ledger().Record({.action = "app.job.retried", .subjects = {subject}});
    ASSERT_TRUE(recorded.ok()) << recorded.error().DebugString();
  }
  ASSERT_TRUE(application->sequencer().RunOnce().ok());
  const auto about = [&](const SubjectId& subject) {
    return application->ledger_reader().List({.subject = subject}).value().items;
  };
  ASSERT_EQ(about(ada).size(), 2u);
  EXPECT_EQ(about(ben).size(), 1u);

  ASSERT_TRUE(
      application->store().Write([&](WriteTx& tx) { return application->ledger().ForgetSubject(tx, ada); }).ok());
  ASSERT_TRUE(application->person_keys().Shred(ada).ok());
  EXPECT_TRUE(about(ada).empty());
  EXPECT_EQ(about(ben).size(), 1u);
  // The tags are still there and nobody can make them again.
  EXPECT_EQ(application->ledger_reader().Get(0)->entry.subjects->size(), 1u);
  const auto key = application->store().Read([&](ReadTx& tx) { return application->person_keys().Load(tx, ada); });
  EXPECT_EQ(key.error().code(), "keys.subject_shredded");
  EXPECT_TRUE(VerifyLedger(application->store(), application->sequencer().verifiers().value(), clock_)->whole());
}

TEST_F(ApplicationTest, WritesDownEachMinuteHowOftenWhatWasAllowed) {
  auto application = Open(Options()).value();
  application->chores().RunDue();
  ASSERT_TRUE(application->decisions().Allowed(Word::Parse("users.read").value()).ok());
  application->chores().RunDue();
  EXPECT_THAT(LedgerActionsOf(*application), testing::IsEmpty());
  clock_.Advance(std::chrono::minutes(1));
  application->chores().RunDue();
  EXPECT_THAT(LedgerActionsOf(*application), testing::ElementsAre("ledger.decisions.counted"));
}

TEST_F(ApplicationTest, WritesDownAtTheEndWhatWasAllowedLast) {
  {
    auto application = Open(Options()).value();
    application->StartBackground();
    ASSERT_TRUE(application->decisions().Allowed(Word::Parse("users.read").value()).ok());
  }
  EXPECT_THAT(LedgerActionsOf(*Open(Options()).value()), testing::ElementsAre("ledger.decisions.counted"));
}

TEST_F(ApplicationTest, RemovesOvernightTheFilesOfWhomWasShredded) {
  auto application = Open(Options()).value();
  const SubjectId ada = SubjectId::NewRandom();
  FileWriter writer = application->files().Create({.about = ada}).value();
  const FinishedFile file = writer.Finish().value();
  ASSERT_TRUE(application->store().Write([&](WriteTx& tx) { return application->files().Keep(tx, file); }).ok());
  ASSERT_TRUE(application->person_keys().Shred(ada).ok());
  const auto contents = [&] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(Options().data_directory + "/files")) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  };
  application->chores().RunDue();  // each minute only what was removed on purpose
  EXPECT_EQ(contents(), 1u);
  clock_.Advance(std::chrono::days(1));
  ASSERT_GE(application->worker().RunDue().value(), 1);
  EXPECT_EQ(contents(), 0u);
}

TEST_F(ApplicationTest, RefusesAKeyHomeInsideTheData) {
  ApplicationOptions options = Options();
  options.key_home_directory = options.data_directory + "/keys";
  EXPECT_EQ(Open(options).error().code(), "crypto.key_home_inside_data");
}

}  // namespace
}  // namespace privity
