#include "fulfil/subject_map.h"

#include <algorithm>

namespace privity {

const MappedField* MappedCollection::Find(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &MappedField::name);
  return found == fields.end() ? nullptr : &*found;
}

bool MappedCollection::HasPersonalData() const {
  return !subject.empty() || !key_field.empty() || std::ranges::any_of(fields, [](const MappedField& field) {
    return IsPersonalCategory(field.category) || !field.identifier.empty();
  });
}

const MappedCollection* SubjectMap::Find(const CollectionPlace& id) const {
  const auto found = std::ranges::find(collections, id, &MappedCollection::id);
  return found == collections.end() ? nullptr : &*found;
}

std::vector<MappedCollection> MapOf(const std::string& dataset, const Description& description) {
  std::vector<MappedCollection> out;
  for (const Collection& collection : description.collections) {
    if (collection.shape == CollectionShape::kView) continue;
    MappedCollection mapped{.id = {dataset, collection.name.space, collection.name.name}, .shape = collection};
    for (const Reference& reference : collection.references) {
      mapped.references.push_back({.fields = reference.fields,
                                   .target = {dataset, reference.target.space, reference.target.name},
                                   .target_fields = reference.target_fields});
    }
    out.push_back(std::move(mapped));
  }
  return out;
}

bool IsPortable(const MappedField& field) {
  if (field.source) return *field.source != DataSource::kDerived;
  return IsPersonalCategory(field.category) && !field.category.starts_with("user.unique_id");
}

bool IsPersonalCategory(std::string_view category) {
  return category == "user" || category.starts_with("user.");
}

}  // namespace privity
