#include "detect/detector.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "base/clock.h"
#include "detect/internal/column_rules.h"
#include "detect/internal/company_numbers.h"
#include "detect/internal/east_asian_rules.h"
#include "detect/internal/field_rules.h"
#include "detect/internal/label_rules.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/span_choice.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/value_rules.h"
#include "detect/internal/vocabulary.h"

namespace privity {

struct Detector::Parts {
  Parts(std::vector<std::shared_ptr<const DetectorFile>> all, const NamingFile& naming,
        const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages, const GazetteerFile& gazetteer,
        detect::Vocabulary vocabulary, detect::TextRules rules, detect::ValueRules vocabularies, Date day)
      : files(std::move(all)),
        words(std::move(vocabulary)),
        fields(naming, languages, files, detect::FieldModel::BuiltIn()),
        text(std::move(rules)),
        shapes(files, gazetteer, words),
        labels(fields, text, files, languages, gazetteer, words),
        names(gazetteer, words, detect::NameModel::BuiltIn(), detect::NameDoubt::BuiltIn(), files),
        east_asian(detect::NameModel::BuiltIn(), files),
        company_numbers(gazetteer),
        values(std::move(vocabularies)),
        columns(fields, text, shapes, names, values, words.companies, files, day.year()) {}

  std::vector<std::shared_ptr<const DetectorFile>> files;
  detect::Vocabulary words;
  detect::FieldRules fields;
  detect::TextRules text;
  detect::ShapeRules shapes;
  detect::LabelRules labels;
  detect::NameRules names;
  detect::EastAsianRules east_asian;
  detect::CompanyNumbers company_numbers;
  detect::ValueRules values;
  detect::ColumnRules columns;
};

Detector::Detector(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
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
  PRIVITY_TRY(const Taxonomy taxonomy, Taxonomy::Load(catalog, day));
  PRIVITY_TRY(const auto naming, catalog.Get<NamingFile>("naming", "column-names", day));
  PRIVITY_TRY(const auto gazetteer, catalog.Get<GazetteerFile>("gazetteer", "names", day));
  std::vector<std::shared_ptr<const DetectorFile>> files;
  for (const std::string& id : catalog.Ids("detector")) {
    PRIVITY_TRY(auto file, catalog.Get<DetectorFile>("detector", id, day));
    if (file->category != kNoCategory && !taxonomy.IsCategory(file->category)) {
      return Error("detect.category_unknown", {{"detector", id}, {"category", file->category}});
    }
    files.push_back(std::move(file));
  }
  std::vector<std::shared_ptr<const IdentifierWordsFile>> languages;
  for (const std::string& id : catalog.Ids("words")) {
    PRIVITY_TRY(auto file, catalog.Get<IdentifierWordsFile>("words", id, day));
    languages.push_back(std::move(file));
  }
  PRIVITY_TRY(detect::Vocabulary words, detect::ReadVocabulary(catalog, day));
  PRIVITY_TRY(detect::TextRules text, detect::TextRules::Build(files, *gazetteer));
  PRIVITY_TRY(detect::ValueRules values, detect::ValueRules::Build(files));
  auto parts = std::make_unique<const Parts>(std::move(files), *naming, languages, *gazetteer, std::move(words),
                                             std::move(text), std::move(values), day);
  return std::shared_ptr<const Detector>(new Detector(std::move(parts)));
}

namespace {

constexpr double kPhoneByGroups = 0.8;  // and without a word, at most
constexpr double kPhoneByWord = 0.6;    // and less by its groups alone

// "TFN: 999 999 999": grouped like a telephone's, and named as something else.
void DropNumbersNamedOtherwise(const detect::TextRules& text, const detect::Scan& scan, std::size_t from,
                               std::vector<detect::Find>& finds) {
  const auto named_otherwise = [&](const detect::Find& find) {
    if (find.detector->entity != Entity::kPhone || find.score >= kPhoneByGroups) return false;
    if (find.score < kPhoneByWord) return text.NamesNumber(scan, find);
    return text.IsOfThing(scan, find) || text.FailsFormatBefore(scan, find);
  };
  finds.erase(std::remove_if(finds.begin() + static_cast<std::ptrdiff_t>(from), finds.end(), named_otherwise),
              finds.end());
}

// "Identificação fiscal: 501964843": what a label says counts for more than groups that a telephone's could have too.
void DropPhonesLabelledOtherwise(std::size_t from_labels, std::vector<detect::Find>& finds) {
  std::vector<std::uint32_t> labelled;
  for (std::size_t i = from_labels; i < finds.size(); ++i) {
    if (finds[i].detector->entity != Entity::kPhone) labelled.push_back(finds[i].begin);
  }
  if (labelled.empty()) return;
  std::ranges::sort(labelled);
  std::erase_if(finds, [&](const detect::Find& find) {
    return find.detector->entity == Entity::kPhone && find.score <= kPhoneByWord &&
           std::ranges::binary_search(labelled, find.begin);
  });
}

// "I'm a nurse", "I was twelve": where nothing else says who, these are nobody's.
void DropWhatIsNobodys(std::vector<detect::Find>& finds) {
  const auto says_not_who = [](const detect::Find& find) {
    const Entity entity = find.detector->entity;
    return (entity == Entity::kJobTitle && find.score <= detect::JobRules::kInSentence) ||
           ((entity == Entity::kAge || entity == Entity::kDemographic) && find.score <= detect::PeopleRules::kSaidAge);
  };
  if (std::ranges::all_of(finds, says_not_who)) finds.clear();
}

}  // namespace

std::vector<TextSpan> Detector::Text(std::string_view text, std::string_view) const {
  constexpr std::size_t kTokensKept = 1 << 14;
  // Their memory serves the next text, but for that of a large one.
  static thread_local detect::Scan scan;
  static thread_local std::vector<detect::Find> finds;
  detect::ScanText(text, scan);
  parts_->labels.ReadLabelsInSentences(scan);
  finds.clear();
  parts_->text.FindAll(scan, finds);
  const std::size_t by_rules = finds.size();
  parts_->shapes.FindAll(scan, finds);
  DropNumbersNamedOtherwise(parts_->text, scan, by_rules, finds);
  const std::size_t by_form = finds.size();
  parts_->labels.FindAll(scan, finds);
  DropPhonesLabelledOtherwise(by_form, finds);
  parts_->names.FindAll(scan, finds);
  parts_->east_asian.FindAll(scan, finds);
  DropWhatIsNobodys(finds);
  detect::SettleBesidePeople(text, finds);
  parts_->company_numbers.Drop(text, finds);
  std::vector<TextSpan> spans = detect::ChooseSpans(text, finds);
  if (scan.tokens.capacity() > kTokensKept) {
    scan = {};
    finds = {};
  }
  return spans;
}

std::vector<ExplainedSpan> Detector::Explain(std::string_view text) const {
  detect::Scan scan;
  detect::ScanText(text, scan);
  parts_->labels.ReadLabelsInSentences(scan);
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
