#include "connect/postgres/postgres_connector.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/bytes.h"
#include "base/json.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/postgres/copy_line.h"
#include "connect/postgres/csv_log.h"
#include "connect/postgres/postgres_session.h"
#include "connect/sql/number_blocks.h"
#include "connect/sql/sql_catalog.h"
#include "connect/sql/sql_connector.h"
#include "connect/sql/statement_uses.h"

namespace privity {
namespace {

using connect_internal::AddColumn;
using connect_internal::AddConstraints;
using connect_internal::CsvLogLine;
using connect_internal::CsvLogReader;
using connect_internal::CutCell;
using connect_internal::IsDateType;
using connect_internal::ParseCopyLine;
using connect_internal::PostgresSession;
using connect_internal::PrivilegeOf;
using connect_internal::RangesOf;
using connect_internal::SqlSpelling;
using connect_internal::StatementUse;
using connect_internal::TextCell;
using connect_internal::Texts;
using connect_internal::ToNumber;
using connect_internal::UnreadableColumn;
using connect_internal::UsesOf;

const SqlDialect kDialect = {
    .quote = '"',
    .placeholder = [](int number) { return "$" + std::to_string(number); },
    .equals = [](const std::string& column, const std::string& parameter) { return column + " = " + parameter; },
    .is_text =
        [](const std::string& column, const std::string& parameter) {
          return column + "::text IS NOT DISTINCT FROM " + parameter + "::text";
        },
    .is_older = [](const Field& field, const std::string& column, const std::string& parameter) -> std::string {
      if (!IsDateType(field.declared_type)) return "";
      const bool has_zone = field.declared_type.ends_with("with time zone");
      return column + " < " + parameter + "::date" + (has_zone ? "::timestamp AT TIME ZONE 'UTC'" : "");
    },
    .begin = "BEGIN"};

// A sample looks at so many blocks at least, and at more when few rows fit into one.
constexpr std::int64_t kSampleBlocksMin = 64;
constexpr std::int64_t kSampleBlockOversize = 4;

// Everything that people keep data in: not the catalog, not the partitions behind a partitioned table.
constexpr const char* kColumns = R"(
SELECT n.nspname, c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       has_column_privilege(c.oid, a.attnum, 'SELECT'), has_any_column_privilege(c.oid, 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum)";

constexpr const char* kConstraints = R"(
SELECT n.nspname, c.relname, k.oid, a.attname, tn.nspname, tc.relname, ta.attname
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u(attnum, target_attnum, position)
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
LEFT JOIN pg_class tc ON tc.oid = k.confrelid LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
LEFT JOIN pg_attribute ta ON ta.attrelid = k.confrelid AND ta.attnum = u.target_attnum
WHERE k.contype IN ('p', 'f') AND n.nspname !~ '^pg_' ORDER BY k.oid, u.position)";

constexpr const char* kStorage = R"(
SELECT c.relkind, pg_relation_size(c.oid) / current_setting('block_size')::bigint, c.reltuples::bigint, c.relpages
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2)";

// Who holds a right, directly or through the roles they belong to; grantee 0 is everyone. Roles that read or write
// everything hold it on the whole store.
constexpr const char* kGrants = R"(
WITH RECURSIVE reach(member, role, path) AS (
  SELECT oid, oid, ARRAY[]::text[] FROM pg_roles
  UNION ALL
  SELECT r.member, m.roleid, r.path || (g.rolname::text COLLATE "default") FROM reach r JOIN pg_auth_members m ON m.member = r.role
  JOIN pg_roles g ON g.oid = m.roleid WHERE NOT g.rolname::text COLLATE "default" = ANY(r.path)),
kept AS (
  SELECT c.oid, c.relname, c.relowner, c.relacl, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
held AS (
  SELECT nspname, relname, '' AS attname, (aclexplode(coalesce(relacl, acldefault('r', relowner)))).* FROM kept
  UNION ALL
  SELECT nspname, relname, attname, (aclexplode(attacl)).* FROM kept JOIN pg_attribute ON attrelid = kept.oid
  WHERE attacl IS NOT NULL)
SELECT DISTINCT p.rolname::text, p.rolcanlogin::text, nspname::text, relname::text, attname::text, privilege_type,
       array_to_json(path)::text
FROM held JOIN reach ON reach.role = grantee JOIN pg_roles p ON p.oid = member
WHERE privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') AND p.rolname !~ '^pg_'
UNION ALL
SELECT DISTINCT '', '', nspname, relname, attname, privilege_type, '[]' FROM held
WHERE grantee = 0 AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
UNION ALL
SELECT rolname, rolcanlogin::text, '', '', '', privilege, '[]' FROM pg_roles,
  (VALUES ('SELECT', 'pg_read_all_data'), ('INSERT', 'pg_write_all_data'), ('UPDATE', 'pg_write_all_data'),
          ('DELETE', 'pg_write_all_data')) AS v(privilege, holder)
WHERE rolname !~ '^pg_' AND pg_has_role(oid, holder, 'MEMBER')
ORDER BY 1, 3, 4, 5, 6, 7)";

// Partitions count for their table. Looks into an index count, too: those that keep foreign keys true among them.
constexpr const char* kReads = R"(
SELECT n.nspname, c.relname, sum(s.seq_scan + coalesce(s.idx_scan, 0))::bigint
FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = coalesce(pg_partition_root(s.relid), s.relid)
JOIN pg_namespace n ON n.oid = c.relnamespace GROUP BY 1, 2)";

constexpr const char* kCounting = R"(
SELECT current_setting('track_counts'), extract(epoch FROM now() - stats_reset)::bigint,
       to_regproc('pg_stat_force_next_flush') IS NOT NULL
FROM pg_stat_database WHERE datname = current_database())";

constexpr const char* kMark = R"(
SELECT (SELECT system_identifier FROM pg_control_system()) || '.' ||
       (SELECT oid FROM pg_database WHERE datname = current_database()),
       pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0'))";

bool IsBinary(const Field& field) {
  return field.declared_type == "bytea";
}

CollectionShape ShapeOf(std::string_view relation_kind) {
  return relation_kind == "v" ? CollectionShape::kView : CollectionShape::kTable;
}

// Cells of a collection, as COPY or a row fills them.
class CellRow {
 public:
  CellRow(const Collection& collection, bool is_utf8, std::size_t cell_bytes_max)
      : collection_(collection), is_utf8_(is_utf8), cell_bytes_max_(cell_bytes_max), binary_(collection.fields.size()) {
    for (const Field& field : collection.fields) cells.push_back({.field = field.name});
  }
  // After the texts were set.
  Record Finished() {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].kind == CellKind::kNull) continue;
      if (IsBinary(collection_.fields[i])) {
        Decode(binary_[i], cells[i]);
      } else if (!is_utf8_) {
        cells[i] = TextCell(cells[i].field, cells[i].bytes);
      }
      CutCell(cell_bytes_max_, cells[i]);
    }
    return cells;
  }

  std::vector<FieldCell> cells;

 private:
  static void Decode(Bytes& bytes, FieldCell& cell) {
    const auto decoded = HexDecode(cell.bytes.substr(std::min<std::size_t>(2, cell.bytes.size())));  // after "\x"
    cell.kind = CellKind::kBinary;
    if (!decoded.ok()) return;
    bytes = *decoded;
    cell.bytes = AsText(bytes);
  }

  const Collection& collection_;
  const bool is_utf8_;
  const std::size_t cell_bytes_max_;
  std::vector<Bytes> binary_;  // what the cells of bytea columns point to
};

constexpr std::int64_t kLogPieceBytes = 1 << 20;
constexpr const char* kRightToLog =
    "pg_monitor, pg_read_server_files, EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint)";
// The last: how many roles or databases have a setting of their own that logs less.
constexpr const char* kLogSettings =
    "SELECT current_setting('logging_collector'), current_setting('log_destination'), "
    "current_setting('log_statement'), "
    "(SELECT count(*) FROM pg_db_role_setting, unnest(setconfig) AS setting WHERE setting LIKE 'log_statement=%' AND "
    "setting <> 'log_statement=all' AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = "
    "current_database())))";

class PostgresConnector final : public SqlConnector {
 public:
  PostgresConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : SqlConnector(PostgresKind(), url, options, kDialect), resolver_(resolver) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(Open());
    return StoreSheet{
        .product = "PostgreSQL", .version = session_->server_version(), .encrypted = session_->is_encrypted()};
  }
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Result<std::vector<StreamRange>> Split(const Collection& collection, int parts) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Result<StoreGrants> Grants() override;
  Result<AccessReading> ReadAccess(const std::string& cursor, std::int64_t lines_max, const OnAccess& take) override;
  Result<ReadCounts> CountReads() override;
  Result<std::string> RestoreMark() override;
  Result<MarkVerdict> CompareMark(std::string_view earlier) override;

 protected:
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           RecordSink& sink) override;

 private:
  struct Storage {
    bool has_blocks = false;  // rows stand in blocks of its own: a table or a materialized view
    std::int64_t blocks = 0;
    std::int64_t rows_estimated = -1;  // -1 when the server has not looked yet
    std::int64_t blocks_when_estimated = 0;
  };

  Status Open();
  // Files of the log, oldest first, as name and size.
  Result<std::vector<Texts>> LogFiles();
  Status TakeLogLine(const CsvLogLine& line, const std::string& database, const Description& description,
                     const OnAccess& take);
  Result<Instant> LogTime(std::string_view text);
  Result<std::vector<Texts>> Rows(const std::string& sql, const SqlParameters& parameters, const std::string& place);
  Result<Storage> StorageOf(const Collection& collection);
  Result<std::string> SampledRows(const Collection& collection, const Storage& storage, std::int64_t records_max);
  Status Copy(const Collection& collection, const std::string& select, std::size_t cell_bytes_max, RecordSink& sink);
  std::string ColumnsCut(const Collection& collection, std::size_t cell_bytes_max) const;

  const Resolver& resolver_;
  std::unique_ptr<PostgresSession> session_;
  std::map<std::string, std::int64_t> log_hours_;  // seconds since 1970 of "2026-03-10 09:00:00 CET"
};

Status PostgresConnector::Open() {
  if (session_ && !session_->is_lost()) return Ok();
  PRIVITY_TRY(session_, PostgresSession::Open(url(), options(), resolver_));
  return Ok();
}

Result<std::vector<Texts>> PostgresConnector::Rows(const std::string& sql, const SqlParameters& parameters,
                                                   const std::string& place) {
  PRIVITY_TRY_VOID(Open());
  std::vector<Texts> rows;
  PRIVITY_TRY_VOID(session_->Run(sql, parameters, place, [&](const pg_result* row) {
    Texts& texts = rows.emplace_back();
    for (int i = 0; i < PQnfields(row); ++i) texts.emplace_back(PQgetvalue(row, 0, i));
    return Ok();
  }));
  return rows;
}

Result<std::int64_t> PostgresConnector::Run(const std::string& sql, const SqlParameters& parameters,
                                            const Collection& collection, RecordSink& sink) {
  PRIVITY_TRY_VOID(Open());
  CellRow row(collection, session_->is_utf8(), options().cell_bytes_max);
  return session_->Run(sql, parameters, Place(collection), [&](const pg_result* result) {
    const int columns = PQnfields(result);
    if (static_cast<std::size_t>(columns) != row.cells.size()) return sink.Take({});  // only whether there is one
    for (int i = 0; i < columns; ++i) {
      FieldCell& cell = row.cells[static_cast<std::size_t>(i)];
      cell.is_cut = false;
      cell.kind = PQgetisnull(result, 0, i) != 0 ? CellKind::kNull : CellKind::kText;
      cell.bytes = {PQgetvalue(result, 0, i), static_cast<std::size_t>(PQgetlength(result, 0, i))};
    }
    return sink.Take(row.Finished());
  });
}

Result<Description> PostgresConnector::Describe() {
  Description description;
  PRIVITY_TRY(const auto home, Rows("SELECT coalesce(current_schema(), 'public')", {}, "pg_catalog"));
  description.home_space = home.at(0).at(0);
  PRIVITY_TRY(const auto columns, Rows(kColumns, {}, "pg_catalog"));
  for (const Texts& row : columns) {
    const CollectionName name{row[0], row[1]};
    const bool is_readable = row[6] == "t";
    AddColumn(name, ShapeOf(row[2]),
              {.name = row[3], .declared_type = row[4], .nullable = row[5] != "t", .is_readable = is_readable},
              description);
    // A table of which nothing may be read says so when it is read.
    if (!is_readable && row[7] == "t") {
      description.unread.push_back(UnreadableColumn(label(), name, row[3], description.home_space));
    }
  }
  PRIVITY_TRY(const auto constraints, Rows(kConstraints, {}, "pg_catalog"));
  AddConstraints(constraints, description);
  return description;
}

Result<PostgresConnector::Storage> PostgresConnector::StorageOf(const Collection& collection) {
  PRIVITY_TRY(const auto rows, Rows(kStorage, {collection.name.space, collection.name.name}, Place(collection)));
  if (rows.empty()) return Error("connect.missing", {{"store", label()}, {"place", Place(collection)}});
  return Storage{.has_blocks = rows[0][0] == "r" || rows[0][0] == "m",
                 .blocks = ToNumber(rows[0][1]),
                 .rows_estimated = ToNumber(rows[0][2]),
                 .blocks_when_estimated = ToNumber(rows[0][3])};
}

// The server's own estimate, scaled to the size that the table has now, as its planner does.
Result<std::int64_t> PostgresConnector::Estimate(const Collection& collection) {
  PRIVITY_TRY(const Storage storage, StorageOf(collection));
  if (storage.rows_estimated >= 0 && storage.blocks_when_estimated > 0) {
    return storage.rows_estimated * storage.blocks / storage.blocks_when_estimated;
  }
  PRIVITY_TRY(const auto rows,
              Rows("EXPLAIN (FORMAT JSON) SELECT 1 FROM " + dialect().Table(collection.name), {}, Place(collection)));
  std::string plan;
  for (const Texts& row : rows) plan += row[0];
  PRIVITY_TRY(const Json json, ParseJson(plan));
  const Json* estimated = json.At("/0/Plan/Plan Rows");
  return estimated == nullptr ? 0 : estimated->IntegerOr(0);
}

// Addresses of the rows to look at, "(block,row)" with commas between. Chosen by the hash of the address among rows of
// blocks from all over the table, so that a table that did not change gives the same sample.
Result<std::string> PostgresConnector::SampledRows(const Collection& collection, const Storage& storage,
                                                   std::int64_t records_max) {
  const std::int64_t density = storage.rows_estimated > 0 && storage.blocks_when_estimated > 0
                                   ? std::max<std::int64_t>(1, storage.rows_estimated / storage.blocks_when_estimated)
                                   : 1;
  const std::int64_t wanted = std::max(kSampleBlocksMin, kSampleBlockOversize * records_max / density);
  std::string from = " FROM " + dialect().Table(collection.name);
  if (storage.blocks > wanted) {
    from += " TABLESAMPLE SYSTEM (" +
            std::to_string(100.0 * static_cast<double>(wanted) / static_cast<double>(storage.blocks)) +
            ") REPEATABLE (1)";
  }
  PRIVITY_TRY(const auto rows,
              Rows("SELECT string_agg('\"' || address || '\"', ','), count(*) FROM (SELECT ctid::text AS address" +
                       from + " ORDER BY hashtext(ctid::text) LIMIT " + std::to_string(records_max) + ") AS s",
                   {}, Place(collection)));
  const bool is_enough = storage.blocks <= wanted || ToNumber(rows[0][1]) >= records_max / 2;
  if (is_enough) return rows[0][0];
  // Mostly empty blocks: what comes first instead.
  PRIVITY_TRY(const auto first,
              Rows("SELECT string_agg('\"' || ctid || '\"', ',') FROM (SELECT ctid FROM " +
                       dialect().Table(collection.name) + " LIMIT " + std::to_string(records_max) + ") AS s",
                   {}, Place(collection)));
  return first[0][0];
}

std::string PostgresConnector::ColumnsCut(const Collection& collection, std::size_t cell_bytes_max) const {
  // One more than is kept, so that a value which was cut shows.
  const std::string length = std::to_string(cell_bytes_max + 1);
  std::string list;
  for (const Field& field : collection.fields) {
    const std::string column = dialect().Quote(field.name);
    list += list.empty() ? "" : ", ";
    if (!field.is_readable) {
      list += "NULL";
    } else {
      list += IsBinary(field) ? "substring(" + column + " FROM 1 FOR " + length + ")"
                              : "left(" + column + "::text, " + length + ")";
    }
  }
  return list;
}

Status PostgresConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  PRIVITY_TRY(const Storage storage, StorageOf(collection));
  std::string select =
      "SELECT " + ColumnsCut(collection, limits.cell_bytes_max) + " FROM " + dialect().Table(collection.name);
  // Few records, as far as the server knows and while the table has not grown since: they are the sample.
  const bool is_small = storage.rows_estimated > 0 && storage.rows_estimated <= limits.records_max &&
                        storage.blocks <= storage.blocks_when_estimated;
  if (storage.has_blocks && !is_small) {
    PRIVITY_TRY(const std::string rows, SampledRows(collection, storage, limits.records_max));
    select += " WHERE ctid = ANY ('{" + rows + "}'::tid[])";
  } else {
    select += " LIMIT " + std::to_string(limits.records_max);
  }
  return Copy(collection, select, limits.cell_bytes_max, sink);
}

Status PostgresConnector::Copy(const Collection& collection, const std::string& select, std::size_t cell_bytes_max,
                               RecordSink& sink) {
  PRIVITY_TRY_VOID(Open());
  CellRow row(collection, session_->is_utf8(), cell_bytes_max);
  return session_->Copy("COPY (" + select + ") TO STDOUT", Place(collection),
                        [&](char* line, std::size_t size) -> Status {
                          if (!ParseCopyLine(line, size, row.cells)) {
                            return Error("connect.damaged", {{"store", label()}, {"place", Place(collection)}});
                          }
                          return sink.Take(row.Finished());
                        });
}

Result<std::vector<StreamRange>> PostgresConnector::Split(const Collection& collection, int parts) {
  PRIVITY_TRY(const Storage storage, StorageOf(collection));
  if (!storage.has_blocks) return std::vector<StreamRange>(1);
  return RangesOf({0, storage.blocks - 1}, parts);
}

Status PostgresConnector::Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) {
  std::string select = "SELECT " + Columns(collection) + " FROM " + dialect().Table(collection.name);
  const auto block = [](const std::string& number) { return "'(" + std::to_string(ToNumber(number)) + ",0)'::tid"; };
  if (!range.from.empty()) select += " WHERE ctid >= " + block(range.from);
  if (!range.until.empty()) select += (range.from.empty() ? " WHERE ctid < " : " AND ctid < ") + block(range.until);
  return Copy(collection, select, options().cell_bytes_max, sink);
}

Result<StoreGrants> PostgresConnector::Grants() {
  PRIVITY_TRY(const auto rows, Rows(kGrants, {}, "pg_catalog"));
  std::vector<Grant> grants;
  for (const Texts& row : rows) {
    Grant grant{.principal = row[0],
                .principal_kind = row[1] == "true" ? PrincipalKind::kUser : PrincipalKind::kRole,
                .collection = {row[2], row[3]},
                .field = row[4],
                .privilege = PrivilegeOf(row[5])};
    if (row[1].empty()) grant.principal_kind = PrincipalKind::kEveryone;
    PRIVITY_TRY(const Json path, ParseJson(row[6]));
    for (const Json& role : *path.items()) grant.through.push_back(role.StringOr(""));
    grants.push_back(std::move(grant));
  }
  return StoreGrants{std::move(grants)};
}

// Only while every statement of this database is logged: of what is left out, nobody could be said not to have done it.
Result<std::vector<Texts>> PostgresConnector::LogFiles() {
  PRIVITY_TRY(const auto settings, Rows(kLogSettings, {}, "pg_catalog"));
  const Texts& row = settings.at(0);
  if (row[0] != "on" || row[1].find("csvlog") == std::string::npos || row[2] != "all" || row[3] != "0") {
    return Error("connect.access_not_logged",
                 {{"store", label()},
                  {"place", "csvlog"},
                  {"setting", "logging_collector = on, log_destination = 'csvlog', log_statement = 'all'"}});
  }
  return Rows("SELECT name, size FROM pg_ls_logdir() WHERE name LIKE '%.csv' ORDER BY modification, name", {},
              "csvlog");
}

// A cursor is a file and how far it was read: "postgresql-2026-03-10.csv:4711".
Result<AccessReading> PostgresConnector::ReadAccess(const std::string& cursor, std::int64_t lines_max,
                                                    const OnAccess& take) {
  const auto hidden = [this](const Error& error) {
    if (!error.Is("connect.permission")) return error;
    return Error("connect.access_log_hidden", {{"store", label()}, {"place", "csvlog"}, {"right", kRightToLog}});
  };
  const auto files = LogFiles();
  if (!files.ok()) return hidden(files.error());
  PRIVITY_TRY(const Description description, Describe());
  PRIVITY_TRY(const auto database, Rows("SELECT current_database()", {}, "pg_catalog"));
  const std::size_t colon = cursor.rfind(':');
  const std::string begun = colon == std::string::npos ? "" : cursor.substr(0, colon);
  auto file = std::ranges::find(*files, begun, [](const Texts& row) { return row[0]; });
  AccessReading reading{.cursor = cursor, .is_continuous = begun.empty() || file != files->end()};
  std::int64_t offset = file == files->end() ? 0 : ToNumber(std::string_view(cursor).substr(colon + 1));
  if (file == files->end()) file = files->begin();
  std::int64_t lines = 0;
  for (; file != files->end() && reading.is_all; ++file, offset = 0) {
    CsvLogReader reader;
    for (std::int64_t at = offset; reading.is_all;) {
      const auto piece = Rows(
          "SELECT pg_read_binary_file(current_setting('log_directory') || '/' || $1::text, "
          "$2::bigint, $3::bigint)",
          {(*file)[0], std::to_string(at), std::to_string(kLogPieceBytes)}, "csvlog");
      if (!piece.ok()) return hidden(piece.error());
      PRIVITY_TRY(const Bytes bytes, HexDecode(std::string_view((*piece)[0][0]).substr(2)));  // behind \x
      if (bytes.empty()) break;
      at += static_cast<std::int64_t>(bytes.size());
      PRIVITY_TRY_VOID(reader.Take(AsText(bytes), [&](const CsvLogLine& line) {
        ++lines;
        return TakeLogLine(line, database[0][0], description, take);
      }));
      reading.is_all = lines < lines_max;
    }
    reading.cursor = (*file)[0] + ":" + std::to_string(offset + reader.told_bytes());
  }
  return reading;
}

Status PostgresConnector::TakeLogLine(const CsvLogLine& line, const std::string& database,
                                      const Description& description, const OnAccess& take) {
  if (line.database != database) return Ok();
  AccessEvent event{.principal = std::string(line.user),
                    .from = std::string(line.from.substr(0, line.from.rfind(':')))};
  // invalid_password, invalid_authorization_specification
  const bool is_refused = line.severity == "FATAL" && (line.sql_state == "28P01" || line.sql_state == "28000");
  const bool is_bound = line.message.starts_with("execute ");  // a statement that was prepared, by its name
  const bool is_statement = line.severity == "LOG" && (is_bound || line.message.starts_with("statement: "));
  if (!is_refused && !is_statement) return Ok();
  PRIVITY_TRY(event.at, LogTime(line.time));
  if (is_refused) {
    event.use = AccessUse::kSignInRefused;
    return take(event);
  }
  const std::string_view sql = line.message.substr(std::min(line.message.find(": "), line.message.size() - 2) + 2);
  for (StatementUse& use : UsesOf(sql, SqlSpelling::kPostgres)) {
    event.use = use.use;
    event.collection = std::move(use.collection);
    CollectionName& name = event.collection;
    const bool is_of_server = name.space == "pg_catalog" || name.space == "information_schema" ||
                              (name.space.empty() && name.name.starts_with("pg_"));
    if (is_of_server) continue;
    if (name.space.empty() && !name.name.empty()) {
      // By the search path of the session, which the log does not tell.
      const auto is_meant = [&](const Collection& each) { return each.name.name == name.name; };
      const auto meant = std::ranges::find_if(description.collections, is_meant);
      const bool is_one = std::ranges::count_if(description.collections, is_meant) == 1;
      if (!is_one) event.use = AccessUse::kOther;
      name = is_one ? meant->name : CollectionName{};
    }
    PRIVITY_TRY_VOID(take(event));
  }
  return Ok();
}

// The server knows what its zones are called.
Result<Instant> PostgresConnector::LogTime(std::string_view text) {
  const std::size_t zone = text.rfind(' ');
  if (text.size() < 19 || zone == std::string_view::npos || zone < 19) return Error("base.instant_invalid");
  const std::string hour = std::string(text.substr(0, 13)) + ":00:00" + std::string(text.substr(zone));
  if (!log_hours_.contains(hour)) {
    PRIVITY_TRY(const auto rows, Rows("SELECT extract(epoch FROM $1::timestamptz)::bigint", {hour}, "csvlog"));
    log_hours_.emplace(hour, ToNumber(rows[0][0]));
  }
  std::string fraction(zone > 20 ? text.substr(20, zone - 20) : "");
  fraction.resize(6, '0');
  const std::int64_t seconds = log_hours_.at(hour) + 60 * ToNumber(text.substr(14, 2)) + ToNumber(text.substr(17, 2));
  return FromMicros(seconds * 1'000'000 + ToNumber(fraction));
}

Result<ReadCounts> PostgresConnector::CountReads() {
  PRIVITY_TRY(const auto counting, Rows(kCounting, {}, "pg_catalog"));
  if (counting.empty() || counting[0][0] != "on") return Error("connect.reads_not_counted", {{"store", label()}});
  // What this session read is handed over at the end of a statement, at most once a second unless it is asked for
  // (from PostgreSQL 15 on).
  if (counting[0][2] == "t") PRIVITY_TRY_VOID(Rows("SELECT pg_stat_force_next_flush()", {}, "pg_catalog"));
  ReadCounts counted;
  if (!counting[0][1].empty()) counted.counting_for = std::chrono::seconds(ToNumber(counting[0][1]));
  PRIVITY_TRY(const auto rows, Rows(kReads, {}, "pg_catalog"));
  for (const Texts& row : rows) counted.reads[{row[0], row[1]}] = ToNumber(row[2]);
  return counted;
}

Result<std::string> PostgresConnector::RestoreMark() {
  PRIVITY_TRY(const auto rows, Rows(kMark, {}, "pg_catalog"));
  return rows[0][0] + ":" + rows[0][1];
}

Result<MarkVerdict> PostgresConnector::CompareMark(std::string_view earlier) {
  PRIVITY_TRY(const std::string now, RestoreMark());
  return CompareMarks(now, earlier);
}

}  // namespace

const ConnectorKind& PostgresKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "PostgreSQL",
      .title = "connect.kind_postgres",
      .schemes = {"postgresql", "postgres"},
      .parts = {HostPart(), PortPart(), DatabasePart(), UserPart(true), PasswordPart(), EncryptionPart()},
      .sheet = {.cannot = {{Capability::kDeleteObject, "connect.cannot_no_objects"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if ((url.host().empty() && !url.Parameter("host").starts_with('/')) || url.user().empty()) {
          return Error("connect.url_invalid",
                       {{"problem", "no host or no user, as in postgresql://user@host/database"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<PostgresConnector>(url, options, resolver));
      },
  };
  return kind;
}

}  // namespace privity
