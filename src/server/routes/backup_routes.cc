#include <filesystem>

#include "app/application.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct BackupPath {
  std::string path;
};
PRIVITY_DESCRIBE(BackupPath, (path))
std::vector<FieldNote> FieldNotes(const BackupPath*) {
  return {{.name = "path",
           .description = "Where the server writes the backup: an absolute path that does not exist yet.",
           .example = "/backups/monday.privity",
           .min_length = 2,
           .max_length = 1000}};
}

}  // namespace

// Only the operator of the machine names paths on it; the console gets backups by schedule.
void AddBackupRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/backups",
              .id = "backup.create",
              .access = Access::Operator(),
              .summary = "Write a backup of the whole installation",
              .status = 201},
             [application](const Call<Nothing, Nothing, BackupPath>& call) -> Result<BackupSummary> {
               return application->CreateBackup(call.body.path, call.caller().actor, call.caller().request_id);
             });
}

}  // namespace privity
