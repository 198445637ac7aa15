// Judges anew what the finders found in a text in Spanish: which words are whose name, age, trade or number, seen
// together with what the finders take them for and how sure they are. It drops finds, adds some, and sets borders.
//
// A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) stacked upon the finders (Wolpert,
// 1992): what they found is one sign among others, so it learns where they are right.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "detect/internal/span_model.h"
#include "detect/internal/span_signs.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

class SpanJudge {
 public:
  // Borrows the models and the rules. `own` are the detectors that a company has installed: what they find stays.
  SpanJudge(const SpanModel& model, const NameModel& names, const TextRules& text,
            const std::vector<std::shared_ptr<const DetectorFile>>& files, std::vector<const DetectorFile*> own);

  // `finds` ascend, and none overlaps another; so they do afterwards.
  void Judge(const Scan& scan, std::vector<Find>& finds) const;

  using Row = std::array<float, kSpanLanes>;  // a score for each tag of a word

 private:
  // The tokens [first, end) of a text.
  struct Part {
    std::size_t first = 0, end = 0;
  };

  void Score(const std::vector<std::uint32_t>& signs, std::vector<Row>& scores) const;
  bool IsBound(const Find& find) const;
  void Bind(const Scan& scan, std::size_t first, const std::vector<Find>& finds, std::vector<Row>& scores) const;
  void Decode(std::vector<Row>& scores, std::vector<std::uint8_t>& tags) const;
  void AddBestWays(const Row& before, Row& row) const;
  void JudgePart(const Scan& scan, const Part& part, const std::vector<std::uint16_t>& lists,
                 const std::vector<Find>& finds, std::vector<Find>& judged) const;
  void Put(const Scan& scan, const Part& words, Entity entity, const std::vector<Find>& finds,
           std::vector<Find>& judged) const;

  const SpanModel* model_;
  const NameModel* names_;
  const TextRules* text_;
  std::vector<const DetectorFile*> own_;
  float reach_ = 0;  // how far apart steps to tags that anything may come before are
  std::array<const DetectorFile*, kSpanEntities> files_{};  // of what no finder found
};

}  // namespace privity::detect
