// A described struct as a row: one column per member. The store puts the values into statements; nothing here knows a
// database.
//
//   member                                   column             value
//   bool                                     boolean            bool
//   integer                                  bigint             int64; an unsigned one above 2^63 - 1 has no column
//   double                                   double precision   double
//   std::string, enum, class with ToString   text               its spelling
//   Instant                                  bigint             microseconds since 1970, UTC
//   Bytes                                    bytea
//   struct, vector, map, Json                text               JSON
//   std::optional<T>                         as T, nullable     NULL when empty
//
// A struct with a Secret has no columns: whoever keeps a secret seals it first (crypto), and that is Bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/type_table.h"

namespace privity {

enum class ColumnType { kBoolean, kBigint, kDoublePrecision, kText, kBytea };

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::kText;
  bool nullable = false;
  bool operator==(const Column&) const = default;
};

// std::monostate is NULL.
using ColumnValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes>;

// In the order of the description.
std::vector<Column> ColumnsOf(const StructInfo& info);
// "id, name", or with a table's alias "p.id, p.name".
std::string ColumnList(const StructInfo& info, std::string_view alias = "");
// "$1, $2", one per column, counted from `first`.
std::string PlaceholderList(const StructInfo& info, int first = 1);

ColumnValue ReadMember(const FieldInfo& field, const void* object);
// base.column_unreadable{column}: damaged data, or a row of another struct.
Status WriteMember(const FieldInfo& field, const ColumnValue& value, void* object);

template <class T>
const StructInfo& StructOf() {
  static_assert(TypeOf<T>().kind == TypeKind::kStruct, "only a described struct is a row");
  return TypeOf<T>().structure();
}

}  // namespace privity
