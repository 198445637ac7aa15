#include "ledger/tree.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "crypto/hash.h"

namespace privity {
namespace {

// Section 2.1.1 and 2.1.2 of RFC 6962 speak of k, "the largest power of two smaller than n"; n > 1.
std::uint64_t SplitPoint(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

Error MissingTile(const TileId& id) {
  return Error("ledger.tile_missing", {{"level", std::to_string(id.level)}, {"index", std::to_string(id.index)}});
}

Error InvalidRange(std::uint64_t value, std::uint64_t size) {
  return Error("ledger.range_invalid", {{"value", std::to_string(value)}, {"size", std::to_string(size)}});
}

// Hashes of ranges of entries, each tile read once.
class Ranges {
 public:
  explicit Ranges(TileSource& source) : source_(source) {}

  // The Merkle tree hash of entries [begin, end), where begin is a multiple of a power of two >= end - begin.
  Result<TreeHash> Hash(std::uint64_t begin, std::uint64_t end) {
    // Full subtrees from left to right, largest first, then folded from the right (RFC 6962 section 2.1).
    std::vector<TreeHash> subtrees;
    while (begin < end) {
      const std::uint64_t width = std::bit_floor(end - begin);
      const int height = std::countr_zero(width);
      PRIVITY_TRY(const TreeHash hash, Node(height, begin >> height));
      subtrees.push_back(hash);
      begin += width;
    }
    TreeHash root = subtrees.back();
    for (std::size_t i = subtrees.size() - 1; i-- > 0;) root = NodeHash(subtrees[i], root);
    return root;
  }

 private:
  // The root of the full subtree number `index` of that height.
  Result<TreeHash> Node(int height, std::uint64_t index) {
    const int inner = height % kTileHeight;
    const std::uint64_t first = index << inner;
    const TileId id{height / kTileHeight, first / kTileWidth};
    PRIVITY_TRY(const Tile* const tile, Read(id));
    const std::size_t begin = first % kTileWidth, count = std::size_t{1} << inner;
    if (tile->size() < begin + count) return MissingTile(id);
    return TileRoot(std::span(*tile).subspan(begin, count));
  }

  Result<const Tile*> Read(const TileId& id) {
    auto found = read_.find(id);
    if (found == read_.end()) {
      PRIVITY_TRY(Tile tile, source_.ReadTile(id));
      found = read_.emplace(id, std::move(tile)).first;
    }
    return &found->second;
  }

  TileSource& source_;
  std::map<TileId, Tile> read_;
};

// tlog-tiles: three digits a path element, all but the last with an "x" in front.
std::string IndexPath(std::uint64_t index, std::size_t width) {
  const auto three = [](std::uint64_t n) {
    std::string digits = std::to_string(n % 1000);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string path = three(index);
  for (index /= 1000; index > 0; index /= 1000) path = "x" + three(index) + "/" + path;
  if (width < kTileWidth) path += ".p/" + std::to_string(width);
  return path;
}

}  // namespace

TreeHash LeafHash(BytesView entry) {
  static constexpr std::byte kPrefix[1] = {std::byte{0}};
  return Sha256({kPrefix, entry});
}

TreeHash NodeHash(const TreeHash& left, const TreeHash& right) {
  std::array<std::byte, 65> bytes;
  bytes[0] = std::byte{1};
  std::memcpy(bytes.data() + 1, left.data(), left.size());
  std::memcpy(bytes.data() + 33, right.data(), right.size());
  return Sha256(bytes);
}

TreeHash EmptyRoot() {
  return Sha256(BytesView());
}

std::size_t TileWidth(const TileId& id, std::uint64_t size) {
  const int shift = id.level * kTileHeight;
  const std::uint64_t hashes = shift < 64 ? size >> shift : 0;
  const std::uint64_t begin = id.index * kTileWidth;
  return hashes <= begin ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(hashes - begin, kTileWidth));
}

std::string TilePath(const TileId& id, std::size_t width) {
  return "tile/" + std::to_string(id.level) + "/" + IndexPath(id.index, width);
}

std::string EntryBundlePath(std::uint64_t index, std::size_t width) {
  return "tile/entries/" + IndexPath(index, width);
}

Bytes EncodeTile(const Tile& tile) {
  Bytes bytes(tile.size() * sizeof(TreeHash));
  std::memcpy(bytes.data(), tile.data(), bytes.size());
  return bytes;
}

Result<Tile> DecodeTile(BytesView bytes) {
  if (bytes.empty() || bytes.size() % sizeof(TreeHash) != 0 || bytes.size() > kTileWidth * sizeof(TreeHash)) {
    return Error("ledger.tile_invalid", {{"bytes", std::to_string(bytes.size())}});
  }
  Tile tile(bytes.size() / sizeof(TreeHash));
  std::memcpy(tile.data(), bytes.data(), bytes.size());
  return tile;
}

TreeHash TileRoot(std::span<const TreeHash> hashes) {
  Invariant(std::has_single_bit(hashes.size()) && hashes.size() <= kTileWidth, "a tile root covers a power of two");
  if (hashes.size() == 1) return hashes[0];
  std::array<TreeHash, kTileWidth / 2> level;
  std::size_t width = hashes.size() / 2;
  for (std::size_t i = 0; i < width; ++i) level[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
  for (; width > 1; width /= 2) {
    for (std::size_t i = 0; i < width / 2; ++i) level[i] = NodeHash(level[2 * i], level[2 * i + 1]);
  }
  return level[0];
}

Result<TreeHash> RootAt(TileSource& tiles, std::uint64_t size) {
  if (size == 0) return EmptyRoot();
  return Ranges(tiles).Hash(0, size);
}

Result<std::vector<TreeHash>> InclusionProof(TileSource& tiles, std::uint64_t index, std::uint64_t size) {
  if (index >= size) return InvalidRange(index, size);
  Ranges ranges(tiles);
  std::vector<TreeHash> proof;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    const bool left = index < middle;
    PRIVITY_TRY(const TreeHash sibling, left ? ranges.Hash(middle, end) : ranges.Hash(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<TreeHash>> ConsistencyProof(TileSource& tiles, std::uint64_t old_size, std::uint64_t size) {
  if (old_size > size) return InvalidRange(old_size, size);
  std::vector<TreeHash> proof;
  if (old_size == 0 || old_size == size) return proof;
  Ranges ranges(tiles);
  std::uint64_t begin = 0, end = size;
  while (end != old_size) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    const bool left = old_size <= middle;
    PRIVITY_TRY(const TreeHash other, left ? ranges.Hash(middle, end) : ranges.Hash(begin, middle));
    proof.push_back(other);
    (left ? end : begin) = middle;
  }
  if (begin > 0) {  // otherwise the old tree is itself this subtree, and its verifier holds the hash
    PRIVITY_TRY(const TreeHash rest, ranges.Hash(begin, end));
    proof.push_back(rest);
  }
  std::ranges::reverse(proof);
  return proof;
}

bool InclusionHolds(std::uint64_t index, std::uint64_t size, const TreeHash& leaf_hash, std::span<const TreeHash> proof,
                    const TreeHash& root) {
  if (index >= size) return false;
  std::uint64_t node = index, last = size - 1;
  TreeHash hash = leaf_hash;
  for (const TreeHash& sibling : proof) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      hash = NodeHash(sibling, hash);
      while (node % 2 == 0 && node != 0) node /= 2, last /= 2;
    } else {
      hash = NodeHash(hash, sibling);
    }
    node /= 2, last /= 2;
  }
  return last == 0 && hash == root;
}

bool ConsistencyHolds(std::uint64_t old_size, std::uint64_t size, const TreeHash& old_root, const TreeHash& root,
                      std::span<const TreeHash> proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == EmptyRoot();
  if (proof.empty()) return false;
  std::uint64_t node = old_size - 1, last = size - 1;
  while (node % 2 == 1) node /= 2, last /= 2;
  const bool old_is_full = std::has_single_bit(old_size);
  TreeHash old_hash = old_is_full ? old_root : proof[0], hash = old_hash;
  for (const TreeHash& step : proof.subspan(old_is_full ? 0 : 1)) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      old_hash = NodeHash(step, old_hash);
      hash = NodeHash(step, hash);
      while (node % 2 == 0 && node != 0) node /= 2, last /= 2;
    } else {
      hash = NodeHash(hash, step);
    }
    node /= 2, last /= 2;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

Result<TreeBuilder> TreeBuilder::Resume(TileSource& tiles, std::uint64_t size) {
  TreeBuilder builder;
  builder.size_ = size;
  std::uint64_t hashes = size;
  for (int level = 0; hashes > 0; ++level, hashes /= kTileWidth) {
    const TileId id{level, hashes / kTileWidth};
    Tile edge;
    if (const std::size_t width = hashes % kTileWidth; width > 0) {
      PRIVITY_TRY(edge, tiles.ReadTile(id));
      if (edge.size() < width) return MissingTile(id);
      edge.resize(width);
    }
    builder.edge_.push_back(std::move(edge));
    builder.edge_dirty_.push_back(false);
  }
  return builder;
}

void TreeBuilder::Append(const TreeHash& leaf_hash) {
  TreeHash hash = leaf_hash;
  std::uint64_t tile_index = size_++ / kTileWidth;
  for (std::size_t level = 0;; ++level, tile_index /= kTileWidth) {
    if (level == edge_.size()) {
      edge_.emplace_back();
      edge_dirty_.push_back(false);
    }
    edge_[level].push_back(hash);
    edge_dirty_[level] = true;
    if (edge_[level].size() < kTileWidth) return;
    hash = TileRoot(edge_[level]);
    full_[TileId{static_cast<int>(level), tile_index}] = std::exchange(edge_[level], {});
    edge_dirty_[level] = false;
  }
}

TreeHash TreeBuilder::Root() {
  const Result<TreeHash> root = RootAt(*this, size_);
  Invariant(root.ok(), "the right edge holds every hash of its own root");
  return *root;
}

// Only asked for by RootAt, whose full subtrees all lie in the unfinished tiles of the right edge.
Result<Tile> TreeBuilder::ReadTile(const TileId& id) {
  return edge_[static_cast<std::size_t>(id.level)];
}

std::map<TileId, Tile> TreeBuilder::TakeChanged() {
  std::map<TileId, Tile> changed = std::exchange(full_, {});
  std::uint64_t hashes = size_;
  for (std::size_t level = 0; level < edge_.size(); ++level, hashes /= kTileWidth) {
    if (!edge_dirty_[level]) continue;
    changed[TileId{static_cast<int>(level), hashes / kTileWidth}] = edge_[level];
    edge_dirty_[level] = false;
  }
  return changed;
}

}  // namespace privity
