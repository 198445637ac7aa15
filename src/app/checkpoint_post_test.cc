#include "app/checkpoint_post.h"

#include <gmock/gmock.h>

#include "base/testing/captured_log.h"
#include "ledger/testing/ledger_test_base.h"

namespace privity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A place that answers what the test says.
class TestSink final : public CheckpointSink {
 public:
  std::string name() const override { return "webhook"; }
  std::string place() const override { return "hooks.example.org"; }
  Result<std::optional<std::string>> Newest() override { return std::optional<std::string>(); }
  Status Publish(const Checkpoint& checkpoint, const std::string&, const Prove&) override {
    ++attempts;
    if (answer.ok()) sizes.push_back(checkpoint.size);
    return answer;
  }
  Status answer;
  int attempts = 0;
  std::vector<std::uint64_t> sizes;
};

class CheckpointPostTest : public LedgerTestBase {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> all = LedgerTestBase::Migrations();
    for (Migration& migration : JobsMigrations()) all.push_back(std::move(migration));
    return all;
  }
  void SetUp() override {
    LedgerTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    AlsoRegister(CheckpointPostActions());
    std::vector<CheckpointPost::Target> targets;
    auto sink = std::make_unique<TestSink>();
    sink_ = sink.get();
    targets.push_back({std::move(sink), minutes(5)});
    queue_ = std::make_unique<JobQueue>(clock());
    schedules_ = std::make_unique<Schedules>(*queue_, clock());
    post_ = std::make_unique<CheckpointPost>(ledger(), sequencer(), *queue_, std::move(targets),
                                             std::vector<const CheckpointSink*>{}, seconds(10));
    worker_ = std::make_unique<Worker>(store(), *queue_, *schedules_, clock(), Logger(log_, clock()),
                                       JobHandlers{{std::string(CheckpointPost::kJobKind), post_->Handler()}});
  }
  void TearDown() override {
    worker_.reset();
    post_.reset();
    schedules_.reset();
    queue_.reset();
    LedgerTestBase::TearDown();
  }

  void AMinutePasses() {
    clock().Advance(minutes(1));
    ASSERT_TRUE(post_->EnqueueDue().ok());
    ASSERT_TRUE(worker_->RunDue().ok());
  }
  void Grow(int entries) {
    RecordMany(entries);
    Sequence();
  }
  CheckpointPlace Place() {
    return store().Read([&](ReadTx& tx) { return post_->List(tx); }).value().front();
  }
  Result<JobId> SendNow(const std::string& place) {
    return store().Write([&](WriteTx& tx) {
      return post_->SendNow(tx, place, {ActorKind::kOperator, "uid-0"}, "req-1");
    });
  }

  TestSink* sink_ = nullptr;
  std::unique_ptr<CheckpointPost> post_;
  std::unique_ptr<Worker> worker_;

 private:
  std::unique_ptr<JobQueue> queue_;
  std::unique_ptr<Schedules> schedules_;
  CapturedLog log_;
};
PRIVITY_ON_EVERY_STORE(CheckpointPostTest);

TEST_P(CheckpointPostTest, SendsTheNewestCheckpointWheneverTheLedgerGrewAndTheIntervalIsOver) {
  Grow(3);
  AMinutePasses();
  EXPECT_THAT(sink_->sizes, ElementsAre(3U));
  AMinutePasses();  // nothing new
  EXPECT_EQ(sink_->attempts, 1);
  Grow(4);
  AMinutePasses();  // too soon
  EXPECT_EQ(sink_->attempts, 1);
  clock().Advance(minutes(5));
  AMinutePasses();
  EXPECT_THAT(sink_->sizes, ElementsAre(3U, 7U));
  EXPECT_EQ(Place().size, 7U);
  EXPECT_EQ(Place().error, std::nullopt);
  EXPECT_EQ(Place().delivered_at, clock().Now());
}

TEST_P(CheckpointPostTest, TriesAgainUntilThePlaceAnswersAndTellsOfIt) {
  Grow(1);
  sink_->answer = Error("ledger.sink_failed", {{"sink", "webhook"}, {"problem", "status 500"}});
  AMinutePasses();
  clock().Advance(seconds(10));
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_EQ(sink_->attempts, 2);
  clock().Advance(seconds(10));  // twice as long the second time
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_EQ(sink_->attempts, 2);
  EXPECT_EQ(Place().failures, 2);
  EXPECT_EQ(Place().problem, "status 500");
  EXPECT_EQ(Place().size, std::nullopt);
  sink_->answer = Ok();
  clock().Advance(seconds(10));
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_EQ(Place().failures, 0);
  EXPECT_EQ(Place().error, std::nullopt);
  // One entry when it began and one when it ended, however many attempts there were.
  Sequence();
  EXPECT_THAT(Leaves(),
              ElementsAre(testing::_, HasSubstr("ledger.publication.failed"), HasSubstr("ledger.publication.resumed")));
}

TEST_P(CheckpointPostTest, NeverGivesUp) {
  Grow(1);
  sink_->answer = Error("ledger.sink_failed", {{"sink", "webhook"}, {"problem", "net.timeout"}});
  for (int i = 0; i < 40; ++i) {
    AMinutePasses();
    clock().Advance(minutes(15));
  }
  EXPECT_GE(sink_->attempts, 40);
  sink_->answer = Ok();
  AMinutePasses();
  EXPECT_EQ(Place().error, std::nullopt);
}

TEST_P(CheckpointPostTest, APlaceThatRemembersAnotherHistoryHaltsTheLedgerOfEveryProcess) {
  Grow(2);
  sink_->answer = Error("ledger.forked", {{"size", "2"}});
  AMinutePasses();
  EXPECT_EQ(ledger().Record(Created(1)).error().DebugString(), "ledger.halted{cause=ledger.forked}");
  // Another process has only the row.
  sequencer().NoteSink("webhook", Ok());
  ASSERT_TRUE(ledger().Record(Created(1)).ok());
  ASSERT_TRUE(post_->EnqueueDue().ok());
  EXPECT_TRUE(ledger().halted().has_value());
  sink_->answer = Ok();
  clock().Advance(seconds(10));
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_FALSE(ledger().halted().has_value());
}

TEST_P(CheckpointPostTest, SendsOnRequestWhateverTheIntervalAndRecordsWhoAsked) {
  Grow(1);
  AMinutePasses();
  ASSERT_TRUE(SendNow("webhook").ok());
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_EQ(sink_->attempts, 2);
  sink_->answer = Error("ledger.sink_failed", {{"sink", "webhook"}, {"problem", "status 500"}});
  ASSERT_TRUE(SendNow("webhook").ok());
  ASSERT_TRUE(worker_->RunDue().ok());
  ASSERT_TRUE(SendNow("webhook").ok());  // does not wait for the next attempt
  ASSERT_TRUE(worker_->RunDue().ok());
  EXPECT_EQ(sink_->attempts, 4);
  EXPECT_EQ(SendNow("mail").error().code(), "app.checkpoint_place_unknown");
  Sequence();
  EXPECT_THAT(Leaves()[1], HasSubstr(R"("action":"app.checkpoint.sent","actor":{"id":"uid-0","kind":"operator"})"));
}

TEST_P(CheckpointPostTest, SendsNothingBeforeThereIsACheckpoint) {
  AMinutePasses();
  EXPECT_EQ(sink_->attempts, 0);
  EXPECT_EQ(Place().name, "webhook");
  EXPECT_EQ(Place().place, "hooks.example.org");
  EXPECT_EQ(Place().delivered_at, std::nullopt);
}

}  // namespace
}  // namespace privity
