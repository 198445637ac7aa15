#include "connect/odbc/odbc_connector.h"

#include <algorithm>

#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/odbc/odbc_session.h"
#include "connect/sql/sql_catalog.h"
#include "connect/sql/sql_connector.h"

namespace privity {
namespace {

using connect_internal::CutCell;
using connect_internal::OdbcProfile;
using connect_internal::OdbcSession;
using connect_internal::ProfileOf;
using connect_internal::TextCell;
using connect_internal::ToNumber;

// Up to this many rows the server may draw lots; a larger table is read from its start.
constexpr std::int64_t kDrawnRowsMax = 200'000;

// Where the driver keeps whole results, so much of a table is asked for at once.
constexpr std::int64_t kPageBytes = 8 << 20;
constexpr std::int64_t kFirstPage = 8;  // rows, until it is known how large they are
constexpr std::int64_t kPageMax = 10'000;

// Passes a page on, and remembers how large it was and where it ended.
class PageSink final : public RecordSink {
 public:
  PageSink(std::string_view key, RecordSink& sink) : key_(key), sink_(sink) {}
  Status Take(Record record) override {
    ++rows;
    for (const FieldCell& cell : record) {
      bytes += static_cast<std::int64_t>(cell.bytes.size());
      if (cell.field == key_) last = std::string(cell.bytes);
    }
    return sink_.Take(record);
  }
  void Skip(Error error) override { sink_.Skip(std::move(error)); }

  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::string last{};

 private:
  const std::string_view key_;
  RecordSink& sink_;
};

class OdbcConnector final : public SqlConnector {
 public:
  OdbcConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
                const OdbcProfile& profile)
      : SqlConnector(OdbcKind(), url, options, profile.dialect), resolver_(resolver), profile_(profile) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(Open());
    return StoreSheet{
        .product = session_->product(), .version = session_->version(), .encrypted = session_->is_encrypted()};
  }
  Result<Description> Describe() override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange&, RecordSink& sink) override;

 protected:
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           RecordSink& sink) override {
    return Run(sql, parameters, collection, options().cell_bytes_max, sink);
  }

 private:
  using Texts = std::vector<std::string>;

  Status Open() {
    if (session_ && !session_->is_lost()) return Ok();
    session_.reset();
    PRIVITY_TRY(session_, OdbcSession::Open(url(), options(), resolver_));
    return Ok();
  }
  std::string Select(const Collection& collection) const {
    return "SELECT " + Columns(collection) + " FROM " + dialect().Table(collection.name);
  }
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const Collection& collection,
                           std::size_t cell_bytes_max, RecordSink& sink);
  Result<std::vector<Texts>> List(OdbcSession::Catalog catalog, const CollectionName& name);
  Result<std::vector<Texts>> References(const CollectionName& name);
  Status DescribeKeys(Collection& collection);
  std::string KeyToPageBy(const Collection& collection) const;
  Status StreamInPages(const Collection& collection, RecordSink& sink);
  Result<bool> IsSmall(const Collection& collection);

  const Resolver& resolver_;
  const OdbcProfile& profile_;
  std::unique_ptr<OdbcSession> session_;
};

Result<std::int64_t> OdbcConnector::Run(const std::string& sql, const SqlParameters& parameters,
                                        const Collection& collection, std::size_t cell_bytes_max, RecordSink& sink) {
  PRIVITY_TRY_VOID(Open());
  std::vector<FieldCell> cells;
  return session_->Run(sql, parameters, Place(collection), [&](const std::vector<OdbcSession::Value>& values) {
    cells.assign(values.size(), {});
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string_view field = i < collection.fields.size() ? std::string_view(collection.fields[i].name) : "";
      cells[i].field = field;
      if (!values[i].bytes) continue;
      cells[i] = values[i].is_binary ? FieldCell{.field = field, .kind = CellKind::kBinary, .bytes = *values[i].bytes}
                                     : TextCell(field, *values[i].bytes);
      CutCell(cell_bytes_max, cells[i]);
    }
    return sink.Take(cells);
  });
}

OdbcSession::OnRow KeepIn(std::vector<std::vector<std::string>>& rows) {
  return [&rows](const std::vector<OdbcSession::Value>& values) {
    std::vector<std::string>& texts = rows.emplace_back();
    for (const OdbcSession::Value& value : values) texts.push_back(value.bytes.value_or(""));
    return Ok();
  };
}

Result<std::vector<OdbcConnector::Texts>> OdbcConnector::List(OdbcSession::Catalog catalog,
                                                              const CollectionName& name) {
  std::vector<Texts> rows;
  PRIVITY_TRY_VOID(session_->List(catalog, name, KeepIn(rows)));
  return rows;
}

Result<std::vector<OdbcConnector::Texts>> OdbcConnector::References(const CollectionName& name) {
  if (*profile_.references == '\0') return List(OdbcSession::Catalog::kForeignKeys, name);
  std::vector<Texts> rows;
  PRIVITY_TRY_VOID(session_->Run(profile_.references, {name.space, name.name}, "catalog", KeepIn(rows)));
  return rows;
}

// A database stands in the first column, a schema in the second: where there are no schemas, the database is the space.
CollectionName NameIn(const std::vector<std::string>& row, std::size_t at = 0) {
  return {row[at + 1].empty() ? row[at] : row[at + 1], row[at + 2]};
}

Result<Description> OdbcConnector::Describe() {
  PRIVITY_TRY_VOID(Open());
  Description description;
  const std::string database = url().path().size() > 1 ? url().path().substr(1) : "";
  const bool has_schemas = dialect().quote == '"';
  description.home_space = has_schemas ? "public" : database;
  const CollectionName all{has_schemas ? "" : database, ""};
  PRIVITY_TRY(const auto tables, List(OdbcSession::Catalog::kTables, all));
  for (const Texts& row : tables) {
    const bool is_view = row.at(3) == "VIEW";
    description.collections.push_back(
        {.name = NameIn(row), .shape = is_view ? CollectionShape::kView : CollectionShape::kTable});
  }
  std::ranges::sort(description.collections, {}, &Collection::name);
  PRIVITY_TRY(const auto columns, List(OdbcSession::Catalog::kColumns, all));
  for (const Texts& row : columns) {
    const auto found = std::ranges::lower_bound(description.collections, NameIn(row), {}, &Collection::name);
    if (found == description.collections.end() || found->name != NameIn(row)) continue;
    found->fields.push_back({.name = row.at(3), .declared_type = row.at(5), .nullable = row.at(10) != "0"});
  }
  for (Collection& collection : description.collections) PRIVITY_TRY_VOID(DescribeKeys(collection));
  return description;
}

Status OdbcConnector::DescribeKeys(Collection& collection) {
  if (collection.shape == CollectionShape::kView) return Ok();
  PRIVITY_TRY(auto key, List(OdbcSession::Catalog::kPrimaryKeys, collection.name));
  std::ranges::sort(key, {}, [](const Texts& row) { return ToNumber(row.at(4)); });
  for (const Texts& row : key) collection.key.push_back(row.at(3));
  PRIVITY_TRY(const auto references, References(collection.name));
  for (const Texts& row : references) {
    if (row.at(8) == "1") collection.references.push_back({.target = NameIn(row)});
    if (collection.references.empty()) continue;
    collection.references.back().fields.push_back(row.at(7));
    collection.references.back().target_fields.push_back(row.at(3));
  }
  return Ok();
}

Result<bool> OdbcConnector::IsSmall(const Collection& collection) {
  PRIVITY_TRY_VOID(Open());
  std::string count;
  const std::string first = "SELECT 1 AS one FROM " + dialect().Table(collection.name) + " LIMIT ";
  PRIVITY_TRY_VOID(session_->Run("SELECT count(*) FROM (" + first + std::to_string(kDrawnRowsMax + 1) + ") AS counted",
                                 {}, Place(collection), [&](const std::vector<OdbcSession::Value>& values) {
                                   count = values.at(0).bytes.value_or("");
                                   return Ok();
                                 }));
  return count != std::to_string(kDrawnRowsMax + 1);
}

Status OdbcConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  if (!profile_.has_cursor) return StreamInPages(collection, sink);
  PRIVITY_TRY_VOID(Run(Select(collection), {}, collection, sink));
  return Ok();
}

// A text: compared with a number, a server might take it for a number with less digits.
std::string OdbcConnector::KeyToPageBy(const Collection& collection) const {
  if (collection.key.size() != 1) return "";
  const auto field = std::ranges::find(collection.fields, collection.key[0], &Field::name);
  const bool is_text = field != collection.fields.end() && field->declared_type.find("char") != std::string::npos;
  return is_text ? field->name : "";
}

// Behind the last key of the page before; without such a key by its position, which another writer may shift.
Status OdbcConnector::StreamInPages(const Collection& collection, RecordSink& sink) {
  const std::string key = KeyToPageBy(collection);
  const std::string column = key.empty() ? "" : dialect().Quote(key);
  const std::string order = key.empty() ? "" : " ORDER BY " + column;
  std::int64_t passed = 0;
  std::int64_t wanted = kFirstPage;
  std::optional<std::string> last;
  while (true) {
    PageSink page(key, sink);
    const std::string where = last ? " WHERE " + column + " > ?" : "";
    const std::string offset = key.empty() ? " OFFSET " + std::to_string(passed) : "";
    PRIVITY_TRY_VOID(Run(Select(collection) + where + order + " LIMIT " + std::to_string(wanted) + offset,
                         last ? SqlParameters{last} : SqlParameters{}, collection, page));
    if (page.rows < wanted) return Ok();
    passed += page.rows;
    if (!key.empty()) last = page.last;
    wanted = std::clamp(kPageBytes / std::max<std::int64_t>(1, page.bytes / page.rows), std::int64_t{1}, kPageMax);
  }
}

Status OdbcConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  PRIVITY_TRY(const bool is_small, IsSmall(collection));
  const std::string drawn = is_small ? " ORDER BY " + std::string(profile_.random_row) : "";
  PRIVITY_TRY_VOID(Run(Select(collection) + drawn + " LIMIT " + std::to_string(limits.records_max), {}, collection,
                       limits.cell_bytes_max, sink));
  return Ok();
}

}  // namespace

const ConnectorKind& OdbcKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "ODBC",
      .title = "connect.kind_odbc",
      .schemes = {"odbc"},
      .parts = {HostPart(),
                PortPart(),
                DatabasePart(),
                {.name = "driver", .label = "connect.part_driver", .help = "connect.part_driver_help", .needed = true},
                UserPart(true),
                PasswordPart(),
                EncryptionPart()},
      .sheet = {.cannot = {{Capability::kEstimate, "connect.cannot_not_counted"},
                           {Capability::kSplit, "connect.cannot_one_cursor"},
                           {Capability::kDeleteObject, "connect.cannot_no_objects"},
                           {Capability::kGrants, "connect.cannot_grants_hidden"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_position"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty()) return Error("connect.url_invalid", {{"problem", "no host"}});
        PRIVITY_TRY(const OdbcProfile* profile, ProfileOf(url.Parameter("driver")));
        return std::unique_ptr<Connector>(std::make_unique<OdbcConnector>(url, options, resolver, *profile));
      },
  };
  return kind;
}

}  // namespace privity
