// Judges a column by its distinct sampled values, together with what its name already said.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/field_rules.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

class ColumnRules {
 public:
  // Borrows all of them.
  ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes, const NameRules& names,
              const std::vector<std::shared_ptr<const DetectorFile>>& files);

  ColumnJudgement Judge(const ColumnContext& context) const;

 private:
  struct Sample;

  Sample Read(const std::vector<std::string>& values) const;
  static void ReadForm(std::string_view value, Sample& sample);
  std::pair<const DetectorFile*, std::string_view> WhollyOfAForm(const Sample& sample) const;
  void ReadValue(std::string_view value, Sample& sample) const;
  void JudgeProse(const std::vector<std::string>& values, ColumnJudgement& judged) const;
  std::vector<TextSpan> SpansOf(std::string_view text) const;
  void JudgeByValues(const Sample& sample, const ColumnContext& context, const CollectionView& collection,
                     ColumnJudgement& judged) const;
  bool AreBirthDates(const Sample& sample) const;
  const DetectorFile* File(std::string_view id) const;

  const FieldRules& fields_;
  const TextRules& text_;
  const ShapeRules& shapes_;
  const NameRules& names_;
  const std::vector<std::shared_ptr<const DetectorFile>>& files_;
  const DetectorFile* phone_;
  const DetectorFile* birth_date_;
  const DetectorFile* postal_code_;
  const DetectorFile* street_;
  const DetectorFile* city_;
  const DetectorFile* gender_;
};

}  // namespace privity::detect
