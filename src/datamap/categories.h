// The categories of personal data by which the register speaks, with their names in words.
#pragma once

#include <string>
#include <vector>

#include "base/type_table.h"
#include "detect/taxonomy.h"

namespace privity {

struct MapCategory {
  std::string key{};        // Fideslang; its parent is what stands before its last dot
  std::string name{};       // "Email"
  bool is_special = false;  // GDPR Art. 9(1) and 10
};
PRIVITY_DESCRIBE(MapCategory, (key, name, is_special))
std::vector<FieldNote> FieldNotes(const MapCategory*);

// Those of personal data, each behind the ones above it.
std::vector<MapCategory> PersonalCategories(const Taxonomy& taxonomy);

}  // namespace privity
