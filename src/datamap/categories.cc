#include "datamap/categories.h"

#include <algorithm>

namespace privity {

std::vector<FieldNote> FieldNotes(const MapCategory*) {
  return {{.name = "key", .description = "Of Fideslang.", .example = "user.contact.email"},
          {.name = "is_special", .description = "GDPR Art. 9(1) and 10 single it out, or one above it."}};
}

std::vector<MapCategory> PersonalCategories(const Taxonomy& taxonomy) {
  std::vector<MapCategory> categories;
  for (const TaxonomyEntry& entry : taxonomy.file().data_categories) {
    if (!IsPersonal(entry.key)) continue;
    categories.push_back({.key = entry.key, .name = entry.name, .is_special = taxonomy.IsSpecial(entry.key)});
  }
  std::ranges::sort(categories, {}, &MapCategory::key);
  return categories;
}

}  // namespace privity
