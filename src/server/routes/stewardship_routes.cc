// What people say of tables, files and fields: who decides, how long they may be kept, and what else is to be known.
#include "app/application.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct StewardshipQuery {
  std::optional<SystemId> system;
  std::optional<CollectionId> collection;
  bool retention = false;
  bool overdue = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(StewardshipQuery, (system, collection, retention, overdue, cursor, limit))
std::vector<FieldNote> FieldNotes(const StewardshipQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "retention", .description = "Only what may be kept for a time.", .defaulted = true});
  notes.push_back({.name = "overdue",
                   .description = "Only where the newest scan counted records that are kept longer.",
                   .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kWrite = Access::Permission("map.write");

Reply<Stewardship> WithVersion(Stewardship stewardship) {
  const std::int64_t version = stewardship.version;
  return Versioned(std::move(stewardship), version);
}

// What the routes of collections and those of fields are called.
struct PlaceRoutes {
  std::string_view path;
  std::string_view history_path;
  std::string_view show_id;
  std::string_view set_id;
  std::string_view history_id;
};
constexpr PlaceRoutes kOfCollections = {"/v1/collections/{id}/stewardship", "/v1/collections/{id}/stewardship/history",
                                        "collections.stewardship", "collections.set_stewardship",
                                        "collections.stewardship_history"};
constexpr PlaceRoutes kOfFields = {"/v1/fields/{id}/stewardship", "/v1/fields/{id}/stewardship/history",
                                   "fields.stewardship", "fields.set_stewardship", "fields.stewardship_history"};

template <class Path>
void AddPlaceRoutes(RouteTable& routes, Application* application, const PlaceRoutes& of) {
  const auto said = [application]() -> const Stewardships& { return application->datamap().stewardships(); };
  routes.Add({.method = "GET",
              .path = of.path,
              .id = of.show_id,
              .access = kRead,
              .summary = "Who decides about it, how long it may be kept, and what else people say of it",
              .description = "Version 0: nobody has said anything."},
             [said](ReadTx& tx, const Call<Path>& call) -> Result<Reply<Stewardship>> {
               PRIVITY_TRY(Stewardship stewardship, said().Get(tx, call.path.id));
               return WithVersion(std::move(stewardship));
             });
  routes.Add({.method = "PUT",
              .path = of.path,
              .id = of.set_id,
              .access = kWrite,
              .summary = "Say who decides about it, how long it may be kept, and what else is to be known",
              .description = "Takes the place of what was said before, which stays in the history. With `date_field`, "
                             "scans count the records that are kept longer.",
              .needs_version = true},
             [said](WriteTx& tx, const Call<Path, Nothing, StewardshipRequest>& call) -> Result<Reply<Stewardship>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(Stewardship stewardship, said().Set(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(stewardship));
             });
  routes.Add({.method = "GET",
              .path = of.history_path,
              .id = of.history_id,
              .access = kRead,
              .summary = "What was said of it before, who wrote it and when; the newest first"},
             [said](ReadTx& tx, const Call<Path>& call) -> Result<List<StewardshipVersion>> {
               PRIVITY_TRY(std::vector<StewardshipVersion> versions, said().History(tx, call.path.id));
               return List<StewardshipVersion>{std::move(versions)};
             });
}

}  // namespace

void AddStewardshipRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/stewardship",
              .id = "stewardship.list",
              .access = kRead,
              .summary = "Tables, files and fields of which people have said something",
              .description = "With `retention`, what may be kept for a time; with `overdue`, what is kept longer."},
             [application](ReadTx& tx, const Call<Nothing, StewardshipQuery>& call) -> Result<Page<Stewardship>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               PRIVITY_TRY(StewardshipPage page, application->datamap().stewardships().List(
                                                     tx, {.system = call.query.system,
                                                          .collection = call.query.collection,
                                                          .retention = call.query.retention,
                                                          .overdue = call.query.overdue,
                                                          .after = position.value_or(""),
                                                          .limit = static_cast<int>(call.query.limit)}));
               return Page<Stewardship>{std::move(page.items), std::move(page.next)};
             });
  AddPlaceRoutes<CollectionPath>(routes, application, kOfCollections);
  AddPlaceRoutes<FieldPath>(routes, application, kOfFields);
}

}  // namespace privity
