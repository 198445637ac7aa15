#include "connect/sqlite/sqlite_connector.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>

#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/internal/file_grants.h"
#include "connect/sql/number_blocks.h"
#include "connect/sql/sql_connector.h"

namespace privity {
namespace {

using connect_internal::CutCell;
using connect_internal::FileGrants;
using connect_internal::Part;
using connect_internal::RangesOf;
using connect_internal::SampleByNumber;
using connect_internal::TextCell;
using std::chrono::steady_clock;

constexpr int kInstructionsBetweenLooks = 10'000;

// SQLite knows no dates. They stand in any column as ISO text, as seconds (or milliseconds, as programs of Java and
// JavaScript write them) since 1970, or as days of the Julian calendar: https://sqlite.org/datatype3.html section 2.2.
std::string OlderThanDay(const std::string& column, const std::string& parameter) {
  constexpr std::string_view kMillisecondsFrom = "100000000000";  // seconds of the year 5138
  const std::string seconds = "CAST(strftime('%s', " + parameter + ") AS INTEGER)";
  return "CASE typeof(" + column + ") WHEN 'text' THEN " + column +
         " GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND " + column + " < " + parameter +
         " WHEN 'integer' THEN " + column + " / (CASE WHEN abs(" + column + ") >= " + std::string(kMillisecondsFrom) +
         " THEN 1000 ELSE 1 END) < " + seconds + " WHEN 'real' THEN " + column + " < julianday(" + parameter +
         ") ELSE 0 END";
}

const SqlDialect kDialect = {
    .quote = '"',
    .placeholder = [](int number) { return "?" + std::to_string(number); },
    .equals = [](const std::string& column, const std::string& parameter) { return column + " = " + parameter; },
    .is_text = [](const std::string& column,
                  const std::string& parameter) { return "CAST(" + column + " AS TEXT) IS " + parameter; },
    .is_older = [](const Field&, const std::string& column,
                   const std::string& parameter) { return OlderThanDay(column, parameter); },
    .begin = "BEGIN IMMEDIATE",
};

struct Freed {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Freed>;
using Statement = std::unique_ptr<sqlite3_stmt, Freed>;

std::string_view ColumnText(sqlite3_stmt* statement, int column) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

FieldCell CellAt(sqlite3_stmt* statement, int column, std::string_view field) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return {.field = field};
    case SQLITE_BLOB:
      return {.field = field, .kind = CellKind::kBinary, .bytes = ColumnText(statement, column)};
    default:
      sqlite3_column_text(statement, column);  // turns a number into text, which ColumnText then finds
      return TextCell(field, ColumnText(statement, column));
  }
}

std::int64_t ToNumber(std::string_view text, std::int64_t fallback) {
  std::int64_t number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return sqlite3_strnicmp(a.data(), b.data(), static_cast<int>(std::max(a.size(), b.size()))) == 0 &&
         a.size() == b.size();
}

// Hands the cells of one column on as texts.
class TextColumns final : public RecordSink {
 public:
  explicit TextColumns(std::vector<std::vector<std::string>>& rows) : rows_(rows) {}
  Status Take(Record record) override {
    std::vector<std::string>& row = rows_.emplace_back();
    for (const FieldCell& cell : record) row.emplace_back(cell.bytes);
    return Ok();
  }
  void Skip(Error) override {}

 private:
  std::vector<std::vector<std::string>>& rows_;
};

class SqliteConnector final : public SqlConnector {
 public:
  SqliteConnector(const ConnectionUrl& url, const ConnectOptions& options)
      : SqlConnector(SqliteKind(), url, options, kDialect) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(Rows("SELECT count(*) FROM sqlite_schema", {}));
    return StoreSheet{.product = "SQLite", .version = sqlite3_libversion()};
  }
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Result<std::vector<StreamRange>> Split(const Collection& collection, int parts) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Result<StoreGrants> Grants() override {
    PRIVITY_TRY(std::vector<Grant> grants, FileGrants(url().path(), {}));
    return StoreGrants{std::move(grants)};
  }

 protected:
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           RecordSink& sink) override {
    return Run(sql, parameters, collection, options().cell_bytes_max, sink);
  }

 private:
  struct RowIds {
    std::string column;  // the name by which this table lets its row id be asked for
    std::int64_t first = 0;
    std::int64_t last = -1;
  };

  Status Open();
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           std::size_t cell_bytes_max, RecordSink& sink);
  Result<std::vector<std::vector<std::string>>> Rows(const std::string& sql, const SqlParameters& parameters,
                                                     const std::string& place = "sqlite_schema");
  Result<Collection> DescribeOne(const std::string& name, bool is_view);
  // Nothing for a view, a table WITHOUT ROWID, or one whose columns hide every name of the row id.
  Result<std::optional<RowIds>> RowIdsOf(const Collection& collection);
  std::string SelectAll(const Collection& collection) const {
    return "SELECT " + Columns(collection) + " FROM " + dialect().Table(collection.name);
  }
  Error Failure(const Collection& collection) const;
  bool MustStop();

  Database db_;
  steady_clock::time_point silent_since_;
  bool timed_out_ = false;
};

Status SqliteConnector::Open() {
  if (db_) return Ok();
  const std::string& path = url().path();
  const Error forbidden("connect.permission", {{"store", label()}, {"place", path}});
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) {
    return failure ? forbidden : Error("connect.database_missing", {{"store", label()}});
  }
  const int flags = options().writing_granted ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database opened(raw);
  if (code != SQLITE_OK) return forbidden;
  // The file is somebody else's: its views, triggers and defaults call no function that reaches outside, and its pages
  // are checked before they are believed.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_exec(raw, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
  sqlite3_busy_timeout(raw, static_cast<int>(options().silence_timeout.count()));
  sqlite3_progress_handler(
      raw, kInstructionsBetweenLooks,
      [](void* self) { return static_cast<SqliteConnector*>(self)->MustStop() ? 1 : 0; }, this);
  db_ = std::move(opened);
  return Ok();
}

bool SqliteConnector::MustStop() {
  timed_out_ = steady_clock::now() - silent_since_ > options().silence_timeout;
  return timed_out_ || options().stop.stop_requested();
}

Error SqliteConnector::Failure(const Collection& collection) const {
  const std::string place = collection.name.name;
  const int extended = sqlite3_extended_errcode(db_.get());
  const auto error = [&](std::string code) { return Error(std::move(code), {{"store", label()}, {"place", place}}); };
  switch (extended & 0xFF) {
    case SQLITE_INTERRUPT:
      return error(timed_out_ ? "connect.timeout" : "connect.cancelled");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error("connect.busy");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return error("connect.permission");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return error("connect.damaged");
    case SQLITE_CONSTRAINT:
      return Error("connect.refused", {{"store", label()}, {"collection", place}, {"constraint", "constraint"}});
    default:
      break;
  }
  const std::string_view words = sqlite3_errmsg(db_.get());
  if (words.starts_with("no such table") || words.starts_with("no such column")) return error("connect.missing");
  return error("connect.failed").With("reason", std::to_string(extended));
}

Result<std::int64_t> SqliteConnector::Run(const std::string& sql, const SqlParameters& parameters,
                                          const Collection& collection, std::size_t cell_bytes_max, RecordSink& sink) {
  PRIVITY_TRY_VOID(Open());
  silent_since_ = steady_clock::now();
  sqlite3_stmt* raw = nullptr;
  const int prepared = sqlite3_prepare_v2(db_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  const Statement statement(raw);
  if (prepared != SQLITE_OK) return Failure(collection);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!parameters[i]) continue;
    sqlite3_bind_text64(raw, static_cast<int>(i + 1), parameters[i]->data(), parameters[i]->size(), SQLITE_STATIC,
                        SQLITE_UTF8);
  }
  const int columns = sqlite3_column_count(raw);
  std::vector<FieldCell> cells(static_cast<std::size_t>(columns));
  while (true) {
    const int step = sqlite3_step(raw);
    if (step == SQLITE_DONE) return sqlite3_changes64(db_.get());
    if (step != SQLITE_ROW) return Failure(collection);
    for (int i = 0; i < columns; ++i) {
      const auto at = static_cast<std::size_t>(i);
      cells[at] = CellAt(raw, i, at < collection.fields.size() ? std::string_view(collection.fields[at].name) : "");
      CutCell(cell_bytes_max, cells[at]);
    }
    PRIVITY_TRY_VOID(sink.Take(cells));
    silent_since_ = steady_clock::now();
    if (options().stop.stop_requested())
      return Error("connect.cancelled", {{"store", label()}, {"place", Place(collection)}});
  }
}

Result<std::vector<std::vector<std::string>>> SqliteConnector::Rows(const std::string& sql,
                                                                    const SqlParameters& parameters,
                                                                    const std::string& place) {
  std::vector<std::vector<std::string>> rows;
  TextColumns sink(rows);
  PRIVITY_TRY_VOID(Run(sql, parameters, Collection{.name = {"", place}}, sink));
  return rows;
}

Result<Description> SqliteConnector::Describe() {
  Description description;
  PRIVITY_TRY(const auto tables, Rows("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') "
                                      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                      {}));
  for (const auto& table : tables) {
    Result<Collection> collection = DescribeOne(table[0], table[1] == "view");
    if (collection.ok()) {
      description.collections.push_back(*std::move(collection));
    } else {
      description.unread.push_back(std::move(collection).error());
    }
  }
  return description;
}

Result<Collection> SqliteConnector::DescribeOne(const std::string& name, bool is_view) {
  Collection collection{.name = {"", name}, .shape = is_view ? CollectionShape::kView : CollectionShape::kTable};
  if (!IsUtf8(name)) return Error("connect.encoding", {{"store", label()}, {"place", "sqlite_schema"}});
  PRIVITY_TRY(const auto columns,
              Rows("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid",
                   {name}, name));
  // A view over something that is gone and a virtual table whose module is not here have no columns.
  if (columns.empty()) return Error("connect.missing", {{"store", label()}, {"place", name}});
  std::vector<std::pair<std::int64_t, std::string>> key;
  for (const auto& column : columns) {
    collection.fields.push_back({.name = column[0], .declared_type = column[1], .nullable = column[2] == "0"});
    if (column[3] != "0") key.emplace_back(ToNumber(column[3], 0), column[0]);
  }
  std::ranges::sort(key);
  for (auto& [position, field] : key) collection.key.push_back(std::move(field));
  PRIVITY_TRY(const auto references,
              Rows("SELECT f.id, f.\"table\", f.\"from\", coalesce(f.\"to\", (SELECT name FROM "
                   "pragma_table_xinfo(f.\"table\") WHERE pk = f.seq + 1)) FROM pragma_foreign_key_list(?1) f "
                   "ORDER BY f.id, f.seq",
                   {name}));
  std::string last_id;
  for (const auto& row : references) {
    if (row[0] != last_id) collection.references.push_back({.target = {"", row[1]}});
    last_id = row[0];
    collection.references.back().fields.push_back(row[2]);
    collection.references.back().target_fields.push_back(row[3]);
  }
  return collection;
}

Result<std::optional<SqliteConnector::RowIds>> SqliteConnector::RowIdsOf(const Collection& collection) {
  const auto taken = [&](std::string_view name) {
    return std::ranges::any_of(collection.fields, [&](const Field& f) { return EqualIgnoringCase(f.name, name); });
  };
  constexpr std::array<std::string_view, 3> kNames = {"rowid", "_rowid_", "oid"};
  const auto name = std::ranges::find_if_not(kNames, taken);
  PRIVITY_TRY(const auto kind, Rows("SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1",
                                    {collection.name.name}));
  if (name == kNames.end() || kind.empty() || kind[0][0] != "table" || kind[0][1] != "0") return std::nullopt;
  RowIds ids{.column = std::string(*name)};
  PRIVITY_TRY(
      const auto ends,
      Rows("SELECT min(" + ids.column + "), max(" + ids.column + ") FROM " + dialect().Table(collection.name), {}));
  ids.first = ToNumber(ends[0][0], 0);
  ids.last = ToNumber(ends[0][1], -1);
  return ids;
}

// The span of the row ids: exact where rows were never deleted, else too high, and never costs a pass over the table.
Result<std::int64_t> SqliteConnector::Estimate(const Collection& collection) {
  PRIVITY_TRY(const auto ids, RowIdsOf(collection));
  if (ids) return ids->last - ids->first + 1;
  PRIVITY_TRY(const auto count, Rows("SELECT count(*) FROM " + dialect().Table(collection.name), {}));
  return ToNumber(count[0][0], 0);
}

Status SqliteConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  PRIVITY_TRY(const auto ids, RowIdsOf(collection));
  if (!ids) {
    PRIVITY_TRY_VOID(Run(SelectAll(collection) + " LIMIT " + std::to_string(limits.records_max), {}, collection,
                         limits.cell_bytes_max, sink));
    return Ok();
  }
  const std::string select = "SELECT " + Columns(collection) + ", " + ids->column + " FROM " +
                             dialect().Table(collection.name) + " WHERE " + ids->column + " BETWEEN ";
  const auto read = [&](const Part& part, std::int64_t limit, RecordSink& block) -> Status {
    PRIVITY_TRY_VOID(Run(select + std::to_string(part.first) + " AND " + std::to_string(part.last) + " ORDER BY " +
                             ids->column + " LIMIT " + std::to_string(limit),
                         {}, collection, limits.cell_bytes_max, block));
    return Ok();
  };
  return SampleByNumber({ids->first, ids->last}, limits.records_max, read, sink);
}

Result<std::vector<StreamRange>> SqliteConnector::Split(const Collection& collection, int parts) {
  PRIVITY_TRY(const auto ids, RowIdsOf(collection));
  if (!ids) return std::vector<StreamRange>(1);
  return RangesOf({ids->first, ids->last}, parts);
}

Status SqliteConnector::Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) {
  std::string sql = SelectAll(collection);
  if (!range.from.empty() || !range.until.empty()) {
    PRIVITY_TRY(const auto ids, RowIdsOf(collection));
    if (!ids) return Error("connect.missing", {{"store", label()}, {"place", Place(collection)}});
    sql += " WHERE true";
    if (!range.from.empty()) sql += " AND " + ids->column + " >= " + std::to_string(ToNumber(range.from, 0));
    if (!range.until.empty()) sql += " AND " + ids->column + " < " + std::to_string(ToNumber(range.until, 0));
  }
  PRIVITY_TRY_VOID(Run(sql, {}, collection, sink));
  return Ok();
}

}  // namespace

const ConnectorKind& SqliteKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "SQLite",
      .title = "connect.kind_sqlite",
      .schemes = {"sqlite"},
      .parts = {LocalPathPart()},
      .sheet = {.cannot = {{Capability::kDeleteObject, "connect.cannot_no_objects"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_clock"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver&) -> Result<std::unique_ptr<Connector>> {
        if (!url.host().empty() || url.path().size() < 2) {
          return Error("connect.url_invalid", {{"problem", "no file, as in sqlite:///srv/shop.db"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<SqliteConnector>(url, options));
      },
  };
  return kind;
}

}  // namespace privity
