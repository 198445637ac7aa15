// Keys of a key-value store as collections: "user:17" and "user:18" are records of "user:*".
//
// Keys are divided at colons, as people write them. A part stands for itself, or for any part ("*") where the keys that
// were seen show it to be an identifier: mostly digits, a long hexadecimal number, an address, or one of many parts
// that each stand in a few keys only. Patterns do not overlap: at one place all parts stand for themselves or none
// does.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace privity::connect_internal {

struct KeyPattern {
  std::string pattern;
  std::vector<std::string_view> examples;  // a few of the keys that it was made from
};

// Sorted, without repetition. Keys that are not UTF-8 are passed over. Examples borrow from `keys`.
std::vector<KeyPattern> KeyPatterns(std::span<const std::string> keys);

bool MatchesKeyPattern(std::string_view pattern, std::string_view key);

// For SCAN ... MATCH: finds at least the keys that match.
std::string KeyGlob(std::string_view pattern);

}  // namespace privity::connect_internal
