#include "connect/odbc/odbc_connector.h"
#include "connect/odbc/odbc_profile.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

// The ground of another kind, reached through a driver.
class OdbcGround final : public Ground {
 public:
  OdbcGround(std::unique_ptr<Ground> server, std::string driver)
      : server_(std::move(server)), driver_(std::move(driver)) {}

  const ConnectorKind& kind() const override { return OdbcKind(); }
  std::string Url() const override { return Through(server_->Url()); }
  std::string AbsentUrl() const override { return Through(server_->AbsentUrl()); }
  void Make(const Made& made) override { server_->Make(made); }
  void Drop(const std::string& name) override { server_->Drop(name); }
  void Revoke(const std::string& name) override { server_->Revoke(name); }
  void MakeDates(const std::string& name, const std::string& field) override { server_->MakeDates(name, field); }
  bool Hold(const std::string& name) override { return server_->Hold(name); }
  bool DropField(const std::string& name, const std::string& field) override { return server_->DropField(name, field); }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override {
    return Through(server_->UrlWithPassword(password));
  }
  std::string UrlThroughPort(int port) const override { return Through(server_->UrlThroughPort(port)); }
  int port() const override { return server_->port(); }
  // MariaDB's driver checks no name of a server that it reaches through the relay.
  std::string ca_file() const override { return driver_.starts_with("MariaDB") ? "" : server_->ca_file(); }
  std::string UrlAtHost(const std::string& host) const override { return Through(server_->UrlAtHost(host)); }

 private:
  std::string Through(const std::string& url) const {
    std::string driver;
    for (const char c : driver_) driver += c == ' ' ? std::string("%20") : std::string(1, c);
    return "odbc" + url.substr(url.find("://")) + "?driver=" + driver;
  }

  const std::unique_ptr<Ground> server_;
  const std::string driver_;
};

constexpr const char* kPostgres = "PostgreSQL Unicode";
constexpr const char* kMariaDb = "MariaDB Unicode";

std::string WhyAbsent(const GroundKind& server, const char* driver) {
  if (!server.why_absent.empty()) return server.why_absent;
  return connect_internal::ProfileOf(driver).ok() ? "" : std::string("the ODBC driver is not installed: ") + driver;
}

}  // namespace

GroundKind OdbcPostgresGroundKind() {
  return {.name = "odbc_postgresql",
          .why_absent = WhyAbsent(PostgresGroundKind(), kPostgres),
          .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<OdbcGround>(PostgresGroundKind().make(), kPostgres);
          }};
}

GroundKind OdbcMariaDbGroundKind() {
  return {.name = "odbc_mariadb",
          .why_absent = WhyAbsent(MariaDbGroundKind(), kMariaDb),
          .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<OdbcGround>(MariaDbGroundKind().make(), kMariaDb);
          }};
}

}  // namespace privity
