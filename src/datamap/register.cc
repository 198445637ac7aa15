#include "datamap/register.h"

#include <algorithm>
#include <charconv>

#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kCollections = R"sql(
SELECT c.id, c.system, s.name, c.dataset, c.name, c.shape, c.key_fields, c.estimated_records, c.unread, c.first_seen_at,
  c.last_seen_at, c.read_at, c.gone_at, c.first_scan, c.last_scan, s.fresh_since,
  (SELECT count(*) FROM datamap_field f WHERE f.collection = c.id AND f.gone_at IS NULL),
  (SELECT count(*) FROM datamap_field f WHERE f.collection = c.id AND f.gone_at IS NULL AND f.is_personal),
  (SELECT count(*) FROM datamap_field f WHERE f.collection = c.id AND f.gone_at IS NULL AND f.is_special),
  c.no_reads_since
FROM datamap_collection c JOIN datamap_system s ON s.id = c.system)sql";

constexpr std::string_view kFields = R"sql(
SELECT f.id, f.system, s.name, f.collection, c.dataset, c.name, f.name, f.declared_type, c.key_fields, f.category,
  f.is_special, f.detected_category, f.confidence, f.reason, f.distinct_values, f.verdict, f.verdict_reason,
  f.verdict_actor_kind, f.verdict_actor_id, f.verdict_at, f.first_seen_at, f.last_seen_at, f.judged_at, f.gone_at,
  f.first_scan, f.last_scan, s.fresh_since, f.position, c.sampled_records, f.filled_records
FROM datamap_field f JOIN datamap_collection c ON c.id = f.collection JOIN datamap_system s ON s.id = f.system)sql";

Result<DataCollection> ReadCollection(const Row& row) {
  PRIVITY_TRY(const auto shape, ParseEnum<CollectionShape>(row.Get<std::string>(5)));
  PRIVITY_TRY(auto key, ListFromColumn(row.Get<std::string>(6)));
  const auto read_at = row.Get<std::optional<Instant>>(11);
  const auto gone_at = row.Get<std::optional<Instant>>(12);
  return DataCollection{.id = row.Get<CollectionId>(0),
                        .system = row.Get<SystemId>(1),
                        .system_name = row.Get<std::string>(2),
                        .dataset = row.Get<std::string>(3),
                        .name = row.Get<std::string>(4),
                        .shape = shape,
                        .key = std::move(key),
                        .estimated_records = row.Get<std::optional<std::int64_t>>(7),
                        .freshness = FreshnessOf(read_at, gone_at, row.Get<std::optional<Instant>>(15)),
                        .unread = row.Get<std::string>(8),
                        .fields = row.Get<std::int64_t>(16),
                        .personal_fields = row.Get<std::int64_t>(17),
                        .special_fields = row.Get<std::int64_t>(18),
                        .first_seen_at = row.Get<Instant>(9),
                        .last_seen_at = row.Get<Instant>(10),
                        .read_at = read_at,
                        .gone_at = gone_at,
                        .no_reads_since = row.Get<std::optional<Instant>>(19),
                        .first_scan = row.Get<ScanId>(13),
                        .last_scan = row.Get<ScanId>(14)};
}

Result<DataField> ReadField(const Row& row) {
  PRIVITY_TRY(const auto key, ListFromColumn(row.Get<std::string>(8)));
  PRIVITY_TRY(const Verdict verdict, ParseEnum<Verdict>(row.Get<std::string>(15)));
  DataField field{.id = row.Get<FieldId>(0),
                  .system = row.Get<SystemId>(1),
                  .system_name = row.Get<std::string>(2),
                  .collection = row.Get<CollectionId>(3),
                  .dataset = row.Get<std::string>(4),
                  .collection_name = row.Get<std::string>(5),
                  .name = row.Get<std::string>(6),
                  .declared_type = row.Get<std::string>(7),
                  .category = row.Get<std::string>(9),
                  .is_special = row.Get<bool>(10),
                  .detected_category = row.Get<std::string>(11),
                  .confidence = row.Get<double>(12),
                  .reason = row.Get<std::string>(13),
                  .distinct_values = row.Get<std::int64_t>(14),
                  .sampled_records = row.Get<std::int64_t>(28),
                  .filled_records = row.Get<std::int64_t>(29),
                  .verdict = verdict,
                  .verdict_reason = row.Get<std::string>(16),
                  .verdict_at = row.Get<std::optional<Instant>>(19),
                  .first_seen_at = row.Get<Instant>(20),
                  .last_seen_at = row.Get<Instant>(21),
                  .judged_at = row.Get<std::optional<Instant>>(22),
                  .gone_at = row.Get<std::optional<Instant>>(23),
                  .first_scan = row.Get<ScanId>(24),
                  .last_scan = row.Get<ScanId>(25)};
  field.is_key = std::ranges::find(key, field.name) != key.end();
  // Seen by the newest scan, and its values read by it.
  field.freshness = FreshnessOf(field.judged_at, field.gone_at, row.Get<std::optional<Instant>>(26));
  if (const auto kind = row.Get<std::optional<std::string>>(17)) {
    PRIVITY_TRY(field.verdict_by, ActorFromColumns(*kind, row.Get<std::string>(18)));
  }
  return field;
}

// "<collection> <position> <id>" of the last field of a page.
struct FieldPosition {
  CollectionId collection;
  std::int64_t position = 0;
  FieldId id;
};

Result<FieldPosition> ParsePosition(std::string_view text) {
  const Error invalid("datamap.cursor_invalid");
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first == std::string_view::npos || last <= first) return invalid;
  const auto collection = CollectionId::Parse(text.substr(0, first));
  const auto id = FieldId::Parse(text.substr(last + 1));
  const std::string_view number = text.substr(first + 1, last - first - 1);
  FieldPosition position;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), position.position);
  if (!collection.ok() || !id.ok() || problem != std::errc() || end != number.data() + number.size()) return invalid;
  position.collection = *collection;
  position.id = *id;
  return position;
}

Where WhereOf(const FieldFilter& filter) {
  Where where;
  if (filter.system) where.And("f.system = " + where.Parameter(*filter.system));
  if (filter.collection) where.And("f.collection = " + where.Parameter(*filter.collection));
  if (!filter.category.empty()) {
    const std::string key = where.Parameter(filter.category);
    where.And("(f.category = " + key + " OR f.category LIKE " + where.Parameter(filter.category + ".%") + ")");
  }
  if (!filter.q.empty()) where.And("lower(f.name) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  if (filter.personal) where.And("f.is_personal");
  if (filter.special) where.And("f.is_special");
  if (!filter.gone) where.And("f.gone_at IS NULL");
  return where;
}

}  // namespace

Result<CollectionPage> Register::Collections(ReadTx& tx, const CollectionFilter& filter) const {
  Where where;
  if (filter.system) where.And("c.system = " + where.Parameter(*filter.system));
  if (!filter.q.empty()) where.And("lower(c.name) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  if (!filter.gone) where.And("c.gone_at IS NULL");
  if (filter.after) where.And("c.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kCollections) + where.Clause() + " ORDER BY c.id LIMIT " + limit, where.values()));
  CollectionPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(DataCollection collection, ReadCollection(row));
    page.items.push_back(std::move(collection));
  }
  return page;
}

Result<DataCollection> Register::Collection(ReadTx& tx, const CollectionId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kCollections) + " WHERE c.id = $1", {id}));
  if (!row) return Error("datamap.collection_unknown");
  return ReadCollection(*row);
}

Result<FieldPage> Register::Fields(ReadTx& tx, const FieldFilter& filter) const {
  Where where = WhereOf(filter);
  if (!filter.after.empty()) {
    PRIVITY_TRY(const FieldPosition after, ParsePosition(filter.after));
    const std::string collection = where.Parameter(after.collection);
    const std::string position = where.Parameter(after.position);
    where.And("(f.collection, f.position, f.id) > (" + collection + ", " + position + ", " + where.Parameter(after.id) +
              ")");
  }
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows, tx.Query(std::string(kFields) + where.Clause() +
                                            " ORDER BY f.collection, f.position, f.id LIMIT " + limit,
                                        where.values()));
  FieldPage page;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      const DataField& last = page.items.back();
      page.next = last.collection.ToString() + " " + std::to_string(rows[i - 1].Get<std::int64_t>(27)) + " " +
                  last.id.ToString();
      break;
    }
    PRIVITY_TRY(DataField field, ReadField(rows[i]));
    page.items.push_back(std::move(field));
  }
  return page;
}

Result<DataField> Register::Field(ReadTx& tx, const FieldId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kFields) + " WHERE f.id = $1", {id}));
  if (!row) return Error("datamap.field_unknown");
  return ReadField(*row);
}

}  // namespace privity
