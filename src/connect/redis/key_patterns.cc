#include "connect/redis/key_patterns.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace privity::connect_internal {
namespace {

constexpr char kDivider = ':';
constexpr std::string_view kAny = "*";
// So many different parts at one place, each in so few keys, are values and not names.
constexpr std::size_t kNamesMax = 16;
constexpr std::size_t kKeysOfValueMax = 4;
constexpr std::size_t kHexDigitsMin = 8;
constexpr std::size_t kExamplesMax = 20;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
}

bool IsIdentifier(std::string_view part) {
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(part, IsDigit));
  const bool is_hex = part.size() >= kHexDigitsMin && digits > 0 && std::ranges::all_of(part, IsHex);
  return part == kAny || 2 * digits > part.size() || is_hex || part.find('@') != std::string_view::npos;
}

// Takes the first part off the front of `rest`; `is_last` when it was all.
std::string_view TakePart(std::string_view& rest, bool& is_last) {
  const std::size_t end = rest.find(kDivider);
  is_last = end == std::string_view::npos;
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(is_last ? rest.size() : end + 1);
  return part;
}

// The keys that begin alike, by what comes next.
struct Node {
  std::map<std::string, Node, std::less<>> next;
  std::size_t keys = 0;
  std::vector<std::string_view> examples;  // of the keys that end here

  void Add(std::string_view rest, std::string_view key) {
    ++keys;
    bool is_last = false;
    Node& node = next[std::string(TakePart(rest, is_last))];
    if (!is_last) return node.Add(rest, key);
    ++node.keys;
    if (node.examples.size() < kExamplesMax) node.examples.push_back(key);
  }
  void Merge(Node&& other) {
    keys += other.keys;
    for (const std::string_view key : other.examples) {
      if (examples.size() < kExamplesMax) examples.push_back(key);
    }
    for (auto& [part, node] : other.next) next[part].Merge(std::move(node));
  }
  void CollectPatterns(const std::string& prefix, std::vector<KeyPattern>& patterns) {
    if (HasValues()) {
      Node any;
      for (auto& [part, node] : next) any.Merge(std::move(node));
      next.clear();
      next.emplace(kAny, std::move(any));
    }
    for (auto& [part, node] : next) {
      if (!node.examples.empty()) patterns.push_back({prefix + part, node.examples});
      node.CollectPatterns(prefix + part + kDivider, patterns);
    }
  }

 private:
  bool HasValues() const {
    const bool has_identifier = std::ranges::any_of(next, [](const auto& child) { return IsIdentifier(child.first); });
    return has_identifier || (next.size() > kNamesMax && keys < kKeysOfValueMax * next.size());
  }
};

}  // namespace

std::vector<KeyPattern> KeyPatterns(std::span<const std::string> keys) {
  Node root;
  for (const std::string& key : keys) {
    if (IsUtf8(key)) root.Add(key, key);
  }
  std::vector<KeyPattern> patterns;
  root.CollectPatterns("", patterns);
  std::ranges::sort(patterns, {}, &KeyPattern::pattern);
  return patterns;
}

bool MatchesKeyPattern(std::string_view pattern, std::string_view key) {
  while (true) {
    bool pattern_ends = false;
    bool key_ends = false;
    const std::string_view wanted = TakePart(pattern, pattern_ends);
    const std::string_view part = TakePart(key, key_ends);
    if (pattern_ends != key_ends || (wanted != kAny && wanted != part)) return false;
    if (pattern_ends) return true;
  }
}

std::string KeyGlob(std::string_view pattern) {
  std::string glob;
  bool is_last = false;
  while (!is_last) {
    const std::string_view part = TakePart(pattern, is_last);
    if (part == kAny) {
      glob += kAny;
    } else {
      for (const char c : part) {
        if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == '^') glob += '\\';
        glob += c;
      }
    }
    if (!is_last) glob += kDivider;
  }
  return glob;
}

}  // namespace privity::connect_internal
