#include "base/sql_columns.h"

#include <limits>

#include "base/internal/text_rules.h"
#include "base/json.h"

namespace privity {
namespace {

const TypeInfo& Inside(const TypeInfo& type) {
  return type.kind == TypeKind::kOptional ? *type.element : type;
}

ColumnType ColumnTypeOf(const TypeInfo& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return ColumnType::kBoolean;
    case TypeKind::kInt:
    case TypeKind::kInstant:
      return ColumnType::kBigint;
    case TypeKind::kDouble:
      return ColumnType::kDoublePrecision;
    case TypeKind::kBytes:
      return ColumnType::kBytea;
    case TypeKind::kString:
    case TypeKind::kText:
    case TypeKind::kEnum:
    case TypeKind::kJson:
    case TypeKind::kVector:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return ColumnType::kText;
    case TypeKind::kSecret:
    case TypeKind::kOptional:
      break;
  }
  FailInvariant("a Secret or a nested optional has no column");
}

bool IsJsonColumn(const TypeInfo& type) {
  return type.kind == TypeKind::kJson || type.kind == TypeKind::kVector || type.kind == TypeKind::kMap ||
         type.kind == TypeKind::kStruct;
}

ColumnValue ReadValue(const TypeInfo& type, const void* value) {
  switch (ColumnTypeOf(type)) {
    case ColumnType::kBoolean:
      return *static_cast<const bool*>(value);
    case ColumnType::kDoublePrecision:
      return *static_cast<const double*>(value);
    case ColumnType::kBytea:
      return *static_cast<const Bytes*>(value);
    case ColumnType::kBigint: {
      if (type.kind == TypeKind::kInstant) return ToMicros(*static_cast<const Instant*>(value));
      const std::int64_t number = LoadInteger(type, value);
      Invariant(type.is_signed || number >= 0, "an unsigned integer above 2^63 - 1 has no column");
      return number;
    }
    case ColumnType::kText:
      return IsJsonColumn(type) ? EncodeJson(type, value) : internal::FormatText(type, value);
  }
  return {};
}

bool FitsInteger(const TypeInfo& type, std::int64_t number) {
  if (!type.is_signed && number < 0) return false;
  if (type.size_bytes == sizeof number) return true;
  const std::int64_t span = std::int64_t{1} << (type.size_bytes * 8 - (type.is_signed ? 1 : 0));
  return number < span && number >= (type.is_signed ? -span : 0);
}

bool WriteValue(const TypeInfo& type, const ColumnValue& value, void* out) {
  switch (ColumnTypeOf(type)) {
    case ColumnType::kBoolean: {
      const auto* boolean = std::get_if<bool>(&value);
      if (boolean != nullptr) *static_cast<bool*>(out) = *boolean;
      return boolean != nullptr;
    }
    case ColumnType::kDoublePrecision: {
      const auto* number = std::get_if<double>(&value);
      if (number != nullptr) *static_cast<double*>(out) = *number;
      return number != nullptr;
    }
    case ColumnType::kBytea: {
      const auto* bytes = std::get_if<Bytes>(&value);
      if (bytes != nullptr) *static_cast<Bytes*>(out) = *bytes;
      return bytes != nullptr;
    }
    case ColumnType::kBigint: {
      const auto* number = std::get_if<std::int64_t>(&value);
      if (number == nullptr) return false;
      if (type.kind == TypeKind::kInstant) {
        *static_cast<Instant*>(out) = FromMicros(*number);
        return true;
      }
      if (!FitsInteger(type, *number)) return false;
      StoreInteger(type, *number, out);
      return true;
    }
    case ColumnType::kText: {
      const auto* text = std::get_if<std::string>(&value);
      if (text == nullptr) return false;
      return IsJsonColumn(type) ? DecodeJson(type, *text, out, {}).ok() : internal::StoreText(type, *text, out).ok();
    }
  }
  return false;
}

}  // namespace

std::vector<Column> ColumnsOf(const StructInfo& info) {
  std::vector<Column> columns;
  for (const auto& field : info.fields()) {
    columns.push_back({field.name, ColumnTypeOf(Inside(*field.type)), field.type->kind == TypeKind::kOptional});
  }
  return columns;
}

std::string ColumnList(const StructInfo& info, std::string_view alias) {
  std::string list;
  for (const auto& field : info.fields()) {
    if (!list.empty()) list += ", ";
    if (!alias.empty()) list += std::string(alias) + ".";
    list += field.name;
  }
  return list;
}

std::string PlaceholderList(const StructInfo& info, int first) {
  std::string list;
  for (std::size_t i = 0; i < info.fields().size(); ++i) {
    list += (i == 0 ? "$" : ", $") + std::to_string(static_cast<std::size_t>(first) + i);
  }
  return list;
}

ColumnValue ReadMember(const FieldInfo& field, const void* object) {
  const void* value = field.In(object);
  if (field.type->kind == TypeKind::kOptional) value = field.type->optional->get(value);
  return value != nullptr ? ReadValue(Inside(*field.type), value) : ColumnValue();
}

Status WriteMember(const FieldInfo& field, const ColumnValue& value, void* object) {
  void* out = field.In(object);
  const bool is_null = std::holds_alternative<std::monostate>(value);
  if (field.type->kind == TypeKind::kOptional) {
    field.type->optional->reset(out);
    if (is_null) return Ok();
    out = field.type->optional->emplace(out);
  }
  if (!is_null && WriteValue(Inside(*field.type), value, out)) return Ok();
  return Error("base.column_unreadable", {{"column", std::string(field.name)}});
}

}  // namespace privity
