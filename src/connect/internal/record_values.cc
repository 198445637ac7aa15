#include "connect/internal/record_values.h"

#include <algorithm>

namespace privity::connect_internal {

Status CheckWritable(const ConnectOptions& options, const std::string& store) {
  if (options.writing_granted) return Ok();
  return Error("connect.read_only", {{"store", store}});
}

const FieldValue* ValueOf(const std::vector<FieldValue>& values, std::string_view field) {
  const auto found = std::ranges::find(values, field, &FieldValue::field);
  return found == values.end() ? nullptr : &*found;
}

bool HasValues(Record record, const std::vector<FieldValue>& values) {
  return std::ranges::all_of(values, [&](const FieldValue& wanted) {
    const auto holds = [&](const FieldCell& cell) {
      return cell.field == wanted.field && cell.kind != CellKind::kNull &&
             (!wanted.value || cell.bytes == *wanted.value);
    };
    return std::ranges::any_of(record, holds) == wanted.value.has_value();
  });
}

}  // namespace privity::connect_internal
