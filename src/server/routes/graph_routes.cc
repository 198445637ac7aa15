// The data map drawn, and the way from one place of it to another.
#include "app/application.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

constexpr int kLevelsMax = 8;

struct GraphQuery {
  std::optional<SystemId> system;
  std::string category;
  bool special = false;
  MapDetail detail = MapDetail::kSystems;
  std::int64_t levels = 3;
};
PRIVITY_DESCRIBE(GraphQuery, (system, category, special, detail, levels))
std::vector<FieldNote> FieldNotes(const GraphQuery*) {
  return {{.name = "system", .description = "It with its collections, and the systems that it is joined with."},
          {.name = "category",
           .description = "Only what holds this Fideslang key, or one below it.",
           .example = "user.contact",
           .max_length = 100,
           .defaulted = true},
          {.name = "special", .description = "Only what GDPR Art. 9(1) and 10 single out.", .defaulted = true},
          {.name = "detail", .description = "Also the collections of every system.", .defaulted = true},
          {.name = "levels",
           .description = "How many parts of a category are told apart: 3 for user.contact.email.",
           .minimum = 1,
           .maximum = kLevelsMax,
           .defaulted = true}};
}

struct PathQuery {
  MapPlaceId from;
  MapPlaceId to;
};
PRIVITY_DESCRIBE(PathQuery, (from, to))
std::vector<FieldNote> FieldNotes(const PathQuery*) {
  return {{.name = "from", .description = "The id of a system or collection."},
          {.name = "to", .description = "The id of a system or collection."}};
}

constexpr Access kRead = Access::Permission("map.read");

}  // namespace

void AddGraphRoutes(RouteTable& routes, Application* application) {
  const auto drawing = [application]() -> const MapDrawing& { return application->datamap().drawing(); };
  routes.Add({.method = "GET",
              .path = "/v1/map/graph",
              .id = "map.graph",
              .access = kRead,
              .summary = "The data map drawn: systems, categories, and what joins them, counted",
              .description = "An edge `holds` leads from a system, or from a collection where it is drawn, to a "
                             "category and counts fields; the others count references."},
             [drawing](ReadTx& tx, const Call<Nothing, GraphQuery>& call) -> Result<MapGraph> {
               return drawing().Draw(tx, {.system = call.query.system,
                                          .category = call.query.category,
                                          .special = call.query.special,
                                          .detail = call.query.detail,
                                          .levels = static_cast<int>(call.query.levels)});
             });
  routes.Add({.method = "GET",
              .path = "/v1/map/path",
              .id = "map.path",
              .access = kRead,
              .summary = "The shortest way by references from one system or collection to another",
              .description = "References are gone in either direction; `found` is no when none lead there."},
             [drawing](ReadTx& tx, const Call<Nothing, PathQuery>& call) -> Result<MapPath> {
               return drawing().Path(tx, call.query.from, call.query.to);
             });
}

}  // namespace privity
