#include "ledger/reader.h"

#include <gmock/gmock.h>

#include "ledger/export.h"
#include "ledger/testing/ledger_test_base.h"

namespace privity {
namespace {

using testing::ElementsAre;

class ReaderTest : public LedgerTestBase {
 protected:
  // The numbers of the things that a page is about.
  std::vector<std::string> Listed(const EntryFilter& filter) {
    const auto page = reader().List(filter);
    EXPECT_TRUE(page.ok()) << page.error().DebugString();
    std::vector<std::string> things;
    for (const LedgerRecord& record : page->items) things.push_back(record.entry.object->id);
    return things;
  }
  void Record(const char* action, const char* actor, const char* thing) {
    clock().Advance(std::chrono::seconds(1));
    const auto id = ledger().Record(
        {.action = action, .actor = {ActorKind::kUser, actor}, .object_kind = "thing", .object_id = thing});
    ASSERT_TRUE(id.ok()) << id.error().DebugString();
    Sequence();
  }
  // Five entries, a second apart.
  void RecordFive() {
    start_ = clock().Now();
    Record("test.thing.created", "user-1", "a");
    Record("test.thing.changed", "user-1", "a");
    Record("test.thing.created", "user-2", "b");
    Record("ledger.decisions.counted", "user-2", "c");
    Record("test.thing.changed", "user-1", "b");
  }
  Instant After(int seconds) const { return start_ + std::chrono::seconds(seconds); }

 private:
  Instant start_{};
};
PRIVITY_ON_EVERY_STORE(ReaderTest);

TEST_P(ReaderTest, ListsNewestFirstByEveryFilter) {
  RecordFive();
  EXPECT_THAT(Listed({}), ElementsAre("b", "c", "b", "a", "a"));
  EXPECT_THAT(Listed({.actor_id = "user-2"}), ElementsAre("c", "b"));
  EXPECT_THAT(Listed({.action = "test.thing.created"}), ElementsAre("b", "a"));
  EXPECT_THAT(Listed({.action = "test.thing"}), ElementsAre("b", "b", "a", "a"));
  EXPECT_THAT(Listed({.action = "test"}), ElementsAre("b", "b", "a", "a"));
  EXPECT_THAT(Listed({.action = "tes"}), ElementsAre());  // a beginning ends at a dot
  EXPECT_THAT(Listed({.object_kind = "thing", .object_id = "a"}), ElementsAre("a", "a"));
  EXPECT_THAT(Listed({.object_kind = "other", .object_id = "a"}), ElementsAre());
  EXPECT_THAT(Listed({.action = "test.thing", .actor_id = "user-1"}), ElementsAre("b", "a", "a"));
  EXPECT_THAT(Listed({.from = After(2), .until = After(4)}), ElementsAre("b", "a"));
  EXPECT_THAT(Listed({.from = After(6)}), ElementsAre());
  EXPECT_THAT(Listed({.until = After(1)}), ElementsAre());
  EXPECT_THAT(Listed({.from = After(3), .action = "test"}), ElementsAre("b", "b"));
  EXPECT_EQ(reader().List({.object_id = "a"}).error().code(), "ledger.filter_invalid");
}

TEST_P(ReaderTest, PagesMeetWithoutGapOrRepetitionWhileEntriesAreAdded) {
  RecordFive();
  EntryFilter filter{.action = "test", .limit = 2};
  std::vector<std::string> things;
  for (int pages = 0; pages < 5; ++pages) {
    const EntryPage page = reader().List(filter).value();
    for (const LedgerRecord& record : page.items) things.push_back(std::to_string(record.index));
    Record("test.thing.created", "user-9", "new");
    if (!page.next_before) break;
    filter.before = page.next_before;
  }
  EXPECT_THAT(things, ElementsAre("4", "2", "1", "0"));
}

TEST_P(ReaderTest, AProofConvincesAStranger) {
  RecordMany(300);
  Sequence();
  const EntryProof proof = reader().Prove(137).value();
  EXPECT_EQ(proof.size, 300U);
  EXPECT_EQ(proof.leaf, Leaves()[137]);
  const InclusionEvidence evidence = ParseProof(reader().ProofFile(137).value()).value();
  const Result<Checkpoint> checked = CheckEvidence(evidence, AsBytes(proof.leaf), sequencer().verifiers().value());
  ASSERT_TRUE(checked.ok()) << checked.error().DebugString();
  EXPECT_EQ(FormatHash(checked->root), proof.root);
  EXPECT_EQ(proof.path.size(), evidence.path.size());
  EXPECT_EQ(reader().IndexOf(reader().Get(137)->entry.id).value(), 137U);
}

TEST_P(ReaderTest, WhatIsNotThereIsAnErrorWhateverTheNumber) {
  RecordMany(3);
  Sequence();
  for (const std::uint64_t index : {std::uint64_t{3}, std::uint64_t{1} << 62, ~std::uint64_t{0}}) {
    EXPECT_EQ(reader().Get(index).error().code(), "ledger.entry_unknown");
    EXPECT_EQ(reader().Prove(index).error().code(), "ledger.entry_unknown");
    EXPECT_EQ(reader().TileFile({0, index}, 1).error().code(), "ledger.tile_missing");
    EXPECT_EQ(reader().EntryBundle(index, 1).error().code(), "ledger.tile_missing");
    EXPECT_FALSE(reader().ProveConsistency(0, 3).value().size());
    EXPECT_FALSE(reader().ProveConsistency(1, index == 3 ? 4 : index).ok());
  }
  EXPECT_EQ(reader().TileFile({0, 0}, 4).error().code(), "ledger.tile_missing");
  EXPECT_EQ(reader().EntryBundle(0, 257).error().code(), "ledger.tile_missing");
  EXPECT_EQ(reader().IndexOf(EntryId::NewRandom()).error().code(), "ledger.entry_unknown");
}

TEST_P(ReaderTest, AnEntryBehindTheNewestCheckpointIsNotSignedYet) {
  RecordMany(1);
  EXPECT_FALSE(reader().NewestCheckpoint()->has_value());
  Sequence();
  RecordMany(1);
  ASSERT_TRUE(sequencer().RunOnce(false).ok());  // sequenced; the next checkpoint is not due
  EXPECT_EQ(reader().Prove(1).error().code(), "ledger.not_signed_yet");
  Sequence();
  EXPECT_TRUE(reader().Prove(1).ok());
}

TEST_P(ReaderTest, APartialTileIsServedAfterItWasFilled) {
  RecordMany(300);
  Sequence();
  const Bytes full = reader().TileFile({0, 0}, 256).value(), part = reader().TileFile({0, 0}, 7).value();
  EXPECT_EQ(full.size(), 8'192U);
  EXPECT_EQ(part, Bytes(full.begin(), full.begin() + 7 * 32));
  EXPECT_EQ(ParseEntryBundle(reader().EntryBundle(1, 44).value())->back(), Leaves()[299]);
}

TEST(Records, OneSpellingOnly) {
  const std::string leaf =
      R"({"entry":{"action":"test.thing.created","actor":{"kind":"system"},"at":"2026-03-10T09:30:00Z",)"
      R"("id":"0198c2f4-7c5a-7000-8000-0123456789ab"},"index":7,"time":"2026-03-10T09:30:00Z","v":1})";
  EXPECT_EQ(ParseLeaf(leaf)->index, 7U);
  const std::pair<std::string, std::string> changes[] = {
      {R"("v":1)", R"("v":2)"},
      {R"("index":7)", R"("index":7.0)"},
      {R"("index":7)", R"("index": 7)"},
      {R"("kind":"system")", R"("kind":"robot")"},
      {R"("kind":"system")", R"("kind":"system","name":"x")"},
      {"09:30:00Z\",\"id", "09:30:00.000Z\",\"id"},
      {"0198c2f4", "0198C2F4"},
      {"{\"kind", "{\"id\":null,\"kind"},
  };
  for (const auto& [from, to] : changes) {
    std::string changed = leaf;
    changed.replace(changed.find(from), from.size(), to);
    EXPECT_EQ(ParseLeaf(changed).error().code(), "ledger.record_invalid") << changed;
  }
}

}  // namespace
}  // namespace privity
