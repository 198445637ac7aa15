#include "datamap/totals.h"

#include "store/where.h"

namespace privity {

Result<std::vector<CategoryTotal>> CategoryTotals(ReadTx& tx, const std::optional<SystemId>& system) {
  Where where;
  where.And("gone_at IS NULL AND is_personal");
  if (system) where.And("system = " + where.Parameter(*system));
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT system, collection, category, is_special, count(*) FROM datamap_field" + where.Clause() +
                           " GROUP BY system, collection, category, is_special ORDER BY 1, 2, 3",
                       where.values()));
  std::vector<CategoryTotal> totals;
  for (const Row& row : rows) {
    totals.push_back({.system = row.Get<SystemId>(0),
                      .collection = row.Get<CollectionId>(1),
                      .category = row.Get<std::string>(2),
                      .is_special = row.Get<bool>(3),
                      .fields = row.Get<std::int64_t>(4)});
  }
  return totals;
}

Result<std::vector<ReferenceTotal>> ReferenceTotals(ReadTx& tx) {
  PRIVITY_TRY(
      const auto rows,
      tx.Query("SELECT r.from_system, a.id, r.to_system, b.id, r.origin, min(r.id), count(*) FROM datamap_reference r "
               "LEFT JOIN datamap_collection a ON a.system = r.from_system AND a.dataset = r.from_dataset AND a.name = "
               "r.from_collection AND a.gone_at IS NULL "
               "LEFT JOIN datamap_collection b ON b.system = r.to_system AND b.dataset = r.to_dataset AND b.name = "
               "r.to_collection AND b.gone_at IS NULL "
               "WHERE r.gone_at IS NULL AND NOT r.is_ignored GROUP BY r.from_system, a.id, r.to_system, b.id, r.origin "
               "ORDER BY 6",
               {}));
  std::vector<ReferenceTotal> totals;
  for (const Row& row : rows) {
    PRIVITY_TRY(const auto origin, ParseEnum<ReferenceOrigin>(row.Get<std::string>(4)));
    totals.push_back({.from_system = row.Get<SystemId>(0),
                      .from = row.Get<std::optional<CollectionId>>(1),
                      .to_system = row.Get<SystemId>(2),
                      .to = row.Get<std::optional<CollectionId>>(3),
                      .origin = origin,
                      .first = row.Get<ReferenceId>(5),
                      .references = row.Get<std::int64_t>(6)});
  }
  return totals;
}

}  // namespace privity
