#include "ledger/testing/ledger_test_base.h"

#include "crypto/hash.h"
#include "crypto/key_home.h"

namespace privity {
namespace {

constexpr ActionInfo kTestActions[] = {
    {"test.thing.created", "A thing was made, for tests."},
    {"test.thing.changed", "A thing was changed, for tests."},
};

}  // namespace

std::vector<Migration> LedgerTestBase::Migrations() const {
  std::vector<Migration> migrations = KeysMigrations();
  for (Migration& migration : LedgerMigrations()) migrations.push_back(std::move(migration));
  return migrations;
}

void LedgerTestBase::SetUp() {
  StoreTest::SetUp();
  if (IsSkipped() || HasFatalFailure()) return;
  actions_.Register(LedgerActions());
  actions_.Register(kTestActions);
  ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
  reader_ = std::make_unique<LedgerReader>(store(), actions_);
  sequencer_ = NewSequencer({});
}

void LedgerTestBase::TearDown() {
  sequencer_.reset();
  reader_.reset();
  ledger_with_keys_.reset();
  person_keys_.reset();
  key_home_.reset();
  ledger_.reset();
  StoreTest::TearDown();
}

Ledger& LedgerTestBase::LedgerWithKeys() {
  if (ledger_with_keys_ == nullptr) {
    key_home_ = KeyHome::Open({.directory = place().directory() + "/keys",
                               .data_directory = place().directory() + "/data",
                               .backup_directory = {},
                               .before_step = {}},
                              RootKeySource::File(), clock())
                    .value();
    person_keys_ = PersonKeys::Open(store(), *key_home_, clock()).value();
    ledger_with_keys_ = std::make_unique<Ledger>(store(), actions_, clock(), person_keys_.get());
  }
  return *ledger_with_keys_;
}

SigningKey LedgerTestBase::TestKey() {
  return SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes("ledger test key"))).value());
}

std::unique_ptr<Sequencer> LedgerTestBase::NewSequencer(std::vector<CheckpointSink*> sinks) {
  return Sequencer::Create(*ledger_, TestKey(), {.origin = "example.org/privity"}, std::move(sinks)).value();
}

Entry LedgerTestBase::Created(int number) {
  return {.action = "test.thing.created",
          .actor = {ActorKind::kOperator, "uid-" + std::to_string(number)},
          .object_kind = "thing",
          .object_id = "thing-" + std::to_string(number),
          .details = {},
          .request_id = "req-" + std::to_string(number)};
}

void LedgerTestBase::RecordMany(int count) {
  const Status status = store().Write([&](WriteTx& tx) -> Status {
    for (int i = 0; i < count; ++i) PRIVITY_TRY_VOID(ledger_->Append(tx, Created(i)));
    return Ok();
  });
  ASSERT_TRUE(status.ok()) << status.error().DebugString();
}

std::uint64_t LedgerTestBase::Sequence() {
  const Status status = sequencer_->RunOnce();
  EXPECT_TRUE(status.ok()) << status.error().DebugString();
  return sequencer_->state().size;
}

std::vector<std::string> LedgerTestBase::Leaves() {
  const auto rows =
      store()
          .Read([](ReadTx& tx) { return tx.Query("SELECT idx, time, body FROM ledger_entry ORDER BY idx"); })
          .value();
  std::vector<std::string> leaves;
  for (const Row& row : rows) {
    leaves.push_back(LeafText(row.Get<std::uint64_t>(0), row.Get<Instant>(1), row.Get<std::string>(2)));
  }
  return leaves;
}

std::string LedgerTestBase::NewestNote() {
  return store()
      .Read([](ReadTx& tx) { return tx.QueryOne("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"); })
      .value()
      ->Get<std::string>(0);
}

std::int64_t LedgerTestBase::Count(std::string_view sql) {
  return store().Read([&](ReadTx& tx) { return tx.QueryOne(sql); }).value()->Get<std::int64_t>(0);
}

void LedgerTestBase::Damage(std::string_view script) {
  const Status status = store().Write([&](WriteTx& tx) { return tx.ExecuteScript(script); });
  ASSERT_TRUE(status.ok()) << status.error().DebugString();
}

}  // namespace privity
