// One line of COPY's text format (PostgreSQL documentation, COPY, "Text Format").
#pragma once

#include <cstddef>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// Splits `line` at its tabs into `cells`, whose fields are set already, and undoes the escapes in place. False when the
// line has not exactly as many values as there are cells.
bool ParseCopyLine(char* line, std::size_t size, std::vector<FieldCell>& cells);

}  // namespace privity::connect_internal
