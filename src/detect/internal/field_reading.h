// What the parts of FieldRules share: a field's words as they are read, and what its evidence may come to.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "detect/internal/column_type.h"
#include "detect/internal/field_rules.h"

namespace privity::detect {

// Scores from which a column counts as personal, and the most that may be claimed without seeing a value.
inline constexpr double kPersonal = 0.5;
inline constexpr double kNameOnlyMax = 0.95;

// What the weights of some evidence come to.
inline double Sum(const std::vector<Evidence>& evidence) {
  double sum = 0;
  for (const Evidence& part : evidence) sum += part.weight;
  return std::clamp(sum, 0.0, kNameOnlyMax);
}

inline bool SaysWhere(const DetectorFile& file) {
  const std::string& id = file.pack.id;
  return id == "city" || id == "state" || id == "country" || id == "postal-code";
}

inline bool Accepts(const DetectorFile& file, ColumnType type) {
  const auto& types = file.fields->types;
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

struct FieldRules::Reading {
  std::vector<std::string> words = {};  // of the collection, of the documents around, of the field itself
  std::size_t inside = 0;               // where those of the collection end
  std::size_t own = 0;                  // where the field's own begin
  double people = 0;
  std::optional<ColumnType> type = {};
  const CollectionView* collection = nullptr;
  SystemView::Reference reference = {};
};

}  // namespace privity::detect
