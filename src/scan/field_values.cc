#include "scan/field_values.h"

#include "base/json.h"

namespace privity {
namespace {

// Of one field: enough for a judgement, and a table of a thousand columns stays within some hundred megabytes.
constexpr std::size_t kValueBytesMax = 512 << 10;
constexpr std::size_t kFieldsMax = 5'000;

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool LooksLikeDocument(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return (text[first] == '{' && text[last] == '}') || (text[first] == '[' && text[last] == ']');
}

}  // namespace

FieldValues::FieldValues(const Collection& collection) {
  for (const Field& field : collection.fields) {
    declared_types_.emplace(field.name, field.declared_type);
    fields_.push_back({.field = field.name, .declared_type = field.declared_type});
    seen_.emplace(field.name, Seen{.at = fields_.size() - 1});
  }
}

Status FieldValues::Take(Record record) {
  ++records_;
  for (const FieldCell& cell : record) {
    if (cell.kind != CellKind::kText || IsBlank(cell.bytes)) continue;
    const auto declared = declared_types_.find(cell.field);
    const std::string_view type = declared == declared_types_.end() ? std::string_view() : declared->second;
    if (!AddDocument(cell, type)) Add(cell, type);
  }
  return Ok();
}

FieldValues::Seen& FieldValues::SeenOf(std::string_view field, std::string_view declared_type) {
  const auto found = seen_.find(field);
  if (found != seen_.end()) return found->second;
  fields_.push_back({.field = std::string(field), .declared_type = std::string(declared_type)});
  return seen_.emplace(std::string(field), Seen{.at = fields_.size() - 1}).first->second;
}

void FieldValues::Add(const FieldCell& cell, std::string_view declared_type) {
  if (seen_.size() >= kFieldsMax && !seen_.contains(cell.field)) return;
  Seen& seen = SeenOf(cell.field, declared_type);
  ++fields_[seen.at].filled;
  if (seen.bytes + cell.bytes.size() > kValueBytesMax) return;
  if (!seen.values.emplace(cell.bytes).second) return;
  seen.bytes += cell.bytes.size();
  fields_[seen.at].distinct.emplace_back(cell.bytes);
}

bool FieldValues::AddDocument(const FieldCell& cell, std::string_view declared_type) {
  if (cell.is_cut || !LooksLikeDocument(cell.bytes)) return false;
  const auto document = ParseJson(cell.bytes);
  if (!document.ok()) return false;
  fields_[SeenOf(cell.field, declared_type).at].is_document = true;
  json_.Fill(*document, cell.field, json_cells_);
  for (const FieldCell& inner : json_cells_) {
    if (inner.kind == CellKind::kText && !IsBlank(inner.bytes))
      Add(inner, inner.field == cell.field ? declared_type : "");
  }
  return true;
}

}  // namespace privity
