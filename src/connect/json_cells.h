// A JSON document as cells: every plain value under its path, lists passed through.
//
//   {"name": "Ana", "phones": [{"number": "1"}, {"number": "2"}]}  →  name, phones.number, phones.number
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/json.h"
#include "connect/connector.h"

namespace privity {

class JsonCells {
 public:
  // Replaces what was there. Paths begin with `prefix` ("" for none). Cells borrow from `document` and from this.
  void Fill(const Json& document, std::string_view prefix, std::vector<FieldCell>& cells);

 private:
  void Add(const Json& value, const std::string& path, std::vector<FieldCell>& cells);
  std::deque<std::string> texts_;  // paths and numbers that cells point to
};

}  // namespace privity
