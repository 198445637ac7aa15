// What checking a store and checking an exported folder have in common: the tree is grown again from the entries, and
// whatever claims to follow from them is compared.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/record.h"
#include "ledger/verify.h"

namespace privity {

class TreeCheck {
 public:
  explicit TreeCheck(TreeBuilder start) : tree_(std::move(start)) {}

  // The next entry in order. Parses it and compares index and time; the record is there when it could be parsed.
  std::optional<LedgerRecord> AddLeaf(std::string_view leaf);
  // An entry that is not there: the tree goes on with the hash that is stored for it, so that what follows is still
  // judged.
  void AddMissing(const TreeHash& stored_leaf_hash);

  // Compares all tiles that were filled since the last call with the stored ones; at the end also the partial ones.
  enum class Tiles { kFull, kAll };
  Status CompareTiles(TileSource& stored, Tiles which);
  // Compares the leaf hash of an entry, so that a finding names the entry and not only its tile.
  void CompareLeaf(std::uint64_t index, const TreeHash& stored);

  // A checkpoint that must fit once the tree has its size. Call CheckExpected whenever entries were added; a caller
  // adds entries one at a time so that no size is skipped.
  void Expect(const Checkpoint& checkpoint, Flaw if_wrong);
  void CheckExpected();
  // What the tree never became long enough for.
  void ReportUnreached(Flaw flaw);

  void Report(Flaw flaw, std::optional<std::uint64_t> index, std::optional<std::string> place = {});
  std::uint64_t size() const { return tree_.size(); }
  std::optional<Instant> last_time() const { return last_time_; }
  void set_last_time(Instant time) { last_time_ = time; }
  VerifyReport Finish();

 private:
  struct Expected {
    Checkpoint checkpoint;
    Flaw if_wrong;
  };
  Status CompareTile(TileSource& stored, const TileId& id, const Tile& tile);

  TreeBuilder tree_;
  std::map<TileId, Tile> partial_;  // the right edge as of the last CompareTiles
  TreeHash last_leaf_{};
  std::optional<Instant> last_time_;
  std::multimap<std::uint64_t, Expected> expected_;
  VerifyReport report_;
};

}  // namespace privity
