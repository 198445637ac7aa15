#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <regex>

#include "connect/postgres/postgres_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

const char* Server() {
  return std::getenv("PRIVITY_TEST_POSTGRES");
}

// A session of the server's administrator.
class Administrator {
 public:
  explicit Administrator(const std::string& database)
      : connection_(PQconnectdb((std::string(Server()) + " dbname=" + database).c_str())) {
    EXPECT_EQ(PQstatus(connection_), CONNECTION_OK) << PQerrorMessage(connection_);
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
  }
  ~Administrator() { PQfinish(connection_); }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;

  void Execute(const std::string& sql, const RowValues& values = {}) {
    std::vector<const char*> pointers;
    for (const auto& value : values) pointers.push_back(value ? value->c_str() : nullptr);
    pg_result* result = PQexecParams(connection_, sql.c_str(), static_cast<int>(pointers.size()), nullptr,
                                     pointers.data(), nullptr, nullptr, 0);
    const auto status = PQresultStatus(result);
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(connection_);
    PQclear(result);
  }
  std::string Quoted(const std::string& name) {
    char* raw = PQescapeIdentifier(connection_, name.data(), name.size());
    std::string quoted(raw);
    PQfreemem(raw);
    return quoted;
  }

 private:
  pg_conn* connection_;
};

std::string FreshName() {
  static std::atomic<int> number = 0;
  return "connect_" + std::to_string(getpid()) + "_" + std::to_string(++number);
}

class PostgresGround final : public Ground {
 public:
  PostgresGround() {
    std::smatch match;
    const std::string server = Server();
    EXPECT_TRUE(std::regex_search(server, match, std::regex("port=([0-9]+)")));
    port_ = std::stoi(match[1]);
    Administrator server_wide("postgres");
    // The server of the tests asks members of this role for their password (tests/support/postgres.sh).
    server_wide.Execute(
        "DO $$ BEGIN CREATE ROLE password_required; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$");
    server_wide.Execute("CREATE ROLE " + name_ + " LOGIN PASSWORD 'right' IN ROLE password_required");
    server_wide.Execute("CREATE DATABASE " + name_);
    administrator_ = std::make_unique<Administrator>(name_);
  }
  ~PostgresGround() override {
    administrator_.reset();
    Administrator server_wide("postgres");
    server_wide.Execute("DROP DATABASE " + name_ + " WITH (FORCE)");
    server_wide.Execute("DROP ROLE " + name_);
  }

  const ConnectorKind& kind() const override { return PostgresKind(); }
  std::string Url() const override { return UrlOf("right", port_); }
  void Make(const Made& made) override {
    std::string columns;
    std::string marks;
    for (std::size_t i = 0; i < made.fields.size(); ++i) {
      columns +=
          (i == 0 ? "" : ", ") + administrator_->Quoted(made.fields[i]) + (i == 0 ? " text PRIMARY KEY" : " text");
      marks += (i == 0 ? "$" : ", $") + std::to_string(i + 1);
    }
    const std::string table = administrator_->Quoted(made.name);
    if (!made.refers_to.empty()) columns += " REFERENCES " + administrator_->Quoted(made.refers_to);
    administrator_->Execute("CREATE TABLE " + table + " (" + columns + ")");
    administrator_->Execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + name_);
    administrator_->Execute("BEGIN");
    for (const RowValues& row : made.rows)
      administrator_->Execute("INSERT INTO " + table + " VALUES (" + marks + ")", row);
    administrator_->Execute("COMMIT");
  }
  void Drop(const std::string& name) override { administrator_->Execute("DROP TABLE " + administrator_->Quoted(name)); }
  void Revoke(const std::string& name) override {
    administrator_->Execute("REVOKE ALL ON " + administrator_->Quoted(name) + " FROM " + name_);
  }

  void MakeDates(const std::string& name, const std::string& field) override {
    const std::string column = administrator_->Quoted(field);
    administrator_->Execute("SET timezone = 'UTC'");
    administrator_->Execute("ALTER TABLE " + administrator_->Quoted(name) + " ALTER COLUMN " + column +
                            " TYPE timestamptz USING " + column + "::timestamptz");
  }
  void ReadAsOther(const std::string& name) override {
    administrator_->Execute("SELECT count(*) FROM " + administrator_->Quoted(name));
    administrator_->Execute("SELECT pg_stat_force_next_flush()");
  }

  void LogAccess() override {
    administrator_->Execute("ALTER DATABASE " + name_ + " SET log_statement = 'all'");
    administrator_->Execute("SET log_statement = 'all'");
    administrator_->Execute("GRANT pg_monitor, pg_read_server_files TO " + name_);
    administrator_->Execute("GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint) TO " + name_);
  }
  void HideAccessLog() override { administrator_->Execute("REVOKE pg_monitor FROM " + name_); }
  std::string UseAsOther(AccessUse use, const std::string& name) override {
    const std::string table = administrator_->Quoted(name);
    if (use == AccessUse::kRead) administrator_->Execute("SELECT note FROM " + table + " WHERE note = 'secret-7f3a'");
    if (use == AccessUse::kWrite)
      administrator_->Execute("UPDATE " + table + " SET note = 'secret-7f3a' WHERE id = '1'");
    if (use == AccessUse::kRightsChanged) administrator_->Execute("GRANT SELECT ON " + table + " TO " + name_);
    return "privity";
  }
  bool logs_late() const override { return true; }

  bool Hold(const std::string& name) override {
    administrator_->Execute("BEGIN");
    administrator_->Execute("LOCK TABLE " + administrator_->Quoted(name) + " IN ACCESS EXCLUSIVE MODE");
    return true;
  }
  bool DropField(const std::string& name, const std::string& field) override {
    administrator_->Execute("ALTER TABLE " + administrator_->Quoted(name) + " DROP COLUMN " +
                            administrator_->Quoted(field));
    return true;
  }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("right", port); }
  int port() const override { return port_; }
  std::string ca_file() const override {
    std::smatch match;
    const std::string server = Server();
    return std::regex_search(server, match, std::regex("sslrootcert=([^ ]+)")) ? match[1].str() : "";
  }
  std::string UrlAtHost(const std::string& host) const override { return UrlOf("right", port_, host); }

 private:
  std::string UrlOf(const std::string& password, int port, const std::string& host = "127.0.0.1") const {
    return "postgresql://" + name_ + ":" + password + "@" + host + ":" + std::to_string(port) + "/" + name_;
  }

  const std::string name_ = FreshName();  // of the role and of the database
  int port_ = 0;
  std::unique_ptr<Administrator> administrator_;
};

}  // namespace

GroundKind PostgresGroundKind() {
  return {.name = "postgresql",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_POSTGRES is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<PostgresGround>(); }};
}

}  // namespace privity
