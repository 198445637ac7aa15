#include "connect/testing/grounds.h"

namespace privity {

std::vector<GroundKind> Grounds() {
  return {SqliteGroundKind(), PostgresGroundKind(), MariaDbGroundKind(),
          RedisGroundKind(), LdapGroundKind(),  CsvGroundKind(),      JsonLinesGroundKind()};
}

}  // namespace privity
