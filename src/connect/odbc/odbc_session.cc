#include "connect/odbc/odbc_session.h"

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "connect/odbc/wide_text.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

// As the driver wants it, with a zero at the end.
std::vector<SQLWCHAR> ToWide(std::string_view text) {
  const std::u16string wide = Utf16Of(text);
  std::vector<SQLWCHAR> units(wide.begin(), wide.end());
  units.push_back(0);
  return units;
}
using Wide = std::vector<SQLWCHAR>;

bool IsOk(SQLRETURN code) {
  return code == SQL_SUCCESS || code == SQL_SUCCESS_WITH_INFO;
}

// Counts silence during a call of the driver.
class Asking {
 public:
  Asking(OdbcRelay& relay, std::chrono::milliseconds silence) : relay_(relay) { relay_.Begin(silence); }
  ~Asking() { relay_.End(); }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

 private:
  OdbcRelay& relay_;
};

class Statement {
 public:
  explicit Statement(SQLHANDLE connection) { SQLAllocHandle(SQL_HANDLE_STMT, connection, &handle_); }
  ~Statement() {
    if (handle_ != nullptr) SQLFreeHandle(SQL_HANDLE_STMT, handle_);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  SQLHANDLE get() const { return handle_; }

 private:
  SQLHANDLE handle_ = nullptr;
};

struct Diagnosis {
  std::string state;
  SQLINTEGER native = 0;
  std::string words{};  // never shown: they may hold values
};

Diagnosis DiagnosisOf(SQLSMALLINT kind, SQLHANDLE handle) {
  Diagnosis diagnosis;
  std::array<SQLCHAR, 6> state{};
  std::array<SQLCHAR, 1024> words{};
  SQLSMALLINT size = 0;
  if (IsOk(SQLGetDiagRec(kind, handle, 1, state.data(), &diagnosis.native, words.data(), words.size(), &size))) {
    diagnosis.state = reinterpret_cast<const char*>(state.data());
    diagnosis.words = reinterpret_cast<const char*>(words.data());
  }
  return diagnosis;
}

bool IsOneOf(const Diagnosis& diagnosis, std::initializer_list<std::string_view> states,
             std::initializer_list<SQLINTEGER> natives) {
  return std::ranges::find(states, diagnosis.state) != states.end() ||
         std::ranges::find(natives, diagnosis.native) != natives.end();
}

bool IsBinaryType(SQLSMALLINT type) {
  return type == SQL_BINARY || type == SQL_VARBINARY || type == SQL_LONGVARBINARY;
}

}  // namespace

Result<std::unique_ptr<OdbcSession>> OdbcSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                       const Resolver& resolver) {
  std::unique_ptr<OdbcSession> session(new OdbcSession(url.Label(), options));
  PRIVITY_TRY_VOID(session->Connect(url, resolver));
  return session;
}

OdbcSession::~OdbcSession() {
  if (is_connected_) {
    const Asking asking(*relay_, options_.silence_timeout);
    SQLDisconnect(connection_);
  }
  if (connection_ != nullptr) SQLFreeHandle(SQL_HANDLE_DBC, connection_);
  if (environment_ != nullptr) SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

Error OdbcSession::MakeError(std::string code, const std::string& place) const {
  return Error(std::move(code), {{"store", label_}, {"place", place}});
}

Status OdbcSession::Connect(const ConnectionUrl& url, const Resolver& resolver) {
  const std::string driver = url.Parameter("driver");
  PRIVITY_TRY(profile_, ProfileOf(driver));
  const std::uint16_t port = url.port() == 0 ? profile_->port : url.port();
  PRIVITY_TRY(const CheckedTarget target,
              CheckTarget(resolver, url.host(), port, options_.addresses, options_.connect_timeout));
  PRIVITY_TRY(const TlsMode mode, TlsModeOf(url, IsThisMachine(target)));
  if (mode > profile_->strictest) {
    return Error("connect.url_invalid", {{"problem", "an sslmode that this driver cannot keep: it checks no name"}});
  }
  const std::string database = url.path().size() > 1 ? url.path().substr(1) : "";
  if (!IsPlainOdbc(database) || !IsPlainOdbc(url.user()) || !IsPlainOdbc(target.host)) {
    return Error("connect.url_invalid", {{"problem", "a user or a database with one of ; = { } [ ]"}});
  }
  PRIVITY_TRY(relay_, OdbcRelay::Start(target, options_, label_));
  SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
  SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
  SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_);
  const SecretString settings("Driver=" + OdbcQuoted(driver) + ";Port=" + std::to_string(relay_->port()) +
                              ";Database=" + database + ";UID=" + url.user() +
                              ";PWD=" + OdbcQuoted(url.password().Reveal()) +
                              profile_->settings(target.host, mode, AuthoritiesFile(options_)));
  Wide text = ToWide(settings.Reveal());
  const Asking asking(*relay_, options_.connect_timeout);
  const SQLRETURN connected =
      SQLDriverConnectW(connection_, nullptr, text.data(), SQL_NTS, nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
  explicit_bzero(text.data(), text.size() * sizeof(SQLWCHAR));
  relay_->CloseDoor();
  if (!IsOk(connected)) return ConnectFailure();
  is_connected_ = true;
  is_encrypted_ = mode >= TlsMode::kRequire;
  if (options_.writing_granted) return Ok();
  PRIVITY_TRY_VOID(Run(profile_->read_only, {}, "session", [](const std::vector<Value>&) { return Ok(); }));
  return Ok();
}

// PostgreSQL's driver gives one state for all that goes wrong here, so the words of server and library are looked at;
// of a server that speaks another language than English it stays at "unreachable".
Error OdbcSession::ConnectFailure() const {
  const Diagnosis diagnosis = DiagnosisOf(SQL_HANDLE_DBC, connection_);
  const auto says = [&](std::string_view words) { return diagnosis.words.find(words) != std::string::npos; };
  if (relay_->was_stopped()) return MakeError("connect.cancelled", "login");
  if (IsOneOf(diagnosis, {"28000", "28P01"}, {1045, 1698}) || says("authentication failed") || says("pg_hba.conf")) {
    return Error("connect.login", {{"store", label_}});
  }
  if (IsOneOf(diagnosis, {"3D000"}, {1049}) || (says("database \"") && says("does not exist"))) {
    return Error("connect.database_missing", {{"store", label_}});
  }
  if (IsOneOf(diagnosis, {"42501"}, {1044}) || says("permission denied")) {
    return MakeError("connect.permission", "login");
  }
  if (IsOneOf(diagnosis, {}, {2026}) || says("SSL") || says("certificate")) {
    return Error("connect.tls", {{"store", label_}});
  }
  return Error("connect.unreachable", {{"store", label_}});
}

std::string OdbcSession::Info(unsigned short what) const {
  std::array<SQLCHAR, 256> text{};
  SQLSMALLINT size = 0;
  SQLGetInfo(connection_, what, text.data(), text.size(), &size);
  return reinterpret_cast<const char*>(text.data());
}
std::string OdbcSession::product() const {
  return Info(SQL_DBMS_NAME);
}
std::string OdbcSession::version() const {
  return Info(SQL_DBMS_VER);
}

// By the state where the driver gives one of its own, by the server's number where its states are too coarse.
Error OdbcSession::Failure(SQLSMALLINT kind, SQLHANDLE handle, const std::string& place) {
  const Diagnosis diagnosis = DiagnosisOf(kind, handle);
  SQLUINTEGER is_dead = SQL_CD_FALSE;
  SQLGetConnectAttr(connection_, SQL_ATTR_CONNECTION_DEAD, &is_dead, 0, nullptr);
  if (relay_->was_stopped() || relay_->was_silent() || is_dead == SQL_CD_TRUE ||
      IsOneOf(diagnosis, {"08S01", "08003", "08007", "08006", "57P01"}, {2006, 2013, 1053, 1927})) {
    is_lost_ = true;
    if (relay_->was_stopped()) return MakeError("connect.cancelled", place);
    return MakeError(relay_->was_silent() ? "connect.timeout" : "connect.dropped", place);
  }
  if (IsOneOf(diagnosis, {"42501"}, {1142, 1143, 1044, 1227, 1356})) return MakeError("connect.permission", place);
  if (IsOneOf(diagnosis, {"42P01", "42S02", "42S22", "42703", "3F000"}, {1146, 1049, 1054})) {
    return MakeError("connect.missing", place);
  }
  if (IsOneOf(diagnosis, {"25006"}, {1792, 1290})) return Error("connect.read_only", {{"store", label_}});
  if (IsOneOf(diagnosis, {"40001", "40P01", "55P03"}, {1205, 1213})) return MakeError("connect.busy", place);
  if (IsOneOf(diagnosis, {"HYT00", "HYT01", "57014"}, {1969})) return MakeError("connect.timeout", place);
  if (diagnosis.state.starts_with("23")) {
    return Error("connect.refused", {{"store", label_}, {"collection", place}, {"constraint", diagnosis.state}});
  }
  return MakeError("connect.failed", place).With("reason", diagnosis.state);
}

Result<std::int64_t> OdbcSession::Run(const std::string& sql, const std::vector<std::optional<std::string>>& parameters,
                                      const std::string& place, const OnRow& on_row) {
  const Statement statement(connection_);
  std::vector<Wide> texts;
  texts.reserve(parameters.size());
  std::vector<SQLLEN> sizes(parameters.size(), SQL_NULL_DATA);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Wide& text = texts.emplace_back(ToWide(parameters[i].value_or("")));
    if (parameters[i]) sizes[i] = static_cast<SQLLEN>((text.size() - 1) * sizeof(SQLWCHAR));
    SQLBindParameter(statement.get(), static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT, SQL_C_WCHAR, SQL_WLONGVARCHAR,
                     std::max<SQLULEN>(1, text.size()), 0, text.data(),
                     static_cast<SQLLEN>(text.size() * sizeof(SQLWCHAR)), &sizes[i]);
  }
  Wide wide = ToWide(sql);
  SQLRETURN executed = SQL_ERROR;
  {
    const Asking asking(*relay_, options_.silence_timeout);
    executed = SQLExecDirectW(statement.get(), wide.data(), SQL_NTS);
  }
  if (executed != SQL_NO_DATA && !IsOk(executed)) return Failure(SQL_HANDLE_STMT, statement.get(), place);
  return Take(statement.get(), place, on_row);
}

Status OdbcSession::List(Catalog catalog, const CollectionName& name, const OnRow& on_row) {
  const Statement statement(connection_);
  Wide space = ToWide(name.space);
  Wide table = ToWide(name.name);
  Wide kinds = ToWide("TABLE,VIEW");
  // A server without schemas has catalogs instead.
  const bool has_schemas = profile_->dialect.quote == '"';
  SQLWCHAR* const in_catalog = has_schemas || name.space.empty() ? nullptr : space.data();
  SQLWCHAR* const in_schema = has_schemas && !name.space.empty() ? space.data() : nullptr;
  SQLWCHAR* const of_table = name.name.empty() ? nullptr : table.data();
  SQLHANDLE const handle = statement.get();
  SQLRETURN listed = SQL_ERROR;
  {
    const Asking asking(*relay_, options_.silence_timeout);
    switch (catalog) {
      case Catalog::kTables:
        listed = SQLTablesW(handle, in_catalog, SQL_NTS, in_schema, SQL_NTS, of_table, SQL_NTS, kinds.data(), SQL_NTS);
        break;
      case Catalog::kColumns:
        listed = SQLColumnsW(handle, in_catalog, SQL_NTS, in_schema, SQL_NTS, of_table, SQL_NTS, nullptr, SQL_NTS);
        break;
      case Catalog::kPrimaryKeys:
        listed = SQLPrimaryKeysW(handle, in_catalog, SQL_NTS, in_schema, SQL_NTS, of_table, SQL_NTS);
        break;
      case Catalog::kForeignKeys:
        listed = SQLForeignKeysW(handle, nullptr, SQL_NTS, nullptr, SQL_NTS, nullptr, SQL_NTS, in_catalog, SQL_NTS,
                                 in_schema, SQL_NTS, of_table, SQL_NTS);
        break;
    }
  }
  if (!IsOk(listed)) return Failure(SQL_HANDLE_STMT, handle, "catalog");
  PRIVITY_TRY_VOID(Take(handle, "catalog", on_row));
  return Ok();
}

Result<std::int64_t> OdbcSession::Take(void* statement, const std::string& place, const OnRow& on_row) {
  SQLSMALLINT columns = 0;
  SQLNumResultCols(statement, &columns);
  if (columns == 0) {
    SQLLEN rows = 0;
    SQLRowCount(statement, &rows);
    return static_cast<std::int64_t>(std::max<SQLLEN>(0, rows));
  }
  std::vector<Value> values(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    SQLSMALLINT type = 0;
    SQLDescribeCol(statement, static_cast<SQLUSMALLINT>(i + 1), nullptr, 0, nullptr, &type, nullptr, nullptr, nullptr);
    values[static_cast<std::size_t>(i)].is_binary = IsBinaryType(type);
  }
  while (true) {
    SQLRETURN fetched = SQL_ERROR;
    {
      const Asking asking(*relay_, options_.silence_timeout);
      fetched = SQLFetch(statement);
    }
    if (fetched == SQL_NO_DATA) return 0;
    if (!IsOk(fetched)) return Failure(SQL_HANDLE_STMT, statement, place);
    for (int i = 0; i < columns; ++i) {
      Value& value = values[static_cast<std::size_t>(i)];
      PRIVITY_TRY(value, Get(statement, i + 1, value.is_binary, place));
    }
    PRIVITY_TRY_VOID(on_row(values));
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", place);
  }
}

// Piece by piece, whatever the driver says of its size; what is longer than a cell may be is left with the driver.
Result<OdbcSession::Value> OdbcSession::Get(void* statement, int column, bool is_binary, const std::string& place) {
  Value value{.is_binary = is_binary};
  std::u16string whole;
  std::vector<SQLWCHAR> piece(kPieceBytes / sizeof(SQLWCHAR));
  std::string bytes;
  while (true) {
    SQLLEN left = 0;
    SQLRETURN got = SQL_ERROR;
    {
      const Asking asking(*relay_, options_.silence_timeout);
      got = SQLGetData(statement, static_cast<SQLUSMALLINT>(column), is_binary ? SQL_C_BINARY : SQL_C_WCHAR,
                       piece.data(), static_cast<SQLLEN>(kPieceBytes), &left);
    }
    if (got == SQL_NO_DATA) break;
    if (!IsOk(got)) return Failure(SQL_HANDLE_STMT, statement, place);
    if (left == SQL_NULL_DATA) return value;
    const std::size_t room = is_binary ? kPieceBytes : kPieceBytes - sizeof(SQLWCHAR);
    const bool is_more = left == SQL_NO_TOTAL || static_cast<std::size_t>(left) > room;
    const std::size_t size = is_more ? room : static_cast<std::size_t>(left);
    if (is_binary) {
      bytes.append(reinterpret_cast<const char*>(piece.data()), size);
    } else {
      whole.append(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(size / sizeof(SQLWCHAR)));
    }
    if (!is_more || bytes.size() + whole.size() > options_.cell_bytes_max) break;
  }
  value.bytes = is_binary ? std::move(bytes) : Utf8Of(whole);
  return value;
}

}  // namespace privity::connect_internal
