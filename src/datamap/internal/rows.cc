#include "datamap/internal/rows.h"

#include <algorithm>

#include "base/json.h"

namespace privity {

std::string ContainsPattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return pattern + "%";
}

Result<std::vector<std::string>> ListFromColumn(const std::string& json) {
  return FromJson<std::vector<std::string>>(json);
}

Result<Actor> ActorFromColumns(const std::string& kind, std::string id) {
  PRIVITY_TRY(const ActorKind parsed, ParseEnum<ActorKind>(kind));
  return Actor{.kind = parsed, .id = std::move(id)};
}

Freshness FreshnessOf(const std::optional<Instant>& seen_at, const std::optional<Instant>& gone_at,
                      const std::optional<Instant>& fresh_since) {
  if (gone_at) return Freshness::kGone;
  return seen_at && fresh_since && *seen_at >= *fresh_since ? Freshness::kFresh : Freshness::kStale;
}

Status RequireOnce(const std::vector<CustomField>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool is_twice = std::ranges::count(fields, fields[i].name, &CustomField::name) > 1;
    const std::string path = "/custom_fields/" + std::to_string(i) + "/name";
    if (is_twice) return Error("datamap.custom_field_twice", {{"path", path}});
  }
  return Ok();
}

Status AppendEntry(const DatamapWorld& world, WriteTx& tx, const Entry& entry) {
  PRIVITY_TRY_VOID(world.ledger.Append(tx, entry));
  return Ok();
}

}  // namespace privity
