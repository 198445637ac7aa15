#include "fulfil/erasures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "connect/sqlite/sqlite_connector.h"
#include "crypto/hash.h"
#include "fulfil/certificate.h"
#include "fulfil/testing/shop.h"
#include "ledger/testing/ledger_test_base.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kShop = R"sql(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), ship_to TEXT);
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org'), (11, 'Bo Example', 'bo@example.org');
INSERT INTO orders VALUES (100, 10, '1 Elm Street'), (101, 11, '2 Oak Street'), (102, 10, '1 Elm Street');
)sql";
constexpr const char* kCrm = R"sql(
CREATE TABLE contact (id INTEGER PRIMARY KEY, email TEXT, note TEXT);
INSERT INTO contact VALUES (1, 'ana@example.org', 'called'), (2, 'bo@example.org', 'knows ana@example.org');
)sql";

const std::vector<SubjectIdentifier> kAna = {{"email", "ana@example.org"}};
const Actor kOfficer = {ActorKind::kOperator, "uid-1000"};

// Passes everything on to a store, except what it is told to do otherwise.
class FaultyStore final : public Connector {
 public:
  enum class Fault { kNone, kLies, kIsGone, kHangs };
  FaultyStore(std::unique_ptr<Connector> store, const Fault& fault)
      : Connector(SqliteKind(), store->label()), store_(std::move(store)), fault_(fault) {}

  Result<StoreSheet> Probe() override { return store_->Probe(); }
  Result<Description> Describe() override { return store_->Describe(); }
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override {
    return store_->Sample(collection, limits, sink);
  }
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override {
    return IsGone() ? Status(Gone()) : store_->Stream(collection, range, sink);
  }
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override {
    return IsGone() ? Status(Gone()) : store_->Find(collection, match, records_max, sink);
  }
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected,
                              const std::vector<FieldValue>& changes) override {
    if (IsGone()) return Gone();
    return fault_ == Fault::kLies ? WriteOutcome::kDone : store_->Update(collection, key, expected, changes);
  }
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override {
    if (IsGone()) return Gone();
    return fault_ == Fault::kLies ? WriteOutcome::kDone : store_->Delete(collection, key, expected);
  }

 private:
  bool IsGone() const { return fault_ == Fault::kIsGone || fault_ == Fault::kHangs; }
  // A store that hangs is given up after the silence that its connection allows.
  Error Gone() const {
    return Error(fault_ == Fault::kHangs ? "connect.timeout" : "connect.unreachable", {{"store", label()}});
  }
  const std::unique_ptr<Connector> store_;
  const Fault& fault_;
};

// As room `orders` registers it.
constexpr ActionInfo kOrderActions[] = {{"orders.order.answered", "Somebody who was asked answered."}};

class ErasuresTest : public LedgerTestBase {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> migrations = LedgerTestBase::Migrations();
    for (Migration& migration : FulfilMigrations()) migrations.push_back(std::move(migration));
    return migrations;
  }
  void SetUp() override {
    LedgerTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    AlsoRegister(FulfilActions());
    AlsoRegister(kOrderActions);
    datasets_.Add("crm", crm_.Url());
    datasets_.Add("shop", shop_.Url());
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    for (const auto& [dataset, collection] : {std::pair("shop", "customer"), {"crm", "contact"}}) {
      Annotate(map_, dataset, collection, {.name = "email", .category = "user.contact.email", .identifier = "email"});
    }
    Annotate(map_, "shop", "customer", {.name = "name", .category = "user.name"});
    Annotate(map_, "shop", "orders", {.name = "ship_to", .category = "user.contact.address"});
  }

  StoreOpener Opener() {
    return [this, opener = datasets_.Opener()](const std::string& dataset,
                                               StoreAccess access) -> Result<std::unique_ptr<Connector>> {
      PRIVITY_TRY(auto store, opener(dataset, access));
      return std::unique_ptr<Connector>(std::make_unique<FaultyStore>(std::move(store), dataset == "crm" ? crm_fault_
                                                                                        : dataset == "desk"
                                                                                            ? desk_fault_
                                                                                            : no_fault_));
    };
  }
  ErasurePlan MakePlan() {
    const StoreOpener opener = Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    return MakeErasurePlan(map_, WalkSubject(map_, stores, kAna).value(),
                           {{"shop", true}, {"crm", true}, {"desk", true}});
  }
  Erasures Desk(Erasures::StepHook hook = {}) {
    Ledger& ledger = LedgerWithKeys();
    return Erasures(store(), ledger, person_keys(), journal_, clock(), std::move(hook));
  }
  Result<PlanId> Save(Erasures& desk, const SubjectId& subject, const std::string& request = "request-1") {
    const ErasurePlan plan = MakePlan();
    return store().Write([&](WriteTx& tx) { return desk.Save(tx, plan, subject, request, kOfficer); });
  }
  PlanId Approved() {
    Erasures desk = Desk();
    const PlanId id = Save(desk, SubjectId::New(clock())).value();
    EXPECT_TRUE(desk.Approve(id, desk.Get(id)->digest, kOfficer).ok());
    return id;
  }
  Result<std::string> CertificateOf(const PlanId& id) {
    Sequence();
    Erasures desk = Desk();
    return IssueCertificate(desk.Get(id).value(), desk.Plan(id).value(), {}, reader(), "example.org/privity", TestKey(),
                            clock().Now());
  }
  Result<Certificate> Verified(const std::string& file) {
    return VerifyCertificate(file, sequencer().verifiers().value());
  }

  TestFolder folder_;
  const ErasureJournal journal_ =
      ErasureJournal::Open(folder_.path() + "/journal", Key::FromBytes(Sha256(AsBytes("journal"))).value()).value();
  TestShop shop_{kShop};
  TestShop crm_{kCrm};
  TestDatasets datasets_;
  SubjectMap map_;
  FaultyStore::Fault crm_fault_ = FaultyStore::Fault::kNone;
  FaultyStore::Fault desk_fault_ = FaultyStore::Fault::kNone;
  const FaultyStore::Fault no_fault_ = FaultyStore::Fault::kNone;
};
PRIVITY_ON_EVERY_STORE(ErasuresTest);

TEST_P(ErasuresTest, ErasesInEveryStoreAndProvesIt) {
  crm_.Run("UPDATE contact SET note = '' WHERE id = 2");
  Erasures desk = Desk();
  const PlanId id = Approved();
  EXPECT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  EXPECT_EQ(desk.Recheck(id, Opener(), nullptr, kOfficer)->Leftovers(), 0);
  EXPECT_EQ(desk.Recheck(id, Opener(), &map_, kOfficer)->Leftovers(), 0);
  EXPECT_THAT(shop_.Rows(), ElementsAre("customer|11|Bo Example|bo@example.org", "orders|101|11|2 Oak Street"));
  EXPECT_THAT(crm_.Rows(), ElementsAre("contact|2|bo@example.org|"));
  const std::string file = CertificateOf(id).value();
  const auto certificate = Verified(file);
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_TRUE(IsComplete(*certificate));
  EXPECT_EQ(certificate->collections.size(), 3U);
  EXPECT_EQ(certificate->checks.size(), 2U);
  EXPECT_THAT(file, Not(HasSubstr("ana@example.org")));
}

TEST_P(ErasuresTest, NothingIsDoneBeforeThePlanAsItStandsIsApproved) {
  Erasures desk = Desk();
  EXPECT_TRUE(Save(desk, SubjectId::New(clock()), "").error().Is("ledger.word_invalid"));
  const PlanId id = Save(desk, SubjectId::New(clock())).value();
  EXPECT_TRUE(desk.Execute(id, Opener(), kOfficer).error().Is("fulfil.stage_wrong"));
  const std::string seen = desk.Get(id)->digest;
  ASSERT_TRUE(desk.Edit(id, {.collection = In(map_, "shop", "orders").id, .strategy = Strategy::kKeep, .ground = "tax"},
                        kOfficer)
                  .ok());
  EXPECT_TRUE(desk.Approve(id, seen, kOfficer).error().Is("fulfil.plan_changed"));
  ASSERT_TRUE(desk.Approve(id, desk.Get(id)->digest, kOfficer).ok());
  EXPECT_TRUE(desk.Edit(id, {}, kOfficer).error().Is("fulfil.stage_wrong"));
  EXPECT_EQ(shop_.Rows().size(), 5U);
  EXPECT_TRUE(desk.Get(PlanId::New(clock())).error().Is("fulfil.erasure_unknown"));
}

TEST_P(ErasuresTest, IsCancelledUntilTheFirstTaskBeginsAndNotAfter) {
  Erasures desk = Desk();
  const PlanId cancelled = Approved();
  ASSERT_TRUE(desk.Cancel(cancelled, kOfficer).ok());
  EXPECT_TRUE(desk.Execute(cancelled, Opener(), kOfficer).error().Is("fulfil.stage_wrong"));
  const PlanId begun = Approved();
  Erasures cut = Desk([](std::string_view step) { return step == "progress" ? Status(Error("test.cut")) : Ok(); });
  EXPECT_TRUE(cut.Execute(begun, Opener(), kOfficer).error().Is("test.cut"));
  EXPECT_TRUE(desk.Cancel(begun, kOfficer).error().Is("fulfil.point_of_no_return"));
}

TEST_P(ErasuresTest, CutOffAtAnyStepItGoesOnAndTheCertificateSaysWhatIsSo) {
  const std::vector<std::string> shop_before = shop_.Rows();
  int steps = 0;
  for (int cut_at = 1;; ++cut_at) {
    shop_.Run(std::string("DROP TABLE orders; DROP TABLE customer;") + kShop);
    crm_.Run(std::string("DROP TABLE contact;") + kCrm);
    ASSERT_EQ(shop_.Rows(), shop_before);
    const PlanId id = Approved();
    steps = 0;
    Erasures cut = Desk([&](std::string_view) { return ++steps == cut_at ? Status(Error("test.cut")) : Ok(); });
    const auto first = cut.Execute(id, Opener(), kOfficer);
    Erasures desk = Desk();
    ASSERT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
    ASSERT_EQ(desk.Recheck(id, Opener(), nullptr, kOfficer)->Leftovers(), 0);
    const auto certificate = Verified(CertificateOf(id).value());
    ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
    for (const CertifiedCollection& each : certificate->collections) EXPECT_EQ(each.deleted, each.found);
    if (first.ok()) break;
  }
  EXPECT_GE(steps, 10) << "every task has an intent, its progress and an outcome";
}

TEST_P(ErasuresTest, IsInTheJournalBeforeTheFirstChange) {
  const PlanId id = Approved();
  EXPECT_THAT(journal_.Entries().value(), IsEmpty());
  const std::vector<std::string> before = shop_.Rows();
  Erasures cut = Desk([](std::string_view step) { return step == "intent" ? Status(Error("test.cut")) : Ok(); });
  EXPECT_TRUE(cut.Execute(id, Opener(), kOfficer).error().Is("test.cut"));
  EXPECT_EQ(shop_.Rows(), before);
  ASSERT_EQ(journal_.Entries()->size(), 1U);
  EXPECT_EQ(journal_.Entries()->front().erasure, id);
}

TEST_P(ErasuresTest, AStoreThatIsDownKeepsItsTaskWaitingAndTheRestIsDone) {
  const PlanId id = Approved();
  Erasures desk = Desk();
  crm_fault_ = FaultyStore::Fault::kIsGone;
  EXPECT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kWaitingForStore);
  EXPECT_EQ(shop_.Rows().size(), 2U);
  EXPECT_TRUE(desk.Recheck(id, Opener(), nullptr, kOfficer).error().Is("fulfil.stage_wrong"));
  EXPECT_TRUE(CertificateOf(id).error().Is("fulfil.stage_wrong"));
  const auto waiting = desk.Get(id).value();
  EXPECT_EQ(std::ranges::count_if(waiting.tasks, [](const ErasureTask& task) { return !task.waiting_for.empty(); }), 1);
  crm_fault_ = FaultyStore::Fault::kNone;
  EXPECT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  EXPECT_THAT(crm_.Column("SELECT id FROM contact"), ElementsAre("2"));
}

TEST_P(ErasuresTest, AStoreThatLiesIsFoundOutAndTheCertificateSaysSo) {
  const PlanId id = Approved();
  Erasures desk = Desk();
  crm_fault_ = FaultyStore::Fault::kLies;
  ASSERT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  EXPECT_EQ(desk.Recheck(id, Opener(), nullptr, kOfficer)->Leftovers(), 1);
  const auto certificate = Verified(CertificateOf(id).value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_FALSE(IsComplete(*certificate));
}

TEST_P(ErasuresTest, WhatAStoreRefusesIsCountedAndNeverCalledDone) {
  shop_.Run("CREATE TRIGGER hold BEFORE DELETE ON orders WHEN old.id = 100 BEGIN SELECT RAISE(ABORT, 'held'); END;");
  const PlanId id = Approved();
  Erasures desk = Desk();
  ASSERT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  EXPECT_EQ(desk.Recheck(id, Opener(), nullptr, kOfficer)->Leftovers(), 2)
      << "the order, and the customer it refers to";
  const auto certificate = Verified(CertificateOf(id).value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_FALSE(IsComplete(*certificate));
  std::int64_t failed = 0;
  for (const CertifiedCollection& each : certificate->collections) {
    for (const auto& [code, count] : each.failed) failed += count;
  }
  EXPECT_EQ(failed, 2);
}

TEST_P(ErasuresTest, OneStoreFailsOneHangsOneLiesAndTheCertificateSaysExactlyThat) {
  TestShop desk_store(
      "CREATE TABLE caller (id INTEGER PRIMARY KEY, email TEXT); "
      "INSERT INTO caller VALUES (1, 'ana@example.org'), (2, 'bo@example.org');");
  datasets_.Add("desk", desk_store.Url());
  for (MappedCollection& each : datasets_.Map().collections) {
    if (each.id.dataset == "desk") map_.collections.push_back(std::move(each));
  }
  Annotate(map_, "desk", "caller", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  shop_.Run("CREATE TRIGGER hold BEFORE DELETE ON orders WHEN old.id = 100 BEGIN SELECT RAISE(ABORT, 'held'); END;");
  const PlanId id = Approved();
  Erasures desk = Desk();
  crm_fault_ = FaultyStore::Fault::kLies;
  desk_fault_ = FaultyStore::Fault::kHangs;
  ASSERT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kWaitingForStore);
  const auto waiting = desk.Get(id).value();
  EXPECT_EQ(std::ranges::count(waiting.tasks, "connect.timeout", &ErasureTask::waiting_for), 1);
  EXPECT_TRUE(CertificateOf(id).error().Is("fulfil.stage_wrong")) << "nothing is certified while a store hangs";

  desk_fault_ = FaultyStore::Fault::kNone;
  ASSERT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  desk_fault_ = FaultyStore::Fault::kHangs;
  ASSERT_TRUE(desk.Recheck(id, Opener(), nullptr, kOfficer).ok());
  const Certificate certificate = Verified(CertificateOf(id).value()).value();
  EXPECT_FALSE(IsComplete(certificate));
  std::map<std::string, std::string> said;
  for (const CertifiedCollection& each : certificate.collections) {
    std::int64_t failed = 0;
    for (const auto& [code, count] : each.failed) failed += count;
    said[each.id.dataset + "." + each.id.name] = std::to_string(each.deleted) + " " + std::to_string(failed);
  }
  EXPECT_EQ(said,
            (std::map<std::string, std::string>{
                {"crm.contact", "1 0"}, {"desk.caller", "1 0"}, {"shop.customer", "0 1"}, {"shop.orders", "1 1"}}))
      << "deleted and failed, as the stores answered";
  ASSERT_EQ(certificate.checks.size(), 1U);
  const RecheckReport& report = certificate.checks.front().report;
  std::map<std::string, std::int64_t> left;
  for (const Rechecked& each : report.collections) left[each.collection.dataset] += each.leftovers;
  EXPECT_EQ(left, (std::map<std::string, std::int64_t>{{"crm", 1}, {"shop", 2}})) << "who lied and who refused";
  ASSERT_EQ(report.not_read.size(), 1U);
  EXPECT_EQ(report.not_read.front().code, "connect.timeout");
  EXPECT_EQ(report.not_read.front().collection.dataset, "desk");
}

TEST_P(ErasuresTest, TheSweepFindsWhatNoReferenceLeadsTo) {
  const PlanId id = Approved();
  Erasures desk = Desk();
  ASSERT_TRUE(desk.Execute(id, Opener(), kOfficer).ok());
  const RecheckReport swept = desk.Recheck(id, Opener(), &map_, kOfficer).value();
  ASSERT_EQ(swept.Leftovers(), 1) << "the note about Ana in the record of Bo";
  EXPECT_FALSE(IsComplete(Verified(CertificateOf(id).value()).value()));
}

TEST_P(ErasuresTest, NobodyThereIsSuccessWithProof) {
  shop_.Run("DELETE FROM orders; DELETE FROM customer;");
  crm_.Run("DELETE FROM contact");
  const PlanId id = Approved();
  Erasures desk = Desk();
  EXPECT_EQ(desk.Execute(id, Opener(), kOfficer).value(), ErasureStage::kExecuted);
  ASSERT_TRUE(desk.Recheck(id, Opener(), &map_, kOfficer).ok());
  const auto certificate = Verified(CertificateOf(id).value());
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  EXPECT_TRUE(IsComplete(*certificate));
  EXPECT_THAT(certificate->collections, IsEmpty());
}

TEST_P(ErasuresTest, PlansAreSealedAndGoWithTheirPerson) {
  Erasures desk = Desk();
  const SubjectId subject = SubjectId::New(clock());
  const PlanId id = Save(desk, subject).value();
  const auto plan = store().Read([&](ReadTx& tx) { return tx.QueryOne("SELECT plan FROM erasure"); }).value();
  EXPECT_THAT(std::string(AsText(plan->Get<Bytes>(0))), Not(HasSubstr("ana@")));
  ASSERT_TRUE(person_keys().Shred(subject).ok());
  EXPECT_TRUE(desk.Get(id).error().Is("keys.subject_shredded"));
}

// What a stranger's program says of a file: its exit code, or nothing where it cannot run.
std::optional<int> Judge(const std::string& file, const std::string& key) {
  const TempDirectory folder;
  std::ofstream(folder.path() + "/certificate.json", std::ios::binary) << file;
  const std::string command = "python3 tests/judges/certificate/judge.py '" + folder.path() +
                              "/certificate.json' --key '" + key + "' 2>/dev/null";
  const int status = std::system(command.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return code == 77 ? std::nullopt : std::optional(code);
}

TEST_P(ErasuresTest, ACertificateThatWasChangedAnywhereIsRefusedAlsoByAStranger) {
  const PlanId id = Approved();
  Erasures desk = Desk();
  ASSERT_TRUE(desk.Execute(id, Opener(), kOfficer).ok());
  ASSERT_TRUE(desk.Recheck(id, Opener(), nullptr, kOfficer).ok());
  const std::string file = CertificateOf(id).value();
  const std::string key = sequencer().verifiers()->newest().ToString();
  const bool has_judge = Judge(file, key).has_value();
  const auto expect_judgement = [&](const std::string& text, const std::string& with, int code) {
    if (has_judge) {
      EXPECT_EQ(Judge(text, with), code) << text.substr(0, 200);
    }
  };
  expect_judgement(file, key, 0);
  const auto changed = [&](const std::string& what, const std::string& to) {
    std::string other = file;
    const std::size_t at = other.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return other.replace(at, what.size(), to);
  };
  for (const std::string& forged :
       {changed("\"deleted\":1", "\"deleted\":2"), changed("\"request\":\"request-1\"", "\"request\":\"request-2\""),
        changed("\"leftovers\":0", "\"leftovers\":1"),
        changed("\"checks\":[",
                "\"checks\":[ "
                "null,"),
        file + "x", std::string("{}")}) {
    EXPECT_FALSE(Verified(forged).ok()) << forged.substr(0, 200);
    expect_judgement(forged, key, 1);
  }
  // Signed by the right key, and still contradicting the ledger.
  auto lying = desk.Get(id).value();
  ++lying.tasks[0].progress.deleted;
  const std::string contradiction =
      IssueCertificate(lying, desk.Plan(id).value(), {}, reader(), "example.org/privity", TestKey(), clock().Now())
          .value();
  EXPECT_TRUE(Verified(contradiction).error().Is("fulfil.certificate_invalid"));
  expect_judgement(contradiction, key, 1);
  // By a key that is not ours.
  const SigningKey other = SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes("another"))).value());
  const auto stranger = NoteVerifier::Create("example.org/privity", NoteKeyType::kEd25519, other.verify_key()).value();
  EXPECT_TRUE(VerifyCertificate(file, stranger).error().Is("ledger.signature_missing"));
  expect_judgement(file, stranger.ToString(), 1);
  if (!has_judge) GTEST_SKIP() << "the judge needs python3-cryptography; everything else was tested";
}

TEST_P(ErasuresTest, TheWordOfWhoeverWasAskedIsTheOneThatTheLedgerRecorded) {
  const PlanId id = Approved();
  Erasures desk = Desk();
  ASSERT_TRUE(desk.Execute(id, Opener(), kOfficer).ok());
  ASSERT_TRUE(desk.Recheck(id, Opener(), nullptr, kOfficer).ok());
  Entry entry{
      .action = "orders.order.answered", .actor = kOfficer, .object_kind = "rights_request", .object_id = "request-1"};
  entry.details.Add("act", Word::Parse("erasure").value())
      .Add("outcome", Word::Parse("done").value())
      .Add("evidence", std::int64_t{2});
  Ledger& ledger = LedgerWithKeys();
  const auto answered = store().Write([&](WriteTx& tx) { return ledger.Append(tx, entry); });
  ASSERT_TRUE(answered.ok()) << answered.error().DebugString();
  Sequence();
  const KeptOrder told{.id = "order-1",
                       .system = "Archive",
                       .act = OrderAct::kErasure,
                       .answered_at = clock().Now(),
                       .outcome = OrderOutcome::kDone,
                       .evidence = 2,
                       .entry = answered->ToString()};
  const auto issued = [&](const KeptOrder& order) {
    return IssueCertificate(desk.Get(id).value(), desk.Plan(id).value(), std::span(&order, 1), reader(),
                            "example.org/privity", TestKey(), clock().Now())
        .value();
  };
  const std::string key = sequencer().verifiers()->newest().ToString();
  const auto certificate = Verified(issued(told));
  ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
  ASSERT_THAT(certificate->orders, testing::Optional(testing::SizeIs(1)));
  EXPECT_EQ(certificate->orders->at(0).system, "Archive");
  EXPECT_THAT(Judge(issued(told), key), testing::AnyOf(std::nullopt, 0));

  KeptOrder unanswered = told;
  unanswered.outcome.reset();
  EXPECT_FALSE(Verified(issued(unanswered))->orders) << "nobody's word is certified before it is given";
  for (const auto& lie : std::vector<std::function<void(KeptOrder&)>>{
           [](KeptOrder& order) { order.evidence = 3; }, [](KeptOrder& order) { order.act = OrderAct::kAccess; },
           [](KeptOrder& order) { order.outcome = OrderOutcome::kRefused; }}) {
    KeptOrder other = told;
    lie(other);
    EXPECT_TRUE(Verified(issued(other)).error().Is("fulfil.certificate_invalid"));
    EXPECT_THAT(Judge(issued(other), key), testing::AnyOf(std::nullopt, 1));
  }
}

std::string Text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Certificates, OfEveryFormThatWasEverIssuedStillHold) {
  for (const std::string name : {"v1", "v1-change", "v1-orders"}) {
    SCOPED_TRACE(name);
    const std::string key = Text("tests/corpora/certificates/" + name + ".vkey");
    const NoteVerifier verifier = NoteVerifier::Parse(key.substr(0, key.find('\n'))).value();
    const auto certificate = VerifyCertificate(Text("tests/corpora/certificates/" + name + ".json"), verifier);
    ASSERT_TRUE(certificate.ok()) << certificate.error().DebugString();
    EXPECT_TRUE(IsComplete(*certificate));
  }
}

}  // namespace
}  // namespace privity
