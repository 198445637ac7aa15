#include "connect/sql/sql_catalog.h"

#include <algorithm>
#include <charconv>

namespace privity::connect_internal {

std::int64_t ToNumber(std::string_view text, std::int64_t fallback) {
  std::int64_t number = fallback;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? number : fallback;
}

Privilege PrivilegeOf(std::string_view name) {
  if (name == "INSERT") return Privilege::kInsert;
  if (name == "UPDATE") return Privilege::kUpdate;
  return name == "DELETE" ? Privilege::kDelete : Privilege::kRead;
}

bool IsDateType(std::string_view declared_type) {
  std::string word;
  for (const char c : declared_type) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (!is_upper && (c < 'a' || c > 'z')) break;
    word += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return word == "date" || word == "datetime" || word == "timestamp" || word == "timestamptz";
}

void AddColumn(const CollectionName& name, CollectionShape shape, Field field, Description& description) {
  auto& collections = description.collections;
  if (collections.empty() || collections.back().name != name) collections.push_back({.name = name, .shape = shape});
  collections.back().fields.push_back(std::move(field));
}

void AddConstraints(const std::vector<Texts>& rows, Description& description) {
  std::span<const std::string> last;  // space, table and constraint of the row before
  for (const Texts& row : rows) {
    const CollectionName name{row[0], row[1]};
    const auto found = std::ranges::lower_bound(description.collections, name, {}, &Collection::name);
    if (found == description.collections.end() || found->name != name) continue;
    if (row[5].empty()) {
      found->key.push_back(row[3]);
      continue;
    }
    const auto constraint = std::span(row).first(3);
    if (!std::ranges::equal(constraint, last)) found->references.push_back({.target = {row[4], row[5]}});
    last = constraint;
    found->references.back().fields.push_back(row[3]);
    found->references.back().target_fields.push_back(row[6]);
  }
}

Error UnreadableColumn(const std::string& store, const CollectionName& name, const std::string& column,
                       std::string_view home_space) {
  return Error("connect.permission", {{"store", store}, {"place", CollectionLabel(name, home_space) + "." + column}});
}

}  // namespace privity::connect_internal
