// Schemas with what each of their fields holds, as tests/corpora/detect/schemas_*.txt and tools/fields/schemas have
// them: a line "system/collection", below it its fields, indented: "email=contact.email", "id".
#pragma once

#include <istream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "detect/detector.h"

namespace privity {

struct LabelledTable {
  std::vector<FieldContext> fields;
  std::vector<std::string> labels;  // a category each, kNoCategory for what is nobody's
};

inline std::vector<LabelledTable> ReadLabelledSchemas(std::istream& in) {
  std::vector<LabelledTable> tables;
  std::string system, collection;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    if (!line.starts_with(' ')) {
      if (tables.empty() || !tables.back().fields.empty()) tables.emplace_back();
      system = line.substr(0, line.find('/'));
      collection = line.substr(line.find('/') + 1);
      continue;
    }
    std::istringstream items(line);
    for (std::string item; items >> item;) {
      const auto equals = item.find('=');
      tables.back().fields.push_back({.system = system, .collection = collection, .field = item.substr(0, equals)});
      tables.back().labels.push_back(equals == item.npos ? std::string(kNoCategory)
                                                         : "user." + item.substr(equals + 1));
    }
  }
  if (!tables.empty() && tables.back().fields.empty()) tables.pop_back();
  return tables;
}

// Lets each table see the others of its system; `view` makes what Detector::View does.
template <typename View>
void ShowSystems(std::vector<LabelledTable>& tables, const View& view) {
  std::map<std::string, std::vector<CollectionNames>> systems;
  for (const LabelledTable& table : tables) {
    CollectionNames names{.collection = table.fields.front().collection, .fields = {}};
    for (const FieldContext& field : table.fields) names.fields.push_back(field.field);
    systems[table.fields.front().system].push_back(std::move(names));
  }
  std::map<std::string, std::shared_ptr<const SystemView>> views;
  for (const auto& [system, collections] : systems) views[system] = view(system, collections);
  for (LabelledTable& table : tables) {
    for (FieldContext& field : table.fields) field.system_view = views[field.system];
  }
}

}  // namespace privity
