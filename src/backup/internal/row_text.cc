#include "backup/internal/row_text.h"

namespace privity {
namespace {

Json Spell(const SqlValue& value, const std::string& type) {
  struct Speller {
    const std::string& type;
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool flag) const { return flag; }
    Json operator()(std::int64_t integer) const {
      if (type == "boolean") return integer != 0;
      if (type == "double precision") return static_cast<double>(integer);
      return integer;
    }
    Json operator()(double number) const { return number; }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(const Bytes& bytes) const { return Json::Object({{"bytes", Base64Encode(bytes)}}); }
  };
  return std::visit(Speller{type}, value.variant());
}

Result<SqlValue> Read(const Json& json, const std::string& type, const Error& refused) {
  if (json.is_null()) return SqlValue();
  if (const auto* flag = json.boolean()) return SqlValue(*flag);
  if (const auto* integer = json.integer()) {
    if (type == "double precision") return SqlValue(static_cast<double>(*integer));
    return SqlValue(*integer);
  }
  if (const auto* text = json.string()) return SqlValue(*text);
  if (const auto* encoded = json["bytes"].string()) {
    PRIVITY_TRY(Bytes bytes, Base64Decode(*encoded));
    return SqlValue(std::move(bytes));
  }
  if (const auto number = json.number()) return SqlValue(*number);
  return refused;
}

}  // namespace

std::string RowText(const Row& row, const std::vector<std::string>& types) {
  Json::Items items;
  items.reserve(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) items.push_back(Spell(row.At(i), types[i]));
  return ToJson(Json::ArrayOf(std::move(items)));
}

Result<SqlValues> ParseRowText(std::string_view text, const TableShape& table) {
  const Error refused("backup.row_refused", {{"table", table.name}});
  const auto json = ParseJson(text, {.size_bytes_max = 256 << 20});
  if (!json.ok() || json->items() == nullptr || json->items()->size() != table.columns.size()) return refused;
  SqlValues values;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto value = Read((*json->items())[i], table.types[i], refused);
    if (!value.ok()) return refused;
    values.push_back(*std::move(value));
  }
  return values;
}

}  // namespace privity
