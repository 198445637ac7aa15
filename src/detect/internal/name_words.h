// What the rules of names, of companies and of streets share.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/internal/token_scan.h"

namespace privity::detect {

inline constexpr std::size_t kNameWordsMax = 5;
inline constexpr double kStreet = 0.75;

// "van", "de la": words inside names.
bool IsParticle(std::string_view word);
bool IsSmallWord(const Token& token);
// No name of a company or of a street begins with these: "the", "our", "type", "contact".
bool IsNoName(const Token& token);

}  // namespace privity::detect
