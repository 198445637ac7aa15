// The main job from end to end, on the whole application: stores are connected and looked through, a person asks, and
// what they ask for is done in the stores. Judged from outside: by what stands in the stores' files afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "app/testing/company_test.h"
#include "backup/backup.h"
#include "connect/testing/ground.h"
#include "datamap/datamap.h"
#include "execution/execution.h"
#include "fulfil/certificate.h"
#include "fulfil/testing/shop.h"
#include "rights/restrictions.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kShop = R"sql(
CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT NOT NULL, phone TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), total NUMERIC,
  shipping_address TEXT);
INSERT INTO customers VALUES (10, 'Ana Example', 'ana@example.org', '+49 30 1234567'),
  (11, 'Bo Example', 'bo@example.org', '+49 30 7654321'), (12, 'Cy Example', 'cy@example.org', NULL);
INSERT INTO orders VALUES (100, 10, 12.5, '1 Elm Street, 10115 Berlin'), (101, 11, 99, '2 Oak Street, 10117 Berlin'),
  (102, 10, 7, '1 Elm Street, 10115 Berlin');
)sql";
constexpr const char* kCrm = R"sql(
CREATE TABLE contact (id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, note TEXT);
INSERT INTO contact VALUES (1, 'ana@example.org', 'Ana', 'called twice'), (2, 'bo@example.org', 'Bo', 'prefers mail');
)sql";

class RequestsInStoresTest : public CompanyTest {
 protected:
  void SetUp() override {
    CompanyTest::SetUp();
    operator_ = {.actor = {.kind = ActorKind::kOperator, .id = "uid-0"},
                 .user = {},
                 .session = {},
                 .proved_at = clock_.Now(),
                 .permissions = application_->permissions().All(),
                 .request_id = {},
                 .address = "unix"};
    Connect("shop", shop_, true);
    Connect("crm", crm_, true);
    RunJobs();
  }

  void Connect(const std::string& name, const TestShop& store, bool writing) {
    const auto made = application_->store().Write([&](WriteTx& tx) -> Result<MapScan> {
      PRIVITY_TRY(const Connection connection,
                  application_->datamap().connections().Create(
                      tx, operator_, {.name = name, .address = store.Url(), .writing_granted = writing}));
      return application_->datamap().scans().Start(tx, operator_, connection.system);
    });
    ASSERT_TRUE(made.ok()) << made.error().DebugString();
  }
  // Until nothing is due any more; what the ledger has to sign in between is signed.
  void RunJobs() {
    for (int round = 0; round < 5; ++round) {
      clock_.Advance(std::chrono::seconds(3));
      ASSERT_TRUE(application_->sequencer().RunOnce().ok());
      ASSERT_TRUE(application_->worker().RunDue().ok());
    }
  }
  RightsRequestId Proven(
      Right right, const std::string& email = "ana@example.org",
      const std::function<void(RequestContent&)>& more = [](RequestContent&) {}) {
    const auto made = application_->store().Write([&](WriteTx& tx) -> Result<RightsRequest> {
      NewRightsRequest asked;
      asked.law = "eu-gdpr";
      asked.right = right;
      asked.content.email = email;
      more(asked.content);
      PRIVITY_TRY(const RightsRequest request, application_->rights().Create(tx, ada_, asked, RequestChannel::kStaff));
      return application_->rights().ProveByHand(tx, ada_, request.id, ProofMethod::kDocument, "passport seen");
    });
    EXPECT_TRUE(made.ok()) << made.error().DebugString();
    return made->id;
  }
  template <class Fn>
  RightsRequest Do(Fn step) {
    auto done = application_->store().Write(step);
    EXPECT_TRUE(done.ok()) << done.error().DebugString();
    RunJobs();
    return done.ok() ? Now(done->id) : RightsRequest{};
  }
  RightsRequest Now(const RightsRequestId& id) {
    return application_->store().Read([&](ReadTx& tx) { return application_->rights().Get(tx, id); }).value();
  }
  RightsRequest Planned(const RightsRequestId& id) {
    return Do([&](WriteTx& tx) { return application_->rights().StartPlan(tx, ada_, id); });
  }
  RightsRequest Executed(const RightsRequestId& id) {
    const RightsRequest planned = Planned(id);
    EXPECT_EQ(planned.state, RequestState::kPlanned) << planned.plan_error.value_or("");
    Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
    return Do([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); });
  }
  SystemId SystemOf(const std::string& name) {
    return application_->store()
        .Read([&](ReadTx& tx) -> Result<SystemId> {
          PRIVITY_TRY(const auto connected, application_->datamap().connections().List(tx));
          return std::ranges::find(connected, name, &Connection::name)->system;
        })
        .value();
  }
  void Rescan(const std::string& name) {
    const SystemId system = SystemOf(name);
    ASSERT_TRUE(application_->store()
                    .Write([&](WriteTx& tx) { return application_->datamap().scans().Start(tx, operator_, system); })
                    .ok());
    RunJobs();
  }
  void Rule(const HandlingRuleContent& content) {
    const auto set = application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().rules().Set(tx, ada_, content); });
    ASSERT_TRUE(set.ok()) << set.error().DebugString();
  }
  std::string CertificateOf(const RightsRequestId& id) {
    return Content(
        application_->store().Read([&](ReadTx& tx) { return application_->execution().Certificate(tx, id); }).value());
  }
  // As a backup of the shop from before the erasure brings them back.
  void RestoreAna() {
    shop_.Run(
        "INSERT INTO customers VALUES (10, 'Ana Example', 'ana@example.org', '+49 30 1234567');"
        "INSERT INTO orders VALUES (100, 10, 12.5, '1 Elm Street, 10115 Berlin'),"
        " (102, 10, 7, '1 Elm Street, 10115 Berlin');");
  }
  Replay Replayed(const ReplayOrder& order = {}) {
    const auto started = application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().replays().Start(tx, ada_, order); });
    EXPECT_TRUE(started.ok()) << started.error().DebugString();
    RunJobs();
    return ReplayNow(started->id);
  }
  Replay ReplayNow(const ReplayId& id) {
    return application_->store()
        .Read([&](ReadTx& tx) { return application_->execution().replays().Get(tx, id); })
        .value();
  }
  static std::string Content(const FileReader& reader) {
    return std::string(AsText(reader.Read(0, static_cast<std::size_t>(reader.size_bytes()))->Reveal()));
  }
  std::vector<Task> Tasks() {
    return application_->store().Read([&](ReadTx& tx) { return application_->tasks().List(tx, ada_, {}); })->items;
  }

  TestShop shop_{kShop};
  TestShop crm_{kCrm};
  Caller operator_;
};

TEST_F(RequestsInStoresTest, APlanCountsWhatIsTheirsAndShowsItMasked) {
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest request = Planned(id);
  ASSERT_EQ(request.state, RequestState::kPlanned);
  EXPECT_EQ(request.plan->stores, 2);
  EXPECT_EQ(request.plan->records, 4);  // customer, two orders, contact
  EXPECT_EQ(request.plan->stores_missing, 0);
  const ExecutionPlan plan =
      application_->store().Read([&](ReadTx& tx) { return application_->execution().Plan(tx, id); }).value();
  EXPECT_EQ(plan.digest, request.plan->digest);
  EXPECT_EQ(plan.parts.size(), 3u);
  const std::string shown = ToJson(plan);
  EXPECT_THAT(shown, HasSubstr("a***@e***"));
  for (const char* value : {"ana@example.org", "Ana Example", "Elm Street", "called twice"}) {
    EXPECT_THAT(shown, Not(HasSubstr(value))) << value;
  }
}

TEST_F(RequestsInStoresTest, AnErasureTakesThePersonAndNobodyElseAndIsCertified) {
  const std::vector<std::string> before_shop = shop_.Rows();
  const RightsRequest done = Executed(Proven(Right::kErasure));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->leftovers, 0);
  EXPECT_EQ(done.report->records_done, 4);
  EXPECT_THAT(shop_.Column("SELECT id FROM customers"), ElementsAre("11", "12"));
  EXPECT_THAT(shop_.Column("SELECT id FROM orders"), ElementsAre("101"));
  EXPECT_THAT(crm_.Column("SELECT id FROM contact"), ElementsAre("2"));
  EXPECT_TRUE(shop_.KeysHold());
  for (const std::string& row : shop_.Rows()) EXPECT_THAT(before_shop, Contains(row));

  const std::string file =
      Content(application_->store()
                  .Read([&](ReadTx& tx) { return application_->execution().Certificate(tx, done.id); })
                  .value());
  EXPECT_THAT(file, Not(HasSubstr("ana@")));
  const auto certificate = VerifyCertificate(file, application_->sequencer().verifiers().value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_TRUE(IsComplete(*certificate));
  EXPECT_EQ(certificate->request, done.id.ToString());
  EXPECT_EQ(certificate->checks.size(), 2u);
}

TEST_F(RequestsInStoresTest, WhoWasErasedIsRememberedForAsLongAsABackupIsKept) {
  Executed(Proven(Right::kErasure));
  const auto sweep = [&] {
    const auto queued = application_->store().Write(
        [&](WriteTx& tx) { return application_->jobs().Enqueue(tx, {.kind = "rights.sweep"}); });
    ASSERT_TRUE(queued.ok());
    RunJobs();
  };
  clock_.Advance(std::chrono::days(400));
  sweep();
  EXPECT_THAT(application_->erasure_journal().Entries().value(), SizeIs(1)) << "for ever, when nobody says how long";
  for (const int days : {500, 300}) {
    ASSERT_TRUE(application_->store()
                    .Write([&](WriteTx& tx) {
                      return application_->rights().PutSettings(tx, ada_, {.place = {}, .remember_days = days},
                                                                std::nullopt);
                    })
                    .ok());
    sweep();
    EXPECT_THAT(application_->erasure_journal().Entries().value(), SizeIs(days == 500 ? 1 : 0));
  }
}

TEST_F(RequestsInStoresTest, ChangesNoMoreRecordsInAMinuteThanTheSettingsAllow) {
  const auto set = application_->store().Write([&](WriteTx& tx) {
    return application_->rights().PutSettings(tx, ada_, {.place = {}, .records_per_minute = 200}, std::nullopt);
  });
  ASSERT_TRUE(set.ok()) << set.error().DebugString();
  const RightsRequestId id = Proven(Right::kErasure);
  EXPECT_EQ(Executed(id).state, RequestState::kRunning)
      << "a step for each of three tables, and a minute for each step";
  int minutes = 0;
  for (; Now(id).state == RequestState::kRunning && minutes < 10; ++minutes) {
    clock_.Advance(std::chrono::minutes(1));
    RunJobs();
  }
  EXPECT_EQ(Now(id).state, RequestState::kChecked);
  EXPECT_GE(minutes, 2);
  EXPECT_THAT(shop_.Column("SELECT count(*) FROM customers WHERE email = 'ana@example.org'"), ElementsAre("0"));
}

TEST_F(RequestsInStoresTest, ACorrectionIsTakenBackOnceWhereNobodyChangedItMeanwhile) {
  const auto undo = [&](const RightsRequestId& id) {
    const auto undone = application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().UndoCorrection(tx, ada_, id); });
    RunJobs();
    return undone.ok() ? std::string("done") : undone.error().code();
  };
  const auto address = [&] { return shop_.Column("SELECT shipping_address FROM orders WHERE customer_id = 10"); };
  const std::vector<std::string> before = address();
  const RightsRequest done = Executed(Proven(Right::kCorrection, "ana@example.org", [](RequestContent& content) {
    content.corrections = {{"user.contact.address", "1 Elm Street, 10115 Berlin", "3 Birch Lane, 10119 Berlin"}};
  }));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_THAT(address(), testing::Each("3 Birch Lane, 10119 Berlin"));
  shop_.Run("UPDATE orders SET shipping_address = 'moved again' WHERE id = 102");
  EXPECT_EQ(undo(done.id), "done");
  EXPECT_THAT(address(), testing::UnorderedElementsAre(before.front(), "moved again"));
  EXPECT_THAT(Tasks(), SizeIs(1)) << "the one that somebody changed meanwhile";
  EXPECT_EQ(undo(done.id), "execution.not_undoable");
  EXPECT_EQ(undo(Executed(Proven(Right::kErasure)).id), "execution.not_undoable");
}

TEST_F(RequestsInStoresTest, WhoAsksForTheirDataGetsAPackageOfItAndNothingOfOthers) {
  const RightsRequest done = Executed(Proven(Right::kAccess));
  ASSERT_EQ(done.state, RequestState::kChecked);
  const std::string archive =
      Content(application_->store()
                  .Write([&](WriteTx& tx) { return application_->execution().Package(tx, ada_.actor, done.id); })
                  .value());
  EXPECT_TRUE(archive.starts_with("PK"));
  EXPECT_EQ(done.report->records_done, 4);
  EXPECT_THAT(shop_.Column("SELECT count(*) FROM orders"), ElementsAre("3"));
}

TEST_F(RequestsInStoresTest, APackageExpires) {
  const RightsRequest done = Executed(Proven(Right::kAccess));
  clock_.Advance(kPackageLifetime + std::chrono::hours(1));
  const auto opened = application_->store().Write(
      [&](WriteTx& tx) { return application_->execution().Package(tx, ada_.actor, done.id); });
  ASSERT_FALSE(opened.ok());
  EXPECT_TRUE(opened.error().Is("execution.no_package"));
}

TEST_F(RequestsInStoresTest, AStoreThatMayOnlyBeReadIsNamedAndItsRecordsStay) {
  TestShop archive(
      "CREATE TABLE contact (id INTEGER PRIMARY KEY, email TEXT);"
      "INSERT INTO contact VALUES (1, 'ana@example.org');");
  Connect("archive", archive, false);
  RunJobs();
  const RightsRequest waiting = Executed(Proven(Right::kErasure));
  // It is found again when the stores are looked at: somebody has to see to it.
  EXPECT_EQ(waiting.state, RequestState::kWaitingPerson);
  EXPECT_THAT(archive.Column("SELECT email FROM contact"), ElementsAre("ana@example.org"));
  ASSERT_EQ(Tasks().size(), 1u);
  EXPECT_EQ(Tasks().front().link->id, waiting.id.ToString());

  archive.Run("DELETE FROM contact");
  const RightsRequest done = Do(
      [&](WriteTx& tx) { return application_->rights().Move(tx, ada_, waiting.id, {.step = RequestStep::kResume}); });
  EXPECT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->leftovers, 0);
}

TEST_F(RequestsInStoresTest, NothingIsDoneForARequestThatWasWithdrawnMeanwhile) {
  const std::vector<std::string> before = shop_.Rows();
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  Do([&](WriteTx& tx) { return application_->rights().Move(tx, ada_, id, {.step = RequestStep::kWithdraw}); });
  EXPECT_FALSE(application_->store()
                   .Write([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); })
                   .ok());
  EXPECT_EQ(shop_.Rows(), before);
}

TEST_F(RequestsInStoresTest, ACollectionThatNoScanHasSeenIsNamedInThePlan) {
  shop_.Run("CREATE TABLE newsletter (email TEXT)");
  const RightsRequestId id = Proven(Right::kErasure);
  ASSERT_EQ(Planned(id).state, RequestState::kPlanned);
  const ExecutionPlan plan =
      application_->store().Read([&](ReadTx& tx) { return application_->execution().Plan(tx, id); }).value();
  ASSERT_EQ(plan.not_read.size(), 1u);
  EXPECT_EQ(plan.not_read.front().collection.name, "newsletter");
  EXPECT_EQ(plan.not_read.front().code, "execution.not_scanned");
}

TEST_F(RequestsInStoresTest, WhatIsDoneByHandWaitsForItsTask) {
  const RightsRequest waiting = Executed(Proven(Right::kCorrection));
  EXPECT_EQ(waiting.state, RequestState::kWaitingPerson);
  ASSERT_EQ(Tasks().size(), 1u);
  const Task task = Tasks().front();
  const auto resume = [&](WriteTx& tx) {
    return application_->rights().Move(tx, ada_, waiting.id, {.step = RequestStep::kResume});
  };
  EXPECT_EQ(Do(resume).state, RequestState::kWaitingPerson);
  const auto finished = application_->store().Write([&](WriteTx& tx) -> Result<Task> {
    PRIVITY_TRY_VOID(application_->tasks().AddEvidence(tx, ada_, task.id, {.text = "flagged in both systems"}));
    return application_->tasks().Move(tx, ada_, task.id, TaskState::kDone);
  });
  ASSERT_TRUE(finished.ok()) << finished.error().DebugString();
  EXPECT_EQ(Do(resume).state, RequestState::kChecked);
}

TEST_F(RequestsInStoresTest, ACorrectionIsWrittenIntoEveryStoreAndCertified) {
  const RightsRequest done = Executed(Proven(Right::kCorrection, "ana@example.org", [](RequestContent& content) {
    content.corrections = {
        {.category = "user.contact.email", .before = "ana@example.org", .after = "ana@new.example.org"}};
  }));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->records_done, 2);
  EXPECT_THAT(shop_.Column("SELECT email FROM customers ORDER BY id"),
              ElementsAre("ana@new.example.org", "bo@example.org", "cy@example.org"));
  EXPECT_THAT(crm_.Column("SELECT email FROM contact ORDER BY id"),
              ElementsAre("ana@new.example.org", "bo@example.org"));
  const std::string file = CertificateOf(done.id);
  EXPECT_THAT(file, Not(HasSubstr("ana@")));
  const auto certificate = VerifyCertificate(file, application_->sequencer().verifiers().value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_TRUE(IsComplete(*certificate));
  EXPECT_EQ(certificate->act, PlanAct::kChange);
  EXPECT_TRUE(application_->erasure_journal().Entries()->empty()) << "nobody was erased";
}

TEST_F(RequestsInStoresTest, WhatAPersonForbidsIsHeededAtOnceAndFlaggedWhereAFieldIsStated) {
  shop_.Run("ALTER TABLE customers ADD COLUMN blocked TEXT");
  Rescan("shop");
  Rule({.system = SystemOf("shop"),
        .collection = "customers",
        .field = "blocked",
        .kind = HandlingRuleKind::kFlag,
        .value = "yes",
        .right = Right::kRestriction,
        .reason = "The shop ships nothing to blocked customers"});
  const RightsRequest done = Executed(Proven(Right::kRestriction));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_THAT(shop_.Column("SELECT id FROM customers WHERE blocked = 'yes'"), ElementsAre("10"));
  const auto answer = application_->store().Read([&](ReadTx& tx) {
    return application_->restrictions().Check(tx, {.identifiers = {{.kind = "email", .value = "ana@example.org"}}});
  });
  ASSERT_FALSE(answer->allowed);
  const auto lifted = application_->store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(
        application_->restrictions().Lift(tx, ada_, answer->restrictions.front().id, "The complaint was settled."));
    return application_->execution().Undo(tx, done.id);
  });
  ASSERT_TRUE(lifted.ok()) << lifted.error().DebugString();
  RunJobs();
  EXPECT_THAT(shop_.Column("SELECT count(*) FROM customers WHERE blocked = 'yes'"), ElementsAre("0"));
  EXPECT_TRUE(Tasks().empty());
}

TEST_F(RequestsInStoresTest, WhatWasDecidedOfCollectionsAndFieldsIsReadByEveryPlan) {
  Rule({.system = SystemOf("shop"),
        .collection = "orders",
        .kind = HandlingRuleKind::kKeep,
        .value = "Tax records, ten years",
        .reason = "AO 147"});
  const RightsRequest done = Executed(Proven(Right::kErasure));
  EXPECT_EQ(done.state, RequestState::kChecked);
  EXPECT_THAT(shop_.Column("SELECT id FROM orders ORDER BY id"), ElementsAre("100", "101", "102"));
  EXPECT_THAT(shop_.Column("SELECT count(*) FROM customers WHERE email = 'ana@example.org'"), ElementsAre("0"));
}

TEST_F(RequestsInStoresTest, WhichCollectionsArePeopleCanBeDecidedOtherwise) {
  Rule({.system = SystemOf("crm"),
        .collection = "contact",
        .kind = HandlingRuleKind::kPeople,
        .value = "none",
        .reason = "Notes of telephone calls, several for each person"});
  const SystemId crm = SystemOf("crm");
  const auto rules =
      application_->store().Read([&](ReadTx& tx) { return application_->execution().rules().Of(tx, crm); });
  ASSERT_EQ(rules->size(), 1u);
  const auto nonsense = application_->store().Write([&](WriteTx& tx) {
    return application_->execution().rules().Set(tx, ada_,
                                                 {.system = crm,
                                                  .collection = "contact",
                                                  .kind = HandlingRuleKind::kPeople,
                                                  .value = "plants",
                                                  .reason = "why not"});
  });
  EXPECT_TRUE(nonsense.error().Is("execution.rule_invalid"));
  const auto own_word = application_->store().Write([&](WriteTx& tx) {
    return application_->execution().rules().Set(tx, ada_,
                                                 {.system = crm,
                                                  .collection = "contact",
                                                  .kind = HandlingRuleKind::kKeep,
                                                  .value = "key",
                                                  .reason = "it is no ground"});
  });
  EXPECT_TRUE(own_word.error().Is("execution.rule_invalid")) << "a plan means something else by it";
}

TEST_F(RequestsInStoresTest, AnEditMakesAnotherPlanAndTheOldApprovalNoLongerHolds) {
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  const auto edited = application_->store().Write([&](WriteTx& tx) {
    return application_->execution().EditPlan(tx, ada_, id,
                                              {.collection = {"shop", "", "orders"},
                                               .strategy = Strategy::kKeep,
                                               .ground = "A claim is pending",
                                               .reason = "Legal said so"});
  });
  ASSERT_TRUE(edited.ok()) << edited.error().DebugString();
  EXPECT_NE(edited->digest, planned.plan->digest);
  EXPECT_EQ(edited->edits.size(), 1u);
  EXPECT_EQ(Now(id).state, RequestState::kPlanned);
  EXPECT_FALSE(Now(id).approved);
  EXPECT_EQ(Now(id).plan->digest, edited->digest);
  const auto old = application_->store().Write(
      [&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  EXPECT_TRUE(old.error().Is("rights.plan_changed"));
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, edited->digest); });
  const RightsRequest done = Do([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); });
  EXPECT_EQ(done.state, RequestState::kChecked);
  EXPECT_THAT(shop_.Column("SELECT id FROM orders ORDER BY id"), ElementsAre("100", "101", "102"));
}

TEST_F(RequestsInStoresTest, AnEditThatIsTakenBackLeavesThePlanAsIfItHadNeverBeenMade) {
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  const auto edit = [&](const std::string& ground) {
    return application_->store().Write([&](WriteTx& tx) {
      return application_->execution().EditPlan(
          tx, ada_, id, {.collection = {"shop", "", "orders"}, .strategy = Strategy::kKeep, .ground = ground});
    });
  };
  const auto undo = [&](const PlanEditId& which) {
    return application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().UndoPlanEdit(tx, ada_, id, which); });
  };
  ASSERT_TRUE(edit("A claim is pending").ok());
  const ExecutionPlan twice = edit("Tax records").value();
  ASSERT_EQ(twice.edits.size(), 2u);
  EXPECT_EQ(twice.edits.front().by, ada_.actor);
  const auto once = undo(twice.edits.back().id);
  ASSERT_TRUE(once.ok()) << once.error().DebugString();
  ASSERT_EQ(once->edits.size(), 1u);
  const auto orders = std::ranges::find(once->parts, CollectionPlace{"shop", "", "orders"}, &PlannedPart::collection);
  EXPECT_EQ(orders->keep_ground, "A claim is pending");
  EXPECT_TRUE(undo(twice.edits.back().id).error().Is("execution.plan_edit_unknown"));
  const auto none = undo(once->edits.front().id);
  ASSERT_TRUE(none.ok()) << none.error().DebugString();
  EXPECT_EQ(none->digest, planned.plan->digest);
  EXPECT_EQ(Now(id).plan->records, planned.plan->records);
}

TEST_F(RequestsInStoresTest, AForeignKeyThatIsIgnoredIsNotFollowed) {
  const SystemId shop = SystemOf("shop");
  const auto ignored = application_->store().Write([&](WriteTx& tx) -> Result<DataReference> {
    PRIVITY_TRY(const ReferencePage page, application_->datamap().references().List(tx, {.system = shop}));
    return application_->datamap().references().Update(
        tx, ada_, page.items.front().id, {.is_ignored = true, .reason = "Orders are of the company's account"}, {});
  });
  ASSERT_TRUE(ignored.ok()) << ignored.error().DebugString();
  const RightsRequest planned = Planned(Proven(Right::kErasure));
  EXPECT_EQ(planned.plan->records, 2) << "customer and contact; no order";
  EXPECT_EQ(planned.plan->boundaries, 0) << "nobody else stands behind it";
  const auto plan =
      application_->store().Read([&](ReadTx& tx) { return application_->execution().Plan(tx, planned.id); });
  ASSERT_EQ(plan->boundaries.size(), 1u);
  EXPECT_EQ(plan->boundaries.front().reason, BoundaryReason::kNotFollowed);
  EXPECT_EQ(plan->boundaries.front().count, 2);
}

TEST_F(RequestsInStoresTest, PortabilityGivesOnlyWhatThePersonProvided) {
  Rule({.system = SystemOf("crm"),
        .collection = "contact",
        .kind = HandlingRuleKind::kSource,
        .value = "derived",
        .reason = "What our staff thinks"});
  const RightsRequest done = Executed(Proven(Right::kPortability));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->records_done, 3) << "the contact is not theirs to take";
}

TEST_F(RequestsInStoresTest, AReferenceThatAPersonStatedLeadsIntoAnotherStore) {
  TestShop tickets(
      "CREATE TABLE ticket (id INTEGER PRIMARY KEY, customer INTEGER, subject TEXT);"
      "INSERT INTO ticket VALUES (1, 10, 'Parcel'), (2, 11, 'Thanks');");
  Connect("tickets", tickets, true);
  RunJobs();
  const auto stated = application_->store().Write([&](WriteTx& tx) -> Result<DataReference> {
    PRIVITY_TRY(const auto connected, application_->datamap().connections().List(tx));
    const auto system = [&](std::string_view name) {
      return std::ranges::find(connected, name, &Connection::name)->system;
    };
    return application_->datamap().references().Create(
        tx, ada_,
        {.from = {.system = system("tickets"), .dataset = "", .collection = "ticket", .fields = {"customer"}},
         .to = {.system = system("shop"), .dataset = "", .collection = "customers", .fields = {"id"}},
         .reason = "The help desk copies the number"});
  });
  ASSERT_TRUE(stated.ok()) << stated.error().DebugString();
  const RightsRequest done = Executed(Proven(Right::kErasure));
  EXPECT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->records_done, 5);
  EXPECT_THAT(tickets.Column("SELECT id FROM ticket"), ElementsAre("2"));
}

TEST_F(RequestsInStoresTest, AStoreThatIsNoLongerConnectedWaitsForAPersonAndGoesOnWhenItIsBack) {
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  ASSERT_TRUE(application_->store()
                  .Write([&](WriteTx& tx) -> Status {
                    PRIVITY_TRY(const auto connected, application_->datamap().connections().List(tx));
                    return application_->datamap().connections().Delete(tx, operator_, connected.front().id, {});
                  })
                  .ok());
  Do([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); });
  // As often as it is tried; how long it waits in between is random.
  for (int day = 0; day < 10 && Now(id).state != RequestState::kWaitingPerson; ++day) {
    clock_.Advance(std::chrono::hours(24));
    RunJobs();
  }
  EXPECT_EQ(Now(id).state, RequestState::kWaitingPerson);

  Connect("crm", crm_, true);
  RunJobs();
  const RightsRequest done =
      Do([&](WriteTx& tx) { return application_->rights().Move(tx, ada_, id, {.step = RequestStep::kResume}); });
  EXPECT_EQ(done.state, RequestState::kChecked);
  EXPECT_THAT(crm_.Column("SELECT id FROM contact"), ElementsAre("2"));
}

TEST_F(RequestsInStoresTest, AnErasureThatWasCutOffGoesOnAfterARestart) {
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  ASSERT_TRUE(application_->store()
                  .Write([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); })
                  .ok());
  Open();
  RunJobs();
  EXPECT_EQ(Now(id).state, RequestState::kChecked);
  EXPECT_THAT(shop_.Column("SELECT id FROM customers"), ElementsAre("11", "12"));
}

TEST_F(RequestsInStoresTest, TheVerySameRecordsThatComeBackAreErasedAtOnce) {
  Executed(Proven(Right::kErasure));
  const std::vector<std::string> erased = shop_.Rows();
  RestoreAna();
  const Replay looked = Replayed({.dry_run = true});
  ASSERT_EQ(looked.cases.size(), 1u);
  EXPECT_EQ(looked.cases.front().verdict, ReplayVerdict::kSameRecords);
  EXPECT_EQ(looked.cases.front().state, ReplayCaseState::kFound);
  EXPECT_EQ(looked.cases.front().same_records, 3);
  EXPECT_THAT(shop_.Column("SELECT count(*) FROM orders"), ElementsAre("3")) << "a dry run changes nothing";

  const Replay done = Replayed({.system = SystemOf("shop")});
  EXPECT_EQ(done.state, ReplayState::kDone);
  ASSERT_EQ(done.cases.size(), 1u);
  EXPECT_EQ(done.cases.front().state, ReplayCaseState::kDone);
  EXPECT_EQ(done.cases.front().leftovers, 0);
  EXPECT_EQ(shop_.Rows(), erased);
  EXPECT_TRUE(Replayed().cases.empty()) << "nobody is back any more";

  RestoreAna();
  const Replay again = Replayed();
  ASSERT_EQ(again.cases.size(), 1u) << "the first replay was an erasure of the same records: they are looked at once";
  EXPECT_EQ(again.cases.front().verdict, ReplayVerdict::kSameRecords);
  EXPECT_EQ(shop_.Rows(), erased);
}

TEST_F(RequestsInStoresTest, WhoMayBeACustomerAgainIsProposedToAPerson) {
  Executed(Proven(Right::kErasure));
  shop_.Run("INSERT INTO customers VALUES (20, 'Ana Example', 'ana@example.org', NULL)");
  const std::vector<std::string> before = shop_.Rows();
  const Replay replay = Replayed();
  ASSERT_EQ(replay.cases.size(), 1u);
  const ReplayCase proposed = replay.cases.front();
  EXPECT_EQ(proposed.verdict, ReplayVerdict::kMayBeAgain);
  EXPECT_EQ(proposed.state, ReplayCaseState::kProposed);
  EXPECT_EQ(shop_.Rows(), before);
  EXPECT_TRUE(Replayed().cases.empty()) << "it waits for a person already";
  EXPECT_EQ(application_->execution().replays().Plan(proposed.id)->digest, proposed.plan);

  const auto approve = [&](const std::string& plan) {
    return application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().replays().Approve(tx, ada_, proposed.id, plan); });
  };
  EXPECT_TRUE(approve("another").error().Is("fulfil.plan_changed"));
  ASSERT_TRUE(approve(proposed.plan).ok());
  RunJobs();
  EXPECT_EQ(ReplayNow(replay.id).cases.front().state, ReplayCaseState::kDone);
  EXPECT_THAT(shop_.Column("SELECT id FROM customers"), ElementsAre("11", "12"));
}

TEST_F(RequestsInStoresTest, APersonMayDecideThatWhoIsBackStays) {
  Executed(Proven(Right::kErasure));
  shop_.Run("INSERT INTO customers VALUES (20, 'Ana Example', 'ana@example.org', NULL)");
  const ReplayCase proposed = Replayed().cases.front();
  const auto dismiss = [&] {
    return application_->store().Write(
        [&](WriteTx& tx) { return application_->execution().replays().Dismiss(tx, ada_, proposed.id); });
  };
  ASSERT_TRUE(dismiss().ok());
  RunJobs();
  EXPECT_TRUE(dismiss().error().Is("execution.replay_case_settled"));
  EXPECT_THAT(shop_.Column("SELECT id FROM customers"), ElementsAre("11", "12", "20"));
  EXPECT_FALSE(application_->execution().replays().Plan(proposed.id).ok()) << "what was planned is forgotten";
}

TEST_F(RequestsInStoresTest, ANumberThatIsGivenToSomebodyElseErasesNobody) {
  Executed(Proven(Right::kErasure));
  shop_.Run("INSERT INTO customers VALUES (10, 'Dee Example', 'dee@example.org', NULL)");
  const std::vector<std::string> before = shop_.Rows();
  const Replay replay = Replayed();
  EXPECT_EQ(shop_.Rows(), before);
  for (const ReplayCase& each : replay.cases) EXPECT_EQ(each.state, ReplayCaseState::kProposed);
}

TEST_F(RequestsInStoresTest, ARestoredInstallationServesOnlyAfterTheReplay) {
  Executed(Proven(Right::kErasure));
  const std::vector<std::string> erased = shop_.Rows();
  RestoreAna();
  application_.reset();
  const RestoreMark mark(home_.path() + "/data");
  ASSERT_TRUE(mark.Set("all.privity", clock_.Now()).ok());
  Open();
  EXPECT_EQ(shop_.Rows(), erased) << "before anything was asked of it";
  EXPECT_FALSE(mark.IsSet().value());
}

// A support mailbox, of every kind that there is, and what its files say afterwards.
class MailboxInRequestsTest : public RequestsInStoresTest, public ::testing::WithParamInterface<GroundKind> {
 protected:
  void SetUp() override {
    if (!GetParam().why_absent.empty()) GTEST_SKIP() << GetParam().why_absent;
    mailbox_ = GetParam().make();
    Write({hers_, his_, answer_});
    RequestsInStoresTest::SetUp();
    ConnectMailbox();
    RunJobs();
  }

  void Write(std::vector<RowValues> letters) {
    mailbox_->Make({.name = "support", .fields = {"id", "email", "to", "cc", "note"}, .rows = std::move(letters)});
  }
  void ConnectMailbox() {
    std::string address = mailbox_->Url();
    ConnectionRequest request{.name = "mail", .writing_granted = true};
    if (mailbox_->is_remote()) {
      request.password = SecretString("right");
      request.networks = {"127.0.0.0/8"};
      address.erase(address.find(":right@"), std::string(":right").size());
    }
    request.address = address;
    const auto made = application_->store().Write([&](WriteTx& tx) -> Result<MapScan> {
      PRIVITY_TRY(const Connection connection, application_->datamap().connections().Create(tx, operator_, request));
      return application_->datamap().scans().Start(tx, operator_, connection.system);
    });
    ASSERT_TRUE(made.ok()) << made.error().DebugString();
  }
  // What stands in the messages, as their files say; the names of the messages that are there.
  std::vector<std::string> Left() const {
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(mailbox_->Files())) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    std::vector<std::string> left;
    for (const char* name : {"hers", "his", "answer", "both"}) {
      if (all.find("<" + std::string(name) + "@example.org>") != std::string::npos) left.emplace_back(name);
    }
    return left;
  }
  const RowValues hers_ = {"hers", "ana@example.org", "help@shop.example", "bo@example.org", "Where is my parcel?"};
  const RowValues his_ = {"his", "bo@example.org", "help@shop.example", std::nullopt, "Thank you."};
  const RowValues answer_ = {"answer", "help@shop.example", "Ana <ana@example.org>", std::nullopt, "It is on its way."};
  const RowValues both_ = {"both", "help@shop.example", "ana@example.org, bo@example.org", std::nullopt, "News."};
  std::unique_ptr<Ground> mailbox_;
};

TEST_P(MailboxInRequestsTest, WhatThePersonWroteAndWhatWentToThemAloneIsDeletedAndCertified) {
  const RightsRequest done = Executed(Proven(Right::kErasure));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->records_done, 6) << "four of the shop and of the contacts, and two letters";
  EXPECT_EQ(done.report->leftovers, 0);
  EXPECT_THAT(Left(), ElementsAre("his"));
  const auto certificate = VerifyCertificate(CertificateOf(done.id), application_->sequencer().verifiers().value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_TRUE(IsComplete(*certificate));
  EXPECT_THAT(CertificateOf(done.id), HasSubstr("support"));
}

TEST_P(MailboxInRequestsTest, ALetterToTwoPeopleStaysAndWaitsForAPerson) {
  Write({hers_, his_, answer_, both_});
  const RightsRequestId id = Proven(Right::kErasure);
  const RightsRequest planned = Planned(id);
  EXPECT_EQ(planned.plan->records, 6);
  EXPECT_EQ(planned.plan->boundaries, 1);
  Do([&](WriteTx& tx) { return application_->rights().Approve(tx, ada_, id, planned.plan->digest); });
  const RightsRequest waiting = Do([&](WriteTx& tx) { return application_->rights().StartExecution(tx, ada_, id); });
  EXPECT_EQ(waiting.state, RequestState::kWaitingPerson) << "it still names her: somebody decides";
  EXPECT_THAT(Left(), ElementsAre("his", "both"));
}

TEST_P(MailboxInRequestsTest, WhatADutyKeepsStaysAsItIsAndTheCertificateSaysOnWhichGround) {
  const SystemId mail = SystemOf("mail");
  const auto collections =
      application_->store()
          .Read([&](ReadTx& tx) { return application_->datamap().facts().Collections(tx, {.system = mail}); })
          .value();
  const auto support = std::ranges::find_if(collections.items,
                                            [](const DataCollection& each) { return each.name.ends_with("support"); });
  ASSERT_NE(support, collections.items.end());
  Rule({.system = mail,
        .collection = support->name,
        .kind = HandlingRuleKind::kKeep,
        .value = "A lawsuit is pending (Art. 17(3)(e))",
        .reason = "Told by the lawyers"});
  const RightsRequest done = Executed(Proven(Right::kErasure));
  ASSERT_EQ(done.state, RequestState::kChecked);
  EXPECT_EQ(done.report->records_done, 4) << "of the shop and of the contacts";
  EXPECT_THAT(Left(), ElementsAre("hers", "his", "answer"));
  EXPECT_THAT(CertificateOf(done.id), HasSubstr("Art. 17(3)(e)"));
}

TEST_P(MailboxInRequestsTest, WithoutWritingGrantedNothingIsDeletedAndThePlanSaysSo) {
  const Connection mail =
      application_->store().Read([&](ReadTx& tx) { return application_->datamap().connections().List(tx); }).value()[1];
  ASSERT_EQ(mail.name, "mail");
  const auto withdrawn = application_->store().Write([&](WriteTx& tx) {
    return application_->datamap().connections().Update(tx, operator_, mail.id,
                                                        {.name = mail.name,
                                                         .address = mail.address,
                                                         .writing_granted = false,
                                                         .networks = mail.networks,
                                                         .sample_records = mail.sample_records},
                                                        {});
  });
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.error().DebugString();
  const RightsRequest waiting = Executed(Proven(Right::kErasure));
  EXPECT_EQ(waiting.state, RequestState::kWaitingPerson);
  EXPECT_THAT(Left(), ElementsAre("hers", "his", "answer"));
  const ExecutionPlan plan =
      application_->store().Read([&](ReadTx& tx) { return application_->execution().Plan(tx, waiting.id); }).value();
  EXPECT_THAT(ToJson(plan), HasSubstr("cannot_write"));
}

std::vector<GroundKind> Mailboxes() {
  std::vector<GroundKind> mailboxes = Grounds();
  std::erase_if(mailboxes, [](const GroundKind& kind) {
    return kind.name != "mbox" && kind.name != "maildir" && kind.name != "imap";
  });
  return mailboxes;
}
INSTANTIATE_TEST_SUITE_P(, MailboxInRequestsTest, ::testing::ValuesIn(Mailboxes()),
                         [](const ::testing::TestParamInfo<GroundKind>& kind) { return kind.param.name; });

}  // namespace
}  // namespace privity
