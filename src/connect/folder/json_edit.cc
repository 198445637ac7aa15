#include "connect/folder/json_edit.h"

#include "base/json.h"

namespace privity::connect_internal {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t SkipBlank(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

struct Place {
  enum class Kind { kValue, kAbsent, kUnreachable };
  Kind kind = Kind::kAbsent;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// `at` is at the bracket of an object.
Place FindValue(std::string_view text, std::size_t at, std::string_view path) {
  for (at = SkipBlank(text, at + 1); at < text.size() && text[at] == '"';) {
    const std::size_t key_end = at + JsonValueEnd(text.substr(at));
    const std::string key = ParseJson(text.substr(at, key_end - at)).value().StringOr("");
    const std::size_t begin = SkipBlank(text, SkipBlank(text, key_end) + 1);  // behind the colon
    const std::size_t end = begin + std::min(JsonValueEnd(text.substr(begin)), text.size() - begin);
    const bool is_inside = path.starts_with(key) && path.substr(key.size()).starts_with('.');
    if (key == path) {
      const bool is_plain = text[begin] != '{' && text[begin] != '[';
      return {is_plain ? Place::Kind::kValue : Place::Kind::kUnreachable, begin, end};
    }
    if (is_inside && text[begin] == '{') {
      const Place inner = FindValue(text, begin, path.substr(key.size() + 1));
      if (inner.kind != Place::Kind::kAbsent) return inner;
    } else if (is_inside && text[begin] == '[') {
      return {Place::Kind::kUnreachable};
    }
    at = SkipBlank(text, end);
    if (at < text.size() && text[at] == ',') at = SkipBlank(text, at + 1);
  }
  return {};
}

std::string Spelled(const std::optional<std::string>& value, std::string_view before) {
  if (!value) return "null";
  const bool was_number = !before.empty() && (before[0] == '-' || (before[0] >= '0' && before[0] <= '9'));
  const auto parsed = was_number ? ParseJson(*value) : Result<Json>(Json());
  if (parsed.ok() && parsed->number()) return *value;
  return ToJson(Json(*value));
}

}  // namespace

std::size_t JsonValueEnd(std::string_view text) {
  std::size_t depth = 0;
  bool is_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_string) {
      if (c == '\\') ++at;
      is_string = c != '"';
      if (!is_string && depth == 0) return at + 1;
    } else if (c == '"') {
      is_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;  // the end of the list that the value stands in
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (c == ',' || IsBlank(c))) {
      return at;
    }
  }
  return std::string_view::npos;
}

std::optional<std::string> WithJsonValue(std::string_view object, std::string_view path,
                                         const std::optional<std::string>& value) {
  const std::size_t bracket = SkipBlank(object, 0);
  if (bracket == object.size() || object[bracket] != '{') return std::nullopt;
  const Place place = FindValue(object, bracket, path);
  if (place.kind == Place::Kind::kUnreachable) return std::nullopt;
  std::string changed(object);
  if (place.kind == Place::Kind::kValue) {
    const std::string_view before = object.substr(place.begin, place.end - place.begin);
    return changed.replace(place.begin, before.size(), Spelled(value, before));
  }
  const std::size_t end = object.rfind('}');
  const bool is_first = SkipBlank(object, bracket + 1) == end;
  return changed.insert(end, (is_first ? "" : ",") + ToJson(Json(path)) + ":" + Spelled(value, ""));
}

}  // namespace privity::connect_internal
