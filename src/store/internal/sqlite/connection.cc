#include "store/internal/sqlite/connection.h"

#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace privity::store_internal {

namespace {

constexpr int kBusyTimeoutMs = 5'000;
constexpr int kStepsBetweenDeadlineChecks = 5'000;
constexpr std::size_t kStatementsMax = 256;

// How every connection keeps its file. WAL with synchronous=NORMAL loses answered commits in a power cut (measured),
// FULL does not; secure_delete overwrites freed pages with zeros. The log is moved into the main file every 16 MB: what
// is written again and again, such as the ends of indexes, is then moved once instead of each time.
constexpr const char* kPragmas =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA wal_autocheckpoint=4000;"
    "PRAGMA journal_size_limit=67108864;";

// SQLite counts its memory for the whole process under one mutex, taken twice for each of the eighteen pieces that a
// read of one row asks for. Nobody reads these counts. Without effect where another part of the process began with
// SQLite before: then they go on being taken.
void LeaveMemoryUncounted() {
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

std::string StatementText(std::string_view sql) {
  constexpr std::size_t kShown = 200;
  return std::string(sql.substr(0, kShown));
}

// What stands after the last ": " in "UNIQUE constraint failed: user.email", or "" for foreign keys.
std::string ConstraintName(std::string_view message) {
  const std::size_t colon = message.rfind(": ");
  return colon == std::string_view::npos ? "" : std::string(message.substr(colon + 2));
}

std::string_view ConstraintKind(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return "unique";
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return "foreign_key";
    case SQLITE_CONSTRAINT_NOTNULL:
      return "not_null";
    default:
      return "check";
  }
}

Error DiskError(int system_errno, const std::string& path) {
  const std::string code = system_errno == ENOSPC || system_errno == EDQUOT ? "store.full"
                           : system_errno == EROFS || system_errno == EACCES || system_errno == EPERM
                               ? "store.read_only"
                               : "store.io";
  return Error(code, {{"path", path}, {"errno", std::to_string(system_errno)}});
}

}  // namespace

struct SqliteConnection::Statement {
  ~Statement() { sqlite3_finalize(handle); }
  sqlite3_stmt* handle = nullptr;
  std::string sql;
  std::vector<std::size_t> parameter_of;  // SQLite's position (0-based) -> index into the caller's parameters
  std::size_t parameters = 0;             // highest $n
};

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path, Mode mode,
                                                                 const std::string& vfs) {
  LeaveMemoryUncounted();
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection());
  connection->path_ = path;
  // Readers open the file for writing too: the first reader after a crash may have to replay the log. query_only keeps
  // them from changing anything.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(path.c_str(), &connection->db_, flags, vfs.empty() ? nullptr : vfs.c_str()) != SQLITE_OK) {
    return connection->LastError("open");
  }
  sqlite3_busy_timeout(connection->db_, kBusyTimeoutMs);
  PRIVITY_TRY_VOID(connection->RunScript(kPragmas));
  if (mode == Mode::kReadOnly) PRIVITY_TRY_VOID(connection->RunScript("PRAGMA query_only=ON"));
  const auto past_deadline = [](void* self) -> int {
    const auto& deadline = static_cast<SqliteConnection*>(self)->deadline_;
    return deadline && std::chrono::steady_clock::now() > *deadline ? 1 : 0;
  };
  sqlite3_progress_handler(connection->db_, kStepsBetweenDeadlineChecks, past_deadline, connection.get());
  return connection;
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close_v2(db_);
}

Error SqliteConnection::LastError(std::string_view sql) {
  if (db_ == nullptr) return Error("store.io", {{"path", path_}, {"errno", std::to_string(ENOMEM)}});
  const int extended = sqlite3_extended_errcode(db_);
  const std::string_view message = sqlite3_errmsg(db_);
  switch (extended & 0xFF) {
    case SQLITE_FULL:
      return Error("store.full", {{"path", path_}, {"errno", std::to_string(ENOSPC)}});
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Error("store.read_only", {{"path", path_}, {"errno", std::to_string(sqlite3_system_errno(db_))}});
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      in_doubt_ = true;
      return DiskError(sqlite3_system_errno(db_), path_);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return Error("store.timeout", {{"statement", StatementText(sql)}});
    case SQLITE_CORRUPT:
      return Error("store.corrupt", {{"path", path_}});
    case SQLITE_NOTADB:
      return Error("store.not_privity", {{"path", path_}});
    case SQLITE_CONSTRAINT:
      return Error("store.conflict",
                   {{"kind", std::string(ConstraintKind(extended))}, {"constraint", ConstraintName(message)}});
    case SQLITE_TOOBIG:
      return Error("store.value_refused", {{"parameter", ""}, {"problem", "too_large"}});
    default:
      // Messages of this class name tables, columns and syntax, never values.
      return Error("store.statement_refused", {{"statement", StatementText(sql)}, {"problem", std::string(message)}});
  }
}

Result<SqliteConnection::Statement*> SqliteConnection::Prepare(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
  if (statements_.size() >= kStatementsMax) statements_.clear();
  const std::string key(sql);
  auto statement = std::make_unique<Statement>();
  statement->sql = key;
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(db_, key.data(), static_cast<int>(key.size()), SQLITE_PREPARE_PERSISTENT, &statement->handle,
                         &rest) != SQLITE_OK) {
    return LastError(sql);
  }
  if (std::string_view(rest).find_first_not_of(" \n\t;") != std::string_view::npos) {
    return Error("store.statement_refused",
                 {{"statement", StatementText(sql)}, {"problem", "more than one statement"}});
  }
  // SQLite numbers "$2" by its first appearance, so look at the names.
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement->handle); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement->handle, i);
    const int number = name != nullptr && name[0] == '$' ? std::atoi(name + 1) : 0;
    if (number < 1) {
      return Error("store.statement_refused",
                   {{"statement", StatementText(sql)}, {"problem", "parameters are written $1, $2, ..."}});
    }
    statement->parameter_of.push_back(static_cast<std::size_t>(number - 1));
    statement->parameters = std::max(statement->parameters, static_cast<std::size_t>(number));
  }
  return statements_.emplace(key, std::move(statement)).first->second.get();
}

Status SqliteConnection::Bind(Statement& statement, const SqlValues& params) {
  if (statement.parameters != params.size()) {
    return Error("store.statement_refused",
                 {{"statement", StatementText(statement.sql)}, {"problem", "number of parameters"}});
  }
  for (std::size_t i = 0; i < statement.parameter_of.size(); ++i) {
    const int position = static_cast<int>(i) + 1;
    sqlite3_stmt* const handle = statement.handle;
    const auto bind = [&](const auto& value) -> int {
      using T = std::decay_t<decltype(value)>;
      if constexpr (std::is_same_v<T, std::monostate>) return sqlite3_bind_null(handle, position);
      if constexpr (std::is_same_v<T, bool>) return sqlite3_bind_int(handle, position, value ? 1 : 0);
      if constexpr (std::is_same_v<T, std::int64_t>) return sqlite3_bind_int64(handle, position, value);
      if constexpr (std::is_same_v<T, double>) return sqlite3_bind_double(handle, position, value);
      // The parameters outlive the step, so SQLite need not copy them. An empty blob needs an address to differ from
      // NULL.
      if constexpr (std::is_same_v<T, std::string>) {
        return sqlite3_bind_text64(handle, position, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
      }
      if constexpr (std::is_same_v<T, Bytes>) {
        return sqlite3_bind_blob64(handle, position, value.empty() ? static_cast<const void*>("") : value.data(),
                                   value.size(), SQLITE_STATIC);
      }
    };
    if (std::visit(bind, params[statement.parameter_of[i]].variant()) != SQLITE_OK) return LastError(statement.sql);
  }
  return Ok();
}

namespace {

SqlValue ColumnValue(sqlite3_stmt* handle, int column) {
  switch (sqlite3_column_type(handle, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(handle, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(handle, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
      return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(handle, column)));
    }
    case SQLITE_BLOB: {
      const auto* blob = static_cast<const std::byte*>(sqlite3_column_blob(handle, column));
      return Bytes(blob, blob + sqlite3_column_bytes(handle, column));
    }
    default:
      return {};
  }
}

Row CurrentRow(sqlite3_stmt* handle) {
  SqlValues values;
  const int columns = sqlite3_column_count(handle);
  values.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) values.push_back(ColumnValue(handle, i));
  return Row(std::move(values));
}

}  // namespace

Status SqliteConnection::Step(Statement& statement, const ReadTx::EachRow* each) {
  while (true) {
    const int code = sqlite3_step(statement.handle);
    if (code == SQLITE_DONE) return Ok();
    if (code != SQLITE_ROW) return LastError(statement.sql);
    if (each != nullptr) PRIVITY_TRY_VOID((*each)(CurrentRow(statement.handle)));
  }
}

Status SqliteConnection::Run(std::string_view sql, const SqlValues& params, const ReadTx::EachRow* each,
                             std::int64_t* changed) {
  PRIVITY_TRY(Statement* const statement, Prepare(sql));
  struct Reset {
    ~Reset() {
      sqlite3_reset(handle);
      sqlite3_clear_bindings(handle);
    }
    sqlite3_stmt* handle;
  } const reset{statement->handle};
  PRIVITY_TRY_VOID(Bind(*statement, params));
  const std::int64_t before = total_changes();
  PRIVITY_TRY_VOID(Step(*statement, each));
  if (changed != nullptr) *changed = total_changes() == before ? 0 : sqlite3_changes64(db_);
  return Ok();
}

Status SqliteConnection::RunScript(std::string_view sql) {
  if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return LastError(sql);
  return Ok();
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

std::int64_t SqliteConnection::total_changes() const {
  return sqlite3_total_changes64(db_);
}

Status SqliteConnection::CheckpointTruncate() {
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return LastError("checkpoint");
  return Ok();
}

Status SqliteConnection::CopyTo(const std::string& path) {
  sqlite3* target = nullptr;
  if (sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    sqlite3_close(target);
    return Error("store.backup_failed", {{"path", path}});
  }
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", db_, "main");
  // All pages in one step: one snapshot, which writers beside it neither wait for nor restart.
  const int code = backup != nullptr ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
  sqlite3_backup_finish(backup);
  sqlite3_close(target);
  if (code != SQLITE_DONE) return Error("store.backup_failed", {{"path", path}});
  return Ok();
}

}  // namespace privity::store_internal
