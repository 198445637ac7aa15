#include "store/internal/postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace privity::store_internal {

namespace {

constexpr std::size_t kStatementsMax = 256;
// Rows sent before reading answers: small enough for the answers to fit into the socket's buffers meanwhile.
constexpr std::size_t kPipelineRows = 256;
constexpr std::chrono::seconds kRollbackWithin{2};

// Object identifiers of built-in types (src/include/catalog/pg_type.dat of PostgreSQL; fixed for all versions).
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;

// Durability is never less than a local flush, whatever the server's default says; a stronger default stays.
constexpr const char* kSession =
    "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET extra_float_digits = 3; "
    "SET bytea_output = 'hex'; SET TimeZone = 'UTC'; SET idle_in_transaction_session_timeout = '10min'; "
    "SELECT CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') "
    "THEN set_config('synchronous_commit', 'on', false) END";

std::string StatementText(std::string_view sql) {
  return std::string(sql.substr(0, 200));
}

std::string Field(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text != nullptr ? text : "";
}

std::string FormatDouble(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  std::string out(text.data(), end.ptr);
  if (out == "inf") return "Infinity";
  if (out == "-inf") return "-Infinity";
  return out;
}

double ParseDouble(std::string_view text) {
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

SqlValue ParseNumeric(std::string_view text) {
  std::int64_t integer = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (failure == std::errc() && end == text.data() + text.size()) return integer;
  return ParseDouble(text);
}

SqlValue ColumnValue(const PGresult* result, int column) {
  if (PQgetisnull(result, 0, column) != 0) return {};
  const std::string_view text(PQgetvalue(result, 0, column), static_cast<std::size_t>(PQgetlength(result, 0, column)));
  switch (PQftype(result, column)) {
    case kBool:
      return text == "t";
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric:  // sum() of bigint
      return ParseNumeric(text);
    case kFloat4:
    case kFloat8:
      return ParseDouble(text);
    case kBytea: {
      Result<Bytes> bytes = HexDecode(text.substr(2));  // after "\x"
      Invariant(bytes.ok(), "bytea_output is hex");
      return *std::move(bytes);
    }
    default:
      return text;
  }
}

Row CurrentRow(const PGresult* result) {
  SqlValues values;
  const int columns = PQnfields(result);
  values.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) values.push_back(ColumnValue(result, i));
  return Row(std::move(values));
}

// COPY's text format: tab between columns, \N for NULL, backslash before what would be misread.
void AppendCopyText(const SqlValue& value, std::string& out) {
  const auto append = [&](const auto& v) {
    using T = std::decay_t<decltype(v)>;
    if constexpr (std::is_same_v<T, std::monostate>) out += "\\N";
    if constexpr (std::is_same_v<T, bool>) out += v ? 't' : 'f';
    if constexpr (std::is_same_v<T, std::int64_t>) out += std::to_string(v);
    if constexpr (std::is_same_v<T, double>) out += FormatDouble(v);
    if constexpr (std::is_same_v<T, Bytes>) out += "\\\\x" + HexEncode(v);
    if constexpr (std::is_same_v<T, std::string>) {
      for (const char c : v) {
        if (c == '\\')
          out += "\\\\";
        else if (c == '\t')
          out += "\\t";
        else if (c == '\n')
          out += "\\n";
        else if (c == '\r')
          out += "\\r";
        else
          out += c;
      }
    }
  };
  std::visit(append, value.variant());
}

}  // namespace

// The form in which libpq wants parameters: text, and bytea in binary.
struct PostgresConnection::Parameters {
  explicit Parameters(const SqlValues& params) {
    texts.resize(params.size());
    for (std::size_t i = 0; i < params.size(); ++i) Add(params[i], texts[i]);
  }
  int count() const { return static_cast<int>(values.size()); }

  std::vector<std::string> texts;  // owns what was formatted
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

 private:
  void Add(const SqlValue& value, std::string& text) {
    const SqlValue::Variant& variant = value.variant();
    if (const auto* blob = std::get_if<Bytes>(&variant)) {
      const char* data = blob->empty() ? "" : reinterpret_cast<const char*>(blob->data());
      return Push(data, static_cast<int>(blob->size()), 1);
    }
    if (const auto* own = std::get_if<std::string>(&variant)) return Push(own->c_str(), 0, 0);
    if (value.is_null()) return Push(nullptr, 0, 0);
    if (const auto* flag = std::get_if<bool>(&variant)) text = *flag ? "true" : "false";
    if (const auto* integer = std::get_if<std::int64_t>(&variant)) text = std::to_string(*integer);
    if (const auto* number = std::get_if<double>(&variant)) text = FormatDouble(*number);
    Push(text.c_str(), 0, 0);
  }
  void Push(const char* value, int length, int format) {
    values.push_back(value);
    lengths.push_back(length);
    formats.push_back(format);
  }
};

void PostgresConnection::Freed::operator()(pg_result* result) const {
  PQclear(result);
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(const SecretString& conninfo,
                                                                     ColumnsOfIndex columns_of_index) {
  // Values after the connection string override nothing in it: libpq takes the last mention, so ours come first.
  const std::array<const char*, 6> keywords = {"application_name", "connect_timeout", "tcp_user_timeout",
                                               "keepalives_idle",  "dbname",          nullptr};
  const std::array<const char*, 6> values = {"privity", "5", "15000", "30", conninfo.Reveal().c_str(), nullptr};
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection());
  connection->columns_of_index_ = std::move(columns_of_index);
  connection->connection_ = PQconnectdbParams(keywords.data(), values.data(), 1);
  pg_conn* const raw = connection->connection_;
  if (PQstatus(raw) != CONNECTION_OK) {
    // libpq gives no code here, and its words may quote the connection string: only ours go out.
    const std::string_view message = PQerrorMessage(raw);
    if (message.find("authentication failed") != std::string_view::npos || PQconnectionNeedsPassword(raw) != 0) {
      return Error("store.postgres_refused", {{"reason", "credentials"}});
    }
    if (message.find("certificate") != std::string_view::npos) {  // sslmode and sslrootcert of the connection string
      return Error("store.postgres_refused", {{"reason", "certificate"}});
    }
    if (message.find("does not support SSL") != std::string_view::npos) {
      return Error("store.postgres_refused", {{"reason", "no_tls"}});
    }
    if (message.find("does not exist") != std::string_view::npos) {
      return Error("store.postgres_refused", {{"reason", "database"}});
    }
    return Error("store.unavailable", {{"reason", "unreachable"}});
  }
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);
  connection->SetDeadline(std::chrono::steady_clock::now() + std::chrono::seconds(5));
  PRIVITY_TRY_VOID(connection->RunScript(kSession));
  return connection;
}

PostgresConnection::~PostgresConnection() {
  PQfinish(connection_);
}

bool PostgresConnection::lost() const {
  return silent_ || PQstatus(connection_) != CONNECTION_OK;
}

void PostgresConnection::Raise(Remedy remedy) {
  remedy_ = std::max(remedy_, remedy);
}

Remedy PostgresConnection::TakeRemedy() {
  return std::exchange(remedy_, Remedy::kNone);
}

Error PostgresConnection::Lost() {
  Raise(Remedy::kReconnect);
  return Error("store.unavailable", {{"reason", "connection_lost"}});
}

Error PostgresConnection::ErrorOf(const pg_result* result, std::string_view sql) {
  const std::string state = Field(result, PG_DIAG_SQLSTATE);
  const std::string_view state_class = std::string_view(state).substr(0, 2);
  const auto error = [&](std::string code) { return Error(std::move(code), {{"sqlstate", state}}); };
  if (state.empty() || lost()) return Lost();
  if (state_class == "40") {  // serialization failure, deadlock
    Raise(Remedy::kRunAgain);
    return error("store.contended");
  }
  if (state == "25006") {  // we were left with a standby after a failover
    Raise(Remedy::kReconnect);
    return Error("store.read_only", {{"path", "PostgreSQL"}, {"sqlstate", state}});
  }
  // The server goes down, starts, or is out of memory or connections; or a plan from before a migration.
  if (state_class == "08" || state == "57P01" || state == "57P02" || state == "57P03" || state == "53300" ||
      state == "0A000" || state == "26000") {
    Raise(Remedy::kReconnect);
    return Error("store.unavailable", {{"reason", "starting"}, {"sqlstate", state}});
  }
  if (state == "23502") {
    return Error("store.conflict",
                 {{"kind", "not_null"},
                  {"constraint", Field(result, PG_DIAG_TABLE_NAME) + "." + Field(result, PG_DIAG_COLUMN_NAME)}});
  }
  if (state == "23505") {
    return Error("store.conflict",
                 {{"kind", "unique"}, {"constraint", columns_of_index_(Field(result, PG_DIAG_CONSTRAINT_NAME))}});
  }
  if (state == "23503") return Error("store.conflict", {{"kind", "foreign_key"}, {"constraint", ""}});
  if (state_class == "23") {
    return Error("store.conflict", {{"kind", "check"}, {"constraint", Field(result, PG_DIAG_CONSTRAINT_NAME)}});
  }
  if (state == "53100") return Error("store.full", {{"path", "PostgreSQL"}, {"sqlstate", state}});
  if (state_class == "53") return Error("store.unavailable", {{"reason", "overloaded"}});
  if (state == "57014" || state == "55P03") return Error("store.timeout", {{"statement", StatementText(sql)}});
  if (state == "42501") {  // the message names the table, no value
    return Error("store.not_allowed", {{"problem", Field(result, PG_DIAG_MESSAGE_PRIMARY)}});
  }
  if (state_class == "58") return Error("store.io", {{"path", "PostgreSQL"}, {"errno", state}});
  if (state == "XX001" || state == "XX002")
    return Error("store.corrupt", {{"path", "PostgreSQL"}, {"sqlstate", state}});
  // Messages of class 42 (syntax, names, types) quote the statement; others may quote values and stay inside.
  const std::string problem = state_class == "42" ? Field(result, PG_DIAG_MESSAGE_PRIMARY) : "SQLSTATE " + state;
  return Error("store.statement_refused", {{"statement", StatementText(sql)}, {"problem", problem}});
}

// A caller whose own time is over asks nothing more: that says nothing about the server.
Status PostgresConnection::CheckTime(std::string_view sql) const {
  if (std::chrono::steady_clock::now() <= deadline_) return Ok();
  return Error("store.timeout", {{"statement", StatementText(sql)}});
}

void PostgresConnection::Rollback() {
  deadline_ = std::max(deadline_, std::chrono::steady_clock::now() + kRollbackWithin);
  (void)RunScript("ROLLBACK");
}

Status PostgresConnection::WaitReadable() {
  while (PQisBusy(connection_) != 0) {
    // Looked at once even when it is late: an answer that is there counts, though this process or machine stood still.
    const auto left =
        std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now()),
                 std::chrono::milliseconds(0));
    pollfd descriptor{.fd = PQsocket(connection_), .events = POLLIN, .revents = 0};
    const int ready = poll(&descriptor, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) silent_ = true;
    if (ready <= 0 || PQconsumeInput(connection_) == 0) return Lost();
  }
  return Ok();
}

Result<PostgresConnection::ResultPtr> PostgresConnection::Next() {
  PRIVITY_TRY_VOID(WaitReadable());
  return ResultPtr(PQgetResult(connection_));
}

Status PostgresConnection::Finish(std::string_view sql, const ReadTx::EachRow* each, std::int64_t* changed,
                                  std::string* tag) {
  Status first = Ok();
  while (true) {
    PRIVITY_TRY(const ResultPtr result, Next());
    if (result == nullptr) return first;
    switch (PQresultStatus(result.get())) {
      case PGRES_SINGLE_TUPLE:
        // After an error from `each` the rest of the answer is received and dropped.
        if (first.ok() && each != nullptr) first = (*each)(CurrentRow(result.get()));
        break;
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK: {
        const std::string_view affected = PQcmdTuples(result.get());
        if (changed != nullptr && !affected.empty()) std::from_chars(affected.begin(), affected.end(), *changed);
        if (tag != nullptr) *tag = PQcmdStatus(result.get());
        break;
      }
      case PGRES_COPY_IN:
        return first;
      default:
        if (Error error = ErrorOf(result.get(), sql); first.ok()) first = std::move(error);
    }
  }
}

Result<const std::string*> PostgresConnection::Prepare(std::string_view sql, std::size_t parameters) {
  const std::string key(sql);
  if (const auto found = statements_.find(key); found != statements_.end()) return &found->second;
  if (statements_.size() >= kStatementsMax) {
    PRIVITY_TRY_VOID(RunScript("DEALLOCATE ALL"));
    statements_.clear();
  }
  const std::string name = "p" + std::to_string(++prepared_);
  if (PQsendPrepare(connection_, name.c_str(), key.c_str(), static_cast<int>(parameters), nullptr) == 0) return Lost();
  PRIVITY_TRY_VOID(Finish(sql, nullptr, nullptr));
  return &statements_.emplace(key, name).first->second;
}

Status PostgresConnection::Run(std::string_view sql, const SqlValues& params, const ReadTx::EachRow* each,
                               std::int64_t* changed) {
  if (lost()) return Lost();
  PRIVITY_TRY_VOID(CheckTime(sql));
  PRIVITY_TRY(const std::string* const name, Prepare(sql, params.size()));
  const Parameters parameters(params);
  if (PQsendQueryPrepared(connection_, name->c_str(), parameters.count(), parameters.values.data(),
                          parameters.lengths.data(), parameters.formats.data(), 0) == 0) {
    return Lost();
  }
  if (each != nullptr) PQsetSingleRowMode(connection_);
  return Finish(sql, each, changed);
}

Status PostgresConnection::RunMany(std::string_view sql, std::span<const SqlValues> rows) {
  if (rows.empty()) return Ok();
  if (lost()) return Lost();
  PRIVITY_TRY_VOID(CheckTime(sql));
  PRIVITY_TRY(const std::string* const name, Prepare(sql, rows.front().size()));
  if (PQenterPipelineMode(connection_) == 0) return Lost();
  Status status = Ok();
  while (!rows.empty() && status.ok()) {
    const auto batch = rows.first(std::min(rows.size(), kPipelineRows));
    status = SendBatch(*name, batch);
    if (status.ok()) status = ReadBatch(sql, batch.size());
    rows = rows.subspan(batch.size());
  }
  if (!lost()) PQexitPipelineMode(connection_);
  return status;
}

Status PostgresConnection::SendBatch(const std::string& name, std::span<const SqlValues> rows) {
  for (const SqlValues& row : rows) {
    const Parameters parameters(row);
    if (PQsendQueryPrepared(connection_, name.c_str(), parameters.count(), parameters.values.data(),
                            parameters.lengths.data(), parameters.formats.data(), 0) == 0) {
      return Lost();
    }
  }
  if (PQpipelineSync(connection_) == 0) return Lost();
  return Ok();
}

Status PostgresConnection::ReadBatch(std::string_view sql, std::size_t rows) {
  Status first = Ok();
  for (std::size_t i = 0; i < rows; ++i) {
    PRIVITY_TRY(const ResultPtr result, Next());
    if (result == nullptr) return Lost();
    const ExecStatusType status = PQresultStatus(result.get());
    const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_ABORTED;
    if (!done && first.ok()) first = ErrorOf(result.get(), sql);
    PRIVITY_TRY(const ResultPtr end, Next());
    if (end != nullptr) return Lost();
  }
  PRIVITY_TRY(const ResultPtr sync, Next());
  if (sync == nullptr || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) return Lost();
  return first;
}

Result<std::string> PostgresConnection::RunForTag(std::string_view sql) {
  if (lost()) return Lost();
  PRIVITY_TRY_VOID(CheckTime(sql));
  if (PQsendQuery(connection_, std::string(sql).c_str()) == 0) return Lost();
  std::string tag;
  PRIVITY_TRY_VOID(Finish(sql, nullptr, nullptr, &tag));
  return tag;
}

Status PostgresConnection::RunScript(std::string_view sql) {
  PRIVITY_TRY_VOID(RunForTag(sql));
  return Ok();
}

Status PostgresConnection::CopyIn(std::string_view table, std::span<const std::string_view> columns,
                                  std::span<const SqlValues> rows) {
  constexpr std::size_t kChunkBytes = 64 * 1024;
  if (rows.empty()) return Ok();
  std::string sql = "COPY " + std::string(table) + "(";
  for (const std::string_view column : columns) sql += std::string(sql.back() == '(' ? "" : ", ") + std::string(column);
  sql += ") FROM STDIN";
  PRIVITY_TRY_VOID(RunScript(sql));  // answers PGRES_COPY_IN
  std::string chunk;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t column = 0; column < rows[i].size(); ++column) {
      if (column > 0) chunk += '\t';
      AppendCopyText(rows[i][column], chunk);
    }
    chunk += '\n';
    if (chunk.size() < kChunkBytes && i + 1 < rows.size()) continue;
    if (PQputCopyData(connection_, chunk.data(), static_cast<int>(chunk.size())) != 1) return Lost();
    chunk.clear();
  }
  if (PQputCopyEnd(connection_, nullptr) != 1) return Lost();
  return Finish(sql, nullptr, nullptr);
}

}  // namespace privity::store_internal
