#include "connect/statements.h"

#include "connect/mariadb/mariadb_session.h"
#include "connect/postgres/postgres_session.h"

namespace privity {
namespace {

template <typename Session>
Status RunIn(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
             const std::string& place, const std::vector<std::string>& statements) {
  PRIVITY_TRY(const auto session, Session::Open(url, options, resolver));
  for (const std::string& statement : statements) {
    PRIVITY_TRY_VOID(session->Run(statement, {}, place, [](const auto&) { return Ok(); }));
  }
  return Ok();
}

}  // namespace

Status RunStatements(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
                     const std::string& place, const std::vector<std::string>& statements) {
  const std::string& scheme = url.scheme();
  if (scheme == "postgresql" || scheme == "postgres") {
    return RunIn<connect_internal::PostgresSession>(url, options, resolver, place, statements);
  }
  if (scheme == "mysql" || scheme == "mariadb") {
    return RunIn<connect_internal::MariaDbSession>(url, options, resolver, place, statements);
  }
  return Error("connect.kind_unknown", {{"scheme", scheme}, {"accepted", "postgresql, mysql"}});
}

}  // namespace privity
