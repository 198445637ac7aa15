#include "ledger/tree.h"

#include <gtest/gtest.h>

#include <bit>

namespace privity {
namespace {

// The definitions of RFC 6962 section 2.1 word by word, over all leaves in memory: the judge of everything below.
TreeHash NaiveRoot(std::span<const TreeHash> leaves) {
  if (leaves.empty()) return EmptyRoot();
  if (leaves.size() == 1) return leaves[0];
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  return NodeHash(NaiveRoot(leaves.first(k)), NaiveRoot(leaves.subspan(k)));
}

std::vector<TreeHash> NaivePath(std::size_t m, std::span<const TreeHash> leaves) {
  if (leaves.size() == 1) return {};
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  std::vector<TreeHash> path = m < k ? NaivePath(m, leaves.first(k)) : NaivePath(m - k, leaves.subspan(k));
  path.push_back(NaiveRoot(m < k ? leaves.subspan(k) : leaves.first(k)));
  return path;
}

std::vector<TreeHash> NaiveSubproof(std::size_t m, std::span<const TreeHash> leaves, bool whole) {
  if (m == leaves.size()) return whole ? std::vector<TreeHash>() : std::vector<TreeHash>{NaiveRoot(leaves)};
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  std::vector<TreeHash> proof =
      m <= k ? NaiveSubproof(m, leaves.first(k), whole) : NaiveSubproof(m - k, leaves.subspan(k), false);
  proof.push_back(NaiveRoot(m <= k ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

class MemoryTiles final : public TileSource {
 public:
  Result<Tile> ReadTile(const TileId& id) override {
    ++reads;
    const auto found = tiles.find(id);
    if (found == tiles.end()) return Error("ledger.tile_missing", {{"level", std::to_string(id.level)}});
    return found->second;
  }
  void Put(std::map<TileId, Tile> changed) {
    for (auto& [id, tile] : changed) tiles[id] = std::move(tile);
  }
  std::map<TileId, Tile> tiles;
  int reads = 0;
};

std::vector<TreeHash> Leaves(std::size_t count) {
  std::vector<TreeHash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(LeafHash(AsBytes("entry " + std::to_string(i))));
  return leaves;
}

std::string Hex(const TreeHash& hash) {
  return HexEncode(hash);
}

// RFC 6962 names the empty root; the leaf hash of an empty entry is SHA-256(0x00), both published by the Certificate
// Transparency test suite.
TEST(TreeHashes, KnownAnswers) {
  EXPECT_EQ(Hex(EmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(LeafHash(BytesView())), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(TilePaths, FollowTlogTiles) {
  EXPECT_EQ(TilePath({0, 1234067}, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(TilePath({1, 0}, 1), "tile/1/000.p/1");
  EXPECT_EQ(TilePath({2, 999}, 255), "tile/2/999.p/255");
  EXPECT_EQ(TilePath({0, 1000}, 256), "tile/0/x001/000");
  EXPECT_EQ(EntryBundlePath(273, 112), "tile/entries/273.p/112");
}

// The example of tlog-tiles, "Partial Tiles".
TEST(TileWidths, OfATreeOfSeventyThousand) {
  EXPECT_EQ(TileWidth({0, 272}, 70'000), 256U);
  EXPECT_EQ(TileWidth({0, 273}, 70'000), 112U);
  EXPECT_EQ(TileWidth({0, 274}, 70'000), 0U);
  EXPECT_EQ(TileWidth({1, 0}, 70'000), 256U);
  EXPECT_EQ(TileWidth({1, 1}, 70'000), 17U);
  EXPECT_EQ(TileWidth({2, 0}, 70'000), 1U);
  EXPECT_EQ(TileWidth({3, 0}, 70'000), 0U);
  EXPECT_EQ(TileWidth({1, 0}, 256), 1U);
}

TEST(Tree, RootsEqualTheDefinitionHoweverTheTreeWasGrown) {
  const auto leaves = Leaves(600);
  MemoryTiles tiles;
  TreeBuilder straight;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    if (size > 0) straight.Append(leaves[size - 1]);
    const TreeHash expected = NaiveRoot(std::span(leaves).first(size));
    EXPECT_EQ(Hex(straight.Root()), Hex(expected)) << size;
    // Written and taken up again in uneven batches: the same tree.
    if (size % 7 == 0 || size % 256 < 2) {
      tiles.Put(straight.TakeChanged());
      auto resumed = TreeBuilder::Resume(tiles, size);
      ASSERT_TRUE(resumed.ok()) << resumed.error().DebugString();
      EXPECT_EQ(Hex(resumed->Root()), Hex(expected)) << size;
      straight = std::move(*resumed);
    }
  }
}

TEST(Tree, ProofsEqualTheDefinitionAndHold) {
  const auto leaves = Leaves(530);
  MemoryTiles tiles;
  TreeBuilder builder;
  for (const TreeHash& leaf : leaves) builder.Append(leaf);
  tiles.Put(builder.TakeChanged());
  for (const std::size_t size : {1U, 2U, 3U, 7U, 8U, 255U, 256U, 257U, 300U, 511U, 512U, 513U, 530U}) {
    const auto part = std::span(leaves).first(size);
    const TreeHash root = NaiveRoot(part);
    EXPECT_EQ(Hex(RootAt(tiles, size).value()), Hex(root));
    for (std::size_t index = 0; index < size; index += 1 + size / 40) {
      const auto proof = InclusionProof(tiles, index, size).value();
      EXPECT_EQ(proof, NaivePath(index, part)) << index << " of " << size;
      EXPECT_TRUE(InclusionHolds(index, size, leaves[index], proof, root)) << index << " of " << size;
    }
    for (std::size_t old_size = 0; old_size <= size; old_size += 1 + size / 40) {
      const auto proof = ConsistencyProof(tiles, old_size, size).value();
      EXPECT_EQ(proof, old_size == 0 ? std::vector<TreeHash>() : NaiveSubproof(old_size, part, true))
          << old_size << " of " << size;
      EXPECT_TRUE(ConsistencyHolds(old_size, size, NaiveRoot(part.first(old_size)), root, proof))
          << old_size << " of " << size;
    }
  }
}

TEST(Tree, AProofWithAnythingChangedIsRefused) {
  const auto leaves = Leaves(300);
  MemoryTiles tiles;
  TreeBuilder builder;
  for (const TreeHash& leaf : leaves) builder.Append(leaf);
  tiles.Put(builder.TakeChanged());
  const TreeHash root = builder.Root();
  const auto path = InclusionProof(tiles, 137, 300).value();
  ASSERT_TRUE(InclusionHolds(137, 300, leaves[137], path, root));
  EXPECT_FALSE(InclusionHolds(136, 300, leaves[137], path, root));
  EXPECT_FALSE(InclusionHolds(300, 300, leaves[137], path, root));
  EXPECT_FALSE(InclusionHolds(137, 300, leaves[136], path, root));
  EXPECT_FALSE(InclusionHolds(137, 300, leaves[137], path, leaves[0]));
  EXPECT_FALSE(InclusionHolds(137, 300, leaves[137], std::span(path).first(path.size() - 1), root));
  const TreeHash old_root = NaiveRoot(std::span(leaves).first(130));
  const auto proof = ConsistencyProof(tiles, 130, 300).value();
  ASSERT_TRUE(ConsistencyHolds(130, 300, old_root, root, proof));
  EXPECT_FALSE(ConsistencyHolds(131, 300, old_root, root, proof));
  EXPECT_FALSE(ConsistencyHolds(300, 130, root, old_root, proof));
  EXPECT_FALSE(ConsistencyHolds(130, 300, leaves[1], root, proof));
  EXPECT_FALSE(ConsistencyHolds(130, 300, old_root, root, {}));
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto changed = path;
    changed[i][5] ^= std::byte{1};
    EXPECT_FALSE(InclusionHolds(137, 300, leaves[137], changed, root)) << i;
  }
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto changed = proof;
    changed[i][5] ^= std::byte{1};
    EXPECT_FALSE(ConsistencyHolds(130, 300, old_root, root, changed)) << i;
  }
}

TEST(Tree, AProofReadsAFewTilesNotTheTree) {
  MemoryTiles tiles;
  TreeBuilder builder;
  const auto leaves = Leaves(256);
  for (int i = 0; i < 70'000; ++i) builder.Append(leaves[i % 256]);
  tiles.Put(builder.TakeChanged());
  tiles.reads = 0;
  ASSERT_TRUE(InclusionProof(tiles, 12'345, 70'000).ok());
  EXPECT_LE(tiles.reads, 5);  // two levels on the way up, and the right edge of three
}

TEST(Tree, WhatIsNotStoredIsAnError) {
  MemoryTiles tiles;
  TreeBuilder builder;
  for (const TreeHash& leaf : Leaves(10)) builder.Append(leaf);
  tiles.Put(builder.TakeChanged());
  EXPECT_EQ(RootAt(tiles, 11).error().code(), "ledger.tile_missing");
  EXPECT_EQ(TreeBuilder::Resume(tiles, 11).error().code(), "ledger.tile_missing");
  EXPECT_EQ(InclusionProof(tiles, 10, 10).error().code(), "ledger.range_invalid");
  EXPECT_EQ(ConsistencyProof(tiles, 11, 10).error().code(), "ledger.range_invalid");
  EXPECT_EQ(DecodeTile(Bytes(33)).error().code(), "ledger.tile_invalid");
  EXPECT_EQ(DecodeTile(Bytes()).error().code(), "ledger.tile_invalid");
  EXPECT_EQ(DecodeTile(Bytes(257 * 32)).error().code(), "ledger.tile_invalid");
}

}  // namespace
}  // namespace privity
