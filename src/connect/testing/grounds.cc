#include "connect/testing/grounds.h"

namespace privity {

std::vector<GroundKind> Grounds() {
  return {SqliteGroundKind(),      PostgresGroundKind(), MariaDbGroundKind(), OdbcPostgresGroundKind(),
          OdbcMariaDbGroundKind(), RedisGroundKind(),    LdapGroundKind(),    MboxGroundKind(),
          MaildirGroundKind(),     ImapGroundKind(),     S3GroundKind(),      CsvGroundKind(),
          JsonLinesGroundKind(),   HttpGroundKind()};
}

}  // namespace privity
