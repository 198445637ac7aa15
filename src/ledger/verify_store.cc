#include <algorithm>

#include "ledger/internal/rows.h"
#include "ledger/internal/tree_check.h"
#include "ledger/verify.h"

namespace privity {
namespace {

constexpr std::uint64_t kBatch = 4'096;  // a multiple of the tile width

struct EntryRow {
  std::uint64_t index = 0;
  Instant time{};
  std::string id, action, actor_kind, actor_id, object_kind, object_id, body;
};

struct SignedRow {
  std::uint64_t size = 0;
  std::string note;
};

// One consistent look at what changes while entries are added.
struct Snapshot {
  std::uint64_t size = 0;
  Instant time{};
  std::map<TileId, Tile> edge;  // unfinished tiles, as far as they can be read
  std::vector<std::string> stray_entries, stray_tiles, staged_too_long, checkpoints_ahead;
  bool checkpoint_missing = false;
  bool head_wrong = false;  // names more entries than there are; `size` is then what there is
};

Result<std::vector<std::string>> TextColumn(ReadTx& tx, std::string_view sql, const SqlValues& params) {
  PRIVITY_TRY(const std::vector<Row> rows, tx.Query(sql, params));
  std::vector<std::string> texts;
  for (const Row& row : rows) texts.push_back(row.Get<std::string>(0));
  return texts;
}

// Tiles that a tree of this size does not have: of a level or behind an end that it has not.
Result<std::vector<std::string>> StrayTiles(ReadTx& tx, std::uint64_t size) {
  std::vector<std::string> places;
  PRIVITY_TRY(const std::vector<Row> levels,
              tx.Query("SELECT level, min(idx), max(idx) FROM ledger_tile GROUP BY level ORDER BY level"));
  for (const Row& row : levels) {
    const auto level = row.Get<std::int64_t>(0), first = row.Get<std::int64_t>(1), last = row.Get<std::int64_t>(2);
    const bool fits = level >= 0 && level < 8 && first >= 0 &&
                      TileWidth({static_cast<int>(level), static_cast<std::uint64_t>(last)}, size) > 0;
    if (!fits) places.push_back("tile/" + std::to_string(level) + "/" + std::to_string(last));
  }
  return places;
}

Result<std::map<TileId, Tile>> Edge(ReadTx& tx, std::uint64_t size) {
  std::map<TileId, Tile> edge;
  StoredTiles tiles(tx);
  std::uint64_t hashes = size;
  for (int level = 0; hashes > 0; ++level, hashes /= kTileWidth) {
    const TileId id{level, hashes / kTileWidth};
    if (hashes % kTileWidth == 0) continue;
    Result<Tile> tile = tiles.ReadTile(id);
    if (tile.ok()) {
      edge.emplace(id, *std::move(tile));
    } else if (!tile.error().code().starts_with("ledger.")) {
      return std::move(tile).error();
    }
  }
  return edge;
}

// Whether entries older than `before` are under no checkpoint.
Result<bool> CheckpointIsMissing(ReadTx& tx, Instant before) {
  PRIVITY_TRY(const std::optional<Row> row,
              tx.QueryOne("SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE time < $1 AND idx >= "
                          "(SELECT coalesce(max(size), 0) FROM ledger_checkpoint))",
                          {before}));
  return row->Get<bool>(0);
}

Result<Snapshot> TakeSnapshot(ReadTx& tx, Instant now, std::chrono::seconds patience) {
  Snapshot snapshot;
  PRIVITY_TRY(const std::optional<Row> head, tx.QueryOne("SELECT size, time FROM ledger_head WHERE one = 1"));
  if (head) {
    snapshot.size = head->Get<std::uint64_t>(0);
    snapshot.time = head->Get<Instant>(1);
  }
  PRIVITY_TRY(const std::optional<Row> last, tx.QueryOne("SELECT coalesce(max(idx), -1) FROM ledger_entry"));
  const auto present = static_cast<std::uint64_t>(std::max<std::int64_t>(last->Get<std::int64_t>(0) + 1, 0));
  snapshot.head_wrong = !head || snapshot.size > present;
  snapshot.size = std::min(snapshot.size, present);
  PRIVITY_TRY(snapshot.edge, Edge(tx, snapshot.size));
  PRIVITY_TRY(snapshot.stray_tiles, StrayTiles(tx, snapshot.size));
  PRIVITY_TRY(snapshot.stray_entries,
              TextColumn(tx, "SELECT id FROM ledger_entry WHERE idx < 0 OR idx >= $1 LIMIT 100", {snapshot.size}));
  PRIVITY_TRY(snapshot.staged_too_long,
              TextColumn(tx, "SELECT id FROM ledger_staged WHERE at < $1 ORDER BY at LIMIT 100", {now - patience}));
  PRIVITY_TRY(snapshot.checkpoints_ahead,
              TextColumn(tx, "SELECT CAST(size AS text) FROM ledger_checkpoint WHERE size < 0 OR size > $1 LIMIT 100",
                         {snapshot.size}));
  PRIVITY_TRY(snapshot.checkpoint_missing, CheckpointIsMissing(tx, now - patience));
  return snapshot;
}

struct Batch {
  std::vector<EntryRow> entries;
  std::vector<SignedRow> checkpoints;
  std::map<TileId, Tile> leaf_tiles;
};

// Entries [begin, end) and the checkpoints over sizes from `first_size` to `end`.
Result<Batch> ReadBatch(ReadTx& tx, std::uint64_t begin, std::uint64_t end, std::uint64_t first_size) {
  Batch batch;
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT idx, time, id, action, actor_kind, actor_id, object_kind, object_id, body "
                       "FROM ledger_entry WHERE idx >= $1 AND idx < $2 ORDER BY idx",
                       {begin, end}));
  for (const Row& row : rows) {
    batch.entries.push_back({row.Get<std::uint64_t>(0), row.Get<Instant>(1), row.Get<std::string>(2),
                             row.Get<std::string>(3), row.Get<std::string>(4), row.Get<std::string>(5),
                             row.Get<std::string>(6), row.Get<std::string>(7), row.Get<std::string>(8)});
  }
  PRIVITY_TRY(const std::vector<Row> notes,
              tx.Query("SELECT size, note FROM ledger_checkpoint WHERE size >= $1 AND size <= $2 ORDER BY size",
                       {first_size, end}));
  for (const Row& row : notes) batch.checkpoints.push_back({row.Get<std::uint64_t>(0), row.Get<std::string>(1)});
  PRIVITY_TRY(const std::vector<Row> tiles,
              tx.Query("SELECT idx, hashes FROM ledger_tile WHERE level = 0 AND idx >= $1 AND idx <= $2",
                       {begin / kTileWidth, end / kTileWidth}));
  for (const Row& row : tiles) {
    Result<Tile> tile = DecodeTile(row.Get<Bytes>(1));
    if (tile.ok()) batch.leaf_tiles.emplace(TileId{0, row.Get<std::uint64_t>(0)}, *std::move(tile));
  }
  return batch;
}

// Unfinished tiles from the snapshot, the others as they stand now: those no longer change.
class SnapshotTiles final : public TileSource {
 public:
  SnapshotTiles(Store& store, const Snapshot& snapshot) : store_(store), snapshot_(snapshot) {}
  Result<Tile> ReadTile(const TileId& id) override {
    if (const auto found = snapshot_.edge.find(id); found != snapshot_.edge.end()) return found->second;
    if (TileWidth(id, snapshot_.size) < kTileWidth) {
      return Error("ledger.tile_missing", {{"level", std::to_string(id.level)}, {"index", std::to_string(id.index)}});
    }
    return store_.Read([&](ReadTx& tx) { return StoredTiles(tx).ReadTile(id); });
  }

 private:
  Store& store_;
  const Snapshot& snapshot_;
};

void CompareColumns(const EntryRow& row, const RecordBody& entry, TreeCheck& check) {
  const auto differs = [&](const std::string& column, std::string_view said, const char* name) {
    if (column != said) check.Report(Flaw::kColumnChanged, row.index, name);
  };
  differs(row.id, entry.id.ToString(), "id");
  differs(row.action, entry.action, "action");
  differs(row.actor_kind, EnumText(entry.actor.kind), "actor_kind");
  differs(row.actor_id, entry.actor.id.value_or(""), "actor_id");
  differs(row.object_kind, entry.object ? entry.object->kind : "", "object_kind");
  differs(row.object_id, entry.object ? entry.object->id : "", "object_id");
}

void ExpectCheckpoints(const std::vector<SignedRow>& rows, const NoteVerifiers& verifiers, TreeCheck& check) {
  for (const SignedRow& row : rows) {
    const Result<Checkpoint> checkpoint = OpenCheckpoint(row.note, verifiers);
    if (!checkpoint.ok() || checkpoint->size != row.size) {
      check.Report(Flaw::kCheckpointInvalid, {}, std::to_string(row.size));
    } else {
      check.Expect(*checkpoint, Flaw::kCheckpointWrong);
    }
  }
}

const TreeHash* StoredLeaf(const Batch& batch, std::uint64_t index) {
  const auto tile = batch.leaf_tiles.find({0, index / kTileWidth});
  if (tile == batch.leaf_tiles.end() || tile->second.size() <= index % kTileWidth) return nullptr;
  return &tile->second[index % kTileWidth];
}

void AddBatch(const Batch& batch, std::uint64_t begin, std::uint64_t end, TreeCheck& check) {
  auto row = batch.entries.begin();
  for (std::uint64_t index = begin; index < end; ++index) {
    const TreeHash* const stored = StoredLeaf(batch, index);
    if (row != batch.entries.end() && row->index == index) {
      const auto record = check.AddLeaf(LeafText(index, row->time, row->body));
      if (record) CompareColumns(*row, record->entry, check);
      if (stored != nullptr) check.CompareLeaf(index, *stored);
      ++row;
    } else {
      check.AddMissing(stored != nullptr ? *stored : TreeHash{});
    }
    check.CheckExpected();
  }
}

void ReportSnapshot(const Snapshot& snapshot, TreeCheck& check) {
  for (const std::string& id : snapshot.stray_entries) check.Report(Flaw::kEntryUnexpected, {}, id);
  for (const std::string& place : snapshot.stray_tiles) check.Report(Flaw::kTileUnexpected, {}, place);
  for (const std::string& id : snapshot.staged_too_long) check.Report(Flaw::kStagedTooLong, {}, id);
  for (const std::string& size : snapshot.checkpoints_ahead) check.Report(Flaw::kCheckpointWrong, {}, size);
  if (snapshot.head_wrong) check.Report(Flaw::kHeadWrong, snapshot.size, "size");
  if (snapshot.checkpoint_missing) check.Report(Flaw::kCheckpointMissing, {});
}

// Where checking begins: at the beginning, or behind a trusted checkpoint whose tree the store must still have.
Result<TreeCheck> Begin(Store& store, const Snapshot& snapshot, const std::optional<Checkpoint>& trusted) {
  if (!trusted || trusted->size > snapshot.size) {
    TreeCheck check{TreeBuilder()};
    if (trusted) check.Expect(*trusted, Flaw::kForked);
    return check;
  }
  SnapshotTiles tiles(store, snapshot);
  Result<TreeBuilder> start = TreeBuilder::Resume(tiles, trusted->size);
  if (!start.ok() && !start.error().code().starts_with("ledger.")) return std::move(start).error();
  if (!start.ok() || start->Root() != trusted->root) {
    TreeCheck check{TreeBuilder()};
    check.Report(Flaw::kForked, {}, std::to_string(trusted->size));
    return check;
  }
  TreeCheck check(*std::move(start));
  if (trusted->size > 0) {
    PRIVITY_TRY(const std::optional<Row> before, store.Read([&](ReadTx& tx) {
      return tx.QueryOne("SELECT time FROM ledger_entry WHERE idx = $1", {trusted->size - 1});
    }));
    if (before) check.set_last_time(before->Get<Instant>(0));
  }
  return check;
}

}  // namespace

Result<VerifyReport> VerifyLedger(Store& store, const NoteVerifiers& verifiers, const Clock& clock,
                                  const VerifyOptions& options) {
  const Instant now = clock.Now();
  PRIVITY_TRY(const Snapshot snapshot, store.Read([&](ReadTx& tx) { return TakeSnapshot(tx, now, options.patience); }));
  PRIVITY_TRY(TreeCheck check, Begin(store, snapshot, options.trusted));
  ReportSnapshot(snapshot, check);
  for (const Checkpoint& remembered : options.remembered) {
    if (remembered.size >= check.size()) check.Expect(remembered, Flaw::kForked);
  }
  SnapshotTiles tiles(store, snapshot);
  std::uint64_t first_size = check.size();
  for (std::uint64_t begin = check.size();;) {
    const std::uint64_t end = std::min(snapshot.size, (begin / kBatch + 1) * kBatch);
    PRIVITY_TRY(const Batch batch, store.Read([&](ReadTx& tx) { return ReadBatch(tx, begin, end, first_size); }));
    ExpectCheckpoints(batch.checkpoints, verifiers, check);
    check.CheckExpected();
    AddBatch(batch, begin, end, check);
    PRIVITY_TRY_VOID(check.CompareTiles(tiles, TreeCheck::Tiles::kFull));
    if (options.progress) PRIVITY_TRY_VOID(options.progress(end, snapshot.size));
    if (end == snapshot.size) break;
    begin = end;
    first_size = end + 1;
  }
  PRIVITY_TRY_VOID(check.CompareTiles(tiles, TreeCheck::Tiles::kAll));
  check.ReportUnreached(Flaw::kRolledBack);
  if (check.size() > 0 && check.last_time() && *check.last_time() != snapshot.time) {
    check.Report(Flaw::kHeadWrong, {}, "time");
  }
  return check.Finish();
}

}  // namespace privity
