// Nothing happens without its entry: whatever keeps the ledger from being written undoes or prevents the act.
#include <gmock/gmock.h>

#include "ledger/decision_counter.h"
#include "ledger/testing/ledger_test_base.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FaultsTest : public LedgerTestBase {
 protected:
  std::vector<Migration> Migrations() const override {
    auto migrations = LedgerTestBase::Migrations();
    migrations.push_back(
        {.room = "test", .version = 1, .name = "effects", .sql = "CREATE TABLE effect (n bigint NOT NULL)"});
    return migrations;
  }
  // A guarded change: takes effect with its entry.
  Status Change() {
    return store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("INSERT INTO effect (n) VALUES (1)"));
      PRIVITY_TRY_VOID(ledger().Append(tx, Created(1)));
      return Ok();
    });
  }
  std::int64_t Effects() { return Count("SELECT count(*) FROM effect"); }
};
PRIVITY_ON_EVERY_STORE(FaultsTest);

TEST_P(FaultsTest, AChangeWhoseEntryCannotBeWrittenDoesNotHappen) {
  ASSERT_TRUE(Change().ok());
  Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
  EXPECT_FALSE(Change().ok());
  EXPECT_FALSE(Change().ok());
  EXPECT_EQ(Effects(), 1);
  Damage("ALTER TABLE ledger_lost RENAME TO ledger_staged");
  EXPECT_TRUE(Change().ok());
  EXPECT_EQ(Effects(), 2);
  EXPECT_EQ(Sequence(), 2U);
}

TEST_P(FaultsTest, NoOutsideActWithoutItsIntent) {
  Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
  bool acted = false;
  const auto result = ActOnRecord(ledger(), Created(1), Created(2), [&]() -> Status {
    acted = true;
    return Ok();
  });
  EXPECT_FALSE(result.ok());
  EXPECT_FALSE(acted);
}

TEST_P(FaultsTest, AnActWhoseOutcomeCannotBeWrittenIsAnErrorAndStaysOpen) {
  const auto result = ActOnRecord(ledger(), Created(1), Created(2), [&]() -> Status {
    Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
    return Ok();
  });
  EXPECT_FALSE(result.ok());
  Damage("ALTER TABLE ledger_lost RENAME TO ledger_staged");
  EXPECT_EQ(store().Read([&](ReadTx& tx) { return ledger().OpenIntents(tx, FromMicros(INT64_MAX), 10); })->size(), 1U);
}

TEST_P(FaultsTest, ACountedDecisionIsRefusedWhileItsCountCannotBeWritten) {
  DecisionCounter counter(ledger());
  const Word read = Word::Parse("users.read").value(), write = Word::Parse("users.write").value();
  const Instant begin = clock().Now();
  ASSERT_TRUE(counter.Allowed(read).ok());
  ASSERT_TRUE(counter.Allowed(read).ok());
  ASSERT_TRUE(counter.Allowed(write).ok());
  Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
  clock().Advance(std::chrono::minutes(1));
  EXPECT_FALSE(counter.Flush().ok());
  EXPECT_TRUE(counter.Allowed(read).ok());  // a minute to mend it
  clock().Advance(std::chrono::minutes(1));
  EXPECT_EQ(counter.Allowed(read).error().code(), "ledger.decisions_unwritten");
  Damage("ALTER TABLE ledger_lost RENAME TO ledger_staged");
  EXPECT_TRUE(counter.Flush().ok());
  EXPECT_TRUE(counter.Flush().ok());  // nothing is left
  EXPECT_EQ(Sequence(), 2U);
  const std::string period = R"("from":")" + FormatInstant(begin) + R"(","until":")" + FormatInstant(clock().Now());
  EXPECT_THAT(Leaves(), ElementsAre(HasSubstr(R"({"count":3,"decision":"users.read",)" + period),
                                    HasSubstr(R"({"count":1,"decision":"users.write",)" + period)));
  EXPECT_TRUE(counter.Allowed(read).ok());
}

TEST_P(FaultsTest, ADenialIsRecordedByItselfUntilThereAreTooMany) {
  DecisionCounter counter(ledger());
  const DeniedCall denied{.actor = {ActorKind::kUser, "ben"},
                          .decision = Word::Parse("users.write").value(),
                          .call = "users.update",
                          .request_id = "req-1"};
  for (int i = 0; i < 103; ++i) ASSERT_TRUE(counter.Denied(denied).ok());
  EXPECT_EQ(Sequence(), 100U);
  EXPECT_THAT(Leaves().front(), HasSubstr(R"("action":"ledger.decision.denied","actor":{"id":"ben","kind":"user"})"));
  ASSERT_TRUE(counter.Flush().ok());
  EXPECT_EQ(Sequence(), 101U);
  EXPECT_THAT(Leaves().back(), HasSubstr(R"("details":{"count":3,"decision":"users.write",)"));
}

TEST_P(FaultsTest, ADenialThatCannotBeRecordedIsAnError) {
  DecisionCounter counter(ledger());
  Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
  EXPECT_FALSE(counter
                   .Denied({.actor = {},
                            .decision = Word::Parse("users.write").value(),
                            .call = "users.update",
                            .request_id = "req-1"})
                   .ok());
}

// A store whose disk or server fails in a given way.
class FailingStore final : public Store {
 public:
  explicit FailingStore(std::string code) : code_(std::move(code)) {}
  Result<Scrub> ScrubDeleted() override { return Error(code_); }
  Status CopyTo(const std::string&) override { return Error(code_); }
  Dialect dialect() const override { return Dialect::kSqlite; }

 protected:
  Status DoRead(const ReadFn&) override { return Error(code_); }
  Status DoWrite(const WriteFn&, const WriteOptions&, Callbacks*) override { return Error(code_); }

 private:
  const std::string code_;
};

TEST(LedgerFaults, EveryFailureOfTheStoreReachesTheCallerAndHaltsNothing) {
  ActionRegistry actions;
  actions.Register(LedgerActions());
  const ManualClock clock;
  for (const char* const code : {"store.full", "store.read_only", "store.io", "store.timeout", "store.unavailable"}) {
    FailingStore store(code);
    Ledger ledger(store, actions, clock);
    const Entry entry{.action = "ledger.decisions.counted"};
    EXPECT_EQ(ledger.Record(entry).error().code(), code);
    bool acted = false;
    EXPECT_EQ(ActOnRecord(ledger, entry, entry,
                          [&]() -> Status {
                            acted = true;
                            return Ok();
                          })
                  .error()
                  .code(),
              code);
    EXPECT_FALSE(acted);
    const auto sequencer =
        Sequencer::Create(ledger, SigningKey::FromSeed(Key::Random()), {.origin = "example.org/privity"}, {}).value();
    EXPECT_EQ(sequencer->RunOnce().error().code(), code);
    EXPECT_EQ(sequencer->state().problem->code(), code);
    EXPECT_FALSE(ledger.halted().has_value());  // it goes on by itself when the store does
  }
}

}  // namespace
}  // namespace privity
