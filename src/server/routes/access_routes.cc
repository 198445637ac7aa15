// Who can reach which personal data in the connected stores.
#include "app/application.h"
#include "datamap/access_table.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct AccessQuery {
  std::optional<SystemId> system;
  std::optional<PrincipalKind> principal_kind;
  std::optional<std::string> principal;
  std::string q;
  std::optional<Privilege> privilege;
  std::string category;
  bool personal = false;
  bool special = false;
  bool gone = false;
  std::optional<std::int64_t> unused_days;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(AccessQuery, (system, principal_kind, principal, q, privilege, category, personal, special, gone,
                               unused_days, cursor, limit))

struct UsesQuery {
  std::optional<SystemId> system;
  std::string q;
  std::optional<AccessUse> use;
  std::string collection;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(UsesQuery, (system, q, use, collection, cursor, limit))

struct ReachQuery {
  std::optional<SystemId> system;
  std::optional<PrincipalKind> principal_kind;
  std::string q;
  std::optional<Privilege> privilege;
  std::string category;
  bool special = false;
};
PRIVITY_DESCRIBE(ReachQuery, (system, principal_kind, q, privilege, category, special))

std::vector<FieldNote> ReachNotes() {
  return {
      {.name = "q", .description = "Part of the principal's name.", .max_length = 100, .defaulted = true},
      {.name = "category",
       .description = "Where this Fideslang key is reached, or one below it.",
       .example = "user.health_and_medical",
       .max_length = 100,
       .defaulted = true},
      {.name = "special", .description = "Where what GDPR Art. 9(1) and 10 single out is reached.", .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const AccessQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  for (FieldNote& note : ReachNotes()) notes.push_back(std::move(note));
  notes.push_back({.name = "principal", .description = "Exactly this one; empty for everyone.", .max_length = 800});
  notes.push_back({.name = "personal", .description = "Only where personal data is reached.", .defaulted = true});
  notes.push_back({.name = "gone", .description = "Also what is no longer granted.", .defaulted = true});
  notes.push_back({.name = "unused_days",
                   .description =
                       "Only what an account holds for longer than so many days and did not use in them, where "
                       "the store's log was read for as long.",
                   .minimum = 1,
                   .maximum = 366});
  return notes;
}
std::vector<FieldNote> FieldNotes(const UsesQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of the account's name.", .max_length = 100, .defaulted = true});
  notes.push_back({.name = "collection", .description = "Exactly this one.", .max_length = 800, .defaulted = true});
  return notes;
}
std::vector<FieldNote> FieldNotes(const ReachQuery*) {
  return ReachNotes();
}

AccessFilter FilterOf(const AccessQuery& query) {
  return {.system = query.system,
          .principal_kind = query.principal_kind,
          .principal = query.principal,
          .q = query.q,
          .privilege = query.privilege,
          .category = query.category,
          .personal = query.personal,
          .special = query.special,
          .gone = query.gone,
          .unused_for = query.unused_days ? std::optional(std::chrono::days(*query.unused_days)) : std::nullopt,
          .limit = static_cast<int>(query.limit)};
}

AccessFilter FilterOf(const ReachQuery& query) {
  return {.system = query.system,
          .principal_kind = query.principal_kind,
          .q = query.q,
          .privilege = query.privilege,
          .category = query.category,
          .special = query.special};
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kReadUses = Access::Permission("access_uses.read");

}  // namespace

void AddAccessRoutes(RouteTable& routes, Application* application) {
  const auto access = [application]() -> const AccessPoints& { return application->datamap().access(); };
  routes.Add({.method = "GET",
              .path = "/v1/access",
              .id = "access.list",
              .access = kRead,
              .summary = "Access points: who may do what where, directly or through which roles",
              .description = "As the stores' grants and their files' permissions say; read anew by each scan."},
             [access](ReadTx& tx, const Call<Nothing, AccessQuery>& call) -> Result<Page<AccessPoint>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               AccessFilter filter = FilterOf(call.query);
               if (position) {
                 PRIVITY_TRY(filter.after, AccessPointId::Parse(*position));
               }
               PRIVITY_TRY(AccessPage page, access().List(tx, filter));
               return Page<AccessPoint>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/access/reach",
              .id = "access.reach",
              .access = kRead,
              .summary = "Who can reach which categories of personal data, each principal once in each system",
              .description = "The most special categories first; at most 2,000."},
             [access](ReadTx& tx, const Call<Nothing, ReachQuery>& call) -> Result<List<AccessSummary>> {
               PRIVITY_TRY(std::vector<AccessSummary> items, access().Summaries(tx, FilterOf(call.query)));
               return List<AccessSummary>{std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/access/gaps",
              .id = "access.gaps",
              .access = kRead,
              .summary = "Systems of which it is not known as a whole who can reach them, and which right is missing"},
             [access](ReadTx& tx, const Call<>&) -> Result<List<AccessGap>> {
               PRIVITY_TRY(std::vector<AccessGap> items, access().Gaps(tx));
               return List<AccessGap>{std::move(items)};
             });
  routes.Add(
      {.method = "GET",
       .path = "/v1/access/uses",
       .id = "access.uses",
       .access = kReadUses,
       .summary = "Who used what in the connected stores, as their logs tell: first, last and how often",
       .description = "Summed up by account, kind of use, place and address; forgotten 400 days after the last use."},
      [application](ReadTx& tx, const Call<Nothing, UsesQuery>& call) -> Result<Page<AccountUse>> {
        PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
        AccountUseFilter filter{.system = call.query.system,
                                .q = call.query.q,
                                .use = call.query.use,
                                .collection = call.query.collection,
                                .limit = static_cast<int>(call.query.limit)};
        if (position) {
          PRIVITY_TRY(filter.after, AccountUseId::Parse(*position));
        }
        PRIVITY_TRY(AccountUsePage page, application->datamap().account_uses().List(tx, filter));
        return Page<AccountUse>{std::move(page.items), std::move(page.next)};
      });
  routes.Add({.method = "GET",
              .path = "/v1/access/logs",
              .id = "access.logs",
              .access = kReadUses,
              .summary = "Since when and until when the logs of use were read, and which stores do not tell"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<UseLogState>> {
               PRIVITY_TRY(std::vector<UseLogState> items, application->datamap().account_uses().States(tx));
               return List<UseLogState>{std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/access/table",
              .id = "access.table",
              .access = kRead,
              .summary = "Access points as a table (CSV)",
              .media_type = "text/csv"},
             [access](ReadTx& tx, const Call<Nothing, ReachQuery>& call) -> Result<Response> {
               std::string bytes;
               const auto sink = [&](BytesView piece) -> Status {
                 bytes += AsText(piece);
                 return Ok();
               };
               PRIVITY_TRY_VOID(WriteAccessTable(tx, Catalog::BuiltIn(), access(), FilterOf(call.query), sink));
               Response response = Response::Text(200, "text/csv; charset=utf-8", std::move(bytes));
               response.headers.Add("Content-Disposition", "attachment; filename=\"access-points.csv\"");
               return response;
             });
}

}  // namespace privity
