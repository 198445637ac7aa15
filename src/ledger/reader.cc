#include "ledger/reader.h"

#include <algorithm>

#include "ledger/internal/rows.h"
#include "store/where.h"

namespace privity {
namespace {

// Beyond what canonical JSON can count (RFC 8785: integers up to 2^53). Callers may pass any number on from outside.
constexpr std::uint64_t kIndexMax = std::uint64_t{1} << 53;

Error UnknownEntry() {
  return Error("ledger.entry_unknown");
}

Error MissingTile(const std::string& level, std::uint64_t index) {
  return Error("ledger.tile_missing", {{"level", level}, {"index", std::to_string(index)}});
}

Result<LedgerRecord> ToRecord(const Row& row) {
  PRIVITY_TRY(RecordBody body, ParseBody(row.Get<std::string>(2)));
  return LedgerRecord{.index = row.Get<std::uint64_t>(0), .time = row.Get<Instant>(1), .entry = std::move(body)};
}

Result<std::uint64_t> HeadSize(ReadTx& tx) {
  PRIVITY_TRY(const std::optional<Row> head, tx.QueryOne("SELECT size FROM ledger_head WHERE one = 1"));
  if (!head) return Error("ledger.damaged", {{"place", "ledger_head"}});
  return head->Get<std::uint64_t>(0);
}

// The smallest index whose time is not before `instant`: by halving, since times never go back.
Result<std::uint64_t> FirstIndexAt(ReadTx& tx, Instant instant, std::uint64_t size) {
  std::uint64_t low = 0, high = size;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    PRIVITY_TRY(const std::optional<Row> row, tx.QueryOne("SELECT time FROM ledger_entry WHERE idx = $1", {middle}));
    if (!row) return Error("ledger.damaged", {{"place", "ledger_entry"}});
    if (row->Get<Instant>(0) < instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

constexpr std::string_view kColumns = "SELECT idx, time, body FROM ledger_entry WHERE ";

// Registered actions that are `prefix` or begin with it and a dot.
std::vector<std::string_view> ActionsUnder(const ActionRegistry& registry, const std::string& prefix) {
  std::vector<std::string_view> names;
  for (const auto& [name, description] : registry.actions()) {
    if (name == prefix || name.starts_with(prefix + ".")) names.push_back(name);
  }
  return names;
}

// One walk down an index of (action, idx) for each action, and the newest of them all: a page costs its own length
// times the number of actions, not the number of entries that match.
std::string EachActionNewestFirst(const std::vector<std::string_view>& actions, Where& where,
                                  const std::string& limit) {
  std::string sql;
  for (const std::string_view action : actions) {
    sql += sql.empty() ? "" : " UNION ALL ";
    sql += "SELECT * FROM (" + std::string(kColumns) + where.conditions() + " AND action = " + where.Parameter(action) +
           " ORDER BY idx DESC LIMIT " + limit + ") one_action";
  }
  return "SELECT idx, time, body FROM (" + sql + ") each_action ORDER BY idx DESC LIMIT " + limit;
}

std::string NewestFirst(const Where& where, const std::string& limit) {
  return std::string(kColumns) + where.conditions() + " ORDER BY idx DESC LIMIT " + limit;
}

std::string AnyOf(const std::vector<std::string_view>& actions, Where& where) {
  std::string list;
  for (const std::string_view action : actions) list += (list.empty() ? "" : ", ") + where.Parameter(action);
  return "action IN (" + list + ")";
}

struct Proven {
  InclusionEvidence evidence;
  Checkpoint checkpoint;
  std::string leaf;
};

Result<Proven> ProveIn(ReadTx& tx, std::uint64_t index) {
  if (index > kIndexMax) return UnknownEntry();
  PRIVITY_TRY(const std::optional<Row> entry,
              tx.QueryOne("SELECT time, body FROM ledger_entry WHERE idx = $1", {index}));
  if (!entry) return UnknownEntry();
  PRIVITY_TRY(const std::optional<Row> newest,
              tx.QueryOne("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));
  if (!newest) return Error("ledger.not_signed_yet");
  Proven proven;
  proven.leaf = LeafText(index, entry->Get<Instant>(0), entry->Get<std::string>(1));
  proven.evidence.index = index;
  proven.evidence.signed_checkpoint = newest->Get<std::string>(0);
  PRIVITY_TRY(const Note note, ParseNote(proven.evidence.signed_checkpoint));
  PRIVITY_TRY(proven.checkpoint, ParseCheckpoint(note.text));
  if (index >= proven.checkpoint.size) return Error("ledger.not_signed_yet");
  StoredTiles tiles(tx);
  PRIVITY_TRY(proven.evidence.path, InclusionProof(tiles, index, proven.checkpoint.size));
  return proven;
}

void AppendBundled(std::string_view leaf, Bytes& bundle) {
  Invariant(leaf.size() <= 0xffff, "an entry bundle has 16-bit lengths");
  bundle.push_back(static_cast<std::byte>(leaf.size() >> 8));
  bundle.push_back(static_cast<std::byte>(leaf.size() & 0xff));
  const BytesView bytes = AsBytes(leaf);
  bundle.insert(bundle.end(), bytes.begin(), bytes.end());
}

}  // namespace

Result<EntryPage> LedgerReader::List(const EntryFilter& filter) {
  return store_.Read([&](ReadTx& tx) { return List(tx, filter); });
}

Result<EntryPage> LedgerReader::List(ReadTx& tx, const EntryFilter& filter) const {
  if (filter.object_kind.empty() != filter.object_id.empty()) return Error("ledger.filter_invalid");
  const int limit = std::clamp(filter.limit, 1, kLedgerPageMax);
  const std::vector<std::string_view> actions = ActionsUnder(actions_, filter.action);
  if (!filter.action.empty() && actions.empty()) return EntryPage{};
  PRIVITY_TRY(const std::uint64_t size, HeadSize(tx));
  std::uint64_t begin = 0, end = std::min(size, filter.before.value_or(size));
  if (filter.from) {
    PRIVITY_TRY(begin, FirstIndexAt(tx, *filter.from, size));
  }
  if (filter.until) {
    PRIVITY_TRY(const std::uint64_t first_after, FirstIndexAt(tx, *filter.until, size));
    end = std::min(end, first_after);
  }
  Where where;
  where.And("idx >= " + where.Parameter(begin));
  where.And("idx < " + where.Parameter(end));
  if (!filter.actor_id.empty()) where.And("actor_id = " + where.Parameter(filter.actor_id));
  if (!filter.object_id.empty()) {
    where.And("object_kind = " + where.Parameter(filter.object_kind));
    where.And("object_id = " + where.Parameter(filter.object_id));
  }
  if (filter.subject) {
    where.And("id IN (SELECT entry FROM ledger_subject WHERE subject = " + where.Parameter(*filter.subject) + ")");
  }
  const bool narrow = !filter.actor_id.empty() || !filter.object_id.empty() || filter.subject.has_value();
  if (!filter.action.empty() && narrow) where.And(AnyOf(actions, where));
  const std::string one_more = where.Parameter(limit + 1);  // tells whether there is another page
  const std::string sql =
      filter.action.empty() || narrow ? NewestFirst(where, one_more) : EachActionNewestFirst(actions, where, one_more);
  PRIVITY_TRY(const std::vector<Row> rows, tx.Query(sql, where.values()));
  EntryPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_before = page.items.back().index;
      break;
    }
    PRIVITY_TRY(LedgerRecord record, ToRecord(row));
    page.items.push_back(std::move(record));
  }
  return page;
}

Result<LedgerRecord> LedgerReader::Get(std::uint64_t index) {
  return store_.Read([&](ReadTx& tx) { return Get(tx, index); });
}

Result<LedgerRecord> LedgerReader::Get(ReadTx& tx, std::uint64_t index) {
  if (index > kIndexMax) return UnknownEntry();
  PRIVITY_TRY(const std::optional<Row> row,
              tx.QueryOne("SELECT idx, time, body FROM ledger_entry WHERE idx = $1", {index}));
  if (!row) return UnknownEntry();
  return ToRecord(*row);
}

Result<std::uint64_t> LedgerReader::IndexOf(const EntryId& id) {
  return store_.Read([&](ReadTx& tx) { return IndexOf(tx, id); });
}

Result<std::uint64_t> LedgerReader::IndexOf(ReadTx& tx, const EntryId& id) {
  PRIVITY_TRY(const std::optional<Row> row, tx.QueryOne("SELECT idx FROM ledger_entry WHERE id = $1", {id}));
  if (!row) return UnknownEntry();
  return row->Get<std::uint64_t>(0);
}

Result<EntryProof> LedgerReader::Prove(std::uint64_t index) {
  PRIVITY_TRY(Proven proven, store_.Read([&](ReadTx& tx) { return ProveIn(tx, index); }));
  EntryProof proof{.index = index,
                   .size = proven.checkpoint.size,
                   .leaf = std::move(proven.leaf),
                   .leaf_hash = {},
                   .path = {},
                   .root = FormatHash(proven.checkpoint.root),
                   .checkpoint = std::move(proven.evidence.signed_checkpoint)};
  proof.leaf_hash = FormatHash(LeafHash(AsBytes(proof.leaf)));
  for (const TreeHash& hash : proven.evidence.path) proof.path.push_back(FormatHash(hash));
  return proof;
}

Result<std::string> LedgerReader::ProofFile(std::uint64_t index) {
  PRIVITY_TRY(const Proven proven, store_.Read([&](ReadTx& tx) { return ProveIn(tx, index); }));
  return FormatProof(proven.evidence);
}

Result<std::optional<std::string>> LedgerReader::NewestCheckpoint() {
  return store_.Read([](ReadTx& tx) -> Result<std::optional<std::string>> {
    PRIVITY_TRY(const std::optional<Row> row,
                tx.QueryOne("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));
    return row ? std::optional(row->Get<std::string>(0)) : std::nullopt;
  });
}

Result<std::vector<TreeHash>> LedgerReader::ProveConsistency(std::uint64_t old_size, std::uint64_t size) {
  if (size > kIndexMax) return Error("ledger.range_invalid", {{"value", std::to_string(old_size)}, {"size", "0"}});
  return store_.Read([&](ReadTx& tx) {
    StoredTiles tiles(tx);
    return ConsistencyProof(tiles, old_size, size);
  });
}

Result<Bytes> LedgerReader::TileFile(const TileId& id, std::size_t width) {
  const Error missing = MissingTile(std::to_string(id.level), id.index);
  if (id.index > kIndexMax / kTileWidth || width == 0) return missing;
  return store_.Read([&](ReadTx& tx) -> Result<Bytes> {
    StoredTiles tiles(tx);
    PRIVITY_TRY(Tile tile, tiles.ReadTile(id));
    if (tile.size() < width) return missing;
    tile.resize(width);
    return EncodeTile(tile);
  });
}

Result<Bytes> LedgerReader::EntryBundle(std::uint64_t index, std::size_t width) {
  const Error missing = MissingTile("entries", index);
  if (index > kIndexMax / kTileWidth || width == 0 || width > kTileWidth) return missing;
  return store_.Read([&](ReadTx& tx) -> Result<Bytes> {
    const std::uint64_t begin = index * kTileWidth;
    PRIVITY_TRY(const std::vector<Row> rows,
                tx.Query("SELECT idx, time, body FROM ledger_entry WHERE idx >= $1 AND idx < $2 ORDER BY idx",
                         {begin, begin + width}));
    if (rows.size() != width) return missing;
    Bytes bundle;
    for (const Row& row : rows) {
      AppendBundled(LeafText(row.Get<std::uint64_t>(0), row.Get<Instant>(1), row.Get<std::string>(2)), bundle);
    }
    return bundle;
  });
}

}  // namespace privity
