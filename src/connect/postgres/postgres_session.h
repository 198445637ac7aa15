// One connection to PostgreSQL, asked without blocking for longer than the silence that is allowed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "connect/connector.h"
#include "connect/sql/sql_connector.h"

struct pg_conn;
struct pg_result;

namespace privity::connect_internal {

class PostgresSession {
 public:
  // One row, the first of the result. Lives for the call.
  using OnRow = std::function<Status(const pg_result* row)>;
  // One line of COPY's text format, without its line end.
  using OnCopyLine = std::function<Status(char* line, std::size_t size)>;

  // Resolves, checks the address, connects, logs in. Errors: those of CheckTarget, connect.login, connect.unreachable,
  // connect.database_missing, connect.tls, connect.url_invalid.
  static Result<std::unique_ptr<PostgresSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                       const Resolver& resolver);
  ~PostgresSession();
  PostgresSession(const PostgresSession&) = delete;
  PostgresSession& operator=(const PostgresSession&) = delete;

  bool is_lost() const;
  bool is_encrypted() const;
  std::string server_version() const;
  // Whether text arrives as UTF-8: not from a database without an encoding of its own (SQL_ASCII).
  bool is_utf8() const;

  // Rows arrive one by one. Answers how many a change touched.
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const std::string& place,
                           const OnRow& on_row);
  // `sql` is COPY ... TO STDOUT.
  Status Copy(const std::string& sql, const std::string& place, const OnCopyLine& on_line);

 private:
  PostgresSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}

  Status Connect(const ConnectionUrl& url, const Resolver& resolver);
  Error ConnectFailure() const;
  Status Send(const std::string& sql, const SqlParameters& parameters, const std::string& place);
  // Until the server has said something, or it was silent for too long; then the connection is closed.
  Status Wait(bool for_writing, std::chrono::steady_clock::time_point until, const std::string& place);
  Result<pg_result*> Next(const std::string& place);
  // Takes what the server still says about the last statement, so that the next can be sent.
  void Drain(const std::string& place);
  void Close();
  Error Failure(const pg_result* result, const std::string& place);
  Error MakeError(std::string code, const std::string& place) const;

  const std::string label_;
  const ConnectOptions& options_;
  pg_conn* connection_ = nullptr;
};

}  // namespace privity::connect_internal
