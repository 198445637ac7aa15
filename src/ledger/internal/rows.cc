#include "ledger/internal/rows.h"

namespace privity {

std::string LeafText(std::uint64_t index, Instant time, std::string_view body) {
  std::string text;
  text.reserve(body.size() + 80);
  text.append(R"({"entry":)").append(body);
  text.append(R"(,"index":)").append(std::to_string(index));
  text.append(R"(,"time":")").append(FormatInstant(time)).append(R"(","v":1})");
  return text;
}

Result<Tile> StoredTiles::ReadTile(const TileId& id) {
  PRIVITY_TRY(const std::optional<Row> row,
              tx_.QueryOne("SELECT hashes FROM ledger_tile WHERE level = $1 AND idx = $2", {id.level, id.index}));
  if (!row) {
    return Error("ledger.tile_missing", {{"level", std::to_string(id.level)}, {"index", std::to_string(id.index)}});
  }
  return DecodeTile(row->Get<Bytes>(0));
}

Status WriteTiles(WriteTx& tx, const std::map<TileId, Tile>& tiles) {
  std::vector<SqlValues> rows;
  for (const auto& [id, tile] : tiles) rows.push_back({id.level, id.index, EncodeTile(tile)});
  return tx.ExecuteMany(
      "INSERT INTO ledger_tile (level, idx, hashes) VALUES ($1, $2, $3) "
      "ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes",
      rows);
}

}  // namespace privity
