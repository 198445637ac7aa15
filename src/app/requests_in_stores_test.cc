// The main job from end to end, on the whole application: stores are connected and looked through, a person asks, and
// what they ask for is done in the stores. Judged from outside: by what stands in the stores' files afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/testing/company_test.h"
#include "datamap/datamap.h"
#include "execution/execution.h"
#include "fulfil/certificate.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

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
  RightsRequestId Proven(Right right, const std::string& email = "ana@example.org") {
    const auto made = application_->store().Write([&](WriteTx& tx) -> Result<RightsRequest> {
      NewRightsRequest asked;
      asked.law = "eu-gdpr";
      asked.right = right;
      asked.content.email = email;
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
  const RightsRequest waiting = Executed(Proven(Right::kRestriction));
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

}  // namespace
}  // namespace privity
