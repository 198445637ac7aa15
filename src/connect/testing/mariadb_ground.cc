#include <gtest/gtest.h>
#include <mysql.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "connect/mariadb/mariadb_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

const char* Server() {
  return std::getenv("PRIVITY_TEST_MARIADB");
}

std::string Quoted(const std::string& name) {
  std::string quoted = "`";
  for (const char c : name) quoted += c == '`' ? std::string("``") : std::string(1, c);
  return quoted + "`";
}

// A session of the server's administrator.
class Administrator {
 public:
  explicit Administrator(int port) : connection_(mysql_init(nullptr)) {
    mysql_optionsv(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    EXPECT_NE(
        mysql_real_connect(connection_, "127.0.0.1", "root", "", nullptr, static_cast<unsigned>(port), nullptr, 0),
        nullptr)
        << mysql_error(connection_);
  }
  ~Administrator() { mysql_close(connection_); }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;

  void Execute(const std::string& sql) {
    EXPECT_EQ(mysql_real_query(connection_, sql.data(), sql.size()), 0) << mysql_error(connection_);
    mysql_free_result(mysql_store_result(connection_));
  }
  std::string Literal(const std::optional<std::string>& value) {
    if (!value) return "NULL";
    std::string escaped(2 * value->size() + 1, '\0');
    escaped.resize(mysql_real_escape_string(connection_, escaped.data(), value->data(), value->size()));
    return "'" + escaped + "'";
  }

 private:
  MYSQL* connection_;
};

std::string Said(const std::string& key) {
  return SaidOf(Server(), key);
}

std::string FreshName() {
  static std::atomic<int> number = 0;
  return "connect_" + std::to_string(getpid()) + "_" + std::to_string(++number);
}

class MariaDbGround final : public Ground {
 public:
  MariaDbGround() {
    administrator_.Execute("SET GLOBAL userstat = ON");
    administrator_.Execute("CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4");
    administrator_.Execute("CREATE USER " + name_ + "@'127.0.0.1' IDENTIFIED BY 'right'");
    administrator_.Execute("USE " + name_);
    // The database stays within reach, whatever is revoked.
    administrator_.Execute("CREATE TABLE nothing (id int)");
    administrator_.Execute("GRANT SELECT ON " + name_ + ".nothing TO " + name_ + "@'127.0.0.1'");
  }
  ~MariaDbGround() override {
    administrator_.Execute("UNLOCK TABLES");
    if (log_) {
      administrator_.Execute("SET GLOBAL general_log = OFF");
      administrator_.Execute("TRUNCATE TABLE mysql.general_log");
    }
    administrator_.Execute("DROP USER " + name_ + "@'127.0.0.1'");
    administrator_.Execute("DROP DATABASE " + name_);
  }

  const ConnectorKind& kind() const override { return MariaDbKind(); }
  std::string Url() const override { return UrlOf("right", port_); }
  void Make(const Made& made) override {
    std::string columns;
    for (std::size_t i = 0; i < made.fields.size(); ++i) {
      const bool is_reference = !made.refers_to.empty() && i + 1 == made.fields.size();
      columns += (i == 0 ? "" : ", ") + Quoted(made.fields[i]) +
                 (i == 0         ? " varchar(190) PRIMARY KEY"
                  : is_reference ? " varchar(190)"
                                 : " longtext");
    }
    if (!made.refers_to.empty()) {
      columns += ", FOREIGN KEY (" + Quoted(made.fields.back()) + ") REFERENCES " + Quoted(made.refers_to) + " (id)";
    }
    const std::string table = Quoted(made.name);
    administrator_.Execute("CREATE TABLE " + table + " (" + columns + ") ENGINE=InnoDB");
    administrator_.Execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + name_ + "." + table + " TO " + name_ +
                           "@'127.0.0.1'");
    InsertAll(table, made.rows);
    administrator_.Execute("ANALYZE NO_WRITE_TO_BINLOG TABLE " + table);
  }
  void ShowGrants() override { administrator_.Execute("GRANT SELECT ON mysql.* TO " + name_ + "@'127.0.0.1'"); }
  bool HideGrants() override {
    administrator_.Execute("REVOKE SELECT ON mysql.* FROM " + name_ + "@'127.0.0.1'");
    return true;
  }
  void Drop(const std::string& name) override { administrator_.Execute("DROP TABLE " + Quoted(name)); }
  void Revoke(const std::string& name) override {
    administrator_.Execute("REVOKE ALL ON " + name_ + "." + Quoted(name) + " FROM " + name_ + "@'127.0.0.1'");
  }

  void MakeDates(const std::string& name, const std::string& field) override {
    administrator_.Execute("ALTER TABLE " + Quoted(name) + " MODIFY " + Quoted(field) + " datetime");
  }
  void ReadAsOther(const std::string& name) override {
    administrator_.Execute("SELECT count(*) FROM " + Quoted(name) + " WHERE note <> 'x'");
  }

  void LogAccess() override {
    log_.emplace(Server());
    administrator_.Execute("SET GLOBAL log_output = 'TABLE'");
    administrator_.Execute("SET GLOBAL general_log = ON");
    administrator_.Execute("USE " + name_);  // which the log has not seen yet
    administrator_.Execute("GRANT SELECT ON mysql.general_log TO " + name_ + "@'127.0.0.1'");
  }
  void HideAccessLog() override {
    administrator_.Execute("REVOKE SELECT ON mysql.general_log FROM " + name_ + "@'127.0.0.1'");
  }
  std::string UseAsOther(AccessUse use, const std::string& name) override {
    const std::string table = Quoted(name);
    if (use == AccessUse::kRead) administrator_.Execute("SELECT note FROM " + table + " WHERE note = 'secret-7f3a'");
    if (use == AccessUse::kWrite)
      administrator_.Execute("UPDATE " + table + " SET note = 'secret-7f3a' WHERE id = '1'");
    if (use == AccessUse::kRightsChanged) {
      administrator_.Execute("GRANT SELECT ON " + name_ + "." + table + " TO " + name_ + "@'127.0.0.1'");
    }
    return "root@localhost";
  }

  bool Hold(const std::string& name) override {
    administrator_.Execute("LOCK TABLES " + Quoted(name) + " WRITE");
    return true;
  }
  bool DropField(const std::string& name, const std::string& field) override {
    administrator_.Execute("ALTER TABLE " + Quoted(name) + " DROP COLUMN " + Quoted(field));
    return true;
  }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("right", port); }
  int port() const override { return port_; }
  std::string ca_file() const override { return Said("ca"); }
  std::string UrlAtHost(const std::string& host) const override { return UrlOf("right", port_, host); }

 private:
  std::string UrlOf(const std::string& password, int port, const std::string& host = "127.0.0.1") const {
    return "mysql://" + name_ + ":" + password + "@" + host + ":" + std::to_string(port) + "/" + name_;
  }

  void InsertAll(const std::string& table, const std::vector<RowValues>& rows) {
    administrator_.Execute("BEGIN");
    for (const RowValues& row : rows) {
      std::string values;
      for (const auto& value : row) values += (values.empty() ? "" : ", ") + administrator_.Literal(value);
      administrator_.Execute("INSERT INTO " + table + " VALUES (" + values + ")");
    }
    administrator_.Execute("COMMIT");
  }

  const std::string name_ = FreshName();  // of the user and of the database
  const int port_ = std::stoi(Said("port"));
  Administrator administrator_{port_};
  std::optional<ServerWideSetting> log_{};
};

}  // namespace

GroundKind MariaDbGroundKind() {
  return {.name = "mariadb",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_MARIADB is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<MariaDbGround>(); }};
}

}  // namespace privity
