// The Merkle tree of RFC 6962 section 2.1 (same tree as RFC 9162 section 2.1.1), kept as C2SP tlog-tiles.
//
// Leaves are hashed with a 0 byte in front, nodes with a 1 byte, SHA-256 throughout. A tile holds up to 256 consecutive
// hashes of tree height 8 * level; the hashes between two tile levels are computed again when they are needed. A proof
// therefore reads at most one tile per level and side (8 tiles at ten million entries) and hashes a few hundred nodes.
//
// Everything here is pure: no store, no clock, no keys. Sizes and indexes count entries; an index starts at 0.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

using TreeHash = std::array<std::byte, 32>;

TreeHash LeafHash(BytesView entry);
TreeHash NodeHash(const TreeHash& left, const TreeHash& right);
// SHA-256 of nothing: the root of a tree without entries.
TreeHash EmptyRoot();

inline constexpr int kTileHeight = 8;
inline constexpr std::size_t kTileWidth = 256;

struct TileId {
  int level = 0;            // 0: leaf hashes; 1: roots of full level 0 tiles; ...
  std::uint64_t index = 0;  // counts tiles of this level from the left
  auto operator<=>(const TileId&) const = default;
};
using Tile = std::vector<TreeHash>;  // 1 to 256 hashes; fewer than 256 only at the right edge

// How many hashes that tile has in a tree of `size` entries: 0 when it does not exist, 256 when it is full.
std::size_t TileWidth(const TileId& id, std::uint64_t size);
// "tile/0/x001/x234/067" or, when width < 256, "tile/0/x001/x234/067.p/12" (tlog-tiles, "Merkle Tree").
std::string TilePath(const TileId& id, std::size_t width);
// "tile/entries/x001/x234/067" and so on (tlog-tiles, "Log entries").
std::string EntryBundlePath(std::uint64_t index, std::size_t width);
// The hashes one after another, 32 bytes each, and back. ledger.tile_invalid: not 1 to 256 whole hashes.
Bytes EncodeTile(const Tile& tile);
Result<Tile> DecodeTile(BytesView bytes);
// The root over the first `width` hashes of a tile, where width is a power of two of at most 256.
TreeHash TileRoot(std::span<const TreeHash> hashes);

// Where tiles are read from. A tile may come back wider than the tree size in question needs, never narrower.
class TileSource {
 public:
  virtual ~TileSource() = default;
  // Errors: ledger.tile_missing, or whatever stands behind the source.
  virtual Result<Tile> ReadTile(const TileId& id) = 0;
};

// Errors of the three below: ledger.tile_missing when the source holds less than the tree of that size,
// ledger.range_invalid when index >= size or old_size > size.
Result<TreeHash> RootAt(TileSource& tiles, std::uint64_t size);
// From the leaf's sibling up to the root's child (RFC 6962 section 2.1.1).
Result<std::vector<TreeHash>> InclusionProof(TileSource& tiles, std::uint64_t index, std::uint64_t size);
// RFC 6962 section 2.1.2; empty when old_size is 0 or equals size.
Result<std::vector<TreeHash>> ConsistencyProof(TileSource& tiles, std::uint64_t old_size, std::uint64_t size);

// RFC 9162 sections 2.1.3.2 and 2.1.4.2. They read nothing but their arguments: what a stranger runs.
bool InclusionHolds(std::uint64_t index, std::uint64_t size, const TreeHash& leaf_hash, std::span<const TreeHash> proof,
                    const TreeHash& root);
bool ConsistencyHolds(std::uint64_t old_size, std::uint64_t size, const TreeHash& old_root, const TreeHash& root,
                      std::span<const TreeHash> proof);

// Grows a tree at its right edge, holding only the tiles of that edge in memory. Not safe to share between threads.
class TreeBuilder final : private TileSource {
 public:
  TreeBuilder() = default;
  // Takes up a stored tree: reads one tile per level. ledger.tile_missing when the source holds less than `size`.
  static Result<TreeBuilder> Resume(TileSource& tiles, std::uint64_t size);

  void Append(const TreeHash& leaf_hash);
  std::uint64_t size() const { return size_; }
  TreeHash Root();
  // The tiles that are new or wider since the last call: what has to be written for the tree of this size.
  std::map<TileId, Tile> TakeChanged();

 private:
  Result<Tile> ReadTile(const TileId& id) override;

  std::uint64_t size_ = 0;
  std::vector<Tile> edge_;        // by level: the unfinished tile, possibly empty
  std::map<TileId, Tile> full_;   // finished since TakeChanged
  std::vector<bool> edge_dirty_;  // by level
};

}  // namespace privity
