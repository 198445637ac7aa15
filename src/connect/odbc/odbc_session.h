// One connection through unixODBC. Texts travel as UTF-16 and arrive as UTF-8, whatever the driver's own encoding is.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/connector.h"
#include "connect/odbc/odbc_profile.h"
#include "connect/odbc/odbc_relay.h"

namespace privity::connect_internal {

class OdbcSession {
 public:
  struct Value {
    bool is_binary = false;
    std::optional<std::string> bytes{};
  };
  // One row. Lives for the call.
  using OnRow = std::function<Status(const std::vector<Value>& values)>;
  // A list that the driver makes of the catalog, by ODBC's names for its functions.
  enum class Catalog { kTables, kColumns, kPrimaryKeys, kForeignKeys };

  // Resolves, checks the address, connects, logs in. Errors: those of CheckTarget and ProfileOf, connect.login,
  // connect.unreachable, connect.database_missing, connect.tls, connect.url_invalid.
  static Result<std::unique_ptr<OdbcSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                   const Resolver& resolver);
  ~OdbcSession();
  OdbcSession(const OdbcSession&) = delete;
  OdbcSession& operator=(const OdbcSession&) = delete;

  bool is_lost() const { return is_lost_; }
  bool is_encrypted() const { return is_encrypted_; }
  const OdbcProfile& profile() const { return *profile_; }
  std::string product() const;
  std::string version() const;

  // Rows arrive one by one. Answers how many a change touched.
  Result<std::int64_t> Run(const std::string& sql, const std::vector<std::optional<std::string>>& parameters,
                           const std::string& place, const OnRow& on_row);
  // Of one table; of all of them with empty names.
  Status List(Catalog catalog, const CollectionName& name, const OnRow& on_row);

 private:
  OdbcSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}
  Status Connect(const ConnectionUrl& url, const Resolver& resolver);
  Error ConnectFailure() const;
  Result<std::int64_t> Take(void* statement, const std::string& place, const OnRow& on_row);
  Result<Value> Get(void* statement, int column, bool is_binary, const std::string& place);
  Error Failure(short handle_kind, void* handle, const std::string& place);
  Error MakeError(std::string code, const std::string& place) const;
  std::string Info(unsigned short what) const;

  const std::string label_;
  const ConnectOptions& options_;
  const OdbcProfile* profile_ = nullptr;
  std::unique_ptr<OdbcRelay> relay_;
  void* environment_ = nullptr;
  void* connection_ = nullptr;
  bool is_connected_ = false;
  bool is_encrypted_ = false;
  bool is_lost_ = false;
};

}  // namespace privity::connect_internal
