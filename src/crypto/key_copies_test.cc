#include "crypto/internal/key_copies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace privity::internal {
namespace {

// A disk that forgets what was not synced. A power cut keeps of every write since the last sync any of its 512-byte
// sectors. What a failed sync should have kept is still shown, and lost with the power unless it is written again.
class Disk {
 public:
  Bytes Content() const {
    Bytes content = durable_;
    for (const auto& [offset, bytes] : lost_) Apply(content, offset, bytes);
    for (const auto& [offset, bytes] : unsynced_) Apply(content, offset, bytes);
    return content;
  }
  void FailNextSync() { sync_fails_ = true; }
  void Write(std::uint64_t offset, BytesView bytes) {
    unsynced_.emplace_back(offset, Bytes(bytes.begin(), bytes.end()));
  }
  bool Sync() {
    if (std::exchange(sync_fails_, false)) {
      std::ranges::move(unsynced_, std::back_inserter(lost_));
      unsynced_.clear();
      return false;
    }
    for (const auto& [offset, bytes] : unsynced_) {
      std::erase_if(lost_, [&](const auto& lost) {
        return offset <= lost.first && lost.first + lost.second.size() <= offset + bytes.size();
      });
      Apply(durable_, offset, bytes);
    }
    unsynced_.clear();
    return true;
  }
  void CutPower(std::mt19937& random) {
    for (const auto& [offset, bytes] : unsynced_) {
      for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = std::min<std::size_t>(512 - (offset + at) % 512, bytes.size() - at);
        if (random() % 2 == 0) Apply(durable_, offset + at, BytesView(bytes).subspan(at, size));
        at += size;
      }
    }
    unsynced_.clear();
    lost_.clear();
  }
  Bytes& durable() { return durable_; }

 private:
  static void Apply(Bytes& content, std::uint64_t offset, BytesView bytes) {
    content.resize(std::max<std::size_t>(content.size(), offset + bytes.size()));
    std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
  }
  Bytes durable_;
  std::vector<std::pair<std::uint64_t, Bytes>> unsynced_, lost_;
  bool sync_fails_ = false;
};

// Steps until the power goes, over all files; no limit when negative.
struct Power {
  int steps_left = -1;
  bool Step() {
    if (steps_left == 0) return false;
    if (steps_left > 0) --steps_left;
    return true;
  }
};

class DiskFile final : public KeyFile {
 public:
  DiskFile(Disk& disk, Power& power) : disk_(disk), power_(power) {}
  Result<Bytes> Read(std::uint64_t offset, std::size_t bytes) override {
    const Bytes content = disk_.Content();
    const std::size_t begin = std::min<std::size_t>(offset, content.size());
    const std::size_t end = std::min(begin + bytes, content.size());
    return Bytes(content.begin() + static_cast<std::ptrdiff_t>(begin),
                 content.begin() + static_cast<std::ptrdiff_t>(end));
  }
  Status Write(std::uint64_t offset, BytesView bytes) override {
    if (!power_.Step()) return Error("test.power");
    disk_.Write(offset, bytes);
    return Ok();
  }
  Status Sync() override {
    if (!power_.Step()) return Error("test.power");
    return disk_.Sync() ? Ok() : Status(Error("test.sync"));
  }

 private:
  Disk& disk_;
  Power& power_;
};

class KeyCopiesTest : public testing::Test {
 protected:
  KeyCopies Open() {
    std::vector<std::unique_ptr<KeyFile>> files;
    for (Disk& disk : disks_) files.push_back(std::make_unique<DiskFile>(disk, power_));
    return KeyCopies(std::move(files));
  }
  KeyCopies OpenOnly(std::size_t disk) {
    std::vector<std::unique_ptr<KeyFile>> files;
    files.push_back(std::make_unique<DiskFile>(disks_[disk], power_));
    return KeyCopies(std::move(files));
  }
  static Slot ActiveKey(std::uint32_t version) {
    Slot slot;
    slot.version = version;
    slot.state = KeyState::kActive;
    slot.key = Key::Random();
    return slot;
  }
  void SetUp() override {
    slots_.resize(kSlots);
    for (std::uint32_t i : {0u, 7u, 100u}) slots_[i] = ActiveKey(1);
    const Header header{.installation = Uuid::NewV4(), .generation = 0, .created_at = Instant()};
    header_ = *Open().Rewrite(header, slots_, keys_);
  }
  // Cuts the power over both disks and gives it back.
  void CutPower(std::mt19937& random) {
    for (Disk& disk : disks_) disk.CutPower(random);
    power_.steps_left = -1;
  }

  std::array<Disk, 2> disks_;
  Power power_;
  const Key root_ = Key::Random();
  const RootSubkeys keys_{root_};
  std::vector<Slot> slots_;
  Header header_;
};

TEST_F(KeyCopiesTest, LoadsWhatWasWritten) {
  const auto table = Open().Load(keys_, Trust::kAsRead);
  ASSERT_TRUE(table.ok()) << table.error().DebugString();
  EXPECT_EQ(table->header, header_);
  for (std::uint32_t i = 0; i < kSlots; ++i) EXPECT_EQ(table->slots[i].key, slots_[i].key) << i;
}

TEST_F(KeyCopiesTest, RefusesAnotherRootKey) {
  EXPECT_EQ(Open().Load(RootSubkeys(Key::Random()), Trust::kAsRead).error().code(), "crypto.root_key_wrong");
}

TEST_F(KeyCopiesTest, PowerCutAtAnyStepOfAnUpdateLeavesOldOrNew) {
  std::mt19937 random(20261124);
  int interrupted = 0;
  for (int steps = 0;; ++steps) {
    const auto before = Open().Load(keys_, Trust::kAsRead);
    ASSERT_TRUE(before.ok());
    std::vector<SlotChange> changes{{0, ActiveKey(2)}, {7, before->slots[7]}, {100, ActiveKey(3)}};
    changes[1].slot.key.reset();
    changes[1].slot.state = KeyState::kDestroyed;
    if (!before->slots[7].key) changes[1].slot = ActiveKey(5);
    power_.steps_left = steps;
    const bool done = Open().Update(before->header, changes, keys_).ok();
    CutPower(random);

    const auto after = Open().Load(keys_, Trust::kAsRead);
    ASSERT_TRUE(after.ok()) << "cut at step " << steps << ": " << after.error().DebugString();
    for (const SlotChange& change : changes) {
      const auto& key = after->slots[change.index].key;
      EXPECT_TRUE(key == change.slot.key || (!done && key == before->slots[change.index].key)) << "step " << steps;
    }
    // Repaired: each copy alone says the same.
    for (std::size_t disk : {0, 1}) {
      const auto alone = OpenOnly(disk).Load(keys_, Trust::kAsRead);
      ASSERT_TRUE(alone.ok());
      EXPECT_EQ(alone->header, after->header);
      for (const SlotChange& change : changes) {
        EXPECT_EQ(alone->slots[change.index].key, after->slots[change.index].key) << "step " << steps;
      }
    }
    if (done) break;
    ++interrupted;
  }
  EXPECT_EQ(interrupted, 10) << "three slots, a header and a sync for each of two copies";
}

TEST_F(KeyCopiesTest, PowerCutWhileTheRootChangesLeavesTheOldOrTheNewRoot) {
  std::mt19937 random(20261125);
  Key root = root_;
  for (int steps = 0;; ++steps) {
    const Key next_root = Key::Random();
    const RootSubkeys old_keys(root), new_keys(next_root);
    power_.steps_left = steps;
    const auto rewritten = Open().Rewrite(header_, slots_, new_keys);
    CutPower(random);
    const bool opens_old = Open().Load(old_keys, Trust::kAsRead).ok();
    const auto opened = opens_old ? Open().Load(old_keys, Trust::kAsRead) : Open().Load(new_keys, Trust::kAsRead);
    ASSERT_TRUE(opened.ok()) << "cut at step " << steps;
    EXPECT_FALSE(rewritten.ok() && opens_old) << "an answered rotation leaves the old root nothing";
    for (std::uint32_t i : {0u, 7u, 100u}) EXPECT_EQ(opened->slots[i].key, slots_[i].key);
    if (!opens_old) root = next_root;
    if (rewritten.ok()) break;
  }
}

// The kernel tells of a failed fsync once and never writes those pages ("fsyncgate"): what it shows afterwards proves
// nothing.
TEST_F(KeyCopiesTest, WhatFailedSyncsLostIsWrittenAnewBeforeItCounts) {
  std::mt19937 random(20261125);
  SlotChange change{7, ActiveKey(2)};
  disks_[0].FailNextSync();
  ASSERT_FALSE(Open().Update(header_, {&change, 1}, keys_).ok());
  disks_[1].FailNextSync();
  ASSERT_FALSE(Open().Load(keys_, Trust::kNothing).ok());
  const auto shown = Open().Load(keys_, Trust::kNothing);
  ASSERT_TRUE(shown.ok()) << shown.error().DebugString();
  CutPower(random);
  for (std::size_t disk : {0, 1}) {
    const auto alone = OpenOnly(disk).Load(keys_, Trust::kAsRead);
    ASSERT_TRUE(alone.ok()) << alone.error().DebugString();
    EXPECT_EQ(alone->slots[7].key, shown->slots[7].key) << "disk " << disk;
  }
}

TEST_F(KeyCopiesTest, ADestroyedKeyLeavesNoBytesInAnyCopy) {
  const std::size_t offset = kSlotsOffset + 7 * kSlotBytes;
  const Bytes first(disks_[0].durable().begin() + offset + 51, disks_[0].durable().begin() + offset + kSlotBytes);
  SlotChange change{7, slots_[7]};
  change.slot.state = KeyState::kDestroyed;
  change.slot.key.reset();
  ASSERT_TRUE(Open().Update(header_, {&change, 1}, keys_).ok());
  for (Disk& disk : disks_) {
    EXPECT_EQ(std::ranges::search(disk.durable(), first).begin(), disk.durable().end());
  }
}

TEST_F(KeyCopiesTest, EachFlippedBitIsHealedFromTheOtherCopy) {
  std::mt19937 random(20261126);
  for (int i = 0; i < 12; ++i) {
    Bytes& content = disks_[random() % 2].durable();
    const std::size_t used = random() % 2 == 0 ? random() % kHeaderBytes : kSlotsOffset + random() % (100 * kSlotBytes);
    content[used] ^= std::byte(1 << (random() % 8));
    const auto table = Open().Load(keys_, Trust::kAsRead);
    ASSERT_TRUE(table.ok()) << table.error().DebugString();
    EXPECT_EQ(table->slots[7].key, slots_[7].key);
  }
}

TEST_F(KeyCopiesTest, TheSameDamageInAllCopiesIsToldAndNotServed) {
  for (Disk& disk : disks_) disk.durable()[kSlotsOffset + 7 * kSlotBytes + 3] ^= std::byte{1};
  EXPECT_EQ(Open().Load(keys_, Trust::kAsRead).error(), Error("crypto.key_home_damaged", {{"part", "slot 7"}}));
}

TEST_F(KeyCopiesTest, SwappedSlotsAreDamage) {
  for (Disk& disk : disks_) {
    const auto slot = [&](std::size_t index) { return disk.durable().begin() + kSlotsOffset + index * kSlotBytes; };
    std::swap_ranges(slot(0), slot(1), slot(7));
  }
  EXPECT_EQ(Open().Load(keys_, Trust::kAsRead).error().code(), "crypto.key_home_damaged");
}

TEST_F(KeyCopiesTest, ANewerFormatIsNotTouched) {
  Bytes header = EncodeHeader(header_, keys_);
  EXPECT_TRUE(DecodeHeader(header).ok());
  header[9] = std::byte{2};
  EXPECT_EQ(DecodeHeader(header).error().code(), "crypto.key_home_damaged") << "the checksum speaks first";
  EXPECT_EQ(DecodeHeader(BytesView(header).first(100)).error().code(), "crypto.key_home_damaged");
}

}  // namespace
}  // namespace privity::internal
