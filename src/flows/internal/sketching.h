// Fills the sketches of the fields of a collection, or of one part of it, while its records stream past; sketches of
// parts together are those of the whole.
//
// Belongs to one thread; forgets each value when its record is over.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "connect/connector.h"
#include "flows/forms.h"
#include "flows/matching.h"

namespace privity {

// What one part of a collection says of a field.
struct FieldPart {
  std::string field{};
  std::int64_t filled = 0;
  bool is_compared = true;  // false: its type or its values are not for comparing
  bool is_numbers = true;
  bool is_days = true;  // times, in files that declare no types
  std::int64_t least = 0;
  std::int64_t largest = 0;
  std::map<std::string, ValueSketch> forms{};  // as in SketchedField

  void Merge(const FieldPart& other);  // of the same field
};

class SketchingSink final : public RecordSink {
 public:
  SketchingSink(const Collection& collection, const ValueHash& hash, const std::vector<KnownSalt>& salts,
                std::int64_t records_max);

  // flows.enough after records_max.
  Status Take(Record record) override;
  void Skip(Error) override {}

  // Once.
  std::vector<FieldPart> Fields();

 private:
  FieldPart& PartOf(std::string_view field);
  void Add(FieldPart& part, std::string_view value);

  const ValueHash& hash_;
  const std::vector<KnownSalt>& salts_;
  const std::int64_t records_max_;
  std::int64_t records_ = 0;
  std::map<std::string, FieldPart, std::less<>> fields_;
};

// Those of a whole collection that have values to compare.
std::vector<SketchedField> FieldsToCompare(const SystemId& system, const CollectionName& collection,
                                           std::vector<FieldPart> parts);

// As text, to be kept while the other parts are read. flows.sketch_damaged.
std::string TextOf(const std::vector<FieldPart>& parts);
Result<std::vector<FieldPart>> PartsOf(const std::string& text);

}  // namespace privity
