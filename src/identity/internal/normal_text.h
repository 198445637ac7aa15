// Unicode forms in which texts that people type are compared. ICU stands behind them. Pure functions; the texts are
// valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace privity {

// Normalization Form KC (Unicode Standard Annex 15): the form of passwords, NIST SP 800-63B-4 section 3.1.1.2.
std::string Nfkc(std::string_view text);

// NFKC_Casefold (Unicode Standard section 3.13) without white space at the ends: two spellings of a name that this maps
// to one text are one name. Everything that counts or looks up by name uses it, so that a variant of a name finds the
// same account and the same counter, or neither.
std::string FoldName(std::string_view text);

}  // namespace privity
