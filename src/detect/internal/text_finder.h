// What all finders find in a text, each span once.
#pragma once

#include <vector>

#include "detect/internal/company_numbers.h"
#include "detect/internal/east_asian_rules.h"
#include "detect/internal/label_rules.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

class TextFinder {
 public:
  // Borrows them all.
  TextFinder(const TextRules& text, const ShapeRules& shapes, const LabelRules& labels, const NameRules& names,
             const EastAsianRules& east_asian, const CompanyNumbers& company_numbers)
      : text_(&text),
        shapes_(&shapes),
        labels_(&labels),
        names_(&names),
        east_asian_(&east_asian),
        company_numbers_(&company_numbers) {}

  // `finds` is filled anew: ascending, none overlaps another. The labels in sentences are added to the scan.
  void FindAll(Scan& scan, std::vector<Find>& finds) const;

 private:
  const TextRules* text_;
  const ShapeRules* shapes_;
  const LabelRules* labels_;
  const NameRules* names_;
  const EastAsianRules* east_asian_;
  const CompanyNumbers* company_numbers_;
};

}  // namespace privity::detect
