// What several parts of this room do with its tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datamap/model.h"
#include "datamap/world.h"
#include "ledger/entry.h"
#include "store/where.h"

namespace privity {

// "text" of an SQL LIKE with '\' before its wildcards, for `LIKE $n ESCAPE '\'`: whatever contains it, letter case of
// ASCII aside (both sides in lower()).
std::string ContainsPattern(std::string_view text);

Result<std::vector<std::string>> ListFromColumn(const std::string& json);
Result<Actor> ActorFromColumns(const std::string& kind, std::string id);

Freshness FreshnessOf(const std::optional<Instant>& seen_at, const std::optional<Instant>& gone_at,
                      const std::optional<Instant>& fresh_since);

// datamap.custom_field_twice, with the path of the second one.
Status RequireOnce(const std::vector<CustomField>& fields);

// An entry about one object, by the caller.
template <class Tag>
Entry EntryBy(const Caller& caller, std::string action, std::string object_kind, const Id<Tag>& object,
              Details details = {}) {
  return {.action = std::move(action),
          .actor = caller.actor,
          .object_kind = std::move(object_kind),
          .object_id = object.ToString(),
          .details = std::move(details),
          .request_id = caller.request_id};
}
Status AppendEntry(const DatamapWorld& world, WriteTx& tx, const Entry& entry);

// One page of ids or rows: reads one row more than `limit` and tells whether it was there.
template <class T>
struct Paged {
  std::vector<T> items;
  std::optional<std::string> next;  // the position behind the last item
};

}  // namespace privity
