#include "backup/internal/schema.h"

#include <algorithm>
#include <map>
#include <set>

namespace privity {
namespace {

// One text per engine; each gives (table, column, type), tables by name and columns in their order.
constexpr const char* kSqliteColumns =
    "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE 'store\\_%' ESCAPE '\\' "
    "ORDER BY m.name, c.cid";
constexpr const char* kPostgresColumns =
    "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name NOT LIKE 'store\\_%' ORDER BY table_name, ordinal_position";
// (table, table it points at)
constexpr const char* kSqliteReferences =
    "SELECT m.name, f.\"table\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
constexpr const char* kPostgresReferences =
    "SELECT c.relname::text, r.relname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
    "JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE k.contype = 'f' AND n.nspname = current_schema()";

using References = std::map<std::string, std::set<std::string>>;

void Visit(const TableShape& table, const std::vector<TableShape>& all, const References& references,
           std::set<std::string>& seen, std::vector<TableShape>& out) {
  if (!seen.insert(table.name).second) return;
  if (const auto found = references.find(table.name); found != references.end()) {
    for (const auto& target : found->second) {
      const auto at = std::find_if(all.begin(), all.end(), [&](const TableShape& t) { return t.name == target; });
      if (at != all.end()) Visit(*at, all, references, seen, out);
    }
  }
  out.push_back(table);
}

}  // namespace

Result<std::vector<TableShape>> ReadTables(ReadTx& tx) {
  const bool sqlite = tx.dialect() == Dialect::kSqlite;
  PRIVITY_TRY(const auto columns, tx.Query(sqlite ? kSqliteColumns : kPostgresColumns));
  PRIVITY_TRY(const auto links, tx.Query(sqlite ? kSqliteReferences : kPostgresReferences));
  std::vector<TableShape> tables;
  for (const Row& row : columns) {
    const auto name = row.Get<std::string>(0);
    if (tables.empty() || tables.back().name != name) tables.push_back({.name = name, .columns = {}, .types = {}});
    tables.back().columns.push_back(row.Get<std::string>(1));
    tables.back().types.push_back(row.Get<std::string>(2));
  }
  References references;
  for (const Row& row : links) references[row.Get<std::string>(0)].insert(row.Get<std::string>(1));
  std::set<std::string> seen;
  std::vector<TableShape> ordered;
  for (const TableShape& table : tables) Visit(table, tables, references, seen, ordered);
  return ordered;
}

Result<std::vector<TakenStep>> ReadSteps(ReadTx& tx) {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT room, version FROM store_migration ORDER BY room, version"));
  std::vector<TakenStep> steps;
  for (const Row& row : rows) {
    steps.push_back({.room = row.Get<std::string>(0), .version = row.Get<std::int64_t>(1)});
  }
  return steps;
}

}  // namespace privity
