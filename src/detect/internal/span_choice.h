// From overlapping finds in bytes to spans in code points.
#pragma once

#include <string_view>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

// Of finds that overlap, the one with the better evidence stays; of equal ones the longer. They ascend then.
void ChooseFinds(std::string_view text, std::vector<Find>& finds);
// Of finds that ascend.
std::vector<TextSpan> SpansOf(std::string_view text, const std::vector<Find>& finds);

}  // namespace privity::detect
