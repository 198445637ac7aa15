#include "detect/detector_trial.h"

#include <algorithm>

namespace privity {
namespace {

// "collection.field type", as examples in detector files are written.
FieldContext ReadFieldExample(const std::string& example) {
  const auto dot = example.find('.');
  const auto space = std::min(example.find(' '), example.size());
  return {.collection = example.substr(0, dot),
          .field = example.substr(dot + 1, space - dot - 1),
          .declared_type = space == example.size() ? "" : example.substr(space + 1)};
}

}  // namespace

Result<std::shared_ptr<const Detector>> DetectorWith(std::vector<PackFile> files) {
  if (files.empty()) return Detector::BuiltIn();
  std::vector<PackFile> all = BuiltInDetectorFiles();
  std::move(files.begin(), files.end(), std::back_inserter(all));
  PRIVITY_TRY(const PackCatalog catalog, PackCatalog::Load(DetectorPackKinds(), all));
  return Detector::Create(catalog, DetectorToday());
}

std::vector<TrialMiss> TryExamples(const Detector& detector, const DetectorFile& file) {
  std::vector<TrialMiss> misses;
  const auto try_texts = [&](const std::vector<std::string>& texts, ExampleKind kind) {
    for (const std::string& text : texts) {
      std::string found;
      bool hit = false;
      for (const TextSpan& span : detector.Text(text)) {
        hit |= span.detector == file.pack.id;
        found += (found.empty() ? "" : ", ") + span.detector;
      }
      if (hit != (kind == ExampleKind::kExample)) misses.push_back({file.pack.id, kind, text, found});
    }
  };
  const auto try_fields = [&](const std::vector<std::string>& fields, ExampleKind kind) {
    for (const std::string& field : fields) {
      const std::string category = detector.Field(ReadFieldExample(field)).category;
      if ((category == file.category) != (kind == ExampleKind::kFieldExample))
        misses.push_back({file.pack.id, kind, field, category});
    }
  };
  try_texts(file.examples, ExampleKind::kExample);
  try_texts(file.counter_examples, ExampleKind::kCounterExample);
  if (!file.fields) return misses;
  try_fields(file.fields->examples, ExampleKind::kFieldExample);
  try_fields(file.fields->counter_examples, ExampleKind::kFieldCounterExample);
  return misses;
}

}  // namespace privity
