#include "flows/internal/sketching.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/json.h"

namespace privity {
namespace {

constexpr std::size_t kValueBytesMax = 256;  // longer ones are texts, not names of anything
constexpr std::size_t kFieldsMax = 2'000;    // of one collection
// Whole numbers of which at least every fourth up to the largest is there come from a counter.
constexpr std::int64_t kGapMax = 4;

// A FieldPart as text: sketches as base64.
struct KeptPart {
  std::string field{};
  std::int64_t filled = 0;
  bool is_compared = true;
  bool is_numbers = true;
  bool is_days = true;
  std::int64_t least = 0;
  std::int64_t largest = 0;
  std::map<std::string, std::string> forms{};
};
PRIVITY_DESCRIBE(KeptPart, (field, filled, is_compared, is_numbers, is_days, least, largest, forms))

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

void FieldPart::Merge(const FieldPart& other) {
  is_compared = is_compared && other.is_compared;
  is_days = is_days && other.is_days;
  is_numbers = is_numbers && other.is_numbers;
  const bool has_span = filled > 0 && other.filled > 0;
  if (other.filled > 0) {
    least = has_span ? std::min(least, other.least) : other.least;
    largest = has_span ? std::max(largest, other.largest) : other.largest;
  }
  filled += other.filled;
  for (const auto& [form, sketch] : other.forms) forms[form].Merge(sketch);
}

SketchingSink::SketchingSink(const Collection& collection, const ValueHash& hash, const std::vector<KnownSalt>& salts,
                             std::int64_t records_max)
    : hash_(hash), salts_(salts), records_max_(records_max) {
  for (const Field& field : collection.fields) PartOf(field.name).is_compared = IsComparable(field.declared_type);
}

FieldPart& SketchingSink::PartOf(std::string_view field) {
  const auto found = fields_.find(field);
  if (found != fields_.end()) return found->second;
  return fields_.emplace(std::string(field), FieldPart{.field = std::string(field)}).first->second;
}

Status SketchingSink::Take(Record record) {
  if (++records_ > records_max_) return Error("flows.enough");
  for (const FieldCell& cell : record) {
    if (cell.kind != CellKind::kText || cell.bytes.empty()) continue;
    if (fields_.size() >= kFieldsMax && !fields_.contains(cell.field)) continue;
    FieldPart& part = PartOf(cell.field);
    if (!part.is_compared) continue;
    if (cell.is_cut || cell.bytes.size() > kValueBytesMax) {
      part.is_compared = false;
      part.forms.clear();
    } else {
      Add(part, cell.bytes);
    }
  }
  return Ok();
}

void SketchingSink::Add(FieldPart& part, std::string_view value) {
  const std::string folded = Folded(value);
  if (folded.empty()) return;
  ++part.filled;
  part.forms["same"].Add(hash_.Of(value));
  part.forms["folded"].Add(hash_.Of(folded));
  for (const KnownSalt& salt : salts_) {
    part.forms["salt:" + salt.id].Add(hash_.Of(HashedWith(salt, value)));
    part.forms["salt:" + salt.id + ":folded"].Add(hash_.Of(HashedWith(salt, folded)));
  }
  part.is_days = part.is_days && IsDay(folded);
  if (!part.is_numbers) return;
  const auto number = WholeNumber(folded);
  part.is_numbers = number.has_value();
  if (!number) return;
  const bool is_first = part.filled == 1;
  part.least = is_first ? *number : std::min(part.least, *number);
  part.largest = is_first ? *number : std::max(part.largest, *number);
}

std::vector<FieldPart> SketchingSink::Fields() {
  std::vector<FieldPart> parts;
  for (auto& [name, part] : fields_) {
    for (auto& [form, sketch] : part.forms) sketch.Finish();
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<SketchedField> FieldsToCompare(const SystemId& system, const CollectionName& collection,
                                           std::vector<FieldPart> parts) {
  std::vector<SketchedField> fields;
  for (FieldPart& part : parts) {
    if (!part.is_compared || part.filled == 0 || part.is_days) continue;
    const std::int64_t distinct = part.forms.at("same").Distinct();
    fields.push_back({.place = {.system = system,
                                .dataset = collection.space,
                                .collection = collection.name,
                                .fields = {part.field}},
                      .filled = part.filled,
                      .is_dense = part.is_numbers && (part.largest / kGapMax - part.least / kGapMax) <= distinct,
                      .forms = std::move(part.forms)});
  }
  return fields;
}

std::string TextOf(const std::vector<FieldPart>& parts) {
  std::vector<KeptPart> kept;
  for (const FieldPart& part : parts) {
    KeptPart& one = kept.emplace_back(KeptPart{.field = part.field,
                                               .filled = part.filled,
                                               .is_compared = part.is_compared,
                                               .is_numbers = part.is_numbers,
                                               .is_days = part.is_days,
                                               .least = part.least,
                                               .largest = part.largest});
    for (const auto& [form, sketch] : part.forms) one.forms.emplace(form, Base64Encode(sketch.ToBytes()));
  }
  return ToJson(kept);
}

Result<std::vector<FieldPart>> PartsOf(const std::string& text) {
  PRIVITY_TRY(const auto kept, FromJson<std::vector<KeptPart>>(text));
  std::vector<FieldPart> parts;
  for (const KeptPart& one : kept) {
    FieldPart& part = parts.emplace_back(FieldPart{.field = one.field,
                                                   .filled = one.filled,
                                                   .is_compared = one.is_compared,
                                                   .is_numbers = one.is_numbers,
                                                   .is_days = one.is_days,
                                                   .least = one.least,
                                                   .largest = one.largest});
    for (const auto& [form, hashes] : one.forms) {
      PRIVITY_TRY(const Bytes bytes, Base64Decode(hashes));
      PRIVITY_TRY(ValueSketch sketch, ValueSketch::FromBytes(bytes));
      part.forms.emplace(form, std::move(sketch));
    }
  }
  return parts;
}

}  // namespace privity
