#include "store/columns.h"

namespace privity {

namespace {

// SQLite keeps booleans as 0 and 1, and answers whole numbers of a double precision column as integers when they were
// computed.
SqlValue::Variant AsDeclared(const SqlValue& value, ColumnType type) {
  const std::int64_t* integer = std::get_if<std::int64_t>(&value.variant());
  if (integer != nullptr && type == ColumnType::kBoolean && (*integer == 0 || *integer == 1)) return *integer == 1;
  if (integer != nullptr && type == ColumnType::kDoublePrecision) return static_cast<double>(*integer);
  return value.variant();
}

}  // namespace

SqlValues ColumnValuesOf(const StructInfo& info, const void* object) {
  SqlValues values;
  values.reserve(info.fields().size());
  for (const FieldInfo& field : info.fields()) values.emplace_back(ReadMember(field, object));
  return values;
}

Status FillFromRow(const StructInfo& info, const Row& row, std::size_t first, void* object) {
  const std::vector<Column> columns = ColumnsOf(info);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Status written = WriteMember(info.fields()[i], AsDeclared(row.At(first + i), columns[i].type), object);
    if (!written.ok()) return Error("store.corrupt", {{"column", std::string(columns[i].name)}});
  }
  return Ok();
}

std::string SelectList(const StructInfo& info, std::string_view rest) {
  return "SELECT " + ColumnList(info) + " " + std::string(rest);
}

std::string InsertText(const StructInfo& info, std::string_view table) {
  return "INSERT INTO " + std::string(table) + "(" + ColumnList(info) + ") VALUES(" + PlaceholderList(info) + ")";
}

}  // namespace privity
