#include "connect/mariadb/mariadb_session.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "connect/internal/tls_mode.h"

namespace privity::connect_internal {
namespace {

using std::chrono::steady_clock;

// What MySQL and MariaDB number differently, or their headers leave out.
constexpr unsigned kStatementTimeout = 1969;  // ER_STATEMENT_TIMEOUT of MariaDB
constexpr unsigned kMySqlTimeout = 3024;      // ER_QUERY_TIMEOUT of MySQL

// How often a wait looks whether it was asked to stop.
constexpr std::chrono::milliseconds kLookEvery{100};

struct Freed {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using ResultHandle = std::unique_ptr<MYSQL_RES, Freed>;
using StatementHandle = std::unique_ptr<MYSQL_STMT, Freed>;

unsigned Seconds(std::chrono::milliseconds time) {
  return static_cast<unsigned>(std::max<std::int64_t>(1, (time.count() + 999) / 1000));
}

}  // namespace

Result<std::unique_ptr<MariaDbSession>> MariaDbSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                             const Resolver& resolver) {
  std::unique_ptr<MariaDbSession> session(new MariaDbSession(url.Label(), options));
  PRIVITY_TRY_VOID(session->Connect(url, resolver));
  return session;
}

MariaDbSession::~MariaDbSession() {
  if (connection_ != nullptr) mysql_close(connection_);
}

void MariaDbSession::Abandon() {
  mariadb_cancel(connection_);
  mysql_close(connection_);
  connection_ = nullptr;
}

bool MariaDbSession::is_encrypted() const {
  return mysql_get_ssl_cipher(connection_) != nullptr;
}

std::string MariaDbSession::server_version() const {
  return mysql_get_server_info(connection_);
}

Error MariaDbSession::MakeError(std::string code, const std::string& place) const {
  return Error(std::move(code), {{"store", label_}, {"place", place}});
}

Status MariaDbSession::SetOptions(const ConnectionUrl& url, bool is_this_machine) {
  const unsigned connect_seconds = Seconds(options_.connect_timeout);
  const unsigned silence_seconds = Seconds(options_.silence_timeout);
  mysql_optionsv(connection_, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
  mysql_optionsv(connection_, MYSQL_OPT_READ_TIMEOUT, &silence_seconds);
  mysql_optionsv(connection_, MYSQL_OPT_WRITE_TIMEOUT, &silence_seconds);
  mysql_optionsv(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const unsigned protocol = MYSQL_PROTOCOL_TCP;
  mysql_optionsv(connection_, MYSQL_OPT_PROTOCOL, &protocol);
  // A server may not ask this machine for its files.
  const unsigned no = 0;
  mysql_optionsv(connection_, MYSQL_OPT_LOCAL_INFILE, &no);
  const my_bool stays_lost = 0;
  mysql_optionsv(connection_, MYSQL_OPT_RECONNECT, &stays_lost);
  PRIVITY_TRY(const TlsMode mode, TlsModeOf(url, is_this_machine));
  const my_bool enforce = mode >= TlsMode::kRequire ? 1 : 0;
  mysql_optionsv(connection_, MYSQL_OPT_SSL_ENFORCE, &enforce);
  // The library checks the authority and the name together or not at all.
  const my_bool verify = mode >= TlsMode::kVerifyCa ? 1 : 0;
  mysql_optionsv(connection_, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
  if (verify != 0) mysql_optionsv(connection_, MYSQL_OPT_SSL_CA, AuthoritiesFile(options_).c_str());
  const std::size_t stack_bytes = 512 << 10;
  mysql_optionsv(connection_, MYSQL_OPT_NONBLOCK, &stack_bytes);
  return Ok();
}

int MariaDbSession::WaitFor(int events, steady_clock::time_point until) const {
  pollfd waiting{.fd = mysql_get_socket(connection_),
                 .events = static_cast<short>(((events & MYSQL_WAIT_READ) != 0 ? POLLIN : 0) |
                                              ((events & MYSQL_WAIT_WRITE) != 0 ? POLLOUT : 0)),
                 .revents = 0};
  while (steady_clock::now() < until && !options_.stop.stop_requested()) {
    if (poll(&waiting, 1, static_cast<int>(kLookEvery.count())) <= 0) continue;
    const bool reads = (waiting.revents & (POLLIN | POLLHUP | POLLERR)) != 0;
    const bool writes = (waiting.revents & (POLLOUT | POLLHUP | POLLERR)) != 0;
    return events & ((reads ? MYSQL_WAIT_READ : 0) | (writes ? MYSQL_WAIT_WRITE : 0));
  }
  return MYSQL_WAIT_TIMEOUT;
}

// To an address that was checked; the name is not looked up again. The library checks a certificate against the host
// that it was told to connect to, which is that address. So it connects step by step: while it waits for the
// connection, the text that it was given as host, and copies only with the greeting, becomes the name. Should it copy
// it earlier one day, the check is made against the address, and refuses what names only the host.
Result<bool> MariaDbSession::ConnectTo(const CheckedTarget& target, const ConnectionUrl& url,
                                       const std::string& database) {
  const auto until = steady_clock::now() + options_.connect_timeout;
  const std::string address = target.addresses.front().ToString();
  std::vector<char> host(std::max(address.size(), target.host.size()) + 1, '\0');
  std::ranges::copy(address, host.begin());
  MYSQL* connected = nullptr;
  int events = mysql_real_connect_start(&connected, connection_, host.data(), url.user().c_str(),
                                        url.password().Reveal().c_str(), database.empty() ? nullptr : database.c_str(),
                                        target.port, nullptr, CLIENT_FOUND_ROWS);
  std::ranges::fill(host, '\0');
  std::ranges::copy(target.host, host.begin());
  while (events != 0) events = mysql_real_connect_cont(&connected, connection_, WaitFor(events, until));
  if (options_.stop.stop_requested()) return MakeError("connect.cancelled", "login");
  return connected != nullptr;
}

Status MariaDbSession::Connect(const ConnectionUrl& url, const Resolver& resolver) {
  const std::uint16_t port = url.port() == 0 ? 3306 : url.port();
  PRIVITY_TRY(const CheckedTarget target,
              CheckTarget(resolver, url.host(), port, options_.addresses, options_.connect_timeout));
  connection_ = mysql_init(nullptr);
  Invariant(connection_ != nullptr, "memory for a connection");
  PRIVITY_TRY_VOID(SetOptions(url, IsThisMachine(target)));
  const std::string database = url.path().size() > 1 ? url.path().substr(1) : "";
  PRIVITY_TRY(const bool is_connected, ConnectTo(target, url, database));
  if (!is_connected) {
    switch (mysql_errno(connection_)) {
      case ER_ACCESS_DENIED_ERROR:
      case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
      case ER_HOST_NOT_PRIVILEGED:
      case CR_AUTH_PLUGIN_CANNOT_LOAD:
        return Error("connect.login", {{"store", label_}});
      case ER_BAD_DB_ERROR:
        return Error("connect.database_missing", {{"store", label_}});
      case ER_DBACCESS_DENIED_ERROR:
        return MakeError("connect.permission", database);
      case CR_SSL_CONNECTION_ERROR:
        return Error("connect.tls", {{"store", label_}});
      default:
        return Error("connect.unreachable", {{"store", label_}});
    }
  }
  const auto nothing = [](const Values&) { return Ok(); };
  PRIVITY_TRY_VOID(RunText("SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 30", "session", nothing));
  if (!options_.writing_granted) PRIVITY_TRY_VOID(RunText("SET SESSION TRANSACTION READ ONLY", "session", nothing));
  return Ok();
}

Error MariaDbSession::Failure(unsigned code, const std::string& place) {
  switch (code) {
    case CR_SERVER_LOST:
    case CR_SERVER_GONE_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_CONNECTION_KILLED: {
      const bool was_silent = steady_clock::now() - asked_at_ >= options_.silence_timeout;
      Abandon();
      return MakeError(was_silent ? "connect.timeout" : "connect.dropped", place);
    }
    case ER_NO_SUCH_TABLE:
    case ER_BAD_DB_ERROR:
    case ER_BAD_FIELD_ERROR:
      return MakeError("connect.missing", place);
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_VIEW_INVALID:
      return MakeError("connect.permission", place);
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case ER_OPTION_PREVENTS_STATEMENT:
      return Error("connect.read_only", {{"store", label_}});
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
      return MakeError("connect.busy", place);
    case kStatementTimeout:
    case kMySqlTimeout:
      return MakeError("connect.timeout", place);
    case ER_DUP_ENTRY:
    case ER_BAD_NULL_ERROR:
    case ER_NO_DEFAULT_FOR_FIELD:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
      return Error("connect.refused", {{"store", label_}, {"collection", place}, {"constraint", std::to_string(code)}});
    case ER_NOT_KEYFILE:
    case ER_CRASHED_ON_USAGE:
      return MakeError("connect.damaged", place);
    default:
      return MakeError("connect.failed", place).With("reason", std::to_string(code));
  }
}

Result<std::int64_t> MariaDbSession::Run(const std::string& sql, const SqlParameters& parameters,
                                         const std::string& place, const OnRow& on_row) {
  asked_at_ = steady_clock::now();
  return parameters.empty() ? RunText(sql, place, on_row) : RunBound(sql, parameters, place, on_row);
}

Result<std::int64_t> MariaDbSession::RunText(const std::string& sql, const std::string& place, const OnRow& on_row) {
  if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) return Failure(mysql_errno(connection_), place);
  ResultHandle result(mysql_use_result(connection_));
  if (!result) {
    if (mysql_field_count(connection_) != 0) return Failure(mysql_errno(connection_), place);
    return static_cast<std::int64_t>(mysql_affected_rows(connection_));
  }
  Values values(mysql_num_fields(result.get()));
  while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
    const unsigned long* lengths = mysql_fetch_lengths(result.get());
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = row[i] == nullptr ? std::nullopt : std::optional(std::string_view(row[i], lengths[i]));
    }
    Status status = on_row(values);
    if (status.ok() && options_.stop.stop_requested()) status = MakeError("connect.cancelled", place);
    asked_at_ = steady_clock::now();
    if (status.ok()) continue;
    mariadb_cancel(connection_);  // freeing the result would read the rest of it
    result.reset();
    Abandon();
    return std::move(status).error();
  }
  if (const unsigned code = mysql_errno(connection_)) {
    result.reset();
    return Failure(code, place);
  }
  return 0;
}

Result<std::int64_t> MariaDbSession::RunBound(const std::string& sql, const SqlParameters& parameters,
                                              const std::string& place, const OnRow& on_row) {
  const StatementHandle statement(mysql_stmt_init(connection_));
  MYSQL_STMT* const raw = statement.get();
  std::vector<MYSQL_BIND> bound(parameters.size(), MYSQL_BIND{});
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    bound[i].buffer_type = parameters[i] ? MYSQL_TYPE_STRING : MYSQL_TYPE_NULL;
    if (!parameters[i]) continue;
    bound[i].buffer = const_cast<char*>(parameters[i]->data());  // only read
    bound[i].buffer_length = parameters[i]->size();
  }
  if (mysql_stmt_prepare(raw, sql.data(), sql.size()) != 0 || mysql_stmt_bind_param(raw, bound.data()) != 0 ||
      mysql_stmt_execute(raw) != 0) {
    return Failure(mysql_stmt_errno(raw), place);
  }
  const unsigned columns = mysql_stmt_field_count(raw);
  if (columns == 0) return static_cast<std::int64_t>(mysql_stmt_affected_rows(raw));
  // Bound without room, so that each row tells the size of its values, which are then fetched one by one.
  std::vector<MYSQL_BIND> sizes(columns, MYSQL_BIND{});
  std::vector<unsigned long> lengths(columns);
  std::vector<my_bool> nulls(columns);
  for (unsigned i = 0; i < columns; ++i) {
    sizes[i].buffer_type = MYSQL_TYPE_STRING;
    sizes[i].length = &lengths[i];
    sizes[i].is_null = &nulls[i];
  }
  if (mysql_stmt_bind_result(raw, sizes.data()) != 0) return Failure(mysql_stmt_errno(raw), place);
  std::vector<std::string> texts(columns);
  Values values(columns);
  int fetched = 0;
  while ((fetched = mysql_stmt_fetch(raw)) == 0 || fetched == MYSQL_DATA_TRUNCATED) {
    for (unsigned i = 0; i < columns; ++i) {
      values[i] = std::nullopt;
      if (nulls[i]) continue;
      texts[i].resize(lengths[i]);
      MYSQL_BIND whole{};
      whole.buffer_type = MYSQL_TYPE_STRING;
      whole.buffer = texts[i].data();
      whole.buffer_length = texts[i].size();
      if (!texts[i].empty()) mysql_stmt_fetch_column(raw, &whole, i, 0);
      values[i] = texts[i];
    }
    PRIVITY_TRY_VOID(on_row(values));
    asked_at_ = steady_clock::now();
  }
  return fetched == MYSQL_NO_DATA ? Result<std::int64_t>(0) : Failure(mysql_stmt_errno(raw), place);
}

}  // namespace privity::connect_internal
