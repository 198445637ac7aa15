// For unordered maps of texts that are asked with a view: no string is made for the question.
#pragma once

#include <functional>
#include <string_view>

namespace privity {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace privity
