#include "cli/command.h"

#include <algorithm>

namespace privity {

bool Invocation::Has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

std::string Invocation::Value(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string() : found->second.front();
}

std::vector<std::string> Invocation::Values(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

void Invocation::Add(std::string name, std::string value) {
  values_[std::move(name)].push_back(std::move(value));
}

Command& Command::Child(std::string_view child_name, std::string_view child_summary) {
  const auto found =
      std::find_if(children.begin(), children.end(), [&](const Command& c) { return c.name == child_name; });
  if (found != children.end()) return *found;
  children.push_back({.name = std::string(child_name), .summary = std::string(child_summary)});
  return children.back();
}

}  // namespace privity
