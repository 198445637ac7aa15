// How good finds are beside labelled ones: precision, recall, F1 and F2 for each entity, by exact and by overlapping
// spans.
//
// Both sides are JSON lines {"id", "spans": [{"start", "end", "entity"}]}, as `privity detect text` writes them; `type`
// stands in for `entity`. Lines are matched by their id; a text without labels counts as one in which nothing may be
// found.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

struct EntityScore {
  std::string entity;  // "any" for all, whatever their names
  std::int64_t labelled = 0;
  std::int64_t found = 0;
  std::int64_t exact = 0;             // same start, end and entity
  std::int64_t overlap_recalled = 0;  // labelled ones that a find of the entity touches
  std::int64_t overlap_right = 0;     // finds that touch a labelled one of the entity
  double exact_f1 = 0;
  double overlap_precision = 0;
  double overlap_recall = 0;
  double overlap_f1 = 0;
  double overlap_f2 = 0;  // recall counts four times
};
PRIVITY_DESCRIBE(EntityScore, (entity, labelled, found, exact, overlap_recalled, overlap_right, exact_f1,
                               overlap_precision, overlap_recall, overlap_f1, overlap_f2))

struct Evaluation {
  std::int64_t texts = 0;
  std::int64_t impersonal_texts = 0;      // without labels
  std::int64_t impersonal_texts_hit = 0;  // in which something was found all the same
  std::vector<EntityScore> scores;        // "any" first, then by name
};
PRIVITY_DESCRIBE(Evaluation, (texts, impersonal_texts, impersonal_texts_hit, scores))

// detect.line_not_json{line, problem} for the first line of either that cannot be read.
Result<Evaluation> EvaluateSpans(std::istream& labelled, std::istream& found);

}  // namespace privity
