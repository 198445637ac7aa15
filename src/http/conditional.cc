#include "http/conditional.h"

#include <algorithm>
#include <charconv>

namespace privity {
namespace {

constexpr std::size_t kTagsMax = 100;

void SkipSpace(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

// opaque-tag = DQUOTE *etagc DQUOTE; etagc is any visible character but the quote (RFC 9110 section 8.8.3).
std::optional<EntityTag> TakeTag(std::string_view& text) {
  EntityTag tag;
  if (text.starts_with("W/")) {
    tag.weak = true;
    text.remove_prefix(2);
  }
  if (!text.starts_with('"')) return std::nullopt;
  const std::size_t end = text.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  tag.text = text.substr(1, end - 1);
  const bool odd = std::any_of(tag.text.begin(), tag.text.end(),
                               [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
  if (odd) return std::nullopt;
  text.remove_prefix(end + 1);
  return tag;
}

bool ParseNumber(std::string_view text, std::uint64_t& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && problem == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string EntityTag::ToString() const {
  return (weak ? "W/\"" : "\"") + text + "\"";
}

std::optional<EntityTagCondition> ParseEntityTagCondition(std::string_view field) {
  EntityTagCondition condition;
  SkipSpace(field);
  if (field == "*") {
    condition.any = true;
    return condition;
  }
  while (!field.empty()) {
    const auto tag = TakeTag(field);
    if (!tag || condition.tags.size() == kTagsMax) return std::nullopt;
    condition.tags.push_back(*tag);
    SkipSpace(field);
    if (field.empty()) break;
    if (field.front() != ',') return std::nullopt;
    field.remove_prefix(1);
    SkipSpace(field);
  }
  if (condition.tags.empty()) return std::nullopt;
  return condition;
}

bool MatchesStrongly(const EntityTagCondition& condition, const EntityTag& current) {
  return condition.any || std::any_of(condition.tags.begin(), condition.tags.end(), [&](const EntityTag& tag) {
           return !tag.weak && !current.weak && tag.text == current.text;
         });
}

bool MatchesWeakly(const EntityTagCondition& condition, const EntityTag& current) {
  return condition.any || std::any_of(condition.tags.begin(), condition.tags.end(),
                                      [&](const EntityTag& tag) { return tag.text == current.text; });
}

RangeChoice ChooseRange(std::string_view field, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!field.starts_with(kUnit) || field.find(',') != std::string_view::npos) return {};
  field.remove_prefix(kUnit.size());
  const std::size_t dash = field.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view first_text = field.substr(0, dash), last_text = field.substr(dash + 1);
  std::uint64_t first = 0, last = 0;
  if (first_text.empty()) {  // the last N bytes
    std::uint64_t count = 0;
    if (!ParseNumber(last_text, count)) return {};
    if (count == 0 || size == 0) return {RangeKind::kUnsatisfiable, {}};
    return {RangeKind::kPart, {size - std::min(count, size), size - 1}};
  }
  if (!ParseNumber(first_text, first)) return {};
  if (last_text.empty()) {
    last = UINT64_MAX;
  } else if (!ParseNumber(last_text, last) || last < first) {
    return {};
  }
  if (first >= size) return {RangeKind::kUnsatisfiable, {}};
  return {RangeKind::kPart, {first, std::min(last, size - 1)}};
}

}  // namespace privity
