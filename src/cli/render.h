// How an answer looks in a terminal: lists as aligned tables, single things as "name  value" lines. `--json` prints the
// answer as the server sent it and does not come here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace privity {

struct Terminal {
  bool is_terminal = false;  // standard output is one: progress bars, colors
  bool color = false;        // is_terminal, and NO_COLOR is not set
  int width = 100;           // columns

  static Terminal OfStandardOutput();
  static Terminal OfStandardError();
};

// Columns that text takes in a terminal: East Asian wide characters two, combining marks none.
int DisplayWidth(std::string_view utf8);

// The answer with known codes in it as words ("reason", "ground" and "not_covered" of a plan). What has no words stays.
Json Spelled(const Json& answer);

// {"items": [...]} and arrays become tables, objects become lines. Ends with a new line; "" for null. `empty_text`
// stands where a list has no items.
std::string Render(const Json& answer, const Terminal& terminal, std::string_view empty_text);

}  // namespace privity
