#include "detect/detector.h"

#include <algorithm>
#include <cstdio>
#include <unordered_set>

#include "detect/internal/field_rules.h"
#include "detect/internal/letters.h"

namespace privity {

struct Detector::Parts {
  std::vector<std::shared_ptr<const DetectorFile>> files;
  detect::FieldRules fields;
};

namespace {

constexpr double kYesOrNo = -0.80;  // values that only say yes or no are not what the name promises

bool IsYesOrNo(std::string_view value) {
  static const std::unordered_set<std::string> kAnswers = {"0", "1", "true", "false", "t", "f", "yes", "no", "y", "n"};
  return kAnswers.contains(detect::Fold(value.substr(0, 8)));
}

bool TakesYesOrNo(const DetectorFile& file) {
  const auto& types = file.fields->types;
  return types.empty() || std::find(types.begin(), types.end(), ColumnType::kBoolean) != types.end();
}

}  // namespace

Detector::Detector(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Detector::~Detector() = default;

std::vector<PackKind> DetectorPackKinds() {
  return {DetectorKind(), NamingKind(), TaxonomyKind()};
}

std::vector<PackFile> BuiltInDetectorFiles() {
  std::vector<PackFile> files = BuiltInPackFiles("detectors/");
  for (PackFile& file : BuiltInPackFiles("taxonomy/")) files.push_back(std::move(file));
  return files;
}

Result<std::shared_ptr<const Detector>> Detector::BuiltIn() {
  static const auto detector = []() -> Result<std::shared_ptr<const Detector>> {
    PRIVITY_TRY(const PackCatalog catalog, PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()));
    // Built-in packs of these kinds are in force on every day.
    return Create(catalog, Date::FromYearMonthDay(2026, 1, 1).value());
  }();
  return detector;
}

Result<std::shared_ptr<const Detector>> Detector::Create(const PackCatalog& catalog, Date day) {
  PRIVITY_TRY(const Taxonomy taxonomy, Taxonomy::Load(catalog, day));
  PRIVITY_TRY(const auto naming, catalog.Get<NamingFile>("naming", "column-names", day));
  std::vector<std::shared_ptr<const DetectorFile>> files;
  for (const std::string& id : catalog.Ids("detector")) {
    PRIVITY_TRY(auto file, catalog.Get<DetectorFile>("detector", id, day));
    if (file->category != kNoCategory && !taxonomy.IsCategory(file->category)) {
      return Error("detect.category_unknown", {{"detector", id}, {"category", file->category}});
    }
    files.push_back(std::move(file));
  }
  detect::FieldRules fields(*naming, files);
  auto parts = std::make_unique<Parts>(Parts{.files = std::move(files), .fields = std::move(fields)});
  return std::shared_ptr<const Detector>(new Detector(std::move(parts)));
}

ColumnJudgement Detector::Field(const FieldContext& context) const {
  return parts_->fields.Judge(context, parts_->fields.View(context, context.neighbours));
}

ColumnJudgement Detector::Column(const ColumnContext& context) const {
  ColumnJudgement judged = Field(context.field);
  const std::unordered_set<std::string_view> distinct(context.values.begin(), context.values.end());
  judged.distinct_values = static_cast<std::int64_t>(distinct.size());
  if (!IsPersonal(judged.category) || distinct.empty() || !std::all_of(distinct.begin(), distinct.end(), IsYesOrNo)) {
    return judged;
  }
  const auto file = std::find_if(parts_->files.begin(), parts_->files.end(),
                                 [&](const auto& candidate) { return candidate->pack.id == judged.detector; });
  if (TakesYesOrNo(**file)) return judged;
  judged.evidence.push_back({EvidenceKind::kValuesContradict, "yes_or_no", kYesOrNo});
  judged.category = kNoCategory;
  judged.detector.clear();
  judged.confidence = std::min(1.0, 1 - judged.confidence - kYesOrNo);
  return judged;
}

std::vector<ColumnJudgement> Detector::Fields(std::span<const FieldContext> collection) const {
  std::vector<ColumnJudgement> judgements;
  if (collection.empty()) return judgements;
  std::vector<std::string> names;
  for (const FieldContext& field : collection) names.push_back(field.field);
  const detect::CollectionView view = parts_->fields.View(collection.front(), names);
  for (const FieldContext& field : collection) judgements.push_back(parts_->fields.Judge(field, view));
  return judgements;
}

const std::vector<std::shared_ptr<const DetectorFile>>& Detector::files() const {
  return parts_->files;
}

std::string ColumnJudgement::Reason() const {
  std::string reason;
  for (const Evidence& part : evidence) {
    char weight[16];
    std::snprintf(weight, sizeof weight, " %+.2f", part.weight);
    if (!reason.empty()) reason += "; ";
    reason += std::string(EnumText(part.kind)) + " " + part.detail + weight;
  }
  return reason.empty() ? "no cue" : reason;
}

}  // namespace privity
