#include "ledger/ledger.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "ledger/sequencer.h"
#include "ledger/testing/ledger_test_base.h"
#include "ledger/verify.h"

namespace privity {
namespace {

class LedgerTest : public LedgerTestBase {};
PRIVITY_ON_EVERY_STORE(LedgerTest);

TEST_P(LedgerTest, AnEntryIsWrittenWithItsChangeOrNotAtAll) {
  const auto refused = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(ledger().Append(tx, Created(1)));
    return Error("test.change_failed");
  });
  EXPECT_EQ(refused.error().code(), "test.change_failed");
  ASSERT_TRUE(ledger().Record(Created(2)).ok());
  EXPECT_EQ(Sequence(), 1U);
  EXPECT_THAT(Leaves(), testing::ElementsAre(testing::HasSubstr(R"("object":{"id":"thing-2","kind":"thing"})")));
}

TEST_P(LedgerTest, TheLeafIsTheDocumentedCanonicalText) {
  clock().Set(FromMicros(1'773'135'000'000'000));
  Entry entry = Created(7);
  entry.details.Add("count", 3).Add("active", true).Add("because", "test.literal").Add("at_most", clock().Now());
  const EntryId id = ledger().Record(entry).value();
  Sequence();
  EXPECT_THAT(Leaves(), testing::ElementsAre(
                            R"({"entry":{"action":"test.thing.created","actor":{"id":"uid-7","kind":"operator"},)"
                            R"("at":"2026-03-10T09:30:00Z","details":{"active":true,"at_most":"2026-03-10T09:30:00Z",)"
                            R"("because":"test.literal","count":3},"id":")" +
                            id.ToString() +
                            R"(","object":{"id":"thing-7","kind":"thing"},"request":"req-7"},"index":0,)"
                            R"("time":"2026-03-10T09:30:00Z","v":1})"));
}

TEST_P(LedgerTest, RefusesWhatNobodyRegisteredAndWhatCouldNameAPerson) {
  struct Refusal {
    const char* name;
    std::function<void(Entry&)> change;
    const char* code;
  };
  const Refusal cases[] = {
      {"an unknown action", [](Entry& e) { e.action = "test.thing.dropped"; }, "ledger.action_unknown"},
      {"an address as actor", [](Entry& e) { e.actor.id = "ada@example.org"; }, "ledger.entry_invalid"},
      {"a subject in clear",
       [](Entry& e) {
         e.actor = {ActorKind::kSubject, "anyone"};
       },
       "ledger.entry_invalid"},
      {"a subject as object", [](Entry& e) { e.object_kind = "subject"; }, "ledger.entry_invalid"},
      {"a name as object", [](Entry& e) { e.object_id = "Ada Lovelace"; }, "ledger.entry_invalid"},
      {"an object without kind", [](Entry& e) { e.object_kind.clear(); }, "ledger.entry_invalid"},
      {"a text as request", [](Entry& e) { e.request_id = "two words"; }, "ledger.entry_invalid"},
  };
  for (const Refusal& refusal : cases) {
    Entry entry = Created(1);
    refusal.change(entry);
    const auto result = ledger().Record(entry);
    ASSERT_FALSE(result.ok()) << refusal.name;
    EXPECT_EQ(result.error().code(), refusal.code) << refusal.name;
  }
  EXPECT_EQ(Sequence(), 0U);
}

TEST_P(LedgerTest, TimesNeverGoBackWhateverTheClockDoes) {
  for (const int minutes : {0, 60, -90, 5}) {
    clock().Set(clock().Now() + std::chrono::minutes(minutes));
    ASSERT_TRUE(ledger().Record(Created(1)).ok());
    Sequence();
  }
  const auto rows =
      store().Read([](ReadTx& tx) { return tx.Query("SELECT time FROM ledger_entry ORDER BY idx"); }).value();
  ASSERT_EQ(rows.size(), 4U);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_LE(rows[i - 1].Get<std::int64_t>(0), rows[i].Get<std::int64_t>(0)) << i;
  }
}

// As above, but within one batch, whose rows have gaps between them.
TEST_P(LedgerTest, ABatchKeepsItsOrderAndItsTimesThoughTheClockWentBack) {
  std::vector<std::string> recorded;
  for (const int minutes : {0, 60, -90, 5, 0, 200}) {
    clock().Set(clock().Now() + std::chrono::minutes(minutes));
    const auto id = ledger().Record(Created(1));
    ASSERT_TRUE(id.ok());
    recorded.push_back(id->ToString());
    if (store().dialect() == Dialect::kSqlite) {
      Damage("UPDATE ledger_staged SET rowid = rowid + 3 WHERE id = '" + recorded.back() + "'");
    }
  }
  ASSERT_EQ(Sequence(), recorded.size());
  const auto rows =
      store().Read([](ReadTx& tx) { return tx.Query("SELECT idx, time, id FROM ledger_entry ORDER BY idx"); }).value();
  std::vector<std::string> sequenced;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].Get<std::size_t>(0), i);
    if (i > 0) {
      EXPECT_LE(rows[i - 1].Get<Instant>(1), rows[i].Get<Instant>(1)) << i;
    }
    sequenced.push_back(rows[i].Get<std::string>(2));
  }
  if (store().dialect() == Dialect::kSqlite) {
    EXPECT_EQ(sequenced, recorded) << "the order in which they were written";
  }
  EXPECT_THAT(sequenced, testing::UnorderedElementsAreArray(recorded));
  EXPECT_TRUE(VerifyLedger(store(), sequencer().verifiers().value(), clock())->whole());
}

TEST_P(LedgerTest, CheckpointsAreSignedAndEachContinuesTheOneBefore) {
  std::vector<Checkpoint> checkpoints;
  for (const int count : {0, 1, 2, 255, 300, 1}) {
    RecordMany(count);
    clock().Set(clock().Now() + std::chrono::minutes(1));  // so that none is superseded
    ASSERT_TRUE(sequencer().RunOnce().ok());
    checkpoints.push_back(OpenCheckpoint(NewestNote(), sequencer().verifiers().value()).value());
  }
  EXPECT_EQ(checkpoints.back().size, 559U);
  for (std::size_t i = 1; i < checkpoints.size(); ++i) {
    const auto proof = store().Read([&](ReadTx& tx) {
      StoredTiles tiles(tx);
      return ConsistencyProof(tiles, checkpoints[i - 1].size, checkpoints[i].size);
    });
    ASSERT_TRUE(proof.ok()) << proof.error().DebugString();
    EXPECT_TRUE(ConsistencyHolds(checkpoints[i - 1].size, checkpoints[i].size, checkpoints[i - 1].root,
                                 checkpoints[i].root, *proof));
  }
  EXPECT_EQ(sequencer().state().checkpoint_size, 559U);
}

// The process may end right after the key was replaced, before anything was signed with the new one: the next process
// finds a checkpoint of the old key, goes on from it and signs with both.
TEST_P(LedgerTest, AReplacedKeyGoesOnWhereTheOldOneStopped) {
  std::vector<SigningKey> keys = {TestKey()};
  const auto start = [&] {
    return Sequencer::Create(ledger(), [&]() -> Result<std::vector<SigningKey>> { return keys; },
                             {.origin = "example.org/privity"}, {})
        .value();
  };
  const auto replace = [&] { keys.insert(keys.begin(), SigningKey::FromSeed(Key::Random())); };
  const auto verifier = [&](std::size_t age) {
    return NoteVerifier::Create("example.org/privity", NoteKeyType::kEd25519, keys[age].verify_key()).value();
  };
  const auto add = [&](Sequencer& with) {
    RecordMany(2);
    clock().Set(clock().Now() + std::chrono::minutes(1));
    ASSERT_TRUE(with.RunOnce().ok());
  };
  auto running = start();
  add(*running);
  replace();
  running = start();
  ASSERT_TRUE(running->RunOnce().ok());
  EXPECT_EQ(OpenCheckpoint(NewestNote(), verifier(1))->size, 2U);
  add(*running);
  for (const std::size_t age : {0U, 1U}) EXPECT_EQ(OpenCheckpoint(NewestNote(), verifier(age))->size, 4U) << age;
  // Replaced while it runs: the next checkpoint counts, and the first key signs no more.
  replace();
  add(*running);
  for (const std::size_t age : {0U, 1U}) EXPECT_EQ(OpenCheckpoint(NewestNote(), verifier(age))->size, 6U) << age;
  EXPECT_EQ(OpenCheckpoint(NewestNote(), verifier(2)).error().code(), "ledger.signature_missing");
  const auto report = VerifyLedger(store(), running->verifiers().value(), clock()).value();
  EXPECT_TRUE(report.whole());
  EXPECT_EQ(report.checkpoints_checked, 3U);
  EXPECT_FALSE(VerifyLedger(store(), verifier(0), clock())->whole()) << "the first checkpoint is not of this key";
}

TEST_P(LedgerTest, OneCheckpointAMinuteIsKept) {
  clock().Set(FromMicros(1'773'135'000'000'000));
  for (int i = 0; i < 5; ++i) {
    RecordMany(1);
    clock().Set(clock().Now() + std::chrono::seconds(1));
    ASSERT_TRUE(sequencer().RunOnce().ok());
  }
  EXPECT_EQ(Count("SELECT count(*) FROM ledger_checkpoint"), 1);
  EXPECT_EQ(OpenCheckpoint(NewestNote(), sequencer().verifiers().value())->size, 5U);
}

TEST_P(LedgerTest, ALostTileIsNeverPapered) {
  RecordMany(10);
  ASSERT_TRUE(sequencer().RunOnce().ok());
  Damage("DELETE FROM ledger_tile");
  RecordMany(1);
  EXPECT_EQ(sequencer().RunOnce().error().code(), "ledger.tile_missing");
  EXPECT_EQ(ledger().Record(Created(1)).error().code(), "ledger.halted");
  EXPECT_EQ(Count("SELECT size FROM ledger_head"), 10);
}

TEST_P(LedgerTest, AForkHaltsTheLedgerAndWholenessResumesIt) {
  RecordMany(10);
  ASSERT_TRUE(sequencer().RunOnce().ok());
  const Bytes tile =
      store().Read([](ReadTx& tx) { return tx.QueryOne("SELECT hashes FROM ledger_tile"); }).value()->Get<Bytes>(0);
  Bytes forged = tile;
  forged[0] ^= std::byte{1};
  RecordMany(1);
  ASSERT_TRUE(
      store().Write([&](WriteTx& tx) { return tx.Execute("UPDATE ledger_tile SET hashes = $1", {forged}); }).ok());
  EXPECT_EQ(sequencer().RunOnce().error().code(), "ledger.forked");
  const auto refused = ledger().Record(Created(1));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().DebugString(), "ledger.halted{cause=ledger.forked}");
  // The eleventh entry was sequenced behind the forged leaf: put that one back only.
  ASSERT_TRUE(store()
                  .Write([&](WriteTx& tx) -> Status {
                    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT hashes FROM ledger_tile"));
                    Bytes hashes = row->Get<Bytes>(0);
                    hashes[0] = tile[0];
                    PRIVITY_TRY_VOID(tx.Execute("UPDATE ledger_tile SET hashes = $1", {hashes}));
                    return Ok();
                  })
                  .ok());
  EXPECT_TRUE(sequencer().RunOnce().ok());
  EXPECT_TRUE(ledger().Record(Created(1)).ok());
}

TEST_P(LedgerTest, ARolledBackStoreIsNoticedFromThePublishedCheckpoint) {
  TempDirectory elsewhere;
  DirectorySink sink(elsewhere.path());
  RecordMany(10);
  const auto first = NewSequencer({&sink});
  ASSERT_TRUE(first->RunOnce().ok());
  EXPECT_EQ(sink.Newest().value(), std::nullopt);
  ASSERT_TRUE(first->PublishOnce().ok());
  EXPECT_EQ(sink.Newest().value(), NewestNote());
  Damage("DELETE FROM ledger_checkpoint; DELETE FROM ledger_entry WHERE idx > 5; UPDATE ledger_head SET size = 6");
  EXPECT_EQ(NewSequencer({&sink})->RunOnce().error().code(), "ledger.rolled_back");
  EXPECT_EQ(ledger().Record(Created(1)).error().code(), "ledger.halted");
}

TEST_P(LedgerTest, ASinkThatFailsIsAProblemButStopsNobody) {
  TempDirectory place;
  const std::string elsewhere = place.path() + "/disk";
  std::filesystem::create_directory(elsewhere);
  DirectorySink sink(elsewhere);
  const auto sequencer = NewSequencer({&sink});
  RecordMany(1);
  ASSERT_TRUE(sequencer->RunOnce().ok());
  std::filesystem::remove(elsewhere);  // the disk is gone
  EXPECT_EQ(sequencer->PublishOnce().error().code(), "ledger.sink_failed");
  EXPECT_TRUE(sequencer->state().sink_problem.has_value());
  RecordMany(1);
  ASSERT_TRUE(sequencer->RunOnce().ok());
  std::filesystem::create_directory(elsewhere);
  EXPECT_TRUE(sequencer->PublishOnce().ok());
  EXPECT_EQ(sink.Newest().value(), NewestNote());
  EXPECT_FALSE(sequencer->state().sink_problem.has_value());
}

TEST_P(LedgerTest, NothingIsSignedBeforeEverySinkSaidWhatItRemembers) {
  DirectorySink sink("/nonexistent");
  const auto sequencer = NewSequencer({&sink});
  RecordMany(1);
  EXPECT_EQ(sequencer->RunOnce().error().code(), "ledger.sink_failed");
  EXPECT_EQ(Count("SELECT count(*) FROM ledger_checkpoint"), 0);
}

TEST_P(LedgerTest, AnotherProcessTakesOverWhenTheLeaseEnds) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "one process opens a SQLite store";
  const auto first = NewSequencer({}), second = NewSequencer({});
  RecordMany(3);
  ASSERT_TRUE(first->RunOnce().ok());
  RecordMany(4);
  ASSERT_TRUE(second->RunOnce().ok());
  EXPECT_EQ(Count("SELECT size FROM ledger_head"), 3);
  clock().Set(clock().Now() + std::chrono::seconds(4));
  ASSERT_TRUE(second->RunOnce().ok());
  EXPECT_EQ(Count("SELECT size FROM ledger_head"), 7);
  EXPECT_EQ(Count("SELECT fence FROM ledger_head"), 2);
  clock().Set(clock().Now() - std::chrono::hours(1));  // a lease from the future does not bind
  RecordMany(1);
  ASSERT_TRUE(first->RunOnce().ok());
  EXPECT_EQ(Count("SELECT size FROM ledger_head"), 8);
}

TEST_P(LedgerTest, TheThreadSequencesSoonAfterTheCommit) {
  const auto sequencer = NewSequencer({});
  sequencer->Start();
  RecordMany(5);
  for (int i = 0; i < 500 && sequencer->state().checkpoint_size < 5; ++i) {
    clock().Advance(std::chrono::seconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(sequencer->state().size, 5U);
}

TEST_P(LedgerTest, AnOutsideActLeavesIntentAndOutcome) {
  const Result<int> sent = ActOnRecord(ledger(), Created(1), Created(2), [] { return Result<int>(42); });
  EXPECT_EQ(sent.value(), 42);
  const Result<int> failed =
      ActOnRecord(ledger(), Created(3), Created(4), [] { return Result<int>(Error("test.no_answer")); });
  EXPECT_EQ(failed.error().code(), "test.no_answer");
  Sequence();
  const auto leaves = Leaves();
  ASSERT_EQ(leaves.size(), 4U);
  EXPECT_THAT(leaves[1], testing::HasSubstr(R"("details":{"result":"done"})"));
  EXPECT_THAT(leaves[1], testing::HasSubstr(R"("intent":")"));
  EXPECT_THAT(leaves[3], testing::HasSubstr(R"("details":{"result":"test.no_answer"})"));
  const auto open = store().Read([&](ReadTx& tx) { return ledger().OpenIntents(tx, FromMicros(INT64_MAX), 10); });
  EXPECT_TRUE(open->empty());
}

TEST_P(LedgerTest, AnIntentWithoutOutcomeStaysOpenAndGetsOneOutcomeOnly) {
  const EntryId intent = store().Write([&](WriteTx& tx) { return ledger().AppendIntent(tx, Created(1)); }).value();
  const auto open =
      store().Read([&](ReadTx& tx) { return ledger().OpenIntents(tx, FromMicros(INT64_MAX), 10); }).value();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].id, intent);
  const auto close = [&] {
    return store().Write([&](WriteTx& tx) { return ledger().AppendOutcome(tx, intent, Created(1)); });
  };
  EXPECT_TRUE(close().ok());
  EXPECT_EQ(close().error().code(), "ledger.intent_unknown");
}

TEST(Word, IsWhatMachinesName) {
  for (const std::string_view text : {"users.write", "a", "0198c2f4-7c5a-7000-8000-0123456789ab", "jobs:scan/2"}) {
    EXPECT_TRUE(Word::Parse(text).ok()) << text;
  }
  for (const std::string_view text : {"", "ada@example.org", "Ada", "ada lovelace", "+49 30", "zoë", "a\nb"}) {
    EXPECT_EQ(Word::Parse(text).error().code(), "ledger.word_invalid") << text;
  }
  EXPECT_FALSE(Word::Parse(std::string(129, 'a')).ok());
}

TEST(RecordCommitment, HoldsForItsRecordOnlyAndNeverTwiceAlike) {
  const RecordCommitment a = CommitToRecord(AsBytes("female")), b = CommitToRecord(AsBytes("female"));
  EXPECT_TRUE(CommitmentHolds(a, AsBytes("female")));
  EXPECT_FALSE(CommitmentHolds(a, AsBytes("male")));
  EXPECT_NE(a.hash, b.hash);
}

}  // namespace
}  // namespace privity
