#include "app/application.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct PackPath {
  std::string kind, id;
};
PRIVITY_DESCRIBE(PackPath, (kind, id))

struct PackQuery {
  std::optional<PackVersion> version;
};
PRIVITY_DESCRIBE(PackQuery, (version))
std::vector<FieldNote> FieldNotes(const PackQuery*) {
  return {{.name = "version", .description = "Another version than the one in force today."}};
}

struct PackView {
  PackHeader header;
  bool installed = false;
  std::string text;
};
PRIVITY_DESCRIBE(PackView, (header, installed, text))
std::vector<FieldNote> FieldNotes(const PackView*) {
  return {{.name = "header", .description = "What the pack is, since when it holds, and what it was taken from."},
          {.name = "installed", .description = "It lies in the data directory; otherwise it came with the program."},
          {.name = "text", .description = "The whole file, YAML."}};
}

// Which packs are in force is a question of the organization's calendar.
Result<Date> Today(Application& application, ReadTx& tx) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  return organization.time_zone.DateAt(application.clock().Now());
}

}  // namespace

void AddPackRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/packs",
              .id = "packs.list",
              .access = Access::Permission("packs.read"),
              .summary = "The packs of this installation, and which are in force today"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<PackSummary>> {
               PRIVITY_TRY(const Date today, Today(*application, tx));
               return List<PackSummary>{application->packs().List(today)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/packs/{kind}/{id}",
              .id = "packs.get",
              .access = Access::Permission("packs.read"),
              .summary = "One pack, with its sources and its text",
              .command = "packs show"},
             [application](ReadTx& tx, const Call<PackPath, PackQuery>& call) -> Result<PackView> {
               PRIVITY_TRY(const Date today, Today(*application, tx));
               const PackCatalog& packs = application->packs();
               const auto& [kind, id] = call.path;
               PRIVITY_TRY(const Pack* pack, call.query.version ? packs.FindVersion(kind, id, *call.query.version)
                                                                : packs.Find(kind, id, today));
               return PackView{pack->header, pack->installed, pack->text};
             });
}

}  // namespace privity
