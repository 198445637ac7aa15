#include "connect/mariadb/mariadb_connector.h"

#include <algorithm>
#include <array>

#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/mariadb/general_log.h"
#include "connect/mariadb/mariadb_session.h"
#include "connect/sql/number_blocks.h"
#include "connect/sql/sql_catalog.h"
#include "connect/sql/sql_connector.h"
#include "connect/sql/statement_uses.h"

namespace privity {
namespace {

using connect_internal::AddColumn;
using connect_internal::AddConstraints;
using connect_internal::CutCell;
using connect_internal::GeneralLogLine;
using connect_internal::GeneralLogReader;
using connect_internal::IsDateType;
using connect_internal::kStatementBytesMax;
using connect_internal::MariaDbSession;
using connect_internal::Part;
using connect_internal::PrivilegeOf;
using connect_internal::RangesOf;
using connect_internal::SampleByNumber;
using connect_internal::TextCell;
using connect_internal::Texts;
using connect_internal::ToNumber;
using connect_internal::UnreadableColumn;

// Texts are compared byte for byte, whatever the collation of the column holds for equal.
const SqlDialect kDialect = {
    .quote = '`',
    .placeholder = [](int) { return std::string("?"); },
    .equals = [](const std::string& column, const std::string& parameter) { return column + " = " + parameter; },
    .is_text =
        [](const std::string& column, const std::string& parameter) {
          return "BINARY CAST(" + column + " AS CHAR) <=> BINARY " + parameter;
        },
    .is_older = [](const Field& field, const std::string& column, const std::string& parameter) -> std::string {
      return IsDateType(field.declared_type) ? column + " < CAST(" + parameter + " AS DATE)" : "";
    },
    .begin = "BEGIN"};

// Up to this many rows the server may draw lots; above, a table without a number to go by is read from its start.
constexpr std::int64_t kDrawnRowsMax = 200'000;

constexpr const char* kOurs =
    "NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys') AND (DATABASE() IS NULL OR table_schema = "
    "DATABASE())";

bool IsOneOf(std::string_view type, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return type.find(part) != std::string_view::npos; });
}

bool IsBinary(const Field& field) {
  return IsOneOf(field.declared_type, {"blob", "binary", "bit(", "geometry", "point", "polygon", "linestring"});
}

class MariaDbConnector final : public SqlConnector {
 public:
  MariaDbConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : SqlConnector(MariaDbKind(), url, options, kDialect), resolver_(resolver) {}

  Result<StoreSheet> Probe() override;
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
                           RecordSink& sink) override {
    return Run(sql, parameters, collection, options().cell_bytes_max, sink);
  }

 private:
  // A primary key of one whole number.
  struct NumberKey {
    std::string column;  // quoted
    Part span{};
  };

  Status Open();
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           std::size_t cell_bytes_max, RecordSink& sink);
  Result<std::vector<Texts>> Rows(const std::string& sql, const SqlParameters& parameters, const std::string& place);
  // Accounts by the roles they were given. Empty where the catalog of roles may not be read, or the server has none.
  Result<std::multimap<std::string, std::string>> RoleMembers();
  // Why the grants that are told are not all.
  Result<std::optional<Error>> WhatIsHidden();
  // Of the general log, from its beginning: the first `skipped` lines and those until `last` are only followed.
  struct LogPart {
    std::int64_t skipped = 0;
    std::optional<Instant> last{};
    std::int64_t lines_max = 0;
  };
  // Where it ended; none when the line before the first one that was taken is not the one of `last`.
  struct LogEnd {
    std::int64_t lines = 0;
    std::optional<Instant> last{};
  };
  Result<std::optional<LogEnd>> ReadLog(const LogPart& part, const OnAccess& take);
  Result<GeneralLogReader> OpenLog();
  Result<std::optional<NumberKey>> NumberKeyOf(const Collection& collection);
  std::string ColumnsCut(const Collection& collection, std::size_t cell_bytes_max) const;

  const Resolver& resolver_;
  std::unique_ptr<MariaDbSession> session_;
};

Status MariaDbConnector::Open() {
  if (session_ && !session_->is_lost()) return Ok();
  PRIVITY_TRY(session_, MariaDbSession::Open(url(), options(), resolver_));
  return Ok();
}

Result<StoreSheet> MariaDbConnector::Probe() {
  PRIVITY_TRY_VOID(Open());
  const std::string version = session_->server_version();
  return StoreSheet{.product = version.find("MariaDB") != std::string::npos ? "MariaDB" : "MySQL",
                    .version = version,
                    .encrypted = session_->is_encrypted()};
}

Result<std::vector<Texts>> MariaDbConnector::Rows(const std::string& sql, const SqlParameters& parameters,
                                                  const std::string& place) {
  PRIVITY_TRY_VOID(Open());
  std::vector<Texts> rows;
  PRIVITY_TRY_VOID(session_->Run(sql, parameters, place, [&](const MariaDbSession::Values& values) {
    Texts& texts = rows.emplace_back();
    for (const auto& value : values) texts.emplace_back(value.value_or(""));
    return Ok();
  }));
  return rows;
}

Result<std::int64_t> MariaDbConnector::Run(const std::string& sql, const SqlParameters& parameters,
                                           const Collection& collection, std::size_t cell_bytes_max, RecordSink& sink) {
  PRIVITY_TRY_VOID(Open());
  std::vector<FieldCell> cells;
  return session_->Run(sql, parameters, Place(collection), [&](const MariaDbSession::Values& values) {
    cells.assign(values.size(), {});
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool is_known = i < collection.fields.size();
      cells[i].field = is_known ? std::string_view(collection.fields[i].name) : "";
      if (!values[i]) continue;
      const bool is_binary = is_known && IsBinary(collection.fields[i]);
      cells[i] = is_binary ? FieldCell{.field = cells[i].field, .kind = CellKind::kBinary, .bytes = *values[i]}
                           : TextCell(cells[i].field, *values[i]);
      CutCell(cell_bytes_max, cells[i]);
    }
    return sink.Take(cells);
  });
}

Result<Description> MariaDbConnector::Describe() {
  Description description;
  PRIVITY_TRY(const auto home, Rows("SELECT coalesce(DATABASE(), '')", {}, "information_schema"));
  description.home_space = home.at(0).at(0);
  PRIVITY_TRY(const auto columns,
              Rows("SELECT table_schema, table_name, table_type, column_name, column_type, is_nullable, privileges "
                   "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
                   "WHERE table_schema " +
                       std::string(kOurs) + " ORDER BY BINARY table_schema, BINARY table_name, ordinal_position",
                   {}, "information_schema"));
  for (const Texts& row : columns) {
    const CollectionName name{row[0], row[1]};
    const bool is_readable = row[6].find("select") != std::string::npos;
    AddColumn(name, row[2] == "VIEW" ? CollectionShape::kView : CollectionShape::kTable,
              {.name = row[3], .declared_type = row[4], .nullable = row[5] == "YES", .is_readable = is_readable},
              description);
    if (!is_readable) description.unread.push_back(UnreadableColumn(label(), name, row[3], description.home_space));
  }
  PRIVITY_TRY(const auto keys,
              Rows("SELECT table_schema, table_name, constraint_name, column_name, referenced_table_schema, "
                   "referenced_table_name, referenced_column_name FROM information_schema.key_column_usage WHERE "
                   "(constraint_name = 'PRIMARY' OR referenced_table_name IS NOT NULL) AND table_schema " +
                       std::string(kOurs) +
                       " ORDER BY BINARY table_schema, BINARY table_name, constraint_name, ordinal_position",
                   {}, "information_schema"));
  AddConstraints(keys, description);
  return description;
}

// InnoDB's own estimate, from samples of its index.
Result<std::int64_t> MariaDbConnector::Estimate(const Collection& collection) {
  PRIVITY_TRY(const auto rows,
              Rows("SELECT table_rows FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                   {collection.name.space, collection.name.name}, Place(collection)));
  if (rows.empty()) return Error("connect.missing", {{"store", label()}, {"place", Place(collection)}});
  return ToNumber(rows[0][0]);
}

Result<std::optional<MariaDbConnector::NumberKey>> MariaDbConnector::NumberKeyOf(const Collection& collection) {
  if (collection.key.size() != 1) return std::nullopt;
  const auto field = std::ranges::find(collection.fields, collection.key[0], &Field::name);
  const bool is_whole = field != collection.fields.end() && field->is_readable &&
                        IsOneOf(field->declared_type, {"int(", "int unsigned", "int"}) &&
                        !IsOneOf(field->declared_type, {"point"});
  if (!is_whole) return std::nullopt;
  NumberKey key{.column = dialect().Quote(field->name)};
  PRIVITY_TRY(const auto ends,
              Rows("SELECT min(" + key.column + "), max(" + key.column + ") FROM " + dialect().Table(collection.name),
                   {}, Place(collection)));
  // Beyond the numbers that are handled here stands a key of 2^63 and more: such a table is read from its start.
  const bool is_empty = ends[0][0].empty();
  key.span = {ToNumber(ends[0][0], 0), ToNumber(ends[0][1], -1)};
  if (!is_empty && key.span.last < key.span.first) return std::nullopt;
  return key;
}

std::string MariaDbConnector::ColumnsCut(const Collection& collection, std::size_t cell_bytes_max) const {
  // One more than is kept, so that a value which was cut shows.
  const std::string length = std::to_string(cell_bytes_max + 1);
  std::string list;
  for (const Field& field : collection.fields) {
    list += list.empty() ? "" : ", ";
    if (!field.is_readable) {
      list += "NULL";
    } else {
      const std::string column = dialect().Quote(field.name);
      list += "LEFT(" + (IsBinary(field) ? column : "CAST(" + column + " AS CHAR)") + ", " + length + ")";
    }
  }
  return list;
}

Status MariaDbConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  const std::string from = " FROM " + dialect().Table(collection.name);
  const std::string select = "SELECT " + ColumnsCut(collection, limits.cell_bytes_max);
  PRIVITY_TRY(const auto key, NumberKeyOf(collection));
  if (key) {
    const auto read = [&](const Part& part, std::int64_t limit, RecordSink& block) -> Status {
      PRIVITY_TRY_VOID(Run(select + ", " + key->column + from + " WHERE " + key->column + " BETWEEN " +
                               std::to_string(part.first) + " AND " + std::to_string(part.last) + " ORDER BY " +
                               key->column + " LIMIT " + std::to_string(limit),
                           {}, collection, limits.cell_bytes_max, block));
      return Ok();
    };
    return SampleByNumber(key->span, limits.records_max, read, sink);
  }
  // A table without rights to it looks to the estimate as if it were not there: reading says what it is.
  const auto rows = Estimate(collection);
  if (!rows.ok() && !rows.error().Is("connect.missing")) return rows.error();
  const bool draws = rows.ok() && *rows <= kDrawnRowsMax && *rows > limits.records_max;
  const std::string drawn = draws ? " ORDER BY rand(1)" : "";
  PRIVITY_TRY_VOID(Run(select + from + drawn + " LIMIT " + std::to_string(limits.records_max), {}, collection,
                       limits.cell_bytes_max, sink));
  return Ok();
}

Result<std::vector<StreamRange>> MariaDbConnector::Split(const Collection& collection, int parts) {
  PRIVITY_TRY(const auto key, NumberKeyOf(collection));
  if (!key) return std::vector<StreamRange>(1);
  return RangesOf(key->span, parts);
}

Status MariaDbConnector::Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) {
  std::string sql = "SELECT " + Columns(collection) + " FROM " + dialect().Table(collection.name);
  if (!range.from.empty() || !range.until.empty()) {
    if (collection.key.size() != 1) return Error("connect.missing", {{"store", label()}, {"place", Place(collection)}});
    const std::string column = dialect().Quote(collection.key[0]);
    sql += " WHERE TRUE";
    if (!range.from.empty()) sql += " AND " + column + " >= " + std::to_string(ToNumber(range.from));
    if (!range.until.empty()) sql += " AND " + column + " < " + std::to_string(ToNumber(range.until));
  }
  PRIVITY_TRY_VOID(Run(sql, {}, collection, sink));
  return Ok();
}

// What information_schema lets this user see: all of it with a right to the database `mysql`, else their own.
// Of "'clerk'@'%'", the account clerk@%; a role has no host, and PUBLIC is everyone.
Grant HeldBy(const std::string& grantee) {
  std::string name = grantee;
  std::erase(name, '\'');
  const std::size_t at = name.rfind('@');
  if (at == std::string::npos || at + 1 < name.size()) return {.principal = name};
  name.resize(at);
  if (name == "PUBLIC") return {.principal = "", .principal_kind = PrincipalKind::kEveryone};
  return {.principal = name, .principal_kind = PrincipalKind::kRole};
}

Result<StoreGrants> MariaDbConnector::Grants() {
  constexpr const char* kRights = "privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')";
  PRIVITY_TRY(const auto rows,
              Rows("SELECT grantee, '', '', '', privilege_type FROM information_schema.user_privileges WHERE " +
                       std::string(kRights) +
                       " UNION ALL SELECT grantee, table_schema, '', '', privilege_type FROM "
                       "information_schema.schema_privileges WHERE " +
                       kRights +
                       " UNION ALL SELECT grantee, table_schema, table_name, '', privilege_type FROM "
                       "information_schema.table_privileges WHERE " +
                       kRights +
                       " UNION ALL SELECT grantee, table_schema, table_name, column_name, privilege_type FROM "
                       "information_schema.column_privileges WHERE " +
                       kRights + " ORDER BY 1, 2, 3, 4, 5",
                   {}, "information_schema"));
  PRIVITY_TRY(const auto members, RoleMembers());
  PRIVITY_TRY(std::optional<Error> unread, WhatIsHidden());
  std::vector<Grant> grants;
  for (const Texts& row : rows) {
    Grant grant = HeldBy(row[0]);
    grant.collection = {row[1], row[2]};
    grant.field = row[3];
    grant.privilege = PrivilegeOf(row[4]);
    const bool is_role = grant.principal_kind == PrincipalKind::kRole;
    grants.push_back(grant);
    if (!is_role) continue;
    // What a role holds through other roles is listed as its own.
    grant.through = {grant.principal};
    grant.principal_kind = PrincipalKind::kUser;
    const auto [first, last] = members.equal_range(grant.through[0]);
    for (auto member = first; member != last; ++member) {
      grant.principal = member->second;
      grants.push_back(grant);
    }
  }
  return StoreGrants{std::move(grants), std::move(unread)};
}

// information_schema tells of other accounts only to whoever may read the whole of `mysql`; a right to one table of it,
// of which nobody would give that of plugins alone, is not enough.
Result<std::optional<Error>> MariaDbConnector::WhatIsHidden() {
  const auto rows = Rows("SELECT 1 FROM mysql.plugin LIMIT 1", {}, "mysql");
  if (rows.ok()) return std::optional<Error>();
  if (!rows.error().Is("connect.permission") && !rows.error().Is("connect.missing")) return rows.error();
  return std::optional(Error("connect.grants_hidden", {{"store", label()}, {"place", "mysql"}, {"right", "mysql.*"}}));
}

Result<std::multimap<std::string, std::string>> MariaDbConnector::RoleMembers() {
  std::multimap<std::string, std::string> members;
  const auto rows = Rows("SELECT role, user, host FROM mysql.roles_mapping WHERE host <> ''", {}, "mysql");
  if (!rows.ok() && (rows.error().Is("connect.permission") || rows.error().Is("connect.missing"))) return members;
  if (!rows.ok()) return rows.error();
  for (const Texts& row : *rows) members.emplace(row[0], row[1] + "@" + row[2]);
  return members;
}

// MariaDB counts while `userstat` is on, MySQL while its performance schema is: both name only what was read at all,
// and begin anew when the server starts.
Result<ReadCounts> MariaDbConnector::CountReads() {
  PRIVITY_TRY(const auto switches,
              Rows("SHOW GLOBAL VARIABLES WHERE variable_name IN ('userstat', 'performance_schema') AND value = 'ON'",
                   {}, "status"));
  const auto is_on = [&](std::string_view name) {
    return std::ranges::any_of(switches, [&](const Texts& row) { return row[0] == name; });
  };
  if (!is_on("userstat") && !is_on("performance_schema")) {
    return Error("connect.reads_not_counted", {{"store", label()}});
  }
  PRIVITY_TRY(const auto uptime, Rows("SHOW GLOBAL STATUS LIKE 'Uptime'", {}, "status"));
  if (uptime.empty()) return Error("connect.reads_not_counted", {{"store", label()}});
  PRIVITY_TRY(
      const auto rows,
      Rows(is_on("userstat") ? "SELECT table_schema, table_name, rows_read FROM information_schema.table_statistics"
                             : "SELECT object_schema, object_name, count_read FROM "
                               "performance_schema.table_io_waits_summary_by_table WHERE object_type = 'TABLE'",
           {}, "status"));
  ReadCounts counted{.counting_for = std::chrono::seconds(ToNumber(uptime[0][1]))};
  for (const Texts& row : rows) counted.reads[{row[0], row[1]}] = ToNumber(row[2]);
  return counted;
}

// "1795729518.300893"
Instant LogTime(std::string_view seconds) {
  const std::size_t point = seconds.find('.');
  std::string fraction(point == std::string_view::npos ? "" : seconds.substr(point + 1));
  fraction.resize(6, '0');
  return FromMicros(ToNumber(seconds.substr(0, point)) * 1'000'000 + ToNumber(fraction));
}

// A table of the server's is kept in the order in which statements come, and cannot be asked for a part of it. So it is
// read from its beginning each time; a cursor says how many lines were read, and the time of the last one, by which it
// shows whether the log was begun anew since.
Result<AccessReading> MariaDbConnector::ReadAccess(const std::string& cursor, std::int64_t lines_max,
                                                   const OnAccess& take) {
  LogPart part{.lines_max = lines_max};
  const std::size_t colon = cursor.find(':');
  if (colon != std::string::npos) {
    part.skipped = ToNumber(std::string_view(cursor).substr(0, colon));
    part.last = FromMicros(ToNumber(std::string_view(cursor).substr(colon + 1)));
  }
  AccessReading reading{.cursor = cursor};
  PRIVITY_TRY(auto end, ReadLog(part, take));
  if (!end) {
    reading.is_continuous = false;
    part.skipped = 0;
    PRIVITY_TRY(end, ReadLog(part, take));
  }
  reading.is_all = end->lines < part.skipped + lines_max;
  if (end->last) reading.cursor = std::to_string(end->lines) + ":" + std::to_string(ToMicros(*end->last));
  return reading;
}

Result<GeneralLogReader> MariaDbConnector::OpenLog() {
  PRIVITY_TRY(const auto switches, Rows("SELECT @@GLOBAL.general_log, @@GLOBAL.log_output, coalesce(DATABASE(), '')",
                                        {}, "mysql.general_log"));
  if (switches[0][0] != "1" || switches[0][1].find("TABLE") == std::string::npos) {
    return Error(
        "connect.access_not_logged",
        {{"store", label()}, {"place", "mysql.general_log"}, {"setting", "general_log = ON, log_output = 'TABLE'"}});
  }
  PRIVITY_TRY(const auto rows,
              Rows("SELECT DISTINCT grantee FROM information_schema.user_privileges", {}, "information_schema"));
  std::vector<std::string> accounts;
  for (const Texts& row : rows) accounts.push_back(HeldBy(row[0]).principal);
  return GeneralLogReader(std::move(accounts), switches[0][2]);
}

Result<std::optional<MariaDbConnector::LogEnd>> MariaDbConnector::ReadLog(const LogPart& part, const OnAccess& take) {
  PRIVITY_TRY(GeneralLogReader reader, OpenLog());
  LogEnd end;
  bool is_same = part.skipped == 0;
  const std::string sql = "SELECT UNIX_TIMESTAMP(event_time), user_host, thread_id, command_type, LEFT(argument, " +
                          std::to_string(kStatementBytesMax + 1) + ") FROM mysql.general_log LIMIT " +
                          std::to_string(part.skipped + part.lines_max);
  const auto read = session_->Run(sql, {}, "mysql.general_log", [&](const MariaDbSession::Values& values) -> Status {
    const auto text = [&](std::size_t column) { return values[column].value_or(""); };
    const GeneralLogLine line{
        .at = LogTime(text(0)), .user_host = text(1), .thread = text(2), .command = text(3), .argument = text(4)};
    ++end.lines;
    if (end.lines == part.skipped) is_same = line.at == part.last;
    end.last = line.at;
    // Of a log that was begun anew, what is as old as the last line that was read before may be known already.
    const bool is_new = part.skipped > 0 ? is_same && end.lines > part.skipped : !part.last || line.at > *part.last;
    return reader.Follow(line, is_new ? &take : nullptr);
  });
  if (!read.ok() && read.error().Is("connect.permission")) {
    return Error("connect.access_log_hidden",
                 {{"store", label()}, {"place", "mysql.general_log"}, {"right", "SELECT ON mysql.general_log"}});
  }
  if (!read.ok()) return read.error();
  return is_same ? std::optional(end) : std::nullopt;
}

Result<std::string> MariaDbConnector::RestoreMark() {
  PRIVITY_TRY(const auto rows, Rows("SHOW GLOBAL STATUS LIKE 'Innodb_lsn_current'", {}, "status"));
  PRIVITY_TRY(const auto identity,
              Rows("SHOW GLOBAL VARIABLES WHERE variable_name IN ('server_uid', 'server_uuid')", {}, "status"));
  if (rows.empty() || identity.empty())
    return Error("connect.failed", {{"store", label()}, {"place", "status"}, {"reason", "mark"}});
  return identity[0][1] + ":" + rows[0][1];
}

Result<MarkVerdict> MariaDbConnector::CompareMark(std::string_view earlier) {
  PRIVITY_TRY(const std::string now, RestoreMark());
  return CompareMarks(now, earlier);
}

}  // namespace

const ConnectorKind& MariaDbKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "MariaDB",
      .title = "connect.kind_mariadb",
      .schemes = {"mysql", "mariadb"},
      .parts = {HostPart(), PortPart(), DatabasePart(), UserPart(true), PasswordPart(), EncryptionPart()},
      .sheet = {.cannot = {{Capability::kDeleteObject, "connect.cannot_no_objects"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty() || url.user().empty()) {
          return Error("connect.url_invalid", {{"problem", "no host or no user, as in mysql://user@host/database"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<MariaDbConnector>(url, options, resolver));
      },
  };
  return kind;
}

}  // namespace privity
