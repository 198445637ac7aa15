// A text that somebody of the company wrote, in the form of the catalogs: ICU MessageFormat.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "words/catalog.h"

namespace privity {

// Filled as the catalogs fill theirs. words.pattern_invalid{problem}.
Result<std::string> FillPattern(std::string_view language, const std::string& pattern,
                                std::span<const WordsParameter> parameters);

}  // namespace privity
