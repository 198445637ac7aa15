// Passwords that many people choose, in folded form (letters only; digits and signs around them are taken off before
// the look-up). Made for Privity from words that anybody would try first; no leaked list was copied.
#pragma once

#include <string_view>

namespace privity {

bool IsCommonPassword(std::string_view folded);

}  // namespace privity
