#include "connect/postgres/postgres_session.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"
#include "connect/internal/tls_mode.h"

namespace privity::connect_internal {
namespace {

using std::chrono::steady_clock;

// How often a wait looks whether it was asked to stop.
constexpr std::chrono::milliseconds kLookEvery{100};

struct Cleared {
  void operator()(pg_result* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<pg_result, Cleared>;

// The reading end of a session: text in one form whatever the server's defaults are.
constexpr const char* kSettings =
    "-c client_encoding=UTF8 -c standard_conforming_strings=on -c extra_float_digits=3 -c bytea_output=hex "
    "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c lock_timeout=30s "
    "-c idle_in_transaction_session_timeout=10min";
constexpr const char* kReadOnly = " -c default_transaction_read_only=on";

std::string Field(const pg_result* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text == nullptr ? "" : text;
}

bool IsSocketFolder(const std::string& host) {
  return host.starts_with('/');
}

}  // namespace

Result<std::unique_ptr<PostgresSession>> PostgresSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                               const Resolver& resolver) {
  std::unique_ptr<PostgresSession> session(new PostgresSession(url.Label(), options));
  PRIVITY_TRY_VOID(session->Connect(url, resolver));
  return session;
}

PostgresSession::~PostgresSession() {
  Close();
}

void PostgresSession::Close() {
  PQfinish(connection_);
  connection_ = nullptr;
}

bool PostgresSession::is_lost() const {
  return connection_ == nullptr || PQstatus(connection_) != CONNECTION_OK;
}

bool PostgresSession::is_encrypted() const {
  return PQsslInUse(connection_) != 0;
}

std::string PostgresSession::server_version() const {
  const char* version = PQparameterStatus(connection_, "server_version");
  return version == nullptr ? "" : version;
}

bool PostgresSession::is_utf8() const {
  const char* encoding = PQparameterStatus(connection_, "server_encoding");
  return encoding != nullptr && std::string_view(encoding) != "SQL_ASCII";
}

Error PostgresSession::MakeError(std::string code, const std::string& place) const {
  return Error(std::move(code), {{"store", label_}, {"place", place}});
}

Status PostgresSession::Connect(const ConnectionUrl& url, const Resolver& resolver) {
  const std::string socket = url.Parameter("host");
  const std::string host = url.host().empty() ? socket : url.host();
  std::string hosts = host;
  std::string addresses;
  bool is_this_machine = IsSocketFolder(host);
  if (!is_this_machine) {
    PRIVITY_TRY(const CheckedTarget target, CheckTarget(resolver, host, url.port() == 0 ? 5432 : url.port(),
                                                        options_.addresses, options_.connect_timeout));
    // The name only checks the certificate; the connection goes to the addresses that were checked and no other.
    hosts.clear();
    for (const IpAddress& address : target.addresses) {
      addresses += (addresses.empty() ? "" : ",") + address.ToString();
      hosts += (hosts.empty() ? "" : ",") + host;
    }
    is_this_machine = IsThisMachine(target);
  }
  PRIVITY_TRY(const TlsMode tls_mode, TlsModeOf(url, is_this_machine));
  const std::string port = std::to_string(url.port() == 0 ? 5432 : url.port());
  const std::string database = url.path().size() > 1 ? url.path().substr(1) : "postgres";
  const std::string settings = std::string(kSettings) + (options_.writing_granted ? "" : kReadOnly);
  // With authorities libpq would check the certificate under "require", too.
  const std::string root = tls_mode <= TlsMode::kRequire ? "/dev/null/none" : AuthoritiesFile(options_);
  // Everything that the environment, a service file or a password file could fill in is said here.
  const std::array<std::pair<const char*, const char*>, 17> parameters = {
      {{"host", hosts.c_str()},
       {"hostaddr", addresses.c_str()},
       {"port", port.c_str()},
       {"user", url.user().c_str()},
       {"password", url.password().Reveal().c_str()},
       {"dbname", database.c_str()},
       {"sslmode", TlsModeName(tls_mode)},
       {"sslrootcert", root.c_str()},
       {"passfile", "/dev/null/none"},
       {"service", ""},
       {"gssencmode", "disable"},
       {"target_session_attrs", "any"},
       {"options", settings.c_str()},
       {"application_name", "privity"},
       {"tcp_user_timeout", "60000"},
       {"keepalives_idle", "30"},
       {nullptr, nullptr}}};
  std::array<const char*, parameters.size()> names{};
  std::array<const char*, parameters.size()> values{};
  for (std::size_t i = 0; i < parameters.size(); ++i) std::tie(names[i], values[i]) = parameters[i];
  connection_ = PQconnectStartParams(names.data(), values.data(), 0);
  const auto until = steady_clock::now() + options_.connect_timeout;
  for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK; state = PQconnectPoll(connection_)) {
    if (state == PGRES_POLLING_FAILED || PQstatus(connection_) == CONNECTION_BAD) return ConnectFailure();
    PRIVITY_TRY_VOID(Wait(state == PGRES_POLLING_WRITING, until, "login"));
  }
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  return Ok();
}

// libpq gives no code here, and its words may name the user: only ours go out.
Error PostgresSession::ConnectFailure() const {
  const std::string_view words = PQerrorMessage(connection_);
  const auto says = [&](std::string_view part) { return words.find(part) != std::string_view::npos; };
  if (says("authentication failed") || says("no pg_hba.conf entry") || says("no password supplied") ||
      (says("role \"") && says("does not exist")) || PQconnectionNeedsPassword(connection_) != 0) {
    return Error("connect.login", {{"store", label_}});
  }
  if (says("database \"") && says("does not exist")) return Error("connect.database_missing", {{"store", label_}});
  if (says("permission denied for database")) return MakeError("connect.permission", "database");
  if (says("SSL") || says("certificate")) return Error("connect.tls", {{"store", label_}});
  return Error("connect.unreachable", {{"store", label_}});
}

Status PostgresSession::Wait(bool for_writing, steady_clock::time_point until, const std::string& place) {
  while (true) {
    pollfd waiting{.fd = PQsocket(connection_),
                   .events = static_cast<short>(for_writing ? POLLIN | POLLOUT : POLLIN),
                   .revents = 0};
    if (poll(&waiting, 1, static_cast<int>(kLookEvery.count())) > 0) return Ok();
    const bool is_late = steady_clock::now() > until;
    if (!is_late && !options_.stop.stop_requested()) continue;
    // The answer to what was asked may still come: this connection cannot be used any more.
    Close();
    return MakeError(is_late ? "connect.timeout" : "connect.cancelled", place);
  }
}

Status PostgresSession::Send(const std::string& sql, const SqlParameters& parameters, const std::string& place) {
  std::vector<const char*> values;
  for (const auto& parameter : parameters) values.push_back(parameter ? parameter->c_str() : nullptr);
  if (PQsendQueryParams(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                        nullptr, 0) == 0) {
    return MakeError("connect.dropped", place);
  }
  PQsetSingleRowMode(connection_);
  return Ok();
}

Result<pg_result*> PostgresSession::Next(const std::string& place) {
  const auto until = steady_clock::now() + options_.silence_timeout;
  while (PQisBusy(connection_) != 0) {
    PRIVITY_TRY_VOID(Wait(PQflush(connection_) == 1, until, place));
    if (PQconsumeInput(connection_) == 0) return MakeError("connect.dropped", place);
  }
  return PQgetResult(connection_);
}

void PostgresSession::Drain(const std::string& place) {
  while (!is_lost()) {
    const auto rest = Next(place);
    if (!rest.ok() || *rest == nullptr) return;
    PQclear(*rest);
  }
}

Error PostgresSession::Failure(const pg_result* result, const std::string& place) {
  const std::string state = Field(result, PG_DIAG_SQLSTATE);
  const std::string_view state_class = std::string_view(state).substr(0, 2);
  if (state.empty() || state_class == "08" || state == "57P01" || state == "57P02" || state == "57P03") {
    return MakeError("connect.dropped", place);
  }
  if (state == "42P01" || state == "42703" || state == "3F000" || state == "3D000") {
    return MakeError("connect.missing", place);
  }
  if (state == "42501") return MakeError("connect.permission", place);
  if (state == "25006") return Error("connect.read_only", {{"store", label_}});
  if (state == "57014") return MakeError("connect.timeout", place);
  if (state == "55P03" || state_class == "40") return MakeError("connect.busy", place);
  if (state == "22021" || state == "22P05") return MakeError("connect.encoding", place);
  if (state_class == "XX" || state == "58030") return MakeError("connect.damaged", place);
  if (state_class == "23") {
    std::string constraint = Field(result, PG_DIAG_CONSTRAINT_NAME);
    return Error("connect.refused", {{"store", label_}, {"collection", place}, {"constraint", std::move(constraint)}});
  }
  return MakeError("connect.failed", place).With("reason", state);
}

Result<std::int64_t> PostgresSession::Run(const std::string& sql, const SqlParameters& parameters,
                                          const std::string& place, const OnRow& on_row) {
  PRIVITY_TRY_VOID(Send(sql, parameters, place));
  std::int64_t changed = 0;
  while (true) {
    PRIVITY_TRY(pg_result* const raw, Next(place));
    if (raw == nullptr) return changed;
    const ResultHandle result(raw);
    switch (PQresultStatus(raw)) {
      case PGRES_SINGLE_TUPLE:
        if (Status taken = on_row(raw); !taken.ok()) {
          Close();  // rather than read on through what nobody wants
          return std::move(taken).error();
        }
        break;
      case PGRES_TUPLES_OK:
        break;
      case PGRES_COMMAND_OK: {
        const std::string_view count = PQcmdTuples(raw);
        std::from_chars(count.data(), count.data() + count.size(), changed);
        break;
      }
      default: {
        Error failure = Failure(raw, place);
        Drain(place);
        return failure;
      }
    }
  }
}

Status PostgresSession::Copy(const std::string& sql, const std::string& place, const OnCopyLine& on_line) {
  PRIVITY_TRY_VOID(Send(sql, {}, place));
  {
    PRIVITY_TRY(pg_result* const raw, Next(place));
    const ResultHandle started(raw);
    if (PQresultStatus(raw) != PGRES_COPY_OUT) {
      Error failure = Failure(raw, place);
      Drain(place);
      return failure;
    }
  }
  auto until = steady_clock::now() + options_.silence_timeout;
  while (true) {
    char* line = nullptr;
    const int size = PQgetCopyData(connection_, &line, 1);
    if (size == 0) {
      PRIVITY_TRY_VOID(Wait(false, until, place));
      if (PQconsumeInput(connection_) == 0) return MakeError("connect.dropped", place);
      until = steady_clock::now() + options_.silence_timeout;
      continue;
    }
    if (size < 0) break;
    Status status = on_line(line, static_cast<std::size_t>(size) - 1);
    PQfreemem(line);
    if (status.ok() && options_.stop.stop_requested()) status = MakeError("connect.cancelled", place);
    if (!status.ok()) {
      Close();
      return status;
    }
  }
  PRIVITY_TRY(pg_result* const raw, Next(place));
  const ResultHandle ended(raw);
  Status status = PQresultStatus(raw) == PGRES_COMMAND_OK ? Ok() : Status(Failure(raw, place));
  Drain(place);
  return status;
}

}  // namespace privity::connect_internal
