// The data map: collections, fields, and the scans that fill it.
#include "server/routes/map_routes.h"

#include "app/application.h"
#include "datamap/categories.h"
#include "datamap/datamap.h"

namespace privity {
namespace {

struct ScanPath {
  ScanId id;
};
PRIVITY_DESCRIBE(ScanPath, (id))

struct ScanStart {
  SystemId system;
};
PRIVITY_DESCRIBE(ScanStart, (system))

struct ScanQuery {
  std::optional<SystemId> system;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(ScanQuery, (system, cursor, limit))
std::vector<FieldNote> FieldNotes(const ScanQuery*) {
  return PagingNotes();
}

struct CollectionQuery {
  std::optional<SystemId> system;
  std::string q;
  bool gone = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(CollectionQuery, (system, q, gone, cursor, limit))
std::vector<FieldNote> FieldNotes(const CollectionQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of the name.", .max_length = 100, .defaulted = true});
  notes.push_back({.name = "gone", .description = "Also what is no longer there.", .defaulted = true});
  return notes;
}

struct FieldQuery {
  std::optional<SystemId> system;
  std::optional<CollectionId> collection;
  std::string category;
  std::string q;
  bool personal = false;
  bool special = false;
  bool gone = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(FieldQuery, (system, collection, category, q, personal, special, gone, cursor, limit))
std::vector<FieldNote> FieldNotes(const FieldQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "category",
                   .description = "A Fideslang key, with all below it.",
                   .example = "user.contact",
                   .max_length = 100,
                   .defaulted = true});
  notes.push_back({.name = "q", .description = "Part of the name.", .max_length = 100, .defaulted = true});
  notes.push_back({.name = "personal", .description = "Only personal data.", .defaulted = true});
  notes.push_back({.name = "special", .description = "Only what GDPR Art. 9(1) and 10 single out.", .defaulted = true});
  notes.push_back({.name = "gone", .description = "Also what is no longer there.", .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");

void AddScans(RouteTable& routes, Application* application) {
  const auto scans = [application]() -> const Scans& { return application->datamap().scans(); };
  routes.Add({.method = "POST",
              .path = "/v1/scans",
              .id = "scans.start",
              .access = Access::Permission("scans.start"),
              .summary = "Look a connected store through",
              .description = "A background job of the same id. While one runs for the system, that one is answered.",
              .status = 202},
             [scans](WriteTx& tx, const Call<Nothing, Nothing, ScanStart>& call) -> Result<MapScan> {
               return scans().Start(tx, call.caller(), call.body.system);
             });
  routes.Add(
      {.method = "GET", .path = "/v1/scans", .id = "scans.list", .access = kRead, .summary = "Scans, the newest first"},
      [scans](ReadTx& tx, const Call<Nothing, ScanQuery>& call) -> Result<Page<MapScan>> {
        PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
        ScanFilter filter{.system = call.query.system, .limit = static_cast<int>(call.query.limit)};
        if (position) {
          PRIVITY_TRY(filter.before, ScanId::Parse(*position));
        }
        PRIVITY_TRY(ScanPage page, scans().List(tx, filter));
        return Page<MapScan>{std::move(page.items), std::move(page.next)};
      });
  routes.Add(
      {.method = "GET", .path = "/v1/scans/{id}", .id = "scans.show", .access = kRead, .summary = "One scan"},
      [scans](ReadTx& tx, const Call<ScanPath>& call) -> Result<MapScan> { return scans().Get(tx, call.path.id); });
  routes.Add({.method = "GET",
              .path = "/v1/scans/{id}/gaps",
              .id = "scans.gaps",
              .access = kRead,
              .summary = "What a scan could not read"},
             [scans](ReadTx& tx, const Call<ScanPath>& call) -> Result<List<ScanGap>> {
               PRIVITY_TRY(std::vector<ScanGap> gaps, scans().Gaps(tx, call.path.id));
               return List<ScanGap>{std::move(gaps)};
             });
}

void AddRegister(RouteTable& routes, Application* application) {
  const auto facts = [application]() -> const Register& { return application->datamap().facts(); };
  routes.Add({.method = "GET",
              .path = "/v1/collections",
              .id = "collections.list",
              .access = kRead,
              .summary = "Tables and files of the register"},
             [facts](ReadTx& tx, const Call<Nothing, CollectionQuery>& call) -> Result<Page<DataCollection>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               CollectionFilter filter{.system = call.query.system,
                                       .q = call.query.q,
                                       .gone = call.query.gone,
                                       .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, CollectionId::Parse(*position));
               }
               PRIVITY_TRY(CollectionPage page, facts().Collections(tx, filter));
               return Page<DataCollection>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/collections/{id}",
              .id = "collections.show",
              .access = kRead,
              .summary = "One table or file"},
             [facts](ReadTx& tx, const Call<CollectionPath>& call) -> Result<DataCollection> {
               return facts().Collection(tx, call.path.id);
             });
  routes.Add({.method = "GET",
              .path = "/v1/fields",
              .id = "fields.list",
              .access = kRead,
              .summary = "Fields of the register and the personal data in them",
              .description = "Each says when it was last seen and judged; what the newest scan did not get to see is "
                             "stale."},
             [facts](ReadTx& tx, const Call<Nothing, FieldQuery>& call) -> Result<Page<DataField>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               PRIVITY_TRY(FieldPage page, facts().Fields(tx, {.system = call.query.system,
                                                               .collection = call.query.collection,
                                                               .category = call.query.category,
                                                               .q = call.query.q,
                                                               .personal = call.query.personal,
                                                               .special = call.query.special,
                                                               .gone = call.query.gone,
                                                               .after = position.value_or(""),
                                                               .limit = static_cast<int>(call.query.limit)}));
               return Page<DataField>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET", .path = "/v1/fields/{id}", .id = "fields.show", .access = kRead, .summary = "One field"},
             [facts](ReadTx& tx, const Call<FieldPath>& call) -> Result<DataField> {
               return facts().Field(tx, call.path.id);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/fields/{id}/decide",
       .id = "fields.decide",
       .access = Access::Permission("map.write"),
       .summary = "Say what one field holds",
       .description = "A Fideslang key, or `none`. Takes the place of what was said before, stands over rescans, "
                      "and comes up again only when the field's data changes."},
      [application](WriteTx& tx, const Call<FieldPath, Nothing, FieldDecision>& call) -> Result<DataField> {
        const Datamap& map = application->datamap();
        PRIVITY_TRY_VOID(map.changes().DecideField(tx, call.caller(), call.path.id, call.body));
        return map.facts().Field(tx, call.path.id);
      });
}

void AddCategories(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/categories",
              .id = "categories.list",
              .access = kRead,
              .summary = "The categories of personal data, with their names"},
             [application](ReadTx&, const Call<>&) -> Result<List<MapCategory>> {
               return List<MapCategory>{PersonalCategories(application->taxonomy())};
             });
}

}  // namespace

void AddMapRoutes(RouteTable& routes, Application* application) {
  AddScans(routes, application);
  AddRegister(routes, application);
  AddCategories(routes, application);
  AddStewardshipRoutes(routes, application);
  AddChangeRoutes(routes, application);
  AddReferenceRoutes(routes, application);
  AddActivityRoutes(routes, application);
  AddRecipientRoutes(routes, application);
  AddGraphRoutes(routes, application);
  AddAccessRoutes(routes, application);
  AddDataFlowRoutes(routes, application);
  AddFlowRoutes(routes, application);
  AddAdviceRoutes(routes, application);
  AddCodeRoutes(routes, application);
}

}  // namespace privity
