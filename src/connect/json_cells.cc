#include "connect/json_cells.h"

namespace privity {

void JsonCells::Fill(const Json& document, std::string_view prefix, std::vector<FieldCell>& cells) {
  texts_.clear();
  cells.clear();
  Add(document, texts_.emplace_back(prefix), cells);
}

void JsonCells::Add(const Json& value, const std::string& path, std::vector<FieldCell>& cells) {
  const auto text = [&](std::string_view bytes) {
    cells.push_back({.field = path, .kind = CellKind::kText, .bytes = bytes});
  };
  if (const auto* members = value.members()) {
    for (const Json::Member& member : *members) {
      Add(member.value, texts_.emplace_back(path.empty() ? member.key : path + "." + member.key), cells);
    }
  } else if (const auto* items = value.items()) {
    for (const Json& item : *items) Add(item, path, cells);
  } else if (const std::string* string = value.string()) {
    text(*string);
  } else if (const bool* flag = value.boolean()) {
    text(*flag ? "true" : "false");
  } else if (const auto* integer = value.integer()) {
    text(texts_.emplace_back(std::to_string(*integer)));
  } else if (const auto number = value.number()) {
    std::string& spelled = texts_.emplace_back();
    AppendJsonNumber(*number, spelled);
    text(spelled);
  } else {
    cells.push_back({.field = path});
  }
}

}  // namespace privity
