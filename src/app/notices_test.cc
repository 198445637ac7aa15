// Who hears of what, over the whole application: changes made through the rooms, notifications read as a person reads
// them.
#include "app/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/testing/company_test.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NoticesTest : public CompanyTest {
 protected:
  // Nothing listens there and nothing is sent: letters are looked at while they wait.
  void SetUp() override {
    SetUpCompany(MailSettings{.way = SmtpServer{.host = "mail.example.org"},
                              .from = Mailbox::Create("privity@example.org").value()});
    cleo_ = NewPerson({"tasks.use", "workspace.use"});
  }
  // A change, a second after the one before.
  template <class Change>
  auto Made(Change change) {
    clock_.Advance(std::chrono::seconds(1));
    auto done = application_->store().Write(change);
    EXPECT_TRUE(done.ok()) << done.error().DebugString();
    return done;
  }
  template <class Change>
  void Do(Change change) {
    (void)Made(change);
  }
  static TaskContent Content(const Caller& assignee, std::optional<Instant> due = {}) {
    return CompanyTest::Content("Check the map", assignee.user, due);
  }
  TaskId TaskFor(const Caller& assignee, std::optional<Instant> due = {}) {
    return Made(
               [&](WriteTx& tx) { return application_->tasks().Create(tx, ada_, {.content = Content(assignee, due)}); })
        ->id;
  }
  // Newest first.
  std::vector<std::string> Told(const Caller& person) {
    std::vector<std::string> texts;
    const auto page = application_->store().Read(
        [&](ReadTx& tx) { return application_->notifications().List(tx, person, false, {}, 50); });
    for (const auto& item : page.value().items) texts.push_back(item.text);
    return texts;
  }
  std::vector<std::string> Letters() {
    std::vector<std::string> templates;
    const auto mails =
        application_->store().Read([&](ReadTx& tx) { return application_->mailer().List(tx, {}, {}, 50); });
    for (const auto& mail : mails.value()) templates.push_back(mail.template_key);
    return templates;
  }
  void Choose(const Caller& person, NoticeKind kind, Delivery delivery) {
    Do([&](WriteTx& tx) { return application_->notice_choices().Put(tx, person, {.items = {{kind, delivery}}}); });
  }
  // As a worker would tell of it.
  void Tell(const JobInfo& job) {
    Do([&](WriteTx& tx) { return notices().OnJob(tx, job); });
  }
  Notices notices() {
    return Notices({.store = application_->store(),
                    .clock = clock_,
                    .log = log_,
                    .catalog = Catalog::BuiltIn(),
                    .notifications = application_->notifications(),
                    .choices = application_->notice_choices(),
                    .news = application_->news(),
                    .tasks = application_->tasks(),
                    .identity = application_->identity(),
                    .rights = application_->rights(),
                    .organization = application_->organization(),
                    .mailer = application_->mailer(),
                    .console = application_->console_address()});
  }
  JobInfo Job(std::string kind, JobState state) const {
    JobInfo job;
    job.id = JobId::New(clock_);
    job.kind = std::move(kind);
    job.state = state;
    return job;
  }

  Caller cleo_;
};

TEST_F(NoticesTest, ATaskIsToldToWhomItIsGivenAndTakenFrom) {
  const TaskId task = TaskFor(ben_);
  EXPECT_THAT(Told(ben_), ElementsAre("task_assigned"));
  EXPECT_THAT(Told(ada_), IsEmpty()) << "who did it knows";
  Do([&](WriteTx& tx) { return application_->tasks().Edit(tx, ada_, task, Content(cleo_)); });
  EXPECT_THAT(Told(ben_), ElementsAre("task_reassigned", "task_assigned"));
  EXPECT_THAT(Told(cleo_), ElementsAre("task_assigned"));
}

TEST_F(NoticesTest, ItsCreatorHearsOfCommentsAndOfTheEnd) {
  const TaskId task = TaskFor(ben_);
  Do([&](WriteTx& tx) { return application_->tasks().Comment(tx, ben_, task, {.text = "Begun."}); });
  Do([&](WriteTx& tx) { return application_->tasks().Move(tx, ben_, task, TaskState::kDone); });
  EXPECT_THAT(Told(ada_), ElementsAre("task_done", "task_commented"));
}

TEST_F(NoticesTest, WhoeverWaitsForATaskHearsWhenNothingElseKeepsTheOwnOne) {
  Playbook playbook;
  playbook.pack.id = "moving";
  playbook.steps = {{.id = "list", .title = "List"},
                    {.id = "boxes", .title = "Boxes"},
                    {.id = "pack", .title = "Pack", .after = {"list", "boxes"}}};
  const PlaybookRun run = *Made([&](WriteTx& tx) {
    return application_->tasks().Start(tx, ada_, playbook, {.name = "Berlin", .assignee = ben_.user}, WorkingDays(),
                                       TimeZone());
  });
  const auto finish = [&](std::size_t step, const Caller& who, TaskState state) {
    Do([&](WriteTx& tx) { return application_->tasks().Move(tx, who, run.tasks[step].id, state); });
  };
  const std::vector<std::string> given(3, "task_assigned");
  finish(0, ada_, TaskState::kDone);
  EXPECT_EQ(Told(ben_), given) << "it waits for one more";
  finish(1, ada_, TaskState::kCancelled);
  EXPECT_EQ(Told(ben_).front(), "task_can_begin");
  finish(1, ada_, TaskState::kOpen);
  finish(1, ben_, TaskState::kDone);
  EXPECT_EQ(Told(ben_).size(), 4U) << "who did it knows";
}

TEST_F(NoticesTest, WhatComesFromOutsideInARequestIsToldToWhoHasItOrToAllWhoMayAct) {
  RightsRequests& rights = application_->rights();
  const auto ask = [&](const Caller& caller, RequestChannel channel) {
    NewRightsRequest asked;
    asked.law = "eu-gdpr";
    asked.right = Right::kAccess;
    asked.content.email = "grace@example.org";
    return Made([&](WriteTx& tx) { return rights.Create(tx, caller, asked, channel); });
  };
  const RightsRequestId id = ask(ada_, RequestChannel::kApi)->id;
  Caller person;
  person.actor = {.kind = ActorKind::kSubject, .id = ""};
  (void)ask(person, RequestChannel::kPortal);
  EXPECT_THAT(Told(ada_), IsEmpty()) << "what she did herself, and what anybody may have sent";
  Caller mailbox;
  mailbox.actor = {.kind = ActorKind::kSystem, .id = "rights"};
  (void)ask(mailbox, RequestChannel::kMail);
  for (const char* text : {"One more thing.", "And another."}) {
    Do([&](WriteTx& tx) { return rights.MessageFromPerson(tx, id, text); });
  }
  EXPECT_THAT(Told(ada_), ElementsAre("request_message", "request_by_mail")) << "of messages once an hour";
  clock_.Advance(std::chrono::hours(1));
  Do([&](WriteTx& tx) { return rights.MessageFromPerson(tx, id, "Are you there?"); });
  EXPECT_THAT(Told(ada_), ElementsAre("request_message", "request_message", "request_by_mail"));
  EXPECT_THAT(Told(cleo_), IsEmpty()) << "she may not act on it";
  Do([&](WriteTx& tx) {
    return tx.Execute(
        "INSERT INTO identity_user_role (user_id, role_id) SELECT $1, role_id FROM identity_user_role "
        "WHERE user_id = $2",
        {ben_.user, ada_.user});
  });
  Do([&](WriteTx& tx) { return rights.Assign(tx, ada_, id, ben_.user); });
  Do([&](WriteTx& tx) { return rights.StepByPerson(tx, id, RequestStep::kWithdraw, ""); });
  EXPECT_THAT(Told(ben_), ElementsAre("request_withdrawn"));
  EXPECT_EQ(Told(ada_).size(), 3U) << "it is Ben's now";
  for (const char* text : {"request_by_mail", "request_proven", "request_message", "request_document",
                           "request_withdrawn", "request_appealed"}) {
    const std::string key = std::string("console.notification.") + text;
    EXPECT_NE(Catalog::BuiltIn().Text("en", key), key) << "no words";
  }
}

TEST_F(NoticesTest, ATaskIsBroughtToMindOnceBeforeAndOnceAfterItsTime) {
  TaskFor(ben_, clock_.Now() + std::chrono::hours(30));
  ASSERT_TRUE(notices().RemindOfTasks().ok());
  EXPECT_THAT(Told(ben_), ElementsAre("task_assigned"));
  clock_.Advance(std::chrono::hours(10));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(notices().RemindOfTasks().ok());
  EXPECT_THAT(Told(ben_), ElementsAre("task_due_soon", "task_assigned"));
  clock_.Advance(std::chrono::hours(24));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(notices().RemindOfTasks().ok());
  EXPECT_THAT(Told(ben_), ElementsAre("task_overdue", "task_due_soon", "task_assigned"));
}

TEST_F(NoticesTest, AJobIsToldToWhoStartedItAndItsFailureToAdministrators) {
  JobInfo job = Job("ledger.verify", JobState::kSucceeded);
  job.owner = ben_.user->ToString();
  Tell(job);
  EXPECT_THAT(Told(ben_), ElementsAre("job_finished"));
  EXPECT_THAT(Told(ada_), IsEmpty());
  job.state = JobState::kFailed;
  Tell(job);
  Tell(job);
  EXPECT_THAT(Told(ben_), ElementsAre("ledger_check_failed", "job_finished")) << "the same failure is told once";
  EXPECT_THAT(Told(ada_), ElementsAre("ledger_check_failed"));
  EXPECT_THAT(Told(cleo_), IsEmpty());
}

TEST_F(NoticesTest, AdministratorsHearOfFailingBackupsMailAndCheckpoints) {
  Choose(ada_, NoticeKind::kOperation, Delivery::kMail);
  Tell(Job("backup.nightly", JobState::kFailed));
  Tell(Job("mail.send", JobState::kFailed));
  Tell(Job("mail.send", JobState::kFailed));
  notices().OnSinkProblem();
  notices().OnSinkProblem();
  EXPECT_THAT(Told(ada_), ElementsAre("checkpoint_failing", "mail_failing", "backup_failed"));
  EXPECT_EQ(Letters().size(), 2u) << "failing mail is not told by mail";
}

TEST_F(NoticesTest, ASignInFromANewDeviceIsToldAndOneFromAKnownDeviceIsNot) {
  const auto sign_in = [&](std::string_view device) {
    clock_.Advance(std::chrono::seconds(1));
    Visitor visitor;
    visitor.device_cookie = device;
    return application_->identity().sign_in().Password(visitor, "ada@example.org", SecretString(kPassword));
  };
  ASSERT_TRUE(sign_in(device_cookie_).ok());
  EXPECT_THAT(Told(ada_), IsEmpty());
  ASSERT_TRUE(sign_in("").ok());
  EXPECT_THAT(Told(ada_), ElementsAre("sign_in_new_device"));
  EXPECT_THAT(Letters(), ElementsAre("app.mail_notice")) << "by mail, unless the person chose otherwise";
}

TEST_F(NoticesTest, EveryActionThatChangesAWayToSignInIsRegistered) {
  for (const char* action : {"identity.password.changed", "identity.password.reset", "identity.totp.added",
                             "identity.totp.removed", "identity.passkey.added", "identity.passkey.removed",
                             "identity.recovery_codes.created", "identity.recovery_code.used",
                             "identity.external.linked", "identity.external.unlinked", "identity.token.created"}) {
    EXPECT_TRUE(application_->actions().Knows(action)) << action;
    const std::string key = "console.notification." + std::string(action);
    EXPECT_NE(Catalog::BuiltIn().Text("en", key), key) << "no words";
    Do([&](WriteTx& tx) {
      return application_->ledger().Append(
          tx, {.action = action, .actor = ben_.actor, .object_kind = "user", .object_id = ada_.user->ToString()});
    });
    EXPECT_THAT(Told(ada_).front(), action) << "told to whose account it is, not to who did it";
  }
  EXPECT_THAT(Told(ben_), IsEmpty());
}

TEST_F(NoticesTest, WhoInvitedHearsThatThePersonCame) {
  const auto invitation = Made([&](WriteTx& tx) {
    return application_->identity().people().Invite(
        tx, ada_, {.email = "grace@example.org", .name = "Grace Example", .role_ids = {}});
  });
  Caller grace = Person(invitation->user_id, {});
  Do([&](WriteTx& tx) {
    return application_->ledger().Append(tx, {.action = "identity.user.joined",
                                              .actor = grace.actor,
                                              .object_kind = "user",
                                              .object_id = grace.user->ToString()});
  });
  EXPECT_THAT(Told(ada_), ElementsAre("invitation_accepted"));
  EXPECT_THAT(Told(grace), IsEmpty());
}

TEST_F(NoticesTest, EachPersonChoosesHowToBeTold) {
  Choose(ada_, NoticeKind::kTasks, Delivery::kMail);
  Do([&](WriteTx& tx) {
    return application_->tasks().Create(tx, Person(*ben_.user, application_->permissions().All()),
                                        {.content = Content(ada_)});
  });
  EXPECT_THAT(Told(ada_), ElementsAre("task_assigned"));
  EXPECT_THAT(Letters(), ElementsAre("app.mail_notice"));
  Choose(ben_, NoticeKind::kTasks, Delivery::kNone);
  TaskFor(ben_);
  EXPECT_THAT(Told(ben_), IsEmpty());
  EXPECT_EQ(Letters().size(), 1u);
}

TEST_F(NoticesTest, AChangeThatIsUndoneTellsNobody) {
  const auto undone = application_->store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(application_->tasks().Create(tx, ada_, {.content = Content(ben_)}));
    return Error("test.no");
  });
  EXPECT_FALSE(undone.ok());
  EXPECT_THAT(Told(ben_), IsEmpty());
}

TEST_F(NoticesTest, NothingIsKeptForAPersonWhoIsDeleted) {
  const auto invitation = Made([&](WriteTx& tx) {
    return application_->identity().people().Invite(
        tx, ada_, {.email = "grace@example.org", .name = "Grace Example", .role_ids = {}});
  });
  const Caller grace = Person(invitation->user_id, {});
  TaskFor(grace);
  EXPECT_THAT(Told(grace), ElementsAre("task_assigned"));
  ada_.proved_at = clock_.Now();
  Do([&](WriteTx& tx) { return application_->identity().people().Delete(tx, ada_, *grace.user, {}); });
  EXPECT_THAT(Told(grace), IsEmpty());
}

TEST(NoticeMail, HasItsWords) {
  EXPECT_THAT(CheckMailTemplates(Catalog::BuiltIn(), std::vector<MailTemplate>{NoticeMailTemplate()}), IsEmpty());
}

}  // namespace
}  // namespace privity
