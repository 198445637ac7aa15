// The packs in the program as the build has read them already, so that a start does not read YAML.
#pragma once

#include <optional>
#include <string_view>

namespace privity {

// What base/prepared_yaml.h made of the built-in pack at `path`; nothing when there is none, or when `text` is not the
// built-in one.
std::optional<std::string_view> PreparedPack(std::string_view path, std::string_view text);

}  // namespace privity
