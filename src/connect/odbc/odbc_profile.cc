#include "connect/odbc/odbc_profile.h"

#include <odbcinst.h>

#include <algorithm>
#include <array>

#include "connect/sql/sql_catalog.h"

namespace privity::connect_internal {
namespace {

std::string Equals(const std::string& column, const std::string& parameter) {
  return column + " = " + parameter;
}
std::string IsOlder(const Field& field, const std::string& column, const std::string& parameter) {
  return IsDateType(field.declared_type) ? column + " < CAST(" + parameter + " AS DATE)" : "";
}
std::string QuestionMark(int) {
  return "?";
}

// One row after the other from a cursor; values in texts, not by a protocol of types; no file of passwords.
std::string PostgresSettings(const std::string& host, TlsMode mode, const std::string& authorities) {
  std::string settings = ";SSLmode=" + std::string(TlsModeName(mode)) +
                         ";UseDeclareFetch=1;Fetch=8;UseServerSidePrepare=0;ByteaAsLongVarBinary=1;BoolsAsChar=0;"
                         "TrueIsMinus1=0;ShowSystemTables=0;LFConversion=0;ConnSettings=" +
                         OdbcQuoted("SET lock_timeout='30s'; SET DateStyle='ISO'; SET TimeZone='UTC'");
  std::string more = "passfile='/dev/null'";
  // A certificate is checked for the name of the server, not for the relay's address.
  if (mode != TlsMode::kDisable) more += " hostaddr='127.0.0.1'";
  if (mode >= TlsMode::kVerifyCa) more += " sslrootcert='" + authorities + "'";
  return settings + ";Server=" + (mode == TlsMode::kDisable ? "127.0.0.1" : host) + ";pqopt=" + OdbcQuoted(more);
}

std::string MariaDbSettings(const std::string&, TlsMode mode, const std::string&) {
  return ";Server=127.0.0.1;CHARSET=utf8mb4;USE_MYCNF=0;FORCETLS=" + std::string(mode >= TlsMode::kRequire ? "1" : "0");
}

const std::array kProfiles = {
    OdbcProfile{.library = "psqlodbc",
                .port = 5432,
                .dialect = {.quote = '"',
                            .placeholder = QuestionMark,
                            .equals = Equals,
                            .is_text =
                                [](const std::string& column, const std::string& parameter) {
                                  return "CAST(" + column + " AS text) IS NOT DISTINCT FROM CAST(" + parameter +
                                         " AS text)";
                                },
                            .is_older = IsOlder},
                .read_only = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                .random_row = "random()",
                .references = "",
                .settings = PostgresSettings,
                .has_cursor = true,
                .strictest = TlsMode::kVerifyFull},
    OdbcProfile{.library = "libmaodbc",
                .port = 3306,
                .dialect = {.quote = '`',
                            .placeholder = QuestionMark,
                            .equals = Equals,
                            .is_text =
                                [](const std::string& column, const std::string& parameter) {
                                  return "BINARY CAST(" + column + " AS CHAR) <=> BINARY " + parameter;
                                },
                            .is_older = IsOlder},
                .read_only = "SET SESSION TRANSACTION READ ONLY",
                .random_row = "rand(1)",
                .references = "SELECT referenced_table_schema, '', referenced_table_name, referenced_column_name, "
                              "table_schema, '', table_name, column_name, ordinal_position FROM "
                              "information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND "
                              "table_schema = ? AND table_name = ? ORDER BY constraint_name, ordinal_position",
                .settings = MariaDbSettings,
                .has_cursor = false,
                .strictest = TlsMode::kRequire}};

Error Invalid(std::string problem) {
  return Error("connect.url_invalid", {{"problem", std::move(problem)}});
}

}  // namespace

std::string OdbcQuoted(std::string_view value) {
  std::string quoted = "{";
  for (const char c : value) quoted += c == '}' ? std::string("}}") : std::string(1, c);
  return quoted + "}";
}

bool IsPlainOdbc(std::string_view value) {
  return value.find_first_of(";{}[]=") == std::string_view::npos && !value.starts_with(' ') && !value.ends_with(' ');
}

Result<const OdbcProfile*> ProfileOf(const std::string& driver) {
  const bool is_name = !driver.empty() && IsPlainOdbc(driver) && driver.find('\\') == std::string::npos;
  if (!is_name) return Invalid("no driver, as in ?driver=PostgreSQL%20Unicode");
  std::array<char, 1024> file{};
  const int size = SQLGetPrivateProfileString(driver.c_str(), "Driver", "", file.data(), static_cast<int>(file.size()),
                                              "odbcinst.ini");
  if (size <= 0) return Invalid("a driver that is not installed");
  const std::string_view path(file.data(), static_cast<std::size_t>(size));
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const auto known =
      std::ranges::find_if(kProfiles, [&](const OdbcProfile& each) { return name.starts_with(each.library); });
  if (known == kProfiles.end()) return Invalid("a driver that this program does not know");
  return &*known;
}

}  // namespace privity::connect_internal
