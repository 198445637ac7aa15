#include "detect/evaluation.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "detect/internal/line_reader.h"

namespace privity {
namespace {

constexpr std::size_t kLineBytesMax = 64 << 20;
constexpr std::string_view kAny = "any";

struct Span {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string entity;
};
using Labels = std::map<std::string, std::vector<Span>>;

Result<Labels> ReadLabels(std::istream& in) {
  Labels labels;
  detect::LineReader reader(in, kLineBytesMax);
  for (std::string line; reader.Next(line);) {
    if (line.empty()) continue;
    const auto json = ParseJson(line, {.size_bytes_max = kLineBytesMax});
    if (!json.ok()) {
      return Error("detect.line_not_json",
                   {{"line", std::to_string(reader.number())}, {"problem", json.error().code()}});
    }
    std::vector<Span>& spans = labels[ToJson((*json)["id"])];
    const Json::Items* items = (*json)["spans"].items();
    for (const Json& item : items == nullptr ? Json::Items() : *items) {
      spans.push_back({.start = item["start"].IntegerOr(0),
                       .end = item["end"].IntegerOr(0),
                       .entity = item["entity"].StringOr(item["type"].StringOr(kAny))});
    }
  }
  return labels;
}

bool Touches(const Span& a, const std::vector<Span>& others, bool same_entity) {
  return std::any_of(others.begin(), others.end(), [&](const Span& b) {
    return a.start < b.end && b.start < a.end && (!same_entity || a.entity == b.entity);
  });
}

bool IsExact(const Span& a, const std::vector<Span>& others, bool same_entity) {
  return std::any_of(others.begin(), others.end(), [&](const Span& b) {
    return a.start == b.start && a.end == b.end && (!same_entity || a.entity == b.entity);
  });
}

double Share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// van Rijsbergen's F: recall counts `beta` squared times.
double FScore(double precision, double recall, double beta) {
  const double weight = beta * beta;
  const double below = weight * precision + recall;
  return below == 0 ? 0 : (1 + weight) * precision * recall / below;
}

class Counter {
 public:
  void Add(const std::vector<Span>& labelled, const std::vector<Span>& found) {
    for (const Span& span : labelled) {
      Count(span, [&](EntityScore& score, bool same) {
        ++score.labelled;
        score.overlap_recalled += Touches(span, found, same);
      });
    }
    for (const Span& span : found) {
      Count(span, [&](EntityScore& score, bool same) {
        ++score.found;
        score.exact += IsExact(span, labelled, same);
        score.overlap_right += Touches(span, labelled, same);
      });
    }
  }

  std::vector<EntityScore> Scores() const {
    std::vector<EntityScore> scores;
    for (const auto& [entity, counted] : scores_) {
      EntityScore score = counted;
      score.entity = entity;
      score.exact_f1 = FScore(Share(score.exact, score.found), Share(score.exact, score.labelled), 1);
      score.overlap_precision = Share(score.overlap_right, score.found);
      score.overlap_recall = Share(score.overlap_recalled, score.labelled);
      score.overlap_f1 = FScore(score.overlap_precision, score.overlap_recall, 1);
      score.overlap_f2 = FScore(score.overlap_precision, score.overlap_recall, 2);
      scores.insert(entity == kAny ? scores.begin() : scores.end(), std::move(score));
    }
    return scores;
  }

 private:
  template <class Change>
  void Count(const Span& span, Change change) {
    change(scores_[std::string(kAny)], false);
    if (span.entity != kAny) change(scores_[span.entity], true);
  }
  std::map<std::string, EntityScore> scores_;
};

}  // namespace

Result<Evaluation> EvaluateSpans(std::istream& labelled, std::istream& found) {
  PRIVITY_TRY(const Labels gold, ReadLabels(labelled));
  PRIVITY_TRY(const Labels finds, ReadLabels(found));
  Evaluation evaluation;
  Counter counter;
  static const std::vector<Span> kNothing;
  for (const auto& [id, spans] : gold) {
    const auto at = finds.find(id);
    const std::vector<Span>& here = at == finds.end() ? kNothing : at->second;
    ++evaluation.texts;
    evaluation.impersonal_texts += spans.empty();
    evaluation.impersonal_texts_hit += spans.empty() && !here.empty();
    counter.Add(spans, here);
  }
  evaluation.scores = counter.Scores();
  return evaluation;
}

}  // namespace privity
