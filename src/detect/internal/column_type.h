// Declared types of columns, as databases and schemas spell them.
#pragma once

#include <optional>
#include <string_view>

#include "detect/detector_file.h"

namespace privity::detect {

// "VARCHAR(60)" is text. None when nothing was declared or the type is unknown.
std::optional<ColumnType> ReadColumnType(std::string_view declared);

}  // namespace privity::detect
