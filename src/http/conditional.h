// Preconditions and ranges (RFC 9110 sections 8.8, 13.1 and 14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace privity {

struct EntityTag {
  std::string text;  // without quotes
  bool weak = false;
  std::string ToString() const;  // "\"text\"" or "W/\"text\""
};

// What If-Match or If-None-Match asks for.
struct EntityTagCondition {
  bool any = false;  // "*"
  std::vector<EntityTag> tags;
};
// Nothing when the field cannot be read (RFC 9110 section 8.8.3) or lists more than 100 tags.
std::optional<EntityTagCondition> ParseEntityTagCondition(std::string_view field);

// If-Match compares strongly: a weak tag on either side never matches. `any` matches whatever exists.
bool MatchesStrongly(const EntityTagCondition& condition, const EntityTag& current);
// If-None-Match compares weakly.
bool MatchesWeakly(const EntityTagCondition& condition, const EntityTag& current);

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // inclusive
};
enum class RangeKind { kWhole, kPart, kUnsatisfiable };
struct RangeChoice {
  RangeKind kind = RangeKind::kWhole;
  ByteRange range;  // with kPart
};
// One range of bytes of something `size` bytes long. A field that is absent, in another unit, malformed or asks for
// several ranges is answered with the whole, as RFC 9110 section 14.2 allows.
RangeChoice ChooseRange(std::string_view field, std::uint64_t size);

}  // namespace privity
