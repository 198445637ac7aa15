// What must be known of an ODBC driver before its server is asked for anything. Only drivers that are listed here are
// loaded: a driver is a program of others, and some of them open files of this machine whatever the address says.
#pragma once

#include <string>
#include <string_view>

#include "connect/internal/tls_mode.h"
#include "connect/sql/sql_connector.h"

namespace privity::connect_internal {

struct OdbcProfile {
  std::string_view library;  // how the file of the driver begins: "psqlodbc"
  std::uint16_t port;
  SqlDialect dialect;
  const char* read_only;   // the statement after which the server refuses changes
  const char* random_row;  // by which rows are drawn
  // The foreign keys of a table, by space and name, with the columns of SQLForeignKeys; "" when the driver lists them.
  const char* references;
  // More of the connection string: the host for whose name the certificate is checked, the mode, the authorities.
  std::string (*settings)(const std::string& host, TlsMode mode, const std::string& authorities);
  bool has_cursor;    // rows arrive as they are read; else the driver keeps a whole result in memory
  TlsMode strictest;  // what the driver can check behind the relay
};

// By the name of a driver in odbcinst.ini. connect.url_invalid when none of this name is installed, or when it is none
// of those that are known.
Result<const OdbcProfile*> ProfileOf(const std::string& driver);

// "{...}": a value that cannot end early. Drivers understand it of passwords and of settings that they hand on.
std::string OdbcQuoted(std::string_view value);
// Whether a value needs no braces: not every driver understands them of hosts, databases and users.
bool IsPlainOdbc(std::string_view value);

}  // namespace privity::connect_internal
