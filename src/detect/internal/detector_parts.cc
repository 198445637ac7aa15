#include "detect/internal/detector_parts.h"

namespace privity::detect {

Result<std::unique_ptr<const DetectorParts>> DetectorParts::Make(const PackCatalog& catalog, Date day) {
  PRIVITY_TRY(const Taxonomy taxonomy, Taxonomy::Load(catalog, day));
  PRIVITY_TRY(const auto naming, catalog.Get<NamingFile>("naming", "column-names", day));
  PRIVITY_TRY(const auto gazetteer, catalog.Get<GazetteerFile>("gazetteer", "names", day));
  std::vector<std::shared_ptr<const DetectorFile>> files;
  std::vector<const DetectorFile*> own;
  for (const std::string& id : catalog.Ids("detector")) {
    PRIVITY_TRY(auto file, catalog.Get<DetectorFile>("detector", id, day));
    if (file->category != kNoCategory && !taxonomy.IsCategory(file->category)) {
      return Error("detect.category_unknown", {{"detector", id}, {"category", file->category}});
    }
    PRIVITY_TRY(const Pack* pack, catalog.Find("detector", id, day));
    if (pack->installed) own.push_back(file.get());
    files.push_back(std::move(file));
  }
  std::vector<std::shared_ptr<const IdentifierWordsFile>> languages;
  for (const std::string& id : catalog.Ids("words")) {
    PRIVITY_TRY(auto file, catalog.Get<IdentifierWordsFile>("words", id, day));
    languages.push_back(std::move(file));
  }
  PRIVITY_TRY(Vocabulary words, ReadVocabulary(catalog, day));
  PRIVITY_TRY(TextRules text, TextRules::Build(files, *gazetteer));
  PRIVITY_TRY(ValueRules values, ValueRules::Build(files));
  return std::make_unique<const DetectorParts>(std::move(files), *naming, languages, *gazetteer, std::move(words),
                                               std::move(text), std::move(values), own, day);
}

void DetectorParts::FindAll(Scan& scan, std::vector<Find>& finds) const {
  finder.FindAll(scan, finds);
  if (names.IsSpanish(scan)) judge.Judge(scan, finds);
}

}  // namespace privity::detect
