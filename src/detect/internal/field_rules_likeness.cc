// What fields that are called so hold elsewhere, by the model: its signs, and what its odds make of the rules'
// judgement.
#include "detect/internal/field_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "detect/internal/field_reading.h"
#include "detect/internal/field_words.h"

namespace privity::detect {
namespace {

// Odds from which a field is somebody's, as logarithms, where the rules say so too and where they do not; and those
// against the rules' detector from which another is taken. Set by the means of the committed halves at which nobody
// looks (docs/accuracy.md).
constexpr double kOddsWithRules = 0.1, kOddsAgainstRules = 0.5, kOddsOfAnother = 0.5;
// What is added where people sign in: there a field that is missed costs more than one that is looked at in vain. And
// in systems that run others, of which the model believes too little when nobody has labelled them.
constexpr double kOddsWhereTheySignIn = 1.4, kOddsAmongThings = 0.2;

double OddsFor(SystemView::About about) {
  switch (about) {
    case SystemView::About::kSigningIn:
      return kOddsWhereTheySignIn;
    case SystemView::About::kThings:
      return kOddsAmongThings;
    case SystemView::About::kPeople:
    case SystemView::About::kUnknown:
      break;
  }
  return 0;
}

double ShareOf(double odds) {
  return 1 / (1 + std::exp(-odds));
}

// An evidence as a number, for the model.
std::uint32_t ReasonOf(const Evidence& part) {
  constexpr double kSteps = 20;
  return static_cast<std::uint32_t>(part.kind) * 256 +
         static_cast<std::uint32_t>(128 + std::lround(part.weight * kSteps));
}

SystemView::About AboutOf(const CollectionView& view) {
  return view.system == nullptr ? SystemView::About::kUnknown : view.system->about();
}

}  // namespace

std::vector<std::uint32_t> FieldRules::SignsOf(const FieldContext& context, const CollectionView& collection) const {
  const Reading reading = Read(context, collection);
  return SignsOf(context, reading, JudgeByCues(reading));
}

std::vector<std::uint32_t> FieldRules::SignsOf(const FieldContext& context, const Reading& reading,
                                               const ColumnJudgement& found) const {
  std::string_view written = WithoutPrefix(context.field, reading.collection->prefix);
  if (const auto dot = written.rfind('.'); dot != written.npos) written.remove_prefix(dot + 1);
  const std::span<const std::string> words = reading.words;
  const std::vector<std::string> tokens = IdentifierWords::Tokens(written);
  std::vector<std::uint32_t> signs, kinds;
  for (const std::string& word : words.subspan(reading.own)) kinds.push_back(KindOf(word));
  const CollectionSight collection = SightOf(*reading.collection);
  // It has learned from fields whose types nobody told.
  std::vector<std::uint32_t> reasons;
  double strength = 0;
  for (const Evidence& part : found.evidence) {
    if (part.kind == EvidenceKind::kDeclaredType) continue;
    reasons.push_back(ReasonOf(part));
    strength += part.weight;
  }
  ReadFieldSigns({.tokens = tokens,
                  .words = words.subspan(reading.own),
                  .kinds = kinds,
                  .around = words.subspan(reading.inside, reading.own - reading.inside),
                  .collection = &collection,
                  .cue = found.detector,
                  .strength = static_cast<std::uint32_t>(std::lround(std::clamp(strength, 0.0, kNameOnlyMax) * 10)),
                  .reasons = reasons,
                  .reference = reading.reference.sign(),
                  .about = static_cast<std::uint32_t>(AboutOf(*reading.collection))},
                 signs);
  return signs;
}

// What fields that are called so hold elsewhere decides: what the rules found is among the signs of it.
void FieldRules::WeighLikeness(const FieldContext& context, const Reading& reading, ColumnJudgement& best) const {
  // It has learned from fields among others, and from names: what a foreign key says of one it does not know better.
  if (!reading.collection->whole || SaysNoName(context.field)) return;
  if (reading.reference.declared && reading.reference.to_people()) return;
  const std::vector<std::uint32_t> signs = SignsOf(context, reading, best);
  const FieldModel::Likeness likeness = model_->ReadField(signs, reading.collection->likeness);
  const double odds = likeness.odds;
  const double odds_min = best.confidence < kPersonal ? kOddsAgainstRules : kOddsWithRules;
  double confidence = ShareOf(odds - odds_min + OddsFor(AboutOf(*reading.collection)));
  for (const Evidence& part : best.evidence) {
    if (part.kind == EvidenceKind::kDeclaredType) confidence += part.weight;
  }
  confidence = std::clamp(confidence, 0.0, kNameOnlyMax);
  if (confidence < kPersonal && best.evidence.empty()) {
    best.confidence = confidence;
    return;
  }
  if (confidence >= kPersonal) {
    const DetectorFile* likeliest = Likeliest(signs, likeness, best.detector);
    if (likeliest != nullptr && IsKeyOfSomebody(reading, reading.words.size(), *likeliest)) likeliest = unique_id_;
    if (likeliest == nullptr || (reading.type && !Accepts(*likeliest, *reading.type))) return;
    best.category = likeliest->category;
    best.detector = likeliest->pack.id;
  }
  char share[16];
  std::snprintf(share, sizeof share, "%.2f", ShareOf(odds));
  best.evidence.push_back({EvidenceKind::kSimilarNames, share, confidence - best.confidence});
  best.confidence = confidence;
}

// The detector that the model takes for the likeliest; the rules' own unless another is far likelier.
const DetectorFile* FieldRules::Likeliest(std::span<const std::uint32_t> signs, const FieldModel::Likeness& likeness,
                                          std::string_view found) const {
  const std::vector<float> odds = model_->OddsOfDetectors(signs, likeness);
  const auto place_of = [](auto first, auto at) { return static_cast<std::size_t>(at - first); };
  std::size_t likeliest = place_of(odds.begin(), std::ranges::max_element(odds));
  const std::size_t own = place_of(model_->detectors().begin(), std::ranges::find(model_->detectors(), found));
  if (own < odds.size() && odds[likeliest] - odds[own] < kOddsOfAnother) likeliest = own;
  return likeliest_[likeliest];
}

}  // namespace privity::detect
