// What the rules of names, of companies and of streets share.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/internal/token_scan.h"

namespace privity::detect {

inline constexpr std::size_t kNameWordsMax = 5;
inline constexpr double kStreet = 0.75;
inline constexpr double kAddressed = 0.6;  // of what stands behind a form of address, a relative or a street

// "van", "de la": words inside names, in small letters.
inline constexpr std::array<std::string_view, 21> kParticles = {"van", "von", "de",  "der", "den", "la", "le",
                                                                "di",  "da",  "del", "dos", "das", "du", "bin",
                                                                "al",  "el",  "ter", "ten", "zu",  "af", "y"};
bool IsParticle(const Token& token);
// Words inside names of companies: "Dog and Partridge".
inline constexpr std::array<std::string_view, 13> kInsideCompanies = {"and", "und", "et", "y",  "e",  "i", "en",
                                                                      "og",  "och", "ja", "es", "ve", "of"};

// "street", "ltd": a word in small letters.
inline bool IsSmallWord(const Token& token) {
  return token.word() && !token.has_upper && token.size() > 1;
}
// No name of a company or of a street begins with these: "the", "our", "type", "contact".
bool IsNoName(const Token& token);

}  // namespace privity::detect
