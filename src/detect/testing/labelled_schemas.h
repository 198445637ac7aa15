// Schemas with what each of their fields holds, as tests/corpora/detect/schemas_*.txt and tools/fields/schemas have
// them: a line "system/collection", below it its fields, indented: "email=contact.email", "id".
#pragma once

#include <istream>
#include <sstream>
#include <string>
#include <vector>

#include "detect/detector.h"

namespace privity {

// Calls `table(fields, labels)` for each collection; a label is a category, kNoCategory for what is nobody's.
template <typename Table>
void ReadLabelledSchemas(std::istream& in, const Table& table) {
  std::vector<FieldContext> fields;
  std::vector<std::string> labels;
  const auto finish = [&] {
    if (!fields.empty()) table(fields, labels);
    fields.clear();
    labels.clear();
  };
  std::string system, collection;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    if (!line.starts_with(' ')) {
      finish();
      system = line.substr(0, line.find('/'));
      collection = line.substr(line.find('/') + 1);
      continue;
    }
    std::istringstream items(line);
    for (std::string item; items >> item;) {
      const auto equals = item.find('=');
      fields.push_back({.system = system, .collection = collection, .field = item.substr(0, equals)});
      labels.push_back(equals == item.npos ? std::string(kNoCategory) : "user." + item.substr(equals + 1));
    }
  }
  finish();
}

}  // namespace privity
