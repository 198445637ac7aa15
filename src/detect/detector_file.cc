#include "detect/detector_file.h"

#include <algorithm>

#include "detect/taxonomy.h"

namespace privity {
namespace {

Status CheckText(const DetectorFile& file, const PackPlaces& places) {
  const TextRule& rule = *file.text;
  const bool by_pattern = rule.shape == TextShape::kNumber || rule.shape == TextShape::kToken;
  if (by_pattern && rule.patterns.empty()) {
    return places.Invalid("/text", "a detector of this shape needs `patterns`");
  }
  if (!by_pattern && !rule.patterns.empty()) {
    return places.Invalid("/text/patterns", "`patterns` belong to the shapes `number` and `token`");
  }
  if ((rule.shape == TextShape::kWord) == rule.words.empty()) {
    return places.Invalid("/text", "`words` and the shape `word` belong together");
  }
  if (rule.beside_people != BesidePeople::kNo && (rule.shape != TextShape::kWord || !rule.context_needed)) {
    return places.Invalid("/text/beside_people", "it belongs to the shape `word` with `context_needed`");
  }
  if (rule.context_needed && rule.context.empty()) {
    return places.Invalid("/text/context_needed", "without `context` words nothing would ever be reported");
  }
  if (rule.shape != TextShape::kBuiltin && file.examples.empty()) {
    return places.Invalid("/text", "`examples` must show at least one text in which it finds something");
  }
  return Ok();
}

Status CheckDetector(const DetectorFile& file, const PackPlaces& places) {
  if (!file.text && !file.fields && !file.values) {
    return places.Invalid("", "it has neither `text` nor `fields` nor `values`, so it finds nothing");
  }
  if (file.category != kNoCategory && !IsPersonal(file.category)) {
    return places.Invalid("/category", "a category is a Fideslang key below `user`, or `none`");
  }
  if (file.fields && file.fields->names.empty() && file.fields->names_beside_people.empty()) {
    return places.Invalid("/fields", "`names` or `names_beside_people` must hold at least one name");
  }
  if (file.text) return CheckText(file, places);
  return Ok();
}

}  // namespace

PackKind DetectorKind() {
  return MakePackKind<DetectorFile>("detector", CheckDetector);
}

PackKind NamingKind() {
  return MakePackKind<NamingFile>("naming");
}

PackKind IdentifierWordsKind() {
  return MakePackKind<IdentifierWordsFile>("words");
}

PackKind GazetteerKind() {
  return MakePackKind<GazetteerFile>("gazetteer");
}

PackKind VocabularyKind() {
  return MakePackKind<VocabularyFile>("vocabulary");
}

PackKind TaxonomyKind() {
  return MakePackKind<TaxonomyFile>("taxonomy");
}

}  // namespace privity
