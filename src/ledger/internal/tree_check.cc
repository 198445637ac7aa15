#include "ledger/internal/tree_check.h"

namespace privity {

std::optional<LedgerRecord> TreeCheck::AddLeaf(std::string_view leaf) {
  const std::uint64_t index = tree_.size();
  last_leaf_ = LeafHash(AsBytes(leaf));
  tree_.Append(last_leaf_);
  ++report_.entries_checked;
  Result<LedgerRecord> record = ParseLeaf(leaf);
  if (!record.ok() || record->index != index) {
    Report(Flaw::kEntryInvalid, index);
    return {};
  }
  if (last_time_ && record->time < *last_time_) Report(Flaw::kTimeWentBack, index);
  last_time_ = record->time;
  return *std::move(record);
}

void TreeCheck::AddMissing(const TreeHash& stored_leaf_hash) {
  Report(Flaw::kEntryMissing, tree_.size());
  last_leaf_ = stored_leaf_hash;
  tree_.Append(stored_leaf_hash);
}

void TreeCheck::CompareLeaf(std::uint64_t index, const TreeHash& stored) {
  Invariant(index + 1 == tree_.size(), "the leaf that was added last is compared");
  if (last_leaf_ != stored) Report(Flaw::kEntryChanged, index);
}

Status TreeCheck::CompareTile(TileSource& stored, const TileId& id, const Tile& tile) {
  const std::string place = TilePath(id, tile.size());
  const Result<Tile> found = stored.ReadTile(id);
  if (!found.ok()) {
    if (!found.error().code().starts_with("ledger.")) return found.error();
    Report(found.error().Is("ledger.tile_missing") ? Flaw::kTileMissing : Flaw::kTileWrong, {}, place);
  } else if (*found != tile) {
    Report(Flaw::kTileWrong, {}, place);
  }
  return Ok();
}

Status TreeCheck::CompareTiles(TileSource& stored, Tiles which) {
  for (auto& [id, tile] : tree_.TakeChanged()) {
    if (tile.size() < kTileWidth) {
      partial_[id] = tile;
    } else {
      partial_.erase(id);
      PRIVITY_TRY_VOID(CompareTile(stored, id, tile));
    }
  }
  if (which == Tiles::kFull) return Ok();
  for (const auto& [id, tile] : partial_) PRIVITY_TRY_VOID(CompareTile(stored, id, tile));
  return Ok();
}

void TreeCheck::Expect(const Checkpoint& checkpoint, Flaw if_wrong) {
  expected_.emplace(checkpoint.size, Expected{checkpoint, if_wrong});
}

void TreeCheck::CheckExpected() {
  while (!expected_.empty() && expected_.begin()->first <= tree_.size()) {
    const auto& [size, expected] = *expected_.begin();
    const bool fits = size == tree_.size() && expected.checkpoint.root == tree_.Root();
    if (!fits) Report(expected.if_wrong, {}, std::to_string(size));
    ++report_.checkpoints_checked;
    expected_.erase(expected_.begin());
  }
}

void TreeCheck::ReportUnreached(Flaw flaw) {
  for (const auto& [size, expected] : expected_) Report(flaw, {}, std::to_string(size));
  expected_.clear();
}

void TreeCheck::Report(Flaw flaw, std::optional<std::uint64_t> index, std::optional<std::string> place) {
  if (report_.findings.size() == kFindingsMax) {
    report_.more_findings = true;
    return;
  }
  report_.findings.push_back({.flaw = flaw, .index = index, .place = std::move(place)});
}

VerifyReport TreeCheck::Finish() {
  report_.size = tree_.size();
  report_.root = FormatHash(tree_.Root());
  return std::move(report_);
}

}  // namespace privity
