#include "base/error.h"

#include <algorithm>

namespace privity {

std::string_view Error::Parameter(std::string_view name) const {
  const auto found =
      std::find_if(parameters_.begin(), parameters_.end(), [&](const auto& p) { return p.name == name; });
  return found == parameters_.end() ? std::string_view() : std::string_view(found->value);
}

Error Error::With(std::string name, std::string value) && {
  const bool present =
      std::any_of(parameters_.begin(), parameters_.end(), [&](const auto& p) { return p.name == name; });
  if (!present) parameters_.push_back({std::move(name), std::move(value)});
  return std::move(*this);
}

std::string Error::DebugString() const {
  std::string out = code_;
  if (parameters_.empty()) return out;
  out += '{';
  for (const auto& p : parameters_) {
    if (out.back() != '{') out += ", ";
    out += p.name + "=" + p.value;
  }
  return out + '}';
}

}  // namespace privity
