// The register as a file under version control.
#include "app/application.h"
#include "ascode/map_code.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

constexpr std::uint64_t kBodyBytesMax = 8 << 20;  // the file as a JSON text

struct ExportQuery {
  std::optional<SystemId> system;
};
PRIVITY_DESCRIBE(ExportQuery, (system))
std::vector<FieldNote> FieldNotes(const ExportQuery*) {
  return {{.name = "system", .description = "Only this one, and the activities that name it."}};
}

}  // namespace

void AddCodeRoutes(RouteTable& routes, Application* application) {
  const auto code = [application] { return MapCode(application->datamap()); };
  routes.Add({.method = "GET",
              .path = "/v1/map/export",
              .id = "map.export",
              .access = Access::Permission("map.read"),
              .summary = "The register as a file to keep under version control",
              .description = "YAML: Fideslang's datasets and systems, and processing activities for whoever may read "
                             "them. Connections and passwords are not in it.",
              .media_type = "application/yaml",
              .command = "export"},
             [code](ReadTx& tx, const Call<Nothing, ExportQuery>& call) -> Result<Response> {
               PRIVITY_TRY(std::string text, code().Export(tx, call.caller(), call.query.system));
               Response response = Response::Text(200, "application/yaml; charset=utf-8", std::move(text));
               response.headers.Add("Content-Disposition", "attachment; filename=\"map.yaml\"");
               return response;
             });
  routes.Add({.method = "POST",
              .path = "/v1/map/plan",
              .id = "map.plan",
              .access = Access::Permission("map.read"),
              .summary = "What a file would change in the register",
              .description = "Nothing is changed. `problems` names what the register cannot take, with the line.",
              .body_bytes_max = kBodyBytesMax,
              .command = "-"},
             [code](ReadTx& tx, const Call<Nothing, Nothing, CodeFile>& call) -> Result<CodePlan> {
               return code().Plan(tx, call.caller(), call.body);
             });
  routes.Add({.method = "POST",
              .path = "/v1/map/apply",
              .id = "map.apply",
              .access = Access::Permission("map.write"),
              .summary = "Make the register say what a file says",
              .description = "All changes of the plan, or none. What the file leaves out stays as it is.",
              .body_bytes_max = kBodyBytesMax,
              .command = "-"},
             [code](WriteTx& tx, const Call<Nothing, Nothing, CodeFile>& call) -> Result<CodePlan> {
               return code().Apply(tx, call.caller(), call.body);
             });
}

}  // namespace privity
