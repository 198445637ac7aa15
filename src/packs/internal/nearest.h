// "Did you mean …?"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace privity {

// The name with the fewest edits (insert, delete, replace) to `wanted`, or "" when there are no names.
std::string NearestName(std::string_view wanted, const std::vector<std::string>& names);

}  // namespace privity
