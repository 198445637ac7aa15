#include "datamap/access.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT a.id, a.system, s.name, a.principal_kind, a.principal, a.dataset, a.collection, a.field, a.through, a.privileges,
  a.first_seen_at, a.last_seen_at, a.gone_at, a.first_scan, a.last_scan, s.fresh_since, s.uses_since
FROM datamap_access a JOIN datamap_system s ON s.id = a.system)sql";

// The personal fields `f` of collection `c` that an access point `a` reaches. Two forms, so that each may use an index:
// at one collection, and at a store or dataset as a whole.
constexpr std::string_view kAtCollection =
    "a.collection <> '' AND c.system = a.system AND c.dataset = a.dataset AND c.name = a.collection AND f.collection = "
    "c.id AND f.gone_at IS NULL AND f.is_personal AND (a.field = '' OR a.field = f.name)";
constexpr std::string_view kAtWhole =
    "a.collection = '' AND c.system = a.system AND (a.dataset = '' OR a.dataset = c.dataset) AND f.collection = c.id "
    "AND f.gone_at IS NULL AND f.is_personal";

// A use `u` of what an access point `a` gives. What the log does not place may have been anywhere; what a right to all
// of a dataset gives is used by whatever is done in it.
constexpr std::string_view kUseOfPoint =
    "u.system = a.system AND u.principal = a.principal AND u.kind IN ('read', 'write', 'other') AND (u.collection = '' "
    "OR (a.dataset = '' AND a.collection = '') OR (u.dataset = a.dataset AND (a.collection = '' OR u.collection = "
    "a.collection)))";

std::string And(const std::string& condition) {
  return condition.empty() ? "" : " AND " + condition;
}

// What is asked of the fields that are reached.
std::string ConditionOnFields(Where& where, const AccessFilter& filter) {
  std::string condition;
  if (filter.special) condition = "f.is_special";
  if (!filter.category.empty()) {
    condition += std::string(condition.empty() ? "" : " AND ") + "(f.category = " + where.Parameter(filter.category) +
                 " OR f.category LIKE " + where.Parameter(filter.category + ".%") + ")";
  }
  return condition;
}

void AddConditions(Where& where, const AccessFilter& filter) {
  if (filter.system) where.And("a.system = " + where.Parameter(*filter.system));
  if (filter.principal_kind) where.And("a.principal_kind = " + where.Parameter(EnumText(*filter.principal_kind)));
  if (filter.principal) where.And("a.principal = " + where.Parameter(*filter.principal));
  if (!filter.q.empty()) {
    where.And("lower(a.principal) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  }
  if (filter.privilege) {
    where.And("a.privileges LIKE " + where.Parameter("%\"" + std::string(EnumText(*filter.privilege)) + "\"%"));
  }
}

// Days count back from when the log was read last: of what came since, nothing is known.
void AddUnused(Where& where, std::chrono::days days) {
  const std::string since = "s.uses_read_at - " + where.Parameter(Duration(days).count());
  where.And("a.principal_kind = 'user' AND s.uses_since <= " + since + " AND a.first_seen_at <= " + since +
            " AND NOT EXISTS (SELECT 1 FROM datamap_use u WHERE " + std::string(kUseOfPoint) +
            " AND u.last_used_at > " + since + ")");
}

Result<AccessPoint> ReadPoint(const Row& row) {
  PRIVITY_TRY(const auto kind, ParseEnum<PrincipalKind>(row.Get<std::string>(3)));
  PRIVITY_TRY(auto through, ListFromColumn(row.Get<std::string>(8)));
  PRIVITY_TRY(auto privileges, FromJson<std::vector<Privilege>>(row.Get<std::string>(9)));
  const auto last_seen_at = row.Get<Instant>(11);
  const auto gone_at = row.Get<std::optional<Instant>>(12);
  return AccessPoint{.id = row.Get<AccessPointId>(0),
                     .system = row.Get<SystemId>(1),
                     .system_name = row.Get<std::string>(2),
                     .principal_kind = kind,
                     .principal = row.Get<std::string>(4),
                     .dataset = row.Get<std::string>(5),
                     .collection = row.Get<std::string>(6),
                     .field = row.Get<std::string>(7),
                     .through = std::move(through),
                     .privileges = std::move(privileges),
                     .use_known_since = row.Get<std::optional<Instant>>(16),
                     .freshness = FreshnessOf(last_seen_at, gone_at, row.Get<std::optional<Instant>>(15)),
                     .first_seen_at = row.Get<Instant>(10),
                     .last_seen_at = last_seen_at,
                     .gone_at = gone_at,
                     .first_scan = row.Get<ScanId>(13),
                     .last_scan = row.Get<ScanId>(14)};
}

struct Reach {
  std::int64_t personal_fields = 0;
  std::int64_t special_fields = 0;
  std::vector<std::string> categories{};
};

// What is reached at a place. Many points of a page are at the same places: each is asked for once.
class Reaches {
 public:
  explicit Reaches(ReadTx& tx) : tx_(tx) {}

  Status AddTo(AccessPoint& point) {
    const auto key = std::tuple(point.system, point.dataset, point.collection, point.field);
    auto found = known_.find(key);
    if (found == known_.end()) {
      PRIVITY_TRY(Reach reach, Ask(point));
      found = known_.emplace(key, std::move(reach)).first;
    }
    point.personal_fields = found->second.personal_fields;
    point.special_fields = found->second.special_fields;
    point.categories = found->second.categories;
    return Ok();
  }

 private:
  Result<Reach> Ask(const AccessPoint& point) {
    Where where;
    where.And("c.system = " + where.Parameter(point.system) +
              " AND c.gone_at IS NULL AND f.gone_at IS NULL AND "
              "f.is_personal");
    if (!point.dataset.empty()) where.And("c.dataset = " + where.Parameter(point.dataset));
    if (!point.collection.empty()) {
      where.And("c.name = " + where.Parameter(point.collection) + " AND c.dataset = " + where.Parameter(point.dataset));
    }
    if (!point.field.empty()) where.And("f.name = " + where.Parameter(point.field));
    PRIVITY_TRY(const auto rows,
                tx_.Query("SELECT f.category, f.is_special, count(*) FROM datamap_collection c JOIN datamap_field f ON "
                          "f.collection = c.id" +
                              where.Clause() + " GROUP BY f.category, f.is_special ORDER BY 1",
                          where.values()));
    Reach reach;
    for (const Row& row : rows) {
      reach.categories.push_back(row.Get<std::string>(0));
      reach.personal_fields += row.Get<std::int64_t>(2);
      if (row.Get<bool>(1)) reach.special_fields += row.Get<std::int64_t>(2);
    }
    return reach;
  }

  ReadTx& tx_;
  std::map<std::tuple<SystemId, std::string, std::string, std::string>, Reach> known_;
};

Status AddLastUse(ReadTx& tx, AccessPoint& point) {
  if (point.principal_kind != PrincipalKind::kUser || !point.use_known_since) return Ok();
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT max(u.last_used_at) FROM datamap_access a JOIN datamap_use u ON " +
                                              std::string(kUseOfPoint) + " WHERE a.id = $1",
                                          {point.id}));
  point.last_used_at = row->Get<std::optional<Instant>>(0);
  return Ok();
}

// `categories`: what each principal reaches; `rights`: what each may do there.
Result<std::vector<AccessSummary>> Summarize(const std::vector<Row>& categories, const std::vector<Row>& rights) {
  using Key = std::tuple<SystemId, std::string, std::string>;
  std::map<Key, AccessSummary> of;
  for (const Row& row : categories) {
    PRIVITY_TRY(const auto kind, ParseEnum<PrincipalKind>(row.Get<std::string>(2)));
    AccessSummary& summary = of[{row.Get<SystemId>(0), row.Get<std::string>(2), row.Get<std::string>(3)}];
    summary.system = row.Get<SystemId>(0);
    summary.system_name = row.Get<std::string>(1);
    summary.principal_kind = kind;
    summary.principal = row.Get<std::string>(3);
    summary.categories.push_back(row.Get<std::string>(4));
    summary.personal_fields += row.Get<std::int64_t>(6);
    if (row.Get<bool>(5)) summary.special_fields += row.Get<std::int64_t>(6);
  }
  for (const Row& row : rights) {
    AccessSummary& summary = of[{row.Get<SystemId>(0), row.Get<std::string>(1), row.Get<std::string>(2)}];
    PRIVITY_TRY(const auto privileges, FromJson<std::vector<Privilege>>(row.Get<std::string>(3)));
    std::set<Privilege> all(summary.privileges.begin(), summary.privileges.end());
    all.insert(privileges.begin(), privileges.end());
    summary.privileges.assign(all.begin(), all.end());
    summary.whole_store = summary.whole_store || row.Get<bool>(4);
  }
  std::vector<AccessSummary> summaries;
  for (auto& [key, summary] : of) summaries.push_back(std::move(summary));
  std::ranges::stable_sort(summaries, [](const AccessSummary& a, const AccessSummary& b) {
    return std::tie(a.special_fields, a.personal_fields) > std::tie(b.special_fields, b.personal_fields);
  });
  if (summaries.size() > AccessPoints::kSummariesMax) summaries.resize(AccessPoints::kSummariesMax);
  return summaries;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const AccessPoint*) {
  return {{.name = "principal", .description = "An account, role or group of the store; empty for everyone."},
          {.name = "dataset", .description = "Empty, with an empty collection: the whole store."},
          {.name = "collection", .description = "Empty: all of the dataset."},
          {.name = "field", .description = "Empty: all fields."},
          {.name = "through", .description = "The roles and groups that it comes through, the outermost first."},
          {.name = "personal_fields", .description = "How many fields with personal data are reached here."},
          {.name = "last_used_at",
           .description = "By an account, in any way that the store's log does not place elsewhere."},
          {.name = "use_known_since",
           .description = "From when on the log was read without a gap; none where the store does not tell."}};
}
std::vector<FieldNote> FieldNotes(const AccessSummary*) {
  return {{.name = "whole_store", .description = "Has a right to all of it, as administrators have."},
          {.name = "personal_fields", .description = "Reached in any way; each field counts once."}};
}

Result<std::vector<AccessGap>> AccessPoints::Gaps(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id, name, access_problem FROM datamap_system WHERE access_problem IS NOT "
                       "NULL ORDER BY name, id",
                       {}));
  std::vector<AccessGap> gaps;
  for (const Row& row : rows) {
    PRIVITY_TRY(StoredProblem problem, FromJson<StoredProblem>(row.Get<std::string>(2)));
    gaps.push_back({row.Get<SystemId>(0), row.Get<std::string>(1), std::move(problem)});
  }
  return gaps;
}

Result<AccessPage> AccessPoints::List(ReadTx& tx, const AccessFilter& filter) const {
  Where where;
  AddConditions(where, filter);
  const std::string fields = ConditionOnFields(where, filter);
  if (filter.personal || !fields.empty()) {
    const std::string exists = "EXISTS (SELECT 1 FROM datamap_collection c, datamap_field f WHERE ";
    where.And("(" + exists + std::string(kAtCollection) + And(fields) + ") OR " + exists + std::string(kAtWhole) +
              And(fields) + "))");
  }
  if (!filter.gone) where.And("a.gone_at IS NULL");
  if (filter.unused_for) AddUnused(where, *filter.unused_for);
  if (filter.after) where.And("a.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY a.id LIMIT " + limit, where.values()));
  AccessPage page;
  Reaches reaches(tx);
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(AccessPoint point, ReadPoint(row));
    PRIVITY_TRY_VOID(reaches.AddTo(point));
    PRIVITY_TRY_VOID(AddLastUse(tx, point));
    page.items.push_back(std::move(point));
  }
  return page;
}

Result<std::vector<AccessSummary>> AccessPoints::Summaries(ReadTx& tx, const AccessFilter& filter) const {
  Where where;
  AddConditions(where, filter);
  where.And("a.gone_at IS NULL");
  const std::string fields = And(ConditionOnFields(where, filter));
  const std::string each =
      "SELECT a.system, a.principal_kind, a.principal, a.privileges, (a.dataset = '' AND "
      "a.collection = '') AS whole, f.id AS field, f.category, f.is_special FROM datamap_access "
      "a, datamap_collection c, datamap_field f" +
      where.Clause() + fields + " AND ";
  const std::string reached = " FROM (" + each + std::string(kAtCollection) + " UNION ALL " + each +
                              std::string(kAtWhole) + ") r JOIN datamap_system s ON s.id = r.system ";
  PRIVITY_TRY(
      const auto categories,
      tx.Query("SELECT r.system, s.name, r.principal_kind, r.principal, r.category, r.is_special, count(DISTINCT "
               "r.field)" +
                   reached +
                   "GROUP BY r.system, s.name, r.principal_kind, r.principal, r.category, r.is_special "
                   "ORDER BY 2, 3, 4, 5",
               where.values()));
  PRIVITY_TRY(const auto rights, tx.Query("SELECT r.system, r.principal_kind, r.principal, r.privileges, r.whole" +
                                              reached + "GROUP BY 1, 2, 3, 4, 5",
                                          where.values()));
  return Summarize(categories, rights);
}

}  // namespace privity
