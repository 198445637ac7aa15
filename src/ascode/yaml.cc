#include "ascode/yaml.h"

#include <algorithm>
#include <array>

namespace privity {
namespace {

bool IsEmpty(const Json& value) {
  if (value.is_null()) return true;
  if (const auto* items = value.items()) return items->empty();
  if (const auto* members = value.members()) {
    return std::ranges::all_of(*members, [](const Json::Member& member) { return IsEmpty(member.value); });
  }
  return value.string() != nullptr && value.string()->empty();
}

// Letters, digits and a few marks that mean nothing in YAML, beginning with a letter; no word that YAML 1.1 or 1.2
// reads as a boolean or null.
bool IsPlain(const std::string& text) {
  constexpr std::array<std::string_view, 10> kWords = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", ""};
  std::string lower;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool is_other = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/';
    if (!is_letter && (!is_other || lower.empty())) return false;
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return std::ranges::find(kWords, lower) == kWords.end();
}

// JSON's quoted form is a double-quoted scalar of YAML 1.2.
std::string Scalar(const Json& value) {
  if (const std::string* text = value.string(); text != nullptr && IsPlain(*text)) return *text;
  return ToJson(value);
}

class Writer {
 public:
  std::string Take() { return std::move(text_); }

  void Members(const Json::Members& members, int depth, bool is_in_line) {
    for (const Json::Member& member : members) {
      if (IsEmpty(member.value)) continue;
      if (!is_in_line) Indent(depth);
      is_in_line = false;
      text_ += Scalar(Json(member.key)) + ":";
      Value(member.value, depth);
    }
  }

 private:
  void Indent(int depth) { text_.append(static_cast<std::size_t>(depth) * 2, ' '); }

  void Value(const Json& value, int depth) {
    if (const auto* members = value.members()) {
      text_ += "\n";
      Members(*members, depth + 1, false);
    } else if (const auto* items = value.items()) {
      text_ += "\n";
      for (const Json& item : *items) Item(item, depth + 1);
    } else {
      text_ += " " + Scalar(value) + "\n";
    }
  }

  void Item(const Json& item, int depth) {
    Indent(depth);
    text_ += "-";
    if (const auto* members = item.members(); members != nullptr && !IsEmpty(item)) {
      text_ += " ";
      Members(*members, depth + 1, true);
    } else {
      text_ += " " + Scalar(item) + "\n";
    }
  }

  std::string text_;
};

}  // namespace

std::string ToYaml(const Json& value) {
  Writer writer;
  if (const auto* members = value.members()) writer.Members(*members, 0, false);
  std::string text = writer.Take();
  return text.empty() ? "{}\n" : text;
}

}  // namespace privity
