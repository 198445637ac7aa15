#include "datamap/account_uses.h"

#include "base/json.h"
#include "datamap/internal/rows.h"

namespace privity {

std::vector<FieldNote> FieldNotes(const AccountUse*) {
  return {{.name = "principal",
           .description = "The account, as access points call it; empty for whoever did not sign in, and of refused "
                          "sign-ins for every name that no account has."},
          {.name = "collection", .description = "Empty where the log does not say which one."},
          {.name = "from_address", .description = "Empty where the log does not say from where."},
          {.name = "events", .description = "How often, as far as the log told."}};
}

std::vector<FieldNote> FieldNotes(const UseLogState*) {
  return {{.name = "since", .description = "From when on the log was read without a gap."},
          {.name = "read_at", .description = "Until when it was read."},
          {.name = "problem", .description = "Why the store does not tell who uses it."}};
}

Result<AccountUsePage> AccountUses::List(ReadTx& tx, const AccountUseFilter& filter) const {
  Where where;
  if (filter.system) where.And("u.system = " + where.Parameter(*filter.system));
  if (!filter.q.empty()) {
    where.And("lower(u.principal) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  }
  if (filter.use) where.And("u.kind = " + where.Parameter(EnumText(*filter.use)));
  if (!filter.collection.empty()) where.And("u.collection = " + where.Parameter(filter.collection));
  if (filter.after) where.And("u.id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows, tx.Query("SELECT u.id, u.system, s.name, u.principal, u.kind, u.dataset, u.collection, "
                                        "u.from_address, u.first_used_at, u.last_used_at, u.events FROM datamap_use u "
                                        "JOIN datamap_system s ON s.id = u.system" +
                                            where.Clause() + " ORDER BY u.id LIMIT " + limit,
                                        where.values()));
  AccountUsePage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(const auto use, ParseEnum<AccessUse>(row.Get<std::string>(4)));
    page.items.push_back({.id = row.Get<AccountUseId>(0),
                          .system = row.Get<SystemId>(1),
                          .system_name = row.Get<std::string>(2),
                          .principal = row.Get<std::string>(3),
                          .use = use,
                          .dataset = row.Get<std::string>(5),
                          .collection = row.Get<std::string>(6),
                          .from_address = row.Get<std::string>(7),
                          .first_used_at = row.Get<Instant>(8),
                          .last_used_at = row.Get<Instant>(9),
                          .events = row.Get<std::int64_t>(10)});
  }
  return page;
}

Result<std::vector<UseLogState>> AccountUses::States(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, name, uses_since, uses_read_at, uses_problem FROM datamap_system "
                                        "WHERE uses_read_at IS NOT NULL OR uses_problem IS NOT NULL ORDER BY name, id",
                                        {}));
  std::vector<UseLogState> states;
  for (const Row& row : rows) {
    UseLogState state{.system = row.Get<SystemId>(0),
                      .system_name = row.Get<std::string>(1),
                      .since = row.Get<std::optional<Instant>>(2),
                      .read_at = row.Get<std::optional<Instant>>(3)};
    if (const auto problem = row.Get<std::optional<std::string>>(4)) {
      PRIVITY_TRY(state.problem, FromJson<StoredProblem>(*problem));
    }
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace privity
