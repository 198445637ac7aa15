// The Fideslang taxonomy: which category, use and subject keys there are, and how near two categories stand.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "detect/detector_file.h"
#include "packs/catalog.h"

namespace privity {

// Immutable; safe to use from many threads.
class Taxonomy {
 public:
  // The pack `fideslang` in force on a day. Errors of PackCatalog::Get.
  static Result<Taxonomy> Load(const PackCatalog& catalog, Date day);

  bool IsCategory(std::string_view key) const { return categories_.contains(std::string(key)); }
  // Whether the law singles the category out (GDPR Art. 9(1), Art. 10): it, or one above it, is listed in the pack.
  bool IsSpecial(std::string_view key) const;
  const TaxonomyFile& file() const { return *file_; }

 private:
  std::shared_ptr<const TaxonomyFile> file_;
  std::unordered_set<std::string> categories_;
};

// "user.contact" for "user.contact.address.city": the first `levels` parts of a key.
std::string_view CategoryBranch(std::string_view key, int levels);
// Personal data stand under `user`; `none` and everything under `system` do not.
bool IsPersonal(std::string_view category);

}  // namespace privity
