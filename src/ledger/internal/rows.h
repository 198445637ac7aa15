// The ledger's tables as the tree sees them. Shared by the sequencer, the reader and the verifier.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ledger/tree.h"
#include "store/store.h"

namespace privity {

// The bytes that the tree commits to, from the columns of an entry (docs/formats/ledger-entry.md): canonical JSON
// around the body, so that a changed index or time changes the leaf.
std::string LeafText(std::uint64_t index, Instant time, std::string_view body);

// Tiles of the table ledger_tile, read in the transaction. A row that is no tile: ledger.tile_invalid.
class StoredTiles final : public TileSource {
 public:
  explicit StoredTiles(ReadTx& tx) : tx_(tx) {}
  Result<Tile> ReadTile(const TileId& id) override;

 private:
  ReadTx& tx_;
};

Status WriteTiles(WriteTx& tx, const std::map<TileId, Tile>& tiles);

}  // namespace privity
