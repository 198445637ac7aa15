// One connection to MariaDB or MySQL.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "connect/connector.h"
#include "connect/sql/sql_connector.h"

struct st_mysql;

namespace privity::connect_internal {

class MariaDbSession {
 public:
  // A row's values; no value is null.
  using Values = std::vector<std::optional<std::string_view>>;
  using OnRow = std::function<Status(const Values& values)>;

  // Errors: those of CheckTarget, connect.login, connect.unreachable, connect.database_missing, connect.tls.
  static Result<std::unique_ptr<MariaDbSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                      const Resolver& resolver);
  ~MariaDbSession();
  MariaDbSession(const MariaDbSession&) = delete;
  MariaDbSession& operator=(const MariaDbSession&) = delete;

  bool is_lost() const { return connection_ == nullptr; }
  bool is_encrypted() const;
  std::string server_version() const;

  // Rows arrive one by one as the server sends them. Answers how many a change matched. Parameters are bound.
  Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters, const std::string& place,
                           const OnRow& on_row);

 private:
  MariaDbSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}

  Status Connect(const ConnectionUrl& url, const Resolver& resolver);
  // False: the library says why not.
  Result<bool> ConnectTo(const CheckedTarget& target, const ConnectionUrl& url, const std::string& database);
  // MYSQL_WAIT_...: which of `events` have come, or that the time is over.
  int WaitFor(int events, std::chrono::steady_clock::time_point until) const;
  Status SetOptions(const ConnectionUrl& url, bool is_this_machine);
  Result<std::int64_t> RunText(const std::string& sql, const std::string& place, const OnRow& on_row);
  Result<std::int64_t> RunBound(const std::string& sql, const SqlParameters& parameters, const std::string& place,
                                const OnRow& on_row);
  // Ends the connection without waiting for what the server still has to say.
  void Abandon();
  Error Failure(unsigned code, const std::string& place);
  Error MakeError(std::string code, const std::string& place) const;

  const std::string label_;
  const ConnectOptions& options_;
  st_mysql* connection_ = nullptr;
  std::chrono::steady_clock::time_point asked_at_{};
};

}  // namespace privity::connect_internal
