#include "datamap/references.h"

#include <algorithm>

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

// `a` and `b`: the collections at both ends, where the register has them.
constexpr std::string_view kSelect = R"sql(
SELECT r.id, r.from_system, r.from_dataset, r.from_collection, r.from_fields, r.to_system, r.to_dataset,
  r.to_collection, r.to_fields, r.origin, r.is_ignored, r.reason, r.first_seen_at, r.last_seen_at, r.gone_at, r.version,
  s.fresh_since, t.fresh_since, a.last_seen_at, a.gone_at, b.last_seen_at, b.gone_at
FROM datamap_reference r JOIN datamap_system s ON s.id = r.from_system JOIN datamap_system t ON t.id = r.to_system
LEFT JOIN datamap_collection a ON a.system = r.from_system AND a.dataset = r.from_dataset AND a.name = r.from_collection
LEFT JOIN datamap_collection b ON b.system = r.to_system AND b.dataset = r.to_dataset AND b.name = r.to_collection)sql";

// What a person stated is as fresh as the collections that it joins.
Freshness OfStated(const Row& row) {
  const Freshness from = FreshnessOf(row.Get<std::optional<Instant>>(18), row.Get<std::optional<Instant>>(19),
                                     row.Get<std::optional<Instant>>(16));
  const Freshness to = FreshnessOf(row.Get<std::optional<Instant>>(20), row.Get<std::optional<Instant>>(21),
                                   row.Get<std::optional<Instant>>(17));
  return std::max(from, to);
}

Result<DataReference> ReadReference(const Row& row) {
  PRIVITY_TRY(auto from_fields, ListFromColumn(row.Get<std::string>(4)));
  PRIVITY_TRY(auto to_fields, ListFromColumn(row.Get<std::string>(8)));
  PRIVITY_TRY(const auto origin, ParseEnum<ReferenceOrigin>(row.Get<std::string>(9)));
  DataReference reference{.id = row.Get<ReferenceId>(0),
                          .from = {.system = row.Get<SystemId>(1),
                                   .dataset = row.Get<std::string>(2),
                                   .collection = row.Get<std::string>(3),
                                   .fields = std::move(from_fields)},
                          .to = {.system = row.Get<SystemId>(5),
                                 .dataset = row.Get<std::string>(6),
                                 .collection = row.Get<std::string>(7),
                                 .fields = std::move(to_fields)},
                          .origin = origin,
                          .is_ignored = row.Get<bool>(10),
                          .reason = row.Get<std::string>(11),
                          .first_seen_at = row.Get<Instant>(12),
                          .last_seen_at = row.Get<Instant>(13),
                          .gone_at = row.Get<std::optional<Instant>>(14),
                          .version = row.Get<std::int64_t>(15)};
  reference.freshness = origin == ReferenceOrigin::kStated ? OfStated(row)
                                                           : FreshnessOf(reference.last_seen_at, reference.gone_at,
                                                                         row.Get<std::optional<Instant>>(16));
  return reference;
}

Error EndUnknown(std::string_view end) {
  return Error("datamap.reference_end_unknown", {{"end", std::string(end)}});
}

// `end`: "from" or "to".
Status RequireKnown(ReadTx& tx, const ReferencePlace& place, std::string_view end) {
  PRIVITY_TRY(const auto collection, tx.QueryOne("SELECT id FROM datamap_collection WHERE system = $1 AND dataset = $2 "
                                                 "AND name = $3 AND gone_at IS NULL",
                                                 {place.system, place.dataset, place.collection}));
  if (!collection) return EndUnknown(end);
  for (const std::string& field : place.fields) {
    PRIVITY_TRY(const auto known,
                tx.QueryOne("SELECT 1 FROM datamap_field WHERE collection = $1 AND name = $2 AND gone_at IS NULL",
                            {collection->Get<CollectionId>(0), field}));
    if (!known) return EndUnknown(end);
  }
  return Ok();
}

Status RequireNew(ReadTx& tx, const ReferenceStatement& statement) {
  const ReferencePlace& from = statement.from;
  const ReferencePlace& to = statement.to;
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT 1 FROM datamap_reference WHERE from_system = $1 AND from_dataset = $2 AND "
                          "from_collection = $3 AND from_fields = $4 AND to_system = $5 AND to_dataset = $6 AND "
                          "to_collection = $7 AND to_fields = $8 AND gone_at IS NULL",
                          {from.system, from.dataset, from.collection, ToJson(from.fields), to.system, to.dataset,
                           to.collection, ToJson(to.fields)}));
  if (row) return Error("datamap.reference_known");
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const ReferenceStatement*) {
  return {{.name = "from", .description = "Where the records are that point."},
          {.name = "to", .description = "Where the records are that they point at."},
          {.name = "reason", .description = "Why, or how it is known.", .max_length = 1000, .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ReferenceUse*) {
  return {{.name = "is_ignored", .description = "Not followed when records of a person are looked for or erased."},
          {.name = "reason", .description = "Why.", .max_length = 1000, .defaulted = true}};
}

Result<ReferencePage> References::List(ReadTx& tx, const ReferenceFilter& filter) const {
  Where where;
  if (filter.system) {
    const std::string system = where.Parameter(*filter.system);
    where.And("(r.from_system = " + system + " OR r.to_system = " + system + ")");
  }
  if (filter.origin) where.And("r.origin = " + where.Parameter(EnumText(*filter.origin)));
  if (!filter.gone) where.And("r.gone_at IS NULL");
  if (filter.after) where.And("r.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY r.id LIMIT " + limit, where.values()));
  ReferencePage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(DataReference reference, ReadReference(row));
    page.items.push_back(std::move(reference));
  }
  return page;
}

Result<DataReference> References::Get(ReadTx& tx, const ReferenceId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE r.id = $1", {id}));
  if (!row) return Error("datamap.reference_unknown");
  return ReadReference(*row);
}

Result<DataReference> References::Create(WriteTx& tx, const Caller& caller, const ReferenceStatement& statement) const {
  const ReferencePlace& from = statement.from;
  const ReferencePlace& to = statement.to;
  if (from.fields.size() != to.fields.size()) return Error("datamap.reference_uneven");
  PRIVITY_TRY_VOID(RequireKnown(tx, from, "from"));
  PRIVITY_TRY_VOID(RequireKnown(tx, to, "to"));
  PRIVITY_TRY_VOID(RequireNew(tx, statement));
  const auto id = ReferenceId::New(world_.clock);
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_reference (id, from_system, from_dataset, from_collection, from_fields, to_system, "
      "to_dataset, to_collection, to_fields, origin, is_ignored, reason, first_seen_at, last_seen_at, version) VALUES "
      "($1, $2, $3, $4, $5, $6, $7, $8, $9, 'stated', $10, $11, $12, $12, 1)",
      {id, from.system, from.dataset, from.collection, ToJson(from.fields), to.system, to.dataset, to.collection,
       ToJson(to.fields), false, statement.reason, world_.clock.Now()}));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.reference.stated", "reference", id)));
  return Get(tx, id);
}

Result<DataReference> References::Update(WriteTx& tx, const Caller& caller, const ReferenceId& id,
                                         const ReferenceUse& use, std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataReference before, Get(tx, id));
  if (expected_version && *expected_version != before.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_reference SET is_ignored = $2, reason = $3, version = version + 1 WHERE id = $1",
                 {id, use.is_ignored, use.reason}));
  Details details;
  details.Add("ignored", use.is_ignored);
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.reference.changed", "reference", id, details)));
  return Get(tx, id);
}

Status References::Delete(WriteTx& tx, const Caller& caller, const ReferenceId& id,
                          std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const DataReference reference, Get(tx, id));
  if (expected_version && *expected_version != reference.version) return Error("datamap.changed_meanwhile");
  if (reference.origin == ReferenceOrigin::kForeignKey) return Error("datamap.reference_of_store");
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM datamap_reference WHERE id = $1", {id}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.reference.removed", "reference", id));
}

}  // namespace privity
