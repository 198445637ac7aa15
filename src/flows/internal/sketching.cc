#include "flows/internal/sketching.h"

#include <algorithm>
#include <charconv>

namespace privity {
namespace {

constexpr std::size_t kValueBytesMax = 256;  // longer ones are texts, not names of anything
constexpr std::size_t kFieldsMax = 2'000;    // of one collection
// Whole numbers of which at least every fourth up to the largest is there come from a counter.
constexpr std::int64_t kGapMax = 4;

std::optional<std::int64_t> WholeNumber(std::string_view value) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (problem != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

// ISO 8601, alone or before a time of day.
bool IsDay(std::string_view value) {
  constexpr std::string_view kForm = "0000-00-00";
  if (value.size() < kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool is_digit = value[i] >= '0' && value[i] <= '9';
    if (kForm[i] == '-' ? value[i] != '-' : !is_digit) return false;
  }
  return true;
}

}  // namespace

SketchingSink::SketchingSink(const SystemId& system, const Collection& collection, const ValueHash& hash,
                             const std::vector<KnownSalt>& salts, std::int64_t records_max)
    : system_(system), collection_(collection), hash_(hash), salts_(salts), records_max_(records_max) {
  for (const Field& field : collection.fields) FillingOf(field.name).is_compared = IsComparable(field.declared_type);
}

SketchingSink::Filling& SketchingSink::FillingOf(std::string_view field) {
  const auto found = fields_.find(field);
  if (found != fields_.end()) return found->second;
  Filling filling{.field = {.place = {.system = system_,
                                      .dataset = collection_.name.space,
                                      .collection = collection_.name.name,
                                      .fields = {std::string(field)}}}};
  return fields_.emplace(std::string(field), std::move(filling)).first->second;
}

Status SketchingSink::Take(Record record) {
  if (++records_ > records_max_) return Error("flows.enough");
  for (const FieldCell& cell : record) {
    if (cell.kind != CellKind::kText || cell.bytes.empty()) continue;
    if (fields_.size() >= kFieldsMax && !fields_.contains(cell.field)) continue;
    Filling& filling = FillingOf(cell.field);
    if (!filling.is_compared) continue;
    if (cell.is_cut || cell.bytes.size() > kValueBytesMax) {
      filling.is_compared = false;
      filling.field.forms.clear();
    } else {
      Add(filling, cell.bytes);
    }
  }
  return Ok();
}

void SketchingSink::Add(Filling& filling, std::string_view value) {
  const std::string folded = Folded(value);
  if (folded.empty()) return;
  ++filling.field.filled;
  filling.field.forms["same"].Add(hash_.Of(value));
  filling.field.forms["folded"].Add(hash_.Of(folded));
  for (const KnownSalt& salt : salts_) {
    filling.field.forms["salt:" + salt.id].Add(hash_.Of(HashedWith(salt, value)));
    filling.field.forms["salt:" + salt.id + ":folded"].Add(hash_.Of(HashedWith(salt, folded)));
  }
  filling.is_days = filling.is_days && IsDay(folded);
  if (!filling.is_numbers) return;
  const auto number = WholeNumber(folded);
  filling.is_numbers = number.has_value();
  if (!number) return;
  const bool is_first = filling.field.filled == 1;
  filling.least = is_first ? *number : std::min(filling.least, *number);
  filling.largest = is_first ? *number : std::max(filling.largest, *number);
}

std::vector<SketchedField> SketchingSink::Fields() {
  std::vector<SketchedField> fields;
  for (auto& [name, filling] : fields_) {
    if (!filling.is_compared || filling.field.filled == 0 || filling.is_days) continue;
    for (auto& [form, sketch] : filling.field.forms) sketch.Finish();
    const std::int64_t distinct = filling.field.forms.at("same").Distinct();
    filling.field.is_dense = filling.is_numbers && (filling.largest / kGapMax - filling.least / kGapMax) <= distinct;
    fields.push_back(std::move(filling.field));
  }
  return fields;
}

}  // namespace privity
