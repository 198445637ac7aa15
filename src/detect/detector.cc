#include "detect/detector.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "base/clock.h"
#include "detect/internal/detector_parts.h"
#include "detect/internal/letters.h"
#include "detect/internal/span_choice.h"

namespace privity {

Detector::Detector(std::unique_ptr<const detect::DetectorParts> parts) : parts_(std::move(parts)) {}
Detector::~Detector() = default;

std::vector<PackKind> DetectorPackKinds() {
  return {DetectorKind(), NamingKind(), IdentifierWordsKind(), GazetteerKind(), VocabularyKind(), TaxonomyKind()};
}

std::vector<PackFile> BuiltInDetectorFiles() {
  std::vector<PackFile> files = BuiltInPackFiles("detectors/");
  for (PackFile& file : BuiltInPackFiles("taxonomy/")) files.push_back(std::move(file));
  return files;
}

Date DetectorToday() {
  return Date(std::chrono::floor<std::chrono::days>(SystemClock().Now()));
}

Result<std::shared_ptr<const Detector>> Detector::BuiltIn() {
  // Never taken down: that would take a tenth of the time of a program that judges one line.
  static const auto& detector = *new auto([]() -> Result<std::shared_ptr<const Detector>> {
    PRIVITY_TRY(const PackCatalog catalog, PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()));
    return Create(catalog, DetectorToday());
  }());
  return detector;
}

Result<std::shared_ptr<const Detector>> Detector::Create(const PackCatalog& catalog, Date day) {
  PRIVITY_TRY(auto parts, detect::DetectorParts::Make(catalog, day));
  return std::shared_ptr<const Detector>(new Detector(std::move(parts)));
}

std::vector<TextSpan> Detector::Text(std::string_view text, std::string_view) const {
  constexpr std::size_t kTokensKept = 1 << 14;
  // Their memory serves the next text, but for that of a large one.
  static thread_local detect::Scan scan;
  static thread_local std::vector<detect::Find> finds;
  detect::ScanText(text, scan);
  parts_->FindAll(scan, finds);
  std::vector<TextSpan> spans = detect::SpansOf(text, finds);
  if (scan.tokens.capacity() > kTokensKept) {
    scan = {};
    finds = {};
  }
  return spans;
}

std::vector<ExplainedSpan> Detector::Explain(std::string_view text) const {
  detect::Scan scan;
  std::vector<detect::Find> by_rules;
  detect::ScanText(text, scan);
  parts_->finder.FindAll(scan, by_rules);
  std::vector<ExplainedSpan> explained;
  std::size_t byte = 0;
  std::int64_t point = 0;
  const auto byte_of = [&](std::int64_t wanted) {
    for (; point < wanted; ++point) byte += detect::ReadCodePoint(text, byte).bytes;
    return static_cast<std::uint32_t>(byte);
  };
  for (TextSpan& span : Text(text)) {
    const auto file = std::find_if(parts_->files.begin(), parts_->files.end(),
                                   [&](const auto& known) { return known->pack.id == span.detector; });
    const std::uint32_t begin = byte_of(span.start);
    const detect::Find find{.begin = begin, .end = byte_of(span.end), .detector = file->get()};
    ExplainedSpan one{.span = std::move(span), .rule = (*file)->pack.title, .source = {}, .evidence = {}};
    if (!(*file)->pack.sources.empty()) one.source = (*file)->pack.sources.front().title;
    parts_->text.Explain(scan, find, one.evidence);
    parts_->labels.Explain(scan, find, one.evidence);
    const bool judged = std::ranges::none_of(by_rules, [&](const detect::Find& other) {
      return other.begin == find.begin && other.end == find.end && other.detector == find.detector;
    });
    if (judged) one.evidence.push_back({EvidenceKind::kSpanModel, "what such texts say around it", 0});
    if (one.evidence.empty()) one.evidence.push_back(detect::WhatIsSeen(**file));
    explained.push_back(std::move(one));
  }
  return explained;
}

ColumnJudgement Detector::Field(const FieldContext& context) const {
  return parts_->fields.Judge(context, parts_->fields.View(context, context.neighbours));
}

ColumnJudgement Detector::Column(const ColumnContext& context) const {
  return parts_->columns.Judge(context);
}

std::vector<ColumnJudgement> Detector::Columns(std::span<const ColumnContext> collection) const {
  return parts_->columns.JudgeAll(collection);
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

std::shared_ptr<const SystemView> Detector::View(const std::string& system,
                                                 std::span<const CollectionNames> collections) const {
  return std::make_shared<const SystemView>(parts_->fields.ViewSystem(system, collections));
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
