#include "detect/taxonomy.h"

#include <algorithm>

namespace privity {

Result<Taxonomy> Taxonomy::Load(const PackCatalog& catalog, Date day) {
  Taxonomy taxonomy;
  PRIVITY_TRY(taxonomy.file_, catalog.Get<TaxonomyFile>("taxonomy", "fideslang", day));
  for (const TaxonomyEntry& entry : taxonomy.file_->data_categories) taxonomy.categories_.insert(entry.key);
  return taxonomy;
}

bool Taxonomy::IsSpecial(std::string_view key) const {
  return std::ranges::any_of(file_->special_categories, [&](const SpecialCategory& special) {
    return key == special.key || (key.starts_with(special.key) && key[special.key.size()] == '.');
  });
}

std::string_view CategoryBranch(std::string_view key, int levels) {
  std::size_t end = 0;
  while (levels-- > 0 && end != std::string_view::npos) end = key.find('.', end == 0 ? 0 : end + 1);
  return key.substr(0, end);
}

bool IsPersonal(std::string_view category) {
  return CategoryBranch(category, 1) == "user";
}

}  // namespace privity
