// Writes a described value as YAML 1.2: members in their order, without what is empty, texts quoted wherever another
// reading is possible. The same value gives the same bytes, and base/yaml.h reads them back.
#pragma once

#include <string>

#include "base/json.h"

namespace privity {

std::string ToYaml(const Json& value);

}  // namespace privity
